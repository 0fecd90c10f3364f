/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerFilterButton:
 *
 * Chooses which customers are listed and in what order.
 *
 * Properties: "filter" (string): the words of ava_customer_filter_parse()
 */
#define AVA_TYPE_CUSTOMER_FILTER_BUTTON (ava_customer_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerFilterButton, ava_customer_filter_button, AVA, CUSTOMER_FILTER_BUTTON, AdwBin)

void     ava_customer_filter_button_set_context (AvaCustomerFilterButton *self,
                                                 AvaContext              *context);
gboolean ava_customer_filter_button_is_active   (AvaCustomerFilterButton *self);

G_END_DECLS
