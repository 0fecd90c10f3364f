/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* Inside a transaction of somebody else: see ava_store_book_async() and its like for the arguments.
 * Each answers the AvaAppointment, (transfer full), or NULL with @error. */
gpointer ava_booking_book       (AvaStore      *self,
                                 AvaSqlite     *db,
                                 AvaStoreArgs  *args,
                                 GError       **error);
gpointer ava_booking_move       (AvaStore      *self,
                                 AvaSqlite     *db,
                                 AvaStoreArgs  *args,
                                 GError       **error);
gpointer ava_booking_set_status (AvaStore      *self,
                                 AvaSqlite     *db,
                                 AvaStoreArgs  *args,
                                 GError       **error);
/* Name, phone, email and notes of a customer who may be new. */
gboolean ava_booking_check_person (AvaStoreArgs  *args,
                                   GError       **error);

G_END_DECLS
