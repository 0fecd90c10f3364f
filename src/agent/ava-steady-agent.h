/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-pacer.h"
#include "ava-realtime-agent.h"
#include "ava-recognizer.h"

G_BEGIN_DECLS

/**
 * AvaSteadyAgent:
 *
 * A call that survives the cloud (MS-4): the voice service leads, and when it cannot go on the local agent does, in the
 * same call, with the same slots, offers and holds. It changes over at most once. Main thread.
 *
 * Events beside those of both: "agent-changed" {from, to, why}.
 */
#define AVA_TYPE_STEADY_AGENT (ava_steady_agent_get_type ())
G_DECLARE_FINAL_TYPE (AvaSteadyAgent, ava_steady_agent, AVA, STEADY_AGENT, GObject)

AvaAgent *ava_steady_agent_new         (const AvaRealtimeParts *parts,
                                        AvaRecognizer          *recognizer,
                                        AvaPacer               *pacer);
gboolean  ava_steady_agent_is_local    (AvaSteadyAgent         *self);
void      ava_steady_agent_set_pressed (AvaSteadyAgent         *self,
                                        gboolean                pressed);

G_END_DECLS
