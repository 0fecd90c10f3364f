/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-local-agent.h"

#include <string.h>

/*
 * The local agent on a stage: a recognizer that hears what the test says it hears, a synthesizer
 * whose words last 200 ms each, a playout of 320 samples a frame, and the real dialogue.
 */

#define WORD_SAMPLES (AVA_RATE / 5)

/* --- a recognizer that is told what it hears --- */

#define TEST_TYPE_EAR (test_ear_get_type ())
G_DECLARE_FINAL_TYPE (TestEar, test_ear, TEST, EAR, GObject)

struct _TestEar {
  GObject parent_instance;
  const char *text;
  double confidence;
  guint heard;
};

static void
test_ear_set_grammar (AvaRecognizer *recognizer,
                      const char    *name,
                      const char    *jsgf)
{
}

static void
test_ear_recognize_async (AvaRecognizer       *recognizer,
                          GBytes              *pcm,
                          const char          *grammar,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  TestEar *self = TEST_EAR (recognizer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  AvaHypothesis *hypothesis = g_new0 (AvaHypothesis, 1);

  hypothesis->text = g_strdup (self->text);
  hypothesis->confidence = self->confidence;
  self->heard++;
  g_task_return_pointer (task, hypothesis, (GDestroyNotify) ava_hypothesis_free);
}

static AvaHypothesis *
test_ear_recognize_finish (AvaRecognizer  *recognizer,
                           GAsyncResult   *result,
                           GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_ear_iface_init (AvaRecognizerInterface *iface)
{
  iface->set_grammar = test_ear_set_grammar;
  iface->recognize_async = test_ear_recognize_async;
  iface->recognize_finish = test_ear_recognize_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestEar, test_ear, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_RECOGNIZER, test_ear_iface_init))

static void test_ear_class_init (TestEarClass *klass) { }
static void test_ear_init (TestEar *self) { self->text = ""; self->confidence = 0.9; }

/* --- a synthesizer whose words last 200 ms --- */

#define TEST_TYPE_MOUTH (test_mouth_get_type ())
G_DECLARE_FINAL_TYPE (TestMouth, test_mouth, TEST, MOUTH, GObject)

struct _TestMouth {
  GObject parent_instance;
};

static void
test_mouth_speak_async (AvaSynthesizer      *synthesizer,
                        const char          *text,
                        AvaSpeechChunkFunc   chunk,
                        gpointer             chunk_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (synthesizer, cancellable, callback, user_data);
  static const gint16 pcm[WORD_SAMPLES];
  const char *at = text;

  while (*at != '\0') {
    at += strcspn (at, " ");
    chunk (pcm, WORD_SAMPLES, at - text, chunk_data);
    at += strspn (at, " ");
  }
  g_task_return_boolean (task, TRUE);
}

static gboolean
test_mouth_speak_finish (AvaSynthesizer  *synthesizer,
                         GAsyncResult    *result,
                         GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_mouth_prepare (AvaSynthesizer *synthesizer,
                    const char     *text)
{
}

static void
test_mouth_iface_init (AvaSynthesizerInterface *iface)
{
  iface->speak_async = test_mouth_speak_async;
  iface->speak_finish = test_mouth_speak_finish;
  iface->prepare = test_mouth_prepare;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMouth, test_mouth, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_SYNTHESIZER, test_mouth_iface_init))

static void test_mouth_class_init (TestMouthClass *klass) { }
static void test_mouth_init (TestMouth *self) { }

/* --- the stage --- */

typedef struct {
  AvaAgent *agent;
  TestEar *ear;
  GPtrArray *items;      /* AvaTranscriptItem */
  GPtrArray *tools;      /* AvaToolCall that were asked for */
  GString *events;       /* kinds, each with a blank behind */
  gint64 time_us;
  gint64 played;
  gint64 queued;
  guint flushes;
  char *outcome;
  char *expect;          /* of the last caption */
} Stage;

static void
on_audio (AvaAgent *agent,
          gpointer  pcm,
          guint     n_samples,
          Stage    *stage)
{
  stage->queued += n_samples;
}

static void
on_flush (AvaAgent *agent,
          Stage    *stage)
{
  stage->queued = 0;
  stage->flushes++;
}

static void
on_item (AvaAgent          *agent,
         AvaTranscriptItem *item,
         Stage             *stage)
{
  g_ptr_array_add (stage->items, g_object_ref (item));
}

static void
on_event (AvaAgent   *agent,
          const char *kind,
          JsonObject *data,
          Stage      *stage)
{
  g_string_append_printf (stage->events, "%s ", kind);
}

static void
on_tool_call (AvaAgent    *agent,
              AvaToolCall *call,
              Stage       *stage)
{
  g_ptr_array_add (stage->tools, g_object_ref (call));
}

static void
on_caption (AvaAgent   *agent,
            const char *text,
            const char *expect,
            Stage      *stage)
{
  g_free (stage->expect);
  stage->expect = g_strdup (expect);
}

static void
on_finished (AvaAgent   *agent,
             const char *outcome,
             Stage      *stage)
{
  g_free (stage->outcome);
  stage->outcome = g_strdup (outcome);
}

static void
play (Stage    *stage,
      gboolean  speech,
      guint     ms)
{
  for (guint t = 0; t < ms; t += AVA_FRAME_MS) {
    gint64 heard = MIN (stage->queued, AVA_FRAME_SAMPLES);
    AvaFrame frame = { 0 };

    stage->time_us += AVA_FRAME_MS * 1000;
    stage->played += heard;
    stage->queued -= heard;
    frame.time_us = stage->time_us;
    ava_agent_hear (stage->agent, &frame, speech ? 0.9 : 0.1, stage->played, stage->queued);
    while (g_main_context_iteration (NULL, FALSE));
  }
}

static void
stage_init (Stage *stage)
{
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (1796313600000000, FALSE);
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  g_autoptr (AvaSynthesizer) mouth = g_object_new (TEST_TYPE_MOUTH, NULL);
  AvaDialogueCaller caller = { .phone = "+12125550147", .call_id = "call-1" };

  *stage = (Stage) { .ear = g_object_new (TEST_TYPE_EAR, NULL) };
  stage->items = g_ptr_array_new_with_free_func (g_object_unref);
  stage->tools = g_ptr_array_new_with_free_func (g_object_unref);
  stage->events = g_string_new (NULL);
  stage->agent = ava_local_agent_new (spa, &caller, card, clock, AVA_RECOGNIZER (stage->ear), mouth, NULL);
  g_signal_connect (stage->agent, "audio", G_CALLBACK (on_audio), stage);
  g_signal_connect (stage->agent, "flush", G_CALLBACK (on_flush), stage);
  g_signal_connect (stage->agent, "item", G_CALLBACK (on_item), stage);
  g_signal_connect (stage->agent, "event", G_CALLBACK (on_event), stage);
  g_signal_connect (stage->agent, "tool-call", G_CALLBACK (on_tool_call), stage);
  g_signal_connect (stage->agent, "caption", G_CALLBACK (on_caption), stage);
  g_signal_connect (stage->agent, "finished", G_CALLBACK (on_finished), stage);
  ava_agent_start (stage->agent);
}

static void
stage_clear (Stage *stage)
{
  ava_agent_stop (stage->agent);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (stage->agent);
  g_object_unref (stage->ear);
  g_ptr_array_unref (stage->items);
  g_ptr_array_unref (stage->tools);
  g_string_free (stage->events, TRUE);
  g_free (stage->outcome);
  g_free (stage->expect);
}

static AvaTranscriptItem *
get_item (Stage *stage,
          guint  i)
{
  g_assert_cmpuint (stage->items->len, >, i);
  return stage->items->pdata[i];
}

/* The caller says @text, and Ava's answer is heard to its end. */
static void
say (Stage      *stage,
     const char *text,
     guint       ms)
{
  stage->ear->text = text;
  play (stage, TRUE, ms);
  play (stage, FALSE, 1500);
}

static void
hear_out (Stage *stage)
{
  for (guint i = 0; i < 60 && stage->queued > 0; i++)
    play (stage, FALSE, 500);
}

static void
she_greets_at_once_and_shows_what_was_heard (void)
{
  Stage stage;

  stage_init (&stage);
  play (&stage, FALSE, 1000);
  g_assert_cmpint (stage.played, >, 0);
  g_assert_true (get_item (&stage, 0)->interim);
  g_assert_true (g_str_has_prefix ("Thank you for calling Willow and Sage Med Spa.", get_item (&stage, 0)->text));
  hear_out (&stage);
  play (&stage, FALSE, 100);
  g_assert_false (get_item (&stage, 0)->interim);
  g_assert_cmpstr (get_item (&stage, 0)->text, ==,
                   "Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?");
  stage_clear (&stage);
}

static void
an_utterance_is_answered_once (void)
{
  Stage stage;

  stage_init (&stage);
  hear_out (&stage);
  say (&stage, "who are you", 900);
  hear_out (&stage);
  g_assert_cmpuint (stage.items->len, ==, 3);
  g_assert_cmpint (get_item (&stage, 1)->role, ==, AVA_ROLE_CALLER);
  g_assert_cmpstr (get_item (&stage, 1)->text, ==, "who are you");
  g_assert_cmpint (get_item (&stage, 2)->role, ==, AVA_ROLE_AVA);
  g_assert_nonnull (strstr (get_item (&stage, 2)->text, "Ava"));
  g_assert_cmpstr (get_item (&stage, 2)->previous_id, ==, get_item (&stage, 1)->id);
  g_assert_nonnull (strstr (stage.events->str, "answered "));
  stage_clear (&stage);
}

static void
barge_in_keeps_only_what_was_heard (void)
{
  Stage stage;
  AvaTranscriptItem *greeting;

  stage_init (&stage);
  play (&stage, FALSE, 1000);
  say (&stage, "when are you open", 800);
  greeting = get_item (&stage, 0);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_true (greeting->interrupted);
  g_assert_false (greeting->interim);
  /* About a second and the 200 to 300 ms that it takes to be sure: five or six words. */
  g_assert_true (g_str_has_prefix (greeting->text, "Thank you for calling"));
  g_assert_cmpuint (strlen (greeting->text), <, strlen ("Thank you for calling Willow and Sage Med Spa."));
  g_assert_cmpint (greeting->heard_ms, >=, 1000);
  g_assert_cmpint (greeting->heard_ms, <=, 1400);
  stage_clear (&stage);
}

static void
a_noise_lets_the_sentence_go_on (void)
{
  Stage stage;

  stage_init (&stage);
  play (&stage, FALSE, 1000);
  say (&stage, "", 350);
  hear_out (&stage);
  play (&stage, FALSE, 100);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_nonnull (strstr (stage.events->str, "resume "));
  g_assert_cmpuint (stage.items->len, ==, 1);
  g_assert_false (get_item (&stage, 0)->interrupted);
  g_assert_cmpstr (get_item (&stage, 0)->text, ==,
                   "Thank you for calling Willow and Sage Med Spa. This is Ava. How can I help you today?");
  stage_clear (&stage);
}

static void
going_on_takes_the_question_back (void)
{
  Stage stage;
  guint tools;

  stage_init (&stage);
  hear_out (&stage);
  stage.ear->text = "i would like to book a botox appointment tomorrow";
  play (&stage, TRUE, 900);
  play (&stage, FALSE, 760);
  tools = stage.tools->len;
  g_assert_cmpuint (tools, ==, 1);
  stage.ear->text = "i would like to book a botox appointment tomorrow in the afternoon";
  play (&stage, TRUE, 500);
  play (&stage, FALSE, 1000);
  g_assert_nonnull (strstr (stage.events->str, "withdraw "));
  /* The first question still runs; its answer is not wanted, the second comes after it. */
  ((AvaToolCall *) stage.tools->pdata[0])->result = json_object_new ();
  ava_agent_tool_done (stage.agent, stage.tools->pdata[0]);
  play (&stage, FALSE, 100);
  g_assert_cmpuint (stage.tools->len, ==, 2);
  stage_clear (&stage);
}

static void
silence_is_prompted_and_then_the_call_ends (void)
{
  Stage stage;

  stage_init (&stage);
  hear_out (&stage);
  for (guint i = 0; i < 120 && stage.outcome == NULL; i++)
    play (&stage, FALSE, 1000);
  g_assert_cmpuint (stage.items->len, >=, 3);
  for (guint i = 0; i < stage.tools->len && stage.outcome == NULL; i++) {
    AvaToolCall *call = stage.tools->pdata[i];

    call->result = json_object_new ();
    ava_agent_tool_done (stage.agent, call);
    play (&stage, FALSE, 20000);
  }
  g_assert_nonnull (stage.outcome);
  stage_clear (&stage);
}

static void
a_red_flag_stops_before_the_caller_has_finished (void)
{
  Stage stage;

  stage_init (&stage);
  hear_out (&stage);
  stage.ear->text = "i have trouble breathing";
  play (&stage, TRUE, 2500);
  g_assert_nonnull (strstr (stage.events->str, "red-flag-on-partial "));
  g_assert_nonnull (strstr (stage.events->str, "safety-stop "));
  stage_clear (&stage);
}

static void
muted_ava_listens_and_says_nothing (void)
{
  Stage stage;

  stage_init (&stage);
  play (&stage, FALSE, 500);
  ava_agent_set_muted (stage.agent, TRUE);
  g_assert_cmpint (stage.queued, ==, 0);
  say (&stage, "when are you open", 800);
  g_assert_cmpint (stage.queued, ==, 0);
  g_assert_cmpstr (get_item (&stage, 1)->text, ==, "when are you open");
  ava_agent_set_muted (stage.agent, FALSE);
  say (&stage, "when are you open", 800);
  for (guint i = 0; i < stage.tools->len; i++)
    g_test_message ("%s", ((AvaToolCall *) stage.tools->pdata[i])->name);
  g_assert_cmpuint (stage.items->len + stage.tools->len, >=, 4);
  stage_clear (&stage);
}

static void
a_steer_stands_in_the_transcript (void)
{
  Stage stage;

  stage_init (&stage);
  hear_out (&stage);
  ava_agent_steer (stage.agent, "offer only after 3");
  g_assert_cmpint (get_item (&stage, 1)->role, ==, AVA_ROLE_STAFF);
  g_assert_cmpstr (get_item (&stage, 1)->text, ==, "offer only after 3");
  stage_clear (&stage);
}

/* Else a caller who reads along would answer "one moment, please". */
static void
words_that_fill_a_pause_ask_nothing (void)
{
  Stage stage;

  stage_init (&stage);
  g_assert_cmpstr (stage.expect, !=, "nothing");
  hear_out (&stage);
  say (&stage, "botox next tuesday afternoon", 1200);   /* a tool looks for times, and is not answered */
  g_assert_cmpuint (stage.tools->len, ==, 1);
  play (&stage, FALSE, 3000);
  g_assert_cmpstr (stage.expect, ==, "nothing");
  stage_clear (&stage);
}

static void
restarting_greets_anew (void)
{
  Stage stage;

  stage_init (&stage);
  play (&stage, FALSE, 600);
  ava_agent_restart_greeting (stage.agent);
  hear_out (&stage);
  play (&stage, FALSE, 100);
  g_assert_cmpuint (stage.flushes, ==, 1);
  g_assert_true (get_item (&stage, 0)->interrupted);
  g_test_message ("%s", get_item (&stage, 1)->text);
  g_assert_true (g_str_has_prefix (get_item (&stage, 1)->text, "Thank you for calling"));
  stage_clear (&stage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/greets", she_greets_at_once_and_shows_what_was_heard);
  g_test_add_func ("/agent/answers-once", an_utterance_is_answered_once);
  g_test_add_func ("/agent/only-heard", barge_in_keeps_only_what_was_heard);
  g_test_add_func ("/agent/resumes", a_noise_lets_the_sentence_go_on);
  g_test_add_func ("/agent/withdraws", going_on_takes_the_question_back);
  g_test_add_func ("/agent/silence", silence_is_prompted_and_then_the_call_ends);
  g_test_add_func ("/agent/red-flag", a_red_flag_stops_before_the_caller_has_finished);
  g_test_add_func ("/agent/muted", muted_ava_listens_and_says_nothing);
  g_test_add_func ("/agent/filler", words_that_fill_a_pause_ask_nothing);
  g_test_add_func ("/agent/steer", a_steer_stands_in_the_transcript);
  g_test_add_func ("/agent/restart", restarting_greets_anew);
  return g_test_run ();
}
