/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaPackageList:
 *
 * What a customer has paid ahead: packages with what is left of them and until when, deposits that are held,
 * applied or given back; and the sale of a package, of the catalogue or as it was agreed on. Follows the book.
 * It notes what was paid and moves no money.
 */
#define AVA_TYPE_PACKAGE_LIST (ava_package_list_get_type ())
G_DECLARE_FINAL_TYPE (AvaPackageList, ava_package_list, AVA, PACKAGE_LIST, AdwBin)

void  ava_package_list_set_desk     (AvaPackageList *self,
                                     AvaContext     *context,
                                     AvaClients     *clients);
void  ava_package_list_set_customer (AvaPackageList *self,
                                     const char     *customer_id);
/* Everything that it tells, a line each. */
char *ava_package_list_to_words     (AvaPackageList *self);
/* Sells what is filled in. */
void  ava_package_list_sell         (AvaPackageList *self);

G_END_DECLS
