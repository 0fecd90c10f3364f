/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-turn-private.h"

#include "ava-frame.h"

/* What time brings: false alarms, fillers, prompts, and the end of patience. */

#define MOST_PROMPTS 2      /* in a row; then goodbye */
#define DEAF_MS 6000        /* of silence after which a service that still hears the caller is not believed */
#define ACTIVE_US (5 * G_USEC_PER_SEC)  /* after which a response that nobody saw begin is believed over */

/* Nobody has said a word after Ava was cut short. */
static void
step_alarm (AvaRealtimeTurn *self)
{
  gboolean phantom = self->hearing && self->speech_ms < self->settings.barge_in_ms &&
                     ava_realtime_turn_since_ms (self, MAX (self->voice_us, self->hearing_us)) >= self->settings.alarm_ms;

  if (self->mode == AVA_TURN_MODE_PUSH_TO_TALK)
    return;
  if (self->hearing && !phantom)
    return;
  if (!phantom && ava_realtime_turn_since_ms (self, self->stopped_us) < self->settings.alarm_ms)
    return;
  /* The service answers, and it sounded like speech: there was something to answer. */
  if (self->alarm && self->response == AVA_RESPONSE_ACTIVE && !self->hearing && !ava_realtime_turn_doubts (self)) {
    ava_realtime_turn_settle (self);
  } else if (self->alarm) {
    ava_realtime_turn_come_to_nothing (self);
  } else if (self->undecided) {
    self->undecided = FALSE;
  }
}

/* A book that does not answer: the caller is not kept waiting for ever, and is called back. */
static void
step_tools (AvaRealtimeTurn *self)
{
  if (self->tools == 0 || self->hearing || ava_realtime_turn_since_ms (self, self->tool_us) < self->settings.tool_ms)
    return;
  self->tools = 0;
  ava_realtime_turn_stop_waiting (self);
  ava_realtime_turn_todo (self, AVA_RT_DO_EXCUSE);
}

/* A response has begun, or was asked for so lately that it still may. */
static gboolean
is_under_way (AvaRealtimeTurn *self)
{
  return self->response == AVA_RESPONSE_ACTIVE ||
         (self->response == AVA_RESPONSE_ASKED && ava_realtime_turn_since_ms (self, self->response_us) < self->settings.retry_ms);
}

static void
step_waiting (AvaRealtimeTurn *self)
{
  gint64 waited_ms = ava_realtime_turn_since_ms (self, self->waiting_us);
  gint64 quiet_ms = ava_realtime_turn_since_ms (self, MAX (self->waiting_us, self->audible_us));

  /* "Let me look" lasts a while by itself. */
  if (quiet_ms >= self->settings.filler_ms && !self->filled && !self->alarm && !self->playing) {
    self->filled = TRUE;
    ava_realtime_turn_todo (self, AVA_RT_DO_FILLER);
  }
  if (self->tools > 0)
    return;
  if (waited_ms >= self->settings.give_up_ms) {
    ava_realtime_turn_stop_waiting (self);
    ava_realtime_turn_todo (self, AVA_RT_DO_GIVE_UP);
  } else if (waited_ms >= self->settings.retry_ms && self->retries == 0 && !is_under_way (self)) {
    ava_realtime_turn_try_again (self);
  }
}

/* The first audio ended the wait for it, and now nothing more comes: in the middle of what she says nobody can answer, where the
 * service listens it does not hear the caller either. All said and its end never told: it is over. */
static void
step_stall (AvaRealtimeTurn *self,
            gboolean         unfinished)
{
  gint64 still_us = self->now_us - MAX (self->sign_us, self->audible_us);

  if (self->response != AVA_RESPONSE_ACTIVE || self->waiting_us != 0 || self->hearing || self->alarm)
    return;
  if (unfinished && still_us >= (gint64) self->settings.stall_ms * 1000) {
    self->response = AVA_RESPONSE_NONE;
    ava_realtime_turn_todo (self, AVA_RT_DO_GIVE_UP);
  } else if (!unfinished && still_us > ACTIVE_US) {
    self->response = AVA_RESPONSE_NONE;
    ava_realtime_turn_pump (self);
  }
}

/* A response whose end was never told does not block the call for ever. */
static void
step_response (AvaRealtimeTurn *self)
{
  if (self->response != AVA_RESPONSE_NONE && self->wanted && self->now_us - self->response_us > ACTIVE_US) {
    self->response = AVA_RESPONSE_NONE;
    ava_realtime_turn_pump (self);
  }
}

static void
step_silence (AvaRealtimeTurn *self)
{
  if (self->hearing && ava_realtime_turn_since_ms (self, self->hearing_us) >= self->settings.music_ms) {
    self->hearing_us = self->now_us;
    self->hearing = FALSE;
    ava_realtime_turn_todo (self, AVA_RT_DO_LEAVE);
  }
  if (self->hearing || self->muted || ava_realtime_turn_is_ava_on (self) || self->waiting_us != 0 || self->tools > 0) {
    self->quiet_us = MAX (self->quiet_us, self->now_us);
    return;
  }
  if (ava_realtime_turn_since_ms (self, self->quiet_us) < self->settings.silence_ms)
    return;
  self->quiet_us = self->now_us;
  ava_realtime_turn_todo (self, ++self->prompts > MOST_PROMPTS ? AVA_RT_DO_LEAVE : AVA_RT_DO_PROMPT);
}

/**
 * ava_realtime_turn_step:
 * @speech: probability that the next 20 ms of the caller hold speech, 0..1
 * @audible: whether audio of Ava is being heard
 * @unfinished: whether what she says is not complete: audio of it waits, or is still to come
 */
void
ava_realtime_turn_step (AvaRealtimeTurn *self,
                        double           speech,
                        gboolean         audible,
                        gboolean         unfinished)
{
  gboolean is_speech = speech >= SPEECH;

  self->now_us += AVA_FRAME_MS * 1000;
  self->playing = audible || unfinished;
  if (audible)
    self->audible_us = self->now_us;
  self->history = self->history << 1 | is_speech;
  if (speech >= MAYBE)
    self->chunk_us = self->now_us;
  if (is_speech) {
    self->voice_us = self->now_us;
    if (self->hearing || self->alarm)
      self->speech_ms += AVA_FRAME_MS;
  }
  if (self->mode == AVA_TURN_MODE_CLIENT_VAD)
    ava_realtime_turn_detect (self, speech);
  if (self->alarm || self->undecided)
    step_alarm (self);
  step_response (self);
  step_stall (self, unfinished);
  if (ava_realtime_turn_since_ms (self, MAX (self->voice_us, self->hearing_us)) >= DEAF_MS)
    ava_realtime_turn_stopped (self);
  step_tools (self);
  if (self->waiting_us != 0)
    step_waiting (self);
  step_silence (self);
}
