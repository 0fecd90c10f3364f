/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mixed-audio.h"

#include "ava-frame.h"

#include <math.h>

/*
 * A voice without a synthesizer: pulses at a gliding pitch and hissing go through three resonators
 * that move from vowel to vowel. It needs no data and draws its chance from its own generator, so
 * that reference outputs can be kept beside the test.
 */

#define VOWEL_SAMPLES 2400      /* 150 ms */

static const double vowels[][3] = {   /* [Hz] of the formants */
  { 730, 1090, 2440 }, { 270, 2290, 3010 }, { 530, 1840, 2480 }, { 300, 870, 2240 }, { 570, 840, 2410 },
  { 660, 1720, 2410 }, { 440, 1020, 2240 },
};

typedef struct {
  guint32 chance;
  double phase;                 /* of the glottis, 0..1 */
  double was[3][2];             /* the last two outputs of each resonator */
} Voice;

typedef struct {
  double voice;                 /* loudness, of full scale */
  double noise;
  double hum;
  double beep;
  double pitch;                 /* [Hz] */
} Part;

static const Part parts[] = {   /* five seconds each */
  { 0, 0, 0, 0, 0 },              { 0.3, 0, 0, 0, 120 },        { 0.25, 0.01, 0, 0, 210 },
  { 0, 0.03, 0, 0, 0 },           { 0.2, 0.03, 0, 0, 140 },     { 0, 0.001, 0.05, 0, 0 },
  { 0.03, 0.002, 0.01, 0, 180 },  { 0, 0.002, 0, 0.2, 0 },      { 0.4, 0.001, 0, 0, 95 },
  { 0.1, 0.1, 0, 0, 160 },        { 0.005, 0.0005, 0, 0, 200 }, { 0.6, 0, 0.02, 0.01, 240 },
};

static double
draw (Voice *voice)
{
  voice->chance = voice->chance * 1664525u + 1013904223u;
  return (voice->chance >> 8) / 8388608.0 - 1;
}

/* Of two thirds of the vowels the voice is heard, rising and falling; the others are pauses. */
static double
speak (Voice *voice,
       guint  at,
       double pitch)
{
  guint syllable = at / VOWEL_SAMPLES;
  double within = (double) (at % VOWEL_SAMPLES) / VOWEL_SAMPLES;
  const double *formants = vowels[syllable * 5 % G_N_ELEMENTS (vowels)];
  double loud = syllable % 6 < 4 ? sin (G_PI * within) : 0;
  double sample;

  voice->phase += pitch * (1 + 0.2 * sin (at / 9000.0)) / AVA_RATE;
  sample = syllable % 5 == 3 && within < 0.4 ? 0.5 * draw (voice) : 0;
  if (voice->phase >= 1) {
    voice->phase -= 1;
    sample += 8;
  }
  for (guint i = 0; i < 3; i++) {
    double r = exp (-G_PI * (60 + 40 * i) / AVA_RATE);
    double a = 2 * r * cos (2 * G_PI * formants[i] / AVA_RATE);
    double out = (1 - a + r * r) * sample + a * voice->was[i][0] - r * r * voice->was[i][1];

    voice->was[i][1] = voice->was[i][0];
    voice->was[i][0] = out;
    sample = out;
  }
  return loud * sample;
}

GBytes *
mixed_audio_make (void)
{
  const guint n = MIXED_SECONDS * AVA_RATE;
  gint16 *pcm = g_new (gint16, n);
  Voice voice = { .chance = 1 };

  for (guint i = 0; i < n; i++) {
    const Part *part = &parts[i / (n / G_N_ELEMENTS (parts))];
    double t = (double) i / AVA_RATE;
    double sample = part->noise * draw (&voice) + part->hum * sin (2 * G_PI * 60 * t);

    if (fmod (t, 1) < 0.3)
      sample += part->beep * (sin (2 * G_PI * 770 * t) + sin (2 * G_PI * 1336 * t)) / 2;
    if (part->beep > 0 && i % 12007 == 0)
      sample += 0.7;
    if (part->voice > 0)
      sample += part->voice * speak (&voice, i, part->pitch);
    pcm[i] = CLAMP (lrint (32767 * sample), G_MININT16, G_MAXINT16);
  }
  return g_bytes_new_take (pcm, n * sizeof (gint16));
}
