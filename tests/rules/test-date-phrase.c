/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-date-phrase.h"

#include <string.h>

/* Literal checks: what one caller says at one moment, and what must come of it. The long table of
 * phrases and moments is in date-phrases.txt, read by test-date-table.c. */

/* A Wednesday, the day before Thanksgiving. */
#define WEDNESDAY "2026-11-25T10:07:00"

typedef struct {
  const char *phrase;
  const char *days;   /* "2026-12-01", "2026-12-01..2026-12-07 tue,fri", "not fri", "" for none */
  const char *times;  /* "15:00", "15:00-23:59", "" for none */
  const char *marks;  /* q question, p problem, a assumption, f first available, s shift */
} Check;

static const Check checks[] = {
  { "three thirty", "", "15:30", "a" },
  { "december fifth", "2026-12-05", "", "" },
  { "half past two", "", "14:30", "a" },
  { "quarter to four", "", "15:45", "a" },
  { "ten a m", "", "10:00", "" },
  { "10 a.m.", "", "10:00", "" },
  { "twelve oh five", "", "12:05", "" },
  { "fourteen thirty", "", "14:30", "" },
  { "fifteen hundred", "", "15:00", "" },
  { "12/5 at 3pm", "2026-12-05", "15:00", "q" },
  { "14:30", "", "14:30", "" },
  { "Dec 5th", "2026-12-05", "", "" },
  { "3:30p", "", "15:30", "" },
  { "330pm", "", "15:30", "" },
  { "tuesday at 1430", "2026-12-01", "14:30", "" },
  { "this friday", "2026-11-27", "", "" },
  { "next friday", "2026-11-27", "", "q" },
  { "next tuesday", "2026-12-01", "", "" },
  { "a week from friday morning", "2026-12-04", "06:00-11:59", "" },
  { "friday week", "2026-12-04", "", "" },
  { "the week after next", "2026-12-07..2026-12-13", "", "" },
  { "tuesday of the week after next", "2026-12-08", "", "" },
  { "day after tomorrow", "2026-11-27", "", "" },
  { "tonight", "2026-11-25", "17:00-23:59", "" },
  { "this weekend", "2026-11-28..2026-11-29", "", "" },
  { "next weekend", "2026-11-28..2026-11-29", "", "q" },
  { "end of the month", "2026-11-25..2026-11-30", "", "" },
  { "beginning of next month", "2026-12-01..2026-12-07", "", "" },
  { "the 5th", "2026-12-05", "", "a" },
  { "first monday of march", "2027-03-01", "", "" },
  { "last friday of the month", "2026-11-27", "", "" },
  { "thanksgiving", "2026-11-26", "", "" },
  { "the day after christmas", "2026-12-26", "", "" },
  { "noon-ish tomorrow", "2026-11-26", "11:30-12:30", "" },
  { "friday afternoon after three", "2026-11-27", "15:00-16:59", "" },
  { "between two and four", "", "14:00-16:00", "a" },
  { "between 11 and 1", "", "11:00-13:00", "a" },
  { "from 2 to 4pm", "", "14:00-16:00", "" },
  { "2-4pm tomorrow", "2026-11-26", "14:00-16:00", "" },
  { "not before ten", "", "10:00-23:59", "a" },
  { "by noon", "", "00:00-12:00", "" },
  { "before nine", "", "00:00-08:59", "a" },
  { "as soon as possible", "", "", "f" },
  { "later that day", "", "", "s" },
  { "i'd like to book botox next tuesday after three please", "2026-12-01", "15:00-23:59", "a" },
  { "tuesday december fifth", "2026-12-08", "", "q" },
  { "saturday december fifth", "2026-12-05", "", "" },
  { "wednesday", "2026-12-02", "", "q" },
  { "june thirty first", "", "", "p" },
  { "february 29", "", "", "p" },
  { "the 32nd", "", "", "p" },
  { "today at nine", "2026-11-25", "09:00", "ap" },
  { "today at eight", "2026-11-25", "20:00", "a" },
  { "yesterday", "2026-11-24", "", "p" },
  { "november 3rd", "2026-11-03", "", "p" },
  { "anything but monday", "not mon", "", "" },
  { "tuesday or thursday", "2026-11-26..2026-12-01 tue,thu", "", "" },
  { "monday or tuesday", "2026-11-30..2026-12-01", "", "" },
  { "tuesday or friday", "2026-11-27..2026-12-01 tue,fri", "", "" },
  { "monday to wednesday", "2026-11-30..2026-12-02", "", "" },
  { "before friday", "2026-11-25..2026-11-26", "", "" },
  { "after friday", "2026-11-28..2026-12-11", "", "" },
  { "friday next week", "2026-12-04", "", "" },
  { "move my appointment from tuesday at three to thursday at four", "2026-11-26", "16:00", "a" },
  { "move my three o'clock to four", "", "16:00", "a" },
  { "thursday no friday", "2026-11-27", "", "" },
  { "can you do eight tonight", "2026-11-25", "20:00", "" },
  { "december fifth twenty twenty seven", "2027-12-05", "", "" },
  { "not tuesday but thursday", "2026-11-26", "", "" },
  { "um three please", "", "15:00", "a" },
  { "thursday at three or four", "2026-11-26", "15:00-16:00", "a" },
  { "at midnight tomorrow", "2026-11-26", "00:00", "q" },
  { "sometime next week maybe thursday or friday after two", "2026-12-03..2026-12-04", "14:00-23:59", "a" },
  { "first thing monday morning", "2026-11-30", "06:00-10:00", "" },
  { "i get off work at five so after five thirty", "", "17:30-23:59", "a" },
  { "any day but friday", "not fri", "", "" },
  { "the tuesday one", "2026-12-01", "", "" },
  { "twelfth", "2026-12-12", "", "a" },
  { "two fridays from now", "2026-12-04", "", "" },
  { "10 - 2 on monday", "2026-11-30", "10:00-14:00", "a" },
  { "monday at the latest", "2026-11-25..2026-11-30", "", "" },
  { "the monday after christmas", "2026-12-28", "", "" },
  { "friday before the 10th", "2026-12-04", "", "" },
  { "thursday or later", "2026-11-26..2026-12-09", "", "" },
  { "ten or eleven tomorrow morning", "2026-11-26", "10:00-11:00", "" },
  { "after the first of the year", "2027-01-02..2027-01-15", "", "" },
  { "in half an hour", "2026-11-25", "10:37-11:07", "" },
  { "the week of the fourteenth", "2026-12-14..2026-12-20", "", "" },
  { "between christmas and new year", "2026-12-26..2026-12-31", "", "" },
  { "between thanksgiving and christmas", "2026-11-27..2026-12-24", "", "" },
  { "tomorrow week", "2026-12-03", "", "" },
  { "2 weeks ago", "2026-11-11", "", "p" },
  { "not this week", "2026-11-30..2026-12-13", "", "" },
  { "next week but not the 1st", "2026-11-30..2026-12-06 mon,wed,thu,fri,sat,sun", "", "" },
  { "the last two weeks of december", "2026-12-18..2026-12-31", "", "" },
  { "the 1st, 2nd or 3rd", "2026-12-01..2026-12-03", "", "a" },
  { "tuesday the 1st or thursday the 3rd", "2026-12-01..2026-12-03 tue,thu", "", "a" },
  { "tuesday the 1st or wednesday the 2nd", "2026-12-01..2026-12-02", "", "a" },
  { "between the 28th and the 3rd of january", "2026-12-28..2027-01-03", "", "" },
  { "january 3rd through the 7th", "2027-01-03..2027-01-07", "", "" },
  { "december 20th to january 5th", "2026-12-20..2027-01-05", "", "" },
  { "november 20th to november 30th", "2026-11-25..2026-11-30", "", "" },
  { "the weekend of december 5th", "2026-12-05..2026-12-06", "", "" },
  { "the weekend before christmas", "2026-12-19..2026-12-20", "", "" },
  { "the weekend after thanksgiving", "2026-11-28..2026-11-29", "", "" },
  { "easter", "2027-03-28", "", "" },
  { "good friday", "2027-03-26", "", "" },
  { "memorial day", "2027-05-31", "", "" },
  { "labor day", "2027-09-06", "", "" },
  { "mother's day", "2027-05-09", "", "" },
  { "black friday", "2026-11-27", "", "" },
};

static gint64
moment (const char *text,
        GTimeZone  *zone)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static AvaDatePhrase *
parse_at (const char *phrase,
          const char *now,
          const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);

  g_assert_nonnull (zone);
  return ava_date_phrase_parse (phrase, moment (now, zone), zone);
}

static AvaDatePhrase *
parse (const char *phrase)
{
  return parse_at (phrase, WEDNESDAY, "America/New_York");
}

static char *
write_days (const AvaDatePhrase *self)
{
  char first[16];
  char last[16];

  g_autofree char *weekdays = ava_date_weekdays_write (self->weekdays);
  g_autofree char *others = ava_date_weekdays_write (~self->weekdays);
  const char *gap = self->weekdays != 0 ? " " : "";

  if (!self->has_date)
    return strlen (others) == 3 ? g_strdup_printf ("not %s", others) : g_strdup (weekdays);
  g_date_strftime (first, sizeof first, "%Y-%m-%d", &self->first_day);
  g_date_strftime (last, sizeof last, "%Y-%m-%d", &self->last_day);
  return g_date_compare (&self->first_day, &self->last_day) == 0 ? g_strdup (first)
                                                                 : g_strdup_printf ("%s..%s%s%s", first, last, gap, weekdays);
}

static char *
write_times (const AvaDatePhrase *self)
{
  if (!self->has_time)
    return g_strdup ("");
  if (self->exact_time)
    return g_strdup_printf ("%02d:%02d", self->from_min / 60, self->from_min % 60);
  return g_strdup_printf ("%02d:%02d-%02d:%02d", self->from_min / 60, self->from_min % 60,
                          self->to_min / 60, self->to_min % 60);
}

static char *
write_all (const AvaDatePhrase *self)
{
  g_autofree char *days = write_days (self);
  g_autofree char *times = write_times (self);

  return g_strdup_printf ("%s|%s|%s%s%s%s%s", days, times, self->question != NULL ? "q" : "",
                          self->assumption != NULL ? "a" : "", self->problem != NULL ? "p" : "",
                          self->first_available ? "f" : "", self->has_shift ? "s" : "");
}

static void
each_phrase_means_what_it_says (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    g_autoptr (AvaDatePhrase) got = parse (checks[i].phrase);
    g_autofree char *expected = g_strdup_printf ("%s|%s|%s", checks[i].days, checks[i].times, checks[i].marks);
    g_autofree char *found = write_all (got);

    if (g_strcmp0 (found, expected) != 0)
      g_test_message ("“%s” at %s", checks[i].phrase, WEDNESDAY);
    g_assert_cmpstr (found, ==, expected);
  }
}

static void
words_that_only_look_like_time_are_none (void)
{
  static const char *const phrases[] = {
    "may i come in", "march in", "i'd like a second opinion", "one moment", "a minute", "just a second",
    "sunspots", "sun damage", "i sat down", "my number is two one two five five five oh one nine nine",
    "call me at 212-555-0199", "+1 (212) 555-0199", "2125550199", "for my two daughters",
    "i am thirty two years old", "it costs three hundred dollars", "twenty units of botox", "good morning",
    "good afternoon this is kate", "", "   ", "see you later", "the first one", "the second one please",
    "in the first place", "may", "i want two areas", "one more question", "how long does it take", "hello ava", "the fifth one", "do you do lips", "my next appointment",
    "thank you", "that's the best one", "my husband and i", "the wedding", "i may be pregnant", "can i have it done",
    "five people", "march", "what's the price for one syringe", "it happened in the past",
  };

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++) {
    g_autoptr (AvaDatePhrase) got = parse (phrases[i]);
    g_autofree char *found = write_all (got);

    if (!ava_date_phrase_is_empty (got))
      g_test_message ("“%s” gave %s", phrases[i], found);
    g_assert_true (ava_date_phrase_is_empty (got));
    g_assert_cmpuint (got->matched_from, ==, got->matched_to);
  }
}

static void
match_is_the_part_about_time (void)
{
  const char *phrase = "i'd like to book botox next tuesday after three please";
  g_autoptr (AvaDatePhrase) got = parse (phrase);
  g_autofree char *part = g_strndup (phrase + got->matched_from, got->matched_to - got->matched_from);

  g_assert_true (g_str_has_prefix (part, "next tuesday after three"));
  g_assert_cmpuint (got->matched_to, <=, strlen (phrase));
}

/* "In two hours" is two hours, whatever the clocks do meanwhile; hours that are gone are past. */
static void
hours_from_now_follow_the_clocks (void)
{
  static const struct { const char *phrase; const char *now; const char *meant; } cases[] = {
    { "in two hours", WEDNESDAY, "2026-11-25|12:07-12:37|" },
    { "an hour from now", WEDNESDAY, "2026-11-25|11:07-11:37|" },
    { "two hours from now", WEDNESDAY, "2026-11-25|12:07-12:37|" },
    { "in an hour and a half", WEDNESDAY, "2026-11-25|11:37-12:07|" },
    { "in two and a half hours", WEDNESDAY, "2026-11-25|12:37-13:07|" },
    { "in forty five minutes", WEDNESDAY, "2026-11-25|10:52-11:22|" },
    { "in an hour or two", WEDNESDAY, "2026-11-25|11:07-12:37|" },
    { "half an hour from now", WEDNESDAY, "2026-11-25|10:37-11:07|" },
    { "within the hour", WEDNESDAY, "2026-11-25|10:07-11:07|" },
    { "in the next two hours", WEDNESDAY, "2026-11-25|10:07-12:07|" },
    { "two hours ago", WEDNESDAY, "2026-11-25|08:07|p" },
    { "half an hour ago", WEDNESDAY, "2026-11-25|09:37|p" },
    { "twelve hours ago", WEDNESDAY, "2026-11-24|22:07|p" },
    { "an hour from now", "2026-12-31T23:40:00", "2027-01-01|00:40-01:10|" },
    { "in fifteen minutes", "2026-12-31T23:40:00", "2026-12-31|23:55-23:59|" },
    { "in two hours", "2026-03-08T01:30:00", "2026-03-08|04:30-05:00|" },
    { "an hour from now", "2026-03-08T01:30:00", "2026-03-08|03:30-04:00|" },
    { "three hours from now", "2026-11-01T00:20:00", "2026-11-01|02:20-02:50|" },
    { "in half an hour", "2028-02-28T23:50:00", "2028-02-29|00:20-00:50|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaDatePhrase) got = parse_at (cases[i].phrase, cases[i].now, "America/New_York");
    g_autofree char *found = write_all (got);

    g_test_message ("“%s” at %s", cases[i].phrase, cases[i].now);
    g_assert_cmpstr (found, ==, cases[i].meant);
  }
}

/* A day that is asked for is always one of those that are then named, with weekday and date. */
static void
what_is_unclear_is_asked_with_both_days (void)
{
  static const struct { const char *phrase; const char *one; const char *other; } cases[] = {
    { "next friday", "Friday, November 27th", "Friday, December 4th" },
    { "two weeks from next friday", "Friday, December 11th", "Friday, December 18th" },
    { "wednesday week", "Wednesday, December 2nd", "Wednesday, December 9th" },
    { "the 31st", "Monday, November 30th", "Thursday, December 31st" },
    { "3/4", "Thursday, March 4th", "Saturday, April 3rd" },
    { "monday the 15th", "Monday, December 14th", "Tuesday, December 15th" },
    { "the 15th, a monday", "Monday, December 14th", "Tuesday, December 15th" },
    { "between the 20th and the 30th", "Monday, November 30th", "Sunday, December 20th" },
    { "tuesday at three or thursday at four", "Thursday, November 26th", "Tuesday, December 1st" },
    { "tomorrow morning or friday afternoon", "Thursday, November 26th", "Friday, November 27th" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaDatePhrase) got = parse (cases[i].phrase);

    g_test_message ("“%s”: %s", cases[i].phrase, got->question != NULL ? got->question : "not asked");
    g_assert_nonnull (got->question);
    g_assert_nonnull (strstr (got->question, cases[i].one));
    g_assert_nonnull (strstr (got->question, cases[i].other));
  }
}

static void
clock_change_is_noticed (void)
{
  g_autoptr (AvaDatePhrase) gap = parse_at ("march 8th at 2:30 am", "2026-03-01T12:00:00", "America/New_York");
  g_autoptr (AvaDatePhrase) twice = parse_at ("november 1st at 1:30 am", "2026-10-20T12:00:00", "America/New_York");
  g_autoptr (AvaDatePhrase) fine = parse_at ("march 8th at 3:30 am", "2026-03-01T12:00:00", "America/New_York");
  g_autoptr (AvaDatePhrase) midnight = parse_at ("september 6th at 00:15", "2026-09-01T12:00:00", "America/Santiago");

  g_assert_nonnull (gap->problem);
  g_assert_nonnull (strstr (gap->problem, "clocks"));
  g_assert_null (twice->problem);
  g_assert_nonnull (twice->assumption);
  g_assert_null (fine->problem);
  g_assert_null (fine->assumption);
  g_assert_nonnull (midnight->problem);
}

static char *
merge (const char *first,
       const char *second)
{
  g_autoptr (AvaDatePhrase) self = parse (first);
  g_autoptr (AvaDatePhrase) later = parse (second);

  ava_date_phrase_merge (self, later);
  return write_all (self);
}

static void
later_phrase_refines_the_earlier (void)
{
  static const struct { const char *first; const char *second; const char *both; } cases[] = {
    { "tuesday", "after three", "2026-12-01|15:00-23:59|a" },
    { "tuesday at three", "actually thursday", "2026-11-26|15:00|a" },
    { "tuesday at three", "no four", "2026-12-01|16:00|a" },
    { "next week", "tuesday", "2026-12-01||" },
    { "in december", "the fifth", "2026-12-05||" },
    { "friday afternoon", "after three", "2026-11-27|15:00-16:59|a" },
    { "friday evening", "at seven", "2026-11-27|19:00|" },
    { "friday at seven", "in the evening", "2026-11-27|19:00|" },
    { "at seven", "p m", "|19:00|" },
    { "friday at three", "later that day", "2026-11-27|15:01-23:59|" },
    { "friday at three", "the next day", "2026-11-28|15:00|a" },
    { "friday at three", "same day but later", "2026-11-27|15:01-23:59|" },
    { "friday at three", "any time", "2026-11-27||f" },
    { "next friday", "this friday", "2026-11-27||" },
    { "next friday at two", "the 4th", "2026-12-04|14:00|a" },
    { "june 31st", "after two", "|14:00-23:59|ap" },
    { "june 31st", "june 30th", "2027-06-30||a" },
    { "today at nine", "three", "2026-11-25|15:00|a" },
    { "tuesday", "may i ask something", "2026-12-01||" },
    { "next week", "not on friday", "2026-11-30..2026-12-06 mon,tue,wed,thu,sat,sun||" },
    { "friday", "any day but friday", "not fri||" },
    { "next week", "weekends only", "2026-11-30..2026-12-06 sat,sun||" },
    { "tomorrow at three", "tomorrow doesn't work", "|15:00|qa" },
    { "tomorrow at three", "three doesn't work", "2026-11-26||q" },
    { "weekends only", "the 5th", "2026-12-05||a" },
    { "any day but friday", "not monday", "tue,wed,thu,sat,sun||" },
    { "next friday", "december", "2026-12-04||" },
    { "next friday", "not this friday", "2026-12-04||" },
    { "next friday", "next week", "2026-12-04||" },
    { "next friday", "at three", "2026-11-27|15:00|qa" },
    { "wednesday", "today", "2026-11-25||" },
    { "3/4 at two", "april", "2027-04-03|14:00|a" },
    { "the 31st", "of december", "2026-12-31||" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *found = merge (cases[i].first, cases[i].second);

    g_test_message ("“%s”, then “%s”", cases[i].first, cases[i].second);
    g_assert_cmpstr (found, ==, cases[i].both);
  }
}

static void
times_are_spoken_with_weekday_and_date (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autofree char *start = ava_date_speak_start (moment ("2026-12-01T15:30:00", zone), zone);
  g_autofree char *hour = ava_date_speak_time (moment ("2026-12-01T09:00:00", zone), zone);
  g_autofree char *noon = ava_date_speak_time (moment ("2026-12-01T12:00:00", zone), zone);
  g_autofree char *night = ava_date_speak_time (moment ("2026-12-01T00:05:00", zone), zone);

  g_assert_cmpstr (start, ==, "Tuesday, December 1st at 3:30 PM");
  g_assert_cmpstr (hour, ==, "9 AM");
  g_assert_cmpstr (noon, ==, "12 noon");
  g_assert_cmpstr (night, ==, "12:05 AM");
  for (int day = 1; day <= 31; day++) {
    GDate date;
    g_autofree char *spoken = NULL;
    const char *suffix = day == 1 || day == 21 || day == 31 ? "st" : day == 2 || day == 22 ? "nd"
                         : day == 3 || day == 23 ? "rd" : "th";

    g_date_clear (&date, 1);
    g_date_set_dmy (&date, day, 12, 2026);
    spoken = ava_date_speak_day (&date);
    g_assert_true (g_str_has_suffix (spoken, suffix));
  }
}

static void
word_salad_never_breaks_it (void)
{
  static const char *const words[] = {
    "next", "tuesday", "after", "three", "thirty", "the", "5th", "of", "march", "not", "before", "between", "and", "to",
    "from", "12/5", "14:30", "pm", "week", "month", "end", "tomorrow", "later", "that", "day", "in", "two", "weeks", "or",
    "no", "second", "last", "first", "morning", "noon", "ish", "half", "past", "quarter", "until", "99/99", "0", "31st",
    "february", "30", "2026-02-31", "9999999999", "\xc3\x28", "-", "midnight", "weekend", "couple", "a", "at", "by",
    "thousand", "twenty", "ten", "move", "christmas", "0:00", "24:00", "\xe2\x80\x99", "...", "p.m.", "400", "days", "months",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  gint64 now = moment ("2026-12-31T23:59:00", zone);
  g_autoptr (AvaDatePhrase) sum = ava_date_phrase_parse ("", now, zone);

  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) phrase = g_string_new (NULL);
    g_autoptr (AvaDatePhrase) got = NULL;
    g_autoptr (AvaDatePhrase) copy = NULL;
    guint count = g_rand_int_range (rand, 1, 9);

    for (guint j = 0; j < count; j++)
      g_string_append_printf (phrase, "%s%s", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))],
                              g_rand_int_range (rand, 0, 8) == 0 ? "" : " ");
    got = ava_date_phrase_parse (phrase->str, now, zone);
    copy = ava_date_phrase_copy (got);
    ava_date_phrase_merge (sum, copy);
    for (guint j = 0; j < 2; j++) {
      AvaDatePhrase *one = j == 0 ? got : sum;

      if (one->from_min > one->to_min)
        g_test_message ("“%s”", phrase->str);
      g_assert_cmpint (one->from_min, <=, one->to_min);
      g_assert_cmpint (one->from_min, >=, 0);
      g_assert_cmpint (one->to_min, <, 1440);
      g_assert_false (one->has_date && !g_date_valid (&one->first_day));
      g_assert_false (one->has_date && g_date_compare (&one->first_day, &one->last_day) > 0);
      g_assert_true (!one->exact_time || one->from_min == one->to_min);
    }
    g_assert_cmpuint (got->matched_from, <=, got->matched_to);
    g_assert_cmpuint (got->matched_to, <=, phrase->len);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-phrase/each-phrase-means-what-it-says", each_phrase_means_what_it_says);
  g_test_add_func ("/date-phrase/lookalikes-are-none", words_that_only_look_like_time_are_none);
  g_test_add_func ("/date-phrase/match-is-the-part-about-time", match_is_the_part_about_time);
  g_test_add_func ("/date-phrase/hours-from-now-follow-the-clocks", hours_from_now_follow_the_clocks);
  g_test_add_func ("/date-phrase/asked-with-both-days", what_is_unclear_is_asked_with_both_days);
  g_test_add_func ("/date-phrase/clock-change-is-noticed", clock_change_is_noticed);
  g_test_add_func ("/date-phrase/later-refines-earlier", later_phrase_refines_the_earlier);
  g_test_add_func ("/date-phrase/spoken-with-weekday-and-date", times_are_spoken_with_weekday_and_date);
  g_test_add_func ("/date-phrase/word-salad", word_salad_never_breaks_it);
  return g_test_run ();
}
