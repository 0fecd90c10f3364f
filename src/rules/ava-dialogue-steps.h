/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-dialogue-private.h"

G_BEGIN_DECLS

/* What the files of the dialogue do for each other, by file. */

/* ava-dialogue-turn.c */
AvaDialogueTurn *ava_dialogue_turn_new (AvaDialogue *self);
void     ava_dialogue_turn_finish (AvaDialogue *self, AvaDialogueTurn *turn);
void     ava_dialogue_turn_take   (AvaDialogueTurn *turn, char *words);
void     ava_dialogue_turn_act    (AvaDialogueTurn *turn, const char *act);
void     ava_dialogue_lead        (AvaDialogue *self, char *words);
void     ava_dialogue_ask         (AvaDialogue *self, AvaDialogueTurn *turn, AvaAsk ask);
void     ava_dialogue_fail        (AvaDialogue *self, AvaDialogueTurn *turn, gboolean heard);
char    *ava_dialogue_list_times  (JsonArray *slots, gboolean with_service);
const char *ava_dialogue_say_service (AvaDialogue *self, const char *service_id);
const char *ava_dialogue_last_digits (const char *phone);
const char *ava_ask_to_string     (AvaAsk ask);

/* ava-dialogue-place.c */
AvaSpa  *ava_dialogue_see         (AvaDialogue *self, JsonObject *appointment);
void     ava_dialogue_read_there  (AvaDialogue *self);

/* ava-dialogue-state.c */
void     ava_dialogue_drop_times  (AvaDialogue *self);
void     ava_dialogue_begin       (AvaDialogue *self, AvaTask task);
void     ava_dialogue_set_text    (char **field, const char *value);
void     ava_dialogue_keep_when   (AvaDialogue *self, const AvaDatePhrase *when);
gboolean ava_dialogue_fold        (AvaDialogue *self, AvaHeard *heard);
void     ava_dialogue_fold_person (AvaDialogue *self, AvaHeard *heard);
void     ava_dialogue_note        (AvaDialogue *self, const char *note);

/* ava-dialogue-topic.c */
gboolean ava_dialogue_answer_topic(AvaDialogue *self, AvaDialogueTurn *turn, AvaHeard *heard);
gboolean ava_dialogue_go_on_booking(AvaDialogue *self, AvaDialogueTurn *turn, const char *start);

/* ava-dialogue-wish.c */
gboolean ava_dialogue_answer_wish (AvaDialogue *self, AvaDialogueTurn *turn, AvaHeard *heard);

/* ava-dialogue-answer.c */
void     ava_dialogue_say_goodbye (AvaDialogue *self, AvaDialogueTurn *turn);
void     ava_dialogue_respond     (AvaDialogue *self, AvaDialogueTurn *turn, AvaHeard *heard);

/* ava-dialogue-offer.c */
gboolean ava_dialogue_answer_offer(AvaDialogue *self, AvaDialogueTurn *turn, AvaHeard *heard);

/* ava-dialogue-flow.c */
void     ava_dialogue_advance     (AvaDialogue *self, AvaDialogueTurn *turn);
gboolean ava_dialogue_pick        (AvaDialogue *self);
void     ava_dialogue_commit      (AvaDialogue *self, AvaDialogueTurn *turn);

/* ava-dialogue-tools.c */
void     ava_dialogue_call        (AvaDialogue *self, AvaDialogueTurn *turn, const char *tool, JsonObject *args, const char *key);
void     ava_dialogue_check_times (AvaDialogue *self, AvaDialogueTurn *turn);
void     ava_dialogue_send_message(AvaDialogue *self, AvaDialogueTurn *turn, const char *kind, const char *text);
void     ava_dialogue_keep_wait   (AvaDialogue *self);
void     ava_dialogue_join        (AvaDialogue *self, AvaDialogueTurn *turn);

/* ava-dialogue-results.c */
gboolean ava_dialogue_is_booked   (AvaDialogue *self, JsonObject *slot);
void     ava_dialogue_take_result (AvaDialogue *self, AvaDialogueTurn *turn, AvaToolCall *call);

G_END_DECLS
