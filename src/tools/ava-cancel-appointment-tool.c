/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-appointment.h"

static const AvaToolSpec spec = {
  "cancel_appointment",
  "Cancel an appointment. Only after the caller said yes to the read-back.",
  "{\"type\": \"object\", \"properties\": {"
  "\"appointment_id\": {\"type\": \"string\"},"
  "\"reason\": {\"type\": \"string\"}},"
  "\"required\": [\"appointment_id\"]}",
};

static void
cancel_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_store_set_status_finish (AVA_STORE (source), result, &error);

  JsonObject *answer;

  if (appointment == NULL) {
    ava_tool_answer (task, ava_tool_refuse_store (error));
    return;
  }
  answer = ava_tool_write_appointment (run->spa, appointment);
  if (appointment->fee_cents > 0) {
    g_autofree char *fee = ava_tool_speak_price (appointment->fee_cents, run->spa->currency);

    json_object_set_int_member (answer, "fee_cents", appointment->fee_cents);
    json_object_set_string_member (answer, "spoken_fee", fee);
  }
  ava_tool_answer (task, answer);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = AVA_TOOL_RUN (source);
  JsonObject *refusal = NULL;
  g_autoptr (AvaAppointment) appointment = ava_tool_load_appointment_finish (run, result, &refusal);
  AvaActor actor = ava_tool_run_get_actor (run, ava_tool_run_get_text (run, "reason"));

  if (appointment == NULL)
    ava_tool_answer (task, refusal);
  else if (appointment->status == AVA_APPOINTMENT_CANCELLED)
    /* What was asked for is so already. */
    ava_tool_answer (task, ava_tool_write_appointment (run->spa, appointment));
  else
    ava_store_set_status_async (run->store, &actor, appointment->id, AVA_APPOINTMENT_CANCELLED, NULL, cancel_cb, task);
}

static void
cancel_appointment (AvaTool    *self,
                    AvaToolRun *run,
                    GTask      *task)
{
  ava_tool_load_appointment_async (run, load_cb, task);
}

AVA_DEFINE_TOOL (AvaCancelAppointmentTool, ava_cancel_appointment_tool, spec, cancel_appointment)
