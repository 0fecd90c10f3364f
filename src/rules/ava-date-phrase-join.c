/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"

/* Two mentions of a day in one phrase: one of them, both as a span, or a question. */

/* Returns: whether one of @words, separated by "|", stands between */
gboolean
ava_date_tokens_have (GArray     *tokens,
                      guint       from,
                      guint       to,
                      const char *words)
{
  for (guint i = from; i < to; i++) {
    if (ava_date_tokens_is (tokens, i, words))
      return TRUE;
  }
  return FALSE;
}

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
  self->weekday = 0;
  self->kind = AVA_DAY_DATE;
  if (julian == 0) {
    self->first = self->last = 0;
    return;
  }
  if (ava_date_weekday (julian) == weekday) {
    self->first = self->last = julian;
    return;
  }
  nearest = julian - 3;
  while (ava_date_weekday (nearest) != weekday)
    nearest++;
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
  int chosen = week->first;
  int first = week->first;

  if (week->problem != NULL) {
    replace_day (self, week);
    return;
  }
  while (ava_date_weekday (chosen) != weekday)
    chosen++;
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
  self->kind = AVA_DAY_ONE;
  self->week_first = first;
  self->first = self->last = chosen;
  self->weekday = self->month_day = 0;
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
  if (ava_date_tokens_have (tokens, self->next, next->at, "or|and")) {
    first = MIN (first, self->first);
    last = MAX (last, self->last);
  }
  self->first = first;
  self->last = last;
  self->kind = AVA_DAY_ONE;
  return TRUE;
}

/* "Monday to Wednesday", "between the 5th and the 8th". */
static gboolean
join_range (GArray      *tokens,
            AvaDayWords *self,
            AvaDayWords *next)
{
  gboolean joint = next->at - self->next <= 2 && ava_date_tokens_have (tokens, self->next, next->at, "to|through|thru|until|till|-");
  gboolean between = ava_date_tokens_have (tokens, 0, self->at + 1, "between") && ava_date_tokens_have (tokens, self->next, next->at, "and");

  /* "by Friday" and "until Friday" begin inside the later words. */
  joint = joint || (next->at == self->next && ava_date_tokens_is (tokens, next->at, "until|till"));
  if (!joint && !between)
    return FALSE;
  while (next->last < self->first)
    next->last += 7;
  self->last = next->last;
  self->kind = AVA_DAY_ONE;
  self->weekday = self->month_day = 0;
  return TRUE;
}

static void
join_other (GArray      *tokens,
            AvaDayWords *self,
            AvaDayWords *next)
{
  gboolean either = ava_date_tokens_have (tokens, self->next, next->at, "or|and");
  int first;
  int last;

  /* "next week, Thursday or Friday": both of that week. */
  if (either && self->week_first > 0 && next->kind == AVA_DAY_WEEKDAY) {
    int weekday = ava_date_weekday (next->first);

    next->first = self->week_first;
    while (ava_date_weekday (next->first) != weekday)
      next->first++;
    next->last = next->first;
    g_clear_pointer (&next->question, g_free);
  }
  first = MAX (self->first, next->first);
  last = MIN (self->last, next->last);
  if (either && next->first <= self->last + 1 && next->last >= self->first - 1) {
    self->first = MIN (self->first, next->first);
    self->last = MAX (self->last, next->last);
    self->kind = AVA_DAY_ONE;
    self->weekday = self->month_day = 0;
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
  gboolean either = ava_date_tokens_have (tokens, from, next->at, "or|and");
  AvaDayWords *week = self->kind == AVA_DAY_WEEK ? self : next->kind == AVA_DAY_WEEK ? next : NULL;
  AvaDayWords *named = self->kind == AVA_DAY_WEEKDAY ? self : next->kind == AVA_DAY_WEEKDAY ? next : NULL;

  if (ava_date_tokens_have (tokens, from, next->at, "no|actually|sorry|mean|rather|make|wait|instead|better") ||
      self->bygone || next->bygone) {
    if (!next->bygone || self->bygone)
      replace_day (self, next);
  } else if (join_shift (tokens, self, next) || join_range (tokens, self, next)) {
    /* joined */
  } else if (self->kind == AVA_DAY_SHIFT || self->first == 0 || next->first == 0) {
    if (self->kind == AVA_DAY_SHIFT || next->first == 0)
      replace_day (self, next);
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
