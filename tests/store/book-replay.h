/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every row of every table that differs between the two moments is told by the journal, with what it was before and is
 * after, and by the sync outbox, so that both could make the one book of the other. A test that puts another file in
 * the place of the book, or writes into it past the store, forgets where it began: then there is nothing to compare. */
void book_replay_begin  (const char *dir);
void book_replay_forget (const char *dir);
void book_replay_end    (const char *dir);

G_END_DECLS
