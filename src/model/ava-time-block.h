/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time of a provider or a room that is not for appointments. */
typedef struct {
  char *id;
  char *provider_id;    /* nullable: of a room */
  char *room_id;        /* nullable: of a provider */
  gint64 start_us;      /* [us] UTC */
  gint64 end_us;        /* [us] UTC, exclusive */
  char *reason;         /* in words, nullable */
} AvaTimeBlock;

AvaTimeBlock *ava_time_block_new  (void);
void          ava_time_block_free (AvaTimeBlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaTimeBlock, ava_time_block_free)

G_END_DECLS
