/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-synthesizer.h"

G_DEFINE_INTERFACE (AvaSynthesizer, ava_synthesizer, G_TYPE_OBJECT)

static void
ava_synthesizer_default_init (AvaSynthesizerInterface *iface)
{
}

/**
 * ava_synthesizer_speak_async:
 * @text: UTF-8 sentences
 * @chunk: gets the audio piece by piece, before @callback
 */
void
ava_synthesizer_speak_async (AvaSynthesizer      *self,
                             const char          *text,
                             AvaSpeechChunkFunc   chunk,
                             gpointer             chunk_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AVA_SYNTHESIZER_GET_IFACE (self)->speak_async (self, text, chunk, chunk_data, cancellable, callback,
                                                 user_data);
}

/**
 * ava_synthesizer_speak_finish:
 *
 * Returns: whether all of it was made; else @error is set
 */
gboolean
ava_synthesizer_speak_finish (AvaSynthesizer  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  return AVA_SYNTHESIZER_GET_IFACE (self)->speak_finish (self, result, error);
}

/**
 * ava_synthesizer_prepare:
 *
 * Makes the audio of @text ahead, so that it is there at once when it is wanted.
 */
void
ava_synthesizer_prepare (AvaSynthesizer *self,
                         const char     *text)
{
  AVA_SYNTHESIZER_GET_IFACE (self)->prepare (self, text);
}

/**
 * ava_synthesizer_get_clock:
 *
 * Returns: a clock of what its worker computes; that of the process when it has no worker
 */
clockid_t
ava_synthesizer_get_clock (AvaSynthesizer *self)
{
  AvaSynthesizerInterface *iface = AVA_SYNTHESIZER_GET_IFACE (self);

  return iface->get_clock != NULL ? iface->get_clock (self) : CLOCK_PROCESS_CPUTIME_ID;
}
