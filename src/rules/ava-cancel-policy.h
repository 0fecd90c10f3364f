/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-service.h"

G_BEGIN_DECLS

/* How an appointment is given up. */
typedef enum {
  AVA_CANCEL_BY_CUSTOMER,
  AVA_CANCEL_NO_SHOW,
} AvaCancelKind;

gint64 ava_cancel_policy_free_until (AvaService    *service,
                                     gint64         start_us,
                                     GTimeZone     *zone);
gint64 ava_cancel_policy_fee        (AvaService    *service,
                                     gint64         start_us,
                                     gint64         at_us,
                                     GTimeZone     *zone,
                                     AvaCancelKind  kind);

G_END_DECLS
