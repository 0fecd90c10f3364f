/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-agent.h"
#include "ava-clock.h"
#include "ava-dialogue.h"
#include "ava-realtime-settings.h"
#include "ava-realtime-spare.h"
#include "ava-synthesizer.h"

G_BEGIN_DECLS

/* What the agent is made of. Everything is copied or kept alive. */
typedef struct {
  const AvaRealtimeSettings *settings;   /* that were checked */
  AvaSpa *spa;
  const AvaDialogueCaller *caller;
  AvaBookingCard *card;
  AvaClock *clock;
  GPtrArray *specs;                      /* AvaToolSpec, valid as long as the program */
  AvaSynthesizer *synthesizer;           /* nullable: no fillers */
  AvaRealtimeTransport *(*make_line) (gpointer line_data);   /* NULL: a WebSocket */
  gpointer line_data;
  AvaRealtimeSpare *spare;               /* nullable: a line that has waited; it is taken */
} AvaRealtimeParts;

/**
 * AvaRealtimeAgent:
 *
 * Ava with a voice service in the cloud that hears, thinks and speaks. Turns, tools, truth and the transcript are kept
 * here: the service never decides what was booked. A dialogue follows both sides, so that the local agent can take over
 * at any moment. Main thread; never blocks.
 *
 * Signals: "lost" (const char *words): the service cannot go on; nothing more comes from this agent. @words: the cause,
 *   or %NULL when the local rules must take over (a red flag).
 */
#define AVA_TYPE_REALTIME_AGENT (ava_realtime_agent_get_type ())
G_DECLARE_FINAL_TYPE (AvaRealtimeAgent, ava_realtime_agent, AVA, REALTIME_AGENT, GObject)

AvaAgent    *ava_realtime_agent_new             (const AvaRealtimeParts *parts);
/* Push to talk: whether the caller's side is open. */
void         ava_realtime_agent_set_pressed     (AvaRealtimeAgent       *self,
                                                 gboolean                pressed);

/* For whoever takes over. */
AvaDialogue *ava_realtime_agent_steal_dialogue  (AvaRealtimeAgent       *self,
                                                 char                  **unanswered);
AvaToolCall *ava_realtime_agent_get_running     (AvaRealtimeAgent       *self);   /* nullable */
const char  *ava_realtime_agent_get_last_item   (AvaRealtimeAgent       *self);   /* nullable */
gboolean     ava_realtime_agent_has_greeted     (AvaRealtimeAgent       *self);

G_END_DECLS
