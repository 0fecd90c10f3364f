/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-clock.h"
#include "ava-id.h"
#include "ava-csv.h"
#include "ava-phone.h"
#include "ava-region.h"
#include "ava-time-of-day.h"

#include <string.h>

#include <string.h>

static void
ids_are_uuid_version_7_and_sort_by_time (void)
{
  g_autofree char *first = ava_id_new (1700000000000000);
  g_autofree char *later = ava_id_new (1700000000001000);

  g_assert_true (g_uuid_string_is_valid (first));
  g_assert_cmpint (first[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", first[19]));
  g_assert_cmpstr (first, <, later);
}

static void
ids_made_at_once_differ (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++)
    g_assert_true (g_hash_table_add (ids, ava_id_new (1700000000000000)));
}

static void
virtual_clock_moves_only_when_told (void)
{
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (1000, FALSE);

  g_assert_cmpint (ava_clock_now_us (clock), ==, 1000);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (clock), 500);
  g_assert_cmpint (ava_clock_now_us (clock), ==, 1500);
}

static void
phones_are_normalized (void)
{
  static const struct { const char *text; const char *e164; } cases[] = {
    { "(212) 555-0142", "+12125550142" }, { "212.555.0142", "+12125550142" },
    { "1-212-555-0142", "+12125550142" }, { "+1 212 555 0142", "+12125550142" },
    { "+44 20 7946 0958", "+442079460958" }, { "0044 20 7946 0958", "+442079460958" },
    { "  2125550142", "+12125550142" }, { "555-0142", NULL }, { "", NULL }, { "+", NULL },
    { "112 555 0142", NULL }, { "212 155 0142", NULL }, { "call me", NULL },
    { "212-555-0142 x5", NULL }, { "+123456789012345678", NULL }, { "'; DROP TABLE", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *e164 = ava_phone_normalize (cases[i].text);

    g_assert_cmpstr (e164, ==, cases[i].e164);
  }
}

static void
phones_are_read_as_people_write_them_there (void)
{
  static const struct { const char *text, *region, *e164; } cases[] = {
    { "020 7946 0958", "GB", "+442079460958" }, { "0171 1234567", "DE", "+491711234567" },
    { "1-800-FLOWERS", "US", "+18003569377" }, { "(02) 9876 5432", "AU", "+61298765432" },
    { "+1 212 555 0142", "FR", "+12125550142" }, { "212-555-0142 ext 5", "US", NULL }, { "+99 9999 99999", "US", NULL },
    { "١٢٣", "US", NULL }, { "212 555 0142 🙂", "US", NULL }, { "<b>2125550142</b>", "US", NULL },
  };

  g_assert_true (ava_phone_knows_plans ());
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *e164 = ava_phone_parse (cases[i].text, cases[i].region, &error);

    g_assert_cmpstr (e164, ==, cases[i].e164);
    g_assert_true ((e164 == NULL) == g_error_matches (error, AVA_PHONE_ERROR, AVA_PHONE_ERROR_NOT_A_PHONE));
  }
}

static void
zones_lie_in_regions (void)
{
  g_assert_cmpstr (ava_region_of_zone ("America/New_York"), ==, "US");
  g_assert_cmpstr (ava_region_of_zone ("Europe/London"), ==, "GB");
  g_assert_cmpstr (ava_region_of_zone ("Australia/Sydney"), ==, "AU");
  g_assert_cmpstr (ava_region_of_zone ("Etc/UTC"), ==, "US");
  g_assert_cmpstr (ava_region_of_zone (NULL), ==, "US");
}

static char *
tell_rows (const char *text)
{
  g_autoptr (GPtrArray) rows = ava_csv_read (text, strlen (text));
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    AvaCsvRow *row = rows->pdata[i];
    g_autofree char *fields = g_strjoinv ("|", row->fields);

    g_string_append_printf (told, "%u:%s\n", row->line, row->trouble != NULL ? row->trouble : fields);
  }
  return g_string_free (told, FALSE);
}

static void
csv_is_read_as_spreadsheets_write_it (void)
{
  static const struct { const char *text, *rows; } cases[] = {
    { "", "" }, { "a,b\nc,d", "1:a|b\n2:c|d\n" }, { "\xef\xbb\xbf" "a;b\r\nc;d\r\n", "1:a|b\n2:c|d\n" },
    { "a\tb\n", "1:a|b\n" }, { "\"a,\"\"b\"\"\",\n", "1:a,\"b\"|\n" }, { "\"a\nb\",c\nd,e\n", "1:a\nb|c\n3:d|e\n" },
    { "a,b\n\n\nc,d\n", "1:a|b\n4:c|d\n" },
    { "a,b\n\"c,d\ne,f\n", "1:a|b\n2:a quote is opened and never closed\n3:e|f\n" },
    { "a,b\n\"c\"x,d\ne,f\n", "1:a|b\n2:there is text behind a closing quote\n3:e|f\n" },
    { "a,b\n\xff,d\ne,f\n", "1:a|b\n2:it is not written in UTF-8\n3:e|f\n" },
    { "Jos\xe9,O\x92Neil\nc,d\n", "1:José|O’Neil\n2:c|d\n" },                      /* Western Windows */
    { "José,b\nO\xe9,d\n", "1:José|b\n2:it is not written in UTF-8\n" },          /* UTF-8 that is broken */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *told = tell_rows (cases[i].text);

    g_assert_cmpstr (told, ==, cases[i].rows);
  }
}

static void
csv_in_two_bytes_a_letter_is_read (void)
{
  static const char text[] = "\xff\xfe" "a\0\t\0\xe9\0\r\0\n\0c\0\t\0d\0";
  g_autoptr (GPtrArray) rows = ava_csv_read (text, sizeof text - 1);

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((AvaCsvRow *) rows->pdata[0])->fields[1], ==, "é");
  g_assert_cmpstr (((AvaCsvRow *) rows->pdata[1])->fields[1], ==, "d");
}

static void
csv_takes_any_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  static const char letters[] = "a,\";\n\r\t\xff";

  for (guint i = 0; i < 20000; i++) {
    char text[40];
    gsize length = g_rand_int_range (rand, 0, sizeof text);
    g_autoptr (GPtrArray) rows = NULL;
    guint line = 0;

    for (gsize j = 0; j < length; j++)
      text[j] = letters[g_rand_int_range (rand, 0, sizeof letters)];
    rows = ava_csv_read (text, length);
    for (guint j = 0; j < rows->len; j++) {
      g_assert_cmpuint (((AvaCsvRow *) rows->pdata[j])->line, >, line);
      line = ((AvaCsvRow *) rows->pdata[j])->line;
    }
  }
}

static void
phones_are_read_and_spoken_in_groups (void)
{
  g_autofree char *read = ava_phone_format ("+12125550142");
  g_autofree char *spoken = ava_phone_speak ("+12125550142");
  g_autofree char *abroad = ava_phone_format ("+442079460958");

  g_assert_cmpstr (read, ==, "(212) 555-0142");
  g_assert_cmpstr (spoken, ==, "2 1 2, 5 5 5, 0 1 4 2");
  g_assert_cmpstr (abroad, ==, "+44 20 7946 0958");
}

static void
times_of_day_are_as_the_locale_writes_them (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 12, 1, 17, 5, 0);
  g_autofree char *clock = ava_time_of_day_print (time);
  g_autofree char *date = ava_time_of_day_print_date (time, "%a %b %-d");

  /* As in the United States, in Germany, and without a locale. */
  g_assert_true (ava_time_of_day_has_halves ("%r"));
  g_assert_true (ava_time_of_day_has_halves ("%I:%M:%S %p"));
  g_assert_false (ava_time_of_day_has_halves ("%T"));
  g_assert_false (ava_time_of_day_has_halves ("%H:%M:%S"));
  g_assert_cmpstr (clock, ==, "17:05");
  g_assert_cmpstr (date, ==, "Tue Dec 1, 17:05");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/uuid-version-7", ids_are_uuid_version_7_and_sort_by_time);
  g_test_add_func ("/id/differ", ids_made_at_once_differ);
  g_test_add_func ("/clock/virtual", virtual_clock_moves_only_when_told);
  g_test_add_func ("/phone/normalize", phones_are_normalized);
  g_test_add_func ("/phone/regions", phones_are_read_as_people_write_them_there);
  g_test_add_func ("/region/zones", zones_lie_in_regions);
  g_test_add_func ("/time-of-day/locale", times_of_day_are_as_the_locale_writes_them);
  g_test_add_func ("/csv/read", csv_is_read_as_spreadsheets_write_it);
  g_test_add_func ("/csv/two-bytes", csv_in_two_bytes_a_letter_is_read);
  g_test_add_func ("/csv/any-bytes", csv_takes_any_bytes);
  g_test_add_func ("/phone/speak", phones_are_read_and_spoken_in_groups);
  return g_test_run ();
}
