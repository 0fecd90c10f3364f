/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-turn.h"

#include "ava-frame.h"

/*
 *  caller:    quiet --started--> hearing --stopped--> quiet, a turn to answer
 *                        |
 *  Ava speaks? --------- +--> FLUSH, alarm: --words--> SETTLE     --no words within a second--> RESUME
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
  .silence_ms = 8000,
  .music_ms = 40000,
};

#define SPEECH 0.5          /* probability from which it is speech */
#define MAYBE 0.2           /* probability from which it may be */
#define SURE_SPEECH_MS 400  /* of speech that needs no words to be believed */
#define MOST_PROMPTS 2      /* in a row; then goodbye */
#define MOST_WORDLESS 4     /* turns in a row without a word; then goodbye */
#define CALM_MS 300         /* more than ends a turn: the service may hear speech where we do not */
#define DEAF_MS 6000        /* of silence after which a service that still hears the caller is not believed */
#define ACTIVE_US (5 * G_USEC_PER_SEC)  /* after which a response that nobody saw begin is believed over */

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

static void
todo (AvaRealtimeTurn *self,
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

static gint64
since_ms (AvaRealtimeTurn *self,
          gint64           then_us)
{
  return (self->now_us - then_us) / 1000;
}

static guint
recent_speech_ms (AvaRealtimeTurn *self)
{
  guint frames = self->settings.window_ms / AVA_FRAME_MS;
  guint32 mask = frames >= 32 ? G_MAXUINT32 : (1u << frames) - 1;

  return __builtin_popcount (self->history & mask) * AVA_FRAME_MS;
}

static void
stop_waiting (AvaRealtimeTurn *self)
{
  self->waiting_us = 0;
  self->retries = 0;
}

static void
wait_for_ava (AvaRealtimeTurn *self)
{
  self->waiting_us = self->now_us;
  self->retries = 0;
  self->filled = FALSE;
}

/* --- the arbiter --- */

/* At most one response at a time, and none while the caller speaks. */
static void
pump (AvaRealtimeTurn *self)
{
  if (!self->wanted || self->response != AVA_RESPONSE_NONE || self->hearing)
    return;
  self->wanted = FALSE;
  self->response = AVA_RESPONSE_ASKED;
  self->response_us = self->now_us;
  if (self->waiting_us == 0)
    wait_for_ava (self);
  todo (self, AVA_RT_DO_RESPOND);
}

/**
 * ava_realtime_turn_ask:
 *
 * A response is wanted: now, or after the one that is under way.
 */
void
ava_realtime_turn_ask (AvaRealtimeTurn *self)
{
  self->wanted = TRUE;
  pump (self);
}

/**
 * ava_realtime_turn_created:
 *
 * A response of the conversation has begun, whoever asked for it.
 */
void
ava_realtime_turn_created (AvaRealtimeTurn *self)
{
  self->response = AVA_RESPONSE_ACTIVE;
  self->response_us = self->now_us;
  if (self->waiting_us == 0 && !self->playing)
    wait_for_ava (self);
}

static void
settle (AvaRealtimeTurn *self)
{
  if (!self->alarm)
    return;
  self->alarm = FALSE;
  todo (self, AVA_RT_DO_SETTLE);
}

/**
 * ava_realtime_turn_audio:
 *
 * The first audio of a response is there. An answer settles whether there was something to answer.
 */
void
ava_realtime_turn_audio (AvaRealtimeTurn *self)
{
  if (ava_realtime_turn_doubts (self))
    return;
  settle (self);
  stop_waiting (self);
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

static void
try_again (AvaRealtimeTurn *self)
{
  if (self->retries++ > 0) {
    stop_waiting (self);
    todo (self, AVA_RT_DO_GIVE_UP);
    return;
  }
  self->response = AVA_RESPONSE_NONE;
  self->wanted = TRUE;
  pump (self);
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
  if (!answered && !cancelled && !self->wanted && !self->hearing && self->tools == 0) {
    if (self->waiting_us == 0)
      wait_for_ava (self);
    try_again (self);
    return;
  }
  pump (self);
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
  self->wanted = TRUE;
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
  self->alarm = FALSE;
}

void
ava_realtime_turn_tool_started (AvaRealtimeTurn *self)
{
  self->tools++;
  if (self->waiting_us == 0)
    wait_for_ava (self);
}

/**
 * ava_realtime_turn_tool_done:
 * @wants_answer: it was the last one of its response
 *
 * While the caller speaks whoever answers them answers this too.
 */
void
ava_realtime_turn_tool_done (AvaRealtimeTurn *self,
                             gboolean         wants_answer)
{
  self->tools -= MIN (self->tools, 1);
  if (self->waiting_us != 0)
    self->waiting_us = self->now_us;
  if (wants_answer && !(self->hearing && owners[self->mode].respond == AVA_TURN_OWNER_SERVICE))
    ava_realtime_turn_ask (self);
}

/* --- the caller --- */

static gboolean
is_ava_on (AvaRealtimeTurn *self)
{
  return self->playing || self->response != AVA_RESPONSE_NONE;
}

static void
begin_hearing (AvaRealtimeTurn *self)
{
  gboolean was_playing = self->playing;

  self->hearing = TRUE;
  self->undecided = FALSE;
  self->hearing_us = self->now_us;
  self->speech_ms = recent_speech_ms (self);
  self->prompts = 0;
  if (!is_ava_on (self)) {
    stop_waiting (self);
    return;
  }
  todo (self, AVA_RT_DO_FLUSH);
  self->alarm = was_playing && self->mode != AVA_TURN_MODE_PUSH_TO_TALK;
  if (self->response != AVA_RESPONSE_NONE && owners[self->mode].cancel != AVA_TURN_OWNER_SERVICE)
    todo (self, AVA_RT_DO_CANCEL);
  stop_waiting (self);
}

/* Their turn is over and is to be answered. */
static void
answer (AvaRealtimeTurn *self)
{
  self->undecided = FALSE;
  wait_for_ava (self);
  if (owners[self->mode].respond != AVA_TURN_OWNER_SERVICE)
    ava_realtime_turn_ask (self);
}

static void
resume (AvaRealtimeTurn *self)
{
  self->alarm = FALSE;
  self->hearing = FALSE;
  self->undecided = FALSE;
  stop_waiting (self);
  if (self->response == AVA_RESPONSE_ACTIVE)
    todo (self, AVA_RT_DO_CANCEL);
  todo (self, AVA_RT_DO_RESUME);
}

/**
 * ava_realtime_turn_started:
 *
 * The service hears the caller.
 */
void
ava_realtime_turn_started (AvaRealtimeTurn *self)
{
  if (owners[self->mode].commit == AVA_TURN_OWNER_SERVICE && !self->hearing)
    begin_hearing (self);
}

/**
 * ava_realtime_turn_stopped:
 *
 * The service heard the caller stop; it commits and answers by itself.
 */
void
ava_realtime_turn_stopped (AvaRealtimeTurn *self)
{
  if (owners[self->mode].commit != AVA_TURN_OWNER_SERVICE || !self->hearing)
    return;
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  answer (self);
}

/**
 * ava_realtime_turn_words:
 *
 * Words of the caller were understood.
 */
void
ava_realtime_turn_words (AvaRealtimeTurn *self)
{
  self->wordless = 0;
  self->hearing_us = self->now_us;
  self->prompts = 0;
  settle (self);
  if (self->undecided && !self->hearing)
    answer (self);
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
    todo (self, AVA_RT_DO_LEAVE);
  } else if (self->alarm && !self->hearing) {
    resume (self);
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
  begin_hearing (self);
  todo (self, AVA_RT_DO_CLEAR);
}

/**
 * ava_realtime_turn_release:
 *
 * Push to talk: what was said is to be answered.
 */
void
ava_realtime_turn_release (AvaRealtimeTurn *self)
{
  if (self->mode != AVA_TURN_MODE_PUSH_TO_TALK || !self->hearing)
    return;
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  if (since_ms (self, self->hearing_us) < self->settings.least_ms)
    return;
  todo (self, AVA_RT_DO_COMMIT);
  answer (self);
}

/* --- the client's own detector --- */

static void
commit (AvaRealtimeTurn *self)
{
  self->uncommitted = FALSE;
  self->faint_ms = 0;
  todo (self, AVA_RT_DO_COMMIT);
}

static void
end_turn (AvaRealtimeTurn *self)
{
  self->hearing = FALSE;
  self->stopped_us = self->now_us;
  self->history = 0;
  if (self->speech_ms < self->settings.least_ms) {
    self->uncommitted = FALSE;
    todo (self, AVA_RT_DO_CLEAR);
    if (self->alarm)
      resume (self);
    return;
  }
  if (self->uncommitted)
    commit (self);
  /* After a false start only words, or a lot of speech, are worth an answer. */
  if (self->alarm && self->speech_ms < SURE_SPEECH_MS) {
    self->undecided = TRUE;
    return;
  }
  settle (self);
  answer (self);
}

/* Twice as fast when the detector itself saw the caller stop (V-04). */
static gboolean
is_time_to_commit (AvaRealtimeTurn *self)
{
  return self->uncommitted && self->speech_ms >= self->settings.least_ms &&
         (since_ms (self, self->voice_us) >= self->settings.fast_ms ||
          since_ms (self, self->chunk_us) >= self->settings.normal_ms);
}

static void
step_hearing (AvaRealtimeTurn *self,
              gboolean         is_speech)
{
  if (is_speech)
    self->uncommitted = TRUE;
  if (since_ms (self, self->voice_us) >= self->settings.end_ms)
    end_turn (self);
  else if (is_time_to_commit (self))
    commit (self);
}

/* Words too faint for the detector are committed all the same: the transcript decides. */
static void
step_faint (AvaRealtimeTurn *self)
{
  if (self->faint_ms == 0 || since_ms (self, self->chunk_us) < self->settings.normal_ms)
    return;
  if (self->faint_ms >= 2 * self->settings.least_ms && !self->playing) {
    self->speech_ms = self->faint_ms;
    self->undecided = TRUE;
    self->stopped_us = self->now_us;
    commit (self);
  }
  self->faint_ms = 0;
}

static void
step_client (AvaRealtimeTurn *self,
             double           speech)
{
  guint needed_ms = is_ava_on (self) ? self->settings.barge_in_ms : self->settings.onset_ms;

  if (self->hearing) {
    step_hearing (self, speech >= SPEECH);
    return;
  }
  if (recent_speech_ms (self) >= needed_ms) {
    self->faint_ms = 0;
    begin_hearing (self);
    self->uncommitted = TRUE;
    return;
  }
  if (speech >= MAYBE)
    self->faint_ms += AVA_FRAME_MS;
  step_faint (self);
}

/* --- time --- */

/* Nobody has said a word after Ava was cut short. */
static void
step_alarm (AvaRealtimeTurn *self)
{
  gboolean phantom = self->hearing && self->speech_ms < self->settings.barge_in_ms &&
                     since_ms (self, MAX (self->voice_us, self->hearing_us)) >= self->settings.alarm_ms;

  if (self->mode == AVA_TURN_MODE_PUSH_TO_TALK)
    return;
  if (self->hearing && !phantom)
    return;
  if (!phantom && since_ms (self, self->stopped_us) < self->settings.alarm_ms)
    return;
  if (self->alarm && self->response == AVA_RESPONSE_ACTIVE && !self->hearing) {
    settle (self);
    stop_waiting (self);
  } else if (self->alarm) {
    resume (self);
  } else if (self->undecided) {
    self->undecided = FALSE;
  }
}

/* A response has begun, or was asked for so lately that it still may. */
static gboolean
is_under_way (AvaRealtimeTurn *self)
{
  return self->response == AVA_RESPONSE_ACTIVE ||
         (self->response == AVA_RESPONSE_ASKED && since_ms (self, self->response_us) < self->settings.retry_ms);
}

static void
step_waiting (AvaRealtimeTurn *self)
{
  gint64 waited_ms = since_ms (self, self->waiting_us);

  if (waited_ms >= self->settings.filler_ms && !self->filled && !self->alarm) {
    self->filled = TRUE;
    todo (self, AVA_RT_DO_FILLER);
  }
  if (self->tools > 0)
    return;
  if (waited_ms >= self->settings.give_up_ms) {
    stop_waiting (self);
    todo (self, AVA_RT_DO_GIVE_UP);
  } else if (waited_ms >= self->settings.retry_ms && self->retries == 0 && !is_under_way (self)) {
    try_again (self);
  }
}

/* A response whose end was never told does not block the call for ever. */
static void
step_response (AvaRealtimeTurn *self)
{
  if (self->response != AVA_RESPONSE_NONE && self->wanted && self->now_us - self->response_us > ACTIVE_US) {
    self->response = AVA_RESPONSE_NONE;
    pump (self);
  }
}

static void
step_silence (AvaRealtimeTurn *self)
{
  if (self->hearing && since_ms (self, self->hearing_us) >= self->settings.music_ms) {
    self->hearing_us = self->now_us;
    self->hearing = FALSE;
    todo (self, AVA_RT_DO_LEAVE);
  }
  if (self->hearing || is_ava_on (self) || self->waiting_us != 0 || self->tools > 0) {
    self->quiet_us = MAX (self->quiet_us, self->now_us);
    return;
  }
  if (since_ms (self, self->quiet_us) < self->settings.silence_ms)
    return;
  self->quiet_us = self->now_us;
  todo (self, ++self->prompts > MOST_PROMPTS ? AVA_RT_DO_LEAVE : AVA_RT_DO_PROMPT);
}

/**
 * ava_realtime_turn_step:
 * @speech: probability that the next 20 ms of the caller hold speech, 0..1
 * @playing: whether audio of Ava is being heard or waits to be
 */
void
ava_realtime_turn_step (AvaRealtimeTurn *self,
                        double           speech,
                        gboolean         playing)
{
  gboolean is_speech = speech >= SPEECH;

  self->now_us += AVA_FRAME_MS * 1000;
  self->playing = playing;
  self->history = self->history << 1 | is_speech;
  if (speech >= MAYBE)
    self->chunk_us = self->now_us;
  if (is_speech) {
    self->voice_us = self->now_us;
    if (self->hearing || self->alarm)
      self->speech_ms += AVA_FRAME_MS;
  }
  if (self->mode == AVA_TURN_MODE_CLIENT_VAD)
    step_client (self, speech);
  if (self->alarm || self->undecided)
    step_alarm (self);
  step_response (self);
  if (since_ms (self, MAX (self->voice_us, self->hearing_us)) >= DEAF_MS)
    ava_realtime_turn_stopped (self);
  if (self->waiting_us != 0)
    step_waiting (self);
  step_silence (self);
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
  self->quiet_us = MAX (self->quiet_us, self->now_us);
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
  return !self->hearing && !is_ava_on (self) && !self->alarm && !self->undecided && self->waiting_us == 0 &&
         self->tools == 0 && !self->wanted;
}

/**
 * ava_realtime_turn_is_calm:
 * @speech: probability that the frame to come holds speech
 *
 * Returns: whether nobody has spoken for longer than ends a turn: nothing is waited for in this frame
 */
gboolean
ava_realtime_turn_is_calm (AvaRealtimeTurn *self,
                           double           speech)
{
  return speech < MAYBE && !self->hearing && since_ms (self, self->chunk_us) > (gint64) self->settings.end_ms + CALM_MS;
}
