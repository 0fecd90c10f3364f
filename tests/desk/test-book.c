/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-book-judge.h"
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

  ava_book_make_async (desk->book, &wish, test_result_cb, &result);
  return ava_book_change_finish (desk->book, test_result_wait (&result), token, error);
}

static char *
undo (Desk    *desk,
      gint64   token,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_undo_async (desk->book, token, test_result_cb, &result);
  return ava_book_undo_finish (desk->book, test_result_wait (&result), error);
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
  ava_store_get_appointment_async (ava_context_get_store (desk->context), a->id, NULL, test_result_cb, &got);
  g_assert_null (ava_store_get_appointment_finish (ava_context_get_store (desk->context), test_result_wait (&got), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND);
}

static void
taken_time_is_refused_with_the_reason (Desk          *desk,
                                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = make (desk, TUESDAY_US, NULL, NULL, &error);
  g_autoptr (AvaAppointment) b = NULL;
  g_autoptr (AvaVerdict) taken = NULL;
  g_autoptr (AvaVerdict) own = NULL;
  g_autoptr (GAsyncResult) judged = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  AvaBookWish wish = { .service_id = "svc-botox", .start_us = TUESDAY_US };

  g_assert_no_error (error);
  b = make (desk, TUESDAY_US, a->provider_id, NULL, &error);
  g_assert_null (b);
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, a->provider_name));

  wish.provider_id = a->provider_id;
  ava_book_judge_async (desk->book, &wish, NULL, NULL, test_result_cb, &judged);
  taken = ava_book_judge_finish (desk->book, test_result_wait (&judged), NULL);
  g_assert_cmpint (taken->kind, >=, AVA_VERDICT_NEEDS_REASON);
  g_assert_cmpuint (g_strv_length (taken->reasons), >, 0);
  ava_book_judge_async (desk->book, &wish, a, NULL, test_result_cb, &again);
  own = ava_book_judge_finish (desk->book, test_result_wait (&again), NULL);
  g_assert_cmpint (own->kind, ==, AVA_VERDICT_FREE);
  g_assert_cmpuint (g_strv_length (own->reasons), ==, 0);
  g_assert_cmpint (own->slot->start_us, ==, TUESDAY_US);
}

static AvaVerdict *
judge_end (Desk           *desk,
           AvaAppointment *appointment,
           gint64          end_us)
{
  const AvaBookWish wish = {
    .service_id = appointment->service_id, .provider_id = appointment->provider_id, .room_id = appointment->room_id,
    .start_us = appointment->start_us, .end_us = end_us,
  };
  g_autoptr (GAsyncResult) judged = NULL;
  g_autoptr (GError) error = NULL;
  AvaVerdict *verdict;

  ava_book_judge_async (desk->book, &wish, appointment, NULL, test_result_cb, &judged);
  verdict = ava_book_judge_finish (desk->book, test_result_wait (&judged), &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->slot->end_us, ==, end_us);
  return verdict;
}

static void
assert_end (Desk           *desk,
            AvaAppointment *appointment,
            gint64          end_us,
            AvaVerdictKind  kind,
            const char     *words)
{
  g_autoptr (AvaVerdict) verdict = judge_end (desk, appointment, end_us);
  g_autofree char *said = ava_verdict_to_words (verdict);

  if (verdict->kind != kind || strstr (said, words) == NULL)
    g_error ("%d, “%s” instead of %d, “%s”", verdict->kind, said, kind, words);
  g_assert_cmpuint (verdict->nearest->len, ==, 0);
}

static char *
hold (Desk   *desk,
      gint64  start_us)
{
  const AvaBookWish wish = { .service_id = "svc-consult", .provider_id = "prov-bennett", .start_us = start_us };
  const AvaActor actor = { .who = "ava", .call_id = "a-call" };
  AvaStore *store = ava_context_get_store (desk->context);
  g_autoptr (GAsyncResult) judged = NULL;
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (AvaVerdict) verdict = NULL;

  ava_book_judge_async (desk->book, &wish, NULL, NULL, test_result_cb, &judged);
  verdict = ava_book_judge_finish (desk->book, test_result_wait (&judged), NULL);
  ava_store_hold_async (store, &actor, verdict->slot, ava_clock_now_us (desk->clock) + HOUR_US, NULL, test_result_cb, &held);
  return ava_store_hold_finish (store, test_result_wait (&held), NULL);
}

static AvaAppointment *
resize (Desk           *desk,
        AvaAppointment *appointment,
        gint64          end_us,
        gboolean        anyway,
        GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (anyway)
    ava_book_resize_anyway_async (desk->book, appointment->id, end_us, NULL, test_result_cb, &result);
  else
    ava_book_resize_async (desk->book, appointment->id, end_us, test_result_cb, &result);
  return ava_book_change_finish (desk->book, test_result_wait (&result), NULL, error);
}

/* Dr. Bennett is there until five that day. */
static void
new_end_is_judged_by_hours_holds_and_where_the_customer_is (Desk          *desk,
                                                            gconstpointer  data)
{
  const gint64 three_us = TUESDAY_US + 4 * HOUR_US;
  const AvaBookWish beside = {
    .service_id = "svc-contouring", .provider_id = "prov-park", .start_us = three_us + 3 * HOUR_US / 4, .goes_on = TRUE,
    .customer_name = "Zora Quill", .phone = "+12125550123",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) warning = NULL;
  g_autoptr (AvaAppointment) a = make (desk, three_us, "prov-bennett", NULL, &error);
  g_autoptr (AvaAppointment) other = NULL;
  g_autoptr (AvaAppointment) refused = NULL;
  g_autoptr (AvaAppointment) longer = NULL;
  g_autoptr (AvaAppointment) late = NULL;
  g_autoptr (AvaVerdict) shorter = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *hold_id = NULL;

  g_assert_no_error (error);
  assert_end (desk, a, a->end_us + HOUR_US / 4, AVA_VERDICT_FREE, "");
  assert_end (desk, a, a->start_us + HOUR_US / 20, AVA_VERDICT_REFUSED, "Too short");
  ava_book_make_async (desk->book, &beside, test_result_cb, &result);
  other = ava_book_change_finish (desk->book, test_result_wait (&result), NULL, &error);
  g_assert_no_error (error);
  assert_end (desk, a, a->start_us + HOUR_US, AVA_VERDICT_WARNED, "already has");
  refused = resize (desk, a, a->start_us + HOUR_US, FALSE, &warning);
  g_assert_error (warning, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
  longer = resize (desk, a, a->start_us + HOUR_US, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (longer->end_us, ==, a->start_us + HOUR_US);
  hold_id = hold (desk, three_us + 5 * HOUR_US / 4);
  g_assert_nonnull (hold_id);
  assert_end (desk, longer, three_us + 3 * HOUR_US / 2, AVA_VERDICT_REFUSED, "held for someone else");
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk->clock), 2 * HOUR_US);
  assert_end (desk, longer, three_us + 5 * HOUR_US / 2, AVA_VERDICT_WARNED, "Dr. Maya Bennett works");
  late = resize (desk, longer, three_us + 5 * HOUR_US / 2, TRUE, &error);
  g_assert_no_error (error);
  /* That they stay longer was agreed: only the customer, who is elsewhere too, is told of again. */
  shorter = judge_end (desk, late, three_us + 9 * HOUR_US / 4);
  g_assert_cmpuint (g_strv_length (shorter->reasons), ==, 1);
  g_assert_nonnull (strstr (shorter->reasons[0], "already has"));
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
  ava_book_move_async (desk->book, a, &to, test_result_cb, &r[0]);
  moved = ava_book_change_finish (desk->book, test_result_wait (&r[0]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (moved->start_us, ==, to.start_us);
  ava_book_resize_async (desk->book, a->id, moved->end_us + HOUR_US / 4, test_result_cb, &r[1]);
  longer = ava_book_change_finish (desk->book, test_result_wait (&r[1]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (longer->busy_end_us - moved->busy_end_us, ==, HOUR_US / 4);
  ava_book_set_status_async (desk->book, a->id, AVA_APPOINTMENT_ARRIVED, test_result_cb, &r[2]);
  arrived = ava_book_change_finish (desk->book, test_result_wait (&r[2]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ava_book_get_waiting_us (arrived, NOW_US + HOUR_US / 4), ==, HOUR_US / 4);
  ava_book_cancel_async (desk->book, a->id, "Has a cold", test_result_cb, &r[3]);
  cancelled = ava_book_change_finish (desk->book, test_result_wait (&r[3]), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cancelled->cancel_reason, ==, "Has a cold");
  g_assert_cmpint (ava_book_get_waiting_us (cancelled, NOW_US + HOUR_US), ==, 0);

  ava_book_history_async (desk->book, a->id, test_result_cb, &r[4]);
  history = ava_book_history_finish (desk->book, test_result_wait (&r[4]), &error);
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

/* What is refused stands on the error stream, in a sentence. */
static char *
run_refused (Desk       *desk,
             int         expected,
             const char *line)
{
  g_autofree char *command = g_strdup_printf ("%s --data-dir %s --now 2026-11-24T10:05:00-05:00 %s",
                                              g_getenv ("AVA_AVACTL"), desk->folder, line);
  g_autofree char *out = NULL;
  char *err = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (command, &out, &err, &status, NULL));
  if (!WIFEXITED (status) || WEXITSTATUS (status) != expected || *out != '\0')
    g_error ("%s: status %d: %s%s", line, status, out, err);
  return err;
}

/* In a caller's words, by ids, by days or by a phrase: the same, and never a false reason. */
static void
avactl_explains_what_is_said_in_words (Desk          *desk,
                                       gconstpointer  data)
{
  static const struct { const char *line; int status; const char *words; } bad[] = {
    { "slots --service blimp --when tomorrow --explain", 1, "no such service" },
    { "slots --service botox --provider Nobody --when tomorrow --explain", 1, "Elena Ortiz" },
    { "slots --service botox --when \"february 31\" --explain", 1, "." },
    { "slots --service botox --from 2026-12-01 --to 2027-01-31 --explain", 1, "31 days" },
    { "slots --service botox --from 2026-13-45 --to 2026-13-46 --explain", 1, "2026-12-05" },
    { "slots --service botox --room Attic --when tomorrow --explain", 1, "Attic" },
    { "slots --service botox --when tomorrow --explain --limit 3", 2, "--limit" },
    { "slots --service botox --when tomorrow --room room-1", 2, "--explain" },
  };
  g_autofree char *words = run (desk, 0, "slots --service Consultation --provider elena --from 2026-12-29 --to 2026-12-29 --explain");
  g_autofree char *ids = run (desk, 0, "slots --service svc-consult --provider prov-ortiz --from 2026-12-29 --to 2026-12-29 --explain");
  g_autofree char *phrase = run (desk, 0, "slots --service botox --when \"december 29th in the afternoon\" --explain");
  g_autofree char *exact = run (desk, 0, "slots --service botox --when \"december 29th at 11 pm\" --explain");
  g_autofree char *json = run (desk, 0, "--json slots --service botox --when \"december 29th\" --explain");
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_cmpstr (words, ==, ids);
  g_assert_nonnull (strstr (words, ": free\n"));
  g_assert_nonnull (strstr (words, "Elena Ortiz works"));
  g_assert_null (strstr (words, "do not offer"));
  g_assert_nonnull (strstr (phrase, "2 PM: free\n"));
  g_assert_null (strstr (phrase, "AM"));
  lines = g_strsplit (g_strchomp (exact), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "Tuesday, December 29th at 11 PM: closed: On "));
  g_assert_nonnull (node);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (node), "starts")), >, 20);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *said = run_refused (desk, bad[i].status, bad[i].line);

    if (strstr (said, bad[i].words) == NULL)
      g_error ("%s: “%s”", bad[i].line, said);
  }
}

#define TEST(name) g_test_add ("/desk/book/" #name, Desk, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (booking_gives_a_token_that_takes_it_back);
  TEST (taken_time_is_refused_with_the_reason);
  TEST (new_end_is_judged_by_hours_holds_and_where_the_customer_is);
  TEST (day_of_an_appointment_stands_in_its_history);
  TEST (avactl_changes_undoes_and_looks_back);
  TEST (avactl_explains_what_is_said_in_words);
  return g_test_run ();
}
