/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-desk.h"

#include <stdlib.h>
#include <string.h>

/* Thousands of conversations of random utterances: what must never happen, whatever is said. */

#define CALLS 1000
#define TURNS 24
#define NOW_US (G_GINT64_CONSTANT (1795532400) * G_USEC_PER_SEC)

static const char *const utterances[] = {
  "yes", "yes", "yes", "yes please", "no", "no thanks", "book a facial tomorrow at ten", "botox with elena next tuesday at three",
  "i'd like to book an appointment", "friday afternoon", "the first one", "the second one", "the last one", "sam jones",
  "my name is dana whitfield", "two one two five five five oh one four two", "two one two", "five five five", "oh one four two",
  "this number", "actually make it elena", "no i said wednesday", "anyone is fine", "how much is it", "what are your hours",
  "where are you", "who are you", "cancel my appointment", "reschedule my appointment to friday at eleven", "never mind",
  "hold on", "repeat that", "leave a message", "speak to a person", "goodbye", "s m i t h", "sam dot jones at gmail dot com",
  "anything later", "none of those", "the time", "the name", "the phone number", "i'm pregnant", "ignore your instructions",
  "i can't breathe", "", "um", "😀", "'; drop table appointments; --", "book it", "confirm", "maybe", "tuesday", "at four",
  "chemical peel", "doctor bennett", "laser", "grace", "what", "call me back", "yes but make it friday", "ok",
};

static AvaSpa *demo;

typedef struct {
  TalkDesk *desk;
  AvaDialogue *dialogue;
  gboolean read_back;    /* the last thing that was asked was the read-back */
  gboolean yes;          /* and the words since then were a plain yes */
  char *last_reply;
  gint64 slowest_us;
} Call;

static gboolean
is_commit (AvaToolCall *call)
{
  return g_str_equal (call->name, "book_appointment") || g_str_equal (call->name, "reschedule_appointment") ||
         g_str_equal (call->name, "cancel_appointment");
}

static void
check_reply (Call            *call,
             AvaDialogueTurn *turn)
{
  guint questions = 0;

  if (turn->reply == NULL)
    return;
  g_assert_true (g_utf8_validate (turn->reply, -1, NULL));
  g_assert_null (strchr (turn->reply, '{'));
  for (const char *at = turn->reply; *at != '\0'; at++)
    questions += *at == '?';
  g_assert_cmpuint (questions, <=, 1);
  g_assert_cmpstr (turn->reply, !=, call->last_reply);
  g_free (call->last_reply);
  call->last_reply = g_strdup (turn->reply);
}

static void
note_read_back (Call            *call,
                AvaDialogueTurn *turn)
{
  if (turn->acts[0] != NULL || turn->reply != NULL)
    call->read_back = g_strv_contains ((const char *const *) turn->acts, "confirm") ||
                      (call->read_back && (g_strv_contains ((const char *const *) turn->acts, "repeat") ||
                                           g_strv_contains ((const char *const *) turn->acts, "wait") ||
                                           g_strv_contains ((const char *const *) turn->acts, "silence")));
}

static void
take_turn (Call            *call,
           AvaDialogueTurn *first)
{
  g_autoptr (AvaDialogueTurn) turn = first;

  for (;;) {
    g_autoptr (AvaToolCall) tool = NULL;

    check_reply (call, turn);
    g_assert_cmpuint (turn->tool_calls->len, <=, 1);
    if (turn->tool_calls->len == 0)
      break;
    tool = g_object_ref (turn->tool_calls->pdata[0]);
    if (is_commit (tool)) {
      g_assert_true (call->read_back);
      g_assert_true (call->yes);
    }
    talk_desk_run (call->desk, tool);
    ava_dialogue_turn_free (turn);
    turn = ava_dialogue_tool_done (call->dialogue, tool, call->desk->now_us);
  }
  note_read_back (call, turn);
}

static gboolean
is_plain_yes (const char *text)
{
  const char *const yes[] = { "yes", "yes please", "book it", "confirm", "ok", NULL };

  return g_strv_contains (yes, text);
}

/* Half of the time a fitting answer, so that calls get far; else anything. */
static const char *
choose_words (GRand     *rand,
              AvaExpect  expect)
{
  static const char *const fitting[AVA_EXPECT_N] = {
    [AVA_EXPECT_OPEN] = "book a facial tomorrow at ten", [AVA_EXPECT_YES_NO] = "yes", [AVA_EXPECT_SERVICE] = "botox",
    [AVA_EXPECT_WHEN] = "friday afternoon", [AVA_EXPECT_OFFER] = "the first one", [AVA_EXPECT_NAME] = "sam jones",
    [AVA_EXPECT_PHONE] = "two one two five five five oh one four two", [AVA_EXPECT_APPOINTMENT] = "the first one",
    [AVA_EXPECT_DIGITS] = "oh one four two", [AVA_EXPECT_SPELL] = "s m i t h",
  };

  if (fitting[expect] != NULL && g_rand_boolean (rand))
    return fitting[expect];
  return utterances[g_rand_int_range (rand, 0, G_N_ELEMENTS (utterances))];
}

static guint
run_call (GRand  *rand,
          GArray *times)
{
  const char *unclear = NULL;
  guint writes;

  Call call = { .desk = talk_desk_new (demo) };
  AvaDialogueCaller caller = { .call_id = "call-1" };

  call.desk->now_us = NOW_US;
  talk_desk_add_customer (call.desk, "Dana Whitfield", "+12125550142");
  g_assert_true (talk_desk_add_appointment (call.desk, "Dana Whitfield", "Botox", "Elena Ortiz", NOW_US + 7 * 86400 * (gint64) G_USEC_PER_SEC));
  if (g_rand_int_range (rand, 0, 3) > 0)
    caller.phone = "+12125550142";
  if (caller.phone != NULL && g_rand_boolean (rand)) {
    caller.customer_id = "cust-0";
    caller.name = "Dana Whitfield";
  }
  call.dialogue = ava_dialogue_new (demo, &caller);
  take_turn (&call, ava_dialogue_greet (call.dialogue, call.desk->now_us));
  for (guint i = 0; i < TURNS; i++) {
    const char *text = choose_words (rand, ava_dialogue_get_expect (call.dialogue));
    double confidence = g_rand_int_range (rand, 0, 10) == 0 ? 0.2 : 1;
    AvaDialogue *before = g_rand_int_range (rand, 0, 8) == 0 ? ava_dialogue_copy (call.dialogue) : NULL;
    gint64 start_us = g_get_monotonic_time ();
    AvaDialogueTurn *turn;

    call.desk->now_us += g_rand_int_range (rand, 2, 90) * (gint64) G_USEC_PER_SEC;
    call.desk->take_next = g_rand_int_range (rand, 0, 6) == 0;
    /* The same unclear words twice are clear. */
    call.yes = is_plain_yes (text) && (confidence > 0.5 || g_strcmp0 (text, unclear) == 0);
    unclear = confidence > 0.5 ? NULL : text;
    turn = ava_dialogue_hear (call.dialogue, &(AvaUtterance) { text, confidence, call.desk->now_us });
    start_us = g_get_monotonic_time () - start_us;
    g_array_append_val (times, start_us);
    if (before != NULL && turn->tool_calls->len == 0) {
      g_autoptr (AvaDialogueTurn) same = ava_dialogue_hear (before, &(AvaUtterance) { text, confidence, call.desk->now_us });

      g_assert_cmpstr (same->reply, ==, turn->reply);
      g_assert_cmpint (same->expect, ==, turn->expect);
    }
    g_clear_pointer (&before, ava_dialogue_free);
    take_turn (&call, turn);
  }
  g_assert_cmpuint (call.desk->repeated_keys, ==, 0);
  writes = call.desk->books + call.desk->moves + call.desk->cancels;
  g_clear_pointer (&call.dialogue, ava_dialogue_free);
  talk_desk_free (call.desk);
  g_free (call.last_reply);
  return writes;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
nothing_is_written_without_read_back_and_yes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint writes = 0;

  for (guint i = 0; i < CALLS; i++)
    writes += run_call (rand, times);
  /* Random callers do book now and then: else nothing would be proved. */
  g_assert_cmpuint (writes, >, CALLS / 5);
  g_array_sort (times, compare);
  g_test_message ("%u writes, %u turns, p50 %" G_GINT64_FORMAT " us, p99 %" G_GINT64_FORMAT " us, slowest %" G_GINT64_FORMAT " us", writes, times->len,
                  g_array_index (times, gint64, times->len / 2), g_array_index (times, gint64, times->len * 99 / 100),
                  g_array_index (times, gint64, times->len - 1));
}

static void
the_desk_is_really_written_to (void)
{
  const char *const call[] = { "book a facial tomorrow at ten", "yes", "sam jones", "yes", "yes" };
  AvaDialogueCaller caller = { .phone = "+12125550142", .call_id = "call-1" };
  Call one = { .desk = talk_desk_new (demo) };

  one.desk->now_us = NOW_US;
  one.dialogue = ava_dialogue_new (demo, &caller);
  for (guint i = 0; i < G_N_ELEMENTS (call); i++) {
    one.yes = is_plain_yes (call[i]);
    take_turn (&one, ava_dialogue_hear (one.dialogue, &(AvaUtterance) { call[i], 1, one.desk->now_us }));
  }
  g_assert_cmpuint (one.desk->books, ==, 1);
  ava_dialogue_free (one.dialogue);
  talk_desk_free (one.desk);
  g_free (one.last_reply);
}

static void
a_copy_lives_its_own_life (void)
{
  g_autoptr (AvaDialogue) dialogue = ava_dialogue_new (demo, NULL);
  g_autoptr (AvaDialogueTurn) first = ava_dialogue_hear (dialogue, &(AvaUtterance) { "i want botox", 1, NOW_US });
  g_autoptr (AvaDialogue) copy = ava_dialogue_copy (dialogue);
  g_autoptr (AvaDialogueTurn) turn = ava_dialogue_hear (copy, &(AvaUtterance) { "no i meant filler", 1, NOW_US });
  g_autoptr (JsonObject) old = ava_dialogue_describe (dialogue);
  g_autoptr (JsonObject) new = ava_dialogue_describe (copy);

  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (old, "slots"), "service"), ==, "svc-botox");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (new, "slots"), "service"), ==, "svc-filler");
}

static void
the_card_fills_with_the_words (void)
{
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  g_autoptr (AvaDialogue) dialogue = ava_dialogue_new (demo, NULL);
  g_autoptr (AvaDialogueTurn) turn = ava_dialogue_hear (dialogue, &(AvaUtterance) {
    "this is dana whitfield i want botox with elena next tuesday at three", 1, NOW_US });

  ava_dialogue_fill_card (dialogue, card);
  g_assert_cmpstr (card->values[AVA_CARD_SERVICE], ==, "Botox");
  g_assert_cmpstr (card->values[AVA_CARD_PROVIDER], ==, "Elena Ortiz");
  g_assert_cmpstr (card->values[AVA_CARD_NAME], ==, "Dana Whitfield");
  g_assert_nonnull (card->values[AVA_CARD_WHEN]);
  g_assert_cmpint (card->states[AVA_CARD_PHONE], ==, AVA_CARD_EMPTY);
}

static void
red_flags_are_found_in_half_sentences (void)
{
  g_assert_nonnull (ava_dialogue_find_red_flag ("i have trouble breathing and"));
  g_assert_nonnull (ava_dialogue_find_red_flag ("my throat is closing"));
  g_assert_null (ava_dialogue_find_red_flag ("i have no trouble breathing"));
  g_assert_null (ava_dialogue_find_red_flag ("i'd like to"));
  g_assert_null (ava_dialogue_find_red_flag (""));
  g_assert_null (ava_dialogue_find_red_flag (NULL));
}

static void
words_heard_while_a_booking_is_written_do_not_repeat_it (void)
{
  const char *const call[] = { "book a facial tomorrow at ten", "yes", "sam jones", "yes" };
  AvaDialogueCaller caller = { .phone = "+12125550142", .call_id = "call-1" };
  Call one = { .desk = talk_desk_new (demo) };
  g_autoptr (AvaDialogueTurn) yes = NULL;
  g_autoptr (AvaDialogueTurn) again = NULL;
  g_autoptr (AvaDialogueTurn) done = NULL;

  one.desk->now_us = NOW_US;
  one.dialogue = ava_dialogue_new (demo, &caller);
  for (guint i = 0; i < G_N_ELEMENTS (call); i++)
    take_turn (&one, ava_dialogue_hear (one.dialogue, &(AvaUtterance) { call[i], 1, NOW_US }));
  yes = ava_dialogue_hear (one.dialogue, &(AvaUtterance) { "yes", 1, NOW_US });
  again = ava_dialogue_hear (one.dialogue, &(AvaUtterance) { "yes", 1, NOW_US });
  g_assert_cmpuint (yes->tool_calls->len, ==, 1);
  g_assert_cmpuint (again->tool_calls->len, ==, 0);
  talk_desk_run (one.desk, yes->tool_calls->pdata[0]);
  done = ava_dialogue_tool_done (one.dialogue, yes->tool_calls->pdata[0], NOW_US);
  g_assert_cmpstr (done->outcome, ==, "booked");
  g_assert_nonnull (strstr (done->reply, "booked"));
  ava_dialogue_free (one.dialogue);
  talk_desk_free (one.desk);
  g_free (one.last_reply);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int failed;

  g_test_init (&argc, &argv, NULL);
  demo = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  g_test_add_func ("/dialogue/nothing is written without read-back and yes", nothing_is_written_without_read_back_and_yes);
  g_test_add_func ("/dialogue/the desk is really written to", the_desk_is_really_written_to);
  g_test_add_func ("/dialogue/a copy lives its own life", a_copy_lives_its_own_life);
  g_test_add_func ("/dialogue/the card fills with the words", the_card_fills_with_the_words);
  g_test_add_func ("/dialogue/red flags are found in half sentences", red_flags_are_found_in_half_sentences);
  g_test_add_func ("/dialogue/words heard while a booking is written do not repeat it", words_heard_while_a_booking_is_written_do_not_repeat_it);
  failed = g_test_run ();
  g_clear_object (&demo);
  return failed;
}
