/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hold-table.h"
#include "ava-id.h"
#include "ava-journal.h"

/* Calls, what was said in them, what happened, and what is left for a human to do. */

static void
set_call_actor (AvaStoreArgs *args,
                const char   *call_id)
{
  g_free (args->call_id);
  args->call_id = g_strdup (call_id);
}

/* A copy, since the caller may go on to fill the call. */
static AvaCall *
copy_call (AvaCall *call)
{
  AvaCall *copy = ava_call_new ();

  copy->id = g_strdup (call->id);
  copy->line = g_strdup (call->line);
  copy->agent = g_strdup (call->agent);
  copy->phone = g_strdup (call->phone);
  copy->customer_id = g_strdup (call->customer_id);
  copy->start_us = call->start_us;
  copy->end_us = call->end_us;
  copy->outcome = g_strdup (call->outcome);
  copy->summary = g_strdup (call->summary);
  copy->recording = g_strdup (call->recording);
  return copy;
}

static gboolean
write_conversation (AvaStore      *self,
                    AvaStoreArgs  *args,
                    AvaCall       *call,
                    const char    *what,
                    GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *before = ava_journal_snapshot (self, "conversations", call->id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO conversations (id, channel, customer_id, phone, status, start_us,"
                         " end_us, outcome, summary) VALUES (?1, 'voice',"
                         " (SELECT id FROM customers WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8)"
                         " ON CONFLICT (id) DO UPDATE SET customer_id = coalesce (excluded.customer_id,"
                         " customer_id), phone = coalesce (excluded.phone, phone),"
                         " status = excluded.status, end_us = excluded.end_us,"
                         " outcome = excluded.outcome, summary = excluded.summary,"
                         " version = version + 1", "ssssiiss", call->id, call->customer_id, call->phone,
                         call->end_us != 0 ? "closed" : "open", call->start_us, call->end_us,
                         call->outcome, call->summary) &&
         ava_journal_row (self, args, what, "conversations", call->id, before, error);
}

static gboolean
write_details (AvaStore      *self,
               AvaStoreArgs  *args,
               AvaCall       *call,
               GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *before = ava_journal_snapshot (self, "call_details", call->id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO call_details (id, line, agent, recording, opener)"
                         " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET line = excluded.line,"
                         " agent = excluded.agent, recording = excluded.recording", "sssss", call->id,
                         call->line, call->agent, call->recording, self->opener) &&
         ava_journal_row (self, args, "call-details", "call_details", call->id, before, error);
}

static gpointer
start_call (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  AvaCall *call = AVA_CALL (args->object);

  g_assert (self->thread == g_thread_self ());

  return GINT_TO_POINTER (write_conversation (self, args, call, "call-started", error) &&
                          write_details (self, args, call, error));
}

static gpointer
add_task (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;
  char *earlier;

  g_assert (self->thread == g_thread_self ());

  earlier = ava_journal_find_answer (self, args, "task", &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (earlier == NULL)
    id = ava_id_new (ava_clock_now_us (self->clock));
  if (id == NULL)
    return earlier;
  if (!ava_sqlite_run (db, error,
                       "INSERT INTO tasks (id, kind, name, phone, text, customer_id, call_id, created_us)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM customers WHERE phone = ?4"
                       " AND phone <> '' AND name = ?3 ORDER BY created_us LIMIT 1), ?6, ?7)", "ssssssi",
                       id, args->kind, args->name, args->phone, args->text, args->call_id,
                       ava_clock_now_us (self->clock)) ||
      !ava_journal_row (self, args, "task-added", "tasks", id, NULL, error) ||
      !ava_journal_keep_answer (self, args, "task", id, error))
    return NULL;
  return g_steal_pointer (&id);
}

/* Who was cut off is owed a call. It is written with the call's end, so that no crash comes between the two. */
static gboolean
owe_call (AvaStore    *self,
          AvaCall     *call,
          const char  *name,
          const char  *phone,
          const char  *why,
          GError     **error)
{
  g_autoptr (AvaStoreArgs) task = ava_store_args_new (NULL);
  g_autofree char *task_id = NULL;

  set_call_actor (task, call->id);
  task->why = g_strdup (why);
  task->key = g_strconcat (call->id, "/callback", NULL);
  task->kind = g_strdup ("callback");
  task->name = g_strdup (name);
  task->phone = g_strdup (phone != NULL ? phone : call->phone);
  task->text = g_strdup (call->summary);
  task_id = (char *) add_task (self, self->worker.db, task, error);
  return task_id != NULL;
}

/* A message that was taken in the call is on the list already: nobody is to be called twice. */
static gboolean
settle_debt (AvaStore      *self,
             AvaStoreArgs  *args,
             AvaCall       *call,
             GError       **error)
{
  gboolean cut_off = g_strcmp0 (call->outcome, "interrupted") == 0;
  gint64 noted = 0;

  if (!cut_off && g_strcmp0 (call->outcome, "callback") != 0)
    return TRUE;
  if (!cut_off && !ava_sqlite_get_int (self->worker.db, &noted, error,
                                       "SELECT count(*) FROM tasks WHERE call_id = ?", "s", call->id))
    return FALSE;
  return noted > 0 || owe_call (self, call, args->name, args->phone, "call ended", error);
}

/* The computer's clock may have been set back meanwhile: no call ends before it began. */
static gboolean
keep_order (AvaStore  *self,
            AvaCall   *call,
            GError   **error)
{
  return ava_sqlite_get_int (self->worker.db, &call->end_us, error,
                             "SELECT max(?2, ?3, coalesce((SELECT start_us FROM conversations WHERE id = ?1), 0))",
                             "sii", call->id, call->end_us, call->start_us);
}

static gpointer
end_call (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  AvaCall *call = AVA_CALL (args->object);

  g_assert (self->thread == g_thread_self ());

  if (call->end_us == 0)
    call->end_us = ava_clock_now_us (self->clock);
  if (!keep_order (self, call, error))
    return NULL;
  return GINT_TO_POINTER (write_conversation (self, args, call, "call-ended", error) &&
                          write_details (self, args, call, error) &&
                          ava_hold_table_release (self, args, error) &&
                          settle_debt (self, args, call, error));
}

/* An item that is written again, since it grew or was cut, keeps its place. */
static gpointer
add_item (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  AvaTranscriptItem *item = AVA_TRANSCRIPT_ITEM (args->object);
  g_autofree char *id = g_strconcat (args->call_id, ":", item->id, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *before = NULL;

  g_assert (self->thread == g_thread_self ());

  before = ava_journal_snapshot (self, "transcript_items", id, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return GINT_TO_POINTER (
    ava_sqlite_run (db, error,
                    "INSERT INTO transcript_items (id, item_id, call_id, position, previous_id, role,"
                    " text, interrupted, heard_ms, start_us, end_us, confidence, source)"
                    " VALUES (?1, ?2, ?3, (SELECT count(*) FROM transcript_items WHERE call_id = ?3),"
                    " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO UPDATE SET"
                    " text = excluded.text, interrupted = excluded.interrupted,"
                    " heard_ms = excluded.heard_ms, start_us = excluded.start_us,"
                    " end_us = excluded.end_us, confidence = excluded.confidence",
                    "ssssssiiiids", id, item->id, args->call_id, item->previous_id,
                    ava_role_to_string (item->role), item->text != NULL ? item->text : "",
                    (gint64) item->interrupted, item->heard_ms, item->start_us, item->end_us,
                    item->confidence, item->source) &&
    ava_journal_row (self, args, "said", "transcript_items", id, before, error));
}

static gpointer
add_event (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_autofree char *id = ava_id_new (ava_clock_now_us (self->clock));

  g_assert (self->thread == g_thread_self ());

  if (args->call_id == NULL)
    return GINT_TO_POINTER (ava_journal_note (self, args, args->kind, args->text, error));
  return GINT_TO_POINTER (
    ava_sqlite_run (db, error,
                    "INSERT INTO communication_events (id, conversation_id, kind, data, at_us)"
                    " VALUES (?, ?, ?, ?, ?)", "ssssi", id, args->call_id, args->kind, args->text,
                    ava_clock_now_us (self->clock)) &&
    ava_journal_row (self, args, args->kind, "communication_events", id, NULL, error));
}

/* --- Recovery -------------------------------------------------------------------------------- */

/* The calls that nobody leads any more. Those of another living program go on. */
static GPtrArray *
list_left_open (AvaStore  *self,
                GError   **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT v.id, v.phone, c.name, v.start_us, d.opener"
                                  " FROM conversations v LEFT JOIN call_details d ON d.id = v.id"
                                  " LEFT JOIN customers c ON c.id = v.customer_id"
                                  " WHERE v.channel = 'voice' AND v.end_us = 0 ORDER BY v.start_us", "");

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error)) {
    const char *opener = ava_row_text (row, 4);
    AvaCall *call;

    if (g_strcmp0 (opener, self->opener) != 0 && ava_store_opener_lives (opener))
      continue;
    call = ava_call_new ();
    call->id = ava_row_dup (row, 0);
    call->phone = ava_row_dup (row, 1);
    call->customer_name = ava_row_dup (row, 2);
    call->start_us = ava_row_int (row, 3);
    g_ptr_array_add (calls, call);
  }
  if (local_error == NULL)
    return g_steal_pointer (&calls);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The last sign of life of a call. */
static gboolean
find_last_sign (AvaStore  *self,
                AvaCall   *call,
                GError   **error)
{
  call->end_us = call->start_us + 1;
  return ava_sqlite_get_int (self->worker.db, &call->end_us, error,
                             "SELECT max(?2, coalesce((SELECT max(at_us) FROM journal"
                             " WHERE call_id = ?1), 0))", "si", call->id, call->end_us);
}

static gboolean
close_interrupted (AvaStore      *self,
                   AvaStoreArgs  *args,
                   AvaCall       *call,
                   GError       **error)
{
  set_call_actor (args, call->id);
  call->outcome = g_strdup ("interrupted");
  call->summary = g_strdup ("The call was cut off when the program stopped.");
  if (!find_last_sign (self, call, error) ||
      !write_conversation (self, args, call, "call-interrupted", error) ||
      !ava_hold_table_release (self, args, error))
    return FALSE;
  return owe_call (self, call, call->customer_name, NULL, args->why, error);
}

/* Answers how many, plus one: NULL is left to failure. */
static gpointer
recover_calls (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (GPtrArray) calls = NULL;

  g_assert (self->thread == g_thread_self ());

  calls = list_left_open (self, error);
  if (calls == NULL)
    return NULL;
  for (guint i = 0; i < calls->len; i++) {
    if (!close_interrupted (self, args, calls->pdata[i], error))
      return NULL;
  }
  return GUINT_TO_POINTER (calls->len + 1);
}

/* --- Any thread ------------------------------------------------------------------------------ */

static const AvaActor ava = { .who = "ava" };

void
ava_store_start_call_async (AvaStore            *self,
                            AvaCall             *call,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (&ava);

  args->object = G_OBJECT (copy_call (call));
  set_call_actor (args, call->id);
  ava_store_run_async (self, AVA_STORE_WRITE, start_call, args, NULL, ava_store_start_call_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_start_call_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_start_call_async, error) != NULL;
}

/**
 * ava_store_add_item_async:
 * @item: as it is now; written again under the same id it replaces what was written
 */
void
ava_store_add_item_async (AvaStore            *self,
                          const char          *call_id,
                          AvaTranscriptItem   *item,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (&ava);
  AvaTranscriptItem *copy = ava_transcript_item_new (item->id, item->previous_id, item->role,
                                                     item->source);

  ava_transcript_item_set_text (copy, item->text, item->interim);
  copy->interrupted = item->interrupted;
  copy->heard_ms = item->heard_ms;
  copy->start_us = item->start_us;
  copy->end_us = item->end_us;
  copy->confidence = item->confidence;
  args->object = G_OBJECT (copy);
  set_call_actor (args, call_id);
  ava_store_run_async (self, AVA_STORE_WRITE, add_item, args, NULL, ava_store_add_item_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_add_item_finish (AvaStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_add_item_async, error) != NULL;
}

/**
 * ava_store_add_event_async:
 * @data: (nullable): what goes with it
 *
 * Notes that something happened, on the actor's call when there is one.
 */
void
ava_store_add_event_async (AvaStore            *self,
                           const AvaActor      *actor,
                           const char          *kind,
                           JsonObject          *data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->kind = g_strdup (kind);
  if (data != NULL) {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), data);

    args->text = json_to_string (node, FALSE);
  }
  ava_store_run_async (self, AVA_STORE_WRITE, add_event, args, NULL, ava_store_add_event_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_add_event_finish (AvaStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_add_event_async, error) != NULL;
}

/**
 * ava_store_end_call_async:
 * @call: with its end and outcome
 * @name: (nullable): of the caller, as it was understood
 * @phone: (nullable): that the caller gave, E.164; %NULL for the one they called from
 *
 * Ends the call, lets go of what it holds and, when its outcome is "callback" or "interrupted", notes whom
 * to call back: all of it or nothing.
 */
void
ava_store_end_call_async (AvaStore            *self,
                          AvaCall             *call,
                          const char          *name,
                          const char          *phone,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (&ava);

  args->object = G_OBJECT (copy_call (call));
  args->name = g_strdup (name);
  args->phone = g_strdup (phone);
  set_call_actor (args, call->id);
  ava_store_run_async (self, AVA_STORE_WRITE, end_call, args, NULL, ava_store_end_call_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_end_call_finish (AvaStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_end_call_async, error) != NULL;
}

/**
 * ava_store_recover_calls_async:
 *
 * At start-up: ends the calls that a crash left open. Calls that another living program leads on
 * this profile are left alone.
 */
void
ava_store_recover_calls_async (AvaStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  const AvaActor actor = { .who = "system", .why = "The program stopped during the call" };

  ava_store_run_async (self, AVA_STORE_WRITE, recover_calls, ava_store_args_new (&actor), NULL,
                       ava_store_recover_calls_async, cancellable, callback, user_data);
}

/* Returns: how many calls were ended; -1 on failure */
int
ava_store_recover_calls_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return (int) GPOINTER_TO_UINT (ava_store_run_finish (self, result, ava_store_recover_calls_async,
                                                       error)) - 1;
}

void
ava_store_add_task_async (AvaStore            *self,
                          const AvaActor      *actor,
                          const char          *kind,
                          const char          *name,
                          const char          *phone,
                          const char          *text,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->kind = g_strdup (kind);
  args->name = g_strdup (name);
  args->phone = g_strdup (phone);
  args->text = g_strdup (text);
  ava_store_run_async (self, AVA_STORE_WRITE, add_task, args, g_free, ava_store_add_task_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the id of the task */
char *
ava_store_add_task_finish (AvaStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_add_task_async, error);
}
