/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* Changes of customers. Each is one transaction and one change of the journal; all end in
 * ava_store_customer_change_finish(). AVA_STORE_ERROR_INVALID says which field is wrong,
 * AVA_STORE_ERROR_CONFLICT that somebody else changed it, AVA_STORE_ERROR_UNSAFE what stands in the way. */

/* @values: fields as text, see ava-customer-fields.h. @before: (nullable): what the editor saw in them.
 * Without @id a new customer is made. */
void ava_store_save_customer_async    (AvaStore *self, const AvaActor *actor, const char *id, JsonObject *values, JsonObject *before, GAsyncReadyCallback callback, gpointer user_data);
/* Many new ones in one change; one that is in the book already is left alone. Answers how many were added. */
void ava_store_add_customers_async    (AvaStore *self, const AvaActor *actor, JsonArray *rows, GAsyncReadyCallback callback, gpointer user_data);
int  ava_store_add_customers_finish   (AvaStore *self, GAsyncResult *result, int *completed, gint64 *token, GError **error);
/* Archived ones are found no more, and keep all they had. Refused with the list while appointments are to come. */
void ava_store_archive_customer_async (AvaStore *self, const AvaActor *actor, const char *id, gboolean archive, GAsyncReadyCallback callback, gpointer user_data);
/* Personal data is overwritten, in the journal too; appointments stay for reports. Cannot be undone. Needs
 * @actor->role of a manager and @actor->why. */
void ava_store_erase_customer_async   (AvaStore *self, const AvaActor *actor, const char *id, GAsyncReadyCallback callback, gpointer user_data);
/* All of @other becomes that of @id, and @other points there. Nothing is lost: see split. */
void ava_store_merge_customers_async  (AvaStore *self, const AvaActor *actor, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
/* Takes a merge back at any later time; what was changed since stays as it is. @id: the one that was merged. */
void ava_store_split_customer_async   (AvaStore *self, const AvaActor *actor, const char *id, GAsyncReadyCallback callback, gpointer user_data);
/* Says that the two are two persons: they are no longer told as possible duplicates. */
void ava_store_keep_apart_async       (AvaStore *self, const AvaActor *actor, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
/* Puts @id into the household of @other, or with NULL out of its own. */
void ava_store_set_household_async    (AvaStore *self, const AvaActor *actor, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
/* @consent_id: (nullable): a new one without. @withdrawn_us of @consent: 0 while it stands. */
void ava_store_save_consent_async     (AvaStore *self, const AvaActor *actor, const char *customer_id, const char *consent_id, AvaConsent *consent, GAsyncReadyCallback callback, gpointer user_data);
/* The customer as it is now; @token: (out) (optional): for undo, 0 when nothing was changed. */
AvaCustomer *ava_store_customer_change_finish (AvaStore *self, GAsyncResult *result, gint64 *token, GError **error);

/* AvaConsent, latest first. */
void       ava_store_list_consents_async    (AvaStore *self, const char *customer_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_consents_finish   (AvaStore *self, GAsyncResult *result, GError **error);
/* AvaDuplicate of one customer, or with NULL of the whole book, the surest first, at most a few hundred. */
void       ava_store_list_duplicates_async  (AvaStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_duplicates_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* AvaCustomer who share the household or the phone; those of the household first. */
void       ava_store_list_household_async   (AvaStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_household_finish  (AvaStore *self, GAsyncResult *result, GError **error);
/* AvaCustomerEvent of the kinds of @kinds (0 for all), latest first, before that event (NULL for the latest). */
void       ava_store_timeline_async         (AvaStore *self, const char *id, guint kinds, AvaCustomerEvent *before, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_timeline_finish        (AvaStore *self, GAsyncResult *result, GError **error);
/* What was said in a call, or written in a conversation, in order: AvaTranscriptItem. */
void       ava_store_list_items_async       (AvaStore *self, const char *conversation_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_items_finish      (AvaStore *self, GAsyncResult *result, GError **error);
void       ava_store_customer_figures_async (AvaStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaCustomerFigures *ava_store_customer_figures_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* As ava_store_find_customers_async(), with a filter in words. */
void       ava_store_choose_customers_async (AvaStore *self, const char *text, const char *filter, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* What customers are searched by, a thousand at a time between other calls, so that the first search need not. */
void       ava_store_read_ahead_async       (AvaStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   ava_store_read_ahead_finish      (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
