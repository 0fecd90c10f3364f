/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-pacer.h"
#include "ava-spoken.h"
#include "ava-synthesizer.h"

G_BEGIN_DECLS

/**
 * AvaVoice:
 *
 * Ava's mouth in a local call: turns replies into audio, one after the other, and knows how much
 * of each was heard. Main thread.
 *
 * Signals: "audio" (gpointer gint16*, guint n_samples), "failed" (const char *words).
 */
#define AVA_TYPE_VOICE (ava_voice_get_type ())
G_DECLARE_FINAL_TYPE (AvaVoice, ava_voice, AVA, VOICE, GObject)

AvaVoice *ava_voice_new       (AvaSynthesizer    *synthesizer,
                               AvaPacer          *pacer);
void      ava_voice_speak     (AvaVoice          *self,
                               AvaTranscriptItem *item,
                               const char        *text);
void      ava_voice_hear      (AvaVoice          *self,
                               gint64             played,
                               gint64             queued,
                               gint64             now_us);
void      ava_voice_interrupt (AvaVoice          *self,
                               gint64             now_us);
gboolean  ava_voice_resume    (AvaVoice          *self);
void      ava_voice_forget    (AvaVoice          *self);
gboolean  ava_voice_is_busy   (AvaVoice          *self);

G_END_DECLS
