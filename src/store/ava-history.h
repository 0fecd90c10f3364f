/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* One line of the journal, as undo needs it. */
typedef struct {
  gint64 at_us;         /* [us] UTC */
  char *who, *what, *why, *call_id;
  char *table;
  char *row_id;
  JsonObject *before;   /* nullable */
  JsonObject *after;    /* nullable */
} AvaChangeLine;

GPtrArray  *ava_change_list_lines    (AvaStore       *self,
                                      gint64          batch,
                                      const char     *except_tables,
                                      const char     *but,
                                      GError        **error);
AvaChange  *ava_change_new_from_line (AvaChangeLine  *line,
                                      gint64          batch);
JsonObject *ava_change_parse_row     (const char     *text);

G_END_DECLS
