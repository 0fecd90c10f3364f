/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"
#include "ava-cancel-policy.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCancelBox:
 *
 * Asks why an appointment is given up, and says what that costs. A number key takes a reason, Enter
 * the one that is chosen; nothing is asked again, for it can be taken back. Of one who did not come
 * it says what that costs, and Enter confirms.
 *
 * Signals: "chosen" (const char *reason, nullable: did not come), "closed": it stays
 */
#define AVA_TYPE_CANCEL_BOX (ava_cancel_box_get_type ())
G_DECLARE_FINAL_TYPE (AvaCancelBox, ava_cancel_box, AVA, CANCEL_BOX, AdwBin)

gint64      ava_cancel_box_find_fee   (AvaCancelKind   kind,
                                       AvaAppointment *appointment,
                                       AvaSpa         *spa,
                                       gint64          now_us);
void        ava_cancel_box_start      (AvaCancelBox   *self,
                                       AvaCancelKind   kind,
                                       AvaAppointment *appointment,
                                       AvaSpa         *spa,
                                       gboolean        may_waive,
                                       gint64          now_us);
const char *ava_cancel_box_get_waiver (AvaCancelBox   *self);

G_END_DECLS
