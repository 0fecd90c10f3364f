/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-agent.h"
#include "ava-clock.h"
#include "ava-dialogue.h"
#include "ava-pacer.h"
#include "ava-recognizer.h"
#include "ava-synthesizer.h"

G_BEGIN_DECLS

/**
 * AvaLocalAgent:
 *
 * Ava with no network: turn-taking, ear, dialogue rules and voice, all on this machine.
 * It decides nothing about bookings itself (AvaDialogue does) and runs no tool (the call does).
 */
#define AVA_TYPE_LOCAL_AGENT (ava_local_agent_get_type ())
G_DECLARE_FINAL_TYPE (AvaLocalAgent, ava_local_agent, AVA, LOCAL_AGENT, GObject)

AvaAgent *ava_local_agent_new (AvaSpa                  *spa,
                               const AvaDialogueCaller *caller,
                               AvaBookingCard          *card,
                               AvaClock                *clock,
                               AvaRecognizer           *recognizer,
                               AvaSynthesizer          *synthesizer,
                               AvaPacer                *pacer);

/* Instead of ava_agent_start(): the call is under way, somebody else could not go on. */
void      ava_local_agent_take_over (AvaLocalAgent *self,
                                     AvaDialogue   *dialogue,
                                     const char    *last_item_id,
                                     const char    *unanswered,
                                     AvaToolCall   *running,
                                     gboolean       hearing,
                                     gint64         now_us);

G_END_DECLS
