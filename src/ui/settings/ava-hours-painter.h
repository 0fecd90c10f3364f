/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ava-hours.h"

G_BEGIN_DECLS

/**
 * AvaHoursPainter:
 *
 * A week of seven rows on which open hours are painted. Mouse: drag on a free place opens hours, a
 * block moves, its edges make it longer or shorter, with Shift a drag makes a break. Keys on a block:
 * Left and Right move it, with Shift its end, with Ctrl its start; B makes a break, Delete closes.
 * On the name of a day Enter opens hours. Steps are quarters of an hour.
 *
 * Signals: "changed" (int weekday, 1 Monday … 7 Sunday): by the user.
 */
#define AVA_TYPE_HOURS_PAINTER (ava_hours_painter_get_type ())
G_DECLARE_FINAL_TYPE (AvaHoursPainter, ava_hours_painter, AVA, HOURS_PAINTER, GtkWidget)

GtkWidget  *ava_hours_painter_new     (const char      *what);   /* is open: for a screen reader */
void        ava_hours_painter_set_day (AvaHoursPainter *self,
                                       int              weekday,
                                       const AvaSpan   *spans,
                                       guint            count);
guint       ava_hours_painter_get_day (AvaHoursPainter *self,
                                       int              weekday,
                                       AvaSpan         *spans);
const char *ava_hours_painter_name    (int              weekday);

G_END_DECLS
