/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-appointment.h"

static const AvaToolSpec spec = {
  "cancel_appointment",
  "Cancel an appointment. Only after the caller said yes to the read-back. Where cancelling costs a fee, say the fee first and ask"
  " whether to cancel all the same; after a yes give accepted_fee_cents. Without it the tool refuses with code fee and says what it costs.",
  "{\"type\": \"object\", \"properties\": {"
  "\"appointment_id\": {\"type\": \"string\"},"
  "\"reason\": {\"type\": \"string\"},"
  "\"accepted_fee_cents\": {\"type\": \"integer\", \"description\": \"the fee that the caller said yes to\"}},"
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

/* Returns: (nullable): a refusal, when a caller has not said yes to what it costs now */
static JsonObject *
ask_for_fee (AvaToolRun     *run,
             AvaAppointment *appointment)
{
  gint64 fee_cents = ava_tool_find_cancel_fee (run, appointment);
  gint64 accepted = json_object_get_int_member_with_default (run->args, "accepted_fee_cents", 0);
  g_autofree char *fee = NULL;
  JsonObject *refusal;

  /* The staff see it before they choose. */
  if (fee_cents <= accepted || g_str_has_prefix (run->who, "staff:"))
    return NULL;
  fee = ava_tool_speak_price (fee_cents, run->spa->currency);
  refusal = ava_tool_refuse ("fee", "Cancelling this late costs %s.", fee);
  json_object_set_int_member (refusal, "cancel_fee_cents", fee_cents);
  json_object_set_string_member (refusal, "spoken_cancel_fee", fee);
  return refusal;
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
  AvaActor actor = ava_tool_run_get_actor (run, NULL);

  /* Why a fee is let go stands beside why it was cancelled. */
  actor.why = ava_tool_run_get_text (run, "reason");
  if (appointment == NULL)
    ava_tool_answer (task, refusal);
  else if (appointment->status == AVA_APPOINTMENT_CANCELLED)
    /* What was asked for is so already. */
    ava_tool_answer (task, ava_tool_write_appointment (run->spa, appointment));
  else if ((refusal = ask_for_fee (run, appointment)) != NULL)
    ava_tool_answer (task, refusal);
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
