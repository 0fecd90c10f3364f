/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* The whole configuration: one member for each settings table, an array of rows with "id" and, where
 * the table has one, "version". Lists are arrays, a provider has "service_ids". Archived rows too. */
void        ava_store_load_settings_async  (AvaStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
JsonObject *ava_store_load_settings_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* Writes all of @changes in one transaction, or none. A change is an object with
 *   "table" and "id";
 *   "values": the columns to set, or null to remove a row of hours or hours_exceptions;
 *   "before": the row as the editor read it, null for a new row. AVA_STORE_ERROR_CONFLICT when the
 *     row is another one now.
 * AVA_STORE_ERROR_INVALID says which row and field is wrong. */
void     ava_store_save_settings_async     (AvaStore *self, const AvaActor *actor, JsonArray *changes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_save_settings_finish    (AvaStore *self, GAsyncResult *result, GError **error);

/* The spa as those changes would make it, with all the checks of saving; nothing is written. */
void     ava_store_rehearse_settings_async (AvaStore *self, JsonArray *changes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaSpa  *ava_store_rehearse_settings_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* A booking to come that other rules would refuse, and which of them says so. */
typedef struct {
  AvaAppointment *appointment;
  char *why;              /* in words */
} AvaRefusedBooking;

void       ava_refused_booking_free        (AvaRefusedBooking *self);
/* Those that @then would refuse and @now would not; GPtrArray of AvaRefusedBooking, by start. Nothing is written. */
void       ava_store_list_refused_async    (AvaStore *self, AvaSpa *now, AvaSpa *then, gint64 from_us, gint64 to_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_refused_finish   (AvaStore *self, GAsyncResult *result, GError **error);

/* A booking that was made against a safety rule or on top of another. */
typedef struct {
  gint64 at_us;           /* [us] UTC, when it was made */
  char *who;              /* "staff:<id>" */
  char *role;             /* as stored */
  char *reason;
  char *appointment_id;
  gint64 start_us;        /* [us] UTC */
  char *customer_name;
  char *service_name;
} AvaOverride;

void       ava_override_free               (AvaOverride *self);
/* GPtrArray of AvaOverride, latest first. */
void       ava_store_list_overrides_async  (AvaStore *self, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_overrides_finish (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
