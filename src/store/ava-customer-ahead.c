/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-customers.h"

#include "ava-store-private.h"

/* A few milliseconds each: what somebody waits for goes between. */
#define STEP 1000   /* customers */

/* Answers whether all are read, as GINT_TO_POINTER. */
static gpointer
read_step (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  gboolean whole = FALSE;

  g_assert (self->thread == g_thread_self ());

  if (!ava_customer_index_read_some (self->worker.customers, db, STEP, &whole, error))
    return NULL;
  return GINT_TO_POINTER (whole);
}

static void queue_step (GTask *task);

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer whole = ava_store_run_finish (AVA_STORE (source), result, queue_step, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (whole != NULL)
    g_task_return_boolean (task, TRUE);
  else
    queue_step (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
queue_step (GTask *task)
{
  ava_store_run_async (g_task_get_source_object (task), AVA_STORE_READ, read_step, ava_store_args_new (NULL), NULL,
                       queue_step, g_task_get_cancellable (task), step_cb, task);
}

/**
 * ava_store_read_ahead_async:
 *
 * Reads what customers are searched by in small steps, so that the first search need not. A search
 * meanwhile reads the rest itself. Ends early when it is cancelled or the store closes.
 */
void
ava_store_read_ahead_async (AvaStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ava_store_read_ahead_async);
  queue_step (task);
}

/* Returns: whether all are read */
gboolean
ava_store_read_ahead_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
