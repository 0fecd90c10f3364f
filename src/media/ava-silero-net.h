/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define AVA_SILERO_CHUNK   512   /* [samples] at 16 kHz that one step takes: 32 ms */
#define AVA_SILERO_CONTEXT 64    /* [samples] of the chunk before, seen again */
#define AVA_SILERO_HIDDEN  128

/* The weights, mapped from their file and shared by all streams. Immutable: any thread. */
typedef struct _AvaSileroWeights AvaSileroWeights;

/* What one stream remembers. All zero is a stream that has heard nothing. */
typedef struct {
  float context[AVA_SILERO_CONTEXT];
  float hidden[AVA_SILERO_HIDDEN];
  float cell[AVA_SILERO_HIDDEN];
} AvaSileroState;

AvaSileroWeights *ava_silero_weights_load  (const char        *path,
                                            GError           **error);
AvaSileroWeights *ava_silero_weights_find  (GError           **error);
AvaSileroWeights *ava_silero_weights_ref   (AvaSileroWeights  *self);
void              ava_silero_weights_unref (AvaSileroWeights  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSileroWeights, ava_silero_weights_unref)

double            ava_silero_step          (const AvaSileroWeights *weights,
                                            AvaSileroState         *state,
                                            const gint16           *pcm);

G_END_DECLS
