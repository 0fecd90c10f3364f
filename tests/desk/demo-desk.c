/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-desk.h"

#include <glib/gstdio.h>

AvaContext *
demo_desk_open (char     **folder,
                AvaClock **clock,
                gboolean   running)
{
  g_autoptr (GError) error = NULL;
  AvaContext *context;

  *folder = g_dir_make_tmp ("ava-desk-XXXXXX", &error);
  g_assert_no_error (error);
  *clock = ava_virtual_clock_new (NOW_US, running);
  context = ava_context_new (*folder, *clock, TRUE, &error);
  g_assert_no_error (error);
  return context;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_tree (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

void
demo_desk_close (AvaContext **context,
                 AvaClock   **clock,
                 char       **folder)
{
  ava_context_shut_down (*context);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (context);
  g_clear_object (clock);
  remove_tree (*folder);
  g_clear_pointer (folder, g_free);
}

void
change_settings (AvaContext *context,
                 const char *json)
{
  const AvaActor actor = { .who = "staff:desk" };
  AvaStore *store = ava_context_get_store (context);
  AvaSpa *spa = ava_context_get_spa (context);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ava_store_save_settings_async (store, &actor, json_node_get_array (node), NULL, test_result_cb, &result);
  ava_store_save_settings_finish (store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  while (ava_context_get_spa (context) == spa)
    g_main_context_iteration (NULL, TRUE);
}
