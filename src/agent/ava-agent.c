/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-agent.h"

G_DEFINE_INTERFACE (AvaAgent, ava_agent, G_TYPE_OBJECT)

static void
ava_agent_default_init (AvaAgentInterface *iface)
{
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  g_signal_new ("audio", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  g_signal_new ("flush", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("item", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, AVA_TYPE_TRANSCRIPT_ITEM);
  g_signal_new ("tool-call", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, AVA_TYPE_TOOL_CALL);
  g_signal_new ("caption", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  g_signal_new ("state", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_signal_new ("event", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_OBJECT);
  g_signal_new ("finished", AVA_TYPE_AGENT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

/**
 * ava_agent_start:
 *
 * The call is answered: greet.
 */
void
ava_agent_start (AvaAgent *self)
{
  AVA_AGENT_GET_IFACE (self)->start (self);
}

/**
 * ava_agent_hear:
 * @frame: the next 20 ms of the caller
 * @speech: probability that it holds speech, 0..1
 * @played: [samples] of Ava's audio heard since the call began
 * @queued: [samples] of Ava's audio that still wait
 */
void
ava_agent_hear (AvaAgent       *self,
                const AvaFrame *frame,
                double          speech,
                gint64          played,
                gint64          queued)
{
  AVA_AGENT_GET_IFACE (self)->hear (self, frame, speech, played, queued);
}

/**
 * ava_agent_tool_done:
 * @call: one that "tool-call" gave out, its result set
 */
void
ava_agent_tool_done (AvaAgent    *self,
                     AvaToolCall *call)
{
  AVA_AGENT_GET_IFACE (self)->tool_done (self, call);
}

/**
 * ava_agent_set_muted:
 * @muted: whether Ava stays silent; she goes on listening
 */
void
ava_agent_set_muted (AvaAgent *self,
                     gboolean  muted)
{
  AVA_AGENT_GET_IFACE (self)->set_muted (self, muted);
}

/**
 * ava_agent_steer:
 * @words: what the staff wants of Ava's next replies
 */
void
ava_agent_steer (AvaAgent   *self,
                 const char *words)
{
  AVA_AGENT_GET_IFACE (self)->steer (self, words);
}

/**
 * ava_agent_restart_greeting:
 *
 * Silences Ava and begins the conversation anew.
 */
void
ava_agent_restart_greeting (AvaAgent *self)
{
  AVA_AGENT_GET_IFACE (self)->restart_greeting (self);
}

/**
 * ava_agent_set_spa:
 * @spa: the spa after a settings change
 *
 * What Ava says from the next turn on follows the new settings.
 */
void
ava_agent_set_spa (AvaAgent *self,
                   AvaSpa   *spa)
{
  if (AVA_AGENT_GET_IFACE (self)->set_spa != NULL)
    AVA_AGENT_GET_IFACE (self)->set_spa (self, spa);
}

/**
 * ava_agent_stop:
 *
 * The call is over: no signal is emitted any more.
 */
void
ava_agent_stop (AvaAgent *self)
{
  AVA_AGENT_GET_IFACE (self)->stop (self);
}

/**
 * ava_agent_get_card:
 *
 * Returns: (transfer none): what is understood of the booking, live
 */
AvaBookingCard *
ava_agent_get_card (AvaAgent *self)
{
  return AVA_AGENT_GET_IFACE (self)->get_card (self);
}

/**
 * ava_agent_state_to_string:
 *
 * Returns: the name of @state, as journals write it
 */
const char *
ava_agent_state_to_string (AvaAgentState state)
{
  static const char *const names[] = {
    "idle", "listening", "hearing", "thinking", "speaking", "ended",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), "idle");

  return names[state];
}
