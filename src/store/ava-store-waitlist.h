/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"
#include "ava-waitlist-entry.h"

G_BEGIN_DECLS

/* What somebody waits for. With customer_id NULL the customer is found by phone and name, or made. */
typedef struct {
  const char *customer_id;    /* nullable */
  const char *customer_name;
  const char *phone;          /* E.164 */
  const char *email;          /* nullable */
  const char *service_id;
  const char *provider_id;    /* nullable: anyone */
  const char *location_id;    /* nullable: any */
  gint64 from_us;             /* [us] UTC, earliest start, 0: any */
  gint64 to_us;               /* [us] UTC, latest start, 0: any */
  int from_min;               /* [min] of the day where the time is, earliest start */
  int to_min;                 /* [min] of that day, latest start; 0 or 1440: any */
  const char *notes;          /* nullable */
} AvaWaitlistWish;

typedef struct {
  GPtrArray *appointments;    /* AvaAppointment that was cancelled, the latest first */
  gint64 seen;                /* where the journal ends */
} AvaFreed;

void              ava_freed_free                  (AvaFreed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaFreed, ava_freed_free)

/* Who waits for the same already waits on, with the new wish. */
void              ava_store_join_waitlist_async   (AvaStore *self, const AvaActor *actor, const AvaWaitlistWish *wish, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaWaitlistEntry *ava_store_join_waitlist_finish  (AvaStore *self, GAsyncResult *result, GError **error);
/* Waits for a time at that location from now on; @location_id: (nullable): at any. */
void              ava_store_move_waiting_async    (AvaStore *self, const AvaActor *actor, const char *entry_id, const char *location_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaWaitlistEntry *ava_store_move_waiting_finish   (AvaStore *self, GAsyncResult *result, GError **error);
/* Who waits, or has an offer, longest first; an offer that ran out counts as waiting. @service_id: (nullable):
 * all. GPtrArray of AvaWaitlistEntry. */
void              ava_store_list_waitlist_async   (AvaStore *self, const char *service_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray        *ava_store_list_waitlist_finish  (AvaStore *self, GAsyncResult *result, GError **error);
/* Holds a freed time for one who waits. AVA_STORE_ERROR_TAKEN when it is gone. */
void              ava_store_offer_async           (AvaStore *self, const AvaActor *actor, const char *entry_id, const AvaSlot *slot, gint64 until_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaWaitlistEntry *ava_store_offer_finish          (AvaStore *self, GAsyncResult *result, GError **error);
/* Books what was offered, once: taken again it gives the same appointment. */
void              ava_store_accept_offer_async    (AvaStore *self, const AvaActor *actor, const char *entry_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment   *ava_store_accept_offer_finish   (AvaStore *self, GAsyncResult *result, GError **error);
/* Books one who waits at a time that came free, and takes them off the list: one change, which undo takes back. */
void              ava_store_book_waiting_async    (AvaStore *self, const AvaActor *actor, const char *entry_id, const AvaSlot *slot, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment   *ava_store_book_waiting_finish   (AvaStore *self, GAsyncResult *result, GError **error);
/* What was cancelled lately, by whomever, and is still to come. @after: "seen" of the answer before; -1 at first. */
void              ava_store_list_freed_async      (AvaStore *self, gint64 after, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaFreed         *ava_store_list_freed_finish     (AvaStore *self, GAsyncResult *result, GError **error);
/* @stays: declines only the offer, and waits on; else leaves the list. */
void              ava_store_leave_waitlist_async  (AvaStore *self, const AvaActor *actor, const char *entry_id, gboolean stays, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaWaitlistEntry *ava_store_leave_waitlist_finish (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
