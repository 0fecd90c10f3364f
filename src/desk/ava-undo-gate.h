/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

/* Who may take a change back, or make it again. It asks for the rights that the change itself asked for. What somebody
 * else did, or was done a while ago, asks also for those that the opposite would: to undo a no-show is to let its fee go.
 * One's own slip is taken back at once, as it was made. */
char *ava_undo_gate_refuse (const AvaUndoPlan *plan,
                            const AvaActor    *actor,
                            gint64             now_us);

G_END_DECLS
