/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-sqlite.h"

#include "ava-store.h"

#include <glib/gi18n.h>

/* How long a write waits for another program before it gives up. */
#define BUSY_TIMEOUT_MSEC 4000

struct _AvaSqlite {
  sqlite3 *handle;
  GHashTable *statements;  /* SQL text -> sqlite3_stmt */
};

/**
 * ava_sqlite_set_error:
 * @code: a result of SQLite
 * @detail: what SQLite says, for the log
 *
 * Says what happened, and what to do about it, in the words of the front desk.
 */
void
ava_sqlite_set_error (GError     **error,
                      int          code,
                      const char  *detail)
{
  AvaStoreError store_code = AVA_STORE_ERROR_FAILED;
  const char *words = _("The appointment book could not do that. Nothing was changed; please try again.");

  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      store_code = AVA_STORE_ERROR_LOCKED;
      words = _("Another program is using the appointment book. Close it, then try again.");
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      store_code = AVA_STORE_ERROR_DAMAGED;
      words = _("The appointment book is damaged, so it was not opened or changed. Put back a copy: your "
                "own backup, or one from the folder “backups” beside it.");
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      store_code = AVA_STORE_ERROR_READ_ONLY;
      words = _("The folder of the appointment book cannot be written. Allow this account to write "
                "there, or choose another folder.");
      break;
    case SQLITE_FULL:
      store_code = AVA_STORE_ERROR_FULL;
      words = _("The disk is full, so this was not saved. Free some space, then try again.");
      break;
    case SQLITE_IOERR:
      if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_SHMSIZE) {
        store_code = AVA_STORE_ERROR_FULL;
        words = _("The disk could not be written, so this was not saved. Check that it is not full.");
      }
      break;
    default:
      break;
  }
  g_debug ("SQLite result %d: %s", code, detail);
  g_set_error_literal (error, AVA_STORE_ERROR, store_code, words);
}

static void
set_error_from_handle (sqlite3 *handle,
                       GError **error)
{
  ava_sqlite_set_error (error, sqlite3_extended_errcode (handle), sqlite3_errmsg (handle));
}

static AvaSqlite *
connect_to (const char  *name,
            int          flags,
            GError     **error)
{
  g_autoptr (AvaSqlite) db = g_new0 (AvaSqlite, 1);

  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) sqlite3_finalize);
  if (sqlite3_open_v2 (name, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                       NULL) != SQLITE_OK) {
    set_error_from_handle (db->handle, error);
    return NULL;
  }
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MSEC);
  return g_steal_pointer (&db);
}

/**
 * ava_sqlite_open:
 *
 * Opens or makes the file; syncs at every commit.
 *
 * Returns: (transfer full) (nullable): the connection, for this thread only
 */
AvaSqlite *
ava_sqlite_open (const char  *path,
                 GError     **error)
{
  g_autoptr (AvaSqlite) db = connect_to (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (db == NULL)
    return NULL;
  /* The settings read the file; where it is damaged, closing it must not pour its log into it. */
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!ava_sqlite_exec (db, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                            "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;", error))
    return NULL;
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return g_steal_pointer (&db);
}

/**
 * ava_sqlite_open_uri:
 * @uri: a file with options, as SQLite reads it
 *
 * Returns: (transfer full) (nullable): a connection that only reads
 */
AvaSqlite *
ava_sqlite_open_uri (const char  *uri,
                     GError     **error)
{
  return connect_to (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

void
ava_sqlite_close (AvaSqlite *db)
{
  g_clear_pointer (&db->statements, g_hash_table_unref);
  sqlite3_close (db->handle);
  g_free (db);
}

sqlite3 *
ava_sqlite_get_handle (AvaSqlite *db)
{
  return db->handle;
}

/* Runs a script that answers nothing. */
gboolean
ava_sqlite_exec (AvaSqlite   *db,
                 const char  *sql,
                 GError     **error)
{
  if (sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error_from_handle (db->handle, error);
  return FALSE;
}

static AvaRow *
find_statement (AvaSqlite   *db,
                const char  *sql,
                GError     **error)
{
  AvaRow *row = g_hash_table_lookup (db->statements, sql);

  if (row != NULL) {
    g_assert (!sqlite3_stmt_busy (row));
    return row;
  }
  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &row, NULL) != SQLITE_OK) {
    set_error_from_handle (db->handle, error);
    return NULL;
  }
  g_hash_table_insert (db->statements, g_strdup (sql), row);
  return row;
}

static AvaRow *
bind_query (AvaSqlite   *db,
            GError     **error,
            const char  *sql,
            const char  *types,
            va_list      args)
{
  AvaRow *row = find_statement (db, sql, error);

  if (row == NULL)
    return NULL;
  g_assert (sqlite3_bind_parameter_count (row) == (int) strlen (types));
  for (int i = 0; types[i] != '\0'; i++) {
    switch (types[i]) {
      case 's':
        sqlite3_bind_text (row, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (row, i + 1, va_arg (args, gint64));
        break;
      case 'd':
        sqlite3_bind_double (row, i + 1, va_arg (args, double));
        break;
      default:
        g_assert_not_reached ();
    }
  }
  return row;
}

/**
 * ava_sqlite_query:
 * @types: one letter per "?" of @sql
 *
 * Prepares (once) and binds; read it with ava_row_next() until that answers %FALSE, or give it
 * back with ava_row_end().
 *
 * Returns: (transfer none) (nullable): the statement before its first row
 */
AvaRow *
ava_sqlite_query (AvaSqlite   *db,
                  GError     **error,
                  const char  *sql,
                  const char  *types,
                  ...)
{
  va_list args;
  AvaRow *row;

  va_start (args, types);
  row = bind_query (db, error, sql, types, args);
  va_end (args);
  return row;
}

static gboolean
step_to_end (AvaRow  *row,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (ava_row_next (row, &local_error))
    ;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Runs one statement whose answer does not matter. */
gboolean
ava_sqlite_run (AvaSqlite   *db,
                GError     **error,
                const char  *sql,
                const char  *types,
                ...)
{
  va_list args;
  AvaRow *row;

  va_start (args, types);
  row = bind_query (db, error, sql, types, args);
  va_end (args);
  return row != NULL && step_to_end (row, error);
}

/* The first column of the first row; without a row @value is left alone. FALSE on an error. */
gboolean
ava_sqlite_get_int (AvaSqlite   *db,
                    gint64      *value,
                    GError     **error,
                    const char  *sql,
                    const char  *types,
                    ...)
{
  g_autoptr (GError) local_error = NULL;
  va_list args;
  AvaRow *row;

  va_start (args, types);
  row = bind_query (db, error, sql, types, args);
  va_end (args);
  if (row == NULL)
    return FALSE;
  if (ava_row_next (row, &local_error)) {
    *value = ava_row_int (row, 0);
    ava_row_end (row);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* As ava_sqlite_get_int(), a new string; NULL without a row. */
gboolean
ava_sqlite_get_text (AvaSqlite   *db,
                     char       **value,
                     GError     **error,
                     const char  *sql,
                     const char  *types,
                     ...)
{
  g_autoptr (GError) local_error = NULL;
  va_list args;
  AvaRow *row;

  *value = NULL;
  va_start (args, types);
  row = bind_query (db, error, sql, types, args);
  va_end (args);
  if (row == NULL)
    return FALSE;
  if (ava_row_next (row, &local_error)) {
    *value = ava_row_dup (row, 0);
    ava_row_end (row);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

guint
ava_sqlite_changes (AvaSqlite *db)
{
  return sqlite3_changes (db->handle);
}

/* Goes to the next row; after the last one, or an error, the statement is given back. */
gboolean
ava_row_next (AvaRow  *row,
              GError **error)
{
  int code = sqlite3_step (row);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    set_error_from_handle (sqlite3_db_handle (row), error);
  ava_row_end (row);
  return FALSE;
}

void
ava_row_end (AvaRow *row)
{
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
}

const char *
ava_row_text (AvaRow *row,
              int     column)
{
  return (const char *) sqlite3_column_text (row, column);
}

char *
ava_row_dup (AvaRow *row,
             int     column)
{
  return g_strdup (ava_row_text (row, column));
}

gint64
ava_row_int (AvaRow *row,
             int     column)
{
  return sqlite3_column_int64 (row, column);
}

double
ava_row_double (AvaRow *row,
                int     column)
{
  return sqlite3_column_double (row, column);
}

/**
 * ava_row_read_all:
 * @row: (nullable): of a query; %NULL after an error
 * @read: (transfer full): makes one element of a row
 *
 * Returns: (transfer full) (nullable): all that were read; %NULL with @error when that failed
 */
GPtrArray *
ava_row_read_all (AvaRow        *row,
                  gpointer     (*read) (AvaRow *row),
                  GDestroyNotify free_func,
                  GError       **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_func);
  g_autoptr (GError) local_error = NULL;

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error))
    g_ptr_array_add (all, read (row));
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gpointer
read_text (AvaRow *row)
{
  return ava_row_dup (row, 0);
}

/**
 * ava_row_read_texts:
 * @row: (nullable): of a query; %NULL after an error
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the first column of all rows
 */
GPtrArray *
ava_row_read_texts (AvaRow  *row,
                    GError **error)
{
  return ava_row_read_all (row, read_text, g_free, error);
}
