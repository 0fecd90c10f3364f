/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ava-context.h"

G_BEGIN_DECLS

/**
 * AvaSettingsPage:
 *
 * How the spa is set up: a list of sub-pages and the one that is shown, over one draft. What an edit
 * does is seen before it is saved; unsaved edits stay, whatever page is looked at meanwhile.
 */
#define AVA_TYPE_SETTINGS_PAGE (ava_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsPage, ava_settings_page, AVA, SETTINGS_PAGE, AdwBin)

AvaSettingsPage *ava_settings_page_new          (AvaContext      *context);
/* @section: "general", "locations", "hours", "services", "packages", "providers", "rooms", "safety", "people", "hearing" or "file" */
void             ava_settings_page_show_section (AvaSettingsPage *self,
                                                 const char      *section);
const char      *ava_settings_page_get_section  (AvaSettingsPage *self);
gboolean         ava_settings_page_is_edited    (AvaSettingsPage *self);
void             ava_settings_page_remind       (AvaSettingsPage *self,
                                                 const char      *words);

G_END_DECLS
