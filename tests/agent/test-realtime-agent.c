/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include <string.h>

/* The realtime agent against the fake service, on virtual time. */

#define GREETING "\"greeting\": [{\"say\": \"Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?\"}]"
#define SERVER AVA_TURN_MODE_SERVER_VAD
#define LONG_ANSWER "We are open from nine to seven on weekdays, until eight on Thursdays, and from ten to four on Saturdays."

static const char *
get_text (Stage *stage,
          guint  i)
{
  return stage_get_row (stage, i)->text;
}

static guint
count_events (Stage      *stage,
              const char *kind)
{
  g_auto (GStrv) kinds = g_strsplit (stage->events->str, " ", -1);
  guint n = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    n += g_str_equal (kinds[i], kind);
  return n;
}

static const char *
get_instructions (JsonObject *event)
{
  return json_object_get_string_member (json_object_get_object_member (event, "response"), "instructions");
}

static void
she_greets_by_a_response_of_her_own (void)
{
  Stage stage;
  JsonObject *session;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  g_assert_nonnull (strstr (get_instructions (stage_find_sent (&stage, "response.create", 0)), "Your name is Ava"));
  g_assert_nonnull (strstr (get_instructions (stage_find_sent (&stage, "response.create", 0)), "Thank you for calling Willow and Sage Med Spa."));
  session = json_object_get_object_member (stage_find_sent (&stage, "session.update", 0), "session");
  g_assert_cmpstr (json_object_get_string_member (session, "type"), ==, "realtime");
  g_assert_nonnull (strstr (json_object_get_string_member (session, "instructions"), "Laser Hair Removal (id svc-laser): 195.00 USD"));
  g_assert_nonnull (strstr (json_object_get_string_member (session, "instructions"), "Monday 9 AM to 7 PM"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (session, "tools")), ==, 4);
  g_assert_cmpuint (stage.rows->len, ==, 1);
  g_assert_cmpint (stage_get_row (&stage, 0)->role, ==, AVA_ROLE_AVA);
  g_assert_cmpstr (get_text (&stage, 0), ==, "Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?");
  g_assert_false (stage_get_row (&stage, 0)->interim);
  g_assert_cmpstr (stage.captions->pdata[0], ==, "open: Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?");
  stage_clear (&stage);
}

static void
a_turn_is_answered_once (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"From nine to seven.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.rows->len, ==, 3);
  g_assert_cmpint (stage_get_row (&stage, 1)->role, ==, AVA_ROLE_CALLER);
  g_assert_cmpstr (get_text (&stage, 1), ==, "When are you open?");
  g_assert_false (stage_get_row (&stage, 1)->interim);
  g_assert_cmpstr (get_text (&stage, 2), ==, "From nine to seven.");
  g_assert_cmpstr (stage_get_row (&stage, 2)->previous_id, ==, stage_get_row (&stage, 1)->id);
  /* The service answers by itself: the only response that is asked for is the greeting. */
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  /* 600 ms of silence, 300 ms of the fake's thinking, and little of ours. */
  g_assert_cmpint (stage.first_audio_us - stage.speech_end_us, >=, 900 * 1000);
  g_assert_cmpint (stage.first_audio_us - stage.speech_end_us, <=, 980 * 1000);
  stage_clear (&stage);
}

/* 37 % of an answer is heard; the service has long finished making it. */
static void
only_what_was_heard_is_kept (void)
{
  Stage stage;
  AvaTranscriptItem *row;
  JsonObject *truncate;

  stage_init (&stage, "{\"pace\": 50, " GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"" LONG_ANSWER "\"}]},"
              "{\"hear\": \"Thanks.\", \"steps\": [{\"say\": \"You are welcome.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  while (stage.queued == 0)
    stage_play (&stage, FALSE, 20);
  row = stage_get_row (&stage, 2);
  stage_play (&stage, FALSE, strlen (LONG_ANSWER) * 60 * 37 / 100);
  stage_say (&stage, 700);
  truncate = stage_find_sent (&stage, "conversation.item.truncate", 0);
  g_assert_nonnull (truncate);
  g_assert_cmpstr (json_object_get_string_member (truncate, "item_id"), ==, row->id);
  g_assert_cmpint (json_object_get_int_member (truncate, "audio_end_ms"), ==, row->heard_ms);
  g_assert_cmpint (row->heard_ms, >=, strlen (LONG_ANSWER) * 60 * 36 / 100);
  g_assert_cmpint (row->heard_ms, <=, strlen (LONG_ANSWER) * 60 * 41 / 100);
  g_assert_true (row->interrupted);
  g_assert_true (g_str_has_prefix (LONG_ANSWER, row->text));
  g_assert_cmpuint (strlen (row->text), >=, strlen (LONG_ANSWER) * 28 / 100);
  g_assert_cmpuint (strlen (row->text), <=, strlen (LONG_ANSWER) * 41 / 100);
  /* The answer was complete: there was nothing to cancel. */
  g_assert_cmpuint (stage_count (&stage, "response.cancel"), ==, 0);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_cmpstr (get_text (&stage, 4), ==, "You are welcome.");
  stage_clear (&stage);
}

static void
late_deltas_are_not_heard (void)
{
  Stage stage;
  gint64 before;

  stage_init (&stage, "{\"pace\": 2, \"late_deltas\": 4, " GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Yes.\", \"think_ms\": 900}]}]}", SERVER);
  stage_start (&stage);
  while (stage.queued == 0)
    stage_play (&stage, FALSE, 20);
  stage_play (&stage, FALSE, 600);
  stage_play (&stage, TRUE, 400);
  before = stage.played;
  g_assert_cmpuint (stage.flushes, ==, 1);
  stage_play (&stage, TRUE, 400);
  stage_play (&stage, FALSE, 1000);
  g_assert_cmpint (stage.played, ==, before);
  g_assert_true (stage_get_row (&stage, 0)->interrupted);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.truncate"), ==, 1);
  stage_hear_out (&stage);
  g_assert_cmpstr (get_text (&stage, 2), ==, "Yes.");
  stage_clear (&stage);
}

static void
a_noise_lets_the_sentence_go_on (void)
{
  Stage stage;
  const char *whole = "Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?";

  stage_init (&stage, "{\"pace\": 50, " GREETING ", \"noise_is_no_turn\": true, \"turns\": [{\"hear\": \"\", \"transcription\": \"empty\", \"steps\": [{\"say\": \"I did not catch that.\"}]}]}", SERVER);
  stage_start (&stage);
  while (stage.queued == 0)
    stage_play (&stage, FALSE, 20);
  stage_play (&stage, FALSE, 1500);
  stage_say (&stage, 120);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_nonnull (strstr (stage.events->str, "resume "));
  g_assert_cmpstr (get_text (&stage, 0), ==, whole);
  g_assert_false (stage_get_row (&stage, 0)->interrupted);
  /* All of it was heard, and no answer to the noise. */
  g_assert_cmpint (stage.played, >=, (gint64) strlen (whole) * 60 * 16 - 800);
  g_assert_cmpint (stage.played, <=, (gint64) strlen (whole) * 60 * 16 + 800);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.truncate"), ==, 1);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.delete"), >=, 1);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.create"), ==, 1);
  stage_clear (&stage);
}

/* The service hears somebody who is not there, and never says that they stopped. */
static void
a_phantom_does_not_silence_her (void)
{
  Stage stage;

  stage_init (&stage, "{\"pace\": 50, " GREETING ", \"faults\": [{\"on\": \"rate_limits.updated\", \"do\": \"text\", \"text\": "
              "\"{\\\"type\\\": \\\"input_audio_buffer.speech_started\\\", \\\"event_id\\\": \\\"x\\\", \\\"audio_start_ms\\\": 1, \\\"item_id\\\": \\\"ghost\\\"}\"}]}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 1500);
  g_assert_cmpuint (stage.flushes, ==, 1);
  stage_hear_out (&stage);
  g_assert_nonnull (strstr (stage.events->str, "resume "));
  g_assert_false (stage_get_row (&stage, 0)->interrupted);
  stage_clear (&stage);
}

/* The same while she thinks: the answer that was on its way is asked for anew at once, not after a long silence. */
static void
a_phantom_costs_no_answer (void)
{
  Stage stage;
  gint64 start_us;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Never heard.\", \"think_ms\": 1000}, {\"say\": \"Here I am.\"}]}],"
              "\"faults\": [{\"on\": \"conversation.item.input_audio_transcription.completed\", \"nth\": 1, \"do\": \"text\", \"text\": "
              "\"{\\\"type\\\": \\\"input_audio_buffer.speech_started\\\", \\\"event_id\\\": \\\"x\\\", \\\"audio_start_ms\\\": 1, \\\"item_id\\\": \\\"ghost\\\"}\"}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  start_us = stage.time_us;
  stage_play (&stage, FALSE, 900);
  while (stage.queued == 0 && stage.time_us - start_us < 12 * G_USEC_PER_SEC)
    stage_play (&stage, FALSE, 20);
  g_assert_cmpint (stage.time_us - start_us, <, 2600 * 1000);
  stage_hear_out (&stage);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "Here I am.");
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  stage_clear (&stage);
}

static void
transcripts_that_come_late_find_their_place (void)
{
  static const char *const expected[] = { "First.", "One.", "Second.", "Two.", "Third.", "Three." };
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"First.\", \"transcribe_ms\": 9000, \"steps\": [{\"say\": \"One.\"}]},"
              "{\"hear\": \"Second.\", \"transcribe_ms\": 3500, \"steps\": [{\"say\": \"Two.\"}]},"
              "{\"hear\": \"Third.\", \"transcribe_ms\": 50, \"steps\": [{\"say\": \"Three.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < 3; i++)
    stage_say (&stage, 800);
  stage_play (&stage, FALSE, 5000);
  g_assert_cmpuint (stage.rows->len, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_cmpstr (get_text (&stage, i + 1), ==, expected[i]);
    g_assert_false (stage_get_row (&stage, i + 1)->interim);
  }
  stage_clear (&stage);
}

static void
a_transcript_that_fails_blocks_nothing (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"x\", \"transcription\": \"failed\", \"steps\": [{\"say\": \"One.\"}]},"
              "{\"hear\": \"x\", \"transcription\": \"missing\", \"steps\": [{\"say\": \"Two.\"}]},"
              "{\"hear\": \"Third.\", \"steps\": [{\"say\": \"Three.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < 3; i++)
    stage_say (&stage, 800);
  g_assert_cmpuint (stage.rows->len, ==, 7);
  g_assert_cmpstr (get_text (&stage, 2), ==, "One.");
  g_assert_cmpstr (get_text (&stage, 4), ==, "Two.");
  g_assert_cmpstr (get_text (&stage, 5), ==, "Third.");
  g_assert_nonnull (strstr (stage.events->str, "transcription-failed "));
  ava_agent_stop (stage.agent);
  /* What never came is not open for ever. */
  g_assert_false (stage_get_row (&stage, 3)->interim);
  stage_clear (&stage);
}

#define BOOKING "\"turns\": [" \
  "{\"hear\": \"I would like to book Botox tomorrow.\", \"steps\": [{\"say\": \"Let me look.\", \"calls\": [{\"name\": \"check_availability\", \"arguments\": {\"service\": \"botox\"}}]}, {\"say\": \"I have {check_availability.slots.0.spoken}. Would that work?\"}]}," \
  "{\"hear\": \"The first one.\", \"steps\": [{\"calls\": [{\"name\": \"hold_slot\", \"arguments\": {\"slot_id\": \"{check_availability.slots.0.slot_id}\"}}]}, {\"say\": \"May I have your name, please?\"}]}," \
  "{\"hear\": \"My name is Sam Carter.\", \"steps\": [{\"say\": \"So that is Botox on Tuesday for Sam Carter. Shall I book it?\"}]}," \
  "{\"hear\": \"Yes, please.\", \"steps\": [{\"calls\": [{\"name\": \"book_appointment\", \"arguments\": {\"slot_id\": \"{hold_slot.slot_id}\", \"customer_name\": \"Sam Carter\", \"phone\": \"+12125550147\"}}]}, {\"say\": \"You are booked: Botox on Tuesday.\"}]}," \
  "{\"hear\": \"Wait a moment.\", \"steps\": [{\"say\": \"Of course.\"}]}]"

static void
tools_run_once_and_are_answered_once (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", " BOOKING "}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < 4; i++)
    stage_say (&stage, 900);
  g_assert_cmpuint (stage.calls->len, ==, 3);
  g_assert_cmpstr (((AvaToolCall *) stage.calls->pdata[2])->name, ==, "book_appointment");
  g_assert_cmpstr (((AvaToolCall *) stage.calls->pdata[2])->key, ==, "call-1:book_appointment::slot-1");
  g_assert_cmpstr (json_object_get_string_member (((AvaToolCall *) stage.calls->pdata[2])->args, "slot_id"), ==, "slot-1");
  g_assert_cmpuint (stage_count (&stage, "conversation.item.create"), ==, 3);
  /* The greeting and one answer to each tool. */
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 4);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "You are booked: Botox on Tuesday.");
  g_assert_null (strstr (stage.events->str, "false-claim"));
  g_assert_cmpstr (stage.card->values[AVA_CARD_SERVICE], ==, "Botox");
  g_assert_cmpstr (stage.card->status, ==, "booked");
  stage_clear (&stage);
}

/* She is interrupted at every moment of the last step: the tool still runs once, and is answered once. */
static void
an_interruption_loses_no_tool (void)
{
  for (guint at = 0; at < 12; at++) {
    Stage stage;
    guint bookings = 0;

    stage_init (&stage, "{" GREETING ", " BOOKING "}", SERVER);
    stage.tool_delay_ms = 400;
    stage_start (&stage);
    stage_hear_out (&stage);
    for (guint i = 0; i < 3; i++)
      stage_say (&stage, 900);
    stage_play (&stage, TRUE, 700);
    stage_play (&stage, FALSE, 600 + at * 120);
    stage_say (&stage, 700);
    stage_hear_out (&stage);
    for (guint i = 0; i < stage.calls->len; i++)
      bookings += g_str_equal (((AvaToolCall *) stage.calls->pdata[i])->name, "book_appointment");
    g_assert_cmpuint (bookings, <=, 1);
    g_assert_cmpuint (stage_count (&stage, "conversation.item.create"), ==, stage.calls->len);
    g_assert_false (stage.lost);
    stage_clear (&stage);
  }
}

static void
the_same_call_twice_is_done_once (void)
{
  Stage stage;
  const char *call = "{\"name\": \"check_availability\", \"arguments\": {\"service\": \"botox\", \"when\": \"tomorrow\"}}";
  g_autofree char *script = g_strdup_printf ("{\"think_ms\": 150, " GREETING ", \"turns\": [{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"calls\": [%s, %s, "
                                             "{\"name\": \"check_availability\", \"arguments\": {\"when\": \"tomorrow\", \"service\": \"botox\"}}, "
                                             "{\"name\": \"check_availability\", \"arguments\": \"no json\"}]}, {\"say\": \"At three thirty.\"}]}]}", call, call);

  stage_init (&stage, script, SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.calls->len, ==, 1);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.create"), ==, 4);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  g_assert_nonnull (strstr (json_object_get_string_member (json_object_get_object_member (
    stage_find_sent (&stage, "conversation.item.create", 3), "item"), "output"), "not a JSON object"));
  g_assert_cmpstr (get_text (&stage, 2), ==, "At three thirty.");
  stage_clear (&stage);
}

static void
a_liar_is_corrected (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Book me for Botox.\", \"steps\": [{\"say\": \"Great. You are booked for Botox tomorrow at three. See you then and have a wonderful day!\"},"
              "{\"say\": \"I am sorry, nothing is booked yet. What day would you like?\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_hear_out (&stage);
  g_assert_nonnull (strstr (stage.events->str, "false-claim "));
  g_assert_null (strstr (get_text (&stage, 2), "booked"));
  g_assert_true (stage_get_row (&stage, 2)->interrupted);
  g_assert_cmpstr (get_text (&stage, 3), ==, "I am sorry, nothing is booked yet. What day would you like?");
  g_assert_nonnull (strstr (json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (
    json_object_get_object_member (stage_find_sent (&stage, "conversation.item.create", 0), "item"), "content"), 0), "text"),
    "Nothing has been booked"));
  g_assert_false (stage.lost);
  stage_clear (&stage);
}

/* Not the false word itself is heard, however long its sentence is: the sound waits where it begins to claim something. */
static void
a_long_lie_is_not_heard (void)
{
  static const char *const scripts[] = { "\"pace\": 2", "\"pace\": 5", "\"pace\": 5, \"words_early\": true" };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++) {
    Stage stage;
    g_autofree char *script = g_strdup_printf ("{%s, " GREETING ", \"turns\": [{\"hear\": \"Book me for Botox.\", \"steps\": [{\"say\": \"Great, so then you are booked for Botox tomorrow at three in the afternoon"
                                               " with Elena Ortiz in our main office on Main Street next to the park. See you then!\"}, {\"say\": \"I am sorry, nothing is booked yet.\"}]}]}", scripts[i]);

    stage_init (&stage, script, SERVER);
    stage_start (&stage);
    stage_hear_out (&stage);
    stage_say (&stage, 900);
    stage_hear_out (&stage);
    g_assert_cmpuint (count_events (&stage, "false-claim"), ==, 1);
    g_assert_null (strstr (get_text (&stage, 2), "booked"));
    g_assert_cmpint (stage_get_row (&stage, 2)->heard_ms, <=, (gint64) strlen ("Great, so then you are boo") * 60);
    g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "I am sorry, nothing is booked yet.");
    stage_clear (&stage);
  }
}

/* One booking makes the next one no truth; the one that stands may be told again. */
static void
a_booking_does_not_cover_the_next (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Yes, please book it.\", \"steps\": [{\"calls\": [{\"name\": \"book_appointment\", \"arguments\": {\"slot_id\": \"slot-1\"}}]}, {\"say\": \"You are booked: Botox on Tuesday.\"}]},"
              "{\"hear\": \"So did you book me?\", \"steps\": [{\"say\": \"Yes, you are booked for Tuesday. What else?\"}]},"
              "{\"hear\": \"Book another one for Friday.\", \"steps\": [{\"say\": \"I have booked that too. What else?\"}, {\"say\": \"I am sorry, not yet. At what time?\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_say (&stage, 900);
  g_assert_cmpuint (count_events (&stage, "false-claim"), ==, 0);
  g_assert_cmpstr (get_text (&stage, 4), ==, "Yes, you are booked for Tuesday. What else?");
  stage_say (&stage, 900);
  g_assert_cmpuint (count_events (&stage, "false-claim"), ==, 1);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "I am sorry, not yet. At what time?");
  stage_clear (&stage);
}

static void
a_notorious_liar_is_replaced (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Book me for Botox.\", \"steps\": [{\"say\": \"You are booked. Goodbye.\"},"
              "{\"say\": \"Indeed, you are booked. Goodbye.\"}, {\"say\": \"I have booked it. Goodbye.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_hear_out (&stage);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "which was not"));
  stage_clear (&stage);
}

static void
a_response_that_is_refused_comes_later (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"calls\": [{\"name\": \"check_availability\", \"arguments\": {}}]}, {\"say\": \"At three thirty.\"}]}],"
              "\"faults\": [{\"on\": \"client:response.create\", \"nth\": 2, \"do\": \"error\", \"code\": \"conversation_already_has_active_response\", \"type\": \"invalid_request_error\"},"
              "{\"on\": \"client:response.create\", \"nth\": 2, \"do\": \"drop\"}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  stage_play (&stage, FALSE, 16000);
  g_assert_cmpuint (stage_count (&stage, "response.create"), >=, 3);
  g_assert_false (stage.lost);
  g_assert_cmpstr (stage.troubles->str, ==, "");
  g_assert_cmpstr (get_text (&stage, 2), ==, "One moment, please.");
  g_assert_cmpstr (get_text (&stage, 3), ==, "At three thirty.");
  stage_clear (&stage);
}

/* Her request is on its way when the caller begins to speak: the answer to it is not heard over them. */
static void
a_response_that_begins_too_late_is_not_heard (void)
{
  Stage stage;
  gint64 before;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"calls\": [{\"name\": \"check_availability\", \"arguments\": {}}]}, {\"say\": \"" LONG_ANSWER "\"}]},"
              "{\"hear\": \"No, Friday.\", \"steps\": [{\"say\": \"On Friday, then.\"}]}],"
              "\"faults\": [{\"on\": \"client:response.create\", \"nth\": 2, \"do\": \"delay\", \"ms\": 400}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  for (guint i = 0; i < 200 && stage_count (&stage, "response.create") < 2; i++)
    stage_play (&stage, FALSE, 20);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  before = stage.played;
  stage_play (&stage, TRUE, 1500);
  g_assert_cmpint (stage.played, ==, before);
  g_assert_cmpint (stage.queued, ==, 0);
  g_assert_cmpuint (stage_count (&stage, "response.cancel"), ==, 1);
  stage_hear_out (&stage);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "On Friday, then.");
  for (guint i = 0; i < stage.rows->len; i++)
    g_assert_null (strstr (get_text (&stage, i), "We are open"));
  stage_clear (&stage);
}

static void
odd_frames_do_not_end_the_call (void)
{
  static const struct { const char *fault; gboolean seen; } faults[] = {
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \"", TRUE },
    { "\"do\": \"text\", \"text\": \"[1, 2]\"", TRUE },
    { "\"do\": \"text\", \"text\": \"\"", TRUE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": 7}\"", TRUE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"response.done\\\"}\"", FALSE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"response.output_audio.delta\\\", \\\"delta\\\": 5, \\\"item_id\\\": {}}\"", FALSE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"conversation.item.added\\\", \\\"item\\\": null}\"", FALSE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"error\\\", \\\"error\\\": \\\"bad\\\"}\"", TRUE },
    { "\"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"session.updated\\\", \\\"session\\\": []}\"", FALSE },
    { "\"do\": \"deep\", \"size\": 300000", TRUE },
    { "\"do\": \"deep\", \"size\": 300000, \"head\": \"{'\\\"':\"", TRUE },
    { "\"do\": \"deep\", \"size\": 300000, \"head\": \"{/*\\\"*/\\\"a\\\":\"", TRUE },
    { "\"do\": \"huge\", \"size\": 9437184", FALSE },
    { "\"do\": \"error\", \"code\": \"response_cancel_not_active\"", FALSE },
    { "\"do\": \"error\", \"code\": \"input_audio_buffer_commit_empty\"", FALSE },
    { "\"do\": \"error\", \"code\": \"item_truncate_invalid_item_id\"", FALSE },
    { "\"do\": \"error\", \"code\": \"invalid_value\", \"message\": \"No such thing.\"", TRUE },
    { "\"do\": \"error\", \"message\": \"Something else.\"", TRUE },
    { "\"do\": \"twice\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    Stage stage;
    g_autofree char *script = g_strdup_printf ("{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"From nine to seven.\"}]}],"
                                               "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 3, %s}]}", faults[i].fault);

    stage_init (&stage, script, SERVER);
    stage_start (&stage);
    stage_play (&stage, FALSE, 1000);
    stage_hear_out (&stage);
    stage_say (&stage, 900);
    if (stage.lost)
      g_error ("%s: lost: %s", faults[i].fault, stage.lost_words);
    g_assert_cmpstr (get_text (&stage, 2), ==, "From nine to seven.");
    g_assert_cmpint (stage.troubles->len > 0, ==, faults[i].seen);
    stage_clear (&stage);
  }
}

static void
the_end_of_a_line_is_told_in_words (void)
{
  static const struct { guint code; const char *reason; const char *words; } ends[] = {
    { 1006, "", "The line to the cloud voice was lost" },
    { 1011, "internal", "close 1011, internal" },
    { 3000, "invalid_request_error.invalid_api_key", "does not accept the key" },
    { 4000, "invalid_request_error.beta_api_shape_disabled", "no longer speaks this old protocol" },
    { 4004, "model_not_found", "does not exist any more" },
    { 1001, "going away", "went away" },
    { 1011, "no such key sk-abcdefghijklmnop1234", "no such key [key]" },
    { 4000, "Bearer abcdef0123456789", "Bearer [key]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    Stage stage;
    g_autofree char *script = g_strdup_printf ("{" GREETING ", \"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 4, \"do\": \"close\","
                                               "\"code\": %u, \"reason\": \"%s\"}]}", ends[i].code, ends[i].reason);

    stage_init (&stage, script, SERVER);
    stage_start (&stage);
    stage_play (&stage, FALSE, 3000);
    g_assert_true (stage.lost);
    g_assert_nonnull (strstr (stage.lost_words, ends[i].words));
    /* Only what was heard of it. */
    g_assert_true (stage_get_row (&stage, 0)->interrupted);
    g_assert_nonnull (stage.egress);
    stage_clear (&stage);
  }
}

static void
fatal_responses_are_told_in_words (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"faults\": [{\"on\": \"response.created\", \"do\": \"text\", \"text\": \"{\\\"type\\\": \\\"response.done\\\", \\\"response\\\": "
              "{\\\"id\\\": \\\"r\\\", \\\"status\\\": \\\"failed\\\", \\\"status_details\\\": {\\\"type\\\": \\\"failed\\\", \\\"error\\\": {\\\"type\\\": "
              "\\\"insufficient_quota\\\", \\\"code\\\": \\\"insufficient_quota\\\", \\\"message\\\": \\\"You exceeded your quota.\\\"}}}}\"}]}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 500);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "no credit left"));
  g_assert_nonnull (strstr (stage.lost_words, "You exceeded your quota."));
  stage_clear (&stage);
}

static void
a_service_that_does_not_answer_is_given_up (void)
{
  Stage stage;

  stage_init (&stage, "{\"answers\": false}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 3900);
  g_assert_false (stage.lost);
  stage_play (&stage, FALSE, 300);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "does not answer"));
  stage_clear (&stage);
}

static void
a_service_that_falls_silent_is_given_up (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Yes.\"}]}], \"faults\": [{\"on\": \"input_audio_buffer.committed\", \"do\": \"silent\"}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 800);
  stage_play (&stage, FALSE, 2500);
  g_assert_nonnull (strstr (stage.events->str, "filler "));
  stage_play (&stage, FALSE, 7000);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "does not answer any more"));
  stage_clear (&stage);
}

static void
a_slow_answer_gets_one_filler (void)
{
  Stage stage;
  const char *filler;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Yes.\", \"think_ms\": 3500}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 800);
  stage_hear_out (&stage);
  filler = strstr (stage.events->str, "filler ");
  g_assert_nonnull (filler);
  g_assert_null (strstr (filler + 1, "filler "));
  g_assert_cmpstr (get_text (&stage, 2), ==, "One moment, please.");
  g_assert_cmpstr (get_text (&stage, 3), ==, "Yes.");
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  stage_clear (&stage);
}

/* "Let me look" is heard when the tool has long begun: it is followed by a filler all the same. */
static void
a_slow_tool_gets_a_filler_after_words (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", " BOOKING "}", SERVER);
  stage.tool_delay_ms = 5000;
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  stage_play (&stage, FALSE, 9000);
  g_assert_cmpuint (count_events (&stage, "filler"), ==, 1);
  g_assert_cmpstr (get_text (&stage, 2), ==, "Let me look.");
  g_assert_cmpstr (get_text (&stage, 3), ==, "One moment, please.");
  g_assert_cmpuint (count_events (&stage, "tool-stuck"), ==, 0);
  stage_clear (&stage);
}

static void
a_stuck_tool_ends_in_a_call_back (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"say\": \"Let me look.\", \"calls\": [{\"name\": \"check_availability\", \"arguments\": {}}]},"
              "{\"say\": \"I am sorry, our computer does not answer. The team will call you back. Goodbye.\"}]}]}", SERVER);
  stage.tool_delay_ms = 600 * 1000;
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  for (guint i = 0; i < 60 && stage.outcome == NULL; i++)
    stage_play (&stage, FALSE, 1000);
  g_assert_cmpuint (count_events (&stage, "tool-stuck"), ==, 1);
  g_assert_cmpstr (stage.outcome, ==, "callback");
  g_assert_false (stage.lost);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "I am sorry, our computer does not answer. The team will call you back. Goodbye.");
  g_assert_nonnull (strstr (get_instructions (stage_find_sent (&stage, "response.create", 1)), "does not answer"));
  stage_clear (&stage);
}

static void
an_empty_answer_is_asked_for_again (void)
{
  Stage stage;

  stage_init (&stage, "{\"think_ms\": 150, " GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [{}, {\"say\": \"Yes, how can I help?\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 800);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  g_assert_cmpstr (get_text (&stage, 2), ==, "Yes, how can I help?");
  stage_clear (&stage);
}

static void
the_limit_of_cost_is_kept (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage.settings->cap_micros = 3000;
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "limit of $0.00"));
  g_assert_nonnull (strstr (stage.events->str, "usage "));
  stage_clear (&stage);
}

/* A model whose price is not known is not free. */
static void
the_limit_of_cost_is_kept_without_a_price (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage.settings->cap_micros = 3000;
  g_free (stage.settings->model);
  stage.settings->model = g_strdup ("our-deployment");
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "may have reached the limit"));
  g_assert_nonnull (strstr (stage.lost_words, "“our-deployment” is not known"));
  stage_clear (&stage);
}

#define LIMITED "{\"status\": \"failed\", \"error\": {\"type\": \"tokens\", \"code\": \"rate_limit_exceeded\", \"message\": \"Rate limit reached. Please try again in "

/* The account's limit: asked for again when the service says, and not before; if that is too long, the local voice goes on. */
static void
a_limit_is_waited_for (void)
{
  Stage stage;
  gint64 failed_us;

  stage_init (&stage, "{\"think_ms\": 100, " GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [" LIMITED "1.5s.\"}}, {\"say\": \"Yes.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  while (strstr (stage.events->str, "trouble ") == NULL)
    stage_play (&stage, FALSE, 20);
  failed_us = stage.time_us;
  while (stage_count (&stage, "response.create") < 2 && stage.time_us < failed_us + 5000000)
    stage_play (&stage, FALSE, 20);
  g_assert_cmpint (stage.time_us - failed_us, >=, 1480000);
  g_assert_cmpint (stage.time_us - failed_us, <=, 1560000);
  g_assert_nonnull (strstr (stage.troubles->str, "rate limit"));
  stage_hear_out (&stage);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "Yes.");
  g_assert_false (stage.lost);
  stage_clear (&stage);

  stage_init (&stage, "{\"think_ms\": 100, " GREETING ", \"turns\": [{\"hear\": \"Hello?\", \"steps\": [" LIMITED "20s.\"}}, {\"say\": \"Yes.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_true (stage.lost);
  g_assert_nonnull (strstr (stage.lost_words, "try again in 20s"));
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  stage_clear (&stage);

  stage_init (&stage, "{\"think_ms\": 100, \"greeting\": [" LIMITED "300ms.\"}}, " LIMITED "300ms.\"}}, " LIMITED "300ms.\"}}]}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 4000);
  g_assert_true (stage.lost);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 3);
  /* What was to be said was asked for each time. */
  g_assert_nonnull (strstr (get_instructions (stage_find_sent (&stage, "response.create", 2)), "Thank you for calling Willow and Sage Med Spa."));
  stage_clear (&stage);
}

static void
a_session_is_renewed_between_turns (void)
{
  Stage stage;
  JsonObject *told;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"From nine to seven.\"}]}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{}, {\"hear\": \"And on Sunday?\", \"steps\": [{\"say\": \"We are closed then.\"}]}]}");
  stage.settings->rotate_s = 12;
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_play (&stage, FALSE, 4000);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_nonnull (strstr (stage.events->str, "cloud-renewed "));
  /* Greeting, question and answer were told anew, as texts. */
  g_assert_cmpuint (fake_realtime_count (stage.lines->pdata[1], "conversation.item.create"), ==, 3);
  told = json_object_get_object_member (stage_find_sent (&stage, "conversation.item.create", 1), "item");
  g_assert_cmpstr (json_object_get_string_member (told, "role"), ==, "user");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (told, "content"), 0), "text"),
                   ==, "When are you open?");
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.rows->len, ==, 5);
  g_assert_cmpstr (get_text (&stage, 4), ==, "We are closed then.");
  stage_clear (&stage);
}

static void
an_expired_session_is_replaced (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"faults\": [{\"on\": \"input_audio_buffer.committed\", \"do\": \"error\", \"code\": \"session_expired\", \"message\": \"Your session hit the maximum duration of 60 minutes.\"}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{\"steps\": [{\"say\": \"Here I am again.\"}]}]}");
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_false (stage.lost);
  g_assert_cmpuint (count_events (&stage, "cloud-away"), ==, 1);   /* it came back at once: a blink */
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "Here I am again.");
  stage_clear (&stage);
}

static guint
find_sent_on (FakeRealtime *line,
              const char   *type,
              const char   *words)
{
  GPtrArray *received = fake_realtime_get_received (line);

  for (guint i = 0; i < received->len; i++) {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), received->pdata[i]);
    g_autofree char *text = json_to_string (node, FALSE);

    if (g_str_equal (json_object_get_string_member (received->pdata[i], "type"), type) && strstr (text, words) != NULL)
      return i + 1;
  }
  return 0;
}

#define NOISE "\"pace\": 50, " GREETING ", \"noise_is_no_turn\": true, \"turns\": [{\"hear\": \"\", \"transcription\": \"empty\", \"steps\": [{\"say\": \"I did not catch that.\"}]}"

static void
begin_with_a_noise (Stage *stage)
{
  stage_start (stage);
  while (stage->queued == 0)
    stage_play (stage, FALSE, 20);
  stage_play (stage, FALSE, 1500);
  stage_play (stage, TRUE, 120);
  while (strstr (stage->events->str, "resume ") == NULL)
    stage_play (stage, FALSE, 20);
}

/* The rest of the sentence was heard to its end: a filler that is cut later takes nothing of it away. */
static void
a_rest_that_was_heard_stays (void)
{
  Stage stage;

  stage_init (&stage, "{" NOISE ", {\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Yes.\", \"think_ms\": 3500}]}, {\"hear\": \"Are you there?\", \"steps\": [{\"say\": \"I am.\"}]}]}", SERVER);
  begin_with_a_noise (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 800);
  while (strstr (stage.events->str, "filler ") == NULL)
    stage_play (&stage, FALSE, 20);
  stage_play (&stage, FALSE, 100);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.flushes, ==, 2);
  g_assert_cmpuint (find_sent_on (stage_get_line (&stage), "conversation.item.create", "ava_rest"), >, 0);
  g_assert_cmpuint (find_sent_on (stage_get_line (&stage), "conversation.item.delete", "ava_rest"), ==, 0);
  stage_clear (&stage);
}

/* Cut too, what was heard of it stays. */
static void
a_rest_that_is_cut_keeps_what_was_heard (void)
{
  Stage stage;
  GPtrArray *received;
  JsonObject *item;
  const char *text;
  guint at, deleted;

  stage_init (&stage, "{" NOISE ", {\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Yes.\"}]}]}", SERVER);
  begin_with_a_noise (&stage);
  stage_play (&stage, FALSE, 1500);
  stage_say (&stage, 900);
  received = fake_realtime_get_received (stage_get_line (&stage));
  deleted = find_sent_on (stage_get_line (&stage), "conversation.item.delete", "ava_rest");
  g_assert_cmpuint (deleted, >, 0);
  for (at = deleted; at < received->len && !g_str_equal (json_object_get_string_member (received->pdata[at], "type"), "conversation.item.create"); at++);
  g_assert_cmpuint (at, <, received->len);
  item = json_object_get_object_member (received->pdata[at], "item");
  text = json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (item, "content"), 0), "text");
  g_assert_cmpstr (json_object_get_string_member (item, "role"), ==, "assistant");
  g_assert_nonnull (strstr (get_text (&stage, 0), text));
  g_assert_true (g_str_has_suffix (get_text (&stage, 0), text));
  g_assert_cmpuint (strlen (text), >, 5);
  stage_clear (&stage);
}

/* The session runs out in the middle of a word: silence at once, what was heard is told, and she goes on. */
static void
an_answer_that_is_cut_off_goes_on (void)
{
  Stage stage;

  stage_init (&stage, "{\"pace\": 20, " GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"" LONG_ANSWER "\"}]}],"
              "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 40, \"do\": \"error\", \"code\": \"session_expired\", \"message\": \"Your session hit the maximum duration of 60 minutes.\"}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{\"steps\": [{\"say\": \"I was saying: until seven.\"}]}, {\"hear\": \"Thanks.\", \"steps\": [{\"say\": \"You are welcome.\"}]}]}");
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_false (stage.lost);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_true (stage_get_row (&stage, 2)->interrupted);
  g_assert_true (find_sent_on (stage_get_line (&stage), "conversation.item.create", "[interrupted]") > 0);
  g_assert_true (find_sent_on (stage_get_line (&stage), "response.create", "Go on from there") > 0);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "I was saying: until seven.");
  stage_say (&stage, 900);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "You are welcome.");
  g_assert_false (stage_get_row (&stage, stage.rows->len - 1)->interim);
  stage_clear (&stage);
}

/* The greeting's own words are cut by the end of the session, before anybody has answered anything. */
static void
a_greeting_that_is_cut_off_blocks_nothing (void)
{
  Stage stage;

  stage_init (&stage, "{\"pace\": 40, " GREETING ", \"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"error\", \"code\": \"session_expired\", \"message\": \"Your session hit the maximum duration of 60 minutes.\"}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{\"steps\": [{\"say\": \"How can I help you?\"}]}]}");
  stage_start (&stage);
  stage_play (&stage, FALSE, 8000);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "How can I help you?");
  g_assert_false (stage_get_row (&stage, stage.rows->len - 1)->interim);
  g_assert_cmpint (stage.queued, ==, 0);
  stage_clear (&stage);
}

/* A transcript that is due is waited for: it would go with the session. */
static void
a_renewal_waits_for_a_transcript (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"transcribe_ms\": 3600, \"steps\": [{\"say\": \"At nine.\"}]}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{}, {\"hear\": \"And on Sunday?\", \"steps\": [{\"say\": \"We are closed then.\"}]}]}");
  stage.settings->rotate_s = 8;
  stage_start (&stage);
  stage_play (&stage, FALSE, 7000);
  stage_play (&stage, TRUE, 900);
  stage_play (&stage, FALSE, 8000);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_cmpstr (get_text (&stage, 1), ==, "When are you open?");
  g_assert_true (find_sent_on (stage_get_line (&stage), "conversation.item.create", "When are you open?") > 0);
  stage_clear (&stage);

  /* One that never comes does not keep an old session for ever. */
  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"x\", \"transcription\": \"missing\", \"steps\": [{\"say\": \"At nine.\"}]}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1}");
  stage.settings->rotate_s = 8;
  stage_start (&stage);
  stage_play (&stage, FALSE, 7000);
  stage_play (&stage, TRUE, 900);
  stage_play (&stage, FALSE, 7000);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_false (stage_get_row (&stage, 1)->interim);
  stage_clear (&stage);
}

/* The session runs out while a tool works: the next one is told of the call before its result, and answers. */
static void
a_tool_outlives_its_session (void)
{
  Stage stage;
  guint call, output;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"calls\": [{\"name\": \"check_availability\", \"arguments\": {}}]}]}],"
              "\"faults\": [{\"on\": \"response.done\", \"nth\": 2, \"do\": \"error\", \"code\": \"session_expired\", \"message\": \"Your session hit the maximum duration of 60 minutes.\"}]}", SERVER);
  stage_add_script (&stage, "{\"first_turn\": 1, \"turns\": [{\"steps\": [{\"say\": \"At three thirty.\"}]}]}");
  stage.tool_delay_ms = 1000;
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_cmpuint (stage.calls->len, ==, 1);
  call = find_sent_on (stage_get_line (&stage), "conversation.item.create", "\"function_call\"");
  output = find_sent_on (stage_get_line (&stage), "conversation.item.create", "function_call_output");
  g_assert_cmpuint (call, >, 0);
  g_assert_cmpuint (output, >, call);
  g_assert_cmpuint (find_sent_on (stage_get_line (&stage), "response.create", ""), >, output);
  g_assert_cmpuint (fake_realtime_count (stage_get_line (&stage), "response.create"), ==, 1);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "At three thirty.");
  stage_clear (&stage);
}

/* What was asked of a response that was refused is asked of the one that replaces it. */
static void
a_refused_greeting_keeps_its_words (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"faults\": [{\"on\": \"client:response.create\", \"nth\": 1, \"do\": \"error\", \"code\": \"conversation_already_has_active_response\", \"type\": \"invalid_request_error\"},"
              "{\"on\": \"client:response.create\", \"nth\": 1, \"do\": \"drop\"}]}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 12000);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  g_assert_nonnull (strstr (get_instructions (stage_find_sent (&stage, "response.create", 1)), "Thank you for calling Willow and Sage Med Spa."));
  stage_clear (&stage);
}

static void
a_lost_line_is_tried_again_where_that_is_wanted (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"faults\": [{\"on\": \"rate_limits.updated\", \"do\": \"close\", \"code\": 1006}]}", SERVER);
  stage_add_script (&stage, "{\"answers\": false}");
  stage.settings->reconnects = TRUE;
  stage_start (&stage);
  stage_play (&stage, FALSE, 20000);
  g_assert_true (stage.lost);
  /* Two tries of 4 s, and 10 s are over: no caller waits longer. */
  g_assert_cmpuint (stage.lines->len, >=, 3);
  g_assert_cmpuint (stage.lines->len, <=, 4);
  /* A second strike tells that it stays away; after that nothing new is known. */
  g_assert_cmpuint (count_events (&stage, "cloud-away"), ==, 2);
  stage_clear (&stage);
}

static void
the_client_commits_where_it_is_the_owner (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"" LONG_ANSWER "\"}]},"
              "{\"hear\": \"Thanks.\", \"steps\": [{\"say\": \"You are welcome.\"}]}]}", AVA_TURN_MODE_CLIENT_VAD);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.commit"), ==, 0);
  stage_play (&stage, FALSE, 160);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.commit"), ==, 1);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  stage_play (&stage, FALSE, 400);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  stage_play (&stage, FALSE, 2000);
  /* Barge-in: the client cancels, and answers when the caller has finished. */
  stage_say (&stage, 700);
  g_assert_cmpuint (stage_count (&stage, "conversation.item.truncate"), ==, 1);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.commit"), ==, 2);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 3);
  g_assert_cmpstr (get_text (&stage, 4), ==, "You are welcome.");
  stage_clear (&stage);
}

static void
a_button_is_the_owner_of_push_to_talk (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"From nine to seven.\"}]}]}", AVA_TURN_MODE_PUSH_TO_TALK);
  stage_start (&stage);
  stage_play (&stage, FALSE, 1500);
  ava_realtime_agent_set_pressed (AVA_REALTIME_AGENT (stage.agent), TRUE);
  g_assert_cmpuint (stage.flushes, ==, 1);
  stage_play (&stage, TRUE, 900);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.commit"), ==, 0);
  ava_realtime_agent_set_pressed (AVA_REALTIME_AGENT (stage.agent), FALSE);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.clear"), ==, 1);
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.commit"), ==, 1);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 2);
  g_assert_cmpstr (get_text (&stage, 2), ==, "From nine to seven.");
  stage_clear (&stage);
}

static void
a_red_flag_needs_no_model (void)
{
  Stage stage;
  g_autoptr (AvaDialogue) dialogue = NULL;
  g_autofree char *unanswered = NULL;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"I have trouble breathing since my filler.\", \"steps\": [{\"say\": \"Oh.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_play (&stage, TRUE, 900);
  stage_play (&stage, FALSE, 1500);
  g_assert_true (stage.lost);
  g_assert_null (stage.lost_words);
  dialogue = ava_realtime_agent_steal_dialogue (AVA_REALTIME_AGENT (stage.agent), &unanswered);
  g_assert_nonnull (strstr (unanswered, "trouble breathing"));
  stage_clear (&stage);
}

static void
digits_are_waited_for (void)
{
  Stage stage;
  JsonObject *detection;

  stage_init (&stage, "{\"greeting\": [{\"say\": \"What is the best phone number for you?\"}], \"turns\": [{\"hear\": \"Two one two\", \"steps\": [{\"say\": \"Anything else?\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage_count (&stage, "session.update"), ==, 2);
  detection = json_object_get_object_member (json_object_get_object_member (json_object_get_object_member (json_object_get_object_member (
    stage_find_sent (&stage, "session.update", 1), "session"), "audio"), "input"), "turn_detection");
  g_assert_cmpint (json_object_get_int_member (detection, "silence_duration_ms"), ==, 1100);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage_count (&stage, "session.update"), ==, 3);
  stage_clear (&stage);
}

static void
nobody_there_is_prompted_and_then_left (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < 90 && stage.outcome == NULL; i++)
    stage_play (&stage, FALSE, 1000);
  g_assert_cmpstr (stage.outcome, ==, "callback");
  g_assert_nonnull (strstr (stage.events->str, "silence "));
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 4);
  stage_clear (&stage);
}

static void
music_does_not_keep_the_line (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"transcribe_ms\": 100, \"turns\": [{\"transcription\": \"empty\"}, {\"transcription\": \"empty\"}, {\"transcription\": \"empty\"}, {\"transcription\": \"empty\"}, {\"transcription\": \"empty\"}, {\"transcription\": \"empty\"}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < 40 && stage.outcome == NULL; i++) {
    stage_play (&stage, TRUE, 3000);
    stage_play (&stage, FALSE, 1500);
  }
  g_assert_cmpstr (stage.outcome, ==, "callback");
  stage_clear (&stage);
}

static void
she_hangs_up_after_goodbye (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"That is all, bye.\", \"steps\": [{\"say\": \"Thank you for calling. Goodbye.\", \"calls\": [{\"name\": \"end_call\", \"arguments\": {}}]}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_cmpstr (stage.outcome, ==, "answered");
  g_assert_cmpuint (stage.calls->len, ==, 0);
  stage_clear (&stage);
}

static void
muted_she_listens_and_says_nothing (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"I would like Botox.\", \"steps\": [{\"say\": \"Sure.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_play (&stage, FALSE, 1000);
  ava_agent_set_muted (stage.agent, TRUE);
  g_assert_cmpint (stage.queued, ==, 0);
  stage_say (&stage, 900);
  g_assert_cmpint (stage.queued, ==, 0);
  g_assert_cmpstr (get_text (&stage, 1), ==, "I would like Botox.");
  g_assert_cmpstr (stage.card->values[AVA_CARD_SERVICE], ==, "Botox");
  stage_clear (&stage);
}

/* The person who took over talks with the caller for long: nobody waits for Ava, and she is there again when wanted. */
static void
mute_does_not_lose_the_service (void)
{
  Stage stage;
  guint asked;

  stage_init (&stage, "{" GREETING ", \"turns\": [{\"hear\": \"I would like Botox.\"}, {\"hear\": \"On Friday.\"}, {\"hear\": \"Hello?\", \"steps\": [{\"say\": \"Here I am.\"}]}]}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  asked = stage_count (&stage, "response.create");
  ava_agent_set_muted (stage.agent, TRUE);
  for (guint i = 0; i < 2; i++) {
    stage_play (&stage, TRUE, 900);
    stage_play (&stage, FALSE, 15000);
  }
  g_assert_false (stage.lost);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, asked);
  g_assert_null (strstr (stage.events->str, "filler "));
  g_assert_null (strstr (stage.events->str, "silence "));
  ava_agent_set_muted (stage.agent, FALSE);
  stage_play (&stage, FALSE, 500);
  stage_say (&stage, 900);
  g_assert_cmpstr (get_text (&stage, stage.rows->len - 1), ==, "Here I am.");
  stage_clear (&stage);
}

static void
a_steer_reaches_the_model (void)
{
  Stage stage;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  ava_agent_steer (stage.agent, "offer only after 3");
  stage_play (&stage, FALSE, 100);
  g_assert_cmpint (stage_get_row (&stage, 1)->role, ==, AVA_ROLE_STAFF);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (stage_find_sent (&stage, "conversation.item.create", 0), "item"), "role"), ==, "system");
  stage_clear (&stage);
}

static void
what_leaves_the_machine_is_counted (void)
{
  Stage stage;
  JsonObject *sent;

  stage_init (&stage, "{" GREETING "}", SERVER);
  stage_start (&stage);
  stage_hear_out (&stage);
  ava_agent_stop (stage.agent);
  g_assert_nonnull (stage.egress);
  g_assert_cmpstr (json_object_get_string_member (stage.egress, "endpoint"), ==, "api.openai.com/v1/realtime");
  sent = json_object_get_object_member (stage.egress, "sent");
  g_assert_cmpint (json_object_get_int_member (sent, "audio"), >, 50 * 1280);
  g_assert_cmpint (json_object_get_int_member (sent, "settings"), >, 1000);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (stage.egress, "received"), "audio"), >, 64000);
  stage_clear (&stage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/realtime/greets", she_greets_by_a_response_of_her_own);
  g_test_add_func ("/realtime/answers-once", a_turn_is_answered_once);
  g_test_add_func ("/realtime/only-heard", only_what_was_heard_is_kept);
  g_test_add_func ("/realtime/late-deltas", late_deltas_are_not_heard);
  g_test_add_func ("/realtime/false-alarm", a_noise_lets_the_sentence_go_on);
  g_test_add_func ("/realtime/phantom", a_phantom_does_not_silence_her);
  g_test_add_func ("/realtime/phantom-in-thought", a_phantom_costs_no_answer);
  g_test_add_func ("/realtime/order", transcripts_that_come_late_find_their_place);
  g_test_add_func ("/realtime/failed-transcript", a_transcript_that_fails_blocks_nothing);
  g_test_add_func ("/realtime/tools", tools_run_once_and_are_answered_once);
  g_test_add_func ("/realtime/tools-interrupted", an_interruption_loses_no_tool);
  g_test_add_func ("/realtime/tools-repeated", the_same_call_twice_is_done_once);
  g_test_add_func ("/realtime/liar", a_liar_is_corrected);
  g_test_add_func ("/realtime/long-lie", a_long_lie_is_not_heard);
  g_test_add_func ("/realtime/second-lie", a_booking_does_not_cover_the_next);
  g_test_add_func ("/realtime/notorious-liar", a_notorious_liar_is_replaced);
  g_test_add_func ("/realtime/race", a_response_that_is_refused_comes_later);
  g_test_add_func ("/realtime/race-with-the-caller", a_response_that_begins_too_late_is_not_heard);
  g_test_add_func ("/realtime/odd-frames", odd_frames_do_not_end_the_call);
  g_test_add_func ("/realtime/closes", the_end_of_a_line_is_told_in_words);
  g_test_add_func ("/realtime/quota", fatal_responses_are_told_in_words);
  g_test_add_func ("/realtime/no-answer", a_service_that_does_not_answer_is_given_up);
  g_test_add_func ("/realtime/falls-silent", a_service_that_falls_silent_is_given_up);
  g_test_add_func ("/realtime/filler", a_slow_answer_gets_one_filler);
  g_test_add_func ("/realtime/filler-after-words", a_slow_tool_gets_a_filler_after_words);
  g_test_add_func ("/realtime/stuck-tool", a_stuck_tool_ends_in_a_call_back);
  g_test_add_func ("/realtime/empty-answer", an_empty_answer_is_asked_for_again);
  g_test_add_func ("/realtime/cost", the_limit_of_cost_is_kept);
  g_test_add_func ("/realtime/cost-unknown", the_limit_of_cost_is_kept_without_a_price);
  g_test_add_func ("/realtime/limit", a_limit_is_waited_for);
  g_test_add_func ("/realtime/renewed", a_session_is_renewed_between_turns);
  g_test_add_func ("/realtime/expired", an_expired_session_is_replaced);
  g_test_add_func ("/realtime/rest-heard", a_rest_that_was_heard_stays);
  g_test_add_func ("/realtime/rest-cut", a_rest_that_is_cut_keeps_what_was_heard);
  g_test_add_func ("/realtime/cut-off", an_answer_that_is_cut_off_goes_on);
  g_test_add_func ("/realtime/greeting-cut-off", a_greeting_that_is_cut_off_blocks_nothing);
  g_test_add_func ("/realtime/renewal-waits", a_renewal_waits_for_a_transcript);
  g_test_add_func ("/realtime/tool-outlives", a_tool_outlives_its_session);
  g_test_add_func ("/realtime/greeting-refused", a_refused_greeting_keeps_its_words);
  g_test_add_func ("/realtime/reconnects", a_lost_line_is_tried_again_where_that_is_wanted);
  g_test_add_func ("/realtime/client-vad", the_client_commits_where_it_is_the_owner);
  g_test_add_func ("/realtime/push-to-talk", a_button_is_the_owner_of_push_to_talk);
  g_test_add_func ("/realtime/red-flag", a_red_flag_needs_no_model);
  g_test_add_func ("/realtime/patience", digits_are_waited_for);
  g_test_add_func ("/realtime/silence", nobody_there_is_prompted_and_then_left);
  g_test_add_func ("/realtime/music", music_does_not_keep_the_line);
  g_test_add_func ("/realtime/goodbye", she_hangs_up_after_goodbye);
  g_test_add_func ("/realtime/muted", muted_she_listens_and_says_nothing);
  g_test_add_func ("/realtime/muted-for-long", mute_does_not_lose_the_service);
  g_test_add_func ("/realtime/steer", a_steer_reaches_the_model);
  g_test_add_func ("/realtime/egress", what_leaves_the_machine_is_counted);
  return g_test_run ();
}
