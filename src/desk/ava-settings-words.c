/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* Changes of the settings as somebody reads them before they are saved: "Service “Botox”: price 360 to 380". */

static const struct { const char *table; const char *words; } table_words[] = {
  { "settings", N_("Setting") }, { "locations", N_("Location") }, { "services", N_("Service") }, { "providers", N_("Provider") },
  { "rooms", N_("Room or device") }, { "blocks", N_("Time out of use") }, { "hours", N_("Hours") }, { "hours_exceptions", N_("Other day") },
  { "packages", N_("Package") }, { "safety_rules", N_("Safety rule") }, { "roles", N_("Role") }, { "people", N_("Person") },
};

static const char *
name_table (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (table_words); i++) {
    if (strcmp (table_words[i].table, table) == 0)
      return _(table_words[i].words);
  }
  return table;
}

static JsonObject *
get_object (JsonObject *change,
            const char *member)
{
  JsonNode *node = json_object_get_member (change, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
print_list (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL
                                                               ? json_node_get_string (node) : "");
  }
  return g_string_free (text, FALSE);
}

static char *
print_value (const char *column,
             JsonNode   *node)
{
  gint64 number;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (_("nothing"));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return print_list (json_node_get_array (node));
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return g_strdup_printf ("“%s”", JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL ? json_node_get_string (node) : "");
  number = json_node_get_int (node);
  if (g_str_has_suffix (column, "_cents"))
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", number / 100, (int) (number % 100));
  if (strcmp (column, "open_min") == 0 || strcmp (column, "close_min") == 0)
    return g_strdup_printf ("%d:%02d", (int) (number / 60), (int) (number % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
name_column (const char *column)
{
  g_autoptr (GString) words = g_string_new (column);
  gsize length = words->len;

  if (g_str_has_suffix (column, "_cents") || g_str_has_suffix (column, "_min"))
    length = strlen (column) - (g_str_has_suffix (column, "_cents") ? 6 : 4);
  g_string_truncate (words, length);
  g_string_replace (words, "_", " ", 0);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_columns (GString    *words,
             JsonObject *before,
             JsonObject *values)
{
  JsonObjectIter iter;
  const char *column;
  JsonNode *node;
  guint n = 0;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &column, &node)) {
    g_autofree char *name = name_column (column);
    g_autofree char *old = print_value (column, json_object_get_member (before, column));
    g_autofree char *new = print_value (column, node);

    g_string_append (words, n++ > 0 ? ", " : ": ");
    /* Translators: what is changed, from what, to what. */
    g_string_append_printf (words, _("%s %s to %s"), name, old, new);
  }
}

/**
 * ava_settings_describe_change:
 * @change: from ava_settings_diff()
 *
 * Returns: (transfer full): it in words
 */
char *
ava_settings_describe_change (JsonObject *change)
{
  JsonObject *before = get_object (change, "before");
  JsonObject *values = get_object (change, "values");
  const char *name = ava_settings_get_text (before, "name");
  GString *words = g_string_new (name_table (ava_settings_get_text (change, "table")));

  if (*name == '\0')
    name = ava_settings_get_text (values, "name");
  if (*name == '\0')
    name = ava_settings_get_text (change, "id");
  g_string_append_printf (words, " “%s”", name);
  if (values == NULL)
    g_string_append (words, _(" goes"));
  else if (before == NULL)
    g_string_append (words, _(" is new"));
  else if (ava_settings_get_int (values, "archived_us") != 0)
    g_string_append (words, _(" is taken out of use"));
  else
    add_columns (words, before, values);
  return g_string_free (words, FALSE);
}
