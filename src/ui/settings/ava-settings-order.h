/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-section.h"

G_BEGIN_DECLS

/* Rows whose order counts: moved by dragging, and by Alt with the arrow keys. */

/* JsonObject of @table that are in use, by rank; borrowed. */
GPtrArray *ava_settings_order_list         (AvaSettingsDraft   *draft,
                                            const char         *table);
/* @row: from ava_settings_make_link(); @place: from 1, for a screen reader */
void       ava_settings_order_make_movable (GtkWidget          *row,
                                            AvaSettingsSection *section,
                                            const char         *table,
                                            guint               place,
                                            guint               count);

G_END_DECLS
