/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-calendar-private.h"
#include "ava-wall-time.h"

/* Puts together what ava-date-phrase-days.c and ava-date-phrase-times.c find in a phrase. */

#define LAST_MIN 1439
#define HALF_DAY 720
#define ALL_WEEKDAYS 0xfeu     /* 1 << 1, Monday, to 1 << 7, Sunday */
#define NO_WEEKDAY 0x100u      /* not one is left */
#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)

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
  gboolean negated;   /* a certain day is refused */
  int not_first;      /* [days] Julian: of it */
  int not_last;       /* [days] Julian */
  guint only;         /* 1 << weekday: of "weekends"; 0 for all */
  guint except;       /* 1 << weekday: of "not on Fridays" */
  int bad_hour;       /* of "25 o'clock"; 0 for none */
  int pair[2];        /* [days] Julian: of each a time of its own was said; 0 for none */
  guint only_next;    /* [tokens] one past the last that @only was read from */
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

/* "Not on Fridays", "not this week", "the 5th doesn't work". Returns: whether @day was taken for good */
static gboolean
refuse_day (Parse       *parse,
            AvaDayWords *day)
{
  guint weekdays = day->weekdays != 0 ? day->weekdays : day->kind == AVA_DAY_WEEKDAY && day->weekday > 0 ? 1u << day->weekday : 0;

  if (weekdays != 0) {
    parse->except |= weekdays;
  } else if (day->kind == AVA_DAY_WEEK && day->first <= parse->now.today) {
    /* Not this week: from the next on. */
    day->negated = FALSE;
    ava_day_words_set_span (day, AVA_DAY_ONE, day->last + 1, day->last + 14);
    return FALSE;
  } else {
    parse->negated = TRUE;
    parse->not_first = day->first;
    parse->not_last = MAX (day->last, day->first);
  }
  ava_day_words_clear (day);
  return TRUE;
}

static void
add_day (Parse       *parse,
         AvaDayWords *day)
{
  note_match (parse, day->at, day->next);
  if (day->negated && refuse_day (parse, day))
    return;
  if (day->kind == AVA_DAY_SOME) {
    if (ava_date_tokens_have (parse->tokens, parse->only_next, day->at, AVA_DATE_CORRECTIONS))
      parse->only = 0;
    parse->only |= day->weekdays;
    parse->only_next = day->next;
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

/* "Not Monday or Tuesday", "Mondays and Fridays don't work": what is refused with another is refused too. */
static gboolean
is_refused (Parse             *parse,
            const AvaDayWords *day,
            guint              refused_next)
{
  AvaDayWords other;
  gboolean refused;

  if (refused_next > 0 && ava_date_tokens_is (parse->tokens, refused_next, "or|nor|and") && day->at == refused_next + 1)
    return TRUE;
  if (!ava_date_tokens_is (parse->tokens, day->next, "or|and") ||
      !ava_date_scan_day (parse->tokens, day->next + 1, &parse->now, &other))
    return FALSE;
  /* Refused by what stands behind it, not by a "not" before it. */
  refused = other.negated && !ava_date_tokens_is (parse->tokens, day->next + 1, "not|but|except");
  ava_day_words_clear (&other);
  return refused;
}

/* "In two hours", "in half an hour", "two hours ago": as the clocks will show it. */
static gboolean
scan_minutes (Parse *parse,
              guint  at,
              guint *next)
{
  int minutes[2];
  int walls[2];
  GDate date;
  AvaDayWords day = { .kind = AVA_DAY_ONE, .at = at };
  AvaTimeWords time = { .kind = AVA_TIME_SPAN, .at = at };

  if (!ava_date_scan_minutes (parse->tokens, at, &minutes[0], &minutes[1], next))
    return FALSE;
  walls[1] = ava_wall_time_of (parse->self->now_us + minutes[1] * MINUTE_US, parse->self->zone, &date);
  day.last = g_date_get_julian (&date);
  walls[0] = ava_wall_time_of (parse->self->now_us + minutes[0] * MINUTE_US, parse->self->zone, &date);
  day.first = g_date_get_julian (&date);
  if (day.last > day.first || walls[1] < walls[0])
    walls[1] = LAST_MIN;
  day.last = day.first;
  day.next = time.next = *next;
  time.kind = minutes[0] == minutes[1] ? AVA_TIME_EXACT : AVA_TIME_SPAN;
  time.a.minute = walls[0];
  time.b.minute = walls[1];
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

/* "Tuesday the 1st or Wednesday the 2nd": a weekday and its date are one day; so are, after another of its own week,
 * "Thursday of the week after next". */
static void
take_date_beside (Parse       *parse,
                  AvaDayWords *day)
{
  AvaDayWords date;
  gboolean of = ava_date_tokens_is (parse->tokens, day->next, "of|in");
  gboolean has_week = parse->has_day && parse->day.week_first > 0;

  if (day->kind != AVA_DAY_WEEKDAY || day->negated || !ava_date_scan_core_day (parse->tokens, day->next + of, &parse->now, &date))
    return;
  if ((date.kind == AVA_DAY_DATE && !of) || (date.kind == AVA_DAY_WEEK && has_week))
    ava_day_words_join (parse->tokens, day, &date, parse->now.today);
  ava_day_words_clear (&date);
}

/* "Tuesday at three or Wednesday at four", "tonight or tomorrow": two wishes, of which one must be chosen. */
static void
ask_of_pair (Parse       *parse,
             AvaDayWords *day)
{
  guint count = parse->times->len;
  const AvaTimeWords *before = count > 0 ? &g_array_index (parse->times, AvaTimeWords, count - 1) : NULL;
  AvaTimeWords after;

  if (!parse->has_day && before != NULL && !day->negated && day->first > parse->now.today && before->kind == AVA_TIME_PART &&
      ava_date_tokens_have (parse->tokens, before->at, before->next, "this|tonight") &&
      ava_date_tokens_have (parse->tokens, before->next, day->at, "or")) {
    parse->pair[0] = parse->now.today;
    parse->pair[1] = day->first;
    return;
  }
  if (!parse->has_day || day->negated || before == NULL || day->kind == AVA_DAY_SOME || day->first == 0 || parse->day.first == 0 ||
      day->kind == AVA_DAY_SHIFT || parse->day.kind == AVA_DAY_SHIFT || before->at < parse->day.next ||
      !ava_date_tokens_have (parse->tokens, before->next, day->at, "or") ||
      !ava_date_scan_time (parse->tokens, day->next, TRUE, &after))
    return;
  parse->pair[0] = parse->day.first;
  parse->pair[1] = day->first;
}

/* "25 o'clock" is on no clock. */
static gboolean
scan_bad_hour (Parse *parse,
               guint  at,
               guint *next)
{
  int hour;
  guint end;

  if (!ava_date_tokens_number (parse->tokens, at, &hour, &end) || hour < 24 ||
      (!ava_date_tokens_fit (parse->tokens, end, "oclock", next) && !ava_date_tokens_fit (parse->tokens, end, "o clock", next)))
    return FALSE;
  parse->bad_hour = hour;
  note_match (parse, at, *next);
  return TRUE;
}

/* Nothing of it is dropped: it is asked for again. */
static void
ask_hour (Parse *parse)
{
  if (parse->bad_hour > 0 && parse->times->len == 0 && parse->self->question == NULL && parse->self->problem == NULL)
    parse->self->question = g_strdup_printf ("There is no %d o'clock. What time would suit you?", parse->bad_hour);
}

static void
scan (Parse *parse)
{
  guint start = skip_old_time (parse);
  guint day_end = start;
  guint refused_next = 0;

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
    if (scan_minutes (parse, i, &next) || scan_bad_hour (parse, i, &next) ||
        (parse->has_day && ava_date_relate_back (parse->tokens, i, &parse->now, &parse->day, &next))) {
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
      gboolean evening = ava_date_tokens_is (parse->tokens, day.next, "night|nights") ||
                         ava_date_tokens_is (parse->tokens, day.next - 1, "night");

      take_date_beside (parse, &day);
      day.negated = day.negated || is_refused (parse, &day, refused_next);
      refused_next = day.negated ? day.next : 0;
      i = day_end = day.next;
      ask_of_pair (parse, &day);
      add_day (parse, &day);
      /* "the Tuesday one" is no one o'clock. */
      if (ava_date_tokens_is (parse->tokens, i, "one") && day.at > 0 &&
          ava_date_tokens_is (parse->tokens, day.at - 1, "the|that"))
        i++;
      if (evening) {
        time = (AvaTimeWords){ .kind = AVA_TIME_PART, .at = i, .next = i + 1, .a = { 1020 }, .b = { LAST_MIN } };
        g_array_append_val (parse->times, time);
        i += ava_date_tokens_is (parse->tokens, i, "night|nights");
        note_match (parse, i - 1, i);
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
    if (!ava_date_tokens_is (tokens, i, "um|uh|er|hmm|no|but|well|please|lets|say|maybe|make|it|how|about|yes|yeah|yep|ok|okay|the|id|like") &&
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

/* Of the days that are wished for, those that are not refused. */
static guint
find_weekdays (Parse *parse)
{
  guint all = 0;
  guint meant = parse->only != 0 ? parse->only : ALL_WEEKDAYS;
  AvaDayWords *day = &parse->day;

  meant &= ~parse->except;
  if (!parse->has_day || day->kind == AVA_DAY_SHIFT || day->first == 0)
    return meant == ALL_WEEKDAYS ? 0 : meant;
  if (day->weekdays != 0)
    meant &= day->weekdays;
  /* "Tuesdays or Thursday" */
  if (day->weekday > 0 && parse->only != 0 && (parse->only & 1u << day->weekday) == 0) {
    parse->has_day = FALSE;
    ava_day_words_clear (day);
    return meant | 1u << day->weekday;
  }
  for (int julian = day->first; julian <= day->last; julian++) {
    all |= 1u << ava_date_weekday (julian);
    if (parse->negated && day->last - day->first <= 6 && julian >= parse->not_first && julian <= parse->not_last)
      meant &= ~(1u << ava_date_weekday (julian));
  }
  meant &= all;
  if (meant == 0)
    return NO_WEEKDAY;
  return meant == all ? 0 : meant;
}

static gboolean
is_refused_within (Parse *parse)
{
  return parse->negated && parse->has_day && parse->day.last - parse->day.first > 6 && parse->not_first <= parse->day.last &&
         parse->not_last >= parse->day.first;
}

static void
take_day (Parse *parse)
{
  AvaDatePhrase *self = parse->self;
  AvaDayWords *day = &parse->day;
  guint weekdays = find_weekdays (parse);

  self->refuses_day = parse->negated && !parse->has_day;
  if (self->refuses_day) {
    ava_date_set_day (&self->refused_first, parse->not_first);
    ava_date_set_day (&self->refused_last, parse->not_last);
  }
  if (!parse->has_day) {
    self->weekdays = weekdays & ALL_WEEKDAYS;
    if ((parse->negated && weekdays == 0) || weekdays == NO_WEEKDAY)
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
    self->following = day->following;
    self->bygone = day->bygone;
    self->weekdays = weekdays & ALL_WEEKDAYS;
    if (day->question == NULL && (weekdays == NO_WEEKDAY || is_refused_within (parse)))
      day->question = g_strdup ("Which day would suit you best?");
    if (parse->pair[0] != 0 && parse->pair[0] != parse->pair[1])
      ava_day_words_ask (day, parse->pair[0], parse->pair[1]);
  }
  if (day->other > 0 && day->question != NULL && self->has_date && day->first == day->last) {
    self->has_other = TRUE;
    ava_date_set_day (&self->other_day, day->other);
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
  g_date_clear (&self->other_day, 1);
  self->now_us = now_us;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  if (phrase == NULL || !read_now (self, &parse.now))
    return self;

  ava_date_phrase_say (self, phrase);
  tokens = ava_date_tokens_new (phrase);
  parse.tokens = tokens;
  scan (&parse);
  if (!parse.has_day && times->len == 0 && !self->first_available && !self->has_shift && !parse.negated &&
      parse.only + parse.except == 0)
    scan_bare (&parse);
  imply_today (&parse);
  today = parse.has_day && parse.day.kind != AVA_DAY_SHIFT && parse.day.first == parse.now.today &&
          parse.day.last == parse.now.today;
  take_day (&parse);
  ask_hour (&parse);
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
  return !self->has_date && !self->has_time && !self->first_available && !self->has_shift && self->weekdays == 0 &&
         self->question == NULL && self->problem == NULL;
}

/**
 * ava_date_phrase_has_day:
 *
 * Returns: whether @day is one of those that are meant; each is when none was said
 */
gboolean
ava_date_phrase_has_day (const AvaDatePhrase *self,
                         const GDate         *day)
{
  if (self->has_date && (g_date_compare (day, &self->first_day) < 0 || g_date_compare (day, &self->last_day) > 0))
    return FALSE;
  return self->weekdays == 0 || (self->weekdays & 1u << g_date_get_weekday (day)) != 0;
}
