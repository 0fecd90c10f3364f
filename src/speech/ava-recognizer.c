/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-recognizer.h"

G_DEFINE_QUARK (ava-speech-error, ava_speech_error)
G_DEFINE_INTERFACE (AvaRecognizer, ava_recognizer, G_TYPE_OBJECT)

static void
ava_recognizer_default_init (AvaRecognizerInterface *iface)
{
}

/**
 * ava_hypothesis_free:
 * @self: (transfer full) (nullable):
 */
void
ava_hypothesis_free (AvaHypothesis *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

/**
 * ava_recognizer_set_grammar:
 * @name: by which utterances ask for it
 * @jsgf: JSpeech Grammar Format text; the same name again replaces it
 *
 * Takes effect for utterances given after it.
 */
void
ava_recognizer_set_grammar (AvaRecognizer *self,
                            const char    *name,
                            const char    *jsgf)
{
  AVA_RECOGNIZER_GET_IFACE (self)->set_grammar (self, name, jsgf);
}

/**
 * ava_recognizer_recognize_async:
 * @pcm: S16 mono samples at 16 kHz
 * @grammar: a name that was set
 */
void
ava_recognizer_recognize_async (AvaRecognizer       *self,
                                GBytes              *pcm,
                                const char          *grammar,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AVA_RECOGNIZER_GET_IFACE (self)->recognize_async (self, pcm, grammar, cancellable, callback,
                                                    user_data);
}

/**
 * ava_recognizer_recognize_finish:
 *
 * Returns: (transfer full) (nullable): what was understood; %NULL with @error set
 */
AvaHypothesis *
ava_recognizer_recognize_finish (AvaRecognizer  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return AVA_RECOGNIZER_GET_IFACE (self)->recognize_finish (self, result, error);
}

/**
 * ava_recognizer_get_clock:
 *
 * Returns: a clock of what its worker computes; that of the process when it has no worker
 */
clockid_t
ava_recognizer_get_clock (AvaRecognizer *self)
{
  AvaRecognizerInterface *iface = AVA_RECOGNIZER_GET_IFACE (self);

  return iface->get_clock != NULL ? iface->get_clock (self) : CLOCK_PROCESS_CPUTIME_ID;
}
