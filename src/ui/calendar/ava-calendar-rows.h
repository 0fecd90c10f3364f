/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows that the panel, the details and the boxes over an appointment share. */
void        ava_calendar_rows_add_fact    (GtkGrid    *grid,
                                           int        *row,
                                           const char *title,
                                           const char *value);
GtkWidget  *ava_calendar_rows_add_choice  (GtkListBox *list,
                                           const char *text,
                                           const char *name);
void        ava_calendar_rows_say         (GtkLabel   *label,
                                           const char *words);
const char *ava_calendar_rows_word_source (const char *source);

G_END_DECLS
