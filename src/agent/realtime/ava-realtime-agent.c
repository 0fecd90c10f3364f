/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-truth.h"

#include "ava-persona.h"
#include "ava-realtime-spare-private.h"

#include <string.h>

/*
 *  frames --> session --socket--> service            AvaRealtimeTurn: who speaks, one response at a time
 *     |                             |                AvaRealtimeItems: the chain of what was said
 *     +--> turn <--- events --------+                AvaRealtimePlayout: what is still to be heard
 *            |                                       AvaRealtimeTools: each call run once, answered once
 *            +--> do: flush, cancel, commit, respond, resume, filler ...
 *
 *  AvaDialogue follows along, fills the card, and is handed to the local agent when the service is lost.
 */

#define BYE_US (3 * G_USEC_PER_SEC)       /* [us] of silence after goodbye until the line is hung up */
#define LONGEST_BYE_US (12 * G_USEC_PER_SEC)
#define LATE_US (5 * G_USEC_PER_SEC)      /* [us] after their words that a transcript is waited for before a session is renewed */
#define LONGEST_CALL_US (30 * G_USEC_PER_SEC * 60)

static void agent_iface_init (AvaAgentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaRealtimeAgent, ava_realtime_agent, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_AGENT, agent_iface_init))

enum { LOST, N_SIGNALS };

static guint signals[N_SIGNALS];

/* @data: (transfer full) */
void
ava_realtime_agent_emit (AvaRealtimeAgent *self,
                         const char       *kind,
                         JsonObject       *data)
{
  g_signal_emit_by_name (self, "event", kind, data);
  json_object_unref (data);
}

void
ava_realtime_agent_note_text (AvaRealtimeAgent *self,
                              const char       *kind,
                              const char       *member,
                              const char       *text)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, member, text);
  ava_realtime_agent_emit (self, kind, data);
}

void
ava_realtime_agent_update_state (AvaRealtimeAgent *self)
{
  AvaAgentState state = self->stopped || self->lost ? AVA_AGENT_ENDED :
                        self->turn.hearing ? AVA_AGENT_HEARING :
                        ava_realtime_playout_is_busy (self->playout) ? AVA_AGENT_SPEAKING :
                        self->turn.waiting_us != 0 || self->turn.tools > 0 ? AVA_AGENT_THINKING : AVA_AGENT_LISTENING;

  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit_by_name (self, "state", (int) state);
}

static void
tell_egress (AvaRealtimeAgent *self)
{
  JsonObject *data = ava_realtime_session_describe_egress (self->session);

  json_object_set_string_member (data, "why", "call");
  ava_realtime_agent_emit (self, "egress", data);
}

/**
 * ava_realtime_agent_lose:
 * @words: (nullable): the cause; %NULL: the local rules must take over
 *
 * Nothing more comes from this agent.
 */
void
ava_realtime_agent_lose (AvaRealtimeAgent *self,
                         const char       *words)
{
  if (self->lost || self->stopped)
    return;
  ava_realtime_agent_flush (self);
  ava_realtime_items_settle (self->items, self->now_us);
  self->lost = TRUE;
  g_cancellable_cancel (self->filling);
  ava_realtime_session_close (self->session);
  tell_egress (self);
  ava_realtime_agent_update_state (self);
  g_signal_emit (self, signals[LOST], 0, words);
}

/* --- frames --- */

static void
note_timing (AvaRealtimeAgent *self,
             gint64            played,
             gint64            queued)
{
  JsonObject *data;

  if (self->barge_in_us != 0 && queued == 0) {
    data = json_object_new ();
    json_object_set_int_member (data, "barge_in_us", self->barge_in_us);
    json_object_set_int_member (data, "silence_us", self->now_us);
    ava_realtime_agent_emit (self, "silenced", data);
    self->barge_in_us = 0;
  }
  /* A filler is no answer. */
  if (self->speech_end_us != 0 && played > self->played && self->answered_us >= self->speech_end_us) {
    data = json_object_new ();
    json_object_set_int_member (data, "speech_end_us", self->speech_end_us);
    json_object_set_int_member (data, "first_audio_us", self->now_us);
    ava_realtime_agent_emit (self, "answered", data);
    self->speech_end_us = 0;
  }
  self->played = played;
}

static gboolean
is_over (AvaRealtimeAgent *self)
{
  gboolean silent = !ava_realtime_playout_is_busy (self->playout) && self->turn.response == AVA_RESPONSE_NONE && !self->turn.hearing;

  if (self->leaving && self->bye_us != 0 && self->now_us - self->bye_us > LONGEST_BYE_US)
    return TRUE;
  if (!silent || self->turn.tools > 0)
    return FALSE;
  return self->ending || (self->bye_us != 0 && !self->muted && self->now_us - MAX (self->bye_us, self->turn.quiet_us) > BYE_US);
}

static void
finish_if_over (AvaRealtimeAgent *self)
{
  if (self->now_us > LONGEST_CALL_US && !self->leaving)
    ava_realtime_agent_leave (self);
  if (!is_over (self))
    return;
  self->ending = FALSE;
  self->bye_us = 0;
  g_signal_emit_by_name (self, "finished", self->outcome != NULL ? self->outcome : "answered");
}

/* After a false alarm: the service had not finished the sentence when it was cut. */
static void
go_on (AvaRealtimeAgent *self)
{
  if (!self->go_on || ava_realtime_playout_is_busy (self->playout) || self->turn.hearing)
    return;
  self->go_on = FALSE;
  ava_realtime_agent_ask (self, "A noise cut you off, the caller said nothing. Go on with your sentence from where it stopped; do not repeat it.");
}

/* Who speaks meanwhile is answered by whoever answers them. */
static void
ask_after_limit (AvaRealtimeAgent *self)
{
  if (self->again_us == 0 || self->now_us < self->again_us)
    return;
  self->again_us = 0;
  if (!self->turn.hearing)
    ava_realtime_agent_ask (self, NULL);
}

/* A transcript that is still to come would be lost with its session. */
static gboolean
may_renew (AvaRealtimeAgent *self)
{
  return ava_realtime_turn_is_idle (&self->turn) && self->again_us == 0 && !ava_realtime_items_awaits (self->items, self->now_us - LATE_US);
}

static void
realtime_agent_hear (AvaAgent       *agent,
                     const AvaFrame *frame,
                     double          speech,
                     gint64          played,
                     gint64          queued)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  if (self->stopped || self->lost)
    return;
  self->now_us = frame->time_us;
  ava_realtime_playout_hear (self->playout, played, self->now_us);
  note_timing (self, played, queued);
  ava_realtime_session_hear (self->session, frame->pcm, AVA_FRAME_SAMPLES);
  ava_realtime_session_tick (self->session, self->now_us, may_renew (self));
  if (self->lost)
    return;
  self->turn.now_us = frame->time_us - AVA_FRAME_MS * 1000;
  if (!ava_realtime_session_is_ready (self->session))
    ava_realtime_turn_pause (&self->turn);
  ava_realtime_turn_step (&self->turn, speech, queued > 0, ava_realtime_playout_is_busy (self->playout));
  go_on (self);
  ask_after_limit (self);
  ava_realtime_agent_drain (self);
  ava_realtime_agent_update_hold (self);
  if (!self->lost)
    finish_if_over (self);
}

/* --- what the desk wants --- */

static void
realtime_agent_start (AvaAgent *agent)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);
  const AvaTurnOwners *owners = ava_turn_mode_get_owners (self->turn.mode);
  static const char *const names[] = { "service", "client", "person" };
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "model", self->settings->model);
  json_object_set_string_member (data, "voice", self->settings->voice);
  json_object_set_string_member (data, "mode", ava_turn_mode_to_string (self->turn.mode));
  json_object_set_string_member (data, "commits", names[owners->commit]);
  json_object_set_string_member (data, "responds", names[owners->respond]);
  json_object_set_string_member (data, "cancels", names[owners->cancel]);
  json_object_set_boolean_member (data, "waited", self->waited);
  ava_realtime_agent_emit (self, "cloud-voice", data);
  ava_realtime_agent_open (self);
  ava_realtime_turn_wait (&self->turn, 0);
  ava_realtime_agent_update_state (self);
}

static void
realtime_agent_set_muted (AvaAgent *agent,
                          gboolean  muted)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  if (self->muted == muted)
    return;
  self->muted = muted;
  ava_realtime_agent_note_text (self, muted ? "muted" : "unmuted", "by", "staff");
  if (muted) {
    ava_realtime_agent_flush (self);
    ava_realtime_playout_forget (self->playout);
    ava_realtime_agent_cancel (self);
    self->go_on = FALSE;
  }
  ava_realtime_turn_set_muted (&self->turn, muted);
  ava_realtime_agent_send (self, ava_realtime_write_update (ava_realtime_config_write_turns (self, self->settings->vad_silence_ms)), AVA_RT_KIND_SETTINGS);
}

static void
realtime_agent_steer (AvaAgent   *agent,
                      const char *words)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);
  g_autofree char *id = g_strdup_printf ("ava_steer_%u", ++self->ids);
  g_autofree char *text = g_strdup_printf ("A colleague at the desk says, for you only: %s. Heed it in what you say next.", words);
  AvaTranscriptItem *row = ava_realtime_items_place (self->items, id, ava_realtime_items_get_last (self->items), AVA_ROLE_STAFF, self->now_us);
  JsonObject *event = ava_realtime_write_message ("system", text, NULL);

  ava_transcript_item_set_text (row, words, FALSE);
  json_object_set_string_member (json_object_get_object_member (event, "item"), "id", id);
  ava_realtime_agent_send (self, event, AVA_RT_KIND_WORDS);
  ava_dialogue_turn_free (ava_dialogue_steer (self->dialogue, words, ava_clock_now_us (self->clock)));
  ava_realtime_agent_note_text (self, "steer", "words", words);
}

static void
realtime_agent_restart_greeting (AvaAgent *agent)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  ava_realtime_agent_flush (self);
  ava_realtime_playout_forget (self->playout);
  ava_realtime_agent_cancel (self);
  self->ending = self->leaving = FALSE;
  self->bye_us = 0;
  ava_realtime_agent_emit (self, "greeting-restarted", json_object_new ());
  ava_realtime_agent_greet (self);
  ava_realtime_agent_drain (self);
}

static void
write_instructions (AvaRealtimeAgent *self)
{
  AvaDialogueCaller caller = { .phone = self->caller_phone, .call_id = self->call_id };

  g_free (self->instructions);
  self->instructions = ava_persona_write_instructions (self->spa, &caller, ava_clock_now_us (self->clock));
}

static void
realtime_agent_set_spa (AvaAgent *agent,
                        AvaSpa   *spa)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  g_set_object (&self->spa, spa);
  ava_dialogue_set_spa (self->dialogue, spa);
  if (self->before != NULL)
    ava_dialogue_set_spa (self->before, spa);
  write_instructions (self);
  ava_realtime_agent_send (self, ava_realtime_write_update (ava_realtime_config_write_words (self)), AVA_RT_KIND_SETTINGS);
}

static void
realtime_agent_stop (AvaAgent *agent)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  if (self->stopped)
    return;
  if (!self->lost) {
    ava_realtime_agent_flush (self);
    ava_realtime_items_settle (self->items, self->now_us);
    ava_realtime_session_close (self->session);
    tell_egress (self);
  }
  self->stopped = TRUE;
  g_cancellable_cancel (self->filling);
  ava_realtime_agent_update_state (self);
}

static AvaBookingCard *
realtime_agent_get_card (AvaAgent *agent)
{
  return AVA_REALTIME_AGENT (agent)->card;
}

static void
agent_iface_init (AvaAgentInterface *iface)
{
  iface->start = realtime_agent_start;
  iface->hear = realtime_agent_hear;
  iface->tool_done = ava_realtime_agent_tool_done;
  iface->set_muted = realtime_agent_set_muted;
  iface->steer = realtime_agent_steer;
  iface->restart_greeting = realtime_agent_restart_greeting;
  iface->set_spa = realtime_agent_set_spa;
  iface->stop = realtime_agent_stop;
  iface->get_card = realtime_agent_get_card;
}

/**
 * ava_realtime_agent_set_pressed:
 * @pressed: whether the caller's side is open (push to talk)
 */
void
ava_realtime_agent_set_pressed (AvaRealtimeAgent *self,
                                gboolean          pressed)
{
  if (pressed)
    ava_realtime_turn_press (&self->turn);
  else
    ava_realtime_turn_release (&self->turn);
  ava_realtime_agent_drain (self);
}

/**
 * ava_realtime_agent_steal_dialogue:
 * @unanswered: (out) (transfer full) (nullable): words of the caller that nobody has answered: not in the dialogue
 *
 * Returns: (transfer full): all that is known of the conversation
 */
AvaDialogue *
ava_realtime_agent_steal_dialogue (AvaRealtimeAgent *self,
                                   char            **unanswered)
{
  gboolean open = self->before != NULL && self->unanswered->len > 0;

  *unanswered = open ? g_strdup (self->unanswered->str) : NULL;
  return open ? g_steal_pointer (&self->before) : ava_dialogue_copy (self->dialogue);
}

/**
 * ava_realtime_agent_get_running:
 *
 * Returns: (transfer none) (nullable): the tool call whose result is still to come
 */
AvaToolCall *
ava_realtime_agent_get_running (AvaRealtimeAgent *self)
{
  return ava_realtime_tools_get_running (self->tools);
}

/**
 * ava_realtime_agent_get_last_item:
 *
 * Returns: (nullable): id of the transcript's last row
 */
const char *
ava_realtime_agent_get_last_item (AvaRealtimeAgent *self)
{
  return ava_realtime_items_get_last_row (self->items);
}

/**
 * ava_realtime_agent_has_greeted:
 *
 * Returns: whether the caller has heard anything of Ava
 */
gboolean
ava_realtime_agent_has_greeted (AvaRealtimeAgent *self)
{
  return self->greeted;
}

static void
ava_realtime_agent_finalize (GObject *object)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->spa);
  g_clear_object (&self->clock);
  g_clear_object (&self->card);
  g_clear_object (&self->synthesizer);
  g_clear_object (&self->filling);
  g_clear_pointer (&self->specs, g_ptr_array_unref);
  ava_realtime_items_free (self->items);
  ava_realtime_playout_free (self->playout);
  ava_realtime_tools_free (self->tools);
  ava_dialogue_free (self->dialogue);
  ava_dialogue_free (self->before);
  ava_realtime_settings_free (self->settings);
  g_hash_table_unref (self->dead);
  g_string_free (self->unanswered, TRUE);
  g_free (self->caller_phone);
  g_free (self->call_id);
  g_free (self->instructions);
  g_free (self->extra);
  g_free (self->asked_extra);
  g_free (self->active);
  g_free (self->noise);
  g_free (self->committed);
  g_free (self->rest_id);

  G_OBJECT_CLASS (ava_realtime_agent_parent_class)->finalize (object);
}

static void
ava_realtime_agent_class_init (AvaRealtimeAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_realtime_agent_finalize;
  signals[LOST] = g_signal_new ("lost", AVA_TYPE_REALTIME_AGENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
on_write (const gint16 *pcm,
          guint         n_samples,
          gpointer      user_data)
{
  g_signal_emit_by_name (user_data, "audio", pcm, n_samples);
}

static void
on_row (AvaTranscriptItem *row,
        gpointer           user_data)
{
  g_signal_emit_by_name (user_data, "item", row);
}

static void
on_card_changed (AvaRealtimeAgent *self)
{
  self->fruitless = 0;
}

static void
ava_realtime_agent_init (AvaRealtimeAgent *self)
{
  self->items = ava_realtime_items_new (on_row, self);
  self->playout = ava_realtime_playout_new (on_write, self);
  self->tools = ava_realtime_tools_new ();
  self->unanswered = g_string_new (NULL);
  self->dead = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->filling = g_cancellable_new ();
}

static AvaRealtimeTurnSettings
choose_turn_settings (const AvaRealtimeSettings *settings)
{
  AvaRealtimeTurnSettings turn = ava_realtime_turn_defaults;

  if (settings->mode == AVA_TURN_MODE_SERVER_VAD || settings->mode == AVA_TURN_MODE_SEMANTIC_VAD)
    turn.end_ms = settings->vad_silence_ms;
  return turn;
}

/**
 * ava_realtime_agent_new:
 *
 * Returns: (transfer full): an agent that has not yet answered
 */
AvaAgent *
ava_realtime_agent_new (const AvaRealtimeParts *parts)
{
  AvaRealtimeAgent *self = g_object_new (AVA_TYPE_REALTIME_AGENT, NULL);
  AvaRealtimeTurnSettings turn = choose_turn_settings (parts->settings);

  self->settings = ava_realtime_settings_copy (parts->settings);
  self->spa = g_object_ref (parts->spa);
  self->card = g_object_ref (parts->card);
  self->clock = g_object_ref (parts->clock);
  self->specs = g_ptr_array_ref (parts->specs);
  g_set_object (&self->synthesizer, parts->synthesizer);
  self->caller_phone = g_strdup (parts->caller->phone);
  self->call_id = g_strdup (parts->caller->call_id);
  self->dialogue = ava_dialogue_new (parts->spa, parts->caller);
  self->session = parts->spare != NULL ? ava_realtime_spare_take (parts->spare) : NULL;
  self->waited = self->session != NULL;
  if (!self->waited)
    self->session = ava_realtime_session_new (self->settings, parts->make_line != NULL ? parts->make_line : ava_realtime_socket_new,
                                              parts->line_data);
  ava_realtime_turn_init (&self->turn, self->settings->mode, &turn);
  ava_realtime_usage_init (&self->usage, self->settings->model);
  write_instructions (self);
  g_signal_connect_object (self->card, "changed", G_CALLBACK (on_card_changed), self, G_CONNECT_SWAPPED);
  ava_realtime_agent_follow_session (self);
  return AVA_AGENT (self);
}
