/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings.h"

#include "ava-json-shape.h"
#include "ava-safety.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Settings between the store and who edits them: differences, what is missing, and the file. */

#define FORMAT "ava-front-desk-settings"
#define FORMAT_VERSION 1

static const char *const tables[] = {
  "settings", "locations", "services", "providers", "rooms", "hours", "hours_exceptions",
  "packages", "safety_rules", "roles", "people", "blocks",
};
#define TABLES_EVER 7   /* the first ones: those that every file has */
#define TABLES_FILED 11 /* the first ones: the others are of the book, and of one spa */

G_DEFINE_QUARK (ava-settings-error-quark, ava_settings_error)

/* --- Differences ----------------------------------------------------------------------------- */

/* Returns: (transfer full): a deep copy */
JsonObject *
ava_settings_copy (JsonObject *settings)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), settings);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}

/* Returns: (transfer none) (nullable): the row of that id */
JsonObject *
ava_settings_find_row (JsonObject *settings,
                       const char *table,
                       const char *id)
{
  JsonArray *rows = json_object_has_member (settings, table) ? json_object_get_array_member (settings, table) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member (row, "id"), id) == 0)
      return row;
  }
  return NULL;
}

/* Returns: the text, "" for none */
const char *
ava_settings_get_text (JsonObject *row,
                       const char *column)
{
  JsonNode *node = row != NULL ? json_object_get_member (row, column) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : "";
}

/* Returns: the number, 0 for none */
gint64
ava_settings_get_int (JsonObject *row,
                      const char *column)
{
  JsonNode *node = row != NULL ? json_object_get_member (row, column) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) : 0;
}

/* Returns: (transfer full): the texts of a list, none for none */
GStrv
ava_settings_get_list (JsonObject *row,
                       const char *column)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonNode *node = row != NULL ? json_object_get_member (row, column) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (texts, json_array_get_string_element (array, i));
  return g_strv_builder_end (texts);
}

static gboolean
is_removable (const char *table)
{
  return g_str_has_prefix (table, "hours") || strcmp (table, "blocks") == 0;
}

static void
add_change (JsonArray  *changes,
            const char *table,
            const char *id,
            JsonObject *before,
            JsonObject *values)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "table", table);
  json_object_set_string_member (change, "id", id);
  if (before != NULL)
    json_object_set_object_member (change, "before", json_object_ref (before));
  else
    json_object_set_null_member (change, "before");
  if (values != NULL)
    json_object_set_object_member (change, "values", json_object_ref (values));
  else
    json_object_set_null_member (change, "values");
  json_array_add_object_element (changes, change);
}

static void
compare_row (JsonArray  *changes,
             const char *table,
             JsonObject *before,
             JsonObject *after)
{
  g_autoptr (JsonObject) values = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    JsonNode *old = before != NULL ? json_object_get_member (before, name) : NULL;

    if (strcmp (name, "id") != 0 && strcmp (name, "version") != 0 &&
        (old == NULL || !json_node_equal (old, node)))
      json_object_set_member (values, name, json_node_copy (node));
  }
  if (before == NULL || json_object_get_size (values) > 0)
    add_change (changes, table, json_object_get_string_member (after, "id"), before, values);
}

/* A row that is gone: hours end, everything else is archived, so that old bookings keep its name. */
static void
drop_row (JsonArray  *changes,
          const char *table,
          JsonObject *before,
          gint64      now_us)
{
  g_autoptr (JsonObject) values = json_object_new ();
  const char *id = json_object_get_string_member (before, "id");

  if (is_removable (table)) {
    add_change (changes, table, id, before, NULL);
  } else if (json_object_get_int_member_with_default (before, "archived_us", 1) == 0) {
    json_object_set_int_member (values, "archived_us", MAX (now_us, 1));
    add_change (changes, table, id, before, values);
  }
}

/**
 * ava_settings_diff:
 * @now_us: when rows that are gone were archived
 *
 * Returns: (transfer full): the changes that lead from @before to @after, for the store
 */
JsonArray *
ava_settings_diff (JsonObject *before,
                   JsonObject *after,
                   gint64      now_us)
{
  JsonArray *changes = json_array_new ();

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    JsonArray *old = json_object_has_member (before, tables[t]) ? json_object_get_array_member (before, tables[t]) : NULL;
    JsonArray *new = json_object_has_member (after, tables[t]) ? json_object_get_array_member (after, tables[t]) : NULL;

    for (guint i = 0; new != NULL && i < json_array_get_length (new); i++) {
      JsonObject *row = json_array_get_object_element (new, i);

      compare_row (changes, tables[t], ava_settings_find_row (before, tables[t], json_object_get_string_member (row, "id")), row);
    }
    /* A file of an older version says nothing about the newer tables. */
    for (guint i = 0; old != NULL && new != NULL && i < json_array_get_length (old); i++) {
      JsonObject *row = json_array_get_object_element (old, i);

      if (ava_settings_find_row (after, tables[t], json_object_get_string_member (row, "id")) == NULL)
        drop_row (changes, tables[t], row, now_us);
    }
  }
  return changes;
}

/* --- What is missing ------------------------------------------------------------------------- */

static gboolean
has_place (GPtrArray  *places,
           const char *kind)
{
  for (guint i = 0; i < places->len; i++) {
    AvaRoom *room = places->pdata[i];

    if (!room->archived && (kind == NULL || *kind == '\0' ||
                            (room->kinds != NULL && g_strv_contains ((const char *const *) room->kinds, kind))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_hours (AvaSpa     *spa,
           const char *owner_id)
{
  for (guint i = 0; i < spa->hours->len; i++) {
    if (g_strcmp0 (g_array_index (spa->hours, AvaHours, i).owner_id, owner_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_consultation (AvaSpa *spa)
{
  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];

    if (!service->archived && ava_safety_is_consultation (service))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_settings_list_missing:
 *
 * Returns: (transfer full): what the service still needs before Ava can book it, in words; empty: nothing
 */
GStrv
ava_settings_list_missing (AvaSpa     *spa,
                           const char *service_id)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  AvaService *service = ava_spa_find_service (spa, service_id);
  gboolean done = FALSE;
  gboolean licensed = FALSE;
  gboolean works = FALSE;

  for (guint i = 0; service != NULL && i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (provider->archived || provider->service_ids == NULL ||
        !g_strv_contains ((const char *const *) provider->service_ids, service_id))
      continue;
    done = TRUE;
    works = works || has_hours (spa, provider->id);
    licensed = licensed || service->licence == NULL || *service->licence == '\0' ||
               (provider->licences != NULL && g_strv_contains ((const char *const *) provider->licences, service->licence));
  }
  if (service == NULL)
    return g_strv_builder_end (missing);
  if (!done)
    g_strv_builder_add (missing, _("a provider who does it"));
  else if (!licensed)
    g_strv_builder_add (missing, _("a provider with the licence"));
  else if (!works)
    g_strv_builder_add (missing, _("working hours of a provider who does it"));
  if (service->consult_first && !has_consultation (spa))
    g_strv_builder_add (missing, _("a service of a category “Consultation”, which it needs first"));
  if (!has_place (spa->rooms, service->room_kind))
    g_strv_builder_add (missing, _("a room of its kind"));
  if (service->device_kind != NULL && *service->device_kind != '\0' && !has_place (spa->devices, service->device_kind))
    g_strv_builder_add (missing, _("a device of its kind"));
  if (service->spoken == NULL || service->spoken[0] == NULL)
    g_strv_builder_add (missing, _("a way to say it"));
  if (service->price_cents == 0)
    g_strv_builder_add (missing, _("a price"));
  return g_strv_builder_end (missing);
}

/* --- The file -------------------------------------------------------------------------------- */

/**
 * ava_settings_print:
 *
 * Returns: (transfer full): the text of a file with the whole configuration
 */
char *
ava_settings_print (JsonObject *settings)
{
  g_autoptr (JsonObject) file = ava_settings_copy (settings);
  g_autoptr (JsonObject) ordered = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (ordered, "format", FORMAT);
  json_object_set_int_member (ordered, "format_version", FORMAT_VERSION);
  for (guint t = 0; t < TABLES_FILED; t++) {
    JsonArray *rows = json_object_get_array_member (file, tables[t]);

    for (guint i = 0; i < json_array_get_length (rows); i++)
      json_object_remove_member (json_array_get_object_element (rows, i), "version");
    json_object_set_array_member (ordered, tables[t], json_array_ref (rows));
  }
  node = json_node_init_object (json_node_alloc (), ordered);
  return json_to_string (node, TRUE);
}

static gboolean
check_rows (const char  *table,
            JsonNode    *node,
            GError     **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *rows = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (rows == NULL) {
    g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("“%s” in the file is not a list."), table);
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonNode *row = json_array_get_element (rows, i);
    JsonNode *id = JSON_NODE_HOLDS_OBJECT (row) ? json_object_get_member (json_node_get_object (row), "id") : NULL;

    if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_string (id) == NULL) {
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("Entry %u of “%s” has no id."), i + 1, table);
      return FALSE;
    }
    if (!g_hash_table_add (ids, (gpointer) json_node_get_string (id))) {
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("“%s” has two entries with the id “%s”."), table,
                   json_node_get_string (id));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_head (JsonObject  *file,
            GError     **error)
{
  JsonNode *format = json_object_get_member (file, "format");
  JsonNode *version = json_object_get_member (file, "format_version");

  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) || g_strcmp0 (json_node_get_string (format), FORMAT) != 0) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                         _("This file does not hold settings of Ava Front Desk."));
    return FALSE;
  }
  if (version == NULL || !JSON_NODE_HOLDS_VALUE (version) || json_node_get_int (version) != FORMAT_VERSION) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                         _("These settings were written by another version of Ava Front Desk."));
    return FALSE;
  }
  return TRUE;
}

/* Returns: the line of @text that holds byte @at */
static guint
find_line (const char *text,
           gsize       at)
{
  guint line = 1;

  for (gsize i = 0; i < at; i++)
    line += text[i] == '\n';
  return line;
}

/* The file comes from anywhere: json-glib alone would crash on one that nests without end. */
static gboolean
check_shape (const char  *text,
             GError     **error)
{
  gsize at;
  AvaJsonShape shape = ava_json_look (text, strlen (text), &at);

  if (shape == AVA_JSON_SHAPE_FINE)
    return TRUE;
  g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
               shape == AVA_JSON_SHAPE_DEEP ? _("The file cannot be read: line %u is nested more deeply than settings are.")
                                            : _("The file cannot be read: line %u is not JSON."), find_line (text, at));
  return FALSE;
}

/**
 * ava_settings_parse:
 * @text: of a file that ava_settings_print() made, perhaps edited by hand
 *
 * Values are checked when they are rehearsed or saved; here only the form of the file is.
 *
 * Returns: (transfer full) (nullable): the configuration, or %NULL with @error (AVA_SETTINGS_ERROR)
 */
JsonObject *
ava_settings_parse (const char  *text,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local_error = NULL;
  JsonObject *file;

  if (!check_shape (text, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, -1, &local_error)) {
    guint line = 0;

    /* The parser tells the line only in its message: "<data>:3:1: …". */
    if (sscanf (local_error->message, "<data>:%u:", &line) == 1)
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                   _("The file cannot be read: line %u is not JSON."), line);
    else
      g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("The file cannot be read: it is not JSON."));
    return NULL;
  }
  if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("The file holds no settings."));
    return NULL;
  }
  file = json_node_get_object (json_parser_get_root (parser));
  if (!check_head (file, error))
    return NULL;
  for (guint t = 0; t < TABLES_FILED; t++) {
    if (!json_object_has_member (file, tables[t])) {
      if (t >= TABLES_EVER)
        continue;
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, _("“%s” is missing in the file."), tables[t]);
      return NULL;
    }
    if (!check_rows (tables[t], json_object_get_member (file, tables[t]), error))
      return NULL;
  }
  return json_object_ref (file);
}
