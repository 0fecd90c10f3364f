/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gboolean ava_hold_table_release (AvaStore            *self,
                                 const AvaStoreArgs  *actor,
                                 GError             **error);

/* Inside a transaction: holds @args->slot until @args->to_us. Answers the hold's id, (transfer full). */
char    *ava_hold_table_take    (AvaStore            *self,
                                 AvaStoreArgs        *args,
                                 GError             **error);

/* Holds belong to a call; one that staff makes without a call belongs to them; an offer to its entry. */
static inline const char *
ava_hold_table_owner (const AvaStoreArgs *actor)
{
  return actor->owner != NULL ? actor->owner : actor->call_id != NULL ? actor->call_id : actor->who;
}

G_END_DECLS
