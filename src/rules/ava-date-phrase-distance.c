/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/*
 *  in two weeks · two weeks from Friday · a week tomorrow · two weeks ago · within ten days
 *  in |distance   distance  from |anchor              distance
 *
 * How far one day, or minute, is from another: the words for a distance, and what stands around them.
 */

#define HALF_HOUR 30

typedef enum { UNIT_MINUTE, UNIT_DAY, UNIT_MONTH } Unit;

typedef struct {
  Unit unit;
  int least;          /* [unit] */
  int most;           /* [unit]; "a week or two" */
  gboolean weeks;     /* said in weeks, or in months */
} Distance;

static gboolean
read_unit (GArray *tokens,
           guint   at,
           Unit   *unit,
           int    *each)
{
  static const struct { const char *words; Unit unit; int each; } units[] = {
    { "minute|minutes|min|mins", UNIT_MINUTE, 1 }, { "hour|hours|hr|hrs", UNIT_MINUTE, 60 },
    { "day|days", UNIT_DAY, 1 }, { "week|weeks", UNIT_DAY, 7 }, { "fortnight|fortnights", UNIT_DAY, 14 },
    { "month|months", UNIT_MONTH, 1 }, { "year|years", UNIT_MONTH, 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (!ava_date_tokens_is (tokens, at, units[i].words))
      continue;
    *unit = units[i].unit;
    *each = units[i].each;
    return TRUE;
  }
  return FALSE;
}

/* "two weeks", "a couple of days", "an hour and a half", "a week or two", "six to eight weeks" */
static gboolean
read_distance (GArray   *tokens,
               guint     at,
               Distance *distance,
               guint    *next)
{
  int values[4] = { 0 };
  int least;
  int most;
  int each;
  guint end;
  gboolean half = FALSE;

  at += ava_date_tokens_is (tokens, at, "about|around|roughly|approximately|maybe|just|like");
  if (ava_date_tokens_fit (tokens, at, "half an|a hour", next) || ava_date_tokens_fit (tokens, at, "a half hour", next)) {
    *distance = (Distance){ UNIT_MINUTE, HALF_HOUR, HALF_HOUR, FALSE };
    return TRUE;
  }
  if (!ava_date_tokens_match (tokens, at, "~", values, &end))
    return FALSE;
  least = most = values[0];
  if (ava_date_tokens_match (tokens, end, "or|to|- #", values, next) && values[0] > least && read_unit (tokens, *next, &distance->unit, &each)) {
    most = values[0];
    end = *next;
  }
  half = ava_date_tokens_fit (tokens, end, "and a half", &end);
  if (!read_unit (tokens, end, &distance->unit, &each))
    return FALSE;
  *next = end + 1;
  half = half || ava_date_tokens_fit (tokens, *next, "and a half", next);
  distance->least = least * each + (half ? each / 2 : 0);
  distance->most = most * each + (half ? each / 2 : 0);
  distance->weeks = each > 1 || distance->unit == UNIT_MONTH;
  if (least == 1 && ava_date_tokens_fit (tokens, *next, "or two", next))
    distance->most = 2 * each;
  else
    ava_date_tokens_fit (tokens, *next, "or so", next);
  return TRUE;
}

/**
 * ava_date_walk_months: (skip)
 *
 * Returns: [days] the same day of another month, or its last
 */
int
ava_date_walk_months (int julian,
                      int months)
{
  int year;
  int month;
  int day;

  ava_date_split (julian, &year, &month, &day);
  ava_date_add_months (&year, &month, months);
  return ava_date_join (year, month, MIN (day, ava_date_month_length (year, month)));
}

static int
walk (int  julian,
      Unit unit,
      int  by)
{
  return unit == UNIT_MONTH ? ava_date_walk_months (julian, by) : julian + by;
}

/* Moves an anchor, and the other day when it was asked which one is meant. */
static void
move_by (AvaDayWords    *day,
         const Distance *distance,
         int             sign)
{
  int from = walk (day->first, distance->unit, sign * (sign > 0 ? distance->least : distance->most));
  int to = walk (day->first, distance->unit, sign * (sign > 0 ? distance->most : distance->least));
  int other = day->other != 0 ? walk (day->other, distance->unit, sign * distance->least) : 0;

  ava_day_words_clear (day);
  day->month_day = day->weekday = day->other = 0;
  day->bygone = day->feast = FALSE;
  ava_day_words_set_span (day, AVA_DAY_ONE, from, to);
  if (other != 0)
    ava_day_words_ask (day, from, other);
}

static gboolean
scan_anchor (GArray           *tokens,
             guint             at,
             const AvaDateNow *now,
             AvaDayWords      *day)
{
  if (!ava_date_scan_core_day (tokens, ava_date_skip_event (tokens, at), now, day))
    return FALSE;
  if (day->kind != AVA_DAY_SHIFT && day->kind != AVA_DAY_SOME && day->first > 0 && day->first == day->last)
    return TRUE;
  ava_day_words_clear (day);
  return FALSE;
}

/* "Two weeks from Friday", "a week after Christmas", "a week tomorrow". */
static gboolean
scan_from_anchor (GArray           *tokens,
                  guint             at,
                  const Distance   *distance,
                  const AvaDateNow *now,
                  AvaDayWords      *day)
{
  const char *joints = distance->weeks ? "from|after|on|before" : "from|after|before";
  gboolean joint = ava_date_tokens_is (tokens, at, joints);
  gboolean before = joint && ava_date_tokens_is (tokens, at, "before");

  if (!joint && !(distance->unit == UNIT_DAY && distance->weeks &&
                  (ava_date_token_weekday (tokens, at) > 0 || ava_date_tokens_is (tokens, at, "today|tomorrow"))))
    return FALSE;
  if (!scan_anchor (tokens, at + joint, now, day))
    return FALSE;
  move_by (day, distance, before ? -1 : 1);
  return TRUE;
}

static void
set_from_today (const AvaDateNow *now,
                const Distance   *distance,
                int               sign,
                guint             next,
                AvaDayWords      *day)
{
  *day = (AvaDayWords){ .at = day->at, .next = next, .first = now->today, .last = now->today };
  move_by (day, distance, sign);
  day->bygone = sign < 0;
}

/* "Within ten days", "over the next few weeks"; "in the last two weeks". */
static gboolean
scan_span (GArray           *tokens,
           guint             at,
           const AvaDateNow *now,
           AvaDayWords      *day)
{
  static const struct { const char *pattern; int sign; } heads[] = {
    { "within|inside ?the ?next|coming", 1 }, { "?in|within|over|during ?the next|coming", 1 },
    { "?in|within|over|during|for ?the last|past", -1 },
  };
  Distance distance;
  guint next;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    if (!ava_date_tokens_fit (tokens, at, heads[i].pattern, &next) || !read_distance (tokens, next, &distance, &next) ||
        distance.unit == UNIT_MINUTE || ava_date_tokens_is (tokens, next, "of|in|before"))
      continue;
    set_from_today (now, &distance, heads[i].sign, next, day);
    if (heads[i].sign > 0)
      day->first = now->today;
    else
      day->last = now->today - 1;
    return TRUE;
  }
  return FALSE;
}

/**
 * ava_date_scan_distance: (skip)
 * @day: (out): cleared by the caller with ava_day_words_clear() when %TRUE is answered
 *
 * Returns: whether a day that is told by its distance begins at @at
 */
gboolean
ava_date_scan_distance (GArray           *tokens,
                        guint             at,
                        const AvaDateNow *now,
                        AvaDayWords      *day)
{
  gboolean in = ava_date_tokens_is (tokens, at, "in");
  Distance distance;
  guint next;

  if (scan_span (tokens, at, now, day))
    return TRUE;
  if (!read_distance (tokens, at + in, &distance, &next) || distance.unit == UNIT_MINUTE)
    return FALSE;
  if (ava_date_tokens_is (tokens, next, "ago")) {
    set_from_today (now, &distance, -1, next + 1, day);
    return TRUE;
  }
  if (ava_date_tokens_fit (tokens, next, "?time from today|now", &next) || in) {
    next += ava_date_tokens_is (tokens, next, "time");
    set_from_today (now, &distance, 1, next, day);
    return TRUE;
  }
  if (distance.unit == UNIT_DAY && ava_date_tokens_is (tokens, next, "later|earlier|sooner")) {
    day->next = next + 1;
    ava_day_words_set_span (day, AVA_DAY_SHIFT, now->today, now->today);
    day->shift_days = ava_date_tokens_is (tokens, next, "later") ? distance.least : -distance.least;
    return TRUE;
  }
  return scan_from_anchor (tokens, next, &distance, now, day);
}

/**
 * ava_date_scan_week_on: (skip)
 *
 * "Friday week", "tomorrow week": a week, or a fortnight, from the day that was just read.
 *
 * Returns: whether @day was moved
 */
gboolean
ava_date_scan_week_on (GArray      *tokens,
                       AvaDayWords *day)
{
  Distance distance = { UNIT_DAY, 7, 7, TRUE };

  if (!ava_date_tokens_is (tokens, day->next, "week|fortnight") ||
      ava_date_tokens_is (tokens, day->next + 1, "after|of|from|before|or|is|on"))
    return FALSE;
  if (ava_date_tokens_is (tokens, day->next, "fortnight"))
    distance.least = distance.most = 14;
  move_by (day, &distance, 1);
  day->next++;
  return TRUE;
}

/**
 * ava_date_scan_minutes: (skip)
 * @from: (out): [min] from now
 * @to: (out): [min] from now; equals @from for one that is past
 *
 * Returns: whether a time that is told by its distance from now begins at @at: "in two hours", "an hour from now",
 *   "within the hour", "two hours ago"
 */
gboolean
ava_date_scan_minutes (GArray *tokens,
                       guint   at,
                       int    *from,
                       int    *to,
                       guint  *next)
{
  gboolean in = ava_date_tokens_is (tokens, at, "in");
  gboolean within = ava_date_tokens_fit (tokens, at, "within ?the ?next", next) ||
                    ava_date_tokens_fit (tokens, at, "?in|over|during ?the next", next);
  Distance distance = { UNIT_MINUTE, 60, 60, FALSE };

  if (within && ava_date_tokens_is (tokens, *next, "hour"))
    *next += 1;
  else if (!read_distance (tokens, within ? *next : at + in, &distance, next) || distance.unit != UNIT_MINUTE || distance.least < 5)
    return FALSE;  /* "in a minute" is no appointment */
  *from = within ? 0 : distance.least;
  *to = distance.most + (within ? 0 : HALF_HOUR);
  if (within)
    return TRUE;
  if (ava_date_tokens_is (tokens, *next, "ago")) {
    *from = *to = -distance.least;
    *next += 1;
    return TRUE;
  }
  return ava_date_tokens_fit (tokens, *next, "?time from now", next) || in;
}
