/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* The safety gate at the steps of the day. Worker thread. */
GPtrArray   *ava_step_check_judge (AvaStore            *self,
                                   AvaAppointment      *appointment,
                                   GError             **error);
gboolean     ava_step_check_room  (AvaStore            *self,
                                   AvaAppointment      *appointment,
                                   const AvaStoreArgs  *args,
                                   GError             **error);

G_END_DECLS
