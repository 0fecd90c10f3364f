/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-words.h"
#include "ava-cli.h"

/* status, undo, redo, history and day: the book's changes, taken back and looked at. */

#define ME "staff:avactl"

static int
miss (const char *command,
      const char *what)
{
  g_printerr ("avactl %s: %s is missing\n", command, what);
  return AVA_EXIT_USAGE;
}

static char *
write_time (gint64     at_us,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
}

/* Ends a command: with its error, or as done. */
static int
finish (AvaContext *context,
        GError     *error)
{
  ava_context_shut_down (context);
  if (error == NULL)
    return AVA_EXIT_DONE;
  g_printerr ("avactl: %s\n", error->message);
  return AVA_EXIT_REFUSED;
}

static void
print_appointment (AvaCli         *cli,
                   AvaAppointment *appointment,
                   GTimeZone      *zone)
{
  g_autofree char *start = write_time (appointment->start_us, zone);
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%s  %-10s %s  %s  %s  %s\n", start, ava_appointment_status_to_string (appointment->status),
             appointment->customer_name, appointment->service_name, appointment->provider_name,
             appointment->id);
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "appointment_id", appointment->id);
  json_object_set_string_member (object, "start", start);
  json_object_set_string_member (object, "status", ava_appointment_status_to_string (appointment->status));
  json_object_set_string_member (object, "customer", appointment->customer_name);
  json_object_set_string_member (object, "service", appointment->service_name);
  json_object_set_string_member (object, "provider", appointment->provider_name);
  json_object_set_string_member (object, "room", appointment->room_name);
  json_object_set_int_member (object, "arrived_us", appointment->arrived_us);
  json_object_set_int_member (object, "in_room_us", appointment->in_room_us);
  json_object_set_int_member (object, "done_us", appointment->done_us);
  ava_cli_print_object (object);
}

int
ava_command_status (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  g_autofree char *id = NULL;
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    { "appointment", 0, 0, G_OPTION_ARG_STRING, &id, "its id", "ID" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "scheduled, confirmed, arrived, in-room, done, no-show", "STATUS" },
    { NULL }
  };
  const AvaActor actor = { .who = ME };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaAppointmentStatus status;

  if (!ava_cli_parse (cli, "--appointment ID --to STATUS", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (id == NULL || to == NULL)
    return miss ("status", "--appointment or --to");
  if (!ava_appointment_status_from_string (to, &status)) {
    g_printerr ("avactl status: “%s” is no status. Use scheduled, confirmed, arrived, in-room, done, no-show "
                "or cancelled.\n", to);
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  ava_store_set_status_async (ava_context_get_store (context), &actor, id, status, NULL, ava_cli_result_cb, &result);
  appointment = ava_store_set_status_finish (ava_context_get_store (context), ava_cli_wait (&result), &error);
  if (appointment != NULL)
    print_appointment (cli, appointment, ava_context_get_spa (context)->zone);
  return finish (context, error);
}

static void
print_change (AvaCli     *cli,
              AvaChange  *change,
              AvaContext *context)
{
  g_autoptr (AvaBookEvent) event = ava_book_words_make_event (change, ava_context_get_spa (context));
  g_autofree char *at = write_time (event->at_us, ava_context_get_spa (context)->zone);
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%" G_GINT64_FORMAT "  %s  %s  %s%s%s\n", event->token, at, event->who, event->what,
             event->quote != NULL ? "  caller said: " : "", event->quote != NULL ? event->quote : "");
    return;
  }
  object = json_object_new ();
  json_object_set_int_member (object, "token", event->token);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "who", change->who);
  json_object_set_string_member (object, "what", event->what);
  if (event->why != NULL)
    json_object_set_string_member (object, "why", event->why);
  if (event->quote != NULL)
    json_object_set_string_member (object, "quote", event->quote);
  ava_cli_print_object (object);
}

int
ava_command_undo (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  gint64 token = 0;
  gboolean again = FALSE;
  const GOptionEntry entries[] = {
    { "token", 0, 0, G_OPTION_ARG_INT64, &token, "of a change, from avactl history; else the last one", "N" },
    { "redo", 0, 0, G_OPTION_ARG_NONE, &again, "make again what was undone last", NULL },
    { NULL }
  };
  const AvaActor actor = { .who = ME };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaChange) change = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaStore *store;

  if (!ava_cli_parse (cli, "[--token N | --redo]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (token < 0 || (token != 0 && again)) {
    g_printerr ("avactl undo: give a token of avactl history, or --redo\n");
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  store = ava_context_get_store (context);
  if (again) {
    ava_store_redo_async (store, &actor, NULL, ava_cli_result_cb, &result);
    change = ava_store_redo_finish (store, ava_cli_wait (&result), &error);
  } else {
    ava_store_undo_async (store, &actor, token, NULL, ava_cli_result_cb, &result);
    change = ava_store_undo_finish (store, ava_cli_wait (&result), &error);
  }
  if (change != NULL && !cli->json)
    g_print ("%s ", again ? "Redone:" : "Undone:");
  if (change != NULL)
    print_change (cli, change, context);
  return finish (context, error);
}

int
ava_command_history (AvaCli  *cli,
                     int      argc,
                     char   **argv)
{
  g_autofree char *id = NULL;
  const GOptionEntry entries[] = {
    { "appointment", 0, 0, G_OPTION_ARG_STRING, &id, "its id", "ID" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!ava_cli_parse (cli, "--appointment ID", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (id == NULL)
    return miss ("history", "--appointment");
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  ava_store_history_async (ava_context_get_store (context), "appointments", id, NULL, ava_cli_result_cb, &result);
  changes = ava_store_history_finish (ava_context_get_store (context), ava_cli_wait (&result), &error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    print_change (cli, changes->pdata[i], context);
  if (changes != NULL && changes->len == 0)
    error = g_error_new_literal (AVA_BOOK_ERROR, AVA_BOOK_ERROR_NOT_FOUND, "Nothing is known of this appointment.");
  return finish (context, error);
}

/* Midnight of @date (nullable: today) at the spa. */
static GDateTime *
find_midnight (AvaCli     *cli,
               const char *date,
               GTimeZone  *zone)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ava_clock_now_us (cli->clock) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  if (date == NULL)
    return g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                            g_date_time_get_day_of_month (local), 0, 0, 0);
  text = g_strconcat (date, "T00:00:00", NULL);
  return g_date_time_new_from_iso8601 (text, zone);
}

/* Seconds may be left out: it is a minute that one looks back to. */
static GDateTime *
read_moment (const char *text,
             GTimeZone  *zone)
{
  GDateTime *moment = g_date_time_new_from_iso8601 (text, zone);
  g_autofree char *whole = g_strconcat (text, ":00", NULL);

  return moment != NULL ? moment : g_date_time_new_from_iso8601 (whole, zone);
}

int
ava_command_day (AvaCli  *cli,
                 int      argc,
                 char   **argv)
{
  g_autofree char *date = NULL;
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, "the day; today when left out", "YYYY-MM-DD" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "as the book stood then", "TIME" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;
  g_autoptr (GDateTime) moment = NULL;
  AvaSpa *spa;

  if (!ava_cli_parse (cli, "[--date YYYY-MM-DD] [--at TIME]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  spa = ava_context_get_spa (context);
  from = find_midnight (cli, date, spa->zone);
  moment = at != NULL ? read_moment (at, spa->zone) : NULL;
  if (from == NULL || (at != NULL && moment == NULL)) {
    g_printerr ("avactl day: “%s” is not a %s\n", from == NULL ? date : at,
                from == NULL ? "day like 2026-12-01" : "time like 2026-12-01T09:30");
    ava_context_shut_down (context);
    return AVA_EXIT_USAGE;
  }
  to = g_date_time_add_days (from, 1);
  ava_store_book_at_async (ava_context_get_store (context), g_date_time_to_unix (from) * G_USEC_PER_SEC,
                           g_date_time_to_unix (to) * G_USEC_PER_SEC,
                           moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC : G_MAXINT64,
                           NULL, ava_cli_result_cb, &result);
  found = ava_store_book_at_finish (ava_context_get_store (context), ava_cli_wait (&result), &error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    print_appointment (cli, found->pdata[i], spa->zone);
  return finish (context, error);
}
