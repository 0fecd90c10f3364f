/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customers-page.h"
#include "ava-package-list.h"
#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "ava-window-private.h"
#include "stage.h"

#include <string.h>

/* The catalogue of packages: set up in the settings, sold on the card at once, changed while somebody holds visits. */

typedef struct {
  Stage stage;
  AvaSettingsPage *settings;
  AvaCustomersPage *customers;
} Desk;

typedef struct {
  GtkWidget *from;
  const char *text;
} Wanted;

static gboolean
has_words (GtkWidget  *from,
           const char *words)
{
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (has_words (child, words))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_shown (gpointer user_data)
{
  Wanted *wanted = user_data;

  return has_words (wanted->from, wanted->text);
}

static void
expect_in (gpointer    from,
           const char *text)
{
  Wanted wanted = { GTK_WIDGET (from), text };

  if (!stage_wait (is_shown, &wanted, 15))
    g_error ("“%s” is not shown", text);
}

static AvaSettingsSection *
get_section (Desk *desk)
{
  return AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (desk->settings), AVA_TYPE_SETTINGS_SECTION, NULL));
}

static AvaSettingsDraft *
get_draft (Desk *desk)
{
  return ava_settings_section_get_draft (get_section (desk));
}

static gboolean
is_loaded (gpointer user_data)
{
  return ava_settings_draft_is_loaded (get_draft (user_data));
}

static void
show_settings (Desk *desk)
{
  ava_window_show_page (desk->stage.window, "settings");
  desk->settings = AVA_SETTINGS_PAGE (ava_window_find_page (desk->stage.window, "settings"));
  g_assert_true (stage_wait (is_loaded, desk, 15));
  ava_settings_page_show_section (desk->settings, "packages");
  stage_settle ();
}

static gboolean
can_save (gpointer user_data)
{
  return ava_settings_draft_can_save (get_draft (user_data));
}

static gboolean
is_saved (gpointer user_data)
{
  return !ava_settings_draft_is_edited (get_draft (user_data), NULL);
}

static void
save (Desk *desk)
{
  g_assert_true (stage_wait (can_save, desk, 15));
  ava_settings_draft_save (get_draft (desk));
  g_assert_true (stage_wait (is_saved, desk, 15));
  stage_settle ();
}

static GtkWidget *
find (GtkWidget  *from,
      GType       type,
      const char *title)
{
  const char *name = ADW_IS_PREFERENCES_ROW (from) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from))
                     : GTK_IS_BUTTON (from) ? gtk_button_get_label (GTK_BUTTON (from)) : NULL;

  if (g_type_is_a (G_OBJECT_TYPE (from), type) && (title == NULL || g_strcmp0 (name, title) == 0))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
need (Desk       *desk,
      GType       type,
      const char *title)
{
  GtkWidget *found = find (GTK_WIDGET (get_section (desk)), type, title);

  if (found == NULL)
    g_error ("there is no “%s”", title);
  return found;
}

static void
press (Desk       *desk,
       const char *label)
{
  g_signal_emit_by_name (need (desk, GTK_TYPE_BUTTON, label), "clicked");
  stage_settle ();
}

static void
type (Desk       *desk,
      const char *field,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (need (desk, ADW_TYPE_ENTRY_ROW, field)), text);
}

static void
spin (Desk       *desk,
      const char *row,
      int         value)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (need (desk, ADW_TYPE_ACTION_ROW, row), GTK_TYPE_SPIN_BUTTON, NULL)), value);
}

/* Sets up a package by hand and saves it. */
static void
add_package (Desk       *desk,
             const char *name,
             const char *service,
             int         visits,
             const char *price)
{
  press (desk, "_Add Package");
  type (desk, "Name", name);
  spin (desk, service, visits);
  type (desk, "Price", price);
  save (desk);
  ava_settings_section_open (get_section (desk), NULL);
  stage_settle ();
}

static void
set_up (Desk *desk)
{
  stage_set_up_unsold (&desk->stage);
  show_settings (desk);
}

static GPtrArray *
get_packages (Desk *desk)
{
  return ava_context_get_spa (desk->stage.context)->packages;
}

static void
a_package_is_checked_in_words_until_it_is_whole (void)
{
  Desk desk = { 0 };
  AvaPackage *package;

  set_up (&desk);
  expect_in (desk.settings, "No package is sold yet");
  press (&desk, "_Add Package");
  expect_in (desk.settings, "A package has no name yet.");
  type (&desk, "Name", "Glow <b>");
  expect_in (desk.settings, "In package “Glow <b>” the visits are missing: say what it holds.");
  g_assert_false (can_save (&desk));
  spin (&desk, "Botox", 3);
  spin (&desk, "Chemical Peel", 100);
  expect_in (desk.settings, "In package “Glow <b>” the visits are more than 100.");
  spin (&desk, "Chemical Peel", 2);
  type (&desk, "Price", "lots");
  expect_in (desk.settings, "“lots” is not an amount like 360 or 360.50.");
  type (&desk, "Price", "1200.50");
  expect_in (desk.settings, "1430 USD; the package saves 16 %");
  spin (&desk, "Valid", 180);
  expect_in (desk.settings, "The package “Glow <b>” is sold from now on: 3 Botox, 2 Chemical Peel, for 1200.50 USD.");
  g_assert_cmpuint (get_packages (&desk)->len, ==, 0);
  save (&desk);
  g_assert_cmpuint (get_packages (&desk)->len, ==, 1);
  package = get_packages (&desk)->pdata[0];
  g_assert_cmpstr (package->name, ==, "Glow <b>");
  g_assert_cmpuint (g_strv_length (package->service_ids), ==, 5);
  g_assert_cmpstr (package->service_ids[4], ==, "svc-peel");
  g_assert_cmpint (package->price_cents, ==, 120050);
  g_assert_cmpuint (package->valid_days, ==, 180);
  ava_settings_section_open (get_section (&desk), NULL);
  expect_in (desk.settings, "3 × Botox, 2 × Chemical Peel. 1200.50 USD, 180 days");
  stage_tear_down (&desk.stage);
}

static gboolean
is_in_order (gpointer user_data)
{
  GPtrArray *packages = get_packages (user_data);

  return packages->len == 2 && g_str_equal (AVA_PACKAGE (packages->pdata[0])->name, "Peels");
}

static void
order_is_that_of_the_rows (void)
{
  Desk desk = { 0 };
  const char *id;

  set_up (&desk);
  add_package (&desk, "Glow", "Botox", 3, "900");
  add_package (&desk, "Peels", "Chemical Peel", 4, "600");
  g_assert_cmpstr (AVA_PACKAGE (get_packages (&desk)->pdata[1])->name, ==, "Peels");
  id = AVA_PACKAGE (get_packages (&desk)->pdata[1])->id;
  g_assert_true (ava_settings_draft_move (get_draft (&desk), "packages", id, -1));
  expect_in (desk.settings, "“Peels” is the first package to choose.");
  save (&desk);
  g_assert_true (stage_wait (is_in_order, &desk, 15));
  stage_tear_down (&desk.stage);
}

static gboolean
is_card (gpointer user_data)
{
  return g_str_equal (ava_customer_card_get_name (ava_customers_page_get_card (((Desk *) user_data)->customers)), "Una Quux");
}

static AvaPackageList *
show_card (Desk *desk)
{
  AvaCustomerForm *form;

  ava_window_show_page (desk->stage.window, "customers");
  desk->customers = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk->stage.window, "customers"));
  if (!is_card (desk)) {
    form = ava_customers_page_get_new_form (desk->customers);
    gtk_widget_activate_action (GTK_WIDGET (desk->customers), "customers.add", NULL);
    ava_customer_form_set_field (form, "name", "Una Quux");
    ava_customer_form_add (form);
    g_assert_true (stage_wait (is_card, desk, 15));
  }
  stage_settle ();
  return AVA_PACKAGE_LIST (stage_find (GTK_WIDGET (desk->customers), AVA_TYPE_PACKAGE_LIST, NULL));
}

typedef struct {
  AvaPackageList *list;
  const char *text;
} Told;

static gboolean
is_told (gpointer user_data)
{
  Told *told = user_data;
  g_autofree char *words = ava_package_list_to_words (told->list);

  return strstr (words, told->text) != NULL;
}

static void
expect_sold (AvaPackageList *list,
             const char     *text)
{
  Told told = { list, text };

  if (!stage_wait (is_told, &told, 15))
    g_error ("“%s” was not sold", text);
}

/* The card was there before the package was: it is offered all the same. */
static void
what_is_saved_is_sold_at_once_and_kept_by_who_bought_it (void)
{
  Desk desk = { 0 };
  AvaPackageList *list;
  const char *id;

  set_up (&desk);
  show_card (&desk);
  show_settings (&desk);
  add_package (&desk, "Glow", "Botox", 3, "900");
  list = show_card (&desk);
  ava_package_list_sell (list);
  expect_sold (list, "Glow: Left: 3 of 3 Botox, until ");
  id = AVA_PACKAGE (get_packages (&desk)->pdata[0])->id;
  show_settings (&desk);
  ava_settings_section_open (get_section (&desk), id);
  type (&desk, "Price", "950");
  expect_in (desk.settings, "The package “Glow” costs 950.00 USD, not 900.00 USD.");
  expect_in (desk.settings, "3 visits left of “Glow” stay as they were sold: Una Quux (3).");
  save (&desk);
  press (&desk, "_Stop Selling");
  expect_in (desk.settings, "The package “Glow” is no longer sold.");
  expect_in (desk.settings, "3 visits left of “Glow” stay as they were sold: Una Quux (3).");
  save (&desk);
  g_assert_cmpuint (get_packages (&desk)->len, ==, 0);
  expect_sold (list, "Glow: Left: 3 of 3 Botox, until ");
  expect_in (desk.settings, "No Longer Sold");
  g_assert_true (ava_settings_draft_can_undo (get_draft (&desk)));
  press (&desk, "Sell _Again");
  save (&desk);
  g_assert_cmpuint (get_packages (&desk)->len, ==, 1);
  ava_settings_draft_undo (get_draft (&desk));
  stage_settle ();
  g_assert_true (stage_wait (is_saved, &desk, 15));
  g_assert_cmpuint (get_packages (&desk)->len, ==, 0);
  stage_tear_down (&desk.stage);
}

static void
a_service_that_goes_is_told_of_its_packages (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add_package (&desk, "Glow", "Botox", 3, "900");
  ava_settings_draft_remove (get_draft (&desk), "services", "svc-botox");
  expect_in (desk.settings, "The package “Glow” holds Botox, which is no longer offered.");
  save (&desk);
  ava_settings_section_open (get_section (&desk), AVA_PACKAGE (get_packages (&desk)->pdata[0])->id);
  stage_settle ();
  expect_in (need (&desk, ADW_TYPE_ACTION_ROW, "Botox"), "No longer offered");
  stage_tear_down (&desk.stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/packages/checked", a_package_is_checked_in_words_until_it_is_whole);
  g_test_add_func ("/packages/order", order_is_that_of_the_rows);
  g_test_add_func ("/packages/sold", what_is_saved_is_sold_at_once_and_kept_by_who_bought_it);
  g_test_add_func ("/packages/service", a_service_that_goes_is_told_of_its_packages);
  return g_test_run ();
}
