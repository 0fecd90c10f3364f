/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-availability.h"
#include "ava-staff-role.h"

G_BEGIN_DECLS

/* Who may go on where the hours, or somebody's time, speak against it. Soft blocks warn, and are gone over
 * by whoever has seen them; the others - a busy provider, a customer who is not
 * to be booked - need a role and a reason; rooms, devices and licences give way to nobody. */
gboolean      ava_override_is_soft    (AvaBlock            block);
AvaStaffRole  ava_override_least_role (AvaBlock            block);
AvaStaffRole  ava_override_time_role  (AvaStaffRole        role,
                                       AvaStaffRights      rights);
/* What a record that says not to book has to say, NULL when it says nothing. */
AvaReason    *ava_override_bar        (const char         *do_not_book);
gboolean      ava_override_allows     (GPtrArray          *reasons,
                                       AvaStaffRole        role,
                                       const char         *reason,
                                       gboolean            goes_on);
AvaSlot      *ava_override_slot       (AvaSpa             *spa,
                                       GPtrArray          *busy,
                                       const AvaSlotQuery *query,
                                       gint64              start_us,
                                       GPtrArray         **reasons);
/* All that speaks against @slot as it is, of whatever length, by who is there and what is taken. */
GPtrArray    *ava_override_list       (AvaSpa             *spa,
                                       GPtrArray          *busy,
                                       const AvaSlotQuery *query,
                                       const AvaSlot      *slot);

G_END_DECLS
