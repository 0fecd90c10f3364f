/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-location.h"

G_DEFINE_FINAL_TYPE (AvaLocation, ava_location, G_TYPE_OBJECT)

static void
ava_location_finalize (GObject *object)
{
  AvaLocation *self = AVA_LOCATION (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->spoken_name);
  g_free (self->zone_name);
  g_free (self->phone);
  g_free (self->address);
  g_free (self->directions);

  G_OBJECT_CLASS (ava_location_parent_class)->finalize (object);
}

static void
ava_location_class_init (AvaLocationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_location_finalize;
}

static void
ava_location_init (AvaLocation *self)
{
}

/**
 * ava_location_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaLocation *
ava_location_new (void)
{
  return g_object_new (AVA_TYPE_LOCATION, NULL);
}
