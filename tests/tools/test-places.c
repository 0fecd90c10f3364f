/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "async-result.h"
#include "ava-dialogue.h"
#include "ava-toolbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* Ava answers for New York; the caller's appointment stands at West, three hours behind. At one in the morning of a
 * Tuesday in New York it is Monday evening there: what "tomorrow" and "at three" mean is told by the clock of West. */

#define NOW "2026-12-29T01:00:00-05:00"
#define PHONE "+12125550123"

static const char west[] =
  "[{\"table\": \"locations\", \"id\": \"west\", \"before\": null, \"values\": {\"name\": \"West\", \"spoken_name\": \"west\","
  "  \"zone\": \"America/Los_Angeles\", \"phone\": \"+12125550199\", \"address\": \"1 Hill\", \"directions\": \"\", \"rank\": 5}},"
  " {\"table\": \"rooms\", \"id\": \"west-1\", \"before\": null, \"values\": {\"name\": \"Hill Room\", \"location_id\": \"west\","
  "  \"kinds\": [\"treatment\"], \"capacity\": 1}}";
static const char west_day[] =
  ", {\"table\": \"hours\", \"id\": \"west-%d\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": %d,"
  "  \"open_min\": 480, \"close_min\": 1080}},"
  " {\"table\": \"hours\", \"id\": \"ortiz-west-%d\", \"before\": null, \"values\": {\"owner_id\": \"prov-ortiz\","
  "  \"location_id\": \"west\", \"weekday\": %d, \"open_min\": 480, \"close_min\": 1080}}";

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaStore *store;
  AvaSpa *spa;
  AvaToolbox *toolbox;
  AvaDialogue *dialogue;
  GString *reply;
  char *customer_id;
} Call;

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
open_west (Call *call)
{
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (GString) json = g_string_new (west);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  for (int day = 1; day <= 6; day++)
    g_string_append_printf (json, west_day, day, day, day, day);
  g_string_append (json, "]");
  node = json_from_string (json->str, NULL);
  ava_store_save_settings_async (call->store, &actor, json_node_get_array (node), NULL, test_result_cb, &saved);
  ava_store_save_settings_finish (call->store, test_result_wait (&saved), &error);
  g_assert_no_error (error);
  ava_store_load_spa_async (call->store, NULL, test_result_cb, &loaded);
  call->spa = ava_store_load_spa_finish (call->store, test_result_wait (&loaded), &error);
  g_assert_no_error (error);
}

static void
book (Call       *call,
      const char *service,
      const char *provider,
      const char *room,
      const char *start)
{
  AvaActor actor = { .who = "import", .why = "scene" };
  gint64 start_us = at (start);
  gint64 end_us = start_us + (gint64) 1800 * G_USEC_PER_SEC;
  AvaSlot slot = { .service_id = (char *) service, .provider_id = (char *) provider, .room_id = (char *) room, .start_us = start_us,
                   .end_us = end_us, .active_end_us = end_us, .busy_start_us = start_us, .busy_end_us = end_us };
  AvaBooking booking = { .slot = &slot, .customer_name = "Zora Quill", .phone = PHONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) made = NULL;

  ava_store_book_async (call->store, &actor, &booking, NULL, test_result_cb, &result);
  made = ava_store_book_finish (call->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_free (call->customer_id);
  call->customer_id = g_strdup (made->customer_id);
}

static void
take_turn (Call            *call,
           AvaDialogueTurn *first)
{
  g_autoptr (GQueue) calls = g_queue_new ();
  AvaDialogueTurn *turn = first;

  g_string_truncate (call->reply, 0);
  for (;;) {
    g_autoptr (AvaToolCall) next = NULL;
    g_autoptr (GAsyncResult) result = NULL;

    g_string_append_printf (call->reply, "%s ", turn->reply != NULL ? turn->reply : "");
    for (guint i = 0; i < turn->tool_calls->len; i++)
      g_queue_push_tail (calls, g_object_ref (turn->tool_calls->pdata[i]));
    ava_dialogue_turn_free (turn);
    next = g_queue_pop_head (calls);
    if (next == NULL)
      break;
    ava_toolbox_run_async (call->toolbox, next, "ava", "call-1", NULL, test_result_cb, &result);
    ava_toolbox_run_finish (call->toolbox, test_result_wait (&result), NULL);
    turn = ava_dialogue_tool_done (call->dialogue, next, ava_clock_now_us (call->clock));
  }
  g_test_message ("    Ava: %s", call->reply->str);
}

static void
say (Call       *call,
     const char *words)
{
  AvaUtterance utterance = { .text = words, .confidence = 1, .now_us = ava_clock_now_us (call->clock) };

  if (call->dialogue == NULL) {
    AvaDialogueCaller caller = { .phone = PHONE, .customer_id = call->customer_id, .name = "Zora Quill", .call_id = "call-1" };

    call->dialogue = ava_dialogue_new (call->spa, &caller);
    take_turn (call, ava_dialogue_greet (call->dialogue, utterance.now_us));
  }
  g_test_message ("Caller: %s", words);
  take_turn (call, ava_dialogue_hear (call->dialogue, &utterance));
}

static void
hears (Call       *call,
       const char *part)
{
  if (strstr (call->reply->str, part) == NULL)
    g_test_message (">>> not so: %s", part);
  g_assert_nonnull (strstr (call->reply->str, part));
}

static gboolean
stands_at (Call       *call,
           const char *start)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;

  ava_store_list_appointments_async (call->store, at (start), at (start) + 1, FALSE, NULL, test_result_cb, &result);
  list = ava_store_list_appointments_finish (call->store, test_result_wait (&result), NULL);
  for (guint i = 0; i < list->len; i++) {
    if (AVA_APPOINTMENT (list->pdata[i])->start_us == at (start))
      return TRUE;
  }
  return FALSE;
}

static void
set_up (Call          *call,
        gconstpointer  data)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  call->folder = g_dir_make_tmp ("ava-places-XXXXXX", NULL);
  call->clock = ava_virtual_clock_new (at (NOW), FALSE);
  call->store = ava_store_open (call->folder, call->clock, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, NULL));
  g_assert_true (ava_store_fill_demo (call->store, json, 1, 1, 1, 0, &error));
  open_west (call);
  call->toolbox = ava_toolbox_new (call->store, call->clock);
  ava_toolbox_set_spa (call->toolbox, call->spa);
  call->reply = g_string_new (NULL);
}

static void
tear_down (Call          *call,
           gconstpointer  data)
{
  GDir *dir;
  const char *name;

  ava_dialogue_free (call->dialogue);
  ava_store_close (call->store);
  g_object_unref (call->toolbox);
  g_object_unref (call->store);
  g_object_unref (call->clock);
  g_object_unref (call->spa);
  dir = g_dir_open (call->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (call->folder, name, NULL);

    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (call->folder);
  g_free (call->folder);
  g_string_free (call->reply, TRUE);
  g_free (call->customer_id);
}

/* In New York tomorrow is Wednesday, the 30th. */
static void
tomorrow_is_that_of_the_appointment (Call          *call,
                                     gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-31T10:00:00-08:00");
  say (call, "I need to move my appointment to tomorrow at three");
  say (call, "yes");
  hears (call, "Tuesday, December 29th at 3 PM");
  say (call, "yes");
  hears (call, "Thursday, December 31st at 10 AM");
  hears (call, "Tuesday, December 29th at 3 PM");
  say (call, "yes please");
  g_assert_true (stands_at (call, "2026-12-29T15:00:00-08:00"));
  g_assert_false (stands_at (call, "2026-12-31T10:00:00-08:00"));
}

/* What is said once it is known which one moves is read there from the first. */
static void
later_words_are_read_there_too (Call          *call,
                                gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-31T10:00:00-08:00");
  say (call, "I need to move my appointment");
  say (call, "yes");
  say (call, "the day after tomorrow at nine");
  hears (call, "Wednesday, December 30th at 9 AM");
  say (call, "no, make it tomorrow afternoon");
  hears (call, "Tuesday, December 29th at");
  hears (call, "PM");
}

static void
an_hour_later_counts_from_the_clock_there (Call          *call,
                                           gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-29T16:00:00-08:00");
  say (call, "can you push my appointment back an hour");
  say (call, "yes");
  hears (call, "Tuesday, December 29th at 5 PM");
}

/* Both are at the same moment: ten at West is one in New York. */
static void
which_one_is_told_by_its_own_clock (Call          *call,
                                    gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-29T10:00:00-08:00");
  book (call, "svc-facial", "prov-park", "room-1", "2026-12-30T10:00:00-05:00");
  say (call, "I have to cancel my appointment tomorrow at ten");
  say (call, "yes");
  /* Tomorrow at ten is either, each by its clock. */
  hears (call, "Botox on Tuesday, December 29th at 10 AM");
  hears (call, "Signature Facial on Wednesday, December 30th at 10 AM");
  say (call, "the one on Tuesday");
  hears (call, "Tuesday, December 29th at 10 AM");
  say (call, "yes");
  g_assert_true (stands_at (call, "2026-12-30T10:00:00-05:00"));
  g_assert_false (stands_at (call, "2026-12-29T10:00:00-08:00"));
}

static void
day_of_the_appointment_is_that_of_its_place (Call          *call,
                                             gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-29T10:00:00-08:00");
  book (call, "svc-facial", "prov-park", "room-1", "2026-12-31T10:00:00-05:00");
  say (call, "please cancel my appointment tomorrow");
  say (call, "yes");
  hears (call, "Botox");
  hears (call, "Tuesday, December 29th at 10 AM");
  g_assert_null (strstr (call->reply->str, "Facial"));
}

/* West opens at eight, and lies at 1 Hill; the first location has hours and a street of its own. */
static void
hours_and_directions_are_those_of_its_place (Call          *call,
                                             gconstpointer  data)
{
  book (call, "svc-botox", "prov-ortiz", "west-1", "2026-12-31T10:00:00-08:00");
  say (call, "I need to move my appointment");
  say (call, "yes");
  say (call, "what are your hours");
  hears (call, "from 8 AM to 6 PM");
  say (call, "and where are you");
  hears (call, "1 Hill");
  say (call, "the day after tomorrow at nine");
  hears (call, "Wednesday, December 30th at 9 AM");
}

static void
without_an_appointment_they_are_those_of_the_first (Call          *call,
                                                    gconstpointer  data)
{
  say (call, "what are your hours");
  g_assert_null (strstr (call->reply->str, "8 AM to 6 PM"));
  say (call, "where are you");
  g_assert_null (strstr (call->reply->str, "1 Hill"));
}

#define TEST(name) g_test_add ("/tools/places/" #name, Call, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST (tomorrow_is_that_of_the_appointment);
  TEST (later_words_are_read_there_too);
  TEST (an_hour_later_counts_from_the_clock_there);
  TEST (which_one_is_told_by_its_own_clock);
  TEST (day_of_the_appointment_is_that_of_its_place);
  TEST (hours_and_directions_are_those_of_its_place);
  TEST (without_an_appointment_they_are_those_of_the_first);
  return g_test_run ();
}
