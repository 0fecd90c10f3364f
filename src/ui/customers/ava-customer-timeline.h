/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerTimeline:
 *
 * All that happened with one customer, latest first, a page at a time. A call opens to what was said.
 */
#define AVA_TYPE_CUSTOMER_TIMELINE (ava_customer_timeline_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerTimeline, ava_customer_timeline, AVA, CUSTOMER_TIMELINE, AdwBin)

void ava_customer_timeline_set_context  (AvaCustomerTimeline *self,
                                         AvaContext          *context);
void ava_customer_timeline_set_customer (AvaCustomerTimeline *self,
                                         const char          *customer_id);

G_END_DECLS
