/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-session-fields.h"

#include "ava-local-agent.h"
#include "ava-steady-agent.h"
#include "ava-transcript-order.h"

#include <glib/gi18n.h>

/* Between a call and whoever leads it: what they say, and the tools they want to be run. */

/* --- what the agent says --- */

static void
on_agent_audio (AvaCallSession *self,
                gint16         *pcm,
                guint           n_samples)
{
  ava_call_audio_write (self->audio, pcm, n_samples);
}

static void
on_agent_flush (AvaCallSession *self)
{
  ava_call_audio_flush (self->audio);
}

static void
on_item_settled (AvaTranscriptItem *item,
                 GParamSpec        *pspec,
                 AvaCallSession    *self)
{
  if (!item->interim)
    ava_call_journal_item (self->journal, item);
}

static GPtrArray *
list_items (AvaCallSession *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->transcript)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->transcript), i));
  return items;
}

static void
on_agent_item (AvaCallSession    *self,
               AvaTranscriptItem *item)
{
  g_autoptr (GPtrArray) items = list_items (self);
  guint at = ava_transcript_find_place ((AvaTranscriptItem **) items->pdata, items->len, item);

  g_list_store_insert (self->transcript, at, item);
  /* It may have been settled before it found its place. */
  on_item_settled (item, NULL, self);
  g_signal_connect_object (item, "notify::interim", G_CALLBACK (on_item_settled), self, 0);
}

static void
on_agent_caption (AvaCallSession *self,
                  const char     *text,
                  const char     *expect)
{
  ava_line_call_caption (self->line_call, text, expect);
}

static void
on_agent_state (AvaCallSession *self,
                int             state)
{
  self->agent_state = state;
  g_object_notify (G_OBJECT (self), "agent-state");
}

static void
note_answer (AvaCallSession *self,
             JsonObject     *data)
{
  AvaTurnTiming timing = {
    .speech_end_us = json_object_get_int_member (data, "speech_end_us"),
    .first_audio_us = json_object_get_int_member (data, "first_audio_us"),
  };

  g_array_append_val (self->timings, timing);
  self->latency_ms = (timing.first_audio_us - timing.speech_end_us) / 1000;
  g_object_notify (G_OBJECT (self), "latency-ms");
}

static void
note_barge_in (AvaCallSession *self,
               JsonObject     *data)
{
  AvaTurnTiming timing = {
    .barge_in_us = json_object_get_int_member (data, "barge_in_us"),
    .silence_us = json_object_get_int_member (data, "silence_us"),
  };

  g_array_append_val (self->timings, timing);
}

static void
on_agent_event (AvaCallSession *self,
                const char     *kind,
                JsonObject     *data)
{
  AvaBookingCard *card = self->card;
  const char *outcome = json_object_get_string_member_with_default (data, "outcome", NULL);

  ava_call_supervision_note_event (self->supervision, kind, data);
  if (g_str_equal (kind, "answered"))
    note_answer (self, data);
  else if (g_str_equal (kind, "silenced"))
    note_barge_in (self, data);
  else if (g_str_equal (kind, "trouble"))
    ava_call_session_set_notice (self, json_object_get_string_member (data, "words"));
  else if (g_str_equal (kind, "safety-stop"))
    g_signal_emit_by_name (self, "safety-stop", card->alert != NULL ? card->alert : "");
  else if (g_str_equal (kind, "wants-person"))
    g_signal_emit_by_name (self, "wants-person");
  else if (g_str_equal (kind, "agent-changed"))
    ava_call_session_set_push_to_talk (self, FALSE);   /* the local agent hears for itself */
  if (outcome != NULL) {
    g_free (self->agent_outcome);
    self->agent_outcome = g_strdup (outcome);
  }
  ava_call_journal_event (self->journal, kind, data);
}

static void
on_agent_finished (AvaCallSession *self,
                   const char     *outcome)
{
  ava_call_session_finish (self, outcome);
}

/* --- tools --- */

typedef struct {
  AvaCallSession *self;
  AvaToolCall *call;
} ToolRun;

static void
tool_run_free (ToolRun *run)
{
  g_object_unref (run->self);
  g_object_unref (run->call);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolRun, tool_run_free)

/* Nobody hears of it any more, but it was done: it is what came of the call. */
static void
note_late_write (AvaCallSession *self,
                 AvaToolCall    *call)
{
  static const char *const outcomes[][2] = {
    { "book_appointment", "booked" }, { "reschedule_appointment", "changed" }, { "cancel_appointment", "changed" },
  };

  if (call->result == NULL || ava_tool_call_get_error (call) != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++) {
    if (!g_str_equal (outcomes[i][0], call->name))
      continue;
    g_free (self->proposed);
    self->proposed = g_strdup (outcomes[i][1]);
  }
}

static void
tool_run_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ToolRun) run = user_data;
  g_autoptr (GError) error = NULL;
  AvaCallSession *self = run->self;

  if (!ava_toolbox_run_finish (AVA_TOOLBOX (source), result, &error))
    g_warning ("A tool could not be run: %s", error->message);
  self->tools_running--;
  ava_call_journal_tool (self->journal, run->call);
  if (g_str_equal (run->call->name, "book_appointment") &&
      ava_tool_call_get_error (run->call) == NULL && run->call->result != NULL)
    g_signal_emit_by_name (self, "booked",
                   json_object_get_string_member (run->call->result, "appointment_id"));
  ava_agent_tool_done (self->agent, run->call);
  if (self->state != AVA_CALL_ENDED)
    return;
  note_late_write (self, run->call);
  if (self->tools_running == 0)
    ava_call_session_settle (self);
}

static void
on_agent_tool_call (AvaCallSession *self,
                    AvaToolCall    *call)
{
  ToolRun *run = g_new0 (ToolRun, 1);

  run->self = g_object_ref (self);
  run->call = g_object_ref (call);
  self->tools_running++;
  /* Never cancelled: a write runs to its end even if the call is over. */
  ava_toolbox_run_async (self->toolbox, call, "ava", self->record->id, NULL, tool_run_cb, run);
}

/* --- the agent itself --- */

static void
connect_agent (AvaCallSession *self)
{
  static const struct { const char *signal; GCallback callback; } handlers[] = {
    { "audio", G_CALLBACK (on_agent_audio) }, { "flush", G_CALLBACK (on_agent_flush) },
    { "item", G_CALLBACK (on_agent_item) }, { "caption", G_CALLBACK (on_agent_caption) },
    { "state", G_CALLBACK (on_agent_state) }, { "event", G_CALLBACK (on_agent_event) },
    { "tool-call", G_CALLBACK (on_agent_tool_call) }, { "finished", G_CALLBACK (on_agent_finished) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->agent, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
}

/* The cloud voice should answer and cannot: the caller does not wait, and the receptionist reads why. */
void
ava_call_session_note_why_local (AvaCallSession *self)
{
  g_autofree char *why = ava_cloud_voice_explain_absence (self->cloud);
  g_autofree char *words = why != NULL ? g_strdup_printf (_("%s Ava answers with her own voice."), why) : NULL;

  if (words != NULL)
    ava_call_session_note_trouble (self, "trouble", words);
}

static AvaAgent *
make_agent (AvaCallSession          *self,
            const AvaDialogueCaller *caller)
{
  AvaRecognizer *recognizer = ava_speech_engines_get_recognizer (self->engines);
  AvaSynthesizer *synthesizer = ava_speech_engines_get_synthesizer (self->engines);
  AvaPacer *pacer = ava_line_call_get_pacer (self->line_call);
  g_autoptr (AvaRealtimeSpare) spare = ava_cloud_reserve_take (self->reserve);
  AvaRealtimeParts parts = {
    .settings = ava_cloud_voice_get_settings (self->cloud), .spa = self->spa, .caller = caller, .card = self->card,
    .clock = self->clock, .specs = ava_toolbox_list_specs (self->toolbox), .synthesizer = synthesizer, .spare = spare,
  };

  if (!ava_cloud_voice_is_used (self->cloud))
    return ava_local_agent_new (self->spa, caller, self->card, self->clock, recognizer, synthesizer, pacer);
  ava_call_session_set_push_to_talk (self, parts.settings->mode == AVA_TURN_MODE_PUSH_TO_TALK);
  return ava_steady_agent_new (&parts, recognizer, pacer);
}

/**
 * ava_call_session_take_agent:
 *
 * Makes who leads the call, and listens to them.
 */
void
ava_call_session_take_agent (AvaCallSession          *self,
                             const AvaDialogueCaller *caller)
{
  self->agent = make_agent (self, caller);
  connect_agent (self);
}
