/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ava-hours.h"

G_BEGIN_DECLS

/**
 * AvaHoursBlock:
 *
 * One span of opening hours on the painter: a thing that the keyboard and a screen reader can reach.
 */
#define AVA_TYPE_HOURS_BLOCK (ava_hours_block_get_type ())
G_DECLARE_FINAL_TYPE (AvaHoursBlock, ava_hours_block, AVA, HOURS_BLOCK, GtkWidget)

GtkWidget *ava_hours_block_new (void);
void       ava_hours_block_set (AvaHoursBlock *self,
                                const char    *day,
                                AvaSpan        span);

G_END_DECLS
