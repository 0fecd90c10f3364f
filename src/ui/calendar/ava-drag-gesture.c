/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-drag-gesture.h"

#include "ava-appointment-chip.h"

#include <math.h>

/*
 *   press on a chip -> begin, once it passes -> follow ... -> drop | cancel
 *                                     tick -> scroll | turn -> follow
 */

#define EDGE_PX 28             /* [px] of the sides and ends that scroll and turn */
#define EDGE_WAIT_US (700 * 1000)
#define TICK_MSEC 50

struct _AvaDragGesture {
  GObject parent_instance;

  GtkWidget *widget;           /* borrowed: it outlives us */
  const AvaDragActions *actions;
  gpointer owner;              /* borrowed: it owns us */
  GtkGesture *gesture;         /* borrowed, of the widget */

  /* Of the press that may become a drag */
  AvaAppointment *pressed;     /* nullable */
  graphene_rect_t chip;        /* of it, as it was pressed */
  gint64 pressed_us;           /* monotonic */

  double x, y;                 /* [px] where the pointer is, in the widget */
  guint tick_id;               /* 0: nothing is dragged */
  gint64 edge_us;              /* monotonic, since when the pointer is at the edge; 0: it is not */
};

G_DEFINE_FINAL_TYPE (AvaDragGesture, ava_drag_gesture, G_TYPE_OBJECT)

/**
 * ava_drag_gesture_passes:
 * @distance: [px] from where the button was pressed
 * @elapsed_us: [us] since then
 *
 * Returns: whether that is a drag, and no click of an unsteady hand
 */
gboolean
ava_drag_gesture_passes (double distance,
                         gint64 elapsed_us)
{
  return distance >= AVA_DRAG_DISTANCE && elapsed_us >= AVA_DRAG_DELAY_US;
}

/* Returns: how far it went, [px]: as the pointer is at an end that has more behind it */
static double
scroll_along (GtkAdjustment *adjustment,
              double         at,
              double         size)
{
  double by = at < EDGE_PX ? at - EDGE_PX : at > size - EDGE_PX ? at - (size - EDGE_PX) : 0;
  double before;

  if (adjustment == NULL || by == 0)
    return 0;
  before = gtk_adjustment_get_value (adjustment);
  gtk_adjustment_set_value (adjustment, before + by / 2);
  return gtk_adjustment_get_value (adjustment) - before;
}

static gboolean
tick_cb (gpointer user_data)
{
  AvaDragGesture *self = user_data;
  GtkWidget *parent = gtk_widget_get_parent (self->widget);
  GtkWidget *frame = GTK_IS_SCROLLABLE (parent) ? parent : self->widget;
  gint64 now_us = g_get_monotonic_time ();
  int width = gtk_widget_get_width (frame);
  double across = 0;
  double x;
  double y;

  if (!gtk_widget_translate_coordinates (self->widget, frame, self->x, self->y, &x, &y))
    return G_SOURCE_CONTINUE;
  if (frame != self->widget) {
    across = scroll_along (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (frame)), x, width);
    self->x += across;
    self->y += scroll_along (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (frame)), y, gtk_widget_get_height (frame));
  }
  if (across != 0 || (x >= EDGE_PX && x <= width - EDGE_PX)) {
    self->edge_us = 0;
  } else if (self->edge_us == 0) {
    self->edge_us = now_us;
  } else if (now_us - self->edge_us >= EDGE_WAIT_US) {
    self->edge_us = now_us;
    self->actions->turn (self->owner, (x < EDGE_PX) == (gtk_widget_get_direction (frame) != GTK_TEXT_DIR_RTL) ? -1 : 1);
  }
  self->actions->follow (self->owner, self->x, self->y);
  return G_SOURCE_CONTINUE;
}

static void
let_go (AvaDragGesture *self)
{
  g_clear_object (&self->pressed);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->edge_us = 0;
}

static void
on_drag_begin (AvaDragGesture *self,
               double          x,
               double          y)
{
  GtkWidget *widget = gtk_widget_pick (self->widget, x, y, GTK_PICK_DEFAULT);
  GtkWidget *chip = widget == NULL || AVA_IS_APPOINTMENT_CHIP (widget) ? widget
                    : gtk_widget_get_ancestor (widget, AVA_TYPE_APPOINTMENT_CHIP);

  let_go (self);
  if (chip == NULL || !gtk_widget_compute_bounds (chip, self->widget, &self->chip)) {
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  self->pressed = g_object_ref (ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (chip)));
  self->pressed_us = g_get_monotonic_time ();
}

static void
on_drag_update (AvaDragGesture *self,
                double          offset_x,
                double          offset_y)
{
  double x;
  double y;

  if (self->pressed == NULL || !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->gesture), &x, &y))
    return;
  self->x = x + offset_x;
  self->y = y + offset_y;
  if (self->tick_id == 0) {
    if (!ava_drag_gesture_passes (hypot (offset_x, offset_y), g_get_monotonic_time () - self->pressed_us))
      return;
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    if (!self->actions->begin (self->owner, self->pressed, &self->chip, x, y)) {
      let_go (self);
      return;
    }
    self->tick_id = g_timeout_add (TICK_MSEC, tick_cb, self);
  }
  self->actions->follow (self->owner, self->x, self->y);
}

static void
on_drag_end (AvaDragGesture *self)
{
  gboolean dragging = self->tick_id != 0;

  let_go (self);
  if (dragging)
    self->actions->drop (self->owner);
}

static void
on_cancelled (AvaDragGesture *self)
{
  gboolean dragging = self->tick_id != 0;

  let_go (self);
  if (dragging)
    self->actions->cancel (self->owner);
}

/**
 * ava_drag_gesture_stop:
 *
 * The pointer holds nothing any more, though its button may still be down. No action is called.
 */
void
ava_drag_gesture_stop (AvaDragGesture *self)
{
  gboolean dragging = self->tick_id != 0;

  g_return_if_fail (AVA_IS_DRAG_GESTURE (self));

  let_go (self);
  if (dragging)
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_DENIED);
}

/* Before the buttons: a drag that has begun is no click on them. */
void
ava_drag_gesture_set_enabled (AvaDragGesture *self,
                              gboolean        enabled)
{
  g_return_if_fail (AVA_IS_DRAG_GESTURE (self));

  if (!enabled)
    ava_drag_gesture_stop (self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->gesture), enabled ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
}

static void
ava_drag_gesture_dispose (GObject *object)
{
  let_go (AVA_DRAG_GESTURE (object));
  G_OBJECT_CLASS (ava_drag_gesture_parent_class)->dispose (object);
}

static void
ava_drag_gesture_class_init (AvaDragGestureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_drag_gesture_dispose;
}

static void
ava_drag_gesture_init (AvaDragGesture *self)
{
}

/**
 * ava_drag_gesture_new:
 * @widget: must outlive it
 * @owner: is given to @actions, and owns it
 *
 * Returns: (transfer full): enabled
 */
AvaDragGesture *
ava_drag_gesture_new (GtkWidget            *widget,
                      const AvaDragActions *actions,
                      gpointer              owner)
{
  AvaDragGesture *self = g_object_new (AVA_TYPE_DRAG_GESTURE, NULL);

  self->widget = widget;
  self->actions = actions;
  self->owner = owner;
  self->gesture = gtk_gesture_drag_new ();
  g_signal_connect_object (self->gesture, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "drag-update", G_CALLBACK (on_drag_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "drag-end", G_CALLBACK (on_drag_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "cancel", G_CALLBACK (on_cancelled), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->gesture));
  ava_drag_gesture_set_enabled (self, TRUE);
  return self;
}

const char *
ava_drag_gesture_get_style (AvaVerdictKind kind)
{
  return kind == AVA_VERDICT_REFUSED ? "ghost-refused" : kind == AVA_VERDICT_FREE ? "ghost" : "ghost-warned";
}
