/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-availability.h"
#include "ava-clock.h"
#include "ava-wall-time.h"
#include "spa-parts.h"

#include <string.h>

/* Single cases of the open times, each with its book; test-availability-walk.c has random ones. */

static AvaSpa *
load_demo (void)
{
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);

  g_assert_nonnull (spa);
  return spa;
}

static gint64
at (AvaSpa     *spa,
    const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, spa->zone);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static AvaBusy *
make_busy (AvaSpa     *spa,
           const char *provider_id,
           const char *room_id,
           const char *from,
           const char *to)
{
  AvaBusy *busy = ava_busy_new ();

  busy->provider_id = g_strdup (provider_id);
  busy->room_id = g_strdup (room_id);
  busy->start_us = at (spa, from);
  busy->end_us = at (spa, to);
  return busy;
}

/* Two at once in a room for two; the third is refused by its name, with the time from which there is a place. */
static void
a_room_takes_as_many_as_it_has_places (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlotQuery query = {
    .service_id = "svc-facial", .room_id = "room-1", .now_us = at (spa, "2026-12-01T00:00:00"), .from_us = at (spa, "2026-12-01T14:00:00"),
    .to_us = at (spa, "2026-12-01T14:00:00"), .to_min = 1440,
  };
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) why = NULL;

  ava_spa_find_room (spa, "room-1")->capacity = 2;
  g_ptr_array_add (busy, make_busy (spa, "someone", "room-1", "2026-12-01T13:00:00", "2026-12-01T15:10:00"));
  one = ava_availability_find (spa, busy, &query);
  g_assert_cmpuint (one->len, >, 0);
  g_assert_cmpstr (((AvaSlot *) one->pdata[0])->room_id, ==, "room-1");
  g_ptr_array_add (busy, make_busy (spa, "another", "room-1", "2026-12-01T14:20:00", "2026-12-01T14:50:00"));
  none = ava_availability_find (spa, busy, &query);
  g_assert_cmpuint (none->len, ==, 0);
  why = ava_availability_explain (spa, busy, &query, query.from_us);
  g_assert_cmpuint (why->len, ==, 1);
  g_assert_cmpint (((AvaReason *) why->pdata[0])->block, ==, AVA_BLOCKED_ROOM_BUSY);
  g_assert_cmpstr (((AvaReason *) why->pdata[0])->words, ==, "All 2 places of the Linden Room are taken until 2:50 PM.");
}

/* Who asks decides how times are put into words: Ava says them, the calendar writes them as it does everywhere. */
static void
reasons_tell_times_as_they_are_asked_to (void)
{
  static const struct { const char *start; const char *said; const char *written; } tries[] = {
    { "2026-12-01T14:00:00", "Grace Park is booked until 3:10 PM.", "Grace Park is booked until 15:10." },
    { "2026-12-02T08:00:00", "On Wednesday, December 2nd we are open from 9 AM to 7 PM.", "On Wednesday, December 2 we are open from 9:00 to 19:00." },
  };
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);

  g_ptr_array_add (busy, make_busy (spa, "prov-park", "room-9", "2026-12-01T13:00:00", "2026-12-01T15:10:00"));
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    AvaSlotQuery query = { .service_id = "svc-facial", .provider_id = "prov-park", .now_us = at (spa, "2026-12-01T00:00:00") };
    g_autoptr (GPtrArray) said = ava_availability_explain (spa, busy, &query, at (spa, tries[i].start));
    g_autoptr (GPtrArray) written = NULL;

    query.telling = AVA_WRITTEN;
    written = ava_availability_explain (spa, busy, &query, at (spa, tries[i].start));
    g_assert_cmpstr (((AvaReason *) said->pdata[0])->words, ==, tries[i].said);
    g_assert_cmpstr (((AvaReason *) written->pdata[0])->words, ==, tries[i].written);
  }
}

static void
past_starts_are_not_offered (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaSlotQuery query = {
    .service_id = "svc-botox", .now_us = at (spa, "2026-12-01T14:07:00"), .from_us = at (spa, "2026-12-01T00:00:00"),
    .to_us = at (spa, "2026-12-01T23:59:00"), .to_min = 1440,
  };
  g_autoptr (GPtrArray) slots = ava_availability_find (spa, NULL, &query);
  g_autoptr (GPtrArray) why = ava_availability_explain (spa, NULL, &query, at (spa, "2026-12-01T14:00:00"));

  g_assert_cmpuint (slots->len, >, 0);
  g_assert_cmpint (((AvaSlot *) slots->pdata[0])->start_us, ==, at (spa, "2026-12-01T14:15:00"));
  g_assert_cmpint (((AvaReason *) why->pdata[0])->block, ==, AVA_BLOCKED_PAST);
}

static void
closed_day_names_its_reason (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaSlotQuery query = { .service_id = "svc-botox", .now_us = at (spa, "2026-11-01T00:00:00") };
  g_autoptr (GPtrArray) sunday = NULL;
  g_autoptr (GPtrArray) feast = NULL;
  g_autoptr (GPtrArray) late = NULL;

  ava_spa_add_exception (spa, NULL, "2026-11-26", 0, 0, "Thanksgiving");
  sunday = ava_availability_explain (spa, NULL, &query, at (spa, "2026-12-06T12:00:00"));
  feast = ava_availability_explain (spa, NULL, &query, at (spa, "2026-11-26T12:00:00"));
  late = ava_availability_explain (spa, NULL, &query, at (spa, "2026-12-01T18:45:00"));
  g_assert_cmpstr (((AvaReason *) sunday->pdata[0])->words, ==, "We are closed on Sunday, December 6th.");
  g_assert_cmpstr (((AvaReason *) feast->pdata[0])->words, ==, "We are closed on Thursday, November 26th: Thanksgiving.");
  g_assert_nonnull (strstr (((AvaReason *) late->pdata[0])->words, "from 9 AM to 7 PM, and Botox takes 30 minutes"));
}

/* On a day on which the house is closed, whoever does not work and what is taken is named after it. */
static void
each_rule_that_blocks_is_named (void)
{
  static const struct { AvaBlock block; const char *words; } expected[] = {
    { AVA_BLOCKED_CLOSED, "We are closed on Sunday, December 6th." },
    { AVA_BLOCKED_PROVIDER_OFF, "Elena Ortiz does not work on Sunday, December 6th." },
    { AVA_BLOCKED_PROVIDER_BUSY, "Elena Ortiz is booked until 1 PM." },
    { AVA_BLOCKED_ROOM_BUSY, "The Linden Room is taken until 1 PM." },
  };
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlotQuery query = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .room_id = "room-1" };
  g_autoptr (GPtrArray) why = NULL;

  g_ptr_array_add (busy, make_busy (spa, "prov-ortiz", "room-1", "2026-12-06T11:00:00", "2026-12-06T13:00:00"));
  why = ava_availability_explain (spa, busy, &query, at (spa, "2026-12-06T12:00:00"));
  g_assert_cmpuint (why->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < why->len; i++) {
    g_assert_cmpint (((AvaReason *) why->pdata[i])->block, ==, expected[i].block);
    g_assert_cmpstr (((AvaReason *) why->pdata[i])->words, ==, expected[i].words);
  }
}

static void
taken_room_is_replaced_on_check (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlot wanted = { "svc-botox", "prov-ortiz", "room-1", at (spa, "2026-12-01T15:00:00") };
  AvaBusy *other = ava_busy_new ();
  g_autoptr (AvaSlot) slot = NULL;

  other->provider_id = g_strdup ("prov-bennett");
  other->room_id = g_strdup ("room-1");
  other->start_us = at (spa, "2026-12-01T14:30:00");
  other->end_us = at (spa, "2026-12-01T15:10:00");
  g_ptr_array_add (busy, other);
  slot = ava_availability_check (spa, busy, &wanted, at (spa, "2026-11-25T10:00:00"), AVA_SPOKEN, NULL);
  g_assert_nonnull (slot);
  g_assert_cmpstr (slot->room_id, ==, "room-2");
  g_assert_cmpint (slot->busy_end_us - slot->start_us, ==, 40 * AVA_USEC_PER_MIN);
}

static void
offers_are_spread_over_days_and_parts (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaSlotQuery query = {
    .service_id = "svc-botox", .now_us = at (spa, "2026-11-29T10:00:00"), .from_us = at (spa, "2026-11-30T00:00:00"),
    .to_us = at (spa, "2026-12-05T23:59:00"), .to_min = 1440,
  };
  g_autoptr (GPtrArray) slots = ava_availability_find (spa, NULL, &query);
  g_autoptr (GPtrArray) three = ava_availability_spread (slots, spa->zone, 3);
  g_autoptr (GPtrArray) all = ava_availability_spread (slots, spa->zone, 100000);
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  gboolean late = FALSE;

  g_assert_cmpuint (three->len, ==, 3);
  for (guint i = 0; i < three->len; i++) {
    AvaSlot *slot = three->pdata[i];
    GDate day;

    late = ava_wall_time_of (slot->start_us, spa->zone, &day) >= 720 || late;
    g_hash_table_add (days, GUINT_TO_POINTER (g_date_get_julian (&day)));
    g_assert_true (i == 0 || slot->start_us > ((AvaSlot *) three->pdata[i - 1])->start_us);
  }
  g_assert_cmpuint (g_hash_table_size (days), ==, 3);
  g_assert_true (late);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (((AvaSlot *) all->pdata[i])->start_us, >, ((AvaSlot *) all->pdata[i - 1])->start_us);
}

/* 30 days, 12 providers, 6 rooms, 3,000 appointments: the figure is printed, not judged. */
static void
large_book_is_searched (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlotQuery query = {
    .service_id = "svc-botox", .from_us = at (spa, "2026-12-01T00:00:00"), .to_us = at (spa, "2026-12-30T23:59:00"), .to_min = 1440,
  };
  g_autoptr (GPtrArray) slots = NULL;
  gint64 began;

  for (guint i = 0; i < 9; i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);

    add_provider (spa, id, id, "injector", "svc-botox");
    for (int day = 1; day <= 7; day++)
      ava_spa_add_hours (spa, id, day, 540, 1140);
  }
  for (guint i = 0; i < 4; i++) {
    g_autofree char *id = g_strdup_printf ("x%u", i);

    add_room (spa, id, "treatment", 1);
  }
  for (guint i = 0; i < 3000; i++) {
    AvaBusy *one = ava_busy_new ();

    one->provider_id = g_strdup (AVA_PROVIDER (spa->providers->pdata[i % 12])->id);
    one->room_id = g_strdup (AVA_ROOM (spa->rooms->pdata[i % 6])->id);
    one->start_us = query.from_us + (gint64) (i / 100) * AVA_USEC_PER_DAY + (540 + i % 100 / 12 * 72) * AVA_USEC_PER_MIN;
    one->end_us = one->start_us + (10 + i % 2 * 10) * AVA_USEC_PER_MIN;
    g_ptr_array_add (busy, one);
  }
  began = g_get_monotonic_time ();
  slots = ava_availability_find (spa, busy, &query);
  g_test_message ("%u slots in %.2f ms", slots->len, (g_get_monotonic_time () - began) / 1000.0);
  g_assert_cmpuint (slots->len, >, 0);
  for (guint i = 0; i < slots->len; i += 5) {
    g_autoptr (AvaSlot) again = ava_availability_check (spa, busy, slots->pdata[i], query.from_us, AVA_SPOKEN, NULL);

    g_assert_nonnull (again);
    g_assert_cmpstr (again->room_id, ==, ((AvaSlot *) slots->pdata[i])->room_id);
  }
}

static void
group_shares_provider_and_room_until_it_is_full (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlot wanted = { .service_id = (char *) "svc-peel", .provider_id = (char *) "prov-ortiz", .start_us = at (spa, "2026-12-01T15:00:00") };
  gint64 now_us = at (spa, "2026-11-25T10:00:00");

  ava_spa_find_service (spa, "svc-peel")->group_size = 3;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (AvaSlot) slot = ava_availability_check (spa, busy, &wanted, now_us, AVA_SPOKEN, NULL);
    AvaBusy *place = ava_busy_new ();

    g_assert_nonnull (slot);
    g_assert_cmpstr (slot->room_id, ==, "room-1");
    place->provider_id = g_strdup (slot->provider_id);
    place->room_id = g_strdup (slot->room_id);
    place->service_id = g_strdup (slot->service_id);
    place->session_us = slot->start_us;
    place->start_us = slot->busy_start_us;
    place->end_us = slot->busy_end_us;
    g_ptr_array_add (busy, place);
  }
  {
    g_autoptr (GPtrArray) why = NULL;
    g_autoptr (AvaSlot) full = ava_availability_check (spa, busy, &wanted, now_us, AVA_SPOKEN, &why);
    g_autoptr (AvaSlot) late = NULL;

    g_assert_null (full);
    g_assert_cmpint (((AvaReason *) why->pdata[0])->block, ==, AVA_BLOCKED_GROUP_FULL);
    wanted.start_us += 15 * AVA_USEC_PER_MIN;
    late = ava_availability_check (spa, busy, &wanted, now_us, AVA_SPOKEN, NULL);
    g_assert_null (late);
  }
}

static void
customer_who_is_elsewhere_is_a_warning (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  AvaSlot wanted = { .start_us = at (spa, "2026-12-01T15:00:00"), .end_us = at (spa, "2026-12-01T15:30:00") };
  AvaBusy *other = ava_busy_new ();
  g_autoptr (GPtrArray) hers = NULL;
  g_autoptr (GPtrArray) his = NULL;

  other->id = g_strdup ("a1");
  other->customer_id = g_strdup ("c1");
  other->what = g_strdup ("Botox with Elena Ortiz");
  other->start_us = wanted.start_us - 15 * AVA_USEC_PER_MIN;
  other->end_us = wanted.start_us + AVA_USEC_PER_MIN;
  g_ptr_array_add (busy, other);
  hers = ava_availability_warn (spa, busy, &wanted, "c1", AVA_SPOKEN);
  his = ava_availability_warn (spa, busy, &wanted, "c2", AVA_SPOKEN);
  g_assert_cmpuint (hers->len, ==, 1);
  g_assert_nonnull (strstr (((AvaReason *) hers->pdata[0])->words, "Botox with Elena Ortiz"));
  g_assert_cmpuint (his->len, ==, 0);
}

static void
each_location_has_its_clock_rooms_and_hours (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaLocation *west = ava_location_new ();
  AvaRoom *room = ava_room_new ();
  AvaHours hours[] = { { NULL, g_strdup ("west"), 2, 540, 1020 }, { g_strdup ("prov-ortiz"), g_strdup ("west"), 2, 1140, 1200 },
                       { g_strdup ("prov-bennett"), g_strdup ("west"), 2, 600, 720 } };
  AvaSlotQuery query = {
    .service_id = "svc-botox", .location_id = "west", .from_us = at (spa, "2026-12-01T00:00:00"),
    .to_us = at (spa, "2026-12-01T23:59:00"), .to_min = 1440,
  };
  g_autoptr (GPtrArray) slots = NULL;

  west->id = g_strdup ("west");
  west->zone_name = g_strdup ("America/Los_Angeles");
  g_ptr_array_add (spa->locations, west);
  room->id = g_strdup ("west-1");
  room->location_id = g_strdup ("west");
  room->kinds = g_strsplit ("treatment", " ", -1);
  room->capacity = 1;
  g_ptr_array_add (spa->rooms, room);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    g_array_append_val (spa->hours, hours[i]);
  slots = ava_availability_find (spa, NULL, &query);
  g_assert_cmpuint (slots->len, ==, 6);
  g_assert_cmpstr (((AvaSlot *) slots->pdata[0])->room_id, ==, "west-1");
  g_assert_cmpstr (((AvaSlot *) slots->pdata[0])->provider_id, ==, "prov-bennett");
  g_assert_cmpint (((AvaSlot *) slots->pdata[0])->start_us, ==, at (spa, "2026-12-01T13:00:00"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/availability/a-room-takes-as-many-as-it-has-places", a_room_takes_as_many_as_it_has_places);
  g_test_add_func ("/availability/reasons-tell-times-as-they-are-asked-to", reasons_tell_times_as_they_are_asked_to);
  g_test_add_func ("/availability/past-starts-are-not-offered", past_starts_are_not_offered);
  g_test_add_func ("/availability/closed-day-names-its-reason", closed_day_names_its_reason);
  g_test_add_func ("/availability/each-rule-that-blocks-is-named", each_rule_that_blocks_is_named);
  g_test_add_func ("/availability/taken-room-is-replaced", taken_room_is_replaced_on_check);
  g_test_add_func ("/availability/offers-are-spread", offers_are_spread_over_days_and_parts);
  g_test_add_func ("/availability/large-book-is-searched", large_book_is_searched);
  g_test_add_func ("/availability/group-shares-provider-and-room-until-it-is-full", group_shares_provider_and_room_until_it_is_full);
  g_test_add_func ("/availability/customer-who-is-elsewhere-is-a-warning", customer_who_is_elsewhere_is_a_warning);
  g_test_add_func ("/availability/each-location-has-its-clock-rooms-and-hours", each_location_has_its_clock_rooms_and_hours);
  return g_test_run ();
}
