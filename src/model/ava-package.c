/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-package.h"

G_DEFINE_FINAL_TYPE (AvaPackage, ava_package, G_TYPE_OBJECT)

static void
ava_package_finalize (GObject *object)
{
  AvaPackage *self = AVA_PACKAGE (object);

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->service_ids);

  G_OBJECT_CLASS (ava_package_parent_class)->finalize (object);
}

static void
ava_package_class_init (AvaPackageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_package_finalize;
}

static void
ava_package_init (AvaPackage *self)
{
}

/**
 * ava_package_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaPackage *
ava_package_new (void)
{
  return g_object_new (AVA_TYPE_PACKAGE, NULL);
}
