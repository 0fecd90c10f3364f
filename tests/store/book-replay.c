/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-replay.h"

#include "ava-sqlite.h"

#include <glib/gstdio.h>
#include <string.h>

/* Tables that are no part of what is told: the telling itself, what is derived, what stays on this machine. */
static const char *const untold[] = {
  "journal", "answers", "sync_outbox", "sync_state", "sync_shadow", "sync_tombstones", "imported", "customer_changes", "customer_figures",
  "provider_services", "campaign_recipients", NULL   /* no id of their own: told with their parents */
};

/* Columns that only this machine has (and "rev", which the server gives). */
static const char *const local_columns[] = { "rid", "rev", "version", "sort_name", "search", "opener", NULL };

static GPtrArray *
list (AvaSqlite  *db,
      const char *sql)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *texts = ava_row_read_texts (ava_sqlite_query (db, &error, sql, ""), &error);

  g_assert_no_error (error);
  return texts;
}

static GPtrArray *
list_columns (AvaSqlite  *db,
              const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);

  return list (db, sql);
}

/* Whether some column of row "t" is not what the JSON text @json says. */
static char *
make_differs (GPtrArray  *columns,
              const char *json)
{
  GString *sql = g_string_new ("0");

  for (guint i = 0; i < columns->len; i++) {
    const char *column = columns->pdata[i];

    g_string_append_printf (sql, " OR t.%s IS NOT json_extract (%s, '$.%s')", column, json, column);
  }
  return g_string_free (sql, FALSE);
}

static void
expect_none (AvaSqlite  *db,
             const char *table,
             const char *what,
             const char *sql)
{
  g_autoptr (GPtrArray) ids = list (db, sql);

  if (ids->len > 0)
    g_error ("%s %s %s (and %u more)", table, (char *) ids->pdata[0], what, ids->len - 1);
}

/* The last line about a row says what it is now, the first what it was, and each goes on from the one before. */
static void
expect_in_journal (AvaSqlite  *db,
                   const char *table,
                   GPtrArray  *columns)
{
  g_autofree char *is_other = make_differs (columns, "j.after");
  g_autofree char *was_other = make_differs (columns, "j.before");
  g_autofree char *now = g_strdup_printf (
    "SELECT t.id FROM %s t JOIN changed c ON c.id = t.id LEFT JOIN told j ON j.id = (SELECT max (id) FROM told"
    " WHERE tbl = '%s' AND row_id = t.id) WHERE j.id IS NULL OR (j.redacted_us = 0 AND (%s))", table, table, is_other);
  g_autofree char *then = g_strdup_printf (
    "SELECT t.id FROM old.%s t JOIN changed c ON c.id = t.id LEFT JOIN told j ON j.id = (SELECT min (id) FROM told"
    " WHERE tbl = '%s' AND row_id = t.id) WHERE j.id IS NULL OR (j.redacted_us = 0 AND (%s))", table, table, was_other);
  g_autofree char *gone = g_strdup_printf (
    "SELECT c.id FROM changed c JOIN told j ON j.id = (SELECT max (id) FROM told WHERE tbl = '%s' AND row_id = c.id)"
    " WHERE c.id NOT IN (SELECT id FROM %s) AND j.after IS NOT NULL", table, table);
  g_autofree char *broken = g_strdup_printf (
    "SELECT j.row_id FROM told j JOIN told p ON p.id = (SELECT max (id) FROM told WHERE tbl = j.tbl AND row_id = j.row_id"
    " AND id < j.id) WHERE j.tbl = '%s' AND j.redacted_us + p.redacted_us = 0 AND j.before IS NOT p.after", table);

  expect_none (db, table, "is not what the journal says that it became", now);
  expect_none (db, table, "was not what the journal says that it was before", then);
  expect_none (db, table, "is gone, and the journal does not say so", gone);
  expect_none (db, table, "was changed between two lines of the journal", broken);
}

/* The last operation that names a column gives it its value. */
static void
expect_in_outbox (AvaSqlite  *db,
                  const char *table,
                  GPtrArray  *columns)
{
  g_autofree char *gone = g_strdup_printf (
    "SELECT c.id FROM changed c WHERE c.id NOT IN (SELECT id FROM %s) AND 'del' IS NOT (SELECT op FROM sent"
    " WHERE tbl = '%s' AND id = c.id ORDER BY seq DESC, n DESC LIMIT 1)", table, table);

  expect_none (db, table, "is gone, and the outbox does not say so", gone);
  for (guint i = 0; i < columns->len; i++) {
    const char *column = columns->pdata[i];
    g_autofree char *what = g_strdup_printf ("has a %s that the outbox does not tell", column);
    g_autofree char *sql = g_strdup_printf (
      "SELECT t.id FROM %s t JOIN changed c ON c.id = t.id LEFT JOIN old.%s o ON o.id = t.id"
      " WHERE (o.id IS NULL OR o.%s IS NOT t.%s) AND t.%s IS NOT (SELECT json_extract (fields, '$.%s') FROM sent"
      " WHERE tbl = '%s' AND id = t.id AND (op = 'del' OR json_type (fields, '$.%s') IS NOT NULL) ORDER BY seq DESC, n DESC LIMIT 1)",
      table, table, column, column, column, column, table, column);

    if (!g_strv_contains (local_columns, column))
      expect_none (db, table, what, sql);
  }
}

static void
expect_told (AvaSqlite  *db,
             const char *table)
{
  g_autoptr (GPtrArray) columns = list_columns (db, table);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
    "DELETE FROM changed; INSERT INTO changed SELECT id FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM old.%s)"
    " UNION SELECT id FROM (SELECT * FROM old.%s EXCEPT SELECT * FROM main.%s) UNION SELECT row_id FROM told WHERE tbl = '%s'",
    table, table, table, table, table);

  ava_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
  expect_in_journal (db, table, columns);
  if (strcmp (table, "holds") != 0)   /* stay on this machine */
    expect_in_outbox (db, table, columns);
}

void
book_replay_begin (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "ava.db", NULL);
  g_autofree char *start = g_build_filename (dir, "start-of-test.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

  g_assert_no_error (error);
  ava_sqlite_run (db, &error, "VACUUM INTO ?", "s", start);
  g_assert_no_error (error);
}

void
book_replay_forget (const char *dir)
{
  g_autofree char *start = g_build_filename (dir, "start-of-test.db", NULL);

  g_unlink (start);
}

/* Whether it is still the book that the test began with, and can be read. */
static gboolean
is_same_book (AvaSqlite *db)
{
  g_autofree char *answer = NULL;

  return ava_sqlite_get_text (db, &answer, NULL, "SELECT NOT EXISTS (SELECT sql FROM main.sqlite_schema EXCEPT SELECT sql FROM old.sqlite_schema)"
                              " AND NOT EXISTS (SELECT id FROM old.journal EXCEPT SELECT id FROM main.journal)", "") &&
         g_strcmp0 (answer, "1") == 0;
}

void
book_replay_end (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "ava.db", NULL);
  g_autofree char *start = g_build_filename (dir, "start-of-test.db", NULL);
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (AvaSqlite) db = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (start, G_FILE_TEST_EXISTS) || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  db = ava_sqlite_open (path, NULL);
  if (db == NULL || !ava_sqlite_run (db, NULL, "ATTACH ? AS old", "s", start) || !is_same_book (db))
    return;
  ava_sqlite_exec (db, "CREATE TEMP TABLE changed (id TEXT);"
                       "CREATE TEMP TABLE told AS SELECT * FROM main.journal WHERE (before IS NOT NULL OR after IS NOT NULL)"
                       "  AND tbl IS NOT NULL AND id > (SELECT coalesce (max (id), 0) FROM old.journal);"
                       "CREATE INDEX told_by_row ON told (tbl, row_id, id);"
                       "CREATE TEMP TABLE sent AS SELECT s.seq, o.key AS n, json_extract (o.value, '$.tbl') AS tbl,"
                       "  json_extract (o.value, '$.id') AS id, json_extract (o.value, '$.op') AS op,"
                       "  json_extract (o.value, '$.fields') AS fields FROM main.sync_outbox s, json_each (s.ops) o"
                       "  WHERE s.seq > (SELECT coalesce (max (seq), 0) FROM old.sync_outbox);"
                       "CREATE INDEX sent_by_row ON sent (tbl, id)", &error);
  g_assert_no_error (error);
  tables = list (db, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customers_fts%'");
  g_assert_cmpuint (tables->len, >, 20);
  for (guint i = 0; i < tables->len; i++) {
    if (!g_strv_contains (untold, tables->pdata[i]))
      expect_told (db, tables->pdata[i]);
  }
}
