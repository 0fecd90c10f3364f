/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-journal.h"

#include "ava-id.h"

#include <string.h>

/* The journal, the answers to idempotency keys, and the sync outbox. All of this runs in the
 * worker, inside the transaction of the change that it notes. */

/* Tables that stay on this machine. */
static gboolean
is_local (const char *table)
{
  return strcmp (table, "holds") == 0;
}

/* Columns that the server does not have. */
static gboolean
is_local_column (const char *name)
{
  static const char *const names[] = {
    "rid", "rev", "version", "sort_name", "search", "opener", NULL
  };

  return g_strv_contains (names, name);
}

static JsonNode *
read_value (AvaRow *row,
            int     column)
{
  JsonNode *node = json_node_alloc ();

  switch (sqlite3_column_type (row, column)) {
    case SQLITE_INTEGER:
      return json_node_init_int (node, ava_row_int (row, column));
    case SQLITE_FLOAT:
      return json_node_init_double (node, ava_row_double (row, column));
    case SQLITE_NULL:
      return json_node_init_null (node);
    default:
      return json_node_init_string (node, ava_row_text (row, column));
  }
}

static char *
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/**
 * ava_journal_snapshot:
 * @table: a table whose key is "id"
 *
 * Returns: (transfer full) (nullable): the row as JSON, %NULL when there is none
 */
char *
ava_journal_snapshot (AvaStore    *self,
                      const char  *table,
                      const char  *id,
                      GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE id = ?", table);
  g_autoptr (JsonObject) object = NULL;
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (self->worker.db, error, sql, "s", id);
  if (row == NULL || !ava_row_next (row, error))
    return NULL;
  object = json_object_new ();
  for (int i = 0; i < sqlite3_column_count (row); i++)
    json_object_set_member (object, sqlite3_column_name (row, i), read_value (row, i));
  ava_row_end (row);
  return print_object (object);
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL ? json_node_dup_object (node) : NULL;
}

/* One operation as the server takes it: all fields of a new row, the changed ones of an old. */
static void
add_operation (AvaStore   *self,
               const char *table,
               const char *id,
               const char *before,
               const char *after)
{
  g_autoptr (JsonObject) old = parse_object (before);
  g_autoptr (JsonObject) new = parse_object (after);
  JsonObject *fields = json_object_new ();
  JsonObject *op = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_set_string_member (op, "tbl", table);
  json_object_set_string_member (op, "id", id);
  json_object_set_string_member (op, "op", new == NULL ? "del" : old == NULL ? "put" : "patch");
  if (new != NULL) {
    json_object_iter_init_ordered (&iter, new);
    while (json_object_iter_next_ordered (&iter, &name, &value)) {
      if (!is_local_column (name) &&
          (old == NULL || !json_node_equal (value, json_object_get_member (old, name))))
        json_object_set_member (fields, name, json_node_copy (value));
    }
  }
  json_object_set_object_member (op, "fields", fields);
  json_object_set_int_member (op, "base_rev",
                              old != NULL ? json_object_get_int_member_with_default (old, "rev", 0) : 0);
  json_array_add_object_element (self->worker.ops, op);
}

/* The batch of this transaction: the id that its first line gets. No other line can come between,
 * since the transaction has the database for itself. */
static gboolean
begin_batch (AvaStore  *self,
             GError   **error)
{
  if (self->worker.batch != 0)
    return TRUE;
  return ava_sqlite_get_int (self->worker.db, &self->worker.batch, error,
                             "SELECT 1 + coalesce ((SELECT seq FROM sqlite_sequence"
                             " WHERE name = 'journal'), 0)", "");
}

/**
 * ava_journal_row:
 * @what: "appointment-booked", "customer-added" …
 * @before: (nullable): from ava_journal_snapshot(); %NULL for a new row
 *
 * Notes the change of a row that was just written, for the journal, the sync outbox and "changed".
 */
gboolean
ava_journal_row (AvaStore            *self,
                 const AvaStoreArgs  *actor,
                 const char          *what,
                 const char          *table,
                 const char          *id,
                 const char          *before,
                 GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *after = ava_journal_snapshot (self, table, id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  ava_store_touch (self, table);
  if (!is_local (table))
    add_operation (self, table, id, before, after);
  return begin_batch (self, error) &&
         ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO journal (at_us, who, what, why, tbl, row_id, before, after,"
                         " call_id, key, batch, undoes)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0))", "isssssssssii",
                         ava_clock_now_us (self->clock), actor->who, what, actor->why, table, id,
                         before, after, actor->call_id, actor->key, self->worker.batch,
                         self->worker.undoes);
}

/* Notes a fact about a row that changes nothing in it: who looks at the row is told, there is nothing to undo. */
gboolean
ava_journal_about (AvaStore            *self,
                   const AvaStoreArgs  *actor,
                   const char          *what,
                   const char          *table,
                   const char          *id,
                   GError             **error)
{
  ava_store_touch (self, table);
  return begin_batch (self, error) &&
         ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO journal (at_us, who, what, why, tbl, row_id, call_id, key, batch)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "isssssssi",
                         ava_clock_now_us (self->clock), actor->who, what, actor->why, table, id,
                         actor->call_id, actor->key, self->worker.batch);
}

/* Notes a fact that changes no row. */
gboolean
ava_journal_note (AvaStore            *self,
                  const AvaStoreArgs  *actor,
                  const char          *what,
                  const char          *after,
                  GError             **error)
{
  return begin_batch (self, error) &&
         ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO journal (at_us, who, what, why, after, call_id, key, batch)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "issssssi",
                         ava_clock_now_us (self->clock), actor->who, what, actor->why, after,
                         actor->call_id, actor->key, self->worker.batch);
}

/* A hybrid logical clock: milliseconds, a counter, the device; later than every earlier one. */
static char *
next_hlc (AvaStore  *self,
          GError   **error)
{
  AvaSqlite *db = self->worker.db;
  g_autofree char *device = NULL;
  g_autofree char *last = NULL;
  gint64 ms = ava_clock_now_us (self->clock) / 1000;
  gint64 count = 0;
  char *hlc;

  if (!ava_sqlite_get_text (db, &device, error, "SELECT v FROM sync_state WHERE k = 'device_id'", ""))
    return NULL;
  if (device == NULL) {
    device = ava_id_new (ava_clock_now_us (self->clock));
    if (!ava_sqlite_run (db, error, "INSERT INTO sync_state VALUES ('device_id', ?)", "s", device))
      return NULL;
  }
  if (!ava_sqlite_get_text (db, &last, error, "SELECT v FROM sync_state WHERE k = 'last_hlc'", ""))
    return NULL;
  if (last != NULL) {
    gint64 last_ms = g_ascii_strtoll (last, NULL, 16);

    if (last_ms >= ms) {
      ms = last_ms;
      count = g_ascii_strtoll (strchr (last, '-') + 1, NULL, 16) + 1;
    }
  }
  hlc = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-%06" G_GINT64_MODIFIER "x-%s", ms, count, device);
  if (!ava_sqlite_run (db, error, "INSERT INTO sync_state VALUES ('last_hlc', ?)"
                       " ON CONFLICT (k) DO UPDATE SET v = excluded.v", "s", hlc))
    g_clear_pointer (&hlc, g_free);
  return hlc;
}

/* Just before the commit: what this transaction changed becomes one row of the sync outbox. */
gboolean
ava_journal_commit (AvaStore  *self,
                    GError   **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *ops = NULL;
  g_autofree char *hlc = NULL;

  g_assert (self->thread == g_thread_self ());

  if (json_array_get_length (self->worker.ops) == 0)
    return TRUE;
  node = json_node_init_array (json_node_alloc (), self->worker.ops);
  ops = json_to_string (node, FALSE);
  json_array_unref (self->worker.ops);
  self->worker.ops = json_array_new ();
  hlc = next_hlc (self, error);
  return hlc != NULL &&
         ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO sync_outbox (hlc, ops, created_us) VALUES (?, ?, ?)", "ssi",
                         hlc, ops, ava_clock_now_us (self->clock));
}

/**
 * ava_journal_find_answer:
 * @what: which intent the key was for
 *
 * Returns: (transfer full) (nullable): the row that the same key made before
 */
char *
ava_journal_find_answer (AvaStore            *self,
                         const AvaStoreArgs  *actor,
                         const char          *what,
                         GError             **error)
{
  char *id = NULL;

  if (actor->key == NULL)
    return NULL;
  ava_sqlite_get_text (self->worker.db, &id, error,
                       "SELECT row_id FROM answers WHERE key = ? AND what = ?", "ss", actor->key, what);
  return id;
}

/* Remembers what a key was answered with; without a key there is nothing to do. */
gboolean
ava_journal_keep_answer (AvaStore            *self,
                         const AvaStoreArgs  *actor,
                         const char          *what,
                         const char          *row_id,
                         GError             **error)
{
  if (actor->key == NULL)
    return TRUE;
  return ava_sqlite_run (self->worker.db, error, "INSERT INTO answers VALUES (?, ?, ?, ?)", "sssi",
                         actor->key, what, row_id, ava_clock_now_us (self->clock));
}
