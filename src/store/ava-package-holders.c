/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-packages.h"
#include "ava-store-private.h"

/* Who has visits left of the packages of the catalogue: what a change of the catalogue leaves as it is. */

void
ava_package_holder_free (AvaPackageHolder *self)
{
  g_free (self->package_id);
  g_free (self->customer_id);
  g_free (self->customer_name);
  g_free (self);
}

static gpointer
read_holder (AvaRow *row)
{
  AvaPackageHolder *self = g_new0 (AvaPackageHolder, 1);

  self->package_id = ava_row_dup (row, 0);
  self->customer_id = ava_row_dup (row, 1);
  self->customer_name = ava_row_dup (row, 2);
  self->visits = ava_row_int (row, 3);
  return self;
}

static gpointer
list_holders (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error,
                          "WITH left_over (package_id, customer_id, visits) AS (SELECT k.package_id, k.customer_id,"
                          "  json_array_length (k.service_ids) - (SELECT count(*) FROM package_uses u WHERE u.customer_package_id = k.id)"
                          "  FROM customer_packages k WHERE k.package_id IS NOT NULL AND (k.expires_us = 0 OR k.expires_us > ?1))"
                          " SELECT l.package_id, c.id, c.name, sum (l.visits) FROM left_over l JOIN customers c ON c.id = l.customer_id"
                          " WHERE l.visits > 0 AND c.archived_us = 0 GROUP BY l.package_id, c.id ORDER BY l.package_id, c.sort_name, c.id",
                          "i", ava_clock_now_us (self->clock));
  return ava_row_read_all (row, read_holder, (GDestroyNotify) ava_package_holder_free, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_list_package_holders_async (AvaStore            *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_READ, list_holders, ava_store_args_new (NULL), (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_package_holders_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaPackageHolder, by package and name */
GPtrArray *
ava_store_list_package_holders_finish (AvaStore      *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_package_holders_async, error);
}
