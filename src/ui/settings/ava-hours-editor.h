/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-section.h"

G_BEGIN_DECLS

/* The week of a location or a provider on the painter and in words, and the days on which it differs. */

/* @owner_id: (nullable): a provider, %NULL for the location; @location_id: (nullable): the first one */
void ava_hours_editor_add_week (AvaSettingsSection *section,
                                const char         *owner_id,
                                const char         *location_id,
                                const char         *title,
                                const char         *description);
/* A week for each location that is open. */
void ava_hours_editor_add_weeks (AvaSettingsSection *section,
                                 const char         *provider_id);
void ava_hours_editor_add_days (AvaSettingsSection *section,
                                const char         *owner_id,
                                const char         *location_id,
                                const char         *title,
                                const char         *description);

G_END_DECLS
