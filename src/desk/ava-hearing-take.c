/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-private.h"

#include <math.h>
#include <string.h>

#define OVER_NOISE 2.5          /* times the quiet moments: 8 dB */
#define UNDER_VOICE 0.18        /* of the voice, 15 dB below it: soft ends of words are kept */
#define SPEECH_LEAST 10         /* frames: less is a cough */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Returns: the value that @share of @values are below; 0 of none */
static double
get_quantile (GArray *values,
              double  share)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint) (share * (values->len - 1)));
}

/* What is no speech in any mode tells the noise; what Silero, or else loudness, takes for speech the voice. */
static void
measure (AvaHearingTake *take,
         guint           judge)
{
  g_autoptr (GArray) quiet = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) loud = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < take->frames; i++) {
    if (take->speech[judge][i])
      g_array_append_val (loud, take->loudness[i]);
    else if (!take->speech[AVA_VAD_RMS][i])
      g_array_append_val (quiet, take->loudness[i]);
  }
  take->noise = get_quantile (quiet, 0.5);
  take->voice = loud->len >= SPEECH_LEAST ? get_quantile (loud, 0.7) : 0;
}

static void
listen (AvaHearingTake       *take,
        AvaVadMode            mode,
        const gint16         *pcm,
        const AvaVadSettings *settings)
{
  AvaVadSettings own = *settings;
  g_autoptr (AvaVad) vad = NULL;

  own.mode = mode;
  vad = ava_mode_vad_new (&own);
  take->silero = ava_mode_vad_get_trouble (AVA_MODE_VAD (vad)) == NULL;
  if (mode != AVA_VAD_RMS && !take->silero)
    return;
  for (guint i = 0; i < take->frames; i++) {
    AvaFrame frame = { .time_us = (gint64) i * AVA_FRAME_MS * 1000 };
    AvaVadReading reading;

    memcpy (frame.pcm, pcm + (gsize) i * AVA_FRAME_SAMPLES, AVA_FRAME_BYTES);
    take->speech[mode][i] = ava_vad_process (vad, &frame) >= 0.5;
    ava_mode_vad_get_reading (AVA_MODE_VAD (vad), &reading);
    take->loudness[i] = reading.level;
    if (mode == AVA_VAD_SILERO)
      take->certainty[i] = reading.silero;
  }
}

/*
 * ava_hearing_take_new:
 *
 * Returns: (transfer full): what each mode makes of the recording, with the thresholds of @settings
 */
AvaHearingTake *
ava_hearing_take_new (const gint16         *pcm,
                      gsize                 n_samples,
                      const AvaVadSettings *settings)
{
  AvaHearingTake *take = g_new0 (AvaHearingTake, 1);

  take->frames = n_samples / AVA_FRAME_SAMPLES;
  take->loudness = g_new0 (double, take->frames);
  take->certainty = g_new0 (double, take->frames);
  for (guint i = 0; i < take->frames; i++)
    take->certainty[i] = -1;
  for (AvaVadMode mode = 0; mode < AVA_VAD_MODES; mode++) {
    take->speech[mode] = g_new0 (gboolean, take->frames);
    listen (take, mode, pcm, settings);
  }
  measure (take, take->silero ? AVA_VAD_SILERO : AVA_VAD_RMS);
  return take;
}

void
ava_hearing_take_free (AvaHearingTake *take)
{
  g_free (take->loudness);
  g_free (take->certainty);
  for (guint mode = 0; mode < AVA_HEARING_MODES; mode++)
    g_free (take->speech[mode]);
  g_free (take);
}

/*
 * ava_hearing_take_fit:
 * @settings: (inout): gets the loudness threshold that suits this room and this voice
 *
 * Returns: whether somebody spoke in the take: else @settings is untouched
 */
gboolean
ava_hearing_take_fit (const AvaHearingTake *take,
                      AvaVadSettings       *settings)
{
  if (take->voice <= 0)
    return FALSE;
  settings->rms_threshold = CLAMP (MIN (MAX (take->noise * OVER_NOISE, take->voice * UNDER_VOICE / 4),
                                        take->voice * UNDER_VOICE),
                                   0.001, 0.05);
  return TRUE;
}
