/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "async-result.h"
#include "ava-amends.h"
#include "ava-book-judge.h"
#include "ava-rehearsal-case.h"
#include "ava-store-calls.h"
#include "ava-store-changes.h"
#include "ava-store-outbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* What Ava booked wrongly is put right by one action (BD-03). */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */
#define TUESDAY_US G_GINT64_CONSTANT (1798560000000000)   /* 2026-12-29 11:00 in New York: nothing booked */
#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)
#define CALL "019aa000-0000-7000-8000-000000000001"

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  AvaStore *store;
  AvaBook *book;
} Desk;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_tree (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

/* A call in which Ava heard Botox and the caller had said a facial. */
static void
note_call (Desk *desk)
{
  static const struct { AvaRole role; const char *text; } lines[] = {
    { AVA_ROLE_AVA, "Thank you for calling. How can I help you today?" },
    { AVA_ROLE_CALLER, "Hi, this is Zora Quill, I'd like a facial on December 29th at eleven." },
    { AVA_ROLE_AVA, "Botox on Tuesday, December 29th at 11 AM. May I have your name?" },
    { AVA_ROLE_CALLER, "Sora Kwill." },
    { AVA_ROLE_AVA, "And your phone number?" },
    { AVA_ROLE_CALLER, "(212) 555-0123, or write to zora.quill@example.org" },
    { AVA_ROLE_AVA, "Could you spell your last name?" },
    { AVA_ROLE_CALLER, "Q U I L L." },
    { AVA_ROLE_AVA, "Shall I book it?" },
    { AVA_ROLE_CALLER, "Yes, and my number is two one two, five five five, oh one two three. Zora's fine." },
  };
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *previous = NULL;

  call->id = g_strdup (CALL);
  call->line = g_strdup ("simulated");
  call->agent = g_strdup ("local");
  call->phone = g_strdup ("+12125550123");
  call->start_us = NOW_US;
  ava_store_start_call_async (desk->store, call, NULL, test_result_cb, &started);
  g_assert_true (ava_store_start_call_finish (desk->store, test_result_wait (&started), &error));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *id = g_strdup_printf (CALL "-%u", i);
    g_autoptr (AvaTranscriptItem) item = ava_transcript_item_new (id, previous, lines[i].role, "local");
    g_autoptr (GAsyncResult) added = NULL;

    ava_transcript_item_set_text (item, lines[i].text, FALSE);
    item->start_us = i * 5 * G_USEC_PER_SEC;
    ava_store_add_item_async (desk->store, CALL, item, NULL, test_result_cb, &added);
    g_assert_true (ava_store_add_item_finish (desk->store, test_result_wait (&added), &error));
    g_free (previous);
    previous = g_strdup (id);
  }
  call->end_us = NOW_US + 60 * G_USEC_PER_SEC;
  call->outcome = g_strdup ("booked");
  g_clear_object (&started);
  ava_store_end_call_async (desk->store, call, NULL, NULL, NULL, test_result_cb, &started);
  g_assert_true (ava_store_end_call_finish (desk->store, test_result_wait (&started), &error));
}

/* @who: "ava", in that call, or somebody else */
static AvaAppointment *
book (Desk       *desk,
      const char *who)
{
  const AvaActor actor = { .who = who, .call_id = g_str_equal (who, "ava") ? CALL : NULL };
  const AvaBookWish wish = { .service_id = "svc-botox", .start_us = TUESDAY_US };
  g_autoptr (GAsyncResult) judged = NULL;
  g_autoptr (GAsyncResult) booked = NULL;
  g_autoptr (AvaVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;
  AvaBooking booking = { .customer_name = "Zora Quill", .phone = "+12125550123", .price_cents = 30000 };
  AvaAppointment *appointment;

  ava_book_judge_async (desk->book, &wish, NULL, NULL, test_result_cb, &judged);
  verdict = ava_book_judge_finish (desk->book, test_result_wait (&judged), &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->kind, ==, AVA_VERDICT_FREE);
  booking.slot = verdict->slot;
  ava_store_book_async (desk->store, &actor, &booking, NULL, test_result_cb, &booked);
  appointment = ava_store_book_finish (desk->store, test_result_wait (&booked), &error);
  g_assert_no_error (error);
  return appointment;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("ava-amends-XXXXXX", NULL);
  desk->clock = ava_virtual_clock_new (NOW_US, FALSE);
  desk->context = ava_context_new (desk->folder, desk->clock, TRUE, &error);
  g_assert_no_error (error);
  desk->store = ava_context_get_store (desk->context);
  desk->book = ava_book_new (desk->context);
  note_call (desk);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_assert_finalize_object (desk->book);
  ava_context_shut_down (desk->context);
  while (g_main_context_iteration (NULL, FALSE));
  g_object_unref (desk->context);
  g_object_unref (desk->clock);
  remove_tree (desk->folder);
  g_free (desk->folder);
}

static AvaAmends *
amend (Desk               *desk,
       AvaAppointment     *appointment,
       const AvaBookWish  *to,
       GError            **error)
{
  g_autoptr (GAsyncResult) made = NULL;

  ava_amends_make_async (desk->book, appointment, to, test_result_cb, &made);
  return ava_amends_make_finish (desk->book, test_result_wait (&made), error);
}

static AvaAppointment *
look_up (Desk       *desk,
         const char *id)
{
  g_autoptr (GAsyncResult) got = NULL;

  ava_store_get_appointment_async (desk->store, id, NULL, test_result_cb, &got);
  return ava_store_get_appointment_finish (desk->store, test_result_wait (&got), NULL);
}

static int
count_waiting (Desk       *desk,
               const char *id)
{
  g_autoptr (GAsyncResult) counted = NULL;

  ava_store_count_waiting_async (desk->store, id, NULL, test_result_cb, &counted);
  return ava_store_count_waiting_finish (desk->store, test_result_wait (&counted), NULL);
}

/* Nobody can be found again in it, and it reads as the dialogues of the rules do. */
static void
assert_case (AvaAmends  *amends,
             const char *ends)
{
  static const char *const keys[] = { "# ", "Now: ", "Caller id: ", "Caller: ", "Booked: " };
  static const char *const secrets[] = { "zora", "sora", "quill", "kwill", "q u i l l", "0123", "one two three", "example.org", "Ava:" };
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (amends->case_path, &text, NULL, NULL));
  g_test_message ("%s", text);
  lower = g_utf8_strdown (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (i == G_N_ELEMENTS (secrets) - 1 ? text : lower, secrets[i]));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3 + 5 + 1 + 1);
  for (guint i = 0; *lines[i] != '\0'; i++)
    g_assert_true (g_str_has_prefix (lines[i], keys[i < 3 ? i : i < 8 ? 3 : 4]));
  g_assert_cmpstr (lines[1], ==, "Now: 2026-11-24 10:05");
  g_assert_cmpstr (lines[3], ==, "Caller: Hi, this is sam jones, I'd like a facial on December 29th at eleven.");
  g_assert_cmpstr (lines[8], ==, ends);
  g_assert_true (g_str_has_suffix (text, "\n"));
}

static void
wrong_booking_is_cancelled_with_an_apology (Desk          *desk,
                                            gconstpointer  data)
{
  g_autoptr (AvaAppointment) wrong = book (desk, "ava");
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAmends) amends = amend (desk, wrong, NULL, &error);
  g_autoptr (AvaAppointment) after = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autofree char *words = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (amends->appointment->status, ==, AVA_APPOINTMENT_CANCELLED);
  g_assert_cmpstr (amends->appointment->cancel_reason, ==, AVA_AMENDS_REASON);
  g_assert_cmpint (amends->appointment->fee_cents, ==, 0);
  g_assert_true (g_str_has_prefix (amends->message, "Hello Zora, we are sorry: we misheard you on the phone. The Botox on Tuesday, December 29, 11:00 AM"));
  g_assert_cmpint (count_waiting (desk, wrong->id), ==, 1);
  assert_case (amends, "Booked: nothing");
  /* One undo takes both back: nobody reads an apology for what stands. */
  ava_book_undo_async (desk->book, amends->token, test_result_cb, &undone);
  words = ava_book_undo_finish (desk->book, test_result_wait (&undone), &error);
  g_assert_no_error (error);
  after = look_up (desk, wrong->id);
  g_assert_cmpint (after->status, ==, AVA_APPOINTMENT_SCHEDULED);
  g_assert_cmpint (count_waiting (desk, wrong->id), ==, 0);
}

static void
wrong_booking_is_moved_with_an_apology (Desk          *desk,
                                        gconstpointer  data)
{
  const AvaBookWish to = { .start_us = TUESDAY_US + 4 * HOUR_US };
  g_autoptr (AvaAppointment) wrong = book (desk, "ava");
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAmends) amends = amend (desk, wrong, &to, &error);
  g_autofree char *ends = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (amends->appointment->start_us, ==, TUESDAY_US + 4 * HOUR_US);
  g_assert_nonnull (strstr (amends->message, "is on Tuesday, December 29, 3:00 PM, not Tuesday, December 29, 11:00 AM."));
  g_assert_cmpint (count_waiting (desk, wrong->id), ==, 1);
  ends = g_strdup_printf ("Booked: Botox | %s | 2026-12-29 15:00", amends->appointment->provider_name);
  assert_case (amends, ends);
}

static void
only_what_ava_booked_is_put_right (Desk          *desk,
                                   gconstpointer  data)
{
  g_autoptr (AvaAppointment) ours = book (desk, "staff:front-desk");
  g_autoptr (GError) error = NULL;

  g_assert_false (ava_amends_fits (ours));
  g_assert_null (amend (desk, ours, NULL, &error));
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
  g_assert_cmpint (count_waiting (desk, ours->id), ==, 0);
}

/* A time that is taken changes nothing, and nobody is told anything. */
static void
refused_move_leaves_no_apology (Desk          *desk,
                                gconstpointer  data)
{
  const AvaBookWish to = { .start_us = TUESDAY_US - 10 * HOUR_US };   /* in the night */
  g_autoptr (AvaAppointment) wrong = book (desk, "ava");
  g_autoptr (AvaAppointment) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (amend (desk, wrong, &to, &error));
  g_assert_nonnull (error);
  after = look_up (desk, wrong->id);
  g_assert_cmpint (after->start_us, ==, TUESDAY_US);
  g_assert_cmpint (count_waiting (desk, wrong->id), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/amends/cancel", Desk, NULL, set_up, wrong_booking_is_cancelled_with_an_apology, tear_down);
  g_test_add ("/amends/move", Desk, NULL, set_up, wrong_booking_is_moved_with_an_apology, tear_down);
  g_test_add ("/amends/only-ava", Desk, NULL, set_up, only_what_ava_booked_is_put_right, tear_down);
  g_test_add ("/amends/refused", Desk, NULL, set_up, refused_move_leaves_no_apology, tear_down);
  return g_test_run ();
}
