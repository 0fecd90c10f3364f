/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gboolean ava_spa_table_insert (AvaStore  *self,
                               AvaSpa    *spa,
                               GError   **error);
AvaSpa  *ava_spa_table_load   (AvaStore  *self,
                               GError   **error);

G_END_DECLS
