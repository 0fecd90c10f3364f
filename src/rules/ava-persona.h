/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-dialogue.h"

G_BEGIN_DECLS

/* Who Ava is and what she may say, made from the settings as they are now: one place for voice and text. */

char       *ava_persona_write_identity     (AvaSpa                  *spa);
char       *ava_persona_write_instructions (AvaSpa                  *spa,
                                            const AvaDialogueCaller *caller,
                                            gint64                   now_us);
char       *ava_persona_dup_greeting       (AvaSpa                  *spa);

G_END_DECLS
