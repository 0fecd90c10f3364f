/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer.h"

G_DEFINE_FINAL_TYPE (AvaCustomer, ava_customer, G_TYPE_OBJECT)

static void
ava_customer_finalize (GObject *object)
{
  AvaCustomer *self = AVA_CUSTOMER (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->born);
  g_free (self->allergies);
  g_free (self->medicines);
  g_free (self->contraindications);
  g_free (self->notes);
  g_free (self->household_id);
  g_strfreev (self->tags);
  g_free (self->provider_id);
  g_free (self->do_not_book);
  g_free (self->merged_into);
  g_free (self->screened_by);

  G_OBJECT_CLASS (ava_customer_parent_class)->finalize (object);
}

static void
ava_customer_class_init (AvaCustomerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_customer_finalize;
}

static void
ava_customer_init (AvaCustomer *self)
{
}

/**
 * ava_customer_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaCustomer *
ava_customer_new (void)
{
  return g_object_new (AVA_TYPE_CUSTOMER, NULL);
}
