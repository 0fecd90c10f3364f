/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-transport.h"

G_BEGIN_DECLS

/* A line that is looked at: it does what the program's own does, and notes when. */
typedef struct {
  GArray *due_us;           /* [us] monotonic: when each frame that has not gone out was complete */
  GArray *frame_waits;      /* [us] from then until the socket had it */
  gint64 delta_us;          /* [us] when the service sent the first audio of an answer that is not heard yet; 0: none */
  gint64 started_us;        /* [us] when it said that the caller speaks; 0: Ava is silent */
} BenchWatch;

/* @watch: borrowed; the fake has to stamp its events */
AvaRealtimeTransport *bench_line_new (gpointer watch);

G_END_DECLS
