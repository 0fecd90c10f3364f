/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-book-phrase.h"
#include "ava-day-flow.h"
#include "ava-move-phrase.h"
#include "ava-override.h"
#include "ava-rebook.h"
#include "ava-wall-time.h"

/* What a receptionist types and sees at the desk, on the demo spa. */

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)
#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */

static AvaSpa *spa;

static gint64
at (int year,
    int month,
    int day,
    int hour,
    int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new (spa->zone, year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* --- booking --- */

static void
assert_reading (const char *text,
                const char *customer,
                const char *service_id,
                const char *provider_id)
{
  g_autoptr (AvaBookPhrase) phrase = ava_book_phrase_read (spa, text);
  AvaBookReading *best = phrase->readings->pdata[0];

  g_assert_cmpstr (best->customer, ==, customer);
  g_assert_cmpstr (best->service_id, ==, service_id);
  g_assert_cmpstr (best->provider_id, ==, provider_id);
}

static void
fragments_are_shared_out_in_any_order (void)
{
  assert_reading ("sm jo bot", "sm jo", "svc-botox", NULL);
  assert_reading ("bot sm jo", "sm jo", "svc-botox", NULL);
  assert_reading ("sm b", "sm", "svc-botox", NULL);
  assert_reading ("sm jo bot elena", "sm jo", "svc-botox", "prov-ortiz");
  assert_reading ("SM Jo BOT", "sm jo", "svc-botox", NULL);
  assert_reading ("smith signature facial", "smith", "svc-facial", NULL);
  assert_reading ("0142 fil", "0142", "svc-filler", NULL);
  assert_reading ("(212) 555-0142 fil", "212 5550142", "svc-filler", NULL);
  assert_reading ("Núñez péel", "nunez", "svc-peel", NULL);
  assert_reading ("smith", "smith", NULL, NULL);
  assert_reading ("", "", NULL, NULL);
}

static void
other_readings_are_kept (void)
{
  g_autoptr (AvaBookPhrase) phrase = ava_book_phrase_read (spa, "grace park fac");
  gboolean as_client = FALSE;
  gboolean as_provider = FALSE;

  for (guint i = 0; i < phrase->readings->len; i++) {
    AvaBookReading *reading = phrase->readings->pdata[i];

    as_client |= g_str_equal (reading->customer, "grace park") && g_strcmp0 (reading->service_id, "svc-facial") == 0;
    as_provider |= *reading->customer == '\0' && g_strcmp0 (reading->provider_id, "prov-park") == 0;
  }
  g_assert_true (as_client);
  g_assert_true (as_provider);
}

static void
services_of_one_name_are_all_offered (void)
{
  g_autoptr (AvaBookPhrase) phrase = ava_book_phrase_read (spa, "smith laser");
  guint lasers = 0;

  for (guint i = 0; i < phrase->readings->len; i++) {
    AvaBookReading *reading = phrase->readings->pdata[i];

    lasers += g_str_equal (reading->customer, "smith") &&
              (g_strcmp0 (reading->service_id, "svc-laser") == 0 || g_strcmp0 (reading->service_id, "svc-resurfacing") == 0);
  }
  g_assert_cmpint (lasers, ==, 2);
}

static void
assert_new (const char *text,
            const char *name,
            const char *phone,
            const char *service_id)
{
  g_autoptr (AvaBookPhrase) phrase = ava_book_phrase_read (spa, text);
  AvaBookReading *best = phrase->readings->pdata[0];

  g_assert_true (phrase->is_new);
  g_assert_cmpstr (best->customer, ==, name);
  g_assert_cmpstr (phrase->phone, ==, phone);
  g_assert_cmpstr (best->service_id, ==, service_id);
}

static void
new_client_has_name_phone_and_service (void)
{
  assert_new ("new: Jane Roe 555 0142 bot", "Jane Roe", "+12125550142", "svc-botox");
  assert_new ("new: Jane Roe (718) 555-0142 bot", "Jane Roe", "+17185550142", "svc-botox");
  assert_new ("new Jane Roe +44 20 7946 0958", "Jane Roe", "+442079460958", NULL);
  assert_new ("+ Bo Laser 7185550142 laser", "Bo Laser", "+17185550142", "svc-laser");
  assert_new ("new: Jane Roe 555", "Jane Roe", NULL, NULL);
  assert_new ("new:", "", NULL, NULL);
}

static AvaCustomer *
make_customer (const char *name,
               const char *phone,
               guint       visits,
               gint64      last_visit_us)
{
  AvaCustomer *customer = ava_customer_new ();

  customer->id = g_strdup (name);
  customer->name = g_strdup (name);
  customer->phone = g_strdup (phone);
  customer->visits = visits;
  customer->last_visit_us = last_visit_us;
  return customer;
}

static void
customers_are_rated_by_the_beginnings_of_their_words (void)
{
  g_autoptr (AvaCustomer) smith = make_customer ("John Smith", "+12125550142", 0, 0);
  g_autoptr (AvaCustomer) regular = make_customer ("Joan Smithers", "+12125550143", 9, NOW_US - DAY_US);
  g_autoptr (AvaCustomer) nunez = make_customer ("José Núñez", "+12125550144", 0, 0);

  g_assert_cmpfloat (ava_book_phrase_rate ("sm jo", smith, NOW_US), >, 0.6);
  g_assert_cmpfloat (ava_book_phrase_rate ("sm jo", regular, NOW_US), >, ava_book_phrase_rate ("sm jo", smith, NOW_US));
  g_assert_cmpfloat (ava_book_phrase_rate ("john smith", smith, NOW_US), ==, 1);
  g_assert_cmpfloat (ava_book_phrase_rate ("jose nunez", nunez, NOW_US), ==, 1);
  g_assert_cmpfloat (ava_book_phrase_rate ("0142", smith, NOW_US), ==, 1);
  g_assert_cmpfloat (ava_book_phrase_rate ("0142", nunez, NOW_US), ==, 0);
  g_assert_cmpfloat (ava_book_phrase_rate ("sm ka", smith, NOW_US), ==, 0);
  /* Each fragment needs a word of its own. */
  g_assert_cmpfloat (ava_book_phrase_rate ("jo jo", smith, NOW_US), <, 0.6);
}

static void
odd_text_is_read_without_harm (void)
{
  g_autofree char *long_word = g_strnfill (10000, 'b');
  const char *odd[] = { long_word, "\xff\xfe", "b b b b b b b b b b b b", "'; DROP TABLE x; --", "😀", "new: \xff 1", "la la la la la la la la" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autoptr (AvaBookPhrase) phrase = ava_book_phrase_read (spa, odd[i]);

    g_assert_cmpint (phrase->readings->len, >, 0);
    g_assert_cmpint (phrase->readings->len, <=, 12);
  }
}

/* --- moving --- */

static AvaMovePhrase *
move (const char *text)
{
  return ava_move_phrase_read (spa, text, "prov-ortiz", at (2026, 11, 25, 11, 0), NOW_US);
}

static void
assert_start (const char *text,
              gint64      start_us)
{
  g_autoptr (AvaMovePhrase) phrase = move (text);

  g_assert_cmpstr (phrase->question, ==, NULL);
  g_assert_cmpstr (phrase->problem, ==, NULL);
  g_assert_cmpint (phrase->starts->len, ==, 1);
  g_assert_cmpint (g_array_index (phrase->starts, gint64, 0), ==, start_us);
}

static void
what_is_not_said_stays_as_it_is (void)
{
  assert_start ("fri 3", at (2026, 11, 27, 15, 0));
  assert_start ("fri", at (2026, 11, 27, 11, 0));
  assert_start ("2:30 pm", at (2026, 11, 25, 14, 30));
  assert_start ("dec 4 10", at (2026, 12, 4, 10, 0));
  assert_start ("+30m", at (2026, 11, 25, 11, 30));
  assert_start ("+30", at (2026, 11, 25, 11, 30));
  assert_start ("-15", at (2026, 11, 25, 10, 45));
  assert_start ("+1h", at (2026, 11, 25, 12, 0));
  assert_start ("+1w", at (2026, 12, 2, 11, 0));
  assert_start ("+2d", at (2026, 11, 27, 11, 0));
}

static void
ambiguity_is_asked (void)
{
  g_autoptr (AvaMovePhrase) day = move ("tue");
  g_autoptr (AvaMovePhrase) nothing = move ("blah");
  g_autoptr (AvaMovePhrase) never = move ("feb 30");

  g_assert_nonnull (day->question);
  g_assert_cmpint (day->starts->len, ==, 2);
  g_assert_cmpint (g_array_index (day->starts, gint64, 1) - g_array_index (day->starts, gint64, 0), ==, 7 * DAY_US);
  g_assert_nonnull (nothing->problem);
  g_assert_nonnull (never->problem);
  g_assert_cmpint (never->starts->len, ==, 0);
}

static void
hour_is_the_one_that_is_worked (void)
{
  g_autoptr (AvaMovePhrase) phrase = move ("fri 9");

  /* Elena Ortiz works from 9 to 18 on Fridays. */
  g_assert_cmpstr (phrase->assumption, ==, "9:00, not 21:00");
  g_assert_cmpint (g_array_index (phrase->starts, gint64, 0), ==, at (2026, 11, 27, 9, 0));
}

static void
span_is_searched (void)
{
  g_autoptr (AvaMovePhrase) phrase = move ("fri afternoon");

  g_assert_true (phrase->is_span);
  g_assert_cmpint (phrase->starts->len, ==, 0);
  g_assert_cmpint (phrase->from_us, ==, at (2026, 11, 27, 0, 0));
  g_assert_cmpint (phrase->from_min, ==, 12 * 60);
}

/* The clocks go forward on March 14, 2027, and back on November 7. */
static void
clock_changes_are_told (void)
{
  g_autoptr (AvaMovePhrase) skipped = ava_move_phrase_read (spa, "march 14 2027 2:30 am", NULL, NOW_US, NOW_US);
  g_autoptr (AvaMovePhrase) week = ava_move_phrase_read (spa, "+1w", NULL, at (2027, 3, 10, 11, 0), at (2027, 3, 10, 9, 0));

  g_assert_cmpint (skipped->starts->len, ==, 0);
  g_assert_nonnull (skipped->problem);
  /* Eleven stays eleven. */
  g_assert_cmpint (g_array_index (week->starts, gint64, 0), ==, at (2027, 3, 17, 11, 0));
}

/* --- overrides --- */

static AvaSlot *
force (const char *provider_id,
       gint64      start_us,
       GPtrArray  *busy,
       GPtrArray **reasons)
{
  const AvaSlotQuery query = { .service_id = "svc-botox", .provider_id = provider_id, .now_us = NOW_US };

  return ava_override_slot (spa, busy, &query, start_us, reasons);
}

static AvaBusy *
make_busy (const char *provider_id,
           const char *room_id,
           gint64      start_us)
{
  AvaBusy *busy = ava_busy_new ();

  busy->id = g_strdup_printf ("%s %s", provider_id, room_id);
  busy->provider_id = g_strdup (provider_id);
  busy->room_id = g_strdup (room_id);
  busy->service_id = g_strdup ("svc-botox");
  busy->start_us = start_us;
  busy->session_us = start_us;
  busy->end_us = start_us + HOUR_US;
  return busy;
}

static void
hours_only_warn_and_double_booking_needs_a_manager (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) soft = NULL;
  g_autoptr (GPtrArray) hard = NULL;
  g_autoptr (AvaSlot) early = force ("prov-ortiz", at (2026, 11, 25, 7, 0), none, &soft);
  g_autoptr (AvaSlot) second = NULL;

  g_assert_nonnull (early);
  g_assert_cmpint (soft->len, >, 0);
  g_assert_true (ava_override_allows (soft, AVA_STAFF_ROLE_FRONT_DESK, NULL, TRUE));
  g_assert_false (ava_override_allows (soft, AVA_STAFF_ROLE_FRONT_DESK, NULL, FALSE));
  g_assert_false (ava_override_allows (soft, AVA_STAFF_ROLE_NONE, "reason", TRUE));

  g_ptr_array_add (busy, make_busy ("prov-ortiz", "room-1", at (2026, 11, 25, 11, 0)));
  second = force ("prov-ortiz", at (2026, 11, 25, 11, 0), busy, &hard);
  g_assert_nonnull (second);
  g_assert_cmpstr (second->room_id, ==, "room-2");
  g_assert_false (ava_override_allows (hard, AVA_STAFF_ROLE_FRONT_DESK, "reason", TRUE));
  g_assert_false (ava_override_allows (hard, AVA_STAFF_ROLE_MANAGER, " ", TRUE));
  g_assert_true (ava_override_allows (hard, AVA_STAFF_ROLE_MANAGER, "twins", FALSE));
}

static void
rooms_and_licences_give_way_to_nobody (void)
{
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) full = NULL;
  g_autoptr (GPtrArray) unable = NULL;
  g_autoptr (AvaSlot) nowhere = NULL;
  g_autoptr (AvaSlot) nobody = NULL;

  g_ptr_array_add (busy, make_busy ("prov-bennett", "room-1", at (2026, 11, 25, 11, 0)));
  g_ptr_array_add (busy, make_busy ("prov-park", "room-2", at (2026, 11, 25, 11, 0)));
  nowhere = force ("prov-ortiz", at (2026, 11, 25, 11, 0), busy, &full);
  g_assert_null (nowhere);
  g_assert_false (ava_override_allows (full, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, "reason", TRUE));
  nobody = force ("prov-park", at (2026, 11, 25, 14, 0), busy, &unable);
  g_assert_false (ava_override_allows (unable, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, "reason", TRUE));
}

/* Whoever left still has the services, so that saying they do not do them would be wrong. */
static void
who_left_is_said_to_have_left (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  AvaProvider *ortiz = ava_spa_find_provider (spa, "prov-ortiz");

  ortiz->archived = TRUE;
  slot = force ("prov-ortiz", at (2026, 11, 25, 11, 0), none, &reasons);
  ortiz->archived = FALSE;
  g_assert_cmpuint (reasons->len, ==, 1);
  g_assert_cmpint (((AvaReason *) reasons->pdata[0])->block, ==, AVA_BLOCKED_NO_PROVIDER);
  g_assert_cmpstr (((AvaReason *) reasons->pdata[0])->words, ==, "Elena Ortiz no longer works here.");
}

/* --- rebooking and the day's flow --- */

static void
next_visit_follows_the_habit_but_not_the_rules_least (void)
{
  const gint64 visits_us[] = { NOW_US, NOW_US - 84 * DAY_US, NOW_US - 170 * DAY_US, NOW_US - 250 * DAY_US };
  gboolean is_own;

  g_assert_cmpint (ava_rebook_days (spa, "svc-botox", visits_us, G_N_ELEMENTS (visits_us), &is_own), ==, 84);
  g_assert_true (is_own);
  g_assert_cmpint (ava_rebook_days (spa, "svc-botox", visits_us, 1, &is_own), ==, 28);
  g_assert_false (is_own);
  ava_spa_find_service (spa, "svc-botox")->next_visit_days = 91;
  g_assert_cmpint (ava_rebook_days (spa, "svc-botox", visits_us, 1, &is_own), ==, 91);
  g_assert_false (is_own);
  g_assert_cmpint (ava_rebook_days (spa, "svc-botox", visits_us, G_N_ELEMENTS (visits_us), &is_own), ==, 84);
  ava_spa_find_service (spa, "svc-botox")->next_visit_days = 0;
}

static AvaAppointment *
make_guest (const char           *id,
            AvaAppointmentStatus  status,
            gint64                start_us)
{
  AvaAppointment *one = ava_appointment_new ();

  one->id = g_strdup (id);
  one->status = status;
  one->start_us = start_us;
  one->end_us = start_us + HOUR_US / 2;
  one->arrived_us = status >= AVA_APPOINTMENT_ARRIVED ? start_us - 5 * MINUTE_US : 0;
  one->in_room_us = status >= AVA_APPOINTMENT_IN_ROOM ? start_us : 0;
  return one;
}

static void
flow_puts_the_late_and_the_waiting_in_front (void)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) flow = NULL;
  g_autoptr (GString) order = g_string_new (NULL);

  g_ptr_array_add (all, make_guest ("next", AVA_APPOINTMENT_SCHEDULED, NOW_US + 30 * MINUTE_US));
  g_ptr_array_add (all, make_guest ("later", AVA_APPOINTMENT_CONFIRMED, NOW_US + 60 * MINUTE_US));
  g_ptr_array_add (all, make_guest ("evening", AVA_APPOINTMENT_SCHEDULED, NOW_US + 8 * HOUR_US));
  g_ptr_array_add (all, make_guest ("done", AVA_APPOINTMENT_DONE, NOW_US - HOUR_US));
  g_ptr_array_add (all, make_guest ("room", AVA_APPOINTMENT_IN_ROOM, NOW_US - 10 * MINUTE_US));
  g_ptr_array_add (all, make_guest ("waits", AVA_APPOINTMENT_ARRIVED, NOW_US));
  g_ptr_array_add (all, make_guest ("waits-long", AVA_APPOINTMENT_ARRIVED, NOW_US - 20 * MINUTE_US));
  g_ptr_array_add (all, make_guest ("late", AVA_APPOINTMENT_CONFIRMED, NOW_US - 10 * MINUTE_US));
  g_ptr_array_add (all, make_guest ("just", AVA_APPOINTMENT_CONFIRMED, NOW_US - MINUTE_US));
  flow = ava_day_flow_arrange (all, NOW_US, 2);
  for (guint i = 0; i < flow->len; i++)
    g_string_append_printf (order, "%s ", ((AvaAppointment *) flow->pdata[i])->id);
  g_assert_cmpstr (order->str, ==, "late waits-long waits room just next ");
}

#define ADD(name) g_test_add_func ("/rules/desk-phrases/" #name, name)

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  ADD (fragments_are_shared_out_in_any_order);
  ADD (other_readings_are_kept);
  ADD (services_of_one_name_are_all_offered);
  ADD (new_client_has_name_phone_and_service);
  ADD (customers_are_rated_by_the_beginnings_of_their_words);
  ADD (odd_text_is_read_without_harm);
  ADD (what_is_not_said_stays_as_it_is);
  ADD (ambiguity_is_asked);
  ADD (hour_is_the_one_that_is_worked);
  ADD (span_is_searched);
  ADD (clock_changes_are_told);
  ADD (hours_only_warn_and_double_booking_needs_a_manager);
  ADD (rooms_and_licences_give_way_to_nobody);
  ADD (who_left_is_said_to_have_left);
  ADD (next_visit_follows_the_habit_but_not_the_rules_least);
  ADD (flow_puts_the_late_and_the_waiting_in_front);
  return g_test_run ();
}
