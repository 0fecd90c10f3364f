/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment-drag.h"
#include "ava-calendar-filter.h"
#include "ava-cell-drag.h"
#include "ava-cell-grid.h"
#include "ava-date-jump.h"
#include "ava-past-bar.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  AVA_CALENDAR_DAY,           /* one day, a column for each provider */
  AVA_CALENDAR_ROOMS,         /* one day, a column for each room */
  AVA_CALENDAR_WEEK,          /* of one provider, or of everyone */
  AVA_CALENDAR_MONTH,
  AVA_CALENDAR_N_VIEWS,
} AvaCalendarView;

/**
 * AvaCalendarPage:
 *
 * The appointment book: a day by provider or by room, a week, a month, of one location in its own zone, now or
 * as it stood at an earlier moment. What is booked meanwhile appears by itself.
 *
 * Signals:
 *   "slot-activated" (const char *provider_id, const char *room_id, gint64 start_us, const char *typed):
 *     a free or closed time was entered: Enter or a double click (@typed is "") or the first character
 *     typed into it. @provider_id is NULL where columns are rooms, @room_id where they are providers.
 *   "appointment-selected" (AvaAppointment*): one was clicked or entered; NULL: none is any more.
 *   "appointment-command" (AvaAppointment*, const char *command): a key on a focused appointment: "move"
 *     (M), "next-status" (Space), "cancel" (Delete).
 *   "place-wanted" (AvaAppointment*, const AvaBookWish *to): it was dragged to where something speaks against it
 *     that may be gone over: whoever dragged is to be asked.
 */
#define AVA_TYPE_CALENDAR_PAGE (ava_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaCalendarPage, ava_calendar_page, AVA, CALENDAR_PAGE, AdwBin)

AvaCalendarPage *ava_calendar_page_new              (AvaContext      *context);
void             ava_calendar_page_show_time        (AvaCalendarPage *self,
                                                     gint64           time_us);
/* By days, weeks or months, as is shown. */
void             ava_calendar_page_move             (AvaCalendarPage *self,
                                                     int              by);
void             ava_calendar_page_set_view         (AvaCalendarPage *self,
                                                     AvaCalendarView  view);
AvaCalendarView  ava_calendar_page_get_view_kind    (AvaCalendarPage *self);
/* NULL: the week of everyone. */
void             ava_calendar_page_set_week_provider (AvaCalendarPage *self,
                                                     const char      *provider_id);
void             ava_calendar_page_set_location     (AvaCalendarPage *self,
                                                     const char      *location_id);
/* The book as it stood then, to be read only; 0: as it is. */
void             ava_calendar_page_set_moment       (AvaCalendarPage *self,
                                                     gint64           at_us);
void             ava_calendar_page_show_appointment (AvaCalendarPage *self,
                                                     const char      *appointment_id);
AvaDayView      *ava_calendar_page_get_view         (AvaCalendarPage *self);
GDateTime       *ava_calendar_page_get_day          (AvaCalendarPage *self);   /* local midnight */
GtkPopover      *ava_calendar_page_get_details      (AvaCalendarPage *self);
AvaContext      *ava_calendar_page_get_context      (AvaCalendarPage *self);
AvaBook         *ava_calendar_page_get_book         (AvaCalendarPage *self);
AvaSpa          *ava_calendar_page_get_spa          (AvaCalendarPage *self);
const char      *ava_calendar_page_get_title        (AvaCalendarPage *self);
const char      *ava_calendar_page_get_subtitle     (AvaCalendarPage *self);
/* Its parts, all borrowed. */
AvaCellGrid        *ava_calendar_page_get_grid      (AvaCalendarPage *self);
AvaCalendarFilter  *ava_calendar_page_get_filter    (AvaCalendarPage *self);
AvaAppointmentDrag *ava_calendar_page_get_drag      (AvaCalendarPage *self);
AvaCellDrag        *ava_calendar_page_get_cell_drag (AvaCalendarPage *self);
AvaPastBar         *ava_calendar_page_get_past      (AvaCalendarPage *self);
AvaDateJump        *ava_calendar_page_get_jump      (AvaCalendarPage *self);
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
