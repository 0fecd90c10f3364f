/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"
#include "ava-spa.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaAppointmentPopover:
 *
 * The details of one appointment, to be read.
 */
#define AVA_TYPE_APPOINTMENT_POPOVER (ava_appointment_popover_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointmentPopover, ava_appointment_popover, AVA, APPOINTMENT_POPOVER, GtkPopover)

void        ava_appointment_popover_set_appointment (AvaAppointmentPopover *self,
                                                     AvaAppointment        *appointment,
                                                     AvaSpa                *spa);
const char *ava_appointment_popover_get_name        (AvaAppointmentPopover *self);

G_END_DECLS
