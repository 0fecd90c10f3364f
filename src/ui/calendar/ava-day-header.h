/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands over a column; borrowed until it is set. */
typedef struct {
  const char *title;
  const char *subtitle;       /* nullable */
  const char *tooltip;        /* nullable */
  gboolean today;
} AvaHeaderColumn;

/* Where the view below has a column. */
typedef void (*AvaHeaderPlace) (gpointer view, guint index, int width, int *x, int *column_width);

/**
 * AvaDayHeader:
 *
 * The names over the columns of a view: providers and when they work, rooms, or days.
 */
#define AVA_TYPE_DAY_HEADER (ava_day_header_get_type ())
G_DECLARE_FINAL_TYPE (AvaDayHeader, ava_day_header, AVA, DAY_HEADER, GtkWidget)

void ava_day_header_set_columns (AvaDayHeader          *self,
                                 GtkWidget             *view,
                                 AvaHeaderPlace         place,
                                 const AvaHeaderColumn *columns,
                                 guint                  n_columns);

G_END_DECLS
