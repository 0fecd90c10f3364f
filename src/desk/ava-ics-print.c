/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-ics.h"

#include "ava-clock-change.h"
#include "ava-wall-time.h"

#include <libical/ical.h>
#include <string.h>

/* Days of the book as a calendar file (RFC 5545). The file carries the rules of its zone, so that any
 * program shows the wall time that was booked. */

/* A wall time without its zone, which goes into a parameter. */
static struct icaltimetype
make_wall (gint64     at_us,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  struct icaltimetype time = icaltime_null_time ();

  time.year = g_date_time_get_year (local);
  time.month = g_date_time_get_month (local);
  time.day = g_date_time_get_day_of_month (local);
  time.hour = g_date_time_get_hour (local);
  time.minute = g_date_time_get_minute (local);
  time.second = g_date_time_get_second (local);
  return time;
}

static struct icaltimetype
make_utc (gint64 at_us)
{
  return icaltime_from_timet_with_zone (at_us / G_USEC_PER_SEC, 0, icaltimezone_get_utc_timezone ());
}

/* --- The zone ---------------------------------------------------------------------------------- */

static void
add_observance (icalcomponent *zone_component,
                GTimeZone     *zone,
                gint64         at_us,
                int            before_sec)
{
  gint64 at_sec = at_us / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at_sec);
  gboolean summer = g_time_zone_is_dst (zone, interval);
  icalcomponent *part = icalcomponent_new (summer ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  struct icaltimetype start = icaltime_from_timet_with_zone (at_sec + before_sec, 0, NULL);

  /* The wall time at which it begins, on the clock as it was before. */
  icalcomponent_add_property (part, icalproperty_new_dtstart (start));
  icalcomponent_add_property (part, icalproperty_new_tzoffsetfrom (before_sec));
  icalcomponent_add_property (part, icalproperty_new_tzoffsetto (g_time_zone_get_offset (zone, interval)));
  icalcomponent_add_property (part, icalproperty_new_tzname (g_time_zone_get_abbreviation (zone, interval)));
  icalcomponent_add_component (zone_component, part);
}

/* Each change of the clocks in the span and around it is written out. */
static icalcomponent *
make_zone (const AvaBookSpan *span)
{
  icalcomponent *component = icalcomponent_new (ICAL_VTIMEZONE_COMPONENT);
  GTimeZone *zone = span->spa->zone;
  gint64 at_us = span->from_us - 366 * AVA_USEC_PER_DAY;
  gint64 until_us = span->to_us + 366 * AVA_USEC_PER_DAY;
  AvaClockChange change;

  icalcomponent_add_property (component, icalproperty_new_tzid (span->spa->zone_name));
  add_observance (component, zone, at_us, g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL,
                                                                                                  at_us / G_USEC_PER_SEC)));
  while (ava_clock_change_next (zone, at_us, &change) && change.at_us < until_us) {
    add_observance (component, zone, change.at_us, change.before_sec);
    at_us = change.at_us;
  }
  return component;
}

/* --- Events ------------------------------------------------------------------------------------ */

static void
add_time (icalcomponent  *event,
          icalproperty   *property,
          const char     *zone_name)
{
  icalproperty_add_parameter (property, icalparameter_new_tzid (zone_name));
  icalcomponent_add_property (event, property);
}

static icalcomponent *
make_event (const AvaBookSpan *span,
            const char        *id,
            gint64             start_us,
            gint64             end_us,
            const char        *summary,
            gint64             now_us)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  g_autofree char *uid = g_strconcat (id, AVA_ICS_UID_SUFFIX, NULL);

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (make_utc (now_us)));
  add_time (event, icalproperty_new_dtstart (make_wall (start_us, span->spa->zone)), span->spa->zone_name);
  add_time (event, icalproperty_new_dtend (make_wall (end_us, span->spa->zone)), span->spa->zone_name);
  icalcomponent_add_property (event, icalproperty_new_summary (summary));
  icalcomponent_add_property (event, icalproperty_new_class (ICAL_CLASS_PRIVATE));
  icalcomponent_add_property (event, icalproperty_new_transp (ICAL_TRANSP_OPAQUE));
  return event;
}

static char *
say_appointment (AvaAppointment *appointment,
                 AvaIcsPrivacy   privacy)
{
  switch (privacy) {
  case AVA_ICS_SERVICE:
    return g_strdup_printf ("%s with %s", appointment->service_name, appointment->provider_name);
  case AVA_ICS_CUSTOMER:
    return g_strdup_printf ("%s: %s", appointment->service_name, appointment->customer_name);
  default:
    return g_strdup ("Busy");
  }
}

static void
add_appointment (icalcomponent     *calendar,
                 const AvaBookSpan *span,
                 AvaAppointment    *appointment,
                 AvaIcsPrivacy      privacy,
                 gint64             now_us)
{
  g_autofree char *summary = say_appointment (appointment, privacy);
  icalcomponent *event = make_event (span, appointment->id, appointment->start_us, appointment->end_us, summary, now_us);
  gboolean gone = appointment->status == AVA_APPOINTMENT_CANCELLED || appointment->status == AVA_APPOINTMENT_NO_SHOW;

  icalcomponent_add_property (event, icalproperty_new_sequence (MAX (appointment->version - 1, 0)));
  icalcomponent_add_property (event, icalproperty_new_status (gone ? ICAL_STATUS_CANCELLED
                                                              : appointment->status == AVA_APPOINTMENT_SCHEDULED ? ICAL_STATUS_TENTATIVE
                                                                                                                 : ICAL_STATUS_CONFIRMED));
  if (privacy != AVA_ICS_BUSY) {
    g_autofree char *place = g_strdup_printf ("%s, %s", appointment->room_name, span->spa->name);

    icalcomponent_add_property (event, icalproperty_new_location (place));
  }
  icalcomponent_add_component (calendar, event);
}

static void
add_block (icalcomponent      *calendar,
           const AvaBookSpan  *span,
           const AvaTimeBlock *block,
           AvaIcsPrivacy       privacy,
           gint64              now_us)
{
  const char *summary = privacy == AVA_ICS_CUSTOMER && block->reason != NULL && *block->reason != '\0' ? block->reason : "Busy";

  icalcomponent_add_component (calendar, make_event (span, block->id, block->start_us, block->end_us, summary, now_us));
}

static gboolean
is_meant (const char *provider_id,
          const char *own)
{
  return provider_id == NULL || g_strcmp0 (provider_id, own) == 0;
}

/**
 * ava_ics_print:
 * @provider_id: (nullable): only that one's
 * @privacy: how much it tells
 *
 * Returns: (transfer full): a calendar file; the same appointment has the same UID each time
 */
char *
ava_ics_print (const AvaBookSpan *span,
               const char        *provider_id,
               AvaIcsPrivacy      privacy,
               gint64             now_us)
{
  icalcomponent *calendar = icalcomponent_new (ICAL_VCALENDAR_COMPONENT);
  icalproperty *name = icalproperty_new_x (span->spa->name);
  char *printed;
  char *text;

  icalproperty_set_x_name (name, "X-WR-CALNAME");
  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_prodid ("-//getevaai.com//Ava Front Desk//EN"));
  icalcomponent_add_property (calendar, icalproperty_new_calscale ("GREGORIAN"));
  icalcomponent_add_property (calendar, name);
  icalcomponent_add_component (calendar, make_zone (span));
  for (guint i = 0; i < span->appointments->len; i++) {
    AvaAppointment *appointment = span->appointments->pdata[i];

    if (is_meant (provider_id, appointment->provider_id))
      add_appointment (calendar, span, appointment, privacy, now_us);
  }
  for (guint i = 0; i < span->blocks->len; i++) {
    const AvaTimeBlock *block = span->blocks->pdata[i];

    if (is_meant (provider_id, block->provider_id))
      add_block (calendar, span, block, privacy, now_us);
  }
  printed = icalcomponent_as_ical_string_r (calendar);
  text = g_strdup (printed);
  icalmemory_free_buffer (printed);
  icalcomponent_free (calendar);
  return text;
}
