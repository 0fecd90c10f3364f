/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety-reading.h"

/* @except_id: (nullable): one that does not count
 * @texts: keeps what the treatments borrow */
static GArray *
list_treatments (AvaStore      *self,
                 const char    *customer_id,
                 const char    *except_id,
                 GPtrArray     *texts,
                 GError       **error)
{
  g_autoptr (GArray) treatments = g_array_new (FALSE, TRUE, sizeof (AvaTreatment));
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT service_id, start_us, status = 'done' FROM appointments WHERE customer_id = ?"
                                  " AND id <> ? AND status NOT IN ('cancelled', 'no-show')", "ss", customer_id,
                                  except_id != NULL ? except_id : "");

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error)) {
    AvaTreatment treatment = { ava_row_dup (row, 0), ava_row_int (row, 1), ava_row_int (row, 2) != 0 };

    g_ptr_array_add (texts, (gpointer) treatment.service_id);
    g_array_append_val (treatments, treatment);
  }
  if (local_error == NULL)
    return g_steal_pointer (&treatments);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gpointer
read_record (AvaRow *row)
{
  AvaCustomer *customer = ava_customer_new ();

  customer->id = ava_row_dup (row, 0);
  customer->allergies = ava_row_dup (row, 1);
  customer->medicines = ava_row_dup (row, 2);
  customer->contraindications = ava_row_dup (row, 3);
  customer->pregnant = ava_row_int (row, 4) != 0;
  return customer;
}

/* @customer: (out) (transfer full) (nullable): what the gate reads of them */
static gboolean
get_record (AvaStore     *self,
            const char   *customer_id,
            AvaCustomer **customer,
            GError      **error)
{
  g_autoptr (GPtrArray) records = ava_row_read_all (ava_sqlite_query (self->worker.db, error, "SELECT id, allergies, medicines,"
                                                                      " contraindications, pregnant FROM customers WHERE id = ?",
                                                                      "s", customer_id), read_record, g_object_unref, error);

  if (records == NULL)
    return FALSE;
  *customer = records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;
  return TRUE;
}

/**
 * ava_safety_reading_take:
 * @self: cleared
 * @slot: outlives it
 * @except_id: (nullable): the appointment itself, when it is in the book
 *
 * Returns: %FALSE when the book cannot be read
 */
gboolean
ava_safety_reading_take (AvaSafetyReading  *self,
                         AvaStore          *store,
                         const AvaSlot     *slot,
                         const char        *customer_id,
                         const char        *except_id,
                         GError           **error)
{
  g_assert (store->thread == g_thread_self ());

  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->treatments = list_treatments (store, customer_id, except_id, self->texts, error);
  if (self->treatments == NULL || !get_record (store, customer_id, &self->customer, error))
    return FALSE;
  self->wanted = (AvaSafetyCase) {
    .service_id = slot->service_id, .provider_id = slot->provider_id, .start_us = slot->start_us, .customer = self->customer,
    .treatments = (const AvaTreatment *) (gpointer) self->treatments->data, .n_treatments = self->treatments->len,
  };
  return TRUE;
}

void
ava_safety_reading_clear (AvaSafetyReading *self)
{
  g_clear_object (&self->customer);
  g_clear_pointer (&self->treatments, g_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

/**
 * ava_safety_reading_passes:
 * @findings: of ava_safety_judge()
 * @args: of the actor, who may be one that overrides
 *
 * Returns: %FALSE with AVA_STORE_ERROR_UNSAFE, in words, when they refuse
 */
gboolean
ava_safety_reading_passes (GPtrArray           *findings,
                           const AvaStoreArgs  *args,
                           GError             **error)
{
  g_autofree char *words = NULL;

  if (!ava_safety_refuses (findings, args->role, args->override_reason))
    return TRUE;
  words = ava_safety_speak (findings);
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE, words);
  return FALSE;
}
