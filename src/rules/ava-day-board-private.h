/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-board.h"

G_BEGIN_DECLS

/* Fills what no appointment and no hold takes with free and closed times. */
void     ava_day_board_add_gaps (AvaDayBoard *self);
/* Whether an item shares the place of one before it in its column, as the guests of a group do. */
gboolean ava_day_board_is_guest (AvaDayBoard *self,
                                 guint        item);

G_END_DECLS
