/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-settings-order.h"

#include <glib/gi18n.h>
#include <string.h>

/* Treatments that are sold together. A package holds a list of services, one entry for each visit; what was sold is
 * a copy of it, and stays as it is whatever is changed here. */

#define MOST_VISITS 100   /* of one package */

/* --- What it holds ---------------------------------------------------------------------------- */

static guint
count_visits (GStrv       ids,
              const char *service_id)
{
  guint n = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    n += strcmp (ids[i], service_id) == 0;
  return n;
}

static const char *
name_service (AvaSettingsDraft *draft,
              const char       *id)
{
  const char *name = ava_settings_get_text (ava_settings_draft_find (draft, "services", id), "name");

  return *name != '\0' ? name : id;
}

/* "5 × Botox, 1 × Chemical Peel" */
static char *
word_visits (AvaSettingsDraft *draft,
             JsonObject       *package)
{
  g_auto (GStrv) ids = ava_settings_get_list (package, "service_ids");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++) {
    gboolean told = FALSE;

    for (guint j = 0; j < i && !told; j++)
      told = strcmp (ids[j], ids[i]) == 0;
    if (!told)
      /* Translators: how many visits, and for which service. */
      g_string_append_printf (words, _("%s%u × %s"), words->len > 0 ? ", " : "", count_visits (ids, ids[i]), name_service (draft, ids[i]));
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What the visits cost one by one. */
static gint64
sum_prices (AvaSettingsDraft *draft,
            JsonObject       *package)
{
  g_auto (GStrv) ids = ava_settings_get_list (package, "service_ids");
  gint64 cents = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    cents += ava_settings_get_int (ava_settings_draft_find (draft, "services", ids[i]), "price_cents");
  return cents;
}

/* The other services stay where they are; this one keeps its place, or comes last. */
static void
set_visits (AvaSettingsDraft *draft,
            const char       *id,
            const char       *service_id,
            guint             visits)
{
  g_auto (GStrv) old = ava_settings_get_list (ava_settings_draft_find (draft, "packages", id), "service_ids");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  guint left = visits;

  for (guint i = 0; old[i] != NULL; i++) {
    if (strcmp (old[i], service_id) != 0) {
      g_strv_builder_add (builder, old[i]);
      continue;
    }
    for (; left > 0; left--)
      g_strv_builder_add (builder, service_id);
  }
  for (; left > 0; left--)
    g_strv_builder_add (builder, service_id);
  ids = g_strv_builder_end (builder);
  ava_settings_draft_set_list (draft, "packages", id, "service_ids", ids);
}

static void
on_visits (GtkSpinButton *spin)
{
  AvaSettingsSection *section = AVA_SETTINGS_SECTION (gtk_widget_get_ancestor (GTK_WIDGET (spin), AVA_TYPE_SETTINGS_SECTION));
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);

  set_visits (draft, ava_settings_section_get_item (section), g_object_get_data (G_OBJECT (spin), "service"),
              gtk_spin_button_get_value_as_int (spin));
}

static GtkWidget *
make_visits (AvaSettingsSection *section,
             const char         *id,
             JsonObject         *service)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *service_id = ava_settings_get_text (service, "id");
  const char *name = ava_settings_get_text (service, "name");
  gboolean gone = ava_settings_get_int (service, "archived_us") != 0;
  g_auto (GStrv) ids = ava_settings_get_list (ava_settings_draft_find (draft, "packages", id), "service_ids");
  g_autofree char *price = ava_settings_print_money (ava_settings_get_int (service, "price_cents"));
  g_autofree char *words = g_strdup_printf (_("%s %s each"), price, ava_context_get_spa (ava_settings_section_get_context (section))->currency);
  g_autofree char *label = g_strdup_printf (_("Visits for %s"), name);
  GtkWidget *row = ava_settings_make_note (name, gone ? _("No longer offered") : words);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, MOST_VISITS, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), count_visits (ids, service_id));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (spin), "service", g_strdup (service_id), g_free);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_visits), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

/* Services of the catalogue, and those that it holds though they are no longer offered. */
static void
add_visits (AvaSettingsSection *section,
            const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("What It Holds"), _("Visits for each service"));
  g_auto (GStrv) ids = ava_settings_get_list (ava_settings_draft_find (draft, "packages", id), "service_ids");
  g_autoptr (GPtrArray) offered = ava_settings_order_list (draft, "services");
  JsonArray *all = ava_settings_draft_list (draft, "services");

  for (guint i = 0; i < offered->len; i++)
    adw_preferences_group_add (group, make_visits (section, id, offered->pdata[i]));
  for (guint i = 0; i < json_array_get_length (all); i++) {
    JsonObject *service = json_array_get_object_element (all, i);

    if (ava_settings_get_int (service, "archived_us") != 0 && count_visits (ids, ava_settings_get_text (service, "id")) > 0)
      adw_preferences_group_add (group, make_visits (section, id, service));
  }
  if (json_array_get_length (all) == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("There are no services yet"), _("Add them under Services")));
}

/* --- Its price -------------------------------------------------------------------------------- */

static void
show_saving (AdwActionRow     *row,
             AvaSettingsDraft *draft)
{
  JsonObject *package = ava_settings_draft_find (draft, "packages", g_object_get_data (G_OBJECT (row), "package"));
  AvaSpa *spa = ava_context_get_spa (ava_settings_draft_get_context (draft));
  gint64 single = sum_prices (draft, package);
  gint64 price = ava_settings_get_int (package, "price_cents");
  g_autofree char *money = ava_settings_print_money (single);
  g_autofree char *words = single > price
    ? g_strdup_printf (_("%s %s; the package saves %.0f %%"), money, spa->currency, 100.0 * (single - price) / single)
    : g_strdup_printf (_("%s %s; the package saves nothing"), money, spa->currency);

  adw_action_row_set_subtitle (row, single > 0 ? words : _("Nothing is in it yet"));
}

static GtkWidget *
make_saving (AvaSettingsSection *section,
             const char         *id)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  GtkWidget *row = ava_settings_make_note (_("The visits one by one"), NULL);

  g_object_set_data_full (G_OBJECT (row), "package", g_strdup (id), g_free);
  g_signal_connect_object (draft, "edited", G_CALLBACK (show_saving), row, G_CONNECT_SWAPPED);
  show_saving (ADW_ACTION_ROW (row), draft);
  return row;
}

static void
fill_package (AvaSettingsSection *section,
              const char         *id)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, _("What was sold already stays as it was sold."));

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "packages", id, "name" }, NULL));
  add_visits (section, id);
  group = ava_settings_section_add_group (section, _("Price and Validity"), NULL);
  adw_preferences_group_add (group, ava_settings_make_money (section, _("Price"), &(AvaSettingsPlace) { "packages", id, "price_cents" }));
  adw_preferences_group_add (group, make_saving (section, id));
  adw_preferences_group_add (group, ava_settings_make_number (section, _("Valid"), _("Days after it is sold; 0 for ever"),
                                                              &(AvaSettingsPlace) { "packages", id, "valid_days" }, 0, 3650, 30));
  ava_settings_add_removal (section, _("_Stop Selling"), "packages");
}

/* --- All of them ------------------------------------------------------------------------------ */

static void
on_add (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_array_member (row, "service_ids", json_array_new ());
  json_object_set_int_member (row, "price_cents", 0);
  json_object_set_int_member (row, "valid_days", 365);
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "packages")) + 1);
  ava_settings_section_open (section, ava_settings_draft_add (draft, "packages", row));
}

static char *
describe (AvaSettingsDraft *draft,
          JsonObject       *package)
{
  AvaSpa *spa = ava_context_get_spa (ava_settings_draft_get_context (draft));
  g_autofree char *visits = word_visits (draft, package);
  g_autofree char *price = ava_settings_print_money (ava_settings_get_int (package, "price_cents"));
  guint days = ava_settings_get_int (package, "valid_days");

  if (*visits == '\0')
    return g_strdup (_("Nothing is in it yet"));
  if (days == 0)
    return g_strdup_printf (_("%s. %s %s, for ever"), visits, price, spa->currency);
  /* Translators: what it holds, its price, and how long it is valid. */
  return g_strdup_printf (ngettext ("%s. %s %s, %u day", "%s. %s %s, %u days", days), visits, price, spa->currency, days);
}

static void
on_sell_again (AvaSettingsSection *section,
               GtkWidget          *button)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *id = g_object_get_data (G_OBJECT (button), "package");

  ava_settings_draft_set_int (draft, "packages", id, "rank", json_array_get_length (ava_settings_draft_list (draft, "packages")) + 1);
  ava_settings_draft_set_int (draft, "packages", id, "archived_us", 0);
  ava_settings_section_rebuild (section);
}

static GtkWidget *
make_archived (AvaSettingsSection *section,
               JsonObject         *package)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  g_autofree char *subtitle = describe (draft, package);
  const char *name = ava_settings_get_text (package, "name");
  GtkWidget *row = ava_settings_make_note (name, subtitle);
  GtkWidget *button = ava_settings_make_button (_("Sell _Again"), G_CALLBACK (on_sell_again), section);
  g_autofree char *label = g_strdup_printf (_("Sell %s again"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "package", g_strdup (ava_settings_get_text (package, "id")), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
add_archived (AvaSettingsSection *section)
{
  JsonArray *rows = ava_settings_draft_list (ava_settings_section_get_draft (section), "packages");
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *package = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (package, "archived_us") == 0)
      continue;
    if (group == NULL)
      group = ava_settings_section_add_group (section, _("No Longer Sold"), NULL);
    adw_preferences_group_add (group, make_archived (section, package));
  }
}

void
ava_packages_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group;
  g_autoptr (GPtrArray) rows = NULL;

  if (item != NULL && ava_settings_section_keeps (section, "packages", item)) {
    fill_package (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Packages"), _("Visits that are sold together. Drag a row, or move it with Alt and the arrow keys."));
  ava_settings_add_button (group, _("_Add Package"), G_CALLBACK (on_add), section);
  rows = ava_settings_order_list (draft, "packages");
  for (guint i = 0; i < rows->len; i++) {
    const char *name = ava_settings_get_text (rows->pdata[i], "name");
    g_autofree char *subtitle = describe (draft, rows->pdata[i]);
    GtkWidget *row = ava_settings_make_link (section, *name != '\0' ? name : _("New package"), subtitle, ava_settings_get_text (rows->pdata[i], "id"));

    ava_settings_order_make_movable (row, section, "packages", i + 1, rows->len);
    adw_preferences_group_add (group, row);
  }
  if (rows->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("No package is sold yet"), _("At the desk visits can be sold as agreed, without one")));
  add_archived (section);
}
