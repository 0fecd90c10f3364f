/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-history.h"
#include "ava-journal.h"
#include "ava-slot-check.h"
#include "ava-undo.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Taking changes back. A change is a batch of journal lines; they are taken back last first, each
 * only where the row still has what the line gave it. Taking back is a change itself: it is noted,
 * goes to the outbox, and can be taken back.
 */

/* How far back the last standing change is looked for. */
#define MOST_CANDIDATES 500

/* What is no change of the book: it is left out when a change is taken back, unless it followed a
 * customer who was merged. Settings are taken back on their own page, by saving what was before. */
#define NOT_THE_BOOK \
  "'holds', 'conversations', 'call_details', 'transcript_items', 'communication_events'," \
  " 'communication_messages', 'settings', 'locations', 'services', 'providers', 'rooms', 'hours', 'hours_exceptions'," \
  " 'packages', 'safety_rules', 'roles', 'people'"
#define OF_A_MERGE "'customer-merged', 'undone', 'redone'"

static gboolean
refuse (GError     **error,
        const char  *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT, words);
  return FALSE;
}

/* Columns that no change owns: they only ever grow, or are the server's. */
static gboolean
is_bookkeeping (const char *name)
{
  return strcmp (name, "version") == 0 || strcmp (name, "rev") == 0;
}

static gboolean
differs (JsonObject *a,
         JsonObject *b,
         const char *name)
{
  JsonNode *one = json_object_get_member (a, name);
  JsonNode *other = json_object_get_member (b, name);

  return one == NULL || other == NULL || !json_node_equal (one, other);
}

/* Whether @now still has all that the line gave the row; what others gave it does not matter. */
static gboolean
still_stands (AvaChangeLine *line,
              JsonObject    *now)
{
  g_autoptr (GList) names = NULL;

  if (line->after == NULL || now == NULL)
    return line->after == now;
  names = json_object_get_members (line->after);
  for (GList *item = names; item != NULL; item = item->next) {
    if (is_bookkeeping (item->data))
      continue;
    if ((line->before == NULL || differs (line->before, line->after, item->data)) &&
        differs (line->after, now, item->data))
      return FALSE;
  }
  return TRUE;
}

static char *
print_row (JsonObject *row)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), row);

  return json_to_string (node, FALSE);
}

static gboolean
put_back (AvaStore       *self,
          AvaChangeLine  *line,
          GError        **error)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GList) names = json_object_get_members (line->before);
  g_autofree char *row = print_row (line->before);
  g_autofree char *sql = NULL;

  for (GList *item = names; item != NULL; item = item->next) {
    g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "", (char *) item->data);
    g_string_append_printf (values, "%sjson_extract (?1, '$.%s')", values->len > 0 ? ", " : "",
                            (char *) item->data);
  }
  sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", line->table, columns->str, values->str);
  return ava_sqlite_run (self->worker.db, error, sql, "s", row);
}

/* Gives back what the line changed, and only that. */
static gboolean
change_back (AvaStore       *self,
             AvaChangeLine  *line,
             GError        **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GList) names = json_object_get_members (line->before);
  g_autofree char *row = print_row (line->before);

  g_string_append_printf (sql, "UPDATE %s SET ", line->table);
  for (GList *item = names; item != NULL; item = item->next) {
    const char *name = item->data;

    if (!is_bookkeeping (name) && differs (line->before, line->after, name))
      g_string_append_printf (sql, "%s = json_extract (?1, '$.%s'), ", name, name);
  }
  if (json_object_has_member (line->before, "version"))
    g_string_append (sql, "version = version + 1, ");
  g_string_append (sql, "id = id WHERE id = ?2");
  return ava_sqlite_run (self->worker.db, error, sql->str, "ss", row, line->row_id);
}

/* A row that others have come to point at stays. The answer to the key that made it goes, so that
 * the same wish may be booked anew. */
static gboolean
take_out (AvaStore       *self,
          AvaChangeLine  *line,
          GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = ?", line->table);
  g_autoptr (GError) local_error = NULL;

  if (!ava_sqlite_run (self->worker.db, &local_error, sql, "s", line->row_id)) {
    if ((sqlite3_errcode (ava_sqlite_get_handle (self->worker.db)) & 0xff) == SQLITE_CONSTRAINT)
      return refuse (error, _("This cannot be undone, because something else depends on it by now. "
                              "Undo that first."));
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return ava_sqlite_run (self->worker.db, error, "DELETE FROM answers WHERE row_id = ?", "s",
                         line->row_id);
}

/* What goes in front of why an appointment may not live again. */
static const char *
name_refusal (int code)
{
  switch (code) {
  case AVA_STORE_ERROR_TAKEN:
    return _("This cannot be undone, because the time was taken meanwhile. ");
  case AVA_STORE_ERROR_UNSAFE:
  case AVA_STORE_ERROR_BARRED:
  case AVA_STORE_ERROR_WARNING:
    return _("This cannot be undone, because that would book it anew. ");
  default:
    return "";
  }
}

static gboolean
check_stands (AvaStore            *self,
              const AvaStoreArgs  *args,
              const char          *id,
              GError             **error)
{
  g_autoptr (AvaAppointment) appointment = ava_appointment_table_get (self, id, error);
  GError *why = NULL;

  if (appointment == NULL)
    return FALSE;
  if (appointment->status == AVA_APPOINTMENT_CANCELLED || appointment->status == AVA_APPOINTMENT_NO_SHOW ||
      ava_slot_check_stands (self, appointment, args, &why))
    return TRUE;
  g_propagate_prefixed_error (error, why, "%s", why->domain == AVA_STORE_ERROR ? name_refusal (why->code) : "");
  return FALSE;
}

static gboolean
is_given_up (JsonObject *row)
{
  const char *status = json_object_get_string_member_with_default (row, "status", "");

  return strcmp (status, "cancelled") == 0 || strcmp (status, "no-show") == 0;
}

/* Whether what the line gives back takes a time that the row does not have now. */
static gboolean
takes_time (AvaChangeLine *line)
{
  static const char *const names[] = { "service_id", "provider_id", "room_id", "device_id", "busy_start_us", "busy_end_us" };

  if (strcmp (line->table, "appointments") != 0 || line->before == NULL)
    return FALSE;
  if (line->after == NULL || (is_given_up (line->after) && !is_given_up (line->before)))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (differs (line->before, line->after, names[i]))
      return TRUE;
  }
  return FALSE;
}

/* What was changed again since is left as it is: the line then says that it did not touch it. */
static void
leave_later_changes (AvaChangeLine *line,
                     JsonObject    *now)
{
  g_autoptr (GList) names = line->before != NULL && line->after != NULL ? json_object_get_members (line->after) : NULL;

  for (GList *item = names; item != NULL && now != NULL; item = item->next) {
    if (differs (line->after, now, item->data))
      json_object_set_member (line->before, item->data, json_node_copy (json_object_get_member (line->after, item->data)));
  }
}

static gboolean
undo_line (AvaStore       *self,
           AvaStoreArgs   *args,
           AvaChangeLine  *line,
           const char     *what,
           gboolean        lenient,
           GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *snapshot = ava_journal_snapshot (self, line->table, line->row_id, &local_error);
  g_autoptr (JsonObject) now = ava_change_parse_row (snapshot);
  gboolean done;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (lenient)
    leave_later_changes (line, now);
  if (!still_stands (line, now))
    return refuse (error, now == NULL || line->after == NULL
                          ? _("This was undone already.")
                          : _("This cannot be undone, because it was changed again since. "
                              "Undo the later change first."));
  if (line->before == NULL)
    done = take_out (self, line, error);
  else if (line->after == NULL)
    done = put_back (self, line, error);
  else
    done = change_back (self, line, error);
  return done &&
         (!takes_time (line) || check_stands (self, args, line->row_id, error)) &&
         ava_journal_row (self, args, what, line->table, line->row_id, snapshot, error);
}

/* What a change is told as: its appointment, when there is one. A redo is told as what is so again. */
static AvaChange *
tell (AvaStore   *self,
      GPtrArray  *lines,
      gboolean    redone)
{
  AvaChangeLine *told = lines->pdata[lines->len - 1];
  AvaChange *change;

  for (guint i = 0; i < lines->len; i++) {
    AvaChangeLine *line = lines->pdata[i];

    if (strcmp (line->table, "appointments") == 0)
      told = line;
  }
  change = ava_change_new_from_line (told, self->worker.batch);
  if (redone) {
    JsonObject *before = change->before;

    change->before = change->after;
    change->after = before;
    g_free (change->what);
    change->what = g_strdup ("redone");
  }
  return change;
}

static AvaChange *
undo_batch (AvaStore      *self,
            AvaStoreArgs  *args,
            gint64         batch,
            gboolean       lenient,
            GError       **error)
{
  g_autoptr (GPtrArray) lines = ava_change_list_lines (self, batch, NOT_THE_BOOK, OF_A_MERGE, error);
  AvaChangeLine *first;
  const char *what;

  if (lines == NULL)
    return NULL;
  if (lines->len == 0) {
    refuse (error, _("There is nothing in this change that could be undone."));
    return NULL;
  }
  first = lines->pdata[0];
  if (strcmp (first->what, "customer-erased") == 0) {
    refuse (error, _("What was erased on request cannot be brought back."));
    return NULL;
  }
  what = strcmp (first->what, "undone") == 0 ? "redone" : "undone";
  self->worker.undoes = batch;
  for (guint i = lines->len; i > 0; i--) {
    if (!undo_line (self, args, lines->pdata[i - 1], what, lenient, error))
      return NULL;
  }
  return tell (self, lines, strcmp (what, "redone") == 0);
}

/* Whether what a batch did is so: it was not taken back, or that was taken back. */
static gboolean
is_in_effect (AvaStore  *self,
              gint64     batch,
              gboolean  *in_effect,
              GError   **error)
{
  gint64 undo = batch;

  for (*in_effect = TRUE; ; *in_effect = !*in_effect) {
    batch = undo;
    undo = 0;
    if (!ava_sqlite_get_int (self->worker.db, &undo, error,
                             "SELECT coalesce (max (batch), 0) FROM journal WHERE undoes = ?", "i",
                             batch))
      return FALSE;
    if (undo == 0)
      return TRUE;
  }
}

/* The actor's last changes of the book, latest first: those of their own, or those that undo one. */
static GArray *
list_candidates (AvaStore      *self,
                 AvaStoreArgs  *args,
                 gboolean       undone,
                 GError       **error)
{
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT DISTINCT batch FROM journal WHERE batch IS NOT NULL AND who IN (?1, 'import:' || ?1)"
                                  " AND tbl IS NOT NULL AND tbl NOT IN (" NOT_THE_BOOK ")"
                                  " AND (before IS NOT NULL OR after IS NOT NULL)"
                                  " AND what <> 'customer-erased' AND redacted_us = 0"
                                  " AND (CASE WHEN ?2 THEN what = 'undone' ELSE undoes IS NULL END)"
                                  " ORDER BY batch DESC LIMIT ?3", "sii", args->who, (gint64) undone,
                                  (gint64) MOST_CANDIDATES);

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error)) {
    gint64 batch = ava_row_int (row, 0);

    g_array_append_val (batches, batch);
  }
  if (local_error == NULL)
    return g_steal_pointer (&batches);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gint64
find_last (AvaStore      *self,
           AvaStoreArgs  *args,
           gboolean       undone,
           GError       **error)
{
  g_autoptr (GArray) batches = list_candidates (self, args, undone, error);

  for (guint i = 0; batches != NULL && i < batches->len; i++) {
    gint64 batch = g_array_index (batches, gint64, i);
    gboolean in_effect;

    if (!is_in_effect (self, batch, &in_effect, error))
      return 0;
    if (in_effect)
      return batch;
  }
  if (batches != NULL)
    refuse (error, undone ? _("There is nothing to redo.") : _("There is nothing to undo."));
  return 0;
}

/* Takes back what still stands of a change, and leaves what was changed since. Worker thread. */
gboolean
ava_undo_take_back (AvaStore      *self,
                    AvaStoreArgs  *args,
                    gint64         batch,
                    GError       **error)
{
  AvaChange *change = undo_batch (self, args, batch, TRUE, error);

  if (change == NULL)
    return FALSE;
  ava_change_free (change);
  return TRUE;
}

static gpointer
undo (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  gint64 batch = args->from_us;
  gboolean in_effect;

  g_assert (self->thread == g_thread_self ());

  if (batch == 0)
    batch = find_last (self, args, FALSE, error);
  if (batch == 0 || !is_in_effect (self, batch, &in_effect, error))
    return NULL;
  if (in_effect)
    return undo_batch (self, args, batch, FALSE, error);
  refuse (error, _("This was undone already."));
  return NULL;
}

static gpointer
redo (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  gint64 batch;

  g_assert (self->thread == g_thread_self ());

  batch = find_last (self, args, TRUE, error);
  return batch != 0 ? undo_batch (self, args, batch, FALSE, error) : NULL;
}

/* The change that came first, when @batch takes back one that took back one …; 0 on failure. */
static gint64
find_root (AvaStore  *self,
           gint64     batch,
           gboolean  *again,
           GError   **error)
{
  gint64 undone = batch;

  for (*again = FALSE; undone != 0; *again = !*again) {
    batch = undone;
    if (!ava_sqlite_get_int (self->worker.db, &undone, error, "SELECT coalesce (max (undoes), 0) FROM journal WHERE batch = ?", "i", batch))
      return 0;
  }
  *again = !*again;
  return batch;
}

static gpointer
plan_undo (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_autoptr (AvaUndoPlan) plan = g_new0 (AvaUndoPlan, 1);
  g_autoptr (GPtrArray) lines = NULL;
  gint64 root;

  g_assert (self->thread == g_thread_self ());

  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_change_free);
  plan->batch = args->from_us != 0 ? args->from_us : find_last (self, args, args->flag, error);
  root = plan->batch != 0 ? find_root (self, plan->batch, &plan->again, error) : 0;
  lines = root != 0 ? ava_change_list_lines (self, root, NOT_THE_BOOK, OF_A_MERGE, error) : NULL;
  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (plan->changes, ava_change_new_from_line (lines->pdata[i], root));
  return g_steal_pointer (&plan);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_undo_async:
 * @batch: the change; 0 for the last one of the actor that still stands
 */
void
ava_store_undo_async (AvaStore            *self,
                      const AvaActor      *actor,
                      gint64               batch,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->from_us = batch;
  ava_store_run_async (self, AVA_STORE_WRITE, undo, args, (GDestroyNotify) ava_change_free,
                       ava_store_undo_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): what was taken back; its batch is that of the undo */
AvaChange *
ava_store_undo_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_undo_async, error);
}

void
ava_store_redo_async (AvaStore            *self,
                      const AvaActor      *actor,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_WRITE, redo, ava_store_args_new (actor),
                       (GDestroyNotify) ava_change_free, ava_store_redo_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): the undo that was taken back; its batch is that of the redo */
AvaChange *
ava_store_redo_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_redo_async, error);
}

void
ava_undo_plan_free (AvaUndoPlan *self)
{
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/**
 * ava_store_plan_undo_async:
 * @batch: the change; 0 for the last one of the actor that still stands
 * @redo: with a @batch of 0: the last one that they took back
 */
void
ava_store_plan_undo_async (AvaStore            *self,
                           const AvaActor      *actor,
                           gint64               batch,
                           gboolean             redo,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->from_us = batch;
  args->flag = redo;
  ava_store_run_async (self, AVA_STORE_READ, plan_undo, args, (GDestroyNotify) ava_undo_plan_free,
                       ava_store_plan_undo_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): what would be taken back */
AvaUndoPlan *
ava_store_plan_undo_finish (AvaStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_plan_undo_async, error);
}
