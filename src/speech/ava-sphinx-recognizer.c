/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-recognizer.h"

#include "ava-flite.h"
#include "ava-frame.h"
#include "ava-speech-worker.h"

#include <math.h>
#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <string.h>

/*
 *  utterance --[worker]--> silence + audio + silence --> decoder, search of the grammar --> words
 *                                                                       |
 *                                       acoustic score, posterior --> confidence
 *
 * One decoder holds a search per grammar. Utterances are decoded whole: batch normalisation is what
 * keeps a telephone band usable (design notes, speech).
 */

#define MODEL_DIR "/usr/share/pocketsphinx/model/en-us/"
#define PAD_SAMPLES (AVA_RATE / 5)            /* of silence put at both ends */
#define LEAST_SAMPLES (AVA_RATE / 5)          /* 200 ms: less is no utterance */

struct _AvaSphinxRecognizer {
  GObject parent_instance;

  AvaSpeechWorker *worker;

  /* Worker thread only, once it is made. */
  struct {
    ps_decoder_t *decoder;
    cmd_ln_t *config;
    GHashTable *grammars;   /* name -> checksum of the text that is set */
  } engine;
};

static void recognizer_iface_init (AvaRecognizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaSphinxRecognizer, ava_sphinx_recognizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_RECOGNIZER, recognizer_iface_init))

/* --- grammars --- */

typedef struct {
  AvaSphinxRecognizer *self;
  char *name;
  char *jsgf;
} GrammarJob;

static void
grammar_job_free (GrammarJob *job)
{
  g_free (job->name);
  g_free (job->jsgf);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GrammarJob, grammar_job_free)

static gboolean
is_word (const char *text)
{
  return *text != '\0' && text[strspn (text, "abcdefghijklmnopqrstuvwxyz'")] == '\0';
}

static void
learn_word (ps_decoder_t *decoder,
            const char   *word)
{
  char *known = ps_lookup_word (decoder, word);
  g_autofree char *phones = NULL;

  if (known != NULL) {
    free (known);
    return;
  }
  phones = ava_flite_pronounce (word);
  if (phones == NULL || ps_add_word (decoder, word, phones, FALSE) < 0)
    g_warning ("A word of a grammar cannot be pronounced");
}

/* Any word that is not in the dictionary gets a pronunciation by rule: no name is refused. */
static void
learn_words (ps_decoder_t *decoder,
             const char   *jsgf)
{
  g_auto (GStrv) tokens = g_strsplit_set (jsgf, " \t\n;|=()[]*+/", -1);

  for (guint i = 0; tokens[i] != NULL; i++) {
    if (is_word (tokens[i]))
      learn_word (decoder, tokens[i]);
  }
}

/* Worker thread. */
static void
do_grammar (gpointer data)
{
  g_autoptr (GrammarJob) job = data;
  ps_decoder_t *decoder = job->self->engine.decoder;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, job->jsgf, -1);

  if (g_strcmp0 (g_hash_table_lookup (job->self->engine.grammars, job->name), sum) == 0)
    return;
  learn_words (decoder, job->jsgf);
  if (ps_set_jsgf_string (decoder, job->name, job->jsgf) < 0) {
    g_warning ("The grammar “%s” has a fault and is not used", job->name);
    return;
  }
  g_hash_table_replace (job->self->engine.grammars, g_strdup (job->name), g_steal_pointer (&sum));
}

static void
sphinx_set_grammar (AvaRecognizer *recognizer,
                    const char    *name,
                    const char    *jsgf)
{
  AvaSphinxRecognizer *self = AVA_SPHINX_RECOGNIZER (recognizer);
  GrammarJob *job = g_new0 (GrammarJob, 1);

  job->self = self;
  job->name = g_strdup (name);
  job->jsgf = g_strdup (jsgf);
  ava_speech_worker_push (self->worker, do_grammar, job);
}

/* --- utterances --- */

typedef struct {
  GBytes *pcm;
  char *grammar;
} Utterance;

static void
utterance_free (Utterance *utterance)
{
  g_bytes_unref (utterance->pcm);
  g_free (utterance->grammar);
  g_free (utterance);
}

static void
decode (ps_decoder_t *decoder,
        GBytes       *pcm)
{
  gsize size;
  const gint16 *samples = g_bytes_get_data (pcm, &size);
  gsize n_samples = size / sizeof (gint16);
  g_autofree gint16 *padded = g_new0 (gint16, n_samples + 2 * PAD_SAMPLES);

  memcpy (padded + PAD_SAMPLES, samples, size);
  /* Digital silence has no spectrum: a whisper of noise gives it one. */
  for (gsize i = 0; i < n_samples + 2 * PAD_SAMPLES; i++)
    padded[i] = CLAMP (padded[i] + (int) ((guint32) i * 2654435761u >> 30) - 1, G_MININT16, G_MAXINT16);
  ps_start_utt (decoder);
  ps_process_raw (decoder, padded, n_samples + 2 * PAD_SAMPLES, FALSE, TRUE);
  ps_end_utt (decoder);
}

static gboolean
is_filler (const char *word)
{
  return *word == '<' || *word == '[' || *word == '+' || g_str_has_prefix (word, "(");
}

/* Words without the marks of other pronunciations: "the(2)" is "the". */
static char *
clean (const char *hypothesis)
{
  g_auto (GStrv) words = g_strsplit (hypothesis, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++) {
    char *mark = strchr (words[i], '(');

    if (mark != NULL)
      *mark = '\0';
    if (*words[i] == '\0' || is_filler (words[i]))
      continue;
    if (text->len > 0)
      g_string_append_c (text, ' ');
    g_string_append (text, words[i]);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/*
 * Scores are relative to the best state of each frame, so their mean over the words says how well
 * the words fit the sound: near 0 when they do. See README.md for how the curve was measured.
 */
static double
judge (ps_decoder_t *decoder)
{
  logmath_t *logmath = ps_get_logmath (decoder);
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
    score += acoustic * log (logmath_get_base (logmath));
    frames += to - from + 1;
  }
  if (frames == 0)
    return 0;
  return score / frames;
}

static double
get_confidence (double score)
{
  return 1 / (1 + exp (-(score + 0.0045) / 0.0006));
}

/* Worker thread. */
static void
do_utterance (gpointer data)
{
  g_autoptr (GTask) task = data;
  AvaSphinxRecognizer *self = g_task_get_source_object (task);
  Utterance *utterance = g_task_get_task_data (task);
  AvaHypothesis *hypothesis;
  gint64 start_us = g_get_monotonic_time ();
  const char *words;
  int score;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!g_hash_table_contains (self->engine.grammars, utterance->grammar)) {
    g_task_return_new_error (task, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_GRAMMAR,
                             "There is no grammar “%s”", utterance->grammar);
    return;
  }
  hypothesis = g_new0 (AvaHypothesis, 1);
  hypothesis->text = g_strdup ("");
  if (g_bytes_get_size (utterance->pcm) / sizeof (gint16) >= LEAST_SAMPLES) {
    ps_set_search (self->engine.decoder, utterance->grammar);
    decode (self->engine.decoder, utterance->pcm);
    words = ps_get_hyp (self->engine.decoder, &score);
    if (words != NULL) {
      g_free (hypothesis->text);
      hypothesis->text = clean (words);
      hypothesis->confidence = get_confidence (judge (self->engine.decoder));
    }
  }
  hypothesis->cost_us = g_get_monotonic_time () - start_us;
  g_task_return_pointer (task, hypothesis, (GDestroyNotify) ava_hypothesis_free);
}

static void
sphinx_recognize_async (AvaRecognizer       *recognizer,
                        GBytes              *pcm,
                        const char          *grammar,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (recognizer, cancellable, callback, user_data);
  Utterance *utterance = g_new0 (Utterance, 1);

  g_task_set_source_tag (task, sphinx_recognize_async);
  utterance->pcm = g_bytes_ref (pcm);
  utterance->grammar = g_strdup (grammar);
  g_task_set_task_data (task, utterance, (GDestroyNotify) utterance_free);
  ava_speech_worker_push (AVA_SPHINX_RECOGNIZER (recognizer)->worker, do_utterance, task);
}

static AvaHypothesis *
sphinx_recognize_finish (AvaRecognizer  *recognizer,
                         GAsyncResult   *result,
                         GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
recognizer_iface_init (AvaRecognizerInterface *iface)
{
  iface->set_grammar = sphinx_set_grammar;
  iface->recognize_async = sphinx_recognize_async;
  iface->recognize_finish = sphinx_recognize_finish;
}

static void
ava_sphinx_recognizer_finalize (GObject *object)
{
  AvaSphinxRecognizer *self = AVA_SPHINX_RECOGNIZER (object);

  g_clear_pointer (&self->worker, ava_speech_worker_free);
  g_clear_pointer (&self->engine.decoder, ps_free);
  g_clear_pointer (&self->engine.config, cmd_ln_free_r);
  g_hash_table_unref (self->engine.grammars);

  G_OBJECT_CLASS (ava_sphinx_recognizer_parent_class)->finalize (object);
}

static void
ava_sphinx_recognizer_class_init (AvaSphinxRecognizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_sphinx_recognizer_finalize;
}

static void
ava_sphinx_recognizer_init (AvaSphinxRecognizer *self)
{
  self->engine.grammars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * ava_sphinx_recognizer_new:
 *
 * Loads the acoustic model: blocks for about half a second. Any thread.
 *
 * Returns: (transfer full) (nullable): a recognizer with no grammar, or %NULL with @error set
 *   (AVA_SPEECH_ERROR_MODEL)
 */
AvaRecognizer *
ava_sphinx_recognizer_new (GError **error)
{
  g_autoptr (AvaSphinxRecognizer) self = g_object_new (AVA_TYPE_SPHINX_RECOGNIZER, NULL);

  err_set_logfp (NULL);
  self->engine.config = cmd_ln_init (NULL, ps_args (), TRUE,
                                     "-hmm", MODEL_DIR "en-us",
                                     "-dict", MODEL_DIR "cmudict-en-us.dict",
                                     "-samprate", "16000",
                                     "-cmn", "batch",
                                     "-wip", "0.5",
                                     "-lw", "6.5",
                                     "-beam", "1e-60",
                                     "-pbeam", "1e-60",
                                     "-wbeam", "1e-40",
                                     "-bestpath", "no",
                                     NULL);
  if (ava_flite_init () && self->engine.config != NULL)
    self->engine.decoder = ps_init (self->engine.config);
  if (self->engine.decoder == NULL) {
    g_set_error_literal (error, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_MODEL,
                         "Ava cannot understand speech on this machine: the model "
                         "pocketsphinx-en-us is not installed");
    return NULL;
  }
  self->worker = ava_speech_worker_new ("recognizer");
  return AVA_RECOGNIZER (g_steal_pointer (&self));
}
