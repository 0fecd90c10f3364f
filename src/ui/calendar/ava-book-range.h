/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

/**
 * AvaBookRange:
 *
 * What stands in the book between two instants, kept up to date, or as it stood at an earlier moment.
 * Appointments that did not change stay the same objects, so that who shows them need not look again.
 *
 * Signals:
 *   "changed" (gboolean same): the rows are there; @same: the question is the old one, the answer is new
 *   "failed" (const char *words)
 */
#define AVA_TYPE_BOOK_RANGE (ava_book_range_get_type ())
G_DECLARE_FINAL_TYPE (AvaBookRange, ava_book_range, AVA, BOOK_RANGE, GObject)

AvaBookRange *ava_book_range_new              (AvaContext   *context,
                                               AvaBook      *book);
/* @at_us: as it stood then; 0: as it stands now, with the holds when @with_holds. */
void          ava_book_range_ask              (AvaBookRange *self,
                                               gint64        from_us,
                                               gint64        to_us,
                                               gint64        at_us,
                                               gboolean      with_holds);
void          ava_book_range_reload           (AvaBookRange *self);
GPtrArray    *ava_book_range_get_appointments (AvaBookRange *self);   /* AvaAppointment by start, borrowed */
GPtrArray    *ava_book_range_get_holds        (AvaBookRange *self);   /* AvaBusy, borrowed */
gboolean      ava_book_range_is_loaded        (AvaBookRange *self);

G_END_DECLS
