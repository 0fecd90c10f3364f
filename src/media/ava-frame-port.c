/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-frame-port.h"

G_DEFINE_INTERFACE (AvaFramePort, ava_frame_port, G_TYPE_OBJECT)

static void
ava_frame_port_default_init (AvaFramePortInterface *iface)
{
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  g_signal_new ("opened", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("frame", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("drained", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("moved", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("failed", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_signal_new ("ended", AVA_TYPE_FRAME_PORT, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * ava_frame_port_start:
 *
 * Returns at once; "opened" follows, or "failed" says what is missing. A port is started once.
 */
void
ava_frame_port_start (AvaFramePort *self)
{
  AVA_FRAME_PORT_GET_IFACE (self)->start (self);
}

/**
 * ava_frame_port_stop:
 *
 * No signal comes any more, also of a port that still opens. Stopping twice does no harm.
 */
void
ava_frame_port_stop (AvaFramePort *self)
{
  AVA_FRAME_PORT_GET_IFACE (self)->stop (self);
}

/**
 * ava_frame_port_write:
 *
 * Plays @pcm after all that was written.
 */
void
ava_frame_port_write (AvaFramePort *self,
                      const gint16 *pcm,
                      gsize         n_samples)
{
  AVA_FRAME_PORT_GET_IFACE (self)->write (self, pcm, n_samples);
}

/**
 * ava_frame_port_flush:
 *
 * Silence at once: what was not heard yet never will be.
 */
void
ava_frame_port_flush (AvaFramePort *self)
{
  AVA_FRAME_PORT_GET_IFACE (self)->flush (self);
}

/**
 * ava_frame_port_get_played:
 *
 * Returns: [samples] of written audio that were heard; what was flushed never counts
 */
gint64
ava_frame_port_get_played (AvaFramePort *self)
{
  return AVA_FRAME_PORT_GET_IFACE (self)->get_played (self);
}

/**
 * ava_frame_port_get_queued:
 *
 * Returns: [samples] that were written and not heard yet
 */
gint64
ava_frame_port_get_queued (AvaFramePort *self)
{
  return AVA_FRAME_PORT_GET_IFACE (self)->get_queued (self);
}

/**
 * ava_frame_port_get_stats:
 * @stats: (out): counters since it started
 */
void
ava_frame_port_get_stats (AvaFramePort *self,
                          AvaPortStats *stats)
{
  AVA_FRAME_PORT_GET_IFACE (self)->get_stats (self, stats);
}
