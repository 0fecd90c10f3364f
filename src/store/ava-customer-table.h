/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

char     *ava_customer_table_insert      (AvaStore            *self,
                                          const AvaStoreArgs  *actor,
                                          const AvaStoreArgs  *values,
                                          GError             **error);
gboolean  ava_customer_table_insert_row  (AvaStore            *self,
                                          AvaCustomer         *customer,
                                          GError             **error);
char     *ava_customer_table_match       (AvaStore            *self,
                                          const char          *name,
                                          const char          *phone,
                                          GError             **error);
gpointer  ava_customer_table_count       (AvaStore            *self,
                                          AvaSqlite           *db,
                                          AvaStoreArgs        *args,
                                          GError             **error);
gpointer  ava_customer_table_page        (AvaStore            *self,
                                          AvaSqlite           *db,
                                          AvaStoreArgs        *args,
                                          GError             **error);

char        *ava_customer_table_print_tags (GStrv            tags);
GPtrArray   *ava_customer_table_list     (AvaStore            *self,
                                          const char          *where,
                                          const char          *value,
                                          GError             **error);
AvaCustomer *ava_customer_table_get      (AvaStore            *self,
                                          const char          *id,
                                          GError             **error);
char        *ava_customer_table_resolve  (AvaStore            *self,
                                          const char          *id,
                                          GError             **error);

G_END_DECLS
