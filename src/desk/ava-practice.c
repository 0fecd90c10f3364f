/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-practice.h"

static void
practice_caller_free (AvaPracticeCaller *caller)
{
  g_free (caller->title);
  g_free (caller->path);
  g_free (caller);
}

/**
 * ava_practice_find_data:
 * @name: below the demo folder
 *
 * Looks in AVA_DEMO_DIR (a build tree), then where the program is installed.
 *
 * Returns: (transfer full): a path; whether it exists is for its user to see
 */
char *
ava_practice_find_data (const char *name)
{
  const char *folder = g_getenv ("AVA_DEMO_DIR");
  g_autofree char *installed = g_build_filename (AVA_PKG_DATA_DIR, "demo", name, NULL);

  if (folder != NULL)
    return g_build_filename (folder, name, NULL);
  if (g_file_test (installed, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&installed);
  return g_build_filename (AVA_SOURCE_DIR, "data", "demo", name, NULL);
}

static char *
read_title (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL)) {
    lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
      if (g_str_has_prefix (lines[i], "title:"))
        return g_strstrip (g_strdup (lines[i] + strlen ("title:")));
    }
  }
  return g_path_get_basename (path);
}

static int
compare_callers (gconstpointer a,
                 gconstpointer b)
{
  const AvaPracticeCaller *const *first = a;
  const AvaPracticeCaller *const *second = b;

  return g_strcmp0 ((*first)->path, (*second)->path);
}

/**
 * ava_practice_list:
 *
 * Returns: (transfer full): AvaPracticeCaller of the demo folder, by file name
 */
GPtrArray *
ava_practice_list (void)
{
  GPtrArray *callers = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_caller_free);
  g_autofree char *folder = ava_practice_find_data ("callers");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    AvaPracticeCaller *caller;

    if (!g_str_has_suffix (name, ".caller"))
      continue;
    caller = g_new0 (AvaPracticeCaller, 1);
    caller->path = g_build_filename (folder, name, NULL);
    caller->title = read_title (caller->path);
    g_ptr_array_add (callers, caller);
  }
  g_ptr_array_sort (callers, compare_callers);
  return callers;
}
