/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-local-agent-private.h"

#include "ava-wording.h"

/*
 *  frames --> AvaTurnTaker --commit--> AvaEar --words--> AvaDialogue --reply--> AvaVoice --> audio
 *                  |                                        |   ^
 *                  +--barge-in--> AvaVoice, flush      tool calls, results
 *
 * A commit is answered once. If the caller goes on before anything irrevocable was done, the
 * dialogue is put back to where it was (it is pure) and the utterance continues.
 */

static void agent_iface_init (AvaAgentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaLocalAgent, ava_local_agent, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_AGENT, agent_iface_init))

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
    ava_local_agent_emit_event (self, "silenced", data);
    self->barge_in_us = 0;
  }
  if (self->speech_end_us != 0 && played > self->played) {
    data = json_object_new ();
    json_object_set_int_member (data, "speech_end_us", self->speech_end_us);
    json_object_set_int_member (data, "first_audio_us", self->now_us);
    ava_local_agent_emit_event (self, "answered", data);
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
  ava_local_agent_act (self, action);
  ava_local_agent_update_state (self);
  finish_if_done (self, queued);
}

static void
greet (AvaLocalAgent *self)
{
  g_autoptr (AvaDialogueTurn) turn = NULL;

  turn = ava_dialogue_greet (self->dialogue, ava_clock_now_us (self->clock));
  ava_turn_taker_settle (&self->turn);
  ava_local_agent_apply_turn (self, turn);
  ava_local_agent_update_state (self);
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
    ava_local_agent_run_next_tool (self);
    return;
  }
  turn = ava_dialogue_tool_done (self->dialogue, call, ava_clock_now_us (self->clock));
  ava_local_agent_apply_turn (self, turn);
  ava_local_agent_update_state (self);
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
  ava_local_agent_emit_simple_event (self, muted ? "muted" : "unmuted");
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
  g_autoptr (AvaTranscriptItem) item = ava_local_agent_add_item (self, AVA_ROLE_STAFF, self->now_us);

  item->end_us = self->now_us;
  ava_transcript_item_set_text (item, words, FALSE);
  turn = ava_dialogue_steer (self->dialogue, words, ava_clock_now_us (self->clock));
  ava_local_agent_note_turn (self, turn);
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
  ava_local_agent_abandon_tools (self);
  g_clear_pointer (&self->before, ava_dialogue_free);
  ava_dialogue_free (self->dialogue);
  self->dialogue = ava_dialogue_copy (self->fresh);
  ava_local_agent_emit_simple_event (self, "greeting-restarted");
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
  ava_local_agent_update_state (self);
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
  ava_local_agent_emit_event (self, "trouble", data);
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
  g_signal_connect_object (card, "changed", G_CALLBACK (ava_local_agent_on_card_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ear, "heard", G_CALLBACK (ava_local_agent_on_heard), self, G_CONNECT_SWAPPED);
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
  self->writing = ava_local_agent_is_write (call);
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
  ava_local_agent_apply_turn (self, turn);
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
  ava_local_agent_set_expect (self, ava_dialogue_get_expect (self->dialogue));
  if (running != NULL)
    adopt_tool (self, running);
  if (running == NULL && unanswered == NULL && !hearing) {
    take_up (self, bridge);
  } else {
    ava_local_agent_speak (self, bridge, FALSE);
    if (running == NULL && unanswered != NULL)
      ava_local_agent_answer (self, &hypothesis);
  }
  ava_local_agent_update_state (self);
}
