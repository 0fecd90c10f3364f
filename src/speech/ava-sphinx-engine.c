/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-sphinx-engine.h"

#include <math.h>
#include <pocketsphinx.h>
#include <stdlib.h>

/* One setting a row; the same for both versions. */
static const char *const settings[][2] = {
  { "hmm", AVA_SPHINX_MODEL_DIR "en-us" },
  { "dict", AVA_SPHINX_MODEL_DIR "cmudict-en-us.dict" },
  { "samprate", "16000" },
  { "cmn", "batch" },
  { "wip", "0.05" },
  { "lw", "6.5" },
  { "beam", "1e-60" },
  { "pbeam", "1e-60" },
  { "wbeam", "1e-40" },
  { "bestpath", "no" },
};

#ifdef AVA_HAVE_SPHINXBASE /* 5prealpha, Debian 12 */
#include <sphinxbase/err.h>

typedef cmd_ln_t Config;

static Config *
make_config (void)
{
  char *argv[1 + 2 * G_N_ELEMENTS (settings)] = { (char *) "ava" };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  err_set_logfp (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_ptr_array_add (names, g_strconcat ("-", settings[i][0], NULL));
    argv[1 + 2 * i] = names->pdata[i];
    argv[2 + 2 * i] = (char *) settings[i][1];
  }
  return cmd_ln_parse_r (NULL, ps_args (), G_N_ELEMENTS (argv), argv, TRUE);
}

#define free_config cmd_ln_free_r
#define add_grammar ps_set_jsgf_string
#define select_grammar ps_set_search

#else /* 5.0 and later */

typedef ps_config_t Config;

static Config *
make_config (void)
{
  Config *config = ps_config_init (NULL);

  err_set_loglevel (ERR_FATAL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    ps_config_set_str (config, settings[i][0], settings[i][1]);
  return config;
}

#define free_config ps_config_free
#define add_grammar ps_add_jsgf_string
#define select_grammar ps_activate_search

#endif

struct _AvaSphinxEngine {
  Config *config;
  ps_decoder_t *decoder;
};

/**
 * ava_sphinx_engine_new:
 *
 * Returns: (transfer full) (nullable): an engine with no grammar; %NULL when the model is missing
 */
AvaSphinxEngine *
ava_sphinx_engine_new (void)
{
  AvaSphinxEngine *self = g_new0 (AvaSphinxEngine, 1);

  self->config = make_config ();
  if (self->config != NULL && g_file_test (AVA_SPHINX_MODEL_DIR "en-us/mdef", G_FILE_TEST_EXISTS))
    self->decoder = ps_init (self->config);
  if (self->decoder == NULL)
    g_clear_pointer (&self, ava_sphinx_engine_free);
  return self;
}

/**
 * ava_sphinx_engine_free:
 * @self: (transfer full) (nullable):
 */
void
ava_sphinx_engine_free (AvaSphinxEngine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->decoder, ps_free);
  g_clear_pointer (&self->config, free_config);
  g_free (self);
}

/**
 * ava_sphinx_engine_knows:
 *
 * Returns: whether @word has a pronunciation
 */
gboolean
ava_sphinx_engine_knows (AvaSphinxEngine *self,
                         const char      *word)
{
  char *phones = ps_lookup_word (self->decoder, word);
  gboolean known = phones != NULL;

  free (phones);
  return known;
}

/**
 * ava_sphinx_engine_learn:
 * @phones: parted by blanks
 *
 * Returns: whether @word can be used from now on
 */
gboolean
ava_sphinx_engine_learn (AvaSphinxEngine *self,
                         const char      *word,
                         const char      *phones)
{
  return ps_add_word (self->decoder, word, phones, FALSE) >= 0;
}

/**
 * ava_sphinx_engine_set_grammar:
 * @jsgf: JSGF text whose words are all known
 *
 * Returns: whether it is understood
 */
gboolean
ava_sphinx_engine_set_grammar (AvaSphinxEngine *self,
                               const char      *name,
                               const char      *jsgf)
{
  return add_grammar (self->decoder, name, jsgf) >= 0;
}

static gboolean
is_filler (const char *word)
{
  return *word == '<' || *word == '[' || *word == '+' || *word == '(';
}

/*
 * Scores are relative to the best state of each frame, so their mean over the words says how well
 * the words fit the sound: near 0 when they do.
 */
static double
measure_fit (ps_decoder_t *decoder)
{
  double unit = log (logmath_get_base (ps_get_logmath (decoder)));
  double score = 0;
  int frames = 0;

  for (ps_seg_t *segment = ps_seg_iter (decoder); segment != NULL; segment = ps_seg_next (segment)) {
    int from;
    int to;
    int acoustic = 0;
    int language = 0;
    int back = 0;

    if (is_filler (ps_seg_word (segment)))
      continue;
    ps_seg_frames (segment, &from, &to);
    ps_seg_prob (segment, &acoustic, &language, &back);
    score += acoustic * unit;
    frames += to - from + 1;
  }
  return frames > 0 ? score / frames : -1;
}

/**
 * ava_sphinx_engine_decode:
 * @fit: (out): mean score a frame of the words, near 0 when they fit
 *
 * Returns: (transfer full) (nullable): the words, or %NULL when there are none
 */
char *
ava_sphinx_engine_decode (AvaSphinxEngine *self,
                          const char      *grammar,
                          const gint16    *pcm,
                          gsize            n_samples,
                          double          *fit)
{
  int score;
  const char *words;

  select_grammar (self->decoder, grammar);
  ps_start_utt (self->decoder);
  ps_process_raw (self->decoder, pcm, n_samples, FALSE, TRUE);
  ps_end_utt (self->decoder);
  words = ps_get_hyp (self->decoder, &score);
  if (words == NULL)
    return NULL;
  *fit = measure_fit (self->decoder);
  return g_strdup (words);
}
