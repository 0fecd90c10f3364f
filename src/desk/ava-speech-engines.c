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

static void
set_grammars (AvaSpeechEngines *self)
{
  if (self->recognizer == NULL || self->spa == NULL)
    return;
  for (AvaExpect expect = AVA_EXPECT_OPEN; expect < AVA_EXPECT_NOTHING; expect++) {
    g_autofree char *jsgf = ava_grammar_build (self->spa, expect,
                                               (const char *const *) self->names);

    ava_recognizer_set_grammar (self->recognizer, ava_expect_to_string (expect), jsgf);
  }
  ava_synthesizer_prepare (self->synthesizer, self->spa->greeting);
}

/**
 * ava_speech_engines_set_spa:
 * @names: (nullable): first and last names that callers may say
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
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  Engines *engines = g_task_propagate_pointer (G_TASK (result), &error);

  self->loading = FALSE;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  if (engines != NULL) {
    self->recognizer = g_steal_pointer (&engines->recognizer);
    self->synthesizer = g_steal_pointer (&engines->synthesizer);
    engines_free (engines);
    set_grammars (self);
  }
  for (guint i = 0; i < waiting->len; i++) {
    if (error != NULL)
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (waiting->pdata[i], TRUE);
  }
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
  if (self->recognizer != NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->loading)
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
