/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaFollowUpList:
 *
 * Who still waits to hear from the spa, longest first; each row says for how long, and is done with
 * one key (MS-16). Invisible while nobody waits. Kept up to date by the store's changes.
 */
#define AVA_TYPE_FOLLOW_UP_LIST (ava_follow_up_list_get_type ())
G_DECLARE_FINAL_TYPE (AvaFollowUpList, ava_follow_up_list, AVA, FOLLOW_UP_LIST, AdwBin)

AvaFollowUpList *ava_follow_up_list_new         (AvaContext      *context);
void             ava_follow_up_list_update_ages (AvaFollowUpList *self);
guint            ava_follow_up_list_count       (AvaFollowUpList *self);

G_END_DECLS
