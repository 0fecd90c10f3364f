/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-chat.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * How long a turn of a text conversation takes, tools and the real store included: what the callers of
 * the scripted dialogues say, on the demo spa. Rows: name value unit reference ratio.
 *
 * Usage: bench-chat FOLDER-OF-DIALOGUES
 */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)  /* 2026-11-24 10:05 in New York */
#define CUSTOMERS 400
#define DAYS 90

typedef struct {
  AvaDialogueTurn *turn;
  gboolean done;
} Wait;

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->turn = ava_chat_hear_finish (AVA_CHAT (source), result, NULL);
  wait->done = TRUE;
}

/* Returns: whether the conversation goes on */
static gboolean
take_turn (AvaChat    *chat,
           const char *text,
           GArray     *costs_us)
{
  Wait wait = { 0 };
  g_autoptr (AvaDialogueTurn) turn = NULL;
  gint64 start_us = g_get_monotonic_time ();
  gint64 cost_us;

  ava_chat_hear_async (chat, text, 1.0, heard_cb, &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  cost_us = g_get_monotonic_time () - start_us;
  g_array_append_val (costs_us, cost_us);
  turn = wait.turn;
  return turn != NULL && !turn->ends_call;
}

static void
converse (AvaContext  *context,
          char       **lines,
          GArray      *costs_us)
{
  g_autoptr (AvaChat) chat = ava_chat_new (context, NULL, NULL, NULL);
  gboolean goes_on = TRUE;

  for (guint i = 0; lines[i] != NULL && goes_on; i++) {
    const char *words = g_str_has_prefix (lines[i], "Caller") ? strstr (lines[i], ": ") : NULL;

    if (words != NULL && !g_str_has_prefix (lines[i], "Caller id"))
      goes_on = take_turn (chat, words + 2, costs_us);
  }
}

static void
run_file (AvaContext *context,
          const char *path,
          GArray     *costs_us)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) talks = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  talks = g_strsplit (text, "\n# ", -1);
  for (guint i = 0; talks[i] != NULL; i++) {
    g_auto (GStrv) lines = g_strsplit (talks[i], "\n", -1);

    converse (context, lines, costs_us);
  }
}

static AvaContext *
open_demo (const char *folder,
           AvaClock   *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) store = ava_store_open (folder, clock, &error);
  g_autofree char *json = NULL;
  AvaContext *context;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, NULL));
  g_assert_true (ava_store_fill_demo (store, json, 1, CUSTOMERS, DAYS, 0, &error));
  ava_store_close (store);
  context = ava_context_new (folder, clock, TRUE, &error);
  g_assert_no_error (error);
  return context;
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
print_row (const char *name,
           double      value,
           const char *unit,
           double      reference)
{
  g_print ("chat/%s %.3f %s %.3f %.2f\n", name, value, unit, reference, reference > 0 ? value / reference : 0);
}

static void
print_rows (GArray *costs_us)
{
  g_array_sort (costs_us, compare_costs);
  print_row ("turns", costs_us->len, "turns", 0);
  print_row ("turn-median", g_array_index (costs_us, gint64, costs_us->len / 2) / 1000.0, "ms", 5);
  print_row ("turn-p99", g_array_index (costs_us, gint64, costs_us->len * 99 / 100) / 1000.0, "ms", 5);
  print_row ("turn-slowest", g_array_index (costs_us, gint64, costs_us->len - 1) / 1000.0, "ms", 5);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("ava-chat-XXXXXX", NULL);
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, FALSE);
  g_autoptr (AvaContext) context = open_demo (folder, clock);
  g_autoptr (GArray) costs_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDir) dialogues = argc == 2 ? g_dir_open (argv[1], 0, NULL) : NULL;
  const char *name;

  g_assert_nonnull (dialogues);
  while ((name = g_dir_read_name (dialogues)) != NULL) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);

    if (g_str_has_suffix (name, ".talk"))
      run_file (context, path, costs_us);
  }
  print_rows (costs_us);
  ava_context_shut_down (context);
  remove_folder (folder);
  return 0;
}
