/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-package-table.h"

#include "ava-appointment-table.h"
#include "ava-customer-change.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-package-balance.h"
#include "ava-spa-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* Packages that were sold, their uses, deposits and fees: what is owed, as data. */

static gpointer
fail (GError        **error,
      AvaStoreError   code,
      const char     *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, code, words);
  return NULL;
}

static GStrv
read_list (AvaRow *row,
           int     column)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *text = ava_row_text (row, column);
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (words, json_array_get_string_element (array, i));
  return g_strv_builder_end (words);
}

static gpointer
read_package (AvaRow *row)
{
  AvaCustomerPackage *package = ava_customer_package_new ();

  package->id = ava_row_dup (row, 0);
  package->customer_id = ava_row_dup (row, 1);
  package->package_id = ava_row_dup (row, 2);
  package->name = ava_row_dup (row, 3);
  package->service_ids = read_list (row, 4);
  package->used_ids = read_list (row, 5);
  package->price_cents = ava_row_int (row, 6);
  package->sold_us = ava_row_int (row, 7);
  package->expires_us = ava_row_int (row, 8);
  return package;
}

static GPtrArray *
list_of_customer (AvaStore    *self,
                  const char  *customer_id,
                  GError     **error)
{
  return ava_row_read_all (
    ava_sqlite_query (self->worker.db, error,
                      "SELECT k.id, k.customer_id, k.package_id, k.name, k.service_ids,"
                      " (SELECT json_group_array (service_id) FROM package_uses WHERE customer_package_id = k.id),"
                      " k.price_cents, k.sold_us, k.expires_us FROM customer_packages k"
                      " WHERE k.customer_id = ? ORDER BY k.sold_us DESC, k.id", "s", customer_id),
    read_package, g_object_unref, error);
}

static gboolean
use_visit (AvaStore            *self,
           AvaStoreArgs        *args,
           AvaAppointment      *appointment,
           AvaCustomerPackage  *package,
           GError             **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  g_autofree char *id = ava_id_new (now_us);

  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO package_uses (id, customer_package_id, appointment_id, service_id, used_us)"
                         " VALUES (?, ?, ?, ?, ?)", "ssssi", id, package->id, appointment->id, appointment->service_id, now_us) &&
         ava_journal_row (self, args, "package-used", "package_uses", id, NULL, error);
}

static gboolean
give_visit_back (AvaStore      *self,
                 AvaStoreArgs  *args,
                 const char    *use_id,
                 GError       **error)
{
  g_autofree char *before = ava_journal_snapshot (self, "package_uses", use_id, error);

  return before != NULL &&
         ava_sqlite_run (self->worker.db, error, "DELETE FROM package_uses WHERE id = ?", "s", use_id) &&
         ava_journal_row (self, args, "package-given-back", "package_uses", use_id, before, error);
}

gboolean
ava_package_table_follow (AvaStore        *self,
                          AvaStoreArgs    *args,
                          AvaAppointment  *before,
                          GError         **error)
{
  gboolean done = args->status == AVA_APPOINTMENT_DONE;
  g_autofree char *use_id = NULL;
  g_autoptr (GPtrArray) packages = NULL;
  AvaCustomerPackage *package;

  g_assert (self->thread == g_thread_self ());

  if (!ava_sqlite_get_text (self->worker.db, &use_id, error, "SELECT id FROM package_uses WHERE appointment_id = ?", "s", before->id))
    return FALSE;
  if (use_id != NULL)
    return done || give_visit_back (self, args, use_id, error);
  if (!done)
    return TRUE;
  packages = list_of_customer (self, before->customer_id, error);
  if (packages == NULL)
    return FALSE;
  package = ava_package_choose (packages, before->service_id, before->start_us);
  return package == NULL || use_visit (self, args, before, package, error);
}

static AvaPackage *
find_package (AvaSpa     *spa,
              const char *id)
{
  for (guint i = 0; i < spa->packages->len; i++) {
    AvaPackage *package = spa->packages->pdata[i];

    if (g_strcmp0 (package->id, id) == 0)
      return package;
  }
  return NULL;
}

static gpointer
sell (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  g_autoptr (AvaSpa) spa = ava_spa_table_load (self, error);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *id = ava_id_new (now_us);
  AvaPackage *package;
  gint64 known = 0;

  g_assert (self->thread == g_thread_self ());

  if (spa == NULL || !ava_sqlite_get_int (db, &known, error, "SELECT count(*) FROM customers WHERE id = ? AND archived_us = 0", "s", args->id))
    return NULL;
  if (known == 0)
    return fail (error, AVA_STORE_ERROR_NOT_FOUND, _("This customer is not in the book."));
  package = find_package (spa, args->kind);
  if (package == NULL)
    return fail (error, AVA_STORE_ERROR_NOT_FOUND, _("This package is not sold here."));
  if (!ava_sqlite_run (db, error,
                       "INSERT INTO customer_packages (id, customer_id, package_id, name, service_ids, price_cents, sold_us, expires_us)"
                       " SELECT ?1, ?2, id, name, service_ids, price_cents, ?4, ?5 FROM packages WHERE id = ?3", "sssii", id, args->id,
                       args->kind, now_us, ava_package_expiry (package, now_us, spa->zone)) ||
      !ava_journal_row (self, args, "package-sold", "customer_packages", id, NULL, error))
    return NULL;
  all = list_of_customer (self, args->id, error);
  for (guint i = 0; all != NULL && i < all->len; i++) {
    if (strcmp (AVA_CUSTOMER_PACKAGE (all->pdata[i])->id, id) == 0)
      return g_object_ref (all->pdata[i]);
  }
  return NULL;
}

static gpointer
list (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return list_of_customer (self, args->id, error);
}

static gboolean
refuse (GError     **error,
        const char  *words)
{
  fail (error, AVA_STORE_ERROR_INVALID, words);
  return FALSE;
}

/* Visits that were agreed on, without a package of the catalogue. */
static gboolean
check_own (AvaStore      *self,
           AvaStoreArgs  *args,
           GError       **error)
{
  JsonArray *services = json_object_get_array_member (args->data, "service_ids");
  guint visits = json_array_get_length (services);

  if (args->name == NULL || strspn (args->name, " \t\n") == strlen (args->name) || g_utf8_strlen (args->name, -1) > 200)
    return refuse (error, _("Give the package a name of at most 200 letters."));
  if (visits == 0 || visits > 100)
    return refuse (error, _("A package holds at least one visit, and at most 100."));
  if (args->price_cents < 0 || args->price_cents > 100000000)
    return refuse (error, _("The price cannot be less than nothing, or more than a million."));
  if (args->to_us != 0 && args->to_us <= ava_clock_now_us (self->clock))
    return refuse (error, _("The package would have run out already."));
  for (guint i = 0; i < visits; i++) {
    gint64 known = 0;

    if (!ava_sqlite_get_int (self->worker.db, &known, error, "SELECT count(*) FROM services WHERE id = ?", "s",
                             json_array_get_string_element (services, i)))
      return FALSE;
    if (known == 0)
      return refuse (error, _("Choose a service from the catalogue."));
  }
  return TRUE;
}

static gpointer
add_own (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  g_autofree char *id = ava_id_new (now_us);
  g_autofree char *services = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 known = 0;

  g_assert (self->thread == g_thread_self ());

  if (args->kind != NULL) {
    g_autoptr (AvaCustomerPackage) sold = sell (self, db, args, error);

    return sold != NULL ? ava_customer_change_done (self, args->id, error) : NULL;
  }
  if (!check_own (self, args, error) ||
      !ava_sqlite_get_int (db, &known, error, "SELECT count(*) FROM customers WHERE id = ? AND archived_us = 0", "s", args->id))
    return NULL;
  if (known == 0)
    return fail (error, AVA_STORE_ERROR_NOT_FOUND, _("This customer is not in the book."));
  node = json_node_init_array (json_node_alloc (), json_object_get_array_member (args->data, "service_ids"));
  services = json_to_string (node, FALSE);
  if (!ava_sqlite_run (db, error, "INSERT INTO customer_packages (id, customer_id, name, service_ids, price_cents, sold_us, expires_us)"
                       " SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM customers WHERE id = ?2 AND archived_us = 0", "ssssiii", id, args->id,
                       args->name, services, args->price_cents, now_us, args->to_us) ||
      !ava_journal_row (self, args, "package-sold", "customer_packages", id, NULL, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

static gpointer
refund_deposit (AvaStore      *self,
                AvaSqlite     *db,
                AvaStoreArgs  *args,
                GError       **error)
{
  g_autoptr (AvaAppointment) appointment = ava_appointment_table_get (self, args->id, error);
  g_autofree char *before = NULL;

  g_assert (self->thread == g_thread_self ());

  if (appointment == NULL)
    return NULL;
  if (appointment->status == AVA_APPOINTMENT_DONE)
    return fail (error, AVA_STORE_ERROR_INVALID, _("The treatment is done, so its deposit is applied to it."));
  if (args->price_cents < 0 || args->price_cents > appointment->deposit_paid_cents)
    return fail (error, AVA_STORE_ERROR_INVALID, _("No more can be given back than was paid."));
  before = ava_journal_snapshot (self, "appointments", args->id, error);
  if (before == NULL ||
      !ava_sqlite_run (db, error, "UPDATE appointments SET deposit_refunded_cents = ?, version = version + 1 WHERE id = ?", "is",
                       args->price_cents, args->id) ||
      !ava_journal_row (self, args, "deposit-refunded", "appointments", args->id, before, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

static gpointer
pay_deposit (AvaStore      *self,
             AvaSqlite     *db,
             AvaStoreArgs  *args,
             GError       **error)
{
  g_autofree char *before = NULL;

  g_assert (self->thread == g_thread_self ());

  if (args->price_cents < 0 || args->price_cents > 100000000)
    return fail (error, AVA_STORE_ERROR_INVALID, _("A deposit cannot be less than nothing, or more than a million."));
  before = ava_journal_snapshot (self, "appointments", args->id, error);
  if (before == NULL)
    return error != NULL && *error != NULL ? NULL : fail (error, AVA_STORE_ERROR_NOT_FOUND, _("This appointment is not in the book any more."));
  if (!ava_sqlite_run (db, error, "UPDATE appointments SET deposit_paid_cents = ?, deposit_refunded_cents = 0, version = version + 1 WHERE id = ?", "is",
                       args->price_cents, args->id) ||
      !ava_journal_row (self, args, "deposit-paid", "appointments", args->id, before, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

static gboolean
may_waive (const AvaStoreArgs *args)
{
  return args->rights != 0 ? (args->rights & AVA_RIGHT_WAIVE_FEES) != 0 : args->role >= AVA_STAFF_ROLE_MANAGER;
}

/**
 * ava_package_table_word_waiver:
 *
 * Returns: (transfer full) (nullable): who lets a fee go and why; %NULL when the actor may not, or does not say why
 */
char *
ava_package_table_word_waiver (const AvaStoreArgs  *args,
                               GError             **error)
{
  if (!may_waive (args))
    return fail (error, AVA_STORE_ERROR_FORBIDDEN, _("Only who has the right to it may let a fee go: an owner or a manager has it."));
  if (args->override_reason == NULL || strspn (args->override_reason, " \t\n") == strlen (args->override_reason))
    return fail (error, AVA_STORE_ERROR_INVALID, _("Say why the fee is let go."));
  return g_strdup_printf ("%s: %s", ava_staff_role_to_string (MAX (args->role, AVA_STAFF_ROLE_MANAGER)), args->override_reason);
}

static gpointer
waive_fee (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autofree char *before = NULL;
  g_autofree char *waiver = NULL;

  g_assert (self->thread == g_thread_self ());

  waiver = ava_package_table_word_waiver (args, error);
  if (waiver == NULL)
    return NULL;
  appointment = ava_appointment_table_get (self, args->id, error);
  if (appointment == NULL)
    return NULL;
  if (appointment->fee_cents == 0)
    return fail (error, AVA_STORE_ERROR_INVALID, _("There is no fee on this appointment."));
  before = ava_journal_snapshot (self, "appointments", args->id, error);
  if (before == NULL ||
      !ava_sqlite_run (db, error, "UPDATE appointments SET fee_cents = 0, fee_waiver = ?, version = version + 1 WHERE id = ?", "ss",
                       waiver, args->id) ||
      !ava_journal_row (self, args, "fee-waived", "appointments", args->id, before, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_sell_package_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *customer_id,
                              const char          *package_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (customer_id);
  args->kind = g_strdup (package_id);
  ava_store_run_async (self, AVA_STORE_WRITE, sell, args, g_object_unref, ava_store_sell_package_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): what was sold */
AvaCustomerPackage *
ava_store_sell_package_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_sell_package_async, error);
}

void
ava_store_list_packages_async (AvaStore            *self,
                               const char          *customer_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (customer_id);
  ava_store_run_async (self, AVA_STORE_READ, list, args, (GDestroyNotify) g_ptr_array_unref, ava_store_list_packages_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomerPackage, latest first */
GPtrArray *
ava_store_list_packages_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_packages_async, error);
}

void
ava_store_pay_deposit_async (AvaStore            *self,
                             const AvaActor      *actor,
                             const char          *appointment_id,
                             gint64               cents,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->price_cents = cents;
  ava_store_run_async (self, AVA_STORE_WRITE, pay_deposit, args, g_object_unref, ava_store_pay_deposit_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the appointment as it is now */
AvaAppointment *
ava_store_pay_deposit_finish (AvaStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_pay_deposit_async, error);
}

void
ava_store_waive_fee_async (AvaStore            *self,
                           const AvaActor      *actor,
                           const char          *appointment_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  ava_store_run_async (self, AVA_STORE_WRITE, waive_fee, args, g_object_unref, ava_store_waive_fee_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment as it is now */
AvaAppointment *
ava_store_waive_fee_finish (AvaStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_waive_fee_async, error);
}

/**
 * ava_store_add_package_async:
 * @package: what was sold: @package->package_id of the catalogue, or a name with services, price and end of its own
 *
 * As ava_store_sell_package_async(), as a change of the customer: ends in ava_store_customer_change_finish().
 */
void
ava_store_add_package_async (AvaStore            *self,
                             const AvaActor      *actor,
                             AvaCustomerPackage  *package,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);
  JsonArray *services = json_array_new ();

  args->id = g_strdup (package->customer_id);
  args->kind = g_strdup (package->package_id);
  args->name = g_strdup (package->name);
  args->price_cents = package->price_cents;
  args->to_us = package->expires_us;
  for (guint i = 0; package->service_ids != NULL && package->service_ids[i] != NULL; i++)
    json_array_add_string_element (services, package->service_ids[i]);
  args->data = json_object_new ();
  json_object_set_array_member (args->data, "service_ids", services);
  ava_customer_change_run (self, add_own, args, callback, user_data);
}

void
ava_store_refund_deposit_async (AvaStore            *self,
                                const AvaActor      *actor,
                                const char          *appointment_id,
                                gint64               cents,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->price_cents = cents;
  ava_store_run_async (self, AVA_STORE_WRITE, refund_deposit, args, g_object_unref, ava_store_refund_deposit_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the appointment as it is now */
AvaAppointment *
ava_store_refund_deposit_finish (AvaStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_refund_deposit_async, error);
}
