/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-axis.h"

#include "ava-wall-time.h"

#define STEP_US ((gint64) AVA_AXIS_STEP_MIN * 60 * G_USEC_PER_SEC)
#define MINUTES_PER_DAY (24 * 60)

/* A step of one day, and when it is. */
typedef struct {
  AvaAxisStep step;
  gint64 start_us;      /* [us] UTC */
} Moment;

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  const Moment *first = a;
  const Moment *second = b;

  return first->start_us < second->start_us ? -1 : first->start_us > second->start_us;
}

/* In the order of time: an hour that the clocks show twice comes twice. */
static GArray *
list_moments (const GDate *day,
              GTimeZone   *zone)
{
  GArray *moments = g_array_sized_new (FALSE, FALSE, sizeof (Moment), 100);
  gint64 midnight_us = ava_wall_time_first (day, 0, zone);
  gboolean even = ava_wall_time_first (day, MINUTES_PER_DAY, zone) - midnight_us ==
                  (gint64) MINUTES_PER_DAY * 60 * G_USEC_PER_SEC;

  for (int minute = 0; minute < MINUTES_PER_DAY; minute += AVA_AXIS_STEP_MIN) {
    gint64 starts_us[2] = { midnight_us + (gint64) minute * 60 * G_USEC_PER_SEC };
    guint count = even ? 1 : ava_wall_time_find (day, minute, zone, starts_us);

    for (guint fold = 0; fold < count; fold++) {
      Moment moment = { { minute, fold }, starts_us[fold] };

      g_array_append_val (moments, moment);
    }
  }
  g_array_sort (moments, compare_moments);
  return moments;
}

/* Of a week the longest day has every step that another has, since its clocks change once at most. */
static GArray *
choose_steps (GPtrArray *moments)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (AvaAxisStep));
  GArray *longest = moments->pdata[0];

  for (guint i = 1; i < moments->len; i++) {
    if (((GArray *) moments->pdata[i])->len > longest->len)
      longest = moments->pdata[i];
  }
  for (guint i = 0; i < longest->len; i++)
    g_array_append_val (steps, g_array_index (longest, Moment, i).step);
  return steps;
}

static GArray *
spread_day (GArray *steps,
            GArray *moments)
{
  GArray *starts = g_array_sized_new (FALSE, TRUE, sizeof (gint64), steps->len);
  guint next = 0;

  g_array_set_size (starts, steps->len);
  for (guint i = 0; i < steps->len && next < moments->len; i++) {
    AvaAxisStep *step = &g_array_index (steps, AvaAxisStep, i);
    Moment *moment = &g_array_index (moments, Moment, next);

    if (step->minute != moment->step.minute || step->fold != moment->step.fold)
      continue;
    g_array_index (starts, gint64, i) = moment->start_us;
    next++;
  }
  return starts;
}

/**
 * ava_day_axis_new:
 * @days: (array length=n_days): local days, one at least; the same one may come several times
 *
 * Returns: (transfer full): the axis that they share
 */
AvaDayAxis *
ava_day_axis_new (const GDate *days,
                  guint        n_days,
                  GTimeZone   *zone)
{
  AvaDayAxis *self = g_new0 (AvaDayAxis, 1);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  self->days = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n_days; i++) {
    if (i > 0 && g_date_compare (&days[i], &days[i - 1]) == 0)
      g_ptr_array_add (moments, g_array_ref (moments->pdata[i - 1]));
    else
      g_ptr_array_add (moments, list_moments (&days[i], zone));
  }
  self->steps = choose_steps (moments);
  for (guint i = 0; i < n_days; i++) {
    if (i > 0 && moments->pdata[i] == moments->pdata[i - 1])
      g_ptr_array_add (self->days, g_array_ref (self->days->pdata[i - 1]));
    else
      g_ptr_array_add (self->days, spread_day (self->steps, moments->pdata[i]));
  }
  return self;
}

void
ava_day_axis_free (AvaDayAxis *self)
{
  g_array_unref (self->steps);
  g_ptr_array_unref (self->days);
  g_free (self);
}

gboolean
ava_day_axis_has (AvaDayAxis *self,
                  guint       day,
                  guint       step)
{
  GArray *starts = self->days->pdata[day];

  return step < starts->len && g_array_index (starts, gint64, step) != 0;
}

/* The last step that begins at @at_us or before; -1: the day begins later. */
static int
find_step (GArray *starts,
           gint64  at_us)
{
  int low = 0;
  int high = (int) starts->len - 1;
  int found = -1;

  /* Steps that a day does not have are few and stand together, and look like what follows them. */
  while (low <= high) {
    int middle = (low + high) / 2;
    int known = middle;

    while (known <= high && g_array_index (starts, gint64, known) == 0)
      known++;
    if (known > high) {
      high = middle - 1;
    } else if (g_array_index (starts, gint64, known) <= at_us) {
      found = known;
      low = known + 1;
    } else {
      high = middle - 1;
    }
  }
  return found;
}

/**
 * ava_day_axis_place:
 * @day: number of the day
 *
 * Returns: [steps] from the start of the axis; 0 before that day, the number of steps after it
 */
double
ava_day_axis_place (AvaDayAxis *self,
                    guint       day,
                    gint64      at_us)
{
  GArray *starts = self->days->pdata[day];
  int step = find_step (starts, at_us);

  if (step < 0)
    return 0;
  if (at_us >= ava_day_axis_end (self, day))
    return starts->len;
  return step + MIN ((double) (at_us - g_array_index (starts, gint64, step)) / STEP_US, 1.0);
}

/**
 * ava_day_axis_time:
 * @place: [steps] from the start of the axis
 *
 * Returns: [us] UTC, what the clock shows there; of steps that the day does not have, what comes next
 */
gint64
ava_day_axis_time (AvaDayAxis *self,
                   guint       day,
                   double      place)
{
  GArray *starts = self->days->pdata[day];
  double clamped = CLAMP (place, 0, starts->len);
  guint step = MIN ((guint) clamped, starts->len - 1);

  if (g_array_index (starts, gint64, step) != 0)
    return g_array_index (starts, gint64, step) + (gint64) ((clamped - step) * STEP_US + 0.5);
  while (step < starts->len && g_array_index (starts, gint64, step) == 0)
    step++;
  return step < starts->len ? g_array_index (starts, gint64, step) : ava_day_axis_end (self, day);
}

/* Returns: [us] UTC, when that day begins */
gint64
ava_day_axis_start (AvaDayAxis *self,
                    guint       day)
{
  GArray *starts = self->days->pdata[day];
  guint step = 0;

  while (step + 1 < starts->len && g_array_index (starts, gint64, step) == 0)
    step++;
  return g_array_index (starts, gint64, step);
}

/* Returns: [us] UTC, when that day is over */
gint64
ava_day_axis_end (AvaDayAxis *self,
                  guint       day)
{
  GArray *starts = self->days->pdata[day];
  guint step = starts->len - 1;

  while (step > 0 && g_array_index (starts, gint64, step) == 0)
    step--;
  return g_array_index (starts, gint64, step) + STEP_US;
}
