/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-silero-net.h"

G_BEGIN_DECLS

#define BINS 129                 /* of the spectrum */
#define TAPS 3                   /* of each convolution */
#define GATES (4 * AVA_SILERO_HIDDEN)

/* The file after its magic: 32-bit little-endian floats in this order and nothing else. */
typedef struct {
  float conv1[TAPS * BINS * 128];
  float bias1[128];
  float conv2[TAPS * 128 * 64];
  float bias2[64];
  float conv3[TAPS * 64 * 64];
  float bias3[64];
  float conv4[TAPS * 64 * 128];
  float bias4[128];
  float gates[2 * AVA_SILERO_HIDDEN * GATES];   /* input rows, then hidden rows */
  float gate_bias[GATES];
  float out[AVA_SILERO_HIDDEN];
  float out_bias;
} AvaSileroTensors;

const AvaSileroTensors *ava_silero_weights_get (const AvaSileroWeights *self);

G_END_DECLS
