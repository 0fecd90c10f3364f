/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-holidays.h"

/* Against the dates that the Office of Personnel Management publishes. */

static void
federal_holidays_fall_on_their_days (void)
{
  static const struct { int year; const char *days[AVA_FEDERAL_HOLIDAYS]; } years[] = {
    { 2026, { "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12", "2026-11-11",
              "2026-11-26", "2026-12-25" } },
    { 2027, { "2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11",
              "2027-11-25", "2027-12-24" } },
  };

  for (guint y = 0; y < G_N_ELEMENTS (years); y++) {
    AvaHoliday holidays[AVA_FEDERAL_HOLIDAYS];

    ava_holidays_list_federal (years[y].year, holidays);
    for (guint i = 0; i < AVA_FEDERAL_HOLIDAYS; i++) {
      char day[16];

      g_date_strftime (day, sizeof day, "%Y-%m-%d", &holidays[i].observed);
      g_assert_cmpstr (day, ==, years[y].days[i]);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holidays/federal-holidays-fall-on-their-days", federal_holidays_fall_on_their_days);
  return g_test_run ();
}
