/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame.h"
#include "ava-pacer.h"
#include "ava-recognizer.h"

G_BEGIN_DECLS

/**
 * AvaEar:
 *
 * Ava's ear in a local call: keeps the caller's last frames, so that an utterance begins before
 * its onset was noticed, and has utterances recognized. Main thread.
 *
 * Signals: "heard" (AvaHypothesis*, gboolean final); the hypothesis is borrowed, NULL on a fault
 * of the recognizer.
 */
#define AVA_TYPE_EAR (ava_ear_get_type ())
G_DECLARE_FINAL_TYPE (AvaEar, ava_ear, AVA, EAR, GObject)

AvaEar   *ava_ear_new             (AvaRecognizer  *recognizer,
                                   AvaPacer       *pacer);
void      ava_ear_push            (AvaEar         *self,
                                   const AvaFrame *frame);
void      ava_ear_begin           (AvaEar         *self);
void      ava_ear_close           (AvaEar         *self);
void      ava_ear_reopen          (AvaEar         *self);
void      ava_ear_recognize       (AvaEar         *self,
                                   const char     *grammar,
                                   gboolean        final);
gboolean  ava_ear_is_recognizing  (AvaEar         *self);
void      ava_ear_cancel          (AvaEar         *self);
guint     ava_ear_get_length_ms   (AvaEar         *self);

G_END_DECLS
