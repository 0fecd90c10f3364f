/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-date-phrase.h"

#include <stdio.h>
#include <string.h>

/* Reads date-phrases.txt and tries each phrase at each moment. What is expected is found by walking
 * through a calendar of its own, day by day: no code is shared with what is tested. */

static const struct {
  const char *zone;
  const char *now;
} moments[] = {
  { "America/New_York", "2026-11-25T10:07:00" },   /* Wednesday before Thanksgiving */
  { "America/New_York", "2026-03-04T09:15:00" },   /* the week in which clocks go forward */
  { "America/New_York", "2026-03-08T01:30:00" },   /* half an hour before they do */
  { "America/New_York", "2026-03-08T12:00:00" },
  { "America/New_York", "2026-10-28T16:45:00" },   /* the week in which they go back */
  { "America/New_York", "2026-11-01T00:20:00" },
  { "America/New_York", "2026-12-31T23:40:00" },
  { "America/New_York", "2027-01-01T00:05:00" },
  { "America/New_York", "2028-02-28T18:00:00" },
  { "America/New_York", "2028-02-29T08:30:00" },
  { "America/New_York", "2026-06-28T23:50:00" },   /* Sunday late at night */
  { "America/New_York", "2026-07-15T00:01:00" },
  { "America/New_York", "2026-04-30T12:30:00" },
  { "America/New_York", "2026-08-01T11:00:00" },   /* a Saturday */
  { "America/Santiago", "2026-09-05T23:30:00" },   /* clocks skip midnight */
  { "America/Santiago", "2026-04-04T22:15:00" },
  { "Australia/Sydney", "2026-10-04T03:30:00" },
  { "Australia/Sydney", "2026-04-06T13:45:00" },   /* a Monday */
};

/* A day, kept by counting. */
typedef struct {
  int year;
  int month;
  int day;
  int weekday;  /* 0 Monday */
} Day;

typedef struct {
  gboolean none;
  gboolean asked;
  gboolean broken;
  gboolean of_month;  /* a bare day of the month */
  Day first;
  Day last;
} Span;

typedef struct {
  const char *at;
  Day today;
} Reader;

static int
month_days (int year,
            int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

static Day
forward (Day day)
{
  day.weekday = (day.weekday + 1) % 7;
  if (++day.day > month_days (day.year, day.month)) {
    day.day = 1;
    if (++day.month > 12) {
      day.month = 1;
      day.year++;
    }
  }
  return day;
}

static Day
backward (Day day)
{
  day.weekday = (day.weekday + 6) % 7;
  if (--day.day < 1) {
    if (--day.month < 1) {
      day.month = 12;
      day.year--;
    }
    day.day = month_days (day.year, day.month);
  }
  return day;
}

static Day
walk (Day day,
      int by)
{
  for (; by > 0; by--)
    day = forward (day);
  for (; by < 0; by++)
    day = backward (day);
  return day;
}

static int
order (Day a,
       Day b)
{
  return (a.year - b.year) * 10000 + (a.month - b.month) * 100 + a.day - b.day;
}

static Span
one (Day day)
{
  return (Span){ .first = day, .last = day };
}

static Day
find_weekday (Day day,
              int weekday)
{
  while (day.weekday != weekday)
    day = forward (day);
  return day;
}

/* The day of that month and year, reached on foot. */
static Day
reach (Day from,
       int year,
       int month,
       int day)
{
  Day wanted = { year, month, day, 0 };

  while (order (from, wanted) < 0)
    from = forward (from);
  while (order (from, wanted) > 0)
    from = backward (from);
  return from;
}

static gboolean
passes (Day from,
        Day to,
        int weekday)
{
  while (order (from, to) < 0) {
    from = forward (from);
    if (from.weekday == weekday)
      return TRUE;
  }
  return FALSE;
}

static Span
plain (Day today,
       int weekday)
{
  Span span = one (find_weekday (forward (today), weekday));

  span.asked = !passes (today, span.first, 0) || !passes (today, span.first, 6);
  return span;
}

static Span
month_part (Day today,
            int year,
            int month,
            int from,
            int to)
{
  int length = month_days (year, month);
  Span span = one (reach (today, year, month, from < 0 ? length + 1 + from : from));

  span.last = reach (today, year, month, to == 0 ? length : to);
  span.broken = order (span.last, today) < 0;
  if (!span.broken && order (span.first, today) < 0)
    span.first = today;
  return span;
}

static gboolean
just_past (Day today,
           int month,
           int day)
{
  Day back = today;

  for (int i = 0; i < 90; i++) {
    back = backward (back);
    if (back.year != today.year)
      return FALSE;
    if (back.month == month && back.day == day)
      return TRUE;
  }
  return FALSE;
}

static Span
next_date (Day      today,
           int      month,
           int      day,
           gboolean feast)
{
  Day at = today;

  if (!feast && just_past (today, month, day))
    return (Span){ .broken = TRUE };
  while (at.month != month || at.day != day)
    at = forward (at);
  return one (at);
}

static Day
nth_of (Day today,
        int n,
        int weekday,
        int year,
        int month)
{
  Day found = today;

  for (int day = 1; day <= month_days (year, month); day++) {
    Day at = reach (today, year, month, day);

    if (at.weekday != weekday)
      continue;
    found = at;
    if (--n == 0)
      break;
  }
  return found;
}

static Span
nth_named (Day today,
           int n,
           int weekday,
           int month)
{
  Day found = nth_of (today, n, weekday, today.year, month);

  if (order (found, today) >= 0)
    return one (found);
  if (just_past (today, found.month, found.day))
    return (Span){ .broken = TRUE };
  return one (nth_of (today, n, weekday, today.year + 1, month));
}

static Span
named_part (Day today,
            int month,
            int from,
            int to)
{
  Span span = month_part (today, today.year, month, from, to);

  if (!span.broken || just_past (today, span.last.month, span.last.day))
    return span;
  return month_part (today, today.year + 1, month, from, to);
}

static void
months_on (Day  today,
           int  by,
           int *year,
           int *month)
{
  *year = today.year;
  *month = today.month;
  for (; by > 0; by--) {
    if (++*month > 12) {
      *month = 1;
      ++*year;
    }
  }
}

static int
read_argument (Reader *reader)
{
  static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  int value = 0;
  int used = 0;

  while (*reader->at == ',' || *reader->at == '(' || *reader->at == ' ')
    reader->at++;
  for (int i = 0; i < 7; i++) {
    if (g_str_has_prefix (reader->at, names[i])) {
      reader->at += 3;
      return i;
    }
  }
  g_assert_cmpint (sscanf (reader->at, "%d%n", &value, &used), ==, 1);
  reader->at += used;
  return value;
}

static gboolean
take (Reader     *reader,
      const char *text)
{
  if (!g_str_has_prefix (reader->at, text))
    return FALSE;
  reader->at += strlen (text);
  return TRUE;
}

static Span read_days (Reader *reader);

static Span
read_weekend (Day today,
              int which)
{
  Span span = one (today);

  if (which == 0) {
    if (today.weekday < 5)
      span.first = find_weekday (today, 5);
    span.last = find_weekday (today, 6);
    return span;
  }
  span.first = today.weekday == 5 ? walk (today, 7) : today.weekday == 6 ? walk (today, 6) : find_weekday (today, 5);
  span.last = walk (span.first, 1);
  span.asked = today.weekday < 5;
  return span;
}

static Span
read_week (Day today,
           int ahead)
{
  Day monday = today;
  Span span;

  while (monday.weekday != 0)
    monday = backward (monday);
  monday = walk (monday, 7 * ahead);
  span = one (ahead == 0 ? today : monday);
  span.last = walk (monday, 6);
  return span;
}

static Span
read_relation (Reader *reader,
               int     relation)
{
  Span span = read_days (reader);

  if (relation == 0)
    span.last = walk (span.first, 13);
  if (relation == 1) {
    span.first = walk (span.last, 1);
    span.last = walk (span.last, 14);
  }
  if (relation == 2)
    span.last = walk (span.first, -1);
  if (relation >= 2) {
    span.first = reader->today;
    span.broken = span.broken || order (span.last, span.first) < 0;
  }
  g_assert_true (take (reader, ")"));
  return span;
}

/* The next such day; which day is meant is asked when the month that comes first has none. */
static Span
month_day (Day today,
           int day)
{
  Day at = today;
  gboolean asked;

  if (day < today.day) {
    while (at.day != 1)
      at = forward (at);
  }
  asked = month_days (at.year, at.month) < day;
  while (at.day != day)
    at = forward (at);
  return (Span){ .first = at, .last = at, .asked = asked, .of_month = TRUE };
}

/* December 26th to 31st, or what is left of them. */
static Span
between_feasts (Day today)
{
  Span span = one (today);

  while (span.first.month != 12 || span.first.day < 26)
    span.first = forward (span.first);
  span.last = reach (span.first, span.first.year, 12, 31);
  return span;
}

static Span
read_named (Reader *reader)
{
  static const char *const names[] = {
    "next", "this", "bare", "plain", "later", "afternext", "week", "inweek", "weekend", "dom", "months", "md", "feast",
    "month", "named", "nth", "nthmonth", "either", "past", "asked", "betweenfeasts", "year",
  };
  static const int counts[] = { 1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 2, 3, 3, 3, 3, 2, 0, 0, 0, 3 };
  Day today = reader->today;
  int which = -1;
  int args[3] = { 0 };
  int year;
  int month;
  Span span;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *head = g_strdup_printf ("%s(", names[i]);

    if (g_str_has_prefix (reader->at, head))
      which = i;
  }
  g_assert_cmpint (which, >=, 0);
  reader->at += strlen (names[which]) + 1;
  for (int i = 0; i < counts[which]; i++)
    args[i] = read_argument (reader);
  g_assert_true (take (reader, ")"));

  switch (which) {
  case 0:
    return one (find_weekday (forward (today), args[0]));
  case 1:
    return one (find_weekday (today, args[0]));
  case 2:
  case 4:
    span = one (walk (find_weekday (forward (today), args[0]), which == 4 ? 7 * args[1] : 0));
    span.asked = today.weekday == args[0];
    return span;
  case 3:
    return plain (today, args[0]);
  case 5:
    span = plain (today, args[0]);
    span.first = span.last = walk (span.first, 7);
    return span;
  case 6:
    return read_week (today, args[0]);
  case 7:
    return one (find_weekday (read_week (today, args[0]).first, args[1]));
  case 8:
    return read_weekend (today, args[0]);
  case 9:
    return month_day (today, args[0]);
  case 10:
    months_on (today, args[0], &year, &month);
    return one (reach (today, year, month, MIN (today.day, month_days (year, month))));
  case 11:
  case 12:
    return next_date (today, args[0], args[1], which == 12);
  case 13:
    months_on (today, args[0], &year, &month);
    return month_part (today, year, month, args[1], args[2]);
  case 14:
    return named_part (today, args[0], args[1], args[2]);
  case 15:
    return nth_named (today, args[0], args[1], args[2]);
  case 16:
    months_on (today, args[2], &year, &month);
    return one (nth_of (today, args[0], args[1], year, month));
  case 17:
    span = next_date (today, args[0], args[1], FALSE);
    span.asked = !span.broken && !next_date (today, args[1], args[0], FALSE).broken;
    return span;
  case 18:
    return (Span){ .broken = TRUE };
  case 19:
    return (Span){ .asked = TRUE, .first = today, .last = today };
  case 20:
    return between_feasts (today);
  default:
    span = one (reach (today, today.year + args[0], args[1], 1));
    span.last = reach (today, today.year + args[0], args[2], month_days (today.year + args[0], args[2]));
    span.broken = order (span.last, today) < 0;
    if (!span.broken && order (span.first, today) < 0)
      span.first = today;
    return span;
  }
}

static Span
read_one (Reader *reader)
{
  static const char *const relations[] = { "from(", "after(", "before(", "by(" };
  Span span;

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    if (take (reader, relations[i]))
      return read_relation (reader, i);
  }
  if (take (reader, "+"))
    return one (walk (reader->today, read_argument (reader)));
  span = read_named (reader);
  if (take (reader, "+")) {
    int by = read_argument (reader);

    span.first = walk (span.first, by);
    span.last = walk (span.last, by);
  }
  return span;
}

static Span
read_days (Reader *reader)
{
  Span span;

  if (take (reader, "-") || *reader->at == '\0')
    return (Span){ .none = TRUE };
  span = read_one (reader);
  if (take (reader, "..")) {
    Span end = read_one (reader);

    span.asked = span.asked || (span.of_month && end.of_month && order (end.last, span.first) < 0);
    while (order (end.last, span.first) < 0)
      end.last = walk (end.last, 7);
    span.last = end.last;
    span.broken = span.broken || end.broken;
  }
  return span;
}

static gboolean
same_day (const GDate *date,
          Day          day)
{
  return g_date_get_year (date) == day.year && (int) g_date_get_month (date) == day.month &&
         g_date_get_day (date) == day.day && (int) g_date_get_weekday (date) == day.weekday + 1;
}

/* Empty when all is as expected, else what is wrong. */
static char *
compare_times (const AvaDatePhrase *got,
               const char          *expected)
{
  int from[2];
  int to[2];
  int count = sscanf (expected, "%d:%d-%d:%d", &from[0], &from[1], &to[0], &to[1]);
  gboolean none = g_str_equal (expected, "-");

  if (none || count < 2)
    return g_strdup (got->has_time || !none ? "a time where none was said" : "");
  if (!got->has_time || got->from_min != from[0] * 60 + from[1])
    return g_strdup_printf ("time begins at %d", got->has_time ? got->from_min : -1);
  if (got->exact_time != (count == 2))
    return g_strdup ("exactness");
  if (got->to_min != (count == 2 ? got->from_min : to[0] * 60 + to[1]))
    return g_strdup_printf ("time ends at %d", got->to_min);
  return g_strdup ("");
}

/* "Mon Fri", in bits */
static guint
read_weekdays (const char *names)
{
  Reader reader = { names };
  guint weekdays = 0;

  while (*reader.at == ' ')
    reader.at++;
  while (*reader.at != '\0') {
    weekdays |= 2u << read_argument (&reader);
    while (*reader.at == ' ')
      reader.at++;
  }
  return weekdays;
}

static char *
compare (const AvaDatePhrase *got,
         const char          *days,
         const char          *times,
         Day                  today,
         int                  now_min)
{
  g_auto (GStrv) parts = g_strsplit (days, "&", 2);
  Reader reader = { g_strstrip (parts[0]), today };
  Span span = read_days (&reader);
  guint weekdays = parts[1] != NULL ? read_weekdays (parts[1]) : 0;

  g_assert_cmpint (*reader.at, ==, '\0');
  if (parts[1] == NULL && span.none && g_str_equal (times, "-"))
    return g_strdup (ava_date_phrase_is_empty (got) ? "" : "something where nothing was said");
  if (span.broken)
    return g_strdup (got->problem != NULL ? "" : "no problem was seen");
  if (span.asked)
    return g_strdup (got->question != NULL ? "" : "it was not asked");
  if (got->question != NULL)
    return g_strdup_printf ("it was asked: %s", got->question);
  if (!span.none && order (span.last, today) == 0 && got->has_time && got->to_min < now_min)
    return g_strdup (got->problem != NULL ? "" : "past time without a problem");
  if (got->problem != NULL)
    return g_strdup_printf ("a problem: %s", got->problem);
  if (got->weekdays != weekdays)
    return g_strdup_printf ("weekdays are %x", got->weekdays);
  if (got->has_date == span.none)
    return g_strdup (span.none ? "a day where none was said" : "no day");
  if (!span.none && (!same_day (&got->first_day, span.first) || !same_day (&got->last_day, span.last)))
    return g_strdup_printf ("%d-%02d-%02d to %d-%02d-%02d, expected %d-%02d-%02d to %d-%02d-%02d",
                            g_date_get_year (&got->first_day), g_date_get_month (&got->first_day), g_date_get_day (&got->first_day),
                            g_date_get_year (&got->last_day), g_date_get_month (&got->last_day), g_date_get_day (&got->last_day),
                            span.first.year, span.first.month, span.first.day, span.last.year, span.last.month, span.last.day);
  return compare_times (got, times);
}

static Day
read_today (const char *now,
            int        *minute)
{
  Day start = { 2026, 1, 1, 3 };  /* a Thursday */
  int year;
  int month;
  int day;
  int hour;

  g_assert_cmpint (sscanf (now, "%d-%d-%dT%d:%d", &year, &month, &day, &hour, minute), ==, 5);
  *minute += hour * 60;
  return reach (start, year, month, day);
}

static guint
try_line (const char *phrase,
          const char *days,
          const char *times)
{
  guint wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (moments[i].zone);
    g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (moments[i].now, zone);
    g_autoptr (AvaDatePhrase) got = ava_date_phrase_parse (phrase, g_date_time_to_unix (now) * G_USEC_PER_SEC, zone);
    g_autofree char *difference = NULL;
    int minute;
    Day today = read_today (moments[i].now, &minute);

    difference = compare (got, days, times, today, minute);
    if (*difference != '\0') {
      g_test_message ("“%s” at %s in %s: %s", phrase, moments[i].now, moments[i].zone, difference);
      wrong++;
    }
  }
  return wrong;
}

static void
table_holds_at_every_moment (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "rules", "date-phrases.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;
  guint wrong = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = NULL;

    if (*lines[i] == '#' || *lines[i] == '\0')
      continue;
    fields = g_strsplit (lines[i], "|", -1);
    g_assert_cmpuint (g_strv_length (fields), ==, 3);
    wrong += try_line (g_strstrip (fields[0]), g_strstrip (fields[1]), g_strstrip (fields[2]));
    count++;
  }
  g_test_message ("%u phrases at %u moments", count, (guint) G_N_ELEMENTS (moments));
  g_assert_cmpuint (count, >=, 300);
  g_assert_cmpuint (G_N_ELEMENTS (moments), >=, 12);
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-table/holds-at-every-moment", table_holds_at_every_moment);
  return g_test_run ();
}
