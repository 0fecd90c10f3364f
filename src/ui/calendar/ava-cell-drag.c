/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cell-drag.h"

#include "ava-calendar-words.h"
#include "ava-display.h"
#include "ava-drag-gesture.h"
#include "ava-drag-question.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

/*
 *   gesture -> begin -> to (cell) -> judge, one at a time -> ghost with words
 *                    `-> drop -> move of the book, once the last verdict is there; or "asked", where it warns
 */

struct _AvaCellDrag {
  GObject parent_instance;

  AvaCellGrid *grid;           /* borrowed: it outlives us */
  AvaBook *book;
  AvaDragGesture *gesture;
  gboolean enabled;

  /* Of a drag */
  AvaAppointment *appointment; /* nullable: none is dragged */
  guint index;                 /* of the cell */
  gint64 start_us;             /* [us] UTC, where it would go; 0: nowhere yet */
  char *provider_id;           /* nullable: the same */
  AvaDragQuestion question;    /* whether it may stand there */
  gboolean dropped;            /* to be moved once that is answered */
};

enum { EDGE, ENDED, ASKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCellDrag, ava_cell_drag, G_TYPE_OBJECT)

/* --- the ghost --- */

static void
show_ghost (AvaCellDrag *self)
{
  AvaProvider *provider = ava_spa_find_provider (ava_context_get_spa (ava_book_get_context (self->book)), self->provider_id);
  gint64 length_us = self->appointment->end_us - self->appointment->start_us;
  g_autofree char *span = ava_display_span (self->start_us, self->start_us + length_us, ava_cell_grid_get_zone (self->grid));
  g_autofree char *day = ava_calendar_words_for_date (ava_day_cell_get_day (ava_cell_grid_get_cell (self->grid, self->index)), _("%a, %b %-e"));
  /* Translators: day, from-to, provider. */
  g_autofree char *place = g_strdup_printf (_("%s, %s, %s"), day, span, provider != NULL ? provider->name : _("anyone"));
  g_autofree char *text = ava_calendar_words_for_ghost (place, self->question.kind, self->question.words);

  ava_cell_grid_set_ghost (self->grid, self->index, text, ava_drag_gesture_get_style (self->question.kind));
}

static void
end (AvaCellDrag *self,
     const char  *words)
{
  ava_drag_question_stop (&self->question);
  g_clear_object (&self->appointment);
  self->dropped = FALSE;
  ava_cell_grid_set_ghost (self->grid, 0, NULL, NULL);
  g_signal_emit (self, signals[ENDED], 0, words);
}

/* --- whether it can be had --- */

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaCellDrag) self = user_data;

  if (self->appointment == NULL || !ava_drag_question_answer (&self->question, AVA_BOOK (source), result))
    return;
  if (self->dropped)
    ava_cell_drag_drop (self);
  else
    show_ghost (self);
}

static AvaBookWish
make_wish (AvaCellDrag *self)
{
  return (AvaBookWish) {
    .service_id = self->appointment->service_id,
    .provider_id = self->provider_id,
    .room_id = self->appointment->room_id,
    .start_us = self->start_us,
  };
}

static void
judge (AvaCellDrag *self)
{
  AvaBookWish wish = make_wish (self);

  ava_drag_question_ask (&self->question, self->book, &wish, self->appointment, judged_cb, g_object_ref (self));
}

/* --- begin, to, drop --- */

gboolean
ava_cell_drag_is_active (AvaCellDrag *self)
{
  return self->appointment != NULL;
}

gboolean
ava_cell_drag_is_checked (AvaCellDrag *self)
{
  return self->question.answered;
}

AvaVerdictKind
ava_cell_drag_get_kind (AvaCellDrag *self)
{
  return self->question.kind;
}

const char *
ava_cell_drag_get_words (AvaCellDrag *self)
{
  return self->question.words;
}

/**
 * ava_cell_drag_begin:
 *
 * Returns: %FALSE when it cannot be moved now
 */
gboolean
ava_cell_drag_begin (AvaCellDrag    *self,
                     AvaAppointment *appointment)
{
  g_return_val_if_fail (AVA_IS_CELL_DRAG (self), FALSE);

  if (!self->enabled || self->appointment != NULL || appointment->status >= AVA_APPOINTMENT_DONE)
    return FALSE;
  self->appointment = g_object_ref (appointment);
  self->start_us = 0;
  ava_drag_question_clear (&self->question);
  self->dropped = FALSE;
  return TRUE;
}

/**
 * ava_cell_drag_to:
 *
 * The same time of day on that cell's day; where the clocks leave it out, the first after it.
 */
void
ava_cell_drag_to (AvaCellDrag *self,
                  guint        index)
{
  AvaDayCell *cell;
  const char *provider_id;
  gint64 start_us;
  gboolean same;

  g_return_if_fail (AVA_IS_CELL_DRAG (self));

  if (self->appointment == NULL || self->dropped || index >= ava_cell_grid_get_n_cells (self->grid))
    return;
  cell = ava_cell_grid_get_cell (self->grid, index);
  provider_id = ava_day_cell_get_provider (cell) != NULL ? ava_day_cell_get_provider (cell) : self->appointment->provider_id;
  start_us = ava_wall_time_first (ava_day_cell_get_day (cell),
                                  ava_wall_time_of (self->appointment->start_us, ava_cell_grid_get_zone (self->grid), NULL),
                                  ava_cell_grid_get_zone (self->grid));
  same = self->start_us == start_us && g_strcmp0 (self->provider_id, provider_id) == 0;
  if (same && self->index == index)
    return;
  self->index = index;
  if (!same) {
    self->start_us = start_us;
    g_free (self->provider_id);
    self->provider_id = g_strdup (provider_id);
    judge (self);
  }
  show_ghost (self);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCellDrag) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) moved = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (moved == NULL && self->enabled)
    g_signal_emit (self, signals[ENDED], 0, error->message);
}

/* Who lets it go there sees the reasons once more, and says whether it goes on. */
static void
ask (AvaCellDrag *self)
{
  g_autoptr (AvaAppointment) appointment = g_object_ref (self->appointment);
  AvaBookWish wish = make_wish (self);

  end (self, NULL);
  g_signal_emit (self, signals[ASKED], 0, appointment, &wish);
}

/**
 * ava_cell_drag_drop:
 *
 * Moves the appointment to where the ghost is, when nothing speaks against it; asks where that is not the last word.
 */
void
ava_cell_drag_drop (AvaCellDrag *self)
{
  AvaBookWish to = { .provider_id = self->provider_id, .start_us = self->start_us };

  g_return_if_fail (AVA_IS_CELL_DRAG (self));

  if (self->appointment == NULL)
    return;
  if (self->start_us == 0 || (self->start_us == self->appointment->start_us &&
                              g_strcmp0 (self->provider_id, self->appointment->provider_id) == 0)) {
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
  if (self->question.kind == AVA_VERDICT_FREE)
    ava_book_move_async (self->book, self->appointment, &to, moved_cb, g_object_ref (self));
  end (self, self->question.words);
}

/**
 * ava_cell_drag_cancel:
 *
 * Nothing is moved.
 */
void
ava_cell_drag_cancel (AvaCellDrag *self)
{
  g_return_if_fail (AVA_IS_CELL_DRAG (self));

  ava_drag_gesture_stop (self->gesture);
  if (self->appointment != NULL)
    end (self, NULL);
}

/* --- the gesture --- */

static gboolean
begin (gpointer               owner,
       AvaAppointment        *appointment,
       const graphene_rect_t *chip,
       double                 x,
       double                 y)
{
  AvaCellDrag *self = owner;

  if (ava_cell_drag_begin (self, appointment))
    return TRUE;
  g_signal_emit (self, signals[ENDED], 0, ava_calendar_words_for_over ());
  return FALSE;
}

static void
follow (gpointer owner,
        double   x,
        double   y)
{
  AvaCellDrag *self = owner;
  int index = ava_cell_grid_locate (self->grid, x, y);

  if (index >= 0)
    ava_cell_drag_to (self, index);
}

static void
turn (gpointer owner,
      int      by)
{
  g_signal_emit (owner, signals[EDGE], 0, by);
}

static void
drop (gpointer owner)
{
  ava_cell_drag_drop (owner);
}

static void
cancel (gpointer owner)
{
  ava_cell_drag_cancel (owner);
}

static const AvaDragActions actions = { begin, follow, turn, drop, cancel };

static void
ava_cell_drag_dispose (GObject *object)
{
  AvaCellDrag *self = AVA_CELL_DRAG (object);

  ava_drag_question_clear (&self->question);
  g_clear_object (&self->gesture);
  g_clear_object (&self->appointment);
  g_clear_object (&self->book);
  g_clear_pointer (&self->provider_id, g_free);
  G_OBJECT_CLASS (ava_cell_drag_parent_class)->dispose (object);
}

static void
ava_cell_drag_class_init (AvaCellDragClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_cell_drag_dispose;
  signals[EDGE] = g_signal_new ("edge", AVA_TYPE_CELL_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ENDED] = g_signal_new ("ended", AVA_TYPE_CELL_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED] = g_signal_new ("asked", AVA_TYPE_CELL_DRAG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, AVA_TYPE_APPOINTMENT, G_TYPE_POINTER);
}

static void
ava_cell_drag_init (AvaCellDrag *self)
{
  self->enabled = TRUE;
}

/**
 * ava_cell_drag_new:
 * @grid: must outlive it
 *
 * Returns: (transfer full): the drags of that grid
 */
AvaCellDrag *
ava_cell_drag_new (AvaCellGrid *grid,
                   AvaBook     *book)
{
  AvaCellDrag *self = g_object_new (AVA_TYPE_CELL_DRAG, NULL);

  self->grid = grid;
  self->book = g_object_ref (book);
  self->gesture = ava_drag_gesture_new (GTK_WIDGET (grid), &actions, self);
  return self;
}

void
ava_cell_drag_set_enabled (AvaCellDrag *self,
                           gboolean     enabled)
{
  g_return_if_fail (AVA_IS_CELL_DRAG (self));

  if (!enabled)
    ava_cell_drag_cancel (self);
  self->enabled = enabled;
  ava_drag_gesture_set_enabled (self->gesture, enabled);
}
