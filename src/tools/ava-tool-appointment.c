/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-appointment.h"

#include "ava-cancel-policy.h"

/* Finds the appointment that a caller wants to move or cancel, among those from yesterday on. */

#define AHEAD_DAYS 400

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaToolRun *run = g_task_get_source_object (task);
  const char *id = json_object_get_string_member (run->args, "appointment_id");
  GError *error = NULL;
  g_autoptr (GPtrArray) list = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < list->len; i++) {
    AvaAppointment *appointment = list->pdata[i];

    if (g_strcmp0 (appointment->id, id) == 0) {
      g_task_return_pointer (task, g_object_ref (appointment), g_object_unref);
      return;
    }
  }
  g_task_return_new_error (task, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, "I cannot find that appointment.");
}

/**
 * ava_tool_load_appointment_async:
 *
 * Looks for "appointment_id" of the arguments.
 */
void
ava_tool_load_appointment_async (AvaToolRun          *run,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (run, NULL, callback, user_data);
  gint64 now_us = ava_tool_run_now_us (run);

  g_task_set_source_tag (task, ava_tool_load_appointment_async);
  ava_store_list_appointments_async (run->store, now_us - AVA_USEC_PER_DAY, now_us + AHEAD_DAYS * AVA_USEC_PER_DAY, TRUE,
                                     NULL, list_cb, task);
}

/**
 * ava_tool_load_appointment_finish:
 * @refusal: (out) (transfer full): set when it is not there or over
 *
 * Returns: (transfer full) (nullable): the appointment, which may be cancelled
 */
AvaAppointment *
ava_tool_load_appointment_finish (AvaToolRun    *run,
                                  GAsyncResult  *result,
                                  JsonObject   **refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = g_task_propagate_pointer (G_TASK (result), &error);

  if (appointment == NULL) {
    *refusal = ava_tool_refuse_store (error);
    return NULL;
  }
  if (appointment->start_us < ava_tool_run_now_us (run) || appointment->status == AVA_APPOINTMENT_DONE ||
      appointment->status == AVA_APPOINTMENT_NO_SHOW || appointment->status == AVA_APPOINTMENT_IN_ROOM) {
    *refusal = ava_tool_refuse ("past", "That appointment has already begun.");
    return NULL;
  }
  return g_steal_pointer (&appointment);
}

/**
 * ava_tool_find_cancel_fee:
 *
 * Returns: [cents] that cancelling @appointment costs now, by the policy of its service and the clock of its location
 */
gint64
ava_tool_find_cancel_fee (AvaToolRun     *run,
                          AvaAppointment *appointment)
{
  AvaService *service = ava_spa_find_service (run->spa, appointment->service_id);
  g_autoptr (AvaSpa) here = ava_spa_at (run->spa, appointment->location_id);

  if (service == NULL)
    return 0;
  return ava_cancel_policy_fee (service, appointment->start_us, ava_tool_run_now_us (run), here != NULL ? here->zone : run->spa->zone,
                                AVA_CANCEL_BY_CUSTOMER);
}
