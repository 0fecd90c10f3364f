/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"
#include "ava-customer-table.h"
#include "ava-journal.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * Erasing on request. Appointments stay, for the books; what tells of the person is overwritten:
 *
 *   rows of today  ->  lines of the journal  ->  changes that wait to be sent  ->  recordings
 *
 * One table says for each kind of row which columns are personal and what stands there afterwards.
 */

#define NOBODY "Erased customer"

typedef struct {
  const char *table;
  const char *ids;               /* SQL: ?1 the customer, ?2 the phone that is theirs alone or "" */
  struct { const char *name; const char *value; } columns[14];   /* value: SQL literal */
} Personal;

#define THEIR_CALLS "SELECT id FROM conversations WHERE customer_id = ?1 OR (customer_id IS NULL AND phone = ?2 AND ?2 <> '')"

/* Theirs, and each record that became theirs, over however many others. */
#define THEIR_RECORDS \
  "WITH RECURSIVE theirs (id) AS (SELECT ?1 UNION SELECT c.id FROM customers c JOIN theirs t ON c.merged_into = t.id) "

static const Personal personal[] = {
  { "customers", THEIR_RECORDS "SELECT id FROM theirs WHERE ?2 IS NOT NULL", {
    { "name", "'" NOBODY "'" }, { "sort_name", "'erased customer'" }, { "search", "'erased customer'" }, { "phone", "''" },
    { "email", "NULL" }, { "born", "NULL" }, { "allergies", "NULL" }, { "medicines", "NULL" }, { "contraindications", "NULL" },
    { "pregnant", "0" }, { "notes", "NULL" }, { "tags", "'[]'" }, { "do_not_book", "NULL" } } },
  { "appointments", "SELECT id FROM appointments WHERE customer_id = ?1 AND ?2 IS NOT NULL", {
    { "notes", "NULL" }, { "cancel_reason", "NULL" }, { "override_reason", "NULL" }, { "fee_waiver", "NULL" } } },
  { "sms_details", THEIR_CALLS, { { "from_phone", "NULL" }, { "to_phone", "NULL" } } },
  { "email_details", THEIR_CALLS, { { "subject", "NULL" }, { "from_address", "NULL" }, { "to_address", "NULL" } } },
  { "call_details", THEIR_CALLS, { { "recording", "NULL" } } },
  { "transcript_items", "SELECT id FROM transcript_items WHERE call_id IN (" THEIR_CALLS ")", { { "text", "''" } } },
  { "communication_messages", "SELECT id FROM communication_messages WHERE conversation_id IN (" THEIR_CALLS ")", { { "body", "''" } } },
  { "communication_events", "SELECT id FROM communication_events WHERE conversation_id IN (" THEIR_CALLS ")", { { "data", "NULL" } } },
  { "insights", "SELECT id FROM insights WHERE conversation_id IN (" THEIR_CALLS ") OR consultation_id IN"
    " (SELECT id FROM consultations WHERE customer_id = ?1)", { { "text", "''" } } },
  { "consents", "SELECT id FROM consents WHERE customer_id = ?1 AND ?2 IS NOT NULL", { { "source", "NULL" }, { "text", "NULL" } } },
  { "waitlist", "SELECT id FROM waitlist WHERE customer_id = ?1 AND ?2 IS NOT NULL", { { "notes", "NULL" } } },
  { "message_outbox", "SELECT id FROM message_outbox WHERE customer_id = ?1 AND ?2 IS NOT NULL", {
    { "address", "''" }, { "body", "''" }, { "last_error", "NULL" }, { "status", "iif (status = 'waiting', 'cancelled', status)" } } },
  { "tasks", "SELECT id FROM tasks WHERE customer_id = ?1 OR (customer_id IS NULL AND phone = ?2 AND ?2 <> '')"
    " OR (customer_id IS NULL AND call_id IN (" THEIR_CALLS "))", {
    { "name", "NULL" }, { "phone", "NULL" }, { "text", "NULL" } } },
  { "consultations", "SELECT id FROM consultations WHERE customer_id = ?1 AND ?2 IS NOT NULL", {
    { "transcript", "NULL" }, { "outcome", "NULL" }, { "recording", "NULL" } } },
  /* Last: the others ask by its phone. */
  { "conversations", THEIR_CALLS, { { "phone", "NULL" }, { "summary", "NULL" } } },
};

typedef struct {
  AvaStore *store;
  AvaStoreArgs *args;
  const char *phone;       /* theirs alone, or "" */
  GHashTable *rows;        /* "table/id" of all that is theirs -> Personal */
} Erasure;

static GPtrArray *
list_ids (Erasure     *self,
          const char  *sql,
          GError     **error)
{
  return ava_row_read_texts (ava_sqlite_query (self->store->worker.db, error, sql, "ss", self->args->id, self->phone), error);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static gboolean
erase_row (Erasure         *self,
           const Personal  *kind,
           const char      *id,
           GError         **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *before = ava_journal_snapshot (self->store, kind->table, id, error);

  if (before == NULL)
    return error == NULL || *error == NULL;   /* not every conversation has each kind of details */
  g_string_append_printf (sql, "UPDATE %s SET ", kind->table);
  for (guint i = 0; i < G_N_ELEMENTS (kind->columns) && kind->columns[i].name != NULL; i++)
    g_string_append_printf (sql, "%s%s = %s", i > 0 ? ", " : "", kind->columns[i].name, kind->columns[i].value);
  g_string_append (sql, " WHERE id = ?");
  g_hash_table_insert (self->rows, g_strconcat (kind->table, "/", id, NULL), (gpointer) kind);
  return ava_sqlite_run (self->store->worker.db, error, sql->str, "s", id) &&
         ava_journal_row (self->store, self->args, "customer-erased", kind->table, id, before, error);
}

static gboolean
erase_rows (Erasure         *self,
            const Personal  *kind,
            GError         **error)
{
  g_autoptr (GPtrArray) ids = list_ids (self, kind->ids, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    if (!erase_row (self, kind, ids->pdata[i], error))
      return FALSE;
  }
  return ids != NULL;
}

/* What has no words of its own but says who they are. */
static gboolean
close_record (Erasure     *self,
              const char  *id,
              GError     **error)
{
  g_autoptr (JsonObject) columns = json_object_new ();

  json_object_set_int_member (columns, "archived_us", ava_clock_now_us (self->store->clock));
  json_object_set_int_member (columns, "erased_us", ava_clock_now_us (self->store->clock));
  json_object_set_null_member (columns, "household_id");
  json_object_set_null_member (columns, "provider_id");
  json_object_set_null_member (columns, "screened_by");
  json_object_set_int_member (columns, "vip", 0);
  return ava_customer_change_set (self->store, self->args, "customer-erased", id, columns, error);
}

static gboolean
close_records (Erasure  *self,
               GError  **error)
{
  g_autoptr (GPtrArray) ids = list_ids (self, personal[0].ids, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    if (!close_record (self, ids->pdata[i], error))
      return FALSE;
  }
  return ids != NULL;
}

/* --- Journal and outbox ---------------------------------------------------------------------- */

/* json_replace: only what a line has is overwritten. */
static gboolean
strike_out_lines (Erasure         *self,
                  const Personal  *kind,
                  const char      *id,
                  GError         **error)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *sql = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kind->columns) && kind->columns[i].name != NULL; i++) {
    const char *value = strcmp (kind->columns[i].name, "status") == 0 ? NULL : kind->columns[i].value;

    if (value != NULL)
      g_string_append_printf (changes, ", '$.%s', %s", kind->columns[i].name, value);
  }
  sql = g_strdup_printf ("UPDATE journal SET before = json_replace (before%s), after = json_replace (after%s),"
                         " why = iif (what = 'customer-erased', why, NULL), redacted_us = ? WHERE tbl = ? AND row_id = ?",
                         changes->str, changes->str);
  return ava_sqlite_run (self->store->worker.db, error, sql, "iss", ava_clock_now_us (self->store->clock), kind->table, id);
}

/* What was taken back has no row any more, but lines that tell of it. */
static gboolean
find_gone (Erasure         *self,
           const Personal  *kind,
           GError         **error)
{
  g_autofree char *sql = g_strdup_printf (THEIR_RECORDS "SELECT DISTINCT row_id FROM journal j WHERE tbl = '%s' AND ?2 IS NOT NULL"
                                          " AND NOT EXISTS (SELECT 1 FROM %s WHERE id = j.row_id)"
                                          " AND json_extract (coalesce (after, before), '$.customer_id') IN theirs", kind->table, kind->table);
  g_autoptr (GPtrArray) ids = list_ids (self, sql, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_hash_table_insert (self->rows, g_strconcat (kind->table, "/", ids->pdata[i], NULL), (gpointer) kind);
  return ids != NULL;
}

static gboolean
strike_out_journal (Erasure  *self,
                    GError  **error)
{
  GHashTableIter iter;
  gpointer key, kind;

  for (guint i = 0; i < G_N_ELEMENTS (personal); i++) {
    if (!find_gone (self, &personal[i], error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &kind)) {
    if (!strike_out_lines (self, kind, strchr (key, '/') + 1, error))
      return FALSE;
  }
  /* Of rows that say nothing of a person, the reason may. */
  return ava_sqlite_run (self->store->worker.db, error,
                         "UPDATE journal SET after = NULL, why = NULL, redacted_us = ?3 WHERE tbl IS NULL"
                         " AND call_id IN (" THEIR_CALLS ")", "ssi", self->args->id, self->phone,
                         ava_clock_now_us (self->store->clock)) &&
         ava_sqlite_run (self->store->worker.db, error,
                         "UPDATE journal SET why = NULL, redacted_us = ?2 WHERE why IS NOT NULL AND"
                         " (tbl = 'customer_packages' AND row_id IN (SELECT id FROM customer_packages WHERE customer_id = ?1)"
                         " OR tbl = 'package_uses' AND row_id IN (SELECT u.id FROM package_uses u JOIN customer_packages p"
                         "  ON p.id = u.customer_package_id WHERE p.customer_id = ?1))", "si", self->args->id,
                         ava_clock_now_us (self->store->clock));
}

/* Answers whether something was taken out of the operation. */
static gboolean
strike_out_operation (Erasure    *self,
                      JsonObject *op)
{
  const char *table = json_object_get_string_member_with_default (op, "tbl", "");
  g_autofree char *key = g_strconcat (table, "/", json_object_get_string_member_with_default (op, "id", ""), NULL);
  const Personal *kind = g_hash_table_lookup (self->rows, key);
  JsonObject *fields = json_object_has_member (op, "fields") ? json_object_get_object_member (op, "fields") : NULL;
  gboolean struck = FALSE;

  for (guint i = 0; kind != NULL && fields != NULL && i < G_N_ELEMENTS (kind->columns) && kind->columns[i].name != NULL; i++) {
    const char *name = kind->columns[i].name;
    const char *value = kind->columns[i].value;

    if (!json_object_has_member (fields, name) || strcmp (name, "status") == 0)
      continue;
    if (*value == '\'') {
      g_autofree char *text = g_strndup (value + 1, strlen (value) - 2);

      json_object_set_string_member (fields, name, text);
    } else if (*value == '0') {
      json_object_set_int_member (fields, name, 0);
    } else {
      json_object_set_null_member (fields, name);
    }
    struck = TRUE;
  }
  return struck;
}

/* Worker: the row may only be written once the query is over. */
static gboolean
strike_out_outbox (Erasure  *self,
                   GError  **error)
{
  AvaSqlite *db = self->store->worker.db;
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (db, error, "SELECT seq, ops FROM sync_outbox", "");
  GHashTableIter iter;
  gpointer seq, ops;

  while (row != NULL && ava_row_next (row, &local_error)) {
    g_autoptr (JsonNode) node = json_from_string (ava_row_text (row, 1), NULL);
    JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    gboolean struck = FALSE;

    for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
      struck |= strike_out_operation (self, json_array_get_object_element (list, i));
    if (struck) {
      gint64 number = ava_row_int (row, 0);

      g_hash_table_insert (changed, g_memdup2 (&number, sizeof number), json_to_string (node, FALSE));
    }
  }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (row != NULL) {
    gboolean done = TRUE;

    g_hash_table_iter_init (&iter, changed);
    while (done && g_hash_table_iter_next (&iter, &seq, &ops))
      done = ava_sqlite_run (db, error, "UPDATE sync_outbox SET ops = ? WHERE seq = ?", "si", ops, *(gint64 *) seq);
    return done;
  }
  return FALSE;
}

static void
remove_recordings (AvaStore  *store,
                   GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *base = g_path_get_basename (names->pdata[i]);
    g_autofree char *path = g_build_filename (store->data_dir, "recordings", base, NULL);

    if (g_unlink (path) != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
      g_warning ("A recording of an erased customer could not be removed.");
  }
}

/* --- All of it ------------------------------------------------------------------------------- */

static gboolean
may_erase (AvaStoreArgs  *args,
           AvaCustomer   *customer,
           GError       **error)
{
  if (!ava_customer_change_allow (args, AVA_RIGHT_ERASE_CUSTOMERS, error))
    return FALSE;
  if (args->why == NULL || strspn (args->why, " \t\n") == strlen (args->why))
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("Say why this customer is erased: the reason is kept."));
  else if (customer->merged_into != NULL)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("This record was merged into another one. Erase that one: both go."));
  else if (customer->erased_us != 0)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("What was known of this customer was erased already."));
  else
    return TRUE;
  return FALSE;
}

/* That two records are two persons needs not be known any more. */
static gboolean
forget_pairs (Erasure  *self,
              GError  **error)
{
  AvaSqlite *db = self->store->worker.db;
  g_autoptr (GPtrArray) ids = ava_row_read_texts (
    ava_sqlite_query (db, error, "SELECT id FROM customer_pairs WHERE ? IN (one_id, other_id)", "s", self->args->id), error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char *id = ids->pdata[i];
    g_autofree char *before = ava_journal_snapshot (self->store, "customer_pairs", id, error);

    if (before == NULL || !ava_sqlite_run (db, error, "DELETE FROM customer_pairs WHERE id = ?", "s", id) ||
        !ava_journal_row (self->store, self->args, "pair-forgotten", "customer_pairs", id, before, error))
      return FALSE;
  }
  return ids != NULL;
}

/* Freed pages and the old words of the search index are overwritten too. */
static gboolean
erase_all (Erasure  *self,
           GError  **error)
{
  AvaSqlite *db = self->store->worker.db;
  g_autoptr (GPtrArray) recordings = list_ids (self, "SELECT recording FROM call_details WHERE recording IS NOT NULL AND id IN (" THEIR_CALLS ")"
                                               " UNION SELECT recording FROM consultations WHERE recording IS NOT NULL AND customer_id = ?1", error);

  if (recordings == NULL || !ava_sqlite_exec (db, "PRAGMA secure_delete = ON", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++) {
    if (!erase_rows (self, &personal[i], error))
      return FALSE;
  }
  if (!close_records (self, error) || !forget_pairs (self, error) || !strike_out_journal (self, error) ||
      !strike_out_outbox (self, error) ||
      !ava_sqlite_exec (db, "INSERT INTO customers_fts (customers_fts) VALUES ('optimize')", error))
    return FALSE;
  remove_recordings (self->store, recordings);
  return TRUE;
}

static gpointer
erase (AvaStore      *self,
       AvaSqlite     *db,
       AvaStoreArgs  *args,
       GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, args->id, error);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Erasure erasure = { self, args, "", rows };
  gint64 others = 0;
  gboolean done;

  g_assert (self->thread == g_thread_self ());

  if (customer == NULL || !may_erase (args, customer, error) ||
      !ava_customer_edit_check_future (self, args->id,
                                       _("This customer still has appointments to come. Move or cancel them before you erase them:"), error) ||
      !ava_sqlite_get_int (db, &others, error, THEIR_RECORDS "SELECT count(*) FROM customers WHERE phone = ?2 AND id NOT IN theirs", "ss",
                           args->id, customer->phone))
    return NULL;
  /* Calls from a phone that others use too may have been theirs. */
  erasure.phone = others == 0 ? customer->phone : "";
  done = erase_all (&erasure, error);
  ava_sqlite_exec (db, "PRAGMA secure_delete = OFF", NULL);
  return done ? ava_customer_change_done (self, args->id, error) : NULL;
}

/* What was written lately also stands in the write-ahead log, until that is emptied. */
static gpointer
empty_log (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  ava_sqlite_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  return NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_erase_customer_async (AvaStore            *self,
                                const AvaActor      *actor,
                                const char          *id,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  ava_customer_change_run (self, erase, args, callback, user_data);
  ava_store_run_async (self, AVA_STORE_READ, empty_log, ava_store_args_new (NULL), NULL,
                       ava_store_erase_customer_async, NULL, NULL, NULL);
}
