/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-vad-trial.h"

#include "ava-caller-voice.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <time.h>

/*
 *   pause | sentence | pause | sentence | …      one after the other, each voice in turn
 *   ------|==========|-------|==========|        labels: from the clean sentence
 *   a fan . . . . | an air jet . . . . | a machine over all of it, a third each
 */

#define PAUSE_FRAMES 250        /* 5 s before each sentence: as long as Ava speaks between them */
#define AUDIBLE 0.056           /* of the sentence's level, -25 dB: softer frames are no speech */
#define BREATH_FRAMES 12        /* shorter pauses inside a sentence count as speech: 240 ms */
#define LEAST_FRAMES 2          /* of sound, else it is a click of the synthesizer */
#define LOUD_LEVEL 3000.0       /* [of 32768] a voice near the telephone; every other one has a third */

#define NOISES 3

struct _AvaVadTrial {
  GArray *pcm;                  /* gint16, clean */
  GArray *labels;               /* gboolean of each frame */
  GArray *levels;               /* double of each frame: loudness of its sentence */
  guint voices;
};

static const char *const voices[] = {
  "flite slt", "espeak-ng en-us", "flite awb", "festival cmu_us_slt_arctic_hts", "flite kal16",
  "festival kal_diphone", "flite rms",
};

static const char *const sentences[] = {
  "hello, i would like to book a botox appointment for next tuesday afternoon",
  "yes please",
  "my number is two one two, five five five, oh one four seven",
  "no",
  "can you tell me how much a chemical peel is, and how long it takes",
  "the first one sounds good, thank you very much",
  "i need to move my appointment from friday to some day next week",
  "sam carter",
};

static const char *const line_names[AVA_TRIAL_LINES] = {
  "quiet", "telephone", "noise-20dB", "noise-10dB", "noise-5dB", "noise-0dB",
};

/* Marks the speech of one clean sentence in @labels. */
static void
label (const gint16 *pcm,
       guint         frames,
       double        level,
       gboolean     *labels)
{
  guint run = 0;
  guint quiet = BREATH_FRAMES;

  for (guint f = 0; f < frames; f++) {
    double power = 0;

    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
      power += pow (pcm[f * AVA_FRAME_SAMPLES + i], 2);
    run = sqrt (power / AVA_FRAME_SAMPLES) >= AUDIBLE * level ? run + 1 : 0;
    labels[f] = run >= LEAST_FRAMES;
    if (run == LEAST_FRAMES) {
      guint back = LEAST_FRAMES - 1 + (quiet < BREATH_FRAMES ? quiet : 0);

      for (guint i = 1; i <= MIN (back, f); i++)
        labels[f - i] = TRUE;
    }
    quiet = labels[f] ? 0 : quiet + 1;
  }
}

static void
add_sentence (AvaVadTrial *self,
              GBytes      *audio,
              gboolean     loud)
{
  gsize n = g_bytes_get_size (audio) / sizeof (gint16);
  const gint16 *pcm = g_bytes_get_data (audio, NULL);
  double was = ava_caller_voice_level (pcm, n);
  double level = loud ? LOUD_LEVEL : LOUD_LEVEL / 3;
  guint frames = n / AVA_FRAME_SAMPLES;
  guint at = self->labels->len;
  gint16 *out;

  if (was <= 0 || frames == 0)
    return;
  g_array_set_size (self->pcm, (at + PAUSE_FRAMES + frames) * AVA_FRAME_SAMPLES);
  g_array_set_size (self->labels, at + PAUSE_FRAMES + frames);
  for (guint f = 0; f < PAUSE_FRAMES + frames; f++)
    g_array_append_val (self->levels, level);
  out = &g_array_index (self->pcm, gint16, (at + PAUSE_FRAMES) * AVA_FRAME_SAMPLES);
  for (gsize i = 0; i < (gsize) frames * AVA_FRAME_SAMPLES; i++)
    out[i] = CLAMP (pcm[i] * level / was, G_MININT16, G_MAXINT16);
  label (out, frames, level, &g_array_index (self->labels, gboolean, at + PAUSE_FRAMES));
}

/**
 * ava_vad_trial_new:
 * @n_sentences: of each voice
 *
 * Voices whose synthesizer is not installed are left out.
 *
 * Returns: (transfer full) (nullable): the corpus; %NULL with @error when no voice can speak
 */
AvaVadTrial *
ava_vad_trial_new (guint    n_sentences,
                   GError **error)
{
  g_autoptr (AvaVadTrial) self = g_new0 (AvaVadTrial, 1);
  g_autoptr (GError) cause = NULL;
  gboolean usable[G_N_ELEMENTS (voices)];

  self->pcm = g_array_new (FALSE, TRUE, sizeof (gint16));
  self->labels = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->levels = g_array_new (FALSE, TRUE, sizeof (double));
  for (guint v = 0; v < G_N_ELEMENTS (voices); v++) {
    g_clear_error (&cause);
    usable[v] = ava_caller_voice_check (voices[v], &cause);
    self->voices += usable[v];
  }
  if (self->voices == 0) {
    g_propagate_prefixed_error (error, g_steal_pointer (&cause), _("No voice can speak for the trial: "));
    return NULL;
  }
  for (guint s = 0; s < n_sentences; s++) {
    for (guint v = 0; v < G_N_ELEMENTS (voices); v++) {
      g_autoptr (GBytes) audio = NULL;

      if (!usable[v])
        continue;
      audio = ava_caller_voice_render (voices[v], sentences[s % G_N_ELEMENTS (sentences)], error);
      if (audio == NULL)
        return NULL;
      add_sentence (self, audio, (s + v) % 2 == 0);
    }
  }
  return g_steal_pointer (&self);
}

/* A fan: pink noise. An air jet: white. A machine: pink noise, mains hum and its overtones. */
static void
draw_noise (GRand  *chance,
            guint   kind,
            gsize   n,
            double *out)
{
  double slow[3] = { 0 };
  double sum = 0;

  for (gsize i = 0; i < n; i++) {
    double white = g_rand_double_range (chance, -1, 1);

    slow[0] = 0.99765 * slow[0] + 0.0990460 * white;
    slow[1] = 0.96300 * slow[1] + 0.2965164 * white;
    slow[2] = 0.57000 * slow[2] + 1.0526913 * white;
    out[i] = kind == 1 ? white : slow[0] + slow[1] + slow[2] + 0.1848 * white;
    for (guint overtone = 1; kind == 2 && overtone <= 5; overtone += 2)
      out[i] += 2.0 / overtone * sin (2 * G_PI * 60 * overtone * i / AVA_RATE);
    sum += out[i] * out[i];
  }
  for (gsize i = 0; i < n; i++)
    out[i] /= sqrt (sum / n);
}

/**
 * ava_vad_trial_mix:
 *
 * Returns: (transfer full): the corpus as it sounds on @line, the same each time
 */
GBytes *
ava_vad_trial_mix (const AvaVadTrial *self,
                   AvaTrialLine       line)
{
  static const double ratios_db[AVA_TRIAL_LINES] = { 45, 35, 20, 10, 5, 0 };
  gsize n = self->pcm->len;
  gsize stretch = n / NOISES + 1;            /* samples of one kind of noise */
  gint16 *pcm = g_new (gint16, n);
  g_autofree double *noise = g_new (double, stretch);
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);

  for (gsize at = 0; at < n; at += stretch) {
    gsize part = MIN (stretch, n - at);

    draw_noise (chance, at / stretch, part, noise);
    for (gsize i = 0; i < part; i++) {
      double level = g_array_index (self->levels, double, (at + i) / AVA_FRAME_SAMPLES);
      double sample = g_array_index (self->pcm, gint16, at + i) +
                      noise[i] * level * pow (10, -ratios_db[line] / 20);

      pcm[at + i] = CLAMP (lrint (sample), G_MININT16, G_MAXINT16);
    }
  }
  ava_caller_voice_colour (pcm, n, line == AVA_TRIAL_TELEPHONE);
  return g_bytes_new_take (pcm, n * sizeof (gint16));
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* An utterance begins with a label after a whole pause; what is heard before the next one is its own. */
static void
find_onsets (const AvaVadTrial *self,
             const gboolean    *verdicts,
             AvaTrialScore     *score)
{
  g_autoptr (GArray) onsets = g_array_new (FALSE, FALSE, sizeof (double));
  guint quiet = PAUSE_FRAMES;

  for (guint f = 0; f < self->labels->len; f++) {
    if (!g_array_index (self->labels, gboolean, f)) {
      quiet++;
      continue;
    }
    if (quiet >= PAUSE_FRAMES / 2) {
      guint heard = f;
      double onset_ms;

      while (heard < self->labels->len && heard - f < PAUSE_FRAMES && !verdicts[heard])
        heard++;
      onset_ms = (heard - f) * AVA_FRAME_MS;
      score->utterances++;
      if (heard - f == PAUSE_FRAMES)
        score->unheard++;
      g_array_append_val (onsets, onset_ms);
    }
    quiet = 0;
  }
  g_array_sort (onsets, compare_doubles);
  score->onset_ms = onsets->len > 0 ? g_array_index (onsets, double, onsets->len / 2) : 0;
}

static gint64
get_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/**
 * ava_vad_trial_run:
 * @score: (out): how the detector did, fresh at the start of the corpus
 */
void
ava_vad_trial_run (const AvaVadTrial *self,
                   AvaVadMode         mode,
                   AvaTrialLine       line,
                   AvaTrialScore     *score)
{
  g_autoptr (GBytes) audio = ava_vad_trial_mix (self, line);
  const gint16 *pcm = g_bytes_get_data (audio, NULL);
  AvaVadSettings settings = ava_vad_defaults;
  g_autoptr (AvaVad) vad = NULL;
  g_autofree gboolean *verdicts = g_new0 (gboolean, self->labels->len);
  /* A chunk's verdict comes a frame after its middle; how late it is in all is onset_ms. */
  guint delay = mode == AVA_VAD_RMS ? 0 : 1;
  gint64 start_ns;

  settings.mode = mode;
  vad = ava_mode_vad_new (&settings);
  *score = (AvaTrialScore) { 0 };
  start_ns = get_cpu_ns ();
  for (guint f = 0; f < self->labels->len; f++) {
    AvaFrame frame;

    frame.time_us = (gint64) f * AVA_FRAME_MS * 1000;
    memcpy (frame.pcm, pcm + f * AVA_FRAME_SAMPLES, AVA_FRAME_BYTES);
    verdicts[f] = ava_vad_process (vad, &frame) >= 0.5;
  }
  score->cost_ns = get_cpu_ns () - start_ns;
  score->steps = ava_mode_vad_get_steps (AVA_MODE_VAD (vad));
  for (guint f = 0; f < self->labels->len; f++) {
    gboolean speech = g_array_index (self->labels, gboolean, f < delay ? 0 : f - delay);

    score->hits += speech && verdicts[f];
    score->misses += speech && !verdicts[f];
    score->false_alarms += !speech && verdicts[f];
    score->quiet += !speech && !verdicts[f];
  }
  find_onsets (self, verdicts, score);
}

/**
 * ava_trial_score_get_f1:
 *
 * Returns: 0..1, the harmonic mean of precision and recall
 */
double
ava_trial_score_get_f1 (const AvaTrialScore *score)
{
  guint wrong = score->misses + score->false_alarms;

  return score->hits > 0 ? 2.0 * score->hits / (2.0 * score->hits + wrong) : 0;
}

/**
 * ava_trial_line_to_string:
 *
 * Returns: the name of @line in figures
 */
const char *
ava_trial_line_to_string (AvaTrialLine line)
{
  return line_names[line];
}

/**
 * ava_vad_trial_get_voices:
 *
 * Returns: how many voices speak
 */
guint
ava_vad_trial_get_voices (const AvaVadTrial *self)
{
  return self->voices;
}

/**
 * ava_vad_trial_get_seconds:
 *
 * Returns: [s] how long the corpus is
 */
double
ava_vad_trial_get_seconds (const AvaVadTrial *self)
{
  return (double) self->pcm->len / AVA_RATE;
}

/**
 * ava_vad_trial_free:
 *
 * Frees the corpus.
 */
void
ava_vad_trial_free (AvaVadTrial *self)
{
  g_array_unref (self->pcm);
  g_array_unref (self->labels);
  g_array_unref (self->levels);
  g_free (self);
}
