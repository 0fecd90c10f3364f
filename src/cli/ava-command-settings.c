/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-settings.h"

/* export and import: the whole configuration as one file. */

typedef struct {
  GAsyncResult *result;
} Wait;

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ((Wait *) user_data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

static JsonObject *
load (AvaContext  *context,
      GError     **error)
{
  Wait wait = { 0 };
  JsonObject *settings;

  ava_store_load_settings_async (ava_context_get_store (context), NULL, result_cb, &wait);
  settings = ava_store_load_settings_finish (ava_context_get_store (context), wait_for (&wait), error);
  g_object_unref (wait.result);
  return settings;
}

int
ava_command_export (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (JsonObject) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done;

  if (!ava_cli_parse (cli, "FILE", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2) {
    g_printerr ("Usage: avactl export FILE\n");
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  settings = load (context, &error);
  text = settings != NULL ? ava_settings_print (settings) : NULL;
  done = text != NULL && g_file_set_contents (argv[1], text, -1, &error);
  ava_context_shut_down (context);
  if (!done)
    return ava_cli_fail (error);
  g_print ("The settings are in %s.\n", argv[1]);
  return AVA_EXIT_DONE;
}

static void
print_differences (JsonArray *changes)
{
  for (guint i = 0; i < json_array_get_length (changes); i++) {
    g_autofree char *words = ava_settings_describe_change (json_array_get_object_element (changes, i));

    g_print ("difference: %s\n", words);
  }
}

static void
print_impact (AvaContext *context,
              AvaImpact  *impact)
{
  for (guint i = 0; i < impact->broken->len; i++) {
    AvaBrokenBooking *broken = impact->broken->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (broken->appointment->start_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, ava_context_get_spa (context)->zone);
    g_autofree char *time = g_date_time_format (here, "%F %R");

    g_print ("uncovered: %s  %s  %s  %s\n", time, broken->appointment->customer_name,
             broken->appointment->service_name, broken->why);
  }
  for (guint i = 0; i < impact->sentences->len; i++)
    g_print ("%s\n", (const char *) impact->sentences->pdata[i]);
}

/* Rehearses the file, says what it does, and saves it unless @dry. */
static gboolean
apply (AvaCli      *cli,
       AvaContext  *context,
       JsonObject  *file,
       gboolean     dry,
       GError     **error)
{
  const AvaActor actor = { .who = "import", .why = "settings file" };
  AvaStore *store = ava_context_get_store (context);
  g_autoptr (JsonObject) now = load (context, error);
  g_autoptr (JsonArray) changes = NULL;
  g_autoptr (AvaImpact) impact = NULL;
  Wait rehearsal = { 0 };
  Wait saving = { 0 };
  gboolean saved;

  if (now == NULL)
    return FALSE;
  changes = ava_settings_diff (now, file, ava_clock_now_us (cli->clock));
  ava_settings_rehearse_async (context, changes, NULL, result_cb, &rehearsal);
  impact = ava_settings_rehearse_finish (context, wait_for (&rehearsal), error);
  g_object_unref (rehearsal.result);
  if (impact == NULL)
    return FALSE;
  print_differences (changes);
  print_impact (context, impact);
  if (dry || json_array_get_length (changes) == 0) {
    g_print ("%u changes; nothing was saved.\n", json_array_get_length (changes));
    return TRUE;
  }
  ava_store_save_settings_async (store, &actor, changes, NULL, result_cb, &saving);
  saved = ava_store_save_settings_finish (store, wait_for (&saving), error);
  g_object_unref (saving.result);
  if (saved)
    g_print ("%u changes are saved. No booking was cancelled.\n", json_array_get_length (changes));
  return saved;
}

int
ava_command_import (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  gboolean dry = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, "only say what it would do", NULL },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (JsonObject) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done;

  if (!ava_cli_parse (cli, "[--dry-run] FILE", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2) {
    g_printerr ("Usage: avactl import [--dry-run] FILE\n");
    return AVA_EXIT_USAGE;
  }
  if (!g_file_get_contents (argv[1], &text, NULL, &error))
    return ava_cli_fail (error);
  file = ava_settings_parse (text, &error);
  if (file == NULL)
    return ava_cli_fail (error);
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  done = apply (cli, context, file, dry, &error);
  ava_context_shut_down (context);
  return done ? AVA_EXIT_DONE : ava_cli_fail (error);
}
