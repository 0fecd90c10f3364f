/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <time.h>

G_BEGIN_DECLS

/**
 * AvaSynthesizer:
 *
 * Turns text into 16 kHz mono S16 audio, sentence by sentence, on its own worker thread; the
 * first audio comes before the whole text is made. Chunks and the end come on the thread default
 * main context of the caller. Sentences that were made before come from a cache.
 */
#define AVA_TYPE_SYNTHESIZER (ava_synthesizer_get_type ())
G_DECLARE_INTERFACE (AvaSynthesizer, ava_synthesizer, AVA, SYNTHESIZER, GObject)

/* Some audio of a text. @text_offset: [bytes] of the text that are spoken once this chunk is heard. */
typedef void (*AvaSpeechChunkFunc) (const gint16 *pcm,
                                    gsize         n_samples,
                                    gsize         text_offset,
                                    gpointer      user_data);

struct _AvaSynthesizerInterface {
  GTypeInterface parent_iface;

  void     (*speak_async)  (AvaSynthesizer       *self,
                            const char           *text,
                            AvaSpeechChunkFunc    chunk,
                            gpointer              chunk_data,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
  gboolean (*speak_finish) (AvaSynthesizer       *self,
                            GAsyncResult         *result,
                            GError              **error);
  void     (*prepare)      (AvaSynthesizer       *self,
                            const char           *text);
  clockid_t (*get_clock)   (AvaSynthesizer       *self);   /* nullable */
};

void     ava_synthesizer_speak_async  (AvaSynthesizer       *self,
                                       const char           *text,
                                       AvaSpeechChunkFunc    chunk,
                                       gpointer              chunk_data,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean ava_synthesizer_speak_finish (AvaSynthesizer       *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void     ava_synthesizer_prepare      (AvaSynthesizer       *self,
                                       const char           *text);   /* makes it ahead of its need */
clockid_t ava_synthesizer_get_clock   (AvaSynthesizer       *self);

/* flite, voice cmu_us_rms: Ava's own. */
#define AVA_TYPE_FLITE_SYNTHESIZER (ava_flite_synthesizer_get_type ())
G_DECLARE_FINAL_TYPE (AvaFliteSynthesizer, ava_flite_synthesizer, AVA, FLITE_SYNTHESIZER, GObject)
AvaSynthesizer *ava_flite_synthesizer_new (GError **error);

G_END_DECLS
