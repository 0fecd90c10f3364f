/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"

/* What stands before a day: "after Friday", "by the 10th", "not on Monday". An open end is two weeks
 * long. */

#define OPEN_DAYS 14
#define JUST_PAST_DAYS 21   /* since a feast, while "after Christmas" is still said of that one */

static void
set_span (AvaDayWords *day,
          int          first,
          int          last)
{
  day->kind = AVA_DAY_ONE;
  day->first = first;
  day->last = MAX (first, last);
}

typedef enum {
  RELATION_FROM,
  RELATION_AFTER,
  RELATION_BEFORE,
  RELATION_BY,
  RELATION_AROUND,
  RELATION_NOT,
} Relation;

static const struct {
  const char *pattern;
  Relation relation;
} relations[] = {
  { "not|no before|until|till", RELATION_FROM },
  { "not|no earlier|sooner than", RELATION_FROM },
  { "on or after", RELATION_FROM },
  { "any ?time|day from", RELATION_FROM },
  { "starting ?from|on", RELATION_FROM },
  { "from", RELATION_FROM },
  { "?any ?time|day after", RELATION_AFTER },
  { "anytime|sometime after", RELATION_AFTER },
  { "later than", RELATION_AFTER },
  { "?any ?time|day before", RELATION_BEFORE },
  { "anytime|sometime before", RELATION_BEFORE },
  { "earlier|sooner than", RELATION_BEFORE },
  { "on or before", RELATION_BY },
  { "not|no later than", RELATION_BY },
  { "by|until|till", RELATION_BY },
  { "?in between now|today and", RELATION_BY },
  { "around|about", RELATION_AROUND },
  { "not ?free|available ?on|in ?a", RELATION_NOT },
  { "im|am|is busy|away|unavailable|working|out|traveling ?of ?town ?on", RELATION_NOT },
  { "except|excluding ?for ?on", RELATION_NOT },
  { "avoid|avoiding|neither|nor|skip", RELATION_NOT },
  { "but not ?on", RELATION_NOT },
  { "any ?day|time but|except ?for ?on", RELATION_NOT },
  { "anything|any|other but|than ?on", RELATION_NOT },
  { "cant|cannot|couldnt|wont ?do|make|come ?in|it ?on|for", RELATION_NOT },
  { "can|could|will not ?do|make|come ?in|it ?on|for", RELATION_NOT },
  { "instead of", RELATION_NOT },
  { "rather than", RELATION_NOT },
};

static void
relate (Relation          relation,
        const AvaDateNow *now,
        AvaDayWords      *day)
{
  gboolean one = day->first == day->last;

  if (relation == RELATION_NOT) {
    day->negated = TRUE;
    return;
  }
  if (day->kind == AVA_DAY_SHIFT || day->kind == AVA_DAY_SOME || day->first == 0)
    return;
  day->weekday = day->month_day = 0;
  day->feast = FALSE;
  if (relation == RELATION_FROM)
    set_span (day, day->first, day->first + OPEN_DAYS - 1);
  else if (relation == RELATION_AFTER)
    set_span (day, day->last + 1, day->last + OPEN_DAYS);
  else if (relation == RELATION_AROUND && one)
    set_span (day, MAX (now->today, day->first - 1), day->last + 1);
  else if (relation == RELATION_BY)
    set_span (day, now->today, day->last);
  else if (relation == RELATION_BEFORE) {
    if (day->first <= now->today && day->problem == NULL)
      day->problem = g_strdup ("That is already past.");
    set_span (day, now->today, day->first - 1);
  }
}

/* "After Christmas" on the 28th: the days from now on, and not those of a year later. */
static gboolean
is_just_past (GArray            *tokens,
              const AvaDateNow  *now,
              const AvaDayWords *day)
{
  int since;

  if (!day->feast || day->first == 0 || day->first != day->last || ava_date_tokens_is (tokens, day->next - 1, "year") ||
      g_array_index (tokens, AvaDateToken, day->next - 1).kind == AVA_TOKEN_NUMBER)
    return FALSE;
  since = now->today - ava_date_walk_months (day->first, -12);
  return since > 0 && since <= JUST_PAST_DAYS;
}

/**
 * ava_date_scan_refusal: (skip)
 *
 * Returns: whether what stands before @at is refused: "doesn't work", "is no good", "won't do"
 */
gboolean
ava_date_scan_refusal (GArray *tokens,
                       guint   at,
                       guint  *next)
{
  static const char *const patterns[] = {
    "wont|doesnt|dont|isnt|arent|cant|cannot ?really ?work|do|suit|good|great|possible|happen|be", "will|does|do|is|are|can ?really not ?work|do|suit|good|possible",
    "is|are|looks|sounds|be ?really|just|too no|bad|out|impossible|difficult|tricky ?good|use", "never works|work",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    if (!ava_date_tokens_fit (tokens, at, patterns[i], next))
      continue;
    /* "Is not a problem", "don't you have …?" refuse nothing. */
    return !ava_date_tokens_have (tokens, at, *next + 3, "problem|issue|mind") && !ava_date_tokens_is (tokens, *next, "bad|a|you|we");
  }
  return FALSE;
}

/**
 * ava_date_skip_event: (skip)
 *
 * Returns: where the day begins in "before my wedding on December 12th", from "my" on; @at when no event stands there
 */
guint
ava_date_skip_event (GArray *tokens,
                     guint   at)
{
  guint next;

  if (ava_date_tokens_fit (tokens, at, "the|my|our|her|his|their|a ?big|own|family wedding|birthday|party|trip|vacation|holiday|anniversary|graduation|"
                           "reunion|shoot|event|cruise|flight|prom ?is|thats|which ?is on|is|thats", &next) ||
      ava_date_tokens_fit (tokens, at, "the|my|our|her|his|their|a ?big|own|family wedding|birthday|party|trip|vacation|holiday|anniversary|graduation|"
                           "reunion|shoot|event|cruise|flight|prom", &next))
    return next;
  return at;
}

/**
 * ava_date_relate_back: (skip)
 *
 * "My birthday is December 3rd, so before that": before the day that was said.
 *
 * Returns: whether that stands at @at
 */
gboolean
ava_date_relate_back (GArray           *tokens,
                      guint             at,
                      const AvaDateNow *now,
                      AvaDayWords      *day,
                      guint            *next)
{
  if (!ava_date_tokens_fit (tokens, at, "before|by that|then", next))
    return FALSE;
  relate (ava_date_tokens_is (tokens, at, "by") ? RELATION_BY : RELATION_BEFORE, now, day);
  return TRUE;
}

/* "Monday at the latest", "Thursday or later", "Friday doesn't work". */
static void
relate_suffix (GArray           *tokens,
               const AvaDateNow *now,
               AvaDayWords      *day)
{
  int values[4];
  guint next;

  if (ava_date_scan_refusal (tokens, day->next, &next)) {
    relate (RELATION_NOT, now, day);
    day->next = next;
  } else if (ava_date_tokens_match (tokens, day->next, "at the latest", values, &next) ||
      ava_date_tokens_match (tokens, day->next, "or earlier|sooner", values, &next)) {
    relate (RELATION_BY, now, day);
    day->next = next;
  } else if (ava_date_tokens_match (tokens, day->next, "at the earliest", values, &next) ||
             ava_date_tokens_match (tokens, day->next, "or later", values, &next) ||
             ava_date_tokens_match (tokens, day->next, "onward|onwards", values, &next)) {
    relate (RELATION_FROM, now, day);
    day->next = next;
  }
}

/**
 * ava_date_scan_day: (skip)
 * @day: (out): cleared by the caller with ava_day_words_clear() when %TRUE is answered
 *
 * Returns: whether words about a day begin at @at
 */
gboolean
ava_date_scan_day (GArray           *tokens,
                   guint             at,
                   const AvaDateNow *now,
                   AvaDayWords      *day)
{
  Relation relation = RELATION_FROM;
  gboolean found = FALSE;

  if (ava_date_scan_core_day (tokens, at, now, day)) {
    relate_suffix (tokens, now, day);
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    AvaDayWords other;
    guint next;

    /* "how about the tenth" is no guess. */
    if (relations[i].relation == RELATION_AROUND && at > 0 && ava_date_tokens_is (tokens, at - 1, "how|what"))
      continue;
    if (!ava_date_tokens_fit (tokens, at, relations[i].pattern, &next) ||
        !ava_date_scan_core_day (tokens, ava_date_skip_event (tokens, next), now, &other))
      continue;
    /* The one that takes in most words: "not this week", and not "not this", then "week". */
    if (found && other.next <= day->next) {
      ava_day_words_clear (&other);
      continue;
    }
    if (found)
      ava_day_words_clear (day);
    *day = other;
    relation = relations[i].relation;
    found = TRUE;
  }
  if (!found)
    return FALSE;
  day->at = at;
  if (relation == RELATION_FROM && ava_date_tokens_is (tokens, day->next, "to|through|thru|until|till|-"))
    return TRUE;
  day->next += ava_date_tokens_is (tokens, day->next, "on|onward|onwards");
  if (relation == RELATION_AFTER && is_just_past (tokens, now, day))
    day->first = day->last = now->today - 1;
  relate (relation, now, day);
  return TRUE;
}

/**
 * ava_day_words_clear: (skip)
 *
 * Frees what @day holds.
 */
void
ava_day_words_clear (AvaDayWords *day)
{
  g_clear_pointer (&day->question, g_free);
  g_clear_pointer (&day->assumption, g_free);
  g_clear_pointer (&day->problem, g_free);
}
