/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-view.h"

G_BEGIN_DECLS

/**
 * AvaDayHeader:
 *
 * The names over the columns of a day view, and when each provider works that day.
 */
#define AVA_TYPE_DAY_HEADER (ava_day_header_get_type ())
G_DECLARE_FINAL_TYPE (AvaDayHeader, ava_day_header, AVA, DAY_HEADER, GtkWidget)

void ava_day_header_set_day (AvaDayHeader *self,
                             AvaDayView   *view,
                             AvaSpa       *spa,
                             GDateTime    *day);

G_END_DECLS
