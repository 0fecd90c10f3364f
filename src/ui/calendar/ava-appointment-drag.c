/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-drag.h"

#include "ava-calendar-words.h"
#include "ava-display.h"
#include "ava-drag-gesture.h"
#include "ava-drag-question.h"

#include <glib/gi18n.h>

/*
 *   gesture -> begin -> to (column, time) -> judge, one at a time -> ghost with words
 *                    `-> drop -> move or resize of the book, once the last verdict is there; or "asked", where it warns
 */

#define SNAP_US ((gint64) AVA_AXIS_STEP_MIN * 60 * G_USEC_PER_SEC)
#define RESIZE_PX 7            /* [px] of the lower edge that takes hold of the end */

struct _AvaAppointmentDrag {
  GObject parent_instance;

  AvaDayView *view;            /* borrowed: it outlives us */
  AvaBook *book;
  AvaDragGesture *gesture;
  gboolean enabled;

  /* Of a drag */
  AvaAppointment *appointment; /* nullable: none is dragged */
  gboolean resize;
  double hold_px;              /* [px] from the top of the appointment to the pointer */
  guint column;
  gint64 start_us;             /* [us] UTC, where it would go */
  gint64 end_us;
  AvaDragQuestion question;    /* whether it may stand there */
  gboolean dropped;            /* to be moved once that is answered */
};

enum { EDGE, ENDED, ASKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaAppointmentDrag, ava_appointment_drag, G_TYPE_OBJECT)

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
  text = ava_calendar_words_for_ghost (place, self->question.kind, self->question.words);
  ava_day_view_set_ghost (self->view, self->column, self->start_us, self->end_us, text, ava_drag_gesture_get_style (self->question.kind));
}

static void
end (AvaAppointmentDrag *self,
     const char         *words)
{
  ava_drag_question_stop (&self->question);
  g_clear_object (&self->appointment);
  self->dropped = FALSE;
  ava_day_view_set_ghost (self->view, 0, 0, 0, NULL, NULL);
  g_signal_emit (self, signals[ENDED], 0, words);
}

/* --- whether it can be had --- */

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaAppointmentDrag) self = user_data;

  if (self->appointment == NULL || !ava_drag_question_answer (&self->question, AVA_BOOK (source), result))
    return;
  show_ghost (self);
  if (self->dropped)
    ava_appointment_drag_drop (self);
}

/* Where it would go: an end that is dragged stays with its provider and room. */
static AvaBookWish
make_wish (AvaAppointmentDrag *self)
{
  AvaBoardColumn *column = ava_day_board_get (ava_day_view_get_board (self->view), self->column);
  AvaAppointment *one = self->appointment;

  return (AvaBookWish) {
    .service_id = one->service_id,
    .provider_id = column->provider_id != NULL && !self->resize ? column->provider_id : one->provider_id,
    .room_id = column->room_id != NULL && !self->resize ? column->room_id : one->room_id,
    .start_us = self->start_us,
    .end_us = self->resize ? self->end_us : 0,
  };
}

static void
judge (AvaAppointmentDrag *self)
{
  AvaBookWish wish = make_wish (self);

  ava_drag_question_ask (&self->question, self->book, &wish, self->appointment, judged_cb, g_object_ref (self));
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
  return self->question.answered;
}

AvaVerdictKind
ava_appointment_drag_get_kind (AvaAppointmentDrag *self)
{
  return self->question.kind;
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
  return self->question.words;
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
  ava_drag_question_clear (&self->question);
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
  if (self->column == column && self->start_us == start_us && self->end_us == end_us && (self->question.answered || self->question.cancellable != NULL))
    return;
  self->column = column;
  self->start_us = start_us;
  self->end_us = end_us;
  judge (self);
  show_ghost (self);
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

/* Who lets it go there sees the reasons once more, and says whether it goes on. */
static void
ask (AvaAppointmentDrag *self)
{
  g_autoptr (AvaAppointment) appointment = g_object_ref (self->appointment);
  AvaBookWish wish = make_wish (self);

  end (self, NULL);
  g_signal_emit (self, signals[ASKED], 0, appointment, &wish);
}

/**
 * ava_appointment_drag_drop:
 *
 * Moves the appointment to where the ghost is, when nothing speaks against it; asks where that is not the last word.
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
  self->dropped = !self->question.answered;
  if (self->dropped)
    return;
  if (ava_drag_question_goes_on (&self->question)) {
    ask (self);
    return;
  }
  if (self->question.kind == AVA_VERDICT_REFUSED) {
    g_autofree char *words = g_strdup (self->question.words);

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

  ava_drag_gesture_stop (self->gesture);
  if (self->appointment != NULL)
    end (self, NULL);
}

/* --- the gesture --- */

static gint64
snap (gint64 at_us)
{
  return (at_us + SNAP_US / 2) / SNAP_US * SNAP_US;
}

static gboolean
begin (gpointer               owner,
       AvaAppointment        *appointment,
       const graphene_rect_t *chip,
       double                 x,
       double                 y)
{
  AvaAppointmentDrag *self = owner;
  double below_px = chip->origin.y + chip->size.height - y;
  gint64 at_us;

  ava_day_view_locate (self->view, x, y, &self->column, &at_us);
  self->hold_px = y - chip->origin.y;
  if (ava_appointment_drag_begin (self, appointment, below_px <= RESIZE_PX && chip->size.height > 3 * RESIZE_PX))
    return TRUE;
  g_signal_emit (self, signals[ENDED], 0, ava_calendar_words_for_over ());
  return FALSE;
}

static void
follow (gpointer owner,
        double   x,
        double   y)
{
  AvaAppointmentDrag *self = owner;
  guint column;
  gint64 at_us;

  if (ava_day_view_locate (self->view, x, MAX (y - (self->resize ? 0 : self->hold_px), 0), &column, &at_us))
    ava_appointment_drag_to (self, self->resize ? self->column : column, snap (at_us));
}

/* An end stays on its day. */
static void
turn (gpointer owner,
      int      by)
{
  AvaAppointmentDrag *self = owner;

  if (!self->resize)
    g_signal_emit (self, signals[EDGE], 0, by);
}

static void
drop (gpointer owner)
{
  ava_appointment_drag_drop (owner);
}

static void
cancel (gpointer owner)
{
  ava_appointment_drag_cancel (owner);
}

static const AvaDragActions actions = { begin, follow, turn, drop, cancel };

static void
ava_appointment_drag_dispose (GObject *object)
{
  AvaAppointmentDrag *self = AVA_APPOINTMENT_DRAG (object);

  ava_drag_question_clear (&self->question);
  g_clear_object (&self->gesture);
  g_clear_object (&self->appointment);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_appointment_drag_parent_class)->dispose (object);
}

static void
ava_appointment_drag_class_init (AvaAppointmentDragClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_appointment_drag_dispose;
  signals[EDGE] = g_signal_new ("edge", AVA_TYPE_APPOINTMENT_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ENDED] = g_signal_new ("ended", AVA_TYPE_APPOINTMENT_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED] = g_signal_new ("asked", AVA_TYPE_APPOINTMENT_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, AVA_TYPE_APPOINTMENT, G_TYPE_POINTER);
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
  self->gesture = ava_drag_gesture_new (GTK_WIDGET (view), &actions, self);
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
  ava_drag_gesture_set_enabled (self->gesture, enabled);
}
