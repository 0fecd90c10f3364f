/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"
#include "ava-day-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCalendarPage:
 *
 * The appointment book. What is booked meanwhile appears by itself.
 *
 * Signals:
 *   "slot-activated" (const char *provider_id, const char *room_id, gint64 start_us, const char *typed):
 *     a free or closed time was entered: Enter or a double click (@typed is "") or the first character
 *     typed into it. @provider_id is NULL where columns are rooms, @room_id where they are providers.
 *   "appointment-selected" (AvaAppointment*): one was clicked or entered; NULL: none is any more.
 *   "appointment-command" (AvaAppointment*, const char *command): a key on a focused appointment: "move"
 *     (M), "next-status" (Space), "cancel" (Delete).
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
AvaContext      *ava_calendar_page_get_context      (AvaCalendarPage *self);
AvaBook         *ava_calendar_page_get_book         (AvaCalendarPage *self);
/* The appointment that was selected last and is still shown, as it is now; nullable. */
AvaAppointment  *ava_calendar_page_get_selected     (AvaCalendarPage *self);

/* A panel at the end side, beside the book where there is room and over it where there is not. With one,
 * "appointment-selected" no longer opens the small popover. */
void             ava_calendar_page_set_side         (AvaCalendarPage *self,
                                                     GtkWidget       *side);
void             ava_calendar_page_reveal_side      (AvaCalendarPage *self,
                                                     gboolean         revealed);
gboolean         ava_calendar_page_is_side_revealed (AvaCalendarPage *self);
/* A bar over the lower edge, such as one that offers undo; shown while it is visible. */
void             ava_calendar_page_add_bar          (AvaCalendarPage *self,
                                                     GtkWidget       *bar);

/* Lays @widget over the column at that time; FALSE when it is not shown. One at a time. */
gboolean         ava_calendar_page_put_on_slot      (AvaCalendarPage *self,
                                                     GtkWidget       *widget,
                                                     const char      *provider_id,
                                                     const char      *room_id,
                                                     gint64           start_us);
void             ava_calendar_page_take_off_slot    (AvaCalendarPage *self,
                                                     GtkWidget       *widget);
gboolean         ava_calendar_page_focus_slot       (AvaCalendarPage *self,
                                                     const char      *provider_id,
                                                     const char      *room_id,
                                                     gint64           start_us);

G_END_DECLS
