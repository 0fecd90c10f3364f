/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-board-private.h"

#include "ava-wall-time.h"

/*
 *   hours of the location and of the provider -> stretches, open or closed -> less what is taken
 *   -> cut at the quarters (free) and at the hours (closed)
 */

#define USEC_PER_MIN ((gint64) 60 * G_USEC_PER_SEC)
#define MIN_FREE_US (5 * USEC_PER_MIN)

/* Time that is taken. */
typedef struct {
  gint64 from_us;
  gint64 to_us;
} Taken;

/* What the hours say of a column. */
typedef struct {
  AvaDayBoard *board;
  AvaBoardColumn *column;
  guint number;
  AvaSpan here[AVA_SPA_MAX_SPANS];  /* of the location */
  guint n_here;
  const char *note;                 /* why it differs, nullable */
  GArray *taken;                    /* Taken, by start: something is there */
  GArray *full;                     /* Taken, by start: nothing more can be there; of a capacity of one the same */
  guint n_items;                    /* of the board that are no gaps */
} Gaps;

static gboolean
is_in (const AvaSpan *spans,
       guint          n_spans,
       int            minute)
{
  for (guint i = 0; i < n_spans; i++) {
    if (minute >= spans[i].open_min && minute < spans[i].close_min)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_between (const AvaSpan *spans,
            guint          n_spans,
            int            minute)
{
  return n_spans > 1 && minute >= spans[0].close_min && minute < spans[n_spans - 1].open_min;
}

/* --- What is taken --------------------------------------------------------------------------- */

static void
add_taken (GArray *list,
           gint64  from_us,
           gint64  to_us)
{
  Taken taken = { from_us, to_us };

  if (to_us > from_us)
    g_array_append_val (list, taken);
}

static int
compare_taken (gconstpointer a,
               gconstpointer b)
{
  const Taken *first = a;
  const Taken *second = b;

  return first->from_us < second->from_us ? -1 : first->from_us > second->from_us;
}

/* A provider is free while a treatment works by itself; the room is not. */
static void
take_item (Gaps         *gaps,
           AvaBoardItem *item)
{
  AvaAppointment *appointment = item->kind == AVA_ITEM_HOLD ? NULL : item->subject;
  gboolean processes = appointment != NULL && gaps->column->room_id == NULL &&
                       appointment->active_end_us > appointment->start_us && appointment->active_end_us < appointment->end_us;

  if (!processes) {
    add_taken (gaps->taken, item->busy_start_us, MAX (item->busy_end_us, item->end_us));
    return;
  }
  add_taken (gaps->taken, item->busy_start_us, appointment->active_end_us);
  add_taken (gaps->taken, appointment->end_us, item->busy_end_us);
}

static AvaBoardItem *
get_item (Gaps  *gaps,
          guint  number)
{
  return &g_array_index (gaps->board->items, AvaBoardItem, number);
}

static gint64
get_busy_end (const AvaBoardItem *item)
{
  return MAX (item->busy_end_us, item->end_us);
}

/* Shown, and yet it takes no time. */
static gboolean
was_given_up (const AvaBoardItem *item)
{
  AvaAppointment *appointment = item->kind == AVA_ITEM_HOLD ? NULL : item->subject;

  return appointment != NULL && (appointment->status == AVA_APPOINTMENT_CANCELLED || appointment->status == AVA_APPOINTMENT_NO_SHOW);
}

/* How many of a room's places are taken at @at_us; a time at which it is out of use takes all. */
static guint
count_places (Gaps   *gaps,
              gint64  at_us)
{
  guint count = 0;

  for (guint i = 0; i < gaps->n_items; i++) {
    AvaBoardItem *item = get_item (gaps, i);

    if (item->column != gaps->number || item->busy_start_us > at_us || get_busy_end (item) <= at_us || was_given_up (item))
      continue;
    if (item->subject == NULL)
      return gaps->column->capacity;
    count += !ava_day_board_is_guest (gaps->board, i);
  }
  return count;
}

/* Where as much goes on in a room as can. What is there changes only where something begins or ends. */
static void
list_full (Gaps *gaps)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (Taken));

  for (guint i = 0; i < gaps->n_items; i++) {
    AvaBoardItem *item = get_item (gaps, i);

    if (item->column != gaps->number)
      continue;
    add_taken (times, item->busy_start_us, G_MAXINT64);
    add_taken (times, get_busy_end (item), G_MAXINT64);
  }
  g_array_sort (times, compare_taken);
  for (guint i = 0; i + 1 < times->len; i++) {
    gint64 from_us = g_array_index (times, Taken, i).from_us;

    if (count_places (gaps, from_us) >= gaps->column->capacity)
      add_taken (gaps->full, from_us, g_array_index (times, Taken, i + 1).from_us);
  }
}

static void
list_taken (Gaps *gaps)
{
  g_array_set_size (gaps->taken, 0);
  g_array_set_size (gaps->full, 0);
  for (guint i = 0; i < gaps->n_items; i++) {
    if (get_item (gaps, i)->column == gaps->number)
      take_item (gaps, get_item (gaps, i));
  }
  g_array_sort (gaps->taken, compare_taken);
  if (gaps->column->capacity > 1)
    list_full (gaps);
  else
    g_array_append_vals (gaps->full, gaps->taken->data, gaps->taken->len);
}

/* --- Cutting --------------------------------------------------------------------------------- */

/* Beside what is there already, in a room for several. */
static void
choose_lane (Gaps         *gaps,
             AvaBoardItem *free)
{
  guint64 used = 0;

  for (guint i = 0; gaps->column->capacity > 1 && i < gaps->n_items; i++) {
    AvaBoardItem *item = get_item (gaps, i);

    if (item->column != gaps->number || item->busy_start_us >= free->end_us || get_busy_end (item) <= free->start_us)
      continue;
    used |= G_GUINT64_CONSTANT (1) << MIN (item->lane, 63);
    free->n_lanes = MAX (free->n_lanes, item->n_lanes);
  }
  while (free->lane + 1 < free->n_lanes && (used >> MIN (free->lane, 63) & 1) != 0)
    free->lane++;
}

static void
add_free (Gaps   *gaps,
          gint64  from_us,
          gint64  to_us)
{
  AvaDayAxis *axis = gaps->board->axis;
  guint day = gaps->column->axis_day;

  while (from_us < to_us) {
    guint step = (guint) ava_day_axis_place (axis, day, from_us);
    gint64 next_us = MIN (to_us, ava_day_axis_time (axis, day, step + 1));
    AvaBoardItem item = { .kind = AVA_ITEM_FREE, .column = gaps->number, .start_us = from_us, .end_us = next_us,
                          .busy_start_us = from_us, .busy_end_us = next_us, .n_lanes = 1 };

    if (next_us <= from_us)
      return;
    choose_lane (gaps, &item);
    if (next_us - from_us >= MIN_FREE_US)
      g_array_append_val (gaps->board->items, item);
    from_us = next_us;
  }
}

/* An open stretch, less what is full of it. */
static void
add_open (Gaps   *gaps,
          gint64  from_us,
          gint64  to_us)
{
  for (guint i = 0; i < gaps->full->len && from_us < to_us; i++) {
    Taken *taken = &g_array_index (gaps->full, Taken, i);

    if (taken->to_us <= from_us)
      continue;
    if (taken->from_us >= to_us)
      break;
    add_free (gaps, from_us, taken->from_us);
    from_us = MAX (from_us, taken->to_us);
  }
  add_free (gaps, from_us, to_us);
}

/* A closed stretch is cut where an appointment stands in it all the same. */
static void
add_closed (Gaps         *gaps,
            AvaBoardItem  item)
{
  gint64 from_us = item.start_us;
  gint64 to_us = item.end_us;

  item.n_lanes = 1;
  item.column = gaps->number;
  for (guint i = 0; i <= gaps->taken->len && from_us < to_us; i++) {
    Taken *taken = i < gaps->taken->len ? &g_array_index (gaps->taken, Taken, i) : NULL;

    if (taken != NULL && taken->to_us <= from_us)
      continue;
    item.start_us = item.busy_start_us = from_us;
    item.end_us = item.busy_end_us = taken != NULL ? MIN (taken->from_us, to_us) : to_us;
    if (item.end_us > item.start_us)
      g_array_append_val (gaps->board->items, item);
    from_us = taken != NULL ? MAX (from_us, taken->to_us) : to_us;
  }
}

static void
add_stretch (Gaps *gaps,
             int   from_min,
             int   to_min)
{
  GTimeZone *zone = gaps->board->spa->zone;
  gboolean is_here = is_in (gaps->here, gaps->n_here, from_min);
  gboolean is_there = is_in (gaps->column->spans, gaps->column->n_spans, from_min);
  AvaBoardItem item = { .kind = AVA_ITEM_CLOSED };

  item.start_us = ava_wall_time_first (&gaps->column->day, from_min, zone);
  item.end_us = ava_wall_time_first (&gaps->column->day, to_min, zone);
  if (item.end_us <= item.start_us)
    return;
  if (is_here && is_there) {
    add_open (gaps, item.start_us, item.end_us);
    return;
  }
  item.block = is_here ? AVA_BLOCKED_PROVIDER_OFF : AVA_BLOCKED_CLOSED;
  item.note = is_here ? gaps->column->note : gaps->note;
  item.is_break = is_here ? is_between (gaps->column->spans, gaps->column->n_spans, from_min)
                          : is_between (gaps->here, gaps->n_here, from_min);
  add_closed (gaps, item);
}

/* The next minute at which something changes: hours begin or end, or a full hour of a closed time. */
static int
find_next (Gaps *gaps,
           int   minute,
           int   last_min)
{
  const struct { const AvaSpan *spans; guint n_spans; } both[] = {
    { gaps->here, gaps->n_here }, { gaps->column->spans, gaps->column->n_spans },
  };
  gboolean open = is_in (gaps->here, gaps->n_here, minute) && is_in (gaps->column->spans, gaps->column->n_spans, minute);
  int next = open ? last_min : MIN (last_min, (minute / 60 + 1) * 60);

  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    for (guint j = 0; j < both[i].n_spans; j++) {
      if (both[i].spans[j].open_min > minute)
        next = MIN (next, both[i].spans[j].open_min);
      if (both[i].spans[j].close_min > minute)
        next = MIN (next, both[i].spans[j].close_min);
    }
  }
  return next;
}

void
ava_day_board_add_gaps (AvaDayBoard *self)
{
  GArray *steps = self->axis->steps;
  Gaps gaps = {
    .board = self, .taken = g_array_new (FALSE, FALSE, sizeof (Taken)), .full = g_array_new (FALSE, FALSE, sizeof (Taken)),
    .n_items = self->items->len,
  };
  int first_min = g_array_index (steps, AvaAxisStep, self->first_step).minute;
  int last_min = self->last_step < steps->len ? g_array_index (steps, AvaAxisStep, self->last_step).minute : 24 * 60;

  for (gaps.number = 0; gaps.number < self->columns->len; gaps.number++) {
    gaps.column = ava_day_board_get (self, gaps.number);
    gaps.n_here = ava_spa_list_hours (self->spa, NULL, &gaps.column->day, gaps.here, AVA_SPA_MAX_SPANS, &gaps.note);
    list_taken (&gaps);
    for (int minute = first_min; minute < last_min;) {
      int next = find_next (&gaps, minute, last_min);

      add_stretch (&gaps, minute, next);
      minute = next;
    }
  }
  g_array_unref (gaps.taken);
  g_array_unref (gaps.full);
}
