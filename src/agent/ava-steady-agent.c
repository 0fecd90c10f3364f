/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-steady-agent.h"

#include "ava-local-agent.h"
#include "ava-wording.h"

/*
 *  frames --> cloud --lost--> dialogue, words nobody answered, tool that runs, last frames --> local
 *                 \                                                                            /
 *                  +---------------- audio, items, tool calls, events ------------------------+--> call
 */

#define QUIET_FRAMES 25       /* kept while nobody speaks: 0.5 s */
#define MOST_FRAMES 750       /* kept of what the caller says: 15 s */
#define LEAST_SPEECH 5        /* [frames] among them that make an utterance */
#define SPEECH 0.5

/* A frame of the caller that nobody may have understood. */
typedef struct {
  AvaFrame frame;
  double speech;
} Heard;

struct _AvaSteadyAgent {
  GObject parent_instance;

  AvaAgent *cloud;
  AvaAgent *local;              /* nullable until it takes over */
  AvaSpa *spa;
  AvaClock *clock;
  AvaBookingCard *card;
  AvaRecognizer *recognizer;
  AvaSynthesizer *synthesizer;
  AvaPacer *pacer;              /* nullable */
  AvaDialogueCaller caller;     /* its texts are owned */
  GQueue heard;                 /* Heard */
  AvaAgentState cloud_state;
  gint64 now_us;                /* [us] since the call began */
  gboolean muted;
  gboolean holding;             /* the pacer: a service answers in real time */
  gboolean stopped;
};

static void agent_iface_init (AvaAgentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaSteadyAgent, ava_steady_agent, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_AGENT, agent_iface_init))

static AvaAgent *
get_active (AvaSteadyAgent *self)
{
  return self->local != NULL ? self->local : self->cloud;
}

/* --- what either says is what this one says --- */

static void
on_audio (AvaSteadyAgent *self, gint16 *pcm, guint n_samples)
{
  g_signal_emit_by_name (self, "audio", pcm, n_samples);
}

static void
on_flush (AvaSteadyAgent *self)
{
  g_signal_emit_by_name (self, "flush");
}

static void
on_item (AvaSteadyAgent *self, AvaTranscriptItem *item)
{
  g_signal_emit_by_name (self, "item", item);
}

static void
on_tool_call (AvaSteadyAgent *self, AvaToolCall *call)
{
  g_signal_emit_by_name (self, "tool-call", call);
}

static void
on_caption (AvaSteadyAgent *self, const char *text, const char *expect)
{
  g_signal_emit_by_name (self, "caption", text, expect);
}

static void
on_event (AvaSteadyAgent *self, const char *kind, JsonObject *data)
{
  g_signal_emit_by_name (self, "event", kind, data);
}

static void
on_finished (AvaSteadyAgent *self, const char *outcome)
{
  g_signal_emit_by_name (self, "finished", outcome);
}

/* The end of the first agent is not the end of the call. */
static void
on_state (AvaSteadyAgent *self, int state, AvaAgent *agent)
{
  if (agent == self->cloud)
    self->cloud_state = state;
  if (state != AVA_AGENT_ENDED || self->stopped)
    g_signal_emit_by_name (self, "state", state);
}

static void
on_cloud_state (AvaSteadyAgent *self, int state)
{
  on_state (self, state, self->cloud);
}

static void
on_local_state (AvaSteadyAgent *self, int state)
{
  on_state (self, state, self->local);
}

static void
connect_agent (AvaSteadyAgent *self,
               AvaAgent       *agent)
{
  const struct { const char *signal; GCallback callback; } handlers[] = {
    { "audio", G_CALLBACK (on_audio) }, { "flush", G_CALLBACK (on_flush) }, { "item", G_CALLBACK (on_item) },
    { "tool-call", G_CALLBACK (on_tool_call) }, { "caption", G_CALLBACK (on_caption) }, { "event", G_CALLBACK (on_event) },
    { "finished", G_CALLBACK (on_finished) },
    { "state", agent == self->cloud ? G_CALLBACK (on_cloud_state) : G_CALLBACK (on_local_state) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (agent, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
}

/* --- changing over --- */

static void
release_pacer (AvaSteadyAgent *self)
{
  if (self->holding)
    ava_pacer_release (self->pacer, CLOCK_MONOTONIC);
  self->holding = FALSE;
}

static void
tell_change (AvaSteadyAgent *self,
             const char     *words)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "from", "realtime");
  json_object_set_string_member (data, "to", "local");
  json_object_set_string_member (data, "why", words != NULL ? words : "A red flag: the rules of this machine speak.");
  g_signal_emit_by_name (self, "event", "agent-changed", data);
  if (words != NULL) {
    g_autoptr (JsonObject) trouble = json_object_new ();
    g_autofree char *all = g_strdup_printf ("%s Ava goes on with her own voice.", words);

    json_object_set_string_member (trouble, "words", all);
    g_signal_emit_by_name (self, "event", "trouble", trouble);
  }
}

static guint
count_speech (AvaSteadyAgent *self)
{
  guint n = 0;

  for (GList *at = self->heard.head; at != NULL; at = at->next)
    n += ((Heard *) at->data)->speech >= SPEECH;
  return n;
}

/* What the caller was saying when the service was lost is heard once more, from its beginning. */
static void
replay (AvaSteadyAgent *self)
{
  Heard *heard;

  while ((heard = g_queue_pop_head (&self->heard)) != NULL) {
    ava_agent_hear (self->local, &heard->frame, heard->speech, 0, 0);
    g_free (heard);
  }
}

static void
take_over (AvaSteadyAgent *self)
{
  AvaRealtimeAgent *cloud = AVA_REALTIME_AGENT (self->cloud);
  AvaToolCall *running = ava_realtime_agent_get_running (cloud);
  g_autofree char *unanswered = NULL;
  AvaDialogue *dialogue = ava_realtime_agent_steal_dialogue (cloud, &unanswered);
  gboolean hearing = running == NULL && unanswered == NULL && count_speech (self) >= LEAST_SPEECH;

  ava_local_agent_take_over (AVA_LOCAL_AGENT (self->local), dialogue, ava_realtime_agent_get_last_item (cloud), unanswered,
                             running, hearing, self->now_us);
  if (hearing)
    replay (self);
}

static void
on_lost (AvaSteadyAgent *self,
         const char     *words)
{
  if (self->local != NULL || self->stopped)
    return;
  g_signal_handlers_disconnect_by_data (self->cloud, self);
  tell_change (self, words);
  self->local = ava_local_agent_new (self->spa, &self->caller, self->card, self->clock, self->recognizer, self->synthesizer,
                                     self->pacer);
  connect_agent (self, self->local);
  ava_agent_set_muted (self->local, self->muted);
  if (ava_realtime_agent_has_greeted (AVA_REALTIME_AGENT (self->cloud)) || words == NULL)
    take_over (self);
  else
    ava_agent_start (self->local);
  release_pacer (self);
}

/* --- the interface --- */

static void
steady_agent_start (AvaAgent *agent)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);
  g_autofree char *bridge = ava_wording_say (AVA_SAY_BRIDGE, 0, NULL);

  ava_synthesizer_prepare (self->synthesizer, bridge);
  if (self->pacer != NULL) {
    ava_pacer_hold (self->pacer, CLOCK_MONOTONIC);
    self->holding = TRUE;
  }
  ava_agent_start (self->cloud);
}

static void
keep (AvaSteadyAgent *self,
      const AvaFrame *frame,
      double          speech)
{
  gboolean speaking = self->cloud_state == AVA_AGENT_HEARING || self->cloud_state == AVA_AGENT_THINKING;
  guint most = speaking ? MOST_FRAMES : QUIET_FRAMES;
  Heard *heard = g_new (Heard, 1);

  heard->frame = *frame;
  heard->speech = speech;
  g_queue_push_tail (&self->heard, heard);
  while (g_queue_get_length (&self->heard) > most)
    g_free (g_queue_pop_head (&self->heard));
}

static void
steady_agent_hear (AvaAgent       *agent,
                   const AvaFrame *frame,
                   double          speech,
                   gint64          played,
                   gint64          queued)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);

  self->now_us = frame->time_us;
  if (self->local == NULL)
    keep (self, frame, speech);
  ava_agent_hear (get_active (self), frame, speech, played, queued);
}

static void
steady_agent_tool_done (AvaAgent    *agent,
                        AvaToolCall *call)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);

  /* What the caller asked for was done: it is not heard once more. */
  if (self->cloud_state != AVA_AGENT_HEARING)
    g_queue_clear_full (&self->heard, g_free);
  /* A call of the first agent that ends after the change is known to both. */
  if (self->local != NULL)
    ava_agent_tool_done (self->local, call);
  else
    ava_agent_tool_done (self->cloud, call);
}

static void
steady_agent_set_muted (AvaAgent *agent,
                        gboolean  muted)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);

  self->muted = muted;
  ava_agent_set_muted (get_active (self), muted);
}

static void
steady_agent_steer (AvaAgent   *agent,
                    const char *words)
{
  ava_agent_steer (get_active (AVA_STEADY_AGENT (agent)), words);
}

static void
steady_agent_restart_greeting (AvaAgent *agent)
{
  ava_agent_restart_greeting (get_active (AVA_STEADY_AGENT (agent)));
}

static void
steady_agent_set_spa (AvaAgent *agent,
                      AvaSpa   *spa)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);

  g_set_object (&self->spa, spa);
  ava_agent_set_spa (get_active (self), spa);
}

static void
steady_agent_stop (AvaAgent *agent)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (agent);

  self->stopped = TRUE;
  ava_agent_stop (self->cloud);
  if (self->local != NULL)
    ava_agent_stop (self->local);
  release_pacer (self);
}

static AvaBookingCard *
steady_agent_get_card (AvaAgent *agent)
{
  return AVA_STEADY_AGENT (agent)->card;
}

static void
agent_iface_init (AvaAgentInterface *iface)
{
  iface->start = steady_agent_start;
  iface->hear = steady_agent_hear;
  iface->tool_done = steady_agent_tool_done;
  iface->set_muted = steady_agent_set_muted;
  iface->steer = steady_agent_steer;
  iface->restart_greeting = steady_agent_restart_greeting;
  iface->set_spa = steady_agent_set_spa;
  iface->stop = steady_agent_stop;
  iface->get_card = steady_agent_get_card;
}

static void
ava_steady_agent_finalize (GObject *object)
{
  AvaSteadyAgent *self = AVA_STEADY_AGENT (object);

  release_pacer (self);
  g_queue_clear_full (&self->heard, g_free);
  g_clear_object (&self->cloud);
  g_clear_object (&self->local);
  g_clear_object (&self->spa);
  g_clear_object (&self->clock);
  g_clear_object (&self->card);
  g_clear_object (&self->recognizer);
  g_clear_object (&self->synthesizer);
  g_clear_object (&self->pacer);
  g_free ((char *) self->caller.phone);
  g_free ((char *) self->caller.customer_id);
  g_free ((char *) self->caller.name);
  g_free ((char *) self->caller.call_id);

  G_OBJECT_CLASS (ava_steady_agent_parent_class)->finalize (object);
}

static void
ava_steady_agent_class_init (AvaSteadyAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_steady_agent_finalize;
}

static void
ava_steady_agent_init (AvaSteadyAgent *self)
{
  g_queue_init (&self->heard);
}

/**
 * ava_steady_agent_new:
 * @parts: of the agent that leads; the synthesizer must be there
 * @recognizer: of the local agent
 * @pacer: (nullable): of the line; a service answers in real time, so it is held as long as it leads
 *
 * Returns: (transfer full): an agent that has not yet answered
 */
AvaAgent *
ava_steady_agent_new (const AvaRealtimeParts *parts,
                      AvaRecognizer          *recognizer,
                      AvaPacer               *pacer)
{
  AvaSteadyAgent *self = g_object_new (AVA_TYPE_STEADY_AGENT, NULL);

  self->spa = g_object_ref (parts->spa);
  self->clock = g_object_ref (parts->clock);
  self->card = g_object_ref (parts->card);
  self->recognizer = g_object_ref (recognizer);
  self->synthesizer = g_object_ref (parts->synthesizer);
  g_set_object (&self->pacer, pacer);
  self->caller = (AvaDialogueCaller) {
    .phone = g_strdup (parts->caller->phone),
    .customer_id = g_strdup (parts->caller->customer_id),
    .name = g_strdup (parts->caller->name),
    .call_id = g_strdup (parts->caller->call_id),
  };
  self->cloud = ava_realtime_agent_new (parts);
  connect_agent (self, self->cloud);
  g_signal_connect_object (self->cloud, "lost", G_CALLBACK (on_lost), self, G_CONNECT_SWAPPED);
  return AVA_AGENT (self);
}

/**
 * ava_steady_agent_is_local:
 *
 * Returns: whether the local agent has taken over
 */
gboolean
ava_steady_agent_is_local (AvaSteadyAgent *self)
{
  return self->local != NULL;
}

/**
 * ava_steady_agent_set_pressed:
 * @pressed: whether the caller's side is open (push to talk)
 */
void
ava_steady_agent_set_pressed (AvaSteadyAgent *self,
                              gboolean        pressed)
{
  if (self->local == NULL)
    ava_realtime_agent_set_pressed (AVA_REALTIME_AGENT (self->cloud), pressed);
}
