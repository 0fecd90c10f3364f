/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-package.h"

G_DEFINE_FINAL_TYPE (AvaCustomerPackage, ava_customer_package, G_TYPE_OBJECT)

static void
ava_customer_package_finalize (GObject *object)
{
  AvaCustomerPackage *self = AVA_CUSTOMER_PACKAGE (object);

  g_free (self->id);
  g_free (self->customer_id);
  g_free (self->package_id);
  g_free (self->name);
  g_strfreev (self->service_ids);
  g_strfreev (self->used_ids);

  G_OBJECT_CLASS (ava_customer_package_parent_class)->finalize (object);
}

static void
ava_customer_package_class_init (AvaCustomerPackageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_customer_package_finalize;
}

static void
ava_customer_package_init (AvaCustomerPackage *self)
{
}

/**
 * ava_customer_package_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaCustomerPackage *
ava_customer_package_new (void)
{
  return g_object_new (AVA_TYPE_CUSTOMER_PACKAGE, NULL);
}
