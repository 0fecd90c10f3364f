/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-draft-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Why a draft cannot be saved, as far as the store need not be asked. */

static gboolean
may_edit (JsonObject *role)
{
  JsonArray *rights = json_object_get_array_member (role, "rights");

  for (guint i = 0; i < json_array_get_length (rights); i++) {
    if (strcmp (json_array_get_string_element (rights, i), "edit-settings") == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whoever may change the settings could lock everybody out, themselves too. */
static gboolean
locks_out (AvaSettingsDraft *self)
{
  JsonArray *people = ava_settings_draft_list (self, "people");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (people); i++) {
    JsonObject *person = json_array_get_object_element (people, i);
    JsonObject *role = ava_settings_find_row (self->draft, "roles", ava_settings_get_text (person, "role_id"));

    if (ava_settings_get_int (person, "archived_us") != 0)
      continue;
    n++;
    if (role != NULL && ava_settings_get_int (role, "archived_us") == 0 && may_edit (role))
      return FALSE;
  }
  return n > 0;
}

static gboolean
approves (JsonArray *changes)
{
  for (guint i = 0; i < json_array_get_length (changes); i++) {
    JsonObject *change = json_array_get_object_element (changes, i);
    JsonNode *values = json_object_get_member (change, "values");
    JsonNode *name = values != NULL && JSON_NODE_HOLDS_OBJECT (values)
                       ? json_object_get_member (json_node_get_object (values), "approved_by") : NULL;

    if (name != NULL && JSON_NODE_HOLDS_VALUE (name) && *json_node_get_string (name) != '\0')
      return TRUE;
  }
  return FALSE;
}

/* Returns: (transfer full) (nullable): why it cannot be saved, in words */
char *
ava_settings_draft_find_fault (AvaSettingsDraft *self,
                               JsonArray        *changes)
{
  AvaStaff *staff = ava_context_get_staff (self->context);
  char *words = ava_staff_refuse (staff, AVA_RIGHT_EDIT_SETTINGS);
  GHashTableIter iter;
  gpointer field;
  gpointer why;

  if (words == NULL && approves (changes))
    words = ava_staff_refuse (staff, AVA_RIGHT_APPROVE_RULES);
  if (words == NULL && locks_out (self))
    words = g_strdup (_("Nobody could change the settings any more: give somebody a role that may."));
  g_hash_table_iter_init (&iter, self->wrong);
  if (words == NULL && g_hash_table_iter_next (&iter, &field, &why))
    words = g_strdup (why);
  return words;
}
