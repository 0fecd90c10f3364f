/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-settings-order.h"

#include <glib/gi18n.h>
#include <string.h>

/* The catalogue. Its order is what Ava offers first; a service is offered once nothing is missing. */

static const char *const copied[] = {
  "category", "price_cents", "pre_min", "active_min", "processing_min", "post_min", "licence", "room_kind", "device_kind",
  "group_size", "deposit_cents", "cancel_hours", "cancel_fee_cents", "no_show_fee_cents", "consult_first", "consult_valid_days", "next_visit_days", "prep",
};

/* --- What is missing -------------------------------------------------------------------------- */

/* The spa as it would be, when that is known. */
static AvaSpa *
get_spa (AvaSettingsDraft *draft)
{
  AvaImpact *impact = ava_settings_draft_get_impact (draft);

  return impact != NULL ? impact->spa : ava_context_get_spa (ava_settings_draft_get_context (draft));
}

static void
show_missing (AdwActionRow     *row,
              AvaSettingsDraft *draft)
{
  const char *id = g_object_get_data (G_OBJECT (row), "service");
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  AvaSpa *spa = get_spa (draft);
  gboolean known = ava_spa_find_service (spa, id) != NULL;
  g_auto (GStrv) missing = ava_settings_list_missing (spa, id);
  g_autofree char *list = g_strjoinv ("\n• ", missing);
  g_autofree char *words = !known ? g_strdup (_("It is not complete yet"))
                           : missing[0] != NULL ? g_strdup_printf (_("Still missing:\n• %s"), list)
                                                : g_strdup (_("Nothing is missing"));

  adw_action_row_set_subtitle (row, words);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), known && missing[0] == NULL ? "ava-confirmed-symbolic" : "ava-warning-symbolic");
}

static GtkWidget *
make_missing (AvaSettingsSection *section,
              const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  GtkWidget *row = ava_settings_make_note (_("Before Ava may offer it"), NULL);
  GtkWidget *icon = gtk_image_new ();

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data_full (G_OBJECT (row), "service", g_strdup (id), g_free);
  g_signal_connect_object (draft, "reviewed", G_CALLBACK (show_missing), row, G_CONNECT_SWAPPED);
  show_missing (ADW_ACTION_ROW (row), draft);
  return row;
}

/* --- Copying ---------------------------------------------------------------------------------- */

static void
copy_providers (AvaSettingsDraft *draft,
                const char       *from,
                const char       *to)
{
  JsonArray *rows = ava_settings_draft_list (draft, "providers");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *provider = json_array_get_object_element (rows, i);
    g_auto (GStrv) ids = ava_settings_get_list (provider, "service_ids");
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) all = NULL;

    if (!g_strv_contains ((const char *const *) ids, from) || g_strv_contains ((const char *const *) ids, to))
      continue;
    g_strv_builder_addv (builder, (const char **) ids);
    g_strv_builder_add (builder, to);
    all = g_strv_builder_end (builder);
    ava_settings_draft_set_list (draft, "providers", ava_settings_get_text (provider, "id"), "service_ids", all);
  }
}

static void
on_copy (AvaSettingsSection *section,
         GtkWidget          *button)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = ava_settings_section_get_item (section);
  GtkDropDown *choice = g_object_get_data (G_OBJECT (button), "choice");
  GStrv ids = g_object_get_data (G_OBJECT (button), "ids");
  guint at = gtk_drop_down_get_selected (choice);
  JsonObject *from = at < g_strv_length (ids) ? ava_settings_draft_find (draft, "services", ids[at]) : NULL;

  if (from == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++) {
    if (json_object_has_member (from, copied[i]))
      ava_settings_draft_set (draft, "services", id, copied[i], json_node_copy (json_object_get_member (from, copied[i])));
  }
  copy_providers (draft, ids[at], id);
  ava_settings_section_rebuild (section);
}

static void
add_copy (AvaSettingsSection *section,
          const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  GtkWidget *row = ava_settings_make_note (_("Like another service"), _("Takes over times, price, terms, needs and providers"));
  GtkWidget *button = ava_settings_make_button (_("_Copy"), G_CALLBACK (on_copy), section);
  g_autoptr (GStrvBuilder) id_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) name_builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "services");
  GtkWidget *choice;

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *other = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (other, "archived_us") != 0 || strcmp (ava_settings_get_text (other, "id"), id) == 0)
      continue;
    g_strv_builder_add (id_builder, ava_settings_get_text (other, "id"));
    g_strv_builder_add (name_builder, ava_settings_get_text (other, "name"));
  }
  names = g_strv_builder_end (name_builder);
  choice = gtk_drop_down_new_from_strings ((const char *const *) names);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Service to copy from"), -1);
  g_object_set_data (G_OBJECT (button), "choice", choice);
  g_object_set_data_full (G_OBJECT (button), "ids", g_strv_builder_end (id_builder), (GDestroyNotify) g_strfreev);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

/* --- The interval, which is a safety rule ------------------------------------------------------ */

static void
on_interval (GtkSpinButton *spin,
             GParamSpec    *pspec,
             gpointer       user_data)
{
  AvaSettingsSection *section = AVA_SETTINGS_SECTION (gtk_widget_get_ancestor (GTK_WIDGET (spin), AVA_TYPE_SETTINGS_SECTION));
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *service_id = ava_settings_section_get_item (section);
  g_autofree char *id = g_strdup_printf ("rule-interval-%s", service_id);
  const char *name = ava_settings_get_text (ava_settings_draft_find (draft, "services", service_id), "name");
  g_autofree char *words = g_strdup_printf ("%s again", name);
  g_autofree char *say = NULL;
  int days = gtk_spin_button_get_value_as_int (spin);

  say = g_strdup_printf ("%s can be had again after %d days.", name, days);
  if (days == 0) {
    ava_settings_draft_remove (draft, "safety_rules", id);
    return;
  }
  if (ava_settings_draft_find (draft, "safety_rules", id) == NULL) {
    JsonObject *row = json_object_new ();

    json_object_set_string_member (row, "id", id);
    json_object_set_string_member (row, "kind", "interval");
    json_object_set_string_member (row, "condition", "");
    json_object_set_string_member (row, "action", "refuse");
    json_object_set_string_member (row, "override_role", "provider");
    json_object_set_string_member (row, "service_id", service_id);
    json_object_set_string_member (row, "other_service_id", service_id);
    json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "safety_rules")) + 1);
    ava_settings_draft_add (draft, "safety_rules", row);
  }
  ava_settings_draft_set_text (draft, "safety_rules", id, "name", words);
  ava_settings_draft_set_text (draft, "safety_rules", id, "say", say);
  ava_settings_draft_set_int (draft, "safety_rules", id, "days", days);
  ava_settings_draft_set_int (draft, "safety_rules", id, "archived_us", 0);
}

static GtkWidget *
make_interval (AvaSettingsSection *section,
               const char         *service_id)
{
  g_autofree char *id = g_strdup_printf ("rule-interval-%s", service_id);
  JsonObject *rule = ava_settings_draft_find (ava_settings_section_get_draft (section), "safety_rules", id);
  GtkWidget *row = ava_settings_make_note (_("Days until it may be had again"), _("A safety rule; 0 for none"));
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 3650, 1);

  if (rule != NULL && ava_settings_get_int (rule, "archived_us") == 0)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), ava_settings_get_int (rule, "days"));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days until it may be had again"), -1);
  g_signal_connect (spin, "notify::value", G_CALLBACK (on_interval), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

/* --- One service ------------------------------------------------------------------------------ */

static void
add_facts (AvaSettingsSection *section,
           const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);

  adw_preferences_group_add (group, make_missing (section, id));
  group = ava_settings_section_add_group (section, _("What It Is"), NULL);
  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "services", id, "name" }, "spoken"));
  adw_preferences_group_add (group, ava_settings_make_list (section, _("Ways to say it, by commas"), &(AvaSettingsPlace) { "services", id, "spoken" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Category"), &(AvaSettingsPlace) { "services", id, "category" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Description, as Ava says it"), &(AvaSettingsPlace) { "services", id, "description" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Preparation, as the customer is told"), &(AvaSettingsPlace) { "services", id, "prep" }));
}

static void
add_times (AvaSettingsSection *section,
           const char         *id)
{
  static const struct { const char *column; const char *title; const char *subtitle; int least; } rows[] = {
    { "pre_min", N_("Set-up"), N_("Minutes before, provider and room"), 0 },
    { "active_min", N_("Treatment"), N_("Minutes that the customer is told"), 1 },
    { "processing_min", N_("Processing"), N_("Minutes in which the provider is free and the room is not"), 0 },
    { "post_min", N_("Clean-up"), N_("Minutes after, provider and room"), 0 },
  };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Time"), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (group, ava_settings_make_number (section, _(rows[i].title), _(rows[i].subtitle),
                                                                &(AvaSettingsPlace) { "services", id, rows[i].column }, rows[i].least, 720, 5));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("Next visit"), _("Days after which it is suggested; 0 for four weeks"),
                                                              &(AvaSettingsPlace) { "services", id, "next_visit_days" }, 0, 3650, 7));
}

static void
add_terms (AvaSettingsSection *section,
           const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Price and Terms"), NULL);

  adw_preferences_group_add (group, ava_settings_make_money (section, _("Price"), &(AvaSettingsPlace) { "services", id, "price_cents" }));
  adw_preferences_group_add (group, ava_settings_make_money (section, _("Deposit"), &(AvaSettingsPlace) { "services", id, "deposit_cents" }));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("Free cancellation"), _("Hours before the start"),
                                                              &(AvaSettingsPlace) { "services", id, "cancel_hours" }, 0, 720, 1));
  adw_preferences_group_add (group, ava_settings_make_money (section, _("Fee for a later cancellation"), &(AvaSettingsPlace) { "services", id, "cancel_fee_cents" }));
  adw_preferences_group_add (group, ava_settings_make_money (section, _("Fee for not coming"), &(AvaSettingsPlace) { "services", id, "no_show_fee_cents" }));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("Group"), _("Customers who may share one session"),
                                                              &(AvaSettingsPlace) { "services", id, "group_size" }, 1, 100, 1));
}

static void
add_needs (AvaSettingsSection *section,
           const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("What It Needs"), NULL);

  adw_preferences_group_add (group, ava_settings_make_text (section, _("Licence of the provider"), &(AvaSettingsPlace) { "services", id, "licence" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Kind of room"), &(AvaSettingsPlace) { "services", id, "room_kind" }));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Kind of device, if any"), &(AvaSettingsPlace) { "services", id, "device_kind" }));
  adw_preferences_group_add (group, ava_settings_make_switch (section, _("Consultation first"), _("Only after one that is done: a visit of a category that says “Consult…”"),
                                                              &(AvaSettingsPlace) { "services", id, "consult_first" }));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("A consultation is valid"), _("Days; 0 for ever"),
                                                              &(AvaSettingsPlace) { "services", id, "consult_valid_days" }, 0, 3650, 30));
  adw_preferences_group_add (group, make_interval (section, id));
}

static void
add_providers (AvaSettingsSection *section,
               const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Done By"), NULL);
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "providers");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *provider = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (provider, "archived_us") == 0)
      adw_preferences_group_add (group, ava_settings_make_member (section, ava_settings_get_text (provider, "name"), ava_settings_get_text (provider, "title"),
                                                                  &(AvaSettingsPlace) { "providers", ava_settings_get_text (provider, "id"), "service_ids" }, id));
  }
}

static void
fill_service (AvaSettingsSection *section,
              const char         *id)
{
  add_facts (section, id);
  if (ava_settings_draft_is_new (ava_settings_section_get_draft (section), "services", id))
    add_copy (section, id);
  add_times (section, id);
  add_terms (section, id);
  add_needs (section, id);
  add_providers (section, id);
  ava_settings_add_removal (section, _("_Stop Offering"), "services");
}

/* --- The catalogue ---------------------------------------------------------------------------- */

static void
on_add (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_array_member (row, "spoken", json_array_new ());
  json_object_set_int_member (row, "price_cents", 0);
  json_object_set_int_member (row, "active_min", 30);
  json_object_set_int_member (row, "group_size", 1);
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "services")) + 1);
  ava_settings_section_open (section, ava_settings_draft_add (draft, "services", row));
}

static char *
describe (AvaSettingsDraft *draft,
          JsonObject       *row)
{
  AvaSpa *spa = get_spa (draft);
  g_auto (GStrv) missing = ava_settings_list_missing (spa, ava_settings_get_text (row, "id"));
  g_autofree char *price = ava_settings_print_money (ava_settings_get_int (row, "price_cents"));
  g_autofree char *list = g_strjoinv (", ", missing);

  if (missing[0] != NULL)
    return g_strdup_printf (_("%d min, %s %s. Missing: %s"), (int) ava_settings_get_int (row, "active_min"), price, spa->currency, list);
  return g_strdup_printf (_("%d min, %s %s"), (int) ava_settings_get_int (row, "active_min"), price, spa->currency);
}

void
ava_services_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group;
  g_autoptr (GPtrArray) rows = NULL;

  if (item != NULL && ava_settings_section_keeps (section, "services", item)) {
    fill_service (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Services"), _("Ava offers them in this order. Drag a row, or move it with Alt and the arrow keys."));
  ava_settings_add_button (group, _("_Add Service"), G_CALLBACK (on_add), section);
  rows = ava_settings_order_list (draft, "services");
  for (guint i = 0; i < rows->len; i++) {
    const char *name = ava_settings_get_text (rows->pdata[i], "name");
    g_autofree char *subtitle = describe (draft, rows->pdata[i]);
    GtkWidget *row = ava_settings_make_link (section, *name != '\0' ? name : _("New service"), subtitle, ava_settings_get_text (rows->pdata[i], "id"));

    ava_settings_order_make_movable (row, section, "services", i + 1, rows->len);
    adw_preferences_group_add (group, row);
  }
  if (rows->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("Ava has nothing to offer yet"), NULL));
}
