/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"

#include <string.h>

/* How days and times are said. English; weekday and date always together. */

static const char *const weekday_names[] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};
static const char *const month_names[] = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December",
};

static const char *
suffix (int day)
{
  if (day % 100 >= 11 && day % 100 <= 13)
    return "th";
  switch (day % 10) {
  case 1:
    return "st";
  case 2:
    return "nd";
  case 3:
    return "rd";
  default:
    return "th";
  }
}

/**
 * ava_date_weekday_name: (skip)
 * @weekday: 1 Monday … 7 Sunday
 */
const char *
ava_date_weekday_name (int weekday)
{
  return weekday_names[CLAMP (weekday, 1, 7) - 1];
}

/**
 * ava_date_speak_day:
 *
 * Returns: (transfer full): "Tuesday, December 1st"
 */
char *
ava_date_speak_day (const GDate *day)
{
  int number;

  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);

  number = g_date_get_day (day);
  return g_strdup_printf ("%s, %s %d%s", weekday_names[g_date_get_weekday (day) - 1],
                          month_names[g_date_get_month (day) - 1], number, suffix (number));
}

/**
 * ava_date_speak_minutes:
 * @minutes: of the local day
 *
 * Returns: (transfer full): "3:30 PM", "9 AM", "12 noon", "12 midnight"
 */
char *
ava_date_speak_minutes (int minutes)
{
  int hour = minutes / 60 % 24;
  int minute = minutes % 60;
  int shown = hour % 12 == 0 ? 12 : hour % 12;

  if (minute == 0 && hour % 12 == 0)
    return g_strdup (hour == 12 ? "12 noon" : "12 midnight");
  if (minute == 0)
    return g_strdup_printf ("%d %s", shown, hour < 12 ? "AM" : "PM");
  return g_strdup_printf ("%d:%02d %s", shown, minute, hour < 12 ? "AM" : "PM");
}

static GDateTime *
make_local (gint64     start_us,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start_us / 1000000 - (start_us % 1000000 < 0));

  return utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);
}

/**
 * ava_date_speak_time:
 * @start_us: microseconds since 1970 UTC
 * @zone: of the location
 *
 * Returns: (transfer full): "3:30 PM"
 */
char *
ava_date_speak_time (gint64     start_us,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) local = make_local (start_us, zone);

  g_return_val_if_fail (local != NULL, NULL);

  return ava_date_speak_minutes (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

/**
 * ava_date_speak_start:
 * @start_us: microseconds since 1970 UTC
 * @zone: of the location
 *
 * Returns: (transfer full): "Tuesday, December 1st at 3:30 PM"
 */
char *
ava_date_speak_start (gint64     start_us,
                      GTimeZone *zone)
{
  g_autoptr (GDateTime) local = make_local (start_us, zone);
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  GDate date;

  g_return_val_if_fail (local != NULL, NULL);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  day = ava_date_speak_day (&date);
  time = ava_date_speak_minutes (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
  return g_strdup_printf ("%s at %s", day, time);
}

/**
 * ava_date_say: (skip)
 *
 * Returns: (transfer full): "Tuesday, December 1st"
 */
char *
ava_date_say (int julian)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, MAX (julian, 1));
  return ava_date_speak_day (&date);
}

/**
 * ava_date_say_year: (skip)
 *
 * Returns: (transfer full): "Tuesday, December 1st, 2026"
 */
char *
ava_date_say_year (int julian)
{
  g_autofree char *day = ava_date_say (julian);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, MAX (julian, 1));
  return g_strdup_printf ("%s, %d", day, g_date_get_year (&date));
}

/**
 * ava_date_weekdays_write:
 * @weekdays: 1 << weekday for each, 1 Monday … 7 Sunday
 *
 * Returns: (transfer full): "mon,tue", as ava_date_weekdays_read() reads it
 */
char *
ava_date_weekdays_write (guint weekdays)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (weekday_names); i++) {
    if ((weekdays & 1u << (i + 1)) != 0)
      g_string_append_printf (text, "%s%c%c%c", text->len > 0 ? "," : "", g_ascii_tolower (weekday_names[i][0]), weekday_names[i][1],
                              weekday_names[i][2]);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ava_date_weekdays_read:
 *
 * Returns: 1 << weekday for each, 0 when @text is not such a list
 */
guint
ava_date_weekdays_read (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint weekdays = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    guint found = 0;

    for (guint j = 0; j < G_N_ELEMENTS (weekday_names); j++) {
      if (strlen (g_strstrip (parts[i])) >= 3 && g_ascii_strncasecmp (weekday_names[j], parts[i], strlen (parts[i])) == 0)
        found = 1u << (j + 1);
    }
    if (found == 0)
      return 0;
    weekdays |= found;
  }
  return weekdays;
}
