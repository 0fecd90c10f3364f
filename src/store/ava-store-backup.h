/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* Writes the whole book, as it is now, into one new file; a file that is there already is refused. */
void     ava_store_back_up_async  (AvaStore *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean ava_store_back_up_finish (AvaStore *self, GAsyncResult *result, GError **error);

/* Puts such a copy in the place of the book of a profile that no program has open. Blocks. */
gboolean ava_store_put_back       (const char *data_dir, const char *copy, AvaClock *clock, char **kept, GError **error);

G_END_DECLS
