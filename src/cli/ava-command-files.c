/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-ics.h"
#include "ava-import-plan.h"
#include "ava-wall-time.h"

#include <string.h>

/* export-ics, import-ics and import-appointments: the book to and from files. */

static const struct { const char *name; AvaIcsPrivacy privacy; } details[] = {
  { "busy", AVA_ICS_BUSY }, { "service", AVA_ICS_SERVICE }, { "customer", AVA_ICS_CUSTOMER },
};

static int
complain (const char *command,
          const char *words)
{
  g_printerr ("avactl %s: %s\n", command, words);
  return AVA_EXIT_USAGE;
}

static gboolean
read_days (const char *from,
           const char *to,
           GDate      *first,
           GDate      *last)
{
  return ava_cli_read_date (from, first) && ava_cli_read_date (to != NULL ? to : from, last) && g_date_compare (first, last) <= 0 &&
         g_date_days_between (first, last) <= 3660;
}

static gboolean
write_calendar (AvaCli         *cli,
                AvaContext     *context,
                const GDate     days[2],
                const char     *location,
                const char     *provider,
                AvaIcsPrivacy   privacy,
                const char     *path,
                GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaBookSpan) span = NULL;
  g_autofree char *text = NULL;

  if (provider != NULL && ava_spa_find_provider (ava_context_get_spa (context), provider) == NULL) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, "There is no provider “%s”.", provider);
    return FALSE;
  }
  ava_book_span_load_async (context, location, &days[0], &days[1], NULL, ava_cli_result_cb, &result);
  span = ava_book_span_load_finish (context, ava_cli_wait (&result), error);
  if (span == NULL)
    return FALSE;
  text = ava_ics_print (span, provider, privacy, ava_clock_now_us (cli->clock));
  if (path != NULL)
    return g_file_set_contents (path, text, -1, error);
  g_print ("%s", text);
  return TRUE;
}

int
ava_command_export_ics (AvaCli  *cli,
                        int      argc,
                        char   **argv)
{
  g_autofree char *from = NULL, *to = NULL, *out = NULL, *detail = NULL, *location = NULL, *provider = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "first day", "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "last day; else the same", "YYYY-MM-DD" },
    { "details", 0, 0, G_OPTION_ARG_STRING, &detail, "busy (else), service, or customer", "HOW_MUCH" },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "only this one, by id", "ID" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "its id; else the first one", "ID" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "the file; else it is printed", "FILE.ics" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GError) error = NULL;
  AvaIcsPrivacy privacy = AVA_ICS_BUSY;
  GDate days[2];
  gboolean known = detail == NULL;
  gboolean done;

  if (!ava_cli_parse (cli, "--from D [--to D] [--details busy|service|customer] [--provider ID] [--out FILE]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  known = detail == NULL;
  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    if (g_strcmp0 (details[i].name, detail) == 0) {
      privacy = details[i].privacy;
      known = TRUE;
    }
  }
  if (!known)
    return complain ("export-ics", "--details is busy, service or customer");
  if (from == NULL || !read_days (from, to, &days[0], &days[1]))
    return complain ("export-ics", "--from and --to are days like 2026-12-01, the first one first");
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  done = write_calendar (cli, context, days, location, provider, privacy, out, &error);
  ava_context_shut_down (context);
  return done ? AVA_EXIT_DONE : ava_cli_fail (error);
}

static void
print_item (AvaCli        *cli,
            AvaImportItem *item)
{
  static const char *const verdicts[] = { "new", "changed", "unchanged", "broken" };
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    if (item->verdict != AVA_IMPORT_UNCHANGED)
      g_print ("%-9s  %s%s%s\n", verdicts[item->verdict], item->where, item->words != NULL ? ": " : "", item->words != NULL ? item->words : "");
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "verdict", verdicts[item->verdict]);
  json_object_set_string_member (object, "where", item->where);
  if (item->words != NULL)
    json_object_set_string_member (object, "why", item->words);
  ava_cli_print_object (object);
}

/* Answers the exit code: broken lines are told, and are no failure of the others. */
static int
take_items (AvaCli     *cli,
            AvaContext *context,
            GPtrArray  *items,
            gboolean    dry)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaImportCount count;
  gint64 token;

  ava_import_run_async (context, items, NULL, dry, NULL, ava_cli_result_cb, &result);
  if (!ava_import_run_finish (context, ava_cli_wait (&result), &count, &token, &error)) {
    ava_context_shut_down (context);
    return ava_cli_fail (error);
  }
  ava_context_shut_down (context);
  for (guint i = 0; i < items->len; i++)
    print_item (cli, items->pdata[i]);
  if (!cli->json)
    g_print ("%u new, %u changed, %u unchanged, %u broken%s\n", count.added, count.changed, count.unchanged, count.broken,
             dry ? "; nothing was written." : ".");
  if (!cli->json && token != 0)
    g_print ("avactl undo --token %" G_GINT64_FORMAT " takes it back.\n", token);
  return count.broken > 0 && count.added + count.changed + count.unchanged == 0 ? AVA_EXIT_REFUSED : AVA_EXIT_DONE;
}

/* Returns: (transfer full) (nullable): the spa from the location of that id, NULL for the first one */
static AvaSpa *
see_location (AvaContext  *context,
              const char  *id,
              GError     **error)
{
  AvaSpa *spa = ava_spa_at (ava_context_get_spa (context), id);

  if (spa == NULL)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, "There is no location “%s”.", id);
  return spa;
}

int
ava_command_import_ics (AvaCli  *cli,
                        int      argc,
                        char   **argv)
{
  g_autofree char *provider = NULL, *from = NULL, *to = NULL, *text = NULL, *location = NULL;
  gboolean dry = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, "only say what would happen", NULL },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "whose calendar it is, by id", "ID" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "whose clock and rooms; else the first one's", "ID" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "first day; else today", "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "last day; else a year on", "YYYY-MM-DD" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  GTimeZone *zone;
  GDate first, last;

  if (!ava_cli_parse (cli, "[--dry-run] [--provider ID] [--location ID] [--from D] [--to D] FILE.ics", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2)
    return complain ("import-ics", "give one file");
  if (!g_file_get_contents (argv[1], &text, &length, &error))
    return ava_cli_fail (error);
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  spa = see_location (context, location, &error);
  if (spa == NULL) {
    ava_context_shut_down (context);
    return ava_cli_fail (error);
  }
  zone = spa->zone;
  first = ava_cli_today (cli, zone);
  if (from != NULL && !ava_cli_read_date (from, &first))
    return complain ("import-ics", "--from is a day like 2026-12-01");
  last = first;
  g_date_add_days (&last, 366);
  if (to != NULL && (!ava_cli_read_date (to, &last) || g_date_compare (&last, &first) < 0))
    return complain ("import-ics", "--to is a day like 2026-12-31, not before the first one");
  items = ava_import_plan_calendar (spa, text, length, provider, ava_wall_time_first (&first, 0, zone),
                                    ava_wall_time_first (&last, 1440, zone), &error);
  if (items != NULL)
    return take_items (cli, context, items, dry);
  ava_context_shut_down (context);
  return ava_cli_fail (error);
}

int
ava_command_import_appointments (AvaCli  *cli,
                                 int      argc,
                                 char   **argv)
{
  g_autofree char *text = NULL, *location = NULL;
  gboolean dry = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, "only say what would happen", NULL },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "of lines that do not say; else the first one", "ID" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!ava_cli_parse (cli, "[--dry-run] [--location ID] FILE.csv", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2)
    return complain ("import-appointments", "give one file");
  if (!g_file_get_contents (argv[1], &text, &length, &error))
    return ava_cli_fail (error);
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  spa = see_location (context, location, &error);
  items = spa != NULL ? ava_import_plan_table (spa, text, length, &error) : NULL;
  if (items != NULL)
    return take_items (cli, context, items, dry);
  ava_context_shut_down (context);
  return ava_cli_fail (error);
}
