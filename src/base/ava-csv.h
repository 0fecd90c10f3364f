/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One row of a file, with the line where it began, for whoever must find it. */
typedef struct {
  guint line;      /* counted from 1 */
  GStrv fields;
  char *trouble;   /* why the row cannot be read, nullable */
} AvaCsvRow;

GPtrArray *ava_csv_read     (const char *text,
                             gsize       length);
void       ava_csv_row_free (AvaCsvRow  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaCsvRow, ava_csv_row_free)

G_END_DECLS
