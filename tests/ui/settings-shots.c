/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "stage.h"

/* Pictures of each sub-page of the settings, in every look. Usage: settings-shots FOLDER [SECTION] */

static const struct { const char *section; const char *item; const char *name; } views[] = {
  { "general", NULL, "general" }, { "locations", NULL, "locations" }, { "locations", "loc-main", "location" },
  { "hours", NULL, "hours" }, { "services", NULL, "services" }, { "services", "svc-botox", "service" },
  { "packages", NULL, "packages" }, { "packages", "pack-glow", "package" },
  { "providers", NULL, "providers" }, { "providers", "prov-ortiz", "provider" }, { "rooms", NULL, "rooms" },
  { "rooms", "room-2", "room" }, { "safety", NULL, "safety" }, { "safety", "rule-pregnant-laser", "rule" },
  { "safety", "overrides", "overrides" }, { "people", NULL, "people" }, { "people", "role:role-manager", "role" },
  { "hearing", NULL, "hearing" }, { "voice", NULL, "voice" }, { "file", NULL, "file" },
};

static const struct { const char *name; int width; int height; AdwColorScheme scheme; gboolean large; gboolean rtl; } looks[] = {
  { "light-wide", 1200, 760, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, FALSE },
  { "dark-wide", 1200, 760, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, FALSE },
  { "light-narrow", 600, 760, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, FALSE },
  { "light-large", 1200, 760, ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, FALSE },
  { "light-rtl", 1200, 760, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, TRUE },
};

static void
show (Stage      *stage,
      const char *section,
      const char *item)
{
  AvaSettingsPage *page = AVA_SETTINGS_PAGE (ava_window_find_page (stage->window, "settings"));
  GtkWidget *found;

  ava_settings_page_show_section (page, section);
  stage_settle ();
  found = stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL);
  ava_settings_section_open (AVA_SETTINGS_SECTION (found), item);
  stage_settle ();
}

static void
shoot (Stage      *stage,
       const char *folder,
       const char *name,
       const char *look)
{
  g_autofree char *file = g_strdup_printf ("settings-%s-%s.png", name, look);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  if (stage_shoot (stage->window, path))
    g_print ("%s\n", path);
  else
    g_printerr ("settings-shots: %s stayed empty\n", file);
}

/* An edit with its impact: Wednesday is closed. */
static void
shoot_impact (Stage      *stage,
              const char *folder,
              const char *look)
{
  AvaSettingsPage *page = AVA_SETTINGS_PAGE (ava_window_find_page (stage->window, "settings"));
  AvaSettingsSection *section;
  AvaSettingsDraft *draft;

  show (stage, "hours", NULL);
  section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
  draft = ava_settings_section_get_draft (section);
  ava_settings_draft_remove (draft, "hours", "loc-main-day-3");
  ava_settings_section_rebuild (section);
  stage_settle ();
  stage_settle ();
  shoot (stage, folder, "impact", look);
  ava_settings_draft_discard (draft);
  stage_settle ();
}

static gboolean
is_loaded (gpointer user_data)
{
  return ava_settings_draft_is_loaded (user_data) && !ava_settings_draft_is_edited (user_data, NULL);
}

static gboolean
can_save (gpointer user_data)
{
  return ava_settings_draft_can_save (user_data);
}

/* A provider who works at two locations has a week at each. */
static void
add_location (Stage *stage)
{
  static const char changes[] =
    "[{\"table\": \"locations\", \"id\": \"loc-west\", \"before\": null, \"values\": {\"name\": \"Riverside\", \"spoken_name\": \"Riverside\","
    "  \"zone\": \"America/New_York\", \"phone\": \"+12125550199\", \"address\": \"1 River Road\", \"directions\": \"\", \"rank\": 5}}]";

  stage_change_settings (stage, changes);
  stage_settle ();
  stage_settle ();
}

/* The second lies below what is seen at first. */
static void
shoot_second_week (Stage      *stage,
                   const char *folder,
                   const char *look)
{
  AvaSettingsPage *page = AVA_SETTINGS_PAGE (ava_window_find_page (stage->window, "settings"));
  GtkWidget *title;
  GtkWidget *scrolled;
  graphene_rect_t place;

  show (stage, "providers", "prov-ortiz");
  title = stage_find (GTK_WIDGET (page), GTK_TYPE_LABEL, "Working Hours: Riverside");
  scrolled = title != NULL ? gtk_widget_get_ancestor (title, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  if (scrolled == NULL || !gtk_widget_compute_bounds (title, scrolled, &place)) {
    g_printerr ("settings-shots: there is no second week\n");
    return;
  }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), place.origin.y - 240);
  stage_settle ();
  shoot (stage, folder, "provider-weeks", look);
}

static void
add_package (AvaSettingsDraft *draft,
             const char       *id,
             const char       *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *row = json_node_dup_object (node);

  json_object_set_string_member (row, "id", id);
  ava_settings_draft_add (draft, "packages", row);
}

/* The demo spa sells none. */
static void
add_packages (Stage *stage)
{
  AvaSettingsPage *page = AVA_SETTINGS_PAGE (ava_window_find_page (stage->window, "settings"));
  GtkWidget *section = stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (AVA_SETTINGS_SECTION (section));

  stage_wait (is_loaded, draft, 15);
  add_package (draft, "pack-glow", "{\"name\": \"Glow Year\", \"service_ids\": [\"svc-facial\", \"svc-facial\", \"svc-facial\", \"svc-facial\","
                                   " \"svc-peel\", \"svc-peel\"], \"price_cents\": 79000, \"valid_days\": 365, \"rank\": 1}");
  add_package (draft, "pack-smooth", "{\"name\": \"Smooth Six\", \"service_ids\": [\"svc-laser\", \"svc-laser\", \"svc-laser\", \"svc-laser\","
                                     " \"svc-laser\", \"svc-laser\"], \"price_cents\": 95000, \"valid_days\": 0, \"rank\": 2}");
  add_package (draft, "pack-old", "{\"name\": \"Summer 2025\", \"service_ids\": [\"svc-peel\", \"svc-peel\"],"
                                  " \"price_cents\": 30000, \"valid_days\": 90, \"rank\": 3, \"archived_us\": 1}");
  if (!stage_wait (can_save, draft, 15))
    g_printerr ("settings-shots: the packages were not saved: %s\n", ava_settings_draft_get_fault (draft));
  ava_settings_draft_save (draft);
  stage_wait (is_loaded, draft, 15);
}

int
main (int   argc,
      char *argv[])
{
  Stage stage = { 0 };

  if (argc < 2) {
    g_printerr ("Usage: settings-shots FOLDER [SECTION]\n");
    return 2;
  }
  g_mkdir_with_parents (argv[1], 0755);
  stage_start_gtk ();
  stage_set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  stage_settle ();
  add_packages (&stage);
  add_location (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
    if (looks[i].large)
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
    gtk_widget_set_default_direction (looks[i].rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
    stage_resize (&stage, looks[i].width, looks[i].height);
    for (guint v = 0; v < G_N_ELEMENTS (views); v++) {
      if (argc > 2 && g_strcmp0 (argv[2], views[v].section) != 0)
        continue;
      show (&stage, views[v].section, views[v].item);
      shoot (&stage, argv[1], views[v].name, looks[i].name);
    }
    if (argc < 3 || g_str_equal (argv[2], "providers"))
      shoot_second_week (&stage, argv[1], looks[i].name);
    shoot_impact (&stage, argv[1], looks[i].name);
    gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  stage_tear_down (&stage);
  return 0;
}
