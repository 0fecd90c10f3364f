/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

G_BEGIN_DECLS

/* What the safety gate says of treating who has come. There is no slot and nothing near it in this verdict. */
void        ava_book_judge_step_async  (AvaBook *self, AvaAppointment *appointment, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaVerdict *ava_book_judge_step_finish (AvaBook *self, GAsyncResult *result, GError **error);

/* To the room in spite of it, for whoever may; @reason is kept. Ends in ava_book_change_finish(). */
void        ava_book_enter_room_async  (AvaBook *self, const char *appointment_id, const char *reason, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
