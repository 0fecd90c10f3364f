/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

G_BEGIN_DECLS

/* What the safety gate says of treating who has come. There is no slot and nothing near it in this verdict. */
void        ava_book_judge_step_async  (AvaBook *self, AvaAppointment *appointment, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaVerdict *ava_book_judge_step_finish (AvaBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
