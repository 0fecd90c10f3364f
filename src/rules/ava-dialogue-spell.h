/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-nlu.h"

G_BEGIN_DECLS

/* Parts of a name, as bits. */
enum { AVA_NAME_FIRST = 1, AVA_NAME_LAST = 2 };

/* How far the spelling of the caller's name has come. */
typedef struct {
  char *letters;         /* nullable: of the part that is spelled, not yet confirmed */
  guint doubted;         /* parts that were heard in more ways than one */
  guint wanted;          /* parts that are asked for letter by letter */
  guint corrections;     /* of the name */
  guint refused;         /* spellings in a row */
  gboolean given_up;     /* a message can do without a name */
} AvaSpelling;

void     ava_dialogue_doubt_name  (AvaDialogue *self, const char *heard);
void     ava_dialogue_spell_name  (AvaDialogue *self, guint parts);
gboolean ava_dialogue_keep_letters(AvaDialogue *self, AvaHeard *heard);
gboolean ava_dialogue_spell       (AvaDialogue *self, AvaDialogueTurn *turn);
gboolean ava_dialogue_answer_letters (AvaDialogue *self, AvaDialogueTurn *turn, AvaHeard *heard);
guint    ava_dialogue_get_spelled (AvaDialogue *self);
const char *ava_dialogue_say_part (AvaDialogue *self);
char    *ava_dialogue_say_letters (AvaDialogue *self);

G_END_DECLS
