/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-booking-card.h"
#include "ava-frame.h"
#include "ava-spa.h"
#include "ava-tool-call.h"
#include "ava-transcript-item.h"

G_BEGIN_DECLS

typedef enum {
  AVA_AGENT_IDLE,
  AVA_AGENT_LISTENING,
  AVA_AGENT_HEARING,     /* the caller is speaking */
  AVA_AGENT_THINKING,
  AVA_AGENT_SPEAKING,
  AVA_AGENT_ENDED,
} AvaAgentState;

/**
 * AvaAgent:
 *
 * Holds one conversation: frames of the caller in, Ava's audio, transcript items and tool calls
 * out. Main thread; never blocks.
 *
 * Signals:
 *   "audio" (gpointer gint16*, guint n_samples): play this next;
 *   "flush": silence at once, the caller is speaking;
 *   "item" (AvaTranscriptItem*): a new item of the transcript, it grows from here on;
 *   "tool-call" (AvaToolCall*): run this and answer with ava_agent_tool_done();
 *   "caption" (const char *text, const char *expect): what she now begins to say, and what for;
 *   "state" (AvaAgentState, as int);
 *   "event" (const char *kind, JsonObject*): something for the journal;
 *   "finished" (const char *outcome): the conversation is over, hang up.
 */
#define AVA_TYPE_AGENT (ava_agent_get_type ())
G_DECLARE_INTERFACE (AvaAgent, ava_agent, AVA, AGENT, GObject)

struct _AvaAgentInterface {
  GTypeInterface parent_iface;

  void            (*start)            (AvaAgent       *self);
  void            (*hear)             (AvaAgent       *self,
                                       const AvaFrame *frame,
                                       double          speech,
                                       gint64          played,
                                       gint64          queued);
  void            (*tool_done)        (AvaAgent       *self,
                                       AvaToolCall    *call);
  void            (*set_muted)        (AvaAgent       *self,
                                       gboolean        muted);
  void            (*steer)            (AvaAgent       *self,
                                       const char     *words);
  void            (*restart_greeting) (AvaAgent       *self);
  void            (*set_spa)          (AvaAgent       *self,   /* optional */
                                       AvaSpa         *spa);
  void            (*stop)             (AvaAgent       *self);
  AvaBookingCard *(*get_card)         (AvaAgent       *self);
};

void            ava_agent_start            (AvaAgent       *self);
/* @speech: VAD probability; @played, @queued: [samples] of Ava's audio heard and still waiting */
void            ava_agent_hear             (AvaAgent       *self,
                                            const AvaFrame *frame,
                                            double          speech,
                                            gint64          played,
                                            gint64          queued);
void            ava_agent_tool_done        (AvaAgent       *self,
                                            AvaToolCall    *call);
void            ava_agent_set_muted        (AvaAgent       *self,
                                            gboolean        muted);
void            ava_agent_steer            (AvaAgent       *self,
                                            const char     *words);
void            ava_agent_restart_greeting (AvaAgent       *self);
void            ava_agent_set_spa          (AvaAgent       *self,
                                            AvaSpa         *spa);
void            ava_agent_stop             (AvaAgent       *self);
AvaBookingCard *ava_agent_get_card         (AvaAgent       *self);
const char     *ava_agent_state_to_string  (AvaAgentState   state);

G_END_DECLS
