/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-frame.h"

G_BEGIN_DECLS

/* Counters of a port, since it started. */
typedef struct {
  guint64 frames_in;        /* captured */
  guint64 frames_out;       /* played, silence included */
  guint64 overruns;         /* [frames] captured but dropped, the main loop being late */
  guint64 underruns;        /* [times] speech ran dry inside an item */
  guint64 flushes;
  gint64 latency_us;        /* [us] from hand-over to the ear, of the device */
  gint64 flush_us;          /* [us] the last flush took to silence */
} AvaPortStats;

/**
 * AvaFramePort:
 *
 * Both directions of one caller's audio. All functions are called from, and all signals are
 * emitted on, the main thread; what streams below is the port's own business.
 *
 * Signals:
 *   "opened": it has started, and frames follow; before the first of them, never within ava_frame_port_start();
 *   "frame" (gpointer AvaFrame*): 20 ms of the caller, in order, with no gap;
 *   "drained": everything that was written has been heard;
 *   "moved" (const char *words): the device is gone, and the port goes on with another;
 *   "failed" (GError*): the device could not be opened, or is gone; the port has stopped.
 *   "ended": the caller's side has no more to give (a file's end, a hang-up).
 *
 * Written audio is queued and played in order; ava_frame_port_flush() silences at once.
 */
#define AVA_TYPE_FRAME_PORT (ava_frame_port_get_type ())
G_DECLARE_INTERFACE (AvaFramePort, ava_frame_port, AVA, FRAME_PORT, GObject)

struct _AvaFramePortInterface {
  GTypeInterface parent_iface;

  void     (*start)         (AvaFramePort  *self);
  void     (*stop)          (AvaFramePort  *self);
  void     (*write)         (AvaFramePort  *self,
                             const gint16  *pcm,
                             gsize          n_samples);
  void     (*flush)         (AvaFramePort  *self);
  gint64   (*get_played)    (AvaFramePort  *self);
  gint64   (*get_queued)    (AvaFramePort  *self);
  void     (*get_stats)     (AvaFramePort  *self,
                             AvaPortStats  *stats);
};

void     ava_frame_port_start      (AvaFramePort  *self);
void     ava_frame_port_stop       (AvaFramePort  *self);
void     ava_frame_port_write      (AvaFramePort  *self,
                                    const gint16  *pcm,
                                    gsize          n_samples);
void     ava_frame_port_flush      (AvaFramePort  *self);
gint64   ava_frame_port_get_played (AvaFramePort  *self);   /* [samples] of written audio heard; what was flushed never counts */
gint64   ava_frame_port_get_queued (AvaFramePort  *self);   /* [samples] written, not yet heard */
void     ava_frame_port_get_stats  (AvaFramePort  *self,
                                    AvaPortStats  *stats);

G_END_DECLS
