/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerActions:
 *
 * Book, call and write, in a row. Calls, texts and e-mails are handed to the program of this computer that is there
 * for them; without one the number or address is copied, and words say so. What the customer refused is not done.
 */
#define AVA_TYPE_CUSTOMER_ACTIONS (ava_customer_actions_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerActions, ava_customer_actions, AVA, CUSTOMER_ACTIONS, AdwBin)

void ava_customer_actions_set_desk     (AvaCustomerActions *self,
                                        AvaContext         *context,
                                        AvaClients         *clients);
void ava_customer_actions_set_customer (AvaCustomerActions *self,
                                        AvaCustomer        *customer);

G_END_DECLS
