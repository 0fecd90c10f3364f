/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"

G_BEGIN_DECLS

/* What a slot asks of the provider, the room or the device. */
typedef enum {
  AVA_RESOURCE_PROVIDER,
  AVA_RESOURCE_ROOM,
  AVA_RESOURCE_DEVICE,
} AvaResource;

gboolean       ava_conflict_is_session (const AvaBusy  *busy,
                                        const AvaSlot  *slot);
gboolean       ava_conflict_touches    (const AvaBusy  *busy,
                                        const AvaSlot  *slot,
                                        AvaResource     resource);
const AvaBusy *ava_conflict_find       (GPtrArray      *busy,
                                        const AvaSlot  *slot,
                                        AvaResource     resource,
                                        const char     *id,
                                        guint           capacity,
                                        guint           group_size);

G_END_DECLS
