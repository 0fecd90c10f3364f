/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-truth.h"

#include <string.h>

/*
 * What was not done must not be said to be done. A tool makes a claim true until the same is asked for anew; sound is
 * kept back while its words are not known, and from where a sentence begins to claim something to where it ends.
 */

#define MOST_LIES 3          /* after which somebody else speaks */
#define MOST_WORDLESS_US (400 * 1000)   /* [us] that the first sound of an answer waits for its first words */

/* @time_us: when it was said */
void
ava_realtime_agent_note_wishes (AvaRealtimeAgent *self,
                                AvaClaims         wishes,
                                gint64            time_us)
{
  for (guint i = 0; i < AVA_N_CLAIMS; i++) {
    if (wishes & 1 << i)
      self->wished_us[i] = MAX (self->wished_us[i], time_us);
  }
}

/* @call: has come back, with a result or an error */
void
ava_realtime_agent_note_deeds (AvaRealtimeAgent *self,
                               AvaToolCall      *call)
{
  AvaClaims claims = ava_claims_of_tool (call->name);
  gboolean done = call->result != NULL && ava_tool_call_get_error (call) == NULL;

  for (guint i = 0; i < AVA_N_CLAIMS; i++) {
    if (claims & 1 << i && done)
      self->done_us[i] = MAX (self->now_us, 1);
    else if (claims & 1 << i)
      self->wished_us[i] = self->now_us + 1;
  }
}

static AvaClaims
find_false (AvaRealtimeAgent *self,
            const char       *words)
{
  AvaClaims claims = ava_claims_find (words);

  for (guint i = 0; i < AVA_N_CLAIMS; i++) {
    if (self->done_us[i] > 0 && self->done_us[i] >= self->wished_us[i])
      claims &= ~(1 << i);
  }
  return claims;
}

static void
correct (AvaRealtimeAgent *self,
         AvaClaims         claims,
         const char       *words)
{
  ava_realtime_agent_note_text (self, "false-claim", "words", words);
  ava_realtime_agent_flush (self);
  ava_realtime_playout_forget (self->playout);
  ava_realtime_agent_cancel (self);
  if (++self->lies >= MOST_LIES) {
    ava_realtime_agent_lose (self, "The cloud voice said more than once that something was done which was not. Ava's own voice took over.");
    return;
  }
  ava_realtime_session_send (self->session, ava_realtime_write_message ("system", ava_claims_deny (claims), NULL), AVA_RT_KIND_CONTROL);
  ava_realtime_agent_ask (self, "Correct yourself in one short sentence, then do what is still to be done.");
}

/**
 * ava_realtime_agent_check_words:
 * @words: of an item, so far
 * @whole: that was all
 *
 * Returns: whether they were a lie, which was cut
 */
gboolean
ava_realtime_agent_check_words (AvaRealtimeAgent *self,
                                const char       *words,
                                gboolean          whole)
{
  g_autofree char *closed = g_strconcat (words, ".", NULL);
  AvaClaims claims = find_false (self, whole ? closed : words);

  self->wordless_us = 0;
  if (claims != AVA_CLAIM_NONE) {
    correct (self, claims, words);
    return TRUE;
  }
  /* An open sentence may still become a question. */
  self->claiming = !whole && find_false (self, closed) != AVA_CLAIM_NONE;
  return FALSE;
}

/**
 * ava_realtime_agent_await_words:
 *
 * Audio of that item has come; its words usually come before it.
 */
void
ava_realtime_agent_await_words (AvaRealtimeAgent *self,
                                const char       *item_id)
{
  const char *words = ava_realtime_playout_get_words (self->playout, item_id);

  if (!ava_realtime_playout_is_busy (self->playout) && (words == NULL || *words == '\0'))
    self->wordless_us = MAX (self->now_us, 1);
}

/**
 * ava_realtime_agent_update_hold:
 *
 * Keeps sound back while it is not known whether it may be heard.
 */
void
ava_realtime_agent_update_hold (AvaRealtimeAgent *self)
{
  gboolean wordless = self->wordless_us != 0 && self->now_us - self->wordless_us < MOST_WORDLESS_US;

  ava_realtime_playout_hold (self->playout, wordless || self->claiming || ava_realtime_turn_doubts (&self->turn));
}
