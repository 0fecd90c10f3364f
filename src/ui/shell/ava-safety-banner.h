/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ava-context.h"

G_BEGIN_DECLS

/**
 * AvaSafetyBanner:
 *
 * Above every page: the red flag that waits longest until somebody acknowledges it. Hidden when none waits.
 */
#define AVA_TYPE_SAFETY_BANNER (ava_safety_banner_get_type ())
G_DECLARE_FINAL_TYPE (AvaSafetyBanner, ava_safety_banner, AVA, SAFETY_BANNER, AdwBin)

GtkWidget *ava_safety_banner_new (AvaContext *context);

G_END_DECLS
