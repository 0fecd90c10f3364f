/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-book.h"
#include "ava-clients.h"
#include "demo-desk.h"

#include <string.h>

/* Who may take back what: the rights of the change itself, and for what others did those of its opposite. */

#define TUESDAY_US G_GINT64_CONSTANT (1798560000000000)   /* 2026-12-29 11:00 in New York: nothing booked */
#define SECOND_US ((gint64) G_USEC_PER_SEC)

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  AvaBook *book;
  char *id;         /* of the appointment in hand */
  gint64 token;     /* of the last change */
} Desk;

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  desk->context = demo_desk_open (&desk->folder, &desk->clock, FALSE);
  desk->book = ava_book_new (desk->context);
  change_settings (desk->context, "[{\"table\":\"people\",\"id\":\"olive\",\"before\":null,\"values\":{\"name\":\"Olive\",\"role_id\":\"role-owner\"}},"
                         "{\"table\":\"people\",\"id\":\"sam\",\"before\":null,\"values\":{\"name\":\"Sam\",\"role_id\":\"role-staff\"}},"
                         "{\"table\":\"people\",\"id\":\"pat\",\"before\":null,\"values\":{\"name\":\"Pat\",\"role_id\":\"role-provider\"}},"
                         "{\"table\":\"services\",\"id\":\"svc-botox\",\"before\":{\"version\":1},\"values\":{\"no_show_fee_cents\":7500}}]");
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_clear_object (&desk->book);
  demo_desk_close (&desk->context, &desk->clock, &desk->folder);
  g_free (desk->id);
}

static void
work_as (Desk       *desk,
         const char *person)
{
  ava_staff_choose (ava_context_get_staff (desk->context), person);
}

/* Keeps what was changed in hand; NULL and the words when it was refused. */
static gboolean
finish (Desk          *desk,
        GAsyncResult **result,
        GError       **error)
{
  g_autoptr (AvaAppointment) now = ava_book_change_finish (desk->book, test_result_wait (result), &desk->token, error);

  if (now == NULL)
    return FALSE;
  g_free (desk->id);
  desk->id = g_strdup (now->id);
  return TRUE;
}

static gboolean
book (Desk       *desk,
      const char *name,
      const char *phone,
      const char *reason,
      GError    **error)
{
  const AvaBookWish wish = {
    .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = TUESDAY_US, .customer_name = name, .phone = phone,
    .goes_on = reason != NULL, .override_reason = reason,
  };
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_make_async (desk->book, &wish, test_result_cb, &result);
  return finish (desk, &result, error);
}

/* Did not come; with @waiver without the fee. */
static gboolean
miss (Desk       *desk,
      const char *waiver,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (waiver != NULL)
    ava_book_no_show_waived_async (desk->book, desk->id, waiver, test_result_cb, &result);
  else
    ava_book_set_status_async (desk->book, desk->id, AVA_APPOINTMENT_NO_SHOW, test_result_cb, &result);
  return finish (desk, &result, error);
}

static AvaAppointment *
look (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  AvaStore *store = ava_context_get_store (desk->context);

  ava_store_get_appointment_async (store, desk->id, NULL, test_result_cb, &result);
  return ava_store_get_appointment_finish (store, test_result_wait (&result), NULL);
}

static void
assert_is (Desk                 *desk,
           AvaAppointmentStatus  status,
           gint64                fee_cents)
{
  g_autoptr (AvaAppointment) now = look (desk);

  g_assert_cmpint (now->status, ==, status);
  g_assert_cmpint (now->fee_cents, ==, fee_cents);
}

/* @words: (nullable): of the refusal */
static void
undo (Desk       *desk,
      const char *person,
      gint64      token,
      const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  work_as (desk, person);
  ava_book_undo_async (desk->book, token, test_result_cb, &result);
  said = ava_book_undo_finish (desk->book, test_result_wait (&result), &error);
  if (words == NULL) {
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (said, "Undone: "));
  } else {
    g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
    g_assert_cmpstr (error->message, ==, words);
  }
}

#define NO_FEE "This cannot be undone here. It lets a fee go, which needs the right to it."
#define NO_MERGE "This cannot be undone here. It merges, splits or archives customers, which needs the right to it."
#define NO_RULE "This cannot be undone here. It goes over a rule, which needs the right to it."
#define NO_MARK "This cannot be undone here. It changes “do not book”, which needs the right to book anyway."

static void
what_needs_no_right_anybody_takes_back (Desk          *desk,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) gone = NULL;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_no_error (error);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk->clock), 3600 * SECOND_US);
  undo (desk, "sam", desk->token, NULL);
  gone = look (desk);
  g_assert_null (gone);
}

static void
a_fee_goes_with_ones_own_slip_only (Desk          *desk,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autofree char *words = NULL;

  work_as (desk, "sam");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (miss (desk, NULL, &error));
  assert_is (desk, AVA_APPOINTMENT_NO_SHOW, 7500);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk->clock), 20 * SECOND_US);
  undo (desk, "sam", 0, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
  ava_book_redo_async (desk->book, test_result_cb, &again);
  words = ava_book_undo_finish (desk->book, test_result_wait (&again), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (words, "Redone: "));
  assert_is (desk, AVA_APPOINTMENT_NO_SHOW, 7500);
  undo (desk, "sam", 0, NULL);

  g_assert_true (miss (desk, NULL, &error));
  undo (desk, "pat", desk->token, NO_FEE);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk->clock), 3600 * SECOND_US);
  undo (desk, "sam", 0, NO_FEE);
  assert_is (desk, AVA_APPOINTMENT_NO_SHOW, 7500);
  undo (desk, "olive", desk->token, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

static void
a_waiver_needs_its_right_and_so_does_its_undo (Desk          *desk,
                                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) now = NULL;

  work_as (desk, "sam");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_false (miss (desk, "was ill", &error));
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
  g_clear_error (&error);
  work_as (desk, "olive");
  g_assert_true (miss (desk, "was ill", &error));
  now = look (desk);
  g_assert_cmpstr (now->fee_waiver, ==, "manager: was ill");
  undo (desk, "sam", desk->token, NO_FEE);
  undo (desk, "olive", 0, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

static void
an_override_is_taken_back_by_who_may_override (Desk          *desk,
                                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) gone = NULL;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (book (desk, "Yann Quill", "+12125550124", "they come as a couple", &error));
  g_assert_no_error (error);
  undo (desk, "sam", desk->token, NO_RULE);
  undo (desk, "olive", 0, NULL);
  gone = look (desk);
  g_assert_null (gone);
}

/* Somebody with nothing in the book. */
static char *
add_customer (Desk *desk)
{
  const AvaActor actor = { .who = "staff:desk" };
  AvaStore *store = ava_context_get_store (desk->context);
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaCustomer) customer = NULL;

  json_object_set_string_member (values, "name", "Xaver Quill");
  json_object_set_string_member (values, "phone", "+12125550125");
  ava_store_save_customer_async (store, &actor, NULL, values, NULL, test_result_cb, &result);
  customer = ava_store_customer_change_finish (store, test_result_wait (&result), NULL, NULL);
  g_assert_nonnull (customer);
  return g_strdup (customer->id);
}

static void
a_right_that_was_lost_is_missing_for_the_undo_too (Desk          *desk,
                                                   gconstpointer  data)
{
  g_autoptr (AvaClients) clients = ava_clients_new (desk->context, NULL);
  g_autofree char *id = add_customer (desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaCustomer) archived = NULL;

  work_as (desk, "sam");
  ava_clients_archive_async (clients, id, TRUE, test_result_cb, &result);
  archived = ava_clients_change_finish (clients, test_result_wait (&result), NULL, NULL);
  g_assert_cmpint (archived->archived_us, !=, 0);
  change_settings (desk->context, "[{\"table\":\"people\",\"id\":\"sam\",\"before\":{\"version\":1},\"values\":{\"role_id\":\"role-provider\"}}]");
  undo (desk, "sam", 0, NO_MERGE);
  change_settings (desk->context, "[{\"table\":\"people\",\"id\":\"sam\",\"before\":{\"version\":2},\"values\":{\"role_id\":\"role-staff\"}}]");
  undo (desk, "sam", 0, NULL);
}

static void
a_mark_is_taken_away_by_undo_as_by_hand (Desk          *desk,
                                         gconstpointer  data)
{
  g_autoptr (AvaClients) clients = ava_clients_new (desk->context, NULL);
  g_autofree char *id = add_customer (desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaCustomer) marked = NULL;

  work_as (desk, "sam");
  ava_clients_set_field_async (clients, id, "do_not_book", "did not pay", NULL, test_result_cb, &result);
  marked = ava_clients_change_finish (clients, test_result_wait (&result), &desk->token, NULL);
  g_assert_cmpstr (marked->do_not_book, ==, "did not pay");
  undo (desk, "pat", desk->token, NO_MARK);
  undo (desk, "sam", desk->token, NULL);
}

#define ANEW "This cannot be undone, because that would book it anew. "
#define PREGNANT "We do not offer injectables during pregnancy."

static gboolean
cancel (Desk    *desk,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_cancel_async (desk->book, desk->id, "changed their mind", test_result_cb, &result);
  return finish (desk, &result, error);
}

/* Of the customer of the appointment in hand. */
static void
note_on_record (Desk       *desk,
                const char *field,
                const char *value)
{
  g_autoptr (AvaClients) clients = ava_clients_new (desk->context, NULL);
  g_autoptr (AvaAppointment) now = look (desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaCustomer) noted = NULL;
  g_autoptr (GError) error = NULL;

  ava_clients_set_field_async (clients, now->customer_id, field, value, NULL, test_result_cb, &result);
  noted = ava_clients_change_finish (clients, test_result_wait (&result), NULL, &error);
  g_assert_no_error (error);
}

static void
what_lives_again_passes_the_gate_again (Desk          *desk,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 cancelled;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (cancel (desk, &error));
  cancelled = desk->token;
  note_on_record (desk, "pregnant", "yes");
  undo (desk, "olive", cancelled, ANEW PREGNANT);
  assert_is (desk, AVA_APPOINTMENT_CANCELLED, 0);
  note_on_record (desk, "pregnant", "");
  note_on_record (desk, "do_not_book", "did not pay");
  undo (desk, "sam", cancelled, ANEW "This customer is marked “do not book”: did not pay.");
  work_as (desk, "olive");
  note_on_record (desk, "do_not_book", "");
  undo (desk, "olive", cancelled, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

static void
a_step_back_from_cancelled_passes_the_gate_too (Desk          *desk,
                                                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (cancel (desk, &error));
  note_on_record (desk, "pregnant", "yes");
  ava_book_set_status_async (desk->book, desk->id, AVA_APPOINTMENT_SCHEDULED, test_result_cb, &result);
  g_assert_false (finish (desk, &result, &error));
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, PREGNANT);
  assert_is (desk, AVA_APPOINTMENT_CANCELLED, 0);
}

static void
a_move_is_taken_back_through_the_gate (Desk          *desk,
                                       gconstpointer  data)
{
  const AvaBookWish later = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = TUESDAY_US + 3600 * SECOND_US };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) moved = NULL, arrived = NULL;
  g_autoptr (AvaAppointment) booked = NULL;
  gint64 token;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  booked = look (desk);
  ava_book_move_async (desk->book, booked, &later, test_result_cb, &moved);
  g_assert_true (finish (desk, &moved, &error));
  g_assert_no_error (error);
  token = desk->token;
  note_on_record (desk, "pregnant", "yes");
  undo (desk, "olive", token, ANEW PREGNANT);
  /* Nothing is booked by these. */
  ava_book_set_status_async (desk->book, desk->id, AVA_APPOINTMENT_ARRIVED, test_result_cb, &arrived);
  g_assert_true (finish (desk, &arrived, &error));
  undo (desk, "olive", 0, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

static void
a_reason_that_was_given_still_counts (Desk          *desk,
                                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (book (desk, "Yann Quill", "+12125550124", "they come as a couple", &error));
  g_assert_true (cancel (desk, &error));
  undo (desk, "olive", 0, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

static void
what_is_over_is_set_right_without_the_gate (Desk          *desk,
                                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  work_as (desk, "olive");
  g_assert_true (book (desk, "Zora Quill", "+12125550123", NULL, &error));
  g_assert_true (miss (desk, NULL, &error));
  note_on_record (desk, "pregnant", "yes");
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk->clock), TUESDAY_US + 86400 * SECOND_US - ava_clock_now_us (desk->clock));
  undo (desk, "olive", desk->token, NULL);
  assert_is (desk, AVA_APPOINTMENT_SCHEDULED, 0);
}

#define TEST(name) g_test_add ("/desk/undo/" #name, Desk, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (what_needs_no_right_anybody_takes_back);
  TEST (a_fee_goes_with_ones_own_slip_only);
  TEST (a_waiver_needs_its_right_and_so_does_its_undo);
  TEST (an_override_is_taken_back_by_who_may_override);
  TEST (a_right_that_was_lost_is_missing_for_the_undo_too);
  TEST (a_mark_is_taken_away_by_undo_as_by_hand);
  TEST (what_lives_again_passes_the_gate_again);
  TEST (a_step_back_from_cancelled_passes_the_gate_too);
  TEST (a_move_is_taken_back_through_the_gate);
  TEST (a_reason_that_was_given_still_counts);
  TEST (what_is_over_is_set_right_without_the_gate);
  return g_test_run ();
}
