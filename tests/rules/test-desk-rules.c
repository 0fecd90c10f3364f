/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-cancel-policy.h"
#include "ava-clock-change.h"
#include "ava-clock.h"
#include "ava-package-balance.h"
#include "ava-waitlist-rank.h"
#include "ava-wall-time.h"

#include <string.h>

/* Fees, packages, the waitlist and clock changes: pure rules of the desk. */

#define HOUR_US (60 * AVA_USEC_PER_MIN)

static AvaSpa *
load_demo (void)
{
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);

  g_assert_nonnull (spa);
  return spa;
}

static gint64
at (GTimeZone  *zone,
    const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static AvaService *
make_service (guint  hours,
              gint64 fee)
{
  AvaService *service = ava_service_new ();

  service->id = g_strdup ("svc-botox");
  service->name = g_strdup ("Botox");
  service->cancel_hours = hours;
  service->cancel_fee_cents = fee;
  service->no_show_fee_cents = 2 * fee;
  return service;
}

static void
notice_is_counted_on_the_clock_of_the_location (void)
{
  static const struct { const char *zone, *start, *until; guint hours; } cases[] = {
    { "America/New_York", "2026-12-01T15:00:00", "2026-11-30T15:00:00", 24 },
    { "America/New_York", "2026-12-01T15:00:00", "2026-12-01T09:00:00", 6 },
    { "America/New_York", "2026-12-01T15:00:00", "2026-11-29T09:00:00", 54 },
    /* 23 and 25 real hours: the same time of day before */
    { "America/New_York", "2026-03-08T15:00:00", "2026-03-07T15:00:00", 24 },
    { "America/New_York", "2026-11-01T15:00:00", "2026-10-31T15:00:00", 24 },
    { "Australia/Sydney", "2026-10-04T15:00:00", "2026-10-03T15:00:00", 24 },
    { "Europe/Berlin", "2026-10-26T02:30:00", "2026-10-24T02:30:00", 48 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
    g_autoptr (AvaService) service = make_service (cases[i].hours, 5000);
    gint64 start_us = at (zone, cases[i].start);
    gint64 until_us = at (zone, cases[i].until);

    g_assert_cmpint (ava_cancel_policy_free_until (service, start_us, zone), ==, until_us);
    g_assert_cmpint (ava_cancel_policy_fee (service, start_us, until_us - 1, zone, AVA_CANCEL_BY_CUSTOMER), ==, 0);
    g_assert_cmpint (ava_cancel_policy_fee (service, start_us, until_us, zone, AVA_CANCEL_BY_CUSTOMER), ==, 5000);
    g_assert_cmpint (ava_cancel_policy_fee (service, start_us, until_us - 1, zone, AVA_CANCEL_NO_SHOW), ==, 10000);
  }
}

static void
no_notice_asked_for_costs_nothing (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (AvaService) free_one = make_service (0, 5050);
  gint64 start_us = at (zone, "2026-12-01T15:00:00");

  g_assert_cmpint (ava_cancel_policy_fee (free_one, start_us, start_us, zone, AVA_CANCEL_BY_CUSTOMER), ==, 0);
}

static AvaWaitlistEntry *
add_entry (GPtrArray  *entries,
           const char *id,
           const char *provider,
           gint64      created_us,
           guint       visits,
           guint       no_shows)
{
  AvaWaitlistEntry *entry = ava_waitlist_entry_new ();

  entry->id = g_strdup (id);
  entry->service_id = g_strdup ("svc-botox");
  entry->provider_id = g_strdup (provider);
  entry->provider_name = provider != NULL ? g_strdup ("Elena Ortiz") : NULL;
  entry->created_us = created_us;
  entry->visits = visits;
  entry->no_shows = no_shows;
  g_ptr_array_add (entries, entry);
  return entry;
}

static void
freed_time_goes_to_who_fits_and_waits_and_comes (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now_us = at (spa->zone, "2026-11-25T10:00:00");
  AvaSlot slot = { .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .start_us = at (spa->zone, "2026-12-01T15:00:00") };
  g_autoptr (GPtrArray) ranks = NULL;
  AvaWaitlistRank *first;

  add_entry (entries, "plain", NULL, now_us - 2 * AVA_USEC_PER_DAY, 5, 0);
  add_entry (entries, "long", NULL, now_us - 20 * AVA_USEC_PER_DAY, 5, 0);
  add_entry (entries, "no-show", NULL, now_us - 20 * AVA_USEC_PER_DAY, 1, 6);
  add_entry (entries, "elena", "prov-ortiz", now_us - 20 * AVA_USEC_PER_DAY, 5, 0)->spent_cents = 234000;
  add_entry (entries, "other-provider", "prov-bennett", now_us - 90 * AVA_USEC_PER_DAY, 9, 0);
  add_entry (entries, "mornings", NULL, now_us - 90 * AVA_USEC_PER_DAY, 9, 0)->to_min = 720;
  add_entry (entries, "gone", NULL, now_us - 90 * AVA_USEC_PER_DAY, 9, 0)->status = AVA_WAITLIST_LEFT;
  add_entry (entries, "offered", NULL, now_us - 90 * AVA_USEC_PER_DAY, 9, 0)->status = AVA_WAITLIST_OFFERED;
  add_entry (entries, "too-late", NULL, now_us - 90 * AVA_USEC_PER_DAY, 9, 0)->to_us = slot.start_us - 1;
  ranks = ava_waitlist_rank (entries, &slot, spa, now_us);
  g_assert_cmpuint (ranks->len, ==, 4);
  first = ranks->pdata[0];
  g_assert_cmpstr (first->entry->id, ==, "elena");
  g_assert_cmpstr (first->words, ==, "Asked for Elena Ortiz; waiting 20 days; came to 5 of 5 visits; spent 2340");
  g_assert_cmpstr (((AvaWaitlistRank *) ranks->pdata[1])->entry->id, ==, "long");
  g_assert_cmpstr (((AvaWaitlistRank *) ranks->pdata[2])->entry->id, ==, "no-show");
  g_assert_cmpstr (((AvaWaitlistRank *) ranks->pdata[3])->entry->id, ==, "plain");
  for (guint i = 0; i < ranks->len; i++) {
    AvaWaitlistRank *rank = ranks->pdata[i];

    g_assert_cmpfloat_with_epsilon (rank->score, rank->fit + rank->waiting + rank->shows + rank->value, 1e-9);
    g_assert_true (rank->score > 0 && rank->score <= 100);
  }
}

/* Nine in the morning at West is noon in New York: who can only come in the morning comes there, and only there. */
static void
freed_time_elsewhere_is_judged_by_the_clock_there (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ranks = NULL;
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (AvaSpa) west = NULL;
  AvaLocation *location = ava_location_new ();
  AvaWaitlistEntry *noon;
  gint64 now_us = at (spa->zone, "2026-11-25T10:00:00");
  AvaSlot slot = { .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .start_us = at (spa->zone, "2026-12-01T12:00:00") };

  location->id = g_strdup ("west");
  location->name = g_strdup ("West");
  location->zone_name = g_strdup ("America/Los_Angeles");
  g_ptr_array_add (spa->locations, location);
  west = ava_spa_at (spa, "west");
  add_entry (entries, "any-morning", NULL, now_us - 9 * AVA_USEC_PER_DAY, 5, 0)->to_min = 600;
  add_entry (entries, "west", NULL, now_us - 8 * AVA_USEC_PER_DAY, 5, 0)->location_id = g_strdup ("west");
  add_entry (entries, "first", NULL, now_us - 7 * AVA_USEC_PER_DAY, 5, 0)->location_id = g_strdup (spa->location_id);
  noon = add_entry (entries, "noon", NULL, now_us - 6 * AVA_USEC_PER_DAY, 5, 0);
  noon->from_min = 700;
  noon->to_min = 1200;
  ranks = ava_waitlist_rank (entries, &slot, west, now_us);
  g_assert_cmpuint (ranks->len, ==, 2);
  g_assert_cmpstr (((AvaWaitlistRank *) ranks->pdata[0])->entry->id, ==, "any-morning");
  g_assert_cmpstr (((AvaWaitlistRank *) ranks->pdata[1])->entry->id, ==, "west");
  here = ava_waitlist_rank (entries, &slot, spa, now_us);
  g_assert_cmpuint (here->len, ==, 2);
  g_assert_cmpstr (((AvaWaitlistRank *) here->pdata[0])->entry->id, ==, "noon");   /* this time of day is seldom */
  g_assert_cmpstr (((AvaWaitlistRank *) here->pdata[1])->entry->id, ==, "first");
}

/* Whoever improves in one thing alone never ranks lower for it. */
static void
each_part_of_the_rank_only_helps (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (35);
  gint64 now_us = at (spa->zone, "2026-11-25T10:00:00");
  AvaSlot slot = { .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .start_us = at (spa->zone, "2026-12-01T15:00:00") };

  for (guint i = 0; i < 2000; i++) {
    g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) ranks = NULL;
    gint64 created_us = now_us - (gint64) g_rand_int_range (rand, 0, 60) * AVA_USEC_PER_DAY;
    guint visits = g_rand_int_range (rand, 0, 20);
    guint missed = g_rand_int_range (rand, 0, 5);
    AvaWaitlistEntry *worse = add_entry (entries, "a-worse", NULL, created_us, visits, missed);
    AvaWaitlistEntry *better = add_entry (entries, "b-better", NULL, created_us, visits, missed);

    worse->spent_cents = better->spent_cents = g_rand_int_range (rand, 0, 100000);
    switch (i % 4) {
    case 0: better->created_us -= AVA_USEC_PER_DAY; break;
    case 1: better->no_shows = 0; worse->no_shows = missed + 1; break;
    case 2: better->spent_cents += 100; break;
    default: better->provider_id = g_strdup ("prov-ortiz");
    }
    ranks = ava_waitlist_rank (entries, &slot, spa, now_us);
    g_assert_cmpuint (ranks->len, ==, 2);
    g_assert_true (((AvaWaitlistRank *) ranks->pdata[0])->entry == better);
  }
}

static AvaCustomerPackage *
add_package (GPtrArray  *packages,
             const char *id,
             const char *sold,
             const char *used,
             gint64      sold_us,
             gint64      expires_us)
{
  AvaCustomerPackage *package = ava_customer_package_new ();

  package->id = g_strdup (id);
  package->service_ids = g_strsplit (sold, " ", -1);
  package->used_ids = g_strsplit (used, " ", -1);
  package->sold_us = sold_us;
  package->expires_us = expires_us;
  g_ptr_array_add (packages, package);
  return package;
}

static void
package_that_ends_first_is_used_first (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) packages = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now_us = at (spa->zone, "2026-11-25T10:00:00");
  gint64 end_us = at (spa->zone, "2027-01-01T00:00:00");
  AvaCustomerPackage *three = add_package (packages, "three", "svc-botox svc-botox svc-peel svc-botox", "svc-botox", now_us - 5, end_us);
  g_autofree char *words = ava_package_speak_balance (three, spa, now_us);
  g_autofree char *late = ava_package_speak_balance (three, spa, end_us);

  add_package (packages, "empty", "svc-botox", "svc-botox", now_us - 9, end_us - 9);
  add_package (packages, "expired", "svc-botox", "", now_us - 9, now_us - 1);
  add_package (packages, "for-ever", "svc-botox", "", now_us - 9, 0);
  add_package (packages, "unborn", "svc-botox", "", now_us + 9, end_us - 99);
  g_assert_cmpuint (ava_package_balance (three, "svc-botox"), ==, 2);
  g_assert_cmpuint (ava_package_balance (three, "svc-laser"), ==, 0);
  g_assert_cmpstr (ava_package_choose (packages, "svc-botox", now_us)->id, ==, "three");
  g_assert_cmpstr (ava_package_choose (packages, "svc-botox", end_us)->id, ==, "for-ever");
  g_assert_null (ava_package_choose (packages, "svc-laser", now_us));
  g_assert_cmpstr (words, ==, "2 of 3 Botox, 1 of 1 Chemical Peel, until Thursday, December 31st");
  g_assert_nonnull (strstr (late, "expired on"));
}

static void
package_ends_with_a_whole_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (AvaPackage) package = ava_package_new ();

  g_assert_cmpint (ava_package_expiry (package, at (zone, "2026-10-20T13:00:00"), zone), ==, 0);
  package->valid_days = 30;   /* the clocks go back between */
  g_assert_cmpint (ava_package_expiry (package, at (zone, "2026-10-20T13:00:00"), zone), ==, at (zone, "2026-11-20T00:00:00"));
}

static void
clock_changes_are_found_to_the_second (void)
{
  static const struct { const char *zone, *from, *day; int from_min, to_min; } cases[] = {
    { "America/New_York", "2026-11-25T12:00:00", "2027-03-14", 120, 180 },
    { "America/New_York", "2026-04-01T12:00:00", "2026-11-01", 120, 60 },
    { "America/Santiago", "2026-04-01T12:00:00", "2026-04-04", 1440, 1380 },
    { "America/Santiago", "2026-05-01T12:00:00", "2026-09-05", 1440, 1500 },
    { "Australia/Lord_Howe", "2026-05-01T12:00:00", "2026-10-04", 120, 150 },
    { "Europe/Berlin", "2026-05-01T12:00:00", "2026-10-25", 180, 120 },
  };
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  AvaClockChange change;

  g_assert_false (ava_clock_change_next (tokyo, at (tokyo, "2026-01-01T00:00:00"), &change));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
    char iso[16];

    g_assert_true (ava_clock_change_next (zone, at (zone, cases[i].from), &change));
    g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &change.day);
    g_assert_cmpstr (iso, ==, cases[i].day);
    g_assert_cmpint (change.from_min, ==, cases[i].from_min);
    g_assert_cmpint (change.to_min, ==, cases[i].to_min);
  }
}

/* What is said of each minute is what the zone does, in each year up to 2030. */
static void
each_minute_of_a_change_is_judged_as_the_zone_has_it (void)
{
  static const char *const zones[] = { "America/New_York", "Europe/Berlin", "America/Santiago", "Australia/Sydney", "Australia/Lord_Howe", "Africa/Casablanca" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
    gint64 now_us = at (zone, "2024-01-01T00:00:00");
    AvaClockChange change;

    while (ava_clock_change_next (zone, now_us, &change) && change.at_us < at (zone, "2030-12-31T00:00:00")) {
      GDate day = change.day;

      g_date_subtract_days (&day, 1);
      for (int minute = 0; minute < 4 * 1440; minute++) {
        gint64 starts_us[2];
        GDate one = day;
        AvaWallKind kind;
        guint count;

        g_date_add_days (&one, minute / 1440);
        kind = ava_clock_change_judge (&change, &one, minute % 1440);
        count = ava_wall_time_find (&one, minute % 1440, zone, starts_us);
        g_assert_cmpuint (count, ==, kind == AVA_WALL_SKIPPED ? 0 : kind == AVA_WALL_TWICE ? 2 : 1);
      }
      now_us = change.at_us + AVA_USEC_PER_DAY;
    }
  }
}

static void
hours_that_a_change_touches_are_named (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  AvaClockChange change;

  g_assert_true (ava_clock_change_next (spa->zone, at (spa->zone, "2026-11-25T12:00:00"), &change));
  none = ava_clock_change_list_hours (spa, &change);
  g_assert_cmpuint (none->len, ==, 0);   /* a Sunday, closed */
  ava_spa_add_hours (spa, "prov-ortiz", 7, 150, 600);
  notes = ava_clock_change_list_hours (spa, &change);
  g_assert_cmpuint (notes->len, ==, 2);
  g_assert_cmpstr (((AvaClockNote *) notes->pdata[0])->words, ==,
                   "Elena Ortiz begins at 2:30 AM, which does not exist that day: 3 AM is taken for it.");
  g_assert_cmpstr (((AvaClockNote *) notes->pdata[1])->words, ==, "Elena Ortiz: 2:30 AM to 10 AM lasts 420 minutes that day, not 450.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/desk-rules/" #name, name)
  TEST (notice_is_counted_on_the_clock_of_the_location);
  TEST (no_notice_asked_for_costs_nothing);
  TEST (freed_time_goes_to_who_fits_and_waits_and_comes);
  TEST (freed_time_elsewhere_is_judged_by_the_clock_there);
  TEST (each_part_of_the_rank_only_helps);
  TEST (package_that_ends_first_is_used_first);
  TEST (package_ends_with_a_whole_day);
  TEST (clock_changes_are_found_to_the_second);
  TEST (each_minute_of_a_change_is_judged_as_the_zone_has_it);
  TEST (hours_that_a_change_touches_are_named);
  return g_test_run ();
}
