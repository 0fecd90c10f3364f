/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment-chip.h"
#include "ava-day-board.h"
#include "ava-slot-cell.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaDayView:
 *
 * A board of the calendar: columns of one day or of several, appointments, holds, free and closed times as
 * child widgets at their times, a line at the present. Lays out and draws; asks nobody.
 *
 * Signals:
 *   "chosen" (AvaAppointmentChip*): an appointment was clicked or entered
 *   "slot-activated" (AvaSlotCell*, const char *typed): as in the cell
 *   "left" (int columns): the keyboard went over the first (-1) or the last (1) column
 */
#define AVA_TYPE_DAY_VIEW (ava_day_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaDayView, ava_day_view, AVA, DAY_VIEW, GtkWidget)

/* @board: (transfer full). With @announce, appointments that were not there before are lit up. */
void                ava_day_view_set_board    (AvaDayView  *self,
                                               AvaDayBoard *board,
                                               gboolean     announce);
AvaDayBoard        *ava_day_view_get_board    (AvaDayView  *self);     /* borrowed, nullable */
void                ava_day_view_set_now      (AvaDayView  *self,
                                               gint64       now_us);
guint               ava_day_view_get_n_chips  (AvaDayView  *self);
guint               ava_day_view_get_n_made   (AvaDayView  *self);     /* children made since it is there */
AvaAppointmentChip *ava_day_view_find_chip    (AvaDayView  *self,
                                               const char  *appointment_id);
AvaSlotCell        *ava_day_view_find_slot    (AvaDayView  *self,
                                               const char  *provider_id,
                                               const char  *room_id,
                                               gint64       start_us);
/* The keyboard goes to the next time or appointment as seen on the screen, or to the next appointment. */
GtkWidget          *ava_day_view_step         (AvaDayView       *self,
                                               GtkDirectionType  direction,
                                               gboolean          only_appointments);
GtkWidget          *ava_day_view_step_to_end  (AvaDayView  *self,
                                               gboolean     last);
/* To what stands at that time of that column, or is nearest to it. */
GtkWidget          *ava_day_view_focus        (AvaDayView  *self,
                                               guint        column,
                                               gint64       at_us);
/* Where the keyboard is; FALSE when it is elsewhere. */
gboolean            ava_day_view_get_focused  (AvaDayView  *self,
                                               guint       *column,
                                               gint64      *at_us);

/* An entry that lies over the column at that time, as wide as it and as high as it needs. */
gboolean            ava_day_view_put          (AvaDayView  *self,
                                               GtkWidget   *widget,
                                               const char  *provider_id,
                                               const char  *room_id,
                                               gint64       start_us);
void                ava_day_view_take_off     (AvaDayView  *self,
                                               GtkWidget   *widget);
/* A few words at a time of a column, nullable: none any more. */
void                ava_day_view_set_hint     (AvaDayView  *self,
                                               guint        column,
                                               gint64       at_us,
                                               const char  *words);
const char         *ava_day_view_get_hint     (AvaDayView  *self);

/* Where to scroll to: now, or the first appointment, or opening time; [px] from the top. */
double              ava_day_view_get_focus_y  (AvaDayView  *self);
/* For the header: place of column @index in @width. */
void                ava_day_view_get_column   (AvaDayView  *self,
                                               guint        index,
                                               int          width,
                                               int         *x,
                                               int         *column_width);
/* What lies under a point; FALSE beside the columns. */
gboolean            ava_day_view_locate       (AvaDayView  *self,
                                               double       x,
                                               double       y,
                                               guint       *column,
                                               gint64      *at_us);
/* The ghost of a drag; words NULL: none. */
void                ava_day_view_set_ghost    (AvaDayView  *self,
                                               guint        column,
                                               gint64       start_us,
                                               gint64       end_us,
                                               const char  *words,
                                               const char  *style);

G_END_DECLS
