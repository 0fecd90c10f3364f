/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-step-check.h"

#include "ava-appointment-table.h"
#include "ava-safety-reading.h"
#include "ava-slot-check.h"
#include "ava-spa-table.h"
#include "ava-store-desk.h"

/* The safety gate when somebody has come: what was written into the record since it was booked counts too. Who stands at
 * the desk has arrived, whatever the gate says; into the room a refusal needs what a booking would need. */

/**
 * ava_step_check_judge:
 *
 * Returns: (transfer full) (nullable) (element-type AvaSafetyFinding): what speaks against the treatment as its row is now
 */
GPtrArray *
ava_step_check_judge (AvaStore        *self,
                      AvaAppointment  *appointment,
                      GError         **error)
{
  g_autoptr (AvaSpa) spa = ava_spa_table_load (self, error);
  g_autoptr (AvaSpa) here = spa != NULL ? ava_spa_see (spa, appointment->location_id) : NULL;
  g_autoptr (AvaSlot) slot = ava_appointment_get_slot (appointment, appointment->end_us);
  g_auto (AvaSafetyReading) reading = { 0 };

  if (spa == NULL || !ava_safety_reading_take (&reading, self, slot, appointment->customer_id, appointment->id, error))
    return NULL;
  return ava_safety_judge (here, &reading.wanted);
}

/**
 * ava_step_check_room:
 * @args: of the actor; what they give no reason for, the reason that was kept with the booking may cover
 *
 * Returns: %FALSE with AVA_STORE_ERROR_UNSAFE when the customer may not be treated
 */
gboolean
ava_step_check_room (AvaStore            *self,
                     AvaAppointment      *appointment,
                     const AvaStoreArgs  *args,
                     GError             **error)
{
  g_autoptr (GPtrArray) findings = ava_step_check_judge (self, appointment, error);
  AvaStoreArgs acting = ava_slot_check_cover (args, appointment);

  return findings != NULL && ava_safety_reading_passes (findings, &acting, error);
}

static gpointer
judge_step (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  g_autoptr (AvaAppointment) appointment = ava_appointment_table_get (self, args->id, error);

  return appointment != NULL ? ava_step_check_judge (self, appointment, error) : NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_judge_step_async (AvaStore            *self,
                            const char          *appointment_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (appointment_id);
  ava_store_run_async (self, AVA_STORE_READ, judge_step, args, (GDestroyNotify) g_ptr_array_unref, ava_store_judge_step_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable) (element-type AvaSafetyFinding): what speaks against treating them, empty: nothing */
GPtrArray *
ava_store_judge_step_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_judge_step_async, error);
}
