/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-args.h"
#include "ava-tool-commit.h"

static const AvaToolSpec spec = {
  "book_appointment",
  "Book an offered time. Only after the caller said yes to the read-back of service, provider, day and time."
  " When it answers ask_staff, say its message, no reason, and take a message of kind callback.",
  "{\"type\": \"object\", \"properties\": {"
  "\"slot_id\": {\"type\": \"string\"},"
  "\"customer_name\": {\"type\": \"string\"},"
  "\"phone\": {\"type\": \"string\", \"description\": \"E.164\"},"
  "\"email\": {\"type\": \"string\"},"
  "\"customer_id\": {\"type\": \"string\"},"
  "\"notes\": {\"type\": \"string\"}},"
  "\"required\": [\"slot_id\", \"customer_name\", \"phone\"]}",
};

static void write_booking (AvaToolRun *run,
                           AvaSlot    *slot,
                           GTask      *task);

/* The same key gives the first booking again; if that was cancelled since, this is another wish. */
static gboolean
is_outlived (AvaToolRun     *run,
             AvaAppointment *appointment)
{
  return appointment->status == AVA_APPOINTMENT_CANCELLED && run->key != NULL;
}

static void
book_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_store_book_finish (AVA_STORE (source), result, &error);

  if (appointment == NULL) {
    ava_tool_commit_fail (task, error);
  } else if (is_outlived (run, appointment)) {
    g_autofree char *key = g_steal_pointer (&run->key);

    run->key = g_strdup_printf ("%s %s again", key, appointment->id);
    write_booking (run, AVA_TOOL_COMMIT (run->scratch)->slot, task);
  } else {
    ava_tool_answer (task, ava_tool_write_booking (run->spa, appointment));
  }
}

static void
write_booking (AvaToolRun *run,
               AvaSlot    *slot,
               GTask      *task)
{
  AvaActor actor = ava_tool_run_get_actor (run, "booking");
  g_autofree char *name = g_strstrip (g_strdup (ava_tool_run_get_text (run, "customer_name")));
  AvaBooking booking = {
    .slot = slot,
    .customer_id = ava_tool_run_get_text (run, "customer_id"),
    .customer_name = name,
    .phone = ava_tool_run_get_text (run, "phone"),
    .email = ava_tool_run_get_text (run, "email"),
    .notes = ava_tool_run_get_text (run, "notes"),
    .price_cents = ava_spa_find_service (run->spa, slot->service_id)->price_cents,
  };

  ava_store_book_async (run->store, &actor, &booking, NULL, book_cb, task);
}

static void
book_appointment (AvaTool    *self,
                  AvaToolRun *run,
                  GTask      *task)
{
  const char *email = ava_tool_run_get_text (run, "email");

  if (!ava_tool_args_is_name (ava_tool_run_get_text (run, "customer_name")))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "I need a name for the appointment."));
  else if (!ava_tool_args_is_e164 (ava_tool_run_get_text (run, "phone")))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "I need a phone number with its area code."));
  else if (email != NULL && !ava_tool_args_is_email (email))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "That does not look like an email address."));
  else
    ava_tool_commit_start (run, NULL, write_booking, task);
}

AVA_DEFINE_TOOL (AvaBookAppointmentTool, ava_book_appointment_tool, spec, book_appointment)
