/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A stretch of a column in which no appointment stands. Copied by who takes it. */
typedef struct {
  const char *provider_id;    /* nullable: the column is a room */
  const char *room_id;        /* nullable: the column is a provider */
  gint64 start_us;            /* [us] UTC */
  gint64 end_us;              /* [us] UTC, exclusive */
  const char *why;            /* nullable: why nothing can be booked then; NULL when it is free */
  const char *label;          /* for screen readers */
} AvaSlotPlace;

/**
 * AvaSlotCell:
 *
 * A free time of the calendar, or a closed one, that the keyboard and screen readers can reach.
 *
 * Signals:
 *   "activated" (const char *typed): Enter or a double click ("" then), or the first character of
 *   something that is typed into a free time.
 */
#define AVA_TYPE_SLOT_CELL (ava_slot_cell_get_type ())
G_DECLARE_FINAL_TYPE (AvaSlotCell, ava_slot_cell, AVA, SLOT_CELL, GtkWidget)

AvaSlotCell        *ava_slot_cell_new       (void);
void                ava_slot_cell_set_place (AvaSlotCell        *self,
                                             const AvaSlotPlace *place);
const AvaSlotPlace *ava_slot_cell_get_place (AvaSlotCell        *self);   /* borrowed */

G_END_DECLS
