/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaUndoBar:
 *
 * Says for twenty seconds what was just done, and offers to take it back. A line shows how long it
 * stays; while the pointer or the keyboard is on it, it waits. Knows nothing of the book.
 *
 * Signals: "undo" (gint64 token)
 */
#define AVA_TYPE_UNDO_BAR (ava_undo_bar_get_type ())
G_DECLARE_FINAL_TYPE (AvaUndoBar, ava_undo_bar, AVA, UNDO_BAR, AdwBin)

AvaUndoBar *ava_undo_bar_new          (void);
void        ava_undo_bar_offer        (AvaUndoBar *self,
                                       gint64      token,
                                       const char *words);
void        ava_undo_bar_tell         (AvaUndoBar *self,
                                       const char *words);
void        ava_undo_bar_hide         (AvaUndoBar *self);
gboolean    ava_undo_bar_is_shown     (AvaUndoBar *self);
const char *ava_undo_bar_get_words    (AvaUndoBar *self);
gint64      ava_undo_bar_get_token    (AvaUndoBar *self);   /* 0: nothing is offered */
gint64      ava_undo_bar_get_left_us  (AvaUndoBar *self);   /* [us] that it still stays */
gboolean    ava_undo_bar_focus        (AvaUndoBar *self);   /* FALSE when there is nothing to take back */

G_END_DECLS
