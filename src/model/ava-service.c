/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-service.h"

G_DEFINE_FINAL_TYPE (AvaService, ava_service, G_TYPE_OBJECT)

static void
ava_service_finalize (GObject *object)
{
  AvaService *self = AVA_SERVICE (object);

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->spoken);
  g_free (self->category);
  g_free (self->description);
  g_free (self->prep);
  g_free (self->licence);
  g_free (self->room_kind);
  g_free (self->device_kind);

  G_OBJECT_CLASS (ava_service_parent_class)->finalize (object);
}

static void
ava_service_class_init (AvaServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_service_finalize;
}

static void
ava_service_init (AvaService *self)
{
}

/**
 * ava_service_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaService *
ava_service_new (void)
{
  return g_object_new (AVA_TYPE_SERVICE, NULL);
}
