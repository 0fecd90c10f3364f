/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

#include <string.h>

/*
 * Months, dates and holidays. A date without a year that passed at most 90 days ago is past, an older one is next
 * year's.
 */

#define RECENT_DAYS 90

void
ava_date_split (int  julian,
                int *year,
                int *month,
                int *day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  *year = g_date_get_year (&date);
  *month = g_date_get_month (&date);
  *day = g_date_get_day (&date);
}

int
ava_date_join (int year,
               int month,
               int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return g_date_get_julian (&date);
}

int
ava_date_month_length (int year,
                       int month)
{
  return g_date_get_days_in_month (month, year);
}

void
ava_date_add_months (int *year,
                     int *month,
                     int  by)
{
  int count = *year * 12 + *month - 1 + by;

  *year = count / 12;
  *month = count % 12 + 1;
}

void
ava_day_words_set_span (AvaDayWords *day,
                        AvaDayKind   kind,
                        int          first,
                        int          last)
{
  day->kind = kind;
  day->first = first;
  day->last = MAX (first, last);
}

/**
 * ava_day_words_ask: (skip)
 * @one: [days]
 * @other: [days]
 *
 * Makes it a question which of two days is meant.
 */
void
ava_day_words_ask (AvaDayWords *day,
                   int          one,
                   int          other)
{
  g_autofree char *near = ava_date_say (MIN (one, other));
  g_autofree char *far = ava_date_say (MAX (one, other));

  g_free (day->question);
  day->question = g_strdup_printf ("Do you mean %s, or %s?", near, far);
  day->other = one == day->first ? other : one;
}

static void
clip_span (int               first,
           int               last,
           const AvaDateNow *now,
           AvaDayWords      *day)
{
  if (last < now->today)
    day->problem = g_strdup ("That is already past.");
  ava_day_words_set_span (day, AVA_DAY_WEEK, MAX (first, last < now->today ? first : now->today), last);
}

void
ava_date_read_part_of_year (int               year,
                            int               part,
                            const AvaDateNow *now,
                            AvaDayWords      *day)
{
  static const struct { int first; int last; } parts[] = {
    { 101, 131 }, { 601, 731 }, { 1201, 1231 }, { 101, 1231 }, { 101, 630 }, { 701, 1231 }, { 101, 107 }, { 1225, 1231 },
  };
  int first = part < 0 ? 101 : parts[part].first;
  int last = part < 0 ? 1231 : parts[part].last;

  clip_span (ava_date_join (year, first / 100, first % 100), ava_date_join (year, last / 100, last % 100), now, day);
}

void
ava_date_read_part_of_month (int               year,
                             int               month,
                             int               part,
                             const AvaDateNow *now,
                             AvaDayWords      *day)
{
  static const int firsts[] = { 1, 11, 0, 1, 1, 16, 1, 0 };
  static const int lasts[] = { 7, 20, 31, 31, 15, 31, 7, 31 };
  int length = ava_date_month_length (year, month);
  int first = part < 0 ? 1 : part == 2 || part == 7 ? length - 6 : firsts[part];
  int last = part < 0 ? length : MIN (lasts[part], length);

  clip_span (ava_date_join (year, month, first), ava_date_join (year, month, last), now, day);
}

/* The year of a month that was said without one. */
int
ava_date_guess_year (int               month,
                     int               last_day,
                     const AvaDateNow *now,
                     AvaDayWords      *day)
{
  int year;
  int this_month;
  int this_day;

  ava_date_split (now->today, &year, &this_month, &this_day);
  if (now->today - ava_date_join (year, month, MIN (last_day, ava_date_month_length (year, month))) > RECENT_DAYS)
    return year + 1;
  return year;
}

gboolean
ava_date_read_year (GArray           *tokens,
                    const AvaDateNow *now,
                    AvaDayWords      *day,
                    int              *year)
{
  guint next = day->next;
  int this_year;
  int month;
  int day_of_month;

  ava_date_split (now->today, &this_year, &month, &day_of_month);
  if (ava_date_tokens_is (tokens, next, "of|in") && next + 1 < tokens->len)
    next++;
  if (ava_date_tokens_match (tokens, next, "next year", (int[4]){ 0 }, &next))
    *year = this_year + 1;
  else if (!ava_date_tokens_year (tokens, next, this_year, year, &next))
    return FALSE;
  day->next = next;
  return TRUE;
}

static const char *
month_name (int month)
{
  static const char *const names[] = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  };

  return names[CLAMP (month, 1, 12) - 1];
}

void
ava_date_read_date (int               year,
                    int               month,
                    int               day_of_month,
                    const AvaDateNow *now,
                    AvaDayWords      *day)
{
  gboolean guessed = year == 0;
  g_autofree char *words = NULL;
  int first;

  ava_day_words_set_span (day, AVA_DAY_DATE, 0, 0);
  if (month < 1 || month > 12 || day_of_month < 1) {
    day->problem = g_strdup ("That is no date of the calendar.");
    return;
  }
  if (guessed)
    year = ava_date_guess_year (month, day_of_month, now, day);
  if (day_of_month > ava_date_month_length (year, month)) {
    if (day_of_month == 29 && month == 2)
      day->problem = g_strdup_printf ("February 29 does not exist in %d.", year);
    else
      day->problem = g_strdup_printf ("%s %d does not exist.", month_name (month), day_of_month);
    return;
  }
  first = ava_date_join (year, month, day_of_month);
  ava_day_words_set_span (day, AVA_DAY_DATE, first, first);
  words = ava_date_say_year (first);
  if (first < now->today)
    day->problem = g_strdup_printf ("%s is already past.", words);
  else if (guessed && first - now->today > 180)
    day->assumption = g_steal_pointer (&words);
}

/* "12/5" is a day of December or of May: who may mean either is asked. */
void
ava_date_read_written (const AvaDateToken *token,
                       const AvaDateNow   *now,
                       AvaDayWords        *day)
{
  gboolean iso = strchr (token->text, '-') != NULL;
  AvaDayWords swapped = { .at = day->at, .next = day->next };

  if (!iso && token->month > 12 && token->day <= 12) {
    ava_date_read_date (token->year, token->day, token->month, now, day);
    return;
  }
  ava_date_read_date (token->year, token->month, token->day, now, day);
  if (iso || token->day > 12 || token->day == token->month || day->problem != NULL)
    return;
  ava_date_read_date (token->year, token->day, token->month, now, &swapped);
  if (swapped.problem == NULL)
    ava_day_words_ask (day, day->first, swapped.first);
  ava_day_words_clear (&swapped);
}

/* "the 5th": of this month or of the next that has one. One that this month should have had is asked for. */
void
ava_date_read_bare_day (int               day_of_month,
                        const AvaDateNow *now,
                        AvaDayWords      *day)
{
  int year;
  int month;
  int today;
  int this_month;
  int instead = 0;

  ava_day_words_set_span (day, AVA_DAY_DATE, 0, 0);
  if (day_of_month < 1 || day_of_month > 31) {
    day->problem = g_strdup_printf ("No month has a day %d.", day_of_month);
    return;
  }
  ava_date_split (now->today, &year, &month, &today);
  this_month = month;
  day->month_day = day_of_month;
  if (day_of_month < today)
    ava_date_add_months (&year, &month, 1);
  while (day_of_month > ava_date_month_length (year, month)) {
    instead = ava_date_join (year, month, ava_date_month_length (year, month));
    ava_date_add_months (&year, &month, 1);
  }
  ava_day_words_set_span (day, AVA_DAY_DATE, ava_date_join (year, month, day_of_month), 0);
  if (instead != 0)
    ava_day_words_ask (day, day->first, instead);
  else if (month != this_month)
    day->assumption = g_strdup_printf ("%s, as that day of %s is past", month_name (month), month_name (this_month));
}

void
ava_date_read_day_of_month (int               day_of_month,
                            int               ahead,
                            const AvaDateNow *now,
                            AvaDayWords      *day)
{
  int year;
  int month;
  int today;

  ava_date_split (now->today, &year, &month, &today);
  ava_date_add_months (&year, &month, ahead);
  /* "the first of the month" said on the 20th is the coming one. */
  if (ahead == 0 && day_of_month == 1 && today > 1)
    ava_date_add_months (&year, &month, 1);
  ava_date_read_date (year, month, day_of_month, now, day);
}

/* Weekday 0 means any day; n 0 means the last one. Answers 0 when that month has none. */
static int
find_nth (int year,
          int month,
          int n,
          int weekday)
{
  int length = ava_date_month_length (year, month);
  int found = 0;

  for (int day = 1; day <= length; day++) {
    int julian = ava_date_join (year, month, day);

    if (weekday != 0 && ava_date_weekday (julian) != weekday)
      continue;
    found = julian;
    if (--n == 0)
      return julian;
  }
  return n < 0 ? found : 0;
}

static void
set_nth (int               julian,
         const AvaDateNow *now,
         AvaDayWords      *day)
{
  ava_day_words_set_span (day, AVA_DAY_DATE, julian, 0);
  if (julian == 0) {
    day->problem = g_strdup ("That month does not have so many of these days.");
  } else if (julian < now->today) {
    g_autofree char *words = ava_date_say_year (julian);

    day->problem = g_strdup_printf ("%s is already past.", words);
  }
}

void
ava_date_read_nth_named (int               n,
                         int               weekday,
                         int               month,
                         int               year,
                         const AvaDateNow *now,
                         AvaDayWords      *day)
{
  int julian;
  int this_month;
  int today;

  if (year > 0) {
    set_nth (find_nth (year, month, n, weekday), now, day);
    return;
  }
  ava_date_split (now->today, &year, &this_month, &today);
  julian = find_nth (year, month, n, weekday);
  if (julian > 0 && now->today - julian > RECENT_DAYS)
    julian = find_nth (year + 1, month, n, weekday);
  set_nth (julian, now, day);
}

void
ava_date_read_nth_month (int               n,
                         int               weekday,
                         int               ahead,
                         const AvaDateNow *now,
                         AvaDayWords      *day)
{
  int year;
  int month;
  int today;
  int julian;

  ava_date_split (now->today, &year, &month, &today);
  ava_date_add_months (&year, &month, ahead);
  julian = find_nth (year, month, n, weekday);
  if (ahead == 0 && julian > 0 && julian < now->today) {
    ava_date_add_months (&year, &month, 1);
    julian = find_nth (year, month, n, weekday);
    day->assumption = g_strdup_printf ("%s, as this month's is past", month_name (month));
  }
  set_nth (julian, now, day);
}

/* Easter Sunday of the Gregorian calendar. */
static int
find_easter (int year)
{
  int golden = year % 19;
  int century = year / 100;
  int epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
  int full = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
  int sunday = full - (year + year / 4 + full + 2 - century + century / 4) % 7;
  int month = 3 + (sunday + 40) / 44;

  return ava_date_join (year, month, sunday + 28 - 31 * (month / 4));
}

static int
find_holiday (int arg,
              int year)
{
  int plus = arg / HOLIDAY_PLUS (1);

  arg %= HOLIDAY_PLUS (1);
  if (arg == HOLIDAY_GOOD_FRIDAY)
    return find_easter (year) - 2 + plus;
  if (arg >= HOLIDAY_NTH (0, 0, 0))
    return find_nth (year, arg / 100 % 100, arg % 10, arg / 10 % 10) + plus;
  return ava_date_join (year, arg / 100, arg % 100) + plus;
}

/* The next one: "New Year's Day" in the spring is no slip of the tongue about last winter. */
void
ava_date_read_holiday (int               arg,
                       const AvaDateNow *now,
                       int               year,
                       AvaDayWords      *day)
{
  int this_year;
  int month;
  int today;

  ava_date_split (now->today, &this_year, &month, &today);
  if (year == 0)
    year = find_holiday (arg, this_year) < now->today ? this_year + 1 : this_year;
  set_nth (find_holiday (arg, year), now, day);
  day->feast = TRUE;
}

void
ava_date_read_month_week (int               year,
                          int               month,
                          int               week,
                          const AvaDateNow *now,
                          AvaDayWords      *day)
{
  int length = ava_date_month_length (year, month);
  int first = (week - 1) * 7 + 1;

  if (week < 1 || first > length) {
    day->problem = g_strdup ("That month does not have so many weeks.");
    return;
  }
  clip_span (ava_date_join (year, month, first), ava_date_join (year, month, MIN (first + 6, length)), now, day);
}
