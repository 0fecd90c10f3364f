/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-events.h"

#include "ava-realtime-base64.h"
#include "ava-realtime-delta.h"

#include <string.h>

#define BIG_FRAME 65536   /* [bytes] from here on a frame is read on another thread */

/* The names of today, and where servers still use them those of the beta. */
static const struct {
  const char *name;
  AvaRealtimeEventType type;
} names[] = {
  { "response.output_audio.delta", AVA_RT_AUDIO_DELTA },
  { "response.audio.delta", AVA_RT_AUDIO_DELTA },
  { "response.output_audio_transcript.delta", AVA_RT_WORDS_DELTA },
  { "response.audio_transcript.delta", AVA_RT_WORDS_DELTA },
  { "response.output_text.delta", AVA_RT_WORDS_DELTA },
  { "response.text.delta", AVA_RT_WORDS_DELTA },
  { "response.output_audio_transcript.done", AVA_RT_WORDS_DONE },
  { "response.audio_transcript.done", AVA_RT_WORDS_DONE },
  { "response.output_text.done", AVA_RT_WORDS_DONE },
  { "response.text.done", AVA_RT_WORDS_DONE },
  { "response.output_audio.done", AVA_RT_AUDIO_DONE },
  { "response.audio.done", AVA_RT_AUDIO_DONE },
  { "conversation.item.input_audio_transcription.delta", AVA_RT_HEARD_DELTA },
  { "conversation.item.input_audio_transcription.completed", AVA_RT_HEARD_DONE },
  { "conversation.item.input_audio_transcription.failed", AVA_RT_HEARD_FAILED },
  { "input_audio_buffer.speech_started", AVA_RT_SPEECH_STARTED },
  { "input_audio_buffer.speech_stopped", AVA_RT_SPEECH_STOPPED },
  { "input_audio_buffer.committed", AVA_RT_COMMITTED },
  { "input_audio_buffer.cleared", AVA_RT_CLEARED },
  { "input_audio_buffer.timeout_triggered", AVA_RT_TIMEOUT },
  { "conversation.item.added", AVA_RT_ITEM_ADDED },
  { "conversation.item.created", AVA_RT_ITEM_ADDED },
  { "conversation.item.done", AVA_RT_ITEM_DONE },
  { "conversation.item.deleted", AVA_RT_ITEM_DELETED },
  { "conversation.item.truncated", AVA_RT_ITEM_TRUNCATED },
  { "response.created", AVA_RT_RESPONSE_CREATED },
  { "response.done", AVA_RT_RESPONSE_DONE },
  { "response.output_item.added", AVA_RT_OUTPUT_ADDED },
  { "response.output_item.done", AVA_RT_OUTPUT_DONE },
  { "session.created", AVA_RT_SESSION_CREATED },
  { "session.updated", AVA_RT_SESSION_UPDATED },
  { "rate_limits.updated", AVA_RT_RATE_LIMITS },
  { "error", AVA_RT_ERROR },
};

static AvaRealtimeEventType
find_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (names[i].name, name))
      return names[i].type;
  }
  return AVA_RT_UNKNOWN;
}

static void
read_audio (AvaRealtimeEvent *self)
{
  gsize size;
  guchar *data;

  if (self->text == NULL)
    return;
  data = g_base64_decode (self->text, &size);
  self->audio = g_bytes_new_take (data, size & ~(gsize) 1);
  self->text = NULL;
}

static void
read_fields (AvaRealtimeEvent *self)
{
  static const char *const texts[] = { "delta", "transcript", "text" };

  self->response_id = ava_wire_get_text (self->root, "response_id");
  self->item_id = ava_wire_get_text (self->root, "item_id");
  self->previous_id = ava_wire_get_text (self->root, "previous_item_id");
  self->item = ava_wire_get_object (self->root, "item");
  self->response = ava_wire_get_object (self->root, "response");
  self->session = ava_wire_get_object (self->root, "session");
  self->error = ava_wire_get_object (self->root, "error");
  for (guint i = 0; i < G_N_ELEMENTS (texts) && self->text == NULL; i++)
    self->text = ava_wire_get_text (self->root, texts[i]);
  if (self->item_id == NULL)
    self->item_id = ava_wire_get_text (self->item, "id");
  if (self->response_id == NULL)
    self->response_id = ava_wire_get_text (self->response, "id");
  if (self->error != NULL) {
    self->code = ava_wire_get_text (self->error, "code");
    self->text = ava_wire_get_text (self->error, "message");
    self->cause_id = ava_wire_get_text (self->error, "event_id");
  }
}

static char *
copy_span (char                  **to,
           const AvaRealtimeSpan  *span)
{
  char *copy = *to;

  if (span->start == NULL)
    return NULL;
  memcpy (copy, span->start, span->size);
  copy[span->size] = '\0';
  *to += span->size + 1;
  return copy;
}

/* Most of what comes is audio, and needs no tree of JSON. */
static gboolean
read_delta (AvaRealtimeEvent *self,
            const char       *text)
{
  AvaRealtimeDelta delta;
  char *to;

  if (self->size > AVA_WIRE_MOST_BYTES || !ava_realtime_delta_read (&delta, text, self->size))
    return FALSE;
  self->audio = ava_base64_decode (delta.audio.start, delta.audio.size);
  if (self->audio == NULL || g_bytes_get_size (self->audio) % 2 != 0) {
    g_clear_pointer (&self->audio, g_bytes_unref);
    return FALSE;
  }
  self->type = AVA_RT_AUDIO_DELTA;
  to = self->texts = g_malloc (delta.type.size + delta.response_id.size + delta.item_id.size + 3);
  self->name = copy_span (&to, &delta.type);
  self->response_id = copy_span (&to, &delta.response_id);
  self->item_id = copy_span (&to, &delta.item_id);
  return TRUE;
}

/**
 * ava_realtime_event_new:
 * @frame: a text frame of the service
 *
 * Returns: (transfer full): what it says; what cannot be read is AVA_RT_MALFORMED
 */
AvaRealtimeEvent *
ava_realtime_event_new (GBytes *frame)
{
  AvaRealtimeEvent *self = g_new0 (AvaRealtimeEvent, 1);
  g_autoptr (GError) error = NULL;
  const char *text = g_bytes_get_data (frame, &self->size);

  if (text != NULL && read_delta (self, text))
    return self;
  self->root = ava_wire_parse (text != NULL ? text : "", self->size, &error);
  self->name = ava_wire_get_text (self->root, "type");
  if (self->name == NULL) {
    self->type = AVA_RT_MALFORMED;
    self->trouble = g_strdup (error != NULL ? error->message : "a message has no type");
    self->text = self->trouble;
    return self;
  }
  self->type = find_type (self->name);
  read_fields (self);
  if (self->type == AVA_RT_AUDIO_DELTA)
    read_audio (self);
  return self;
}

/**
 * ava_realtime_event_free:
 * @self: (transfer full) (nullable):
 */
void
ava_realtime_event_free (AvaRealtimeEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_object_unref);
  g_clear_pointer (&self->audio, g_bytes_unref);
  g_free (self->trouble);
  g_free (self->texts);
  g_free (self);
}

/* --- inbox --- */

struct _AvaRealtimeInbox {
  int refs;                    /* main thread only */
  AvaRealtimeEventFunc func;   /* NULL once it is closed */
  gpointer user_data;
  GQueue frames;               /* GBytes that wait for a big one */
  gboolean reading;            /* a big frame is on the other thread */
};

static void
unref_inbox (AvaRealtimeInbox *self)
{
  if (--self->refs > 0)
    return;
  g_queue_clear_full (&self->frames, (GDestroyNotify) g_bytes_unref);
  g_free (self);
}

AvaRealtimeInbox *
ava_realtime_inbox_new (AvaRealtimeEventFunc func,
                        gpointer             user_data)
{
  AvaRealtimeInbox *self = g_new0 (AvaRealtimeInbox, 1);

  self->refs = 1;
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->frames);
  return self;
}

static void
deliver (AvaRealtimeInbox *self,
         AvaRealtimeEvent *event)
{
  if (self->func != NULL)
    self->func (event, self->user_data);
  ava_realtime_event_free (event);
}

static void work_off (AvaRealtimeInbox *self);

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, ava_realtime_event_new (task_data), (GDestroyNotify) ava_realtime_event_free);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  AvaRealtimeInbox *self = user_data;

  self->reading = FALSE;
  deliver (self, g_task_propagate_pointer (G_TASK (result), NULL));
  work_off (self);
  unref_inbox (self);
}

static void
read_big (AvaRealtimeInbox *self,
          GBytes           *frame)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_cb, self);

  self->refs++;
  self->reading = TRUE;
  g_task_set_task_data (task, g_bytes_ref (frame), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, read_in_thread);
}

static void
work_off (AvaRealtimeInbox *self)
{
  self->refs++;
  while (self->func != NULL && !self->reading && !g_queue_is_empty (&self->frames)) {
    g_autoptr (GBytes) frame = g_queue_pop_head (&self->frames);

    if (g_bytes_get_size (frame) >= BIG_FRAME)
      read_big (self, frame);
    else
      deliver (self, ava_realtime_event_new (frame));
  }
  unref_inbox (self);
}

void
ava_realtime_inbox_push (AvaRealtimeInbox *self,
                         GBytes           *frame)
{
  g_queue_push_tail (&self->frames, g_bytes_ref (frame));
  work_off (self);
}

gboolean
ava_realtime_inbox_is_reading (AvaRealtimeInbox *self)
{
  return self->reading;
}

/**
 * ava_realtime_inbox_free:
 * @self: (transfer full) (nullable): no event comes any more
 */
void
ava_realtime_inbox_free (AvaRealtimeInbox *self)
{
  if (self == NULL)
    return;
  self->func = NULL;
  unref_inbox (self);
}

/* --- client events --- */

JsonObject *
ava_realtime_write_plain (const char *type)
{
  JsonObject *event = json_object_new ();

  json_object_set_string_member (event, "type", type);
  return event;
}

/* @session: (transfer full) */
JsonObject *
ava_realtime_write_update (JsonObject *session)
{
  JsonObject *event = ava_realtime_write_plain ("session.update");

  json_object_set_object_member (event, "session", session);
  return event;
}

static JsonObject *
write_item (JsonObject *item,
            const char *previous_id)
{
  JsonObject *event = ava_realtime_write_plain ("conversation.item.create");

  if (previous_id != NULL)
    json_object_set_string_member (event, "previous_item_id", previous_id);
  json_object_set_object_member (event, "item", item);
  return event;
}

JsonObject *
ava_realtime_write_message (const char *role,
                            const char *text,
                            const char *previous_id)
{
  JsonObject *item = ava_realtime_write_plain ("message");
  JsonObject *part = ava_realtime_write_plain (g_str_equal (role, "assistant") ? "output_text" : "input_text");
  JsonArray *content = json_array_new ();

  json_object_set_string_member (part, "text", text);
  json_array_add_object_element (content, part);
  json_object_set_string_member (item, "role", role);
  json_object_set_array_member (item, "content", content);
  return write_item (item, previous_id);
}

JsonObject *
ava_realtime_write_call (const char *call_id,
                         const char *name,
                         const char *arguments)
{
  JsonObject *item = ava_realtime_write_plain ("function_call");

  json_object_set_string_member (item, "call_id", call_id);
  json_object_set_string_member (item, "name", name);
  json_object_set_string_member (item, "arguments", arguments);
  return write_item (item, NULL);
}

JsonObject *
ava_realtime_write_output (const char *call_id,
                           const char *output)
{
  JsonObject *item = ava_realtime_write_plain ("function_call_output");

  json_object_set_string_member (item, "call_id", call_id);
  json_object_set_string_member (item, "output", output);
  return write_item (item, NULL);
}

JsonObject *
ava_realtime_write_truncate (const char *item_id,
                             gint64      audio_end_ms)
{
  JsonObject *event = ava_realtime_write_plain ("conversation.item.truncate");

  json_object_set_string_member (event, "item_id", item_id);
  json_object_set_int_member (event, "content_index", 0);
  json_object_set_int_member (event, "audio_end_ms", audio_end_ms);
  return event;
}

JsonObject *
ava_realtime_write_delete (const char *item_id)
{
  JsonObject *event = ava_realtime_write_plain ("conversation.item.delete");

  json_object_set_string_member (event, "item_id", item_id);
  return event;
}

/* @response_id: (nullable) */
JsonObject *
ava_realtime_write_cancel (const char *response_id)
{
  JsonObject *event = ava_realtime_write_plain ("response.cancel");

  if (response_id != NULL)
    json_object_set_string_member (event, "response_id", response_id);
  return event;
}

JsonObject *
ava_realtime_write_respond (const char *instructions)
{
  JsonObject *event = ava_realtime_write_plain ("response.create");
  JsonObject *response = json_object_new ();

  json_object_set_string_member (response, "instructions", instructions);
  json_object_set_object_member (event, "response", response);
  return event;
}
