/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint  ava_wall_time_find      (const GDate *day,
                                int          minute,
                                GTimeZone   *zone,
                                gint64       starts_us[2]);
gint64 ava_wall_time_first     (const GDate *day,
                                int          minute,
                                GTimeZone   *zone);
int    ava_wall_time_of        (gint64       at_us,
                                GTimeZone   *zone,
                                GDate       *day);

G_END_DECLS
