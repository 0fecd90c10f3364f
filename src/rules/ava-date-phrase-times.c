/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"

/*
 * The words that name times of day. Conventions, for an hour without am or pm: 1 to 6 are in the
 * afternoon, 7 to 11 in the morning, 12 is noon; a part of the day that is named beside it decides
 * instead, and so does the clock when the other reading has passed today. What was taken for
 * granted is said in the assumption.
 */

#define LAST_MIN 1439
#define AROUND_MIN 30
#define HALF_DAY 720
#define LATEST_GUESS_MIN 1200  /* nobody means 9 PM by "nine" */

typedef struct {
  const char *pattern;
  int from_min;
  int to_min;
} PartPattern;

static const PartPattern parts[] = {
  { "?the|this morning|mornings", 360, 719 },
  { "early ?in ?the|this morning", 360, 539 },
  { "first thing ?in ?the ?morning", 360, 600 },
  { "?in ?the midmorning", 540, 660 },
  { "mid morning", 540, 660 },
  { "late|later ?in ?the|this morning", 600, 719 },
  { "midday", 690, 780 },
  { "?the middle of the day", 660, 840 },
  { "?over|during|at|around lunch|lunchtime ?time|hour|break", 690, 810 },
  { "before ?my|the lunch|lunchtime ?break", 360, 719 },
  { "after ?my|the lunch|lunchtime ?break", 780, 1019 },
  { "?the|this afternoon|afternoons", 720, 1019 },
  { "early ?in ?the|this afternoon", 720, 840 },
  { "mid afternoon", 840, 960 },
  { "midafternoon", 840, 960 },
  { "late|later ?in ?the|this afternoon", 900, 1079 },
  { "before work|school", 360, 540 },
  { "after work", 1020, LAST_MIN },
  { "after school", 900, 1079 },
  { "?the|this evening|evenings", 1020, 1319 },
  { "early ?in ?the|this evening", 1020, 1139 },
  { "late|later ?in ?the|this evening", 1140, 1319 },
  { "tonight", 1020, LAST_MIN },
  { "at night", 1020, LAST_MIN },
  { "?the end of ?the|my day", 900, 1139 },
  { "late|later in the day", 900, 1139 },
  { "early|earlier in the day", 360, 659 },
};

static const char *const units =
  "dollars|dollar|bucks|units|people|persons|syringes|syringe|areas|area|sessions|session|treatments|treatment|times|percent|"
  "years|year|months|month|weeks|week|days|day|hours|hour|minutes|minute|seconds|kids|children|appointments|appointment|more|"
  "friends|services|of|others|visits|visit|ladies|girls|guests|weeks|slots|options|questions|things|vials|lips|eyes";

static gboolean
match (GArray     *tokens,
       guint       at,
       const char *pattern,
       guint      *next)
{
  int values[4];

  return ava_date_tokens_match (tokens, at, pattern, values, next);
}

/* Answers 1 for am, 2 for pm, 0 for neither. */
static int
read_meridiem (GArray *tokens,
               guint  *at)
{
  guint next;

  if (match (tokens, *at, "am", &next) || match (tokens, *at, "a m", &next)) {
    *at = next;
    return 1;
  }
  if (match (tokens, *at, "pm", &next) || match (tokens, *at, "p m", &next)) {
    *at = next;
    return 2;
  }
  return 0;
}

static void
apply_meridiem (AvaWallTime *clock,
                int          meridiem)
{
  if (meridiem == 0)
    return;
  clock->open = clock->weak = FALSE;
  if (clock->minute >= 780)
    return;
  clock->minute %= HALF_DAY;
  if (meridiem == 2)
    clock->minute += HALF_DAY;
}

static void
set_clock (AvaWallTime *clock,
           int          hour,
           int          minute,
           gboolean     definite)
{
  clock->minute = hour * 60 + minute;
  clock->open = !definite && hour >= 1 && hour <= 12;
  clock->weak = FALSE;
}

static gboolean
is_written_word (GArray *tokens,
                 guint   at)
{
  return at < tokens->len && g_array_index (tokens, AvaDateToken, at).kind == AVA_TOKEN_WORD;
}

/* "half past two", "a quarter to four", "ten after nine". */
static gboolean
scan_fraction (GArray      *tokens,
               guint        at,
               AvaWallTime *clock,
               guint       *next)
{
  int minutes = 0;
  int hour;
  int sign;

  if (match (tokens, at, "half past", next)) {
    minutes = 30;
    sign = 1;
  } else if (match (tokens, at, "?a quarter past|after", next)) {
    minutes = 15;
    sign = 1;
  } else if (match (tokens, at, "?a quarter to|till|til|of|before", next)) {
    minutes = 15;
    sign = -1;
  } else {
    if (!is_written_word (tokens, at) || !ava_date_tokens_number (tokens, at, &minutes, next) ||
        (minutes != 5 && minutes != 10 && minutes != 20 && minutes != 25))
      return FALSE;
    *next += ava_date_tokens_is (tokens, *next, "minutes");
    if (ava_date_tokens_is (tokens, *next, "past|after"))
      sign = 1;
    else if (ava_date_tokens_is (tokens, *next, "to|till|til|before") &&
             !(at > 0 && ava_date_tokens_is (tokens, at - 1, "from|between")))
      sign = -1;
    else
      return FALSE;
    *next += 1;
  }
  if (ava_date_tokens_is (tokens, *next, "noon")) {
    set_clock (clock, 12, 0, TRUE);
    *next += 1;
  } else {
    if (!ava_date_tokens_number (tokens, *next, &hour, next) || hour < 1 || hour > 23)
      return FALSE;
    set_clock (clock, hour, 0, FALSE);
  }
  clock->minute += sign * minutes;
  if (clock->minute < 60 && clock->open)
    clock->minute += HALF_DAY;
  *next += ava_date_tokens_is (tokens, *next, "oclock");
  apply_meridiem (clock, read_meridiem (tokens, next));
  return TRUE;
}

static gboolean
scan_named (GArray      *tokens,
            guint        at,
            AvaWallTime *clock,
            guint       *next)
{
  if (match (tokens, at, "?high|twelve|12 noon", next)) {
    set_clock (clock, 12, 0, TRUE);
    return TRUE;
  }
  if (match (tokens, at, "after noon", next) || !match (tokens, at, "?twelve|12 midnight", next))
    return FALSE;
  set_clock (clock, 0, 0, TRUE);
  return TRUE;
}

/* "1430 hours", "330 pm", "at 1430". */
static gboolean
scan_packed (GArray      *tokens,
             guint        at,
             AvaWallTime *clock,
             guint       *next)
{
  const AvaDateToken *token = &g_array_index (tokens, AvaDateToken, at);
  int hour = token->number / 100;
  int minute = token->number % 100;
  gboolean hours;
  int meridiem;

  if (token->kind != AVA_TOKEN_NUMBER || token->ordinal || token->digits < 3 || token->digits > 4 ||
      hour > 23 || minute > 59)
    return FALSE;
  *next = at + 1;
  meridiem = read_meridiem (tokens, next);
  hours = ava_date_tokens_is (tokens, *next, "hours|h");
  if (meridiem == 0 && !hours &&
      !(token->digits == 4 && at > 0 && ava_date_tokens_is (tokens, at - 1, "at|after|before|around|by|between")))
    return FALSE;
  *next += hours;
  set_clock (clock, hour, minute, hours || token->text[0] == '0');
  apply_meridiem (clock, meridiem);
  return TRUE;
}

/* The minutes after an hour: "oh five", "thirty", "hundred". */
static gboolean
scan_minutes (GArray   *tokens,
              guint    *at,
              int      *minute,
              gboolean *military)
{
  int value;
  guint next;

  if (ava_date_tokens_is (tokens, *at, "hundred")) {
    *military = TRUE;
    *at += 1;
    *at += ava_date_tokens_is (tokens, *at, "hours");
    return TRUE;
  }
  if (ava_date_tokens_is (tokens, *at, "oh|o|zero") && ava_date_tokens_number (tokens, *at + 1, &value, &next) &&
      value > 0 && value < 10) {
    *minute = value;
    *at = next;
    return TRUE;
  }
  if (!is_written_word (tokens, *at) && !(*at < tokens->len && g_array_index (tokens, AvaDateToken, *at).digits == 2))
    return FALSE;
  if (!ava_date_tokens_number (tokens, *at, &value, &next) || value < 10 || value > 59)
    return FALSE;
  *minute = value;
  *at = next;
  return TRUE;
}

/**
 * ava_date_scan_clock: (skip)
 * @clock: (out): what the clock shows then
 *
 * Returns: whether a time of the clock begins at @at; a bare number gives a weak one
 */
gboolean
ava_date_scan_clock (GArray      *tokens,
                     guint        at,
                     AvaWallTime *clock,
                     guint       *next)
{
  const AvaDateToken *token;
  gboolean military = FALSE;
  gboolean exact;
  gboolean oclock;
  int hour;
  int minute = 0;
  int meridiem;

  if (at >= tokens->len)
    return FALSE;
  token = &g_array_index (tokens, AvaDateToken, at);
  if (token->kind == AVA_TOKEN_CLOCK) {
    *next = at + 1;
    set_clock (clock, token->number / 60, token->number % 60, token->digits == 2 && token->number < 600);
    apply_meridiem (clock, read_meridiem (tokens, next));
    return !ava_date_tokens_is (tokens, *next, units);
  }
  if (scan_named (tokens, at, clock, next) || scan_fraction (tokens, at, clock, next) ||
      scan_packed (tokens, at, clock, next))
    return TRUE;
  if (!ava_date_tokens_number (tokens, at, &hour, next) || hour > 23 || token->digits > 2)
    return FALSE;
  exact = scan_minutes (tokens, next, &minute, &military);
  oclock = ava_date_tokens_is (tokens, *next, "oclock");
  if (oclock)
    *next += 1;
  else if (match (tokens, *next, "o clock", next))
    oclock = TRUE;
  meridiem = read_meridiem (tokens, next);
  set_clock (clock, hour, minute, military);
  clock->weak = !exact && !oclock;
  apply_meridiem (clock, meridiem);
  if (hour == 0 && clock->weak)
    return FALSE;
  return meridiem != 0 || oclock || !ava_date_tokens_is (tokens, *next, units);
}

static const struct {
  const char *pattern;
  AvaTimeKind kind;
} relations[] = {
  { "?any ?time after|past", AVA_TIME_AFTER },
  { "anytime|sometime after|past", AVA_TIME_AFTER },
  { "later than", AVA_TIME_AFTER },
  { "not|no before|until|till", AVA_TIME_AFTER },
  { "not|no earlier|sooner than", AVA_TIME_AFTER },
  { "at or after", AVA_TIME_AFTER },
  { "starting ?at|from", AVA_TIME_AFTER },
  { "from", AVA_TIME_AFTER },
  { "?any ?time before", AVA_TIME_BEFORE },
  { "anytime|sometime before", AVA_TIME_BEFORE },
  { "earlier|sooner than", AVA_TIME_BEFORE },
  { "by|until|till|til", AVA_TIME_BY },
  { "not|no later than", AVA_TIME_BY },
  { "not after|past", AVA_TIME_BY },
  { "up to", AVA_TIME_BY },
  { "at or before", AVA_TIME_BY },
  { "?at|sometime around|about|approximately|roughly|near", AVA_TIME_AROUND },
  { "close|closer to", AVA_TIME_AROUND },
  { "at", AVA_TIME_EXACT },
  { "?anywhere|sometime|anytime|any ?time between", AVA_TIME_SPAN },
};

static gboolean
scan_part (GArray       *tokens,
           guint         at,
           AvaTimeWords *time)
{
  guint best = at;
  gboolean negated = FALSE;
  guint start = at;

  if (match (tokens, at, "not ?in ?the", &start) || match (tokens, at, "cant|cannot ?do|come ?in ?the", &start))
    negated = TRUE;
  else if (!match (tokens, at, "sometime ?in ?the", &start) && !match (tokens, at, "in|during|for ?the", &start))
    start = at;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    guint next;

    if (!match (tokens, start, parts[i].pattern, &next) || next <= best)
      continue;
    best = next;
    time->a.minute = parts[i].from_min;
    time->b.minute = parts[i].to_min;
  }
  if (best == at || best <= start)
    return FALSE;
  if (start == at && at > 0 && ava_date_tokens_is (tokens, at - 1, "good|afterwork"))
    return FALSE;
  time->kind = AVA_TIME_PART;
  time->negated = negated;
  time->at = at;
  time->next = best;
  return TRUE;
}

/* Whether what follows makes a time of a bare number: "three in the afternoon", "eight tonight". */
static gboolean
has_company (GArray *tokens,
             guint   next)
{
  AvaTimeWords part;
  guint after = next;

  if (ava_date_tokens_is (tokens, next, "ish|today|tomorrow|sharp|tonight"))
    return TRUE;
  if (scan_part (tokens, next, &part) && !part.negated)
    return TRUE;
  if (match (tokens, next, "or later|earlier|after|before", &after))
    return TRUE;
  match (tokens, next, "?on ?this|next", &after);
  return ava_date_token_weekday (tokens, after) > 0;
}

static void
read_suffix (GArray       *tokens,
             AvaTimeWords *time)
{
  guint next;

  if (match (tokens, time->next, "ish", &next) || match (tokens, time->next, "or so|thereabouts", &next))
    time->kind = time->kind == AVA_TIME_EXACT ? AVA_TIME_AROUND : time->kind;
  else if (match (tokens, time->next, "or|and later|after|onward|onwards|on", &next) ||
           match (tokens, time->next, "at the earliest", &next) || match (tokens, time->next, "onward|onwards", &next))
    time->kind = AVA_TIME_AFTER;
  else if (match (tokens, time->next, "or|and earlier|before", &next) || match (tokens, time->next, "at the latest", &next))
    time->kind = AVA_TIME_BY;
  else if (!match (tokens, time->next, "sharp|exactly|oclock", &next))
    return;
  time->next = next;
}

static gboolean
read_second (GArray       *tokens,
             const char   *joint,
             AvaTimeWords *time)
{
  guint next;

  if (!ava_date_tokens_is (tokens, time->next, joint) || !ava_date_scan_clock (tokens, time->next + 1, &time->b, &next))
    return FALSE;
  time->kind = AVA_TIME_SPAN;
  time->next = next;
  return TRUE;
}

/* Whether a month or "of" follows, so that "by 5" of "by 5 december" is no time. */
static gboolean
is_day_number (GArray *tokens,
               guint   next)
{
  return ava_date_token_month (tokens, next) > 0 && !ava_date_tokens_is (tokens, next, "may|march");
}

static int
find_relation (GArray *tokens,
               guint   at,
               guint  *next)
{
  int found = -1;

  *next = at;
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    guint end;

    if (match (tokens, at, relations[i].pattern, &end) && end > *next) {
      found = i;
      *next = end;
    }
  }
  return found;
}

/**
 * ava_date_scan_time: (skip)
 * @after_day: whether words about a day stand right before: a bare number is then a time
 *
 * Returns: whether words about a time of day begin at @at
 */
gboolean
ava_date_scan_time (GArray       *tokens,
                    guint         at,
                    gboolean      after_day,
                    AvaTimeWords *time)
{
  guint start;
  int relation = find_relation (tokens, at, &start);
  gboolean joined = FALSE;
  gboolean digits;

  *time = (AvaTimeWords){ .kind = relation < 0 ? AVA_TIME_EXACT : relations[relation].kind, .at = at };
  /* "how about three" is no guess. */
  if (time->kind == AVA_TIME_AROUND && at > 0 && ava_date_tokens_is (tokens, at - 1, "how|what"))
    time->kind = AVA_TIME_EXACT;
  if (scan_part (tokens, at, time))
    return TRUE;
  if (!ava_date_scan_clock (tokens, start, &time->a, &time->next) || is_day_number (tokens, time->next)) {
    AvaTimeWords part = { 0 };

    if (relation < 0 || time->kind == AVA_TIME_SPAN || !scan_part (tokens, start, &part) || part.negated)
      return FALSE;
    *time = part;
    time->at = at;
    return TRUE;
  }
  digits = g_array_index (tokens, AvaDateToken, start).kind != AVA_TOKEN_WORD;
  if (time->kind == AVA_TIME_SPAN) {
    joined = read_second (tokens, "and|to|-|till|until", time);
    if (!joined)
      time->kind = AVA_TIME_AROUND;
  } else if (relation < 0 || time->kind == AVA_TIME_EXACT || ava_date_tokens_is (tokens, start - 1, "from")) {
    gboolean plain = relation >= 0 || !time->a.weak || after_day;

    joined = read_second (tokens, "to|till|until|thru|through|-", time);
    if (joined && !plain && (time->b.weak || !digits) && time->b.open && !has_company (tokens, time->next))
      return FALSE;
    if (!joined && plain && !ava_date_tokens_is (tokens, time->next + 1, "later"))
      joined = read_second (tokens, "or", time);
  }
  if (!joined && relation < 0 && time->a.weak && !after_day && !has_company (tokens, time->next) &&
      !(read_second (tokens, "or", time) && has_company (tokens, time->next)))
    return FALSE;
  if (!joined && relation < 0 && time->a.weak && after_day && time->next < tokens->len &&
      !has_company (tokens, time->next) &&
      !ava_date_tokens_is (tokens, time->next, "please|or|works|would|if|is|then|thanks|thank|instead|ok|okay|sounds|sharp|for|no|actually"))
    return FALSE;
  time->midnight = time->a.minute == 0 && !time->a.open && is_written_word (tokens, time->next - 1) &&
                   ava_date_tokens_is (tokens, time->next - 1, "midnight");
  time->negated = relation <= 0 && at > 0 && ava_date_tokens_is (tokens, at - 1, "not");
  if (time->kind == AVA_TIME_EXACT && at > 0 && ava_date_tokens_is (tokens, at - 1, "not"))
    time->negated = TRUE;
  read_suffix (tokens, time);
  return TRUE;
}

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

static gboolean
has_cue (GArray     *tokens,
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

  if (!self->has_time || has_cue (tokens, before->next, time->at, "no|actually|sorry|mean|rather|make|wait|instead|better")) {
    self->from_min = from;
    self->to_min = to;
    self->exact_time = exact;
  } else if (exact && self->exact_time && has_cue (tokens, before->next, time->at, "or|and")) {
    self->from_min = MIN (self->from_min, from);
    self->to_min = MAX (self->to_min, to);
    self->exact_time = self->from_min == self->to_min;
  } else if (exact && self->exact_time && from != self->from_min) {
    g_autofree char *one = ava_date_speak_minutes (self->from_min);
    g_autofree char *other = ava_date_speak_minutes (from);

    g_free (self->question);
    self->question = g_strdup_printf ("At %s, or at %s?", one, other);
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
  if (negated && !self->has_time && self->question == NULL)
    self->question = g_strdup ("What time would suit you instead?");
  if (self->has_time && self->from_min > self->to_min) {
    g_clear_pointer (&self->problem, g_free);
    self->problem = g_strdup ("Those times leave nothing between them.");
    self->to_min = self->from_min;
  }
}
