/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* Days that are named beside another one. */

/* "the day after Christmas", "the week of December 7th". */
gboolean
ava_date_scan_beside (GArray           *tokens,
                      guint             at,
                      const AvaDateNow *now,
                      AvaDayWords      *day)
{
  static const struct { const char *pattern; gboolean week; int by; } heads[] = {
    { "?the day before", FALSE, -1 }, { "?the day after", FALSE, 1 }, { "?in|during ?the week of", TRUE, 0 },
    { "?the week before", TRUE, -7 }, { "?the week after", TRUE, 7 }, { "?the week beginning|starting", TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    int values[4];
    guint next;
    int monday;

    if (!ava_date_tokens_match (tokens, at, heads[i].pattern, values, &next) ||
        !ava_date_scan_core_day (tokens, next, now, day))
      continue;
    if (day->kind == AVA_DAY_SHIFT || day->first != day->last || day->first == 0) {
      ava_day_words_clear (day);
      continue;
    }
    monday = day->first - (ava_date_weekday (day->first) - 1) + heads[i].by;
    g_clear_pointer (&day->assumption, g_free);
    day->month_day = day->weekday = 0;
    if (heads[i].week)
      ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (monday, now->today), monday + 6);
    else
      ava_day_words_set_span (day, AVA_DAY_ONE, day->first + heads[i].by, day->first + heads[i].by);
    return TRUE;
  }
  return FALSE;
}

/* "the Monday after Christmas", "the Friday before the 10th". */
gboolean
ava_date_scan_weekday_beside (GArray           *tokens,
                              guint             at,
                              const AvaDateNow *now,
                              AvaDayWords      *day)
{
  int values[4];
  guint next;
  gboolean before;

  if (!ava_date_tokens_match (tokens, at, "?the @ after|following|before", values, &next))
    return FALSE;
  before = ava_date_tokens_is (tokens, next - 1, "before");
  if (!ava_date_scan_core_day (tokens, next, now, day))
    return FALSE;
  if (day->kind != AVA_DAY_DATE || day->first == 0) {
    ava_day_words_clear (day);
    return FALSE;
  }
  do
    day->first += before ? -1 : 1;
  while (ava_date_weekday (day->first) != values[0]);
  g_clear_pointer (&day->assumption, g_free);
  day->month_day = 0;
  ava_day_words_set_span (day, AVA_DAY_ONE, day->first, day->first);
  return TRUE;
}
