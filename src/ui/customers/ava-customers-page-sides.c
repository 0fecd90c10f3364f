/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customers-page-private.h"

#include <glib/gi18n.h>

/* What stands beside the list instead of a card: somebody new, two records, a file. */

static void
show_side (AvaCustomersPage *self,
           const char       *name)
{
  gtk_stack_set_visible_child_name (self->card_stack, name);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

void
ava_customers_page_show_card_again (AvaCustomersPage *self)
{
  gtk_stack_set_visible_child_name (self->card_stack, ava_customer_card_get_id (self->card) != NULL ? "card" : "none");
}

void
ava_customers_page_add (GtkWidget  *widget,
                        const char *action,
                        GVariant   *target)
{
  AvaCustomersPage *self = AVA_CUSTOMERS_PAGE (widget);

  show_side (self, "new");
  ava_customer_form_set_customer (self->new_form, NULL);
}

void
ava_customers_page_on_added (AvaCustomersPage *self,
                             AvaCustomer      *customer)
{
  ava_customers_page_show_card (self, customer);
}

void
ava_customers_page_on_compare (AvaCustomersPage *self,
                               AvaDuplicate     *pair)
{
  ava_duplicate_view_show (self->compare, pair->one, pair->other, pair->reasons);
  show_side (self, "compare");
}

static void
show_next_pair (AvaCustomersPage *self)
{
  g_autoptr (AvaDuplicate) pair = NULL;

  if (self->pairs == NULL || self->pairs->len == 0) {
    g_clear_pointer (&self->pairs, g_ptr_array_unref);
    ava_customers_page_show_card_again (self);
    return;
  }
  pair = g_ptr_array_steal_index (self->pairs, 0);
  ava_customers_page_on_compare (self, pair);
}

static void
pairs_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCustomersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *pairs = ava_store_list_duplicates_finish (AVA_STORE (source), result, &error);

  if (pairs == NULL || self->context == NULL) {
    if (self->context != NULL)
      ava_customers_page_show_toast (self, error->message, 0);
    return;
  }
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  self->pairs = pairs;
  if (pairs->len == 0)
    ava_customers_page_show_toast (self, _("No two records look like one person."), 0);
  show_next_pair (self);
}

void
ava_customers_page_find_duplicates (GtkWidget  *widget,
                                    const char *action,
                                    GVariant   *target)
{
  AvaCustomersPage *self = AVA_CUSTOMERS_PAGE (widget);

  ava_store_list_duplicates_async (ava_context_get_store (self->context), NULL, self->cancellable, pairs_cb, g_object_ref (self));
}

/* A pair of the whole book leads to the next one, a pair from a card back to it. */
void
ava_customers_page_on_compared (AvaCustomersPage *self,
                                const char       *id)
{
  if (self->pairs != NULL)
    show_next_pair (self);
  else
    ava_customers_page_show_customer (self, id);
}

static void
on_file (GtkNativeDialog  *dialog,
         int               response,
         AvaCustomersPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

    ava_customers_page_import (self, file);
  }
  g_object_unref (dialog);
}

void
ava_customers_page_choose_file (GtkWidget  *widget,
                                const char *action,
                                GVariant   *target)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Import Customers"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Comma-separated values"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * ava_customers_page_import:
 *
 * Shows what @file would add; nothing is written until somebody says so.
 */
void
ava_customers_page_import (AvaCustomersPage *self,
                           GFile            *file)
{
  g_return_if_fail (AVA_IS_CUSTOMERS_PAGE (self));

  ava_client_import_view_load (self->import, file);
  show_side (self, "import");
}
