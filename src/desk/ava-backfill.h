/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"
#include "ava-store-waitlist.h"

G_BEGIN_DECLS

/* One who waits, and the time that could be offered to them now. */
typedef struct {
  AvaWaitlistEntry *entry;  /* owned */
  AvaSlot *slot;            /* nullable: nothing that fits is free */
  double score;             /* 0 to 100 */
  char *words;              /* why they come where they come, nullable without a slot */
} AvaBackfill;

void       ava_backfill_free        (AvaBackfill          *self);
/* The spa seen from where @self is offered a time; where nothing is, from where they wait. (transfer full) */
AvaSpa    *ava_backfill_see         (AvaBackfill          *self,
                                     AvaSpa               *spa);

/* Who could be offered what, best first, then those for whom nothing is free; GPtrArray of AvaBackfill. Who waits for any
 * location is shown the first time of all of them. No time is suggested twice. */
GPtrArray *ava_backfill_plan        (AvaSpa               *spa,
                                     GPtrArray            *entries,
                                     GPtrArray            *busy,
                                     gint64                now_us);
/* Who could come in the time that @freed leaves, best first; each with the time they would have. */
GPtrArray *ava_backfill_rank_freed  (AvaSpa               *spa,
                                     GPtrArray            *entries,
                                     GPtrArray            *busy,
                                     AvaAppointment       *freed,
                                     gint64                now_us);
void       ava_backfill_freed_async (AvaContext           *context,
                                     AvaAppointment       *freed,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
void       ava_backfill_load_async  (AvaContext           *context,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GPtrArray *ava_backfill_load_finish (AvaContext           *context,
                                     GAsyncResult         *result,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBackfill, ava_backfill_free)

G_END_DECLS
