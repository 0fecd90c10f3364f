/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* Two mentions of a day in one phrase: one of them, both as a span, or a question. */

#define JUST_PAST_DAYS 90

static void
replace_day (AvaDayWords *self,
             AvaDayWords *other)
{
  ava_day_words_clear (self);
  *self = *other;
  other->question = other->assumption = other->problem = NULL;
}

static void
ask_between (AvaDayWords *self,
             int          one,
             int          other)
{
  g_autofree char *first = ava_date_say (one);
  g_autofree char *second = ava_date_say (other);

  g_free (self->question);
  self->question = g_strdup_printf ("Which would you rather have: %s, or %s?", first, second);
}

/* The weekday wins over a date that does not match it, but the caller is asked. */
static void
agree (AvaDayWords *self,
       int          weekday,
       int          julian,
       int          today)
{
  int nearest;

  g_clear_pointer (&self->question, g_free);
  self->weekday = self->other = 0;
  self->kind = AVA_DAY_DATE;
  if (julian == 0) {
    self->first = self->last = 0;
    return;
  }
  if (ava_date_weekday (julian) == weekday) {
    self->first = self->last = julian;
    return;
  }
  nearest = ava_date_weekday_from (julian - 3, weekday);
  if (nearest < today)
    nearest += 7;
  self->first = self->last = nearest;
  g_clear_pointer (&self->assumption, g_free);
  ask_between (self, nearest, julian);
  {
    g_autofree char *ask = g_steal_pointer (&self->question);
    g_autofree char *date = ava_date_say (julian);

    self->question = g_strdup_printf ("You said %s, but that date is %s. %s", ava_date_weekday_name (weekday), date, ask);
  }
}

/* "Friday next week", "a Tuesday in January". */
static void
choose_weekday (AvaDayWords *self,
                AvaDayWords *week,
                int          weekday)
{
  int first = week->first;
  int chosen = ava_date_weekday_from (first, weekday);

  if (week->problem != NULL) {
    replace_day (self, week);
    return;
  }
  if (self != week)
    replace_day (self, week);
  if (chosen > self->last) {
    g_free (self->problem);
    self->problem = g_strdup_printf ("The %s of those days is already past.", ava_date_weekday_name (weekday));
    chosen -= 7;
  } else if (self->last - self->first > 7) {
    g_free (self->assumption);
    self->assumption = g_strdup_printf ("the first %s of them", ava_date_weekday_name (weekday));
  }
  g_clear_pointer (&self->question, g_free);
  self->other = 0;
  self->kind = AVA_DAY_ONE;
  self->week_first = first;
  self->first = self->last = chosen;
  self->weekday = self->month_day = 0;
}

/* "Tuesday or Thursday next week" */
static void
choose_some (AvaDayWords *self,
             AvaDayWords *week,
             guint        weekdays)
{
  guint left = 0;

  if (self != week)
    replace_day (self, week);
  g_clear_pointer (&self->question, g_free);
  self->other = 0;
  self->kind = AVA_DAY_ONE;
  self->weekdays = weekdays;
  for (int julian = self->first; julian <= self->last; julian++)
    left |= weekdays & 1u << ava_date_weekday (julian);
  if (left == 0 && self->problem == NULL)
    self->problem = g_strdup ("Those days are already past.");
}

static gboolean
choose_month_day (AvaDayWords *self,
                  AvaDayWords *span,
                  int          month_day)
{
  for (int julian = span->first; julian > 0 && julian <= span->last; julian++) {
    GDate date;

    ava_date_set_day (&date, julian);
    if (g_date_get_day (&date) != month_day)
      continue;
    if (self != span)
      replace_day (self, span);
    g_clear_pointer (&self->assumption, g_free);
    self->kind = AVA_DAY_ONE;
    self->first = self->last = julian;
    return TRUE;
  }
  return FALSE;
}

static gboolean
join_shift (GArray      *tokens,
            AvaDayWords *self,
            AvaDayWords *next)
{
  int first = self->first + next->shift_days;
  int last = self->last + next->shift_days;

  if (next->kind != AVA_DAY_SHIFT)
    return FALSE;
  if (self->kind == AVA_DAY_SHIFT) {
    self->shift_days += next->shift_days;
    return TRUE;
  }
  if (ava_date_tokens_have (tokens, self->next, next->at, "or|and|to|through|thru|until|till")) {
    first = MIN (first, self->first);
    last = MAX (last, self->last);
  }
  self->first = first;
  self->last = last;
  self->kind = AVA_DAY_ONE;
  return TRUE;
}

static void
set_plain (AvaDayWords *self,
           int          first,
           int          last)
{
  ava_day_words_set_span (self, AVA_DAY_ONE, first, last);
  self->weekday = self->month_day = 0;
  self->feast = FALSE;
}

/* "The 3rd or 4th of January": a bare day of the month is of the month beside it. */
static void
lend_month (AvaDayWords *self,
            AvaDayWords *next,
            gboolean     range)
{
  AvaDayWords *bare = self->month_day > 0 ? self : next;
  AvaDayWords *dated = bare == self ? next : self;
  int year;
  int month;
  int day;

  if (bare->month_day == 0 || dated->kind != AVA_DAY_DATE || dated->month_day != 0 || dated->feast || dated->first == 0)
    return;
  ava_date_split (dated->first, &year, &month, &day);
  if (range && bare->month_day != day && (bare == self) == (bare->month_day > day))
    ava_date_add_months (&year, &month, bare == self ? -1 : 1);
  if (bare->month_day > ava_date_month_length (year, month))
    return;
  ava_day_words_clear (bare);
  bare->first = bare->last = ava_date_join (year, month, bare->month_day);
  bare->month_day = bare->other = 0;
}

/* The end of a range that would lie before its start. Returns: whether there is one */
static gboolean
mend_range (AvaDayWords *self,
            AvaDayWords *next,
            int          today)
{
  int last = next->last - next->feast;
  int before;

  if (last >= self->first)
    return TRUE;
  if (next->kind == AVA_DAY_WEEKDAY) {
    while (next->last < self->first)
      next->first = next->last += 7;
    return TRUE;
  }
  if (self->month_day > 0 && next->month_day > 0 && self->month_day <= next->month_day) {
    g_autofree char *soon = ava_date_say (next->last);
    g_autofree char *late = ava_date_say (self->first);

    g_free (self->question);
    self->question = g_strdup_printf ("Do you mean from now until %s, or from %s on?", soon, late);
    next->last = ava_date_walk_months (next->last, 1);
    return TRUE;
  }
  /* Said in between: "between Christmas and New Year" on the 28th. */
  before = ava_date_walk_months (self->first, -12);
  if (self->month_day == 0 && last >= today && today >= before && today - before <= JUST_PAST_DAYS)
    self->first = today - self->feast;
  else
    next->last = ava_date_walk_months (next->last, next->month_day > 0 ? 1 : 12);
  return next->last >= self->first;
}

/* "Monday to Wednesday", "between the 5th and the 8th"; between two holidays are the days that are neither. */
static gboolean
join_range (GArray      *tokens,
            AvaDayWords *self,
            AvaDayWords *next,
            int          today)
{
  gboolean joint = next->at - self->next <= 2 && ava_date_tokens_have (tokens, self->next, next->at, "to|through|thru|until|till|-");
  gboolean between = ava_date_tokens_have (tokens, 0, self->at + 1, "between") && ava_date_tokens_have (tokens, self->next, next->at, "and");
  gboolean feasts = between && self->feast && next->feast;

  /* "by Friday" and "until Friday" begin inside the later words. */
  joint = joint || (next->at == self->next && ava_date_tokens_is (tokens, next->at, "until|till"));
  if ((!joint && !between) || self->first == 0 || next->first == 0 || self->kind == AVA_DAY_SHIFT)
    return FALSE;
  self->feast = next->feast = feasts;
  /* One that has begun goes on from today. */
  if (self->first < today && self->problem != NULL && next->last >= today) {
    g_clear_pointer (&self->problem, g_free);
    self->first = today - feasts;
  }
  if (!mend_range (self, next, today))
    return FALSE;
  if (next->problem != NULL && self->problem == NULL && next->last < self->first)
    self->problem = g_steal_pointer (&next->problem);
  /* The Wednesday after that Monday is plain. */
  if (next->kind != AVA_DAY_WEEKDAY && self->question == NULL)
    self->question = g_steal_pointer (&next->question);
  self->other = 0;
  set_plain (self, self->first + feasts, next->last - feasts);
  return TRUE;
}

/* "Tuesday or Friday", "tomorrow or the 5th": certain days of one week's length. Returns: whether they are so near */
static gboolean
join_some (AvaDayWords *self,
           AvaDayWords *next)
{
  int first = MIN (self->first, next->first);
  int last = MAX (self->last, next->last);
  guint weekdays = self->weekdays | next->weekdays;

  if (last - first > 6)
    return FALSE;
  for (int i = 0; i < 2; i++) {
    const AvaDayWords *one = i == 0 ? self : next;

    for (int julian = one->first; julian <= one->last && one->weekdays == 0; julian++)
      weekdays |= 1u << ava_date_weekday (julian);
  }
  set_plain (self, first, last);
  self->weekdays = weekdays;
  return TRUE;
}

/* "Monday or Tuesday"; "Monday, Wednesday or Friday" */
static gboolean
is_either (GArray            *tokens,
           const AvaDayWords *self,
           const AvaDayWords *next)
{
  gboolean alike = next->kind == AVA_DAY_WEEKDAY ? self->kind == AVA_DAY_WEEKDAY || self->weekdays != 0 || self->week_first > 0
                                                 : self->month_day > 0 && next->month_day > 0;
  int value;
  guint after;

  return ava_date_tokens_have (tokens, self->next, next->at, "or|and") ||
         (alike && self->next == next->at && ava_date_tokens_is (tokens, next->next, "or|and") &&
          (ava_date_token_weekday (tokens, next->next + 1) > 0 || ava_date_tokens_is (tokens, next->next + 1, "the") ||
           ava_date_tokens_ordinal (tokens, next->next + 1, &value, &after)));
}

static void
join_other (GArray      *tokens,
            AvaDayWords *self,
            AvaDayWords *next)
{
  gboolean either = is_either (tokens, self, next);
  int first;
  int last;

  /* "next week, Thursday or Friday": both of that week. */
  if (either && self->week_first > 0 && next->kind == AVA_DAY_WEEKDAY) {
    next->first = next->last = ava_date_weekday_from (self->week_first, ava_date_weekday (next->first));
    g_clear_pointer (&next->question, g_free);
  }
  first = MAX (self->first, next->first);
  last = MIN (self->last, next->last);
  /* Of "Monday or Tuesday", Tuesday is that after the Monday. */
  if (either && self->question == NULL && next->kind != AVA_DAY_WEEKDAY)
    self->question = g_steal_pointer (&next->question);
  if (either && next->kind == AVA_DAY_WEEKDAY && (self->kind == AVA_DAY_WEEKDAY || self->weekdays != 0) && join_some (self, next)) {
    /* these weekdays, of a week that may yet be named */
  } else if (either && self->weekdays == 0 && next->first <= self->last + 1 && next->last >= self->first - 1) {
    set_plain (self, MIN (self->first, next->first), MAX (self->last, next->last));
  } else if (either && join_some (self, next)) {
    /* both */
  } else if (!either && first <= last) {
    if (self->first == self->last && self->question == NULL)
      return;
    replace_day (self, next);
    self->first = first;
    self->last = last;
  } else {
    ask_between (self, self->first, next->first);
    self->weekday = self->month_day = 0;
  }
}

/* What counts from the day that it corrects: "Friday, no, the week after", and so "the week after, Friday". */
static gboolean
correct_by (AvaDayWords *self,
            AvaDayWords *next)
{
  gboolean week = next->week_after > 0 && next->week_after == ava_date_weekday (MAX (self->first, 1));

  if (self->first == 0 || self->kind == AVA_DAY_SHIFT || self->bygone || next->bygone || (!week && (next->kind != AVA_DAY_SHIFT || next->shift_days == 0)))
    return FALSE;
  g_clear_pointer (&self->question, g_free);
  self->other = 0;
  set_plain (self, self->first + (week ? 7 : next->shift_days), self->last + (week ? 7 : next->shift_days));
  return TRUE;
}

/* "The following Monday" is that after the day before it. */
static void
set_following (const AvaDayWords *self,
               AvaDayWords       *next)
{
  if (next->following == 0 || self->first == 0 || self->kind == AVA_DAY_SHIFT || self->kind == AVA_DAY_SOME)
    return;
  next->first = next->last = ava_date_weekday_from (self->last + 1, next->following);
  next->following = 0;
}

/**
 * ava_day_words_join: (skip)
 *
 * Makes one of two mentions of a day, in @self; @next is left to be cleared.
 */
void
ava_day_words_join (GArray      *tokens,
                    AvaDayWords *self,
                    AvaDayWords *next,
                    int          today)
{
  guint from = self->next;
  gboolean either = is_either (tokens, self, next);
  AvaDayWords *week = self->kind == AVA_DAY_WEEK ? self : next->kind == AVA_DAY_WEEK ? next : NULL;
  AvaDayWords *named = self->kind == AVA_DAY_WEEKDAY ? self : next->kind == AVA_DAY_WEEKDAY ? next : NULL;

  set_following (self, next);
  if (ava_date_tokens_have (tokens, from, next->at, AVA_DATE_CORRECTIONS) ||
      self->bygone || next->bygone) {
    if (correct_by (self, next)) {
      self->next = MAX (from, next->next);
      return;
    }
    /* "Two weeks ago on a Tuesday" stays in the past. */
    if (next->bygone ? self->bygone : !self->bygone || !ava_date_tokens_have (tokens, from, next->at, "on"))
      replace_day (self, next);
    self->next = MAX (from, next->next);
    return;
  }
  lend_month (self, next, !ava_date_tokens_have (tokens, from, next->at, "or"));
  if (join_shift (tokens, self, next) || join_range (tokens, self, next, today)) {
    /* joined */
  } else if (self->kind == AVA_DAY_SHIFT || self->first == 0 || next->first == 0) {
    /* A question which month, and then a month. */
    if (self->kind == AVA_DAY_SHIFT || next->first == 0 || (self->question != NULL && self->problem == NULL))
      replace_day (self, next);
  } else if (!either && week != NULL && self->weekdays + next->weekdays != 0) {
    choose_some (self, week, self->weekdays | next->weekdays);
  } else if (!either && week != NULL && named != NULL) {
    int weekday = ava_date_weekday (named->first);

    if (week != self)
      replace_day (self, week);
    choose_weekday (self, self, weekday);
  } else if (!either && week != NULL && (self->month_day > 0 || next->month_day > 0) &&
             choose_month_day (self, week, MAX (self->month_day, next->month_day))) {
    /* chosen */
  } else if (!either && named != NULL && self->kind != next->kind &&
             (self == named ? next : self)->first == (self == named ? next : self)->last) {
    int weekday = ava_date_weekday (named->first);

    if (self == named)
      replace_day (self, next);
    agree (self, weekday, self->first, today);
  } else {
    join_other (tokens, self, next);
  }
  self->next = MAX (self->next, next->next);
}
