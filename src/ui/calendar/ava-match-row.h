/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaMatchRow:
 *
 * One booking that may be meant: who, what, and what tells them apart: last visit, end of the phone,
 * what to be careful about.
 */
#define AVA_TYPE_MATCH_ROW (ava_match_row_get_type ())
G_DECLARE_FINAL_TYPE (AvaMatchRow, ava_match_row, AVA, MATCH_ROW, GtkListBoxRow)

AvaMatchRow *ava_match_row_new       (AvaBookMatch *match,
                                      AvaSpa       *spa,
                                      gint64        now_us);
const char  *ava_match_row_get_label (AvaMatchRow  *self);

G_END_DECLS
