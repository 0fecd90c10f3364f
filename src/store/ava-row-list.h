/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* How one kind of list gets its rows, and how two of them are told apart. */
typedef struct {
  GType (*get_type) (void);
  AvaStoreFunc count;                  /* answers GUINT_TO_POINTER */
  AvaStoreFunc page;                   /* answers a GPtrArray */
  gboolean (*same) (gpointer a, gpointer b);
  const char *const *tables;           /* a change of one of them makes the list look again */
} AvaRowListKind;

/**
 * AvaRowList:
 *
 * A GListModel of rows that are fetched a page at a time when they are asked for; only the pages
 * used last stay in memory. Until a page is there its rows are empty objects of the right type.
 * Main thread of the store's opener.
 */
#define AVA_TYPE_ROW_LIST (ava_row_list_get_type ())
G_DECLARE_FINAL_TYPE (AvaRowList, ava_row_list, AVA, ROW_LIST, GObject)

AvaRowList *ava_row_list_new       (AvaStore             *store,
                                    const AvaRowListKind *kind);
void        ava_row_list_set_range (AvaRowList           *self,
                                    gint64                from_us,
                                    gint64                to_us);

G_END_DECLS
