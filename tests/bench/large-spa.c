/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "large-spa.h"

#include <json-glib/json-glib.h>

static void
multiply (JsonObject *root,
          const char *member,
          guint       times)
{
  JsonArray *rows = json_object_get_array_member (root, member);
  guint n = json_array_get_length (rows);

  for (guint copy = 1; copy < times; copy++) {
    for (guint i = 0; i < n; i++) {
      g_autofree char *text = json_to_string (json_array_get_element (rows, i), FALSE);
      JsonNode *node = json_from_string (text, NULL);
      JsonObject *row = json_node_get_object (node);
      g_autofree char *id = g_strdup_printf ("%s-%u", json_object_get_string_member (row, "id"), copy);
      g_autofree char *name = g_strdup_printf ("%s %u", json_object_get_string_member (row, "name"), copy + 1);

      json_object_set_string_member (row, "id", id);
      json_object_set_string_member (row, "name", name);
      json_array_add_element (rows, node);
    }
  }
}

char *
large_spa_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (!g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, &error))
    g_error ("%s", error->message);
  root = json_from_string (json, NULL);
  multiply (json_node_get_object (root), "providers", 4);
  multiply (json_node_get_object (root), "rooms", 6);
  return json_to_string (root, FALSE);
}
