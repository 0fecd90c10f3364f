/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-draft-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define REVIEW_MS 120   /* after the last key: typing is not rehearsed letter by letter */

enum { LOADED, EDITED, REVIEWED, SAVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaSettingsDraft, ava_settings_draft, G_TYPE_OBJECT)

static void load (AvaSettingsDraft *self, gboolean replaces);

static AvaStore *
get_store (AvaSettingsDraft *self)
{
  return ava_context_get_store (self->context);
}

gint64
ava_settings_draft_get_now_us (AvaSettingsDraft *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void
forget_undo (AvaSettingsDraft *self)
{
  g_clear_pointer (&self->undo, json_object_unref);
  g_clear_pointer (&self->undo_after, json_object_unref);
}

static void
forget_review (AvaSettingsDraft *self)
{
  g_clear_handle_id (&self->review_id, g_source_remove);
  if (self->rehearsal != NULL)
    g_cancellable_cancel (self->rehearsal);
  g_clear_object (&self->rehearsal);
  g_clear_pointer (&self->impact, ava_impact_free);
  g_clear_pointer (&self->fault, g_free);
}

/* --- What the draft would do ------------------------------------------------------------------ */

static void
tell (AvaSettingsDraft *self,
      AvaImpact        *impact,
      const char       *fault)
{
  g_clear_pointer (&self->impact, ava_impact_free);
  g_free (self->fault);
  self->impact = impact;
  self->fault = g_strdup (fault);
  g_signal_emit (self, signals[REVIEWED], 0);
}

static void
rehearsed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaSettingsDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  AvaImpact *impact = ava_settings_rehearse_finish (AVA_CONTEXT (source), result, &error);

  if (self->cancellable == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) {
    g_clear_pointer (&impact, ava_impact_free);
    return;
  }
  tell (self, impact, error != NULL ? error->message : NULL);
}

static gboolean
review_cb (gpointer user_data)
{
  AvaSettingsDraft *self = user_data;
  g_autoptr (JsonArray) changes = ava_settings_draft_list_changes (self);
  g_autofree char *fault = NULL;

  self->review_id = 0;
  if (json_array_get_length (changes) == 0 && g_hash_table_size (self->wrong) == 0) {
    tell (self, NULL, NULL);
    return G_SOURCE_REMOVE;
  }
  fault = ava_settings_draft_find_fault (self, changes);
  if (fault != NULL) {
    tell (self, NULL, fault);
    return G_SOURCE_REMOVE;
  }
  self->rehearsal = g_cancellable_new ();
  ava_settings_rehearse_async (self->context, changes, self->rehearsal, rehearsed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* After each edit: what would it do? Until that is known, nothing can be saved. */
void
ava_settings_draft_review (AvaSettingsDraft *self)
{
  if (self->cancellable == NULL)
    return;
  forget_review (self);
  forget_undo (self);
  self->review_id = g_timeout_add (REVIEW_MS, review_cb, self);
  g_signal_emit (self, signals[EDITED], 0);
}

/* --- Loading and saving ----------------------------------------------------------------------- */

/* What was just saved looks as it did: whoever shows it need not begin anew. */
static gboolean
is_same (JsonObject *a,
         JsonObject *b)
{
  g_autoptr (JsonArray) there = ava_settings_diff (a, b, 1);
  g_autoptr (JsonArray) back = ava_settings_diff (b, a, 1);

  return json_array_get_length (there) == 0 && json_array_get_length (back) == 0;
}

/* Returns: (transfer full): @settings with the edits that were made while the last save was under way */
static JsonObject *
keep_edits (AvaSettingsDraft *self,
            JsonObject       *settings)
{
  g_autoptr (JsonArray) edits = ava_settings_diff (self->written, self->draft, ava_settings_draft_get_now_us (self));
  JsonObject *kept = ava_settings_copy (settings);

  for (guint i = 0; i < json_array_get_length (edits); i++) {
    JsonObject *edit = json_array_get_object_element (edits, i);
    const char *table = ava_settings_get_text (edit, "table");
    const char *id = ava_settings_get_text (edit, "id");
    JsonObject *row = ava_settings_find_row (self->draft, table, id);
    JsonObject *saved = ava_settings_find_row (settings, table, id);

    if (row != NULL && saved != NULL && json_object_has_member (saved, "version"))
      json_object_set_int_member (row, "version", json_object_get_int_member (saved, "version"));
    ava_settings_draft_put_row (kept, table, id, row);
  }
  return kept;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaSettingsDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) settings = ava_store_load_settings_finish (AVA_STORE (source), result, &error);
  g_autoptr (JsonObject) draft = NULL;
  gboolean known;

  if (self->cancellable == NULL)
    return;
  if (settings == NULL) {
    self->saving = FALSE;
    tell (self, NULL, error->message);
    return;
  }
  if (!self->replaces && self->draft != NULL && ava_settings_draft_is_edited (self, NULL))
    return;
  self->replaces = FALSE;
  self->saving = FALSE;
  draft = self->written != NULL ? keep_edits (self, settings) : ava_settings_copy (settings);
  known = self->draft != NULL && is_same (self->draft, draft) && (self->written != NULL || g_hash_table_size (self->wrong) == 0);
  forget_review (self);
  if (!known)
    g_hash_table_remove_all (self->wrong);
  g_clear_pointer (&self->written, json_object_unref);
  g_clear_pointer (&self->saved, json_object_unref);
  g_clear_pointer (&self->draft, json_object_unref);
  self->saved = g_steal_pointer (&settings);
  self->draft = g_steal_pointer (&draft);
  if (self->undo != NULL && self->undo_after == NULL)
    self->undo_after = json_object_ref (self->saved);
  if (!known)
    g_signal_emit (self, signals[LOADED], 0);
  if (ava_settings_draft_is_edited (self, NULL))
    ava_settings_draft_review (self);
  else
    g_signal_emit (self, signals[REVIEWED], 0);
}

static void
load (AvaSettingsDraft *self,
      gboolean          replaces)
{
  self->replaces = self->replaces || replaces;
  ava_store_load_settings_async (get_store (self), self->cancellable, loaded_cb, g_object_ref (self));
}

/* Another desk or an import changed the settings: shown, unless an edit is under way here. Then the
 * store refuses what both have changed. */
static void
on_spa_changed (AvaSettingsDraft *self)
{
  if (self->cancellable != NULL && !self->saving && !ava_settings_draft_is_edited (self, NULL))
    load (self, FALSE);
}

static void
on_staff_changed (AvaSettingsDraft *self)
{
  if (self->draft != NULL && !self->saving && !self->replaces && ava_settings_draft_is_edited (self, NULL))
    ava_settings_draft_review (self);
}

static void
write_changes (AvaSettingsDraft    *self,
               JsonArray           *changes,
               const char          *why,
               GAsyncReadyCallback  callback)
{
  AvaActor actor = { .why = why };

  ava_staff_fill_actor (ava_context_get_staff (self->context), &actor);
  self->saving = TRUE;
  g_clear_pointer (&self->written, json_object_unref);
  self->written = ava_settings_copy (self->draft);
  ava_store_save_settings_async (get_store (self), &actor, changes, NULL, callback, g_object_ref (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaSettingsDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = ava_store_save_settings_finish (AVA_STORE (source), result, &error);

  if (self->cancellable == NULL)
    return;
  if (!saved) {
    self->saving = FALSE;
    g_clear_pointer (&self->written, json_object_unref);
    g_clear_pointer (&self->undo_changes, json_array_unref);
    tell (self, NULL, error->message);
    return;
  }
  forget_undo (self);
  self->undo = json_object_ref (self->saved);
  g_signal_emit (self, signals[SAVED], 0, FALSE);
  load (self, TRUE);
}

/**
 * ava_settings_draft_save:
 *
 * Writes what was edited, when it can be; no booking is cancelled.
 */
void
ava_settings_draft_save (AvaSettingsDraft *self)
{
  g_return_if_fail (AVA_IS_SETTINGS_DRAFT (self));

  if (!ava_settings_draft_can_save (self))
    return;
  g_clear_pointer (&self->undo_changes, json_array_unref);
  self->undo_changes = ava_settings_draft_list_changes (self);
  write_changes (self, self->undo_changes, "settings", saved_cb);
}

/**
 * ava_settings_draft_discard:
 *
 * Forgets what was edited and shows what is saved.
 */
void
ava_settings_draft_discard (AvaSettingsDraft *self)
{
  g_return_if_fail (AVA_IS_SETTINGS_DRAFT (self));

  g_clear_pointer (&self->written, json_object_unref);
  load (self, TRUE);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaSettingsDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = ava_store_save_settings_finish (AVA_STORE (source), result, &error);

  if (self->cancellable == NULL)
    return;
  if (!saved) {
    self->saving = FALSE;
    g_clear_pointer (&self->written, json_object_unref);
    tell (self, NULL, error->message);
    return;
  }
  forget_undo (self);
  g_signal_emit (self, signals[SAVED], 0, TRUE);
  load (self, TRUE);
}

/* Whether the row is what the save made of it. */
static gboolean
stands (AvaSettingsDraft *self,
        const char       *table,
        const char       *id)
{
  JsonObject *after = ava_settings_find_row (self->undo_after, table, id);
  JsonObject *now = ava_settings_find_row (self->saved, table, id);

  return after == now || (after != NULL && now != NULL && json_object_equal (after, now));
}

/* What a row was before the save. A setting that was not there has no row to remove: it is empty again. */
static JsonObject *
make_before (AvaSettingsDraft *self,
             const char       *table,
             const char       *id)
{
  JsonObject *before = ava_settings_find_row (self->undo, table, id);
  JsonObject *empty;

  if (before != NULL)
    return json_object_ref (before);
  if (strcmp (table, "settings") != 0)
    return NULL;
  empty = json_object_new ();
  json_object_set_string_member (empty, "id", id);
  json_object_set_string_member (empty, "value", "");
  return empty;
}

/**
 * ava_settings_draft_undo:
 *
 * Takes the last save back: the rows that it changed get what they had, unless they were changed again.
 */
void
ava_settings_draft_undo (AvaSettingsDraft *self)
{
  g_autoptr (JsonObject) target = NULL;
  g_autoptr (JsonArray) changes = NULL;

  g_return_if_fail (AVA_IS_SETTINGS_DRAFT (self));

  if (!ava_settings_draft_can_undo (self))
    return;
  target = ava_settings_copy (self->saved);
  for (guint i = 0; i < json_array_get_length (self->undo_changes); i++) {
    JsonObject *change = json_array_get_object_element (self->undo_changes, i);
    const char *table = ava_settings_get_text (change, "table");
    const char *id = ava_settings_get_text (change, "id");
    g_autoptr (JsonObject) before = make_before (self, table, id);

    if (!stands (self, table, id)) {
      tell (self, NULL, _("This cannot be undone, because it was changed again since."));
      return;
    }
    ava_settings_draft_put_row (target, table, id, before);
  }
  changes = ava_settings_diff (self->saved, target, ava_settings_draft_get_now_us (self));
  write_changes (self, changes, "settings taken back", undone_cb);
}

/* --- The whole of it -------------------------------------------------------------------------- */

/**
 * ava_settings_draft_take:
 * @settings: of a file
 *
 * Puts a whole configuration in the place of the draft, to be looked at before it is saved.
 */
void
ava_settings_draft_take (AvaSettingsDraft *self,
                         JsonObject       *settings)
{
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (GList) tables = NULL;

  if (self->saved == NULL)
    return;
  whole = ava_settings_copy (self->saved);
  tables = json_object_get_members (whole);
  for (GList *item = tables; item != NULL; item = item->next) {
    if (json_object_has_member (settings, item->data))
      json_object_set_member (whole, item->data, json_node_copy (json_object_get_member (settings, item->data)));
  }
  g_clear_pointer (&self->draft, json_object_unref);
  self->draft = ava_settings_copy (whole);
  g_hash_table_remove_all (self->wrong);
  g_signal_emit (self, signals[LOADED], 0);
  ava_settings_draft_review (self);
}

void
ava_settings_draft_mark (AvaSettingsDraft *self,
                         gconstpointer     field,
                         const char       *words)
{
  const char *old = g_hash_table_lookup (self->wrong, field);

  if (g_strcmp0 (old, words) == 0)
    return;
  if (words != NULL)
    g_hash_table_insert (self->wrong, (gpointer) field, g_strdup (words));
  else
    g_hash_table_remove (self->wrong, field);
  ava_settings_draft_review (self);
}

/* --- Asking ----------------------------------------------------------------------------------- */

JsonArray *
ava_settings_draft_list_changes (AvaSettingsDraft *self)
{
  return self->saved != NULL ? ava_settings_diff (self->saved, self->draft, ava_settings_draft_get_now_us (self)) : json_array_new ();
}

gboolean
ava_settings_draft_is_edited (AvaSettingsDraft *self,
                              const char       *table)
{
  g_autoptr (JsonArray) changes = ava_settings_draft_list_changes (self);

  if (table == NULL)
    return json_array_get_length (changes) > 0 || g_hash_table_size (self->wrong) > 0;
  for (guint i = 0; i < json_array_get_length (changes); i++) {
    if (strcmp (ava_settings_get_text (json_array_get_object_element (changes, i), "table"), table) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
ava_settings_draft_is_loaded (AvaSettingsDraft *self)
{
  return self->draft != NULL;
}

AvaContext *
ava_settings_draft_get_context (AvaSettingsDraft *self)
{
  return self->context;
}

AvaImpact *
ava_settings_draft_get_impact (AvaSettingsDraft *self)
{
  return self->impact;
}

const char *
ava_settings_draft_get_fault (AvaSettingsDraft *self)
{
  return self->fault;
}

gboolean
ava_settings_draft_can_save (AvaSettingsDraft *self)
{
  return self->impact != NULL && self->fault == NULL && !self->saving;
}

gboolean
ava_settings_draft_can_undo (AvaSettingsDraft *self)
{
  return self->undo_after != NULL && self->undo_changes != NULL && !self->saving && !ava_settings_draft_is_edited (self, NULL);
}

/**
 * ava_settings_draft_close:
 *
 * Nothing comes any more: the one who shows it is gone.
 */
void
ava_settings_draft_close (AvaSettingsDraft *self)
{
  forget_review (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ava_settings_draft_dispose (GObject *object)
{
  AvaSettingsDraft *self = AVA_SETTINGS_DRAFT (object);

  ava_settings_draft_close (self);
  g_clear_pointer (&self->saved, json_object_unref);
  g_clear_pointer (&self->draft, json_object_unref);
  g_clear_pointer (&self->written, json_object_unref);
  forget_undo (self);
  g_clear_pointer (&self->undo_changes, json_array_unref);
  g_clear_pointer (&self->wrong, g_hash_table_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ava_settings_draft_parent_class)->dispose (object);
}

static void
ava_settings_draft_class_init (AvaSettingsDraftClass *klass)
{
  const GType type = AVA_TYPE_SETTINGS_DRAFT;

  G_OBJECT_CLASS (klass)->dispose = ava_settings_draft_dispose;
  signals[LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REVIEWED] = g_signal_new ("reviewed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
ava_settings_draft_init (AvaSettingsDraft *self)
{
  self->wrong = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_settings_draft_new:
 *
 * Returns: (transfer full): a draft that is about to load
 */
AvaSettingsDraft *
ava_settings_draft_new (AvaContext *context)
{
  AvaSettingsDraft *self = g_object_new (AVA_TYPE_SETTINGS_DRAFT, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ava_context_get_staff (context), "changed", G_CALLBACK (on_staff_changed), self, G_CONNECT_SWAPPED);
  load (self, TRUE);
  return self;
}
