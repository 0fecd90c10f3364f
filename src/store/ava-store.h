/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "ava-actor.h"
#include "ava-appointment.h"
#include "ava-call.h"
#include "ava-clock.h"
#include "ava-consent.h"
#include "ava-customer.h"
#include "ava-customer-event.h"
#include "ava-customer-figures.h"
#include "ava-duplicate.h"
#include "ava-slot.h"
#include "ava-spa.h"
#include "ava-transcript-item.h"

G_BEGIN_DECLS

typedef enum {
  AVA_STORE_ERROR_FAILED,
  AVA_STORE_ERROR_LOCKED,       /* another program holds the database */
  AVA_STORE_ERROR_DAMAGED,      /* not a database, or its integrity check fails */
  AVA_STORE_ERROR_NEWER,        /* made by a newer version: refused, untouched */
  AVA_STORE_ERROR_READ_ONLY,
  AVA_STORE_ERROR_FULL,         /* disk full */
  AVA_STORE_ERROR_NOT_FOUND,
  AVA_STORE_ERROR_TAKEN,        /* provider or room is busy then */
  AVA_STORE_ERROR_CONFLICT,     /* changed meanwhile: row version differs */
  AVA_STORE_ERROR_INVALID,      /* refused by validation; the message says which field */
  AVA_STORE_ERROR_WARNING,      /* would go with AvaActor.goes_on; the message says what is odd */
  AVA_STORE_ERROR_UNSAFE,       /* a safety rule refuses; the message says which, and who may override it */
  AVA_STORE_ERROR_BARRED,       /* the customer is not to be booked; the message says why, for the staff alone */
  AVA_STORE_ERROR_FORBIDDEN,    /* who asks has no right to it */
} AvaStoreError;

#define AVA_STORE_ERROR (ava_store_error_quark ())
GQuark ava_store_error_quark (void);

/**
 * AvaStore:
 *
 * The local database. Owns one SQLite connection and its worker thread; every query runs there.
 * Asynchronous functions answer on the thread default main context of the caller; a write is
 * confirmed only once it is committed. Emits "changed" (const char *const *tables), coalesced,
 * on the main context that was the thread default when it was opened.
 */
#define AVA_TYPE_STORE (ava_store_get_type ())
G_DECLARE_FINAL_TYPE (AvaStore, ava_store, AVA, STORE, GObject)

AvaStore *ava_store_open  (const char  *data_dir,
                           AvaClock    *clock,
                           GError     **error);
void      ava_store_close (AvaStore    *self);

/* The spa as it is set up now; reloaded after "changed" of a settings table. */
void      ava_store_load_spa_async            (AvaStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaSpa   *ava_store_load_spa_finish           (AvaStore *self, GAsyncResult *result, GError **error);

/* @text: any fragments of name, phone or email; NULL for all. GPtrArray of AvaCustomer. */
void       ava_store_find_customers_async     (AvaStore *self, const char *text, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_find_customers_finish    (AvaStore *self, GAsyncResult *result, GError **error);
/* Exactly that phone: several may share one. */
void       ava_store_customers_by_phone_async (AvaStore *self, const char *e164, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_customers_by_phone_finish(AvaStore *self, GAsyncResult *result, GError **error);
void         ava_store_get_customer_async     (AvaStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaCustomer *ava_store_get_customer_finish    (AvaStore *self, GAsyncResult *result, GError **error);

/* Appointments that touch [from_us, to_us), cancelled ones too when asked; GPtrArray of AvaAppointment by start. */
void       ava_store_list_appointments_async  (AvaStore *self, gint64 from_us, gint64 to_us, gboolean cancelled, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_appointments_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* A customer's appointments, latest first. */
void       ava_store_customer_appointments_async  (AvaStore *self, const char *customer_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_customer_appointments_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Appointments and live holds as GPtrArray of AvaBusy; holds of @except_call_id are left out. */
void       ava_store_busy_async               (AvaStore *self, gint64 from_us, gint64 to_us, const char *except_call_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_busy_finish              (AvaStore *self, GAsyncResult *result, GError **error);

/* Holds a slot for a call; an earlier hold of that call is released. Answers the hold's id. */
void   ava_store_hold_async                   (AvaStore *self, const AvaActor *actor, const AvaSlot *slot, gint64 expires_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char  *ava_store_hold_finish                  (AvaStore *self, GAsyncResult *result, GError **error);
void   ava_store_release_holds_async          (AvaStore *self, const AvaActor *actor, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_release_holds_finish       (AvaStore *self, GAsyncResult *result, GError **error);

/* One transaction: idempotency key, overlap on provider and room with other calls' holds included, customer,
 * appointment, journal, outbox, own hold released. AVA_STORE_ERROR_TAKEN when the time is gone. */
void            ava_store_book_async              (AvaStore *self, const AvaActor *actor, const AvaBooking *booking, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_book_finish             (AvaStore *self, GAsyncResult *result, GError **error);
void            ava_store_move_async              (AvaStore *self, const AvaActor *actor, const char *appointment_id, const AvaSlot *slot, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_move_finish             (AvaStore *self, GAsyncResult *result, GError **error);
void            ava_store_set_status_async        (AvaStore *self, const AvaActor *actor, const char *appointment_id, AvaAppointmentStatus status, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_store_set_status_finish       (AvaStore *self, GAsyncResult *result, GError **error);

/* Fills an empty profile with the demo spa, deterministic in seed. Blocks: for start-up and tools. */
gboolean ava_store_fill_demo (AvaStore *self, const char *spa_json, guint seed, guint customers, guint days, guint appointments, GError **error);
gboolean ava_store_is_empty  (AvaStore *self);

/* Lists for the window: a GListModel with a window of rows, made on demand, kept up to date with "changed". */
GListModel *ava_store_customers_model     (AvaStore *self);   /* AvaCustomer; properties "search" (string), "filter" (string, see ava-customer-filter.h), "pending" (boolean) */
GListModel *ava_store_appointments_model  (AvaStore *self);   /* AvaAppointment by start; ava_store_appointments_set_range */
void        ava_store_appointments_set_range (GListModel *model, gint64 from_us, gint64 to_us);

G_END_DECLS

#include "ava-store-backup.h"
#include "ava-store-calls.h"
#include "ava-store-desk.h"
#include "ava-store-settings.h"
#include "ava-store-changes.h"
#include "ava-store-customers.h"
#include "ava-store-import.h"
#include "ava-store-packages.h"
#include "ava-store-waitlist.h"
