/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

/* A race that is meant: a worker and a callback of the main loop count together without a lock. A run with ThreadSanitizer that does
 * not fail here would see no race anywhere. */

static guint count;

static gpointer
work (gpointer loop)
{
  for (guint i = 0; i < 1000; i++)
    count++;
  g_usleep (100000);
  g_main_loop_quit (loop);
  return NULL;
}

static gboolean
tick (gpointer user_data)
{
  count++;
  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GThread *worker;

  g_timeout_add (1, tick, NULL);
  worker = g_thread_new ("canary", work, loop);
  g_main_loop_run (loop);
  g_thread_join (worker);
  return 0;
}
