/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* One line of the journal: what happened to a row, and on whose words. */
typedef struct {
  gint64 batch;       /* names the whole change, for undo */
  gint64 at_us;       /* [us] UTC */
  char *table;        /* of the row, nullable */
  char *who;          /* "ava", "staff:<id>", "import", "system" */
  char *what;         /* "appointment-booked", "appointment-moved", "undone", … */
  char *why;          /* in words, nullable */
  char *call_id;      /* nullable */
  char *quote;        /* the caller's last words before it, nullable */
  JsonObject *before; /* the row, nullable when it was new */
  JsonObject *after;  /* the row, nullable when it went */
} AvaChange;

void ava_change_free (AvaChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaChange, ava_change_free)

void            ava_store_get_appointment_async  (AvaStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_get_appointment_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Moves only the end: longer or shorter than the service usually takes. */
void            ava_store_resize_async           (AvaStore *self, const AvaActor *actor, const char *appointment_id, gint64 end_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_resize_finish          (AvaStore *self, GAsyncResult *result, GError **error);

/* The journal of one row, latest first; GPtrArray of AvaChange. */
void       ava_store_history_async      (AvaStore *self, const char *table, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_history_finish     (AvaStore *self, GAsyncResult *result, GError **error);
/* What happened to appointments that are, or ever were, in [from_us, to_us): the latest @limit lines, earliest first. */
void       ava_store_range_history_async  (AvaStore *self, gint64 from_us, gint64 to_us, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_range_history_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* The change that was made under an idempotency key; 0 when there is none, -1 on failure. */
void       ava_store_find_change_async  (AvaStore *self, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64     ava_store_find_change_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* Takes back a change, or with @batch 0 the last one of the actor that still stands; refused in words
 * when something was built on it since. Answers what was taken back. An undo is a change itself. */
void       ava_store_undo_async         (AvaStore *self, const AvaActor *actor, gint64 batch, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaChange *ava_store_undo_finish        (AvaStore *self, GAsyncResult *result, GError **error);
/* Makes again what the actor took back last. */
void       ava_store_redo_async         (AvaStore *self, const AvaActor *actor, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaChange *ava_store_redo_finish        (AvaStore *self, GAsyncResult *result, GError **error);

/* What an undo with the same @batch, or a redo with @redo, would take back. Nothing is changed. */
typedef struct {
  gint64 batch;         /* for ava_store_undo_async() */
  gboolean again;       /* it takes back an undo: what was done first is done again */
  GPtrArray *changes;   /* AvaChange: each line as it was made first, in order */
} AvaUndoPlan;

void         ava_undo_plan_free           (AvaUndoPlan *self);
void         ava_store_plan_undo_async    (AvaStore *self, const AvaActor *actor, gint64 batch, gboolean redo, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaUndoPlan *ava_store_plan_undo_finish   (AvaStore *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaUndoPlan, ava_undo_plan_free)

/* The appointments that touched [from_us, to_us) as the book stood at @at_us; GPtrArray of AvaAppointment. */
void       ava_store_book_at_async      (AvaStore *self, gint64 from_us, gint64 to_us, gint64 at_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_book_at_finish     (AvaStore *self, GAsyncResult *result, GError **error);
/* The time of providers, rooms and devices that was blocked then, GPtrArray of AvaBusy. */
void       ava_store_blocks_at_async    (AvaStore *self, gint64 from_us, gint64 to_us, gint64 at_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_blocks_at_finish   (AvaStore *self, GAsyncResult *result, GError **error);

/* Calls that are over, latest first; GPtrArray of AvaCall. */
void       ava_store_list_calls_async   (AvaStore *self, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_calls_finish  (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
