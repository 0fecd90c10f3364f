/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

/*
 * What the kernel alone takes for a call: N sockets that send one ready-made frame every 20 ms each and throw away what
 * comes. No client that sends each frame by itself is cheaper.
 *
 * bench-realtime-floor PORT N SECONDS; prints CPU seconds a call minute
 */

#define FRAME_US (20 * 1000)
#define AUDIO_CHARS 1280

static GString *
wrap (const char *text)
{
  GString *frame = g_string_new ("\x81");
  gsize size = strlen (text);

  g_string_append_c (frame, 0x80 | (size < 126 ? size : 126));
  if (size >= 126) {
    g_string_append_c (frame, size >> 8);
    g_string_append_c (frame, size & 0xff);
  }
  g_string_append_len (frame, "\0\0\0\0", 4);   /* a mask that changes nothing */
  return g_string_append (frame, text);
}

static int
open_line (guint16 port)
{
  static const char hello[] = "GET /v1/realtime?model=gpt-realtime-2.1 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer sk-bench\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  int fd = connection != NULL ? g_socket_get_fd (g_socket_connection_get_socket (connection)) : -1;
  char byte, last[4] = { 0 };
  g_autoptr (GString) ask = wrap ("{\"type\":\"response.create\",\"event_id\":\"a\"}");

  if (fd < 0 || send (fd, hello, strlen (hello), 0) < 0)
    return -1;
  g_socket_set_blocking (g_socket_connection_get_socket (connection), FALSE);
  while (memcmp (last, "\r\n\r\n", 4) != 0) {
    struct pollfd wait = { fd, POLLIN, 0 };

    if (poll (&wait, 1, 10000) != 1 || recv (fd, &byte, 1, 0) != 1)
      return -1;
    memmove (last, last + 1, 3);
    last[3] = byte;
  }
  send (fd, ask->str, ask->len, 0);
  return fd;
}

static void
throw_away (struct pollfd *lines, guint n, gint64 wait_us)
{
  static char junk[65536];

  if (poll (lines, n, MAX (0, wait_us / 1000 + 1)) <= 0)
    return;
  for (guint i = 0; i < n; i++) {
    while (lines[i].revents & POLLIN && recv (lines[i].fd, junk, sizeof junk, MSG_DONTWAIT) == sizeof junk);
  }
}

int
main (int argc, char *argv[])
{
  guint n = argc == 4 ? atoi (argv[2]) : 0;
  guint seconds = n > 0 ? atoi (argv[3]) : 0;
  g_autofree struct pollfd *lines = g_new0 (struct pollfd, n + 1);
  g_autofree char *audio = g_strnfill (AUDIO_CHARS, 'A');
  g_autofree char *text = g_strconcat ("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"f1\",\"audio\":\"", audio, "\"}", NULL);
  g_autoptr (GString) frame = wrap (text);
  struct rusage used;
  gint64 start_us;

  if (n == 0)
    return 2;
  for (guint i = 0; i < n; i++) {
    lines[i] = (struct pollfd) { open_line (atoi (argv[1])), POLLIN, 0 };
    if (lines[i].fd < 0)
      return 1;
  }
  getrusage (RUSAGE_SELF, &used);
  start_us = g_get_monotonic_time ();
  for (gint64 sent = 0, before = used.ru_utime.tv_usec + used.ru_stime.tv_usec +
       (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC;;) {
    throw_away (lines, n, start_us + (sent + 1) * FRAME_US - g_get_monotonic_time ());
    for (; sent < (g_get_monotonic_time () - start_us) / FRAME_US; sent++) {
      for (guint i = 0; i < n; i++)
        send (lines[i].fd, frame->str, frame->len, MSG_NOSIGNAL);
    }
    if (g_get_monotonic_time () - start_us < seconds * G_USEC_PER_SEC)
      continue;
    getrusage (RUSAGE_SELF, &used);
    printf ("%.5f\n", (used.ru_utime.tv_usec + used.ru_stime.tv_usec + (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC -
                       before) / 1e6 / n / (seconds / 60.0));
    return 0;
  }
}
