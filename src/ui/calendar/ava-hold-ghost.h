/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaHoldGhost:
 *
 * A time that is held for a caller, most often by Ava, with what is left of it. It cannot be booked until it
 * lapses or becomes an appointment.
 */
#define AVA_TYPE_HOLD_GHOST (ava_hold_ghost_get_type ())
G_DECLARE_FINAL_TYPE (AvaHoldGhost, ava_hold_ghost, AVA, HOLD_GHOST, GtkWidget)

AvaHoldGhost  *ava_hold_ghost_new      (void);
void           ava_hold_ghost_set_hold (AvaHoldGhost  *self,
                                        const AvaBusy *hold,
                                        const char    *service,
                                        GTimeZone     *zone);
/* Counts down. */
void           ava_hold_ghost_set_now  (AvaHoldGhost  *self,
                                        gint64         now_us);
const char    *ava_hold_ghost_get_text (AvaHoldGhost  *self);

G_END_DECLS
