/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-book-judge.h"
#include "demo-desk.h"

#include <string.h>

/* The book of a second location, three hours behind the first one: its room, its hours, its clock. */

#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)
#define EIGHT_US G_GINT64_CONSTANT (1798560000000000)    /* Tuesday 2026-12-29 08:00 in Los Angeles, 11:00 in New York */

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  AvaBook *book;
  char *told;       /* words of the last change */
} Desk;

static void
on_changed (AvaBook    *book,
            gint64      token,
            const char *words,
            Desk       *desk)
{
  g_free (desk->told);
  desk->told = g_strdup (words);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  desk->context = demo_desk_open (&desk->folder, &desk->clock, FALSE);
  desk->book = ava_book_new (desk->context);
  g_signal_connect (desk->book, "changed-by-desk", G_CALLBACK (on_changed), desk);
  change_settings (desk->context,
    "[{\"table\": \"locations\", \"id\": \"west\", \"before\": null, \"values\": {\"name\": \"West\", \"spoken_name\": \"west\","
    "  \"zone\": \"America/Los_Angeles\", \"phone\": \"+12125550199\", \"address\": \"1 Hill\", \"directions\": \"\", \"rank\": 5}},"
    " {\"table\": \"rooms\", \"id\": \"west-1\", \"before\": null, \"values\": {\"name\": \"Hill Room\", \"location_id\": \"west\","
    "  \"kinds\": [\"treatment\"], \"capacity\": 1}},"
    " {\"table\": \"hours\", \"id\": \"west-tue\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": 2,"
    "  \"open_min\": 480, \"close_min\": 720}},"
    " {\"table\": \"hours\", \"id\": \"ortiz-west-tue\", \"before\": null, \"values\": {\"owner_id\": \"prov-ortiz\","
    "  \"location_id\": \"west\", \"weekday\": 2, \"open_min\": 480, \"close_min\": 720}}]");
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_free (desk->told);
  g_assert_finalize_object (desk->book);
  demo_desk_close (&desk->context, &desk->clock, &desk->folder);
}

static AvaAppointment *
make (Desk        *desk,
      const char  *location_id,
      const char  *room_id,
      gint64       start_us,
      gint64      *token,
      GError     **error)
{
  const AvaBookWish wish = {
    .service_id = "svc-botox", .provider_id = "prov-ortiz", .location_id = location_id, .room_id = room_id, .start_us = start_us,
    .customer_name = "Zora Quill", .phone = "+12125550123",
  };
  g_autoptr (GAsyncResult) result = NULL;

  ava_book_make_async (desk->book, &wish, result_cb, &result);
  return ava_book_change_finish (desk->book, wait_for (&result), token, error);
}

static AvaVerdict *
judge (Desk           *desk,
       const char     *location_id,
       gint64          start_us,
       AvaAppointment *moved)
{
  const AvaBookWish wish = {
    .service_id = "svc-botox", .provider_id = "prov-ortiz", .location_id = location_id, .start_us = start_us,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaVerdict *verdict;

  ava_book_judge_async (desk->book, &wish, moved, NULL, result_cb, &result);
  verdict = ava_book_judge_finish (desk->book, wait_for (&result), &error);
  g_assert_no_error (error);
  return verdict;
}

static void
booked_moved_and_taken_back_at_the_other_location (Desk          *desk,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 token = 0;
  g_autoptr (AvaAppointment) booked = make (desk, "west", NULL, EIGHT_US, NULL, &error);
  const AvaBookWish to = { .start_us = EIGHT_US + 2 * HOUR_US };
  g_autoptr (AvaAppointment) moved = NULL;
  g_autoptr (AvaAppointment) back = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *words = NULL;
  GAsyncResult *r[4] = { NULL };

  g_assert_no_error (error);
  g_assert_cmpstr (booked->room_id, ==, "west-1");
  g_assert_cmpstr (booked->location_id, ==, "west");
  g_assert_cmpint (booked->start_us, ==, EIGHT_US);
  g_assert_nonnull (strstr (desk->told, "Tue Dec 29, 8:00"));
  ava_book_move_async (desk->book, booked, &to, result_cb, &r[0]);
  moved = ava_book_change_finish (desk->book, wait_for (&r[0]), &token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (moved->room_id, ==, "west-1");
  g_assert_cmpint (moved->start_us, ==, EIGHT_US + 2 * HOUR_US);
  ava_book_history_async (desk->book, booked->id, result_cb, &r[1]);
  history = ava_book_history_finish (desk->book, wait_for (&r[1]), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((AvaBookEvent *) history->pdata[0])->what, ==, "Moved from Tue Dec 29, 8:00 to Tue Dec 29, 10:00");
  ava_book_undo_async (desk->book, token, result_cb, &r[2]);
  words = ava_book_undo_finish (desk->book, wait_for (&r[2]), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, "8:00"));
  ava_store_get_appointment_async (ava_context_get_store (desk->context), booked->id, NULL, result_cb, &r[3]);
  back = ava_store_get_appointment_finish (ava_context_get_store (desk->context), wait_for (&r[3]), &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->start_us, ==, EIGHT_US);
  g_assert_cmpstr (back->location_id, ==, "west");
  for (guint i = 0; i < G_N_ELEMENTS (r); i++)
    g_object_unref (r[i]);
}

/* A column of the Rooms view says nothing but the room. */
static void
room_says_which_location_is_meant (Desk          *desk,
                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = make (desk, NULL, "west-1", EIGHT_US, NULL, &error);
  g_autoptr (AvaAppointment) closed = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (booked->location_id, ==, "west");
  closed = make (desk, NULL, "west-1", EIGHT_US - HOUR_US, NULL, &error);
  g_assert_null (closed);
  g_assert_error (error, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "8:00"));
}

/* At 13:00 New York is open, and West has been closed since twelve of its own. */
static void
verdict_knows_the_hours_of_the_location (Desk          *desk,
                                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVerdict) open = judge (desk, "west", EIGHT_US, NULL);
  g_autoptr (AvaVerdict) closed = judge (desk, "west", EIGHT_US + 5 * HOUR_US, NULL);
  g_autoptr (AvaVerdict) here = judge (desk, NULL, EIGHT_US + 2 * HOUR_US, NULL);

  g_assert_cmpint (open->kind, ==, AVA_VERDICT_FREE);
  g_assert_cmpstr (open->slot->room_id, ==, "west-1");
  g_assert_cmpint (closed->kind, !=, AVA_VERDICT_FREE);
  g_assert_cmpint (here->kind, ==, AVA_VERDICT_FREE);
  g_assert_cmpstr (here->slot->room_id, !=, "west-1");
}

/* Nine in the evening at West is the next day in New York; a licence counts by the calendar of where it is used. */
static void
last_day_of_a_licence_is_that_of_the_location (Desk          *desk,
                                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVerdict) evening = NULL;
  g_autoptr (AvaVerdict) next = NULL;

  change_settings (desk->context,
    "[{\"table\": \"providers\", \"id\": \"prov-ortiz\", \"before\": {\"version\": 1}, \"values\": {\"licences\": [\"injector\"],"
    "  \"licence_expiry\": [\"2026-12-29\"]}},"
    " {\"table\": \"hours\", \"id\": \"west-tue\", \"before\": {\"version\": 1}, \"values\": {\"close_min\": 1440}},"
    " {\"table\": \"hours\", \"id\": \"ortiz-west-tue\", \"before\": {\"version\": 1}, \"values\": {\"close_min\": 1440}}]");
  evening = judge (desk, "west", EIGHT_US + 14 * HOUR_US, NULL);
  next = judge (desk, "west", EIGHT_US + 24 * HOUR_US, NULL);
  g_assert_cmpint (evening->kind, ==, AVA_VERDICT_FREE);
  g_assert_cmpint (next->kind, ==, AVA_VERDICT_REFUSED);
  g_object_unref (make (desk, "west", NULL, EIGHT_US + 14 * HOUR_US, NULL, &error));
  g_assert_no_error (error);
}

/* Who is in New York at eleven is warned of at West, in the time of West; and the store warns in the same words. */
static void
warning_tells_the_time_of_the_location (Desk          *desk,
                                        gconstpointer  data)
{
  const AvaBookWish there = {
    .service_id = "svc-facial", .start_us = EIGHT_US, .customer_name = "Zora Quill", .phone = "+12125550123",
  };
  AvaBookWish wish = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .location_id = "west", .start_us = EIGHT_US };
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = NULL;
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaVerdict) verdict = NULL;
  g_autofree char *words = NULL;
  GAsyncResult *r[3] = { NULL };

  ava_book_make_async (desk->book, &there, result_cb, &r[0]);
  booked = ava_book_change_finish (desk->book, wait_for (&r[0]), NULL, &error);
  g_assert_no_error (error);
  wish.customer_id = booked->customer_id;
  ava_book_judge_async (desk->book, &wish, NULL, NULL, result_cb, &r[1]);
  verdict = ava_book_judge_finish (desk->book, wait_for (&r[1]), &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->kind, ==, AVA_VERDICT_WARNED);
  words = ava_verdict_to_words (verdict);
  g_assert_nonnull (strstr (words, "8:00"));
  g_assert_null (strstr (words, "11:00"));
  ava_book_make_async (desk->book, &wish, result_cb, &r[2]);
  none = ava_book_change_finish (desk->book, wait_for (&r[2]), NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, "8:00"));
  for (guint i = 0; i < G_N_ELEMENTS (r); i++)
    g_object_unref (r[i]);
}

#define TEST(name) g_test_add ("/desk/places/" #name, Desk, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (booked_moved_and_taken_back_at_the_other_location);
  TEST (room_says_which_location_is_meant);
  TEST (verdict_knows_the_hours_of_the_location);
  TEST (last_day_of_a_licence_is_that_of_the_location);
  TEST (warning_tells_the_time_of_the_location);
  return g_test_run ();
}
