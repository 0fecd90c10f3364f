/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-wall-time.h"

/* Between the clock on the wall of the location and instants, on days when the clocks change too. */

#define USEC G_USEC_PER_SEC
#define DAY_SECONDS (24 * 60 * 60)

static gint64
offset_at (gint64     seconds,
           GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

/**
 * ava_wall_time_find:
 * @minute: of the local day; 1440 is the next day's midnight
 * @starts_us: (out): the instants, microseconds since 1970 UTC, in order
 *
 * Returns: on how many instants the clock shows @minute that day: 1; 0 when it is skipped, 2 when
 *   the clocks are put back over it
 */
guint
ava_wall_time_find (const GDate *day,
                    int          minute,
                    GTimeZone   *zone,
                    gint64       starts_us[2])
{
  gint64 flat = ((gint64) g_date_get_julian (day) - 719163) * DAY_SECONDS + (gint64) minute * 60;
  gint64 before = offset_at (flat - DAY_SECONDS, zone);
  gint64 after = offset_at (flat + DAY_SECONDS, zone);
  guint count = 0;

  if (offset_at (flat - before, zone) == before)
    starts_us[count++] = (flat - before) * USEC;
  if (after != before && offset_at (flat - after, zone) == after)
    starts_us[count++] = (flat - after) * USEC;
  return count;
}

/**
 * ava_wall_time_first:
 *
 * Returns: the first instant, microseconds since 1970 UTC, at which the clock shows @minute that
 *   day or, when that is skipped, has just passed it
 */
gint64
ava_wall_time_first (const GDate *day,
                     int          minute,
                     GTimeZone   *zone)
{
  gint64 starts_us[2];

  for (int skipped = 0; skipped < 240; skipped++) {
    if (ava_wall_time_find (day, minute + skipped, zone, starts_us) > 0)
      return starts_us[0];
  }
  return ((gint64) g_date_get_julian (day) - 719163) * DAY_SECONDS * USEC;
}

/**
 * ava_wall_time_of:
 * @at_us: microseconds since 1970 UTC
 * @day: (out) (optional): the local day
 *
 * Returns: the minute of the local day
 */
int
ava_wall_time_of (gint64     at_us,
                  GTimeZone *zone,
                  GDate     *day)
{
  gint64 seconds = at_us / USEC - (at_us % USEC < 0);
  gint64 local = seconds + offset_at (seconds, zone);
  gint64 days = local / DAY_SECONDS - (local % DAY_SECONDS < 0);

  if (day != NULL) {
    g_date_clear (day, 1);
    g_date_set_julian (day, CLAMP (days + 719163, 1, 3000000));
  }
  return (local - days * DAY_SECONDS) / 60;
}
