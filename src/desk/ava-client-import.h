/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

/* A row that cannot be taken, for whoever must mend it. */
typedef struct {
  guint line;         /* of the file, from 1 */
  char *text;         /* how it begins */
  char *reason;
} AvaBrokenRow;

/* What a file of customers holds, before anything is written. */
typedef struct {
  GStrv columns;      /* of the file, with what they are taken for: "Mobile → phone"; "Shoe size → (left out)" */
  JsonArray *rows;    /* good ones, cleaned: fields as text; see ava-customer-fields.h */
  GPtrArray *broken;  /* AvaBrokenRow by line */
} AvaClientImport;

AvaClientImport *ava_client_import_read       (const char           *text,
                                               gsize                 length,
                                               const char           *region,
                                               gint64                now_us,
                                               GError              **error);
void             ava_client_import_free       (AvaClientImport      *self);

/* Writes the good rows, all in one change; who is in the book already gets what the book lacks, and keeps the rest. */
void             ava_client_import_run_async  (AvaContext           *context,
                                               AvaClientImport      *self,
                                               const char           *who,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
int              ava_client_import_run_finish (AvaContext           *context,
                                               GAsyncResult         *result,
                                               int                  *completed,
                                               gint64               *token,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaClientImport, ava_client_import_free)

G_END_DECLS
