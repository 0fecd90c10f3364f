/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-drag.h"

#include "ava-calendar-words.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <math.h>

/*
 *   gesture -> begin -> to (column, time) -> check, one at a time -> ghost with words
 *                    `-> drop -> move or resize of the book, once the last check is there
 */

#define SNAP_US ((gint64) AVA_AXIS_STEP_MIN * 60 * G_USEC_PER_SEC)
#define RESIZE_PX 7            /* [px] of the lower edge that takes hold of the end */
#define EDGE_PX 28             /* [px] of the view's sides and ends that turn days and scroll */
#define EDGE_WAIT_US (700 * 1000)
#define TICK_MSEC 50

struct _AvaAppointmentDrag {
  GObject parent_instance;

  AvaDayView *view;            /* borrowed: it outlives us */
  AvaBook *book;
  GtkGesture *gesture;         /* borrowed, of the view */
  gboolean enabled;

  /* Of the press that may become a drag */
  AvaAppointment *pressed;     /* nullable */
  gboolean pressed_end;        /* took hold of the end */
  gint64 pressed_us;           /* monotonic */
  double hold_px;              /* [px] from the top of the appointment to the pointer */
  double x, y;                 /* [px] where the pointer is, in the view */
  guint tick_id;
  gint64 edge_us;              /* monotonic, since when the pointer is at the edge; 0: it is not */

  /* Of a drag */
  AvaAppointment *appointment; /* nullable: none is dragged */
  gboolean resize;
  guint column;
  gint64 start_us;             /* [us] UTC, where it would go */
  gint64 end_us;
  char *words;                 /* of the ghost */
  gboolean refused;
  gboolean checked;            /* words and refused are of this place */
  gboolean dropped;            /* to be moved once it is checked */
  GCancellable *cancellable;   /* of the check that is on its way, nullable */
};

enum { EDGE, ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaAppointmentDrag, ava_appointment_drag, G_TYPE_OBJECT)

/**
 * ava_appointment_drag_passes:
 * @distance: [px] from where the button was pressed
 * @elapsed_us: [us] since then
 *
 * Returns: whether that is a drag, and no click of an unsteady hand
 */
gboolean
ava_appointment_drag_passes (double distance,
                             gint64 elapsed_us)
{
  return distance >= AVA_DRAG_DISTANCE && elapsed_us >= AVA_DRAG_DELAY_US;
}

/* --- the ghost --- */

static void
show_ghost (AvaAppointmentDrag *self)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  if (board == NULL || self->column >= board->columns->len)
    return;
  place = ava_calendar_words_for_place (board, self->column, self->start_us, self->end_us);
  text = self->checked && self->refused ? g_strdup_printf ("%s\n%s", place, self->words) : g_strdup (place);
  ava_day_view_set_ghost (self->view, self->column, self->start_us, self->end_us, text,
                          self->checked && self->refused ? "ghost-refused" : "ghost");
}

static void
stop_check (AvaAppointmentDrag *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
end (AvaAppointmentDrag *self,
     const char         *words)
{
  stop_check (self);
  g_clear_object (&self->appointment);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->dropped = FALSE;
  self->edge_us = 0;
  ava_day_view_set_ghost (self->view, 0, 0, 0, NULL, NULL);
  g_signal_emit (self, signals[ENDED], 0, words);
}

/* --- whether it can be had --- */

static void
set_verdict (AvaAppointmentDrag *self,
             char               *refusal)
{
  g_free (self->words);
  self->words = refusal;
  self->refused = refusal != NULL;
  self->checked = TRUE;
  show_ghost (self);
  if (self->dropped)
    ava_appointment_drag_drop (self);
}

static void
check_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaAppointmentDrag) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  g_autoptr (GPtrArray) reasons = ava_book_check_finish (AVA_BOOK (source), result, &slot, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->appointment == NULL)
    return;
  g_clear_object (&self->cancellable);
  set_verdict (self, reasons != NULL ? ava_calendar_words_for_refusal (reasons, slot) : g_strdup (error->message));
}

/* What the end runs into; the book has the last word when it is dropped. */
static char *
word_resize (AvaAppointmentDrag *self)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  AvaAppointment *other;
  g_autofree char *time = NULL;

  if (self->end_us - self->start_us < SNAP_US / 3)
    return g_strdup (_("Too short: five minutes at least."));
  other = ava_day_board_find_in_way (board, self->appointment, self->end_us);
  if (other == NULL)
    return NULL;
  time = ava_display_time (other->start_us, board->spa->zone);
  /* Translators: a customer, a provider, a time of day. */
  return g_strdup_printf (_("%s is booked with %s at %s."), other->customer_name, other->provider_name, time);
}

static void
check (AvaAppointmentDrag *self)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  AvaBoardColumn *column = ava_day_board_get (board, self->column);
  AvaBookWish wish = {
    .service_id = self->appointment->service_id,
    .provider_id = column->provider_id != NULL ? column->provider_id : self->appointment->provider_id,
    .room_id = column->room_id != NULL ? column->room_id : self->appointment->room_id,
    .start_us = self->start_us,
  };

  if (self->resize) {
    set_verdict (self, word_resize (self));
    return;
  }
  /* One at a time: while one is asked, the pointer may go over many places. */
  if (self->cancellable != NULL)
    stop_check (self);
  self->cancellable = g_cancellable_new ();
  ava_book_check_async (self->book, &wish, self->appointment, self->cancellable, check_cb, g_object_ref (self));
}

/* --- begin, to, drop --- */

gboolean
ava_appointment_drag_is_active (AvaAppointmentDrag *self)
{
  return self->appointment != NULL;
}

gboolean
ava_appointment_drag_is_checked (AvaAppointmentDrag *self)
{
  return self->checked;
}

gboolean
ava_appointment_drag_is_refused (AvaAppointmentDrag *self)
{
  return self->refused;
}

void
ava_appointment_drag_get_place (AvaAppointmentDrag *self,
                                guint              *column,
                                gint64             *start_us)
{
  *column = self->column;
  *start_us = self->start_us;
}

const char *
ava_appointment_drag_get_words (AvaAppointmentDrag *self)
{
  return self->words;
}

/**
 * ava_appointment_drag_begin:
 * @resize: moves the end only
 *
 * Returns: %FALSE when nothing can be moved now
 */
gboolean
ava_appointment_drag_begin (AvaAppointmentDrag *self,
                            AvaAppointment     *appointment,
                            gboolean            resize)
{
  g_return_val_if_fail (AVA_IS_APPOINTMENT_DRAG (self), FALSE);

  if (!self->enabled || self->appointment != NULL || appointment->status >= AVA_APPOINTMENT_DONE)
    return FALSE;
  self->appointment = g_object_ref (appointment);
  self->resize = resize;
  self->checked = FALSE;
  self->refused = FALSE;
  self->dropped = FALSE;
  self->start_us = appointment->start_us;
  self->end_us = appointment->end_us;
  return TRUE;
}

/**
 * ava_appointment_drag_to:
 * @column: of the view's board
 * @at_us: [us] UTC
 */
void
ava_appointment_drag_to (AvaAppointmentDrag *self,
                         guint               column,
                         gint64              at_us)
{
  gint64 length_us;
  gint64 start_us;
  gint64 end_us;

  g_return_if_fail (AVA_IS_APPOINTMENT_DRAG (self));

  if (self->appointment == NULL || self->dropped || column >= ava_day_view_get_board (self->view)->columns->len)
    return;
  length_us = self->appointment->end_us - self->appointment->start_us;
  start_us = self->resize ? self->appointment->start_us : at_us;
  end_us = self->resize ? MAX (at_us, start_us) : at_us + length_us;
  if (self->column == column && self->start_us == start_us && self->end_us == end_us && (self->checked || self->cancellable != NULL))
    return;
  self->column = column;
  self->start_us = start_us;
  self->end_us = end_us;
  self->checked = FALSE;
  show_ghost (self);
  check (self);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaAppointmentDrag) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) changed = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (changed == NULL && self->enabled)
    g_signal_emit (self, signals[ENDED], 0, error->message);
}

static gboolean
is_where_it_was (AvaAppointmentDrag *self,
                 AvaBoardColumn     *column)
{
  AvaAppointment *appointment = self->appointment;

  return self->start_us == appointment->start_us && self->end_us == appointment->end_us &&
         (column->provider_id == NULL || g_strcmp0 (column->provider_id, appointment->provider_id) == 0) &&
         (column->room_id == NULL || g_strcmp0 (column->room_id, appointment->room_id) == 0);
}

/**
 * ava_appointment_drag_drop:
 *
 * Moves the appointment to where the ghost is, when that can be had.
 */
void
ava_appointment_drag_drop (AvaAppointmentDrag *self)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  AvaBoardColumn *column;
  AvaBookWish to = { 0 };

  g_return_if_fail (AVA_IS_APPOINTMENT_DRAG (self));

  if (self->appointment == NULL)
    return;
  column = self->column < board->columns->len ? ava_day_board_get (board, self->column) : NULL;
  if (column == NULL || is_where_it_was (self, column)) {
    end (self, NULL);
    return;
  }
  self->dropped = !self->checked;
  if (self->dropped)
    return;
  if (self->refused) {
    g_autofree char *words = g_strdup (self->words);

    end (self, words);
    return;
  }
  to.provider_id = column->provider_id;
  to.room_id = column->room_id;
  to.start_us = self->start_us;
  if (self->resize)
    ava_book_resize_async (self->book, self->appointment->id, self->end_us, changed_cb, g_object_ref (self));
  else
    ava_book_move_async (self->book, self->appointment, &to, changed_cb, g_object_ref (self));
  end (self, NULL);
}

/**
 * ava_appointment_drag_cancel:
 *
 * Nothing is moved.
 */
void
ava_appointment_drag_cancel (AvaAppointmentDrag *self)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_DRAG (self));

  g_clear_object (&self->pressed);
  if (self->appointment == NULL)
    return;
  gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_DENIED);
  if (self->appointment != NULL)
    end (self, NULL);
}

/* --- the gesture --- */

static AvaAppointmentChip *
pick_chip (AvaAppointmentDrag *self,
           double              x,
           double              y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  return widget != NULL ? AVA_APPOINTMENT_CHIP (AVA_IS_APPOINTMENT_CHIP (widget) ? widget
                          : gtk_widget_get_ancestor (widget, AVA_TYPE_APPOINTMENT_CHIP)) : NULL;
}

static gint64
snap (gint64 at_us)
{
  return (at_us + SNAP_US / 2) / SNAP_US * SNAP_US;
}

static void
follow (AvaAppointmentDrag *self)
{
  guint column;
  gint64 at_us;

  if (ava_day_view_locate (self->view, self->x, MAX (self->y - (self->resize ? 0 : self->hold_px), 0), &column, &at_us))
    ava_appointment_drag_to (self, self->resize ? self->column : column, snap (at_us));
}

static void
scroll (AvaAppointmentDrag *self,
        double              y,
        double              height)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->view));
  GtkAdjustment *adjustment = GTK_IS_SCROLLABLE (parent) ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (parent)) : NULL;
  double by = y < EDGE_PX ? y - EDGE_PX : y > height - EDGE_PX ? y - (height - EDGE_PX) : 0;
  double before;

  if (adjustment == NULL || by == 0)
    return;
  before = gtk_adjustment_get_value (adjustment);
  gtk_adjustment_set_value (adjustment, before + by / 2);
  self->y += gtk_adjustment_get_value (adjustment) - before;
}

/* While the pointer waits at an edge, the view scrolls or turns to another day. */
static gboolean
tick_cb (gpointer user_data)
{
  AvaAppointmentDrag *self = user_data;
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->view));
  gint64 now_us = g_get_monotonic_time ();
  double x;
  double y;
  int width;

  if (self->appointment == NULL || parent == NULL ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self->view), parent, self->x, self->y, &x, &y))
    return G_SOURCE_CONTINUE;
  width = gtk_widget_get_width (parent);
  scroll (self, y, gtk_widget_get_height (parent));
  if (x >= EDGE_PX && x <= width - EDGE_PX) {
    self->edge_us = 0;
  } else if (self->edge_us == 0) {
    self->edge_us = now_us;
  } else if (now_us - self->edge_us >= EDGE_WAIT_US && !self->resize) {
    self->edge_us = now_us;
    g_signal_emit (self, signals[EDGE], 0, (x < EDGE_PX) == (gtk_widget_get_direction (parent) != GTK_TEXT_DIR_RTL) ? -1 : 1);
  }
  follow (self);
  return G_SOURCE_CONTINUE;
}

static void
on_drag_begin (AvaAppointmentDrag *self,
               double              x,
               double              y)
{
  AvaAppointmentChip *chip = self->enabled ? pick_chip (self, x, y) : NULL;
  graphene_rect_t bounds;

  g_clear_object (&self->pressed);
  if (chip == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (self->view), &bounds)) {
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  self->pressed = g_object_ref (ava_appointment_chip_get_appointment (chip));
  self->pressed_us = g_get_monotonic_time ();
  self->hold_px = y - bounds.origin.y;
  self->pressed_end = bounds.size.height - self->hold_px <= RESIZE_PX && bounds.size.height > 3 * RESIZE_PX;
}

static void
on_drag_update (AvaAppointmentDrag *self,
                double              offset_x,
                double              offset_y)
{
  double x;
  double y;
  guint column;
  gint64 at_us;

  if (self->pressed == NULL || !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->gesture), &x, &y))
    return;
  self->x = x + offset_x;
  self->y = y + offset_y;
  if (self->appointment == NULL) {
    if (!ava_appointment_drag_passes (hypot (offset_x, offset_y), g_get_monotonic_time () - self->pressed_us))
      return;
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    if (ava_day_view_locate (self->view, x, y, &column, &at_us))
      self->column = column;
    if (!ava_appointment_drag_begin (self, self->pressed, self->pressed_end)) {
      self->start_us = self->pressed->start_us;
      g_clear_object (&self->pressed);
      g_signal_emit (self, signals[ENDED], 0, ava_calendar_words_for_over ());
      return;
    }
    self->tick_id = g_timeout_add (TICK_MSEC, tick_cb, self);
  }
  follow (self);
}

static void
on_drag_end (AvaAppointmentDrag *self)
{
  g_clear_object (&self->pressed);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->appointment != NULL && !self->dropped)
    ava_appointment_drag_drop (self);
}

static void
on_cancelled (AvaAppointmentDrag *self)
{
  g_clear_object (&self->pressed);
  if (self->appointment != NULL)
    end (self, NULL);
}

static void
ava_appointment_drag_dispose (GObject *object)
{
  AvaAppointmentDrag *self = AVA_APPOINTMENT_DRAG (object);

  stop_check (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->pressed);
  g_clear_object (&self->appointment);
  g_clear_object (&self->book);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (ava_appointment_drag_parent_class)->dispose (object);
}

static void
ava_appointment_drag_class_init (AvaAppointmentDragClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_appointment_drag_dispose;
  signals[EDGE] = g_signal_new ("edge", AVA_TYPE_APPOINTMENT_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ENDED] = g_signal_new ("ended", AVA_TYPE_APPOINTMENT_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_appointment_drag_init (AvaAppointmentDrag *self)
{
  self->enabled = TRUE;
}

/**
 * ava_appointment_drag_new:
 * @view: must outlive it
 *
 * Returns: (transfer full): the drags of that view
 */
AvaAppointmentDrag *
ava_appointment_drag_new (AvaDayView *view,
                          AvaBook    *book)
{
  AvaAppointmentDrag *self = g_object_new (AVA_TYPE_APPOINTMENT_DRAG, NULL);

  self->view = view;
  self->book = g_object_ref (book);
  self->gesture = gtk_gesture_drag_new ();
  /* Before the buttons: a drag that has begun is no click on them. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->gesture, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "drag-update", G_CALLBACK (on_drag_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "drag-end", G_CALLBACK (on_drag_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gesture, "cancel", G_CALLBACK (on_cancelled), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (self->gesture));
  return self;
}

void
ava_appointment_drag_set_enabled (AvaAppointmentDrag *self,
                                  gboolean            enabled)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_DRAG (self));

  if (!enabled)
    ava_appointment_drag_cancel (self);
  self->enabled = enabled;
}
