/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-turn-private.h"

#include "ava-frame.h"

/* Where the client ends turns: its own detector, and the commits of two speeds (V-04). */

#define SURE_SPEECH_MS 400  /* of speech that needs no words to be believed */

static void
commit (AvaRealtimeTurn *self)
{
  self->uncommitted = FALSE;
  self->faint_ms = 0;
  ava_realtime_turn_todo (self, AVA_RT_DO_COMMIT);
}

static void
end_turn (AvaRealtimeTurn *self)
{
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  self->history = 0;
  if (self->speech_ms < self->settings.least_ms) {
    self->uncommitted = FALSE;
    ava_realtime_turn_todo (self, AVA_RT_DO_CLEAR);
    if (self->alarm)
      ava_realtime_turn_resume (self);
    return;
  }
  if (self->uncommitted)
    commit (self);
  /* After a false start only words, or a lot of speech, are worth an answer. */
  if (self->alarm && self->speech_ms < SURE_SPEECH_MS) {
    self->undecided = TRUE;
    return;
  }
  ava_realtime_turn_settle (self);
  ava_realtime_turn_answer (self);
}

/* Twice as fast when the detector itself saw the caller stop (V-04). */
static gboolean
is_time_to_commit (AvaRealtimeTurn *self)
{
  return self->uncommitted && self->speech_ms >= self->settings.least_ms &&
         (ava_realtime_turn_since_ms (self, self->voice_us) >= self->settings.fast_ms ||
          ava_realtime_turn_since_ms (self, self->chunk_us) >= self->settings.normal_ms);
}

static void
step_hearing (AvaRealtimeTurn *self,
              gboolean         is_speech)
{
  if (is_speech)
    self->uncommitted = TRUE;
  if (ava_realtime_turn_since_ms (self, self->voice_us) >= self->settings.end_ms)
    end_turn (self);
  else if (is_time_to_commit (self))
    commit (self);
}

/* Words too faint for the detector are committed all the same: the transcript decides. */
static void
step_faint (AvaRealtimeTurn *self)
{
  if (self->faint_ms == 0 || ava_realtime_turn_since_ms (self, self->chunk_us) < self->settings.normal_ms)
    return;
  if (self->faint_ms >= 2 * self->settings.least_ms && !self->playing) {
    self->speech_ms = self->faint_ms;
    self->undecided = TRUE;
    self->stopped_us = self->now_us;
    commit (self);
  }
  self->faint_ms = 0;
}

void
ava_realtime_turn_detect (AvaRealtimeTurn *self,
                          double           speech)
{
  guint needed_ms = ava_realtime_turn_is_ava_on (self) ? self->settings.barge_in_ms : self->settings.onset_ms;

  if (self->hearing) {
    step_hearing (self, speech >= SPEECH);
    return;
  }
  if (ava_realtime_turn_recent_speech_ms (self) >= needed_ms) {
    self->faint_ms = 0;
    ava_realtime_turn_begin_hearing (self);
    self->uncommitted = TRUE;
    return;
  }
  if (speech >= MAYBE)
    self->faint_ms += AVA_FRAME_MS;
  step_faint (self);
}
