/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

typedef enum {
  AVA_SETTINGS_ERROR_FILE,   /* not a file of settings; the message says where */
} AvaSettingsError;

#define AVA_SETTINGS_ERROR (ava_settings_error_quark ())
GQuark ava_settings_error_quark (void);

/* A booking that a change leaves without a place, or that a changed safety rule would refuse, and why. */
typedef struct {
  AvaAppointment *appointment;
  char *why;              /* in words */
  gboolean by_rule;       /* has its place, but a safety rule would refuse it if it were made now */
} AvaBrokenBooking;

/* What a change would do. Saving it cancels nothing. */
typedef struct {
  AvaSpa *spa;            /* as it would be */
  GPtrArray *broken;      /* AvaBrokenBooking, by start */
  GPtrArray *sentences;   /* char *: what Ava will say otherwise */
} AvaImpact;

/* A configuration is a JsonObject of rows by table, as ava_store_load_settings_finish() gives it. An
 * editor copies it, changes rows of the copy, and the difference is what is rehearsed and saved. */
JsonObject *ava_settings_copy            (JsonObject           *settings);
JsonArray  *ava_settings_diff            (JsonObject           *before,
                                          JsonObject           *after,
                                          gint64                now_us);
char       *ava_settings_describe_change (JsonObject           *change);
JsonObject *ava_settings_find_row        (JsonObject           *settings,
                                          const char           *table,
                                          const char           *id);
const char *ava_settings_get_text        (JsonObject           *row,
                                          const char           *column);
gint64      ava_settings_get_int         (JsonObject           *row,
                                          const char           *column);
GStrv       ava_settings_get_list        (JsonObject           *row,
                                          const char           *column);
GStrv       ava_settings_list_missing    (AvaSpa               *spa,
                                          const char           *service_id);
void        ava_settings_rehearse_async  (AvaContext           *context,
                                          JsonArray            *changes,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
AvaImpact  *ava_settings_rehearse_finish (AvaContext           *context,
                                          GAsyncResult         *result,
                                          GError              **error);
void        ava_impact_free              (AvaImpact            *self);

/* One file for all of it. */
char       *ava_settings_print           (JsonObject           *settings);
JsonObject *ava_settings_parse           (const char           *text,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaImpact, ava_impact_free)

G_END_DECLS
