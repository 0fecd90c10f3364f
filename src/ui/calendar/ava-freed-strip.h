/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaFreedStrip:
 *
 * When an appointment is cancelled - at the desk, by Ava, by an import - and somebody waits for such a time:
 * one calm line that says so, and under it, once opened, whom to call first and why. Enter, or the digit of a
 * row, books. It asks for nothing and goes when the time is taken.
 *
 * Signals: "booked" (AvaAppointment*): one who waited was booked.
 */
#define AVA_TYPE_FREED_STRIP (ava_freed_strip_get_type ())
G_DECLARE_FINAL_TYPE (AvaFreedStrip, ava_freed_strip, AVA, FREED_STRIP, AdwBin)

AvaFreedStrip *ava_freed_strip_new       (AvaBook       *book);
gboolean       ava_freed_strip_is_shown  (AvaFreedStrip *self);
const char    *ava_freed_strip_get_words (AvaFreedStrip *self);
guint          ava_freed_strip_get_count (AvaFreedStrip *self);
/* Opens the list and takes the keyboard; FALSE when nothing came free. */
gboolean       ava_freed_strip_open      (AvaFreedStrip *self);
/* Books the one at @index. */
void           ava_freed_strip_take      (AvaFreedStrip *self,
                                          guint          index);

G_END_DECLS
