/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#define PHONE "+12125550123"

static void
booking_makes_customer_appointment_journal_and_outbox (StoreFixture  *self,
                                                       gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  gint64 lines = store_fixture_count (self, "SELECT count(*) FROM journal");
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, "call-1", "key-1", slot, "Zora Quill",
                                                     PHONE, &error);
  g_autofree char *ops = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (a->customer_name, ==, "Zora Quill");
  g_assert_cmpstr (a->customer_phone, ==, PHONE);
  g_assert_cmpstr (a->provider_name, ==, "Elena Ortiz");
  g_assert_cmpstr (a->source, ==, "ava");
  g_assert_cmpstr (a->call_id, ==, "call-1");
  g_assert_cmpint (a->start_us, ==, slot->start_us);
  g_assert_cmpint (a->price_cents, ==, 36000);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal"), ==, lines + 2);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox"), ==, 1);
  ops = store_fixture_text (self, "SELECT group_concat(json_extract(value, '$.tbl') || ' '"
                                  " || json_extract(value, '$.op'))"
                                  " FROM sync_outbox, json_each(sync_outbox.ops)");
  g_assert_cmpstr (ops, ==, "customers put,appointments put");
}

static void
same_key_gives_the_first_answer_again (StoreFixture  *self,
                                       gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) other = store_fixture_slot (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = store_fixture_book (self->store, "call-1", "key-1", slot, "Zora Quill",
                                                         PHONE, &error);
  g_autoptr (AvaAppointment) again = NULL;

  g_assert_no_error (error);
  again = store_fixture_book (self->store, "call-1", "key-1", other, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, first->id);
  g_assert_cmpint (again->start_us, ==, slot->start_us);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments"
                                              " WHERE call_id = 'call-1'"), ==, 1);
}

static void
busy_provider_or_room_is_refused_and_leaves_nothing (StoreFixture  *self,
                                                     gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) same_provider = store_fixture_slot (0);
  g_autoptr (AvaSlot) same_room = store_fixture_slot (0);
  g_autoptr (AvaSlot) neither = store_fixture_slot (0);
  g_autoptr (AvaSlot) after = store_fixture_slot (0);
  AvaSlot *taken[] = { slot, same_provider, same_room };
  AvaSlot *open[] = { neither, after };
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = store_fixture_book (self->store, "call-1", NULL, slot, "Zora Quill",
                                                         PHONE, &error);

  g_assert_no_error (error);
  g_free (same_provider->room_id);
  same_provider->room_id = g_strdup ("room-2");
  same_provider->start_us += 35 * AVA_USEC_PER_MIN;   /* within the clean-up of the first */
  same_provider->busy_start_us = same_provider->start_us;
  same_provider->end_us += 35 * AVA_USEC_PER_MIN;
  same_provider->busy_end_us = same_provider->end_us;
  g_free (same_room->provider_id);
  same_room->provider_id = g_strdup ("prov-bennett");
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++) {
    g_autofree char *before = store_fixture_text (self, "SELECT (SELECT count(*) FROM journal) || ' ' ||"
                                                        " (SELECT count(*) FROM sync_outbox) || ' ' ||"
                                                        " (SELECT count(*) FROM customers)");
    g_autofree char *now = NULL;
    g_autoptr (AvaAppointment) none = store_fixture_book (self->store, "call-2", NULL, taken[i],
                                                          "Someone New", "+12125550177", &error);

    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
    g_assert_null (none);
    g_clear_error (&error);
    now = store_fixture_text (self, "SELECT (SELECT count(*) FROM journal) || ' ' ||"
                                    " (SELECT count(*) FROM sync_outbox) || ' ' ||"
                                    " (SELECT count(*) FROM customers)");
    g_assert_cmpstr (now, ==, before);
  }

  g_free (neither->provider_id);
  neither->provider_id = g_strdup ("prov-bennett");
  g_free (neither->room_id);
  neither->room_id = g_strdup ("room-2");
  after->start_us = after->busy_start_us = slot->busy_end_us;
  after->end_us = after->busy_end_us = slot->busy_end_us + 30 * AVA_USEC_PER_MIN;
  for (guint i = 0; i < G_N_ELEMENTS (open); i++) {
    g_autoptr (AvaAppointment) a = store_fixture_book (self->store, "call-2", NULL, open[i], "Someone New",
                                                       "+12125550177", &error);

    g_assert_no_error (error);
  }
}

static void
known_caller_is_found_by_phone_and_name_in_any_case (StoreFixture  *self,
                                                     gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (1);
  g_autoptr (AvaSlot) last = store_fixture_slot (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) one = store_fixture_book (self->store, "c1", NULL, slot, "Zoé Quill", PHONE,
                                                       &error);
  g_autoptr (AvaAppointment) two = store_fixture_book (self->store, "c2", NULL, later, " zoe QUILL", PHONE,
                                                       &error);
  g_autoptr (AvaAppointment) other = store_fixture_book (self->store, "c3", NULL, last, "Max Quill", PHONE,
                                                         &error);

  g_assert_no_error (error);
  g_assert_cmpstr (one->customer_id, ==, two->customer_id);
  g_assert_cmpstr (one->customer_id, !=, other->customer_id);
}

static void
expect_invalid (StoreFixture  *self,
                const AvaSlot *slot,
                const char    *name,
                const char    *phone,
                const char    *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) none = store_fixture_book (self->store, "c1", NULL, slot, name, phone, &error);

  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
}

static void
bad_bookings_are_refused_with_the_name_of_the_field (StoreFixture  *self,
                                                     gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) backwards = store_fixture_slot (0);
  g_autoptr (AvaSlot) unknown = store_fixture_slot (0);

  backwards->end_us = backwards->start_us;
  g_free (unknown->service_id);
  unknown->service_id = g_strdup ("svc-none");
  expect_invalid (self, slot, "", PHONE, "name");
  expect_invalid (self, slot, "  ", PHONE, "name");
  expect_invalid (self, slot, "Zora Quill", NULL, "phone");
  expect_invalid (self, slot, "Zora Quill", "212 555 0123", "phone");
  expect_invalid (self, backwards, "Zora Quill", PHONE, "end time");
  expect_invalid (self, unknown, "Zora Quill", PHONE, "service");
  expect_invalid (self, NULL, "Zora Quill", PHONE, "time");
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox"), ==, 0);
}

static void
hold_keeps_others_out_until_it_lapses (StoreFixture  *self,
                                       gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) late = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hold = store_fixture_hold (self->store, "call-1", slot,
                                              FIXTURE_NOW_US + 5 * AVA_USEC_PER_MIN, &error);

  g_assert_no_error (error);
  g_assert_nonnull (hold);
  none = store_fixture_book (self->store, "call-2", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 6 * AVA_USEC_PER_MIN);
  late = store_fixture_book (self->store, "call-2", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
}

static void
own_hold_is_booked_and_released (StoreFixture  *self,
                                 gconstpointer  data)
{
  gint64 expires_us = FIXTURE_NOW_US + 5 * AVA_USEC_PER_MIN;
  g_autoptr (AvaSlot) first = store_fixture_slot (0);
  g_autoptr (AvaSlot) second = store_fixture_slot (1);
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = store_fixture_hold (self->store, "call-1", first, expires_us, &error);
  g_autofree char *two = store_fixture_hold (self->store, "call-1", second, expires_us, &error);
  g_autofree char *held = store_fixture_text (self, "SELECT group_concat(id) FROM holds");

  g_assert_no_error (error);
  g_assert_cmpstr (held, ==, two);
  a = store_fixture_book (self->store, "call-1", NULL, second, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM holds"), ==, 0);
}

static GPtrArray *
list_busy (StoreFixture *self,
           const char   *except_call_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *busy;

  ava_store_busy_async (self->store, FIXTURE_NOW_US + 90 * 60 * AVA_USEC_PER_MIN,
                        FIXTURE_NOW_US + 130 * 60 * AVA_USEC_PER_MIN, except_call_id, NULL,
                        test_result_cb, &result);
  busy = ava_store_busy_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return busy;
}

static void
busy_lists_appointments_and_holds_of_others (StoreFixture  *self,
                                             gconstpointer  data)
{
  g_autoptr (AvaSlot) first = store_fixture_slot (0);
  g_autoptr (AvaSlot) second = store_fixture_slot (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, "call-1", NULL, first, "Zora Quill",
                                                     PHONE, &error);
  g_autofree char *hold = store_fixture_hold (self->store, "call-2", second,
                                              FIXTURE_NOW_US + 5 * AVA_USEC_PER_MIN, &error);
  g_autoptr (GPtrArray) all = list_busy (self, NULL);
  g_autoptr (GPtrArray) own = list_busy (self, "call-2");

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((AvaBusy *) all->pdata[0])->id, ==, a->id);
  g_assert_false (((AvaBusy *) all->pdata[0])->is_hold);
  g_assert_cmpint (((AvaBusy *) all->pdata[0])->end_us, ==, first->busy_end_us);
  g_assert_cmpstr (((AvaBusy *) all->pdata[1])->id, ==, hold);
  g_assert_true (((AvaBusy *) all->pdata[1])->is_hold);
  g_assert_cmpuint (own->len, ==, 1);
}

static AvaAppointment *
set_status (StoreFixture          *self,
            const char            *id,
            AvaAppointmentStatus   status,
            GError               **error)
{
  const AvaActor actor = { .who = "staff:test" };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_set_status_async (self->store, &actor, id, status, NULL, test_result_cb, &result);
  return ava_store_set_status_finish (self->store, test_result_wait (&result), error);
}

static void
cancelled_time_is_free_and_cannot_be_revived_once_taken (StoreFixture  *self,
                                                         gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE,
                                                         &error);
  g_autoptr (AvaAppointment) cancelled = set_status (self, first->id, AVA_APPOINTMENT_CANCELLED, &error);
  g_autoptr (AvaAppointment) second = store_fixture_book (self->store, "c2", NULL, slot, "Max Quill", PHONE,
                                                          &error);
  g_autoptr (AvaAppointment) none = NULL;
  g_autofree char *journal = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (cancelled->status, ==, AVA_APPOINTMENT_CANCELLED);
  g_assert_cmpint (cancelled->version, ==, first->version + 1);
  none = set_status (self, first->id, AVA_APPOINTMENT_CONFIRMED, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  journal = store_fixture_text (self, "SELECT json_extract(before, '$.status') || ' ' ||"
                                      " json_extract(after, '$.status') || ' ' || who FROM journal"
                                      " WHERE what = 'appointment-cancelled'");
  g_assert_cmpstr (journal, ==, "scheduled cancelled staff:test");
}

static AvaAppointment *
move_to (StoreFixture   *self,
         const char     *id,
         const char     *key,
         const AvaSlot  *slot,
         GError        **error)
{
  const AvaActor actor = { .who = "ava", .call_id = "call-9", .key = key };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_move_async (self->store, &actor, id, slot, NULL, test_result_cb, &result);
  return ava_store_move_finish (self->store, test_result_wait (&result), error);
}

static void
move_frees_the_old_time_and_may_overlap_itself (StoreFixture  *self,
                                                gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) little_later = store_fixture_slot (0);
  g_autoptr (AvaSlot) taken = store_fixture_slot (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_autoptr (AvaAppointment) b = store_fixture_book (self->store, "c2", NULL, taken, "Max Quill", PHONE, &error);
  g_autoptr (AvaAppointment) moved = NULL;
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) missing = NULL;
  g_autofree char *fields = NULL;

  little_later->start_us += 15 * AVA_USEC_PER_MIN;
  little_later->busy_start_us = little_later->start_us;
  little_later->end_us += 15 * AVA_USEC_PER_MIN;
  little_later->busy_end_us += 15 * AVA_USEC_PER_MIN;
  moved = move_to (self, a->id, "m1", little_later, &error);
  g_assert_no_error (error);
  g_assert_cmpint (moved->start_us, ==, little_later->start_us);
  fields = store_fixture_text (self, "SELECT json_extract(ops, '$[0].op') || ' ' ||"
                                     " (SELECT group_concat(key) FROM json_each(ops, '$[0].fields'))"
                                     " FROM sync_outbox ORDER BY seq DESC LIMIT 1");
  g_assert_cmpstr (fields, ==, "patch start_us,end_us,busy_start_us,busy_end_us");
  none = move_to (self, a->id, "m2", taken, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  missing = move_to (self, "nothing", "m3", slot, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND);
}

static AvaAppointment *
book_known (StoreFixture        *self,
            const AvaActor      *actor,
            const char          *customer_id,
            const AvaSlot       *slot,
            GError             **error)
{
  AvaBooking booking = { .slot = slot, .customer_id = customer_id };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_book_async (self->store, actor, &booking, NULL, test_result_cb, &result);
  return ava_store_book_finish (self->store, test_result_wait (&result), error);
}

static void
safety_gate_holds_for_ava_staff_and_import_alike (StoreFixture  *self,
                                                  gconstpointer  data)
{
  const AvaActor refused[] = {
    { .who = "ava", .call_id = "c1" }, { .who = "import" }, { .who = "staff:amy", .role = AVA_STAFF_ROLE_FRONT_DESK, .override_reason = "she insists" },
    { .who = "staff:max", .role = AVA_STAFF_ROLE_MANAGER, .override_reason = "she insists", .goes_on = TRUE },
    { .who = "staff:dr", .role = AVA_STAFF_ROLE_MEDICAL_DIRECTOR },
  };
  const AvaActor director = { .who = "staff:dr", .role = AVA_STAFF_ROLE_MEDICAL_DIRECTOR, .override_reason = "examined today" };
  g_autofree char *id = store_fixture_text (self, "SELECT id FROM customers WHERE pregnant = 1 ORDER BY id LIMIT 1");
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaAppointment) made = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL) {
    g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (ava_sqlite_exec (db, "UPDATE customers SET pregnant = 1 WHERE rid = 1", &error));
    id = store_fixture_text (self, "SELECT id FROM customers WHERE rid = 1");
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (AvaAppointment) none = book_known (self, &refused[i], id, slot, &error);

    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE);
    g_assert_cmpstr (error->message, ==, "We do not offer injectables during pregnancy.");
    g_assert_null (none);
    g_clear_error (&error);
  }
  made = book_known (self, &director, id, slot, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->override_reason, ==, "examined today");
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what = 'appointment-booked' AND"
                                              " json_extract(after, '$.override_role') = 'medical-director'"), ==, 1);
}

static void
customer_in_two_places_needs_somebody_who_goes_on (StoreFixture  *self,
                                                   gconstpointer  data)
{
  AvaActor actor = { .who = "staff:amy", .role = AVA_STAFF_ROLE_FRONT_DESK };
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) other = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) second = NULL;

  g_free (other->provider_id);
  other->provider_id = g_strdup ("prov-bennett");
  g_free (other->room_id);
  other->room_id = g_strdup ("room-2");
  none = book_known (self, &actor, first->customer_id, other, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_WARNING);
  g_assert_nonnull (strstr (error->message, "Botox with Elena Ortiz"));
  g_clear_error (&error);
  actor.goes_on = TRUE;
  second = book_known (self, &actor, first->customer_id, other, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
}

static void
manager_may_double_book_a_provider_but_never_a_room (StoreFixture  *self,
                                                     gconstpointer  data)
{
  AvaActor actor = { .who = "staff:max", .role = AVA_STAFF_ROLE_FRONT_DESK, .override_reason = "quick check" };
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) other = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_autoptr (AvaAppointment) later = NULL;
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) made = NULL;
  g_autoptr (AvaSlot) evening = store_fixture_slot (3);

  later = store_fixture_book (self->store, "c2", NULL, evening, "Max Quill", PHONE, &error);
  g_assert_no_error (error);
  g_free (other->room_id);
  other->room_id = g_strdup ("room-2");
  none = book_known (self, &actor, later->customer_id, other, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  actor.role = AVA_STAFF_ROLE_MANAGER;
  none = book_known (self, &actor, later->customer_id, slot, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  made = book_known (self, &actor, later->customer_id, other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->override_role, ==, "manager");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/booking/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (booking_makes_customer_appointment_journal_and_outbox);
  TEST (same_key_gives_the_first_answer_again);
  TEST (busy_provider_or_room_is_refused_and_leaves_nothing);
  TEST (known_caller_is_found_by_phone_and_name_in_any_case);
  TEST (bad_bookings_are_refused_with_the_name_of_the_field);
  TEST (hold_keeps_others_out_until_it_lapses);
  TEST (own_hold_is_booked_and_released);
  TEST (busy_lists_appointments_and_holds_of_others);
  TEST (cancelled_time_is_free_and_cannot_be_revived_once_taken);
  TEST (move_frees_the_old_time_and_may_overlap_itself);
  TEST (safety_gate_holds_for_ava_staff_and_import_alike);
  TEST (customer_in_two_places_needs_somebody_who_goes_on);
  TEST (manager_may_double_book_a_provider_but_never_a_room);
  return g_test_run ();
}
