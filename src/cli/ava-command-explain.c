/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability.h"
#include "ava-cli.h"
#include "ava-tool-wish.h"
#include "ava-tool.h"
#include "ava-wall-time.h"

#include <string.h>

/* avactl slots --explain: each start of what is wished, free or closed, and why it is closed (MS-18). Service, provider,
 * location and days are read as Ava's tool reads them. */

#define STEP_MIN 15        /* [min] between starts */
#define MOST_DAYS 31

static void
busy_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GPtrArray **) user_data = ava_store_busy_finish (AVA_STORE (source), result, NULL);
}

static GPtrArray *
load_busy (AvaContext *context,
           gint64      from_us,
           gint64      to_us)
{
  GPtrArray *busy = NULL;

  ava_store_busy_async (ava_context_get_store (context), from_us, to_us, NULL, NULL, busy_cb, &busy);
  while (busy == NULL)
    g_main_context_iteration (NULL, TRUE);
  return busy;
}

/* @start_us: 0 of a whole day; @reasons: (transfer full): none of a time that is free */
static void
add_start (JsonArray  *starts,
           const char *when,
           gint64      start_us,
           JsonArray  *reasons)
{
  JsonObject *start = json_object_new ();

  json_object_set_string_member (start, "when", when);
  if (start_us != 0)
    json_object_set_int_member (start, "start_us", start_us);
  json_object_set_boolean_member (start, "free", json_array_get_length (reasons) == 0);
  json_object_set_array_member (start, "reasons", reasons);
  json_array_add_object_element (starts, start);
}

static void
explain_start (JsonArray    *starts,
               AvaSpa       *spa,
               GPtrArray    *busy,
               AvaSlotQuery *query,
               gint64        start_us)
{
  g_autofree char *when = ava_date_speak_start (start_us, spa->zone);
  g_autoptr (GPtrArray) reasons = ava_availability_explain (spa, busy, query, start_us);
  JsonArray *closed = json_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    json_array_add_string_element (closed, ((AvaReason *) reasons->pdata[i])->words);
  add_start (starts, when, start_us, closed);
}

static void
add_closed_day (JsonArray   *starts,
                const GDate *day)
{
  g_autofree char *spoken = ava_date_speak_day (day);
  JsonArray *closed = json_array_new ();

  json_array_add_string_element (closed, "We are closed all day.");
  add_start (starts, spoken, 0, closed);
}

static void
explain_day (AvaContext        *context,
             AvaSpa            *spa,
             const AvaToolWish *wish,
             AvaSlotQuery      *query,
             const GDate       *day,
             JsonArray         *starts)
{
  gint64 midnight_us = ava_wall_time_first (day, 0, spa->zone);
  g_autoptr (GPtrArray) busy = load_busy (context, midnight_us - AVA_USEC_PER_DAY, midnight_us + AVA_USEC_PER_DAY * 2);
  g_autoptr (GDateTime) noon = g_date_time_new (spa->zone, g_date_get_year (day), g_date_get_month (day),
                                                g_date_get_day (day), 12, 0, 0);
  int open_min = 0;
  int close_min = 0;

  if (wish->exact) {
    explain_start (starts, spa, busy, query, ava_wall_time_first (day, wish->from_min, spa->zone));
    return;
  }
  if (!ava_spa_get_hours (spa, NULL, noon, &open_min, &close_min, NULL)) {
    add_closed_day (starts, day);
    return;
  }
  for (int minute = open_min; minute < close_min; minute += STEP_MIN) {
    if (minute >= wish->from_min && minute <= wish->to_min)
      explain_start (starts, spa, busy, query, ava_wall_time_first (day, minute, spa->zone));
  }
}

static void
print_starts (JsonArray *starts)
{
  for (guint i = 0; i < json_array_get_length (starts); i++) {
    JsonObject *start = json_array_get_object_element (starts, i);
    JsonArray *reasons = json_object_get_array_member (start, "reasons");

    if (json_array_get_length (reasons) == 0)
      g_print ("%s: free\n", json_object_get_string_member (start, "when"));
    for (guint j = 0; j < json_array_get_length (reasons); j++)
      g_print ("%s: closed: %s\n", json_object_get_string_member (start, "when"), json_array_get_string_element (reasons, j));
  }
}

static AvaToolRun *
make_run (AvaContext *context,
          AvaCli     *cli,
          JsonObject *args)
{
  AvaToolRun *run = ava_tool_run_new ();

  run->store = g_object_ref (ava_context_get_store (context));
  run->clock = g_object_ref (cli->clock);
  run->spa = g_object_ref (ava_context_get_spa (context));
  run->args = json_object_ref (args);
  return run;
}

/* By its id, or by its name however it is written; the id of one that is there. */
static const char *
find_room (AvaSpa     *spa,
           const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);

  for (guint i = 0; i < spa->rooms->len; i++) {
    AvaRoom *room = spa->rooms->pdata[i];
    g_autofree char *name = g_utf8_casefold (room->name, -1);

    if (strcmp (room->id, words) == 0 || strcmp (name, folded) == 0)
      return room->id;
  }
  return NULL;
}

static char *
word_trouble (AvaSpa            *spa,
              const AvaToolWish *wish,
              JsonObject        *refusal,
              const char        *room,
              const char        *room_id)
{
  if (refusal != NULL)
    return g_strdup (json_object_get_string_member (refusal, "message"));
  if (room != NULL && room_id == NULL)
    return g_strdup_printf ("There is no room “%s”.", room);
  if (room != NULL && !ava_spa_is_here (spa, ava_spa_place_of (spa, room_id)))
    return g_strdup_printf ("The room “%s” is not at %s. Say with --location where it is.", room, spa->name);
  if (g_date_days_between (&wish->first, &wish->last) >= MOST_DAYS)
    return g_strdup_printf ("Each start is explained: of %d days at most. Ask for fewer.", MOST_DAYS);
  return NULL;
}

/**
 * ava_command_explain:
 * @args: of the tool check_availability: service, provider, location, days or a phrase, in words
 * @room: (nullable): id or name
 *
 * Returns: an exit code
 */
int
ava_command_explain (AvaCli     *cli,
                     JsonObject *args,
                     const char *room)
{
  g_autoptr (AvaContext) context = ava_cli_open (cli);
  g_autoptr (AvaToolRun) run = NULL;
  g_autoptr (JsonObject) refusal = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_auto (AvaToolWish) wish = { 0 };
  AvaSlotQuery query = { .to_min = 1440, .to_us = G_MAXINT64, .now_us = ava_clock_now_us (cli->clock) };
  JsonArray *starts;
  g_autofree char *trouble = NULL;

  if (context == NULL)
    return AVA_EXIT_REFUSED;
  run = make_run (context, cli, args);
  refusal = ava_tool_see_location (run);
  if (refusal == NULL)
    refusal = ava_tool_wish_read (&wish, run);
  query.room_id = room != NULL ? find_room (run->spa, room) : NULL;
  trouble = word_trouble (run->spa, &wish, refusal, room, query.room_id);
  if (trouble == NULL) {
    query.service_id = wish.service->id;
    query.provider_id = wish.provider != NULL ? wish.provider->id : NULL;
    starts = json_array_new ();
    json_object_set_array_member (answer, "starts", starts);
    json_object_set_string_member (answer, "service", wish.service->name);
    json_object_set_string_member (answer, "location", run->spa->name);
    for (GDate day = wish.first; g_date_compare (&day, &wish.last) <= 0; g_date_add_days (&day, 1))
      explain_day (context, run->spa, &wish, &query, &day, starts);
    if (cli->json)
      ava_cli_print_object (answer);
    else
      print_starts (starts);
  } else {
    g_printerr ("avactl slots: %s\n", trouble);
  }
  ava_context_shut_down (context);
  return trouble == NULL ? AVA_EXIT_DONE : AVA_EXIT_REFUSED;
}
