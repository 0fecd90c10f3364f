/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the agent must do now. */
typedef enum {
  AVA_TURN_NONE,
  AVA_TURN_STARTED,     /* the caller has begun to speak */
  AVA_TURN_COMMIT,      /* the caller has finished: understand the utterance */
  AVA_TURN_DISCARD,     /* it was too short to be speech */
  AVA_TURN_BARGE_IN,    /* the caller speaks over Ava: silence her, an utterance has begun */
  AVA_TURN_WITHDRAW,    /* the caller goes on after a commit: take it back, the utterance continues */
  AVA_TURN_SILENCE,     /* nobody has spoken for long: prompt */
  AVA_TURN_FILLER,      /* the reply takes long: say that you are looking */
  AVA_TURN_STALLED,     /* no reply at all: apologise */
} AvaTurnAction;

typedef enum {
  AVA_PHASE_LISTENING,  /* nobody speaks */
  AVA_PHASE_HEARING,    /* the caller speaks */
  AVA_PHASE_THINKING,   /* committed, no reply yet */
  AVA_PHASE_SPEAKING,   /* Ava's reply is on its way to the ear */
} AvaTurnPhase;

/* Everything in [ms] of audio. */
typedef struct {
  guint onset_ms;         /* speech needed within window_ms to begin an utterance */
  guint barge_in_ms;      /* speech needed within window_ms to stop Ava (Q-01: more than onset_ms) */
  guint window_ms;        /* over which both are counted, <= 640 */
  guint end_ms;           /* silence that ends an utterance */
  guint least_ms;         /* speech in an utterance below which it is noise (Q-04: "yes" lasts 200) */
  guint longest_ms;       /* an utterance is committed after this, come what may */
  guint silence_ms;       /* of nobody speaking until a prompt */
  guint filler_ms;        /* of thinking until a filler */
  guint stalled_ms;       /* of thinking until an apology */
  guint withdraw_ms;      /* after a commit, within which more speech continues the utterance */
} AvaTurnSettings;

/**
 * AvaTurnTaker:
 *
 * Who speaks when: the one owner of commits, barge-in and prompts of a local call. A pure state
 * machine over audio time: it sees one frame of 20 ms at a time and says what to do. It never reads
 * a clock and knows no words.
 */
typedef struct {
  AvaTurnSettings settings;
  AvaTurnPhase phase;
  guint32 history;          /* one bit a frame, newest lowest: was it speech */
  gint64 now_us;            /* [us] of audio */
  gint64 phase_us;          /* when the phase began */
  gint64 quiet_us;          /* since when nobody speaks and nobody was prompted */
  gint64 last_speech_us;    /* end of the last frame of speech */
  guint speech_ms;          /* [ms] of speech in this utterance */
  guint prompts;            /* silence prompts since anybody spoke */
  gboolean filled;          /* a filler was asked for in this turn */
  gboolean can_withdraw;    /* nothing irrevocable has begun */
} AvaTurnTaker;

extern const AvaTurnSettings ava_turn_defaults;

void          ava_turn_taker_init         (AvaTurnTaker          *self,
                                           const AvaTurnSettings *settings);
AvaTurnAction ava_turn_taker_step         (AvaTurnTaker          *self,
                                           double                 speech,
                                           gboolean               playing);
void          ava_turn_taker_reply        (AvaTurnTaker          *self);
void          ava_turn_taker_settle       (AvaTurnTaker          *self);
void          ava_turn_taker_commit_write (AvaTurnTaker          *self);
void          ava_turn_taker_set_patience (AvaTurnTaker          *self,
                                           guint                  end_ms);
void          ava_turn_taker_wait         (AvaTurnTaker          *self,
                                           guint                  extra_ms);
const char   *ava_turn_action_to_string   (AvaTurnAction          action);

G_END_DECLS
