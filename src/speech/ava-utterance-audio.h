/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The audio of one utterance as a decoder likes it. */
gint16   *ava_utterance_audio_frame    (const gint16 *pcm,
                                        gsize         n_samples,
                                        gsize        *n_framed);
gboolean  ava_utterance_audio_is_clean (const gint16 *pcm,
                                        gsize         n_samples);
void      ava_utterance_audio_blur     (gint16       *pcm,
                                        gsize         n_samples,
                                        double        below_db);

G_END_DECLS
