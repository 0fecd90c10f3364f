/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaIdleView:
 *
 * The page Live while nobody calls: that Ava is ready, who arrives next today, and practice calls.
 */
#define AVA_TYPE_IDLE_VIEW (ava_idle_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaIdleView, ava_idle_view, AVA, IDLE_VIEW, AdwBin)

AvaIdleView *ava_idle_view_new (AvaContext *context);

G_END_DECLS
