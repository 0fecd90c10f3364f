/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much of an appointment is told, and what the column says already. */
typedef enum {
  AVA_CHIP_OF_PROVIDER,   /* in a provider's column */
  AVA_CHIP_OF_ROOM,       /* in a room's column: the provider is named */
  AVA_CHIP_LINE,          /* one line of a list */
} AvaChipKind;

/**
 * AvaAppointmentChip:
 *
 * One appointment in the calendar: a button that can be reached by keyboard and is read as a whole
 * sentence. Draws its text itself; what must be known of the customer's health are labels of their own.
 */
#define AVA_TYPE_APPOINTMENT_CHIP (ava_appointment_chip_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointmentChip, ava_appointment_chip, AVA, APPOINTMENT_CHIP, GtkButton)

AvaAppointmentChip *ava_appointment_chip_new             (AvaChipKind         kind);
void                ava_appointment_chip_set_kind        (AvaAppointmentChip *self,
                                                          AvaChipKind         kind);
void                ava_appointment_chip_set_appointment (AvaAppointmentChip *self,
                                                          AvaAppointment     *appointment,
                                                          GTimeZone          *zone,
                                                          const char         *colour);
AvaAppointment     *ava_appointment_chip_get_appointment (AvaAppointmentChip *self);
const char         *ava_appointment_chip_get_label       (AvaAppointmentChip *self);
gboolean            ava_appointment_chip_is_cut          (AvaAppointmentChip *self);
void                ava_appointment_chip_highlight       (AvaAppointmentChip *self);

/* The colour that goes with the words of a state. */
void                ava_appointment_chip_get_status_color (GtkWidget           *widget,
                                                           AvaAppointmentStatus status,
                                                           GdkRGBA             *colour);

G_END_DECLS
