/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-move-phrase.h"

#include "ava-date-phrase.h"
#include "ava-telling.h"
#include "ava-wall-time.h"

#include <stdlib.h>
#include <string.h>

/* What is not said stays as it is: a day alone keeps the time, a time alone keeps the day. */

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)
#define NOON_MIN (12 * 60)
#define HELP "Type a day, a time or both, such as “thu 3”, “next tue 10:30” or “+30m”."

void
ava_move_phrase_free (AvaMovePhrase *self)
{
  g_array_unref (self->starts);
  g_free (self->question);
  g_free (self->assumption);
  g_free (self->problem);
  g_free (self);
}

/* Adds the instants at which the wall shows that time: none when it is skipped, two when it comes twice. */
static void
add_wall (AvaMovePhrase *self,
          AvaSpa        *spa,
          const GDate   *day,
          int            minute)
{
  gint64 starts_us[2];
  guint n = ava_wall_time_find (day, minute, spa->zone, starts_us);

  g_array_append_vals (self->starts, starts_us, n);
  if (n == 0 && self->problem == NULL)
    self->problem = g_strdup ("There is no such time on that day: the clocks are put forward.");
  if (n == 2 && self->question == NULL)
    self->question = g_strdup ("The clocks are put back: that time comes twice. Which one?");
}

/* --- "+30m", "-1h", "+2d", "+1w" --- */

static gboolean
read_shift (AvaMovePhrase *self,
            AvaSpa        *spa,
            const char    *text,
            gint64         start_us)
{
  char *end;
  double amount;
  GDate day;
  int minute;

  if ((*text != '+' && *text != '-') || !g_ascii_isdigit (text[1]))
    return FALSE;
  amount = g_ascii_strtod (text, &end);
  end += strspn (end, " ");
  if (ABS (amount) > 10000) {
    self->problem = g_strdup ("That is too far.");
  } else if (*end == '\0' || *end == 'm') {
    gint64 shifted_us = start_us + (gint64) (amount * MINUTE_US);

    g_array_append_val (self->starts, shifted_us);
  } else if (*end == 'h') {
    gint64 shifted_us = start_us + (gint64) (amount * 60 * MINUTE_US);

    g_array_append_val (self->starts, shifted_us);
  } else if (*end == 'd' || *end == 'w') {
    minute = ava_wall_time_of (start_us, spa->zone, &day);
    g_date_set_julian (&day, (guint32) ((int) g_date_get_julian (&day) + (int) amount * (*end == 'w' ? 7 : 1)));
    add_wall (self, spa, &day, minute);
  } else {
    self->problem = g_strdup ("Say minutes, hours, days or weeks: +30m, +1h, +2d, +1w.");
  }
  return TRUE;
}

/* --- phrases --- */

static gboolean
is_worked (AvaSpa      *spa,
           const char  *provider_id,
           const GDate *day,
           int          minute)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint n = ava_spa_list_hours (spa, provider_id, day, spans, AVA_SPA_MAX_SPANS, NULL);

  for (guint i = 0; i < n; i++) {
    if (minute >= spans[i].open_min && minute < spans[i].close_min)
      return TRUE;
  }
  return FALSE;
}

/* An hour without am or pm: the one at which the provider works; asked when it could be either. */
static void
add_open_hour (AvaMovePhrase       *self,
               AvaSpa              *spa,
               const char          *provider_id,
               const GDate         *day,
               const AvaDatePhrase *phrase)
{
  int minutes[2] = { phrase->from_min, (phrase->from_min + NOON_MIN) % (2 * NOON_MIN) };
  gboolean works[2] = { is_worked (spa, provider_id, day, minutes[0]), is_worked (spa, provider_id, day, minutes[1]) };
  g_autofree char *chosen = NULL;
  g_autofree char *other = NULL;

  if (works[0] == works[1] && works[0]) {
    add_wall (self, spa, day, MIN (minutes[0], minutes[1]));
    add_wall (self, spa, day, MAX (minutes[0], minutes[1]));
    g_free (self->question);
    self->question = g_strdup ("In the morning or in the afternoon?");
    return;
  }
  chosen = ava_tell_minute (AVA_WRITTEN, works[1] ? minutes[1] : minutes[0]);
  other = ava_tell_minute (AVA_WRITTEN, works[1] ? minutes[0] : minutes[1]);
  self->assumption = g_strdup_printf ("%s, not %s", chosen, other);
  add_wall (self, spa, day, works[1] ? minutes[1] : minutes[0]);
}

static void
add_day (AvaMovePhrase       *self,
         AvaSpa              *spa,
         const char          *provider_id,
         const GDate         *day,
         int                  minute,
         const AvaDatePhrase *phrase)
{
  if (!phrase->has_time)
    add_wall (self, spa, day, minute);
  else if (phrase->open_hour)
    add_open_hour (self, spa, provider_id, day, phrase);
  else
    add_wall (self, spa, day, phrase->from_min);
}

static void
set_span (AvaMovePhrase       *self,
          AvaSpa              *spa,
          const GDate         *first,
          const GDate         *last,
          const AvaDatePhrase *phrase,
          int                  minute)
{
  self->is_span = TRUE;
  self->from_us = ava_wall_time_first (first, 0, spa->zone);
  self->to_us = ava_wall_time_first (last, 1440, spa->zone) - MINUTE_US;
  self->to_min = 1440;
  if (phrase->has_time) {
    self->from_min = phrase->from_min;
    self->to_min = phrase->to_min;
  } else if (phrase->shift_time > 0) {
    self->from_min = minute + 1;
  } else if (phrase->shift_time < 0) {
    self->to_min = minute - 1;
  }
}

static void
read_phrase (AvaMovePhrase       *self,
             AvaSpa              *spa,
             const char          *provider_id,
             gint64               start_us,
             const AvaDatePhrase *phrase)
{
  GDate day;
  GDate last;
  int minute = ava_wall_time_of (start_us, spa->zone, &day);

  last = day;
  if (phrase->has_date) {
    day = phrase->first_day;
    last = phrase->last_day;
  } else if (phrase->has_shift) {
    g_date_set_julian (&day, g_date_get_julian (&day) + phrase->shift_days);
    last = day;
  }
  if (phrase->first_available)
    g_date_add_days (&last, 28);
  if (g_date_compare (&day, &last) != 0 || (phrase->has_time && !phrase->exact_time) || phrase->shift_time != 0) {
    set_span (self, spa, &day, &last, phrase, minute);
    return;
  }
  if (phrase->question != NULL && phrase->weekday != 0) {
    GDate sooner = day;

    g_date_subtract_days (&sooner, 7);
    add_day (self, spa, provider_id, &sooner, minute, phrase);
  }
  add_day (self, spa, provider_id, &day, minute, phrase);
}

/**
 * ava_move_phrase_read:
 * @provider_id: (nullable): whose hours tell morning from afternoon; %NULL for the spa's
 * @start_us: [us] UTC: when the appointment is now
 * @now_us: [us] UTC
 *
 * Returns: (transfer full): where it is to go, or what is to be asked, or why not
 */
AvaMovePhrase *
ava_move_phrase_read (AvaSpa     *spa,
                      const char *text,
                      const char *provider_id,
                      gint64      start_us,
                      gint64      now_us)
{
  AvaMovePhrase *self = g_new0 (AvaMovePhrase, 1);
  g_autofree char *typed = g_strstrip (g_utf8_make_valid (text, -1));
  g_autoptr (AvaDatePhrase) phrase = NULL;

  self->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (read_shift (self, spa, typed, start_us))
    return self;
  phrase = ava_date_phrase_parse (typed, now_us, spa->zone);
  self->question = g_strdup (phrase->question);
  if (phrase->problem != NULL)
    self->problem = g_strdup (phrase->problem);
  else if (ava_date_phrase_is_empty (phrase) || phrase->weekdays != 0)
    self->problem = g_strdup (HELP);
  else
    read_phrase (self, spa, provider_id, start_us, phrase);
  return self;
}
