/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-local-agent.h"

#include "ava-dialogue-follow.h"
#include "ava-ear.h"
#include "ava-turn-taker.h"
#include "ava-voice.h"

G_BEGIN_DECLS

/* What the local agent consists of: ava-local-agent.c is what the desk sees of it, ava-local-agent-turn.c leads the turns. */
struct _AvaLocalAgent {
  GObject parent_instance;

  /* Owned References */
  AvaClock *clock;
  AvaPacer *pacer;                  /* nullable */
  AvaSynthesizer *synthesizer;
  AvaEar *ear;
  AvaVoice *voice;
  AvaSpa *spa;
  AvaDialogue *dialogue;
  AvaDialogue *fresh;               /* as it was before the first word */
  AvaDialogue *before;              /* nullable: as it was before the committed utterance */
  AvaBookingCard *card;
  AvaTranscriptItem *caller_item;   /* nullable: what the caller is saying */
  char *last_item_id;               /* nullable */
  char *held_reply;                 /* nullable: could not be said, the caller was speaking */
  const char *outcome;              /* static, nullable */
  GQueue tool_calls;                /* AvaToolCall, the head is running */

  AvaTurnTaker turn;
  AvaAgentState state;
  AvaExpect expect;
  guint items;                      /* made so far */
  guint fillers;                    /* said so far */
  guint fruitless;                  /* answers since the booking card changed */
  gint64 now_us;                    /* [us] since the call began */
  gint64 played;                    /* [samples] */
  gint64 utterance_us;              /* [us] when the caller began */
  gint64 interim_us;                /* [us] of the last look at it */
  gint64 speech_end_us;             /* [us] of the committed utterance; 0: first audio was noted */
  gint64 barge_in_us;               /* [us]; 0: silence was noted */
  gboolean barged_in;               /* this utterance interrupted Ava */
  gboolean writing;                 /* a tool that changes the book is running */
  gboolean running;                 /* the head of tool_calls was given out */
  gboolean abandoned;               /* its answer is not wanted any more */
  gboolean muted;
  gboolean ending;                  /* hang up once all is heard */
  gboolean stopped;
};

void              ava_local_agent_emit_event (AvaLocalAgent *self, const char *kind, JsonObject *data);
void              ava_local_agent_emit_simple_event (AvaLocalAgent *self, const char *kind);
void              ava_local_agent_update_state (AvaLocalAgent *self);
AvaTranscriptItem *ava_local_agent_add_item (AvaLocalAgent *self, AvaRole role, gint64 start_us);
void              ava_local_agent_speak (AvaLocalAgent *self, const char *text, gboolean answer);
void              ava_local_agent_run_next_tool (AvaLocalAgent *self);
void              ava_local_agent_set_expect (AvaLocalAgent *self, AvaExpect expect);
void              ava_local_agent_note_turn (AvaLocalAgent *self, AvaDialogueTurn *turn);
void              ava_local_agent_apply_turn (AvaLocalAgent *self, AvaDialogueTurn *turn);
void              ava_local_agent_on_card_changed (AvaLocalAgent *self);
void              ava_local_agent_answer (AvaLocalAgent *self, AvaHypothesis *hypothesis);
void              ava_local_agent_on_heard (AvaLocalAgent *self, AvaHypothesis *hypothesis, gboolean final);
void              ava_local_agent_abandon_tools (AvaLocalAgent *self);
void              ava_local_agent_act (AvaLocalAgent *self, AvaTurnAction action);
gboolean          ava_local_agent_is_write (AvaToolCall *call);

G_END_DECLS
