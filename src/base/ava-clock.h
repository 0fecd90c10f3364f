/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define AVA_USEC_PER_MSEC ((gint64) 1000)
#define AVA_USEC_PER_SEC  ((gint64) 1000000)
#define AVA_USEC_PER_MIN  (60 * AVA_USEC_PER_SEC)
#define AVA_USEC_PER_DAY  (24 * 60 * AVA_USEC_PER_MIN)

/**
 * AvaClock:
 *
 * Tells the time, so that no logic reads the wall clock itself. Thread-safe.
 */
#define AVA_TYPE_CLOCK (ava_clock_get_type ())
G_DECLARE_INTERFACE (AvaClock, ava_clock, AVA, CLOCK, GObject)

struct _AvaClockInterface {
  GTypeInterface parent_iface;
  gint64 (*now_us) (AvaClock *self);
};

gint64 ava_clock_now_us (AvaClock *self);

/* The machine's clock. */
#define AVA_TYPE_SYSTEM_CLOCK (ava_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (AvaSystemClock, ava_system_clock, AVA, SYSTEM_CLOCK, GObject)
AvaClock *ava_system_clock_new (void);

/* Starts at a given instant; moves by itself with the machine when running, else only when told. */
#define AVA_TYPE_VIRTUAL_CLOCK (ava_virtual_clock_get_type ())
G_DECLARE_FINAL_TYPE (AvaVirtualClock, ava_virtual_clock, AVA, VIRTUAL_CLOCK, GObject)
AvaClock *ava_virtual_clock_new         (gint64           now_us,
                                         gboolean         running);
void      ava_virtual_clock_advance     (AvaVirtualClock *self,
                                         gint64           by_us);

G_END_DECLS
