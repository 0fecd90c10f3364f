/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-migration.h"

#include "ava-store-private.h"
#include "ava-store-resources.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* In order, one step each; a released file never changes. */
static const char *const files[] = {
  "0001-book.sql",
  "0002-changes.sql",
  "0003-engine.sql",
  "0004-waitlist.sql",
  "0005-customers.sql",
  "0006-settings.sql",
  "0007-rights.sql",
  "0008-catalogue.sql",
  "0009-places.sql",
  "0010-safety-words.sql",
};

/**
 * ava_migration_load_steps:
 *
 * Returns: (transfer full): the SQL of each step, the first one makes version 1
 */
GStrv
ava_migration_load_steps (void)
{
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_strconcat ("/com/getevaai/FrontDesk/store/migrations/", files[i], NULL);
    g_autoptr (GBytes) bytes = g_resource_lookup_data (ava_store_resources_get_resource (), path,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    g_assert (bytes != NULL);
    g_strv_builder_add (steps, g_bytes_get_data (bytes, NULL));
  }
  return g_strv_builder_end (steps);
}

/* Another program may have made the step meanwhile: looks again inside the transaction. */
static gboolean
take_step (AvaSqlite   *db,
           const char  *sql,
           gint64       version,
           GError     **error)
{
  g_autofree char *pragma = NULL;
  gint64 found = 0;

  if (!ava_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!ava_sqlite_get_int (db, &found, error, "PRAGMA user_version", ""))
    goto fail;
  if (found >= version)
    return ava_sqlite_exec (db, "COMMIT", error);

  pragma = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT "; PRAGMA application_id = %d",
                            version, AVA_STORE_APPLICATION_ID);
  if (ava_sqlite_exec (db, sql, error) && ava_sqlite_exec (db, pragma, error) &&
      ava_sqlite_exec (db, "COMMIT", error))
    return TRUE;

fail:
  ava_sqlite_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/* The copy gets its name only when it is whole. */
static gboolean
back_up (AvaSqlite   *db,
         const char  *path,
         GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *partial = g_strconcat (path, ".part", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_unlink (partial);
  if (!ava_sqlite_run (db, error, "VACUUM INTO ?", "s", partial)) {
    g_unlink (partial);   /* where the disk is full it would be in its own way */
    return FALSE;
  }
  if (g_rename (partial, path) == 0)
    return TRUE;
  g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY,
               _("The appointment book must be copied before it is updated, but the folder “%s” "
                 "cannot be written. Nothing was changed."), folder);
  return FALSE;
}

/**
 * ava_migration_run:
 * @steps: the SQL of all steps; the first makes version 1
 * @backup_path: where an existing database is copied to before its first step
 *
 * Brings the database to the newest version, one transaction a step.
 *
 * Returns: %FALSE when a step failed: the steps before it stay
 */
gboolean
ava_migration_run (AvaSqlite          *db,
                   const char *const  *steps,
                   const char         *backup_path,
                   GError            **error)
{
  gint64 newest = g_strv_length ((GStrv) steps);
  gint64 version = 0;

  if (!ava_sqlite_get_int (db, &version, error, "PRAGMA user_version", ""))
    return FALSE;
  if (version > 0 && version < newest && !back_up (db, backup_path, error))
    return FALSE;
  for (; version < newest; version++) {
    if (!take_step (db, steps[version], version + 1, error))
      return FALSE;
  }
  return TRUE;
}
