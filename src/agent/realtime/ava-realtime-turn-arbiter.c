/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-turn-private.h"

/* One response at a time, whoever wants it, and what a response says of the turn. */

/* At most one response at a time, and none while the caller speaks. */
void
ava_realtime_turn_pump (AvaRealtimeTurn *self)
{
  if (!self->wanted || self->response != AVA_RESPONSE_NONE || self->hearing)
    return;
  self->wanted = self->voiced = FALSE;
  self->response = AVA_RESPONSE_ASKED;
  self->response_us = self->now_us;
  if (self->waiting_us == 0)
    ava_realtime_turn_wait_for_ava (self);
  ava_realtime_turn_todo (self, AVA_RT_DO_RESPOND);
}

/**
 * ava_realtime_turn_ask:
 *
 * A response is wanted: now, or after the one that is under way.
 */
void
ava_realtime_turn_ask (AvaRealtimeTurn *self)
{
  self->wanted = !self->muted;
  ava_realtime_turn_pump (self);
}

/**
 * ava_realtime_turn_created:
 *
 * A response of the conversation has begun, whoever asked for it.
 */
void
ava_realtime_turn_created (AvaRealtimeTurn *self)
{
  if (self->response == AVA_RESPONSE_NONE)
    self->stale = FALSE;
  self->response = AVA_RESPONSE_ACTIVE;
  self->voiced = FALSE;
  self->response_us = self->sign_us = self->now_us;
  if (self->waiting_us == 0 && !self->playing)
    ava_realtime_turn_wait_for_ava (self);
}

void
ava_realtime_turn_settle (AvaRealtimeTurn *self)
{
  if (!self->alarm)
    return;
  self->alarm = self->unheard = FALSE;
  ava_realtime_turn_todo (self, AVA_RT_DO_SETTLE);
  /* What was held back is heard now. */
  if (self->voiced)
    ava_realtime_turn_stop_waiting (self);
}

/**
 * ava_realtime_turn_audio:
 *
 * The first audio of a response is there. An answer settles whether there was something to answer.
 */
void
ava_realtime_turn_audio (AvaRealtimeTurn *self)
{
  self->voiced = TRUE;
  if (ava_realtime_turn_doubts (self))
    return;
  ava_realtime_turn_settle (self);
  ava_realtime_turn_stop_waiting (self);
}

/**
 * ava_realtime_turn_note_sign:
 *
 * The service said something of a response, whatever: it is still at work.
 */
void
ava_realtime_turn_note_sign (AvaRealtimeTurn *self)
{
  self->sign_us = self->now_us;
}

/**
 * ava_realtime_turn_doubts:
 *
 * Returns: whether what the service answers may be an answer to a noise: to be held back until that is known
 */
gboolean
ava_realtime_turn_doubts (AvaRealtimeTurn *self)
{
  return self->alarm && self->speech_ms < self->settings.barge_in_ms;
}

void
ava_realtime_turn_try_again (AvaRealtimeTurn *self)
{
  if (self->retries++ > 0) {
    ava_realtime_turn_stop_waiting (self);
    ava_realtime_turn_todo (self, AVA_RT_DO_GIVE_UP);
    return;
  }
  self->response = AVA_RESPONSE_NONE;
  ava_realtime_turn_ask (self);
}

/**
 * ava_realtime_turn_done:
 * @answered: it said something or called a tool
 * @cancelled: nobody wanted it any more
 */
void
ava_realtime_turn_done (AvaRealtimeTurn *self,
                        gboolean         answered,
                        gboolean         cancelled)
{
  self->response = AVA_RESPONSE_NONE;
  if (!answered && !cancelled && !self->wanted && !self->hearing && !self->muted && self->tools == 0) {
    if (self->waiting_us == 0)
      ava_realtime_turn_wait_for_ava (self);
    ava_realtime_turn_try_again (self);
    return;
  }
  ava_realtime_turn_pump (self);
}

/**
 * ava_realtime_turn_refused:
 *
 * The service says that another response is active: ours comes after it.
 */
void
ava_realtime_turn_refused (AvaRealtimeTurn *self)
{
  if (self->response == AVA_RESPONSE_NONE)
    return;
  self->response = AVA_RESPONSE_ACTIVE;
  self->response_us = self->now_us;
  self->wanted = !self->muted;
}

/**
 * ava_realtime_turn_reset:
 *
 * A new session: nothing is under way there.
 */
void
ava_realtime_turn_reset (AvaRealtimeTurn *self)
{
  self->response = AVA_RESPONSE_NONE;
  self->uncommitted = FALSE;
  if (self->mode != AVA_TURN_MODE_PUSH_TO_TALK)
    self->hearing = FALSE;
  self->alarm = self->unheard = FALSE;
}

void
ava_realtime_turn_tool_started (AvaRealtimeTurn *self)
{
  self->tools++;
  self->tool_us = self->now_us;
  if (self->waiting_us == 0)
    ava_realtime_turn_wait_for_ava (self);
}

/**
 * ava_realtime_turn_tool_done:
 * @wants_answer: it was the last one of its response
 *
 * While the caller speaks whoever answers them answers this too; if it was a noise, it is still to be answered.
 */
void
ava_realtime_turn_tool_done (AvaRealtimeTurn *self,
                             gboolean         wants_answer)
{
  self->tools -= MIN (self->tools, 1);
  self->tool_us = self->now_us;
  if (self->waiting_us != 0)
    self->waiting_us = self->now_us;
  if (!wants_answer)
    return;
  if (self->hearing && ava_turn_mode_get_owners (self->mode)->respond == AVA_TURN_OWNER_SERVICE)
    self->unheard = self->alarm;
  else
    ava_realtime_turn_ask (self);
}
