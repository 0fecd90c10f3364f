/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-utterance-audio.h"

#include "ava-frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAD_SAMPLES (AVA_RATE / 5)         /* of silence put at both ends */
#define MARGIN_FRAMES 8                    /* 160 ms kept before the first and after the last sound */
#define LEAST_RISE_DB 5.0                  /* above the floor of the line, to be a sound */
#define RISE 0.25                          /* of the way from the floor to the loudest, to be one */
#define CLEAN_DB 32.0                      /* from the floor of the line to the loudest, when it is clean */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* [dB] of each frame. */
static GArray *
measure_frames (const gint16 *pcm,
                gsize         n_samples)
{
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize at = 0; at + AVA_FRAME_SAMPLES <= n_samples; at += AVA_FRAME_SAMPLES) {
    double power = 1;
    double level;

    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
      power += (double) pcm[at + i] * pcm[at + i];
    level = 10 * log10 (power / AVA_FRAME_SAMPLES);
    g_array_append_val (levels, level);
  }
  return levels;
}

/* [dB] of the line and of the speech on it. */
static void
find_levels (GArray *levels,
             double *floor_db,
             double *loud_db)
{
  g_autoptr (GArray) sorted = g_array_copy (levels);

  g_array_sort (sorted, compare_doubles);
  *floor_db = g_array_index (sorted, double, sorted->len / 10);
  *loud_db = g_array_index (sorted, double, sorted->len * 19 / 20);
}

static double
find_threshold (GArray *levels)
{
  double floor_db;
  double loud_db;

  find_levels (levels, &floor_db, &loud_db);
  return floor_db + MAX (LEAST_RISE_DB, (loud_db - floor_db) * RISE);
}

/* A sound lasts two frames: a click is none. */
static gboolean
is_sound (GArray *levels,
          guint   frame,
          double  threshold)
{
  return g_array_index (levels, double, frame) > threshold &&
         ((frame > 0 && g_array_index (levels, double, frame - 1) > threshold) ||
          (frame + 1 < levels->len && g_array_index (levels, double, frame + 1) > threshold));
}

/* Samples from the first sound to the last, and a little around them. */
static void
find_speech (const gint16 *pcm,
             gsize         n_samples,
             gsize        *from,
             gsize        *to)
{
  g_autoptr (GArray) levels = measure_frames (pcm, n_samples);
  double threshold = levels->len > 0 ? find_threshold (levels) : 0;
  guint first = 0;
  guint last = levels->len;

  while (first < levels->len && !is_sound (levels, first, threshold))
    first++;
  while (last > first && !is_sound (levels, last - 1, threshold))
    last--;
  *from = 0;
  *to = n_samples;
  if (first >= last)
    return;
  *from = first > MARGIN_FRAMES ? (first - MARGIN_FRAMES) * AVA_FRAME_SAMPLES : 0;
  *to = MIN (n_samples, (gsize) (last + MARGIN_FRAMES) * AVA_FRAME_SAMPLES);
}

/**
 * ava_utterance_audio_frame:
 * @pcm: S16 samples at 16 kHz
 * @n_framed: (out): [samples] of what is returned
 *
 * Cuts off the noise of the line before and after the speech, in which a decoder would hear short
 * words, and puts silence around what is left. Digital silence has no spectrum: a whisper of noise
 * gives it one.
 *
 * Returns: (transfer full): samples
 */
gint16 *
ava_utterance_audio_frame (const gint16 *pcm,
                           gsize         n_samples,
                           gsize        *n_framed)
{
  gint16 *framed;
  gsize from;
  gsize to;

  find_speech (pcm, n_samples, &from, &to);
  *n_framed = to - from + 2 * PAD_SAMPLES;
  framed = g_new0 (gint16, *n_framed);
  memcpy (framed + PAD_SAMPLES, pcm + from, (to - from) * sizeof (gint16));
  for (gsize i = 0; i < *n_framed; i++)
    framed[i] = CLAMP (framed[i] + (int) ((guint32) i * 2654435761u >> 30) - 1, G_MININT16, G_MAXINT16);
  return framed;
}

/**
 * ava_utterance_audio_is_clean:
 *
 * Returns: whether there is next to no noise between the words
 */
gboolean
ava_utterance_audio_is_clean (const gint16 *pcm,
                              gsize         n_samples)
{
  g_autoptr (GArray) levels = measure_frames (pcm, n_samples);
  double floor_db;
  double loud_db;

  if (levels->len == 0)
    return FALSE;
  find_levels (levels, &floor_db, &loud_db);
  return loud_db - floor_db >= CLEAN_DB;
}

/* [samples] RMS of the louder frames. */
static double
measure_speech (const gint16 *pcm,
                gsize         n_samples)
{
  g_autoptr (GArray) levels = measure_frames (pcm, n_samples);
  double loudest = 0;
  double power = 0;
  guint count = 0;

  for (guint i = 0; i < levels->len; i++)
    loudest = MAX (loudest, g_array_index (levels, double, i));
  for (guint i = 0; i < levels->len; i++) {
    if (g_array_index (levels, double, i) > loudest - 20) {
      power += pow (10, g_array_index (levels, double, i) / 10);
      count++;
    }
  }
  return count > 0 ? sqrt (power / count) : 0;
}

/**
 * ava_utterance_audio_blur:
 * @pcm: changed in place
 * @below_db: [dB] of white noise below the speech
 *
 * Fills the gaps in the spectrum of a voice that is cleaner than any the acoustic model knows.
 */
void
ava_utterance_audio_blur (gint16 *pcm,
                          gsize   n_samples,
                          double  below_db)
{
  double scale = measure_speech (pcm, n_samples) / pow (10, below_db / 20) * sqrt (3.0);
  guint32 state = 1;

  for (gsize i = 0; i < n_samples; i++) {
    double noise = 0;

    /* The sum of four uniform numbers is near enough to a bell; the same ones every time. */
    for (guint j = 0; j < 4; j++) {
      state = state * 1664525u + 1013904223u;
      noise += state / 4294967296.0 - 0.5;
    }
    pcm[i] = CLAMP (pcm[i] + noise * scale, G_MININT16, G_MAXINT16);
  }
}
