/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

#define PHONE "+12125550123"
#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

static const AvaActor desk = { .who = "staff:desk", .why = "test" };

/* All that the book is, but for what only ever grows. */
#define BOOK \
  "SELECT group_concat(line, char(10)) FROM (SELECT 'a ' || json_array(id, customer_id, service_id," \
  " provider_id, room_id, start_us, end_us, busy_start_us, busy_end_us, price_cents, status, notes," \
  " arrived_us, in_room_us, done_us, cancel_reason, created_us) AS line FROM appointments" \
  " UNION ALL SELECT 'c ' || json_array(rid, id, name, search, phone, email, notes, created_us)" \
  " FROM customers ORDER BY 1)"

static AvaChange *
undo (AvaStore  *store,
      gint64     batch,
      GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_undo_async (store, &desk, batch, NULL, test_result_cb, &result);
  return ava_store_undo_finish (store, test_result_wait (&result), error);
}

static AvaChange *
redo (AvaStore  *store,
      GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_redo_async (store, &desk, NULL, test_result_cb, &result);
  return ava_store_redo_finish (store, test_result_wait (&result), error);
}

static AvaAppointment *
book (AvaStore       *store,
      const AvaSlot  *slot,
      const char     *name,
      GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  AvaBooking booking = { .slot = slot, .customer_name = name, .phone = PHONE, .price_cents = 100 };

  ava_store_book_async (store, &desk, &booking, NULL, test_result_cb, &result);
  return ava_store_book_finish (store, test_result_wait (&result), error);
}

static AvaAppointment *
set_status (AvaStore              *store,
            const char            *id,
            AvaAppointmentStatus   status,
            GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_set_status_async (store, &desk, id, status, NULL, test_result_cb, &result);
  return ava_store_set_status_finish (store, test_result_wait (&result), error);
}

static AvaAppointment *
move (AvaStore       *store,
      const char     *id,
      const AvaSlot  *slot,
      GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_move_async (store, &desk, id, slot, NULL, test_result_cb, &result);
  return ava_store_move_finish (store, test_result_wait (&result), error);
}

static AvaAppointment *
resize (AvaStore    *store,
        const char  *id,
        gint64       end_us,
        GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_resize_async (store, &desk, id, end_us, NULL, test_result_cb, &result);
  return ava_store_resize_finish (store, test_result_wait (&result), error);
}

static char *
describe_span (AvaStore *store,
               gint64    at_us)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  if (at_us == 0) {
    ava_store_list_appointments_async (store, FIXTURE_NOW_US, FIXTURE_NOW_US + 2 * AVA_USEC_PER_DAY, FALSE,
                                       NULL, test_result_cb, &result);
    found = ava_store_list_appointments_finish (store, test_result_wait (&result), &error);
  } else {
    ava_store_book_at_async (store, FIXTURE_NOW_US, FIXTURE_NOW_US + 2 * AVA_USEC_PER_DAY, at_us, NULL,
                             test_result_cb, &result);
    found = ava_store_book_at_finish (store, test_result_wait (&result), &error);
  }
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++) {
    AvaAppointment *a = found->pdata[i];

    g_string_append_printf (text, "%s %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %"
                            G_GINT64_FORMAT "\n", a->id, a->customer_name, a->service_name, a->provider_name,
                            a->room_name, a->start_us, a->end_us, a->status, a->arrived_us);
  }
  return g_string_free (text, FALSE);
}

/* --- One change at a time -------------------------------------------------------------------- */

static void
undone_booking_leaves_no_trace_in_the_book (StoreFixture  *self,
                                            gconstpointer  data)
{
  g_autofree char *before = store_fixture_text (self, BOOK);
  g_autofree char *after = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) first = book (self->store, slot, "Zora Quill", &error);
  g_autoptr (AvaAppointment) again = NULL;
  g_autoptr (AvaChange) undone = NULL;
  g_autofree char *ops = NULL;

  g_assert_no_error (error);
  undone = undo (self->store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->what, ==, "appointment-booked");
  after = store_fixture_text (self, BOOK);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what = 'undone'"), ==, 2);
  ops = store_fixture_text (self, "SELECT group_concat(json_extract(value, '$.tbl') || ' '"
                                  " || json_extract(value, '$.op')) FROM json_each((SELECT ops"
                                  " FROM sync_outbox ORDER BY seq DESC LIMIT 1))");
  g_assert_cmpstr (ops, ==, "appointments del,customers del");
  again = book (self->store, slot, "Zora Quill", &error);
  g_assert_no_error (error);
}

static void
undo_and_redo_walk_to_and_fro (StoreFixture  *self,
                               gconstpointer  data)
{
  g_autofree char *empty = store_fixture_text (self, BOOK);
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  g_autofree char *booked = store_fixture_text (self, BOOK);
  g_autoptr (AvaAppointment) b = set_status (self->store, a->id, AVA_APPOINTMENT_CONFIRMED, &error);
  g_autofree char *confirmed = store_fixture_text (self, BOOK);
  const char *expected[] = { booked, empty, booked, confirmed, booked, empty };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (AvaChange) change = i == 2 || i == 3 ? redo (self->store, &error) : undo (self->store, 0, &error);
    g_autofree char *now = store_fixture_text (self, BOOK);

    g_assert_no_error (error);
    g_assert_nonnull (change);
    g_assert_cmpstr (now, ==, expected[i]);
  }
  g_assert_null (undo (self->store, 0, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "There is nothing to undo.");
}

static void
undo_of_what_was_changed_since_is_refused (StoreFixture  *self,
                                           gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (3);
  g_autoptr (AvaSlot) latest = store_fixture_slot (5);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  g_autoptr (AvaAppointment) b = move (self->store, a->id, later, &error);
  gint64 first_move = store_fixture_count (self, "SELECT max(batch) FROM journal");
  g_autoptr (AvaAppointment) c = move (self->store, a->id, latest, &error);
  g_autofree char *before = store_fixture_text (self, BOOK);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_null (undo (self->store, first_move, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "changed again since"));
  after = store_fixture_text (self, BOOK);
  g_assert_cmpstr (after, ==, before);
}

static void
undo_of_one_field_keeps_the_others (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  g_autoptr (AvaAppointment) b = set_status (self->store, a->id, AVA_APPOINTMENT_CONFIRMED, &error);
  gint64 confirmed = store_fixture_count (self, "SELECT max(batch) FROM journal");
  g_autoptr (AvaAppointment) c = move (self->store, a->id, later, &error);
  g_autoptr (AvaChange) change = undo (self->store, confirmed, &error);
  g_autofree char *row = store_fixture_text (self, "SELECT status || ' ' || (start_us / 1000000) FROM appointments"
                                                   " ORDER BY created_us DESC LIMIT 1");
  g_autofree char *expected = g_strdup_printf ("scheduled %" G_GINT64_FORMAT, later->start_us / G_USEC_PER_SEC);

  g_assert_no_error (error);
  g_assert_nonnull (change);
  g_assert_cmpstr (row, ==, expected);
}

static void
undo_of_a_cancellation_whose_time_was_taken_is_refused (StoreFixture  *self,
                                                        gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  g_autoptr (AvaAppointment) b = set_status (self->store, a->id, AVA_APPOINTMENT_CANCELLED, &error);
  gint64 cancelled = store_fixture_count (self, "SELECT max(batch) FROM journal");
  g_autoptr (AvaAppointment) c = book (self->store, slot, "Other Person", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (b->cancel_reason, ==, "test");
  g_assert_null (undo (self->store, cancelled, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "taken meanwhile"));
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments WHERE status = 'cancelled'"
                                              " AND cancel_reason = 'test'"), ==, 1);
}

static void
undo_of_a_booking_whose_customer_is_needed_is_refused (StoreFixture  *self,
                                                       gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  gint64 first = store_fixture_count (self, "SELECT max(batch) FROM journal");
  g_autoptr (AvaAppointment) b = book (self->store, later, "Zora Quill", &error);
  g_autofree char *before = store_fixture_text (self, BOOK);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_null (undo (self->store, first, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "depends on it"));
  after = store_fixture_text (self, BOOK);
  g_assert_cmpstr (after, ==, before);
}

static void
steps_of_the_day_keep_when_they_began (StoreFixture  *self,
                                       gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = book (self->store, slot, "Zora Quill", &error);
  g_autoptr (AvaAppointment) arrived = set_status (self->store, a->id, AVA_APPOINTMENT_ARRIVED, &error);
  g_autoptr (AvaAppointment) in_room = NULL;
  g_autoptr (AvaAppointment) done = NULL;
  g_autoptr (AvaAppointment) back = NULL;

  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 7 * MINUTE_US);
  in_room = set_status (self->store, a->id, AVA_APPOINTMENT_IN_ROOM, &error);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 30 * MINUTE_US);
  done = set_status (self->store, a->id, AVA_APPOINTMENT_DONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (arrived->arrived_us, ==, FIXTURE_NOW_US);
  g_assert_cmpint (done->in_room_us, ==, FIXTURE_NOW_US + 7 * MINUTE_US);
  g_assert_cmpint (done->done_us, ==, FIXTURE_NOW_US + 37 * MINUTE_US);
  back = set_status (self->store, a->id, AVA_APPOINTMENT_ARRIVED, &error);
  g_assert_cmpint (back->arrived_us, ==, FIXTURE_NOW_US);
  g_assert_cmpint (back->in_room_us, ==, 0);
  g_assert_cmpint (back->done_us, ==, 0);
}

static void
history_tells_who_changed_what_on_whose_words (StoreFixture  *self,
                                               gconstpointer  data)
{
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (AvaTranscriptItem) item = ava_transcript_item_new ("item-1", NULL, AVA_ROLE_CALLER, "local");
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (AvaAppointment) b = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  AvaChange *change;

  call->id = g_strdup ("call-1");
  call->start_us = FIXTURE_NOW_US;
  ava_store_start_call_async (self->store, call, NULL, test_result_cb, &started);
  g_assert_true (ava_store_start_call_finish (self->store, test_result_wait (&started), &error));
  ava_transcript_item_set_text (item, "Yes, Tuesday at eleven please.", FALSE);
  ava_store_add_item_async (self->store, "call-1", item, NULL, test_result_cb, &added);
  g_assert_true (ava_store_add_item_finish (self->store, test_result_wait (&added), &error));
  a = store_fixture_book (self->store, "call-1", "key-1", slot, "Zora Quill", PHONE, &error);
  b = set_status (self->store, a->id, AVA_APPOINTMENT_CONFIRMED, &error);
  g_assert_no_error (error);

  ava_store_history_async (self->store, "appointments", a->id, NULL, test_result_cb, &result);
  history = ava_store_history_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
  change = history->pdata[0];
  g_assert_cmpstr (change->who, ==, "staff:desk");
  g_assert_cmpstr (json_object_get_string_member (change->before, "status"), ==, "scheduled");
  g_assert_cmpstr (json_object_get_string_member (change->after, "status"), ==, "confirmed");
  g_assert_null (change->quote);
  change = history->pdata[1];
  g_assert_cmpstr (change->who, ==, "ava");
  g_assert_cmpstr (change->quote, ==, "Yes, Tuesday at eleven please.");
}

/* --- Random sequences ------------------------------------------------------------------------ */

/* Something happens to the book; what is refused has changed nothing. */
static void
act (StoreFixture *self,
     GRand        *rand,
     GPtrArray    *ids)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (g_rand_int_range (rand, 0, 30));
  g_autoptr (AvaAppointment) done = NULL;
  g_autofree char *name = g_strdup_printf ("Person %c", 'A' + g_rand_int_range (rand, 0, 5));
  const char *id = ids->len > 0 ? ids->pdata[g_rand_int_range (rand, 0, ids->len)] : NULL;

  switch (id != NULL ? g_rand_int_range (rand, 0, 6) : 0) {
    case 0:
    case 1:
      done = book (self->store, slot, name, NULL);
      if (done != NULL)
        g_ptr_array_add (ids, g_strdup (done->id));
      break;
    case 2:
      done = move (self->store, id, slot, NULL);
      break;
    case 3:
      done = resize (self->store, id, slot->end_us, NULL);
      break;
    default:
      done = set_status (self->store, id, g_rand_int_range (rand, 0, AVA_APPOINTMENT_CANCELLED + 1), NULL);
  }
}

static void
doing_and_undoing_is_nothing (StoreFixture  *self,
                              gconstpointer  data)
{
  g_autofree char *first = store_fixture_text (self, BOOK);
  g_autofree char *last = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 batch = 0;

  for (int i = 0; i < 150; i++) {
    char *now = store_fixture_text (self, BOOK);
    gint64 newest;

    act (self, rand, ids);
    newest = store_fixture_count (self, "SELECT coalesce(max(batch), 0) FROM journal");
    if (newest == batch) {
      g_free (now);
      continue;
    }
    batch = newest;
    g_array_append_val (batches, batch);
    g_ptr_array_add (books, now);
  }
  g_assert_cmpuint (batches->len, >, 60);
  for (guint i = batches->len; i > 0; i--) {
    g_autoptr (GError) error = NULL;
    g_autofree char *now = NULL;
    g_autoptr (AvaChange) change = undo (self->store, i % 2 ? 0 : g_array_index (batches, gint64, i - 1), &error);

    g_assert_no_error (error);
    now = store_fixture_text (self, BOOK);
    g_assert_cmpstr (now, ==, books->pdata[i - 1]);
  }
  last = store_fixture_text (self, BOOK);
  g_assert_cmpstr (last, ==, first);
}

static void
book_at_any_minute_is_what_it_was (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func (g_free);
  const int minutes = 120;

  for (int i = 0; i < minutes; i++) {
    act (self, rand, ids);
    if (i % 10 == 9) {
      g_autoptr (AvaChange) change = undo (self->store, 0, NULL);

      g_assert_nonnull (change);
    }
    g_ptr_array_add (books, describe_span (self->store, 0));
    ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), MINUTE_US);
  }
  for (int i = 0; i < minutes; i++) {
    g_autofree char *then = describe_span (self->store, FIXTURE_NOW_US + i * MINUTE_US + MINUTE_US / 2);

    g_assert_cmpstr (then, ==, books->pdata[i]);
  }
}

static void
calls_are_listed_latest_first (StoreFixture  *self,
                               gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = G_MAXINT64;

  for (int i = 0; i < 3; i++) {
    g_autoptr (AvaCall) call = ava_call_new ();
    g_autoptr (GAsyncResult) started = NULL;
    g_autoptr (GAsyncResult) ended = NULL;

    call->id = g_strdup_printf ("call-%d", i);
    call->start_us = FIXTURE_NOW_US + i * MINUTE_US;
    ava_store_start_call_async (self->store, call, NULL, test_result_cb, &started);
    g_assert_true (ava_store_start_call_finish (self->store, test_result_wait (&started), &error));
    if (i == 2)
      break;
    call->end_us = call->start_us + MINUTE_US;
    call->outcome = g_strdup ("booked");
    ava_store_end_call_async (self->store, call, NULL, NULL, NULL, test_result_cb, &ended);
    g_assert_true (ava_store_end_call_finish (self->store, test_result_wait (&ended), &error));
  }
  ava_store_list_calls_async (self->store, 2, NULL, test_result_cb, &result);
  calls = ava_store_list_calls_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls->len, ==, 2);
  g_assert_cmpstr (((AvaCall *) calls->pdata[0])->id, ==, "call-1");
  for (guint i = 0; i < calls->len; i++) {
    AvaCall *call = calls->pdata[i];

    g_assert_cmpint (call->start_us, <=, before);
    g_assert_cmpstr (call->outcome, ==, "booked");
    before = call->start_us;
  }
}

#define TEST(name) \
  g_test_add ("/store/changes/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (undone_booking_leaves_no_trace_in_the_book);
  TEST (undo_and_redo_walk_to_and_fro);
  TEST (undo_of_what_was_changed_since_is_refused);
  TEST (undo_of_one_field_keeps_the_others);
  TEST (undo_of_a_cancellation_whose_time_was_taken_is_refused);
  TEST (undo_of_a_booking_whose_customer_is_needed_is_refused);
  TEST (steps_of_the_day_keep_when_they_began);
  TEST (history_tells_who_changed_what_on_whose_words);
  TEST (doing_and_undoing_is_nothing);
  TEST (book_at_any_minute_is_what_it_was);
  TEST (calls_are_listed_latest_first);
  return g_test_run ();
}
