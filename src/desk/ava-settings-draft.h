/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings.h"

G_BEGIN_DECLS

/**
 * AvaSettingsDraft:
 *
 * The settings while they are edited: edit -> impact -> save, and back again. Each edit is rehearsed
 * a moment later; until its impact is known nothing can be saved. Views show rows of the draft and
 * change them by table, id and column. Main thread.
 *
 * Signals: "loaded": all rows are new, show them anew; "edited": a value changed; "reviewed": impact
 *   or fault is known, or there is nothing to save; "saved" (gboolean undone).
 */
#define AVA_TYPE_SETTINGS_DRAFT (ava_settings_draft_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsDraft, ava_settings_draft, AVA, SETTINGS_DRAFT, GObject)

AvaSettingsDraft *ava_settings_draft_new         (AvaContext       *context);
AvaContext       *ava_settings_draft_get_context (AvaSettingsDraft *self);
gboolean          ava_settings_draft_is_loaded   (AvaSettingsDraft *self);

/* Rows, archived ones too; borrowed until "loaded". */
JsonArray        *ava_settings_draft_list        (AvaSettingsDraft *self,
                                                  const char       *table);
JsonObject       *ava_settings_draft_find        (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id);
gboolean          ava_settings_draft_is_new      (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id);

void              ava_settings_draft_set         (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id,
                                                  const char       *column,
                                                  JsonNode         *value);
void              ava_settings_draft_set_text    (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id,
                                                  const char       *column,
                                                  const char       *text);
void              ava_settings_draft_set_int     (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id,
                                                  const char       *column,
                                                  gint64            value);
void              ava_settings_draft_set_list    (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id,
                                                  const char       *column,
                                                  GStrv             texts);
const char       *ava_settings_draft_add         (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  JsonObject       *row);
void              ava_settings_draft_remove      (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id);
gboolean          ava_settings_draft_move        (AvaSettingsDraft *self,
                                                  const char       *table,
                                                  const char       *id,
                                                  int               by);
void              ava_settings_draft_take        (AvaSettingsDraft *self,
                                                  JsonObject       *settings);

/* A field whose text means nothing: @words: NULL when it does again. */
void              ava_settings_draft_mark        (AvaSettingsDraft *self,
                                                  gconstpointer     field,
                                                  const char       *words);

gboolean          ava_settings_draft_is_edited   (AvaSettingsDraft *self,
                                                  const char       *table);   /* NULL: anything */
JsonArray        *ava_settings_draft_list_changes(AvaSettingsDraft *self);
AvaImpact        *ava_settings_draft_get_impact  (AvaSettingsDraft *self);   /* nullable */
const char       *ava_settings_draft_get_fault   (AvaSettingsDraft *self);   /* nullable: why it cannot be saved */
gboolean          ava_settings_draft_can_save    (AvaSettingsDraft *self);
gboolean          ava_settings_draft_can_undo    (AvaSettingsDraft *self);
void              ava_settings_draft_save        (AvaSettingsDraft *self);
void              ava_settings_draft_discard     (AvaSettingsDraft *self);
void              ava_settings_draft_undo        (AvaSettingsDraft *self);
void              ava_settings_draft_close       (AvaSettingsDraft *self);

G_END_DECLS
