/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-outbox.h"

#include "ava-id.h"
#include "ava-journal.h"
#include "ava-store-private.h"

/* --- Worker thread --------------------------------------------------------------------------- */

/* Part of the change that it tells of: who takes that back takes the message back too. */
static gpointer
queue_message (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autofree char *id = ava_id_new (ava_clock_now_us (self->clock));

  g_assert (self->thread == g_thread_self ());

  self->worker.batch = args->at_us;
  if (!ava_sqlite_run (db, error,
                       "INSERT INTO message_outbox (id, customer_id, appointment_id, channel, address, body, created_us)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)", "ssssssi", id, args->name, args->id, args->kind, args->phone,
                       args->text, ava_clock_now_us (self->clock)) ||
      !ava_journal_row (self, args, "message-queued", "message_outbox", id, NULL, error))
    return NULL;
  return g_steal_pointer (&id);
}

static gpointer
count_waiting (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  gint64 n = 0;

  g_assert (self->thread == g_thread_self ());

  if (!ava_sqlite_get_int (db, &n, error, "SELECT count(*) FROM message_outbox WHERE appointment_id = ?1 AND status = 'waiting'",
                           "s", args->id))
    return NULL;
  return GUINT_TO_POINTER (n + 1);   /* NULL is left to failure */
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_queue_message_async:
 * @change: the change of the book that it tells of; 0 for none
 */
void
ava_store_queue_message_async (AvaStore            *self,
                               const AvaActor      *actor,
                               const AvaMessage    *message,
                               gint64               change,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->name = g_strdup (message->customer_id);
  args->id = g_strdup (message->appointment_id);
  args->kind = g_strdup (message->channel);
  args->phone = g_strdup (message->address);
  args->text = g_strdup (message->body);
  args->at_us = change;
  ava_store_run_async (self, AVA_STORE_WRITE, queue_message, args, g_free, ava_store_queue_message_async, cancellable, callback,
                       user_data);
}

char *
ava_store_queue_message_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_queue_message_async, error);
}

void
ava_store_count_waiting_async (AvaStore            *self,
                               const char          *appointment_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (appointment_id);
  ava_store_run_async (self, AVA_STORE_READ, count_waiting, args, NULL, ava_store_count_waiting_async, cancellable, callback,
                       user_data);
}

int
ava_store_count_waiting_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return GPOINTER_TO_INT (ava_store_run_finish (self, result, ava_store_count_waiting_async, error)) - 1;
}
