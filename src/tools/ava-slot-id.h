/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"

G_BEGIN_DECLS

char    *ava_slot_id_new   (const AvaSlot  *slot);
AvaSlot *ava_slot_id_parse (const char     *text);

G_END_DECLS
