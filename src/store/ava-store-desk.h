/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* What the front desk needs beside: short names, notes, the gate at check-in. */

/* Customers of whom every fragment of @text begins a word of the name or the email, or is part of the phone;
 * those who come first or were here last in front. GPtrArray of AvaCustomer. */
void       ava_store_match_customers_async  (AvaStore *self, const char *text, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_match_customers_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* @notes: (nullable): NULL or "" removes them. */
void            ava_store_set_notes_async   (AvaStore *self, const AvaActor *actor, const char *appointment_id, const char *seen, const char *notes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_set_notes_finish  (AvaStore *self, GAsyncResult *result, GError **error);

/* What the safety gate says of treating them as the book stands now: GPtrArray of AvaSafetyFinding, empty when nothing. */
void       ava_store_judge_step_async       (AvaStore *self, const char *appointment_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_judge_step_finish      (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
