/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-transport.h"
#include "ava-realtime-wire.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define MOST_UNSENT 16384   /* [bytes] that the kernel keeps for a peer who reads slowly: a quarter of a second of sound */

struct _AvaRealtimeSocket {
  GObject parent_instance;

  SoupSession *session;
  SoupMessage *message;                  /* the handshake: libsoup's error does not say its status */
  SoupWebsocketConnection *connection;   /* nullable until open */
  GTlsCertificate *root;                 /* nullable: one more that is trusted */
  GCancellable *cancellable;
  gboolean over;
};

#define AVA_TYPE_REALTIME_SOCKET (ava_realtime_socket_get_type ())
G_DECLARE_FINAL_TYPE (AvaRealtimeSocket, ava_realtime_socket, AVA, REALTIME_SOCKET, GObject)

static void transport_iface_init (AvaRealtimeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaRealtimeSocket, ava_realtime_socket, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_REALTIME_TRANSPORT, transport_iface_init))

/* Seconds, or a date. Returns: [s] */
static guint
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL)
    return 0;
  if (g_ascii_isdigit (*text))
    return MIN (g_ascii_strtoull (text, NULL, 10), G_MAXINT);
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, G_MAXINT) : 0;
}

static void
end (AvaRealtimeSocket *self,
     guint              status,
     guint              close_code,
     const char        *reason,
     const GError      *error)
{
  SoupMessageHeaders *headers = self->message != NULL ? soup_message_get_response_headers (self->message) : NULL;
  AvaRealtimeEnd how = {
    .status = status,
    .close_code = close_code,
    .reason = reason,
    .error = error,
    .retry_s = headers != NULL && status != 0 ? read_retry_after (headers) : 0,
  };

  if (self->over)
    return;
  self->over = TRUE;
  g_signal_emit_by_name (self, "ended", &how);
}

static void
on_message (AvaRealtimeSocket *self,
            int                type,
            GBytes            *message)
{
  if (!self->over && type == SOUP_WEBSOCKET_DATA_TEXT)
    g_signal_emit_by_name (self, "message", message);
}

static void
on_closed (AvaRealtimeSocket *self)
{
  end (self, 0, soup_websocket_connection_get_close_code (self->connection),
       soup_websocket_connection_get_close_data (self->connection), NULL);
}

static void
connect_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaRealtimeSocket) self = user_data;
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *connection;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->over) {
    g_clear_object (&connection);
    return;
  }
  if (connection == NULL) {
    guint status = soup_message_get_status (self->message);

    /* 101 and still no connection: the answer was no WebSocket's. */
    end (self, status == SOUP_STATUS_SWITCHING_PROTOCOLS ? 0 : status, 0, error->message, error);
    return;
  }
  self->connection = connection;
  /* The usual limit is 128 KiB: two seconds of sound. */
  soup_websocket_connection_set_max_incoming_payload_size (connection, AVA_WIRE_MOST_BYTES);
  /* The first message may be in the same packet as the handshake: listen before anything else runs. */
  g_signal_connect_object (connection, "message", G_CALLBACK (on_message), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  g_signal_emit_by_name (self, "opened");
}

/* The system does not know who signed it: perhaps the root that the settings name did. */
static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       AvaRealtimeSocket    *self)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity = NULL;

  if (self->root == NULL)
    return FALSE;
  identity = g_network_address_new (g_uri_get_host (uri), MAX (0, g_uri_get_port (uri)));
  return g_tls_certificate_verify (certificate, identity, self->root) == 0;
}

/* The kernel would keep megabytes for a peer that reads nothing: a minute of what the caller said, to be answered long after.
 * With this limit the socket has no room before, and who asks keeps the newest. */
static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *stream)
{
  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (stream))
    g_socket_set_option (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), IPPROTO_TCP, TCP_NOTSENT_LOWAT,
                         MOST_UNSENT, NULL);
}

static void
socket_open (AvaRealtimeTransport      *transport,
             const AvaRealtimeSettings *settings)
{
  AvaRealtimeSocket *self = AVA_REALTIME_SOCKET (transport);
  g_autofree char *url = ava_realtime_settings_get_url (settings);
  g_auto (GStrv) headers = ava_realtime_settings_list_headers (settings);
  SoupMessageHeaders *sent;

  self->message = soup_message_new ("GET", url);
  sent = soup_message_get_request_headers (self->message);
  for (guint i = 0; headers[i] != NULL; i++) {
    char *colon = strchr (headers[i], ':');

    *colon = '\0';
    soup_message_headers_replace (sent, headers[i], g_strchug (colon + 1));
  }
  if (settings->ca_file != NULL && *settings->ca_file != '\0')
    self->root = g_tls_certificate_new_from_file (settings->ca_file, NULL);
  g_signal_connect_object (self->message, "accept-certificate", G_CALLBACK (on_accept_certificate), self, 0);
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_network_event), NULL);
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, connect_cb, g_object_ref (self));
}

static gboolean
is_open (AvaRealtimeSocket *self)
{
  return !self->over && self->connection != NULL &&
         soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
socket_send (AvaRealtimeTransport *transport,
             const char           *text,
             gsize                 size)
{
  AvaRealtimeSocket *self = AVA_REALTIME_SOCKET (transport);
  g_autoptr (GBytes) frame = NULL;

  if (!is_open (self))
    return;
  frame = g_bytes_new (text, size);
  soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, frame);
}

/* libsoup queues without limit: whether the kernel takes more tells whether that queue is empty. */
static gboolean
socket_is_ready (AvaRealtimeTransport *transport)
{
  AvaRealtimeSocket *self = AVA_REALTIME_SOCKET (transport);
  GOutputStream *out;

  if (!is_open (self))
    return FALSE;
  out = g_io_stream_get_output_stream (soup_websocket_connection_get_io_stream (self->connection));
  return !G_IS_POLLABLE_OUTPUT_STREAM (out) || g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (out));
}

static void
socket_close (AvaRealtimeTransport *transport)
{
  AvaRealtimeSocket *self = AVA_REALTIME_SOCKET (transport);
  gboolean was_open = is_open (self);

  self->over = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (was_open)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
transport_iface_init (AvaRealtimeTransportInterface *iface)
{
  iface->open = socket_open;
  iface->send = socket_send;
  iface->is_ready = socket_is_ready;
  iface->close = socket_close;
}

/* A polite goodbye outlives the line: the connection stays until the peer has answered, or gave no answer. */
static void
let_go (SoupWebsocketConnection *connection)
{
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_CLOSING)
    g_signal_connect (connection, "closed", G_CALLBACK (g_object_unref), NULL);
  else
    g_object_unref (connection);
}

static void
ava_realtime_socket_dispose (GObject *object)
{
  AvaRealtimeSocket *self = AVA_REALTIME_SOCKET (object);

  socket_close (AVA_REALTIME_TRANSPORT (self));
  g_clear_pointer (&self->connection, let_go);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->root);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ava_realtime_socket_parent_class)->dispose (object);
}

static void
ava_realtime_socket_class_init (AvaRealtimeSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_realtime_socket_dispose;
}

static void
ava_realtime_socket_init (AvaRealtimeSocket *self)
{
  self->session = soup_session_new ();
  self->cancellable = g_cancellable_new ();
  soup_session_set_user_agent (self->session, "ava-front-desk/" AVA_VERSION);
}

/**
 * ava_realtime_socket_new:
 *
 * Returns: (transfer full): a line over a WebSocket, not open yet (AvaRealtimeTransportFunc)
 */
AvaRealtimeTransport *
ava_realtime_socket_new (gpointer unused)
{
  return g_object_new (AVA_TYPE_REALTIME_SOCKET, NULL);
}
