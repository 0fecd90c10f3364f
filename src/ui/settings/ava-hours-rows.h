/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-hours.h"
#include "ava-settings-draft.h"

G_BEGIN_DECLS

/* Opening hours between the draft's rows and the spans of a day. @owner_id: NULL for the location;
 * @location_id: NULL for the first one. */
guint      ava_hours_rows_read         (AvaSettingsDraft *draft,
                                        const char       *owner_id,
                                        const char       *location_id,
                                        int               weekday,
                                        AvaSpan          *spans);
void       ava_hours_rows_write        (AvaSettingsDraft *draft,
                                        const char       *owner_id,
                                        const char       *location_id,
                                        int               weekday,
                                        const AvaSpan    *spans,
                                        guint             count);
/* JsonObject, by date: days that differ, from today on. */
GPtrArray *ava_hours_rows_list_days    (AvaSettingsDraft *draft,
                                        const char       *owner_id,
                                        const char       *location_id);
void       ava_hours_rows_add_day      (AvaSettingsDraft *draft,
                                        const char       *owner_id,
                                        const char       *location_id,
                                        const GDate      *date,     /* NULL: today */
                                        const char       *reason);
/* The US federal holidays of the next twelve months that are not there yet: closed. */
guint      ava_hours_rows_add_holidays (AvaSettingsDraft *draft,
                                        const char       *location_id);

G_END_DECLS
