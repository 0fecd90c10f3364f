/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop was ever busy between two looks at its sources. One per process. */
void   ava_loop_meter_start       (void);
void   ava_loop_meter_reset       (void);
gint64 ava_loop_meter_get_longest (void);   /* [us] */

G_END_DECLS
