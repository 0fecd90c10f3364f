/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-call-session-private.h"

#include "ava-agent.h"
#include "ava-call-audio.h"
#include "ava-call-journal.h"
#include "ava-dialogue.h"

G_BEGIN_DECLS

/* What a call consists of: ava-call-session.c moves it, -agent.c is between it and its agent, -read.c gives it out. */
struct _AvaCallSession {
  GObject parent_instance;

  /* Borrowed of the desk, kept alive here */
  AvaStore *store;
  AvaClock *clock;
  AvaSpa *spa;
  AvaToolbox *toolbox;
  AvaSpeechEngines *engines;
  AvaHearing *hearing;
  AvaCloudVoice *cloud;
  AvaCloudReserve *reserve;

  /* Owned References */
  AvaLineCall *line_call;
  AvaCallAudio *audio;
  AvaCallJournal *journal;
  AvaCallSupervision *supervision;
  AvaAgent *agent;              /* nullable until it is answered */
  AvaCall *record;
  AvaBookingCard *card;
  GListStore *transcript;       /* AvaTranscriptItem */
  GArray *timings;              /* AvaTurnTiming */
  GCancellable *cancellable;
  char *caller;                 /* name or phone, in words */
  char *notice;                 /* nullable */
  char *agent_outcome;          /* nullable: how far the agent has got */
  char *proposed;               /* nullable: outcome that whoever ended the call proposed */

  AvaCallState state;
  AvaAgentState agent_state;
  gboolean muted;
  gboolean push_to_talk;        /* a button says when the caller is heard */
  double caller_level;          /* 0..1 RMS of full scale */
  double ava_level;             /* 0..1 RMS of full scale */
  gint64 elapsed_us;            /* [us] of audio, in whole seconds */
  gint64 greeting_us;           /* [us] from the answer to Ava's first sound, 0 before */
  int latency_ms;               /* [ms] of the last answer */
  guint tools_running;
};

void ava_call_session_settle           (AvaCallSession          *self);

void ava_call_session_set_notice       (AvaCallSession          *self,
                                        const char              *words);
void ava_call_session_set_push_to_talk (AvaCallSession          *self,
                                        gboolean                 push_to_talk);
void ava_call_session_note_trouble     (AvaCallSession          *self,
                                        const char              *kind,
                                        const char              *words);
void ava_call_session_finish           (AvaCallSession          *self,
                                        const char              *outcome);   /* nullable */
void ava_call_session_take_agent       (AvaCallSession          *self,
                                        const AvaDialogueCaller *caller);
void ava_call_session_note_why_local   (AvaCallSession          *self);

G_END_DECLS
