/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer-package.h"
#include "ava-spa.h"

G_BEGIN_DECLS

guint               ava_package_balance       (AvaCustomerPackage *package,
                                               const char         *service_id);
gint64              ava_package_expiry        (AvaPackage         *package,
                                               gint64              sold_us,
                                               GTimeZone          *zone);
AvaCustomerPackage *ava_package_choose        (GPtrArray          *packages,
                                               const char         *service_id,
                                               gint64              at_us);
char               *ava_package_speak_balance (AvaCustomerPackage *package,
                                               AvaSpa             *spa,
                                               gint64              now_us);

G_END_DECLS
