/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-turn-private.h"

#include "ava-frame.h"

/*
 *  caller:    quiet --started--> hearing --stopped--> quiet, a turn to answer
 *                        |
 *  Ava speaks, thinks? - +--> FLUSH, alarm: --words--> SETTLE     --no words within a second--> RESUME, what is owed asked anew
 *
 *  response:  NONE --RESPOND--> ASKED --created--> ACTIVE --done--> NONE --wanted meanwhile?--> RESPOND
 *                                  +---refused: another is active---> ACTIVE
 */

const AvaRealtimeTurnSettings ava_realtime_turn_defaults = {
  .onset_ms = 80,
  .barge_in_ms = 200,
  .window_ms = 300,
  .fast_ms = 120,
  .normal_ms = 300,
  .end_ms = 500,
  .least_ms = 100,
  .alarm_ms = 1000,
  .filler_ms = 1200,
  .retry_ms = 4000,
  .give_up_ms = 8000,
  .tool_ms = 12000,
  .stall_ms = 2000,
  .silence_ms = 8000,
  .music_ms = 40000,
};

#define MOST_WORDLESS 4     /* turns in a row without a word; then goodbye */

static const AvaTurnOwners owners[] = {
  [AVA_TURN_MODE_SERVER_VAD] = { AVA_TURN_OWNER_SERVICE, AVA_TURN_OWNER_SERVICE, AVA_TURN_OWNER_SERVICE },
  [AVA_TURN_MODE_SEMANTIC_VAD] = { AVA_TURN_OWNER_SERVICE, AVA_TURN_OWNER_SERVICE, AVA_TURN_OWNER_SERVICE },
  [AVA_TURN_MODE_CLIENT_VAD] = { AVA_TURN_OWNER_CLIENT, AVA_TURN_OWNER_CLIENT, AVA_TURN_OWNER_CLIENT },
  [AVA_TURN_MODE_PUSH_TO_TALK] = { AVA_TURN_OWNER_PERSON, AVA_TURN_OWNER_CLIENT, AVA_TURN_OWNER_PERSON },
};

/**
 * ava_turn_mode_get_owners:
 *
 * Returns: (transfer none): who decides in @mode
 */
const AvaTurnOwners *
ava_turn_mode_get_owners (AvaTurnMode mode)
{
  return &owners[mode];
}

void
ava_realtime_turn_todo (AvaRealtimeTurn *self,
                        AvaRealtimeDo    what)
{
  g_return_if_fail (self->n_todo < G_N_ELEMENTS (self->todo));

  self->todo[self->n_todo++] = what;
}

/**
 * ava_realtime_turn_take:
 *
 * Returns: the next thing to do, in the order in which they came up; AVA_RT_DO_NOTHING when there is none
 */
AvaRealtimeDo
ava_realtime_turn_take (AvaRealtimeTurn *self)
{
  AvaRealtimeDo what;

  if (self->n_todo == 0)
    return AVA_RT_DO_NOTHING;
  what = self->todo[0];
  self->n_todo--;
  for (guint i = 0; i < self->n_todo; i++)
    self->todo[i] = self->todo[i + 1];
  return what;
}

gint64
ava_realtime_turn_since_ms (AvaRealtimeTurn *self,
                            gint64           then_us)
{
  return (self->now_us - then_us) / 1000;
}

guint
ava_realtime_turn_recent_speech_ms (AvaRealtimeTurn *self)
{
  guint frames = self->settings.window_ms / AVA_FRAME_MS;
  guint32 mask = frames >= 32 ? G_MAXUINT32 : (1u << frames) - 1;

  return __builtin_popcount (self->history & mask) * AVA_FRAME_MS;
}

void
ava_realtime_turn_stop_waiting (AvaRealtimeTurn *self)
{
  self->waiting_us = 0;
  self->retries = 0;
}

void
ava_realtime_turn_wait_for_ava (AvaRealtimeTurn *self)
{
  if (self->muted)
    return;
  self->waiting_us = self->now_us;
  self->retries = 0;
  self->filled = FALSE;
}

/* --- the caller --- */

gboolean
ava_realtime_turn_is_ava_on (AvaRealtimeTurn *self)
{
  return self->playing || self->response != AVA_RESPONSE_NONE;
}

/* An answer is under way, or about to be, and nothing of it was heard. */
static gboolean
is_answer_owed (AvaRealtimeTurn *self)
{
  if (self->muted)
    return FALSE;
  return self->response != AVA_RESPONSE_NONE ? !self->voiced : self->tools > 0 || self->waiting_us != 0;
}

void
ava_realtime_turn_begin_hearing (AvaRealtimeTurn *self)
{
  gboolean pushed = self->mode == AVA_TURN_MODE_PUSH_TO_TALK;

  self->hearing = TRUE;
  self->undecided = FALSE;
  self->began_us = self->hearing_us = self->now_us;
  self->speech_ms = ava_realtime_turn_recent_speech_ms (self);
  self->prompts = 0;
  self->cut = self->playing;
  self->unheard = is_answer_owed (self);
  self->stale = self->response != AVA_RESPONSE_NONE;
  self->alarm = (self->cut || self->unheard) && !pushed;
  self->voiced = FALSE;
  if (!ava_realtime_turn_is_ava_on (self)) {
    ava_realtime_turn_stop_waiting (self);
    return;
  }
  ava_realtime_turn_todo (self, AVA_RT_DO_FLUSH);
  if (self->response != AVA_RESPONSE_NONE && ava_turn_mode_get_owners (self->mode)->cancel != AVA_TURN_OWNER_SERVICE)
    ava_realtime_turn_todo (self, AVA_RT_DO_CANCEL);
  ava_realtime_turn_stop_waiting (self);
}

/* Their turn is over and is to be answered. */
void
ava_realtime_turn_answer (AvaRealtimeTurn *self)
{
  self->undecided = FALSE;
  ava_realtime_turn_wait_for_ava (self);
  if (ava_turn_mode_get_owners (self->mode)->respond != AVA_TURN_OWNER_SERVICE)
    ava_realtime_turn_ask (self);
}

void
ava_realtime_turn_resume (AvaRealtimeTurn *self)
{
  self->alarm = FALSE;
  self->hearing = FALSE;
  self->undecided = FALSE;
  ava_realtime_turn_stop_waiting (self);
  if (self->response == AVA_RESPONSE_ACTIVE)
    ava_realtime_turn_todo (self, AVA_RT_DO_CANCEL);
  ava_realtime_turn_todo (self, AVA_RT_DO_RESUME);
  if (self->unheard && self->tools == 0)
    ava_realtime_turn_ask (self);
  self->unheard = FALSE;
}

/* Nobody said anything. What the service answers now answers what was said before, unless it had been answered. */
void
ava_realtime_turn_come_to_nothing (AvaRealtimeTurn *self)
{
  if (self->alarm && !self->cut && !self->stale && self->response == AVA_RESPONSE_ACTIVE) {
    self->hearing = FALSE;
    ava_realtime_turn_settle (self);
  } else {
    ava_realtime_turn_resume (self);
  }
}

/**
 * ava_realtime_turn_started:
 *
 * The service hears the caller.
 */
void
ava_realtime_turn_started (AvaRealtimeTurn *self)
{
  if (ava_turn_mode_get_owners (self->mode)->commit == AVA_TURN_OWNER_SERVICE && !self->hearing)
    ava_realtime_turn_begin_hearing (self);
}

/**
 * ava_realtime_turn_stopped:
 *
 * The service heard the caller stop; it commits and answers by itself.
 */
void
ava_realtime_turn_stopped (AvaRealtimeTurn *self)
{
  if (ava_turn_mode_get_owners (self->mode)->commit != AVA_TURN_OWNER_SERVICE || !self->hearing)
    return;
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  ava_realtime_turn_answer (self);
}

/**
 * ava_realtime_turn_words:
 * @said_us: when the last of them was said
 *
 * Words of the caller were understood. Those of an earlier turn tell nothing of what is heard now.
 */
void
ava_realtime_turn_words (AvaRealtimeTurn *self,
                         gint64           said_us)
{
  self->wordless = self->prompts = 0;
  if (said_us < self->began_us)
    return;
  self->hearing_us = self->now_us;
  ava_realtime_turn_settle (self);
  if (self->undecided && !self->hearing)
    ava_realtime_turn_answer (self);
}

/**
 * ava_realtime_turn_no_words:
 *
 * What was committed last holds no word.
 */
void
ava_realtime_turn_no_words (AvaRealtimeTurn *self)
{
  if (++self->wordless >= MOST_WORDLESS) {
    self->wordless = 0;
    ava_realtime_turn_todo (self, AVA_RT_DO_LEAVE);
  } else if (self->alarm && !self->hearing) {
    ava_realtime_turn_come_to_nothing (self);
  }
}

/**
 * ava_realtime_turn_press:
 *
 * Push to talk: the caller's side is open now.
 */
void
ava_realtime_turn_press (AvaRealtimeTurn *self)
{
  if (self->mode != AVA_TURN_MODE_PUSH_TO_TALK || self->hearing)
    return;
  ava_realtime_turn_begin_hearing (self);
  ava_realtime_turn_todo (self, AVA_RT_DO_CLEAR);
}

/**
 * ava_realtime_turn_release:
 *
 * Push to talk: what was said is to be answered. A tap says nothing: she goes on.
 */
void
ava_realtime_turn_release (AvaRealtimeTurn *self)
{
  if (self->mode != AVA_TURN_MODE_PUSH_TO_TALK || !self->hearing)
    return;
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  if (ava_realtime_turn_since_ms (self, self->began_us) < self->settings.least_ms) {
    ava_realtime_turn_resume (self);
    return;
  }
  ava_realtime_turn_todo (self, AVA_RT_DO_COMMIT);
  ava_realtime_turn_answer (self);
}

/**
 * ava_realtime_turn_pause:
 *
 * There is no service at this moment: nobody waits for it.
 */
void
ava_realtime_turn_pause (AvaRealtimeTurn *self)
{
  if (self->waiting_us != 0)
    self->waiting_us = self->now_us;
  self->sign_us = self->now_us;
  self->quiet_us = MAX (self->quiet_us, self->now_us);
}

/**
 * ava_realtime_turn_set_muted:
 *
 * While she is muted nobody waits for an answer, and none is asked for; afterwards what was said meanwhile needs none.
 */
void
ava_realtime_turn_set_muted (AvaRealtimeTurn *self,
                             gboolean         muted)
{
  self->muted = muted;
  self->wanted = FALSE;
  self->quiet_us = self->now_us;
  self->prompts = self->wordless = 0;
  ava_realtime_turn_stop_waiting (self);
}

/**
 * ava_realtime_turn_init:
 * @settings: copied
 */
void
ava_realtime_turn_init (AvaRealtimeTurn               *self,
                        AvaTurnMode                    mode,
                        const AvaRealtimeTurnSettings *settings)
{
  *self = (AvaRealtimeTurn) { .settings = *settings, .mode = mode };
}

/**
 * ava_realtime_turn_set_patience:
 * @end_ms: the silence that ends a turn from now on; where the service ends turns it must be told
 */
void
ava_realtime_turn_set_patience (AvaRealtimeTurn *self,
                                guint            end_ms)
{
  self->settings.end_ms = end_ms;
}

/**
 * ava_realtime_turn_wait:
 * @extra_ms: how much longer than usual nobody is prompted
 */
void
ava_realtime_turn_wait (AvaRealtimeTurn *self,
                        guint            extra_ms)
{
  self->quiet_us = self->now_us + (gint64) extra_ms * 1000;
}

/**
 * ava_realtime_turn_is_idle:
 *
 * Returns: whether nobody speaks and nothing is under way
 */
gboolean
ava_realtime_turn_is_idle (AvaRealtimeTurn *self)
{
  return !self->hearing && !ava_realtime_turn_is_ava_on (self) && !self->alarm && !self->undecided && self->waiting_us == 0 &&
         self->tools == 0 && !self->wanted;
}
