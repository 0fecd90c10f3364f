/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-flow.h"

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)
#define GRACE_US (2 * MINUTE_US)      /* nobody is late by the minute */
#define DUE_US (120 * MINUTE_US)      /* who comes within so long is due */
#define FORGOTTEN_US (240 * MINUTE_US) /* late by more than this is a no-show that nobody noted */

/**
 * ava_day_flow_place:
 * @now_us: [us] UTC
 */
AvaFlowPlace
ava_day_flow_place (AvaAppointment *appointment,
                    gint64          now_us)
{
  gint64 late_us = now_us - appointment->start_us;

  switch (appointment->status) {
  case AVA_APPOINTMENT_ARRIVED:
    return AVA_FLOW_WAITING;
  case AVA_APPOINTMENT_IN_ROOM:
    return AVA_FLOW_IN_ROOM;
  case AVA_APPOINTMENT_SCHEDULED:
  case AVA_APPOINTMENT_CONFIRMED:
    if (late_us > GRACE_US)
      return late_us < FORGOTTEN_US ? AVA_FLOW_LATE : AVA_FLOW_NONE;
    return late_us > -DUE_US ? AVA_FLOW_DUE : AVA_FLOW_NONE;
  default:
    return AVA_FLOW_NONE;
  }
}

/**
 * ava_day_flow_since:
 *
 * Returns: [us] that they wait, are in the room or are late; of who is due, minus the time until then
 */
gint64
ava_day_flow_since (AvaAppointment *appointment,
                    gint64          now_us)
{
  switch (ava_day_flow_place (appointment, now_us)) {
  case AVA_FLOW_WAITING:
    return appointment->arrived_us > 0 ? MAX (now_us - appointment->arrived_us, 0) : 0;
  case AVA_FLOW_IN_ROOM:
    return appointment->in_room_us > 0 ? MAX (now_us - appointment->in_room_us, 0) : 0;
  default:
    return now_us - appointment->start_us;
  }
}

typedef struct {
  AvaAppointment *appointment;
  AvaFlowPlace place;
  gint64 since_us;
} Guest;

/* Who waits longest stands in front. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Guest *one = a;
  const Guest *other = b;

  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  if (one->since_us != other->since_us)
    return one->since_us > other->since_us ? -1 : 1;
  return g_strcmp0 (one->appointment->id, other->appointment->id);
}

/**
 * ava_day_flow_arrange:
 * @appointments: (element-type AvaAppointment):
 * @most_due: so many of those who come next
 *
 * Returns: (transfer full) (element-type AvaAppointment): by place in the order of AvaFlowPlace, in
 *   each who waits longest, or comes soonest, in front
 */
GPtrArray *
ava_day_flow_arrange (GPtrArray *appointments,
                      gint64     now_us,
                      guint      most_due)
{
  GPtrArray *arranged = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) guests = g_array_new (FALSE, FALSE, sizeof (Guest));
  guint due = 0;

  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *one = appointments->pdata[i];
    Guest guest = { one, ava_day_flow_place (one, now_us), ava_day_flow_since (one, now_us) };

    if (guest.place != AVA_FLOW_NONE)
      g_array_append_val (guests, guest);
  }
  g_array_sort (guests, compare);
  for (guint i = 0; i < guests->len; i++) {
    const Guest *guest = &g_array_index (guests, Guest, i);

    if (guest->place == AVA_FLOW_DUE && due++ >= most_due)
      break;
    g_ptr_array_add (arranged, g_object_ref (guest->appointment));
  }
  return arranged;
}
