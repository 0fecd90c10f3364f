/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-draft-private.h"

#include "ava-id.h"

#include <string.h>

/* The rows of the draft: each change of one is looked at a moment later. */

/* @row: (nullable): %NULL takes it away */
void
ava_settings_draft_put_row (JsonObject *settings,
                            const char *table,
                            const char *id,
                            JsonObject *row)
{
  JsonArray *rows = json_object_get_array_member (settings, table);

  for (guint i = json_array_get_length (rows); i > 0; i--) {
    if (strcmp (ava_settings_get_text (json_array_get_object_element (rows, i - 1), "id"), id) == 0)
      json_array_remove_element (rows, i - 1);
  }
  if (row != NULL)
    json_array_add_object_element (rows, json_object_ref (row));
}

JsonArray *
ava_settings_draft_list (AvaSettingsDraft *self,
                         const char       *table)
{
  return json_object_get_array_member (self->draft, table);
}

JsonObject *
ava_settings_draft_find (AvaSettingsDraft *self,
                         const char       *table,
                         const char       *id)
{
  return self->draft != NULL ? ava_settings_find_row (self->draft, table, id) : NULL;
}

/* Returns: whether the row was never saved */
gboolean
ava_settings_draft_is_new (AvaSettingsDraft *self,
                           const char       *table,
                           const char       *id)
{
  return ava_settings_find_row (self->saved, table, id) == NULL;
}

/**
 * ava_settings_draft_set:
 * @value: (transfer full):
 *
 * Changes one value of a row; a row that is gone is left alone. The settings table has a row when it is set.
 */
void
ava_settings_draft_set (AvaSettingsDraft *self,
                        const char       *table,
                        const char       *id,
                        const char       *column,
                        JsonNode         *value)
{
  g_autoptr (JsonNode) node = value;
  JsonObject *row = ava_settings_draft_find (self, table, id);
  JsonNode *old;

  if (row == NULL && strcmp (table, "settings") == 0) {
    row = json_object_new ();
    json_object_set_string_member (row, "id", id);
    json_array_add_object_element (ava_settings_draft_list (self, table), row);
  }
  old = row != NULL ? json_object_get_member (row, column) : NULL;
  if (row == NULL || (old != NULL && json_node_equal (old, node)))
    return;
  json_object_set_member (row, column, g_steal_pointer (&node));
  ava_settings_draft_review (self);
}

/* A text that is blank again is what it was: nothing. */
void
ava_settings_draft_set_text (AvaSettingsDraft *self,
                             const char       *table,
                             const char       *id,
                             const char       *column,
                             const char       *text)
{
  JsonObject *before = self->saved != NULL ? ava_settings_find_row (self->saved, table, id) : NULL;
  gboolean none = text == NULL || (*text == '\0' && before != NULL && json_object_has_member (before, column) &&
                                   json_object_get_null_member (before, column));

  ava_settings_draft_set (self, table, id, column,
                          none ? json_node_new (JSON_NODE_NULL) : json_node_init_string (json_node_alloc (), text));
}

void
ava_settings_draft_set_int (AvaSettingsDraft *self,
                            const char       *table,
                            const char       *id,
                            const char       *column,
                            gint64            value)
{
  ava_settings_draft_set (self, table, id, column, json_node_init_int (json_node_alloc (), value));
}

void
ava_settings_draft_set_list (AvaSettingsDraft *self,
                             const char       *table,
                             const char       *id,
                             const char       *column,
                             GStrv             texts)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  ava_settings_draft_set (self, table, id, column, json_node_init_array (json_node_alloc (), array));
}

/**
 * ava_settings_draft_add:
 * @row: (transfer full): gets an id when it has none
 *
 * Returns: (transfer none): its id
 */
const char *
ava_settings_draft_add (AvaSettingsDraft *self,
                        const char       *table,
                        JsonObject       *row)
{
  g_autofree char *id = ava_id_new (ava_settings_draft_get_now_us (self));

  if (!json_object_has_member (row, "id"))
    json_object_set_string_member (row, "id", id);
  json_array_add_object_element (ava_settings_draft_list (self, table), row);
  ava_settings_draft_review (self);
  return json_object_get_string_member (row, "id");
}

/**
 * ava_settings_draft_remove:
 *
 * A row that was never saved goes, as do hours; everything else is archived, and old bookings keep its name.
 */
void
ava_settings_draft_remove (AvaSettingsDraft *self,
                           const char       *table,
                           const char       *id)
{
  JsonObject *row = ava_settings_draft_find (self, table, id);

  if (row == NULL)
    return;
  if (!ava_settings_draft_is_new (self, table, id) && json_object_has_member (row, "archived_us"))
    json_object_set_int_member (row, "archived_us", MAX (ava_settings_draft_get_now_us (self), 1));
  else
    ava_settings_draft_put_row (self->draft, table, id, NULL);
  ava_settings_draft_review (self);
}

static int
compare_rank (gconstpointer a,
              gconstpointer b)
{
  gint64 one = ava_settings_get_int (*(JsonObject *const *) a, "rank");
  gint64 other = ava_settings_get_int (*(JsonObject *const *) b, "rank");

  return one < other ? -1 : one > other;
}

/* Live rows by rank. */
static GPtrArray *
list_ranked (AvaSettingsDraft *self,
             const char       *table)
{
  JsonArray *rows = ava_settings_draft_list (self, table);
  GPtrArray *ranked = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (row, "archived_us") == 0)
      g_ptr_array_add (ranked, row);
  }
  g_ptr_array_sort (ranked, compare_rank);
  return ranked;
}

/**
 * ava_settings_draft_move:
 * @by: places up (negative) or down
 *
 * Returns: whether it moved; the order of the rows is that of their ranks
 */
gboolean
ava_settings_draft_move (AvaSettingsDraft *self,
                         const char       *table,
                         const char       *id,
                         int               by)
{
  g_autoptr (GPtrArray) ranked = list_ranked (self, table);
  JsonObject *row = ava_settings_draft_find (self, table, id);
  guint from = 0;
  int to;

  if (row == NULL || !g_ptr_array_find (ranked, row, &from))
    return FALSE;
  to = CLAMP ((int) from + by, 0, (int) ranked->len - 1);
  if (to == (int) from)
    return FALSE;
  g_ptr_array_remove_index (ranked, from);
  g_ptr_array_insert (ranked, to, row);
  for (guint i = 0; i < ranked->len; i++)
    json_object_set_int_member (ranked->pdata[i], "rank", i + 1);
  ava_settings_draft_review (self);
  return TRUE;
}
