/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-card.h"
#include "ava-customers-page.h"
#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "stage.h"

#include <string.h>

/* Whatever is typed comes back as it was, or is refused with a sentence; none of it is markup, SQL or a format. */

static const char *const bad[] = {
  "<b>Ava</b> & <i>co", "Robert'); DROP TABLE customers;--", "😀 Zoë 👩🏽‍⚕️", "مريم الحسيني", "%s %n %d", "a\\b \"c\" d",
};

static const struct { const char *section; const char *item; } forms[] = {
  { "general", NULL }, { "locations", "loc-main" }, { "services", "svc-botox" }, { "providers", "prov-ortiz" },
  { "rooms", "room-2" }, { "safety", "rule-pregnant-laser" }, { "people", "role:role-manager" },
};

static char *
make_long (void)
{
  return g_strnfill (10000, 'x');
}

/* --- Settings --------------------------------------------------------------------------------- */

static gboolean
is_reviewed (gpointer user_data)
{
  return ava_settings_draft_get_fault (user_data) != NULL || ava_settings_draft_get_impact (user_data) != NULL ||
         !ava_settings_draft_is_edited (user_data, NULL);
}

static gboolean
is_clean (gpointer user_data)
{
  return !ava_settings_draft_is_edited (user_data, NULL);
}

static void
list_rows (GtkWidget *from,
           GPtrArray *rows)
{
  if (ADW_IS_ENTRY_ROW (from))
    g_ptr_array_add (rows, g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from))));
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_rows (child, rows);
}

static GtkWidget *
find_row (GtkWidget  *from,
          const char *title)
{
  if (ADW_IS_ENTRY_ROW (from) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from)), title) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
try_field (AvaSettingsSection *section,
           const char         *title,
           const char         *text,
           gboolean            refused)
{
  GtkWidget *row = find_row (GTK_WIDGET (section), title);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *fault;

  g_test_message ("%s: %.40s", title, text);
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_assert_true (stage_wait (is_reviewed, draft, 20));
  stage_settle ();
  fault = ava_settings_draft_get_fault (draft);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (section), title))), ==, text);
  if (fault != NULL)
    g_assert_true (g_str_has_suffix (fault, "."));
  if (refused && !g_str_has_prefix (title, "Another"))
    g_assert_nonnull (fault);
  ava_settings_draft_discard (draft);
  g_assert_true (stage_wait (is_clean, draft, 20));
  stage_settle ();
}

static void
each_field_of_the_settings_takes_it_or_says_why_not (void)
{
  Stage stage = { 0 };
  AvaSettingsPage *page;
  g_autofree char *longest = make_long ();

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  stage_settle ();
  page = AVA_SETTINGS_PAGE (ava_window_find_page (stage.window, "settings"));
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
    AvaSettingsSection *section;

    ava_settings_page_show_section (page, forms[f].section);
    stage_settle ();
    section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
    ava_settings_section_open (section, forms[f].item);
    stage_settle ();
    list_rows (GTK_WIDGET (section), titles);
    g_assert_cmpuint (titles->len, >, 0);
    for (guint i = 0; i < titles->len; i++) {
      try_field (section, titles->pdata[i], bad[(i + f) % G_N_ELEMENTS (bad)], FALSE);
      try_field (section, titles->pdata[i], longest, TRUE);
    }
  }
  stage_tear_down (&stage);
}

static void
names_in_the_settings_are_shown_as_they_are (void)
{
  Stage stage = { 0 };
  AvaSettingsPage *page;
  AvaSettingsSection *section;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  stage_settle ();
  page = AVA_SETTINGS_PAGE (ava_window_find_page (stage.window, "settings"));
  ava_settings_page_show_section (page, "services");
  stage_settle ();
  section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    ava_settings_draft_set_text (ava_settings_section_get_draft (section), "services", "svc-botox", "name", bad[i]);
    ava_settings_section_rebuild (section);
    stage_settle ();
    g_assert_true (stage_has_text (GTK_WIDGET (section), bad[i]));
    ava_settings_section_open (section, "svc-botox");
    stage_settle ();
    g_assert_true (stage_has_text (GTK_WIDGET (section), bad[i]));   /* the title over its form */
    ava_settings_section_open (section, NULL);
  }
  stage_tear_down (&stage);
}

/* --- Customers -------------------------------------------------------------------------------- */

typedef struct {
  Stage stage;
  AvaCustomersPage *page;
  const char *name;
} Desk;

static gboolean
has_name (gpointer user_data)
{
  Desk *desk = user_data;

  return g_strcmp0 (ava_customer_card_get_name (ava_customers_page_get_card (desk->page)), desk->name) == 0;
}

static void
customers_keep_the_names_they_have (void)
{
  Desk desk = { 0 };
  AvaCustomerForm *form;
  g_autofree char *longest = make_long ();

  stage_set_up (&desk.stage);
  ava_window_show_page (desk.stage.window, "customers");
  stage_settle ();
  desk.page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk.stage.window, "customers"));
  form = ava_customers_page_get_new_form (desk.page);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *phone = g_strdup_printf ("212 555 01%02u", 50 + i);

    g_test_message ("%s", bad[i]);
    gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.add", NULL);
    ava_customer_form_set_field (form, "name", bad[i]);
    ava_customer_form_set_field (form, "phone", phone);
    ava_customer_form_set_field (form, "allergies", bad[i]);
    ava_customer_form_add (form);
    desk.name = bad[i];
    g_assert_true (stage_wait (has_name, &desk, 15));
    g_assert_true (stage_has_text (GTK_WIDGET (desk.page), bad[i]));
  }
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.add", NULL);
  ava_customer_form_set_field (form, "name", longest);
  ava_customer_form_set_field (form, "phone", "212 555 0170");
  ava_customer_form_add (form);
  desk.name = longest;
  g_assert_false (stage_wait (has_name, &desk, 1));   /* refused: the form stays with what was typed */
  stage_tear_down (&desk.stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
#define TEST(name) g_test_add_func ("/bad-input/" #name, name)
  TEST (each_field_of_the_settings_takes_it_or_says_why_not);
  TEST (names_in_the_settings_are_shown_as_they_are);
  TEST (customers_keep_the_names_they_have);
  return g_test_run ();
}
