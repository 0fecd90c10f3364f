/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-scene.h"

/* Every conversation of dialogues/.talk is a test. */

static AvaSpa *demo;

static void
run_talk (gconstpointer data)
{
  g_autofree char *told = talk_run (data, demo, NULL);
  g_auto (GStrv) lines = told != NULL ? g_strsplit (told, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_test_message ("%s", lines[i]);
  if (told != NULL)
    g_test_fail ();
}

static void
there_are_enough_dialogues (gconstpointer data)
{
  g_assert_cmpuint (((const GPtrArray *) data)->len, >=, 200);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) talks = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  demo = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  folder = g_test_build_filename (G_TEST_DIST, "rules", "dialogues", NULL);
  talks = talk_read_folder (folder);
  for (guint i = 0; i < talks->len; i++)
    g_test_add_data_func (((Talk *) talks->pdata[i])->path, talks->pdata[i], run_talk);
  g_test_add_data_func ("/dialogues/there are at least two hundred", talks, there_are_enough_dialogues);
  g_test_set_nonfatal_assertions ();
  return g_test_run ();
}
