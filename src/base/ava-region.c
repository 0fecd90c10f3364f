/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-region.h"

#include <string.h>

#define ZONES "/usr/share/zoneinfo/zone.tab"   /* of tzdata: region, place, zone, remark */
#define USUAL_REGION "US"

/* Zone -> region, both interned; read once. */
static GHashTable *
load_zones (void)
{
  GHashTable *zones = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (ZONES, &text, NULL, NULL))
    return zones;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 4);

    if (*lines[i] != '#' && g_strv_length (fields) >= 3)
      g_hash_table_insert (zones, (gpointer) g_intern_string (fields[2]), (gpointer) g_intern_string (fields[0]));
  }
  return zones;
}

/**
 * ava_region_of_zone:
 * @zone_name: (nullable): IANA, "America/New_York"
 *
 * Where a location lies tells how people there write phone numbers without a country code.
 *
 * Returns: (transfer none): ISO 3166 alpha-2; "US" for a zone that lies in no one region
 */
const char *
ava_region_of_zone (const char *zone_name)
{
  static gsize zones = 0;
  const char *region;

  if (g_once_init_enter (&zones))
    g_once_init_leave (&zones, (gsize) load_zones ());
  region = zone_name != NULL ? g_hash_table_lookup ((GHashTable *) zones, zone_name) : NULL;
  return region != NULL ? region : USUAL_REGION;
}
