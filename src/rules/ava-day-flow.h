/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"

G_BEGIN_DECLS

/* Where an appointment stands in the flow of the day, as a glance at the desk wants it. */
typedef enum {
  AVA_FLOW_NONE,     /* over, given up, or too far off */
  AVA_FLOW_LATE,     /* should have begun, and nobody has come */
  AVA_FLOW_WAITING,  /* came, and waits for the room */
  AVA_FLOW_IN_ROOM,
  AVA_FLOW_DUE,      /* comes next */
  AVA_FLOW_N,
} AvaFlowPlace;

AvaFlowPlace ava_day_flow_place   (AvaAppointment *appointment,
                                   gint64          now_us);
gint64       ava_day_flow_since   (AvaAppointment *appointment,
                                   gint64          now_us);
GPtrArray   *ava_day_flow_arrange (GPtrArray      *appointments,
                                   gint64          now_us,
                                   guint           most_due);

G_END_DECLS
