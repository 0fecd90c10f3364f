/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaReasonBox:
 *
 * Asks for one line of words, without which nothing goes on. Knows nothing of what they are for.
 *
 * Signals: "given" (const char *reason), "closed": nothing is done
 */
#define AVA_TYPE_REASON_BOX (ava_reason_box_get_type ())
G_DECLARE_FINAL_TYPE (AvaReasonBox, ava_reason_box, AVA, REASON_BOX, AdwBin)

AvaReasonBox *ava_reason_box_new   (const char   *question,
                                    const char   *deed);   /* with a mnemonic */
void          ava_reason_box_focus (AvaReasonBox *self);
GtkEditable  *ava_reason_box_get_field (AvaReasonBox *self);

G_END_DECLS
