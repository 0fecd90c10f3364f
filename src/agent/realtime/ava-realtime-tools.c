/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-tools.h"

#include "ava-realtime-wire.h"

#include <string.h>

typedef enum { WAITING, RUNNING, DONE, ANSWERED } State;

typedef struct {
  char *call_id;
  char *response_id;
  char *same;            /* name and arguments in one spelling */
  AvaToolCall *call;     /* shared by all that ask for the same */
  State state;
} Request;

struct _AvaRealtimeTools {
  GPtrArray *requests;   /* Request, of the whole call */
  GHashTable *closed;    /* response_ids that are over and not yet told of */
};

static const char *const writes[] = {
  "book_appointment", "reschedule_appointment", "cancel_appointment", "hold_slot", "take_message", NULL
};

void
ava_realtime_answer_free (AvaRealtimeAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->call_id);
  g_free (self->output);
  g_free (self);
}

static void
request_free (Request *request)
{
  g_free (request->call_id);
  g_free (request->response_id);
  g_free (request->same);
  g_object_unref (request->call);
  g_free (request);
}

AvaRealtimeTools *
ava_realtime_tools_new (void)
{
  AvaRealtimeTools *self = g_new0 (AvaRealtimeTools, 1);

  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ava_realtime_tools_free (AvaRealtimeTools *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->closed);
  g_free (self);
}

/* Members in the order of the alphabet: two spellings of the same are the same. */
static char *
spell (const char *name,
       JsonObject *args)
{
  g_autoptr (GList) members = g_list_sort (json_object_get_members (args), (GCompareFunc) g_strcmp0);
  g_autoptr (GString) text = g_string_new (name);

  for (GList *at = members; at != NULL; at = at->next) {
    g_autofree char *value = json_to_string (json_object_get_member (args, at->data), FALSE);

    g_string_append_printf (text, "\n%s=%s", (char *) at->data, value);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonObject *
refuse (const char *message)
{
  JsonObject *result = json_object_new ();

  json_object_set_string_member (result, "error", "invalid");
  json_object_set_string_member (result, "message", message);
  return result;
}

gboolean
ava_realtime_tools_is_known (AvaRealtimeTools *self,
                             const char       *call_id)
{
  for (guint i = 0; i < self->requests->len; i++) {
    if (g_strcmp0 (((Request *) self->requests->pdata[i])->call_id, call_id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The same thing, being done or done: in this response anything, later what must not be done twice. */
static Request *
find_same (AvaRealtimeTools *self,
           Request          *wanted)
{
  gboolean is_write = g_strv_contains (writes, wanted->call->name);

  for (guint i = self->requests->len; i > 0; i--) {
    Request *other = self->requests->pdata[i - 1];

    if (g_str_equal (other->same, wanted->same) &&
        (g_strcmp0 (other->response_id, wanted->response_id) == 0 || other->state < DONE ||
         (is_write && !g_str_equal (wanted->call->name, "hold_slot") && ava_tool_call_get_error (other->call) == NULL)))
      return other;
    /* Booked, cancelled, booked again: not the same any more. */
    if (g_str_equal (other->call->name, "cancel_appointment") && is_write)
      break;
  }
  return NULL;
}

/* Of others' records nothing is looked up by half of what identifies them. */
static JsonObject *
check_privacy (AvaToolCall *call)
{
  if (!g_str_equal (call->name, "find_customer"))
    return NULL;
  if (ava_wire_get_text (call->args, "phone") != NULL && ava_wire_get_text (call->args, "name") != NULL)
    return NULL;
  return refuse ("Ask the caller for both the name and the phone number first.");
}

/**
 * ava_realtime_tools_add:
 * @arguments: (nullable): JSON text, which may be anything
 *
 * Returns: (transfer none) (nullable): the call that is new
 */
AvaToolCall *
ava_realtime_tools_add (AvaRealtimeTools *self,
                        const char       *response_id,
                        const char       *call_id,
                        const char       *name,
                        const char       *arguments)
{
  g_autoptr (JsonObject) args = NULL;
  Request *request;
  Request *same;

  if (call_id == NULL || name == NULL || ava_realtime_tools_is_known (self, call_id))
    return NULL;
  args = ava_wire_parse (arguments != NULL ? arguments : "", arguments != NULL ? strlen (arguments) : 0, NULL);
  request = g_new0 (Request, 1);
  request->call_id = g_strdup (call_id);
  request->response_id = g_strdup (response_id != NULL ? response_id : "");
  request->call = ava_tool_call_new (name, args != NULL ? json_object_ref (args) : json_object_new ());
  request->same = spell (name, request->call->args);
  request->call->result = args == NULL ? refuse ("The arguments are not a JSON object. Call again with valid ones.")
                                       : check_privacy (request->call);
  if (request->call->result != NULL)
    request->state = DONE;
  same = request->state == DONE ? NULL : find_same (self, request);
  g_ptr_array_add (self->requests, request);
  if (same != NULL) {
    g_set_object (&request->call, same->call);
    request->state = same->state >= DONE ? DONE : RUNNING;
    return NULL;
  }
  return request->state == DONE ? NULL : request->call;
}

/**
 * ava_realtime_tools_get_running:
 *
 * Returns: (transfer none) (nullable): what was given out and is not done
 */
AvaToolCall *
ava_realtime_tools_get_running (AvaRealtimeTools *self)
{
  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];

    if (request->state == RUNNING && request->call->result == NULL)
      return request->call;
  }
  return NULL;
}

/**
 * ava_realtime_tools_next:
 *
 * Returns: (transfer none) (nullable): the call to run now; %NULL while another one runs
 */
AvaToolCall *
ava_realtime_tools_next (AvaRealtimeTools *self)
{
  if (ava_realtime_tools_get_running (self) != NULL)
    return NULL;
  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];

    if (request->state != WAITING)
      continue;
    request->state = RUNNING;
    return request->call;
  }
  return NULL;
}

/**
 * ava_realtime_tools_done:
 * @call: has its result
 *
 * Returns: whether it was asked for here
 */
gboolean
ava_realtime_tools_done (AvaRealtimeTools *self,
                         AvaToolCall      *call)
{
  gboolean ours = FALSE;

  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];

    if (request->call != call || request->state >= DONE)
      continue;
    request->state = DONE;
    ours = TRUE;
  }
  return ours;
}

/**
 * ava_realtime_tools_take_answer:
 *
 * Returns: (transfer full) (nullable): the next answer that was not sent yet
 */
AvaRealtimeAnswer *
ava_realtime_tools_take_answer (AvaRealtimeTools *self)
{
  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];
    AvaRealtimeAnswer *answer;

    if (request->state != DONE)
      continue;
    request->state = ANSWERED;
    answer = g_new0 (AvaRealtimeAnswer, 1);
    answer->call_id = g_strdup (request->call_id);
    answer->output = request->call->result != NULL ? ava_wire_print (request->call->result) : g_strdup ("{}");
    return answer;
  }
  return NULL;
}

/**
 * ava_realtime_tools_has:
 *
 * Returns: whether that response called a tool
 */
gboolean
ava_realtime_tools_has (AvaRealtimeTools *self,
                        const char       *response_id)
{
  for (guint i = 0; i < self->requests->len; i++) {
    if (g_strcmp0 (((Request *) self->requests->pdata[i])->response_id, response_id) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_realtime_tools_close:
 * @response_id: is over: no more calls of it come
 */
void
ava_realtime_tools_close (AvaRealtimeTools *self,
                          const char       *response_id)
{
  if (ava_realtime_tools_has (self, response_id))
    g_hash_table_add (self->closed, g_strdup (response_id));
}

/**
 * ava_realtime_tools_close_all:
 *
 * The line is gone: no response of it says any more that it is over.
 */
void
ava_realtime_tools_close_all (AvaRealtimeTools *self)
{
  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];

    if (request->state != ANSWERED)
      g_hash_table_add (self->closed, g_strdup (request->response_id));
  }
}

static gboolean
is_answered (AvaRealtimeTools *self,
             const char       *response_id)
{
  for (guint i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];

    if (g_str_equal (request->response_id, response_id) && request->state != ANSWERED)
      return FALSE;
  }
  return TRUE;
}

/**
 * ava_realtime_tools_take_ready:
 *
 * Returns: whether a response's calls are all answered: the model may go on; told once
 */
gboolean
ava_realtime_tools_take_ready (AvaRealtimeTools *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->closed);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    if (!is_answered (self, id))
      continue;
    g_hash_table_iter_remove (&iter);
    return TRUE;
  }
  return FALSE;
}
