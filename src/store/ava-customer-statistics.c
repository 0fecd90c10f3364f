/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-customers.h"
#include "ava-store-private.h"

/* What can be counted of one customer, counted when it is looked at. */

static gpointer
read_figures (AvaRow *row)
{
  AvaCustomerFigures *figures = g_new0 (AvaCustomerFigures, 1);

  figures->visits = ava_row_int (row, 0);
  figures->no_shows = ava_row_int (row, 1);
  figures->cancelled = ava_row_int (row, 2);
  figures->upcoming = ava_row_int (row, 3);
  figures->first_visit_us = ava_row_int (row, 4);
  figures->last_visit_us = ava_row_int (row, 5);
  figures->next_visit_us = ava_row_int (row, 6);
  figures->spent_cents = ava_row_int (row, 7);
  figures->calls = ava_row_int (row, 8);
  figures->booked_calls = ava_row_int (row, 9);
  figures->satisfaction = ava_row_double (row, 10);
  if (figures->visits > 1)
    figures->interval_days = (double) (figures->last_visit_us - figures->first_visit_us) / AVA_USEC_PER_DAY / (figures->visits - 1);
  return figures;
}

static gpointer
count_figures (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gpointer figures = NULL;
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error,
    "SELECT count(*) FILTER (WHERE status = 'done'), count(*) FILTER (WHERE status = 'no-show'),"
    "  count(*) FILTER (WHERE status = 'cancelled'),"
    "  count(*) FILTER (WHERE status IN ('scheduled', 'confirmed') AND start_us >= ?2),"
    "  coalesce (min (start_us) FILTER (WHERE status = 'done'), 0), coalesce (max (start_us) FILTER (WHERE status = 'done'), 0),"
    "  coalesce (min (start_us) FILTER (WHERE status IN ('scheduled', 'confirmed') AND start_us >= ?2), 0),"
    "  coalesce (sum (price_cents) FILTER (WHERE status = 'done'), 0),"
    "  (SELECT count(*) FROM conversations v WHERE v.customer_id = ?1 AND v.channel = 'voice' AND v.end_us <> 0),"
    "  (SELECT count(*) FROM conversations v WHERE v.customer_id = ?1 AND v.channel = 'voice' AND v.outcome = 'booked'),"
    "  (SELECT coalesce (avg (v.satisfaction), 0) FROM conversations v WHERE v.customer_id = ?1)"
    " FROM appointments WHERE customer_id = ?1", "si", args->id, ava_clock_now_us (self->clock));
  if (row != NULL && ava_row_next (row, &local_error)) {
    figures = read_figures (row);
    ava_row_end (row);
  }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return figures;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_customer_figures_async (AvaStore            *self,
                                  const char          *id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, count_figures, args, g_free, ava_store_customer_figures_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): free it with g_free() */
AvaCustomerFigures *
ava_store_customer_figures_finish (AvaStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_customer_figures_async, error);
}
