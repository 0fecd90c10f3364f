/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"
#include "ava-wall-time.h"

/* Puts together what ava-date-phrase-days.c and ava-date-phrase-times.c find in a phrase. */

#define LAST_MIN 1439
#define HALF_DAY 720

/* @julian: [days]; what is none becomes the first */
void
ava_date_set_day (GDate *date,
                  int    julian)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, MAX (julian, 1));
}

typedef enum {
  FLAG_SOON = 1,
  FLAG_ANY,
  FLAG_LATER,
  FLAG_EARLIER,
} Flag;

static const struct {
  const char *pattern;
  Flag flag;
} flags[] = {
  { "as soon as possible|you|i|we", FLAG_SOON },
  { "asap", FLAG_SOON },
  { "?the earliest|soonest ?available|possible|one|time|appointment|slot|opening|you|i", FLAG_SOON },
  { "?the first|next available|opening|free", FLAG_SOON },
  { "right away|now", FLAG_SOON },
  { "immediately", FLAG_SOON },
  { "sometime soon", FLAG_SOON },
  { "whenever ?you|is|its|works|youre|possible", FLAG_ANY },
  { "any time|day", FLAG_ANY },
  { "anytime|anyday", FLAG_ANY },
  { "no preference", FLAG_ANY },
  { "im ?pretty|very|totally flexible|open", FLAG_ANY },
  { "doesnt matter when", FLAG_ANY },
  { "later on ?that ?day", FLAG_LATER },
  { "?the ?that same day but later", FLAG_LATER },
  { "?a ?bit|little later that|the ?same day", FLAG_LATER },
  { "something|anything|any|bit|little|much|time later", FLAG_LATER },
  { "?a ?bit|little earlier that|the ?same day", FLAG_EARLIER },
  { "something|anything|any|bit|little|much|time earlier|sooner", FLAG_EARLIER },
};

static Flag
scan_flag (GArray *tokens,
           guint   at,
           guint  *next)
{
  Flag found = 0;

  *next = at;
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    int values[4];
    guint end;

    if (!ava_date_tokens_match (tokens, at, flags[i].pattern, values, &end) || end <= *next)
      continue;
    if (ava_date_tokens_is (tokens, at, "whenever") && end == at + 1 && end < tokens->len)
      continue;
    if (flags[i].flag >= FLAG_LATER && ava_date_tokens_is (tokens, end, "than|this|today"))
      continue;
    found = flags[i].flag;
    *next = end;
  }
  return found;
}

static void
set_flag (AvaDatePhrase *self,
          Flag           flag)
{
  if (flag == FLAG_SOON || flag == FLAG_ANY)
    self->first_available = TRUE;
  if (flag == FLAG_ANY)
    self->any_time = TRUE;
  if (flag == FLAG_LATER || flag == FLAG_EARLIER) {
    self->has_shift = TRUE;
    self->shift_time = flag == FLAG_LATER ? 1 : -1;
  }
}

typedef struct {
  GArray *tokens;
  GArray *times;      /* AvaTimeWords */
  AvaDayWords day;    /* all mentions so far, joined */
  gboolean has_day;
  gboolean negated;
  guint first;        /* [tokens] */
  guint last;         /* [tokens] one past */
  AvaDateNow now;
  AvaDatePhrase *self;
} Parse;

static void
note_match (Parse *parse,
            guint  at,
            guint  next)
{
  while (at > 0 && ava_date_tokens_is (parse->tokens, at - 1, "on|at|in|for|this|between|the|from"))
    at--;
  parse->first = MIN (parse->first, at);
  parse->last = MAX (parse->last, next);
}

static void
add_day (Parse       *parse,
         AvaDayWords *day)
{
  note_match (parse, day->at, day->next);
  if (day->negated) {
    parse->negated = TRUE;
    ava_day_words_clear (day);
    return;
  }
  if (!parse->has_day) {
    parse->day = *day;
    parse->has_day = TRUE;
    return;
  }
  ava_day_words_join (parse->tokens, &parse->day, day, parse->now.today);
  ava_day_words_clear (day);
}

/* "in two hours", "in half an hour": from then on, half an hour long. */
static gboolean
scan_hours (Parse *parse,
            guint  at,
            guint *next)
{
  int values[4] = { 0 };
  int minutes;
  int from;
  AvaDayWords day = { .kind = AVA_DAY_ONE, .at = at };
  AvaTimeWords time = { .kind = AVA_TIME_SPAN, .at = at };

  if (ava_date_tokens_match (parse->tokens, at, "in ?about half an hour", values, next))
    minutes = 30;
  else if (ava_date_tokens_match (parse->tokens, at, "in ?about ~ hour|hours", values, next))
    minutes = values[0] * 60;
  else if (ava_date_tokens_match (parse->tokens, at, "in ?about # minutes", values, next))
    minutes = values[0];
  else
    return FALSE;
  from = parse->now.minute + minutes;
  day.first = day.last = parse->now.today + from / 1440;
  day.next = time.next = *next;
  time.a.minute = from % 1440;
  time.b.minute = MIN (from % 1440 + 30, LAST_MIN);
  add_day (parse, &day);
  g_array_append_val (parse->times, time);
  return TRUE;
}

static const char *const move_words = "move|moved|moving|reschedule|change|changing|switch|push";

/* "move it from Tuesday at three to Thursday": only what follows "to" is wanted. */
static guint
skip_old_time (Parse *parse)
{
  gboolean moves = FALSE;

  for (guint i = 0; i + 1 < parse->tokens->len; i++) {
    AvaDayWords day;
    AvaTimeWords time;

    if (moves && ava_date_tokens_is (parse->tokens, i, "to") &&
        !ava_date_tokens_is (parse->tokens, i - 1, "quarter|five|ten|twenty")) {
      if (ava_date_scan_day (parse->tokens, i + 1, &parse->now, &day)) {
        ava_day_words_clear (&day);
        return i + 1;
      }
      if (ava_date_scan_time (parse->tokens, i + 1, TRUE, &time))
        return i + 1;
    }
    moves = moves || ava_date_tokens_is (parse->tokens, i, move_words);
  }
  return 0;
}

static void
scan (Parse *parse)
{
  guint start = skip_old_time (parse);
  guint day_end = start;

  for (guint i = start; i < parse->tokens->len;) {
    AvaDayWords day;
    AvaTimeWords time;
    gboolean is_day;
    guint next;
    Flag flag;

    if (g_array_index (parse->tokens, AvaDateToken, i).kind == AVA_TOKEN_MASKED) {
      i++;
      continue;
    }
    if (scan_hours (parse, i, &next)) {
      i = next;
      continue;
    }
    is_day = ava_date_scan_day (parse->tokens, i, &parse->now, &day);
    flag = scan_flag (parse->tokens, i, &next);
    if (flag != 0 && !(is_day && day.next >= next) && !ava_date_scan_time (parse->tokens, i, FALSE, &time)) {
      if (is_day)
        ava_day_words_clear (&day);
      set_flag (parse->self, flag);
      note_match (parse, i, next);
      i = next;
    } else if (is_day) {
      gboolean evening = ava_date_tokens_is (parse->tokens, day.next, "night|nights");

      add_day (parse, &day);
      i = day_end = day.next;
      /* "the Tuesday one" is no one o'clock. */
      if (ava_date_tokens_is (parse->tokens, i, "one") && day.at > 0 &&
          ava_date_tokens_is (parse->tokens, day.at - 1, "the|that"))
        i++;
      if (evening) {
        time = (AvaTimeWords){ .kind = AVA_TIME_PART, .at = i, .next = i + 1, .a = { 1020 }, .b = { LAST_MIN } };
        g_array_append_val (parse->times, time);
        note_match (parse, i, i + 1);
        i++;
      }
    } else if (ava_date_scan_time (parse->tokens, i, day_end > 0 && day_end == i, &time)) {
      g_array_append_val (parse->times, time);
      note_match (parse, time.at, time.next);
      i = time.next;
      day_end = 0;
    } else {
      i++;
    }
  }
}

/* "this morning" and "tonight" mean today. */
static void
imply_today (Parse *parse)
{
  if (parse->has_day)
    return;
  for (guint i = 0; i < parse->times->len; i++) {
    AvaTimeWords *time = &g_array_index (parse->times, AvaTimeWords, i);

    if (time->kind == AVA_TIME_PART &&
        (ava_date_tokens_have (parse->tokens, time->at, time->next, "this|tonight") ||
         (time->at > 0 && ava_date_tokens_is (parse->tokens, time->at - 1, "this")))) {
      parse->has_day = TRUE;
      parse->day = (AvaDayWords){ .kind = AVA_DAY_ONE, .first = parse->now.today, .last = parse->now.today };
    }
  }
}

/* Whether nothing but padding stands beside tokens @from to @to. */
static gboolean
is_alone (GArray *tokens,
          guint   from,
          guint   to)
{
  for (guint i = 0; i < tokens->len; i++) {
    if (i >= from && i < to)
      continue;
    if (!ava_date_tokens_is (tokens, i, "um|uh|er|hmm|no|well|please|lets|say|maybe|make|it|how|about|yes|yeah|yep|ok|okay|the|id|like") &&
        !ava_date_tokens_is (tokens, i, "works|work|is|good|fine|would|be|perfect|then|thanks|thank|you|do|can|we|great|try|actually|sorry") &&
        !ava_date_tokens_is (tokens, i, "just|probably|prefer|i|ill|take|that|thatd|one|best|better|for|me|so"))
      return FALSE;
  }
  return TRUE;
}

/* An answer that is only a number, "later", or "p m": a time when nothing else was said. */
static void
scan_bare (Parse *parse)
{
  for (guint i = 0; i < parse->tokens->len; i++) {
    AvaTimeWords time = { .kind = AVA_TIME_EXACT, .at = i };
    int values[4];

    if (ava_date_tokens_is (parse->tokens, i, "later|earlier") && is_alone (parse->tokens, i, i + 1)) {
      set_flag (parse->self, ava_date_tokens_is (parse->tokens, i, "later") ? FLAG_LATER : FLAG_EARLIER);
      note_match (parse, i, i + 1);
      return;
    }
    if ((ava_date_tokens_match (parse->tokens, i, "am", values, &time.next) ||
         ava_date_tokens_match (parse->tokens, i, "pm", values, &time.next) ||
         ava_date_tokens_match (parse->tokens, i, "a|p m", values, &time.next)) &&
        is_alone (parse->tokens, i, time.next)) {
      gboolean pm = ava_date_tokens_is (parse->tokens, i, "pm|p");

      time.kind = AVA_TIME_PART;
      time.a.minute = pm ? HALF_DAY : 0;
      time.b.minute = pm ? LAST_MIN : HALF_DAY - 1;
    } else if (!ava_date_scan_clock (parse->tokens, i, &time.a, &time.next)) {
      continue;
    } else if (ava_date_tokens_is (parse->tokens, time.next, "or|to|-") &&
               ava_date_scan_clock (parse->tokens, time.next + 1, &time.b, &time.next)) {
      time.kind = AVA_TIME_SPAN;
    }
    if (time.kind != AVA_TIME_PART && time.a.weak && time.a.minute > 720 + 59 && time.a.open)
      continue;
    if (is_alone (parse->tokens, i, time.next) &&
        !(time.a.weak && i > 0 && ava_date_tokens_is (parse->tokens, i - 1, "that")) &&
        !(time.a.weak && time.next == i + 1 && ava_date_tokens_is (parse->tokens, i, "one") && i > 0 &&
          ava_date_tokens_is (parse->tokens, i - 1, "the|that|good|fine|best|no"))) {
      g_array_append_val (parse->times, time);
      note_match (parse, i, time.next);
      return;
    }
  }
}

static void
say_assumption (AvaDatePhrase *self)
{
  g_free (self->assumption);
  if (self->day_assumption != NULL && self->time_assumption != NULL)
    self->assumption = g_strdup_printf ("%s; %s", self->day_assumption, self->time_assumption);
  else
    self->assumption = g_strdup (self->day_assumption != NULL ? self->day_assumption : self->time_assumption);
}

static gboolean
read_now (const AvaDatePhrase *self,
          AvaDateNow          *now)
{
  GDate date;

  if (self->zone == NULL || ABS (self->now_us) > G_MAXINT64 / 4)
    return FALSE;
  now->minute = ava_wall_time_of (self->now_us, self->zone, &date);
  now->today = g_date_get_julian (&date);
  return TRUE;
}

/* Says what is past or on no clock, and puts the notes into one. */
void
ava_date_phrase_check (AvaDatePhrase *self)
{
  AvaDateNow now;
  int first;
  int last;

  say_assumption (self);
  if (!self->has_date || self->problem != NULL || !read_now (self, &now))
    return;
  first = g_date_get_julian (&self->first_day);
  last = g_date_get_julian (&self->last_day);
  if (last < now.today) {
    g_autofree char *day = ava_date_say_year (last);

    self->problem = g_strdup_printf ("%s is already past.", day);
    self->no_such_day = TRUE;
  } else if (last == now.today && self->has_time && self->to_min < now.minute) {
    g_autofree char *time = ava_date_speak_minutes (self->to_min);

    self->problem = self->exact_time ? g_strdup_printf ("%s today is already past.", time)
                                     : g_strdup ("That part of today is already past.");
  } else if (first == last && self->exact_time) {
    gint64 starts_us[2];
    guint times = ava_wall_time_find (&self->first_day, self->from_min, self->zone, starts_us);
    g_autofree char *time = ava_date_speak_minutes (self->from_min);
    g_autofree char *day = ava_date_say (first);

    if (times == 0) {
      self->problem = g_strdup_printf ("%s does not exist on %s: the clocks go forward then.", time, day);
    } else if (times == 2) {
      g_free (self->time_assumption);
      self->time_assumption = g_strdup_printf ("the first %s, as the clocks go back that day", time);
      say_assumption (self);
    }
  }
}

static void
take_day (Parse *parse)
{
  AvaDatePhrase *self = parse->self;
  AvaDayWords *day = &parse->day;

  if (!parse->has_day) {
    if (parse->negated && self->question == NULL)
      self->question = g_strdup ("Which day would suit you instead?");
    return;
  }
  if (day->kind == AVA_DAY_SHIFT) {
    self->has_shift = TRUE;
    self->shift_days = day->shift_days;
  } else if (day->first > 0) {
    self->has_date = TRUE;
    ava_date_set_day (&self->first_day, day->first);
    ava_date_set_day (&self->last_day, MAX (day->last, day->first));
    self->weekday = day->weekday;
    self->month_day = day->month_day;
  }
  self->question = g_steal_pointer (&day->question);
  self->day_assumption = g_steal_pointer (&day->assumption);
  if (day->problem != NULL) {
    self->problem = g_steal_pointer (&day->problem);
    self->no_such_day = TRUE;
  }
  ava_day_words_clear (day);
}

/**
 * ava_date_phrase_parse:
 * @phrase: a whole sentence, typed or as the recognizer writes it
 * @now_us: microseconds since 1970 UTC
 * @zone: of the location
 *
 * Finds everything that @phrase says about a day and a time. What is ambiguous is put as a
 * question, what is impossible or past as a problem; neither is guessed away.
 *
 * Returns: (transfer full): what it means; see ava_date_phrase_is_empty()
 */
AvaDatePhrase *
ava_date_phrase_parse (const char *phrase,
                       gint64      now_us,
                       GTimeZone  *zone)
{
  AvaDatePhrase *self = g_new0 (AvaDatePhrase, 1);
  g_autoptr (GArray) tokens = NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, TRUE, sizeof (AvaTimeWords));
  Parse parse = { .times = times, .self = self, .first = G_MAXUINT };
  gboolean today;

  g_date_clear (&self->first_day, 1);
  g_date_clear (&self->last_day, 1);
  self->now_us = now_us;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  if (phrase == NULL || !read_now (self, &parse.now))
    return self;

  tokens = ava_date_tokens_new (phrase);
  parse.tokens = tokens;
  scan (&parse);
  if (!parse.has_day && times->len == 0 && !self->first_available && !self->has_shift && !parse.negated)
    scan_bare (&parse);
  imply_today (&parse);
  today = parse.has_day && parse.day.kind != AVA_DAY_SHIFT && parse.day.first == parse.now.today &&
          parse.day.last == parse.now.today;
  take_day (&parse);
  ava_date_times_fold (tokens, times, today, parse.now.minute, self);
  if (parse.first < parse.last) {
    self->matched_from = g_array_index (tokens, AvaDateToken, parse.first).from;
    self->matched_to = g_array_index (tokens, AvaDateToken, parse.last - 1).to;
  }
  ava_date_phrase_check (self);
  return self;
}

/**
 * ava_date_phrase_is_empty:
 *
 * Returns: whether nothing about time was said
 */
gboolean
ava_date_phrase_is_empty (const AvaDatePhrase *self)
{
  return !self->has_date && !self->has_time && !self->first_available && !self->has_shift &&
         self->question == NULL && self->problem == NULL;
}
