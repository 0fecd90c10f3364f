/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-time-of-day.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

/**
 * ava_time_of_day_has_halves:
 * @locale_format: of a time, as a locale has it; see strftime
 *
 * Returns: whether it counts to twelve, twice a day
 */
gboolean
ava_time_of_day_has_halves (const char *locale_format)
{
  return strstr (locale_format, "%r") != NULL || strstr (locale_format, "%p") != NULL ||
         strstr (locale_format, "%I") != NULL;
}

/**
 * ava_time_of_day_print:
 * @time: in the zone that is meant
 *
 * Returns: (transfer full): "14:30", or "2:30 PM" where people write it that way
 */
char *
ava_time_of_day_print (GDateTime *time)
{
  return g_date_time_format (time, ava_time_of_day_has_halves (nl_langinfo (T_FMT)) ? "%-I:%M %p" : "%-H:%M");
}

/**
 * ava_time_of_day_print_minute:
 * @minute: since midnight, 1440 included
 *
 * Returns: (transfer full): that time of day
 */
char *
ava_time_of_day_print_minute (int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2000, 1, 1, minute / 60 % 24, minute % 60, 0);

  return ava_time_of_day_print (time);
}

/**
 * ava_time_of_day_print_date:
 * @date_format: of the date, as for g_date_time_format()
 *
 * Returns: (transfer full): "Tue Nov 24, 14:30"
 */
char *
ava_time_of_day_print_date (GDateTime  *time,
                            const char *date_format)
{
  g_autofree char *date = g_date_time_format (time, date_format);
  g_autofree char *clock = ava_time_of_day_print (time);

  /* Translators: a date, a time of day. */
  return g_strdup_printf (_("%s, %s"), date, clock);
}
