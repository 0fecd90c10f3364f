/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-silero-vad.h"

#include <string.h>

/*
 * Frames of 20 ms in, chunks of 32 ms through the network: a frame gets the probability of the last
 * chunk that is whole, so what it hears is 0 to 30 ms late.
 */

#define QUIET 0.2       /* less is surely no speech */
#define MOST_QUIET 64   /* chunks of that, two seconds, after which what it remembers is dropped */

struct _AvaSileroVad {
  GObject parent_instance;

  AvaSileroWeights *weights;
  AvaSileroState state;
  gint16 pending[AVA_SILERO_CHUNK];
  guint n_pending;               /* [samples] */
  double probability;            /* of the last chunk */
  guint quiet;                   /* chunks without speech since the last one with */
  guint64 steps;                 /* chunks so far */
};

static void vad_iface_init (AvaVadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaSileroVad, ava_silero_vad, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_VAD, vad_iface_init))

/* In a long pause the network sinks into expecting more of it, and misses the first words after. */
static void
refresh (AvaSileroVad *self)
{
  self->quiet = self->probability < QUIET ? self->quiet + 1 : 0;
  if (self->quiet < MOST_QUIET)
    return;
  self->quiet = 0;
  memset (self->state.hidden, 0, sizeof self->state.hidden);
  memset (self->state.cell, 0, sizeof self->state.cell);
}

static double
silero_vad_process (AvaVad         *vad,
                    const AvaFrame *frame)
{
  AvaSileroVad *self = AVA_SILERO_VAD (vad);
  guint taken = 0;

  while (taken < AVA_FRAME_SAMPLES) {
    guint n = MIN (AVA_FRAME_SAMPLES - taken, AVA_SILERO_CHUNK - self->n_pending);

    memcpy (self->pending + self->n_pending, frame->pcm + taken, n * sizeof (gint16));
    self->n_pending += n;
    taken += n;
    if (self->n_pending < AVA_SILERO_CHUNK)
      break;
    self->n_pending = 0;
    self->probability = ava_silero_step (self->weights, &self->state, self->pending);
    self->steps++;
    refresh (self);
  }
  return self->probability;
}

static void
silero_vad_reset (AvaVad *vad)
{
  AvaSileroVad *self = AVA_SILERO_VAD (vad);

  memset (&self->state, 0, sizeof self->state);
  self->n_pending = 0;
  self->quiet = 0;
  self->probability = 0;
}

static void
vad_iface_init (AvaVadInterface *iface)
{
  iface->process = silero_vad_process;
  iface->reset = silero_vad_reset;
}

static void
ava_silero_vad_finalize (GObject *object)
{
  AvaSileroVad *self = AVA_SILERO_VAD (object);

  g_clear_pointer (&self->weights, ava_silero_weights_unref);

  G_OBJECT_CLASS (ava_silero_vad_parent_class)->finalize (object);
}

static void
ava_silero_vad_class_init (AvaSileroVadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_silero_vad_finalize;
}

static void
ava_silero_vad_init (AvaSileroVad *self)
{
}

/**
 * ava_silero_vad_new:
 *
 * Returns: (transfer full): a detector that has heard nothing yet
 */
AvaVad *
ava_silero_vad_new (AvaSileroWeights *weights)
{
  AvaSileroVad *self = g_object_new (AVA_TYPE_SILERO_VAD, NULL);

  self->weights = ava_silero_weights_ref (weights);
  return AVA_VAD (self);
}

/**
 * ava_silero_vad_get_steps:
 *
 * Returns: how many chunks went through the network
 */
guint64
ava_silero_vad_get_steps (AvaSileroVad *self)
{
  g_return_val_if_fail (AVA_IS_SILERO_VAD (self), 0);

  return self->steps;
}
