/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-booking-card.h"
#include "ava-expect.h"
#include "ava-spa.h"
#include "ava-tool-call.h"

G_BEGIN_DECLS

/**
 * AvaDialogue:
 *
 * The state of one conversation and the rules that move it. Pure: no clock, no I/O, no randomness;
 * the same state and the same input always give the same turn. Used alike by voice and text.
 */
typedef struct _AvaDialogue AvaDialogue;

/* Who calls, as far as the line knows. */
typedef struct {
  const char *phone;        /* E.164 caller id, nullable */
  const char *customer_id;  /* nullable: exactly one customer has that phone */
  const char *name;         /* of that customer, nullable */
  const char *call_id;      /* for idempotency keys */
} AvaDialogueCaller;

/* What was heard or typed. */
typedef struct {
  const char *text;         /* lower case words of the recognizer, or typed text; "" for silence */
  double confidence;        /* 0..1; 1 for typed text */
  gint64 now_us;            /* [us] UTC */
} AvaUtterance;

typedef enum {
  AVA_INTENT_NONE,
  AVA_INTENT_BOOK,
  AVA_INTENT_RESCHEDULE,
  AVA_INTENT_CANCEL,
  AVA_INTENT_PRICE,
  AVA_INTENT_HOURS,
  AVA_INTENT_SERVICES,
  AVA_INTENT_DIRECTIONS,
  AVA_INTENT_WHO_ARE_YOU,
  AVA_INTENT_PERSON,
  AVA_INTENT_MESSAGE,
  AVA_INTENT_YES,
  AVA_INTENT_NO,
  AVA_INTENT_REPEAT,
  AVA_INTENT_WAIT,
  AVA_INTENT_GOODBYE,
  AVA_INTENT_EMERGENCY,
} AvaIntent;

/**
 * AvaDialogueTurn:
 *
 * What Ava does next. When @tool_calls is not empty, run them in order and give each to
 * ava_dialogue_tool_done(); the last one's turn carries the reply. @reply may then hold a few
 * words to say meanwhile ("Let me look."), or be NULL.
 */
typedef struct {
  char *reply;              /* what Ava says, nullable */
  AvaExpect expect;         /* what she then listens for */
  AvaIntent intent;         /* of the utterance */
  GPtrArray *tool_calls;    /* AvaToolCall, never NULL */
  GStrv acts;               /* for the journal: "ask:service", "offer:3", "confirm", "safety:stop" … */
  gboolean ends_call;       /* hang up once the reply is heard */
  gboolean wants_person;    /* a human should take the call */
  gboolean safety_stop;     /* a red flag: alert the desk */
  const char *outcome;      /* of the call so far: "booked", "changed", "answered", "callback", "escalated"; nullable */
} AvaDialogueTurn;

AvaDialogue     *ava_dialogue_new            (AvaSpa                  *spa,
                                              const AvaDialogueCaller *caller);
AvaDialogue     *ava_dialogue_copy           (AvaDialogue             *self);
void             ava_dialogue_free           (AvaDialogue             *self);
void             ava_dialogue_set_spa        (AvaDialogue             *self,
                                              AvaSpa                  *spa);
AvaDialogueTurn *ava_dialogue_greet          (AvaDialogue             *self,
                                              gint64                   now_us);
AvaDialogueTurn *ava_dialogue_hear           (AvaDialogue             *self,
                                              const AvaUtterance      *utterance);
AvaDialogueTurn *ava_dialogue_tool_done      (AvaDialogue             *self,
                                              AvaToolCall             *call,
                                              gint64                   now_us);
AvaDialogueTurn *ava_dialogue_silence        (AvaDialogue             *self,
                                              guint                    times,
                                              gint64                   now_us);
AvaDialogueTurn *ava_dialogue_steer          (AvaDialogue             *self,
                                              const char              *words,
                                              gint64                   now_us);
AvaExpect        ava_dialogue_get_expect     (AvaDialogue             *self);
void             ava_dialogue_fill_card      (AvaDialogue             *self,
                                              AvaBookingCard          *card);
JsonObject      *ava_dialogue_describe       (AvaDialogue             *self);
const char      *ava_dialogue_find_red_flag  (const char              *text);
const char      *ava_intent_to_string        (AvaIntent                intent);
void             ava_dialogue_turn_free      (AvaDialogueTurn         *turn);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDialogue, ava_dialogue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDialogueTurn, ava_dialogue_turn_free)

G_END_DECLS
