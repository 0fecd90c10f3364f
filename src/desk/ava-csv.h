/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One row of a table. */
typedef struct {
  guint line;         /* on which it begins */
  GPtrArray *cells;   /* char *, without space around them */
} AvaCsvRow;

GPtrArray *ava_csv_parse    (const char  *text,
                             gssize       length,
                             GError     **error);
void       ava_csv_row_free (AvaCsvRow   *self);

G_END_DECLS
