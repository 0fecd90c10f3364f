/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

char     *ava_journal_snapshot    (AvaStore            *self,
                                   const char          *table,
                                   const char          *id,
                                   GError             **error);
gboolean  ava_journal_row         (AvaStore            *self,
                                   const AvaStoreArgs  *actor,
                                   const char          *what,
                                   const char          *table,
                                   const char          *id,
                                   const char          *before,
                                   GError             **error);
gboolean  ava_journal_about       (AvaStore            *self,
                                   const AvaStoreArgs  *actor,
                                   const char          *what,
                                   const char          *table,
                                   const char          *id,
                                   GError             **error);
gboolean  ava_journal_note        (AvaStore            *self,
                                   const AvaStoreArgs  *actor,
                                   const char          *what,
                                   const char          *after,
                                   GError             **error);
gboolean  ava_journal_commit      (AvaStore            *self,
                                   GError             **error);
char     *ava_journal_find_answer (AvaStore            *self,
                                   const AvaStoreArgs  *actor,
                                   const char          *what,
                                   GError             **error);
gboolean  ava_journal_keep_answer (AvaStore            *self,
                                   const AvaStoreArgs  *actor,
                                   const char          *what,
                                   const char          *row_id,
                                   GError             **error);

G_END_DECLS
