/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-realtime-server.h"

#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

#define TICK_MS 5
#define MOST_KNOCKING 512

struct _FakeServer {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  FakeSchema *schema;
  JsonNode *script;
  guint refused;           /* its thread: handshakes that became no connection */
  guint port;

  GMutex lock;             /* of what follows */
  GCond ready;
  GPtrArray *connections;  /* Connection, dead ones too */
  GSource *tick;           /* one for all of them */
};

typedef struct {
  FakeServer *server;
  SoupWebsocketConnection *socket;
  FakeRealtime *session;
  int open;                /* atomic */
} Connection;

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
close_connection (Connection *connection)
{
  g_atomic_int_set (&connection->open, FALSE);
}

static void
wire_send (const char *text,
           gsize       size,
           gpointer    user_data)
{
  Connection *connection = user_data;
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  if (soup_websocket_connection_get_state (connection->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_message (connection->socket, SOUP_WEBSOCKET_DATA_TEXT, bytes);
}

static void
wire_close (guint       code,
            const char *reason,
            gpointer    user_data)
{
  Connection *connection = user_data;
  GIOStream *stream = soup_websocket_connection_get_io_stream (connection->socket);

  if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL)
    g_io_stream_close (stream, NULL, NULL);
  else if (soup_websocket_connection_get_state (connection->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection->socket, code, reason);
}

static void
wire_stall (guint    ms,
            gpointer user_data)
{
  g_usleep (ms * 1000);
}

static gboolean
tick (gpointer data)
{
  FakeServer *self = data;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->connections->len; i++) {
    Connection *connection = self->connections->pdata[i];

    if (g_atomic_int_get (&connection->open))
      fake_realtime_tick (connection->session, now_ms ());
  }
  g_mutex_unlock (&self->lock);
  return G_SOURCE_CONTINUE;
}

static void
on_message (SoupWebsocketConnection *socket,
            int                      type,
            GBytes                  *message,
            Connection              *connection)
{
  gsize size;
  const char *text = g_bytes_get_data (message, &size);

  if (!g_atomic_int_get (&connection->open))
    return;
  g_mutex_lock (&connection->server->lock);
  fake_realtime_tick (connection->session, now_ms ());
  fake_realtime_receive (connection->session, text, size);
  fake_realtime_tick (connection->session, now_ms ());
  g_mutex_unlock (&connection->server->lock);
}

static void
on_closed (SoupWebsocketConnection *socket,
           Connection              *connection)
{
  close_connection (connection);
}

static JsonObject *
get_script (FakeServer *self,
            guint       connection)
{
  JsonObject *script = json_node_get_object (self->script);
  JsonArray *sessions;

  if (!json_object_has_member (script, "sessions"))
    return script;
  sessions = json_object_get_array_member (script, "sessions");
  return json_array_get_object_element (sessions, MIN (connection, json_array_get_length (sessions) - 1));
}

static void
refuse (SoupWebsocketConnection *socket,
        const char              *code,
        guint                    close_code)
{
  g_autofree char *text = g_strdup_printf ("{\"type\": \"error\", \"event_id\": \"event_1\", \"error\": {\"type\": "
                                           "\"invalid_request_error\", \"code\": \"%s\", \"message\": \"Refused: %s.\", "
                                           "\"param\": null, \"event_id\": null}}", code, code);
  g_autofree char *reason = g_strdup_printf ("invalid_request_error.%s", code);

  soup_websocket_connection_send_text (socket, text);
  soup_websocket_connection_close (socket, close_code, reason);
}

static gboolean
is_refused (SoupServerMessage       *message,
            SoupWebsocketConnection *socket)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *key = soup_message_headers_get_one (headers, "Authorization");
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  if (soup_message_headers_get_one (headers, "OpenAI-Beta") != NULL)
    refuse (socket, "beta_api_shape_disabled", 4000);
  else if (key != NULL && strstr (key, "bad") != NULL)
    refuse (socket, "invalid_api_key", 3000);
  else if (query == NULL || strstr (query, "model=") == NULL)
    refuse (socket, "missing_model", 4000);
  else if (strstr (query, "retired") != NULL)
    refuse (socket, "model_not_found", 4004);
  else
    return FALSE;
  return TRUE;
}

static void
on_socket (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *socket,
           gpointer                 user_data)
{
  static const FakeWire wire = { wire_send, wire_close, wire_stall };
  FakeServer *self = user_data;
  Connection *connection;

  if (is_refused (message, socket)) {
    g_signal_connect (socket, "closed", G_CALLBACK (g_object_unref), NULL);
    g_object_ref (socket);
    return;
  }
  soup_websocket_connection_set_max_incoming_payload_size (socket, 0);
  connection = g_new0 (Connection, 1);
  connection->server = self;
  connection->socket = g_object_ref (socket);
  connection->open = TRUE;
  g_mutex_lock (&self->lock);
  connection->session = fake_realtime_new (get_script (self, self->connections->len + self->refused), self->schema, &wire, connection);
  g_ptr_array_add (self->connections, connection);
  g_mutex_unlock (&self->lock);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), connection);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), connection);
  g_mutex_lock (&self->lock);
  fake_realtime_open (connection->session, now_ms ());
  g_mutex_unlock (&self->lock);
}

/* The key in its own header, and no other secret beside it. */
static gboolean
is_known (FakeServer        *self,
          SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *bearer = soup_message_headers_get_list (headers, "Authorization");
  const char *api_key = soup_message_headers_get_list (headers, "api-key");
  const char *key = json_object_get_string_member_with_default (json_node_get_object (self->script), "key", NULL);
  g_autofree char *wanted = g_strconcat ("Bearer ", key, NULL);
  const char *host = soup_message_headers_get_one (headers, "Host");

  if (key == NULL || (bearer != NULL && strstr (bearer, "bad") != NULL))
    return bearer != NULL || api_key != NULL;
  if (host != NULL && strstr (host, ".azure.com") != NULL)
    return bearer == NULL && g_strcmp0 (api_key, key) == 0;
  return api_key == NULL && g_strcmp0 (bearer, wanted) == 0;
}

static gboolean
go_on_cb (gpointer message)
{
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
delay (FakeServer        *self,
       SoupServerMessage *message,
       guint              ms)
{
  g_autoptr (GSource) source = g_timeout_source_new (ms);

  soup_server_message_pause (message);
  g_source_set_callback (source, go_on_cb, g_object_ref (message), g_object_unref);
  g_source_attach (source, self->context);
}

static void
shake_hands (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  FakeServer *self = user_data;
  JsonObject *script = get_script (self, self->connections->len + self->refused);
  JsonObject *handshake = json_object_has_member (script, "handshake") ? json_object_get_object_member (script, "handshake") : NULL;
  guint status = handshake != NULL ? json_object_get_int_member_with_default (handshake, "status", 101) : 101;
  guint ms = handshake != NULL ? json_object_get_int_member_with_default (handshake, "ms", 0) : 0;

  if (!is_known (self, message))
    status = 401;
  if (status == 101) {
    if (ms > 0)
      delay (self, message, ms);
    return;
  }
  self->refused++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  if (handshake != NULL && json_object_has_member (handshake, "retry_after"))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                  json_object_get_string_member (handshake, "retry_after"));
  if (status == 0)
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, status, NULL);
}

/* A usual listener has room for ten that knock at once: others would be heard a second later, or three, or seven. */
static GSocket *
make_door (FakeServer  *self,
           GError     **error)
{
  gint64 room = json_object_get_int_member_with_default (json_node_get_object (self->script), "receive_bytes", 0);
  g_autoptr (GSocket) door = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);

  if (door == NULL || !g_socket_bind (door, address, FALSE, error))
    return NULL;
  g_socket_set_listen_backlog (door, MOST_KNOCKING);
  if (room > 0)
    g_socket_set_option (door, SOL_SOCKET, SO_RCVBUF, room, NULL);
  return g_socket_listen (door, error) ? g_steal_pointer (&door) : NULL;
}

static gpointer
serve (gpointer data)
{
  FakeServer *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) door = make_door (self, &error);
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, shake_hands, self, NULL);
  soup_server_add_websocket_handler (self->server, NULL, NULL, NULL, on_socket, self, NULL);
  if (door == NULL || !soup_server_listen_socket (self->server, door, 0, &error))
    g_error ("the fake server cannot listen: %s", error->message);
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->lock);
  self->port = g_uri_get_port (uris->data);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (self->tick, tick, self, NULL);
  g_source_attach (self->tick, self->context);
  g_main_loop_run (self->loop);
  g_source_destroy (self->tick);
  g_source_unref (self->tick);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

FakeServer *
fake_server_new (const char *script,
                 const char *schema_path)
{
  FakeServer *self = g_new0 (FakeServer, 1);
  g_autoptr (GError) error = NULL;

  self->script = json_from_string (script, &error);
  if (self->script == NULL || !JSON_NODE_HOLDS_OBJECT (self->script))
    g_error ("the script of the fake server: %s", error != NULL ? error->message : "no object");
  self->schema = fake_schema_load (schema_path);
  self->connections = g_ptr_array_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("fake-realtime", serve, self);
  g_mutex_lock (&self->lock);
  while (self->port == 0)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
fake_server_free (FakeServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->connections->len; i++) {
    Connection *connection = self->connections->pdata[i];

    close_connection (connection);
    g_signal_handlers_disconnect_by_data (connection->socket, connection);
    g_object_unref (connection->socket);
    fake_realtime_free (connection->session);
    g_free (connection);
  }
  g_ptr_array_unref (self->connections);
  fake_schema_free (self->schema);
  json_node_unref (self->script);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self);
}

guint
fake_server_get_port (FakeServer *self)
{
  return self->port;
}

char *
fake_server_dup_url (FakeServer *self)
{
  return g_strdup_printf ("ws://127.0.0.1:%u/v1/realtime", self->port);
}

guint
fake_server_count (FakeServer *self,
                   const char *type)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->connections->len; i++)
    n += fake_realtime_count (((Connection *) self->connections->pdata[i])->session, type);
  g_mutex_unlock (&self->lock);
  return n;
}

guint
fake_server_count_live (FakeServer *self)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->connections->len; i++)
    n += g_atomic_int_get (&((Connection *) self->connections->pdata[i])->open);
  g_mutex_unlock (&self->lock);
  return n;
}

guint
fake_server_count_all (FakeServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->connections->len;
  g_mutex_unlock (&self->lock);
  return n;
}

GPtrArray *
fake_server_list_wrong (FakeServer *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->connections->len; i++) {
    GPtrArray *wrong = fake_realtime_get_wrong (((Connection *) self->connections->pdata[i])->session);

    for (guint j = 0; j < wrong->len; j++)
      g_ptr_array_add (all, g_strdup (wrong->pdata[j]));
  }
  g_mutex_unlock (&self->lock);
  return all;
}
