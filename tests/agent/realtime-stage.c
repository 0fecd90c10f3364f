/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include "ava-realtime-agent-private.h"
#include "ava-realtime-transport.h"
#include "ava-transcript-order.h"

#include <math.h>
#include <string.h>

/* --- a line with no socket --- */

#define TEST_TYPE_LINE (test_line_get_type ())
G_DECLARE_FINAL_TYPE (TestLine, test_line, TEST, LINE, GObject)

struct _TestLine {
  GObject parent_instance;
  Stage *stage;
  FakeRealtime *service;   /* of the stage; NULL once it is closed */
};

static void
wire_send (const char *text,
           gsize       size,
           gpointer    user_data)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, size);
  g_autoptr (TestLine) self = g_object_ref (user_data);

  if (self->service != NULL && strstr (text, ".delta") == NULL)
    g_test_message ("%.2f < %.90s", self->stage->time_us / 1e6, strstr (text, "\"type\"") != NULL ? strstr (text, "\"type\"") : text);
  if (self->service != NULL && self->stage->record != NULL)
    g_ptr_array_add (self->stage->record, g_bytes_ref (frame));
  if (self->service != NULL)
    g_signal_emit_by_name (self, "message", frame);
}

static void
wire_close (guint       code,
            const char *reason,
            gpointer    user_data)
{
  AvaRealtimeEnd how = { .close_code = code == 1006 ? 0 : code, .reason = reason };
  g_autoptr (TestLine) self = g_object_ref (user_data);

  if (self->service == NULL)
    return;
  self->service = NULL;
  g_signal_emit_by_name (self, "ended", &how);
}

static void
test_line_open (AvaRealtimeTransport      *transport,
                const AvaRealtimeSettings *settings)
{
  static const FakeWire wire = { wire_send, wire_close, NULL };
  TestLine *self = TEST_LINE (transport);
  Stage *stage = self->stage;
  JsonObject *script = stage->scripts->pdata[MIN (stage->lines->len, stage->scripts->len - 1)];
  g_autofree char *name = NULL;

  self->service = fake_realtime_new (script, stage->schema, &wire, self);
  g_ptr_array_add (stage->lines, self->service);
  /* The line itself lives as long as the service may call it. */
  name = g_strdup_printf ("line-%u", stage->lines->len);
  g_object_set_data_full (G_OBJECT (stage->clock), name, g_object_ref (self), g_object_unref);
  if (json_object_get_boolean_member_with_default (script, "answers", TRUE))
    fake_realtime_open (self->service, stage->time_us / 1000);
}

static void
test_line_send (AvaRealtimeTransport *transport,
                const char           *text,
                gsize                 size)
{
  TestLine *self = TEST_LINE (transport);

  if (self->service != NULL && strstr (text, "audio_buffer.append") == NULL)
    g_test_message ("%.2f > %.90s", self->stage->time_us / 1e6, strstr (text, "\"type\""));
  if (self->service != NULL)
    fake_realtime_receive (self->service, text, size);
}

static gboolean
test_line_is_ready (AvaRealtimeTransport *transport)
{
  return TEST_LINE (transport)->service != NULL;
}

static void
test_line_close (AvaRealtimeTransport *transport)
{
  TEST_LINE (transport)->service = NULL;
}

static void
test_line_iface_init (AvaRealtimeTransportInterface *iface)
{
  iface->open = test_line_open;
  iface->send = test_line_send;
  iface->is_ready = test_line_is_ready;
  iface->close = test_line_close;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestLine, test_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_REALTIME_TRANSPORT, test_line_iface_init))

static void test_line_class_init (TestLineClass *klass) { }
static void test_line_init (TestLine *self) { }

static AvaRealtimeTransport *
make_line (gpointer user_data)
{
  TestLine *self = g_object_new (TEST_TYPE_LINE, NULL);

  self->stage = user_data;
  return AVA_REALTIME_TRANSPORT (self);
}

/* --- a synthesizer whose words last 200 ms --- */

#define TEST_TYPE_MOUTH (test_mouth_get_type ())
G_DECLARE_FINAL_TYPE (TestMouth, test_mouth, TEST, MOUTH, GObject)
struct _TestMouth { GObject parent_instance; };

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
  static const gint16 pcm[AVA_RATE / 5];
  const char *at = text;

  while (*at != '\0') {
    at += strcspn (at, " ");
    chunk (pcm, G_N_ELEMENTS (pcm), at - text, chunk_data);
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

static void test_mouth_prepare (AvaSynthesizer *synthesizer, const char *text) { }

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

/* --- an ear that is told what it hears --- */

#define TEST_TYPE_EAR (test_ear_get_type ())
G_DECLARE_FINAL_TYPE (TestEar, test_ear, TEST, EAR, GObject)
struct _TestEar { GObject parent_instance; const char *text; };

static void test_ear_set_grammar (AvaRecognizer *recognizer, const char *name, const char *jsgf) { }

static void
test_ear_recognize_async (AvaRecognizer       *recognizer,
                          GBytes              *pcm,
                          const char          *grammar,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (recognizer, cancellable, callback, user_data);
  AvaHypothesis *hypothesis = g_new0 (AvaHypothesis, 1);

  hypothesis->text = g_strdup (TEST_EAR (recognizer)->text);
  hypothesis->confidence = 0.95;
  g_task_return_pointer (task, hypothesis, (GDestroyNotify) ava_hypothesis_free);
}

static AvaHypothesis *
test_ear_recognize_finish (AvaRecognizer *recognizer, GAsyncResult *result, GError **error)
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
static void test_ear_init (TestEar *self) { self->text = ""; }

AvaRecognizer *
stage_ear_new (void)
{
  return g_object_new (TEST_TYPE_EAR, NULL);
}

void
stage_ear_hear (AvaRecognizer *ear,
                const char    *text)
{
  TEST_EAR (ear)->text = text;
}

/* --- what the agent says --- */

static void
on_audio (AvaAgent *agent, gpointer pcm, guint n_samples, Stage *stage)
{
  stage->queued += n_samples;
}

static void
on_flush (AvaAgent *agent, Stage *stage)
{
  stage->queued = 0;
  stage->flushes++;
}

static void
on_item (AvaAgent *agent, AvaTranscriptItem *item, Stage *stage)
{
  guint at = ava_transcript_find_place ((AvaTranscriptItem **) stage->rows->pdata, stage->rows->len, item);

  g_ptr_array_insert (stage->rows, at, g_object_ref (item));
}

static void
on_event (AvaAgent *agent, const char *kind, JsonObject *data, Stage *stage)
{
  g_string_append_printf (stage->events, "%s ", kind);
  g_test_message ("%.2f %s", stage->time_us / 1e6, kind);
  if (g_str_equal (kind, "trouble"))
    g_string_append_printf (stage->troubles, "%s\n", json_object_get_string_member (data, "words"));
  if (g_str_equal (kind, "answered")) {
    stage->speech_end_us = json_object_get_int_member (data, "speech_end_us");
    stage->first_audio_us = json_object_get_int_member (data, "first_audio_us");
  }
  if (g_str_equal (kind, "egress")) {
    g_clear_pointer (&stage->egress, json_object_unref);
    stage->egress = json_object_ref (data);
  }
}

static void
on_tool_call (AvaAgent *agent, AvaToolCall *call, Stage *stage)
{
  g_ptr_array_add (stage->calls, g_object_ref (call));
  stage->tool_due_us = stage->time_us + stage->tool_delay_ms * 1000;
}

static void
on_caption (AvaAgent *agent, const char *text, const char *expect, Stage *stage)
{
  g_ptr_array_add (stage->captions, g_strdup_printf ("%s: %s", expect, text));
}

static void
on_finished (AvaAgent *agent, const char *outcome, Stage *stage)
{
  g_free (stage->outcome);
  stage->outcome = g_strdup (outcome);
}

static void
on_lost (AvaAgent *agent, const char *words, Stage *stage)
{
  g_assert_false (stage->lost);
  stage->lost = TRUE;
  stage->lost_words = g_strdup (words);
}

/* What the tools of the book would say. */
static JsonObject *
answer_tool (AvaToolCall *call)
{
  static const struct { const char *name; const char *result; } answers[] = {
    { "check_availability", "{\"matched\": true, \"slots\": [{\"slot_id\": \"slot-1\", \"service_id\": \"svc-botox\", \"service\": \"Botox\","
      "\"provider_id\": \"prov-ortiz\", \"provider\": \"Elena Ortiz\", \"start\": \"2026-12-01T15:30:00-05:00\", \"spoken\": "
      "\"Tuesday, December 1st at 3:30 PM\", \"spoken_time\": \"3:30 PM\"}]}" },
    { "hold_slot", "{\"hold_id\": \"hold-1\", \"slot_id\": \"slot-1\"}" },
    { "book_appointment", "{\"appointment_id\": \"appt-1\", \"service_id\": \"svc-botox\", \"service\": \"Botox\", \"provider\": "
      "\"Elena Ortiz\", \"start\": \"2026-12-01T15:30:00-05:00\", \"spoken\": \"Tuesday, December 1st at 3:30 PM\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    if (g_str_equal (answers[i].name, call->name)) {
      g_autoptr (JsonNode) node = json_from_string (answers[i].result, NULL);

      return json_node_dup_object (node);
    }
  }
  return json_object_new ();
}

static void
finish_tools (Stage *stage)
{
  while (stage->tools_done < stage->calls->len && stage->time_us >= stage->tool_due_us) {
    AvaToolCall *call = stage->calls->pdata[stage->tools_done++];

    if (stage->run_tool != NULL)
      stage->run_tool (stage, call);
    else
      call->result = answer_tool (call);
    ava_agent_tool_done (stage->agent, call);
  }
}

/* A big frame is read on another thread, in real time; meanwhile the time of the stage stands still. */
static void
wait_for_reader (Stage *stage)
{
  while (AVA_IS_REALTIME_AGENT (stage->agent) && ava_realtime_session_is_reading (AVA_REALTIME_AGENT (stage->agent)->session))
    g_main_context_iteration (NULL, TRUE);
}

void
stage_play (Stage    *stage,
            gboolean  speech,
            guint     ms)
{
  for (guint t = 0; t < ms; t += AVA_FRAME_MS) {
    gint64 heard = MIN (stage->queued, AVA_FRAME_SAMPLES);
    AvaFrame frame = { 0 };

    stage->time_us += AVA_FRAME_MS * 1000;
    stage->played += heard;
    stage->queued -= heard;
    frame.time_us = stage->time_us - stage->begun_us;
    for (guint i = 0; speech && i < AVA_FRAME_SAMPLES; i++)
      frame.pcm[i] = 4000 * sin (i * 0.2);
    ava_agent_hear (stage->agent, &frame, speech ? 0.9 : 0.05, stage->played, stage->queued);
    for (guint i = 0; i < stage->lines->len; i++)
      fake_realtime_tick (stage->lines->pdata[i], stage->time_us / 1000);
    finish_tools (stage);
    while (g_main_context_iteration (NULL, FALSE));
    wait_for_reader (stage);
  }
}

void
stage_hear_out (Stage *stage)
{
  guint quiet = 0;

  for (guint i = 0; i < 400 && quiet < 25 && !stage->lost; i++) {
    stage_play (stage, FALSE, 100);
    quiet = stage->queued > 0 ? 0 : quiet + 1;
  }
}

void
stage_say (Stage *stage,
           guint  ms)
{
  stage_play (stage, TRUE, ms);
  stage_hear_out (stage);
}

static JsonObject *
parse (const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (script, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

void
stage_add_script (Stage      *stage,
                  const char *script)
{
  g_ptr_array_add (stage->scripts, parse (script));
}

void
stage_init (Stage       *stage,
            const char  *script,
            AvaTurnMode  mode)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "realtime-client.schema.json", NULL);

  *stage = (Stage) { .settings = ava_realtime_settings_new () };
  stage->settings->key = g_strdup ("sk-fake");
  stage->settings->mode = mode;
  stage->spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  stage->clock = ava_virtual_clock_new (1796313600000000, FALSE);
  stage->card = ava_booking_card_new ();
  stage->schema = fake_schema_load (path);
  stage->specs = g_ptr_array_new ();
  stage->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  stage->lines = g_ptr_array_new ();
  stage->rows = g_ptr_array_new_with_free_func (g_object_unref);
  stage->calls = g_ptr_array_new_with_free_func (g_object_unref);
  stage->captions = g_ptr_array_new_with_free_func (g_free);
  stage->events = g_string_new (NULL);
  stage->troubles = g_string_new (NULL);
  stage_add_script (stage, script);
}

void
stage_wait (Stage *stage,
            guint  ms)
{
  if (stage->spare == NULL)
    stage->spare = ava_realtime_spare_new (stage->settings, make_line, stage);
  for (guint t = 0; t < ms; t += 100) {
    stage->time_us += 100000;
    for (guint i = 0; i < stage->lines->len; i++)
      fake_realtime_tick (stage->lines->pdata[i], stage->time_us / 1000);
    ava_realtime_spare_tick (stage->spare, stage->time_us);
  }
}

void
stage_start (Stage *stage)
{
  static const AvaToolSpec specs[] = {
    { "check_availability", "Find open times.", "{\"type\": \"object\", \"properties\": {\"service\": {\"type\": \"string\"}}}" },
    { "hold_slot", "Keep a time.", "{\"type\": \"object\", \"properties\": {\"slot_id\": {\"type\": \"string\"}}}" },
    { "book_appointment", "Book.", "{\"type\": \"object\", \"properties\": {\"slot_id\": {\"type\": \"string\"}}}" },
  };
  g_autoptr (AvaSynthesizer) mouth = g_object_new (TEST_TYPE_MOUTH, NULL);
  AvaDialogueCaller caller = { .phone = "+12125550147", .call_id = "call-1" };
  AvaRealtimeParts parts = {
    .settings = stage->settings, .spa = stage->spa, .caller = &caller, .card = stage->card, .clock = stage->clock,
    .specs = stage->specs, .synthesizer = mouth, .make_line = stage->make_line != NULL ? stage->make_line : make_line, .line_data = stage, .spare = stage->spare,
  };

  for (guint i = 0; i < G_N_ELEMENTS (specs) && stage->run_tool == NULL; i++)
    g_ptr_array_add (stage->specs, (gpointer) &specs[i]);
  stage->agent = stage->make_agent != NULL ? stage->make_agent (stage, &parts) : ava_realtime_agent_new (&parts);
  g_signal_connect (stage->agent, "audio", G_CALLBACK (on_audio), stage);
  g_signal_connect (stage->agent, "flush", G_CALLBACK (on_flush), stage);
  g_signal_connect (stage->agent, "item", G_CALLBACK (on_item), stage);
  g_signal_connect (stage->agent, "event", G_CALLBACK (on_event), stage);
  g_signal_connect (stage->agent, "tool-call", G_CALLBACK (on_tool_call), stage);
  g_signal_connect (stage->agent, "caption", G_CALLBACK (on_caption), stage);
  g_signal_connect (stage->agent, "finished", G_CALLBACK (on_finished), stage);
  if (AVA_IS_REALTIME_AGENT (stage->agent))
    g_signal_connect (stage->agent, "lost", G_CALLBACK (on_lost), stage);
  stage->begun_us = stage->time_us;
  ava_agent_start (stage->agent);
}

void
stage_clear (Stage *stage)
{
  if (stage->agent != NULL) {
    ava_agent_stop (stage->agent);
    while (g_main_context_iteration (NULL, FALSE));
    g_assert_finalize_object (stage->agent);
  }
  for (guint i = 0; i < stage->lines->len; i++) {
    GPtrArray *wrong = fake_realtime_get_wrong (stage->lines->pdata[i]);

    for (guint j = 0; j < wrong->len; j++)
      g_test_message ("wrong: %s", (char *) wrong->pdata[j]);
    g_assert_cmpuint (wrong->len, ==, 0);
    fake_realtime_free (stage->lines->pdata[i]);
  }
  g_ptr_array_unref (stage->lines);
  g_ptr_array_unref (stage->specs);
  g_ptr_array_unref (stage->scripts);
  g_ptr_array_unref (stage->rows);
  g_ptr_array_unref (stage->calls);
  g_ptr_array_unref (stage->captions);
  g_string_free (stage->events, TRUE);
  g_string_free (stage->troubles, TRUE);
  g_clear_pointer (&stage->egress, json_object_unref);
  g_clear_object (&stage->spare);
  g_clear_object (&stage->spa);
  g_clear_object (&stage->clock);
  g_clear_object (&stage->card);
  fake_schema_free (stage->schema);
  ava_realtime_settings_free (stage->settings);
  g_free (stage->lost_words);
  g_free (stage->outcome);
}

FakeRealtime *
stage_get_line (Stage *stage)
{
  g_assert_cmpuint (stage->lines->len, >, 0);
  return stage->lines->pdata[stage->lines->len - 1];
}

AvaTranscriptItem *
stage_get_row (Stage *stage,
               guint  i)
{
  g_assert_cmpuint (stage->rows->len, >, i);
  return stage->rows->pdata[i];
}

JsonObject *
stage_find_sent (Stage      *stage,
                 const char *type,
                 guint       nth)
{
  for (guint l = 0; l < stage->lines->len; l++) {
    GPtrArray *received = fake_realtime_get_received (stage->lines->pdata[l]);

    for (guint i = 0; i < received->len; i++) {
      if (g_str_equal (json_object_get_string_member (received->pdata[i], "type"), type) && nth-- == 0)
        return received->pdata[i];
    }
  }
  return NULL;
}

guint
stage_count (Stage      *stage,
             const char *type)
{
  guint n = 0;

  for (guint l = 0; l < stage->lines->len; l++)
    n += fake_realtime_count (stage->lines->pdata[l], type);
  return n;
}
