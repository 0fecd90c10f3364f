/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* Joins a phrase with a later one: "next Tuesday", then "at three". */

#define LAST_MIN 1439
#define HALF_DAY 720

/* What was said, and when. */
typedef struct {
  char *text;
  gint64 now_us;      /* [us] UTC */
} Said;

static void
said_free (Said *said)
{
  g_free (said->text);
  g_free (said);
}

static void
add_said (GPtrArray  *list,
          const char *text,
          gint64      now_us)
{
  Said *said = g_new0 (Said, 1);

  said->text = g_strdup (text);
  said->now_us = now_us;
  g_ptr_array_add (list, said);
}

/* Keeps @text as what @self was read from. */
void
ava_date_phrase_say (AvaDatePhrase *self,
                     const char    *text)
{
  self->said = g_ptr_array_new_with_free_func ((GDestroyNotify) said_free);
  add_said (self->said, text, self->now_us);
}

static void
say_more (AvaDatePhrase       *self,
          const AvaDatePhrase *later)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) said_free);
  const GPtrArray *parts[] = { self->said, later->said };

  /* What was not said, but found, stays as it is. */
  for (guint i = 0; i < 2 && parts[0] != NULL && parts[1] != NULL; i++) {
    for (guint j = 0; j < parts[i]->len; j++)
      add_said (all, ((Said *) parts[i]->pdata[j])->text, ((Said *) parts[i]->pdata[j])->now_us);
  }
  g_clear_pointer (&self->said, g_ptr_array_unref);
  if (all->len > 0)
    self->said = g_steal_pointer (&all);
}

/**
 * ava_date_phrase_read_at:
 * @zone: of another location
 *
 * Returns: (transfer full): what the same words, said at the same moments, mean there; "tomorrow" may be another day
 */
AvaDatePhrase *
ava_date_phrase_read_at (const AvaDatePhrase *self,
                         GTimeZone           *zone)
{
  AvaDatePhrase *there = NULL;

  for (guint i = 0; self->said != NULL && i < self->said->len; i++) {
    const Said *said = self->said->pdata[i];
    g_autoptr (AvaDatePhrase) read = ava_date_phrase_parse (said->text, said->now_us, zone);

    if (there != NULL)
      ava_date_phrase_merge (there, read);
    else
      there = g_steal_pointer (&read);
  }
  if (there != NULL)
    return there;
  there = ava_date_phrase_copy (self);
  g_clear_pointer (&there->zone, g_time_zone_unref);
  there->zone = g_time_zone_ref (zone);
  return there;
}

static gboolean
narrow (AvaDatePhrase       *self,
        const AvaDatePhrase *later)
{
  int first = g_date_get_julian (&self->first_day);
  int last = g_date_get_julian (&self->last_day);

  if (first == last || (later->weekday == 0 && later->month_day == 0))
    return FALSE;
  for (int julian = first; julian <= last; julian++) {
    GDate date;

    ava_date_set_day (&date, julian);
    if ((later->weekday > 0 && ava_date_weekday (julian) != later->weekday) ||
        (later->month_day > 0 && g_date_get_day (&date) != later->month_day))
      continue;
    self->first_day = self->last_day = date;
    return TRUE;
  }
  return FALSE;
}

static void
set_chosen (AvaDatePhrase *self,
            GDate          day)
{
  self->first_day = self->last_day = day;
  self->has_other = FALSE;
  self->weekday = self->month_day = 0;
  self->weekdays = 0;
  g_clear_pointer (&self->question, g_free);
  g_clear_pointer (&self->day_assumption, g_free);
}

/**
 * ava_date_phrase_choose:
 * @later: the later one of the two
 *
 * Answers "Do you mean this day, or that?" with "the first one", "the later one".
 *
 * Returns: whether that was the question
 */
gboolean
ava_date_phrase_choose (AvaDatePhrase *self,
                        gboolean       later)
{
  gboolean in_order;

  if (!self->has_other)
    return FALSE;
  in_order = g_date_compare (&self->first_day, &self->other_day) < 0;
  set_chosen (self, in_order == later ? self->other_day : self->first_day);
  ava_date_phrase_check (self);
  return TRUE;
}

/* Of two days that were asked about, @later names or refuses one: "this week", "April", "not this Friday". */
static gboolean
choose_day (AvaDatePhrase       *self,
            const AvaDatePhrase *later)
{
  GDate days[] = { self->first_day, self->other_day };
  gboolean fits[2];

  if (!self->has_other || (!later->has_date && later->weekdays == 0 && !later->refuses_day))
    return FALSE;
  for (int i = 0; i < 2; i++) {
    if (later->refuses_day)
      fits[i] = g_date_compare (&days[i], &later->refused_first) < 0 || g_date_compare (&days[i], &later->refused_last) > 0;
    else
      fits[i] = ava_date_phrase_has_day (later, &days[i]) ||
                (later->has_other && g_date_compare (&days[i], &later->other_day) == 0);
  }
  if (fits[0] == fits[1])
    return FALSE;
  set_chosen (self, fits[0] ? days[0] : days[1]);
  return TRUE;
}

static void
merge_day (AvaDatePhrase       *self,
           const AvaDatePhrase *later)
{
  g_clear_pointer (&self->day_assumption, g_free);
  g_clear_pointer (&self->question, g_free);
  g_clear_pointer (&self->problem, g_free);
  self->no_such_day = later->no_such_day;
  self->problem = g_strdup (later->problem);
  /* "next week", then "Tuesday": the Tuesday of that week. */
  if (self->has_date && narrow (self, later)) {
    self->weekday = self->month_day = 0;
    self->weekdays = 0;
    self->has_other = FALSE;
    return;
  }
  self->weekdays = later->weekdays;
  self->has_other = later->has_other;
  self->other_day = later->other_day;
  self->has_date = later->has_date;
  self->first_day = later->first_day;
  self->last_day = later->last_day;
  self->weekday = later->weekday;
  self->month_day = later->month_day;
  self->day_assumption = g_strdup (later->day_assumption);
  self->question = g_strdup (later->question);
}

/* "Next week", then "not on Friday"; a day that is refused is no longer wished for. */
static void
merge_refusal (AvaDatePhrase       *self,
               const AvaDatePhrase *later)
{
  guint both = self->weekdays & later->weekdays;
  gboolean left = FALSE;

  if (later->refuses_time) {
    self->has_time = self->exact_time = self->open_hour = FALSE;
    self->from_min = self->to_min = 0;
    g_clear_pointer (&self->time_assumption, g_free);
  }
  if (later->weekdays != 0)
    self->weekdays = self->weekdays != 0 && both != 0 ? both : later->weekdays;
  if (self->has_date) {
    for (GDate day = self->first_day; g_date_compare (&day, &self->last_day) <= 0; g_date_add_days (&day, 1))
      left = left || ava_date_phrase_has_day (self, &day);
  }
  if (later->refuses_day || (later->weekdays != 0 && !left)) {
    self->has_date = FALSE;
    self->weekday = self->month_day = 0;
    g_clear_pointer (&self->day_assumption, g_free);
  }
}

/* "in the evening", then "at seven"; or the other way round. */
static void
merge_time (AvaDatePhrase       *self,
            const AvaDatePhrase *later)
{
  int other = (later->from_min + HALF_DAY) % 1440;
  int own = (self->from_min + HALF_DAY) % 1440;

  if (self->has_time && self->exact_time && self->open_hour && !later->exact_time && !later->open_hour) {
    gboolean fits = self->from_min >= later->from_min && self->from_min <= later->to_min;

    if (fits || (own >= later->from_min && own <= later->to_min)) {
      self->from_min = self->to_min = fits ? self->from_min : own;
      self->open_hour = FALSE;
      g_clear_pointer (&self->time_assumption, g_free);
      return;
    }
  }
  if (self->has_time && !self->exact_time && later->exact_time && later->open_hour) {
    gboolean fits = later->from_min >= self->from_min && later->from_min <= self->to_min;

    if (!fits && other >= self->from_min && other <= self->to_min) {
      self->from_min = self->to_min = other;
      self->exact_time = TRUE;
      g_clear_pointer (&self->time_assumption, g_free);
      return;
    }
  }
  g_free (self->time_assumption);
  self->time_assumption = g_strdup (later->time_assumption);
  self->open_hour = later->open_hour;
  if (self->has_time && !self->exact_time && !later->exact_time &&
      MAX (self->from_min, later->from_min) <= MIN (self->to_min, later->to_min)) {
    self->from_min = MAX (self->from_min, later->from_min);
    self->to_min = MIN (self->to_min, later->to_min);
    return;
  }
  self->has_time = TRUE;
  self->from_min = later->from_min;
  self->to_min = later->to_min;
  self->exact_time = later->exact_time;
}

static void
merge_shift (AvaDatePhrase       *self,
             const AvaDatePhrase *later)
{
  if (self->has_date && later->shift_days != 0) {
    int first = g_date_get_julian (&self->first_day) + later->shift_days;
    int last = g_date_get_julian (&self->last_day) + later->shift_days;

    ava_date_set_day (&self->first_day, first);
    ava_date_set_day (&self->last_day, last);
    self->weekday = self->month_day = 0;
    g_clear_pointer (&self->day_assumption, g_free);
  }
  if (!self->has_time || later->shift_time == 0)
    return;
  if (later->shift_time > 0) {
    self->from_min = MIN (self->to_min + 1, LAST_MIN);
    self->to_min = LAST_MIN;
  } else {
    self->to_min = MAX (self->from_min - 1, 0);
    self->from_min = 0;
  }
  self->exact_time = FALSE;
  self->open_hour = FALSE;
  g_clear_pointer (&self->time_assumption, g_free);
}

/* Returns: (transfer full): @later, of which "the following Monday" is that after the day of @self */
static AvaDatePhrase *
follow (const AvaDatePhrase *self,
        const AvaDatePhrase *later)
{
  AvaDatePhrase *after = ava_date_phrase_copy (later);

  if (later->following == 0 || !self->has_date)
    return after;
  ava_date_set_day (&after->first_day, ava_date_weekday_from (g_date_get_julian (&self->last_day) + 1, later->following));
  after->last_day = after->first_day;
  return after;
}

/**
 * ava_date_phrase_merge:
 * @self: what was understood so far
 * @then: what was said then
 *
 * A day said later replaces the day, or chooses within a span ("next week", then "Tuesday"); the time
 * stays unless a time is said too. A time said later refines a part of the day ("afternoon", then
 * "after three") and else replaces it. "The next day" and "later that day" count from @self.
 */
void
ava_date_phrase_merge (AvaDatePhrase       *self,
                       const AvaDatePhrase *then)
{
  g_autoptr (AvaDatePhrase) later = NULL;

  g_return_if_fail (self != NULL && then != NULL);

  if (ava_date_phrase_is_empty (then))
    return;
  later = follow (self, then);
  say_more (self, later);
  self->now_us = later->now_us;
  if (later->zone != NULL && later->zone != self->zone) {
    g_clear_pointer (&self->zone, g_time_zone_unref);
    self->zone = g_time_zone_ref (later->zone);
  }
  if (!self->no_such_day)
    g_clear_pointer (&self->problem, g_free);
  if (choose_day (self, later)) {
    /* chosen */
  } else if (later->has_date || later->no_such_day) {
    merge_day (self, later);
  } else if (later->question != NULL || later->has_time || later->has_shift || later->weekdays != 0) {
    /* Which day is meant stays open until it is said. */
    if (!self->has_other || later->question != NULL || later->has_shift || later->weekdays != 0) {
      g_free (self->question);
      self->question = g_strdup (later->question);
      self->has_other = FALSE;
    }
    merge_refusal (self, later);
  }
  self->bygone = later->bygone;
  if (later->has_time) {
    merge_time (self, later);
  } else if (later->any_time && !later->has_date) {
    self->has_time = self->exact_time = self->open_hour = FALSE;
    self->from_min = self->to_min = 0;
    g_clear_pointer (&self->time_assumption, g_free);
  }
  if (later->has_shift)
    merge_shift (self, later);
  self->first_available = later->first_available || (self->first_available && !later->has_date && !later->has_time);
  self->any_time = later->any_time;
  self->matched_from = later->matched_from;
  self->matched_to = later->matched_to;
  ava_date_phrase_check (self);
}

/**
 * ava_date_phrase_copy:
 *
 * Returns: (transfer full): a copy
 */
AvaDatePhrase *
ava_date_phrase_copy (const AvaDatePhrase *self)
{
  AvaDatePhrase *copy = g_memdup2 (self, sizeof *self);

  copy->assumption = g_strdup (self->assumption);
  copy->question = g_strdup (self->question);
  copy->problem = g_strdup (self->problem);
  copy->day_assumption = g_strdup (self->day_assumption);
  copy->time_assumption = g_strdup (self->time_assumption);
  copy->zone = self->zone != NULL ? g_time_zone_ref (self->zone) : NULL;
  copy->said = self->said != NULL ? g_ptr_array_ref (self->said) : NULL;
  return copy;
}

/**
 * ava_date_phrase_free:
 * @self: (transfer full) (nullable):
 */
void
ava_date_phrase_free (AvaDatePhrase *self)
{
  if (self == NULL)
    return;
  g_free (self->assumption);
  g_free (self->question);
  g_free (self->problem);
  g_free (self->day_assumption);
  g_free (self->time_assumption);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_free (self);
}
