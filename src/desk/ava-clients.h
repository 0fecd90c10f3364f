/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-contact.h"
#include "ava-context.h"

G_BEGIN_DECLS

/**
 * AvaClients:
 *
 * The customers as the window and the commands change them. Each change is one of the journal and gives
 * a token, with which AvaBook takes it back like any other change of the book. Changes are made by whoever
 * works at this desk: who may not is refused in words (AVA_STORE_ERROR_FORBIDDEN). Main thread.
 *
 * Signals: "changed-by-desk" (gint64 token, const char *words): a change that may be undone was made
 */
#define AVA_TYPE_CLIENTS (ava_clients_get_type ())
G_DECLARE_FINAL_TYPE (AvaClients, ava_clients, AVA, CLIENTS, GObject)

AvaClients  *ava_clients_new                 (AvaContext *context, const char *who);
void         ava_clients_set_role            (AvaClients *self, AvaStaffRole role);
char        *ava_clients_refuse              (AvaClients *self, AvaStaffRights right);

/* Changes; see ava-store-customers.h. Each ends in ava_clients_change_finish(). */
void         ava_clients_add_async           (AvaClients *self, JsonObject *values, GAsyncReadyCallback callback, gpointer user_data);
/* @seen: what the editor showed before. Fails with AVA_STORE_ERROR_CONFLICT when it is another text now. */
void         ava_clients_set_field_async     (AvaClients *self, const char *id, const char *field, const char *text, const char *seen, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_archive_async       (AvaClients *self, const char *id, gboolean archive, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_erase_async         (AvaClients *self, const char *id, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_merge_async         (AvaClients *self, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_split_async         (AvaClients *self, const char *id, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_keep_apart_async    (AvaClients *self, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_set_household_async (AvaClients *self, const char *id, const char *other, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_save_consent_async  (AvaClients *self, const char *id, const char *consent_id, AvaConsent *consent, GAsyncReadyCallback callback, gpointer user_data);
void         ava_clients_sell_package_async  (AvaClients *self, AvaCustomerPackage *package, GAsyncReadyCallback callback, gpointer user_data);
/* That whoever works here reaches for the customer: see ava-store-contacts.h. */
void         ava_clients_note_contact_async  (AvaClients *self, const char *id, AvaContact contact, const char *remark, GAsyncReadyCallback callback, gpointer user_data);
AvaCustomer *ava_clients_change_finish       (AvaClients *self, GAsyncResult *result, gint64 *token, GError **error);

/* What is wrong with a text before it is saved, in words; NULL when nothing is. */
char        *ava_clients_check_field         (AvaClients *self, const char *field, const char *text);

G_END_DECLS
