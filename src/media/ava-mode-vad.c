/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-mode-vad.h"

#include "ava-silero-vad.h"

#include <math.h>

/*
 *   frame --> RMS --+-- rms ------------------------------> verdict
 *              |    |
 *              |    +-- hybrid: stands out? --no--> kept for later, verdict 0
 *              |                   | yes, or did so within LINGER_FRAMES
 *              |                   v
 *              +-- silero ---> kept frames, then this one --> Silero --> verdict
 *
 * The first filter is more lenient than RMS itself: it must let every word through, for what it
 * keeps back is never heard. The kept frames give the network the breath before the word.
 */

#define LENIENT_DB 4.5       /* below the RMS threshold that already lets Silero listen */
#define KEPT_FRAMES 16       /* 320 ms: ten chunks */
#define LINGER_FRAMES 12     /* 240 ms of quiet before Silero rests again */
#define STEEPNESS 0.37       /* of the RMS verdict: 0.9 at 6 dB over the threshold */

const AvaVadSettings ava_vad_defaults = { AVA_VAD_HYBRID, 0.005, 0.5 };

struct _AvaModeVad {
  GObject parent_instance;

  AvaVadSettings settings;
  AvaRmsVad *rms;
  AvaSileroVad *silero;           /* nullable */
  char *trouble;                  /* nullable: why there is no Silero */

  AvaFrame kept[KEPT_FRAMES];     /* the newest frames that Silero has not seen */
  guint n_kept;
  guint next_kept;
  guint linger;                   /* frames that Silero still listens */
  AvaVadReading reading;
};

static void vad_iface_init (AvaVadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaModeVad, ava_mode_vad, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_VAD, vad_iface_init))

static const char *const mode_names[] = { "rms", "silero", "hybrid" };

static AvaVadMode
get_active_mode (AvaModeVad *self)
{
  return self->silero != NULL ? self->settings.mode : AVA_VAD_RMS;
}

/* Shifts the scale so that @threshold becomes a half. */
static double
judge (double probability,
       double threshold)
{
  double odds;

  if (probability <= 0 || probability >= 1)
    return CLAMP (probability, 0, 1);
  odds = probability / (1 - probability) * (1 - threshold) / threshold;
  return odds / (1 + odds);
}

static void
keep (AvaModeVad     *self,
      const AvaFrame *frame)
{
  self->kept[self->next_kept] = *frame;
  self->next_kept = (self->next_kept + 1) % KEPT_FRAMES;
  self->n_kept = MIN (self->n_kept + 1, KEPT_FRAMES);
}

static double
ask_silero (AvaModeVad     *self,
            const AvaFrame *frame)
{
  /* After a gap it is best to go on from the end of the last word; but in a noise that was a moment of noise. */
  if (self->n_kept == KEPT_FRAMES && self->reading.rms_threshold > self->settings.rms_threshold)
    ava_vad_reset (AVA_VAD (self->silero));
  for (; self->n_kept > 0; self->n_kept--) {
    guint oldest = (self->next_kept + KEPT_FRAMES - self->n_kept) % KEPT_FRAMES;

    ava_vad_process (AVA_VAD (self->silero), &self->kept[oldest]);
  }
  self->reading.silero = ava_vad_process (AVA_VAD (self->silero), frame);
  return judge (self->reading.silero, self->settings.silero_threshold);
}

static double
confirm (AvaModeVad     *self,
         const AvaFrame *frame)
{
  double lenient = self->reading.rms_threshold * pow (10, -LENIENT_DB / 20);
  double speech;

  if (self->reading.level >= lenient)
    self->linger = LINGER_FRAMES;
  if (self->linger == 0) {
    keep (self, frame);
    return 0;
  }
  speech = ask_silero (self, frame);
  if (speech < 0.5)
    self->linger--;
  return speech;
}

static double
mode_vad_process (AvaVad         *vad,
                  const AvaFrame *frame)
{
  AvaModeVad *self = AVA_MODE_VAD (vad);
  AvaVadReading *reading = &self->reading;
  double excess_db;

  ava_vad_process (AVA_VAD (self->rms), frame);
  reading->mode = get_active_mode (self);
  reading->level = ava_rms_vad_get_level (self->rms);
  reading->floor = ava_rms_vad_get_floor (self->rms);
  reading->rms_threshold = ava_rms_vad_get_threshold (self->rms);
  reading->silero = -1;
  reading->silero_threshold = self->settings.silero_threshold;
  excess_db = reading->level > 0 ? 20 * log10 (reading->level / reading->rms_threshold) : -HUGE_VAL;
  if (reading->mode == AVA_VAD_SILERO) {
    reading->speech = ask_silero (self, frame);
  } else if (reading->mode == AVA_VAD_HYBRID) {
    reading->speech = confirm (self, frame);
  } else {
    if (self->silero != NULL)
      keep (self, frame);
    reading->speech = 1 / (1 + exp (-excess_db * STEEPNESS));
  }
  return reading->speech;
}

static void
mode_vad_reset (AvaVad *vad)
{
  AvaModeVad *self = AVA_MODE_VAD (vad);

  ava_vad_reset (AVA_VAD (self->rms));
  if (self->silero != NULL)
    ava_vad_reset (AVA_VAD (self->silero));
  self->n_kept = self->next_kept = self->linger = 0;
}

static void
vad_iface_init (AvaVadInterface *iface)
{
  iface->process = mode_vad_process;
  iface->reset = mode_vad_reset;
}

static void
ava_mode_vad_finalize (GObject *object)
{
  AvaModeVad *self = AVA_MODE_VAD (object);

  g_clear_object (&self->rms);
  g_clear_object (&self->silero);
  g_free (self->trouble);

  G_OBJECT_CLASS (ava_mode_vad_parent_class)->finalize (object);
}

static void
ava_mode_vad_class_init (AvaModeVadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_mode_vad_finalize;
}

static void
ava_mode_vad_init (AvaModeVad *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSileroWeights) weights = ava_silero_weights_find (&error);

  self->rms = AVA_RMS_VAD (ava_rms_vad_new ());
  if (weights != NULL)
    self->silero = AVA_SILERO_VAD (ava_silero_vad_new (weights));
  else
    self->trouble = g_strdup (error->message);
  self->reading.silero = -1;
}

/**
 * ava_mode_vad_new:
 * @settings: (nullable): the defaults when %NULL
 *
 * Returns: (transfer full): a detector that knows nothing of its line yet
 */
AvaVad *
ava_mode_vad_new (const AvaVadSettings *settings)
{
  AvaModeVad *self = g_object_new (AVA_TYPE_MODE_VAD, NULL);

  ava_mode_vad_configure (self, settings != NULL ? settings : &ava_vad_defaults);
  return AVA_VAD (self);
}

/**
 * ava_mode_vad_configure:
 *
 * Takes effect with the next frame. Thresholds that make no sense are brought into their range.
 */
void
ava_mode_vad_configure (AvaModeVad           *self,
                        const AvaVadSettings *settings)
{
  g_return_if_fail (AVA_IS_MODE_VAD (self));

  self->settings = *settings;
  self->settings.silero_threshold = CLAMP (settings->silero_threshold, 0.05, 0.95);
  ava_rms_vad_set_least (self->rms, settings->rms_threshold);
}

/**
 * ava_mode_vad_get_reading:
 * @reading: (out): what the last frame was found to be
 */
void
ava_mode_vad_get_reading (AvaModeVad    *self,
                          AvaVadReading *reading)
{
  g_return_if_fail (AVA_IS_MODE_VAD (self));

  *reading = self->reading;
  reading->mode = get_active_mode (self);
}

/**
 * ava_mode_vad_get_trouble:
 *
 * Returns: (nullable): why RMS stands in for Silero, in words; %NULL while all is well
 */
const char *
ava_mode_vad_get_trouble (AvaModeVad *self)
{
  g_return_val_if_fail (AVA_IS_MODE_VAD (self), NULL);

  return self->trouble;
}

/**
 * ava_mode_vad_get_steps:
 *
 * Returns: how many chunks of 32 ms the network worked on: what the detector cost
 */
guint64
ava_mode_vad_get_steps (AvaModeVad *self)
{
  g_return_val_if_fail (AVA_IS_MODE_VAD (self), 0);

  return self->silero != NULL ? ava_silero_vad_get_steps (self->silero) : 0;
}

/**
 * ava_vad_mode_to_string:
 *
 * Returns: the name of @mode in settings and on command lines
 */
const char *
ava_vad_mode_to_string (AvaVadMode mode)
{
  g_return_val_if_fail (mode < AVA_VAD_MODES, NULL);

  return mode_names[mode];
}

/**
 * ava_vad_mode_from_string:
 * @mode: (out): untouched when there is no such mode
 *
 * Returns: whether @name is one
 */
gboolean
ava_vad_mode_from_string (const char *name,
                          AvaVadMode *mode)
{
  for (guint i = 0; i < AVA_VAD_MODES; i++) {
    if (g_strcmp0 (name, mode_names[i]) == 0) {
      *mode = i;
      return TRUE;
    }
  }
  return FALSE;
}
