/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-clock.h"
#include "ava-id.h"
#include "ava-phone.h"

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
phones_are_read_and_spoken_in_groups (void)
{
  g_autofree char *read = ava_phone_format ("+12125550142");
  g_autofree char *spoken = ava_phone_speak ("+12125550142");
  g_autofree char *abroad = ava_phone_format ("+442079460958");

  g_assert_cmpstr (read, ==, "(212) 555-0142");
  g_assert_cmpstr (spoken, ==, "2 1 2, 5 5 5, 0 1 4 2");
  g_assert_cmpstr (abroad, ==, "+442079460958");
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
  g_test_add_func ("/phone/speak", phones_are_read_and_spoken_in_groups);
  return g_test_run ();
}
