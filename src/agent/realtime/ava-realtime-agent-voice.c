/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-private.h"

/* The local voice: a few words while the service cannot. */

typedef struct {
  AvaRealtimeAgent *self;
  AvaTranscriptItem *row;
  GCancellable *cancellable;
} Filling;

static void
take_chunk (const gint16 *pcm,
            gsize         n_samples,
            gsize         text_offset,
            gpointer      user_data)
{
  Filling *filling = user_data;
  g_autoptr (GBytes) bytes = NULL;

  if (g_cancellable_is_cancelled (filling->cancellable))
    return;
  bytes = g_bytes_new (pcm, n_samples * sizeof (gint16));
  ava_realtime_playout_add (filling->self->playout, NULL, filling->row, bytes, AVA_RATE);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Filling *filling = user_data;

  ava_synthesizer_speak_finish (AVA_SYNTHESIZER (source), result, NULL);
  if (!g_cancellable_is_cancelled (filling->cancellable))
    ava_realtime_playout_close (filling->self->playout, NULL);
  g_object_unref (filling->cancellable);
  g_object_unref (filling->row);
  g_object_unref (filling->self);
  g_free (filling);
}

void
ava_realtime_agent_say_here (AvaRealtimeAgent *self,
                             const char       *text)
{
  g_autofree char *id = g_strdup_printf (AVA_RT_HERE "%u", ++self->ids);
  Filling *filling;

  if (self->synthesizer == NULL || self->muted || ava_realtime_playout_is_busy (self->playout))
    return;
  filling = g_new0 (Filling, 1);
  filling->self = g_object_ref (self);
  filling->cancellable = g_object_ref (self->filling);
  filling->row = ava_realtime_items_place (self->items, id, ava_realtime_items_get_last (self->items), AVA_ROLE_AVA, self->now_us);
  g_object_ref (filling->row);
  ava_realtime_playout_add_words (self->playout, NULL, filling->row, text, TRUE);
  ava_synthesizer_speak_async (self->synthesizer, text, take_chunk, filling, filling->cancellable, filled_cb, filling);
}

void
ava_realtime_agent_say_filler (AvaRealtimeAgent *self)
{
  static const char *const fillers[] = { "One moment, please.", "Let me see.", "Just a second." };

  if (self->muted || ava_realtime_playout_is_busy (self->playout))
    return;
  ava_realtime_agent_emit (self, "filler", json_object_new ());
  ava_realtime_agent_say_here (self, fillers[self->fillers++ % G_N_ELEMENTS (fillers)]);
}
