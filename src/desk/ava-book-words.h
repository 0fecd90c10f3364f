/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

/* Words of the book's changes, for toasts and histories. */
char         *ava_book_words_for_appointment (AvaAppointment  *appointment,
                                              AvaSpa          *spa);
char         *ava_book_words_for_change      (const AvaChange *change,
                                              AvaSpa          *spa);
char         *ava_book_words_for_who         (const char      *who,
                                              AvaSpa          *spa);
AvaBookEvent *ava_book_words_make_event      (const AvaChange *change,
                                              AvaSpa          *spa);

G_END_DECLS
