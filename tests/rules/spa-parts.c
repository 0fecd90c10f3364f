/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spa-parts.h"

void
add_provider (AvaSpa     *spa,
              const char *id,
              const char *name,
              const char *licences,
              const char *services)
{
  AvaProvider *provider = ava_provider_new ();

  provider->id = g_strdup (id);
  provider->name = g_strdup (name);
  provider->licences = g_strsplit (licences, " ", -1);
  provider->service_ids = g_strsplit (services, " ", -1);
  g_ptr_array_add (spa->providers, provider);
}

AvaRoom *
add_room (AvaSpa     *spa,
          const char *id,
          const char *kinds,
          guint       capacity)
{
  AvaRoom *room = ava_room_new ();

  room->id = g_strdup (id);
  room->name = g_strdup (id);
  room->kinds = g_strsplit (kinds, " ", -1);
  room->capacity = capacity;
  room->is_device = *id == 'd';
  g_ptr_array_add (room->is_device ? spa->devices : spa->rooms, room);
  return room;
}
