/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaAppointmentPanel:
 *
 * All about one appointment, and what can be done with it: the day's steps, move, cancel, next visit,
 * notes, history. Follows the book; asks nothing that can be taken back.
 *
 * Signals:
 *   "closed": it is to be hidden
 *   "shown-elsewhere" (AvaAppointment*): the appointment was moved, or another was booked
 */
#define AVA_TYPE_APPOINTMENT_PANEL (ava_appointment_panel_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointmentPanel, ava_appointment_panel, AVA, APPOINTMENT_PANEL, AdwBin)

AvaAppointmentPanel *ava_appointment_panel_new             (AvaBook             *book);
void                 ava_appointment_panel_set_appointment (AvaAppointmentPanel *self,
                                                            AvaAppointment      *appointment);
AvaAppointment      *ava_appointment_panel_get_appointment (AvaAppointmentPanel *self);   /* nullable */
/* @command: "next-status", "no-show", "move", "cancel", "rebook", "copy". FALSE when it does not fit now. */
gboolean             ava_appointment_panel_run             (AvaAppointmentPanel *self,
                                                            const char          *command);
/* Asks whether it goes to that place, or ends then, in spite of what speaks against it. */
void                 ava_appointment_panel_move_to         (AvaAppointmentPanel *self,
                                                            const AvaBookWish   *to);
const char          *ava_appointment_panel_get_trouble     (AvaAppointmentPanel *self);   /* "" for none */
const char          *ava_appointment_panel_get_verdict     (AvaAppointmentPanel *self);   /* of the safety gate on who has come, "" when none */
gboolean             ava_appointment_panel_is_asking       (AvaAppointmentPanel *self);   /* move, cancel or rebook is open */

G_END_DECLS
