/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-journal.h"
#include "ava-settings-columns.h"
#include "ava-spa-table.h"
#include "ava-store-settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* Reads and writes the rows of the settings tables as JSON, by the list of their columns. */

/* --- Reading --------------------------------------------------------------------------------- */

#define SERVICES_OF_PROVIDER \
  ", 'service_ids', json ((SELECT json_group_array (service_id) FROM (SELECT service_id" \
  " FROM provider_services WHERE provider_id = t.id ORDER BY service_id)))"

static char *
print_query (guint table)
{
  g_autoptr (GString) sql = g_string_new ("SELECT json_group_array (json_object ('id', id");

  if (ava_settings_tables[table].versioned)
    g_string_append (sql, ", 'version', version");
  for (guint i = 0; i < ava_settings_n_columns; i++) {
    if (strcmp (ava_settings_columns[i].table, ava_settings_tables[table].table) != 0)
      continue;
    g_string_append_printf (sql, ava_settings_is_array (ava_settings_columns[i].kind) ? ", '%s', json (%s)" : ", '%s', %s",
                            ava_settings_columns[i].name, ava_settings_columns[i].name);
  }
  if (strcmp (ava_settings_tables[table].table, "providers") == 0)
    g_string_append (sql, SERVICES_OF_PROVIDER);
  g_string_append_printf (sql, ")) FROM (SELECT * FROM %s WHERE %s ORDER BY %s) t", ava_settings_tables[table].table,
                          ava_settings_tables[table].where != NULL ? ava_settings_tables[table].where : "1", ava_settings_tables[table].order);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gpointer
load_settings (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (JsonObject) all = json_object_new ();

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; i < ava_settings_n_tables; i++) {
    g_autofree char *sql = print_query (i);
    g_autofree char *text = NULL;
    JsonNode *rows;

    if (!ava_sqlite_get_text (db, &text, error, sql, ""))
      return NULL;
    rows = json_from_string (text, error);
    if (rows == NULL)
      return NULL;
    json_object_set_member (all, ava_settings_tables[i].table, rows);
  }
  return g_steal_pointer (&all);
}

/* --- Writing --------------------------------------------------------------------------------- */

/* Inserts or updates by the members of one JSON text: "?1" is that text, "?2" the id. */
static gboolean
write_values (AvaStore    *self,
              guint        table,
              const char  *id,
              JsonObject  *values,
              gboolean     fresh,
              GError     **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) picks = g_string_new (NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), values);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *sql = NULL;

  for (guint i = 0; i < ava_settings_n_columns; i++) {
    if (strcmp (ava_settings_columns[i].table, ava_settings_tables[table].table) != 0 || !json_object_has_member (values, ava_settings_columns[i].name))
      continue;
    if (fresh) {
      g_string_append_printf (names, ", %s", ava_settings_columns[i].name);
      g_string_append_printf (picks, ", json_extract (?1, '$.%s')", ava_settings_columns[i].name);
    } else {
      g_string_append_printf (names, "%s%s = json_extract (?1, '$.%s')", names->len > 0 ? ", " : "",
                              ava_settings_columns[i].name, ava_settings_columns[i].name);
    }
  }
  if (!fresh && ava_settings_tables[table].versioned)
    g_string_append_printf (names, "%sversion = version + 1", names->len > 0 ? ", " : "");
  if (!fresh && names->len == 0)
    return TRUE;
  if (fresh)
    sql = g_strdup_printf ("INSERT INTO %s (id%s) SELECT ?2%s", ava_settings_tables[table].table, names->str, picks->str);
  else
    sql = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?2", ava_settings_tables[table].table, names->str);
  return ava_sqlite_run (self->worker.db, error, sql, "ss", json, id);
}

static void
add_link_operation (AvaStore   *self,
                    const char *provider_id,
                    const char *service_id,
                    gboolean    linked)
{
  JsonObject *op = json_object_new ();
  JsonObject *fields = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%s/%s", provider_id, service_id);

  json_object_set_string_member (op, "tbl", "provider_services");
  json_object_set_string_member (op, "id", id);
  json_object_set_string_member (op, "op", linked ? "put" : "del");
  if (linked) {
    json_object_set_string_member (fields, "provider_id", provider_id);
    json_object_set_string_member (fields, "service_id", service_id);
  }
  json_object_set_object_member (op, "fields", fields);
  json_object_set_int_member (op, "base_rev", 0);
  json_array_add_object_element (self->worker.ops, op);
}

static GStrv
list_links (AvaStore    *self,
            const char  *provider_id,
            GError     **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error, "SELECT service_id FROM provider_services"
                                  " WHERE provider_id = ? ORDER BY service_id", "s", provider_id);

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error))
    g_strv_builder_add (ids, ava_row_text (row, 0));
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return g_strv_builder_end (ids);
}

static gboolean
add_link (AvaStore    *self,
          guint        table,
          const char  *provider_id,
          const char  *service_id,
          JsonObject  *values,
          GError     **error)
{
  gint64 found = 0;

  if (!ava_sqlite_get_int (self->worker.db, &found, error, "SELECT count(*) FROM services WHERE id = ?",
                           "s", service_id))
    return FALSE;
  if (found == 0)
    return ava_settings_refuse (error, table, provider_id, values, _("list of services"), _("names a service that does not exist"));
  add_link_operation (self, provider_id, service_id, TRUE);
  return ava_sqlite_run (self->worker.db, error, "INSERT OR IGNORE INTO provider_services VALUES (?, ?)", "ss",
                         provider_id, service_id);
}

/* What a provider does: only links that differ are written, and the journal keeps both lists. */
static gboolean
write_links (AvaStore      *self,
             AvaStoreArgs  *args,
             guint          table,
             const char    *id,
             JsonObject    *values,
             GError       **error)
{
  g_auto (GStrv) before = list_links (self, id, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  g_autofree char *note = NULL;
  JsonArray *list;

  if (before == NULL)
    return FALSE;
  list = json_object_get_array_member (values, "service_ids");
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  after = g_strv_builder_end (builder);
  for (guint i = 0; before[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) after, before[i]))
      continue;
    add_link_operation (self, id, before[i], FALSE);
    if (!ava_sqlite_run (self->worker.db, error, "DELETE FROM provider_services WHERE provider_id = ?"
                         " AND service_id = ?", "ss", id, before[i]))
      return FALSE;
  }
  for (guint i = 0; after[i] != NULL; i++) {
    if (!g_strv_contains ((const char *const *) before, after[i]) &&
        !add_link (self, table, id, after[i], values, error))
      return FALSE;
  }
  old = g_strjoinv (" ", before);
  new = g_strjoinv (" ", after);
  note = g_strdup_printf ("%s: %s -> %s", id, old, new);
  return ava_journal_note (self, args, "provider-services", note, error);
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
remove_row (AvaStore      *self,
            AvaStoreArgs  *args,
            guint          table,
            const char    *id,
            const char    *snapshot,
            GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = ?", ava_settings_tables[table].table);

  if (ava_settings_tables[table].versioned)
    return ava_settings_refuse (error, table, id, NULL, _("row"), _("can be archived, not removed"));
  return ava_sqlite_run (self->worker.db, error, sql, "s", id) &&
         ava_journal_row (self, args, "setting-removed", ava_settings_tables[table].table, id, snapshot, error);
}

static gboolean
apply (AvaStore      *self,
       AvaStoreArgs  *args,
       JsonObject    *change,
       GError       **error)
{
  const char *id = json_object_get_string_member_with_default (change, "id", "");
  int table = ava_settings_find_table (json_object_get_string_member_with_default (change, "table", NULL));
  JsonObject *values = get_object (change, "values");
  JsonObject *before = get_object (change, "before");
  g_autoptr (GError) local_error = NULL;
  g_autofree char *snapshot = NULL;

  if (table < 0 || ava_settings_is_blank (id) || strlen (id) > AVA_SETTINGS_MOST_IN_NAME) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         _("A change of the settings names no row of a settings table."));
    return FALSE;
  }
  snapshot = ava_journal_snapshot (self, ava_settings_tables[table].table, id, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (!ava_settings_check_before (table, id, before, snapshot, error))
    return FALSE;
  if (values == NULL)
    return snapshot == NULL || remove_row (self, args, table, id, snapshot, error);
  return ava_settings_check_values (table, id, values, before, error) &&
         ava_settings_check_refs (self, table, id, values, error) &&
         write_values (self, table, id, values, snapshot == NULL, error) &&
         ava_settings_check_row (self, table, id, json_object_has_member (values, "name") ? values : before, error) &&
         (strcmp (ava_settings_tables[table].table, "providers") != 0 || !json_object_has_member (values, "service_ids") ||
          write_links (self, args, table, id, values, error)) &&
         ava_journal_row (self, args, snapshot == NULL ? "setting-added" : "setting-changed",
                          ava_settings_tables[table].table, id, snapshot, error);
}

static gpointer
save_settings (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (JsonNode) node = json_from_string (args->text, error);
  JsonArray *changes;

  g_assert (self->thread == g_thread_self ());

  if (node == NULL)
    return NULL;
  changes = json_node_get_array (node);
  /* Parents before children, whatever the order of the caller. */
  for (guint t = 0; t < ava_settings_n_tables; t++) {
    for (guint i = 0; i < json_array_get_length (changes); i++) {
      JsonObject *change = json_array_get_object_element (changes, i);
      int table = ava_settings_find_table (json_object_get_string_member_with_default (change, "table", NULL));

      if ((table == (int) t || (table < 0 && t == 0)) && !apply (self, args, change, error))
        return NULL;
    }
  }
  return GINT_TO_POINTER (TRUE);
}

/* Saves, looks, and takes it all back: what is checked here is what saving checks. */
static gpointer
rehearse_settings (AvaStore      *self,
                   AvaSqlite     *db,
                   AvaStoreArgs  *args,
                   GError       **error)
{
  AvaSpa *spa = NULL;

  if (!ava_sqlite_exec (db, "SAVEPOINT rehearsal", error))
    return NULL;
  if (save_settings (self, db, args, error) != NULL)
    spa = ava_spa_table_load (self, error);
  json_array_unref (self->worker.ops);
  self->worker.ops = json_array_new ();
  g_hash_table_remove_all (self->worker.touched);
  if (!ava_sqlite_exec (db, "ROLLBACK TO rehearsal; RELEASE rehearsal", spa != NULL ? error : NULL))
    g_clear_object (&spa);
  return spa;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_load_settings_async (AvaStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_READ, load_settings, ava_store_args_new (NULL),
                       (GDestroyNotify) json_object_unref, ava_store_load_settings_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): the configuration, rows by table */
JsonObject *
ava_store_load_settings_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_load_settings_async, error);
}

/**
 * ava_store_save_settings_async:
 * @changes: of objects, see the header; copied
 *
 * Writes all changes in one transaction with journal and sync outbox, or none.
 */
void
ava_store_save_settings_async (AvaStore            *self,
                               const AvaActor      *actor,
                               JsonArray           *changes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), changes);

  args->text = json_to_string (node, FALSE);
  ava_store_run_async (self, AVA_STORE_WRITE, save_settings, args, NULL, ava_store_save_settings_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_save_settings_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_save_settings_async, error) != NULL;
}

/* As ava_store_save_settings_async(), but everything is taken back before it is committed. */
void
ava_store_rehearse_settings_async (AvaStore            *self,
                                   JsonArray           *changes,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  const AvaActor actor = { .who = "system", .why = "rehearsal" };
  AvaStoreArgs *args = ava_store_args_new (&actor);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), changes);

  args->text = json_to_string (node, FALSE);
  ava_store_run_async (self, AVA_STORE_READ, rehearse_settings, args, g_object_unref,
                       ava_store_rehearse_settings_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the spa as it would be */
AvaSpa *
ava_store_rehearse_settings_finish (AvaStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_rehearse_settings_async, error);
}
