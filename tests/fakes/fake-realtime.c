/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE   /* memmem */
#include "fake-realtime-private.h"

#include <string.h>

/*
 *  client event --schema--> handler --> session, buffer, items, responses
 *                                           |
 *  wire <-- faults <-- due events, by time <+
 */

typedef struct {
  gint64 due_ms;
  JsonObject *event;
  FakeResponse *of;     /* borrowed, nullable: the response it belongs to */
  gboolean arrives;     /* it is the client's, and was on its way for long */
} Due;

static void
due_free (Due *due)
{
  json_object_unref (due->event);
  g_free (due);
}

const char *
fake_text (JsonObject *object,
           const char *member,
           const char *usual)
{
  const char *text = object != NULL ? json_object_get_string_member_with_default (object, member, usual) : usual;

  return text != NULL ? text : usual;
}

/* The object that a path of member names leads to; NULL when there is none. */
JsonObject *
fake_dig (JsonObject *object,
          ...)
{
  const char *name;
  va_list names;

  va_start (names, object);
  while (object != NULL && (name = va_arg (names, const char *)) != NULL) {
    JsonNode *node = json_object_get_member (object, name);

    object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  }
  va_end (names);
  return object;
}

gint64
fake_script_int (FakeRealtime *self,
                 const char   *name,
                 gint64        usual)
{
  return json_object_get_int_member_with_default (self->script, name, usual);
}

char *
fake_id (FakeRealtime *self,
         const char   *prefix)
{
  return g_strdup_printf ("%s_%04u", prefix, ++self->ids);
}

JsonObject *
fake_event (const char *type)
{
  JsonObject *event = json_object_new ();

  json_object_set_string_member (event, "type", type);
  return event;
}

void
fake_wrong (FakeRealtime *self,
            const char   *format,
            ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->wrong, g_strdup_vprintf (format, args));
  va_end (args);
}

static guint
count (FakeRealtime *self,
       const char   *what)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, what)) + 1;

  g_hash_table_insert (self->counts, g_strdup (what), GUINT_TO_POINTER (n));
  return n;
}

static void
send_text (FakeRealtime *self,
           const char   *text,
           gsize         size)
{
  if (!self->silent && !self->closed)
    self->wire.send (text, size, self->user_data);
}

static void
close_wire (FakeRealtime *self,
            guint         code,
            const char   *reason)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  self->wire.close (code, reason, self->user_data);
}

static void
send_odd (FakeRealtime *self,
          const char   *what,
          const char   *head,
          gint64        size)
{
  g_autoptr (GString) text = g_string_new (head);

  if (g_str_equal (what, "huge")) {
    g_string_append (text, "{\"type\":\"response.unheard_of\",\"padding\":\"");
    for (gint64 i = 0; i < size; i++)
      g_string_append_c (text, 'x');
    g_string_append (text, "\"}");
  } else {
    for (gint64 i = 0; i < size; i++)
      g_string_append (text, "[");
  }
  send_text (self, text->str, text->len);
}

static void put_off (FakeRealtime *self, gint64 due_ms, JsonObject *event, FakeResponse *of, gboolean arrives);

/* Returns: whether the event itself is still to be sent */
static gboolean
do_fault (FakeRealtime *self,
          JsonObject   *fault,
          JsonObject   *event)
{
  const char *what = fake_text (fault, "do", "");

  if (g_str_equal (what, "close"))
    close_wire (self, json_object_get_int_member_with_default (fault, "code", 1006), fake_text (fault, "reason", ""));
  else if (g_str_equal (what, "error"))
    fake_error (self, NULL, fake_text (fault, "type", "server_error"), fake_text (fault, "code", NULL),
                fake_text (fault, "message", "The server had an error."));
  else if (g_str_equal (what, "text"))
    send_text (self, fake_text (fault, "text", ""), strlen (fake_text (fault, "text", "")));
  else if (g_str_equal (what, "huge") || g_str_equal (what, "deep"))
    send_odd (self, what, fake_text (fault, "head", ""), json_object_get_int_member_with_default (fault, "size", 9 << 20));
  else if (g_str_equal (what, "silent"))
    self->silent = TRUE;
  else if (g_str_equal (what, "drop"))
    return FALSE;
  else if (g_str_equal (what, "stall") && self->wire.stall != NULL)
    self->wire.stall (json_object_get_int_member_with_default (fault, "ms", 3000), self->user_data);
  else if (g_str_equal (what, "delay")) {
    put_off (self, self->now_ms + json_object_get_int_member_with_default (fault, "ms", 1000), json_object_ref (event), NULL,
             g_str_has_prefix (fake_text (fault, "on", ""), "client:"));
    return FALSE;
  } else if (g_str_equal (what, "twice")) {
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
    g_autofree char *text = NULL;

    json_node_set_object (node, event);
    text = json_to_string (node, FALSE);
    send_text (self, text, strlen (text));
  }
  return TRUE;
}

static gboolean
look_for_faults (FakeRealtime *self,
                 const char   *what,
                 JsonObject   *event)
{
  JsonArray *faults = json_object_has_member (self->script, "faults") ?
                      json_object_get_array_member (self->script, "faults") : NULL;
  guint nth = count (self, what);
  gboolean goes_on = TRUE;

  for (guint i = 0; faults != NULL && i < json_array_get_length (faults); i++) {
    JsonObject *fault = json_array_get_object_element (faults, i);
    gint64 from = json_object_get_int_member_with_default (fault, "nth", 1);
    gboolean every = json_object_get_boolean_member_with_default (fault, "every", FALSE);

    if (g_str_equal (fake_text (fault, "on", ""), what) && (nth == from || (every && nth > from)))
      goes_on = do_fault (self, fault, event) && goes_on;
  }
  return goes_on && !self->closed;
}

static void
send_now (FakeRealtime *self,
          JsonObject   *event,
          FakeResponse *of)
{
  const char *type = json_object_get_string_member (event, "type");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (self->closed)
    return;
  if (!json_object_has_member (event, "event_id")) {
    g_autofree char *id = fake_id (self, "event");

    json_object_set_string_member (event, "event_id", id);
  }
  if (!look_for_faults (self, "*", event) || !look_for_faults (self, type, event))
    return;
  self->sent++;
  if (json_object_get_boolean_member_with_default (self->script, "stamps", FALSE))
    json_object_set_int_member (event, "sent_us", g_get_monotonic_time ());
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, event);
  text = json_to_string (node, FALSE);
  fake_note_sent (self, event, of);
  send_text (self, text, strlen (text));
}

static int
compare_due (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  const Due *first = a, *second = b;

  return (first->due_ms > second->due_ms) - (first->due_ms < second->due_ms);
}

/* @event: (transfer full) */
static void
put_off (FakeRealtime *self,
         gint64        due_ms,
         JsonObject   *event,
         FakeResponse *of,
         gboolean      arrives)
{
  Due *due = g_new0 (Due, 1);
  GList *at = self->due.tail;

  *due = (Due) { due_ms, event, of, arrives };
  while (at != NULL && compare_due (at->data, due, NULL) > 0)
    at = at->prev;
  if (at == NULL)
    g_queue_push_head (&self->due, due);
  else
    g_queue_insert_after (&self->due, at, due);
}

/* @event: (transfer full) */
void
fake_send_at (FakeRealtime *self,
              gint64        due_ms,
              JsonObject   *event,
              FakeResponse *of)
{
  put_off (self, due_ms, event, of, FALSE);
}

void
fake_send (FakeRealtime *self,
           JsonObject   *event)
{
  fake_send_at (self, self->now_ms, event, NULL);
}

/* Forgets what @of had still to say, but for the first @keep deltas of audio, which come at once. */
void
fake_drop_due (FakeRealtime *self,
               FakeResponse *of,
               guint         keep)
{
  GList *next;

  for (GList *at = self->due.head; at != NULL; at = next) {
    Due *due = at->data;

    next = at->next;
    if (due->of != of)
      continue;
    if (keep > 0 && g_str_equal (json_object_get_string_member (due->event, "type"), "response.output_audio.delta")) {
      due->of = NULL;
      keep--;
      continue;
    }
    due_free (due);
    g_queue_delete_link (&self->due, at);
  }
}

void
fake_error (FakeRealtime *self,
            JsonObject   *cause,
            const char   *type,
            const char   *code,
            const char   *message)
{
  JsonObject *event = fake_event ("error");
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "type", type);
  json_object_set_string_member (error, "message", message);
  if (code != NULL)
    json_object_set_string_member (error, "code", code);
  else
    json_object_set_null_member (error, "code");
  json_object_set_null_member (error, "param");
  if (cause != NULL && json_object_has_member (cause, "event_id"))
    json_object_set_string_member (error, "event_id", json_object_get_string_member (cause, "event_id"));
  else
    json_object_set_null_member (error, "event_id");
  json_object_set_object_member (event, "error", error);
  fake_send (self, event);
}

FakeItem *
fake_find_item (FakeRealtime *self,
                const char   *id)
{
  for (guint i = 0; i < self->items->len; i++) {
    FakeItem *item = self->items->pdata[i];

    if (g_strcmp0 (item->id, id) == 0)
      return item;
  }
  return NULL;
}

FakeItem *
fake_add_item (FakeRealtime *self,
               const char   *id,
               const char   *role)
{
  FakeItem *item = g_new0 (FakeItem, 1);

  item->id = g_strdup (id);
  item->role = g_strdup (role);
  g_ptr_array_add (self->items, item);
  g_free (self->last_item);
  self->last_item = g_strdup (id);
  return item;
}

/* --- what clients ask for --- */

/* Only what is there changes, at any depth. */
static void
merge (JsonObject *into,
       JsonObject *change)
{
  g_autoptr (GList) names = json_object_get_members (change);

  for (GList *at = names; at != NULL; at = at->next) {
    JsonNode *node = json_object_get_member (change, at->data);
    JsonObject *inner = fake_dig (into, at->data, NULL);

    if (inner != NULL && JSON_NODE_HOLDS_OBJECT (node))
      merge (inner, json_node_get_object (node));
    else
      json_object_set_member (into, at->data, json_node_copy (node));
  }
}

static void
update_session (FakeRealtime *self,
                JsonObject   *event)
{
  JsonObject *change = json_object_get_object_member (event, "session");
  JsonObject *answer = fake_event ("session.updated");

  if (self->audio_made && fake_dig (change, "audio", "output", NULL) != NULL &&
      json_object_has_member (fake_dig (change, "audio", "output", NULL), "voice") &&
      g_strcmp0 (fake_text (fake_dig (change, "audio", "output", NULL), "voice", ""),
                 fake_text (fake_dig (self->session, "audio", "output", NULL), "voice", "")) != 0) {
    json_object_unref (answer);
    fake_error (self, event, "invalid_request_error", "cannot_update_voice", "The voice cannot be changed once audio was made.");
    return;
  }
  merge (self->session, change);
  json_object_set_object_member (answer, "session", json_object_ref (self->session));
  fake_send (self, answer);
}

static void
take_output (FakeRealtime *self,
             JsonObject   *event,
             JsonObject   *item)
{
  const char *call_id = fake_text (item, "call_id", "");
  const char *tool = g_hash_table_lookup (self->calls, call_id);

  if (tool == NULL) {
    fake_wrong (self, "an output for the unknown call “%s”", call_id);
    fake_error (self, event, "invalid_request_error", NULL, "Tool call ID not found in conversation.");
    return;
  }
  if (!g_hash_table_add (self->answered, g_strdup (call_id)))
    fake_wrong (self, "the call “%s” was answered twice", call_id);
  g_hash_table_insert (self->outputs, g_strdup (tool), json_from_string (fake_text (item, "output", "null"), NULL));
}

static void
create_item (FakeRealtime *self,
             JsonObject   *event)
{
  JsonObject *item = json_object_get_object_member (event, "item");
  const char *type = fake_text (item, "type", "");
  const char *wanted = fake_text (item, "id", NULL);
  g_autofree char *id = wanted != NULL ? g_strdup (wanted) : fake_id (self, "item");
  g_autofree char *before = g_strdup (self->last_item);
  static const char *const kinds[] = { "conversation.item.added", "conversation.item.done" };

  if (g_str_equal (type, "function_call_output"))
    take_output (self, event, item);
  if (g_str_equal (type, "function_call"))
    g_hash_table_insert (self->calls, g_strdup (fake_text (item, "call_id", "")), g_strdup (fake_text (item, "name", "")));
  if (fake_find_item (self, id) != NULL)
    fake_wrong (self, "the item “%s” was made twice", id);
  fake_add_item (self, id, g_str_equal (type, "message") ? fake_text (item, "role", "") : type);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    JsonObject *answer = fake_event (kinds[i]);
    JsonNode *copy = json_node_new (JSON_NODE_OBJECT);

    json_node_set_object (copy, item);
    json_object_set_member (answer, "item", json_node_copy (copy));
    json_node_unref (copy);
    json_object_set_string_member (json_object_get_object_member (answer, "item"), "id", id);
    if (before != NULL)
      json_object_set_string_member (answer, "previous_item_id", before);
    else
      json_object_set_null_member (answer, "previous_item_id");
    fake_send (self, answer);
  }
}

static void
truncate_item (FakeRealtime *self,
               JsonObject   *event)
{
  FakeItem *item = fake_find_item (self, fake_text (event, "item_id", ""));
  gint64 end_ms = json_object_get_int_member (event, "audio_end_ms");
  JsonObject *answer;

  if (item == NULL) {
    fake_error (self, event, "invalid_request_error", "item_truncate_invalid_item_id", "No such item.");
  } else if (!g_str_equal (item->role, "assistant") || item->audio_ms == 0) {
    fake_error (self, event, "invalid_request_error", NULL, "Only model output audio messages can be truncated");
    fake_wrong (self, "truncated an item of “%s” with %" G_GINT64_FORMAT " ms", item->role, item->audio_ms);
  } else if (end_ms > item->audio_ms || end_ms < 0) {
    fake_error (self, event, "invalid_request_error", NULL, "Audio content is already shorter");
    fake_wrong (self, "truncated at %" G_GINT64_FORMAT " ms of %" G_GINT64_FORMAT, end_ms, item->audio_ms);
  } else {
    item->audio_ms = end_ms;
    answer = fake_event ("conversation.item.truncated");
    json_object_set_string_member (answer, "item_id", item->id);
    json_object_set_int_member (answer, "content_index", 0);
    json_object_set_int_member (answer, "audio_end_ms", end_ms);
    fake_send (self, answer);
  }
}

static void
delete_item (FakeRealtime *self,
             JsonObject   *event)
{
  FakeItem *item = fake_find_item (self, fake_text (event, "item_id", ""));
  JsonObject *answer;

  if (item == NULL) {
    fake_error (self, event, "invalid_request_error", "item_delete_invalid_item_id", "No such item.");
    return;
  }
  if (g_strcmp0 (self->last_item, item->id) == 0) {
    g_free (self->last_item);
    self->last_item = self->items->len > 1 ? g_strdup (((FakeItem *) self->items->pdata[self->items->len - 2])->id) : NULL;
  }
  answer = fake_event ("conversation.item.deleted");
  json_object_set_string_member (answer, "item_id", item->id);
  fake_send (self, answer);
  g_ptr_array_remove (self->items, item);
}

static void
cancel_response (FakeRealtime *self,
                 JsonObject   *event)
{
  const char *id = fake_text (event, "response_id", NULL);

  if (self->response == NULL || (id != NULL && !g_str_equal (id, self->response->id)))
    fake_error (self, event, "invalid_request_error", "response_cancel_not_active",
                "Cancellation failed: no active response found");
  else
    fake_cancel (self, "client_cancelled");
}

static void
create_response (FakeRealtime *self,
                 JsonObject   *event)
{
  JsonObject *params = fake_dig (event, "response", NULL);

  if (self->response != NULL && !g_str_equal (fake_text (params, "conversation", "auto"), "none"))
    fake_error (self, event, "invalid_request_error", "conversation_already_has_active_response",
                "Conversation already has an active response in progress.");
  else
    fake_respond (self, params, event);
}

static void
clear_buffer (FakeRealtime *self,
              JsonObject   *event)
{
  self->buffer_ms = 0;
  self->spoken = FALSE;
  fake_send (self, fake_event ("input_audio_buffer.cleared"));
}

static void
refuse_output_clear (FakeRealtime *self,
                     JsonObject   *event)
{
  fake_wrong (self, "output_audio_buffer.clear on a WebSocket");
  fake_error (self, event, "invalid_request_error", "invalid_value", "Only for WebRTC.");
}

static const struct {
  const char *type;
  void (*handle) (FakeRealtime *self, JsonObject *event);
} handlers[] = {
  { "session.update", update_session },
  { "input_audio_buffer.append", fake_append },
  { "input_audio_buffer.commit", fake_commit },
  { "input_audio_buffer.clear", clear_buffer },
  { "output_audio_buffer.clear", refuse_output_clear },
  { "conversation.item.create", create_item },
  { "conversation.item.truncate", truncate_item },
  { "conversation.item.delete", delete_item },
  { "response.create", create_response },
  { "response.cancel", cancel_response },
};

static void
take (FakeRealtime *self,
      JsonObject   *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++) {
    if (g_str_equal (handlers[i].type, fake_text (event, "type", "")))
      handlers[i].handle (self, event);
  }
}

static void
handle (FakeRealtime *self,
        JsonObject   *event)
{
  const char *type = fake_text (event, "type", "");
  g_autofree char *what = g_strconcat ("client:", type, NULL);
  g_autofree char *wrong = fake_schema_check (self->schema, event);

  if (!json_object_has_member (event, "event_id"))
    fake_wrong (self, "“%s” has no event_id", type);
  if (!g_str_equal (type, "input_audio_buffer.append"))
    g_ptr_array_add (self->received, json_object_ref (event));
  if (!look_for_faults (self, what, event))
    return;
  if (wrong != NULL) {
    fake_wrong (self, "%s", wrong);
    fake_error (self, event, "invalid_request_error", "unknown_parameter", wrong);
    return;
  }
  take (self, event);
}

/* "trusting": what was found right fifty times is not looked at again. Returns: whether it was audio that was taken so */
static gboolean
trust_audio (FakeRealtime *self,
             const char   *text,
             gsize         size)
{
  static const char head[] = "{\"type\":\"input_audio_buffer.append\"", key[] = "\"audio\":\"";
  const char *start, *end;

  if (!json_object_get_boolean_member_with_default (self->script, "trusting", FALSE) || size < sizeof head ||
      memcmp (text, head, sizeof head - 1) != 0 || self->appends++ % 50 == 0)
    return FALSE;
  start = memmem (text, size, key, sizeof key - 1);
  end = start != NULL ? memchr (start + sizeof key - 1, '"', text + size - start - sizeof key + 1) : NULL;
  if (end == NULL)
    return FALSE;
  count (self, "client:input_audio_buffer.append");
  fake_hear (self, start + sizeof key - 1, end - start - sizeof key + 1);
  return TRUE;
}

void
fake_realtime_receive (FakeRealtime *self,
                       const char   *text,
                       gsize         size)
{
  g_autoptr (JsonParser) parser = NULL;

  if (self->closed || trust_audio (self, text, size))
    return;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, size, NULL) || json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    fake_wrong (self, "not a JSON object: %.60s", text);
    fake_error (self, NULL, "invalid_request_error", "invalid_json", "Not JSON.");
    return;
  }
  handle (self, json_node_get_object (json_parser_get_root (parser)));
}

void
fake_realtime_tick (FakeRealtime *self,
                    gint64        now_ms)
{
  self->now_ms = MAX (self->now_ms, now_ms);
  while (!self->closed && !g_queue_is_empty (&self->due)) {
    Due *due = g_queue_peek_head (&self->due);

    if (due->due_ms > self->now_ms)
      break;
    g_queue_pop_head (&self->due);
    if (due->arrives)
      take (self, due->event);
    else
      send_now (self, due->event, due->of);
    due_free (due);
  }
}

void
fake_realtime_open (FakeRealtime *self,
                    gint64        now_ms)
{
  JsonObject *event = fake_event ("session.created");

  self->now_ms = now_ms;
  json_object_set_string_member (self->session, "type", "realtime");
  json_object_set_string_member (self->session, "id", "sess_1");
  json_object_set_string_member (self->session, "object", "realtime.session");
  json_object_set_int_member (self->session, "expires_at", g_get_real_time () / G_USEC_PER_SEC +
                              fake_script_int (self, "expires_in_s", 3600));
  json_object_set_object_member (event, "session", json_object_ref (self->session));
  fake_send (self, event);
  fake_realtime_tick (self, now_ms);
}

static void
item_free (FakeItem *item)
{
  g_free (item->id);
  g_free (item->role);
  g_free (item);
}

FakeRealtime *
fake_realtime_new (JsonObject     *script,
                   FakeSchema     *schema,
                   const FakeWire *wire,
                   gpointer        user_data)
{
  FakeRealtime *self = g_new0 (FakeRealtime, 1);

  self->script = json_object_ref (script);
  self->schema = schema;
  self->wire = *wire;
  self->user_data = user_data;
  g_queue_init (&self->due);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wrong = g_ptr_array_new_with_free_func (g_free);
  self->received = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->session = json_object_new ();
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tones = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->aside = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_response_free);
  self->turn = fake_script_int (self, "first_turn", 0);
  return self;
}

void
fake_realtime_free (FakeRealtime *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->due, (GDestroyNotify) due_free);
  g_clear_pointer (&self->response, fake_response_free);
  g_ptr_array_unref (self->aside);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->outputs);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->answered);
  g_hash_table_unref (self->tones);
  g_ptr_array_unref (self->wrong);
  g_ptr_array_unref (self->received);
  g_ptr_array_unref (self->items);
  json_object_unref (self->session);
  json_object_unref (self->script);
  g_free (self->last_item);
  g_free (self->coming_item);
  g_free (self);
}

GPtrArray *
fake_realtime_get_wrong (FakeRealtime *self)
{
  return self->wrong;
}

GPtrArray *
fake_realtime_get_received (FakeRealtime *self)
{
  return self->received;
}

guint
fake_realtime_count (FakeRealtime *self,
                     const char   *type)
{
  g_autofree char *what = g_strconcat ("client:", type, NULL);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, what));
}

guint
fake_realtime_count_sent (FakeRealtime *self)
{
  return self->sent;
}

gint64
fake_realtime_get_think_ms (FakeRealtime *self)
{
  return fake_script_int (self, "think_ms", 300);
}

JsonObject *
fake_realtime_get_session (FakeRealtime *self)
{
  return self->session;
}
