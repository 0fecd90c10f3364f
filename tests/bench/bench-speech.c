/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-caller-voice.h"
#include "ava-expect.h"
#include "ava-frame.h"
#include "ava-grammar.h"
#include "ava-recognizer.h"
#include "ava-spa.h"

#include "bench-ear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * How well callers are understood: typical answers to each question, spoken by voices that are not
 * Ava's, on a quiet line, a telephone line and a noisy line. Rows: name value unit reference ratio;
 * the reference is the same figure on the quiet line.
 */

static const struct { const char *expect; const char *text; } utterances[] = {
  { "open", "i would like to book a botox appointment" },
  { "open", "i'd like to book a facial for next tuesday at three" },
  { "open", "how much is a chemical peel" },
  { "open", "i need to cancel my appointment" },
  { "open", "can i speak to a person" },
  { "open", "when are you open" },
  { "service", "botox please" },
  { "service", "laser hair removal" },
  { "service", "a chemical peel" },
  { "when", "next tuesday afternoon" },
  { "when", "tomorrow at three thirty" },
  { "when", "december the fifth in the morning" },
  { "when", "friday after four" },
  { "when", "as soon as possible" },
  { "offer", "the first one please" },
  { "offer", "three thirty works" },
  { "offer", "anything later" },
  { "name", "my name is sam carter" },
  { "name", "maria gonzalez" },
  { "name", "this is karen wilson" },
  { "phone", "two one two five five five oh one four seven" },
  { "digits", "zero one four seven" },
  { "digits", "five five five" },
  { "yes-no", "yes please" },
  { "yes-no", "no" },
  { "yes-no", "yes" },
  { "yes-no", "no i said wednesday" },
  { "yes-no", "no thank you" },
};

/* Speech that no answer holds: what is heard in it must be doubted. */
static const struct { const char *expect; const char *text; } strangers[] = {
  { "yes-no", "the weather is lovely and my dog ate the newspaper" },
  { "when", "purple elephants dance under moonlight quietly" },
  { "name", "bring me seventeen boxes of chocolate" },
  { "open", "the quick brown fox jumps over the lazy dog" },
  { "service", "we drove along a winding mountain road" },
};

static const char *const voices[] = {
  "flite slt", "flite awb", "flite kal16", "festival kal_diphone", "festival cmu_us_slt_arctic_hts",
  "espeak-ng en-us",
};

typedef enum { QUIET, TELEPHONE, NOISY, N_LINES } Line;

static const char *const line_names[] = { "quiet", "telephone", "noise-20dB" };

typedef struct {
  guint utterances;
  guint exact;
  guint words;
  guint words_right;
  guint sure_and_wrong;     /* confidence of 0.45 or more, yet not what was said */
  guint strangers_doubted;
  guint strangers;
  gint64 cost_us;
  gint64 audio_us;
  GArray *right;            /* confidences */
  GArray *wrong;
} Figures;

static GBytes *
speak (const char *voice,
       const char *text,
       Line        line)
{
  g_autoptr (GBytes) plain = bench_ear_speak (voice, text, line == TELEPHONE);
  g_autoptr (GRand) noise = g_rand_new_with_seed (7);
  gsize size;
  gint16 *pcm;
  double level;

  pcm = g_bytes_unref_to_data (g_steal_pointer (&plain), &size);
  level = ava_caller_voice_level (pcm, size / 2) / 10;
  for (gsize i = 0; line == NOISY && i < size / 2; i++)
    pcm[i] = CLAMP (pcm[i] + level * sqrt (3) * g_rand_double_range (noise, -1, 1), G_MININT16, G_MAXINT16);
  return g_bytes_new_take (pcm, size);
}

static void
try_utterance (Figures       *figures,
               AvaRecognizer *ear,
               const char    *voice,
               const char    *expect,
               const char    *text,
               Line           line)
{
  g_autoptr (GBytes) pcm = speak (voice, text, line);
  g_autoptr (AvaHypothesis) heard = bench_ear_hear (ear, pcm, expect);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean exact = g_str_equal (heard->text, text);

  figures->utterances++;
  figures->exact += exact;
  figures->words += g_strv_length (words);
  figures->words_right += bench_ear_count_right (text, heard->text);
  figures->sure_and_wrong += !exact && heard->confidence >= 0.45;
  figures->cost_us += heard->cost_us;
  figures->audio_us += g_bytes_get_size (pcm) / 2 * G_USEC_PER_SEC / AVA_RATE;
  g_array_append_val (exact ? figures->right : figures->wrong, heard->confidence);
  if (!exact && g_getenv ("AVA_BENCH_SHOW") != NULL)
    g_printerr ("%s %s [%s] %s -> %s (%.2f)\n", voice, line_names[line], expect, text, heard->text,
                heard->confidence);
}

static void
try_stranger (Figures       *figures,
              AvaRecognizer *ear,
              const char    *voice,
              const char    *expect,
              const char    *text,
              Line           line)
{
  g_autoptr (GBytes) pcm = speak (voice, text, line);
  g_autoptr (AvaHypothesis) heard = bench_ear_hear (ear, pcm, expect);

  figures->strangers++;
  figures->strangers_doubted += heard->confidence < 0.45;
  g_array_append_val (figures->wrong, heard->confidence);
}

/* Probability that a right answer has more confidence than a wrong one: area under the ROC curve. */
static double
separate (Figures *figures)
{
  double wins = 0;

  for (guint i = 0; i < figures->right->len; i++) {
    for (guint j = 0; j < figures->wrong->len; j++) {
      double right = g_array_index (figures->right, double, i);
      double wrong = g_array_index (figures->wrong, double, j);

      wins += right > wrong ? 1 : right == wrong ? 0.5 : 0;
    }
  }
  return wins / MAX (1.0, (double) figures->right->len * figures->wrong->len);
}

static void
print_row (const char *line,
           const char *name,
           double      value,
           const char *unit,
           double      reference)
{
  g_print ("speech/%s/%s %.3f %s %.3f %.2f\n", line, name, value, unit, reference,
           reference != 0 ? value / reference : 0);
}

static void
print_figures (Figures *figures,
               Figures *quiet,
               Line     line)
{
  const char *name = line_names[line];

  print_row (name, "exact", (double) figures->exact / figures->utterances, "share",
             (double) quiet->exact / quiet->utterances);
  print_row (name, "words", (double) figures->words_right / figures->words, "share",
             (double) quiet->words_right / quiet->words);
  print_row (name, "sure-and-wrong", (double) figures->sure_and_wrong / figures->utterances, "share",
             (double) quiet->sure_and_wrong / quiet->utterances);
  print_row (name, "strangers-doubted", (double) figures->strangers_doubted / figures->strangers, "share",
             (double) quiet->strangers_doubted / quiet->strangers);
  print_row (name, "confidence-auc", separate (figures), "auc", separate (quiet));
  print_row (name, "real-time-factor", (double) figures->cost_us / figures->audio_us, "cpu/audio",
             (double) quiet->cost_us / quiet->audio_us);
}

static AvaRecognizer *
make_ear (void)
{
  g_autoptr (GError) error = NULL;
  AvaRecognizer *ear = ava_sphinx_recognizer_new (&error);
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);

  g_assert_no_error (error);
  for (AvaExpect expect = AVA_EXPECT_OPEN; expect < AVA_EXPECT_NOTHING; expect++) {
    g_autofree char *jsgf = ava_grammar_build (spa, expect, NULL);

    ava_recognizer_set_grammar (ear, ava_expect_to_string (expect), jsgf);
  }
  return ear;
}

int
main (void)
{
  g_autoptr (AvaRecognizer) ear = make_ear ();
  Figures figures[N_LINES] = { 0 };

  for (Line line = QUIET; line < N_LINES; line++) {
    figures[line].right = g_array_new (FALSE, FALSE, sizeof (double));
    figures[line].wrong = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint v = 0; v < G_N_ELEMENTS (voices); v++) {
      for (guint i = 0; i < G_N_ELEMENTS (utterances); i++)
        try_utterance (&figures[line], ear, voices[v], utterances[i].expect, utterances[i].text, line);
      for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
        try_stranger (&figures[line], ear, voices[v], strangers[i].expect, strangers[i].text, line);
    }
    print_figures (&figures[line], &figures[QUIET], line);
  }
  return 0;
}
