/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-appointment.h"
#include "ava-tool-commit.h"

static const AvaToolSpec spec = {
  "reschedule_appointment",
  "Move an appointment to an offered time. Only after the caller said yes to the read-back."
  " When it answers ask_staff, say its message, no reason, and take a message of kind callback.",
  "{\"type\": \"object\", \"properties\": {"
  "\"appointment_id\": {\"type\": \"string\"},"
  "\"slot_id\": {\"type\": \"string\"}},"
  "\"required\": [\"appointment_id\", \"slot_id\"]}",
};

static void
move_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_store_move_finish (AVA_STORE (source), result, &error);

  if (appointment == NULL)
    ava_tool_commit_fail (task, error);
  else
    ava_tool_answer (task, ava_tool_write_booking (run->spa, appointment));
}

static void
write_move (AvaToolRun *run,
            AvaSlot    *slot,
            GTask      *task)
{
  AvaActor actor = ava_tool_run_get_actor (run, "rescheduled");

  ava_store_move_async (run->store, &actor, json_object_get_string_member (run->args, "appointment_id"), slot, NULL,
                        move_cb, task);
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

  if (appointment == NULL)
    ava_tool_answer (task, refusal);
  else if (appointment->status == AVA_APPOINTMENT_CANCELLED)
    ava_tool_answer (task, ava_tool_refuse ("not_found", "That appointment has been cancelled."));
  else
    ava_tool_commit_start (run, appointment, write_move, task);
}

static void
reschedule_appointment (AvaTool    *self,
                        AvaToolRun *run,
                        GTask      *task)
{
  ava_tool_load_appointment_async (run, load_cb, task);
}

AVA_DEFINE_TOOL (AvaRescheduleAppointmentTool, ava_reschedule_appointment_tool, spec, reschedule_appointment)
