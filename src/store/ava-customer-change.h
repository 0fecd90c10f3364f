/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-customers.h"
#include "ava-store-private.h"

G_BEGIN_DECLS

/* How the files that change customers hand back what they did. Worker thread. */
gpointer   ava_customer_change_done   (AvaStore             *self,
                                       const char           *id,
                                       GError              **error);
gpointer   ava_customer_change_refuse (GError              **error,
                                       int                   code,
                                       const char           *format,
                                       ...) G_GNUC_PRINTF (3, 4);
gboolean   ava_customer_change_set    (AvaStore             *self,
                                       AvaStoreArgs         *args,
                                       const char           *what,
                                       const char           *id,
                                       JsonObject           *columns,
                                       GError              **error);
gboolean   ava_customer_change_allow  (AvaStoreArgs         *args,
                                       AvaStaffRights        right,
                                       GError              **error);
char      *ava_customer_change_region (AvaStore             *self,
                                       GError              **error);
/* ava-customer-complete.c */
gboolean   ava_customer_complete      (AvaStore             *self,
                                       AvaStoreArgs         *args,
                                       const char           *id,
                                       GHashTable           *texts,
                                       gboolean             *completed,
                                       GError              **error);
/* ava-customer-edit.c */
gboolean   ava_customer_edit_check_future (AvaStore         *self,
                                       const char           *id,
                                       const char           *deed,
                                       GError              **error);
/* Any thread. */
void       ava_customer_change_run    (AvaStore             *self,
                                       AvaStoreFunc          func,
                                       AvaStoreArgs         *args,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

G_END_DECLS
