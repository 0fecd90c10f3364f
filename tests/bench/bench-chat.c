/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-chat.h"
#include "talk-scene.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * How long a turn of a text conversation takes, tools and the real store included, twice:
 *
 *   scripted   each scripted dialogue with its own scene and book; every answer is compared with what is written
 *   demo       the words of the same callers through AvaChat, as avactl chat takes them, on the demo spa with 400 customers
 *              and 90 days of appointments; there other times are free, so the answers are others
 *
 * Rows: name value unit reference ratio. A wrong answer is told, and fails the bench.
 * Usage: bench-chat FOLDER-OF-DIALOGUES
 */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)  /* 2026-11-24 10:05 in New York */
#define CUSTOMERS 400
#define DAYS 90
#define GOAL_MS 5   /* of the 99th percentile */

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
          GPtrArray   *lines,
          GArray      *costs_us)
{
  g_autoptr (AvaChat) chat = ava_chat_new (context, NULL, NULL, NULL);
  gboolean goes_on = TRUE;

  for (guint i = 0; i < lines->len && goes_on; i++) {
    const char *line = lines->pdata[i];
    const char *words = g_str_has_prefix (line, "Caller") ? strstr (line, ": ") : NULL;

    if (words != NULL && !g_str_has_prefix (line, "Caller id"))
      goes_on = take_turn (chat, words + 2, costs_us);
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
print_costs (const char *name,
             GArray     *costs_us)
{
  static const struct { const char *name; double share; } rows[] = { { "p50", 0.5 }, { "p99", 0.99 }, { "slowest", 1 } };

  g_array_sort (costs_us, compare_costs);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *full = g_strdup_printf ("%s-turn-%s", name, rows[i].name);

    print_row (full, g_array_index (costs_us, gint64, (guint) ((costs_us->len - 1) * rows[i].share)) / 1000.0, "ms", GOAL_MS);
  }
}

/* Returns: how many dialogues were answered otherwise than they are written */
static guint
measure_scripted (GPtrArray *talks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_autoptr (GArray) costs_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint wrong = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < talks->len; i++) {
    Talk *talk = talks->pdata[i];
    g_autofree char *told = talk_run (talk, spa, costs_us);

    wrong += told != NULL;
    if (told != NULL)
      g_printerr ("%s was answered otherwise:%s\n", talk->path, told);
  }
  print_row ("scripted-dialogues", talks->len, "dialogues", 200);
  print_row ("scripted-wrong", wrong, "dialogues", 0);
  print_row ("scripted-turns", costs_us->len, "turns", 0);
  print_costs ("scripted", costs_us);
  return wrong;
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

static void
measure_demo (GPtrArray *talks)
{
  g_autofree char *folder = g_dir_make_tmp ("ava-chat-XXXXXX", NULL);
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, FALSE);
  g_autoptr (AvaContext) context = open_demo (folder, clock);
  g_autoptr (GArray) costs_us = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < talks->len; i++)
    converse (context, ((Talk *) talks->pdata[i])->lines, costs_us);
  print_row ("demo-turns", costs_us->len, "turns", 0);
  print_costs ("demo", costs_us);
  ava_context_shut_down (context);
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) talks = NULL;
  guint wrong;

  if (argc != 2) {
    g_printerr ("Usage: bench-chat FOLDER-OF-DIALOGUES\n");
    return 2;
  }
  talks = talk_read_folder (argv[1]);
  wrong = measure_scripted (talks);
  measure_demo (talks);
  return talks->len == 0 || wrong > 0;
}
