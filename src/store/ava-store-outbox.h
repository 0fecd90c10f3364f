/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* A message to a customer that waits for whoever sends messages. */
typedef struct {
  const char *customer_id;      /* nullable */
  const char *appointment_id;   /* nullable */
  const char *channel;          /* "sms" */
  const char *address;          /* E.164 */
  const char *body;
} AvaMessage;

/* Puts it into the outbox, "waiting". It belongs to @change, and is taken back with it. Answers its id. */
void  ava_store_queue_message_async  (AvaStore *self, const AvaActor *actor, const AvaMessage *message, gint64 change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *ava_store_queue_message_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* How many wait that tell of an appointment; -1 on failure. */
void  ava_store_count_waiting_async  (AvaStore *self, const char *appointment_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
int   ava_store_count_waiting_finish (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
