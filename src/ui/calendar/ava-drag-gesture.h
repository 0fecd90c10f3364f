/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AVA_DRAG_DISTANCE 8                 /* [px] before a drag begins */
#define AVA_DRAG_DELAY_US (150 * 1000)      /* [us] before it does */

/* What is done as the pointer drags an appointment. [px] are of the widget. */
typedef struct {
  /* @chip: where it is shown; the pointer took hold of it at @x, @y. Returns: whether it can be moved. */
  gboolean (*begin)  (gpointer owner, AvaAppointment *appointment, const graphene_rect_t *chip, double x, double y);
  void     (*follow) (gpointer owner, double x, double y);
  void     (*turn)   (gpointer owner, int by);   /* it waits at the edge of what is before (-1) or after (1) */
  void     (*drop)   (gpointer owner);
  void     (*cancel) (gpointer owner);
} AvaDragActions;

/**
 * AvaDragGesture:
 *
 * Takes hold of an appointment's chip in a widget. A click drags nothing: a drag begins after 8 pixels and 150
 * milliseconds. At the edges of what is shown the widget is scrolled, and turned where there is nothing to scroll.
 */
#define AVA_TYPE_DRAG_GESTURE (ava_drag_gesture_get_type ())
G_DECLARE_FINAL_TYPE (AvaDragGesture, ava_drag_gesture, AVA, DRAG_GESTURE, GObject)

AvaDragGesture *ava_drag_gesture_new         (GtkWidget            *widget,
                                              const AvaDragActions *actions,
                                              gpointer              owner);
void            ava_drag_gesture_set_enabled (AvaDragGesture       *self,
                                              gboolean              enabled);
/* Lets go of what it holds. */
void            ava_drag_gesture_stop        (AvaDragGesture       *self);
gboolean        ava_drag_gesture_passes      (double                distance,
                                              gint64                elapsed_us);
/* The class of the ghost's style over a place of which that is known. */
const char     *ava_drag_gesture_get_style   (AvaVerdictKind        kind);

G_END_DECLS
