/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-turn-settings.h"

G_BEGIN_DECLS

/* What the agent must do now. */
typedef enum {
  AVA_RT_DO_NOTHING,
  AVA_RT_DO_FLUSH,      /* the caller speaks over Ava: silence her, keep the rest for a while */
  AVA_RT_DO_CANCEL,     /* the response under way is not wanted */
  AVA_RT_DO_COMMIT,     /* what was appended is an item */
  AVA_RT_DO_CLEAR,      /* what was appended was no speech */
  AVA_RT_DO_RESPOND,    /* ask for a response */
  AVA_RT_DO_RESUME,     /* nobody said anything after all: go on where she stopped */
  AVA_RT_DO_SETTLE,     /* the caller has really spoken: forget what was not heard */
  AVA_RT_DO_FILLER,     /* it takes long: say that you are looking */
  AVA_RT_DO_PROMPT,     /* nobody has spoken for long: ask whether anybody is there */
  AVA_RT_DO_LEAVE,      /* silence, or music, for too long: say goodbye */
  AVA_RT_DO_EXCUSE,     /* a tool does not come back: say so, somebody will call back */
  AVA_RT_DO_GIVE_UP,    /* the service says nothing any more */
} AvaRealtimeDo;

/**
 * AvaRealtimeTurn:
 *
 * Who speaks when in a call with a voice service, and the one arbiter of responses. A pure state machine over
 * audio time: frames and what the service says go in, things to do come out of ava_realtime_turn_take(). It reads no
 * clock and knows no words.
 */
typedef struct {
  AvaRealtimeTurnSettings settings;
  AvaTurnMode mode;
  gint64 now_us;            /* [us] of audio */
  guint32 history;          /* one bit a frame, newest lowest: was it speech */
  gint64 voice_us;          /* end of the last frame of speech */
  gint64 chunk_us;          /* end of the last frame that may hold speech */
  guint speech_ms;          /* of this utterance */
  guint faint_ms;           /* [ms] that may hold speech, before anybody is heard */
  gboolean playing;
  gboolean muted;           /* she only listens: nobody waits for her */
  gint64 audible_us;        /* when audio of Ava was heard last */
  gboolean hearing;         /* the caller speaks */
  gboolean uncommitted;     /* and some of it is not committed */
  gboolean undecided;       /* their turn is over and waits for words */
  gint64 began_us;          /* when they began */
  gint64 hearing_us;        /* the same, or when they were last understood */
  gint64 stopped_us;        /* when their turn ended */
  gint64 quiet_us;          /* since when nobody speaks and nobody was prompted */
  guint prompts, wordless;  /* in a row: unanswered, turns without words */

  gboolean alarm;           /* Ava was cut short and nobody knows yet whether by words */
  gboolean cut;             /* in a sentence */
  gboolean stale;           /* the response under way is the one that was cut */
  gboolean unheard;         /* in an answer before anything of it was heard: it is still owed */

  enum { AVA_RESPONSE_NONE, AVA_RESPONSE_ASKED, AVA_RESPONSE_ACTIVE } response;
  gboolean voiced;          /* and audio of it has come */
  gint64 response_us;       /* when that began */
  gint64 sign_us;           /* when the service last said anything of it */
  gboolean wanted;          /* another one, after it */
  guint tools;              /* that run */
  gint64 tool_us;           /* since when, or since the last one came back */
  gint64 waiting_us;        /* since when the caller waits for Ava; 0: not */
  guint retries;            /* in this wait */
  gboolean filled;          /* a filler was said in this wait */

  AvaRealtimeDo todo[16];
  guint n_todo;
} AvaRealtimeTurn;

void          ava_realtime_turn_init         (AvaRealtimeTurn               *self,
                                              AvaTurnMode                    mode,
                                              const AvaRealtimeTurnSettings *settings);
AvaRealtimeDo ava_realtime_turn_take         (AvaRealtimeTurn               *self);
void          ava_realtime_turn_step         (AvaRealtimeTurn               *self,
                                              double                         speech,
                                              gboolean                       audible,
                                              gboolean                       unfinished);
void          ava_realtime_turn_set_patience (AvaRealtimeTurn               *self,
                                              guint                          end_ms);
void          ava_realtime_turn_started      (AvaRealtimeTurn               *self);
void          ava_realtime_turn_stopped      (AvaRealtimeTurn               *self);
void          ava_realtime_turn_words        (AvaRealtimeTurn               *self,
                                              gint64                         said_us);
void          ava_realtime_turn_no_words     (AvaRealtimeTurn               *self);
void          ava_realtime_turn_created      (AvaRealtimeTurn               *self);
void          ava_realtime_turn_audio        (AvaRealtimeTurn               *self);
void          ava_realtime_turn_note_sign    (AvaRealtimeTurn               *self);
void          ava_realtime_turn_done         (AvaRealtimeTurn               *self,
                                              gboolean                       answered,
                                              gboolean                       cancelled);
void          ava_realtime_turn_refused      (AvaRealtimeTurn               *self);
void          ava_realtime_turn_reset        (AvaRealtimeTurn               *self);
void          ava_realtime_turn_ask          (AvaRealtimeTurn               *self);
void          ava_realtime_turn_tool_started (AvaRealtimeTurn               *self);
void          ava_realtime_turn_tool_done    (AvaRealtimeTurn               *self,
                                              gboolean                       wants_answer);
void          ava_realtime_turn_press        (AvaRealtimeTurn               *self);
void          ava_realtime_turn_release      (AvaRealtimeTurn               *self);
void          ava_realtime_turn_wait         (AvaRealtimeTurn               *self,
                                              guint                          extra_ms);
void          ava_realtime_turn_pause        (AvaRealtimeTurn               *self);
void          ava_realtime_turn_set_muted    (AvaRealtimeTurn               *self,
                                              gboolean                       muted);
gboolean      ava_realtime_turn_doubts       (AvaRealtimeTurn               *self);
gboolean      ava_realtime_turn_is_idle      (AvaRealtimeTurn               *self);

G_END_DECLS
