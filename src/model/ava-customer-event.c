/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-event.h"

G_DEFINE_FINAL_TYPE (AvaCustomerEvent, ava_customer_event, G_TYPE_OBJECT)

static void
ava_customer_event_finalize (GObject *object)
{
  AvaCustomerEvent *self = AVA_CUSTOMER_EVENT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->with);
  g_free (self->text);
  g_free (self->status);
  g_free (self->outcome);

  G_OBJECT_CLASS (ava_customer_event_parent_class)->finalize (object);
}

static void
ava_customer_event_class_init (AvaCustomerEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_customer_event_finalize;
}

static void
ava_customer_event_init (AvaCustomerEvent *self)
{
}

/**
 * ava_customer_event_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaCustomerEvent *
ava_customer_event_new (void)
{
  return g_object_new (AVA_TYPE_CUSTOMER_EVENT, NULL);
}
