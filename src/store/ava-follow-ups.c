/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-journal.h"
#include "ava-store-private.h"

#include <glib/gi18n.h>

/* What people still owe to callers: the open rows of "tasks". */

/* --- The worker ------------------------------------------------------------------------------ */

static gpointer
read_follow_up (AvaRow *row)
{
  AvaFollowUp *follow_up = ava_follow_up_new ();

  follow_up->id = ava_row_dup (row, 0);
  follow_up->kind = ava_row_dup (row, 1);
  follow_up->name = ava_row_dup (row, 2);
  follow_up->phone = ava_row_dup (row, 3);
  follow_up->text = ava_row_dup (row, 4);
  follow_up->customer_id = ava_row_dup (row, 5);
  follow_up->call_id = ava_row_dup (row, 6);
  follow_up->created_us = ava_row_int (row, 7);
  return follow_up;
}

static gpointer
list_open (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (
    ava_sqlite_query (db, error,
                      "SELECT id, kind, name, phone, text, customer_id, call_id, created_us FROM tasks"
                      " WHERE status = 'open' ORDER BY created_us, id LIMIT ?", "i", (gint64) args->limit),
    read_follow_up, g_object_unref, error);
}

static gpointer
set_done (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  g_autofree char *before = NULL;
  gint64 now_us = ava_clock_now_us (self->clock);

  g_assert (self->thread == g_thread_self ());

  before = ava_journal_snapshot (self, "tasks", args->id, error);
  if (before == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, _("This call-back is not there any more."));
    return NULL;
  }
  return GINT_TO_POINTER (
    ava_sqlite_run (db, error,
                    args->flag ? "UPDATE tasks SET status = 'done', done_us = ?, version = version + 1"
                                 " WHERE id = ? AND status = 'open'"
                               : "UPDATE tasks SET status = 'open', done_us = 0 * ?, version = version + 1"
                                 " WHERE id = ? AND status <> 'open'", "is", now_us, args->id) &&
    ava_journal_row (self, args, args->flag ? "task-done" : "task-reopened", "tasks", args->id, before, error));
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_list_follow_ups_async:
 *
 * Open ones, oldest first, @limit at most.
 */
void
ava_store_list_follow_ups_async (AvaStore            *self,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, list_open, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_follow_ups_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaFollowUp, oldest first */
GPtrArray *
ava_store_list_follow_ups_finish (AvaStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_follow_ups_async, error);
}

/**
 * ava_store_set_follow_up_done_async:
 * @done: whether somebody has seen to it; %FALSE takes that back
 */
void
ava_store_set_follow_up_done_async (AvaStore            *self,
                                    const AvaActor      *actor,
                                    const char          *id,
                                    gboolean             done,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  args->flag = done;
  ava_store_run_async (self, AVA_STORE_WRITE, set_done, args, NULL, ava_store_set_follow_up_done_async,
                       cancellable, callback, user_data);
}

/* Returns: whether it is written; else @error is set */
gboolean
ava_store_set_follow_up_done_finish (AvaStore      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return GPOINTER_TO_INT (ava_store_run_finish (self, result, ava_store_set_follow_up_done_async, error));
}
