/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-realtime-settings.h"

G_BEGIN_DECLS

/* Why a line ended. */
typedef struct {
  guint status;            /* HTTP, of a refused handshake; 0: there was none */
  guint close_code;        /* of the peer; 0: it was cut */
  const char *reason;      /* of the peer, or of the system; nullable */
  guint retry_s;           /* [s] that the peer asks to wait (Retry-After); 0: it does not */
  const GError *error;     /* nullable: of the system, when no connection came about */
} AvaRealtimeEnd;

/**
 * AvaRealtimeTransport:
 *
 * Carries text frames to a voice service and back. One line: opened once, ended once. Main thread.
 *
 * Signals: "opened"; "message" (GBytes*): one frame; "ended" (AvaRealtimeEnd*, as pointer): never after close().
 */
#define AVA_TYPE_REALTIME_TRANSPORT (ava_realtime_transport_get_type ())
G_DECLARE_INTERFACE (AvaRealtimeTransport, ava_realtime_transport, AVA, REALTIME_TRANSPORT, GObject)

struct _AvaRealtimeTransportInterface {
  GTypeInterface parent_iface;

  void     (*open)      (AvaRealtimeTransport      *self,
                         const AvaRealtimeSettings *settings);
  void     (*send)      (AvaRealtimeTransport      *self,
                         const char                *text,
                         gsize                      size);
  gboolean (*is_ready)  (AvaRealtimeTransport      *self);   /* open, and what was sent before has gone out */
  void     (*close)     (AvaRealtimeTransport      *self);
};

void     ava_realtime_transport_open     (AvaRealtimeTransport      *self,
                                          const AvaRealtimeSettings *settings);
void     ava_realtime_transport_send     (AvaRealtimeTransport      *self,
                                          const char                *text,
                                          gsize                      size);
gboolean ava_realtime_transport_is_ready (AvaRealtimeTransport      *self);
void     ava_realtime_transport_close    (AvaRealtimeTransport      *self);

/* Makes a line that is not open yet. */
typedef AvaRealtimeTransport *(*AvaRealtimeTransportFunc) (gpointer user_data);

/* libsoup's WebSocket. */
AvaRealtimeTransport *ava_realtime_socket_new (gpointer unused);

G_END_DECLS
