/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-span.h"
#include "ava-cli.h"
#include "ava-clock-change.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <string.h>

/* dst-check: what the next change of the clocks touches, before the one morning on which everyone is wrong. */

#define DAYS_ROUND 14   /* before and after the change, whose appointments are listed */

static void
print_line (AvaCli     *cli,
            const char *kind,
            const char *words)
{
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%-12s %s\n", kind, words);
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "words", words);
  ava_cli_print_object (object);
}

/* Those that were booked before the change and are after it keep their wall time; those at it are named. */
static void
print_appointment (AvaCli               *cli,
                   AvaSpa               *spa,
                   const AvaClockChange *change,
                   AvaAppointment       *appointment)
{
  g_autofree char *when = ava_date_speak_start (appointment->start_us, spa->zone);
  gboolean across = appointment->busy_start_us < change->at_us && appointment->busy_end_us > change->at_us;
  const char *kind = "appointment";
  g_autofree char *words = NULL;
  GDate day;
  int minute = ava_wall_time_of (appointment->start_us, spa->zone, &day);

  if (appointment->status == AVA_APPOINTMENT_CANCELLED || appointment->busy_end_us <= change->at_us - AVA_USEC_PER_DAY)
    return;
  if (ava_clock_change_judge (change, &day, minute) == AVA_WALL_TWICE)
    kind = "ambiguous";
  else if (across)
    kind = "across";
  else if (appointment->start_us < change->at_us)
    return;
  words = g_strdup_printf ("%s  %s  %s  %s%s", when, appointment->customer_name, appointment->service_name, appointment->id,
                           strcmp (kind, "ambiguous") == 0 ? (appointment->start_us < change->at_us ? "  (the first of the two)" : "  (the second of the two)")
                           : across ? "  (the clock changes meanwhile)" : "  (keeps this time)");
  print_line (cli, kind, words);
}

static gboolean
check_location (AvaCli      *cli,
                AvaContext  *context,
                const char  *location,
                GError     **error)
{
  g_autoptr (AvaSpa) spa = ava_spa_at (ava_context_get_spa (context), location);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaBookSpan) span = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *words = NULL;
  AvaClockChange change;
  GDate first, last;

  if (spa == NULL) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, "There is no location “%s”.", location);
    return FALSE;
  }
  if (!ava_clock_change_next (spa->zone, ava_clock_now_us (cli->clock), &change)) {
    words = g_strdup_printf ("%s: the clocks of %s do not change.", spa->name, spa->zone_name);
    print_line (cli, "change", words);
    return TRUE;
  }
  words = ava_clock_change_speak (&change);
  print_line (cli, "change", words);
  notes = ava_clock_change_list_hours (spa, &change);
  for (guint i = 0; i < notes->len; i++)
    print_line (cli, "hours", ((AvaClockNote *) notes->pdata[i])->words);
  first = last = change.day;
  g_date_subtract_days (&first, 1);
  g_date_add_days (&last, DAYS_ROUND);
  ava_book_span_load_async (context, location, &first, &last, NULL, ava_cli_result_cb, &result);
  span = ava_book_span_load_finish (context, ava_cli_wait (&result), error);
  for (guint i = 0; span != NULL && i < span->appointments->len; i++)
    print_appointment (cli, spa, &change, span->appointments->pdata[i]);
  return span != NULL;
}

int
ava_command_dst_check (AvaCli  *cli,
                       int      argc,
                       char   **argv)
{
  g_autofree char *location = NULL;
  const GOptionEntry entries[] = {
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "its id; else all of them", "ID" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;
  AvaSpa *spa;

  if (!ava_cli_parse (cli, "[--location ID]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  spa = ava_context_get_spa (context);
  if (location != NULL || spa->locations->len == 0)
    done = check_location (cli, context, location, &error);
  for (guint i = 0; done && location == NULL && i < spa->locations->len; i++) {
    AvaLocation *place = spa->locations->pdata[i];

    if (!cli->json && spa->locations->len > 1)
      g_print ("%s\n", place->name);
    done = check_location (cli, context, place->id, &error);
  }
  ava_context_shut_down (context);
  return done ? AVA_EXIT_DONE : ava_cli_fail (error);
}
