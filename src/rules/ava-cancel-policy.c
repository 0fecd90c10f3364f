/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cancel-policy.h"

#include "ava-wall-time.h"

/* What giving up an appointment costs. Whole days of notice are days of the calendar: 24 hours before
 * a Monday at 3 PM is Sunday at 3 PM, also when the clocks change between. What is left are real hours. */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

/**
 * ava_cancel_policy_free_until:
 * @zone: of the location
 *
 * Returns: [us] UTC: from here on cancelling costs the fee; the start itself when no notice is asked for
 */
gint64
ava_cancel_policy_free_until (AvaService *service,
                              gint64      start_us,
                              GTimeZone  *zone)
{
  guint days = service->cancel_hours / 24;
  guint hours = service->cancel_hours % 24;
  gint64 until_us = start_us;
  GDate day;
  int minute;

  if (days > 0) {
    minute = ava_wall_time_of (start_us, zone, &day);
    g_date_subtract_days (&day, days);
    until_us = ava_wall_time_first (&day, minute, zone);
  }
  return until_us - hours * HOUR_US;
}

/**
 * ava_cancel_policy_fee:
 * @at_us: when it is given up
 *
 * Returns: [cents], 0 when it is free
 */
gint64
ava_cancel_policy_fee (AvaService    *service,
                       gint64         start_us,
                       gint64         at_us,
                       GTimeZone     *zone,
                       AvaCancelKind  kind)
{
  if (kind == AVA_CANCEL_NO_SHOW)
    return MAX (service->no_show_fee_cents, 0);
  if (service->cancel_fee_cents <= 0 || service->cancel_hours == 0 ||
      at_us < ava_cancel_policy_free_until (service, start_us, zone))
    return 0;
  return service->cancel_fee_cents;
}
