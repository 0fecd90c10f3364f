/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-view.h"

#include "ava-hold-ghost.h"

G_BEGIN_DECLS

/* A child and what it stands for. */
typedef struct {
  GtkWidget *widget;             /* borrowed as a child: a chip, a cell, or the ghost of a hold */
  guint item;                    /* of the board */
} AvaDayChild;

/* What lies over the columns: the entry of who uses the view, a hint, the ghost of a drag. */
typedef struct {
  GtkWidget *widget;             /* borrowed as a child, nullable */
  guint column;
  gint64 start_us;               /* [us] UTC */
  gint64 end_us;                 /* [us] UTC, 0: as high as it needs */
} AvaDayOverlay;

struct _AvaDayView {
  GtkWidget parent_instance;

  AvaDayBoard *board;            /* owned, nullable */
  GArray *children;              /* AvaDayChild, in the order of the board's items */
  AvaDayOverlay put;
  AvaDayOverlay hint;
  AvaDayOverlay ghost;
  gint64 now_us;                 /* [us] UTC */
  guint n_made;                  /* children that had to be made */

  /* Measured of the text */
  int line;                      /* [px] */
  int gutter;                    /* [px] for hours */
  int column_min;                /* [px] */
  double step;                   /* [px] of height of a step of the axis */
};

double ava_day_view_get_y    (AvaDayView          *self,
                              guint                column,
                              gint64               at_us);
double ava_day_view_get_step_y (AvaDayView        *self,
                              guint                step);
void   ava_day_view_draw     (AvaDayView          *self,
                              GtkSnapshot         *snapshot);
void   ava_day_view_draw_now (AvaDayView          *self,
                              GtkSnapshot         *snapshot,
                              gboolean             over);
void   ava_day_view_add_keys (GtkWidgetClass      *klass);
void   ava_day_view_fill     (AvaDayView          *self,
                              AvaDayBoard         *board,
                              gboolean             announce);
AvaDayChild  *ava_day_view_find_focused (AvaDayView *self);
AvaBoardItem *ava_day_view_get_item (AvaDayView        *self,
                              const AvaDayChild   *child);

G_END_DECLS
