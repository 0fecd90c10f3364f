/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gboolean ava_undo_take_back (AvaStore      *self,
                             AvaStoreArgs  *args,
                             gint64         batch,
                             GError       **error);

G_END_DECLS
