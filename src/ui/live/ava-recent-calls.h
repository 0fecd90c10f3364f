/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaRecentCalls:
 *
 * The last calls: who, when, how each ended, in words. Invisible before the first. Kept up to date by
 * the store's changes.
 */
#define AVA_TYPE_RECENT_CALLS (ava_recent_calls_get_type ())
G_DECLARE_FINAL_TYPE (AvaRecentCalls, ava_recent_calls, AVA, RECENT_CALLS, AdwBin)

AvaRecentCalls *ava_recent_calls_new   (AvaContext     *context);
guint           ava_recent_calls_count (AvaRecentCalls *self);

G_END_DECLS
