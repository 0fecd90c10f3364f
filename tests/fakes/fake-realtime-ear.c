/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-realtime-private.h"

#include <math.h>
#include <string.h>

/* What the fake hears: a plain detector by loudness, turns, and transcripts that come later. */

#define LOUD 330.0          /* RMS of S16 that counts as speech: a hundredth of full scale */
#define ONSET_MS 60
#define STEP_MS 20
#define LEAST_COMMIT_MS 100

static JsonObject *
get_detection (FakeRealtime *self)
{
  return fake_dig (self->session, "audio", "input", "turn_detection", NULL);
}

/* Silence that ends a turn; negative: the client ends turns. */
static gint64
get_silence_ms (FakeRealtime *self)
{
  JsonObject *input = fake_dig (self->session, "audio", "input", NULL);
  JsonObject *detection = get_detection (self);

  if (input != NULL && json_object_has_member (input, "turn_detection") && detection == NULL)
    return -1;
  if (g_str_equal (fake_text (detection, "type", "server_vad"), "semantic_vad"))
    return fake_script_int (self, "semantic_ms", 400);
  return detection != NULL ? json_object_get_int_member_with_default (detection, "silence_duration_ms", 500) : 500;
}

static gboolean
detection_says (FakeRealtime *self,
                const char   *member)
{
  JsonObject *detection = get_detection (self);

  return detection == NULL || json_object_get_boolean_member_with_default (detection, member, TRUE);
}

static void
put_previous (JsonObject *event,
              const char *id)
{
  if (id != NULL)
    json_object_set_string_member (event, "previous_item_id", id);
  else
    json_object_set_null_member (event, "previous_item_id");
}

static JsonObject *
make_transcription (FakeRealtime *self,
                    const char   *kind,
                    const char   *item_id)
{
  g_autofree char *type = g_strdup_printf ("conversation.item.input_audio_transcription.%s", kind);
  JsonObject *event = fake_event (type);

  json_object_set_string_member (event, "item_id", item_id);
  json_object_set_int_member (event, "content_index", 0);
  return event;
}

static void
transcribe (FakeRealtime *self,
            JsonObject   *turn,
            const char   *item_id)
{
  const char *how = fake_text (turn, "transcription", self->spoken ? "right" : "empty");
  const char *words = fake_text (turn, "hear", "");
  gint64 due = self->now_ms + (turn != NULL && json_object_has_member (turn, "transcribe_ms") ?
                               json_object_get_int_member (turn, "transcribe_ms") :
                               fake_script_int (self, "transcribe_ms", 250));
  JsonObject *event;
  JsonObject *usage = json_object_new ();
  g_autofree char *half = g_strndup (words, strcspn (words, " "));

  json_object_set_string_member (usage, "type", "duration");
  json_object_set_double_member (usage, "seconds", 1.5);
  if (g_str_equal (how, "missing")) {
    json_object_unref (usage);
    return;
  }
  if (g_str_equal (how, "failed")) {
    JsonObject *error = json_object_new ();

    json_object_set_string_member (error, "type", "server_error");
    json_object_set_string_member (error, "message", "Transcription failed.");
    event = make_transcription (self, "failed", item_id);
    json_object_set_object_member (event, "error", error);
    json_object_unref (usage);
    fake_send_at (self, due, event, NULL);
    return;
  }
  if (*half != '\0' && !g_str_equal (how, "empty")) {
    event = make_transcription (self, "delta", item_id);
    json_object_set_string_member (event, "delta", half);
    fake_send_at (self, due - 50, event, NULL);
  }
  event = make_transcription (self, "completed", item_id);
  json_object_set_string_member (event, "transcript", g_str_equal (how, "empty") ? "" : words);
  json_object_set_object_member (event, "usage", usage);
  fake_send_at (self, due, event, NULL);
}

static void
add_user_item (FakeRealtime *self)
{
  g_autofree char *id = self->coming_item != NULL ? g_steal_pointer (&self->coming_item) : fake_id (self, "item");
  g_autofree char *before = g_strdup (self->last_item);
  static const char *const kinds[] = { "conversation.item.added", "conversation.item.done" };
  JsonObject *event = fake_event ("input_audio_buffer.committed");
  gboolean transcribes = fake_dig (self->session, "audio", "input", "transcription", NULL) != NULL;

  json_object_set_string_member (event, "item_id", id);
  put_previous (event, before);
  fake_send (self, event);
  fake_add_item (self, id, "user");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    JsonObject *item = json_object_new ();
    JsonArray *content = json_array_new ();
    JsonObject *part = json_object_new ();

    json_object_set_string_member (part, "type", "input_audio");
    json_object_set_null_member (part, "transcript");
    json_array_add_object_element (content, part);
    json_object_set_string_member (item, "id", id);
    json_object_set_string_member (item, "type", "message");
    json_object_set_string_member (item, "role", "user");
    json_object_set_array_member (item, "content", content);
    event = fake_event (kinds[i]);
    put_previous (event, before);
    json_object_set_object_member (event, "item", item);
    fake_send (self, event);
  }
  if (self->spoken || !json_object_get_boolean_member_with_default (self->script, "noise_is_no_turn", TRUE))
    fake_next_turn (self);
  if (transcribes)
    transcribe (self, self->spoken ? fake_get_turn (self) : NULL, id);
}

/* client: input_audio_buffer.commit; @cause NULL: the fake's own detector */
void
fake_commit (FakeRealtime *self,
             JsonObject   *cause)
{
  if (cause != NULL && self->buffer_ms < LEAST_COMMIT_MS) {
    g_autofree char *words = g_strdup_printf ("Error committing input audio buffer: buffer too small. Expected at least 100ms of "
                                              "audio, but buffer only has %d.00ms of audio.", (int) self->buffer_ms);

    fake_error (self, cause, "invalid_request_error", "input_audio_buffer_commit_empty", words);
    return;
  }
  add_user_item (self);
  self->buffer_ms = 0;
  self->spoken = FALSE;
}

static void
begin_speech (FakeRealtime *self)
{
  JsonObject *event = fake_event ("input_audio_buffer.speech_started");

  self->hearing = TRUE;
  g_free (self->coming_item);
  self->coming_item = fake_id (self, "item");
  json_object_set_int_member (event, "audio_start_ms", MAX (0, self->total_ms - 300));
  json_object_set_string_member (event, "item_id", self->coming_item);
  fake_send (self, event);
  self->again = json_object_get_boolean_member_with_default (self->script, "insists", FALSE) && fake_has_steps (self);
  if (self->response != NULL && detection_says (self, "interrupt_response"))
    fake_cancel (self, "turn_detected");
}

static void
end_speech (FakeRealtime *self)
{
  JsonObject *event = fake_event ("input_audio_buffer.speech_stopped");

  self->hearing = FALSE;
  json_object_set_int_member (event, "audio_end_ms", self->total_ms);
  json_object_set_string_member (event, "item_id", self->coming_item);
  fake_send (self, event);
  fake_commit (self, NULL);
  if (detection_says (self, "create_response") && self->response == NULL)
    fake_respond (self, NULL, NULL);
}

static void
hear_step (FakeRealtime *self,
           gboolean      loud)
{
  gint64 silence_ms = get_silence_ms (self);

  self->buffer_ms += STEP_MS;
  self->total_ms += STEP_MS;
  self->speech_ms = loud ? self->speech_ms + STEP_MS : 0;
  self->quiet_ms = loud ? 0 : self->quiet_ms + STEP_MS;
  if (self->speech_ms >= ONSET_MS)
    self->spoken = TRUE;
  if (silence_ms < 0)
    return;
  if (!self->hearing && self->speech_ms >= ONSET_MS)
    begin_speech (self);
  else if (self->hearing && self->quiet_ms >= silence_ms)
    end_speech (self);
  else if (!self->hearing && self->buffer_ms > 2000)
    self->buffer_ms = 300;
}

/* @base64: S16, 24 kHz */
void
fake_hear (FakeRealtime *self,
           const char   *base64,
           gsize         size)
{
  g_autofree guchar *data = g_malloc (size / 4 * 3 + 4);
  int state = 0;
  guint save = 0;
  gsize n = g_base64_decode_step (base64, size, data, &state, &save);
  const gint16 *pcm = (const gint16 *) data;
  const gsize step = FAKE_RATE * STEP_MS / 1000;

  if (n > 15 << 20)
    fake_wrong (self, "appended %zu bytes at once", n);
  if (n % 2 != 0)
    fake_wrong (self, "half a sample was appended");
  for (gsize at = 0; at + step <= n / 2; at += step) {
    gint64 sum = 0;

    for (gsize i = 0; i < step; i++)
      sum += (gint64) pcm[at + i] * pcm[at + i];
    hear_step (self, sqrt ((double) sum / step) > LOUD);
  }
}

void
fake_append (FakeRealtime *self,
             JsonObject   *event)
{
  const char *audio = json_object_get_string_member (event, "audio");

  fake_hear (self, audio, strlen (audio));
}
