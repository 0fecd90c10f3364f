/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-day-sheet.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Paper, in points of 1/72 inch. */
typedef enum {
  AVA_PAPER_A4,
  AVA_PAPER_LETTER,
} AvaPaper;

/**
 * AvaDaySheetPages:
 *
 * A day sheet laid out on paper of some size. Draws with cairo and Pango only, for a PDF file and the
 * printer alike. Main thread.
 */
typedef struct _AvaDaySheetPages AvaDaySheetPages;

AvaDaySheetPages *ava_day_sheet_pages_new   (const AvaDaySheet *sheet,
                                             PangoContext      *context,
                                             double             width,
                                             double             height);
guint             ava_day_sheet_pages_count (AvaDaySheetPages  *self);
void              ava_day_sheet_pages_draw  (AvaDaySheetPages  *self,
                                             cairo_t           *cr,
                                             guint              page);
void              ava_day_sheet_pages_free  (AvaDaySheetPages  *self);
gboolean          ava_day_sheet_write_pdf   (const AvaDaySheet *sheet,
                                             const char        *path,
                                             AvaPaper           paper,
                                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDaySheetPages, ava_day_sheet_pages_free)

G_END_DECLS
