/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-realtime-private.h"

#include <math.h>
#include <string.h>

/* What the fake answers: the steps of its script, one response each, in the order and pace of the service. */

#define DELTA_MS 200

void
fake_response_free (FakeResponse *response)
{
  g_free (response->id);
  g_ptr_array_unref (response->items);
  g_clear_pointer (&response->metadata, json_object_unref);
  g_free (response);
}

/* The script's part for what the caller said last; before that the greeting. */
JsonObject *
fake_get_turn (FakeRealtime *self)
{
  JsonArray *turns = json_object_has_member (self->script, "turns") ?
                     json_object_get_array_member (self->script, "turns") : NULL;

  if (self->turn == 0 || turns == NULL || self->turn > json_array_get_length (turns))
    return NULL;
  return json_array_get_object_element (turns, self->turn - 1);
}

/* Whether the turn is not answered to its end. */
gboolean
fake_has_steps (FakeRealtime *self)
{
  JsonObject *turn = fake_get_turn (self);

  return self->response != NULL ||
         (turn != NULL && json_object_has_member (turn, "steps") && self->step < json_array_get_length (json_object_get_array_member (turn, "steps")));
}

void
fake_next_turn (FakeRealtime *self)
{
  if (!self->again || self->turn == 0)
    self->turn++;
  self->step = 0;
}

static JsonObject *
take_step (FakeRealtime *self)
{
  JsonObject *turn = fake_get_turn (self);
  JsonArray *steps = NULL;

  if (turn != NULL && json_object_has_member (turn, "steps"))
    steps = json_object_get_array_member (turn, "steps");
  else if (self->turn == 0 && json_object_has_member (self->script, "greeting"))
    steps = json_object_get_array_member (self->script, "greeting");
  if (steps == NULL || self->step >= json_array_get_length (steps))
    return NULL;
  return json_array_get_object_element (steps, self->step++);
}

/* "tool.slots.0.slot_id" out of that tool's last output. */
static char *
look_up (FakeRealtime *self,
         const char   *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = g_hash_table_lookup (self->outputs, names[0]);

  for (guint i = 1; node != NULL && names[i] != NULL; i++) {
    if (JSON_NODE_HOLDS_OBJECT (node)) {
      node = json_object_get_member (json_node_get_object (node), names[i]);
    } else if (JSON_NODE_HOLDS_ARRAY (node)) {
      guint at = g_ascii_strtoull (names[i], NULL, 10);
      JsonArray *array = json_node_get_array (node);

      node = at < json_array_get_length (array) ? json_array_get_element (array, at) : NULL;
    } else {
      node = NULL;
    }
  }
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ?
         json_node_dup_string (node) : g_strdup ("");
}

static char *
fill_in (FakeRealtime *self,
         const char   *text)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  while (*text != '\0') {
    const char *open = strchr (text, '{');
    const char *close = open != NULL ? strchr (open, '}') : NULL;

    if (close == NULL)
      break;
    g_string_append_len (filled, text, open - text);
    if (memchr (open, '"', close - open) == NULL && memchr (open, '.', close - open) != NULL) {
      g_autofree char *path = g_strndup (open + 1, close - open - 1);
      g_autofree char *value = look_up (self, path);

      g_string_append (filled, value);
    } else {
      g_string_append_c (filled, '{');
      close = open;
    }
    text = close + 1;
  }
  g_string_append (filled, text);
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

static JsonObject *
describe (FakeRealtime *self,
          FakeResponse *response,
          const char   *status)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "object", "realtime.response");
  json_object_set_string_member (object, "id", response->id);
  json_object_set_string_member (object, "status", status);
  json_object_set_null_member (object, "status_details");
  json_object_set_array_member (object, "output", json_array_new ());
  if (response->in_band)
    json_object_set_string_member (object, "conversation_id", "conv_1");
  else
    json_object_set_null_member (object, "conversation_id");
  if (response->metadata != NULL)
    json_object_set_object_member (object, "metadata", json_object_ref (response->metadata));
  return object;
}

static JsonObject *
make_usage (FakeRealtime *self,
            FakeResponse *response)
{
  gint64 in = self->total_ms / 100;
  gint64 out = response->audio_ms / 50;
  g_autofree char *text = g_strdup_printf (
    "{\"total_tokens\": %" G_GINT64_FORMAT ", \"input_tokens\": %" G_GINT64_FORMAT ", \"output_tokens\": %" G_GINT64_FORMAT
    ", \"input_token_details\": {\"text_tokens\": 900, \"audio_tokens\": %" G_GINT64_FORMAT ", \"image_tokens\": 0, "
    "\"cached_tokens\": 800, \"cached_tokens_details\": {\"text_tokens\": 800, \"audio_tokens\": 0, \"image_tokens\": 0}}, "
    "\"output_token_details\": {\"text_tokens\": %" G_GINT64_FORMAT ", \"audio_tokens\": %" G_GINT64_FORMAT "}}",
    900 + in + response->text_tokens + out, 900 + in, response->text_tokens + out, in, response->text_tokens, out);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_node_dup_object (node);
}

static void
finish_at (FakeRealtime *self,
           FakeResponse *response,
           gint64        due_ms,
           const char   *status,
           const char   *reason,
           JsonObject   *error)
{
  JsonObject *event = fake_event ("response.done");
  JsonObject *object = describe (self, response, status);
  JsonObject *limits = fake_event ("rate_limits.updated");
  JsonArray *rows = json_array_new ();

  if (reason != NULL || error != NULL) {
    JsonObject *details = json_object_new ();

    json_object_set_string_member (details, "type", status);
    if (reason != NULL)
      json_object_set_string_member (details, "reason", reason);
    if (error != NULL)
      json_object_set_object_member (details, "error", json_object_ref (error));
    json_object_set_object_member (object, "status_details", details);
  }
  json_object_set_object_member (object, "usage", make_usage (self, response));
  json_object_set_object_member (event, "response", object);
  fake_send_at (self, due_ms, event, g_str_equal (status, "cancelled") ? NULL : response);
  json_object_set_array_member (limits, "rate_limits", rows);
  fake_send_at (self, due_ms + 40, limits, NULL);
}

static JsonObject *
make_delta (FakeResponse *response,
            const char   *type,
            const char   *item_id,
            guint         index)
{
  JsonObject *event = fake_event (type);

  json_object_set_string_member (event, "response_id", response->id);
  json_object_set_string_member (event, "item_id", item_id);
  json_object_set_int_member (event, "output_index", index);
  json_object_set_int_member (event, "content_index", 0);
  return event;
}

static JsonObject *
make_item (const char *id,
           const char *text)
{
  JsonObject *item = json_object_new ();
  JsonArray *content = json_array_new ();

  json_object_set_string_member (item, "id", id);
  json_object_set_string_member (item, "object", "realtime.item");
  json_object_set_string_member (item, "type", "message");
  json_object_set_string_member (item, "role", "assistant");
  json_object_set_string_member (item, "status", text != NULL ? "completed" : "in_progress");
  if (text != NULL) {
    JsonObject *part = json_object_new ();

    json_object_set_string_member (part, "type", "output_audio");
    json_object_set_string_member (part, "transcript", text);
    json_array_add_object_element (content, part);
  }
  json_object_set_array_member (item, "content", content);
  return item;
}

static void
send_item_event (FakeRealtime *self,
                 FakeResponse *response,
                 gint64        due_ms,
                 const char   *type,
                 const char   *before,
                 guint         index,
                 JsonObject   *item)
{
  JsonObject *event = fake_event (type);

  if (g_str_has_prefix (type, "response.")) {
    json_object_set_string_member (event, "response_id", response->id);
    json_object_set_int_member (event, "output_index", index);
  } else if (before != NULL) {
    json_object_set_string_member (event, "previous_item_id", before);
  } else {
    json_object_set_null_member (event, "previous_item_id");
  }
  json_object_set_object_member (event, "item", item);
  fake_send_at (self, due_ms, event, response);
}

/* A tone whose length is that of the words: S16, 24 kHz, base64. Made once for each length. */
static const char *
make_audio (FakeRealtime *self,
            gint64        ms)
{
  char *audio = g_hash_table_lookup (self->tones, GINT_TO_POINTER (ms));
  gsize n = ms * FAKE_RATE / 1000;
  g_autofree gint16 *pcm = NULL;

  if (audio != NULL)
    return audio;
  pcm = g_new (gint16, n);
  for (gsize i = 0; i < n; i++)
    pcm[i] = 6000 * sin (2 * G_PI * 220 * i / FAKE_RATE);
  audio = g_base64_encode ((const guchar *) pcm, n * 2);
  g_hash_table_insert (self->tones, GINT_TO_POINTER (ms), audio);
  return audio;
}

static gint64
send_audio (FakeRealtime *self,
            FakeResponse *response,
            gint64        due,
            const char   *item_id,
            guint         index,
            gint64        length_ms)
{
  double pace = json_object_get_double_member_with_default (self->script, "pace", 5);
  gint64 delta_ms = fake_script_int (self, "delta_ms", DELTA_MS);
  gint64 sent_ms = 0;

  for (; sent_ms < length_ms; sent_ms += delta_ms) {
    JsonObject *event = make_delta (response, "response.output_audio.delta", item_id, index);

    json_object_set_string_member (event, "delta", make_audio (self, MIN (delta_ms, length_ms - sent_ms)));
    fake_send_at (self, due + sent_ms / pace, event, response);
  }
  return due + sent_ms / pace;
}

static void
send_transcript (FakeRealtime *self,
                 FakeResponse *response,
                 gint64        due,
                 gint64        end,
                 const char   *item_id,
                 guint         index,
                 const char   *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++) {
    JsonObject *event = make_delta (response, "response.output_audio_transcript.delta", item_id, index);
    g_autofree char *delta = g_strconcat (i > 0 ? " " : "", words[i], NULL);

    json_object_set_string_member (event, "delta", delta);
    fake_send_at (self, due + (end - due) * i / n, event, response);
  }
}

static gint64
speak (FakeRealtime *self,
       FakeResponse *response,
       gint64        due,
       guint         index,
       const char   *text)
{
  g_autofree char *id = fake_id (self, "item");
  g_autofree char *before = g_strdup (self->last_item);
  gint64 length_ms = MAX (200, (gint64) strlen (text) * fake_script_int (self, "ms_per_char", 60));
  JsonObject *event, *part;
  gint64 end, words_end;

  g_ptr_array_add (response->items, g_strdup (id));
  if (response->in_band)
    fake_add_item (self, id, "assistant");
  send_item_event (self, response, due, "response.output_item.added", NULL, index, make_item (id, NULL));
  if (response->in_band)
    send_item_event (self, response, due, "conversation.item.added", before, index, make_item (id, NULL));
  event = make_delta (response, "response.content_part.added", id, index);
  part = json_object_new ();
  json_object_set_string_member (part, "type", "audio");
  json_object_set_object_member (event, "part", part);
  fake_send_at (self, due, event, response);
  end = send_audio (self, response, due, id, index, length_ms);
  words_end = json_object_get_boolean_member_with_default (self->script, "words_early", FALSE) ? due + (end - due) / 4 : end;
  send_transcript (self, response, due, words_end, id, index, text);
  response->audio_ms += length_ms;
  response->text_tokens += strlen (text) / 4;
  fake_send_at (self, end, make_delta (response, "response.output_audio.done", id, index), response);
  event = make_delta (response, "response.output_audio_transcript.done", id, index);
  json_object_set_string_member (event, "transcript", text);
  fake_send_at (self, words_end, event, response);
  if (response->in_band)
    send_item_event (self, response, end, "conversation.item.done", before, index, make_item (id, text));
  send_item_event (self, response, end, "response.output_item.done", NULL, index, make_item (id, text));
  return end;
}

static void
put_call (JsonObject *item,
          const char *name,
          const char *call_id,
          const char *arguments)
{
  json_object_set_string_member (item, "object", "realtime.item");
  json_object_set_string_member (item, "type", "function_call");
  json_object_set_string_member (item, "status", arguments != NULL ? "completed" : "in_progress");
  json_object_set_string_member (item, "name", name);
  json_object_set_string_member (item, "call_id", call_id);
  json_object_set_string_member (item, "arguments", arguments != NULL ? arguments : "");
}

static gint64
call_tool (FakeRealtime *self,
           FakeResponse *response,
           gint64        due,
           guint         index,
           JsonObject   *call)
{
  g_autofree char *id = fake_id (self, "item");
  g_autofree char *call_id = fake_id (self, "call");
  g_autofree char *before = g_strdup (self->last_item);
  const char *name = json_object_get_string_member (call, "name");
  g_autofree char *template = json_to_string (json_object_get_member (call, "arguments"), FALSE);
  g_autofree char *arguments = JSON_NODE_HOLDS_VALUE (json_object_get_member (call, "arguments")) ?
                               g_strdup (json_object_get_string_member (call, "arguments")) : fill_in (self, template);
  JsonObject *item = json_object_new ();
  JsonObject *event;

  fake_add_item (self, id, "function_call");
  g_hash_table_insert (self->calls, g_strdup (call_id), g_strdup (name));
  json_object_set_string_member (item, "id", id);
  put_call (item, name, call_id, NULL);
  send_item_event (self, response, due, "response.output_item.added", NULL, index, item);
  event = make_delta (response, "response.function_call_arguments.done", id, index);
  json_object_remove_member (event, "content_index");
  json_object_set_string_member (event, "call_id", call_id);
  json_object_set_string_member (event, "name", name);
  json_object_set_string_member (event, "arguments", arguments);
  fake_send_at (self, due + 40, event, response);
  for (guint i = 0; i < 2; i++) {
    item = json_object_new ();
    json_object_set_string_member (item, "id", id);
    put_call (item, name, call_id, arguments);
    send_item_event (self, response, due + 40, i == 0 ? "conversation.item.done" : "response.output_item.done", before, index, item);
  }
  return due + 40;
}

static void
play_step (FakeRealtime *self,
           FakeResponse *response,
           JsonObject   *step)
{
  gint64 think_ms = step != NULL && json_object_has_member (step, "think_ms") ?
                    json_object_get_int_member (step, "think_ms") : fake_realtime_get_think_ms (self);
  gint64 due = self->now_ms + think_ms;
  JsonArray *calls = step != NULL && json_object_has_member (step, "calls") ? json_object_get_array_member (step, "calls") : NULL;
  const char *say = fake_text (step, "say", step == NULL ? "All right." : NULL);
  guint index = 0;

  if (say != NULL) {
    g_autofree char *text = fill_in (self, say);

    due = speak (self, response, due, index++, text);
  }
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    due = call_tool (self, response, due, index++, json_array_get_object_element (calls, i));
  finish_at (self, response, due, fake_text (step, "status", "completed"), fake_text (step, "reason", NULL),
             fake_dig (step, "error", NULL));
}

void
fake_respond (FakeRealtime *self,
              JsonObject   *params,
              JsonObject   *cause)
{
  FakeResponse *response = g_new0 (FakeResponse, 1);
  JsonObject *created = fake_event ("response.created");

  response->id = fake_id (self, "resp");
  response->in_band = !g_str_equal (fake_text (params, "conversation", "auto"), "none");
  response->items = g_ptr_array_new_with_free_func (g_free);
  if (fake_dig (params, "metadata", NULL) != NULL)
    response->metadata = json_object_ref (fake_dig (params, "metadata", NULL));
  json_object_set_object_member (created, "response", describe (self, response, "in_progress"));
  fake_send (self, created);
  if (response->in_band) {
    self->response = response;
    play_step (self, response, take_step (self));
  } else {
    g_ptr_array_add (self->aside, response);
    play_step (self, response, NULL);
  }
}

void
fake_cancel (FakeRealtime *self,
             const char   *reason)
{
  FakeResponse *response = g_steal_pointer (&self->response);

  /* Deltas that were on their way come all the same (trap: late deltas after a cancel). */
  fake_drop_due (self, response, fake_script_int (self, "late_deltas", 2));
  finish_at (self, response, self->now_ms, "cancelled", reason, NULL);
  fake_response_free (response);
}

/* What is sent has happened: the audio of an item counts once its delta goes out. */
void
fake_note_sent (FakeRealtime *self,
                JsonObject   *event,
                FakeResponse *of)
{
  const char *type = json_object_get_string_member (event, "type");

  if (g_str_equal (type, "response.output_audio.delta")) {
    FakeItem *item = fake_find_item (self, json_object_get_string_member (event, "item_id"));
    gsize size = strlen (json_object_get_string_member (event, "delta")) / 4 * 3;

    self->audio_made = TRUE;
    if (item != NULL)
      item->audio_ms += size / FAKE_BYTES_PER_MS;
  }
  if (g_str_equal (type, "response.done") && of != NULL && of == self->response)
    g_clear_pointer (&self->response, fake_response_free);
}
