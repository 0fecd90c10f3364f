/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"
#include "ava-customer-card.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCustomersPage:
 *
 * All customers, searched by just typing, and the card of one. The list is the store's model: it
 * holds only the rows that are seen, however many customers there are.
 */
#define AVA_TYPE_CUSTOMERS_PAGE (ava_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomersPage, ava_customers_page, AVA, CUSTOMERS_PAGE, AdwBin)

AvaCustomersPage  *ava_customers_page_new           (AvaContext       *context);
void               ava_customers_page_focus_search  (AvaCustomersPage *self);
void               ava_customers_page_set_search    (AvaCustomersPage *self,
                                                     const char       *text);
void               ava_customers_page_show_customer (AvaCustomersPage *self,
                                                     const char       *customer_id);
GtkSelectionModel *ava_customers_page_get_selection (AvaCustomersPage *self);
AvaCustomerForm   *ava_customers_page_get_new_form  (AvaCustomersPage *self);
void               ava_customers_page_import        (AvaCustomersPage *self,
                                                     GFile            *file);
AvaCustomerCard   *ava_customers_page_get_card      (AvaCustomersPage *self);

G_END_DECLS
