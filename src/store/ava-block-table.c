/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-block-table.h"

#include "ava-id.h"
#include "ava-journal.h"

#include <glib/gi18n.h>

/* Time that is not for appointments: somebody is away, a room is painted. */

#define MOST_DAYS 400

static gboolean
check_block (AvaStore            *self,
             const AvaTimeBlock  *block,
             GError             **error)
{
  const char *words = NULL;
  gint64 known = 0;

  if (!ava_sqlite_get_int (self->worker.db, &known, error,
                           "SELECT (SELECT count(*) FROM providers WHERE id = ?1) + (SELECT count(*) FROM rooms WHERE id = ?2)", "ss",
                           block->provider_id, block->room_id))
    return FALSE;
  if (known == 0)
    words = _("Choose whose time it is: a provider or a room of the spa.");
  else if (block->start_us <= 0 || block->end_us <= block->start_us)
    words = _("It must end after it begins.");
  else if (block->end_us - block->start_us > MOST_DAYS * AVA_USEC_PER_DAY)
    words = _("It lasts longer than a year.");
  if (words == NULL)
    return TRUE;
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, words);
  return FALSE;
}

char *
ava_block_table_write (AvaStore            *self,
                       const AvaStoreArgs  *actor,
                       const char          *id,
                       const AvaTimeBlock  *block,
                       GError             **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  g_autofree char *before = NULL;
  g_autofree char *own = id != NULL ? g_strdup (id) : ava_id_new (now_us);

  g_assert (self->thread == g_thread_self ());

  if (!check_block (self, block, error))
    return NULL;
  if (id != NULL && (before = ava_journal_snapshot (self, "blocks", id, error)) == NULL)
    return NULL;
  if (!ava_sqlite_run (self->worker.db, error,
                       "INSERT INTO blocks (id, provider_id, room_id, start_us, end_us, reason, created_us) VALUES (?, ?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO UPDATE SET provider_id = excluded.provider_id, room_id = excluded.room_id,"
                       " start_us = excluded.start_us, end_us = excluded.end_us, reason = excluded.reason, version = version + 1",
                       "sssiisi", own, block->provider_id, block->room_id, block->start_us, block->end_us, block->reason, now_us) ||
      !ava_journal_row (self, actor, before != NULL ? "block-changed" : "block-added", "blocks", own, before, error))
    return NULL;
  return g_steal_pointer (&own);
}

gboolean
ava_block_table_remove (AvaStore            *self,
                        const AvaStoreArgs  *actor,
                        const char          *id,
                        GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *before = ava_journal_snapshot (self, "blocks", id, &local_error);

  g_assert (self->thread == g_thread_self ());

  if (before == NULL) {
    if (local_error == NULL)
      g_set_error_literal (&local_error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, _("This time is not blocked any more."));
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return ava_sqlite_run (self->worker.db, error, "DELETE FROM blocks WHERE id = ?", "s", id) &&
         ava_journal_row (self, actor, "block-removed", "blocks", id, before, error);
}

static gpointer
read_block (AvaRow *row)
{
  AvaTimeBlock *block = ava_time_block_new ();

  block->id = ava_row_dup (row, 0);
  block->provider_id = ava_row_dup (row, 1);
  block->room_id = ava_row_dup (row, 2);
  block->start_us = ava_row_int (row, 3);
  block->end_us = ava_row_int (row, 4);
  block->reason = ava_row_dup (row, 5);
  return block;
}

static gpointer
list (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  AvaRow *row = ava_sqlite_query (db, error, "SELECT id, provider_id, room_id, start_us, end_us, reason FROM blocks"
                                  " WHERE end_us > ? AND start_us < ? ORDER BY start_us, id", "ii", args->from_us, args->to_us);

  return ava_row_read_all (row, read_block, (GDestroyNotify) ava_time_block_free, error);
}

static gpointer
remove_one (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  return GINT_TO_POINTER (ava_block_table_remove (self, args, args->id, error));
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_list_blocks_async (AvaStore            *self,
                             gint64               from_us,
                             gint64               to_us,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  ava_store_run_async (self, AVA_STORE_READ, list, args, (GDestroyNotify) g_ptr_array_unref, ava_store_list_blocks_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaTimeBlock by start */
GPtrArray *
ava_store_list_blocks_finish (AvaStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_blocks_async, error);
}

void
ava_store_remove_block_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *block_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (block_id);
  ava_store_run_async (self, AVA_STORE_WRITE, remove_one, args, NULL, ava_store_remove_block_async, cancellable, callback, user_data);
}

gboolean
ava_store_remove_block_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_remove_block_async, error) != NULL;
}
