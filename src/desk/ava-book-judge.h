/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"
#include "ava-verdict.h"

G_BEGIN_DECLS

/* The hours, the time of provider, room and device, the safety gate and where the customer is else, all at once.
 * @moved: (nullable): does not stand in its own way; its customer counts when @wish names none. */
void        ava_book_judge_async  (AvaBook *self, const AvaBookWish *wish, AvaAppointment *moved, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaVerdict *ava_book_judge_finish (AvaBook *self, GAsyncResult *result, GError **error);

/* Free times of a span: GPtrArray of AvaSlot by start. @from_min, @to_min: [min] of each local day. */
void        ava_book_find_async   (AvaBook *self, const AvaBookWish *wish, AvaAppointment *moved, gint64 from_us, gint64 to_us, int from_min, int to_min, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *ava_book_find_finish  (AvaBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
