/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaSettingsPage:
 *
 * How the spa is set up. Edits are a draft: what they would break and what Ava would say otherwise
 * stands below them until they are saved or discarded.
 */
#define AVA_TYPE_SETTINGS_PAGE (ava_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsPage, ava_settings_page, AVA, SETTINGS_PAGE, AdwBin)

AvaSettingsPage *ava_settings_page_new (AvaContext *context);

G_END_DECLS
