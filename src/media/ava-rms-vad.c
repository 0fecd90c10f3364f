/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-vad.h"

#include <math.h>

/*
 * Energy against a noise floor. The floor falls at once with the quietest frame of late and rises
 * slowly, so that a fan or a hum is learned within two seconds and a sentence is not. A frame is
 * speech when it stands out of the floor by OVER_FLOOR and reaches LEAST_RMS (V-03).
 */

#define LEAST_RMS 0.005          /* of full scale: V-03 */
#define OVER_FLOOR 2.5           /* times the floor: 8 dB */
#define WINDOW_FRAMES 75         /* 1.5 s over which the quietest frame is the floor */
#define RUMBLE 0.95              /* one-pole high pass, about 130 Hz: mains hum does not count */

struct _AvaRmsVad {
  GObject parent_instance;

  double recent[WINDOW_FRAMES];  /* RMS of the last frames */
  guint n_recent;
  guint next;
  double floor;                  /* of full scale */
  double least;                  /* of full scale: what is softer is never speech */
  double level;                  /* of the last frame, of full scale */
  double last_in;                /* of the high pass */
  double last_out;
};

static void vad_iface_init (AvaVadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaRmsVad, ava_rms_vad, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_VAD, vad_iface_init))

static double
measure (AvaRmsVad      *self,
         const AvaFrame *frame)
{
  double sum = 0;

  for (guint i = 0; i < AVA_FRAME_SAMPLES; i++) {
    double in = frame->pcm[i] / 32768.0;
    double out = in - self->last_in + RUMBLE * self->last_out;

    self->last_in = in;
    self->last_out = out;
    sum += out * out;
  }
  return sqrt (sum / AVA_FRAME_SAMPLES);
}

static void
learn (AvaRmsVad *self,
       double     rms)
{
  double quietest = rms;

  self->recent[self->next] = rms;
  self->next = (self->next + 1) % WINDOW_FRAMES;
  self->n_recent = MIN (self->n_recent + 1, WINDOW_FRAMES);
  for (guint i = 0; i < self->n_recent; i++)
    quietest = MIN (quietest, self->recent[i]);
  if (quietest < self->floor)
    self->floor = quietest;
  else
    self->floor += (quietest - self->floor) * 0.05;
}

static double
rms_vad_process (AvaVad         *vad,
                 const AvaFrame *frame)
{
  AvaRmsVad *self = AVA_RMS_VAD (vad);
  double excess_db;

  self->level = measure (self, frame);
  learn (self, self->level);
  if (self->level <= 0)
    return 0;
  /* 0.5 at the threshold, 0.9 at 6 dB above it. */
  excess_db = 20 * log10 (self->level / ava_rms_vad_get_threshold (self));
  return 1 / (1 + exp (-excess_db * 0.37));
}

static void
rms_vad_reset (AvaVad *vad)
{
  AvaRmsVad *self = AVA_RMS_VAD (vad);

  self->n_recent = self->next = 0;
  self->floor = LEAST_RMS / OVER_FLOOR;
  self->level = 0;
  self->last_in = self->last_out = 0;
}

static void
vad_iface_init (AvaVadInterface *iface)
{
  iface->process = rms_vad_process;
  iface->reset = rms_vad_reset;
}

static void
ava_rms_vad_class_init (AvaRmsVadClass *klass)
{
}

static void
ava_rms_vad_init (AvaRmsVad *self)
{
  self->least = LEAST_RMS;
  rms_vad_reset (AVA_VAD (self));
}

/**
 * ava_rms_vad_new:
 *
 * Returns: (transfer full): a detector that knows nothing of its line yet
 */
AvaVad *
ava_rms_vad_new (void)
{
  return g_object_new (AVA_TYPE_RMS_VAD, NULL);
}

/**
 * ava_rms_vad_get_floor:
 *
 * Returns: the noise floor as it is taken now, of full scale
 */
double
ava_rms_vad_get_floor (AvaRmsVad *self)
{
  g_return_val_if_fail (AVA_IS_RMS_VAD (self), 0);

  return self->floor;
}

/**
 * ava_rms_vad_get_level:
 *
 * Returns: how loud the last frame was, of full scale, rumble taken out
 */
double
ava_rms_vad_get_level (AvaRmsVad *self)
{
  g_return_val_if_fail (AVA_IS_RMS_VAD (self), 0);

  return self->level;
}

/**
 * ava_rms_vad_get_threshold:
 *
 * Returns: the loudness from which a frame is speech now, of full scale
 */
double
ava_rms_vad_get_threshold (AvaRmsVad *self)
{
  g_return_val_if_fail (AVA_IS_RMS_VAD (self), 0);

  return MAX (self->least, self->floor * OVER_FLOOR);
}

/**
 * ava_rms_vad_set_least:
 * @least: of full scale; what is softer is never speech
 */
void
ava_rms_vad_set_least (AvaRmsVad *self,
                       double     least)
{
  g_return_if_fail (AVA_IS_RMS_VAD (self));

  self->least = CLAMP (least, 0.0005, 0.5);
}
