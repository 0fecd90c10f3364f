/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-loop-meter.h"

/* GLib gives the poll function no data, so the meter of the default loop is the process's own. */
static struct {
  gint64 awake_us;     /* [us] monotonic, when poll last returned; 0 before the first */
  gint64 longest_us;   /* [us] */
} meter;

static int
measure_poll (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  int ready;

  if (meter.awake_us != 0)
    meter.longest_us = MAX (meter.longest_us, g_get_monotonic_time () - meter.awake_us);
  ready = g_poll (fds, n_fds, timeout);
  meter.awake_us = g_get_monotonic_time ();
  return ready;
}

/**
 * ava_loop_meter_start:
 *
 * Watches the default main loop from here on.
 */
void
ava_loop_meter_start (void)
{
  ava_loop_meter_reset ();
  g_main_context_set_poll_func (NULL, measure_poll);
}

/**
 * ava_loop_meter_reset:
 *
 * Forgets what was measured.
 */
void
ava_loop_meter_reset (void)
{
  meter.awake_us = 0;
  meter.longest_us = 0;
}

/**
 * ava_loop_meter_get_longest:
 *
 * Returns: [us] that the loop was busy at most
 */
gint64
ava_loop_meter_get_longest (void)
{
  return meter.longest_us;
}
