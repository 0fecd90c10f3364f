/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-telling.h"

#include "ava-date-phrase.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>

/* Translators: a short date without the year; see strftime. */
#define SHORT_DAY _("%a %b %-d")

static GDateTime *
get_local (gint64     at_us,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

/**
 * ava_tell_day:
 *
 * Returns: (transfer full): "Tuesday, December 1st" or "Tuesday, December 1"
 */
char *
ava_tell_day (AvaTelling   telling,
              const GDate *day)
{
  g_autoptr (GDateTime) time = NULL;

  if (telling == AVA_SPOKEN)
    return ava_date_speak_day (day);
  time = g_date_time_new_utc (g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 0, 0, 0);
  /* Translators: a date with weekday, without the year; see strftime. */
  return g_date_time_format (time, _("%A, %B %-e"));
}

/**
 * ava_tell_minute:
 * @minute: of the local day, 1440 included
 *
 * Returns: (transfer full): "3:30 PM" or "15:30"
 */
char *
ava_tell_minute (AvaTelling telling,
                 int        minute)
{
  return telling == AVA_SPOKEN ? ava_date_speak_minutes (minute) : ava_time_of_day_print_minute (minute);
}

/**
 * ava_tell_time:
 * @at_us: [us] UTC
 *
 * Returns: (transfer full): the time of day: "3:30 PM" or "15:30"
 */
char *
ava_tell_time (AvaTelling  telling,
               gint64      at_us,
               GTimeZone  *zone)
{
  g_autoptr (GDateTime) local = NULL;

  if (telling == AVA_SPOKEN)
    return ava_date_speak_time (at_us, zone);
  local = get_local (at_us, zone);
  return ava_time_of_day_print (local);
}

/**
 * ava_tell_start:
 * @at_us: [us] UTC
 *
 * Returns: (transfer full): "Tuesday, December 1st at 3:30 PM" or "Tue Dec 1, 15:30"
 */
char *
ava_tell_start (AvaTelling  telling,
                gint64      at_us,
                GTimeZone  *zone)
{
  g_autoptr (GDateTime) local = NULL;

  if (telling == AVA_SPOKEN)
    return ava_date_speak_start (at_us, zone);
  local = get_local (at_us, zone);
  return ava_time_of_day_print_date (local, SHORT_DAY);
}
