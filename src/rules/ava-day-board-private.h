/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-board.h"

G_BEGIN_DECLS

/* Fills what no appointment and no hold takes with free and closed times. */
void ava_day_board_add_gaps (AvaDayBoard *self);

G_END_DECLS
