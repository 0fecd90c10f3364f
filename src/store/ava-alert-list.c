/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-calls.h"
#include "ava-store-private.h"

/* Calls in which a red flag was raised and that nobody has acknowledged: they outlive a restart. */

void
ava_safety_alert_free (AvaSafetyAlert *self)
{
  g_free (self->call_id);
  g_free (self->caller);
  g_free (self->words);
  g_free (self);
}

static gpointer
read_alert (AvaRow *row)
{
  AvaSafetyAlert *self = g_new0 (AvaSafetyAlert, 1);

  self->call_id = ava_row_dup (row, 0);
  self->at_us = ava_row_int (row, 1);
  self->caller = ava_row_dup (row, 2);
  return self;
}

static gpointer
list_alerts (AvaStore      *self,
             AvaSqlite     *db,
             AvaStoreArgs  *args,
             GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error,
    "SELECT e.conversation_id, min (e.at_us), (SELECT c.name FROM conversations v JOIN customers c ON c.id = v.customer_id"
    "  WHERE v.id = e.conversation_id)"
    " FROM communication_events e WHERE e.kind = 'safety-stop' AND e.at_us >= ?"
    "  AND NOT EXISTS (SELECT 1 FROM communication_events a WHERE a.conversation_id = e.conversation_id"
    "   AND a.kind = '" AVA_SAFETY_ACKNOWLEDGED "')"
    " GROUP BY e.conversation_id ORDER BY 2", "i", args->from_us);
  return ava_row_read_all (row, read_alert, (GDestroyNotify) ava_safety_alert_free, error);
}

/**
 * ava_store_list_alerts_async:
 * @from_us: [us] UTC: older ones are left alone
 */
void
ava_store_list_alerts_async (AvaStore            *self,
                             gint64               from_us,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  ava_store_run_async (self, AVA_STORE_READ, list_alerts, args, (GDestroyNotify) g_ptr_array_unref, ava_store_list_alerts_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaSafetyAlert, the longest waiting first */
GPtrArray *
ava_store_list_alerts_finish (AvaStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_alerts_async, error);
}
