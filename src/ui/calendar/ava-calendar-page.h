/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"
#include "ava-day-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCalendarPage:
 *
 * One day of the appointment book. Keeps the store's model at the day that is shown; what is booked
 * meanwhile appears by itself.
 */
#define AVA_TYPE_CALENDAR_PAGE (ava_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaCalendarPage, ava_calendar_page, AVA, CALENDAR_PAGE, AdwBin)

AvaCalendarPage *ava_calendar_page_new              (AvaContext      *context);
void             ava_calendar_page_show_time        (AvaCalendarPage *self,
                                                     gint64           time_us);
void             ava_calendar_page_move             (AvaCalendarPage *self,
                                                     int              days);
void             ava_calendar_page_show_appointment (AvaCalendarPage *self,
                                                     const char      *appointment_id);
AvaDayView      *ava_calendar_page_get_view         (AvaCalendarPage *self);
GDateTime       *ava_calendar_page_get_day          (AvaCalendarPage *self);   /* local midnight */
GtkPopover      *ava_calendar_page_get_details      (AvaCalendarPage *self);

G_END_DECLS
