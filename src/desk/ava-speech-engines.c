/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-speech-engines.h"

#include "ava-grammar.h"

struct _AvaSpeechEngines {
  GObject parent_instance;

  /* Owned References */
  AvaRecognizer *recognizer;     /* nullable until loaded */
  AvaSynthesizer *synthesizer;   /* nullable until loaded */
  AvaSpa *spa;                   /* nullable */
  GStrv names;                   /* nullable: names that callers may say */
  GPtrArray *waiting;            /* GTask of those who wait for the engines */
  gboolean loading;
  gboolean setting;              /* the grammar thread is at work */
  gboolean stale;                /* what it works on has changed since */
};

G_DEFINE_FINAL_TYPE (AvaSpeechEngines, ava_speech_engines, G_TYPE_OBJECT)

/* What the loading thread makes. */
typedef struct {
  AvaRecognizer *recognizer;
  AvaSynthesizer *synthesizer;
} Engines;

static void
engines_free (Engines *engines)
{
  g_clear_object (&engines->recognizer);
  g_clear_object (&engines->synthesizer);
  g_free (engines);
}

static void
ava_speech_engines_finalize (GObject *object)
{
  AvaSpeechEngines *self = AVA_SPEECH_ENGINES (object);

  g_clear_object (&self->recognizer);
  g_clear_object (&self->synthesizer);
  g_clear_object (&self->spa);
  g_strfreev (self->names);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (ava_speech_engines_parent_class)->finalize (object);
}

static void
ava_speech_engines_class_init (AvaSpeechEnginesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_speech_engines_finalize;
}

static void
ava_speech_engines_init (AvaSpeechEngines *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ava_speech_engines_new:
 *
 * Returns: (transfer full): engines that are not loaded yet
 */
AvaSpeechEngines *
ava_speech_engines_new (void)
{
  return g_object_new (AVA_TYPE_SPEECH_ENGINES, NULL);
}

static void set_grammars (AvaSpeechEngines *self);

/* Tells those who wait that the engines can be used, or why not. */
static void
answer_waiting (AvaSpeechEngines *self,
                const GError     *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++) {
    if (error != NULL)
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (waiting->pdata[i], TRUE);
  }
}

/* What the grammar thread works on: all of it is safe to read from any thread. */
typedef struct {
  AvaRecognizer *recognizer;
  AvaSpa *spa;
  GStrv names;
} GrammarWork;

static void
grammar_work_free (GrammarWork *work)
{
  g_object_unref (work->recognizer);
  g_object_unref (work->spa);
  g_strfreev (work->names);
  g_free (work);
}

/* Grammar thread: writing them takes longer than the main loop may be busy. */
static void
set_grammars_in_thread (GTask        *task,
                        gpointer      source,
                        gpointer      task_data,
                        GCancellable *cancellable)
{
  GrammarWork *work = task_data;

  for (AvaExpect expect = AVA_EXPECT_OPEN; expect < AVA_EXPECT_NOTHING; expect++) {
    g_autofree char *jsgf = ava_grammar_build (work->spa, expect, (const char *const *) work->names);

    ava_recognizer_set_grammar (work->recognizer, ava_expect_to_string (expect), jsgf);
  }
  g_task_return_boolean (task, TRUE);
}

static void
grammars_set_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  AvaSpeechEngines *self = AVA_SPEECH_ENGINES (source);

  self->setting = FALSE;
  if (self->stale)
    set_grammars (self);
  else
    answer_waiting (self, NULL);
}

static void
set_grammars (AvaSpeechEngines *self)
{
  g_autoptr (GTask) task = NULL;
  GrammarWork *work;

  if (self->recognizer == NULL || self->spa == NULL)
    return;
  self->stale = self->setting;
  if (self->setting)
    return;
  self->setting = TRUE;
  work = g_new0 (GrammarWork, 1);
  work->recognizer = g_object_ref (self->recognizer);
  work->spa = g_object_ref (self->spa);
  work->names = g_strdupv (self->names);
  task = g_task_new (self, NULL, grammars_set_cb, NULL);
  g_task_set_task_data (task, work, (GDestroyNotify) grammar_work_free);
  g_task_run_in_thread (task, set_grammars_in_thread);
  ava_synthesizer_prepare (self->synthesizer, self->spa->greeting);
}

/**
 * ava_speech_engines_set_spa:
 * @names: (nullable): plain lower case names that callers may say
 *
 * Grammars follow: they are made again from @spa.
 */
void
ava_speech_engines_set_spa (AvaSpeechEngines  *self,
                            AvaSpa            *spa,
                            const char *const *names)
{
  g_return_if_fail (AVA_IS_SPEECH_ENGINES (self));

  g_set_object (&self->spa, spa);
  if (names != NULL) {
    g_strfreev (self->names);
    self->names = g_strdupv ((char **) names);
  }
  set_grammars (self);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Engines *engines = g_new0 (Engines, 1);

  engines->synthesizer = ava_flite_synthesizer_new (&error);
  if (engines->synthesizer != NULL)
    engines->recognizer = ava_sphinx_recognizer_new (&error);
  if (error != NULL) {
    engines_free (engines);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_pointer (task, engines, (GDestroyNotify) engines_free);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  AvaSpeechEngines *self = AVA_SPEECH_ENGINES (source);
  g_autoptr (GError) error = NULL;
  Engines *engines = g_task_propagate_pointer (G_TASK (result), &error);

  self->loading = FALSE;
  if (engines == NULL) {
    answer_waiting (self, error);
    return;
  }
  self->recognizer = g_steal_pointer (&engines->recognizer);
  self->synthesizer = g_steal_pointer (&engines->synthesizer);
  engines_free (engines);
  if (self->spa != NULL)
    set_grammars (self);
  else
    answer_waiting (self, NULL);
}

/**
 * ava_speech_engines_load_async:
 *
 * Answers at once when they are loaded.
 */
void
ava_speech_engines_load_async (AvaSpeechEngines    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) loading = NULL;

  g_task_set_source_tag (task, ava_speech_engines_load_async);
  if (self->recognizer != NULL && !self->setting) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->loading || self->recognizer != NULL)
    return;
  self->loading = TRUE;
  loading = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_run_in_thread (loading, load_in_thread);
}

/**
 * ava_speech_engines_load_finish:
 *
 * Returns: whether they are there; else @error says what is missing (AVA_SPEECH_ERROR)
 */
gboolean
ava_speech_engines_load_finish (AvaSpeechEngines  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ava_speech_engines_get_recognizer:
 *
 * Returns: (transfer none) (nullable): %NULL until loaded
 */
AvaRecognizer *
ava_speech_engines_get_recognizer (AvaSpeechEngines *self)
{
  return self->recognizer;
}

/**
 * ava_speech_engines_get_synthesizer:
 *
 * Returns: (transfer none) (nullable): %NULL until loaded
 */
AvaSynthesizer *
ava_speech_engines_get_synthesizer (AvaSpeechEngines *self)
{
  return self->synthesizer;
}
