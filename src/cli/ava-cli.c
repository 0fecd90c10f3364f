/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"

#include "ava-wall-time.h"

#include <stdio.h>
#include <string.h>

/* What the commands share: options, the desk, one tool at a time, and output. */

/**
 * ava_cli_parse:
 * @usage: what follows the command's name
 * @entries: its options, ended by an empty one
 * @argc: (inout): options are taken out
 * @argv: (inout): likewise
 *
 * Returns: whether the words are right; if not, the reason and the usage were printed
 */
gboolean
ava_cli_parse (AvaCli             *cli,
               const char         *usage,
               const GOptionEntry *entries,
               int                *argc,
               char             ***argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (g_option_context_parse (options, argc, argv, &error))
    return TRUE;
  g_printerr ("avactl %s: %s\nUsage: avactl %s %s\n", (*argv)[0], error->message, (*argv)[0], usage);
  return FALSE;
}

/**
 * ava_cli_fail:
 * @error: why
 *
 * Returns: the exit code of a refusal
 */
int
ava_cli_fail (GError *error)
{
  g_printerr ("avactl: %s\n", error != NULL ? error->message : "it did not work");
  return AVA_EXIT_REFUSED;
}

/**
 * ava_cli_open:
 *
 * Returns: (transfer full) (nullable): the desk on the chosen profile; else the reason was printed
 */
AvaContext *
ava_cli_open (AvaCli *cli)
{
  g_autoptr (GError) error = NULL;
  AvaContext *context = ava_context_new (cli->data_dir, cli->clock, FALSE, &error);

  if (context == NULL)
    ava_cli_fail (error);
  return context;
}

static void
tool_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  gboolean *done = user_data;

  ava_toolbox_run_finish (AVA_TOOLBOX (source), result, NULL);
  *done = TRUE;
}

/**
 * ava_cli_run_tool:
 * @args: (transfer full): its arguments
 * @key: (nullable): idempotency key
 *
 * Returns: (transfer full): its result, a refusal included
 */
JsonObject *
ava_cli_run_tool (AvaContext *context,
                  const char *name,
                  JsonObject *args,
                  const char *key)
{
  g_autoptr (AvaToolCall) call = ava_tool_call_new (name, args);
  gboolean done = FALSE;

  call->key = g_strdup (key);
  ava_toolbox_run_async (ava_context_get_toolbox (context), call, "staff:avactl", NULL, NULL,
                         tool_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return json_object_ref (call->result);
}

/**
 * ava_cli_read_date:
 * @text: YYYY-MM-DD
 *
 * Returns: whether there is such a day
 */
gboolean
ava_cli_read_date (const char *text,
                   GDate      *date)
{
  int year, month, day;
  char rest;

  g_date_clear (date, 1);
  if (text == NULL || strlen (text) != 10 || sscanf (text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3 ||
      year < 1970 || year > 9999 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

/**
 * ava_cli_today:
 *
 * Returns: the day in @zone
 */
GDate
ava_cli_today (AvaCli    *cli,
               GTimeZone *zone)
{
  GDate day;

  ava_wall_time_of (ava_clock_now_us (cli->clock), zone, &day);
  return day;
}

/* Pass it with the address of a NULL result, then wait. */
void
ava_cli_result_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * ava_cli_wait:
 *
 * Returns: (transfer none): what came; clear it with g_clear_object()
 */
GAsyncResult *
ava_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/**
 * ava_cli_print_json:
 *
 * Prints one line on standard output.
 */
void
ava_cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  g_print ("%s\n", text);
}

/**
 * ava_cli_print_object:
 *
 * Prints one line on standard output.
 */
void
ava_cli_print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  ava_cli_print_json (node);
}
