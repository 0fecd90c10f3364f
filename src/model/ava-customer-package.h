/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaCustomerPackage:
 *
 * A package that a customer has bought, with what was used of it.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_CUSTOMER_PACKAGE (ava_customer_package_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerPackage, ava_customer_package, AVA, CUSTOMER_PACKAGE, GObject)

struct _AvaCustomerPackage {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *customer_id;
  char *package_id;
  char *name;  /* as it was sold */
  GStrv service_ids;  /* as it was sold: one entry for each visit */
  GStrv used_ids;  /* service of each visit that was used */
  gint64 price_cents;
  gint64 sold_us;  /* [us] UTC */
  gint64 expires_us;  /* [us] UTC, exclusive; 0: never */
};

AvaCustomerPackage *ava_customer_package_new (void);

G_END_DECLS
