/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* Columns of a customer "c" that ava_appointment_table_read_warnings() reads. */
#define AVA_APPOINTMENT_WARNINGS "c.allergies, c.contraindications, c.pregnant, c.medicines, c.do_not_book, c.vip"

gpointer        ava_appointment_table_read  (AvaRow        *row);
void            ava_appointment_table_read_warnings (AvaAppointment *appointment,
                                             AvaRow        *row,
                                             int            at);
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
