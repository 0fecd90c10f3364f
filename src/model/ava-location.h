/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaLocation:
 *
 * A place where the spa treats, with an address and a clock of its own.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_LOCATION (ava_location_get_type ())
G_DECLARE_FINAL_TYPE (AvaLocation, ava_location, AVA, LOCATION, GObject)

struct _AvaLocation {
  GObject parent_instance;

  char *id;
  char *name;
  char *spoken_name;
  char *zone_name;  /* IANA */
  char *phone;  /* E.164 */
  char *address;
  char *directions;  /* as Ava says them */
};

AvaLocation *ava_location_new (void);

G_END_DECLS
