/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

typedef struct {
  guint added, changed, unchanged, broken;
} AvaImportCount;

/* Files to AvaImportItem (store/ava-store-import.h), each with where it stands and, when it cannot be taken,
 * why. Nothing is written yet. */
GPtrArray *ava_import_plan_calendar (AvaSpa               *spa,
                                     const char           *text,
                                     gssize                length,
                                     const char           *provider_id,
                                     gint64                from_us,
                                     gint64                to_us,
                                     GError              **error);
GPtrArray *ava_import_plan_table    (AvaSpa               *spa,
                                     const char           *text,
                                     gssize                length,
                                     GError              **error);

/* Takes the items a few at a time, so that the desk goes on meanwhile; with @dry only says what would happen. */
void       ava_import_run_async     (AvaContext           *context,
                                     GPtrArray            *items,
                                     const char           *who,
                                     gboolean              dry,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   ava_import_run_finish    (AvaContext           *context,
                                     GAsyncResult         *result,
                                     AvaImportCount       *count,
                                     gint64               *token,
                                     GError              **error);

G_END_DECLS
