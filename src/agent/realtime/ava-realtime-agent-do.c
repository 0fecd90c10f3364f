/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-private.h"

/* What the turn machine says is to be done: silence, cancelling, asking, going on. */

#define MOST_DEAD 64

guint
ava_realtime_agent_send (AvaRealtimeAgent *self,
                         JsonObject       *event,
                         AvaRealtimeKind   kind)
{
  return ava_realtime_session_send (self->session, event, kind);
}

static void
bury (AvaRealtimeAgent *self,
      const char       *response_id)
{
  if (response_id == NULL)
    return;
  if (g_hash_table_size (self->dead) >= MOST_DEAD)
    g_hash_table_remove_all (self->dead);
  g_hash_table_add (self->dead, g_strdup (response_id));
}

static void
send_cut (AvaRealtimeAgent *self,
          AvaRealtimeCut   *cut)
{
  /* A filler: the service knows nothing of it. */
  if (cut->item_id == NULL)
    return;
  if (cut->heard_ms > 0)
    ava_realtime_agent_send (self, ava_realtime_write_truncate (cut->item_id, cut->heard_ms), AVA_RT_KIND_CONTROL);
  else
    ava_realtime_agent_send (self, ava_realtime_write_delete (cut->item_id), AVA_RT_KIND_CONTROL);
}

static void
send_said (AvaRealtimeAgent *self,
           const char       *id,
           const char       *words)
{
  JsonObject *event = ava_realtime_write_message ("assistant", words, NULL);

  json_object_set_string_member (json_object_get_object_member (event, "item"), "id", id);
  ava_realtime_agent_send (self, event, AVA_RT_KIND_WORDS);
}

/* Our text of what was to follow a false alarm: if it was cut too, only what was heard of it stays. Else all of it was. */
static void
cut_rest (AvaRealtimeAgent *self,
          GPtrArray        *cuts)
{
  g_autofree char *id = g_steal_pointer (&self->rest_id);
  g_autofree char *heard = ava_realtime_playout_steal_rest (self->playout);
  gboolean any = FALSE;

  for (guint i = 0; i < cuts->len; i++)
    any = any || ((AvaRealtimeCut *) cuts->pdata[i])->rest;
  if (id == NULL || !any)
    return;
  ava_realtime_agent_send (self, ava_realtime_write_delete (id), AVA_RT_KIND_CONTROL);
  if (*heard != '\0') {
    g_autofree char *heard_id = g_strdup_printf ("ava_rest_%u", ++self->ids);

    send_said (self, heard_id, heard);
  }
}

/**
 * ava_realtime_agent_flush:
 *
 * Silence at once; the service learns how far each item was heard.
 */
void
ava_realtime_agent_flush (AvaRealtimeAgent *self)
{
  g_autoptr (GPtrArray) cuts = NULL;

  g_cancellable_cancel (self->filling);
  g_object_unref (self->filling);
  self->filling = g_cancellable_new ();
  if (ava_realtime_playout_is_busy (self->playout))
    g_signal_emit_by_name (self, "flush");
  ava_realtime_playout_forget (self->playout);
  self->claiming = FALSE;
  self->wordless_us = 0;
  cuts = ava_realtime_playout_flush (self->playout, self->now_us);
  for (guint i = 0; i < cuts->len; i++)
    send_cut (self, cuts->pdata[i]);
  cut_rest (self, cuts);
}

/* The response under way, or about to be, is not wanted any more. */
void
ava_realtime_agent_cancel (AvaRealtimeAgent *self)
{
  if (self->active == NULL) {
    self->cancel_next = self->turn.response == AVA_RESPONSE_ASKED;
    return;
  }
  bury (self, self->active);
  ava_realtime_agent_send (self, ava_realtime_write_cancel (self->active), AVA_RT_KIND_CONTROL);
}

static void
do_flush (AvaRealtimeAgent *self)
{
  JsonObject *data = json_object_new ();

  self->ending = FALSE;
  if (!self->leaving)
    self->bye_us = 0;
  self->go_on = FALSE;
  g_clear_pointer (&self->asked_extra, g_free);
  self->barge_in_us = self->now_us;
  ava_realtime_agent_flush (self);
  bury (self, self->active);
  /* What was asked for and has not begun was asked before they spoke. */
  if (self->turn.response == AVA_RESPONSE_ASKED)
    self->cancel_next = TRUE;
  json_object_set_int_member (data, "at_us", self->now_us);
  ava_realtime_agent_emit (self, "barge-in", data);
}

/**
 * ava_realtime_agent_ask:
 * @extra: (nullable): instructions of the next response only
 */
void
ava_realtime_agent_ask (AvaRealtimeAgent *self,
                        const char       *extra)
{
  if (extra != NULL && !self->muted) {
    g_free (self->extra);
    self->extra = g_strdup (extra);
  }
  ava_realtime_turn_ask (&self->turn);
}

static void
do_respond (AvaRealtimeAgent *self)
{
  g_autofree char *instructions = NULL;

  /* What the one before was asked for and did not begin to say is still to be said. */
  if (self->extra == NULL)
    self->extra = g_steal_pointer (&self->asked_extra);
  instructions = ava_realtime_config_instruct (self, self->extra);
  g_free (self->asked_extra);
  self->asked_extra = g_steal_pointer (&self->extra);
  self->cancel_next = FALSE;
  self->again_us = 0;
  self->respond_serial = ava_realtime_agent_send (self, ava_realtime_write_respond (instructions), AVA_RT_KIND_SETTINGS);
}

/* To the service the item ends where it was cut; what follows after all is a text of ours, until that is cut too. */
static void
tell_rest (AvaRealtimeAgent *self,
           const char       *rest)
{
  g_clear_pointer (&self->rest_id, g_free);
  if (*rest == '\0')
    return;
  self->rest_id = g_strdup_printf ("ava_rest_%u", ++self->ids);
  send_said (self, self->rest_id, rest);
}

/* Nobody said anything: the noise is no part of the conversation, and the sentence goes on. */
static void
do_resume (AvaRealtimeAgent *self)
{
  g_autofree char *noise = g_steal_pointer (&self->noise);
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) cuts = NULL;
  gboolean whole;

  if (noise != NULL) {
    ava_realtime_agent_send (self, ava_realtime_write_delete (noise), AVA_RT_KIND_CONTROL);
    ava_realtime_items_drop (self->items, noise);
  }
  /* An answer to the noise that was held back is not to be heard. */
  cuts = ava_realtime_playout_drop (self->playout);
  for (guint i = 0; i < cuts->len; i++)
    send_cut (self, cuts->pdata[i]);
  ava_realtime_playout_hold (self->playout, FALSE);
  if (!ava_realtime_playout_resume (self->playout, &whole, &rest))
    return;
  ava_realtime_agent_emit (self, "resume", json_object_new ());
  self->go_on = !whole;
  tell_rest (self, rest);
}

static void
do_settle (AvaRealtimeAgent *self)
{
  ava_realtime_playout_forget (self->playout);
  ava_realtime_playout_hold (self->playout, FALSE);
  g_clear_pointer (&self->noise, g_free);
}

static void
do_prompt (AvaRealtimeAgent *self)
{
  if (self->muted || self->leaving)
    return;
  ava_realtime_agent_emit (self, "silence", json_object_new ());
  ava_realtime_agent_ask (self, "The caller has said nothing for a while. Ask in one short sentence whether they are still there.");
}

void
ava_realtime_agent_leave (AvaRealtimeAgent *self)
{
  if (self->muted || self->leaving)
    return;
  self->leaving = TRUE;
  self->bye_us = self->now_us;
  ava_realtime_agent_emit (self, "nobody-there", json_object_new ());
  if (self->outcome == NULL)
    self->outcome = "callback";
  ava_realtime_agent_ask (self, "Nobody seems to be there. Say that you cannot hear anybody, that the team will call back, and goodbye.");
}

static void
act (AvaRealtimeAgent *self,
     AvaRealtimeDo     what)
{
  static void (*const doers[]) (AvaRealtimeAgent *self) = {
    [AVA_RT_DO_FLUSH] = do_flush, [AVA_RT_DO_CANCEL] = ava_realtime_agent_cancel, [AVA_RT_DO_RESPOND] = do_respond,
    [AVA_RT_DO_RESUME] = do_resume, [AVA_RT_DO_SETTLE] = do_settle, [AVA_RT_DO_FILLER] = ava_realtime_agent_say_filler,
    [AVA_RT_DO_EXCUSE] = ava_realtime_agent_excuse, [AVA_RT_DO_PROMPT] = do_prompt, [AVA_RT_DO_LEAVE] = ava_realtime_agent_leave,
  };

  if (what == AVA_RT_DO_GIVE_UP)
    ava_realtime_agent_lose (self, "The cloud voice does not answer any more.");
  else if (what == AVA_RT_DO_COMMIT)
    ava_realtime_agent_send (self, ava_realtime_write_plain ("input_audio_buffer.commit"), AVA_RT_KIND_CONTROL);
  else if (what == AVA_RT_DO_CLEAR)
    ava_realtime_agent_send (self, ava_realtime_write_plain ("input_audio_buffer.clear"), AVA_RT_KIND_CONTROL);
  else
    doers[what] (self);
  if (what == AVA_RT_DO_COMMIT)
    self->speech_end_us = self->turn.voice_us;
}

/**
 * ava_realtime_agent_drain:
 *
 * Does all that the turn machine wants done.
 */
void
ava_realtime_agent_drain (AvaRealtimeAgent *self)
{
  AvaRealtimeDo what;

  while (!self->lost && !self->stopped && (what = ava_realtime_turn_take (&self->turn)) != AVA_RT_DO_NOTHING)
    act (self, what);
  ava_realtime_agent_update_state (self);
}
