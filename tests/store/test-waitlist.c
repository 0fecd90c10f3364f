/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-replay.h"
#include "store-fixture.h"

#include <string.h>

/* The waitlist, packages, deposits, fees and blocks, on a real store. */

#define PHONE "+12125550123"
#define ME { .who = "staff:amy", .role = AVA_STAFF_ROLE_FRONT_DESK }

static const AvaActor me = ME;

static void
change (StoreFixture *self,
        const char   *sql)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

  g_assert_no_error (error);
  book_replay_forget (self->dir);
  g_assert_true (ava_sqlite_exec (db, sql, &error));
}

static AvaWaitlistEntry *
join (StoreFixture  *self,
      const char    *name,
      const char    *phone,
      GError       **error)
{
  const AvaWaitlistWish wish = { .customer_name = name, .phone = phone, .service_id = "svc-botox" };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_join_waitlist_async (self->store, &me, &wish, NULL, test_result_cb, &result);
  return ava_store_join_waitlist_finish (self->store, test_result_wait (&result), error);
}

static AvaWaitlistEntry *
offer (StoreFixture   *self,
       const char     *id,
       const AvaSlot  *slot,
       GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_offer_async (self->store, &me, id, slot, ava_clock_now_us (self->clock) + 30 * AVA_USEC_PER_MIN, NULL, test_result_cb, &result);
  return ava_store_offer_finish (self->store, test_result_wait (&result), error);
}

static AvaAppointment *
accept_offer (AvaStore    *store,
              const char  *id,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_accept_offer_async (store, &me, id, NULL, test_result_cb, &result);
  return ava_store_accept_offer_finish (store, test_result_wait (&result), error);
}

static GPtrArray *
list (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  ava_store_list_waitlist_async (self->store, "svc-botox", NULL, test_result_cb, &result);
  entries = ava_store_list_waitlist_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return entries;
}

static void
offered_time_is_held_and_taken_exactly_once (StoreFixture  *self,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaWaitlistEntry) entry = join (self, "Zora Quill", PHONE, &error);
  g_autoptr (AvaWaitlistEntry) offered = NULL;
  g_autoptr (AvaAppointment) other = NULL;
  g_autoptr (AvaAppointment) first = NULL;
  g_autoptr (AvaAppointment) again = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (entry->status, ==, AVA_WAITLIST_WAITING);
  offered = offer (self, entry->id, slot, &error);
  g_assert_no_error (error);
  g_assert_cmpint (offered->status, ==, AVA_WAITLIST_OFFERED);
  g_assert_cmpint (offered->offer_start_us, ==, slot->start_us);
  other = store_fixture_book (self->store, "call-9", NULL, slot, "Max Fast", "+12125550199", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  first = accept_offer (self->store, entry->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->start_us, ==, slot->start_us);
  g_assert_cmpstr (first->customer_id, ==, entry->customer_id);
  g_assert_cmpint (first->price_cents, ==, 36000);
  again = accept_offer (self->store, entry->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, first->id);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM holds"), ==, 0);
  left = list (self);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
offer_that_ran_out_gives_the_time_back (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaWaitlistEntry) entry = join (self, "Zora Quill", PHONE, &error);
  g_autoptr (AvaWaitlistEntry) offered = offer (self, entry->id, slot, &error);
  g_autoptr (AvaAppointment) late = NULL;
  g_autoptr (AvaAppointment) other = NULL;
  g_autoptr (GPtrArray) waiting = NULL;

  g_assert_no_error (error);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 31 * AVA_USEC_PER_MIN);
  late = accept_offer (self->store, entry->id, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  other = store_fixture_book (self->store, "call-9", NULL, slot, "Max Fast", "+12125550199", &error);
  g_assert_no_error (error);
  waiting = list (self);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpint (((AvaWaitlistEntry *) waiting->pdata[0])->status, ==, AVA_WAITLIST_WAITING);
}

static void
who_asks_again_keeps_their_place (StoreFixture  *self,
                                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaWaitlistEntry) first = join (self, "Zora Quill", PHONE, &error);
  g_autoptr (AvaWaitlistEntry) again = NULL;
  g_autoptr (AvaWaitlistEntry) left = NULL;
  g_autoptr (AvaWaitlistEntry) anew = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), AVA_USEC_PER_DAY);
  again = join (self, "zora QUILL", PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, first->id);
  g_assert_cmpint (again->created_us, ==, first->created_us);
  ava_store_leave_waitlist_async (self->store, &me, first->id, FALSE, NULL, test_result_cb, &result);
  left = ava_store_leave_waitlist_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (left->status, ==, AVA_WAITLIST_LEFT);
  anew = join (self, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (anew->id, !=, first->id);
}

typedef struct {
  AvaStore *store;
  const char *id;
} Taker;

static gpointer
take (gpointer user_data)
{
  Taker *taker = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  AvaAppointment *made;

  g_main_context_push_thread_default (context);
  made = accept_offer (taker->store, taker->id, &error);
  g_main_context_pop_thread_default (context);
  g_assert_no_error (error);
  return made;
}

static void
offer_that_64_accept_at_once_is_one_appointment (StoreFixture  *self,
                                                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaWaitlistEntry) entry = join (self, "Zora Quill", PHONE, &error);
  g_autoptr (AvaWaitlistEntry) offered = offer (self, entry->id, slot, &error);
  Taker taker = { self->store, entry->id };
  GThread *threads[64];
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("taker", take, &taker);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (AvaAppointment) made = g_thread_join (threads[i]);

    if (id == NULL)
      id = g_strdup (made->id);
    g_assert_cmpstr (made->id, ==, id);
  }
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments WHERE service_id = 'svc-botox' AND source = 'staff'"
                                              " AND customer_id = (SELECT customer_id FROM waitlist)"), ==, 1);
}

static void
senseless_wishes_are_refused (StoreFixture  *self,
                              gconstpointer  data)
{
  const AvaWaitlistWish wishes[] = {
    { .customer_name = "Zora", .phone = PHONE, .service_id = "svc-none" },
    { .customer_name = "Zora", .phone = PHONE, .service_id = "svc-botox", .provider_id = "prov-none" },
    { .customer_name = "Zora", .phone = PHONE, .service_id = "svc-botox", .to_us = FIXTURE_NOW_US - 1 },
    { .customer_name = "Zora", .phone = PHONE, .service_id = "svc-botox", .from_min = 900, .to_min = 600 },
    { .customer_name = " ", .phone = PHONE, .service_id = "svc-botox" },
    { .customer_name = "Zora", .phone = "0123", .service_id = "svc-botox" },
    { .customer_id = "nobody", .service_id = "svc-botox" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (AvaWaitlistEntry) none = NULL;

    ava_store_join_waitlist_async (self->store, &me, &wishes[i], NULL, test_result_cb, &result);
    none = ava_store_join_waitlist_finish (self->store, test_result_wait (&result), &error);
    g_assert_null (none);
    g_assert_true (error->domain == AVA_STORE_ERROR);
    g_assert_cmpint (strlen (error->message), >, 15);
  }
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM waitlist"), ==, 0);
}

static AvaAppointment *
set_status (StoreFixture          *self,
            const char            *id,
            AvaAppointmentStatus   status)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaAppointment *appointment;

  ava_store_set_status_async (self->store, &me, id, status, NULL, test_result_cb, &result);
  appointment = ava_store_set_status_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return appointment;
}

static void
undo_last (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaChange) change = NULL;

  ava_store_undo_async (self->store, &me, 0, NULL, test_result_cb, &result);
  change = ava_store_undo_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
}

/* West has no room here: the waitlist asks only whether there is such a location. */
#define WEST "INSERT INTO locations (id, name, spoken_name, zone, rank) VALUES ('west', 'West', 'west', 'America/Los_Angeles', 5)"

static AvaWaitlistEntry *
move_waiting (StoreFixture  *self,
              const char    *id,
              const char    *location_id,
              GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_move_waiting_async (self->store, &me, id, location_id, NULL, test_result_cb, &result);
  return ava_store_move_waiting_finish (self->store, test_result_wait (&result), error);
}

/* Where they wait is kept, changed, sent on and taken back as the rest of the wish. */
static void
who_waits_waits_at_a_location (StoreFixture  *self,
                               gconstpointer  data)
{
  AvaWaitlistWish wish = { .customer_name = "Zora Quill", .phone = PHONE, .service_id = "svc-botox", .location_id = "west" };
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaWaitlistEntry) joined = NULL;
  g_autoptr (AvaWaitlistEntry) anywhere = NULL;
  g_autoptr (AvaWaitlistEntry) wrong = NULL;
  g_autoptr (AvaWaitlistEntry) held = NULL;
  g_autoptr (AvaWaitlistEntry) late = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autofree char *sent = NULL;
  GAsyncResult *results[2] = { NULL };

  change (self, WEST);
  ava_store_join_waitlist_async (self->store, &me, &wish, NULL, test_result_cb, &results[0]);
  joined = ava_store_join_waitlist_finish (self->store, test_result_wait (&results[0]), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (joined->location_id, ==, "west");
  g_assert_cmpstr (joined->location_name, ==, "West");
  anywhere = move_waiting (self, joined->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (anywhere->location_id);
  sent = store_fixture_text (self, "SELECT ops FROM sync_outbox ORDER BY seq DESC LIMIT 1");
  g_assert_nonnull (strstr (sent, "\"location_id\":null"));
  undo_last (self);
  waiting = list (self);
  g_assert_cmpstr (AVA_WAITLIST_ENTRY (waiting->pdata[0])->location_id, ==, "west");
  wrong = move_waiting (self, joined->id, "moon", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);
  held = offer (self, joined->id, slot, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (held->offer_room_id, ==, slot->room_id);
  late = move_waiting (self, joined->id, NULL, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  wish.location_id = "moon";
  ava_store_join_waitlist_async (self->store, &me, &wish, NULL, test_result_cb, &results[1]);
  g_assert_null (ava_store_join_waitlist_finish (self->store, test_result_wait (&results[1]), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

static guint
count_used (StoreFixture *self,
            const char   *customer_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) packages = NULL;

  ava_store_list_packages_async (self->store, customer_id, NULL, test_result_cb, &result);
  packages = ava_store_list_packages_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (packages->len, ==, 1);
  return g_strv_length (AVA_CUSTOMER_PACKAGE (packages->pdata[0])->used_ids);
}

static AvaAppointment *
book_waiting (StoreFixture   *self,
              const char     *id,
              const AvaSlot  *slot,
              GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_book_waiting_async (self->store, &me, id, slot, NULL, test_result_cb, &result);
  return ava_store_book_waiting_finish (self->store, test_result_wait (&result), error);
}

static AvaFreed *
list_freed (StoreFixture *self,
            gint64        after)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaFreed *freed;

  ava_store_list_freed_async (self->store, after, NULL, test_result_cb, &result);
  freed = ava_store_list_freed_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return freed;
}

/* What is cancelled is told once; who waits is booked there once, and waits again when that is taken back. */
static void
freed_time_is_told_once_and_goes_to_one_who_waits (StoreFixture  *self,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaAppointment) booked = store_fixture_book (self->store, NULL, NULL, slot, "Max Fast", "+12125550199", &error);
  g_autoptr (AvaWaitlistEntry) entry = join (self, "Zora Quill", PHONE, &error);
  g_autoptr (AvaFreed) before = list_freed (self, -1);
  g_autoptr (AvaAppointment) gone = NULL;
  g_autoptr (AvaAppointment) made = NULL;
  g_autoptr (AvaFreed) told = NULL;
  g_autoptr (AvaFreed) after = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_assert_null (book_waiting (self, entry->id, slot, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_cmpuint (before->appointments->len, ==, 0);
  gone = set_status (self, booked->id, AVA_APPOINTMENT_CANCELLED);
  told = list_freed (self, before->seen);
  g_assert_cmpuint (told->appointments->len, ==, 1);
  g_assert_cmpstr (((AvaAppointment *) told->appointments->pdata[0])->id, ==, booked->id);
  after = list_freed (self, told->seen);
  g_assert_cmpuint (after->appointments->len, ==, 0);
  made = book_waiting (self, entry->id, slot, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->customer_id, ==, entry->customer_id);
  g_assert_cmpint (made->price_cents, ==, 36000);
  g_assert_null (book_waiting (self, entry->id, slot, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  left = list (self);
  g_assert_cmpuint (left->len, ==, 0);
  undo_last (self);
  again = list (self);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpint (((AvaWaitlistEntry *) again->pdata[0])->status, ==, AVA_WAITLIST_WAITING);
}

/* Visits of the catalogue that somebody has left, all packages together. */
static guint
count_held (StoreFixture *self,
            const char   *customer_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holders = NULL;
  AvaPackageHolder *holder;

  ava_store_list_package_holders_async (self->store, NULL, test_result_cb, &result);
  holders = ava_store_list_package_holders_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  if (holders->len == 0)
    return 0;
  g_assert_cmpuint (holders->len, ==, 1);
  holder = holders->pdata[0];
  g_assert_cmpstr (holder->package_id, ==, "pack");
  g_assert_cmpstr (holder->customer_id, ==, customer_id);
  g_assert_cmpstr (holder->customer_name, ==, "Zora Quill");
  return holder->visits;
}

static void
package_is_used_when_done_and_there_again_when_not (StoreFixture  *self,
                                                    gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_autoptr (AvaAppointment) done = NULL;
  g_autoptr (AvaAppointment) back = NULL;
  g_autoptr (AvaAppointment) again = NULL;
  g_autoptr (AvaAppointment) cancelled = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaCustomerPackage) sold = NULL;

  change (self, "INSERT INTO packages (id, name, service_ids, price_cents, valid_days) VALUES"
                " ('pack', 'Three for two', '[\"svc-botox\",\"svc-botox\",\"svc-botox\"]', 72000, 365)");
  ava_store_sell_package_async (self->store, &me, a->customer_id, "pack", NULL, test_result_cb, &result);
  sold = ava_store_sell_package_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (sold->service_ids), ==, 3);
  g_assert_cmpuint (count_held (self, a->customer_id), ==, 3);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 0);
  done = set_status (self, a->id, AVA_APPOINTMENT_DONE);
  g_assert_cmpstr (done->package_name, ==, "Three for two");
  g_assert_cmpuint (count_held (self, a->customer_id), ==, 2);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 1);
  undo_last (self);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 0);
  again = set_status (self, a->id, AVA_APPOINTMENT_DONE);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 1);
  back = set_status (self, a->id, AVA_APPOINTMENT_IN_ROOM);
  g_assert_null (back->package_name);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 0);
  cancelled = set_status (self, a->id, AVA_APPOINTMENT_CANCELLED);
  g_assert_cmpuint (count_used (self, a->customer_id), ==, 0);
  change (self, "UPDATE customer_packages SET expires_us = 1");
  g_assert_cmpuint (count_held (self, a->customer_id), ==, 0);
}

static AvaAppointment *
waive (StoreFixture    *self,
       const char      *id,
       AvaStaffRole     role,
       const char      *reason,
       GError         **error)
{
  const AvaActor actor = { .who = "staff:max", .role = role, .override_reason = reason };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_waive_fee_async (self->store, &actor, id, NULL, test_result_cb, &result);
  return ava_store_waive_fee_finish (self->store, test_result_wait (&result), error);
}

static void
late_cancellation_costs_what_the_policy_says (StoreFixture  *self,
                                              gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (100);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) soon = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_autoptr (AvaAppointment) far = store_fixture_book (self->store, "c2", NULL, later, "Max Quill", PHONE, &error);
  g_autoptr (AvaAppointment) late = NULL;
  g_autoptr (AvaAppointment) early = NULL;
  g_autoptr (AvaAppointment) revived = NULL;
  g_autoptr (AvaAppointment) missed = NULL;
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) free_now = NULL;

  change (self, "UPDATE services SET cancel_hours = 48, cancel_fee_cents = 5000, no_show_fee_cents = 9000, deposit_cents = 2000");
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 60 * 60 * AVA_USEC_PER_MIN);
  late = set_status (self, soon->id, AVA_APPOINTMENT_CANCELLED);
  early = set_status (self, far->id, AVA_APPOINTMENT_CANCELLED);
  g_assert_cmpint (late->fee_cents, ==, 5000);
  g_assert_cmpint (early->fee_cents, ==, 0);
  revived = set_status (self, soon->id, AVA_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (revived->fee_cents, ==, 0);
  missed = set_status (self, soon->id, AVA_APPOINTMENT_NO_SHOW);
  g_assert_cmpint (missed->fee_cents, ==, 9000);
  none = waive (self, soon->id, AVA_STAFF_ROLE_FRONT_DESK, "her car broke down", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  none = waive (self, soon->id, AVA_STAFF_ROLE_MANAGER, "  ", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);
  free_now = waive (self, soon->id, AVA_STAFF_ROLE_MANAGER, "her car broke down", &error);
  g_assert_no_error (error);
  g_assert_cmpint (free_now->fee_cents, ==, 0);
  g_assert_cmpstr (free_now->fee_waiver, ==, "manager: her car broke down");
}

static void
deposit_is_asked_for_and_noted (StoreFixture  *self,
                                gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (AvaAppointment) paid = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  change (self, "UPDATE services SET deposit_cents = 2000");
  a = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (a->deposit_cents, ==, 2000);
  g_assert_cmpint (a->deposit_paid_cents, ==, 0);
  ava_store_pay_deposit_async (self->store, &me, a->id, 2000, NULL, test_result_cb, &result);
  paid = ava_store_pay_deposit_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (paid->deposit_paid_cents, ==, 2000);
}

static void
blocked_time_is_not_booked (StoreFixture  *self,
                            gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_import_item_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) made = NULL;
  AvaImportItem *item = ava_import_item_new ();

  item->id = g_strdup ("uid-1");
  item->print = g_strdup ("1");
  item->block = ava_time_block_new ();
  item->block->provider_id = g_strdup (slot->provider_id);
  item->block->start_us = slot->start_us - 40 * AVA_USEC_PER_DAY;
  item->block->end_us = slot->start_us + AVA_USEC_PER_MIN;
  g_ptr_array_add (items, item);
  ava_store_import_async (self->store, &me, items, 0, FALSE, NULL, test_result_cb, &result);
  g_assert_true (ava_store_import_finish (self->store, test_result_wait (&result), NULL, &error));
  g_assert_cmpint (item->verdict, ==, AVA_IMPORT_NEW);
  none = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  undo_last (self);
  made = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
}

/* "id: start end what", by start */
static char *
describe_blocks (StoreFixture *self,
                 gint64        from_us,
                 gint64        to_us,
                 gint64        at_us)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) blocks = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  ava_store_blocks_at_async (self->store, from_us, to_us, at_us, NULL, test_result_cb, &result);
  blocks = ava_store_blocks_at_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < blocks->len; i++) {
    AvaBusy *block = blocks->pdata[i];

    g_assert_true (block->is_block);
    g_string_append_printf (text, "%s/%s/%s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %s\n", block->provider_id, block->room_id,
                            block->device_id, (block->start_us - FIXTURE_NOW_US) / AVA_USEC_PER_MIN,
                            (block->end_us - FIXTURE_NOW_US) / AVA_USEC_PER_MIN, block->what);
  }
  return g_string_free (text, FALSE);
}

static void
import_block (StoreFixture *self,
              const char   *print,
              gint64        start_us,
              gint64        end_us,
              const char   *reason)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_import_item_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaImportItem *item = ava_import_item_new ();

  item->id = g_strdup ("uid-1");
  item->print = g_strdup (print);
  item->block = ava_time_block_new ();
  item->block->provider_id = g_strdup ("prov-ortiz");
  item->block->start_us = start_us;
  item->block->end_us = end_us;
  item->block->reason = g_strdup (reason);
  g_ptr_array_add (items, item);
  ava_store_import_async (self->store, &me, items, 0, FALSE, NULL, test_result_cb, &result);
  ava_store_import_finish (self->store, test_result_wait (&result), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->verdict, !=, AVA_IMPORT_BROKEN);
}

/* Before, added, moved, taken back, taken back: at each minute what it was. */
static void
blocks_at_any_minute_are_what_they_were (StoreFixture  *self,
                                         gconstpointer  data)
{
  static const char *const expected[] = {
    "", "prov-ortiz/(null)/(null) 600-660 at a congress\n", "prov-ortiz/(null)/(null) 720-780 ill\n",
    "prov-ortiz/(null)/(null) 600-660 at a congress\n", ""
  };
  const gint64 at_us = FIXTURE_NOW_US;
  const gint64 minute = AVA_USEC_PER_MIN;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    if (i == 1)
      import_block (self, "1", at_us + 600 * minute, at_us + 660 * minute, "at a congress");
    else if (i == 2)
      import_block (self, "2", at_us + 720 * minute, at_us + 780 * minute, "ill");
    else if (i > 2)
      undo_last (self);
    ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), minute);
  }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *then = describe_blocks (self, at_us, at_us + AVA_USEC_PER_DAY, at_us + i * minute + minute / 2);
    g_autofree char *outside = describe_blocks (self, at_us, at_us + 600 * minute, at_us + i * minute + minute / 2);

    g_assert_cmpstr (then, ==, expected[i]);
    g_assert_cmpstr (outside, ==, "");
  }
}

/* A longer or shorter treatment keeps its device and its processing. */
static void
resized_appointment_keeps_its_device (StoreFixture  *self,
                                      gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (AvaAppointment) longer = NULL;

  change (self, "INSERT INTO rooms (id, name, is_device) VALUES ('dev-1', 'Diode', 1)");
  slot->device_id = g_strdup ("dev-1");
  slot->active_end_us = slot->end_us - 10 * AVA_USEC_PER_MIN;
  a = store_fixture_book (self->store, "c1", NULL, slot, "Zora Quill", PHONE, &error);
  g_assert_no_error (error);
  ava_store_resize_async (self->store, &me, a->id, a->end_us + 15 * AVA_USEC_PER_MIN, NULL, test_result_cb, &result);
  longer = ava_store_resize_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (longer->device_id, ==, "dev-1");
  g_assert_cmpint (longer->end_us - longer->active_end_us, ==, 10 * AVA_USEC_PER_MIN);
}

/* A group's places: join until it is full, each in their own row. */
static void
group_is_joined_until_it_is_full (StoreFixture  *self,
                                  gconstpointer  data)
{
  static const char *const names[] = { "Ann One", "Bea Two", "Cyd Three" };
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) late = NULL;
  g_autoptr (AvaAppointment) other = NULL;

  change (self, "UPDATE services SET group_size = 3 WHERE id = 'svc-botox'");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (AvaAppointment) one = store_fixture_book (self->store, names[i], NULL, slot, names[i], PHONE, &error);

    g_assert_no_error (error);
  }
  late = store_fixture_book (self->store, "c4", NULL, slot, "Dee Four", PHONE, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  g_assert_cmpstr (error->message, ==, "This group is full: 3 of 3 places are taken.");
  g_clear_error (&error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(DISTINCT customer_id) FROM appointments"
                                              " WHERE call_id IN ('Ann One', 'Bea Two', 'Cyd Three')"), ==, 3);
  g_free (slot->room_id);
  slot->room_id = g_strdup ("room-2");
  other = store_fixture_book (self->store, "c5", NULL, slot, "Eve Five", PHONE, &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/waitlist/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, store_fixture_tear_down)
  TEST (offered_time_is_held_and_taken_exactly_once);
  TEST (offer_that_ran_out_gives_the_time_back);
  TEST (who_asks_again_keeps_their_place);
  TEST (offer_that_64_accept_at_once_is_one_appointment);
  TEST (who_waits_waits_at_a_location);
  TEST (senseless_wishes_are_refused);
  TEST (freed_time_is_told_once_and_goes_to_one_who_waits);
  TEST (package_is_used_when_done_and_there_again_when_not);
  TEST (late_cancellation_costs_what_the_policy_says);
  TEST (deposit_is_asked_for_and_noted);
  TEST (blocked_time_is_not_booked);
  TEST (blocks_at_any_minute_are_what_they_were);
  TEST (resized_appointment_keeps_its_device);
  TEST (group_is_joined_until_it_is_full);
  return g_test_run ();
}
