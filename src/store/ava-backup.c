/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Copies of the book, and putting one back. SQLite keeps what was written last in a log beside the file and replays it over
 * whatever file of that name it finds: so a copy that is put back by hand beside an old log is spoilt. */

/* Where SQLite locks the shared memory for as long as a program has the book open (sqlite.org/walformat.html). */
#define OPEN_LOCK_BYTE 128

static const char *const parts[] = { "-wal", "-shm", "" };   /* the file itself last */

static gboolean
fail (GError     **error,
      int          code,
      const char  *path)
{
  g_set_error (error, AVA_STORE_ERROR, code == ENOSPC ? AVA_STORE_ERROR_FULL : AVA_STORE_ERROR_READ_ONLY,
               _("“%s” cannot be written: %s. The appointment book is as it was."), path, g_strerror (code));
  return FALSE;
}

/* The copy has its name only when it is whole, and readers of other accounts never see it. */
static gpointer
back_up (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  g_autofree char *partial = g_strconcat (args->text, ".part", NULL);
  int fd;

  g_assert (self->thread == g_thread_self ());

  if (g_file_test (args->text, G_FILE_TEST_EXISTS)) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, _("“%s” is there already. Choose another name."), args->text);
    return NULL;
  }
  fd = g_open (partial, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return GINT_TO_POINTER (fail (error, errno, args->text));
  close (fd);
  if (!ava_sqlite_run (db, error, "VACUUM INTO ?", "s", partial) ||
      (g_rename (partial, args->text) != 0 && !fail (error, errno, args->text))) {
    g_unlink (partial);
    return NULL;
  }
  return GINT_TO_POINTER (TRUE);
}

static gboolean
check_unused (const char  *path,
              GError     **error)
{
  g_autofree char *memory = g_strconcat (path, "-shm", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = OPEN_LOCK_BYTE, .l_len = 1 };
  int fd = g_open (memory, O_RDWR | O_CLOEXEC, 0);
  gboolean used = fd >= 0 && fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

  if (fd >= 0)
    close (fd);
  if (used)
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_LOCKED,
                         _("Another program is using the appointment book. Close it, then try again."));
  return !used;
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) local_error = NULL;
  int fd;

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local_error))
    return fail (error, g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EACCES, to);
  fd = g_open (to, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0 || fchmod (fd, 0600) != 0 || fsync (fd) != 0) {
    fail (error, errno, to);
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  close (fd);
  return TRUE;
}

/* What was there is kept: it may hold bookings that the copy has not. The file itself stays until the copy takes its place. */
static gboolean
keep_old (const char  *path,
          const char  *folder,
          GError     **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, errno, folder);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *old = g_strconcat (path, parts[i], NULL);
    g_autofree char *name = g_strconcat (AVA_STORE_FILE_NAME, parts[i], NULL);
    g_autofree char *kept = g_build_filename (folder, name, NULL);
    gboolean is_log = *parts[i] != '\0';

    if (!g_file_test (old, G_FILE_TEST_EXISTS))
      continue;
    if ((is_log ? g_rename (old, kept) : link (old, kept)) != 0 && (is_log || !copy_file (old, kept, NULL)))
      return fail (error, errno, kept);
  }
  return TRUE;
}

/**
 * ava_store_put_back:
 * @copy: a file as ava_store_back_up_async() writes it, or one of the folder "backups"
 * @kept: (out): the folder in which the files are that stood there before
 *
 * A copy that is damaged, newer or of another program is refused, and nothing was changed.
 */
gboolean
ava_store_put_back (const char  *data_dir,
                    const char  *copy,
                    AvaClock    *clock,
                    char       **kept,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, AVA_STORE_FILE_NAME, NULL);
  g_autofree char *partial = g_strconcat (path, ".part", NULL);
  g_autofree char *name = g_strdup_printf ("replaced-%" G_GINT64_FORMAT, ava_clock_now_us (clock));
  g_autofree char *folder = g_build_filename (data_dir, "backups", name, NULL);

  g_return_val_if_fail (data_dir != NULL && copy != NULL, FALSE);

  if (!ava_store_check_copy (copy, error) || !check_unused (path, error))
    return FALSE;
  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    return fail (error, errno, data_dir);
  if (!copy_file (copy, partial, error) || !keep_old (path, folder, error) ||
      (g_rename (partial, path) != 0 && !fail (error, errno, path))) {
    g_unlink (partial);
    return FALSE;
  }
  *kept = g_steal_pointer (&folder);
  return TRUE;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_back_up_async (AvaStore            *self,
                         const char          *path,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->text = g_strdup (path);
  ava_store_run_async (self, AVA_STORE_READ, back_up, args, NULL, ava_store_back_up_async, cancellable, callback, user_data);
}

gboolean
ava_store_back_up_finish (AvaStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_back_up_async, error) != NULL;
}
