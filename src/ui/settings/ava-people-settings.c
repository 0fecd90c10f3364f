/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-settings-order.h"

#include <glib/gi18n.h>
#include <string.h>

/* Who works here, in which role, and who sits at this desk. An item is "person:<id>" or "role:<id>". */

static const char *const acts_ids[] = { "none", "front-desk", "provider", "manager", "medical-director", NULL };

static const struct { const char *right; const char *title; const char *subtitle; } rights[] = {
  { "override-safety", N_("Go on against a safety rule"), N_("With a reason, where the rule allows it to their rank") },
  { "book-anyway", N_("Book anyway"), N_("Give a provider two customers at a time, or book who is marked “do not book”, with a reason") },
  { "edit-settings", N_("Change settings"), NULL },
  { "approve-rules", N_("Approve safety rules"), N_("Put their name to them") },
  { "erase-customers", N_("Erase customers"), N_("When a customer asks for it") },
  { "merge-customers", N_("Merge and archive customers"), N_("Two records of one person, and those who left") },
  { "waive-fees", N_("Let a fee go"), N_("Of a late cancellation or a missed visit, with a reason") },
};

/* --- This desk -------------------------------------------------------------------------------- */

static void
on_person (GtkDropDown        *choice,
           GParamSpec         *pspec,
           AvaSettingsSection *section)
{
  GStrv ids = g_object_get_data (G_OBJECT (choice), "ids");
  guint at = gtk_drop_down_get_selected (choice);

  if (at < g_strv_length (ids))
    ava_staff_choose (ava_context_get_staff (ava_settings_section_get_context (section)), *ids[at] != '\0' ? ids[at] : NULL);
}

/* It is no setting of the spa: it counts at once, and only here. */
static void
add_desk (AvaSettingsSection *section)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("This Desk"), NULL);
  AvaContext *context = ava_settings_section_get_context (section);
  AvaSpa *spa = ava_context_get_spa (context);
  const AvaPerson *now = ava_staff_get_person (ava_context_get_staff (context));
  GtkWidget *row = ava_settings_make_note (_("Who works here now"), _("Every change is noted with their name, and their role decides what they may do"));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  GtkWidget *choice;
  guint selected = 0;

  g_strv_builder_add (ids, "");
  g_strv_builder_add (names, _("Nobody in particular"));
  for (guint i = 0; i < spa->people->len; i++) {
    AvaPerson *person = spa->people->pdata[i];

    selected = person == now ? i + 1 : selected;
    g_strv_builder_add (ids, person->id);
    g_strv_builder_add (names, person->name);
  }
  list = g_strv_builder_end (names);
  choice = gtk_drop_down_new_from_strings ((const char *const *) list);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Who works here now"), -1);
  g_object_set_data_full (G_OBJECT (choice), "ids", g_strv_builder_end (ids), (GDestroyNotify) g_strfreev);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_person), section, 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_preferences_group_add (group, row);
}

/* --- One person, one role --------------------------------------------------------------------- */

static void
on_remove (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  gboolean person = g_str_has_prefix (item, "person:");

  ava_settings_draft_remove (ava_settings_section_get_draft (section), person ? "people" : "roles", strchr (item, ':') + 1);
  ava_settings_section_open (section, NULL);
}

static void
add_removal (AvaSettingsSection *section,
             const char         *mnemonic)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  GtkWidget *button = ava_settings_make_button (mnemonic, G_CALLBACK (on_remove), section);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  adw_preferences_group_add (group, button);
}

static void
fill_person (AvaSettingsSection *section,
             const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  g_auto (GStrv) role_ids = NULL;
  g_auto (GStrv) role_names = NULL;
  g_auto (GStrv) provider_ids = NULL;
  g_auto (GStrv) provider_names = NULL;

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "people", id, "name" }, "name"));
  ava_settings_list_choices (draft, "roles", NULL, &role_ids, &role_names);
  adw_preferences_group_add (group, ava_settings_make_choice (section, _("Role"), &(AvaSettingsPlace) { "people", id, "role_id" },
                                                              (const char *const *) role_ids, (const char *const *) role_names, FALSE));
  ava_settings_list_choices (draft, "providers", _("Nobody"), &provider_ids, &provider_names);
  adw_preferences_group_add (group, ava_settings_make_choice (section, _("In the calendar they are"), &(AvaSettingsPlace) { "people", id, "provider_id" },
                                                              (const char *const *) provider_ids, (const char *const *) provider_names, FALSE));
  add_removal (section, _("_No Longer Here"));
}

static gboolean
is_held (AvaSettingsDraft *draft,
         const char       *role_id)
{
  g_autoptr (GPtrArray) people = ava_settings_order_list (draft, "people");

  for (guint i = 0; i < people->len; i++) {
    if (strcmp (ava_settings_get_text (people->pdata[i], "role_id"), role_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
fill_role (AvaSettingsSection *section,
           const char         *id)
{
  const char *const ranks[] = { _("Nobody"), _("The front desk"), _("A provider"), _("A manager"), _("The medical director"), NULL };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "roles", id, "name" }, "name"));
  adw_preferences_group_add (group, ava_settings_make_choice (section, _("For safety rules they count as"), &(AvaSettingsPlace) { "roles", id, "acts_as" },
                                                              acts_ids, ranks, FALSE));
  group = ava_settings_section_add_group (section, _("What They May Do"), _("Everybody may work in the calendar and with customers."));
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    adw_preferences_group_add (group, ava_settings_make_member (section, _(rights[i].title), rights[i].subtitle != NULL ? _(rights[i].subtitle) : NULL,
                                                                &(AvaSettingsPlace) { "roles", id, "rights" }, rights[i].right));
  if (!is_held (ava_settings_section_get_draft (section), id))
    add_removal (section, _("_Remove This Role"));
}

/* --- All of them ------------------------------------------------------------------------------ */

static void
open_row (AvaSettingsSection *section,
          const char         *prefix,
          const char         *id)
{
  g_autofree char *item = g_strconcat (prefix, id, NULL);

  ava_settings_section_open (section, item);
}

/* The first one is the owner: somebody must be able to change the settings. */
static void
on_add_person (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  g_autoptr (GPtrArray) people = ava_settings_order_list (draft, "people");
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_string_member (row, "role_id", people->len == 0 ? "role-owner" : "role-staff");
  json_object_set_int_member (row, "archived_us", 0);
  open_row (section, "person:", ava_settings_draft_add (draft, "people", row));
}

static void
on_add_role (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_string_member (row, "acts_as", "front-desk");
  json_object_set_array_member (row, "rights", json_array_new ());
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "roles")) + 1);
  json_object_set_int_member (row, "archived_us", 0);
  open_row (section, "role:", ava_settings_draft_add (draft, "roles", row));
}

static char *
describe_role (JsonObject *role)
{
  g_auto (GStrv) held = ava_settings_get_list (role, "rights");
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++) {
    if (g_strv_contains ((const char *const *) held, rights[i].right))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", _(rights[i].title));
  }
  if (words->len == 0)
    g_string_append (words, _("Calendar and customers only"));
  return g_string_free (words, FALSE);
}

static void
add_lists (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("People"), NULL);
  g_autoptr (GPtrArray) people = ava_settings_order_list (draft, "people");
  g_autoptr (GPtrArray) roles = ava_settings_order_list (draft, "roles");

  ava_settings_add_button (group, _("Add _Person"), G_CALLBACK (on_add_person), section);
  for (guint i = 0; i < people->len; i++) {
    const char *name = ava_settings_get_text (people->pdata[i], "name");
    JsonObject *role = ava_settings_draft_find (draft, "roles", ava_settings_get_text (people->pdata[i], "role_id"));
    g_autofree char *item = g_strconcat ("person:", ava_settings_get_text (people->pdata[i], "id"), NULL);

    adw_preferences_group_add (group, ava_settings_make_link (section, *name != '\0' ? name : _("New person"), ava_settings_get_text (role, "name"), item));
  }
  if (people->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("Nobody is set up: this desk may do everything but go on against a safety rule"), NULL));
  group = ava_settings_section_add_group (section, _("Roles"), NULL);
  ava_settings_add_button (group, _("Add R_ole"), G_CALLBACK (on_add_role), section);
  for (guint i = 0; i < roles->len; i++) {
    const char *name = ava_settings_get_text (roles->pdata[i], "name");
    g_autofree char *item = g_strconcat ("role:", ava_settings_get_text (roles->pdata[i], "id"), NULL);
    g_autofree char *subtitle = describe_role (roles->pdata[i]);

    adw_preferences_group_add (group, ava_settings_make_link (section, *name != '\0' ? name : _("New role"), subtitle, item));
  }
}

void
ava_people_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  gboolean person = item != NULL && g_str_has_prefix (item, "person:");

  if (item != NULL && ava_settings_section_keeps (section, person ? "people" : "roles", strchr (item, ':') + 1)) {
    if (person)
      fill_person (section, item + strlen ("person:"));
    else
      fill_role (section, item + strlen ("role:"));
  } else {
    add_desk (section);
    add_lists (section);
  }
}
