/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gboolean ava_hold_table_release (AvaStore            *self,
                                 const AvaStoreArgs  *actor,
                                 GError             **error);

/* Holds belong to a call; one that staff makes without a call belongs to them. */
static inline const char *
ava_hold_table_owner (const AvaStoreArgs *actor)
{
  return actor->call_id != NULL ? actor->call_id : actor->who;
}

G_END_DECLS
