/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-dialogue.h"

G_BEGIN_DECLS

/*
 * A dialogue that somebody else leads: it listens to both sides and to the tools, fills its slots, and can take over at any
 * moment with all of them (MS-4). While it follows, what it would say itself is not said.
 */

void             ava_dialogue_overhear      (AvaDialogue *self,
                                             const char  *text,
                                             gint64       now_us);
void             ava_dialogue_follow        (AvaDialogue *self,
                                             const char  *said);
void             ava_dialogue_note_result   (AvaDialogue *self,
                                             AvaToolCall *call,
                                             gint64       now_us);
void             ava_dialogue_await         (AvaDialogue *self,
                                             AvaToolCall *call);
AvaDialogueTurn *ava_dialogue_take_up       (AvaDialogue *self,
                                             gint64       now_us);
char            *ava_dialogue_make_key      (AvaDialogue *self,
                                             const char  *tool,
                                             JsonObject  *args);
/* What an answer to @said would be about: decides how long to wait for the end of it. */
AvaExpect        ava_expect_guess           (const char  *said);

G_END_DECLS
