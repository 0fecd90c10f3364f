/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* Days that are named beside another one. */

static int
find_weekend (const AvaDayWords *day,
              int                by)
{
  int saturday = day->first - (ava_date_weekday (day->first) - 1) + 5;

  if (by < 0 && saturday + 1 >= day->first)
    return saturday - 7;
  return by > 0 && saturday <= day->first ? saturday + 7 : saturday;
}

/* "the day after Christmas", "the week of December 7th", "the weekend before the 20th". */
gboolean
ava_date_scan_beside (GArray           *tokens,
                      guint             at,
                      const AvaDateNow *now,
                      AvaDayWords      *day)
{
  static const struct { const char *pattern; enum { DAY, WEEK, WEEKEND } span; int by; } heads[] = {
    { "?the day before", DAY, -1 }, { "?the day after", DAY, 1 }, { "?in|during ?the week of", WEEK, 0 },
    { "?the week before", WEEK, -7 }, { "?the week after", WEEK, 7 }, { "?the week beginning|starting|commencing", WEEK, 0 },
    { "?the weekend of", WEEKEND, 0 }, { "?the weekend before", WEEKEND, -7 }, { "?the weekend after", WEEKEND, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    int values[4];
    guint next;
    int first;
    int weekday;

    if (!ava_date_tokens_match (tokens, at, heads[i].pattern, values, &next) ||
        !ava_date_scan_core_day (tokens, next, now, day))
      continue;
    if (day->kind == AVA_DAY_SHIFT || day->kind == AVA_DAY_SOME || day->first != day->last || day->first == 0) {
      ava_day_words_clear (day);
      continue;
    }
    weekday = day->weekday;
    g_clear_pointer (&day->assumption, g_free);
    day->month_day = day->weekday = 0;
    day->feast = FALSE;
    if (heads[i].span == DAY) {
      ava_day_words_set_span (day, AVA_DAY_ONE, day->first + heads[i].by, day->first + heads[i].by);
      return TRUE;
    }
    first = heads[i].span == WEEKEND ? find_weekend (day, heads[i].by)
                                     : day->first - (ava_date_weekday (day->first) - 1) + heads[i].by;
    day->week_after = heads[i].span == WEEK && heads[i].by > 0 ? weekday : 0;
    ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (first, now->today), first + (heads[i].span == WEEKEND ? 1 : 6));
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
  day->feast = FALSE;
  ava_day_words_set_span (day, AVA_DAY_ONE, day->first, day->first);
  return TRUE;
}
