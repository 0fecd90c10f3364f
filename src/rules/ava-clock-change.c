/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-clock-change.h"

#include "ava-date-phrase.h"
#include "ava-wall-time.h"

/* The rehearsal of a clock change: what happens to the clock on the wall that day, and which hours it
 * touches. Appointments are instants and keep their wall time by themselves; hours are wall times. */

#define DAY_SEC (24 * 60 * 60)
#define MOST_DAYS 800   /* a zone that changes its clocks does so within two years */

static int
offset_at (GTimeZone *zone,
           gint64     at_sec)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at_sec));
}

/**
 * ava_clock_change_next:
 * @change: (out):
 *
 * Returns: whether the clocks of @zone change again after @from_us
 */
gboolean
ava_clock_change_next (GTimeZone      *zone,
                       gint64          from_us,
                       AvaClockChange *change)
{
  gint64 low = from_us / G_USEC_PER_SEC;
  gint64 high = low;
  int before = offset_at (zone, low);

  for (int day = 0; day < MOST_DAYS && offset_at (zone, high) == before; day++) {
    low = high;
    high += DAY_SEC;
  }
  if (offset_at (zone, high) == before)
    return FALSE;
  while (high - low > 1) {
    gint64 middle = low + (high - low) / 2;

    if (offset_at (zone, middle) == before)
      low = middle;
    else
      high = middle;
  }
  change->at_us = high * G_USEC_PER_SEC;
  change->before_sec = before;
  change->after_sec = offset_at (zone, high);
  /* The day is that of the last second before it: some zones change at midnight. */
  change->from_min = ava_wall_time_of (low * G_USEC_PER_SEC, zone, &change->day) + 1;
  change->to_min = change->from_min + (change->after_sec - change->before_sec) / 60;
  return TRUE;
}

/**
 * ava_clock_change_judge:
 * @minute: of the local @day
 *
 * Returns: whether the clock shows @minute of @day once, never, or twice
 */
AvaWallKind
ava_clock_change_judge (const AvaClockChange *change,
                        const GDate          *day,
                        int                   minute)
{
  int at = ((int) g_date_get_julian (day) - (int) g_date_get_julian (&change->day)) * 1440 + minute;

  if (change->to_min > change->from_min && at >= change->from_min && at < change->to_min)
    return AVA_WALL_SKIPPED;
  if (change->to_min < change->from_min && at >= change->to_min && at < change->from_min)
    return AVA_WALL_TWICE;
  return AVA_WALL_PLAIN;
}

/**
 * ava_clock_change_speak:
 *
 * Returns: (transfer full): "On Sunday, March 14th the clock goes from 2 AM to 3 AM."
 */
char *
ava_clock_change_speak (const AvaClockChange *change)
{
  g_autofree char *day = ava_date_speak_day (&change->day);
  g_autofree char *from = ava_date_speak_minutes (change->from_min % 1440);
  g_autofree char *to = ava_date_speak_minutes ((change->to_min + 1440) % 1440);

  return change->to_min > change->from_min
           ? g_strdup_printf ("On %s the clock goes forward from %s to %s: that time does not exist.", day, from, to)
           : g_strdup_printf ("On %s the clock goes back from %s to %s: that time comes twice.", day, from, to);
}

/**
 * ava_clock_note_free:
 * @self: (transfer full) (nullable):
 */
void
ava_clock_note_free (AvaClockNote *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

static void
add_note (GPtrArray  *notes,
          const char *owner_id,
          char       *words)
{
  AvaClockNote *note = g_new0 (AvaClockNote, 1);

  note->owner_id = owner_id;
  note->words = words;
  g_ptr_array_add (notes, note);
}

/* One end of a span of hours. */
static void
look_at_end (GPtrArray            *notes,
             const AvaClockChange *change,
             AvaSpa               *spa,
             const GDate          *day,
             const char           *owner_id,
             const char           *name,
             int                   minute,
             const char           *verb)
{
  AvaWallKind kind = ava_clock_change_judge (change, day, minute);
  g_autofree char *said = ava_date_speak_minutes (minute % 1440);
  g_autofree char *so = NULL;

  if (kind == AVA_WALL_PLAIN)
    return;
  so = ava_date_speak_time (ava_wall_time_first (day, minute, spa->zone), spa->zone);
  add_note (notes, owner_id,
            kind == AVA_WALL_SKIPPED
              ? g_strdup_printf ("%s %s at %s, which does not exist that day: %s is taken for it.", name, verb, said, so)
              : g_strdup_printf ("%s %s at %s, which comes twice that day: the first one is meant.", name, verb, said));
}

static void
look_at (GPtrArray            *notes,
         const AvaClockChange *change,
         AvaSpa               *spa,
         const GDate          *day,
         const char           *owner_id,
         const char           *name)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint count = ava_spa_list_hours (spa, owner_id, day, spans, AVA_SPA_MAX_SPANS, NULL);

  for (guint i = 0; i < count; i++) {
    gint64 real_us = ava_wall_time_first (day, spans[i].close_min, spa->zone) - ava_wall_time_first (day, spans[i].open_min, spa->zone);
    gint64 wall_min = spans[i].close_min - spans[i].open_min;

    look_at_end (notes, change, spa, day, owner_id, name, spans[i].open_min, owner_id == NULL ? "opens" : "begins");
    look_at_end (notes, change, spa, day, owner_id, name, spans[i].close_min, owner_id == NULL ? "closes" : "ends");
    if (real_us != wall_min * 60 * G_USEC_PER_SEC) {
      g_autofree char *from = ava_date_speak_minutes (spans[i].open_min);
      g_autofree char *to = ava_date_speak_minutes (spans[i].close_min % 1440);

      add_note (notes, owner_id, g_strdup_printf ("%s: %s to %s lasts %d minutes that day, not %d.", name, from, to,
                                                  (int) (real_us / 60 / G_USEC_PER_SEC), (int) wall_min));
    }
  }
}

/**
 * ava_clock_change_list_hours:
 * @spa: seen from the location
 *
 * Returns: (transfer full) (element-type AvaClockNote): the hours of the location and of each provider
 *   on the day of the change, and on the next one where it reaches into it, that are not as on other days
 */
GPtrArray *
ava_clock_change_list_hours (AvaSpa               *spa,
                             const AvaClockChange *change)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_clock_note_free);
  GDate day = change->day;

  for (int i = 0; i < 2; i++) {
    look_at (notes, change, spa, &day, NULL, spa->name);
    for (guint j = 0; j < spa->providers->len; j++) {
      AvaProvider *provider = spa->providers->pdata[j];

      if (!provider->archived)
        look_at (notes, change, spa, &day, provider->id, provider->name);
    }
    if (MAX (change->from_min, change->to_min) <= 1440)
      break;
    g_date_add_days (&day, 1);
  }
  return notes;
}
