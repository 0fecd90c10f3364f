/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-room.h"

G_DEFINE_FINAL_TYPE (AvaRoom, ava_room, G_TYPE_OBJECT)

static void
ava_room_finalize (GObject *object)
{
  AvaRoom *self = AVA_ROOM (object);

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->kinds);
  g_free (self->location_id);

  G_OBJECT_CLASS (ava_room_parent_class)->finalize (object);
}

static void
ava_room_class_init (AvaRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_room_finalize;
}

static void
ava_room_init (AvaRoom *self)
{
}

/**
 * ava_room_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaRoom *
ava_room_new (void)
{
  return g_object_new (AVA_TYPE_ROOM, NULL);
}
