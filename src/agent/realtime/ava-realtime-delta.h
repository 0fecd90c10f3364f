/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a frame: not terminated; @start NULL: not there. */
typedef struct {
  const char *start;
  gsize size;
} AvaRealtimeSpan;

/* An audio delta, which most of what comes is, read where it lies and without a tree of JSON. */
typedef struct {
  AvaRealtimeSpan type, response_id, item_id, audio;
} AvaRealtimeDelta;

/* Returns: whether @text is certainly an audio delta. What is written in an unusual way is not, and read the usual way. */
gboolean ava_realtime_delta_read (AvaRealtimeDelta *self,
                                  const char       *text,
                                  gsize             size);

G_END_DECLS
