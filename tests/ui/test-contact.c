/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-actions.h"
#include "ava-customers-page.h"
#include "ava-window-private.h"
#include "stage.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Call and Message of the customer's card, with programs of this computer that are there, are not, or do not start.
 * The computer has only what stands in the folder of this test. */

typedef struct {
  Stage stage;
  AvaCustomersPage *page;
} Desk;

static char *computer;   /* the folder */

static char *
in_folder (const char *name)
{
  return g_build_filename (computer, name, NULL);
}

static void
write_file (const char *name,
            const char *text,
            int         mode)
{
  g_autofree char *path = in_folder (name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *scheme;
  const char *program;
} Handler;

static gboolean
is_installed (gpointer user_data)
{
  Handler *handler = user_data;
  g_autoptr (GAppInfo) program = g_app_info_get_default_for_uri_scheme (handler->scheme);

  return program != NULL && g_str_equal (g_app_info_get_name (program), handler->program);
}

/* @entry: the lines of the program's description. It is there for calls, texts and e-mails. */
static void
install (const char *id,
         const char *name,
         const char *entry)
{
  g_autofree char *path = g_strdup_printf ("data/applications/%s.desktop", id);
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=%s\n%s\n"
                                           "MimeType=x-scheme-handler/tel;x-scheme-handler/sms;x-scheme-handler/mailto;\n", name, entry);
  g_autofree char *defaults = g_strdup_printf ("[Default Applications]\nx-scheme-handler/tel=%1$s.desktop\n"
                                               "x-scheme-handler/sms=%1$s.desktop\nx-scheme-handler/mailto=%1$s.desktop\n", id);
  Handler handler = { "mailto", name };

  write_file (path, text, 0600);
  write_file ("config/mimeapps.list", defaults, 0600);
  g_assert_true (stage_wait (is_installed, &handler, 20));
}

/* Writes down what it was given. */
static void
install_phone (void)
{
  g_autofree char *notebook = in_folder ("given");
  g_autofree char *program = in_folder ("fake-phone");
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nprintf '%%s' \"$1\" > '%1$s.part' && mv '%1$s.part' '%1$s'\n", notebook);
  g_autofree char *entry = g_strdup_printf ("Exec=%s %%u", program);

  write_file ("fake-phone", script, 0700);
  install ("fake-phone", "Fake Phone", entry);
}

static gboolean
is_listed (gpointer user_data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ava_customers_page_get_selection (user_data))) >= 400;
}

static void
set_up (Desk *desk)
{
  stage_set_up (&desk->stage);
  ava_window_show_page (desk->stage.window, "customers");
  desk->page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk->stage.window, "customers"));
  g_assert_true (stage_wait (is_listed, desk->page, 20));
}

static gboolean
is_shown (gpointer user_data)
{
  return g_str_equal (ava_customer_card_get_name (ava_customers_page_get_card (user_data)), "Una Quux");
}

static void
add (Desk       *desk,
     const char *phone,
     const char *email)
{
  AvaCustomerForm *form = ava_customers_page_get_new_form (desk->page);

  gtk_widget_activate_action (GTK_WIDGET (desk->page), "customers.add", NULL);
  ava_customer_form_set_field (form, "name", "Una Quux");
  ava_customer_form_set_field (form, "phone", phone);
  ava_customer_form_set_field (form, "email", email);
  ava_customer_form_add (form);
  g_assert_true (stage_wait (is_shown, desk->page, 15));
}

static GtkWidget *
find_named (GtkWidget  *from,
            const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (from)), id) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_named (child, id);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_action (Desk       *desk,
             const char *id)
{
  GtkWidget *found = find_named (stage_find (GTK_WIDGET (desk->page), AVA_TYPE_CUSTOMER_ACTIONS, NULL), id);

  g_assert_nonnull (found);
  return found;
}

static void
press (Desk       *desk,
       const char *id)
{
  GtkWidget *button = find_action (desk, id);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

typedef struct {
  Desk *desk;
  const char *text;
} Wanted;

static gboolean
is_told (gpointer user_data)
{
  Wanted *wanted = user_data;

  return stage_has_text (GTK_WIDGET (wanted->desk->page), wanted->text);
}

static void
expect_text (Desk       *desk,
             const char *text)
{
  Wanted wanted = { desk, text };

  if (!stage_wait (is_told, &wanted, 15))
    g_error ("“%s” is not shown", text);
}

static gboolean
is_given (gpointer user_data)
{
  g_autofree char *path = in_folder ("given");
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_equal (text, user_data);
}

static void
expect_given (const char *uri)
{
  g_autofree char *path = in_folder ("given");

  if (!stage_wait (is_given, (gpointer) uri, 15))
    g_error ("the program was not given %s", uri);
  g_unlink (path);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_read (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

static void
expect_copied (Desk       *desk,
               const char *text)
{
  g_autofree char *copied = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (desk->page)), NULL, read_cb, &copied);
  g_assert_true (stage_wait (is_read, &copied, 15));
  g_assert_cmpstr (copied, ==, text);
}

static void
without_a_program_the_number_is_copied (void)
{
  Desk desk = { 0 };
  g_autoptr (GAppInfo) program = g_app_info_get_default_for_uri_scheme ("tel");

  g_assert_null (program);
  set_up (&desk);
  add (&desk, "212 555 0142", "una+spa@example.com");
  press (&desk, "call");
  expect_text (&desk, "No program on this computer places calls. The number is copied.");
  expect_copied (&desk, "+12125550142");
  expect_text (&desk, "Call placed by Front desk");
  press (&desk, "email");
  expect_text (&desk, "No program on this computer writes e-mails. The address is copied.");
  expect_copied (&desk, "una+spa@example.com");
  expect_text (&desk, "E-mail begun by Front desk");
  stage_tear_down (&desk.stage);
}

static void
program_gets_number_and_address (void)
{
  Desk desk = { 0 };
  g_autofree char *spa = NULL;
  g_autofree char *mail = NULL;

  install_phone ();
  set_up (&desk);
  add (&desk, "212 555 0142", "una+spa@example.com");
  press (&desk, "call");
  expect_given ("tel:+12125550142");
  expect_text (&desk, "Handed to Fake Phone.");
  expect_text (&desk, "Call placed by Front desk");
  press (&desk, "text");
  expect_given ("sms:+12125550142");
  expect_text (&desk, "Text message begun by Front desk");
  spa = g_uri_escape_string (ava_context_get_spa (desk.stage.context)->name, NULL, FALSE);
  mail = g_strdup_printf ("mailto:una%%2Bspa@example.com?subject=%s", spa);
  press (&desk, "email");
  expect_given (mail);
  stage_tear_down (&desk.stage);
}

static void
program_that_does_not_start_is_told (void)
{
  Desk desk = { 0 };

  install ("org.example.Sleeper", "Sleeper", "Exec=true\nDBusActivatable=true\nStartupNotify=true");   /* which no bus knows */
  set_up (&desk);
  add (&desk, "212 555 0142", "");
  press (&desk, "call");
  expect_text (&desk, "Sleeper did not start. The number is copied.");
  expect_copied (&desk, "+12125550142");
  g_assert_false (gtk_widget_is_sensitive (find_action (&desk, "email")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_action (&desk, "email")), ==, "No e-mail address is known.");
  stage_tear_down (&desk.stage);
}

static void
say_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  g_assert_no_error (error);
}

static void
refuse (Desk       *desk,
        const char *kind)
{
  g_autoptr (AvaClients) clients = ava_clients_new (desk->stage.context, NULL);
  g_autoptr (AvaConsent) consent = ava_consent_new ();

  consent->kind = g_strdup (kind);
  consent->signed_us = ava_clock_now_us (desk->stage.clock);
  ava_clients_save_consent_async (clients, ava_customer_card_get_id (ava_customers_page_get_card (desk->page)), NULL, consent, say_cb, NULL);
}

static void
who_refused_is_not_reached (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add (&desk, "212 555 0142", "una@example.com");
  refuse (&desk, "calls");
  expect_text (&desk, "Wants no calls: Today, noted by Front desk");
  g_assert_false (gtk_widget_is_sensitive (find_action (&desk, "call")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_action (&desk, "call")), ==, "Wants no calls: Today, noted by Front desk");
  g_assert_true (gtk_widget_is_sensitive (find_action (&desk, "text")));
  g_assert_true (gtk_widget_is_sensitive (find_action (&desk, "email")));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_action (&desk, "text_words"))), ==, "(212) 555-0142");
  refuse (&desk, "reminders");
  expect_text (&desk, "Wants no calls: Today, noted by Front desk\nWants no text messages: Today, noted by Front desk");
  g_assert_false (gtk_widget_is_sensitive (find_action (&desk, "text")));
  /* Even one who presses before the refusal is seen does not get through. */
  g_signal_emit_by_name (find_action (&desk, "call"), "clicked");
  expect_text (&desk, "The customer does not want to be called.");
  stage_tear_down (&desk.stage);
}

static void
without_any_address_nothing_can_be_pressed (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  add (&desk, "", "");
  g_assert_false (gtk_widget_is_sensitive (find_action (&desk, "call")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_action (&desk, "call")), ==, "No phone number is known.");
  g_assert_false (gtk_widget_is_sensitive (find_action (&desk, "message")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_action (&desk, "message")), ==, "Neither a phone number nor an e-mail address is known.");
  stage_tear_down (&desk.stage);
}

/* Pictures, schemas and kinds of files are those of the real computer, its programs are not. */
static char *
link_shared (void)
{
  static const char *const shared[] = { "glib-2.0", "icons", "mime", "fontconfig" };
  const char *dirs = g_getenv ("XDG_DATA_DIRS");
  g_auto (GStrv) real = g_strsplit (dirs != NULL && *dirs != '\0' ? dirs : "/usr/local/share:/usr/share", ":", -1);
  g_autoptr (GString) mine = g_string_new (NULL);

  for (guint i = 0; real[i] != NULL; i++) {
    g_autofree char *folder = g_strdup_printf ("%s/system/%u", computer, i);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    for (guint j = 0; j < G_N_ELEMENTS (shared); j++) {
      g_autofree char *target = g_build_filename (real[i], shared[j], NULL);
      g_autofree char *link = g_build_filename (folder, shared[j], NULL);

      g_assert_cmpint (symlink (target, link), ==, 0);
    }
    g_string_append_printf (mine, "%s%s", i > 0 ? ":" : "", folder);
  }
  return g_string_free (g_steal_pointer (&mine), FALSE);
}

/* Before anything reads them. */
static void
use_computer (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  g_autofree char *system = NULL;

  computer = g_dir_make_tmp ("ava-computer-XXXXXX", &error);
  g_assert_no_error (error);
  data = in_folder ("data");
  config = in_folder ("config");
  system = link_shared ();
  g_assert_cmpint (g_mkdir_with_parents (data, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (config, 0700), ==, 0);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", config, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  use_computer ();
  stage_init (&argc, &argv);
  g_test_add_func ("/contact/by-hand", without_a_program_the_number_is_copied);
  g_test_add_func ("/contact/no-address", without_any_address_nothing_can_be_pressed);
  g_test_add_func ("/contact/refused", who_refused_is_not_reached);
  g_test_add_func ("/contact/program", program_gets_number_and_address);
  g_test_add_func ("/contact/broken", program_that_does_not_start_is_told);
  return g_test_run ();
}
