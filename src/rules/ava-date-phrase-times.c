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
  { "eod|cob", 900, 1139 },
  { "?the close|end of business", 900, 1139 },
  { "last thing ?in|of ?the ?day|afternoon|evening", 900, 1139 },
  { "late|later in the day", 900, 1139 },
  { "early|earlier in the day", 360, 659 },
};

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

  if (ava_date_tokens_fit (tokens, at, "not ?too ?in ?the", &start) || ava_date_tokens_fit (tokens, at, "cant|cannot ?do|come ?in ?the", &start))
    negated = TRUE;
  else if (!ava_date_tokens_fit (tokens, at, "sometime ?in ?the", &start) && !ava_date_tokens_fit (tokens, at, "in|during|for ?the", &start))
    start = at;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    guint next;

    if (!ava_date_tokens_fit (tokens, start, parts[i].pattern, &next) || next <= best)
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
  time->negated = ava_date_scan_refusal (tokens, best, &best) || negated;
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

  if (ava_date_tokens_is (tokens, next, "ish|today|tomorrow|sharp|tonight") || ava_date_scan_refusal (tokens, next, &after))
    return TRUE;
  after = next;
  if (scan_part (tokens, next, &part) && !part.negated)
    return TRUE;
  if (ava_date_tokens_fit (tokens, next, "or later|earlier|after|before", &after))
    return TRUE;
  ava_date_tokens_fit (tokens, next, "?on ?this|next", &after);
  return ava_date_token_weekday (tokens, after) > 0;
}

static void
read_suffix (GArray       *tokens,
             AvaTimeWords *time)
{
  AvaWallTime other;
  guint after;
  guint next;

  if (ava_date_scan_refusal (tokens, time->next, &next))
    time->negated = TRUE;
  else if (ava_date_tokens_fit (tokens, time->next, "ish", &next) || ava_date_tokens_fit (tokens, time->next, "or so|thereabouts", &next))
    time->kind = time->kind == AVA_TIME_EXACT ? AVA_TIME_AROUND : time->kind;
  else if (ava_date_tokens_fit (tokens, time->next, "or|and later|after|onward|onwards|on|earlier|before", &next) &&
           ava_date_scan_clock (tokens, next, &other, &after))
    return;   /* "before nine or after five" */
  else if (ava_date_tokens_fit (tokens, time->next, "or|and later|after|onward|onwards|on", &next) ||
           ava_date_tokens_fit (tokens, time->next, "at the earliest", &next) || ava_date_tokens_fit (tokens, time->next, "onward|onwards", &next))
    time->kind = AVA_TIME_AFTER;
  else if (ava_date_tokens_fit (tokens, time->next, "or|and earlier|before", &next) || ava_date_tokens_fit (tokens, time->next, "at the latest", &next))
    time->kind = AVA_TIME_BY;
  else if (!ava_date_tokens_fit (tokens, time->next, "sharp|exactly|oclock", &next))
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

    if (ava_date_tokens_fit (tokens, at, relations[i].pattern, &end) && end > *next) {
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
  } else if (time->kind == AVA_TIME_AROUND) {
    joined = read_second (tokens, "or|to|-", time);
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
      !ava_date_tokens_is (tokens, time->next, "please|or|works|would|if|is|then|doesnt|wont|isnt|thanks|thank|instead|ok|okay|sounds|sharp|for|no|actually"))
    return FALSE;
  time->midnight = time->a.minute == 0 && !time->a.open && ava_date_token_is_word (tokens, time->next - 1) &&
                   ava_date_tokens_is (tokens, time->next - 1, "midnight");
  time->negated = relation <= 0 && at > 0 && ava_date_tokens_is (tokens, at - 1, "not");
  if (time->kind == AVA_TIME_EXACT && at > 0 && ava_date_tokens_is (tokens, at - 1, "not"))
    time->negated = TRUE;
  read_suffix (tokens, time);
  return TRUE;
}
