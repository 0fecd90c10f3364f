/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment-chip.h"
#include "ava-slot-cell.h"
#include "ava-spa.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaDayView:
 *
 * One day: a column for each provider, working hours light, the others shaded, appointments as
 * child widgets at their times, a line at the present. Lays out and draws; asks nobody.
 *
 * Signals:
 *   "chosen" (AvaAppointmentChip*): an appointment was clicked or entered
 *   "slot-activated" (AvaSlotCell*, const char *typed): as in the cell
 */
#define AVA_TYPE_DAY_VIEW (ava_day_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaDayView, ava_day_view, AVA, DAY_VIEW, GtkWidget)

void                ava_day_view_set_day      (AvaDayView *self,
                                               AvaSpa     *spa,
                                               GDateTime  *day);
void                ava_day_view_set_model    (AvaDayView *self,
                                               GListModel *model);
void                ava_day_view_set_now      (AvaDayView *self,
                                               gint64      now_us);
guint               ava_day_view_get_n_chips  (AvaDayView *self);
AvaAppointmentChip *ava_day_view_find_chip    (AvaDayView *self,
                                               const char *appointment_id);
AvaAppointmentChip *ava_day_view_step         (AvaDayView *self,
                                               GtkDirectionType direction);
AvaSlotCell        *ava_day_view_find_slot    (AvaDayView *self,
                                               const char *provider_id,
                                               const char *room_id,
                                               gint64      start_us);
/* An entry that lies over the column at that time, as wide as it and as high as it needs. */
gboolean            ava_day_view_put          (AvaDayView *self,
                                               GtkWidget  *widget,
                                               const char *provider_id,
                                               const char *room_id,
                                               gint64      start_us);
void                ava_day_view_take_off     (AvaDayView *self,
                                               GtkWidget  *widget);
/* Where to scroll to: now, or the first appointment, or opening time; [px] from the top. */
double              ava_day_view_get_focus_y  (AvaDayView *self);
/* For the header: place of column @index in @width. */
void                ava_day_view_get_column   (AvaDayView *self,
                                               guint       index,
                                               int         width,
                                               int        *x,
                                               int        *column_width);

G_END_DECLS
