/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-local-agent.h"

#include "ava-dialogue-follow.h"
#include "ava-ear.h"
#include "ava-id.h"
#include "ava-turn-taker.h"
#include "ava-voice.h"
#include "ava-wording.h"

/*
 *  frames --> AvaTurnTaker --commit--> AvaEar --words--> AvaDialogue --reply--> AvaVoice --> audio
 *                  |                                        |   ^
 *                  +--barge-in--> AvaVoice, flush      tool calls, results
 *
 * A commit is answered once. If the caller goes on before anything irrevocable was done, the
 * dialogue is put back to where it was (it is pure) and the utterance continues.
 */

#define INTERIM_EVERY_US (600 * 1000)      /* [us] between looks at an unfinished utterance */
#define INTERIM_LONGEST_MS 9000            /* [ms] beyond which it is not looked at any more */
#define SURE_RED_FLAG 0.5                  /* confidence at which unfinished words stop everything */
#define SURE_SPEECH_MS 400                 /* [ms] of speech below which no words means no speech */
#define MOST_FRUITLESS 10                  /* answers in a row that bring nothing new */
#define WAIT_MS 20000                      /* [ms] of extra patience when asked for a moment */

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

static void agent_iface_init (AvaAgentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaLocalAgent, ava_local_agent, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_AGENT, agent_iface_init))

static void apply_turn (AvaLocalAgent *self, AvaDialogueTurn *turn);

static void
emit_event (AvaLocalAgent *self,
            const char    *kind,
            JsonObject    *data)
{
  g_signal_emit_by_name (self, "event", kind, data);
  json_object_unref (data);
}

static void
emit_simple_event (AvaLocalAgent *self,
                   const char    *kind)
{
  emit_event (self, kind, json_object_new ());
}

static void
update_state (AvaLocalAgent *self)
{
  static const AvaAgentState states[] = {
    [AVA_PHASE_LISTENING] = AVA_AGENT_LISTENING,
    [AVA_PHASE_HEARING] = AVA_AGENT_HEARING,
    [AVA_PHASE_THINKING] = AVA_AGENT_THINKING,
    [AVA_PHASE_SPEAKING] = AVA_AGENT_SPEAKING,
  };
  AvaAgentState state = self->stopped ? AVA_AGENT_ENDED : states[self->turn.phase];

  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit_by_name (self, "state", (int) state);
}

static AvaTranscriptItem *
add_item (AvaLocalAgent *self,
          AvaRole        role,
          gint64         start_us)
{
  g_autofree char *id = g_strdup_printf ("item-%04u", ++self->items);
  AvaTranscriptItem *item = ava_transcript_item_new (id, self->last_item_id, role, "local");

  item->start_us = start_us;
  g_free (self->last_item_id);
  self->last_item_id = g_steal_pointer (&id);
  g_signal_emit_by_name (self, "item", item);
  return item;
}

/* Says @text; an @answer gives the turn to Ava, a filler does not. */
static void
speak (AvaLocalAgent *self,
       const char    *text,
       gboolean       answer)
{
  g_autoptr (AvaTranscriptItem) item = NULL;

  if (self->muted)
    return;
  item = add_item (self, AVA_ROLE_AVA, self->now_us);
  /* A filler asks nothing: nobody who reads along may take it for the question. */
  g_signal_emit_by_name (self, "caption", text,
                         ava_expect_to_string (answer ? self->expect : AVA_EXPECT_NOTHING));
  ava_voice_speak (self->voice, item, text);
  if (answer)
    ava_turn_taker_reply (&self->turn);
}

static gboolean
is_write (AvaToolCall *call)
{
  return call->key != NULL;
}

static void
run_next_tool (AvaLocalAgent *self)
{
  AvaToolCall *call = g_queue_peek_head (&self->tool_calls);

  if (call == NULL || self->running)
    return;
  self->running = TRUE;
  self->writing = is_write (call);
  if (self->writing)
    ava_turn_taker_commit_write (&self->turn);
  if (self->pacer != NULL)
    ava_pacer_hold (self->pacer, CLOCK_PROCESS_CPUTIME_ID);
  g_signal_emit_by_name (self, "tool-call", call);
}

static void
set_expect (AvaLocalAgent *self,
            AvaExpect      expect)
{
  static const guint patience_ms[AVA_EXPECT_N] = {
    [AVA_EXPECT_OPEN] = 700, [AVA_EXPECT_YES_NO] = 560, [AVA_EXPECT_NAME] = 700,
    [AVA_EXPECT_SPELL] = 1000, [AVA_EXPECT_SPELL_LAST] = 1000, [AVA_EXPECT_LETTERS] = 1000,
    [AVA_EXPECT_PHONE] = 1000, [AVA_EXPECT_DIGITS] = 900,
    [AVA_EXPECT_EMAIL] = 1000, [AVA_EXPECT_MESSAGE] = 1200,
  };

  self->expect = expect;
  ava_turn_taker_set_patience (&self->turn, patience_ms[expect] != 0 ? patience_ms[expect] : 640);
}

static void
note_turn (AvaLocalAgent   *self,
           AvaDialogueTurn *turn)
{
  JsonObject *data = json_object_new ();
  JsonArray *acts = json_array_new ();

  for (guint i = 0; turn->acts != NULL && turn->acts[i] != NULL; i++)
    json_array_add_string_element (acts, turn->acts[i]);
  json_object_set_string_member (data, "intent", ava_intent_to_string (turn->intent));
  json_object_set_string_member (data, "expect", ava_expect_to_string (turn->expect));
  json_object_set_array_member (data, "acts", acts);
  if (turn->outcome != NULL)
    json_object_set_string_member (data, "outcome", turn->outcome);
  emit_event (self, "turn", data);
}

static void
say_reply (AvaLocalAgent   *self,
           AvaDialogueTurn *turn)
{
  gboolean answer = g_queue_is_empty (&self->tool_calls);

  if (answer && self->turn.phase == AVA_PHASE_HEARING) {
    /* The caller speaks: what they say decides whether this is still worth saying. */
    g_free (self->held_reply);
    self->held_reply = g_strdup (turn->reply);
    return;
  }
  speak (self, turn->reply, answer);
}

static void
apply_turn (AvaLocalAgent   *self,
            AvaDialogueTurn *turn)
{
  note_turn (self, turn);
  set_expect (self, turn->expect);
  ava_dialogue_fill_card (self->dialogue, self->card);
  if (turn->outcome != NULL)
    self->outcome = turn->outcome;
  for (guint i = 0; i < turn->tool_calls->len; i++)
    g_queue_push_tail (&self->tool_calls, g_object_ref (turn->tool_calls->pdata[i]));
  if (turn->safety_stop)
    emit_simple_event (self, "safety-stop");
  if (turn->wants_person)
    emit_simple_event (self, "wants-person");
  if (turn->ends_call)
    self->ending = TRUE;
  if (turn->intent == AVA_INTENT_WAIT)
    ava_turn_taker_wait (&self->turn, WAIT_MS);

  if (turn->reply != NULL && *turn->reply != '\0')
    say_reply (self, turn);
  else if (g_queue_is_empty (&self->tool_calls) && self->turn.phase == AVA_PHASE_THINKING)
    ava_turn_taker_settle (&self->turn);
  run_next_tool (self);
}

/* Nobody said anything after all: Ava goes on where she stopped, or listens again. */
static void
go_on (AvaLocalAgent *self)
{
  g_autofree char *held = g_steal_pointer (&self->held_reply);

  if (self->barged_in && ava_voice_resume (self->voice)) {
    emit_simple_event (self, "resume");
    ava_turn_taker_reply (&self->turn);
  } else if (held != NULL) {
    speak (self, held, TRUE);
  } else if (self->turn.phase == AVA_PHASE_THINKING && g_queue_is_empty (&self->tool_calls)) {
    ava_turn_taker_settle (&self->turn);
  }
  self->barged_in = FALSE;
}

static void
show_words (AvaLocalAgent *self,
            AvaHypothesis *hypothesis,
            gboolean       final)
{
  if (self->caller_item == NULL)
    self->caller_item = add_item (self, AVA_ROLE_CALLER, self->utterance_us);
  self->caller_item->end_us = self->turn.last_speech_us;
  self->caller_item->heard_ms = MAX (0, self->caller_item->end_us - self->utterance_us) / 1000;
  self->caller_item->confidence = hypothesis->confidence;
  ava_transcript_item_set_text (self->caller_item, hypothesis->text, !final);
  if (final)
    g_clear_object (&self->caller_item);
}

static void
on_card_changed (AvaLocalAgent *self)
{
  self->fruitless = 0;
}

/* A call that goes nowhere ends with a call-back, not never. */
static gboolean
give_up (AvaLocalAgent *self)
{
  if (++self->fruitless <= MOST_FRUITLESS || self->writing)
    return FALSE;
  emit_simple_event (self, "fruitless");
  self->expect = AVA_EXPECT_NOTHING;
  self->outcome = self->outcome != NULL ? self->outcome : "callback";
  self->ending = TRUE;
  speak (self, "I'm sorry, I cannot get any further this way. Someone from our team will call you back. Goodbye.", TRUE);
  return TRUE;
}

static void
answer (AvaLocalAgent *self,
        AvaHypothesis *hypothesis)
{
  g_autoptr (AvaDialogueTurn) turn = NULL;
  AvaUtterance utterance = {
    .text = hypothesis->text,
    .confidence = hypothesis->confidence,
    .now_us = ava_clock_now_us (self->clock),
  };

  g_clear_pointer (&self->held_reply, g_free);
  self->barged_in = FALSE;
  ava_voice_forget (self->voice);
  if (self->muted) {
    ava_turn_taker_settle (&self->turn);
    return;
  }
  if (give_up (self))
    return;
  g_clear_pointer (&self->before, ava_dialogue_free);
  self->before = ava_dialogue_copy (self->dialogue);
  turn = ava_dialogue_hear (self->dialogue, &utterance);
  apply_turn (self, turn);
}

static void
on_heard (AvaLocalAgent *self,
          AvaHypothesis *hypothesis,
          gboolean       final)
{
  AvaHypothesis nothing = { .text = (char *) "", .confidence = 0 };

  if (hypothesis == NULL)
    hypothesis = &nothing;
  if (!final) {
    if (*hypothesis->text == '\0')
      return;
    show_words (self, hypothesis, FALSE);
    if (hypothesis->confidence < SURE_RED_FLAG ||
        ava_dialogue_find_red_flag (hypothesis->text) == NULL)
      return;
    emit_simple_event (self, "red-flag-on-partial");
    ava_ear_close (self->ear);
  }
  if (*hypothesis->text == '\0' && (self->barged_in || self->held_reply != NULL ||
                                    self->turn.speech_ms < SURE_SPEECH_MS)) {
    g_clear_object (&self->caller_item);
    go_on (self);
    return;
  }
  if (*hypothesis->text != '\0')
    show_words (self, hypothesis, TRUE);
  g_clear_object (&self->caller_item);
  answer (self, hypothesis);
}

static void
begin_utterance (AvaLocalAgent *self)
{
  self->utterance_us = MAX (0, self->now_us - self->turn.settings.window_ms * 1000);
  self->interim_us = self->now_us;
  self->speech_end_us = 0;
  ava_ear_cancel (self->ear);
  ava_ear_begin (self->ear);
}

static void
barge_in (AvaLocalAgent *self)
{
  JsonObject *data = json_object_new ();

  self->barged_in = TRUE;
  self->ending = FALSE;
  self->barge_in_us = self->now_us;
  ava_voice_interrupt (self->voice, self->now_us);
  g_signal_emit_by_name (self, "flush");
  json_object_set_int_member (data, "at_us", self->now_us);
  emit_event (self, "barge-in", data);
  begin_utterance (self);
}

/* A read that runs goes on to its end, but its answer is not wanted any more. */
static void
abandon_tools (AvaLocalAgent *self)
{
  while (g_queue_get_length (&self->tool_calls) > (self->running ? 1 : 0))
    g_object_unref (g_queue_pop_tail (&self->tool_calls));
  self->abandoned = self->running;
}

static void
withdraw (AvaLocalAgent *self)
{
  emit_simple_event (self, "withdraw");
  self->speech_end_us = 0;
  self->interim_us = self->now_us;
  if (self->before != NULL) {
    g_clear_pointer (&self->dialogue, ava_dialogue_free);
    self->dialogue = g_steal_pointer (&self->before);
    set_expect (self, ava_dialogue_get_expect (self->dialogue));
    ava_dialogue_fill_card (self->dialogue, self->card);
  }
  abandon_tools (self);
  if (ava_voice_is_busy (self->voice)) {
    ava_voice_interrupt (self->voice, self->now_us);
    g_signal_emit_by_name (self, "flush");
  }
  ava_ear_reopen (self->ear);
}

static void
commit (AvaLocalAgent *self)
{
  ava_ear_close (self->ear);
  self->speech_end_us = self->turn.last_speech_us;
  ava_ear_recognize (self->ear, ava_expect_to_string (self->expect), TRUE);
}

static void
say_filler (AvaLocalAgent *self)
{
  static const char *const fillers[] = {
    "One moment, please.", "Let me see.", "Just a second.",
  };

  emit_simple_event (self, "filler");
  if (!ava_voice_is_busy (self->voice))
    speak (self, fillers[self->fillers++ % G_N_ELEMENTS (fillers)], FALSE);
}

static void
say_stalled (AvaLocalAgent *self)
{
  emit_simple_event (self, "stalled");
  if (self->writing) {
    speak (self, "I am still working on that, thank you for your patience.", FALSE);
    return;
  }
  ava_ear_cancel (self->ear);
  abandon_tools (self);
  speak (self, "I'm sorry, that is taking me too long. Could you say that once more?", TRUE);
}

static void
prompt (AvaLocalAgent *self)
{
  g_autoptr (AvaDialogueTurn) turn = NULL;

  if (self->muted)
    return;
  turn = ava_dialogue_silence (self->dialogue, self->turn.prompts,
                               ava_clock_now_us (self->clock));
  apply_turn (self, turn);
}

static void
look_at_unfinished (AvaLocalAgent *self)
{
  if (self->turn.phase != AVA_PHASE_HEARING || ava_ear_is_recognizing (self->ear) ||
      self->now_us - self->interim_us < INTERIM_EVERY_US ||
      ava_ear_get_length_ms (self->ear) > INTERIM_LONGEST_MS)
    return;
  self->interim_us = self->now_us;
  ava_ear_recognize (self->ear, ava_expect_to_string (self->expect), FALSE);
}

static void
act (AvaLocalAgent *self,
     AvaTurnAction  action)
{
  switch (action) {
  case AVA_TURN_STARTED:
    begin_utterance (self);
    break;
  case AVA_TURN_COMMIT:
    commit (self);
    break;
  case AVA_TURN_DISCARD:
    ava_ear_cancel (self->ear);
    ava_ear_close (self->ear);
    g_clear_object (&self->caller_item);
    go_on (self);
    break;
  case AVA_TURN_BARGE_IN:
    barge_in (self);
    break;
  case AVA_TURN_WITHDRAW:
    withdraw (self);
    break;
  case AVA_TURN_SILENCE:
    prompt (self);
    break;
  case AVA_TURN_FILLER:
    say_filler (self);
    break;
  case AVA_TURN_STALLED:
    say_stalled (self);
    break;
  case AVA_TURN_NONE:
  default:
    look_at_unfinished (self);
    break;
  }
}

static void
note_timing (AvaLocalAgent *self,
             gint64         played,
             gint64         queued)
{
  JsonObject *data;

  if (self->barge_in_us != 0 && queued == 0) {
    data = json_object_new ();
    json_object_set_int_member (data, "barge_in_us", self->barge_in_us);
    json_object_set_int_member (data, "silence_us", self->now_us);
    emit_event (self, "silenced", data);
    self->barge_in_us = 0;
  }
  if (self->speech_end_us != 0 && played > self->played) {
    data = json_object_new ();
    json_object_set_int_member (data, "speech_end_us", self->speech_end_us);
    json_object_set_int_member (data, "first_audio_us", self->now_us);
    emit_event (self, "answered", data);
    self->speech_end_us = 0;
  }
  self->played = played;
}

static void
finish_if_done (AvaLocalAgent *self,
                gint64         queued)
{
  if (!self->ending || self->stopped || queued > 0 || ava_voice_is_busy (self->voice) ||
      !g_queue_is_empty (&self->tool_calls))
    return;
  self->ending = FALSE;
  g_signal_emit_by_name (self, "finished", self->outcome != NULL ? self->outcome : "answered");
}

static void
local_agent_hear (AvaAgent       *agent,
                  const AvaFrame *frame,
                  double          speech,
                  gint64          played,
                  gint64          queued)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);
  AvaTurnAction action;

  if (self->stopped)
    return;
  self->now_us = frame->time_us;
  ava_voice_hear (self->voice, played, queued, self->now_us);
  note_timing (self, played, queued);
  ava_ear_push (self->ear, frame);

  self->turn.now_us = frame->time_us - AVA_FRAME_MS * 1000;
  action = ava_turn_taker_step (&self->turn, speech, queued > 0 || ava_voice_is_busy (self->voice));
  act (self, action);
  update_state (self);
  finish_if_done (self, queued);
}

static void
greet (AvaLocalAgent *self)
{
  g_autoptr (AvaDialogueTurn) turn = NULL;

  turn = ava_dialogue_greet (self->dialogue, ava_clock_now_us (self->clock));
  ava_turn_taker_settle (&self->turn);
  apply_turn (self, turn);
  update_state (self);
}

static void
local_agent_start (AvaAgent *agent)
{
  greet (AVA_LOCAL_AGENT (agent));
}

static void
local_agent_tool_done (AvaAgent    *agent,
                       AvaToolCall *call)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);
  g_autoptr (AvaToolCall) head = NULL;
  g_autoptr (AvaDialogueTurn) turn = NULL;
  gboolean abandoned;

  if (g_queue_peek_head (&self->tool_calls) != call)
    return;
  head = g_queue_pop_head (&self->tool_calls);
  abandoned = self->abandoned;
  self->running = self->writing = self->abandoned = FALSE;
  if (self->pacer != NULL)
    ava_pacer_release (self->pacer, CLOCK_PROCESS_CPUTIME_ID);
  if (self->stopped)
    return;
  if (abandoned) {
    run_next_tool (self);
    return;
  }
  turn = ava_dialogue_tool_done (self->dialogue, call, ava_clock_now_us (self->clock));
  apply_turn (self, turn);
  update_state (self);
}

static void
silence (AvaLocalAgent *self)
{
  if (!ava_voice_is_busy (self->voice))
    return;
  ava_voice_interrupt (self->voice, self->now_us);
  ava_voice_forget (self->voice);
  g_signal_emit_by_name (self, "flush");
}

static void
local_agent_set_muted (AvaAgent *agent,
                       gboolean  muted)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);

  if (self->muted == muted)
    return;
  self->muted = muted;
  emit_simple_event (self, muted ? "muted" : "unmuted");
  if (muted)
    silence (self);
}

static void
steer_copy (AvaLocalAgent *self,
            AvaDialogue   *copy,
            const char    *words)
{
  if (copy != NULL)
    ava_dialogue_turn_free (ava_dialogue_steer (copy, words, ava_clock_now_us (self->clock)));
}

static void
local_agent_steer (AvaAgent   *agent,
                   const char *words)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);
  g_autoptr (AvaDialogueTurn) turn = NULL;
  g_autoptr (AvaTranscriptItem) item = add_item (self, AVA_ROLE_STAFF, self->now_us);

  item->end_us = self->now_us;
  ava_transcript_item_set_text (item, words, FALSE);
  turn = ava_dialogue_steer (self->dialogue, words, ava_clock_now_us (self->clock));
  note_turn (self, turn);
  /* The copies follow too: it outlives an utterance that is taken back, and a new greeting. */
  steer_copy (self, self->fresh, words);
  steer_copy (self, self->before, words);
}

static void
local_agent_restart_greeting (AvaAgent *agent)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);

  silence (self);
  ava_ear_cancel (self->ear);
  ava_ear_close (self->ear);
  g_clear_object (&self->caller_item);
  g_clear_pointer (&self->held_reply, g_free);
  self->ending = FALSE;
  abandon_tools (self);
  g_clear_pointer (&self->before, ava_dialogue_free);
  ava_dialogue_free (self->dialogue);
  self->dialogue = ava_dialogue_copy (self->fresh);
  emit_simple_event (self, "greeting-restarted");
  greet (self);
}

/* The copies follow too: a settings change is not taken back with an utterance. */
static void
local_agent_set_spa (AvaAgent *agent,
                     AvaSpa   *spa)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);

  g_set_object (&self->spa, spa);
  ava_dialogue_set_spa (self->dialogue, spa);
  ava_dialogue_set_spa (self->fresh, spa);
  if (self->before != NULL)
    ava_dialogue_set_spa (self->before, spa);
}

static void
local_agent_stop (AvaAgent *agent)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (agent);

  if (self->stopped)
    return;
  ava_voice_interrupt (self->voice, self->now_us);
  ava_ear_cancel (self->ear);
  self->stopped = TRUE;
  update_state (self);
}

static AvaBookingCard *
local_agent_get_card (AvaAgent *agent)
{
  return AVA_LOCAL_AGENT (agent)->card;
}

static void
agent_iface_init (AvaAgentInterface *iface)
{
  iface->start = local_agent_start;
  iface->hear = local_agent_hear;
  iface->tool_done = local_agent_tool_done;
  iface->set_muted = local_agent_set_muted;
  iface->steer = local_agent_steer;
  iface->restart_greeting = local_agent_restart_greeting;
  iface->set_spa = local_agent_set_spa;
  iface->stop = local_agent_stop;
  iface->get_card = local_agent_get_card;
}

static void
ava_local_agent_dispose (GObject *object)
{
  AvaLocalAgent *self = AVA_LOCAL_AGENT (object);

  if (self->running && self->pacer != NULL)
    ava_pacer_release (self->pacer, CLOCK_PROCESS_CPUTIME_ID);
  self->running = FALSE;
  g_queue_clear_full (&self->tool_calls, g_object_unref);
  g_clear_object (&self->ear);
  g_clear_object (&self->voice);
  g_clear_object (&self->synthesizer);
  g_clear_object (&self->pacer);
  g_clear_object (&self->clock);
  g_clear_object (&self->spa);
  g_clear_object (&self->caller_item);
  g_clear_object (&self->card);
  g_clear_pointer (&self->dialogue, ava_dialogue_free);
  g_clear_pointer (&self->fresh, ava_dialogue_free);
  g_clear_pointer (&self->before, ava_dialogue_free);
  g_clear_pointer (&self->last_item_id, g_free);
  g_clear_pointer (&self->held_reply, g_free);

  G_OBJECT_CLASS (ava_local_agent_parent_class)->dispose (object);
}

static void
ava_local_agent_class_init (AvaLocalAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_local_agent_dispose;
}

static void
ava_local_agent_init (AvaLocalAgent *self)
{
  g_queue_init (&self->tool_calls);
  ava_turn_taker_init (&self->turn, &ava_turn_defaults);
}

static void
on_audio (AvaLocalAgent *self,
          gint16        *pcm,
          guint          n_samples)
{
  if (!self->stopped)
    g_signal_emit_by_name (self, "audio", pcm, n_samples);
}

static void
on_voice_failed (AvaLocalAgent *self,
                 const char    *words)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "words", words);
  emit_event (self, "trouble", data);
}

/**
 * ava_local_agent_new:
 * @caller: what the line knows of the caller, copied
 * @card: filled as the booking is understood
 * @recognizer: with a grammar set for each AvaExpect, by its name
 * @pacer: (nullable): held while this machine thinks
 *
 * Returns: (transfer full): an agent that has not yet answered
 */
AvaAgent *
ava_local_agent_new (AvaSpa                  *spa,
                     const AvaDialogueCaller *caller,
                     AvaBookingCard          *card,
                     AvaClock                *clock,
                     AvaRecognizer           *recognizer,
                     AvaSynthesizer          *synthesizer,
                     AvaPacer                *pacer)
{
  AvaLocalAgent *self = g_object_new (AVA_TYPE_LOCAL_AGENT, NULL);

  self->spa = g_object_ref (spa);
  self->card = g_object_ref (card);
  self->clock = g_object_ref (clock);
  self->synthesizer = g_object_ref (synthesizer);
  g_set_object (&self->pacer, pacer);
  self->dialogue = ava_dialogue_new (spa, caller);
  self->fresh = ava_dialogue_copy (self->dialogue);
  self->ear = ava_ear_new (recognizer, pacer);
  self->voice = ava_voice_new (synthesizer, pacer);
  g_signal_connect_object (card, "changed", G_CALLBACK (on_card_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ear, "heard", G_CALLBACK (on_heard), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->voice, "audio", G_CALLBACK (on_audio), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->voice, "failed", G_CALLBACK (on_voice_failed), self,
                           G_CONNECT_SWAPPED);
  return AVA_AGENT (self);
}

static void
adopt_tool (AvaLocalAgent *self,
            AvaToolCall   *call)
{
  ava_dialogue_await (self->dialogue, call);
  g_queue_push_tail (&self->tool_calls, g_object_ref (call));
  self->running = TRUE;
  self->writing = is_write (call);
  if (self->pacer != NULL)
    ava_pacer_hold (self->pacer, CLOCK_PROCESS_CPUTIME_ID);
}

static void
take_up (AvaLocalAgent *self,
         const char    *bridge)
{
  g_autoptr (AvaDialogueTurn) turn = ava_dialogue_take_up (self->dialogue, ava_clock_now_us (self->clock));
  g_autofree char *reply = g_steal_pointer (&turn->reply);

  turn->reply = reply != NULL ? g_strdup_printf ("%s %s", bridge, reply) : g_strdup (bridge);
  apply_turn (self, turn);
}

/**
 * ava_local_agent_take_over:
 * @dialogue: (transfer full): all that is known of the conversation
 * @last_item_id: (nullable): of the transcript's last row
 * @unanswered: (nullable): what the caller has said and nobody has answered
 * @running: (nullable): a tool call whose result will come to ava_agent_tool_done()
 * @hearing: the caller is speaking: their frames follow
 * @now_us: [us] since the call began
 *
 * Goes on with a call that somebody else has led so far (MS-4): at once with a few words, then with what is open.
 */
void
ava_local_agent_take_over (AvaLocalAgent *self,
                           AvaDialogue   *dialogue,
                           const char    *last_item_id,
                           const char    *unanswered,
                           AvaToolCall   *running,
                           gboolean       hearing,
                           gint64         now_us)
{
  g_autofree char *bridge = ava_wording_say (AVA_SAY_BRIDGE, 0, NULL);
  AvaHypothesis hypothesis = { .text = (char *) unanswered, .confidence = 1 };

  self->now_us = now_us;
  ava_dialogue_free (self->dialogue);
  self->dialogue = dialogue;
  g_free (self->last_item_id);
  self->last_item_id = g_strdup (last_item_id);
  ava_dialogue_fill_card (self->dialogue, self->card);
  set_expect (self, ava_dialogue_get_expect (self->dialogue));
  if (running != NULL)
    adopt_tool (self, running);
  if (running == NULL && unanswered == NULL && !hearing) {
    take_up (self, bridge);
  } else {
    speak (self, bridge, FALSE);
    if (running == NULL && unanswered != NULL)
      answer (self, &hypothesis);
  }
  update_state (self);
}
