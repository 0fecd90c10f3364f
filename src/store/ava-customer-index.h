/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer-filter.h"
#include "ava-sqlite.h"

G_BEGIN_DECLS

/**
 * AvaCustomerIndex:
 *
 * What is searched, chosen and sorted by of all customers, in memory: about 200 bytes each. Follows the
 * table customer_changes, so that it is exact whoever writes, this program or another. Belongs to
 * the store's worker.
 */
typedef struct _AvaCustomerIndex AvaCustomerIndex;

AvaCustomerIndex *ava_customer_index_new  (void);
void              ava_customer_index_free (AvaCustomerIndex         *self);
gboolean          ava_customer_index_read_some (AvaCustomerIndex *self,
                                                AvaSqlite        *db,
                                                guint             most,
                                                gboolean         *whole,
                                                GError          **error);
GArray           *ava_customer_index_find (AvaCustomerIndex         *self,
                                           AvaSqlite                *db,
                                           const char               *text,
                                           const AvaCustomerFilter  *filter,
                                           gint64                    now_us,
                                           GError                  **error);

G_END_DECLS
