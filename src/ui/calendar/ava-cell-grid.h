/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-cell.h"

G_BEGIN_DECLS

#define AVA_CELL_GRID_COLUMNS 7

/**
 * AvaCellGrid:
 *
 * Rows of seven days: a month, or the week of everyone with a row for each provider. Lays out; asks nobody.
 *
 * Signals: "chosen" (AvaAppointmentChip*), "opened" (AvaDayCell*),
 *   "left" (int weeks): the keyboard went over the first (-1) or the last (1) row
 */
#define AVA_TYPE_CELL_GRID (ava_cell_grid_get_type ())
G_DECLARE_FINAL_TYPE (AvaCellGrid, ava_cell_grid, AVA, CELL_GRID, GtkWidget)

/* @n_cells: a multiple of seven; @row_titles: (nullable): of each row. Rows share the height that there is,
 * or with titles are as high as they need. */
void                ava_cell_grid_set_cells  (AvaCellGrid             *self,
                                              const AvaDayCellContent *cells,
                                              guint                    n_cells,
                                              const char *const       *row_titles,
                                              GTimeZone               *zone);
guint               ava_cell_grid_get_n_cells (AvaCellGrid            *self);
AvaDayCell         *ava_cell_grid_get_cell   (AvaCellGrid             *self,
                                              guint                    index);
AvaAppointmentChip *ava_cell_grid_find_chip  (AvaCellGrid             *self,
                                              const char              *appointment_id);
GtkWidget          *ava_cell_grid_step       (AvaCellGrid             *self,
                                              GtkDirectionType         direction);
void                ava_cell_grid_focus_day  (AvaCellGrid             *self,
                                              const GDate             *day);
void                ava_cell_grid_get_column (AvaCellGrid             *self,
                                              guint                    index,
                                              int                      width,
                                              int                     *x,
                                              int                     *column_width);

GTimeZone          *ava_cell_grid_get_zone   (AvaCellGrid             *self);   /* borrowed */
int                 ava_cell_grid_locate     (AvaCellGrid             *self,
                                              double                   x,
                                              double                   y);
/* Over a cell that something is dragged to: what it says, and "ghost" or "ghost-refused"; @words: NULL takes it away. */
void                ava_cell_grid_set_ghost  (AvaCellGrid             *self,
                                              guint                    index,
                                              const char              *words,
                                              const char              *style);
const char         *ava_cell_grid_get_ghost  (AvaCellGrid             *self);

G_END_DECLS
