/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* Of all times in a phrase one time or span, with am or pm where neither was said. */

#define LAST_MIN 1439
#define AROUND_MIN 30
#define HALF_DAY 720
#define LATEST_GUESS_MIN 1200  /* nobody means 9 PM by "nine" */

typedef struct {
  gboolean part;      /* a part of the day was named */
  int part_from;
  int part_to;
  gboolean today;
  int now_min;
} Context;

static int
guess_minute (int minute)
{
  int hour = minute / 60;

  return hour >= 1 && hour <= 6 ? minute + HALF_DAY : minute;
}

static int
settle (const AvaWallTime *clock,
        const Context     *context,
        AvaDatePhrase     *self,
        gboolean           note)
{
  int am = clock->minute % HALF_DAY;
  int pm = am + HALF_DAY;
  int guess;

  if (!clock->open)
    return clock->minute;
  if (context->part && context->part_from >= HALF_DAY)
    return pm;
  if (context->part && context->part_to < HALF_DAY)
    return am;
  guess = guess_minute (clock->minute);
  if (context->today && guess < context->now_min && pm >= context->now_min &&
      pm <= LATEST_GUESS_MIN)
    guess = pm;
  if (clock->minute >= HALF_DAY && guess == clock->minute)
    return guess;
  self->open_hour = TRUE;
  if (note) {
    g_autofree char *taken = ava_date_speak_minutes (guess);
    g_autofree char *other = ava_date_speak_minutes ((guess + HALF_DAY) % 1440);

    g_free (self->time_assumption);
    self->time_assumption = g_strdup_printf ("%s, not %s", taken, other);
  }
  return guess;
}

static void
settle_span (AvaTimeWords  *time,
             const Context *context,
             AvaDatePhrase *self,
             int           *from,
             int           *to)
{
  AvaWallTime *a = &time->a;
  AvaWallTime *b = &time->b;

  if (a->open && !b->open) {
    int am = a->minute % HALF_DAY;

    *to = b->minute;
    *from = am + HALF_DAY <= *to ? am + HALF_DAY : am;
    return;
  }
  *from = settle (a, context, self, TRUE);
  *to = b->minute;
  if (!b->open)
    return;
  *to = b->minute % HALF_DAY;
  if (*to <= *from)
    *to += HALF_DAY;
}

static void
settle_time (AvaTimeWords  *time,
             const Context *context,
             AvaDatePhrase *self,
             int           *from,
             int           *to)
{
  int minute;

  if (time->kind == AVA_TIME_SPAN) {
    settle_span (time, context, self, from, to);
    return;
  }
  minute = settle (&time->a, context, self, TRUE);
  *from = *to = minute;
  switch (time->kind) {
  case AVA_TIME_AFTER:
    *to = LAST_MIN;
    break;
  case AVA_TIME_BEFORE:
    *from = 0;
    *to = MAX (minute - 1, 0);
    break;
  case AVA_TIME_BY:
    *from = 0;
    break;
  case AVA_TIME_AROUND:
    *from = MAX (minute - AROUND_MIN, 0);
    *to = MIN (minute + AROUND_MIN, LAST_MIN);
    break;
  default:
    break;
  }
}

static void
fold_parts (GArray        *times,
            Context       *context,
            int           *low,
            int           *high)
{
  for (guint i = 0; i < times->len; i++) {
    AvaTimeWords *time = &g_array_index (times, AvaTimeWords, i);

    if (time->kind != AVA_TIME_PART)
      continue;
    if (time->negated) {
      if (time->a.minute < HALF_DAY)
        *low = MAX (*low, time->b.minute + 1);
      else
        *high = MIN (*high, time->a.minute - 1);
      continue;
    }
    /* "first thing Monday morning" is the narrower of the two. */
    if (context->part && time->a.minute >= context->part_from && time->b.minute <= context->part_to)
      context->part = FALSE;
    else if (context->part && context->part_from >= time->a.minute && context->part_to <= time->b.minute)
      continue;
    context->part_from = context->part ? MIN (context->part_from, time->a.minute) : time->a.minute;
    context->part_to = context->part ? MAX (context->part_to, time->b.minute) : time->b.minute;
    context->part = TRUE;
  }
}

static void
join_time (GArray        *tokens,
           AvaTimeWords  *time,
           AvaTimeWords  *before,
           int            from,
           int            to,
           AvaDatePhrase *self)
{
  gboolean exact = time->kind == AVA_TIME_EXACT;

  if (!self->has_time || ava_date_tokens_have (tokens, before->next, time->at, AVA_DATE_CORRECTIONS)) {
    self->from_min = from;
    self->to_min = to;
    self->exact_time = exact;
  } else if (exact && self->exact_time && ava_date_tokens_have (tokens, before->next, time->at, "or|and")) {
    self->from_min = MIN (self->from_min, from);
    self->to_min = MAX (self->to_min, to);
    self->exact_time = self->from_min == self->to_min;
  } else if (exact && self->exact_time && from != self->from_min) {
    g_autofree char *one = ava_date_speak_minutes (self->from_min);
    g_autofree char *other = ava_date_speak_minutes (from);

    g_free (self->question);
    self->question = g_strdup_printf ("At %s, or at %s?", one, other);
  } else if (!exact && !self->exact_time && MAX (self->from_min, from) > MIN (self->to_min, to) &&
             ava_date_tokens_have (tokens, before->next, time->at, "or")) {
    /* "Before nine or after five" */
    g_free (self->question);
    self->question = g_strdup ("Would you rather come early, or late in the day?");
    self->from_min = MIN (self->from_min, from);
    self->to_min = MAX (self->to_min, to);
  } else if (!exact && !self->exact_time) {
    self->from_min = MAX (self->from_min, from);
    self->to_min = MIN (self->to_min, to);
  } else if (exact != self->exact_time) {
    /* "I get off at five, so after five thirty": what was said last is meant. */
    self->from_min = from;
    self->to_min = to;
    self->exact_time = exact;
  }
  self->has_time = TRUE;
}

/**
 * ava_date_times_fold: (skip)
 * @times: AvaTimeWords in the order in which they were said
 * @today: whether the only day meant is today
 * @now_min: minute of today
 *
 * Makes one time, or span of the day, of all that was said about it.
 */
void
ava_date_times_fold (GArray        *tokens,
                     GArray        *times,
                     gboolean       today,
                     int            now_min,
                     AvaDatePhrase *self)
{
  Context context = { .today = today, .now_min = now_min };
  AvaTimeWords *before = NULL;
  int low = 0;
  int high = LAST_MIN;
  gboolean negated = FALSE;
  gboolean around = FALSE;

  fold_parts (times, &context, &low, &high);
  for (guint i = 0; i < times->len; i++) {
    AvaTimeWords *time = &g_array_index (times, AvaTimeWords, i);
    int from;
    int to;

    if (time->kind == AVA_TIME_PART)
      continue;
    if (time->negated) {
      negated = TRUE;
      continue;
    }
    settle_time (time, &context, self, &from, &to);
    join_time (tokens, time, before, from, to, self);
    around = around || time->kind == AVA_TIME_AROUND || time->kind == AVA_TIME_SPAN;
    before = time;
    if (time->midnight && self->question == NULL)
      self->question = g_strdup ("Which midnight do you mean: the start of that day, or its end?");
  }
  if (context.part && (!self->has_time || (!self->exact_time && !around))) {
    int from = self->has_time ? MAX (self->from_min, context.part_from) : context.part_from;
    int to = self->has_time ? MIN (self->to_min, context.part_to) : context.part_to;

    if (from <= to || !self->has_time) {
      self->from_min = from;
      self->to_min = to;
    }
    self->has_time = TRUE;
  }
  if (low > 0 || high < LAST_MIN) {
    self->from_min = MAX (self->has_time ? self->from_min : 0, low);
    self->to_min = MIN (self->has_time ? self->to_min : LAST_MIN, high);
    self->has_time = TRUE;
  }
  self->refuses_time = negated && !self->has_time;
  if (self->refuses_time && self->question == NULL)
    self->question = g_strdup ("What time would suit you instead?");
  if (self->has_time && self->from_min > self->to_min) {
    g_clear_pointer (&self->problem, g_free);
    self->problem = g_strdup ("Those times leave nothing between them.");
    self->to_min = self->from_min;
  }
}
