/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gpointer        ava_appointment_table_read  (AvaRow        *row);
AvaAppointment *ava_appointment_table_get   (AvaStore      *self,
                                             const char    *id,
                                             GError       **error);
gpointer        ava_appointment_table_count (AvaStore      *self,
                                             AvaSqlite     *db,
                                             AvaStoreArgs  *args,
                                             GError       **error);
gpointer        ava_appointment_table_page  (AvaStore      *self,
                                             AvaSqlite     *db,
                                             AvaStoreArgs  *args,
                                             GError       **error);
/* AvaBusy by start, holds of @except_call_id left out */
GPtrArray      *ava_appointment_table_busy  (AvaStore      *self,
                                             gint64         from_us,
                                             gint64         to_us,
                                             const char    *except_call_id,
                                             GError       **error);

G_END_DECLS
