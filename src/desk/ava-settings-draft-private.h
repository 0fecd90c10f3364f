/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-draft.h"

G_BEGIN_DECLS

struct _AvaSettingsDraft {
  GObject parent_instance;

  AvaContext *context;
  JsonObject *saved;          /* nullable: not loaded yet */
  JsonObject *draft;
  JsonObject *undo;           /* nullable: what was before the last save */
  JsonObject *undo_after;     /* nullable: what is since */
  JsonArray *undo_changes;    /* of the last save */
  JsonObject *written;        /* nullable: the draft that is being saved; what is edited since is kept */
  GHashTable *wrong;          /* field -> words */
  AvaImpact *impact;          /* nullable */
  char *fault;                /* nullable */
  GCancellable *cancellable;  /* NULL once it is closed */
  GCancellable *rehearsal;    /* of the last edit, nullable */
  guint review_id;
  gboolean replaces;          /* what is being loaded replaces edits */
  gboolean saving;            /* until what was saved is loaded again */
};

/* ava-settings-draft.c: after each edit */
void    ava_settings_draft_review     (AvaSettingsDraft *self);
gint64  ava_settings_draft_get_now_us (AvaSettingsDraft *self);
/* ava-settings-draft-rows.c */
void    ava_settings_draft_put_row    (JsonObject       *settings,
                                       const char       *table,
                                       const char       *id,
                                       JsonObject       *row);
/* ava-settings-draft-fault.c */
char   *ava_settings_draft_find_fault (AvaSettingsDraft *self,
                                       JsonArray        *changes);

G_END_DECLS
