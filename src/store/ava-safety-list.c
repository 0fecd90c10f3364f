/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-safety-reading.h"
#include "ava-store-settings.h"

/* Bookings to come that other safety rules would refuse. The gate judges each as it would when it is booked
 * now; what it would refuse by the rules of today too is left out: it was let through, and is known. */

void
ava_refused_booking_free (AvaRefusedBooking *self)
{
  g_object_unref (self->appointment);
  g_free (self->why);
  g_free (self);
}

static gboolean
is_same (const AvaSafetyFinding *a,
         const AvaSafetyFinding *b)
{
  if (a->rule == NULL || b->rule == NULL)
    return a->rule == b->rule && g_strcmp0 (a->words, b->words) == 0;
  return g_strcmp0 (a->rule->id, b->rule->id) == 0;
}

/* Returns: (nullable): the first refusal of @then that @now does not have */
static const AvaSafetyFinding *
find_new (GPtrArray *now,
          GPtrArray *then)
{
  for (guint i = 0; i < then->len; i++) {
    const AvaSafetyFinding *finding = then->pdata[i];
    gboolean known = finding->action != AVA_SAFETY_REFUSE;

    for (guint j = 0; j < now->len && !known; j++) {
      const AvaSafetyFinding *old = now->pdata[j];

      known = old->action == AVA_SAFETY_REFUSE && is_same (old, finding);
    }
    if (!known)
      return finding;
  }
  return NULL;
}

static AvaRefusedBooking *
refuse (AvaAppointment         *appointment,
        const AvaSafetyFinding *finding)
{
  AvaRefusedBooking *refused = g_new0 (AvaRefusedBooking, 1);
  const char *name = finding->rule != NULL ? finding->rule->name : NULL;

  refused->appointment = g_object_ref (appointment);
  refused->why = name != NULL && g_strcmp0 (name, finding->words) != 0 ? g_strdup_printf ("%s: %s", name, finding->words)
                                                                       : g_strdup (finding->words);
  return refused;
}

static gboolean
judge_one (AvaStore        *self,
           AvaSpa          *now_spa,
           AvaSpa          *then_spa,
           AvaAppointment  *appointment,
           GPtrArray       *refused,
           GError         **error)
{
  g_autoptr (AvaSlot) slot = ava_appointment_get_slot (appointment, appointment->end_us);
  g_auto (AvaSafetyReading) reading = { 0 };
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) then = NULL;
  const AvaSafetyFinding *finding;

  if (!ava_safety_reading_take (&reading, self, slot, appointment->customer_id, appointment->id, error))
    return FALSE;
  then = ava_safety_judge (then_spa, &reading.wanted);
  if (then->len == 0)
    return TRUE;
  now = ava_safety_judge (now_spa, &reading.wanted);
  finding = find_new (now, then);
  if (finding != NULL)
    g_ptr_array_add (refused, refuse (appointment, finding));
  return TRUE;
}

static gpointer
list_refused (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_refused_booking_free);
  g_autoptr (GPtrArray) appointments = ava_appointment_table_page (self, db, args, error);
  g_autoptr (AvaSpa) now = g_list_model_get_item (G_LIST_MODEL (args->object), 0);
  g_autoptr (AvaSpa) then = g_list_model_get_item (G_LIST_MODEL (args->object), 1);

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; appointments != NULL && i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];

    if (appointment->status < AVA_APPOINTMENT_IN_ROOM && appointment->start_us >= args->from_us &&
        !judge_one (self, now, then, appointment, refused, error))
      return NULL;
  }
  return appointments != NULL ? g_steal_pointer (&refused) : NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_list_refused_async:
 * @now: with the rules of today
 * @then: with those that are thought of
 *
 * Bookings of that time that @then would refuse and @now would not, as ones made now. Nothing is written.
 */
void
ava_store_list_refused_async (AvaStore            *self,
                              AvaSpa              *now,
                              AvaSpa              *then,
                              gint64               from_us,
                              gint64               to_us,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);
  GListStore *spas = g_list_store_new (AVA_TYPE_SPA);

  g_list_store_append (spas, now);
  g_list_store_append (spas, then);
  args->object = G_OBJECT (spas);
  args->limit = G_MAXUINT;
  args->from_us = from_us;
  args->to_us = to_us;
  ava_store_run_async (self, AVA_STORE_READ, list_refused, args, (GDestroyNotify) g_ptr_array_unref, ava_store_list_refused_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaRefusedBooking, by start */
GPtrArray *
ava_store_list_refused_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_refused_async, error);
}
