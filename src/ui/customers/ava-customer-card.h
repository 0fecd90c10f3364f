/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerCard:
 *
 * What is known of one customer, to be read: how to reach them, what to be careful about, visits.
 */
#define AVA_TYPE_CUSTOMER_CARD (ava_customer_card_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerCard, ava_customer_card, AVA, CUSTOMER_CARD, AdwBin)

void        ava_customer_card_set_context  (AvaCustomerCard *self,
                                            AvaContext      *context);
void        ava_customer_card_set_customer (AvaCustomerCard *self,
                                            AvaCustomer     *customer);
const char *ava_customer_card_get_name     (AvaCustomerCard *self);

G_END_DECLS
