/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AVA_AXIS_STEP_MIN 15
#define AVA_AXIS_STEPS_PER_HOUR (60 / AVA_AXIS_STEP_MIN)

/* A quarter of an hour of the clock on the wall. */
typedef struct {
  int minute;       /* [min] since local midnight */
  guint fold;       /* 1: the clocks were put back and show it again, else 0 */
} AvaAxisStep;

/* The vertical axis of a calendar of one or several local days. It has a step for every quarter of an hour
 * that the clock shows on one of them: 92 or 100 when the clocks change, 96 else. */
typedef struct {
  GArray *steps;    /* AvaAxisStep, in order */
  GPtrArray *days;  /* of each day a GArray of gint64 [us] UTC, one a step; 0 when that day does not have it */
} AvaDayAxis;

AvaDayAxis *ava_day_axis_new   (const GDate *days,
                                guint        n_days,
                                GTimeZone   *zone);
void        ava_day_axis_free  (AvaDayAxis  *self);
double      ava_day_axis_place (AvaDayAxis  *self,
                                guint        day,
                                gint64       at_us);
gint64      ava_day_axis_time  (AvaDayAxis  *self,
                                guint        day,
                                double       place);
gboolean    ava_day_axis_has   (AvaDayAxis  *self,
                                guint        day,
                                guint        step);
gint64      ava_day_axis_start (AvaDayAxis  *self,
                                guint        day);
gint64      ava_day_axis_end   (AvaDayAxis  *self,
                                guint        day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDayAxis, ava_day_axis_free)

G_END_DECLS
