/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-local-agent-private.h"

#include "ava-id.h"
#include "ava-wording.h"

/* One turn of the conversation after the other: what is heard, understood, done and said. */

#define INTERIM_EVERY_US (600 * 1000)      /* [us] between looks at an unfinished utterance */
#define INTERIM_LONGEST_MS 9000            /* [ms] beyond which it is not looked at any more */
#define SURE_RED_FLAG 0.5                  /* confidence at which unfinished words stop everything */
#define SURE_SPEECH_MS 400                 /* [ms] of speech below which no words means no speech */
#define MOST_FRUITLESS 10                  /* answers in a row that bring nothing new */
#define WAIT_MS 20000                      /* [ms] of extra patience when asked for a moment */

void
ava_local_agent_emit_event (AvaLocalAgent *self,
                            const char    *kind,
                            JsonObject    *data)
{
  g_signal_emit_by_name (self, "event", kind, data);
  json_object_unref (data);
}

void
ava_local_agent_emit_simple_event (AvaLocalAgent *self,
                                   const char    *kind)
{
  ava_local_agent_emit_event (self, kind, json_object_new ());
}

void
ava_local_agent_update_state (AvaLocalAgent *self)
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

AvaTranscriptItem *
ava_local_agent_add_item (AvaLocalAgent *self,
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
void
ava_local_agent_speak (AvaLocalAgent *self,
                       const char    *text,
                       gboolean       answer)
{
  g_autoptr (AvaTranscriptItem) item = NULL;

  if (self->muted)
    return;
  item = ava_local_agent_add_item (self, AVA_ROLE_AVA, self->now_us);
  /* A filler asks nothing: nobody who reads along may take it for the question. */
  g_signal_emit_by_name (self, "caption", text,
                         ava_expect_to_string (answer ? self->expect : AVA_EXPECT_NOTHING));
  ava_voice_speak (self->voice, item, text);
  if (answer)
    ava_turn_taker_reply (&self->turn);
}

gboolean
ava_local_agent_is_write (AvaToolCall *call)
{
  return call->key != NULL;
}

void
ava_local_agent_run_next_tool (AvaLocalAgent *self)
{
  AvaToolCall *call = g_queue_peek_head (&self->tool_calls);

  if (call == NULL || self->running)
    return;
  self->running = TRUE;
  self->writing = ava_local_agent_is_write (call);
  if (self->writing)
    ava_turn_taker_commit_write (&self->turn);
  if (self->pacer != NULL)
    ava_pacer_hold (self->pacer, CLOCK_PROCESS_CPUTIME_ID);
  g_signal_emit_by_name (self, "tool-call", call);
}

void
ava_local_agent_set_expect (AvaLocalAgent *self,
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

void
ava_local_agent_note_turn (AvaLocalAgent   *self,
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
  ava_local_agent_emit_event (self, "turn", data);
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
  ava_local_agent_speak (self, turn->reply, answer);
}

void
ava_local_agent_apply_turn (AvaLocalAgent   *self,
                            AvaDialogueTurn *turn)
{
  ava_local_agent_note_turn (self, turn);
  ava_local_agent_set_expect (self, turn->expect);
  ava_dialogue_fill_card (self->dialogue, self->card);
  if (turn->outcome != NULL)
    self->outcome = turn->outcome;
  for (guint i = 0; i < turn->tool_calls->len; i++)
    g_queue_push_tail (&self->tool_calls, g_object_ref (turn->tool_calls->pdata[i]));
  if (turn->safety_stop)
    ava_local_agent_emit_simple_event (self, "safety-stop");
  if (turn->wants_person)
    ava_local_agent_emit_simple_event (self, "wants-person");
  if (turn->ends_call)
    self->ending = TRUE;
  if (turn->intent == AVA_INTENT_WAIT)
    ava_turn_taker_wait (&self->turn, WAIT_MS);

  if (turn->reply != NULL && *turn->reply != '\0')
    say_reply (self, turn);
  else if (g_queue_is_empty (&self->tool_calls) && self->turn.phase == AVA_PHASE_THINKING)
    ava_turn_taker_settle (&self->turn);
  ava_local_agent_run_next_tool (self);
}

/* Nobody said anything after all: Ava goes on where she stopped, or listens again. */
static void
go_on (AvaLocalAgent *self)
{
  g_autofree char *held = g_steal_pointer (&self->held_reply);

  if (self->barged_in && ava_voice_resume (self->voice)) {
    ava_local_agent_emit_simple_event (self, "resume");
    ava_turn_taker_reply (&self->turn);
  } else if (held != NULL) {
    ava_local_agent_speak (self, held, TRUE);
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
    self->caller_item = ava_local_agent_add_item (self, AVA_ROLE_CALLER, self->utterance_us);
  self->caller_item->end_us = self->turn.last_speech_us;
  self->caller_item->heard_ms = MAX (0, self->caller_item->end_us - self->utterance_us) / 1000;
  self->caller_item->confidence = hypothesis->confidence;
  ava_transcript_item_set_text (self->caller_item, hypothesis->text, !final);
  if (final)
    g_clear_object (&self->caller_item);
}

void
ava_local_agent_on_card_changed (AvaLocalAgent *self)
{
  self->fruitless = 0;
}

/* A call that goes nowhere ends with a call-back, not never. */
static gboolean
give_up (AvaLocalAgent *self)
{
  if (++self->fruitless <= MOST_FRUITLESS || self->writing)
    return FALSE;
  ava_local_agent_emit_simple_event (self, "fruitless");
  self->expect = AVA_EXPECT_NOTHING;
  self->outcome = self->outcome != NULL ? self->outcome : "callback";
  self->ending = TRUE;
  ava_local_agent_speak (self, "I'm sorry, I cannot get any further this way. Someone from our team will call you back. Goodbye.", TRUE);
  return TRUE;
}

void
ava_local_agent_answer (AvaLocalAgent *self,
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
  ava_local_agent_apply_turn (self, turn);
}

void
ava_local_agent_on_heard (AvaLocalAgent *self,
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
    ava_local_agent_emit_simple_event (self, "red-flag-on-partial");
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
  ava_local_agent_answer (self, hypothesis);
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
  ava_local_agent_emit_event (self, "barge-in", data);
  begin_utterance (self);
}

/* A read that runs goes on to its end, but its answer is not wanted any more. */
void
ava_local_agent_abandon_tools (AvaLocalAgent *self)
{
  while (g_queue_get_length (&self->tool_calls) > (self->running ? 1 : 0))
    g_object_unref (g_queue_pop_tail (&self->tool_calls));
  self->abandoned = self->running;
}

static void
withdraw (AvaLocalAgent *self)
{
  ava_local_agent_emit_simple_event (self, "withdraw");
  self->speech_end_us = 0;
  self->interim_us = self->now_us;
  if (self->before != NULL) {
    g_clear_pointer (&self->dialogue, ava_dialogue_free);
    self->dialogue = g_steal_pointer (&self->before);
    ava_local_agent_set_expect (self, ava_dialogue_get_expect (self->dialogue));
    ava_dialogue_fill_card (self->dialogue, self->card);
  }
  ava_local_agent_abandon_tools (self);
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

  ava_local_agent_emit_simple_event (self, "filler");
  if (!ava_voice_is_busy (self->voice))
    ava_local_agent_speak (self, fillers[self->fillers++ % G_N_ELEMENTS (fillers)], FALSE);
}

static void
say_stalled (AvaLocalAgent *self)
{
  ava_local_agent_emit_simple_event (self, "stalled");
  if (self->writing) {
    ava_local_agent_speak (self, "I am still working on that, thank you for your patience.", FALSE);
    return;
  }
  ava_ear_cancel (self->ear);
  ava_local_agent_abandon_tools (self);
  ava_local_agent_speak (self, "I'm sorry, that is taking me too long. Could you say that once more?", TRUE);
}

static void
prompt (AvaLocalAgent *self)
{
  g_autoptr (AvaDialogueTurn) turn = NULL;

  if (self->muted)
    return;
  turn = ava_dialogue_silence (self->dialogue, self->turn.prompts,
                               ava_clock_now_us (self->clock));
  ava_local_agent_apply_turn (self, turn);
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

void
ava_local_agent_act (AvaLocalAgent *self,
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
