/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability.h"
#include "ava-cli.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <stdio.h>

/* avactl slots --explain: each start of the wished days, free or closed, and why it is closed (MS-18). */

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

static void
print_start (AvaSpa       *spa,
             GPtrArray    *busy,
             AvaSlotQuery *query,
             gint64        start_us)
{
  g_autofree char *when = ava_date_speak_start (start_us, spa->zone);
  g_autoptr (GPtrArray) reasons = ava_availability_explain (spa, busy, query, start_us);

  if (reasons->len == 0)
    g_print ("%s: free\n", when);
  for (guint i = 0; i < reasons->len; i++)
    g_print ("%s: closed: %s\n", when, ((AvaReason *) reasons->pdata[i])->words);
}

static void
explain_day (AvaContext   *context,
             AvaSlotQuery *query,
             const GDate  *day)
{
  AvaSpa *spa = ava_context_get_spa (context);
  gint64 midnight_us = ava_wall_time_first (day, 0, spa->zone);
  g_autoptr (GPtrArray) busy = load_busy (context, midnight_us, midnight_us + AVA_USEC_PER_DAY * 2);
  g_autoptr (GDateTime) noon = g_date_time_new (spa->zone, g_date_get_year (day), g_date_get_month (day),
                                                g_date_get_day (day), 12, 0, 0);
  int open_min = 0;
  int close_min = 0;

  if (!ava_spa_get_hours (spa, NULL, noon, &open_min, &close_min, NULL)) {
    g_autofree char *spoken = ava_date_speak_day (day);

    g_print ("%s: closed all day\n", spoken);
    return;
  }
  for (int minute = open_min; minute < close_min; minute += STEP_MIN)
    print_start (spa, busy, query, ava_wall_time_first (day, minute, spa->zone));
}

static gboolean
parse_day (const char *text,
           GDate      *day)
{
  int year;
  int month;
  int number;

  if (sscanf (text, "%d-%d-%d", &year, &month, &number) != 3 || month < 1 || month > 12 ||
      !g_date_valid_dmy (number, month, year))
    return FALSE;
  g_date_set_dmy (day, number, month, year);
  return TRUE;
}

/**
 * ava_command_explain:
 * @service: id
 * @provider: (nullable): id
 * @room: (nullable): id
 * @from: first day, YYYY-MM-DD
 * @to: last day, YYYY-MM-DD
 *
 * Returns: an exit code
 */
int
ava_command_explain (AvaCli     *cli,
                     const char *service,
                     const char *provider,
                     const char *room,
                     const char *from,
                     const char *to)
{
  g_autoptr (AvaContext) context = NULL;
  AvaSlotQuery query = { .service_id = service, .provider_id = provider, .room_id = room, .to_min = 1440 };
  GDate first;
  GDate last;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  if (!parse_day (from, &first) || !parse_day (to, &last)) {
    g_printerr ("avactl slots: days are written like 2026-12-01\n");
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  query.now_us = ava_clock_now_us (cli->clock);
  query.to_us = G_MAXINT64;
  for (guint i = 0; i < MOST_DAYS && g_date_compare (&first, &last) <= 0; i++, g_date_add_days (&first, 1))
    explain_day (context, &query, &first);
  ava_context_shut_down (context);
  return AVA_EXIT_DONE;
}
