/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaMoveEntry:
 *
 * Moves an appointment by a typed phrase: "thu 3", "next tue 10:30", "+30m". Shows the time that comes
 * of it and what speaks against it before Enter; what is ambiguous is asked, never guessed.
 *
 * Signals:
 *   "moved" (AvaAppointment*): where it is now
 *   "closed": given up
 */
#define AVA_TYPE_MOVE_ENTRY (ava_move_entry_get_type ())
G_DECLARE_FINAL_TYPE (AvaMoveEntry, ava_move_entry, AVA, MOVE_ENTRY, AdwBin)

AvaMoveEntry *ava_move_entry_new          (AvaBook        *book);
void          ava_move_entry_start        (AvaMoveEntry   *self,
                                           AvaAppointment *appointment);
/* With that place chosen, or that end, and what speaks against it shown. */
void          ava_move_entry_start_at      (AvaMoveEntry   *self,
                                           AvaAppointment *appointment,
                                           const AvaBookWish *to);
void          ava_move_entry_press        (AvaMoveEntry   *self);   /* what Enter does */
GtkEditable  *ava_move_entry_get_field    (AvaMoveEntry   *self);
const char   *ava_move_entry_get_question (AvaMoveEntry   *self);   /* "" for none */
const char   *ava_move_entry_get_words    (AvaMoveEntry   *self);   /* what speaks against it, "" for nothing */
const char   *ava_move_entry_get_choice   (AvaMoveEntry   *self);   /* the time that is chosen, nullable */

G_END_DECLS
