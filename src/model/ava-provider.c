/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-provider.h"

G_DEFINE_FINAL_TYPE (AvaProvider, ava_provider, G_TYPE_OBJECT)

static void
ava_provider_finalize (GObject *object)
{
  AvaProvider *self = AVA_PROVIDER (object);

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->spoken);
  g_free (self->title);
  g_free (self->colour);
  g_strfreev (self->licences);
  g_strfreev (self->service_ids);

  G_OBJECT_CLASS (ava_provider_parent_class)->finalize (object);
}

static void
ava_provider_class_init (AvaProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_provider_finalize;
}

static void
ava_provider_init (AvaProvider *self)
{
}

/**
 * ava_provider_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaProvider *
ava_provider_new (void)
{
  return g_object_new (AVA_TYPE_PROVIDER, NULL);
}
