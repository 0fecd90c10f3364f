/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-hours.h"

/* Hours of a day, as people write and as they paint them. */

static void
hours_are_read_as_people_write_them (void)
{
  static const struct { const char *text; const char *hours; } cases[] = {
    { "9-12, 13-17:30", "9:00–12:00, 13:00–17:30" }, { "9:00–18:00", "9:00–18:00" }, { "9 am to 5 pm", "9:00–17:00" },
    { "9-5", "9:00–17:00" }, { " 8.30 - 12 ; 1pm-4pm ", "8:30–12:00, 13:00–16:00" }, { "0-24", "0:00–24:00" },
    { "12pm-9PM", "12:00–21:00" }, { "", "" }, { "closed", "" }, { "Off", "" },
  };
  static const char *const bad[] = { "9", "9-", "25-26", "9:75-10", "9-12, 11-14", "18-9", "9-12 13-14", "13am-2pm", "9-12,", "x", "9--12",
                                     "1-2,3-4,5-6,7-8,9-10,11-12,13-14,15-16,17-18" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    AvaSpan spans[AVA_SPA_MAX_SPANS];
    int count = ava_spans_parse (cases[i].text, spans);
    g_autofree char *hours = ava_spans_print (spans, MAX (count, 0));

    g_assert_cmpint (count, >=, 0);
    g_assert_cmpstr (hours, ==, cases[i].hours);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    AvaSpan spans[AVA_SPA_MAX_SPANS];

    if (ava_spans_parse (bad[i], spans) != -1)
      g_test_message ("read: %s", bad[i]);
    g_assert_cmpint (ava_spans_parse (bad[i], spans), ==, -1);
  }
}

/* Against a day of minutes, at random. */
static void
painting_is_as_on_a_row_of_minutes (void)
{
  for (guint round = 0; round < 2000; round++) {
    AvaSpan spans[AVA_SPA_MAX_SPANS];
    gboolean open[96] = { 0 };   /* quarters */
    guint count = 0;

    for (guint step = 0; step < 12; step++) {
      int a = g_test_rand_int_range (0, 96);
      int b = g_test_rand_int_range (a + 1, 97);
      gboolean add = g_test_rand_int_range (0, 3) > 0;
      AvaSpan before[AVA_SPA_MAX_SPANS];
      AvaSpan span = { a * 15, b * 15 };
      guint was = count;

      for (guint i = 0; i < count; i++)
        before[i] = spans[i];
      if (!(add ? ava_spans_add (spans, &count, span) : ava_spans_cut (spans, &count, span))) {
        count = was;
        for (guint i = 0; i < was; i++)
          spans[i] = before[i];
        continue;
      }
      for (int q = a; q < b; q++)
        open[q] = add;
    }
    for (int q = 0; q < 96; q++) {
      guint found = 0;

      for (guint i = 0; i < count; i++)
        found += spans[i].open_min <= q * 15 && spans[i].close_min > q * 15;
      g_assert_cmpuint (found, ==, open[q]);
    }
    for (guint i = 1; i < count; i++)
      g_assert_cmpint (spans[i].open_min, >, spans[i - 1].close_min - 1);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hours/read-as-people-write-them", hours_are_read_as_people_write_them);
  g_test_add_func ("/hours/painting-is-as-on-a-row-of-minutes", painting_is_as_on_a_row_of_minutes);
  return g_test_run ();
}
