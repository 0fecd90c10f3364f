/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer-package.h"
#include "ava-store.h"

G_BEGIN_DECLS

/* Sells a package of the catalogue. A visit of it is used when a treatment is done, and is there again
 * when that is taken back. */
void                ava_store_sell_package_async   (AvaStore *self, const AvaActor *actor, const char *customer_id, const char *package_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaCustomerPackage *ava_store_sell_package_finish  (AvaStore *self, GAsyncResult *result, GError **error);
/* The same as a change of the customer, which ends in ava_store_customer_change_finish(): of the catalogue by
 * package_id, or without one as @package says. */
void                ava_store_add_package_async    (AvaStore *self, const AvaActor *actor, AvaCustomerPackage *package, GAsyncReadyCallback callback, gpointer user_data);
/* What a customer has bought, latest first; GPtrArray of AvaCustomerPackage. */
void                ava_store_list_packages_async  (AvaStore *self, const char *customer_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray          *ava_store_list_packages_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Who has visits left of a package of the catalogue. */
typedef struct {
  char *package_id;
  char *customer_id;
  char *customer_name;
  guint visits;           /* left, of all that they bought of it and that has not run out */
} AvaPackageHolder;

void       ava_package_holder_free             (AvaPackageHolder *self);
/* GPtrArray of AvaPackageHolder, by package and name. */
void       ava_store_list_package_holders_async  (AvaStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_package_holders_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* Sets what was paid of the deposit, [cents]. */
void                ava_store_pay_deposit_async    (AvaStore *self, const AvaActor *actor, const char *appointment_id, gint64 cents, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment     *ava_store_pay_deposit_finish   (AvaStore *self, GAsyncResult *result, GError **error);
/* What of it was given back, [cents]; not once the treatment is done, when it is applied. */
void                ava_store_refund_deposit_async  (AvaStore *self, const AvaActor *actor, const char *appointment_id, gint64 cents, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment     *ava_store_refund_deposit_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Lets a cancellation fee go: for who has the right to it, with a reason in @actor->override_reason. */
void                ava_store_waive_fee_async      (AvaStore *self, const AvaActor *actor, const char *appointment_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment     *ava_store_waive_fee_finish     (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
