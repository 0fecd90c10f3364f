/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-silero-net.h"
#include "ava-vad.h"

G_BEGIN_DECLS

/**
 * AvaSileroVad:
 *
 * The published Silero network over each chunk of 32 ms (V-16). One per caller.
 */
#define AVA_TYPE_SILERO_VAD (ava_silero_vad_get_type ())
G_DECLARE_FINAL_TYPE (AvaSileroVad, ava_silero_vad, AVA, SILERO_VAD, GObject)

AvaVad  *ava_silero_vad_new       (AvaSileroWeights *weights);
guint64  ava_silero_vad_get_steps (AvaSileroVad     *self);

G_END_DECLS
