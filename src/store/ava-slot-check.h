/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

gboolean ava_slot_check_whole (AvaStore       *self,
                               const AvaSlot  *slot,
                               GError        **error);
gboolean ava_slot_check_free  (AvaStore            *self,
                               const AvaSlot       *slot,
                               const char          *owner,
                               const char          *except_id,
                               const AvaStoreArgs  *args,
                               GError             **error);
gboolean ava_slot_check_barred (AvaStore           *self,
                               const char          *customer_id,
                               const AvaStoreArgs  *args,
                               GError             **error);
gboolean ava_slot_check_safe  (AvaStore            *self,
                               const AvaSlot       *slot,
                               const char          *customer_id,
                               const char          *except_id,
                               AvaStoreArgs        *args,
                               GError             **error);
AvaStoreArgs ava_slot_check_cover (const AvaStoreArgs *args,
                               AvaAppointment      *appointment);
gboolean ava_slot_check_stands (AvaStore           *self,
                               AvaAppointment      *appointment,
                               const AvaStoreArgs  *args,
                               GError             **error);

G_END_DECLS
