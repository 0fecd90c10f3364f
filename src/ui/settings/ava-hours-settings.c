/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-hours-editor.h"
#include "ava-hours-rows.h"
#include "ava-settings-fields.h"

#include <glib/gi18n.h>
#include <string.h>

/* When the spa is open and who works when. An item is "location:<id>" or "provider:<id>". */

/* Adds up one week of one owner at one location; bits of @days: the weekdays. */
static guint
add_week (AvaSettingsDraft *draft,
          const char       *owner_id,
          const char       *location_id,
          guint            *days)
{
  guint minutes = 0;

  for (int weekday = 1; weekday <= 7; weekday++) {
    AvaSpan spans[AVA_SPA_MAX_SPANS];
    guint count = ava_hours_rows_read (draft, owner_id, location_id, weekday, spans);

    *days |= count > 0 ? 1u << weekday : 0;
    for (guint i = 0; i < count; i++)
      minutes += spans[i].close_min - spans[i].open_min;
  }
  return minutes;
}

/* Of a location, or of a provider wherever they work. */
static char *
describe_week (AvaSettingsDraft *draft,
               const char       *owner_id,
               const char       *location_id)
{
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) names = NULL;
  guint minutes = 0;
  guint weekdays = 0;
  guint days;

  ava_settings_list_choices (draft, "locations", NULL, &ids, &names);
  if (owner_id == NULL || ids[0] == NULL)
    minutes = add_week (draft, owner_id, location_id, &weekdays);
  for (guint i = 0; owner_id != NULL && ids[i] != NULL; i++)
    minutes += add_week (draft, owner_id, ids[i], &weekdays);
  days = __builtin_popcount (weekdays);
  if (days == 0)
    return g_strdup (owner_id != NULL ? _("No hours yet: Ava offers nothing with them") : _("Never open yet"));
  return g_strdup_printf (ngettext ("%u day a week, %g hours", "%u days a week, %g hours", days), days, minutes / 60.0);
}

static void
fill_location (AvaSettingsSection *section,
               const char         *location_id)
{
  ava_hours_editor_add_week (section, NULL, location_id, _("Opening Hours"),
                             _("Drag to paint open hours, with Shift a break. On a block the arrows move it, with Shift or Ctrl its end or "
                               "start; B makes a break, Delete closes."));
  ava_hours_editor_add_days (section, NULL, location_id, _("Holidays and Other Days"), NULL);
}

static void
fill_provider (AvaSettingsSection *section,
               const char         *provider_id)
{
  ava_hours_editor_add_weeks (section, provider_id);
  ava_hours_editor_add_days (section, provider_id, NULL, _("Leave"),
                             _("Leave is never refused. Bookings in it are listed below before you save, so that you can call these customers."));
}

/* "location:<id>" or "provider:<id>". Returns: whether it is there still */
static gboolean
fill_item (AvaSettingsSection *section,
           const char         *item)
{
  gboolean location = g_str_has_prefix (item, "location:");
  const char *table = location ? "locations" : "providers";
  const char *id = strchr (item, ':') + 1;

  if (!ava_settings_section_keeps (section, table, id))
    return FALSE;
  if (location)
    fill_location (section, id);
  else
    fill_provider (section, id);
  ava_settings_section_set_title (section, ava_settings_get_text (ava_settings_draft_find (ava_settings_section_get_draft (section), table, id), "name"));
  return TRUE;
}

static guint
add_links (AvaSettingsSection  *section,
           AdwPreferencesGroup *group,
           const char          *table,
           const char          *prefix)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonArray *rows = ava_settings_draft_list (draft, table);
  gboolean providers = strcmp (table, "providers") == 0;
  guint added = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *id = ava_settings_get_text (row, "id");
    g_autofree char *item = g_strconcat (prefix, id, NULL);
    g_autofree char *subtitle = describe_week (draft, providers ? id : NULL, providers ? NULL : id);

    if (ava_settings_get_int (row, "archived_us") != 0)
      continue;
    adw_preferences_group_add (group, ava_settings_make_link (section, ava_settings_get_text (row, "name"), subtitle, item));
    added++;
  }
  return added;
}

static guint
count_locations (AvaSettingsDraft *draft)
{
  JsonArray *rows = ava_settings_draft_list (draft, "locations");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    n += ava_settings_get_int (json_array_get_object_element (rows, i), "archived_us") == 0;
  return n;
}

void
ava_hours_settings_fill (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *item = ava_settings_section_get_item (section);
  AdwPreferencesGroup *group;

  if (item != NULL && fill_item (section, item))
    return;
  if (count_locations (draft) > 1) {
    group = ava_settings_section_add_group (section, _("Locations"), NULL);
    add_links (section, group, "locations", "location:");
  } else {
    fill_location (section, NULL);
  }
  group = ava_settings_section_add_group (section, _("Hours of Providers"), NULL);
  if (add_links (section, group, "providers", "provider:") == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("There are no providers yet"), NULL));
}
