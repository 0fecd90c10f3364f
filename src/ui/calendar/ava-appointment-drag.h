/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"
#include "ava-day-view.h"

G_BEGIN_DECLS

/**
 * AvaAppointmentDrag:
 *
 * Moves an appointment of a day view with the pointer, or its end. A ghost shows where it would go, and in
 * words what speaks against it. It begins as an AvaDragGesture does.
 *
 * Signals:
 *   "edge" (int by): the pointer waits at the left (-1) or right (1) edge: another day is wanted
 *   "ended" (const char *words): nullable: why nothing was moved
 *   "asked" (AvaAppointment*, const AvaBookWish *to): it was let go where something may be gone over
 */
#define AVA_TYPE_APPOINTMENT_DRAG (ava_appointment_drag_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointmentDrag, ava_appointment_drag, AVA, APPOINTMENT_DRAG, GObject)

AvaAppointmentDrag *ava_appointment_drag_new         (AvaDayView         *view,
                                                      AvaBook            *book);
/* While the past is looked at nothing can be moved. */
void                ava_appointment_drag_set_enabled (AvaAppointmentDrag *self,
                                                      gboolean            enabled);
/* What the gesture does, for whoever has no pointer. @at_us: the start, or the end when it is resized. */
gboolean            ava_appointment_drag_begin       (AvaAppointmentDrag *self,
                                                      AvaAppointment     *appointment,
                                                      gboolean            resize);
void                ava_appointment_drag_to          (AvaAppointmentDrag *self,
                                                      guint               column,
                                                      gint64              at_us);
void                ava_appointment_drag_drop        (AvaAppointmentDrag *self);
void                ava_appointment_drag_cancel      (AvaAppointmentDrag *self);
gboolean            ava_appointment_drag_is_active   (AvaAppointmentDrag *self);
gboolean            ava_appointment_drag_is_checked  (AvaAppointmentDrag *self);   /* kind and words are of this place */
AvaVerdictKind      ava_appointment_drag_get_kind    (AvaAppointmentDrag *self);
/* Of the drag that is, or was last. */
void                ava_appointment_drag_get_place   (AvaAppointmentDrag *self,
                                                      guint              *column,
                                                      gint64             *start_us);
const char         *ava_appointment_drag_get_words   (AvaAppointmentDrag *self);   /* what speaks against it, nullable */

G_END_DECLS
