/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-recognizer.h"

#include "ava-flite.h"
#include "ava-frame.h"
#include "ava-speech-worker.h"
#include "ava-sphinx-engine.h"
#include "ava-utterance-audio.h"

#include <math.h>
#include <string.h>

/*
 *  utterance --[worker]--> silence + speech + silence --> decoder, search of the grammar --> words
 *                                   ^                                  |
 *                                   +-- some noise, a second look <-- confidence
 *
 * One decoder holds a search per grammar. Utterances are decoded whole: batch normalisation is what
 * keeps a telephone band usable (design notes, speech).
 */

#define LEAST_SAMPLES (AVA_RATE / 5)          /* 200 ms: less is no utterance */
#define SURE 0.45                             /* confidence below which an utterance is looked at again */
#define BLUR_DB 20                            /* [dB] of noise below the speech, for the second look */
#define BLUR_FIT 0.0007                       /* by which noise alone betters the fit of any words */
#define AGREED 0.5                            /* confidence at least, when both looks hear the same */

struct _AvaSphinxRecognizer {
  GObject parent_instance;

  AvaSpeechWorker *worker;

  /* Worker thread only, once it is made. */
  struct {
    AvaSphinxEngine *engine;
    GHashTable *grammars;   /* name -> checksum of the text that is set */
  } worker_thread;
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
learn_word (AvaSphinxEngine *engine,
            const char      *word)
{
  g_autofree char *phones = NULL;

  if (ava_sphinx_engine_knows (engine, word))
    return;
  phones = ava_flite_pronounce (word);
  if (phones == NULL || !ava_sphinx_engine_learn (engine, word, phones))
    g_warning ("A word of a grammar cannot be pronounced");
}

/* Any word that is not in the dictionary gets a pronunciation by rule: no name is refused. */
static void
learn_words (AvaSphinxEngine *engine,
             const char      *jsgf)
{
  g_auto (GStrv) tokens = g_strsplit_set (jsgf, " \t\n;|=()[]*+/", -1);

  for (guint i = 0; tokens[i] != NULL; i++) {
    if (is_word (tokens[i]))
      learn_word (engine, tokens[i]);
  }
}

/* Worker thread. */
static void
do_grammar (gpointer data)
{
  g_autoptr (GrammarJob) job = data;
  AvaSphinxEngine *engine = job->self->worker_thread.engine;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, job->jsgf, -1);

  if (g_strcmp0 (g_hash_table_lookup (job->self->worker_thread.grammars, job->name), sum) == 0)
    return;
  learn_words (engine, job->jsgf);
  if (!ava_sphinx_engine_set_grammar (engine, job->name, job->jsgf)) {
    g_warning ("The grammar “%s” has a fault and is not used", job->name);
    return;
  }
  g_hash_table_replace (job->self->worker_thread.grammars, g_strdup (job->name), g_steal_pointer (&sum));
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

/* See README.md for how the curve was measured. */
static double
get_confidence (double fit)
{
  return 1 / (1 + exp (-(fit + 0.0048) / 0.0007));
}

/* Keeps what is heard in @pcm when it is surer than what @hypothesis holds. */
static void
look (AvaSphinxRecognizer *self,
      const char          *grammar,
      const gint16        *pcm,
      gsize                n_samples,
      double               discount,
      AvaHypothesis       *hypothesis)
{
  double fit = -1;
  g_autofree char *words = ava_sphinx_engine_decode (self->worker_thread.engine, grammar, pcm, n_samples, &fit);
  g_autofree char *text = words != NULL ? clean (words) : g_strdup ("");
  double confidence = *text != '\0' ? get_confidence (fit - discount) : 0;

  if (*text != '\0' && g_str_equal (text, hypothesis->text))
    confidence = MAX (confidence, AGREED);
  if (confidence <= hypothesis->confidence)
    return;
  g_free (hypothesis->text);
  hypothesis->text = g_steal_pointer (&text);
  hypothesis->confidence = confidence;
}

/* A voice that is cleaner than those the model was made of fits badly: unsure words are looked at
 * once more through some noise. */
static void
understand (AvaSphinxRecognizer *self,
            Utterance           *utterance,
            AvaHypothesis       *hypothesis)
{
  gsize size;
  const gint16 *raw = g_bytes_get_data (utterance->pcm, &size);
  gsize n_samples;
  g_autofree gint16 *pcm = ava_utterance_audio_frame (raw, size / sizeof (gint16), &n_samples);

  look (self, utterance->grammar, pcm, n_samples, 0, hypothesis);
  if (hypothesis->confidence >= SURE || !ava_utterance_audio_is_clean (raw, size / sizeof (gint16)))
    return;
  ava_utterance_audio_blur (pcm, n_samples, BLUR_DB);
  look (self, utterance->grammar, pcm, n_samples, BLUR_FIT, hypothesis);
}

/* [us] that this thread has computed. */
static gint64
read_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Worker thread. */
static void
do_utterance (gpointer data)
{
  g_autoptr (GTask) task = data;
  AvaSphinxRecognizer *self = g_task_get_source_object (task);
  Utterance *utterance = g_task_get_task_data (task);
  AvaHypothesis *hypothesis;
  gint64 start_us = read_cpu_us ();

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!g_hash_table_contains (self->worker_thread.grammars, utterance->grammar)) {
    g_task_return_new_error (task, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_GRAMMAR,
                             "There is no grammar “%s”", utterance->grammar);
    return;
  }
  hypothesis = g_new0 (AvaHypothesis, 1);
  hypothesis->text = g_strdup ("");
  if (g_bytes_get_size (utterance->pcm) / sizeof (gint16) >= LEAST_SAMPLES)
    understand (self, utterance, hypothesis);
  hypothesis->cost_us = read_cpu_us () - start_us;
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

static clockid_t
sphinx_get_clock (AvaRecognizer *recognizer)
{
  return ava_speech_worker_get_clock (AVA_SPHINX_RECOGNIZER (recognizer)->worker);
}

static void
recognizer_iface_init (AvaRecognizerInterface *iface)
{
  iface->set_grammar = sphinx_set_grammar;
  iface->recognize_async = sphinx_recognize_async;
  iface->recognize_finish = sphinx_recognize_finish;
  iface->get_clock = sphinx_get_clock;
}

static void
ava_sphinx_recognizer_finalize (GObject *object)
{
  AvaSphinxRecognizer *self = AVA_SPHINX_RECOGNIZER (object);

  g_clear_pointer (&self->worker, ava_speech_worker_free);
  g_clear_pointer (&self->worker_thread.engine, ava_sphinx_engine_free);
  g_hash_table_unref (self->worker_thread.grammars);

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
  self->worker_thread.grammars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

  if (ava_flite_init ())
    self->worker_thread.engine = ava_sphinx_engine_new ();
  if (self->worker_thread.engine == NULL) {
    g_set_error_literal (error, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_MODEL,
                         "Ava cannot understand speech on this machine: the model "
                         "pocketsphinx-en-us is not installed");
    return NULL;
  }
  self->worker = ava_speech_worker_new ("recognizer");
  return AVA_RECOGNIZER (g_steal_pointer (&self));
}
