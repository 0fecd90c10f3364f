/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-section.h"

G_BEGIN_DECLS

/* What stands in each sub-page; one file each. */
void ava_general_settings_fill   (AvaSettingsSection *section);
void ava_locations_settings_fill (AvaSettingsSection *section);
void ava_hours_settings_fill     (AvaSettingsSection *section);
void ava_services_settings_fill  (AvaSettingsSection *section);
void ava_packages_settings_fill  (AvaSettingsSection *section);
void ava_providers_settings_fill (AvaSettingsSection *section);
void ava_rooms_settings_fill     (AvaSettingsSection *section);
void ava_safety_settings_fill    (AvaSettingsSection *section);
void ava_people_settings_fill    (AvaSettingsSection *section);
void ava_hearing_settings_fill   (AvaSettingsSection *section);
void ava_voice_settings_fill     (AvaSettingsSection *section);
void ava_file_settings_fill      (AvaSettingsSection *section);

G_END_DECLS
