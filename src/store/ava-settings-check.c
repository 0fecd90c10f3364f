/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-columns.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is wrong with a row of the settings, in words for a receptionist. */

#define MOST_LETTERS 2000    /* of any text */
#define MOST_ENTRIES 100     /* of any list */

gboolean
ava_settings_is_blank (const char *text)
{
  return text == NULL || strspn (text, " \t\n") == strlen (text);
}

/* The row in the words of the desk: 'service “Botox”'. An id says nothing to people; it stands in for a name
 * only where rows have none. */
static char *
name_row (guint       table,
          const char *id,
          JsonObject *values)
{
  JsonNode *name = values != NULL ? json_object_get_member (values, "name") : NULL;
  const char *text = name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;
  g_autofree char *start = ava_settings_is_blank (text) ? NULL : g_utf8_substring (text, 0, MIN (60, g_utf8_strlen (text, -1)));

  if (start == NULL && name != NULL)
    return g_strdup_printf (_("a %s without a name"), _(ava_settings_tables[table].words));
  return g_strdup_printf (_("%s “%s”"), _(ava_settings_tables[table].words), start != NULL ? start : id);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
ava_settings_is_list (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > MOST_ENTRIES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!is_text (element) || ava_settings_is_blank (json_node_get_string (element)) ||
        g_utf8_strlen (json_node_get_string (element), -1) > AVA_SETTINGS_MOST_IN_NAME)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static gboolean
is_zone (const char *text)
{
  g_autoptr (GTimeZone) zone = *text != '\0' ? g_time_zone_new_identifier (text) : NULL;

  return zone != NULL;
}

static gboolean
is_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *full = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = strlen (text) == 10 ? g_date_time_new_from_iso8601 (full, utc) : NULL;

  return day != NULL;
}

static gboolean
is_colour (const char *text)
{
  return strlen (text) == 7 && text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
}

static gboolean
is_choice (const char *text,
           const char *choices)
{
  g_auto (GStrv) known = g_strsplit (choices, "|", -1);

  return text != NULL && g_strv_contains ((const char *const *) known, text);
}

/* Each element is a text that @column allows. */
static gboolean
is_list_of (JsonNode *node,
            guint     column)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > MOST_ENTRIES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *text = is_text (element) ? json_node_get_string (element) : NULL;

    if (text == NULL || (ava_settings_columns[column].kind == AVA_SETTINGS_CHOICES
                           ? !is_choice (text, ava_settings_columns[column].more) : *text != '\0' && !is_date (text)))
      return FALSE;
  }
  return TRUE;
}

/* The same of a list. */
static char *
find_list_fault (guint     column,
                 JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > MOST_ENTRIES)
    return g_strdup_printf (_("are more than %d"), MOST_ENTRIES);
  if (ava_settings_columns[column].kind == AVA_SETTINGS_LIST)
    return ava_settings_is_list (node) ? NULL : g_strdup (_("must be a list of short texts"));
  if (is_list_of (node, column))
    return NULL;
  if (ava_settings_columns[column].kind == AVA_SETTINGS_DATES)
    return g_strdup (_("must be days of the calendar like 2026-12-25, or empty"));
  return g_strdup_printf (_("must be some of %s"), ava_settings_columns[column].more);
}

/* The numbers are printed apart, since a format that depends on the machine cannot be translated. */
static char *
print_range (gint64 min,
             gint64 max)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, max);

  return g_strdup_printf (_("must be from %s to %s"), from, to);
}

/* What is wrong with a value, in words that follow "the price ", or %NULL. */
static char *
find_fault (guint     column,
            JsonNode *node)
{
  const char *text = is_text (node) ? json_node_get_string (node) : NULL;
  AvaSettingsKind kind = ava_settings_columns[column].kind;
  gint64 value;

  if (ava_settings_is_array (kind))
    return find_list_fault (column, node);
  if (kind == AVA_SETTINGS_COUNT) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
      return g_strdup (_("must be a whole number"));
    value = json_node_get_int (node);
    if (value >= ava_settings_columns[column].min && value <= ava_settings_columns[column].max)
      return NULL;
    return print_range (ava_settings_columns[column].min, ava_settings_columns[column].max);
  }
  if (JSON_NODE_HOLDS_NULL (node) && (kind == AVA_SETTINGS_TEXT || kind == AVA_SETTINGS_COLOUR || kind == AVA_SETTINGS_DAY ||
                                      (kind == AVA_SETTINGS_REF && ava_settings_columns[column].min == 0)))
    return NULL;
  if (text == NULL)
    return g_strdup (_("must be a text"));
  if (g_utf8_strlen (text, -1) > (kind == AVA_SETTINGS_NAME ? AVA_SETTINGS_MOST_IN_NAME : MOST_LETTERS))
    return g_strdup_printf (_("is too long: at most %d letters"), kind == AVA_SETTINGS_NAME ? AVA_SETTINGS_MOST_IN_NAME : MOST_LETTERS);
  if (kind == AVA_SETTINGS_NAME && ava_settings_is_blank (text))
    return g_strdup (_("is missing"));
  if (kind == AVA_SETTINGS_CURRENCY && !is_currency (text))
    return g_strdup (_("must be three capital letters, like USD"));
  if (kind == AVA_SETTINGS_ZONE && !is_zone (text))
    return g_strdup (_("is not known to this computer; choose one like America/New_York"));
  if (kind == AVA_SETTINGS_CHOICE && !is_choice (text, ava_settings_columns[column].more))
    return g_strdup_printf (_("must be one of %s"), ava_settings_columns[column].more);
  if ((kind == AVA_SETTINGS_DATE || kind == AVA_SETTINGS_DAY) && !is_date (text))
    return g_strdup (_("is not a day of the calendar like 2026-12-25"));
  if (kind == AVA_SETTINGS_COLOUR && *text != '\0' && !is_colour (text))
    return g_strdup (_("must look like #3584e4"));
  return NULL;
}

gboolean
ava_settings_refuse (GError     **error,
                     guint        table,
                     const char  *id,
                     JsonObject  *values,
                     const char  *field,
                     const char  *fault)
{
  g_autofree char *row = name_row (table, id, values);

  if (strcmp (field, _("name")) == 0 && strcmp (fault, _("is missing")) == 0)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, _("A %s has no name yet."), _(ava_settings_tables[table].words));
  else
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, _("In %s the %s %s."), row, field, fault);
  return FALSE;
}

gboolean
ava_settings_check_values (guint        table,
                           const char  *id,
                           JsonObject  *values,
                           JsonObject  *before,
                           GError     **error)
{
  JsonObject *named = json_object_has_member (values, "name") ? values : before;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    int column = ava_settings_find_column (ava_settings_tables[table].table, name);
    g_autofree char *fault = NULL;

    if (strcmp (name, "service_ids") == 0 && strcmp (ava_settings_tables[table].table, "providers") == 0) {
      if (!ava_settings_is_list (node))
        return ava_settings_refuse (error, table, id, named, _("list of services"), _("must be a list of service ids"));
      continue;
    }
    if (column < 0)
      return ava_settings_refuse (error, table, id, named, name, _("is no field of this program"));
    fault = find_fault (column, node);
    if (fault != NULL)
      return ava_settings_refuse (error, table, id, named, _(ava_settings_columns[column].words), fault);
  }
  return TRUE;
}

/* Rows that a row points at must be there. */
gboolean
ava_settings_check_refs (AvaStore    *self,
                         guint        table,
                         const char  *id,
                         JsonObject  *values,
                         GError     **error)
{
  for (guint i = 0; i < ava_settings_n_columns; i++) {
    JsonNode *node = strcmp (ava_settings_columns[i].table, ava_settings_tables[table].table) == 0 && ava_settings_columns[i].kind == AVA_SETTINGS_REF
                       ? json_object_get_member (values, ava_settings_columns[i].name) : NULL;
    g_autofree char *sql = NULL;
    gint64 found = 0;

    if (node == NULL || !is_text (node))
      continue;
    sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE id = ?", ava_settings_columns[i].more);
    if (!ava_sqlite_get_int (self->worker.db, &found, error, sql, "s", json_node_get_string (node)))
      return FALSE;
    if (found == 0)
      return ava_settings_refuse (error, table, id, values, _(ava_settings_columns[i].words), _("does not exist"));
  }
  return TRUE;
}

/* Columns that depend on one another, read back from the row as it stands in the transaction. */
gboolean
ava_settings_check_row (AvaStore    *self,
                        guint        table,
                        const char  *id,
                        JsonObject  *named,
                        GError     **error)
{
  static const struct { const char *table; const char *rule; const char *field; const char *fault; } rules[] = {
    { "hours", "close_min > open_min", N_("closing time"), N_("must be after the opening time") },
    { "hours_exceptions", "close_min >= open_min", N_("closing time"), N_("must be after the opening time") },
    { "hours_exceptions", "last_date IS NULL OR last_date >= date", N_("last day"), N_("must not be before the first") },
    { "blocks", "end_us > start_us", N_("end"), N_("must be after the start") },
    { "packages", "archived_us <> 0 OR json_array_length (service_ids) > 0", N_("visits"), N_("are missing: say what it holds") },
    { "packages", "NOT EXISTS (SELECT 1 FROM json_each (service_ids) WHERE value NOT IN (SELECT id FROM services))",
      N_("visits"), N_("are for a service that does not exist") },
    { "safety_rules", "kind <> 'condition' OR trim (condition) <> ''", N_("condition"), N_("is missing") },
    { "safety_rules", "kind <> 'interval' OR days > 0", N_("number of days"), N_("is missing") },
    { "safety_rules", "kind <> 'licence' OR coalesce (trim (licence), '') <> ''", N_("licence"), N_("is missing") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autofree char *sql = NULL;
    gint64 fine = 0;

    if (strcmp (rules[i].table, ava_settings_tables[table].table) != 0)
      continue;
    sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", rules[i].rule, rules[i].table);
    if (!ava_sqlite_get_int (self->worker.db, &fine, error, sql, "s", id))
      return FALSE;
    if (fine == 0)
      return ava_settings_refuse (error, table, id, named, _(rules[i].field), _(rules[i].fault));
  }
  return TRUE;
}

/* Whether the row still is as the editor read it: by its version, or else column by column. */
gboolean
ava_settings_check_before (guint         table,
                           const char   *id,
                           JsonObject   *before,
                           const char   *snapshot,
                           GError      **error)
{
  g_autoptr (JsonNode) node = snapshot != NULL ? json_from_string (snapshot, NULL) : NULL;
  JsonObject *now = node != NULL ? json_node_get_object (node) : NULL;
  gboolean same = (now == NULL) == (before == NULL);
  g_autofree char *row = name_row (table, id, before);

  if (same && now != NULL && ava_settings_tables[table].versioned) {
    same = json_object_get_int_member_with_default (before, "version", 0) ==
           json_object_get_int_member_with_default (now, "version", -1);
  } else if (same && now != NULL) {
    for (guint i = 0; i < ava_settings_n_columns; i++) {
      const char *name = ava_settings_columns[i].name;

      if (strcmp (ava_settings_columns[i].table, ava_settings_tables[table].table) == 0 && json_object_has_member (before, name))
        same = same && json_node_equal (json_object_get_member (before, name), json_object_get_member (now, name));
    }
  }
  if (!same)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT,
                 _("Somebody else changed the %s meanwhile. Nothing was saved: look at it again."), row);
  return same;
}
