/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"
#include "ava-customer-form.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerCard:
 *
 * All of one customer: what to be careful about, how to reach them, what they agreed to, who lives with
 * them, figures, history. Every field is written where it stands.
 *
 * Signals: "compare" (AvaDuplicate *): somebody wants to look at two records side by side;
 * "show-customer" (const char *id)
 */
#define AVA_TYPE_CUSTOMER_CARD (ava_customer_card_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerCard, ava_customer_card, AVA, CUSTOMER_CARD, AdwBin)

void             ava_customer_card_set_desk     (AvaCustomerCard *self,
                                                 AvaContext      *context,
                                                 AvaClients      *clients);
void             ava_customer_card_set_customer (AvaCustomerCard *self,
                                                 AvaCustomer     *customer);
const char      *ava_customer_card_get_name     (AvaCustomerCard *self);
const char      *ava_customer_card_get_id       (AvaCustomerCard *self);
AvaCustomerForm *ava_customer_card_get_form     (AvaCustomerCard *self);

G_END_DECLS
