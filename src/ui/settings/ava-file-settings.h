/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-section.h"

G_BEGIN_DECLS

void ava_file_settings_export (AvaSettingsSection *section,
                               GFile              *file);
void ava_file_settings_import (AvaSettingsSection *section,
                               GFile              *file);

G_END_DECLS
