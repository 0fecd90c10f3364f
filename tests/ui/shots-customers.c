/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-card.h"
#include "ava-package-list.h"
#include "shots-customers.h"

#include <glib/gstdio.h>

/* Pictures of what the customers' page can show beside the list and a card. */

static gboolean
is_late (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

static void
settle (void)
{
  gint64 end_us = g_get_monotonic_time () + 600 * 1000;

  stage_wait (is_late, &end_us, 5);
}

static void
shoot (Stage      *stage,
       const char *folder,
       const char *what)
{
  static const struct { const char *name; int width; } sizes[] = { { "wide", 1200 }, { "narrow", 600 } };
  static const struct { const char *name; AdwColorScheme scheme; } looks[] = {
    { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    stage_resize (stage, sizes[i].width, 760);
    for (guint j = 0; j < G_N_ELEMENTS (looks); j++) {
      g_autofree char *name = g_strdup_printf ("customers-%s-%s-%s.png", what, looks[j].name, sizes[i].name);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[j].scheme);
      if (stage_shoot (stage->window, path))
        g_print ("%s\n", path);
    }
  }
  stage_resize (stage, sizes[0].width, 760);
}

static void
type (AvaCustomersPage *page,
      const char       *field,
      const char       *text)
{
  ava_customer_form_set_field (ava_customers_page_get_new_form (page), field, text);
}

static void
add_customer (AvaCustomersPage *page,
              const char       *name,
              const char       *phone,
              const char       *allergies)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "customers.add", NULL);
  type (page, "name", name);
  type (page, "phone", phone);
  type (page, "born", "1985-03-12");
  type (page, "tags", "VIP evening, tea");
  type (page, "allergies", allergies);
  ava_customer_form_add (ava_customers_page_get_new_form (page));
  settle ();
}

/* The card is longer than any window: its lower parts. */
static void
scroll (AvaCustomersPage *page,
        double            part)
{
  GtkWidget *scrolled = stage_find (GTK_WIDGET (ava_customers_page_get_card (page)), GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place) * part);
  settle ();
}

static void
shoot_import (Stage            *stage,
              AvaCustomersPage *page,
              const char       *folder)
{
  g_autofree char *path = g_build_filename (stage->folder, "clients.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_set_contents (path, "First name,Last name,Mobile,Email,Birthday,Shoe size\nAda,Quist,212-555-0142,ada@example.com,1990-02-01,8\n"
                             "Bo,Quist,12,bo@example.com,,9\nCy,Quist,,cy at example,,\n\"Di,Quist\nEve,Quist,2125550143,,,\n", -1, NULL);
  ava_customers_page_import (page, file);
  settle ();
  shoot (stage, folder, "import");
  g_unlink (path);
}

/* The ways to reach somebody, two of which they do not want; in large text too. */
static void
shoot_contact (Stage            *stage,
               AvaCustomersPage *page,
               const char       *folder)
{
  static const char *const kinds[] = { "calls", "reminders" };
  g_autoptr (AvaClients) clients = ava_clients_new (stage->context, NULL);
  g_autofree char *path = g_build_filename (folder, "customers-contact-popover.png", NULL);
  GtkWidget *button;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (AvaConsent) consent = ava_consent_new ();

    consent->kind = g_strdup (kinds[i]);
    consent->signed_us = ava_clock_now_us (stage->clock);
    ava_clients_save_consent_async (clients, ava_customer_card_get_id (ava_customers_page_get_card (page)), NULL, consent, NULL, NULL);
  }
  settle ();
  shoot (stage, folder, "contact");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
  shoot (stage, folder, "contact-large");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  button = stage_find (GTK_WIDGET (ava_customers_page_get_card (page)), GTK_TYPE_MENU_BUTTON, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  settle ();
  if (stage_shoot_widget (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), path))
    g_print ("%s\n", path);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  settle ();
}

void
shots_customers (Stage            *stage,
                 AvaCustomersPage *page,
                 const char       *folder)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "customers.add", NULL);
  type (page, "phone", "12");
  ava_customer_form_add (ava_customers_page_get_new_form (page));
  settle ();
  shoot (stage, folder, "new");
  add_customer (page, "Quentin Quillfeather", "212 555 0142", "");
  add_customer (page, "Quentin Quilfeather", "212 555 0142", "Latex, lidocaine");
  shoot (stage, folder, "flagged");
  shoot_contact (stage, page, folder);
  scroll (page, 0.45);
  shoot (stage, folder, "consents");
  ava_package_list_sell (AVA_PACKAGE_LIST (stage_find (GTK_WIDGET (page), AVA_TYPE_PACKAGE_LIST, NULL)));
  settle ();
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (stage_find (stage_find (GTK_WIDGET (page), AVA_TYPE_PACKAGE_LIST, NULL),
                                                               ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  settle ();
  scroll (page, 0.42);
  shoot (stage, folder, "packages");
  gtk_widget_activate (stage_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Compare"));
  scroll (page, 0);
  gtk_widget_activate_action (GTK_WIDGET (page), "customers.duplicates", NULL);
  settle ();
  shoot (stage, folder, "compare");
  shoot_import (stage, page, folder);
  gtk_selection_model_select_item (ava_customers_page_get_selection (page), 3, TRUE);
  settle ();
  scroll (page, 0.75);
  shoot (stage, folder, "history");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
}
