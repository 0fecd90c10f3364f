/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaRoom:
 *
 * A room or a device that a treatment occupies.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_ROOM (ava_room_get_type ())
G_DECLARE_FINAL_TYPE (AvaRoom, ava_room, AVA, ROOM, GObject)

struct _AvaRoom {
  GObject parent_instance;

  char *id;
  char *name;
  GStrv kinds;
  guint capacity;  /* treatments at the same time; a group session is one */
  char *location_id;  /* NULL: the first location */
  gboolean is_device;
  gboolean archived;
};

AvaRoom *ava_room_new (void);

G_END_DECLS
