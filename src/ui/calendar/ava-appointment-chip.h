/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaAppointmentChip:
 *
 * One appointment of the day view: a button, so that keyboard and screen readers have it too. It is
 * coloured as its provider.
 */
#define AVA_TYPE_APPOINTMENT_CHIP (ava_appointment_chip_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointmentChip, ava_appointment_chip, AVA, APPOINTMENT_CHIP, GtkButton)

AvaAppointmentChip *ava_appointment_chip_new             (void);
void                ava_appointment_chip_set_appointment (AvaAppointmentChip *self,
                                                          AvaAppointment     *appointment,
                                                          GTimeZone          *zone,
                                                          const char         *colour);
AvaAppointment     *ava_appointment_chip_get_appointment (AvaAppointmentChip *self);
const char         *ava_appointment_chip_get_label       (AvaAppointmentChip *self);
void                ava_appointment_chip_highlight       (AvaAppointmentChip *self);

G_END_DECLS
