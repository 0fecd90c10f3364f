/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-truth.h"

/* Tools are run by the call; their results go back to the service, and to the dialogue that follows. */

/* A session that was renewed meanwhile knows nothing of the call; while there is none, all is told later. */
static void
tell_call (AvaRealtimeAgent *self,
           const char       *call_id)
{
  JsonObject *event = ava_realtime_session_is_ready (self->session) ? ava_realtime_items_tell_call (self->items, call_id) : NULL;

  if (event != NULL)
    ava_realtime_agent_send (self, event, AVA_RT_KIND_WORDS);
}

void
ava_realtime_agent_run_tools (AvaRealtimeAgent *self)
{
  AvaToolCall *call = ava_realtime_tools_next (self->tools);
  AvaRealtimeAnswer *answer;

  if (call != NULL) {
    ava_realtime_turn_tool_started (&self->turn);
    g_signal_emit_by_name (self, "tool-call", call);
  }
  while ((answer = ava_realtime_tools_take_answer (self->tools)) != NULL) {
    tell_call (self, answer->call_id);
    ava_realtime_items_add_output (self->items, answer->call_id, answer->output);
    ava_realtime_agent_send (self, ava_realtime_write_output (answer->call_id, answer->output), AVA_RT_KIND_RESULTS);
    ava_realtime_answer_free (answer);
  }
}

static void
note_success (AvaRealtimeAgent *self,
              AvaToolCall      *call)
{
  AvaClaims truths = ava_claims_of_tool (call->name);
  const char *outcome = truths & AVA_CLAIM_MOVED || truths & AVA_CLAIM_CANCELLED ? "changed" :
                        truths & AVA_CLAIM_BOOKED ? "booked" : NULL;
  const char *kind = json_object_get_string_member_with_default (call->args, "kind", "");

  ava_realtime_agent_note_deeds (self, call);
  if (call->result == NULL || ava_tool_call_get_error (call) != NULL)
    return;
  self->fruitless = 0;
  if (g_str_equal (call->name, "take_message")) {
    outcome = g_str_equal (kind, "escalation") ? "escalated" : self->outcome == NULL ? "callback" : NULL;
    if (g_str_equal (kind, "escalation"))
      ava_realtime_agent_emit (self, "wants-person", json_object_new ());
  }
  if (outcome == NULL)
    return;
  self->outcome = outcome;
  ava_realtime_agent_note_text (self, "outcome", "outcome", outcome);
}

void
ava_realtime_agent_tool_done (AvaAgent    *agent,
                              AvaToolCall *call)
{
  AvaRealtimeAgent *self = AVA_REALTIME_AGENT (agent);

  if (!ava_realtime_tools_done (self->tools, call))
    return;
  note_success (self, call);
  ava_dialogue_note_result (self->dialogue, call, ava_clock_now_us (self->clock));
  ava_dialogue_fill_card (self->dialogue, self->card);
  /* What the caller asked for was acted on: whoever takes over goes on from there. */
  g_string_truncate (self->unanswered, 0);
  g_clear_pointer (&self->before, ava_dialogue_free);
  if (self->stopped || self->lost)
    return;
  ava_realtime_turn_tool_done (&self->turn, FALSE);
  ava_realtime_agent_run_tools (self);
  if (ava_realtime_tools_take_ready (self->tools))
    ava_realtime_turn_tool_done (&self->turn, TRUE);
  ava_realtime_agent_drain (self);
}

/**
 * ava_realtime_agent_excuse:
 *
 * The tool that runs does not come back. Somebody calls back, whatever becomes of it; if it comes back after all it is told.
 */
void
ava_realtime_agent_excuse (AvaRealtimeAgent *self)
{
  AvaToolCall *call = ava_realtime_tools_get_running (self->tools);

  if (self->muted || self->leaving)
    return;
  ava_realtime_agent_note_text (self, "tool-stuck", "tool", call != NULL ? call->name : "");
  if (self->outcome == NULL)
    self->outcome = "callback";
  self->leaving = TRUE;
  self->bye_us = self->now_us;
  ava_realtime_agent_ask (self, "The appointment book does not answer; nobody knows whether that was done. Say that you are sorry, that "
                          "the computer does not answer, that the team will call back to settle it, and goodbye.");
}
