/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-recognizer.h"
#include "ava-spa.h"
#include "ava-synthesizer.h"

G_BEGIN_DECLS

/**
 * AvaSpeechEngines:
 *
 * The desk's one recognizer and one synthesizer, shared by its calls. They are loaded when a call
 * first needs them, on a thread of their own: the window opens without their weight. Main thread.
 */
#define AVA_TYPE_SPEECH_ENGINES (ava_speech_engines_get_type ())
G_DECLARE_FINAL_TYPE (AvaSpeechEngines, ava_speech_engines, AVA, SPEECH_ENGINES, GObject)

AvaSpeechEngines *ava_speech_engines_new             (void);
void              ava_speech_engines_set_spa         (AvaSpeechEngines     *self,
                                                      AvaSpa               *spa,
                                                      const char *const    *names);
void              ava_speech_engines_load_async      (AvaSpeechEngines     *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ava_speech_engines_load_finish     (AvaSpeechEngines     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
AvaRecognizer    *ava_speech_engines_get_recognizer  (AvaSpeechEngines     *self);
AvaSynthesizer   *ava_speech_engines_get_synthesizer (AvaSpeechEngines     *self);

G_END_DECLS
