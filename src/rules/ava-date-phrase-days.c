/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/*
 * The words that name days, as patterns; the longest that fits wins. Conventions:
 *  - weeks run Monday to Sunday, and days are counted in the calendar of the location;
 *  - "this Friday" is the nearest one from today on; a bare "Friday" the nearest one, and on a
 *    Friday the caller is asked;
 *  - "next Friday" is asked unless the nearest one lies in the following week, whether weeks begin
 *    on Sunday or on Monday; so too "next weekend";
 *  - which day is meant is asked, too, of "12/5" (May or December) and of "the 31st" in a month without one;
 *  - "Fridays" and "weekends" are certain weekdays, of whatever span is said beside them, or of any week;
 *  - of a season and of "the holidays" it is asked which month or day is meant;
 *  - a date without a year that passed at most 90 days ago is past, an older one is next year's.
 */

typedef enum {
  OP_OFFSET,
  OP_BYGONE_OFFSET,
  OP_WEEKDAY,
  OP_WEEKDAY_THIS,
  OP_WEEKDAY_COMING,
  OP_WEEKDAY_FOLLOWING,
  OP_WEEKDAY_NEXT,
  OP_WEEKDAY_AFTER_NEXT,
  OP_WEEKDAY_BYGONE,
  OP_WEEKDAYS_FROM,
  OP_SOME,
  OP_SOME_NAMED,
  OP_BYGONE_WEEK,
  OP_BYGONE_WEEKEND,
  OP_BYGONE_MONTH,
  OP_WEEK,
  OP_WEEKEND,
  OP_MONTH,
  OP_YEAR,
  OP_NAMED_MONTH,
  OP_MONTH_WEEK,
  OP_NAMED_MONTH_WEEK,
  OP_MONTH_NAMED_WEEK,
  OP_MONTH_DAY,
  OP_DAY_MONTH,
  OP_DAY,
  OP_DAY_OF_MONTH,
  OP_NTH_NAMED,
  OP_NTH_MONTH,
  OP_LAST_NAMED,
  OP_LAST_MONTH,
  OP_HOLIDAY,
  OP_NEW_YEAR_ON,
  OP_AFTER_HOLIDAYS,
  OP_ASK_DAY,
  OP_ASK_MONTH,
  OP_SHIFT,
} DayOp;

typedef struct {
  const char *pattern;
  DayOp op;
  int arg;
} DayPattern;

#define NEW_YEAR_DAYS 14  /* of "in the new year" */

#define WEEKDAYS (1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5)
#define WEEKENDS (1u << 6 | 1u << 7)

static const DayPattern patterns[] = {
  { "today", OP_OFFSET, 0 },
  { "?later|earlier today", OP_OFFSET, 0 },
  { "tomorrow", OP_OFFSET, 1 },
  { "?the day after tomorrow", OP_OFFSET, 2 },
  { "yesterday", OP_BYGONE_OFFSET, -1 },
  { "last night", OP_BYGONE_OFFSET, -1 },
  { "?the day before yesterday", OP_BYGONE_OFFSET, -2 },
  { "@", OP_WEEKDAY, 0 },
  { "this @", OP_WEEKDAY_THIS, 0 },
  { "?the|this coming|upcoming @", OP_WEEKDAY_COMING, 0 },
  { "?the|on following @", OP_WEEKDAY_FOLLOWING, 0 },
  { "?the next @", OP_WEEKDAY_NEXT, 0 },
  { "?the @ after next", OP_WEEKDAY_AFTER_NEXT, 0 },
  { "last|past @", OP_WEEKDAY_BYGONE, 0 },
  { "~ @ from today|now", OP_WEEKDAYS_FROM, 0 },
  { "any|every @", OP_SOME_NAMED, 0 },
  { "weekdays", OP_SOME, WEEKDAYS },
  { "?a|any|every weekday", OP_SOME, WEEKDAYS },
  { "weekends", OP_SOME, WEEKENDS },
  { "?a|any|every weekend ?only", OP_SOME, WEEKENDS },
  { "?the|this last|past week", OP_BYGONE_WEEK, 0 },
  { "?the|this last|past weekend", OP_BYGONE_WEEKEND, 0 },
  { "?the|this last|past month", OP_BYGONE_MONTH, 1 },
  { "?the|this last|past year", OP_BYGONE_MONTH, 12 },
  { "this week", OP_WEEK, 0 },
  { "?the next week", OP_WEEK, 1 },
  { "?the week after next", OP_WEEK, 2 },
  { "?the week after this ?one|week", OP_WEEK, 1 },
  { "?in|during ?the|this coming week", OP_WEEK, 1 },
  { "this ?coming weekend", OP_WEEKEND, 0 },
  { "the ?coming weekend", OP_WEEKEND, 0 },
  { "?the next weekend", OP_WEEKEND, 1 },
  { "?the weekend after next", OP_WEEKEND, 2 },
  { "this month", OP_MONTH, 0 },
  { "?the next month", OP_MONTH, 1 },
  { "?the month after next", OP_MONTH, 2 },
  { "this year", OP_YEAR, 0 },
  { "?the next year", OP_YEAR, 1 },
  { "?this|next %", OP_NAMED_MONTH, 0 },
  { "?the ^ week of|in %", OP_NAMED_MONTH_WEEK, 0 },
  { "?the ^ week of|in the|this month", OP_MONTH_WEEK, 0 },
  { "?the ^ week ?of|in ?the next month", OP_MONTH_WEEK, 1 },
  { "?the next month ?in ?the ^ week", OP_MONTH_WEEK, 1 },
  { "?the|this month ?in ?the ^ week", OP_MONTH_WEEK, 0 },
  { "?in % ?in ?the ^ week", OP_MONTH_NAMED_WEEK, 0 },
  { "% ?the ^", OP_MONTH_DAY, 0 },
  { "% #", OP_MONTH_DAY, 0 },
  { "?the ^ ?day of|in %", OP_DAY_MONTH, 0 },
  { "?the ^ %", OP_DAY_MONTH, 1 },
  { "?the # of %", OP_DAY_MONTH, 0 },
  { "# %", OP_DAY_MONTH, 2 },
  { "?the ^", OP_DAY, 0 },
  { "?the ^ of the|this month", OP_DAY_OF_MONTH, 0 },
  { "?the ^ of ?the next month", OP_DAY_OF_MONTH, 1 },
  { "?the ^ @ of|in ?this|next %", OP_NTH_NAMED, 0 },
  { "?the ^ @ of|in the|this month", OP_NTH_MONTH, 0 },
  { "?the ^ @ of|in ?the next month", OP_NTH_MONTH, 1 },
  { "?the last @ of|in %", OP_LAST_NAMED, 0 },
  { "?the last @ of|in the|this month", OP_LAST_MONTH, 0 },
  { "?the last @ of|in ?the next month", OP_LAST_MONTH, 1 },
  { "?the last day of %", OP_LAST_NAMED, 1 },
  { "?the last day of the|this month", OP_LAST_MONTH, 10 },
  { "?the last day of ?the next month", OP_LAST_MONTH, 11 },
  { "christmas ?day", OP_HOLIDAY, HOLIDAY (12, 25) },
  { "christmas eve", OP_HOLIDAY, HOLIDAY (12, 24) },
  { "boxing day", OP_HOLIDAY, HOLIDAY (12, 26) },
  { "?the new years|year ?day", OP_HOLIDAY, HOLIDAY_NEW_YEAR },
  { "?the first of the year", OP_HOLIDAY, HOLIDAY_NEW_YEAR },
  { "?early in the new year", OP_NEW_YEAR_ON, HOLIDAY_NEW_YEAR },
  { "new years eve", OP_HOLIDAY, HOLIDAY (12, 31) },
  { "valentines ?day", OP_HOLIDAY, HOLIDAY (2, 14) },
  { "saint|st patricks day", OP_HOLIDAY, HOLIDAY (3, 17) },
  { "easter ?sunday", OP_HOLIDAY, HOLIDAY_GOOD_FRIDAY + HOLIDAY_PLUS (2) },
  { "good friday", OP_HOLIDAY, HOLIDAY_GOOD_FRIDAY },
  { "easter monday", OP_HOLIDAY, HOLIDAY_GOOD_FRIDAY + HOLIDAY_PLUS (3) },
  { "mothers day", OP_HOLIDAY, HOLIDAY_NTH (2, 7, 5) },
  { "memorial day", OP_HOLIDAY, HOLIDAY_NTH (0, 1, 5) },
  { "juneteenth", OP_HOLIDAY, HOLIDAY (6, 19) },
  { "fathers day", OP_HOLIDAY, HOLIDAY_NTH (3, 7, 6) },
  { "independence day", OP_HOLIDAY, HOLIDAY (7, 4) },
  { "labor|labour day", OP_HOLIDAY, HOLIDAY_NTH (1, 1, 9) },
  { "columbus day", OP_HOLIDAY, HOLIDAY_NTH (2, 1, 10) },
  { "halloween", OP_HOLIDAY, HOLIDAY (10, 31) },
  { "veterans day", OP_HOLIDAY, HOLIDAY (11, 11) },
  { "thanksgiving ?day", OP_HOLIDAY, HOLIDAY_THANKSGIVING },
  { "black friday", OP_HOLIDAY, HOLIDAY_THANKSGIVING + HOLIDAY_PLUS (1) },
  { "?all ?of the holidays", OP_AFTER_HOLIDAYS, HOLIDAY_NEW_YEAR },
  { "?the holiday season", OP_AFTER_HOLIDAYS, HOLIDAY_NEW_YEAR },
  { "before|over|during|around|in|for the holidays", OP_ASK_DAY, 0 },
  { "before|over|during|around|in|for ?the holiday season", OP_ASK_DAY, 0 },
  { "?early|late|sometime|later in|this|next|during ?the spring|summer|fall|autumn|winter", OP_ASK_MONTH, 0 },
  { "the|after|before|until ?the summer|autumn|winter", OP_ASK_MONTH, 0 },
  { "?the same|that ?same day", OP_SHIFT, 0 },
  { "?the next|following day", OP_SHIFT, 1 },
  { "?the day after ?that", OP_SHIFT, 1 },
  { "?the day before ?that", OP_SHIFT, -1 },
  { "?the previous day", OP_SHIFT, -1 },
  { "?the following week", OP_SHIFT, 7 },
  { "?the week after ?that", OP_SHIFT, 7 },
};

/**
 * ava_date_weekday: (skip)
 *
 * Returns: 1 Monday … 7 Sunday
 */
int
ava_date_weekday (int julian)
{
  return (julian - 1) % 7 + 1;
}

/**
 * ava_date_weekday_from: (skip)
 *
 * Returns: [days] the first such weekday, @julian itself included
 */
int
ava_date_weekday_from (int julian,
                       int weekday)
{
  return julian + (weekday - ava_date_weekday (julian) + 7) % 7;
}

/* The nearest such weekday, today included only when @from_today. */
static int
find_weekday (const AvaDateNow *now,
              int               weekday,
              gboolean          from_today)
{
  return ava_date_weekday_from (now->today + !from_today, weekday);
}

static int
start_of_week (const AvaDateNow *now)
{
  return now->today - (ava_date_weekday (now->today) - 1);
}

/* Whether the nearest such day is in the following week, whichever day weeks begin with. */
static gboolean
is_plainly_next (const AvaDateNow *now,
                 int               julian)
{
  int monday = start_of_week (now) + 7;
  int sunday = now->today - ava_date_weekday (now->today) % 7 + 7;

  return julian >= monday && julian >= sunday;
}

static void
read_weekday (DayOp             op,
              const int         values[4],
              const AvaDateNow *now,
              AvaDayWords      *day)
{
  int weekday = op == OP_WEEKDAYS_FROM ? values[1] : values[0];
  int near = find_weekday (now, weekday, FALSE);
  gboolean is_today = weekday == ava_date_weekday (now->today);
  int first = near;

  if (op == OP_WEEKDAY_THIS)
    first = find_weekday (now, weekday, TRUE);
  else if (op == OP_WEEKDAY_AFTER_NEXT)
    first = near + 7;
  else if (op == OP_WEEKDAY_BYGONE)
    first = near - 7 - (is_today ? 7 : 0);
  else if (op == OP_WEEKDAYS_FROM)
    first = near + 7 * (MAX (values[0], 1) - 1);

  ava_day_words_set_span (day, op == OP_WEEKDAY || op == OP_WEEKDAY_NEXT ? AVA_DAY_WEEKDAY : AVA_DAY_ONE, first, first);
  if (op == OP_WEEKDAY)
    day->weekday = weekday;
  if (op == OP_WEEKDAY_FOLLOWING)
    day->following = weekday;
  if (op == OP_WEEKDAY_BYGONE)
    day->bygone = TRUE;
  if (op == OP_WEEKDAY && is_today)
    ava_day_words_ask (day, now->today, near);
  if ((op == OP_WEEKDAY_NEXT || op == OP_WEEKDAY_AFTER_NEXT) && !is_plainly_next (now, near))
    ava_day_words_ask (day, first, first + 7);
}

/* "Weekends", "Fridays": of any week. */
static void
read_some (guint             weekdays,
           const AvaDateNow *now,
           AvaDayWords      *day)
{
  ava_day_words_set_span (day, AVA_DAY_SOME, now->today, now->today);
  day->weekdays = weekdays;
}

/* "Last week", "the past month". */
static void
read_bygone (DayOp             op,
             int               months,
             const AvaDateNow *now,
             AvaDayWords      *day)
{
  int monday = start_of_week (now);
  int year;
  int month;
  int today;

  day->bygone = TRUE;
  if (op == OP_BYGONE_WEEK) {
    ava_day_words_set_span (day, AVA_DAY_ONE, monday - 7, monday - 1);
  } else if (op == OP_BYGONE_WEEKEND) {
    ava_day_words_set_span (day, AVA_DAY_ONE, monday - 2, monday - 1);
  } else {
    ava_date_split (now->today, &year, &month, &today);
    if (months == 12)
      ava_day_words_set_span (day, AVA_DAY_ONE, ava_date_join (year - 1, 1, 1), ava_date_join (year - 1, 12, 31));
    else
      ava_day_words_set_span (day, AVA_DAY_ONE, ava_date_walk_months (now->today - today + 1, -1), now->today - today);
  }
}

static void
read_weekend (int               arg,
              const AvaDateNow *now,
              AvaDayWords      *day)
{
  int saturday = start_of_week (now) + 5;
  gboolean begun = now->today >= saturday;

  ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (now->today, saturday), saturday + 1);
  if (arg == 0)
    return;
  if (begun) {
    ava_day_words_set_span (day, AVA_DAY_WEEK, saturday + 7 * arg, saturday + 7 * arg + 1);
    return;
  }
  ava_day_words_set_span (day, AVA_DAY_WEEK, saturday + 7 * (arg - 1), saturday + 7 * (arg - 1) + 1);
  ava_day_words_ask (day, saturday + 7 * (arg - 1), saturday + 7 * arg);
}

/* Part of a week, month or year: 0 early, 1 middle, 2 late, 3 the rest of it, 4 and 5 its halves, 6 and 7 its first and
 * last week; -1 all. */
static void
read_part_of_week (int               week,
                   int               part,
                   const AvaDateNow *now,
                   AvaDayWords      *day)
{
  static const int firsts[] = { 0, 1, 3, 0, 0, 3, 0, 3 };
  static const int lasts[] = { 1, 3, 4, 6, 2, 6, 1, 4 };
  int monday = start_of_week (now) + 7 * week;

  if (part < 0)
    ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (now->today, monday), monday + 6);
  else
    ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (now->today, monday + firsts[part]), monday + lasts[part]);
  if (part >= 0 && monday + lasts[part] < now->today)
    day->problem = g_strdup ("That part of this week is already past.");
  if (week == 1 && ava_date_weekday (now->today) == 7)
    day->assumption = g_strdup ("next week begins tomorrow");
}

/* A holiday, "in the new year", "next year". */
static void
read_feast (DayOp             op,
            int               arg,
            int               year,
            const AvaDateNow *now,
            AvaDayWords      *day)
{
  int month;
  int today;

  if (op == OP_YEAR) {
    ava_date_split (now->today, &year, &month, &today);
    ava_date_read_part_of_year (year + arg, -1, now, day);
    return;
  }
  ava_date_read_holiday (arg, now, year, day);
  if (op == OP_NEW_YEAR_ON)
    ava_day_words_set_span (day, AVA_DAY_WEEK, day->first, day->first + NEW_YEAR_DAYS - 1);
}

static void
read_calendar (GArray           *tokens,
               DayOp             op,
               int               arg,
               const int         values[4],
               const AvaDateNow *now,
               AvaDayWords      *day)
{
  int year = 0;
  int month;
  int today;
  gboolean with_year = op != OP_DAY && op != OP_DAY_OF_MONTH && op != OP_NTH_MONTH && op != OP_LAST_MONTH &&
                       op != OP_MONTH && op != OP_MONTH_WEEK && op != OP_YEAR && ava_date_read_year (tokens, now, day, &year);

  switch (op) {
  case OP_MONTH_DAY:
    ava_date_read_date (year, values[0], values[1], now, day);
    break;
  case OP_DAY_MONTH:
    ava_date_read_date (year, values[1], values[0], now, day);
    break;
  case OP_DAY:
    ava_date_read_bare_day (values[0], now, day);
    break;
  case OP_DAY_OF_MONTH:
    ava_date_read_day_of_month (values[0], arg, now, day);
    break;
  case OP_NTH_NAMED:
    ava_date_read_nth_named (values[0], values[1], values[2], year, now, day);
    break;
  case OP_NTH_MONTH:
    ava_date_read_nth_month (values[0], values[1], arg, now, day);
    break;
  case OP_LAST_NAMED:
    ava_date_read_nth_named (0, arg == 1 ? 0 : values[0], arg == 1 ? values[0] : values[1], year, now, day);
    break;
  case OP_LAST_MONTH:
    ava_date_read_nth_month (0, arg >= 10 ? 0 : values[0], arg % 10, now, day);
    break;
  case OP_HOLIDAY:
  case OP_AFTER_HOLIDAYS:
  case OP_NEW_YEAR_ON:
  case OP_YEAR:
    read_feast (op, arg, year, now, day);
    break;
  case OP_NAMED_MONTH:
  case OP_NAMED_MONTH_WEEK:
  case OP_MONTH_NAMED_WEEK:
    month = values[op == OP_NAMED_MONTH_WEEK ? 1 : 0];
    if (!with_year)
      year = ava_date_guess_year (month, 31, now, day);
    if (op == OP_NAMED_MONTH)
      ava_date_read_part_of_month (year, month, -1, now, day);
    else
      ava_date_read_month_week (year, month, values[op == OP_MONTH_NAMED_WEEK ? 1 : 0], now, day);
    break;
  default:
    ava_date_split (now->today, &year, &month, &today);
    ava_date_add_months (&year, &month, arg);
    if (op == OP_MONTH)
      ava_date_read_part_of_month (year, month, -1, now, day);
    else
      ava_date_read_month_week (year, month, values[0], now, day);
    break;
  }
}

/* "Fridays" */
static gboolean
is_plural (GArray *tokens,
           guint   at)
{
  return g_str_has_suffix (g_array_index (tokens, AvaDateToken, at).text, "days");
}

static void
read_pattern (GArray           *tokens,
              const DayPattern *pattern,
              const int         values[4],
              const AvaDateNow *now,
              AvaDayWords      *day)
{
  switch (pattern->op) {
  case OP_OFFSET:
  case OP_BYGONE_OFFSET:
    ava_day_words_set_span (day, AVA_DAY_ONE, now->today + pattern->arg, now->today + pattern->arg);
    day->bygone = pattern->op == OP_BYGONE_OFFSET;
    if (pattern->arg == 1 && now->minute < 4 * 60) {
      g_autofree char *words = ava_date_say (now->today + 1);

      day->assumption = g_strdup_printf ("tomorrow is %s", words);
    }
    break;
  case OP_WEEKDAY ... OP_WEEKDAYS_FROM:
    if (pattern->op == OP_WEEKDAY && is_plural (tokens, day->at))
      read_some (1u << values[0], now, day);
    else
      read_weekday (pattern->op, values, now, day);
    break;
  case OP_SOME:
  case OP_SOME_NAMED:
    read_some (pattern->op == OP_SOME ? (guint) pattern->arg : 1u << values[0], now, day);
    break;
  case OP_BYGONE_WEEK ... OP_BYGONE_MONTH:
    read_bygone (pattern->op, pattern->arg, now, day);
    break;
  case OP_ASK_DAY:
  case OP_ASK_MONTH:
    ava_day_words_set_span (day, AVA_DAY_DATE, 0, 0);
    day->question = g_strdup (pattern->op == OP_ASK_DAY ? "Which day do you have in mind?" : "Which month would suit you best?");
    break;
  case OP_WEEK:
    read_part_of_week (pattern->arg, -1, now, day);
    break;
  case OP_WEEKEND:
    read_weekend (pattern->arg, now, day);
    break;
  case OP_SHIFT:
    ava_day_words_set_span (day, AVA_DAY_SHIFT, now->today, now->today);
    day->shift_days = pattern->arg;
    break;
  default:
    read_calendar (tokens, pattern->op, pattern->arg, values, now, day);
    break;
  }
}

/* "may" and "march" are months only in company. */
static gboolean
is_plain_month (GArray *tokens,
                guint   at)
{
  if (ava_date_tokens_is (tokens, at, "this|next"))
    return TRUE;
  if (at > 0 && ava_date_tokens_is (tokens, at - 1, "in|of|this|next|until|till|during|before|after|by|late|early|mid"))
    return !ava_date_tokens_is (tokens, at + 1, "i|we|you");
  return ava_date_tokens_is (tokens, at, "january|february|april|june|july|august|september|october|november|december");
}

/* What may stand after "the second" if it is to be a day: not "opinion". */
static gboolean
is_plain_ordinal (GArray *tokens,
                  guint   at,
                  guint   next)
{
  const AvaDateToken *last = &g_array_index (tokens, AvaDateToken, next - 1);

  if (!ava_date_tokens_is (tokens, at, "the") && last->kind != AVA_TOKEN_NUMBER &&
      !(at > 0 && (ava_date_tokens_is (tokens, at - 1, "the|on|to|or|and|between|before|after|by|not|-") ||
                   ava_date_token_weekday (tokens, at - 1) > 0)))
    return FALSE;
  if (next >= tokens->len)
    return TRUE;
  if (g_array_index (tokens, AvaDateToken, next).kind != AVA_TOKEN_WORD)
    return TRUE;
  return ava_date_token_weekday (tokens, next) > 0 ||
         ava_date_tokens_is (tokens, next, "at|in|after|before|around|about|between|by|from|or|and|to|through|until|till") ||
         ava_date_tokens_is (tokens, next, "please|would|works|work|is|if|any|anytime|morning|afternoon|evening|noon|lunchtime") ||
         ava_date_tokens_is (tokens, next, "then|instead|sounds|thanks|thank|for|no|that|thats|should|i|ok|okay|maybe|with|early") ||
         ava_date_tokens_is (tokens, next, "late|looks|half|quarter|not|of|actually|sorry|but|um|uh|which|with|onwards|can|could|a|its|doesnt|wont|isnt") ||
         ava_date_tokens_is (tokens, next, "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|preferably");
}

static gboolean
is_allowed (GArray           *tokens,
            const DayPattern *pattern,
            const int         values[4],
            guint             at,
            guint             next)
{
  switch (pattern->op) {
  case OP_NAMED_MONTH:
    return is_plain_month (tokens, at);
  case OP_DAY:
    return (at == 0 && next == tokens->len && values[0] > 3) || is_plain_ordinal (tokens, at, next);
  case OP_AFTER_HOLIDAYS:
    return at > 0 && ava_date_tokens_is (tokens, at - 1, "after|past|until|till");
  case OP_DAY_MONTH:
    return pattern->arg == 0 || (values[1] != 3 && values[1] != 5);
  case OP_BYGONE_WEEK ... OP_BYGONE_MONTH:
    return !ava_date_tokens_is (tokens, next, "of|in|before");
  case OP_SHIFT:
    return !(next >= tokens->len ? FALSE : ava_date_tokens_is (tokens, next, "or|spa|cream"));
  default:
    return TRUE;
  }
}

static gboolean
scan_written (GArray           *tokens,
              guint             at,
              const AvaDateNow *now,
              AvaDayWords      *day)
{
  const AvaDateToken *token = &g_array_index (tokens, AvaDateToken, at);

  if (token->kind != AVA_TOKEN_DATE)
    return FALSE;
  day->next = at + 1;
  ava_date_read_written (token, now, day);
  return TRUE;
}

/* "the beginning of next month", "late this week", "mid december". */
static gboolean
scan_part (GArray           *tokens,
           guint             at,
           const AvaDateNow *now,
           AvaDayWords      *day)
{
  static const struct { const char *pattern; int part; } heads[] = {
    { "?the beginning|start of", 0 }, { "early|earlier ?in", 0 }, { "?the first part|days of", 0 }, { "?the first week of|in", 6 },
    { "?the first half of", 4 }, { "?the second|latter|last half of", 5 }, { "?the middle|mid of", 1 }, { "mid", 1 },
    { "?the end of", 2 }, { "late ?in", 2 }, { "?the last part|days of", 2 }, { "?the last week of|in", 7 },
    { "later ?in", 3 }, { "?the rest of", 3 },
  };
  static const struct { const char *pattern; enum { PART_WEEK, PART_MONTH, PART_YEAR } of; int ahead; } tails[] = {
    { "?the|this week", PART_WEEK, 0 }, { "?the next week", PART_WEEK, 1 }, { "?the week after next", PART_WEEK, 2 },
    { "?the|this month", PART_MONTH, 0 }, { "?the next month", PART_MONTH, 1 }, { "?the month after next", PART_MONTH, 2 },
    { "?the|this year", PART_YEAR, 0 }, { "?the next year", PART_YEAR, 1 },
  };
  static const int last_days[] = { 7, 20, 31, 31, 15, 31, 7, 31 };
  int values[4] = { 0 };
  int year;
  int month;
  int today;
  guint next;

  ava_date_split (now->today, &year, &month, &today);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    guint head;

    if (!ava_date_tokens_match (tokens, at, heads[i].pattern, values, &head))
      continue;
    /* Backwards: "week after next" must win over "week". */
    for (guint j = G_N_ELEMENTS (tails); j-- > 0;) {
      if (!ava_date_tokens_match (tokens, head, tails[j].pattern, values, &next))
        continue;
      day->next = next;
      if (tails[j].of == PART_YEAR) {
        ava_date_read_part_of_year (year + tails[j].ahead, heads[i].part, now, day);
        return TRUE;
      }
      ava_date_add_months (&year, &month, tails[j].ahead);
      if (tails[j].of == PART_MONTH)
        ava_date_read_part_of_month (year, month, heads[i].part, now, day);
      else
        read_part_of_week (tails[j].ahead, heads[i].part, now, day);
      return TRUE;
    }
    if (ava_date_tokens_match (tokens, head, "%", values, &next)) {
      day->next = next;
      if (!ava_date_read_year (tokens, now, day, &year))
        year = ava_date_guess_year (values[0], last_days[heads[i].part], now, day);
      ava_date_read_part_of_month (year, values[0], heads[i].part, now, day);
      return TRUE;
    }
  }
  return FALSE;
}

/* A whole month, though its first days may be past; until @last_day it is that of this year. */
static gboolean
scan_whole (GArray           *tokens,
            guint             at,
            int               last_day,
            const AvaDateNow *now,
            AvaDayWords      *day)
{
  static const struct { const char *pattern; int ahead; } months[] = { { "the|this month", 0 }, { "?the next month", 1 } };
  int values[4] = { 0 };
  int year;
  int month;
  int today;

  ava_date_split (now->today, &year, &month, &today);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++) {
    if (!ava_date_tokens_match (tokens, at, months[i].pattern, values, &day->next))
      continue;
    ava_date_add_months (&year, &month, months[i].ahead);
    ava_day_words_set_span (day, AVA_DAY_WEEK, ava_date_join (year, month, 1), ava_date_join (year, month, ava_date_month_length (year, month)));
    return TRUE;
  }
  if (!ava_date_tokens_match (tokens, at, "%", values, &day->next))
    return FALSE;
  if (!ava_date_read_year (tokens, now, day, &year))
    year = ava_date_guess_year (values[0], last_day, now, day);
  ava_day_words_set_span (day, AVA_DAY_WEEK, ava_date_join (year, values[0], 1), ava_date_join (year, values[0], ava_date_month_length (year, values[0])));
  return TRUE;
}

/* "The last two weeks of December", "the first few days of next month": of what the whole of it is. */
static gboolean
scan_counted_part (GArray           *tokens,
                   guint             at,
                   const AvaDateNow *now,
                   AvaDayWords      *day)
{
  int values[4] = { 0 };
  gboolean first = ava_date_tokens_have (tokens, at, at + 2, "first");
  int days;
  guint next;

  if (!ava_date_tokens_match (tokens, at, "?the first|last ~ day|days|week|weeks of|in", values, &next))
    return FALSE;
  days = values[0] * (ava_date_tokens_is (tokens, next - 2, "week|weeks") ? 7 : 1);
  if (!scan_whole (tokens, next, first ? CLAMP (days, 1, 31) : 31, now, day))
    return FALSE;
  if (first)
    day->last = MIN (day->last, day->first + days - 1);
  else
    day->first = MAX (day->first, day->last - days + 1);
  if (day->last < now->today)
    day->problem = g_strdup ("That is already past.");
  day->first = MIN (MAX (day->first, now->today), MAX (day->last, day->first));
  return TRUE;
}

/**
 * ava_date_scan_core_day: (skip)
 * @day: (out): cleared by the caller with ava_day_words_clear() when %TRUE is answered
 *
 * Returns: whether a day, without "before" or "after", begins at @at
 */
gboolean
ava_date_scan_core_day (GArray           *tokens,
                        guint             at,
                        const AvaDateNow *now,
                        AvaDayWords      *day)
{
  const DayPattern *best = NULL;
  int best_values[4] = { 0 };
  guint best_next = at;

  if (at >= tokens->len)
    return FALSE;
  *day = (AvaDayWords){ .at = at };
  if (scan_written (tokens, at, now, day) || ava_date_scan_distance (tokens, at, now, day) ||
      scan_counted_part (tokens, at, now, day) || ava_date_scan_beside (tokens, at, now, day) || ava_date_scan_weekday_beside (tokens, at, now, day) || scan_part (tokens, at, now, day)) {
    day->at = at;
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    int values[4] = { 0 };
    guint next;

    if (!ava_date_tokens_match (tokens, at, patterns[i].pattern, values, &next) || next <= best_next ||
        !is_allowed (tokens, &patterns[i], values, at, next))
      continue;
    best = &patterns[i];
    best_next = next;
    for (guint j = 0; j < 4; j++)
      best_values[j] = values[j];
  }
  *day = (AvaDayWords){ .at = at, .next = best_next };
  if (best == NULL)
    return FALSE;
  read_pattern (tokens, best, best_values, now, day);
  if (best->op >= OP_OFFSET && best->op <= OP_WEEKDAY_COMING && best->op != OP_BYGONE_OFFSET)
    ava_date_scan_week_on (tokens, day);
  return TRUE;
}
