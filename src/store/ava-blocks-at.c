/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-changes.h"
#include "ava-store-private.h"

/*
 * Time that was blocked, as it stood at a moment: what a row says now, or, when the journal has a later line
 * for it, what it said before the first such line. There are few blocks: all that ever were are looked at.
 *
 * ?1 and ?2: the span. ?3: the moment.
 */
#define SELECT_BLOCKS \
  "WITH ids (id) AS (SELECT id FROM blocks UNION SELECT row_id FROM journal WHERE tbl = 'blocks')," \
  " rows_then (id, row) AS (SELECT ids.id, iif (j.id IS NOT NULL, j.before, iif (b.created_us <= ?3, json_object (" \
  "   'provider_id', b.provider_id, 'room_id', b.room_id, 'start_us', b.start_us, 'end_us', b.end_us, 'reason', b.reason), NULL))" \
  "  FROM ids LEFT JOIN blocks b ON b.id = ids.id" \
  "  LEFT JOIN journal j ON j.id = (SELECT min (k.id) FROM journal k" \
  "   WHERE k.tbl = 'blocks' AND k.row_id = ids.id AND k.at_us > ?3))," \
  " blocks_then AS (SELECT id, json_extract (row, '$.provider_id') AS provider_id, json_extract (row, '$.room_id') AS room_id," \
  "  json_extract (row, '$.start_us') AS start_us, json_extract (row, '$.end_us') AS end_us, json_extract (row, '$.reason') AS reason" \
  "  FROM rows_then WHERE row IS NOT NULL)" \
  " SELECT t.id, t.provider_id, iif (r.is_device, NULL, t.room_id), iif (r.is_device, t.room_id, NULL), t.start_us, t.end_us," \
  "  coalesce (t.reason, 'away') FROM blocks_then t LEFT JOIN rooms r ON r.id = t.room_id" \
  " WHERE t.end_us > ?1 AND t.start_us < ?2 ORDER BY t.start_us, t.id"

static gpointer
read_block (AvaRow *row)
{
  AvaBusy *busy = ava_busy_new ();

  busy->id = ava_row_dup (row, 0);
  busy->provider_id = ava_row_dup (row, 1);
  busy->room_id = ava_row_dup (row, 2);
  busy->device_id = ava_row_dup (row, 3);
  busy->start_us = ava_row_int (row, 4);
  busy->end_us = ava_row_int (row, 5);
  busy->what = ava_row_dup (row, 6);
  busy->is_block = TRUE;
  return busy;
}

static gpointer
rebuild (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error, SELECT_BLOCKS, "iii", args->from_us, args->to_us, args->at_us);
  return ava_row_read_all (row, read_block, (GDestroyNotify) ava_busy_free, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_blocks_at_async:
 * @at_us: [us] UTC: what was written after it does not count
 */
void
ava_store_blocks_at_async (AvaStore            *self,
                           gint64               from_us,
                           gint64               to_us,
                           gint64               at_us,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  args->at_us = at_us;
  ava_store_run_async (self, AVA_STORE_READ, rebuild, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_blocks_at_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaBusy with is_block that touch the span, by start */
GPtrArray *
ava_store_blocks_at_finish (AvaStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_blocks_at_async, error);
}
