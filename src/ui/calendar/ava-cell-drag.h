/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"
#include "ava-cell-grid.h"

G_BEGIN_DECLS

/**
 * AvaCellDrag:
 *
 * Moves an appointment of a month, or of the week of everyone, with the pointer: to another day at the same time
 * of day, and there to another provider too. Begins as an AvaDragGesture does; a ghost over the day says where
 * it would go, and what speaks against it.
 *
 * Signals:
 *   "edge" (int by): the pointer waits at the left (-1) or right (1) edge: another week or month is wanted
 *   "ended" (const char *words): nullable: why nothing was moved
 *   "asked" (AvaAppointment*, const AvaBookWish *to): it was let go where something may be gone over
 */
#define AVA_TYPE_CELL_DRAG (ava_cell_drag_get_type ())
G_DECLARE_FINAL_TYPE (AvaCellDrag, ava_cell_drag, AVA, CELL_DRAG, GObject)

AvaCellDrag *ava_cell_drag_new         (AvaCellGrid    *grid,
                                        AvaBook        *book);
/* While the past is looked at nothing can be moved. */
void         ava_cell_drag_set_enabled (AvaCellDrag    *self,
                                        gboolean        enabled);
/* What the gesture does, for whoever has no pointer. @index: of the cell. */
gboolean     ava_cell_drag_begin       (AvaCellDrag    *self,
                                        AvaAppointment *appointment);
void         ava_cell_drag_to          (AvaCellDrag    *self,
                                        guint           index);
void         ava_cell_drag_drop        (AvaCellDrag    *self);
void         ava_cell_drag_cancel      (AvaCellDrag    *self);
gboolean     ava_cell_drag_is_active   (AvaCellDrag    *self);
gboolean     ava_cell_drag_is_checked  (AvaCellDrag    *self);   /* kind and words are of this place */
AvaVerdictKind ava_cell_drag_get_kind  (AvaCellDrag    *self);
const char  *ava_cell_drag_get_words   (AvaCellDrag    *self);   /* what speaks against it, nullable */

G_END_DECLS
