/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-hours-editor.h"
#include "ava-settings-fields.h"
#include "ava-settings-order.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Who treats: what they do, under which licences, and when. */

#define WARN_DAYS 60   /* before a licence runs out */

/* --- Licences --------------------------------------------------------------------------------- */

static gboolean
read_day (const char *text,
          GDate      *date)
{
  int year;
  int month;
  int day;
  int n = 0;

  g_date_clear (date, 1);
  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || text[n] != '\0' || n != 10 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

static int
count_days_left (AvaSettingsSection *section,
                 const char         *last)
{
  AvaContext *context = ava_settings_section_get_context (section);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ava_clock_now_us (ava_context_get_clock (context)) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, ava_context_get_spa (context)->zone);
  GDate today;
  GDate end;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (here), g_date_time_get_month (here), g_date_time_get_year (here));
  return read_day (last, &end) ? g_date_days_between (&today, &end) : G_MAXINT;
}

/* "" when there is nothing to warn of. */
static char *
warn (AvaSettingsSection *section,
      const char         *licence,
      const char         *last)
{
  int days = count_days_left (section, last);

  if (days > WARN_DAYS)
    return g_strdup ("");
  if (days < 0)
    return g_strdup_printf (_("The licence “%s” has run out"), licence);
  return g_strdup_printf (ngettext ("The licence “%s” runs out in %d day", "The licence “%s” runs out in %d days", days), licence, days);
}

static GStrv
get_expiries (JsonObject *row,
              guint       count)
{
  g_auto (GStrv) old = ava_settings_get_list (row, "licence_expiry");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < count; i++)
    g_strv_builder_add (builder, i < g_strv_length (old) ? old[i] : "");
  return g_strv_builder_end (builder);
}

static void
on_expiry (GtkEditable        *entry,
           AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = ava_settings_section_get_item (section);
  const char *text = gtk_editable_get_text (entry);
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "at"));
  JsonObject *row = ava_settings_draft_find (draft, "providers", id);
  g_auto (GStrv) licences = ava_settings_get_list (row, "licences");
  g_auto (GStrv) days = get_expiries (row, g_strv_length (licences));
  GDate date;
  gboolean fine = *text == '\0' || read_day (text, &date);

  if (fine)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  ava_settings_draft_mark (draft, entry, fine ? NULL : _("The last day of a licence must be like 2027-06-30, or empty."));
  if (!fine || at >= g_strv_length (days))
    return;
  g_free (days[at]);
  days[at] = g_strdup (text);
  ava_settings_draft_set_list (draft, "providers", id, "licence_expiry", days);
}

static void
on_entry_gone (GtkWidget        *entry,
               AvaSettingsDraft *draft)
{
  ava_settings_draft_mark (draft, entry, NULL);
}

static void
on_drop_licence (AvaSettingsSection *section,
                 GtkWidget          *button)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = ava_settings_section_get_item (section);
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "at"));
  JsonObject *row = ava_settings_draft_find (draft, "providers", id);
  g_auto (GStrv) licences = ava_settings_get_list (row, "licences");
  g_auto (GStrv) days = get_expiries (row, g_strv_length (licences));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) ends = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;
  g_auto (GStrv) kept_days = NULL;

  for (guint i = 0; licences[i] != NULL; i++) {
    if (i == at)
      continue;
    g_strv_builder_add (names, licences[i]);
    g_strv_builder_add (ends, days[i]);
  }
  kept = g_strv_builder_end (names);
  kept_days = g_strv_builder_end (ends);
  ava_settings_draft_set_list (draft, "providers", id, "licences", kept);
  ava_settings_draft_set_list (draft, "providers", id, "licence_expiry", kept_days);
  ava_settings_section_rebuild (section);
}

static void
on_new_licence (AvaSettingsSection *section,
                GtkEditable        *entry)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = ava_settings_section_get_item (section);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  JsonObject *row = ava_settings_draft_find (draft, "providers", id);
  g_auto (GStrv) licences = ava_settings_get_list (row, "licences");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_auto (GStrv) days = NULL;

  if (*name == '\0' || g_strv_contains ((const char *const *) licences, name))
    return;
  g_strv_builder_addv (builder, (const char **) licences);
  g_strv_builder_add (builder, name);
  all = g_strv_builder_end (builder);
  days = get_expiries (row, g_strv_length (all));
  ava_settings_draft_set_list (draft, "providers", id, "licences", all);
  ava_settings_draft_set_list (draft, "providers", id, "licence_expiry", days);
  ava_settings_section_rebuild (section);
}

static GtkWidget *
make_licence (AvaSettingsSection *section,
              const char         *name,
              const char         *last,
              guint               at)
{
  GtkWidget *entry = adw_entry_row_new ();
  GtkWidget *drop = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = g_strdup_printf (_("%s: last day, as in 2027-06-30"), name);
  g_autofree char *label = g_strdup_printf (_("Remove the licence %s"), name);
  g_autofree char *warning = warn (section, name, last);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), last);
  g_object_set_data (G_OBJECT (entry), "at", GUINT_TO_POINTER (at));
  g_signal_connect (entry, "changed", G_CALLBACK (on_expiry), section);
  g_signal_connect_object (entry, "destroy", G_CALLBACK (on_entry_gone), ava_settings_section_get_draft (section), 0);
  if (*warning != '\0') {
    GtkWidget *icon = gtk_image_new_from_icon_name ("ava-warning-symbolic");

    gtk_widget_set_tooltip_text (icon, warning);
    gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, warning, -1);
    gtk_widget_add_css_class (icon, "warning");
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), icon);
  }
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drop, "flat");
  gtk_widget_set_tooltip_text (drop, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (drop), "at", GUINT_TO_POINTER (at));
  g_signal_connect_object (drop, "clicked", G_CALLBACK (on_drop_licence), section, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), drop);
  return entry;
}

static void
add_licences (AvaSettingsSection *section,
              JsonObject         *row)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Licences"), _("What a provider may do, and until when. After its last day Ava "
                                                                                         "and the desk cannot book what needs it."));
  g_auto (GStrv) licences = ava_settings_get_list (row, "licences");
  g_auto (GStrv) days = get_expiries (row, g_strv_length (licences));
  GtkWidget *entry = adw_entry_row_new ();

  for (guint i = 0; licences[i] != NULL; i++)
    adw_preferences_group_add (group, make_licence (section, licences[i], days[i], i));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Another licence, as in “laser”"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  g_signal_connect_object (entry, "apply", G_CALLBACK (on_new_licence), section, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, entry);
}

/* --- One provider ----------------------------------------------------------------------------- */

static void
fill_provider (AvaSettingsSection *section,
               const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonArray *services = ava_settings_draft_list (draft, "services");
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "providers", id, "name" }, "spoken"));
  adw_preferences_group_add (group, ava_settings_make_list (section, _("Ways callers say it, by commas"), &(AvaSettingsPlace) { "providers", id, "spoken" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Title"), &(AvaSettingsPlace) { "providers", id, "title" }));
  adw_preferences_group_add (group, ava_settings_make_list (section, _("Specialties, by commas"), &(AvaSettingsPlace) { "providers", id, "specialties" }));
  adw_preferences_group_add (group, ava_settings_make_colour (section, id));
  add_licences (section, ava_settings_draft_find (draft, "providers", id));
  ava_hours_editor_add_weeks (section, id);
  ava_hours_editor_add_days (section, id, NULL, _("Leave"),
                             _("Leave is never refused. Bookings in it are listed below before you save: call these customers and move them."));
  group = ava_settings_section_add_group (section, _("Does These Services"), NULL);
  for (guint i = 0; i < json_array_get_length (services); i++) {
    JsonObject *service = json_array_get_object_element (services, i);
    const char *licence = ava_settings_get_text (service, "licence");
    g_autofree char *subtitle = *licence != '\0' ? g_strdup_printf (_("Needs the licence “%s”"), licence) : NULL;

    if (ava_settings_get_int (service, "archived_us") == 0)
      adw_preferences_group_add (group, ava_settings_make_member (section, ava_settings_get_text (service, "name"), subtitle,
                                                                  &(AvaSettingsPlace) { "providers", id, "service_ids" },
                                                                  ava_settings_get_text (service, "id")));
  }
  ava_settings_add_removal (section, _("_No Longer Here"), "providers");
}

static void
on_add (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_array_member (row, "spoken", json_array_new ());
  json_object_set_array_member (row, "licences", json_array_new ());
  json_object_set_array_member (row, "service_ids", json_array_new ());
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "providers")) + 1);
  json_object_set_string_member (row, "colour", ava_settings_pick_colour (json_array_get_length (ava_settings_draft_list (draft, "providers"))));
  ava_settings_section_open (section, ava_settings_draft_add (draft, "providers", row));
}

static char *
describe (AvaSettingsSection *section,
          JsonObject         *row)
{
  g_auto (GStrv) licences = ava_settings_get_list (row, "licences");
  g_auto (GStrv) days = get_expiries (row, g_strv_length (licences));
  GString *words = g_string_new (ava_settings_get_text (row, "title"));

  for (guint i = 0; licences[i] != NULL; i++) {
    g_autofree char *warning = warn (section, licences[i], days[i]);

    if (*warning != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? ". " : "", warning);
  }
  return g_string_free (words, FALSE);
}

void
ava_providers_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  AdwPreferencesGroup *group;
  g_autoptr (GPtrArray) rows = NULL;

  if (item != NULL && ava_settings_section_keeps (section, "providers", item)) {
    fill_provider (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Providers"), _("In the order of the calendar's columns. Drag a row, or move it with Alt and the "
                                                                     "arrow keys."));
  ava_settings_add_button (group, _("_Add Provider"), G_CALLBACK (on_add), section);
  rows = ava_settings_order_list (ava_settings_section_get_draft (section), "providers");
  for (guint i = 0; i < rows->len; i++) {
    const char *name = ava_settings_get_text (rows->pdata[i], "name");
    g_autofree char *subtitle = describe (section, rows->pdata[i]);
    GtkWidget *row = ava_settings_make_link (section, *name != '\0' ? name : _("New provider"), subtitle, ava_settings_get_text (rows->pdata[i], "id"));

    ava_settings_order_make_movable (row, section, "providers", i + 1, rows->len);
    adw_preferences_group_add (group, row);
  }
}
