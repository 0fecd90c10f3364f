/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-private.h"

/* Reads of the calls that are over. */

static gpointer
read_call (AvaRow *row)
{
  AvaCall *call = ava_call_new ();

  call->id = ava_row_dup (row, 0);
  call->line = ava_row_dup (row, 1);
  call->agent = ava_row_dup (row, 2);
  call->phone = ava_row_dup (row, 3);
  call->customer_id = ava_row_dup (row, 4);
  call->customer_name = ava_row_dup (row, 5);
  call->start_us = ava_row_int (row, 6);
  call->end_us = ava_row_int (row, 7);
  call->outcome = ava_row_dup (row, 8);
  call->summary = ava_row_dup (row, 9);
  call->recording = ava_row_dup (row, 10);
  return call;
}

static gpointer
list_calls (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (
    ava_sqlite_query (db, error,
                      "SELECT v.id, d.line, d.agent, v.phone, v.customer_id, c.name, v.start_us,"
                      "  v.end_us, v.outcome, v.summary, d.recording FROM conversations v"
                      " LEFT JOIN call_details d ON d.id = v.id"
                      " LEFT JOIN customers c ON c.id = v.customer_id"
                      " WHERE v.channel = 'voice' AND v.end_us <> 0"
                      " ORDER BY v.start_us DESC, v.id DESC LIMIT ?", "i", (gint64) args->limit),
    read_call, g_object_unref, error);
}

void
ava_store_list_calls_async (AvaStore            *self,
                            guint                limit,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, list_calls, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_calls_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCall, latest first */
GPtrArray *
ava_store_list_calls_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_calls_async, error);
}
