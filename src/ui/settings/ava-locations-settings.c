/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>

/* Where the spa treats: each place has an address, a telephone and a clock of its own. */

static void
on_add (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AvaSpa *spa = ava_context_get_spa (ava_settings_section_get_context (section));
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_string_member (row, "spoken_name", "");
  json_object_set_string_member (row, "zone", spa->zone_name);
  json_object_set_string_member (row, "currency", spa->currency);
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "locations")) + 1);
  json_object_set_int_member (row, "archived_us", 0);
  ava_settings_section_open (section, ava_settings_draft_add (draft, "locations", row));
}

static void
fill_location (AvaSettingsSection *section,
               const char         *id)
{
  static const struct { const char *column; const char *title; } fields[] = {
    { "spoken_name", N_("Name as Ava says it") }, { "zone", N_("Time zone, as in America/Chicago") }, { "phone", N_("Telephone") },
    { "address", N_("Address") }, { "directions", N_("Directions as Ava says them") },
  };
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "locations");
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  guint live = 0;

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "locations", id, "name" }, "spoken_name"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    adw_preferences_group_add (group, ava_settings_make_text (section, _(fields[i].title),
                                                              &(AvaSettingsPlace) { "locations", id, fields[i].column }));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    live += ava_settings_get_int (json_array_get_object_element (rows, i), "archived_us") == 0;
  if (live > 1)
    ava_settings_add_removal (section, _("_Close This Location"), "locations");
}

static char *
describe (AvaSettingsSection *section,
          JsonObject         *row)
{
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (ava_settings_section_get_context (section)));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ava_settings_get_text (row, "zone"));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *time = there != NULL ? ava_time_of_day_print (there) : NULL;
  const char *address = ava_settings_get_text (row, "address");

  if (time == NULL)
    return g_strdup (_("The time zone is not known"));
  /* Translators: an address, and the time there. */
  return *address != '\0' ? g_strdup_printf (_("%s. It is %s there now"), address, time) : g_strdup_printf (_("It is %s there now"), time);
}

void
ava_locations_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "locations");
  AdwPreferencesGroup *group;

  if (item != NULL && ava_settings_section_keeps (section, "locations", item)) {
    fill_location (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Locations"), _("Each has its own clock, hours, rooms and devices. The first one is where Ava "
                                                                     "answers for."));
  ava_settings_add_button (group, _("_Add Location"), G_CALLBACK (on_add), section);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *name = ava_settings_get_text (row, "name");
    g_autofree char *subtitle = describe (section, row);

    if (ava_settings_get_int (row, "archived_us") == 0)
      adw_preferences_group_add (group, ava_settings_make_link (section, *name != '\0' ? name : _("New location"), subtitle,
                                                                ava_settings_get_text (row, "id")));
  }
}
