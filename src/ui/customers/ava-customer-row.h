/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomerRow:
 *
 * One customer in the list: enough to tell two of one name apart, and a sign where care is needed.
 */
#define AVA_TYPE_CUSTOMER_ROW (ava_customer_row_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerRow, ava_customer_row, AVA, CUSTOMER_ROW, AdwBin)

GtkWidget *ava_customer_row_new  (void);
void       ava_customer_row_show (AvaCustomerRow *self,
                                  AvaCustomer    *customer,
                                  AvaContext     *context);

G_END_DECLS
