/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What a treatment occupies: rooms and devices, what fits into them, and when they are out of use. */

/* --- Time out of use -------------------------------------------------------------------------- */

typedef struct {
  AvaSettingsDraft *draft;   /* owned */
  char *id;
  GTimeZone *zone;           /* of the room's location */
  GtkWidget *row;            /* borrowed, it owns this */
} Block;

static void
block_free (Block *self)
{
  ava_settings_draft_mark (self->draft, self, NULL);
  ava_settings_draft_mark (self->draft, &self->id, NULL);
  g_object_unref (self->draft);
  g_time_zone_unref (self->zone);
  g_free (self->id);
  g_free (self);
}

/* @format: nullable: as people read it */
static char *
print_time (gint64      time_us,
            GTimeZone  *zone,
            const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  return format != NULL ? g_date_time_format (there, format) : ava_time_of_day_print_date (there, _("%a %-d %b"));
}

static void
describe_block (Block *self)
{
  JsonObject *row = ava_settings_draft_find (self->draft, "blocks", self->id);
  g_autofree char *from = print_time (ava_settings_get_int (row, "start_us"), self->zone, NULL);
  g_autofree char *to = print_time (ava_settings_get_int (row, "end_us"), self->zone, NULL);
  g_autofree char *title = g_strdup_printf ("%s – %s", from, to);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), ava_settings_get_text (row, "reason"));
}

static gboolean
read_time (const char *text,
           GTimeZone  *zone,
           gint64     *time_us)
{
  int year, month, day, hour, minute;
  int n = 0;
  g_autoptr (GDateTime) time = NULL;

  if (sscanf (text, " %4d-%2d-%2d %2d:%2d %n", &year, &month, &day, &hour, &minute, &n) != 5 || text[n] != '\0')
    return FALSE;
  time = g_date_time_new (zone, year, month, day, hour, minute, 0);
  if (time != NULL)
    *time_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return time != NULL;
}

static void
take_time (Block         *self,
           GtkEditable   *entry,
           const char    *column,
           gconstpointer  key)
{
  gint64 time_us = 0;
  gboolean fine = read_time (gtk_editable_get_text (entry), self->zone, &time_us);

  if (fine)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  ava_settings_draft_mark (self->draft, key, fine ? NULL : _("The time out of use must be like 2026-12-01 9:00."));
  if (fine)
    ava_settings_draft_set_int (self->draft, "blocks", self->id, column, time_us);
  describe_block (self);
}

static void
on_from (GtkEditable *entry,
         Block       *self)
{
  take_time (self, entry, "start_us", self);
}

static void
on_to (GtkEditable *entry,
       Block       *self)
{
  take_time (self, entry, "end_us", &self->id);
}

static void
on_reason (GtkEditable *entry,
           Block       *self)
{
  ava_settings_draft_set_text (self->draft, "blocks", self->id, "reason", gtk_editable_get_text (entry));
  describe_block (self);
}

static void
on_remove_block (GtkWidget *button,
                 Block     *self)
{
  AvaSettingsSection *section = AVA_SETTINGS_SECTION (gtk_widget_get_ancestor (button, AVA_TYPE_SETTINGS_SECTION));

  ava_settings_draft_remove (self->draft, "blocks", self->id);
  ava_settings_section_rebuild (section);
}

static void
add_entry (Block      *self,
           const char *title,
           const char *text,
           GCallback   changed)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect (entry, "changed", changed, self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), entry);
}

static GTimeZone *
find_zone (AvaSettingsSection *section,
           const char         *location_id)
{
  JsonObject *location = ava_settings_draft_find (ava_settings_section_get_draft (section), "locations", location_id);
  GTimeZone *zone = location != NULL ? g_time_zone_new_identifier (ava_settings_get_text (location, "zone")) : NULL;

  return zone != NULL ? zone : g_time_zone_ref (ava_context_get_spa (ava_settings_section_get_context (section))->zone);
}

static GtkWidget *
make_block (AvaSettingsSection *section,
            JsonObject         *row,
            const char         *location_id)
{
  Block *self = g_new0 (Block, 1);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  self->draft = g_object_ref (ava_settings_section_get_draft (section));
  self->id = g_strdup (ava_settings_get_text (row, "id"));
  self->zone = find_zone (section, location_id);
  self->row = adw_expander_row_new ();
  g_object_set_data_full (G_OBJECT (self->row), "block", self, (GDestroyNotify) block_free);
  from = print_time (ava_settings_get_int (row, "start_us"), self->zone, "%Y-%m-%d %H:%M");
  to = print_time (ava_settings_get_int (row, "end_us"), self->zone, "%Y-%m-%d %H:%M");
  add_entry (self, _("From, as in 2026-12-01 9:00"), from, G_CALLBACK (on_from));
  add_entry (self, _("Until"), to, G_CALLBACK (on_to));
  add_entry (self, _("Reason"), ava_settings_get_text (row, "reason"), G_CALLBACK (on_reason));
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove this time out of use"), -1);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_block), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self->row), remove);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  describe_block (self);
  return self->row;
}

/* Tomorrow from nine to noon, to be changed. */
static void
on_add_block (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = ava_settings_section_get_item (section);
  g_autoptr (GTimeZone) zone = find_zone (section, ava_settings_get_text (ava_settings_draft_find (draft, "rooms", id), "location_id"));
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (ava_settings_section_get_context (section)));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (there, 1);
  g_autoptr (GDateTime) nine = g_date_time_new (zone, g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                                                g_date_time_get_day_of_month (tomorrow), 9, 0, 0);
  gint64 from_us = g_date_time_to_unix (nine) * G_USEC_PER_SEC;
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "room_id", id);
  json_object_set_int_member (row, "start_us", from_us);
  json_object_set_int_member (row, "end_us", from_us + 180 * AVA_USEC_PER_MIN);
  json_object_set_int_member (row, "created_us", now_us);
  json_object_set_string_member (row, "reason", _("Maintenance"));
  ava_settings_draft_add (draft, "blocks", row);
  ava_settings_section_rebuild (section);
}

static void
add_blocks (AvaSettingsSection *section,
            JsonObject         *room)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Out of Use"), _("For maintenance. Bookings in it are listed before you save."));
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "blocks");
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (ava_settings_section_get_context (section)));
  guint n = 0;

  ava_settings_add_button (group, _("_Add Time"), G_CALLBACK (on_add_block), section);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (strcmp (ava_settings_get_text (row, "room_id"), ava_settings_get_text (room, "id")) != 0 || ava_settings_get_int (row, "end_us") <= now_us)
      continue;
    adw_preferences_group_add (group, make_block (section, row, ava_settings_get_text (room, "location_id")));
    n++;
  }
  if (n == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("No time out of use is planned"), NULL));
}

/* --- One room or device ----------------------------------------------------------------------- */

static gboolean
fits (JsonObject *room,
      JsonObject *service)
{
  g_auto (GStrv) kinds = ava_settings_get_list (room, "kinds");
  gboolean device = ava_settings_get_int (room, "is_device") != 0;
  const char *kind = ava_settings_get_text (service, device ? "device_kind" : "room_kind");

  if (*kind == '\0')
    return !device;
  return g_strv_contains ((const char *const *) kinds, kind);
}

static char *
list_fitting (AvaSettingsDraft *draft,
              JsonObject       *room)
{
  JsonArray *services = ava_settings_draft_list (draft, "services");
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (services); i++) {
    JsonObject *service = json_array_get_object_element (services, i);

    if (ava_settings_get_int (service, "archived_us") == 0 && fits (room, service))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", ava_settings_get_text (service, "name"));
  }
  if (words->len == 0)
    g_string_append (words, _("No service of the catalogue"));
  return g_string_free (words, FALSE);
}

/* Follows what is typed into the kinds. */
static void
show_fitting (AdwActionRow     *row,
              AvaSettingsDraft *draft)
{
  JsonObject *room = ava_settings_draft_find (draft, "rooms", g_object_get_data (G_OBJECT (row), "room"));
  g_autofree char *words = room != NULL ? list_fitting (draft, room) : g_strdup ("");

  adw_action_row_set_subtitle (row, words);
}

static void
fill_room (AvaSettingsSection *section,
           const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  JsonObject *room = ava_settings_draft_find (draft, "rooms", id);
  GtkWidget *fitting = ava_settings_make_note (_("Fits"), NULL);
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) names = NULL;

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "rooms", id, "name" }, "name"));
  adw_preferences_group_add (group, ava_settings_make_list (section, _("Kinds, by commas, as in treatment, laser"), &(AvaSettingsPlace) { "rooms", id, "kinds" }));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("Capacity"), _("Treatments at the same time"),
                                                              &(AvaSettingsPlace) { "rooms", id, "capacity" }, 1, 100, 1));
  ava_settings_list_choices (draft, "locations", NULL, &ids, &names);
  if (g_strv_length (ids) > 1)
    adw_preferences_group_add (group, ava_settings_make_choice (section, _("Location"), &(AvaSettingsPlace) { "rooms", id, "location_id" },
                                                                (const char *const *) ids, (const char *const *) names, FALSE));
  g_object_set_data_full (G_OBJECT (fitting), "room", g_strdup (id), g_free);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (fitting), 0);
  g_signal_connect_object (draft, "edited", G_CALLBACK (show_fitting), fitting, G_CONNECT_SWAPPED);
  show_fitting (ADW_ACTION_ROW (fitting), draft);
  adw_preferences_group_add (group, fitting);
  add_blocks (section, room);
  ava_settings_add_removal (section, _("_Take Out of Use for Good"), "rooms");
}

/* --- All of them ------------------------------------------------------------------------------ */

static void
add (AvaSettingsSection *section,
     gboolean            device)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_array_member (row, "kinds", json_array_new ());
  json_object_set_int_member (row, "capacity", 1);
  json_object_set_int_member (row, "is_device", device);
  json_object_set_string_member (row, "location_id", ava_context_get_spa (ava_settings_section_get_context (section))->location_id);
  ava_settings_section_open (section, ava_settings_draft_add (draft, "rooms", row));
}

static void
on_add_room (AvaSettingsSection *section)
{
  add (section, FALSE);
}

static void
on_add_device (AvaSettingsSection *section)
{
  add (section, TRUE);
}

static void
add_list (AvaSettingsSection  *section,
          AdwPreferencesGroup *group,
          gboolean             devices)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonArray *rows = ava_settings_draft_list (draft, "rooms");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *name = ava_settings_get_text (row, "name");
    g_autofree char *subtitle = NULL;

    if (ava_settings_get_int (row, "archived_us") != 0 || (ava_settings_get_int (row, "is_device") != 0) != devices)
      continue;
    subtitle = list_fitting (draft, row);
    adw_preferences_group_add (group, ava_settings_make_link (section, *name != '\0' ? name : devices ? _("New device") : _("New room"), subtitle,
                                                              ava_settings_get_text (row, "id")));
    n++;
  }
  if (n == 0)
    adw_preferences_group_add (group, ava_settings_make_note (devices ? _("No devices yet") : _("No rooms yet"), NULL));
}

void
ava_rooms_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  AdwPreferencesGroup *group;

  if (item != NULL && ava_settings_section_keeps (section, "rooms", item)) {
    fill_room (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Rooms"), NULL);
  ava_settings_add_button (group, _("Add _Room"), G_CALLBACK (on_add_room), section);
  add_list (section, group, FALSE);
  group = ava_settings_section_add_group (section, _("Devices"), _("What a treatment needs beside a room: a laser that is rolled from one to the other."));
  ava_settings_add_button (group, _("Add _Device"), G_CALLBACK (on_add_device), section);
  add_list (section, group, TRUE);
}
