/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-desk.h"
#include "ava-customers-page.h"
#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "ava-waitlist-window.h"
#include "ava-window-private.h"
#include "stage.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Everything that has a name is called so that it would be broken markup: whatever takes it for markup warns, and here
 * a warning ends the test. Each page must show it as it was written. */

#define ODD " <b>& <i>co"

static const char *const changes[] = {
  "UPDATE customers SET name = name || '" ODD "', notes = 'n" ODD "', allergies = 'a" ODD "', tags = '[\"t" ODD "\"]';",
  "UPDATE customers SET household_id = 'home" ODD "' WHERE id IN (SELECT id FROM customers ORDER BY name LIMIT 4);",
  "UPDATE conversations SET summary = 's" ODD "', outcome = 'booked';",
  "UPDATE roles SET name = name || '" ODD "';",
  "UPDATE locations SET name = name || '" ODD "', address = 'a" ODD "';",
  "UPDATE safety_rules SET name = name || '" ODD "';",
  "UPDATE appointments SET notes = 'n" ODD "';",
  "INSERT INTO people (id, name, role_id) VALUES ('p-odd', 'Pat" ODD "', 'role-staff');",
  "INSERT INTO tasks (id, kind, name, phone, text, created_us) VALUES ('t-odd', 'callback', 'Kim" ODD "', '+12125550199', 'x" ODD "', 1);",
  "INSERT INTO waitlist (id, customer_id, service_id, notes, created_us) SELECT 'w-odd', id, 'svc-botox', 'w" ODD "', 1 FROM customers LIMIT 1;",
};

/* What is called "name" in the spa's own file, too: services, providers, rooms. */
static void
rename_members (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      rename_members (json_array_get_element (json_node_get_array (node), i));
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) members = json_object_get_members (object);

    for (GList *l = members; l != NULL; l = l->next) {
      if (g_str_equal (l->data, "name") || g_str_equal (l->data, "title")) {
        g_autofree char *name = g_strconcat (json_object_get_string_member (object, l->data), ODD, NULL);

        json_object_set_string_member (object, l->data, name);
      } else {
        rename_members (json_object_get_member (object, l->data));
      }
    }
  }
}

static void
write_spa (const char *folder)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *from = g_build_filename (AVA_SOURCE_DIR, "data", "demo", "spa.json", NULL);
  g_autofree char *to = g_build_filename (folder, "spa.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, from, &error);
  g_assert_no_error (error);
  rename_members (json_parser_get_root (parser));
  text = json_to_string (json_parser_get_root (parser), FALSE);
  g_assert_true (g_file_set_contents (to, text, -1, NULL));
}

static void
rename_rows (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ava.db", NULL);
  g_autofree char *sql = g_strjoinv (" ", (char **) (const char *const[]) {
    changes[0], changes[1], changes[2], changes[3], changes[4], changes[5], changes[6], changes[7], changes[8], changes[9], NULL });
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;

  program = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sqlite3", "-bail", path, sql, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (program, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Stage *stage)
{
  AvaContext *context;
  g_autoptr (GError) error = NULL;

  stage_make (stage);
  write_spa (stage->folder);
  g_setenv ("AVA_DEMO_DIR", stage->folder, TRUE);
  context = ava_context_new (stage->folder, stage->clock, TRUE, &error);
  g_assert_no_error (error);
  ava_context_shut_down (context);
  g_object_unref (context);
  rename_rows (stage->folder);
  stage_open (stage, FALSE);
}

static void
tear_down (Stage *stage)
{
  g_unsetenv ("AVA_DEMO_DIR");
  stage_tear_down (stage);
}

/* A label in sight with an odd name that shows it as it is. */
static gboolean
shows_odd (GtkWidget *from)
{
  if (!gtk_widget_get_mapped (from))
    return FALSE;
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), ODD) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (shows_odd (child))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_shown (gpointer user_data)
{
  return shows_odd (user_data);
}

static void
expect_odd (GtkWidget  *from,
            const char *what)
{
  g_test_message ("%s", what);
  g_assert_true (stage_wait (is_shown, from, 15));
  stage_settle ();
}

static void
live_page_shows_names_as_they_are (void)
{
  Stage stage = { 0 };

  set_up (&stage);
  ava_window_show_page (stage.window, "live");
  expect_odd (ava_window_find_page (stage.window, "live"), "live");
  g_assert_true (stage_has_text (ava_window_find_page (stage.window, "live"), "Kim" ODD));
  tear_down (&stage);
}

/* Tooltips are made when the pointer rests; here they are asked for. */
static void
ask_tooltips (GtkWidget *from)
{
  if (gtk_widget_get_has_tooltip (from) && gtk_widget_get_tooltip_text (from) != NULL)
    g_assert_null (strstr (gtk_widget_get_tooltip_text (from), "&amp;"));
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    ask_tooltips (child);
}

static AvaAppointment *
find_appointment (AvaCalendarPage *page)
{
  AvaDayBoard *board = ava_day_view_get_board (ava_calendar_page_get_view (page));

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_APPOINTMENT && AVA_APPOINTMENT (item->subject)->status < AVA_APPOINTMENT_ARRIVED)
      return item->subject;
  }
  g_assert_not_reached ();
}

static void
calendar_shows_names_as_they_are (void)
{
  static const AvaCalendarView views[] = { AVA_CALENDAR_ROOMS, AVA_CALENDAR_WEEK, AVA_CALENDAR_MONTH, AVA_CALENDAR_DAY };
  Stage stage = { 0 };
  AvaCalendarDesk *desk;
  AvaCalendarPage *page;
  GtkWidget *waitlist;

  set_up (&stage);
  ava_window_show_page (stage.window, "calendar");
  page = AVA_CALENDAR_PAGE (ava_window_find_page (stage.window, "calendar"));
  desk = ava_window_get_desk (stage.window);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    ava_calendar_page_set_view (page, views[i]);
    expect_odd (GTK_WIDGET (page), "a view of the calendar");
    ask_tooltips (GTK_WIDGET (page));
  }
  g_signal_emit_by_name (page, "appointment-selected", find_appointment (page));
  expect_odd (GTK_WIDGET (ava_calendar_desk_get_panel (desk)), "the panel");
  g_signal_emit_by_name (page, "appointment-command", find_appointment (page), "next-status");
  stage_settle ();
  expect_odd (GTK_WIDGET (stage.window->undo_bar), "what can be undone");
  waitlist = GTK_WIDGET (ava_waitlist_window_new (stage.context));
  gtk_window_present (GTK_WINDOW (waitlist));
  expect_odd (waitlist, "the waitlist");
  gtk_window_close (GTK_WINDOW (waitlist));
  tear_down (&stage);
}

static gboolean
has_rows (gpointer user_data)
{
  GListModel *rows = G_LIST_MODEL (ava_customers_page_get_selection (user_data));
  g_autoptr (AvaCustomer) fourth = g_list_model_get_item (rows, 4);

  return fourth != NULL && fourth->name != NULL;
}

static void
customers_show_names_as_they_are (void)
{
  Stage stage = { 0 };
  AvaCustomersPage *page;

  set_up (&stage);
  ava_window_show_page (stage.window, "customers");
  page = AVA_CUSTOMERS_PAGE (ava_window_find_page (stage.window, "customers"));
  g_assert_true (stage_wait (has_rows, page, 20));
  for (guint i = 0; i < 5; i++) {
    gtk_selection_model_select_item (ava_customers_page_get_selection (page), i, TRUE);
    expect_odd (GTK_WIDGET (ava_customers_page_get_card (page)), "a customer");
    stage_settle ();
  }
  gtk_widget_activate_action (GTK_WIDGET (page), "customers.duplicates", NULL);
  stage_settle ();
  tear_down (&stage);
}

static gboolean
is_refused (gpointer user_data)
{
  return stage_has_text (user_data, "Pat" ODD " may not do this as Staff" ODD ". Somebody with that right can.");
}

static void
settings_show_names_as_they_are (void)
{
  static const struct { const char *section; const char *item; } parts[] = {
    { "locations", "loc-main" }, { "hours", NULL }, { "services", "svc-botox" }, { "providers", "prov-ortiz" }, { "rooms", "room-2" },
    { "safety", "rule-pregnant-laser" }, { "people", "role:role-manager" },
  };
  Stage stage = { 0 };
  AvaSettingsPage *page;

  set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  page = AVA_SETTINGS_PAGE (ava_window_find_page (stage.window, "settings"));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    AvaSettingsSection *section;

    ava_settings_page_show_section (page, parts[i].section);
    expect_odd (GTK_WIDGET (page), parts[i].section);
    section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
    if (parts[i].item != NULL)
      ava_settings_section_open (section, parts[i].item);
    stage_settle ();
    ava_settings_section_open (section, NULL);
  }
  /* Who may not change them is named, with their role. */
  g_assert_true (ava_staff_choose (ava_context_get_staff (stage.context), "p-odd"));
  ava_settings_page_show_section (page, "voice");
  g_assert_true (stage_wait (is_refused, page, 15));
  tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
#define TEST(name) g_test_add_func ("/markup/" #name, name)
  TEST (live_page_shows_names_as_they_are);
  TEST (calendar_shows_names_as_they_are);
  TEST (customers_show_names_as_they_are);
  TEST (settings_show_names_as_they_are);
  return g_test_run ();
}
