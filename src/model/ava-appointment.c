/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment.h"

G_DEFINE_FINAL_TYPE (AvaAppointment, ava_appointment, G_TYPE_OBJECT)

static void
ava_appointment_finalize (GObject *object)
{
  AvaAppointment *self = AVA_APPOINTMENT (object);

  g_free (self->id);
  g_free (self->customer_id);
  g_free (self->service_id);
  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->location_id);
  g_free (self->call_id);
  g_free (self->customer_name);
  g_free (self->customer_phone);
  g_free (self->service_name);
  g_free (self->provider_name);
  g_free (self->room_name);
  g_free (self->device_id);
  g_free (self->device_name);
  g_free (self->provider_colour);
  g_free (self->override_role);
  g_free (self->override_reason);
  g_free (self->flags);
  g_free (self->clinical);
  g_free (self->source);
  g_free (self->notes);
  g_free (self->cancel_reason);
  g_free (self->fee_waiver);
  g_free (self->package_name);

  G_OBJECT_CLASS (ava_appointment_parent_class)->finalize (object);
}

static void
ava_appointment_class_init (AvaAppointmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_appointment_finalize;
}

static void
ava_appointment_init (AvaAppointment *self)
{
}

/**
 * ava_appointment_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaAppointment *
ava_appointment_new (void)
{
  return g_object_new (AVA_TYPE_APPOINTMENT, NULL);
}

static const char *const status_names[] = {
  "scheduled", "confirmed", "arrived", "in-room", "done", "no-show", "cancelled",
};

/**
 * ava_appointment_get_slot:
 * @end_us: [us] UTC: its own, or another: set-up, processing and clean-up keep their length
 *
 * Returns: (transfer full): the time and place that it takes
 */
AvaSlot *
ava_appointment_get_slot (AvaAppointment *self,
                          gint64          end_us)
{
  AvaSlot *slot = ava_slot_new ();
  gint64 longer_us = end_us - self->end_us;

  slot->service_id = g_strdup (self->service_id);
  slot->provider_id = g_strdup (self->provider_id);
  slot->room_id = g_strdup (self->room_id);
  slot->device_id = g_strdup (self->device_id);
  slot->start_us = self->start_us;
  slot->busy_start_us = self->busy_start_us;
  slot->end_us = end_us;
  slot->busy_end_us = self->busy_end_us + longer_us;
  slot->active_end_us = self->active_end_us != 0 ? self->active_end_us + longer_us : 0;
  return slot;
}

/**
 * ava_appointment_status_to_string:
 *
 * Returns: the stored name of @status
 */
const char *
ava_appointment_status_to_string (AvaAppointmentStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (status_names), "scheduled");

  return status_names[status];
}

/**
 * ava_appointment_status_from_string:
 * @status: (out): set when the name is known
 *
 * Returns: whether @text names a status
 */
gboolean
ava_appointment_status_from_string (const char           *text,
                                    AvaAppointmentStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++) {
    if (g_strcmp0 (text, status_names[i]) == 0) {
      *status = i;
      return TRUE;
    }
  }
  return FALSE;
}
