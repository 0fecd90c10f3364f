/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All audio inside the program: 16 kHz, mono, signed 16 bit native endian, in frames of 20 ms. */
#define AVA_RATE          16000               /* [Hz] */
#define AVA_FRAME_MS      20                  /* [ms] */
#define AVA_FRAME_SAMPLES 320                 /* [samples] */
#define AVA_FRAME_BYTES   (AVA_FRAME_SAMPLES * 2)

typedef struct {
  gint64 time_us;                   /* [us] of audio since the port started */
  gint16 pcm[AVA_FRAME_SAMPLES];
} AvaFrame;

G_END_DECLS
