/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-transcript-order.h"

/**
 * ava_transcript_find_place:
 * @items: a transcript in order
 * @item: that is not in it
 *
 * Items name the one before them, and may come in any order.
 *
 * Returns: the position that @item has in it: behind the one before it, before the one that names it, or at the end
 */
guint
ava_transcript_find_place (AvaTranscriptItem *const *items,
                           guint                     n_items,
                           AvaTranscriptItem        *item)
{
  for (guint i = n_items; i > 0 && item->previous_id != NULL; i--) {
    if (g_strcmp0 (items[i - 1]->id, item->previous_id) == 0)
      return i;
  }
  for (guint i = 0; i < n_items; i++) {
    if (g_strcmp0 (items[i]->previous_id, item->id) == 0)
      return i;
  }
  return n_items;
}
