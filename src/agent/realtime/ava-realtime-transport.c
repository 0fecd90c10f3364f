/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-transport.h"

G_DEFINE_INTERFACE (AvaRealtimeTransport, ava_realtime_transport, G_TYPE_OBJECT)

static void
ava_realtime_transport_default_init (AvaRealtimeTransportInterface *iface)
{
  const GType type = AVA_TYPE_REALTIME_TRANSPORT;

  g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

/**
 * ava_realtime_transport_open:
 * @settings: that were checked; only read during this call
 *
 * Begins to connect: "opened" or "ended" follows.
 */
void
ava_realtime_transport_open (AvaRealtimeTransport      *self,
                             const AvaRealtimeSettings *settings)
{
  AVA_REALTIME_TRANSPORT_GET_IFACE (self)->open (self, settings);
}

/**
 * ava_realtime_transport_send:
 * @text: one frame, copied; dropped when the line is not open
 */
void
ava_realtime_transport_send (AvaRealtimeTransport *self,
                             const char           *text,
                             gsize                 size)
{
  AVA_REALTIME_TRANSPORT_GET_IFACE (self)->send (self, text, size);
}

/**
 * ava_realtime_transport_is_ready:
 *
 * Returns: whether a frame that is sent now goes out now
 */
gboolean
ava_realtime_transport_is_ready (AvaRealtimeTransport *self)
{
  return AVA_REALTIME_TRANSPORT_GET_IFACE (self)->is_ready (self);
}

/**
 * ava_realtime_transport_close:
 *
 * Says goodbye; no signal follows.
 */
void
ava_realtime_transport_close (AvaRealtimeTransport *self)
{
  AVA_REALTIME_TRANSPORT_GET_IFACE (self)->close (self);
}
