/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-dialogue-spell.h"
#include "ava-mood.h"
#include "ava-nlu.h"
#include "ava-wording.h"

G_BEGIN_DECLS

/*
 *  hear --ava-nlu--> fold slots --> answer the open question or a side question --> advance --> ask / tool
 *                                                                             ^------ tool_done ----'
 *
 * advance looks at what is known and finds the next thing to ask or to do. Nothing is remembered
 * about "where we are" beyond the open question, so any slot may change at any time.
 */

typedef enum { AVA_TASK_NONE, AVA_TASK_BOOK, AVA_TASK_MOVE, AVA_TASK_CANCEL, AVA_TASK_TELL, AVA_TASK_MESSAGE, AVA_TASK_WAIT } AvaTask;

/* The question that is open. */
typedef enum {
  AVA_ASK_HELP, AVA_ASK_SERVICE, AVA_ASK_PROVIDER, AVA_ASK_WHEN, AVA_ASK_OFFER, AVA_ASK_IDENTITY, AVA_ASK_NAME,
  AVA_ASK_SPELL, AVA_ASK_SPELL_OK, AVA_ASK_CALLER_ID, AVA_ASK_PHONE, AVA_ASK_DIGITS, AVA_ASK_PHONE_OK, AVA_ASK_ALLERGIES,
  AVA_ASK_CONFIRM, AVA_ASK_CHANGE, AVA_ASK_MORE, AVA_ASK_BOOK_IT, AVA_ASK_CALL_BACK, AVA_ASK_APPOINTMENT, AVA_ASK_MESSAGE,
  AVA_ASK_WAITLIST, AVA_ASK_NOTHING, AVA_ASK_N,
} AvaAsk;

struct _AvaDialogue {
  AvaSpa *spa;
  char *call_id, *caller_phone, *customer_id, *customer_name;
  gint64 now_us;                /* [us] UTC, of the last input */
  AvaTask task;
  AvaAsk asked;
  AvaIntent intent;
  char *waiting;                /* nullable: the tool that runs */

  /* Slots of the draft; @offers, @slot, @appointments … are results of tools, never changed. */
  char *service_id, *provider_id;
  gboolean any_provider;
  AvaDatePhrase *when;          /* nullable */
  JsonArray *offers;            /* nullable */
  gint64 offers_us;             /* [us] UTC, when they were true */
  JsonObject *slot;             /* nullable: chosen */
  gboolean held;
  char *name, *phone, *email;   /* nullable */
  AvaSpelling spelling;
  gboolean by_groups;           /* the phone number is taken in groups */
  char *digits;                 /* nullable: the phone number so far */
  guint last_group;             /* [digits] where the last group begins */
  gboolean phone_sure, identity_asked, identified, caller_id_refused;
  GString *notes;

  /* Moving and cancelling. */
  JsonArray *appointments;      /* nullable: of the caller, once found */
  JsonObject *appointment;      /* nullable: the one that is meant */
  char *pick_service;
  AvaDatePhrase *pick_when;

  JsonObject *wait;             /* nullable: the wish for the waitlist, as arguments of its tool */
  JsonArray *booked;            /* what this call has booked */
  char *topic, *message;        /* nullable: service that was asked about; what to tell the team */
  char *asked_about;            /* nullable: what only the team can answer, in the caller's words */
  char *next_service_id;        /* nullable: to be booked after this one */
  char *price_of;               /* nullable: service whose price is told after the hours */
  const char *message_kind;     /* nullable; "message", "callback", "escalation", "safety", "silence" */

  char *unsure;                 /* nullable: words that were heard last, with too little confidence */
  char *lead, *last_reply;      /* nullable: said before the next question; said last */
  guint said[AVA_SAY_N];        /* how often each line was said */
  guint failures, unclear;      /* in a row: of the open question; times that the wished day was asked again */
  guint writes, rounds;         /* number the keys of holds and messages; writes that were answered */
  const char *safety, *outcome; /* nullable: red flag of this call; how it has gone so far */
  int steer_from_min, steer_to_min;   /* [min] of the local day, set by staff; 0 and 1440 for no limit */
  AvaMood mood;                 /* of the caller, by their words (BD-05) */
  gboolean ended, steer_allergies, allergies_asked, person_offered;
  gboolean confirms;            /* the caller says that they will come */
  gboolean next_is_other;       /* the next service is for somebody with them */
  int shift_min;                /* [min] that the appointment moves, 0 for not said */
};

/* The next variant of @line: before what follows, or now. */
#define AVA_LEAD(self, line, ...) \
  ava_dialogue_lead ((self), ava_wording_say ((line), (self)->said[line]++, ##__VA_ARGS__, NULL))
#define AVA_TELL(self, turn, line, ...) \
  ava_dialogue_turn_take ((turn), ava_wording_say ((line), (self)->said[line]++, ##__VA_ARGS__, NULL))

G_END_DECLS

#include "ava-dialogue-steps.h"
