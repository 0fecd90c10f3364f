/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book.h"
#include "ava-customer-card.h"
#include "ava-customer-row.h"
#include "ava-customers-page.h"
#include "ava-package-list.h"
#include "ava-window-private.h"
#include "stage.h"

#include <string.h>

/* The customers' page as people use it: add, edit, compare, import, take back. */

typedef struct {
  Stage stage;
  AvaCustomersPage *page;
} Desk;

static guint
count_rows (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ava_customers_page_get_selection (desk->page)));
}

static gboolean
is_full (gpointer user_data)
{
  return count_rows (user_data) >= 400;
}

static void
show_customers (Desk *desk)
{
  ava_window_show_page (desk->stage.window, "customers");
  desk->page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk->stage.window, "customers"));
  g_assert_true (stage_wait (is_full, desk, 20));
}

static void
set_up (Desk *desk)
{
  stage_set_up (&desk->stage);
  show_customers (desk);
}

/* With no packages in the catalogue. */
static void
open_unsold (Desk *desk)
{
  stage_set_up_unsold (&desk->stage);
  show_customers (desk);
}

typedef struct {
  GtkWidget *from;
  GType type;
  const char *text;
} Wanted;

static gboolean
is_there (gpointer user_data)
{
  Wanted *wanted = user_data;

  return stage_find (wanted->from, wanted->type, wanted->text) != NULL;
}

static void
expect_text (Desk       *desk,
             const char *text)
{
  Wanted wanted = { GTK_WIDGET (desk->page), GTK_TYPE_LABEL, text };

  if (!stage_wait (is_there, &wanted, 15))
    g_error ("“%s” is not shown", text);
}

static void
press (Desk       *desk,
       const char *label)
{
  Wanted wanted = { GTK_WIDGET (desk->page), GTK_TYPE_BUTTON, label };

  if (!stage_wait (is_there, &wanted, 15))
    g_error ("there is no button “%s”", label);
  gtk_widget_activate (stage_find (GTK_WIDGET (desk->page), GTK_TYPE_BUTTON, label));
}

static const char *
get_shown (Desk *desk)
{
  return ava_customer_card_get_name (ava_customers_page_get_card (desk->page));
}

static gboolean
is_quux (gpointer user_data)
{
  return strstr (get_shown (user_data), "Quux") != NULL;
}

static void
add (Desk       *desk,
     const char *name,
     const char *phone,
     const char *allergies)
{
  AvaCustomerForm *form = ava_customers_page_get_new_form (desk->page);

  gtk_widget_activate_action (GTK_WIDGET (desk->page), "customers.add", NULL);
  ava_customer_form_set_field (form, "name", name);
  ava_customer_form_set_field (form, "phone", phone);
  ava_customer_form_set_field (form, "allergies", allergies);
  ava_customer_form_add (form);
}

static gboolean
is_calm (gpointer user_data)
{
  return !stage_has_text (GTK_WIDGET (((Desk *) user_data)->page), "Allergies: Latex");
}

/* --- Paid ahead --- */

typedef struct {
  AvaPackageList *list;
  const char *words;
} Told;

static gboolean
is_told (gpointer user_data)
{
  Told *told = user_data;
  g_autofree char *words = ava_package_list_to_words (told->list);

  return strstr (words, told->words) != NULL;
}

static void
expect_told (AvaPackageList *list,
             const char     *words)
{
  Told told = { list, words };

  if (!stage_wait (is_told, &told, 15)) {
    g_autofree char *got = ava_package_list_to_words (list);

    g_error ("“%s” is not told, but: %s", words, got);
  }
}

static void
booked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(AvaAppointment **) user_data = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_booked (gpointer user_data)
{
  return *(AvaAppointment **) user_data != NULL;
}

/* The treatment that is done uses a visit, undo gives it back; a deposit is taken and given back. */
static void
packages_and_deposits_follow_the_book (void)
{
  Desk desk = { 0 };
  AvaContext *context;
  AvaPackageList *list;
  AvaAppointment *booked = NULL;
  AvaAppointment *paid = NULL;
  AvaAppointment *back = NULL;
  g_autoptr (AvaBook) book = NULL;
  g_autofree char *left = NULL;
  AvaService *service;
  AvaBookWish wish = { .goes_on = TRUE };

  open_unsold (&desk);
  context = desk.stage.window->context;
  service = ava_context_get_spa (context)->services->pdata[0];
  add (&desk, "Una Quux", "212 555 0142", "");
  g_assert_true (stage_wait (is_quux, &desk, 15));
  list = AVA_PACKAGE_LIST (stage_find (GTK_WIDGET (desk.page), AVA_TYPE_PACKAGE_LIST, NULL));
  ava_package_list_sell (list);
  left = g_strdup_printf ("5 × %s: Left: 5 of 5 %s, until ", service->name, service->name);
  expect_told (list, left);
  book = ava_book_new (context);
  wish.service_id = service->id;
  wish.provider_id = "prov-ortiz";
  wish.customer_id = ava_customer_card_get_id (ava_customers_page_get_card (desk.page));
  wish.start_us = G_GINT64_CONSTANT (1798560000) * G_USEC_PER_SEC;   /* Tuesday, December 29, 2026, 11:00 in New York */
  ava_book_make_async (book, &wish, booked_cb, &booked);
  g_assert_true (stage_wait (is_booked, &booked, 15));
  ava_book_set_status_async (book, booked->id, AVA_APPOINTMENT_DONE, NULL, NULL);
  expect_told (list, "Left: 4 of 5 ");
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.undo", "x", (gint64) 0);
  expect_told (list, "Left: 5 of 5 ");
  ava_book_set_deposit_async (book, booked->id, 2000, FALSE, booked_cb, &paid);
  g_assert_true (stage_wait (is_booked, &paid, 15));
  expect_told (list, "$20, held");
  ava_book_set_deposit_async (book, booked->id, 2000, TRUE, booked_cb, &back);
  g_assert_true (stage_wait (is_booked, &back, 15));
  expect_told (list, "$20, given back");
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.undo", "x", (gint64) 0);
  expect_told (list, "$20, held");
  g_object_unref (booked);
  g_object_unref (paid);
  g_object_unref (back);
  g_clear_object (&book);
  stage_tear_down (&desk.stage);
}

static void
new_customer_with_an_allergy_shows_the_flag (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add (&desk, "Una Quux", "212 555 0142", "Latex");
  g_assert_true (stage_wait (is_quux, &desk, 15));
  expect_text (&desk, "Allergies: Latex");
  ava_customer_form_set_field (ava_customer_card_get_form (ava_customers_page_get_card (desk.page)), "do_not_book", "Unpaid fee");
  expect_text (&desk, "Do not book: Unpaid fee");
  ava_customer_form_set_field (ava_customer_card_get_form (ava_customers_page_get_card (desk.page)), "allergies", "");
  g_assert_true (stage_wait (is_calm, &desk, 15));
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.undo", "x", (gint64) 0);
  expect_text (&desk, "Allergies: Latex");
  stage_tear_down (&desk.stage);
}

static void
wrong_field_is_told_and_nothing_is_lost (void)
{
  Desk desk = { 0 };
  AvaCustomerForm *form;

  set_up (&desk);
  add (&desk, "", "12", "");
  expect_text (&desk, "The name is missing.");
  form = ava_customers_page_get_new_form (desk.page);
  ava_customer_form_set_field (form, "name", "محمد الأمين 👩🏽‍⚕️");
  ava_customer_form_set_field (form, "phone", "12");
  ava_customer_form_add (form);
  expect_text (&desk, "This is not a whole phone number. Write it with its area code, or with + and its country code.");
  ava_customer_form_set_field (form, "phone", "2125550142");
  ava_customer_form_add (form);
  expect_text (&desk, "محمد الأمين 👩🏽‍⚕️");
  form = ava_customer_card_get_form (ava_customers_page_get_card (desk.page));
  ava_customer_form_set_field (form, "email", "<b>not one</b>");
  expect_text (&desk, "The e-mail address is not complete. It looks like name@example.com.");
  stage_tear_down (&desk.stage);
}

static gboolean
has_one_row (gpointer user_data)
{
  return count_rows (user_data) == 1;
}

static gboolean
has_two_rows (gpointer user_data)
{
  return count_rows (user_data) == 2;
}

static void
two_records_are_compared_made_one_and_taken_back (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add (&desk, "Quentin Quuxley", "212 555 0142", "Latex");
  g_assert_true (stage_wait (is_quux, &desk, 15));
  add (&desk, "Quentin Quuxly", "212 555 0142", "");
  expect_text (&desk, "May be the same as Quentin Quuxley");
  press (&desk, "_Compare");
  expect_text (&desk, "similar name, same phone");
  press (&desk, "_Make Them One");
  expect_text (&desk, "Allergies: Latex");
  ava_customers_page_set_search (desk.page, "quentin quux");
  g_assert_true (stage_wait (has_one_row, &desk, 15));
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.undo", "x", (gint64) 0);
  g_assert_true (stage_wait (has_two_rows, &desk, 15));
  stage_tear_down (&desk.stage);
}

static void
file_is_shown_before_it_is_taken (void)
{
  Desk desk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  set_up (&desk);
  path = g_build_filename (desk.stage.folder, "clients.csv", NULL);
  file = g_file_new_for_path (path);
  g_assert_true (g_file_set_contents (path, "Name,Phone,Birthday\nAda Quuxford,2125550142,1990-01-01\nBo Quuxford,12,\n"
                                            "Cy Quuxford,2125550143,2190-01-01\n", -1, NULL));
  ava_customers_page_import (desk.page, file);
  expect_text (&desk, "1 customer can be added, 2 rows cannot be taken");
  expect_text (&desk, "Line 3: Bo Quuxford, 12, ");
  press (&desk, "_Add 1 Customer");
  expect_text (&desk, "1 added");
  ava_customers_page_import (desk.page, file);
  press (&desk, "_Add 1 Customer");
  expect_text (&desk, "0 added; 1 were in the book already");
  ava_customers_page_set_search (desk.page, "quuxford");
  g_assert_true (stage_wait (has_one_row, &desk, 15));
  stage_tear_down (&desk.stage);
}

static gboolean
has_row (gpointer user_data)
{
  Desk *desk = user_data;
  GtkWidget *row = stage_find (GTK_WIDGET (desk->page), AVA_TYPE_CUSTOMER_ROW, NULL);

  return row != NULL && stage_has_text (row, "Una Quux") && stage_has_text (row, "(212) 555-0142") &&
         stage_find (row, GTK_TYPE_IMAGE, NULL) != NULL && !stage_has_text (row, "VIP");
}

static void
every_row_says_who_it_is (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add (&desk, "Una Quux", "212 555 0142", "Latex");
  ava_customers_page_set_search (desk.page, "una quux");
  g_assert_true (stage_wait (has_one_row, &desk, 15));
  g_assert_true (stage_wait (has_row, &desk, 15));
  stage_tear_down (&desk.stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/customers/flag", new_customer_with_an_allergy_shows_the_flag);
  g_test_add_func ("/customers/packages", packages_and_deposits_follow_the_book);
  g_test_add_func ("/customers/wrong", wrong_field_is_told_and_nothing_is_lost);
  g_test_add_func ("/customers/merge", two_records_are_compared_made_one_and_taken_back);
  g_test_add_func ("/customers/import", file_is_shown_before_it_is_taken);
  g_test_add_func ("/customers/rows", every_row_says_who_it_is);
  return g_test_run ();
}
