/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call.h"

G_DEFINE_FINAL_TYPE (AvaCall, ava_call, G_TYPE_OBJECT)

static void
ava_call_finalize (GObject *object)
{
  AvaCall *self = AVA_CALL (object);

  g_free (self->id);
  g_free (self->line);
  g_free (self->agent);
  g_free (self->phone);
  g_free (self->customer_id);
  g_free (self->customer_name);
  g_free (self->outcome);
  g_free (self->summary);
  g_free (self->recording);

  G_OBJECT_CLASS (ava_call_parent_class)->finalize (object);
}

static void
ava_call_class_init (AvaCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_call_finalize;
}

static void
ava_call_init (AvaCall *self)
{
}

/**
 * ava_call_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaCall *
ava_call_new (void)
{
  return g_object_new (AVA_TYPE_CALL, NULL);
}
