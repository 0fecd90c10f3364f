/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-realtime-server.h"

#include <glib-unix.h>
#include <stdio.h>

/*
 * The fake Realtime service as a program: fake-realtime SCHEMA [SCRIPT.json]
 * Prints its URL, serves until its input ends or it is told to stop, then says what clients did wrong.
 */

static gboolean
stop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_input (GIOChannel   *channel,
          GIOCondition  condition,
          gpointer      data)
{
  char byte;
  gsize read = 0;

  if (g_io_channel_read_chars (channel, &byte, 1, &read, NULL) == G_IO_STATUS_NORMAL && read > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wrong = NULL;
  g_autofree char *script = g_strdup ("{}");
  g_autofree char *url = NULL;
  FakeServer *server;

  if (argc < 2 || argc > 3) {
    fprintf (stderr, "Usage: fake-realtime SCHEMA [SCRIPT.json]\n");
    return 2;
  }
  if (argc == 3) {
    g_clear_pointer (&script, g_free);
    if (!g_file_get_contents (argv[2], &script, NULL, &error)) {
      fprintf (stderr, "fake-realtime: %s\n", error->message);
      return 1;
    }
  }
  server = fake_server_new (script, argv[1]);
  url = fake_server_dup_url (server);
  printf ("%s\n", url);
  fflush (stdout);
  g_unix_signal_add (SIGTERM, stop, loop);
  g_unix_signal_add (SIGINT, stop, loop);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, loop);
  g_main_loop_run (loop);
  wrong = fake_server_list_wrong (server);
  for (guint i = 0; i < wrong->len; i++)
    printf ("wrong: %s\n", (char *) wrong->pdata[i]);
  printf ("%u connections, %u audio appends, %u things wrong\n", fake_server_count_all (server),
          fake_server_count (server, "input_audio_buffer.append"), wrong->len);
  fake_server_free (server);
  return wrong->len > 0;
}
