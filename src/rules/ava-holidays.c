/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-holidays.h"

/* 5 U.S.C. 6103: some holidays have a date, the others are the n-th weekday of a month. */
static const struct {
  const char *name;
  GDateMonth month;
  GDateDay day;          /* of the month; 0: see the next two */
  GDateWeekday weekday;
  int nth;               /* -1: the last */
} rules[AVA_FEDERAL_HOLIDAYS] = {
  { "New Year's Day", G_DATE_JANUARY, 1, G_DATE_BAD_WEEKDAY, 0 },
  { "Martin Luther King Day", G_DATE_JANUARY, 0, G_DATE_MONDAY, 3 },
  { "Presidents' Day", G_DATE_FEBRUARY, 0, G_DATE_MONDAY, 3 },
  { "Memorial Day", G_DATE_MAY, 0, G_DATE_MONDAY, -1 },
  { "Juneteenth", G_DATE_JUNE, 19, G_DATE_BAD_WEEKDAY, 0 },
  { "Independence Day", G_DATE_JULY, 4, G_DATE_BAD_WEEKDAY, 0 },
  { "Labor Day", G_DATE_SEPTEMBER, 0, G_DATE_MONDAY, 1 },
  { "Columbus Day", G_DATE_OCTOBER, 0, G_DATE_MONDAY, 2 },
  { "Veterans Day", G_DATE_NOVEMBER, 11, G_DATE_BAD_WEEKDAY, 0 },
  { "Thanksgiving Day", G_DATE_NOVEMBER, 0, G_DATE_THURSDAY, 4 },
  { "Christmas Day", G_DATE_DECEMBER, 25, G_DATE_BAD_WEEKDAY, 0 },
};

static void
find_weekday (GDateYear    year,
              GDateMonth   month,
              GDateWeekday weekday,
              int          nth,
              GDate       *date)
{
  int from = nth > 0 ? 1 + (nth - 1) * 7 : g_date_get_days_in_month (month, year) - 6;

  g_date_set_dmy (date, from, month, year);
  g_date_add_days (date, (weekday - g_date_get_weekday (date) + 7) % 7);
}

void
ava_holidays_list_federal (GDateYear   year,
                           AvaHoliday *holidays)
{
  g_return_if_fail (g_date_valid_year (year));

  for (guint i = 0; i < AVA_FEDERAL_HOLIDAYS; i++) {
    AvaHoliday *holiday = &holidays[i];

    holiday->name = rules[i].name;
    g_date_clear (&holiday->date, 1);
    if (rules[i].day != 0)
      g_date_set_dmy (&holiday->date, rules[i].day, rules[i].month, year);
    else
      find_weekday (year, rules[i].month, rules[i].weekday, rules[i].nth, &holiday->date);
    holiday->observed = holiday->date;
    if (g_date_get_weekday (&holiday->date) == G_DATE_SATURDAY)
      g_date_subtract_days (&holiday->observed, 1);
    else if (g_date_get_weekday (&holiday->date) == G_DATE_SUNDAY)
      g_date_add_days (&holiday->observed, 1);
  }
}
