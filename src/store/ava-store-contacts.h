/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-contact.h"
#include "ava-store.h"

G_BEGIN_DECLS

/* Reaching a customer from the desk: what they do not want, and who tried. */

/* AvaRefusal, at most one a way. */
void         ava_store_list_refusals_async  (AvaStore *self, const char *customer_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *ava_store_list_refusals_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Notes in the journal that @actor reaches for the customer, and answers the customer with the address as it is
 * now. AVA_STORE_ERROR_FORBIDDEN when the customer refused that way, AVA_STORE_ERROR_INVALID without an address.
 * Ends in ava_store_customer_change_finish(); nothing that could be undone. */
void         ava_store_note_contact_async   (AvaStore *self, const AvaActor *actor, const char *customer_id, AvaContact contact, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
