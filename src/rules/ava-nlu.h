/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-date-phrase.h"
#include "ava-dialogue.h"
#include "ava-words.h"

G_BEGIN_DECLS

/*
 *  text --AvaWords--> intents (ava-nlu-intent.c), slots (ava-nlu-slots.c),
 *                     names (ava-nlu-name.c), numbers and email (ava-nlu-digits.c)
 *
 * What was said, read with the spa's own services and people. It knows which question was open, but
 * nothing of the conversation: what to do with it is for the dialogue.
 */

#define AVA_CHOICE_NONE 0
#define AVA_CHOICE_LAST -1
#define AVA_CHOICE_ANY  -2

typedef struct {
  AvaWords *words;
  guint intents;             /* bits: 1 << AvaIntent */
  const char *service_id;    /* nullable; of the spa */
  const char *second_service_id;  /* nullable; "Botox and a facial" */
  const char *provider_id;   /* nullable; of the spa */
  gboolean any_provider;
  AvaDatePhrase *when;       /* never NULL, may be empty */
  AvaDatePhrase *old_when;   /* nullable: "move my Tuesday appointment to …" */
  char *name;                /* nullable */
  char *guest;               /* nullable: for whom they call: "for my daughter Lea" */
  char *spelled;             /* nullable: letters that were spelled */
  char *digits;              /* nullable: "+" and digits, or digits */
  char *email;               /* nullable */
  gboolean this_number;      /* "the number I am calling from" */
  int choice;                /* 1 … of a list, or AVA_CHOICE_… */
  gboolean none_of_them;
  gboolean later;
  gboolean earlier;
  gboolean last_name;        /* the name that was said is a last name */
  gboolean companion;        /* somebody comes along for the same */
  int shift_min;             /* [min] later, or earlier when negative: "push it back an hour" */
  gboolean manipulation;
  gboolean chit_chat;        /* told, not asked for: fills no slot */
  const char *health;        /* nullable: what must be noted, in words */
} AvaHeard;

AvaHeard   *ava_heard_new        (AvaSpa         *spa,
                                  AvaExpect       expect,
                                  const char     *text,
                                  gint64          now_us);
void        ava_heard_free       (AvaHeard       *self);
gboolean    ava_heard_has        (const AvaHeard *self,
                                  AvaIntent       intent);
gboolean    ava_heard_has_when   (const AvaHeard *self);

guint       ava_nlu_read_intents (const AvaWords *words);
gboolean    ava_nlu_is_chit_chat (const AvaWords *words);
gboolean    ava_nlu_is_manipulation (const AvaWords *words);
const char *ava_nlu_read_health  (const AvaWords *words);
void        ava_nlu_read_slots   (AvaHeard       *self,
                                  AvaSpa         *spa,
                                  AvaExpect       expect);
char       *ava_nlu_read_name    (const AvaWords *words,
                                  gboolean        asked,
                                  guint          *at,
                                  guint          *next);
char       *ava_nlu_read_guest   (const AvaWords *words);
char       *ava_nlu_read_spelled (const AvaWords *words,
                                  gboolean        asked);
char       *ava_nlu_read_digits  (const AvaWords *words,
                                  const char     *text,
                                  gboolean        asked);
char       *ava_nlu_read_email   (const AvaWords *words,
                                  const char     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaHeard, ava_heard_free)

G_END_DECLS
