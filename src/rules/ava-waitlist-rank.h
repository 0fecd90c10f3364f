/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"
#include "ava-waitlist-entry.h"

G_BEGIN_DECLS

/* Who is asked first when a time becomes free, and why. */
typedef struct {
  AvaWaitlistEntry *entry;   /* owned */
  double score;              /* 0 to 100 */
  double fit, waiting, shows, value; /* the parts of the score */
  char *words;               /* "Wants Elena Ortiz; waiting 12 days; came to 9 of 10 visits; 2,340 spent" */
} AvaWaitlistRank;

gboolean   ava_waitlist_fits      (AvaWaitlistEntry *entry,
                                   const AvaSlot    *slot,
                                   AvaSpa           *here);
GPtrArray *ava_waitlist_rank      (GPtrArray        *entries,
                                   const AvaSlot    *slot,
                                   AvaSpa           *here,
                                   gint64            now_us);
void       ava_waitlist_rank_free (AvaWaitlistRank  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaWaitlistRank, ava_waitlist_rank_free)

G_END_DECLS
