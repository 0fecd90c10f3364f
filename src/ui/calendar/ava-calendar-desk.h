/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment-panel.h"
#include "ava-booking-entry.h"
#include "ava-calendar-page.h"
#include "ava-flow-strip.h"
#include "ava-freed-strip.h"

G_BEGIN_DECLS

/**
 * AvaCalendarDesk:
 *
 * The calendar as one works with it: the page, the entry that is typed onto a free time, the panel of the
 * appointment that is selected, the flow of the day. Joins them by their signals; draws nothing.
 */
#define AVA_TYPE_CALENDAR_DESK (ava_calendar_desk_get_type ())
G_DECLARE_FINAL_TYPE (AvaCalendarDesk, ava_calendar_desk, AVA, CALENDAR_DESK, AdwBin)

AvaCalendarDesk     *ava_calendar_desk_new       (AvaContext      *context);
AvaCalendarPage     *ava_calendar_desk_get_page  (AvaCalendarDesk *self);
AvaAppointmentPanel *ava_calendar_desk_get_panel (AvaCalendarDesk *self);
AvaBookingEntry     *ava_calendar_desk_get_entry (AvaCalendarDesk *self);
AvaFlowStrip        *ava_calendar_desk_get_strip (AvaCalendarDesk *self);
AvaFreedStrip       *ava_calendar_desk_get_freed (AvaCalendarDesk *self);
/* The next free time that is entered is for that customer. */
void                 ava_calendar_desk_book_for  (AvaCalendarDesk *self,
                                                  const char      *name);
/* Turns to where the appointment that is worked with stands now: a change of it was taken back. */
void                 ava_calendar_desk_follow    (AvaCalendarDesk *self);

G_END_DECLS
