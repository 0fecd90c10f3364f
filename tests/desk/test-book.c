/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-book.h"
#include "demo-desk.h"

#include <string.h>
#include <sys/wait.h>

/* The book as the window works with it, on the demo spa; and the same through avactl. */

#define TUESDAY_US G_GINT64_CONSTANT (1798560000000000)   /* 2026-12-29 11:00 in New York: nothing booked */
#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  AvaBook *book;
  gint64 told;      /* token of the last "changed-by-desk" */
} Desk;

static void
on_changed (AvaBook    *book,
            gint64      token,
            const char *words,
            Desk       *desk)
{
  g_assert_nonnull (words);
  desk->told = token;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  desk->context = demo_desk_open (&desk->folder, &desk->clock, FALSE);
  desk->book = ava_book_new (desk->context);
  g_signal_connect (desk->book, "changed-by-desk", G_CALLBACK (on_changed), desk);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_assert_finalize_object (desk->book);
  demo_desk_close (&desk->context, &desk->clock, &desk->folder);
}

static AvaAppointment *
make (Desk       *desk,
      gint64      start_us,
      const char *provider_id,
      gint64     *token,
      GError    **error)
{
  const AvaBookWish wish = {
    .service_id = "svc-botox", .provider_id = provider_id, .start_us = start_us,
    .customer_name = "Zora Quill", .phone = "+12125550123",
  };
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_make_async (desk->book, &wish, result_cb, &result);
  return ava_book_change_finish (desk->book, wait_for (&result), token, error);
}

static char *
undo (Desk    *desk,
      gint64   token,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_undo_async (desk->book, token, result_cb, &result);
  return ava_book_undo_finish (desk->book, wait_for (&result), error);
}

static void
booking_gives_a_token_that_takes_it_back (Desk          *desk,
                                          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) got = NULL;
  gint64 token = 0;
  g_autoptr (AvaAppointment) a = make (desk, TUESDAY_US, NULL, &token, &error);
  g_autofree char *words = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (a->customer_name, ==, "Zora Quill");
  g_assert_cmpstr (a->source, ==, "staff");
  g_assert_cmpint (token, >, 0);
  g_assert_cmpint (desk->told, ==, token);
  words = undo (desk, token, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (words, "Undone: Booked Botox with "));
  ava_store_get_appointment_async (ava_context_get_store (desk->context), a->id, NULL, result_cb, &got);
  g_assert_null (ava_store_get_appointment_finish (ava_context_get_store (desk->context), wait_for (&got), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND);
}

static void
taken_time_is_refused_with_the_reason (Desk          *desk,
                                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = make (desk, TUESDAY_US, NULL, NULL, &error);
  g_autoptr (AvaAppointment) b = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  AvaBookWish wish = { .service_id = "svc-botox", .start_us = TUESDAY_US };

  g_assert_no_error (error);
  b = make (desk, TUESDAY_US, a->provider_id, NULL, &error);
  g_assert_null (b);
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, a->provider_name));

  wish.provider_id = a->provider_id;
  ava_book_check_async (desk->book, &wish, NULL, NULL, result_cb, &checked);
  reasons = ava_book_check_finish (desk->book, wait_for (&checked), &slot, NULL);
  g_assert_cmpuint (reasons->len, >, 0);
  g_assert_null (slot);
  ava_book_check_async (desk->book, &wish, a, NULL, result_cb, &again);
  none = ava_book_check_finish (desk->book, wait_for (&again), &slot, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (slot->start_us, ==, TUESDAY_US);
}

static void
day_of_an_appointment_stands_in_its_history (Desk          *desk,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = make (desk, TUESDAY_US, NULL, NULL, &error);
  const AvaBookWish to = { .start_us = TUESDAY_US + HOUR_US };
  g_autoptr (AvaAppointment) moved = NULL;
  g_autoptr (AvaAppointment) longer = NULL;
  g_autoptr (AvaAppointment) arrived = NULL;
  g_autoptr (AvaAppointment) cancelled = NULL;
  GAsyncResult *r[5] = { NULL };
  g_autoptr (GPtrArray) history = NULL;
  const char *const expected[] = { "Changed from arrived to cancelled", "Changed from scheduled to arrived",
                                   "Moved end from ", "Moved from Tue Dec 29, 11:00 to Tue Dec 29, 12:00",
                                   "Booked Botox with " };

  g_assert_no_error (error);
  ava_book_move_async (desk->book, a, &to, result_cb, &r[0]);
  moved = ava_book_change_finish (desk->book, wait_for (&r[0]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (moved->start_us, ==, to.start_us);
  ava_book_resize_async (desk->book, a->id, moved->end_us + HOUR_US / 4, result_cb, &r[1]);
  longer = ava_book_change_finish (desk->book, wait_for (&r[1]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (longer->busy_end_us - moved->busy_end_us, ==, HOUR_US / 4);
  ava_book_set_status_async (desk->book, a->id, AVA_APPOINTMENT_ARRIVED, result_cb, &r[2]);
  arrived = ava_book_change_finish (desk->book, wait_for (&r[2]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ava_book_get_waiting_us (arrived, NOW_US + HOUR_US / 4), ==, HOUR_US / 4);
  ava_book_cancel_async (desk->book, a->id, "Has a cold", result_cb, &r[3]);
  cancelled = ava_book_change_finish (desk->book, wait_for (&r[3]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cancelled->cancel_reason, ==, "Has a cold");
  g_assert_cmpint (ava_book_get_waiting_us (cancelled, NOW_US + HOUR_US), ==, 0);

  ava_book_history_async (desk->book, a->id, result_cb, &r[4]);
  history = ava_book_history_finish (desk->book, wait_for (&r[4]), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < history->len; i++) {
    AvaBookEvent *event = history->pdata[i];

    g_assert_cmpstr (event->who, ==, "Front desk");
    if (!g_str_has_prefix (event->what, expected[i]))
      g_error ("“%s” instead of “%s…”", event->what, expected[i]);
  }
  g_assert_cmpstr (((AvaBookEvent *) history->pdata[0])->why, ==, "Has a cold");
  for (guint i = 0; i < G_N_ELEMENTS (r); i++)
    g_object_unref (r[i]);
}

static char *
run (Desk       *desk,
     int         expected,
     const char *line)
{
  g_autofree char *command = g_strdup_printf ("%s --data-dir %s --now 2026-11-24T10:05:00-05:00 %s",
                                              g_getenv ("AVA_AVACTL"), desk->folder, line);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (command, &out, &err, &status, &error));
  g_assert_no_error (error);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != expected)
    g_error ("%s: status %d: %s", line, status, err);
  return out;
}

static void
avactl_changes_undoes_and_looks_back (Desk          *desk,
                                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = make (desk, TUESDAY_US, NULL, NULL, &error);
  g_autofree char *to = g_strdup_printf ("status --appointment %s --to arrived", a->id);
  g_autofree char *history = g_strdup_printf ("history --appointment %s", a->id);
  g_autofree char *arrived = run (desk, 0, to);
  g_autofree char *undone = run (desk, 0, "undo");
  g_autofree char *nothing = run (desk, 1, "undo");
  g_autofree char *redone = run (desk, 0, "undo --redo");
  g_autofree char *lines = run (desk, 0, history);
  g_autofree char *now = run (desk, 0, "day --date 2026-12-29");
  g_autofree char *then = run (desk, 0, "day --date 2026-12-29 --at 2026-11-24T10:00");
  g_autofree char *no_status = run (desk, 2, "status --appointment x --to asleep");
  g_autofree char *no_one = run (desk, 1, "history --appointment nobody");
  g_autofree char *no_day = run (desk, 2, "day --date 2026-13-45");

  g_assert_no_error (error);
  g_assert_nonnull (strstr (arrived, "arrived"));
  g_assert_nonnull (strstr (undone, "Changed from scheduled to arrived"));
  g_assert_nonnull (strstr (redone, "Changed from scheduled to arrived"));
  g_assert_nonnull (strstr (lines, "Booked Botox"));
  g_assert_nonnull (strstr (now, "Zora Quill"));
  g_assert_null (strstr (then, "Zora Quill"));
}

#define TEST(name) g_test_add ("/desk/book/" #name, Desk, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (booking_gives_a_token_that_takes_it_back);
  TEST (taken_time_is_refused_with_the_reason);
  TEST (day_of_an_appointment_stands_in_its_history);
  TEST (avactl_changes_undoes_and_looks_back);
  return g_test_run ();
}
