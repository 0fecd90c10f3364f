/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-backfill.h"
#include "ava-book-judge.h"
#include "ava-import-plan.h"
#include "demo-desk.h"

#include <string.h>
#include <sys/wait.h>

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

  ava_book_make_async (desk->book, &wish, test_result_cb, &result);
  return ava_book_change_finish (desk->book, test_result_wait (&result), token, error);
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

  ava_book_judge_async (desk->book, &wish, moved, NULL, test_result_cb, &result);
  verdict = ava_book_judge_finish (desk->book, test_result_wait (&result), &error);
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
  ava_book_move_async (desk->book, booked, &to, test_result_cb, &r[0]);
  moved = ava_book_change_finish (desk->book, test_result_wait (&r[0]), &token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (moved->room_id, ==, "west-1");
  g_assert_cmpint (moved->start_us, ==, EIGHT_US + 2 * HOUR_US);
  ava_book_history_async (desk->book, booked->id, test_result_cb, &r[1]);
  history = ava_book_history_finish (desk->book, test_result_wait (&r[1]), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((AvaBookEvent *) history->pdata[0])->what, ==, "Moved from Tue Dec 29, 8:00 to Tue Dec 29, 10:00");
  ava_book_undo_async (desk->book, token, test_result_cb, &r[2]);
  words = ava_book_undo_finish (desk->book, test_result_wait (&r[2]), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, "8:00"));
  ava_store_get_appointment_async (ava_context_get_store (desk->context), booked->id, NULL, test_result_cb, &r[3]);
  back = ava_store_get_appointment_finish (ava_context_get_store (desk->context), test_result_wait (&r[3]), &error);
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

  ava_book_make_async (desk->book, &there, test_result_cb, &r[0]);
  booked = ava_book_change_finish (desk->book, test_result_wait (&r[0]), NULL, &error);
  g_assert_no_error (error);
  wish.customer_id = booked->customer_id;
  ava_book_judge_async (desk->book, &wish, NULL, NULL, test_result_cb, &r[1]);
  verdict = ava_book_judge_finish (desk->book, test_result_wait (&r[1]), &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->kind, ==, AVA_VERDICT_WARNED);
  words = ava_verdict_to_words (verdict);
  g_assert_nonnull (strstr (words, "8:00"));
  g_assert_null (strstr (words, "11:00"));
  ava_book_make_async (desk->book, &wish, test_result_cb, &r[2]);
  none = ava_book_change_finish (desk->book, test_result_wait (&r[2]), NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, "8:00"));
  for (guint i = 0; i < G_N_ELEMENTS (r); i++)
    g_object_unref (r[i]);
}

/* --- Who waits --- */

static AvaWaitlistEntry *
add_waiting (GPtrArray  *entries,
             const char *id,
             const char *location_id,
             int         from_min,
             int         to_min)
{
  AvaWaitlistEntry *entry = ava_waitlist_entry_new ();

  entry->id = g_strdup (id);
  entry->service_id = g_strdup ("svc-botox");
  entry->provider_id = g_strdup ("prov-ortiz");
  entry->location_id = g_strdup (location_id);
  entry->from_us = EIGHT_US - 3 * HOUR_US;   /* that Tuesday only, and at West from five in the morning */
  entry->to_us = EIGHT_US + 9 * HOUR_US;
  entry->from_min = from_min;
  entry->to_min = to_min;
  entry->created_us = 1 + entries->len;
  g_ptr_array_add (entries, entry);
  return entry;
}

static AvaBackfill *
find_planned (GPtrArray  *plan,
              const char *id)
{
  for (guint i = 0; i < plan->len; i++) {
    if (g_str_equal (((AvaBackfill *) plan->pdata[i])->entry->id, id))
      return plan->pdata[i];
  }
  g_assert_not_reached ();
}

/* Until nine, of the clock where they would come: New York opens at nine, West at eight. */
static void
who_waits_is_offered_a_time_of_their_location (Desk          *desk,
                                               gconstpointer  data)
{
  AvaSpa *spa = ava_context_get_spa (desk->context);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (AvaSpa) there = NULL;
  gint64 now_us = EIGHT_US - 30 * AVA_USEC_PER_DAY;

  add_waiting (entries, "west-early", "west", 0, 8 * 60 + 30);
  add_waiting (entries, "first-early", spa->location_id, 0, 8 * 60 + 30);
  add_waiting (entries, "any-early", NULL, 0, 8 * 60 + 30);
  add_waiting (entries, "first", spa->location_id, 0, 1440);
  add_waiting (entries, "closed", "gone", 0, 1440);
  plan = ava_backfill_plan (spa, entries, busy, now_us);
  g_assert_cmpstr (find_planned (plan, "west-early")->slot->room_id, ==, "west-1");
  g_assert_cmpint (find_planned (plan, "west-early")->slot->start_us, >=, EIGHT_US);
  g_assert_null (find_planned (plan, "first-early")->slot);
  g_assert_null (find_planned (plan, "closed")->slot);
  g_assert_null (find_planned (plan, "any-early")->slot);   /* forty minutes of Elena Ortiz at West are west-early's */
  g_assert_cmpstr (ava_spa_place_of (spa, find_planned (plan, "first")->slot->room_id), ==, spa->location_id);
  there = ava_backfill_see (find_planned (plan, "west-early"), spa);
  g_assert_cmpstr (there->location_id, ==, "west");
}

/* Nobody may wait for nothing: who would go anywhere gets the first time of all locations. */
static void
who_would_go_anywhere_gets_the_first_time_of_all (Desk          *desk,
                                                  gconstpointer  data)
{
  AvaSpa *spa = ava_context_get_spa (desk->context);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) early = NULL;
  g_autoptr (GPtrArray) any = NULL;
  AvaWaitlistEntry *entry = add_waiting (entries, "any", NULL, 0, 8 * 60 + 30);
  gint64 now_us = EIGHT_US - 30 * AVA_USEC_PER_DAY;

  early = ava_backfill_plan (spa, entries, busy, now_us);
  g_assert_cmpint (find_planned (early, "any")->slot->start_us, ==, EIGHT_US);
  g_assert_cmpstr (find_planned (early, "any")->slot->room_id, ==, "west-1");
  entry->to_min = 1440;
  g_ptr_array_set_size (busy, 0);
  any = ava_backfill_plan (spa, entries, busy, now_us);
  g_assert_cmpint (find_planned (any, "any")->slot->start_us, <, EIGHT_US);
  g_assert_cmpstr (find_planned (any, "any")->slot->room_id, !=, "west-1");
}

/* Eight at West came free: who can come at eight is asked, though it is eleven in New York; who waits there is not. */
static void
freed_time_is_ranked_for_its_location (Desk          *desk,
                                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) freed = make (desk, "west", NULL, EIGHT_US, NULL, &error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) plan = NULL;
  AvaSpa *spa = ava_context_get_spa (desk->context);

  g_assert_no_error (error);
  add_waiting (entries, "west-early", "west", 0, 8 * 60);
  add_waiting (entries, "any-early", NULL, 0, 8 * 60);
  add_waiting (entries, "any-eleven", NULL, 11 * 60, 1440);
  add_waiting (entries, "first", spa->location_id, 0, 1440);
  plan = ava_backfill_rank_freed (spa, entries, busy, freed, EIGHT_US - 30 * AVA_USEC_PER_DAY);
  g_assert_cmpuint (plan->len, ==, 2);
  g_assert_cmpint (find_planned (plan, "west-early")->slot->start_us, ==, EIGHT_US);
  g_assert_cmpint (find_planned (plan, "any-early")->slot->start_us, ==, EIGHT_US);
}

static JsonObject *
use_tool (Desk       *desk,
          const char *tool,
          const char *args)
{
  g_autoptr (JsonNode) node = json_from_string (args, NULL);
  g_autoptr (AvaToolCall) call = ava_tool_call_new (tool, json_node_dup_object (node));
  g_autoptr (GAsyncResult) result = NULL;

  call->key = g_strdup (args);
  ava_toolbox_run_async (ava_context_get_toolbox (desk->context), call, "ava", "call-1", NULL, test_result_cb, &result);
  ava_toolbox_run_finish (ava_context_get_toolbox (desk->context), test_result_wait (&result), NULL);
  g_assert_nonnull (call->result);
  return json_object_ref (call->result);
}

/* Where Ava looked for a time is where they wait; "any" and a name however it is written are understood. */
static void
caller_waits_where_the_talk_was_about (Desk          *desk,
                                       gconstpointer  data)
{
#define KATE "\"service\": \"botox\", \"customer_name\": \"Kate Rowan\", \"phone\": \"+12125550177\""
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = make (desk, "west", NULL, EIGHT_US, NULL, &error);
  g_autofree char *moved = g_strdup_printf ("{" KATE ", \"except_appointment\": \"%s\"}", booked->id);
  g_autoptr (JsonObject) here = use_tool (desk, "join_waitlist", "{" KATE "}");
  g_autoptr (JsonObject) west = use_tool (desk, "join_waitlist", "{" KATE ", \"location\": \"WEST\"}");
  g_autoptr (JsonObject) any = use_tool (desk, "join_waitlist", "{" KATE ", \"location\": \"Any\"}");
  g_autoptr (JsonObject) there = use_tool (desk, "join_waitlist", moved);
  g_autoptr (JsonObject) wrong = use_tool (desk, "join_waitlist", "{" KATE ", \"location\": \"the moon\"}");
  g_autoptr (JsonObject) slots = use_tool (desk, "check_availability", "{\"service\": \"botox\", \"provider\": \"elena\", \"location\": \"west\","
                                           " \"from_date\": \"2026-12-29\", \"limit\": 200}");
  JsonObject *slot = json_array_get_object_element (json_object_get_array_member (slots, "slots"), 0);

  g_assert_cmpstr (json_object_get_string_member (here, "location"), ==, ava_context_get_spa (desk->context)->name);
  g_assert_cmpstr (json_object_get_string_member (west, "location"), ==, "West");
  g_assert_false (json_object_has_member (any, "location"));
  g_assert_cmpstr (json_object_get_string_member (there, "location"), ==, "West");
  g_assert_cmpstr (json_object_get_string_member (wrong, "error"), ==, "not_found");
  g_assert_nonnull (strstr (json_object_get_string_member (wrong, "message"), "West"));
  g_assert_cmpstr (json_object_get_string_member (slot, "location"), ==, "West");
  g_assert_nonnull (strstr (json_object_get_string_member (slot, "start"), "2026-12-29T08:"));   /* eight is taken for half an hour and more */
}

/* --- The same through avactl --- */

/* Returns: (transfer full): what it says: what is refused stands on the error stream */
static char *
run (Desk       *desk,
     int         expected,
     const char *line)
{
  g_autofree char *command = g_strdup_printf ("%s --data-dir %s --now 2026-11-24T10:05:00-05:00 %s",
                                              g_getenv ("AVA_AVACTL"), desk->folder, line);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (command, &out, &err, &status, NULL));
  if (!WIFEXITED (status) || WEXITSTATUS (status) != expected)
    g_error ("%s: status %d: %s%s", line, status, out, err);
  return expected == 0 ? g_steal_pointer (&out) : g_steal_pointer (&err);
}

static void
expect_said (Desk       *desk,
             int         expected,
             const char *line,
             const char *words)
{
  g_autofree char *said = run (desk, expected, line);

  if (strstr (said, words) == NULL)
    g_error ("%s: “%s” is not in “%s”", line, words, said);
}

/* Days and times are those of the location, which is found by its id or by its name however it is written. */
static void
avactl_looks_at_a_location (Desk          *desk,
                            gconstpointer  data)
{
#define ELENA "slots --service botox --provider elena --from 2026-12-29 --to 2026-12-29"
  g_autofree char *first = run (desk, 0, ELENA " --explain");
  g_autofree char *west = run (desk, 0, ELENA " --explain --location west");
  g_autofree char *open = run (desk, 0, ELENA " --location West");
  g_auto (GStrv) parts = g_strsplit (open, "  ", -1);   /* start, service, provider, slot, location */
  g_autofree char *book = g_strdup_printf ("book --slot %s --name \"Zora Quill\" --phone +12125550123", parts[3]);

  g_assert_true (g_str_has_prefix (open, "2026-12-29T08:00:00-08:00  Botox  Elena Ortiz  "));
  g_assert_true (g_str_has_prefix (parts[4], "West\n"));
  g_assert_true (g_str_has_prefix (west, "Tuesday, December 29th at 8 AM: free\n"));
  g_assert_false (g_str_has_prefix (first, "Tuesday, December 29th at 8 AM"));
  expect_said (desk, 0, ELENA " --explain --location WEST --room \"hill room\"", "8 AM: free\n");
  expect_said (desk, 1, ELENA " --explain --room \"Hill Room\"", "--location");
  expect_said (desk, 1, ELENA " --location Atlantis", "There is no such location. There is ");
  expect_said (desk, 1, ELENA " --explain --location Atlantis", "There is no such location. There is ");
  expect_said (desk, 0, book, "Tuesday, December 29th at 8 AM");
  expect_said (desk, 0, ELENA " --explain --location West", "8 AM: closed: ");
}

static void
avactl_keeps_where_somebody_waits (Desk          *desk,
                                   gconstpointer  data)
{
  g_autoptr (JsonObject) joined = use_tool (desk, "join_waitlist", "{" KATE "}");
  const char *entry = json_object_get_string_member (joined, "entry_id");
  g_autofree char *to_west = g_strdup_printf ("waitlist --move %s --location \"the west\"", entry);
  g_autofree char *to_any = g_strdup_printf ("waitlist --move %s --location any", entry);
  g_autofree char *to_nothing = g_strdup_printf ("waitlist --move %s", entry);
  g_autofree char *none = NULL;

  none = run (desk, 0, "waitlist --location west");
  g_assert_cmpstr (none, ==, "");
  expect_said (desk, 0, to_west, " West ");
  expect_said (desk, 0, "waitlist --location west", "Kate Rowan");
  expect_said (desk, 0, "--json waitlist", "\"location_id\"");
  expect_said (desk, 0, to_any, " anywhere ");
  expect_said (desk, 0, "waitlist --location west", "Kate Rowan");
  expect_said (desk, 2, to_nothing, "--location");
  expect_said (desk, 1, "waitlist --location Atlantis", "There is no such location");
  expect_said (desk, 1, "waitlist --move nobody --location west", "not on the waitlist any more");
}

#define TEST(name) g_test_add ("/desk/places/" #name, Desk, NULL, set_up, name, tear_down)

/* A table of the old book names its locations: each line is of its clock and its rooms. */
static void
imported_line_is_where_it_says (Desk          *desk,
                                gconstpointer  data)
{
  static const char table[] = "date,time,service,provider,name,phone,location\n"
                              "2026-12-29,8:00 AM,Botox,Elena Ortiz,Zora Quill,+12125550123,West\n"
                              "2026-12-29,8:00 AM,Botox,Elena Ortiz,Max Quill,+12125550124,Moon\n";
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  AvaImportCount count;

  items = ava_import_plan_table (ava_context_get_spa (desk->context), table, -1, &error);
  g_assert_no_error (error);
  ava_import_run_async (desk->context, items, "staff:desk", FALSE, NULL, test_result_cb, &result);
  g_assert_true (ava_import_run_finish (desk->context, test_result_wait (&result), &count, NULL, &error));
  g_assert_cmpstr (((AvaImportItem *) items->pdata[0])->words, ==, NULL);
  g_assert_cmpuint (count.added, ==, 1);
  g_assert_cmpstr (((AvaImportItem *) items->pdata[1])->words, ==, "There is no location “Moon”.");
  ava_store_book_at_async (ava_context_get_store (desk->context), EIGHT_US, EIGHT_US + HOUR_US, G_MAXINT64, NULL, test_result_cb, &listed);
  found = ava_store_book_at_finish (ava_context_get_store (desk->context), test_result_wait (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (AVA_APPOINTMENT (found->pdata[0])->location_id, ==, "west");
  g_assert_cmpstr (AVA_APPOINTMENT (found->pdata[0])->room_id, ==, "west-1");
  g_assert_cmpint (AVA_APPOINTMENT (found->pdata[0])->start_us, ==, EIGHT_US);
}

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
  TEST (imported_line_is_where_it_says);
  TEST (who_waits_is_offered_a_time_of_their_location);
  TEST (who_would_go_anywhere_gets_the_first_time_of_all);
  TEST (freed_time_is_ranked_for_its_location);
  TEST (caller_waits_where_the_talk_was_about);
  TEST (avactl_looks_at_a_location);
  TEST (avactl_keeps_where_somebody_waits);
  return g_test_run ();
}
