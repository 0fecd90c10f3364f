/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-private.h"
#include "ava-store-settings.h"

/* Bookings that were made against a rule: who, when, and why. */

void
ava_override_free (AvaOverride *self)
{
  g_free (self->who);
  g_free (self->role);
  g_free (self->reason);
  g_free (self->appointment_id);
  g_free (self->customer_name);
  g_free (self->service_name);
  g_free (self);
}

static gpointer
read_override (AvaRow *row)
{
  AvaOverride *self = g_new0 (AvaOverride, 1);

  self->at_us = ava_row_int (row, 0);
  self->who = ava_row_dup (row, 1);
  self->role = ava_row_dup (row, 2);
  self->reason = ava_row_dup (row, 3);
  self->appointment_id = ava_row_dup (row, 4);
  self->start_us = ava_row_int (row, 5);
  self->customer_name = ava_row_dup (row, 6);
  self->service_name = ava_row_dup (row, 7);
  return self;
}

/* The journal says what was so when it was made, whatever has become of the appointment. */
static gpointer
list_overrides (AvaStore      *self,
                AvaSqlite     *db,
                AvaStoreArgs  *args,
                GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error,
    "SELECT j.at_us, j.who, json_extract (j.after, '$.override_role'), json_extract (j.after, '$.override_reason'), a.id, a.start_us,"
    " c.name, s.name FROM appointments a JOIN journal j ON j.tbl = 'appointments' AND j.row_id = a.id"
    " JOIN customers c ON c.id = a.customer_id JOIN services s ON s.id = a.service_id"
    " WHERE json_extract (j.after, '$.override_reason') IS NOT NULL"
    "  AND (j.before IS NULL OR json_extract (j.before, '$.override_reason') IS NOT json_extract (j.after, '$.override_reason'))"
    " AND a.override_reason IS NOT NULL ORDER BY j.id DESC LIMIT ?", "i", (gint64) args->limit);
  return ava_row_read_all (row, read_override, (GDestroyNotify) ava_override_free, error);
}

void
ava_store_list_overrides_async (AvaStore            *self,
                                guint                limit,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, list_overrides, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_overrides_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaOverride, latest first */
GPtrArray *
ava_store_list_overrides_finish (AvaStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_overrides_async, error);
}
