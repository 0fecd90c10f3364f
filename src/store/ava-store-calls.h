/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-follow-up.h"
#include "ava-store.h"

G_BEGIN_DECLS

/* Calls. Starting, appending and ending are each durable; ava_store_recover_calls ends what a crash left open
 * with outcome "interrupted", releases its holds and makes a call-back task (BD-15); answers how many. */
void     ava_store_start_call_async     (AvaStore *self, AvaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_start_call_finish    (AvaStore *self, GAsyncResult *result, GError **error);
void     ava_store_add_item_async       (AvaStore *self, const char *call_id, AvaTranscriptItem *item, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_add_item_finish      (AvaStore *self, GAsyncResult *result, GError **error);
void     ava_store_add_event_async      (AvaStore *self, const AvaActor *actor, const char *kind, JsonObject *data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_add_event_finish     (AvaStore *self, GAsyncResult *result, GError **error);
void     ava_store_end_call_async       (AvaStore *self, AvaCall *call, const char *name, const char *phone, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_end_call_finish      (AvaStore *self, GAsyncResult *result, GError **error);
void     ava_store_recover_calls_async  (AvaStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
int      ava_store_recover_calls_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* A task for a human: kind "callback", "message", "escalation". Answers its id. */
void     ava_store_add_task_async       (AvaStore *self, const AvaActor *actor, const char *kind, const char *name, const char *phone, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char    *ava_store_add_task_finish      (AvaStore *self, GAsyncResult *result, GError **error);

/* What people still owe to callers, oldest first; GPtrArray of AvaFollowUp. */
void       ava_store_list_follow_ups_async    (AvaStore *self, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_follow_ups_finish   (AvaStore *self, GAsyncResult *result, GError **error);
void       ava_store_set_follow_up_done_async (AvaStore *self, const AvaActor *actor, const char *id, gboolean done, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   ava_store_set_follow_up_done_finish(AvaStore *self, GAsyncResult *result, GError **error);

/* A red flag in a call that nobody has acknowledged. */
typedef struct {
  char *call_id;
  char *caller;           /* name or phone, nullable */
  char *words;            /* "trouble breathing", nullable */
  gint64 at_us;           /* [us] UTC */
} AvaSafetyAlert;

#define AVA_SAFETY_ACKNOWLEDGED "safety-acknowledged"   /* the event that ends it */

void       ava_safety_alert_free          (AvaSafetyAlert *self);
/* GPtrArray of AvaSafetyAlert, the longest waiting first. */
void       ava_store_list_alerts_async    (AvaStore *self, gint64 from_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_alerts_finish   (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
