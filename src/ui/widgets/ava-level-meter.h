/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaLevelMeter:
 *
 * How loud somebody is, as a row of bars. The level is RMS of full scale, 0..1; it is shown in
 * decibels, as ears hear it.
 */
#define AVA_TYPE_LEVEL_METER (ava_level_meter_get_type ())
G_DECLARE_FINAL_TYPE (AvaLevelMeter, ava_level_meter, AVA, LEVEL_METER, GtkWidget)

void   ava_level_meter_set_level    (AvaLevelMeter *self,
                                     double         level);
double ava_level_meter_get_fraction (AvaLevelMeter *self);

G_END_DECLS
