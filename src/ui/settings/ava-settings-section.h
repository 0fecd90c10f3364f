/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ava-settings-draft.h"

G_BEGIN_DECLS

/**
 * AvaSettingsSection:
 *
 * One sub-page of the settings: a form over the draft, or, when one of its things is opened, a form
 * of that thing with a way back. What stands in it is put there by a function, anew whenever rows
 * come and go. Rows of the draft are named by table and id, never kept.
 *
 * Signals: "opened": another thing, or all of the section again.
 */
#define AVA_TYPE_SETTINGS_SECTION (ava_settings_section_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsSection, ava_settings_section, AVA, SETTINGS_SECTION, AdwBin)

typedef void (*AvaSettingsFill) (AvaSettingsSection *section);

GtkWidget           *ava_settings_section_new         (AvaSettingsDraft   *draft,
                                                       AvaSettingsFill     fill);
AvaSettingsDraft    *ava_settings_section_get_draft   (AvaSettingsSection *self);
AvaContext          *ava_settings_section_get_context (AvaSettingsSection *self);
const char          *ava_settings_section_get_item    (AvaSettingsSection *self);   /* opened, nullable */
void                 ava_settings_section_open        (AvaSettingsSection *self,
                                                       const char         *item);
gboolean             ava_settings_section_keeps       (AvaSettingsSection *self,
                                                       const char         *table,
                                                       const char         *id);
void                 ava_settings_section_set_title   (AvaSettingsSection *self,
                                                       const char         *title);   /* of what is opened */
void                 ava_settings_section_rebuild     (AvaSettingsSection *self);
void                 ava_settings_section_focus_first (AvaSettingsSection *self);
AdwPreferencesGroup *ava_settings_section_add_group   (AvaSettingsSection *self,
                                                       const char         *title,
                                                       const char         *description);

G_END_DECLS
