/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-speech-engines.h"

G_BEGIN_DECLS

/**
 * AvaAudition:
 *
 * Lets somebody at the desk hear how Ava says a text, with her own voice and through the speaker of
 * this computer. Without a speaker the text is still made into speech, and the trouble is told.
 * Main thread.
 *
 * Properties: "playing" (boolean), "trouble" (string, nullable: why nothing was heard).
 */
#define AVA_TYPE_AUDITION (ava_audition_get_type ())
G_DECLARE_FINAL_TYPE (AvaAudition, ava_audition, AVA, AUDITION, GObject)

AvaAudition *ava_audition_new          (AvaSpeechEngines *engines);
void         ava_audition_play         (AvaAudition      *self,
                                        const char       *text);
void         ava_audition_stop         (AvaAudition      *self);
gboolean     ava_audition_is_playing   (AvaAudition      *self);
const char  *ava_audition_get_trouble  (AvaAudition      *self);
gint64       ava_audition_get_length   (AvaAudition      *self);   /* [us] of speech made of the last text */

G_END_DECLS
