/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-migration.h"
#include "ava-store-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

/* Opening the file: looks at it before a byte may change, then checks and migrates it. */

/* A file up to this size is checked whole at each opening; a larger one when it looks suspicious. */
#define SMALL_FILE_BYTES (32 * 1024 * 1024)

static gboolean
refuse_damaged (const char *why,
                GError    **error)
{
  ava_sqlite_set_error (error, SQLITE_CORRUPT, why);
  return FALSE;
}

static gboolean
check_identity (AvaSqlite *db,
                GError   **error)
{
  g_auto (GStrv) steps = ava_migration_load_steps ();
  gint64 application_id = 0;
  gint64 version = 0;
  gint64 tables = 0;

  if (!ava_sqlite_get_int (db, &application_id, error, "PRAGMA application_id", "") ||
      !ava_sqlite_get_int (db, &version, error, "PRAGMA user_version", "") ||
      !ava_sqlite_get_int (db, &tables, error, "SELECT count(*) FROM sqlite_schema", ""))
    return FALSE;
  if (tables == 0 && application_id == 0 && version == 0)
    return TRUE;
  if (application_id != AVA_STORE_APPLICATION_ID)
    return refuse_damaged ("the database of another program", error);
  if (version <= g_strv_length (steps))
    return TRUE;
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NEWER,
                       _("This appointment book was made by a newer version of Ava Front Desk. "
                         "Nothing was changed; update Ava Front Desk on this computer to open it."));
  return FALSE;
}

/* Looks at the file as it lies there. SQLite itself opens it, unlocked: a plain close () in this
 * process would drop the locks of another connection of ours. */
static gboolean
look_at_file (const char *path,
              GError    **error)
{
  g_autofree char *uri = NULL;
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  AvaSqlite *db;
  gboolean fine;

  uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  db = ava_sqlite_open_uri (uri, error);
  if (db == NULL)
    return FALSE;
  fine = check_identity (db, error);
  ava_sqlite_close (db);
  return fine;
}

static gboolean
check_whole (AvaSqlite *db,
             GError   **error)
{
  g_autofree char *answer = NULL;

  if (!ava_sqlite_get_text (db, &answer, error, "PRAGMA quick_check (1)", ""))
    return FALSE;
  return g_strcmp0 (answer, "ok") == 0 || refuse_damaged (answer, error);
}

/**
 * ava_store_check_copy:
 *
 * Returns: whether that file, with no log beside it, is a whole book that this version can read; it is only read
 */
gboolean
ava_store_check_copy (const char  *path,
                      GError     **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  g_autoptr (AvaSqlite) db = NULL;
  gint64 version = 0;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_access (path, R_OK) != 0) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, _("“%s” cannot be read. Choose a copy of the appointment book."), path);
    return FALSE;
  }
  db = ava_sqlite_open_uri (uri, error);
  if (db == NULL || !check_identity (db, error) || !check_whole (db, error) ||
      !ava_sqlite_get_int (db, &version, error, "PRAGMA user_version", ""))
    return FALSE;
  return version > 0 || refuse_damaged ("an empty file", error);   /* which SQLite takes for a new book */
}

static gboolean
has_log (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf log;

  return g_stat (wal, &log) == 0 && log.st_size > 0;
}

static gboolean
is_suspicious (const char *path)
{
  GStatBuf file;

  return g_stat (path, &file) == 0 && (file.st_size <= SMALL_FILE_BYTES || file.st_size % 512 != 0 || has_log (path));
}

static gboolean
check_writable (const char *path,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_access (folder, W_OK) == 0 && (g_access (path, F_OK) != 0 || g_access (path, W_OK) == 0))
    return TRUE;
  g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY,
               _("The folder “%s” of the appointment book cannot be written. Allow this account to "
                 "write there, or choose another folder."), folder);
  return FALSE;
}

static gboolean
prepare (AvaSqlite  *db,
         const char *path,
         gint64      now_us,
         gboolean    suspicious,
         GError    **error)
{
  g_auto (GStrv) steps = ava_migration_load_steps ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf ("before-update-%" G_GINT64_FORMAT ".db", now_us);
  g_autofree char *backup = g_build_filename (folder, "backups", name, NULL);
  g_autofree char *mode = NULL;

  /* The log may hold a newer version than the file itself, or damage: then both must stay as they are. */
  sqlite3_db_config (ava_sqlite_get_handle (db), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!check_identity (db, error) || (suspicious && !check_whole (db, error)))
    return FALSE;
  sqlite3_db_config (ava_sqlite_get_handle (db), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  if (!ava_sqlite_get_text (db, &mode, error, "PRAGMA journal_mode = WAL", ""))
    return FALSE;
  if (!ava_migration_run (db, (const char *const *) steps, backup, error))
    return FALSE;
  /* Nobody here has read a line of it yet; when another program has the book, the next opening does it. */
  ava_sqlite_exec (db, "DELETE FROM customer_changes", NULL);
  return TRUE;
}

/**
 * ava_store_open_file:
 *
 * A file that is damaged, newer or another program's is refused untouched.
 *
 * Returns: (transfer full) (nullable): the connection, for this thread only
 */
AvaSqlite *
ava_store_open_file (const char  *path,
                     gint64       now_us,
                     GError     **error)
{
  g_autoptr (AvaSqlite) db = NULL;
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);
  gboolean suspicious = there && is_suspicious (path);

  /* Beside a log the file may be half poured together, by a crash or by another program just now: the two are one book. */
  if (there && !has_log (path) && !look_at_file (path, error))
    return NULL;
  if (!check_writable (path, error))
    return NULL;
  db = ava_sqlite_open (path, error);
  if (db == NULL || !prepare (db, path, now_us, suspicious, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* --- Openers: who leads a call, so that recovery spares the calls of a second window --------- */

static GMutex openers_lock;
static GHashTable *openers;  /* those of this process */

/* When a process began, in ticks since the machine did; 0 when there is none. */
static guint64
get_start_ticks (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char *rest;
  guint64 ticks = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return 0;
  /* Field 22; the name in brackets is field 2. */
  if (sscanf (rest + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %"
              G_GUINT64_FORMAT, &ticks) != 1)
    return 0;
  return ticks;
}

static char *
read_boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("unknown");
  return g_strstrip (text);
}

/* Returns: (transfer full): "boot id/process/its start/number" */
char *
ava_store_make_opener (void)
{
  static guint count;
  g_autofree char *boot = read_boot_id ();
  int pid = getpid ();
  char *opener;

  g_mutex_lock (&openers_lock);
  opener = g_strdup_printf ("%s/%d/%" G_GUINT64_FORMAT "/%u", boot, pid, get_start_ticks (pid), ++count);
  if (openers == NULL)
    openers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (openers, g_strdup (opener));
  g_mutex_unlock (&openers_lock);
  return opener;
}

void
ava_store_close_opener (const char *opener)
{
  g_mutex_lock (&openers_lock);
  g_hash_table_remove (openers, opener);
  g_mutex_unlock (&openers_lock);
}

/* Whether that opening of the book is still open, here or in another process of this machine. */
gboolean
ava_store_opener_lives (const char *opener)
{
  g_auto (GStrv) parts = g_strsplit (opener != NULL ? opener : "", "/", -1);
  g_autofree char *boot = read_boot_id ();
  int pid;
  gboolean lives;

  if (g_strv_length (parts) != 4 || g_strcmp0 (parts[0], boot) != 0)
    return FALSE;
  pid = atoi (parts[1]);
  if (pid != getpid ())
    return get_start_ticks (pid) != 0 &&
           get_start_ticks (pid) == g_ascii_strtoull (parts[2], NULL, 10);
  g_mutex_lock (&openers_lock);
  lives = openers != NULL && g_hash_table_contains (openers, opener);
  g_mutex_unlock (&openers_lock);
  return lives;
}
