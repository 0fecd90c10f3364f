/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-history.h"

/* Reads of the journal: what happened to a row, who did it, and on whose words. */

/* A line is read as: at_us, who, what, why, call_id, tbl, row_id, before, after, batch, quote. The
 * quote is what the caller said last before the line; only calls have one. */
#define SELECT_LINE \
  "SELECT j.at_us, j.who, j.what, j.why, j.call_id, j.tbl, j.row_id, j.before, j.after," \
  "  coalesce (j.batch, j.id)"
#define QUOTE \
  ", CASE WHEN j.call_id IS NULL THEN NULL ELSE (SELECT t.text FROM transcript_items t" \
  "   WHERE t.call_id = j.call_id AND t.role = 'caller' AND t.start_us <= j.at_us" \
  "   ORDER BY t.position DESC LIMIT 1) END"

static void
clear_row (JsonObject **row)
{
  g_clear_pointer (row, json_object_unref);
}

static void
line_free (AvaChangeLine *line)
{
  g_free (line->who);
  g_free (line->what);
  g_free (line->why);
  g_free (line->call_id);
  g_free (line->table);
  g_free (line->row_id);
  clear_row (&line->before);
  clear_row (&line->after);
  g_free (line);
}

void
ava_change_free (AvaChange *self)
{
  g_free (self->who);
  g_free (self->table);
  g_free (self->what);
  g_free (self->why);
  g_free (self->call_id);
  g_free (self->quote);
  clear_row (&self->before);
  clear_row (&self->after);
  g_free (self);
}

/* Returns: (transfer full) (nullable): a row as the journal keeps it */
JsonObject *
ava_change_parse_row (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static gpointer
read_line (AvaRow *row)
{
  AvaChangeLine *line = g_new0 (AvaChangeLine, 1);

  line->at_us = ava_row_int (row, 0);
  line->who = ava_row_dup (row, 1);
  line->what = ava_row_dup (row, 2);
  line->why = ava_row_dup (row, 3);
  line->call_id = ava_row_dup (row, 4);
  line->table = ava_row_dup (row, 5);
  line->row_id = ava_row_dup (row, 6);
  line->before = ava_change_parse_row (ava_row_text (row, 7));
  line->after = ava_change_parse_row (ava_row_text (row, 8));
  return line;
}

/**
 * ava_change_new_from_line:
 *
 * Returns: (transfer full): the line for those outside the store, without a quote
 */
AvaChange *
ava_change_new_from_line (AvaChangeLine *line,
                          gint64         batch)
{
  AvaChange *change = g_new0 (AvaChange, 1);

  change->batch = batch;
  change->table = g_strdup (line->table);
  change->at_us = line->at_us;
  change->who = g_strdup (line->who);
  change->what = g_strdup (line->what);
  change->why = g_strdup (line->why);
  change->call_id = g_strdup (line->call_id);
  change->before = line->before != NULL ? json_object_ref (line->before) : NULL;
  change->after = line->after != NULL ? json_object_ref (line->after) : NULL;
  return change;
}

/**
 * ava_change_list_lines:
 * @batch: a change; one from before changes had batches is the id of its line
 * @except_tables: SQL list of tables that are left out
 * @but: SQL list of kinds of change for which they are not
 *
 * Returns: (transfer full) (nullable): AvaChangeLine in order
 */
GPtrArray *
ava_change_list_lines (AvaStore    *self,
                       gint64       batch,
                       const char  *except_tables,
                       const char  *but,
                       GError     **error)
{
  g_autofree char *sql = g_strdup_printf (SELECT_LINE " FROM journal j WHERE (j.batch = ?1"
                                          " OR (j.id = ?1 AND j.batch IS NULL)) AND j.tbl IS NOT NULL"
                                          " AND (j.tbl NOT IN (%s) OR j.what IN (%s))"
                                          " AND (j.before IS NOT NULL OR j.after IS NOT NULL)"
                                          " ORDER BY j.id", except_tables, but);
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (self->worker.db, error, sql, "i", batch);
  return ava_row_read_all (row, read_line, (GDestroyNotify) line_free, error);
}

static gpointer
read_change (AvaRow *row)
{
  AvaChangeLine *line = read_line (row);
  AvaChange *change = ava_change_new_from_line (line, ava_row_int (row, 9));

  change->quote = ava_row_dup (row, 10);
  line_free (line);
  return change;
}

static gpointer
list_history (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error, SELECT_LINE QUOTE " FROM journal j WHERE j.tbl = ? AND j.row_id = ?"
                          " ORDER BY j.id DESC", "ss", args->kind, args->id);
  return ava_row_read_all (row, read_change, (GDestroyNotify) ava_change_free, error);
}

static gpointer
find_change (AvaStore      *self,
             AvaSqlite     *db,
             AvaStoreArgs  *args,
             GError       **error)
{
  g_autofree gint64 *batch = g_new0 (gint64, 1);

  g_assert (self->thread == g_thread_self ());

  if (!ava_sqlite_get_int (db, batch, error, "SELECT coalesce (max (batch), 0) FROM journal"
                           " WHERE key = ?", "s", args->key))
    return NULL;
  return g_steal_pointer (&batch);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_history_async:
 * @table: "appointments", "customers" …
 * @id: of the row, which may be gone
 */
void
ava_store_history_async (AvaStore            *self,
                         const char          *table,
                         const char          *id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->kind = g_strdup (table);
  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, list_history, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_history_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaChange, latest first */
GPtrArray *
ava_store_history_finish (AvaStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_history_async, error);
}

void
ava_store_find_change_async (AvaStore            *self,
                             const char          *key,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AvaActor actor = { .who = "system", .key = key };

  ava_store_run_async (self, AVA_STORE_READ, find_change, ava_store_args_new (&actor), g_free,
                       ava_store_find_change_async, cancellable, callback, user_data);
}

/* Returns: the batch, 0 when nothing was changed, -1 on failure */
gint64
ava_store_find_change_finish (AvaStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autofree gint64 *batch = ava_store_run_finish (self, result, ava_store_find_change_async, error);

  return batch != NULL ? *batch : -1;
}

/* --- Of all that is in a span --- */

/* The index is named for the reason that ava-book-at.c gives. */
static gpointer
list_range (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error,
                          "WITH ids (id) AS (SELECT id FROM appointments"
                          "  WHERE start_us >= ?1 - 86400000000 AND start_us < ?2"
                          " UNION SELECT row_id FROM journal INDEXED BY journal_by_old_start"
                          "  WHERE tbl = 'appointments' AND before IS NOT NULL"
                          "  AND json_extract (before, '$.start_us') >= ?1 - 86400000000"
                          "  AND json_extract (before, '$.start_us') < ?2),"
                          " lines (id) AS (SELECT k.id FROM ids CROSS JOIN journal k"
                          "  ON k.tbl = 'appointments' AND k.row_id = ids.id ORDER BY k.id DESC LIMIT ?3)"
                          " " SELECT_LINE QUOTE " FROM lines CROSS JOIN journal j ON j.id = lines.id ORDER BY j.id", "iii",
                          args->from_us, args->to_us, (gint64) args->limit);
  return ava_row_read_all (row, read_change, (GDestroyNotify) ava_change_free, error);
}

/**
 * ava_store_range_history_async:
 * @from_us: [us] UTC
 * @to_us: [us] UTC, exclusive
 */
void
ava_store_range_history_async (AvaStore            *self,
                               gint64               from_us,
                               gint64               to_us,
                               guint                limit,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, list_range, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_range_history_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaChange */
GPtrArray *
ava_store_range_history_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_range_history_async, error);
}
