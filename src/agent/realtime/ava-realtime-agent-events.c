/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-truth.h"

#include "ava-realtime-trouble.h"
#include "ava-redact.h"

#include <string.h>

/* What the service says, one handler for each kind of event. */

#define SERVICE_RATE 24000
#define MOST_FRUITLESS 12    /* utterances in a row that bring nothing new */
#define USUAL_LIMIT_US G_USEC_PER_SEC           /* [us] until a limit is tried again, where the service does not say */
#define LONGEST_LIMIT_US (3 * G_USEC_PER_SEC)   /* [us] that a caller waits for it */
#define MOST_LIMITED 2       /* in a row */
#define SURE_SPEECH_MS 200   /* of speech that is believed without a transcript */

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n.,!?")] == '\0';
}

static gboolean
is_dead (AvaRealtimeAgent *self,
         const char       *response_id)
{
  return response_id != NULL && g_hash_table_contains (self->dead, response_id);
}

static void
show_card (AvaRealtimeAgent *self)
{
  ava_dialogue_fill_card (self->dialogue, self->card);
}

/* --- the caller --- */

static void
take_started (AvaRealtimeAgent *self,
              AvaRealtimeEvent *event)
{
  ava_realtime_turn_started (&self->turn);
}

static void
take_stopped (AvaRealtimeAgent *self,
              AvaRealtimeEvent *event)
{
  self->speech_end_us = self->turn.voice_us > 0 ? self->turn.voice_us : self->now_us;
  /* Had the service taken our request before this, it would have told so before: what begins now is its answer to the caller. */
  if (ava_turn_mode_get_owners (self->turn.mode)->respond == AVA_TURN_OWNER_SERVICE)
    self->cancel_next = FALSE;
  ava_realtime_turn_stopped (&self->turn);
}

static AvaTranscriptItem *
place_caller (AvaRealtimeAgent *self,
              AvaRealtimeEvent *event)
{
  AvaTranscriptItem *row = ava_realtime_items_place (self->items, event->item_id, event->previous_id, AVA_ROLE_CALLER,
                                                     self->turn.hearing_us > 0 ? self->turn.hearing_us : self->now_us);

  if (row != NULL) {
    row->end_us = MAX (row->start_us, self->turn.voice_us);
    row->heard_ms = (row->end_us - row->start_us) / 1000;
    if (*self->settings->transcription_model == '\0')
      ava_transcript_item_set_text (row, "", FALSE);
  }
  return row;
}

static void
note_words (AvaRealtimeAgent *self,
            const char       *item_id)
{
  AvaTranscriptItem *row = ava_realtime_items_find (self->items, item_id);

  ava_realtime_turn_words (&self->turn, row != NULL ? row->end_us : self->turn.now_us);
}

static void
take_committed (AvaRealtimeAgent *self,
                AvaRealtimeEvent *event)
{
  if (event->item_id == NULL)
    return;
  place_caller (self, event);
  g_free (self->committed);
  self->committed = g_strdup (event->item_id);
  g_free (self->noise);
  self->noise = self->turn.alarm ? g_strdup (event->item_id) : NULL;
  if (*self->settings->transcription_model == '\0')
    note_words (self, event->item_id);
}

static void
take_item (AvaRealtimeAgent *self,
           AvaRealtimeEvent *event)
{
  const char *type = ava_wire_get_text (event->item, "type");
  const char *role = ava_wire_get_text (event->item, "role");

  if (event->item_id == NULL || ava_realtime_items_has (self->items, event->item_id))
    return;
  if (g_strcmp0 (type, "message") != 0 || g_str_has_prefix (event->item_id, "ava_") || g_strcmp0 (role, "system") == 0)
    ava_realtime_items_place_silent (self->items, event->item_id, event->previous_id);
  else if (g_strcmp0 (role, "user") == 0)
    place_caller (self, event);
  else
    ava_realtime_items_place (self->items, event->item_id, event->previous_id, AVA_ROLE_AVA, self->now_us);
}

/* MS-7: by rule, on words that are not complete; the local voice says the approved line. */
static gboolean
stop_for_red_flag (AvaRealtimeAgent *self,
                   const char       *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  if (ava_dialogue_find_red_flag (lower) == NULL)
    return FALSE;
  if (self->before == NULL)
    self->before = ava_dialogue_copy (self->dialogue);
  g_string_append_printf (self->unanswered, "%s%s", self->unanswered->len > 0 ? " " : "", lower);
  ava_realtime_agent_emit (self, "red-flag-on-partial", json_object_new ());
  ava_realtime_agent_lose (self, NULL);
  return TRUE;
}

static void
take_heard_delta (AvaRealtimeAgent *self,
                  AvaRealtimeEvent *event)
{
  const char *text;

  if (event->item_id == NULL || event->text == NULL || *event->text == '\0')
    return;
  text = ava_realtime_items_hear (self->items, event->item_id, event->text, FALSE);
  if (!is_blank (text))
    note_words (self, event->item_id);
  stop_for_red_flag (self, text);
}

/* Somebody is there after all: a goodbye can be interrupted. */
static void
stay (AvaRealtimeAgent *self)
{
  if (!self->leaving)
    return;
  self->leaving = FALSE;
  self->bye_us = 0;
  if (g_strcmp0 (self->outcome, "callback") == 0)
    self->outcome = NULL;
}

/* @said_us: when they began to; @late: Ava has answered it before its words were known. */
static void
understand (AvaRealtimeAgent *self,
            const char       *text,
            gint64            said_us,
            gboolean          late)
{
  stay (self);
  if (!late && self->before == NULL)
    self->before = ava_dialogue_copy (self->dialogue);
  if (!late)
    g_string_append_printf (self->unanswered, "%s%s", self->unanswered->len > 0 ? " " : "", text);
  ava_realtime_agent_note_wishes (self, ava_claims_of_wish (text), said_us);
  ava_dialogue_overhear (self->dialogue, text, ava_clock_now_us (self->clock));
  show_card (self);
  if (++self->fruitless > MOST_FRUITLESS && !self->leaving) {
    self->fruitless = 0;
    ava_realtime_agent_emit (self, "fruitless", json_object_new ());
    self->leaving = TRUE;
    ava_realtime_agent_ask (self, "You are getting nowhere. Say that someone from the team will call back, and goodbye.");
  }
}

static void
take_heard (AvaRealtimeAgent *self,
            AvaRealtimeEvent *event)
{
  AvaTranscriptItem *row;

  if (event->item_id == NULL)
    return;
  ava_realtime_usage_add_heard (&self->usage, self->settings->transcription_model, ava_wire_get_object (event->root, "usage"));
  if (is_blank (event->text)) {
    ava_realtime_items_hear (self->items, event->item_id, "", TRUE);
    if (g_strcmp0 (self->committed, event->item_id) == 0)
      ava_realtime_turn_no_words (&self->turn);
    return;
  }
  ava_realtime_items_hear (self->items, event->item_id, event->text, TRUE);
  note_words (self, event->item_id);
  row = ava_realtime_items_find (self->items, event->item_id);
  if (!stop_for_red_flag (self, event->text))
    understand (self, event->text, row != NULL ? row->start_us : self->now_us, row != NULL && row->end_us <= self->answered_us);
}

/* The words are lost, the turn is not: what the model heard it still answers. */
static void
take_heard_failed (AvaRealtimeAgent *self,
                   AvaRealtimeEvent *event)
{
  g_autofree char *cause = ava_redact (event->text != NULL ? event->text : "");

  if (event->item_id == NULL)
    return;
  ava_realtime_items_hear (self->items, event->item_id, "", TRUE);
  ava_realtime_agent_note_text (self, "transcription-failed", "cause", cause);
  if (self->turn.speech_ms >= SURE_SPEECH_MS)
    note_words (self, event->item_id);
  else if (g_strcmp0 (self->committed, event->item_id) == 0)
    ava_realtime_turn_no_words (&self->turn);
}

/* --- Ava --- */

static void
take_created (AvaRealtimeAgent *self,
              AvaRealtimeEvent *event)
{
  g_free (self->active);
  self->active = g_strdup (event->response_id);
  self->again_us = 0;
  ava_realtime_turn_created (&self->turn);
  if (self->cancel_next || self->muted) {
    self->cancel_next = FALSE;
    ava_realtime_agent_cancel (self);
  }
}

static AvaTranscriptItem *
find_row (AvaRealtimeAgent *self,
          AvaRealtimeEvent *event)
{
  AvaTranscriptItem *row = ava_realtime_items_find (self->items, event->item_id);

  /* Some servers do not announce items. */
  if (row == NULL && !ava_realtime_items_has (self->items, event->item_id))
    row = ava_realtime_items_place (self->items, event->item_id, ava_realtime_items_get_last (self->items), AVA_ROLE_AVA,
                                    self->now_us);
  return row;
}

/* The answer has begun: what the caller said is answered. */
static void
note_answer (AvaRealtimeAgent *self)
{
  self->greeted = TRUE;
  if (self->turn.hearing)
    return;
  self->answered_us = self->now_us;
  g_string_truncate (self->unanswered, 0);
  g_clear_pointer (&self->before, ava_dialogue_free);
}

static void
take_audio (AvaRealtimeAgent *self,
            AvaRealtimeEvent *event)
{
  AvaTranscriptItem *row;

  if (event->audio == NULL || event->item_id == NULL || self->muted || is_dead (self, event->response_id))
    return;
  row = find_row (self, event);
  ava_realtime_agent_await_words (self, event->item_id);
  ava_realtime_agent_update_hold (self);
  if (!ava_realtime_playout_add (self->playout, event->item_id, row, event->audio, SERVICE_RATE))
    return;
  if (row != NULL)
    row->start_us = self->now_us;
  g_clear_pointer (&self->asked_extra, g_free);
  ava_realtime_turn_audio (&self->turn);
  note_answer (self);
}

static void
take_words_delta (AvaRealtimeAgent *self,
                  AvaRealtimeEvent *event)
{
  const char *words;

  if (event->item_id == NULL || event->text == NULL || self->muted || is_dead (self, event->response_id))
    return;
  ava_realtime_playout_add_words (self->playout, event->item_id, find_row (self, event), event->text, FALSE);
  words = ava_realtime_playout_get_words (self->playout, event->item_id);
  if (words != NULL)
    ava_realtime_agent_check_words (self, words, FALSE);
}

static guint
get_patience_ms (AvaRealtimeAgent *self,
                 AvaExpect         expect)
{
  guint usual = self->turn.mode == AVA_TURN_MODE_CLIENT_VAD ? ava_realtime_turn_defaults.end_ms : self->settings->vad_silence_ms;

  switch (expect) {
  case AVA_EXPECT_PHONE:
  case AVA_EXPECT_DIGITS:
  case AVA_EXPECT_EMAIL:
  case AVA_EXPECT_SPELL:
    return usual + 500;
  case AVA_EXPECT_MESSAGE:
    return usual + 600;
  case AVA_EXPECT_NAME:
    return usual + 200;
  default:
    return usual;
  }
}

static void
set_patience (AvaRealtimeAgent *self,
              AvaExpect         expect)
{
  guint end_ms = get_patience_ms (self, expect);

  if (end_ms == self->turn.settings.end_ms)
    return;
  ava_realtime_turn_set_patience (&self->turn, end_ms);
  if (ava_turn_mode_get_owners (self->turn.mode)->commit == AVA_TURN_OWNER_SERVICE)
    ava_realtime_session_send (self->session,
                               ava_realtime_write_update (ava_realtime_config_write_turns (self, end_ms)), AVA_RT_KIND_SETTINGS);
}

static void
take_words (AvaRealtimeAgent *self,
            AvaRealtimeEvent *event)
{
  AvaExpect expect;

  if (event->item_id == NULL || event->text == NULL || self->muted || is_dead (self, event->response_id))
    return;
  ava_realtime_playout_add_words (self->playout, event->item_id, find_row (self, event), event->text, TRUE);
  if (ava_realtime_agent_check_words (self, event->text, TRUE))
    return;
  expect = ava_expect_guess (event->text);
  if (!self->leaving)
    self->bye_us = expect == AVA_EXPECT_NOTHING ? self->now_us : 0;
  ava_dialogue_follow (self->dialogue, event->text);
  set_patience (self, expect);
  g_signal_emit_by_name (self, "caption", event->text, ava_expect_to_string (expect));
}

static void
take_audio_done (AvaRealtimeAgent *self,
                 AvaRealtimeEvent *event)
{
  if (event->item_id != NULL && ava_realtime_playout_has (self->playout, event->item_id))
    ava_realtime_playout_close (self->playout, event->item_id);
}

/* --- tools --- */

static void
take_call (AvaRealtimeAgent *self,
           const char       *response_id,
           JsonObject       *item)
{
  const char *name = ava_wire_get_text (item, "name");
  const char *call_id = ava_wire_get_text (item, "call_id");
  const char *arguments = ava_wire_get_text (item, "arguments");
  const char *status = ava_wire_get_text (item, "status");
  AvaToolCall *call;

  /* A cancelled response closes its calls with half of their arguments. */
  if (g_strcmp0 (ava_wire_get_text (item, "type"), "function_call") != 0 || (status != NULL && !g_str_equal (status, "completed")) ||
      name == NULL || call_id == NULL)
    return;
  if (g_str_equal (name, AVA_END_CALL)) {
    self->ending = TRUE;
    return;
  }
  if (ava_realtime_tools_is_known (self->tools, call_id))
    return;
  ava_realtime_items_add_call (self->items, call_id, name, arguments != NULL ? arguments : "{}");
  call = ava_realtime_tools_add (self->tools, response_id, call_id, name, arguments);
  if (call != NULL)
    call->key = ava_dialogue_make_key (self->dialogue, name, call->args);
  ava_realtime_agent_run_tools (self);
}

static void
take_output (AvaRealtimeAgent *self,
             AvaRealtimeEvent *event)
{
  if (event->item != NULL && !is_dead (self, event->response_id))
    take_call (self, event->response_id, event->item);
}

/* --- the end of a response --- */

static void
note_usage (AvaRealtimeAgent *self,
            JsonObject       *response)
{
  JsonObject *usage = ava_wire_get_object (response, "usage");

  if (usage == NULL)
    return;
  ava_realtime_usage_add (&self->usage, self->settings->model, usage);
  ava_realtime_agent_emit (self, "usage", ava_realtime_usage_describe (&self->usage));
  if (self->settings->cap_micros > 0 && self->usage.micros >= self->settings->cap_micros) {
    g_autofree char *words = g_strdup_printf (self->usage.priced ?
      "This call has reached the limit of $%.2f for the cloud voice. Ava's own voice took over." :
      "This call may have reached the limit of $%.2f for the cloud voice: the price of “%s” is not known, so the dearest known "
      "one was counted. Ava's own voice took over.", self->settings->cap_micros / 1e6, self->settings->model);

    ava_realtime_agent_lose (self, words);
  }
}

/* The account allows no more at this moment: asked for again when the service says, if a caller can wait so long. */
static void
wait_for_limit (AvaRealtimeAgent *self,
                const char       *message,
                const char       *words)
{
  gint64 wait_us = ava_trouble_find_wait_us (message);

  if (wait_us == 0)
    wait_us = USUAL_LIMIT_US;
  ava_realtime_turn_done (&self->turn, TRUE, FALSE);
  if (wait_us > LONGEST_LIMIT_US || ++self->limited > MOST_LIMITED)
    ava_realtime_agent_lose (self, words);
  else
    self->again_us = self->now_us + wait_us;
}

static const char *
get_message (JsonObject *response)
{
  return ava_wire_get_text (ava_wire_get_object (ava_wire_get_object (response, "status_details"), "error"), "message");
}

static gboolean
has_output (AvaRealtimeAgent *self,
            JsonObject       *response,
            const char       *response_id)
{
  JsonArray *output = ava_wire_get_array (response, "output");

  for (guint i = 0; output != NULL && i < json_array_get_length (output); i++)
    take_call (self, response_id, ava_wire_get_nth (output, i));
  return (output != NULL && json_array_get_length (output) > 0) || self->turn.waiting_us == 0 ||
         ava_realtime_tools_has (self->tools, response_id) || self->ending;
}

static void
take_done (AvaRealtimeAgent *self,
           AvaRealtimeEvent *event)
{
  const char *status = ava_wire_get_text (event->response, "status");
  gboolean cancelled = g_strcmp0 (status, "cancelled") == 0 || is_dead (self, event->response_id);
  gboolean mine = g_strcmp0 (self->active, event->response_id) == 0 || self->active == NULL;
  g_autofree char *words = NULL;
  AvaTroubleKind kind = ava_trouble_judge_response (event->response, &words);
  gboolean answered = !cancelled && g_strcmp0 (status, "failed") != 0 && has_output (self, event->response, event->response_id);

  note_usage (self, event->response);
  if (self->lost)
    return;
  if (words != NULL && !cancelled)
    ava_realtime_agent_note_text (self, "trouble", "words", words);
  if (kind == AVA_TROUBLE_FATAL) {
    ava_realtime_agent_lose (self, words);
    return;
  }
  if (mine) {
    g_clear_pointer (&self->active, g_free);
    if (answered || cancelled)
      g_clear_pointer (&self->asked_extra, g_free);
    self->claiming = FALSE;
    ava_realtime_playout_close_all (self->playout);
    if (answered)
      self->limited = 0;
    if (kind == AVA_TROUBLE_LIMIT && !cancelled)
      wait_for_limit (self, get_message (event->response), words);
    else
      ava_realtime_turn_done (&self->turn, answered, cancelled);
  }
  ava_realtime_tools_close (self->tools, event->response_id);
  if (ava_realtime_tools_take_ready (self->tools))
    ava_realtime_turn_tool_done (&self->turn, TRUE);
}

/* --- the rest --- */

static void
take_error (AvaRealtimeAgent *self,
            AvaRealtimeEvent *event)
{
  g_autofree char *words = NULL;
  AvaTroubleKind kind = ava_trouble_judge_error (event, &words);
  guint cause = ava_realtime_session_read_serial (event->cause_id);

  /* It never begins: the next one that does is another. */
  if (cause != 0 && cause == self->respond_serial)
    self->cancel_next = FALSE;
  if (kind == AVA_TROUBLE_ACTIVE && (cause == 0 || cause == self->respond_serial)) {
    /* The other one's answer is not what was asked for here. */
    if (self->extra == NULL)
      self->extra = g_steal_pointer (&self->asked_extra);
    ava_realtime_turn_refused (&self->turn);
  } else if (kind == AVA_TROUBLE_LIMIT && cause != 0 && cause == self->respond_serial) {
    wait_for_limit (self, event->text, words);
  } else if (kind != AVA_TROUBLE_ACTIVE && kind != AVA_TROUBLE_EXPECTED && cause != 0 && cause == self->respond_serial) {
    ava_realtime_turn_done (&self->turn, FALSE, FALSE);
  }
}

static void
take_limits (AvaRealtimeAgent *self,
             AvaRealtimeEvent *event)
{
  JsonArray *limits = ava_wire_get_array (event->root, "rate_limits");

  for (guint i = 0; limits != NULL && i < json_array_get_length (limits); i++) {
    JsonObject *limit = ava_wire_get_nth (limits, i);
    gint64 all = ava_wire_get_int (limit, "limit", 0);
    gint64 left = ava_wire_get_int (limit, "remaining", all);
    JsonObject *data;

    if (all <= 0 || left * 20 > all)
      continue;
    data = json_object_new ();
    json_object_set_string_member (data, "name", ava_wire_get_text (limit, "name") != NULL ? ava_wire_get_text (limit, "name") : "");
    json_object_set_int_member (data, "left", left);
    json_object_set_int_member (data, "limit", all);
    ava_realtime_agent_emit (self, "rate-limit-near", data);
  }
}

static void (*const handlers[AVA_RT_N]) (AvaRealtimeAgent *self, AvaRealtimeEvent *event) = {
  [AVA_RT_SPEECH_STARTED] = take_started,
  [AVA_RT_SPEECH_STOPPED] = take_stopped,
  [AVA_RT_COMMITTED] = take_committed,
  [AVA_RT_ITEM_ADDED] = take_item,
  [AVA_RT_ITEM_DONE] = take_item,
  [AVA_RT_HEARD_DELTA] = take_heard_delta,
  [AVA_RT_HEARD_DONE] = take_heard,
  [AVA_RT_HEARD_FAILED] = take_heard_failed,
  [AVA_RT_RESPONSE_CREATED] = take_created,
  [AVA_RT_AUDIO_DELTA] = take_audio,
  [AVA_RT_AUDIO_DONE] = take_audio_done,
  [AVA_RT_WORDS_DELTA] = take_words_delta,
  [AVA_RT_WORDS_DONE] = take_words,
  [AVA_RT_OUTPUT_DONE] = take_output,
  [AVA_RT_RESPONSE_DONE] = take_done,
  [AVA_RT_RATE_LIMITS] = take_limits,
  [AVA_RT_ERROR] = take_error,
};

/**
 * ava_realtime_agent_take_event:
 *
 * Does what @event asks for, and what follows from it.
 */
void
ava_realtime_agent_take_event (AvaRealtimeAgent *self,
                               AvaRealtimeEvent *event)
{
  if (self->stopped || self->lost)
    return;
  if (event->response_id != NULL)
    ava_realtime_turn_note_sign (&self->turn);
  if (handlers[event->type] == NULL)
    return;
  handlers[event->type] (self, event);
  if (self->lost)
    return;
  ava_realtime_agent_drain (self);
  ava_realtime_agent_update_hold (self);
}
