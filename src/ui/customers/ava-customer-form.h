/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerForm:
 *
 * What is known of a customer, each field written where it stands: Enter, or leaving the field, saves it.
 * With no customer it is the form for a new one.
 *
 * Signals: "saved" (AvaCustomer), "cancelled"
 */
#define AVA_TYPE_CUSTOMER_FORM (ava_customer_form_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerForm, ava_customer_form, AVA, CUSTOMER_FORM, AdwBin)

void ava_customer_form_set_desk     (AvaCustomerForm *self,
                                     AvaContext      *context,
                                     AvaClients      *clients);
void ava_customer_form_set_customer (AvaCustomerForm *self,
                                     AvaCustomer     *customer);
void ava_customer_form_set_field    (AvaCustomerForm *self,
                                     const char      *field,
                                     const char      *text);
void ava_customer_form_add          (AvaCustomerForm *self);

G_END_DECLS
