/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-private.h"

#include "ava-persona.h"

/* What the session tells: there is a line, again a line, none for a while, none any more. */

void
ava_realtime_agent_greet (AvaRealtimeAgent *self)
{
  g_autofree char *greeting = ava_persona_dup_greeting (self->spa);
  g_autofree char *extra = g_strdup_printf ("Greet the caller with exactly these words, and nothing else: %s", greeting);

  if (!self->muted)
    ava_realtime_agent_ask (self, extra);
}

/* What that session knew by name means nothing to the next one. */
static void
forget_session (AvaRealtimeAgent *self)
{
  ava_realtime_items_settle (self->items, self->now_us);
  g_clear_pointer (&self->active, g_free);
  g_clear_pointer (&self->committed, g_free);
  g_clear_pointer (&self->noise, g_free);
  g_clear_pointer (&self->rest_id, g_free);
  g_hash_table_remove_all (self->dead);
  self->respond_serial = 0;
  self->cancel_next = FALSE;
  if (self->extra == NULL)
    self->extra = g_steal_pointer (&self->asked_extra);
  ava_realtime_tools_close_all (self->tools);
  ava_realtime_turn_reset (&self->turn);
}

/* Whoever waits for something gets it: not while a tool runs, whose answer brings it. */
static void
ask_again (AvaRealtimeAgent *self)
{
  gboolean waiting = self->turn.waiting_us != 0 || self->turn.wanted || self->extra != NULL || self->cut_off || self->unheard;
  const char *extra = self->extra != NULL ? NULL :
                      self->unheard ? "The line was lost for a moment, and what the caller said last was not heard. Ask them to say it again." :
                      self->cut_off ? "The line was lost for a moment while you spoke; the caller heard no more than what you remember. Go on from there." : NULL;

  if (!self->greeted)
    ava_realtime_agent_greet (self);
  else if (waiting && self->turn.tools == 0 && !self->muted)
    ava_realtime_agent_ask (self, extra);
  self->cut_off = self->unheard = FALSE;
}

static void
retell (AvaRealtimeAgent *self)
{
  g_autoptr (GPtrArray) events = NULL;

  forget_session (self);
  events = ava_realtime_items_replay (self->items);
  ava_realtime_items_cut (self->items);
  for (guint i = 0; i < events->len; i++) {
    JsonObject *event = events->pdata[i];
    g_autofree char *id = g_strdup_printf ("ava_told_%u", ++self->ids);

    json_object_set_string_member (json_object_get_object_member (event, "item"), "id", id);
    ava_realtime_items_place_silent (self->items, id, ava_realtime_items_get_last (self->items));
    ava_realtime_agent_send (self, json_object_ref (event), AVA_RT_KIND_WORDS);
  }
  ava_realtime_agent_emit (self, "cloud-renewed", json_object_new ());
  ask_again (self);
}

static void
on_ready (AvaRealtimeAgent *self,
          gboolean          again)
{
  self->away = FALSE;
  if (again)
    retell (self);
  else
    ava_realtime_agent_greet (self);
  ava_realtime_agent_drain (self);
}

static void
on_event (AvaRealtimeAgent *self,
          AvaRealtimeEvent *event)
{
  ava_realtime_agent_take_event (self, event);
}

/* Nothing more comes of what she was saying: silence, and the next session is told what was heard. */
static void
break_off (AvaRealtimeAgent *self)
{
  self->cut_off = self->greeted && (self->active != NULL || self->turn.alarm || self->go_on || ava_realtime_playout_is_busy (self->playout));
  self->unheard = self->turn.hearing || ava_realtime_items_awaits (self->items, 0);
  self->go_on = FALSE;
  ava_realtime_agent_flush (self);
  ava_realtime_playout_forget (self->playout);
  forget_session (self);
}

static void
on_away (AvaRealtimeAgent *self,
         const char       *words)
{
  gboolean again = self->away;

  self->away = TRUE;
  if (!again)
    break_off (self);
  ava_realtime_agent_note_text (self, "cloud-away", "words", words);
  if (!again)
    ava_realtime_agent_say_here (self, "One moment, please, I am still with you.");
}

static void
on_trouble (AvaRealtimeAgent *self,
            const char       *words)
{
  ava_realtime_agent_note_text (self, "trouble", "words", words);
}

/**
 * ava_realtime_agent_open:
 *
 * Connects, or goes on with the line that has waited for this call.
 */
void
ava_realtime_agent_open (AvaRealtimeAgent *self)
{
  if (self->waited)
    ava_realtime_session_begin (self->session);
  ava_realtime_session_configure (self->session, ava_realtime_config_write (self));
  if (!self->waited)
    ava_realtime_session_open (self->session);
  /* If it was replaced meanwhile, she greets already. */
  else if (ava_realtime_session_is_ready (self->session) && self->turn.response == AVA_RESPONSE_NONE)
    on_ready (self, FALSE);
}

/**
 * ava_realtime_agent_follow_session:
 *
 * From now on the agent hears of its line.
 */
void
ava_realtime_agent_follow_session (AvaRealtimeAgent *self)
{
  g_signal_connect_object (self->session, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "away", G_CALLBACK (on_away), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "trouble", G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "lost", G_CALLBACK (ava_realtime_agent_lose), self, G_CONNECT_SWAPPED);
}
