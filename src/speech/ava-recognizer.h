/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <time.h>

G_BEGIN_DECLS

typedef enum {
  AVA_SPEECH_ERROR_MODEL,      /* acoustic model or voice not installed */
  AVA_SPEECH_ERROR_GRAMMAR,    /* grammar has a fault, or a word without a pronunciation */
  AVA_SPEECH_ERROR_FAILED,
} AvaSpeechError;

#define AVA_SPEECH_ERROR (ava_speech_error_quark ())
GQuark ava_speech_error_quark (void);

typedef struct {
  char *text;          /* lower case words, "" when nothing was understood */
  double confidence;   /* 0..1 */
  gint64 cost_us;      /* [us] of computing */
} AvaHypothesis;

void ava_hypothesis_free (AvaHypothesis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaHypothesis, ava_hypothesis_free)

/**
 * AvaRecognizer:
 *
 * Turns one whole utterance (16 kHz mono S16, some silence at both ends) into words, by the named
 * grammar. Work runs on the recognizer's own worker thread, in order; results come on the thread
 * default main context of the caller.
 */
#define AVA_TYPE_RECOGNIZER (ava_recognizer_get_type ())
G_DECLARE_INTERFACE (AvaRecognizer, ava_recognizer, AVA, RECOGNIZER, GObject)

struct _AvaRecognizerInterface {
  GTypeInterface parent_iface;

  void           (*set_grammar)      (AvaRecognizer        *self,
                                      const char           *name,
                                      const char           *jsgf);
  void           (*recognize_async)  (AvaRecognizer        *self,
                                      GBytes               *pcm,
                                      const char           *grammar,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
  AvaHypothesis *(*recognize_finish) (AvaRecognizer        *self,
                                      GAsyncResult         *result,
                                      GError              **error);
  clockid_t      (*get_clock)        (AvaRecognizer        *self);   /* nullable */
};

void           ava_recognizer_set_grammar      (AvaRecognizer        *self,
                                                const char           *name,
                                                const char           *jsgf);
void           ava_recognizer_recognize_async  (AvaRecognizer        *self,
                                                GBytes               *pcm,
                                                const char           *grammar,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
AvaHypothesis *ava_recognizer_recognize_finish (AvaRecognizer        *self,
                                                GAsyncResult         *result,
                                                GError              **error);
clockid_t      ava_recognizer_get_clock        (AvaRecognizer        *self);

/* pocketsphinx with grammars by dialogue state; shared by the calls of a desk. */
#define AVA_TYPE_SPHINX_RECOGNIZER (ava_sphinx_recognizer_get_type ())
G_DECLARE_FINAL_TYPE (AvaSphinxRecognizer, ava_sphinx_recognizer, AVA, SPHINX_RECOGNIZER, GObject)
AvaRecognizer *ava_sphinx_recognizer_new (GError **error);

G_END_DECLS
