/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-turn-taker.h"

#include "ava-frame.h"

/*
 *              onset                    end of speech                first audio
 *  LISTENING --------> HEARING -----------------------> THINKING ---------------> SPEAKING
 *      ^                 |  ^  too little speech             |                      |  |
 *      |<----------------+  +<----- caller goes on ----------+                      |  |
 *      |                    +<----------------- barge-in ---------------------------+  |
 *      +<-------------------------------- all heard -----------------------------------+
 */

const AvaTurnSettings ava_turn_defaults = {
  .onset_ms = 80,
  .barge_in_ms = 200,
  .window_ms = 300,
  .end_ms = 640,
  .least_ms = 100,
  .longest_ms = 25000,
  .silence_ms = 8000,
  .filler_ms = 1200,
  .stalled_ms = 9000,
  .withdraw_ms = 1500,
};

#define SPEECH_PROBABILITY 0.5

static gint64
since_ms (AvaTurnTaker *self,
          gint64        then_us)
{
  return (self->now_us - then_us) / 1000;
}

static guint
recent_speech_ms (AvaTurnTaker *self)
{
  guint frames = self->settings.window_ms / AVA_FRAME_MS;
  guint32 mask = frames >= 32 ? G_MAXUINT32 : (1u << frames) - 1;

  return __builtin_popcount (self->history & mask) * AVA_FRAME_MS;
}

static void
enter (AvaTurnTaker *self,
       AvaTurnPhase  phase)
{
  self->phase = phase;
  self->phase_us = self->now_us;
  if (phase == AVA_PHASE_LISTENING)
    self->quiet_us = self->now_us;
}

static AvaTurnAction
begin_utterance (AvaTurnTaker  *self,
                 AvaTurnAction  action)
{
  self->speech_ms = recent_speech_ms (self);
  self->prompts = 0;
  enter (self, AVA_PHASE_HEARING);
  return action;
}

static AvaTurnAction
step_listening (AvaTurnTaker *self)
{
  if (recent_speech_ms (self) >= self->settings.onset_ms)
    return begin_utterance (self, AVA_TURN_STARTED);
  if (since_ms (self, self->quiet_us) < self->settings.silence_ms)
    return AVA_TURN_NONE;
  self->quiet_us = self->now_us;
  self->prompts++;
  return AVA_TURN_SILENCE;
}

static AvaTurnAction
step_hearing (AvaTurnTaker *self,
              gboolean      is_speech)
{
  gboolean is_quiet = since_ms (self, self->last_speech_us) >= self->settings.end_ms;

  if (is_speech)
    self->speech_ms += AVA_FRAME_MS;
  if (!is_quiet && since_ms (self, self->phase_us) < self->settings.longest_ms)
    return AVA_TURN_NONE;
  self->history = 0;
  if (self->speech_ms < self->settings.least_ms) {
    enter (self, AVA_PHASE_LISTENING);
    return AVA_TURN_DISCARD;
  }
  self->filled = FALSE;
  self->can_withdraw = is_quiet;
  enter (self, AVA_PHASE_THINKING);
  return AVA_TURN_COMMIT;
}

static AvaTurnAction
step_thinking (AvaTurnTaker *self)
{
  gint64 thinking_ms = since_ms (self, self->phase_us);

  if (self->can_withdraw && thinking_ms < self->settings.withdraw_ms &&
      recent_speech_ms (self) >= self->settings.barge_in_ms) {
    guint before_ms = self->speech_ms;

    begin_utterance (self, AVA_TURN_WITHDRAW);
    self->speech_ms += before_ms;
    return AVA_TURN_WITHDRAW;
  }
  if (thinking_ms >= self->settings.stalled_ms) {
    self->phase_us = self->now_us;
    return AVA_TURN_STALLED;
  }
  if (thinking_ms >= self->settings.filler_ms && !self->filled) {
    self->filled = TRUE;
    return AVA_TURN_FILLER;
  }
  return AVA_TURN_NONE;
}

static AvaTurnAction
step_speaking (AvaTurnTaker *self,
               gboolean      playing)
{
  if (recent_speech_ms (self) >= self->settings.barge_in_ms)
    return begin_utterance (self, AVA_TURN_BARGE_IN);
  if (!playing)
    enter (self, AVA_PHASE_LISTENING);
  return AVA_TURN_NONE;
}

/**
 * ava_turn_taker_init:
 * @settings: copied
 */
void
ava_turn_taker_init (AvaTurnTaker          *self,
                     const AvaTurnSettings *settings)
{
  *self = (AvaTurnTaker) { .settings = *settings, .phase = AVA_PHASE_LISTENING };
}

/**
 * ava_turn_taker_step:
 * @speech: probability that the next 20 ms of the caller hold speech, 0..1
 * @playing: whether audio of Ava is being heard or waits to be
 *
 * Returns: what to do now
 */
AvaTurnAction
ava_turn_taker_step (AvaTurnTaker *self,
                     double        speech,
                     gboolean      playing)
{
  gboolean is_speech = speech >= SPEECH_PROBABILITY;

  self->now_us += AVA_FRAME_MS * 1000;
  self->history = self->history << 1 | is_speech;
  if (is_speech)
    self->last_speech_us = self->now_us;

  switch (self->phase) {
  case AVA_PHASE_LISTENING:
    return step_listening (self);
  case AVA_PHASE_HEARING:
    return step_hearing (self, is_speech);
  case AVA_PHASE_THINKING:
    return step_thinking (self);
  case AVA_PHASE_SPEAKING:
    return step_speaking (self, playing);
  default:
    g_assert_not_reached ();
  }
}

/**
 * ava_turn_taker_reply:
 *
 * Ava has something to say now, whoever was expected to speak.
 */
void
ava_turn_taker_reply (AvaTurnTaker *self)
{
  self->history = 0;
  enter (self, AVA_PHASE_SPEAKING);
}

/**
 * ava_turn_taker_settle:
 *
 * The committed utterance needs no reply.
 */
void
ava_turn_taker_settle (AvaTurnTaker *self)
{
  enter (self, AVA_PHASE_LISTENING);
}

/**
 * ava_turn_taker_commit_write:
 *
 * Something irrevocable has begun: the committed utterance can no longer be withdrawn.
 */
void
ava_turn_taker_commit_write (AvaTurnTaker *self)
{
  self->can_withdraw = FALSE;
}

/**
 * ava_turn_taker_set_patience:
 * @end_ms: the silence that ends an utterance from now on; longer while digits are said
 */
void
ava_turn_taker_set_patience (AvaTurnTaker *self,
                             guint         end_ms)
{
  self->settings.end_ms = end_ms;
}

/**
 * ava_turn_taker_wait:
 * @extra_ms: how much longer than usual nobody is prompted: the caller asked for a moment
 */
void
ava_turn_taker_wait (AvaTurnTaker *self,
                     guint         extra_ms)
{
  self->quiet_us = self->now_us + (gint64) extra_ms * 1000;
}

/**
 * ava_turn_action_to_string:
 *
 * Returns: the name of @action, as journals write it
 */
const char *
ava_turn_action_to_string (AvaTurnAction action)
{
  static const char *const names[] = {
    "none", "started", "commit", "discard", "barge-in", "withdraw", "silence", "filler", "stalled",
  };

  g_return_val_if_fail (action < G_N_ELEMENTS (names), "none");

  return names[action];
}
