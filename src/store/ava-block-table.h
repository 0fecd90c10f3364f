/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-import.h"
#include "ava-store-private.h"

G_BEGIN_DECLS

/* Inside a transaction. @id: of the block that is written over, or %NULL for a new one. Answers its id. */
char    *ava_block_table_write  (AvaStore            *self,
                                 const AvaStoreArgs  *actor,
                                 const char          *id,
                                 const AvaTimeBlock  *block,
                                 GError             **error);
gboolean ava_block_table_remove (AvaStore            *self,
                                 const AvaStoreArgs  *actor,
                                 const char          *id,
                                 GError             **error);

G_END_DECLS
