/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customers-page-private.h"

#include "ava-compat.h"
#include "ava-customer-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNDO_SECONDS 20

#define HEAD_ROWS 24
#define GROW_MS 150   /* after the last key */

G_DEFINE_FINAL_TYPE (AvaCustomersPage, ava_customers_page, ADW_TYPE_BIN)

/* --- rows --- */

static void
on_row_clicked (GtkGestureClick  *gesture,
                int               n_press,
                double            x,
                double            y,
                AvaCustomersPage *self)
{
  /* The list selects by itself; on a narrow window a click also leads to the card. */
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          AvaCustomersPage         *self)
{
  GtkWidget *row = ava_customer_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_row_clicked), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         AvaCustomersPage         *self)
{
  ava_customer_row_show (AVA_CUSTOMER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), self->context);
}

/* --- list and card --- */

void
ava_customers_page_show_card (AvaCustomersPage *self,
                              AvaCustomer      *customer)
{
  if (customer == NULL || customer->id == NULL)
    return;
  ava_customer_card_set_customer (self->card, customer);
  gtk_stack_set_visible_child_name (self->card_stack, "card");
}

static void
on_selected (AvaCustomersPage *self)
{
  ava_customers_page_show_card (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
on_activated (AvaCustomersPage *self,
              guint             position)
{
  gtk_single_selection_set_selected (self->selection, position);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
update_stack (AvaCustomersPage *self)
{
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  gboolean chosen = ava_customer_filter_button_is_active (self->filter);
  guint n = g_list_model_get_n_items (self->model);
  gboolean empty = n == 0;
  gboolean pending = FALSE;
  g_autofree char *count = NULL;

  g_object_get (self->model, "pending", &pending, NULL);
  count = g_strdup_printf (searching || chosen ? ngettext ("%'u found", "%'u found", n) : ngettext ("%'u customer", "%'u customers", n), n);
  if (!pending)
    gtk_label_set_text (self->count, count);
  /* Nobody is only said to be missing once the search is over. */
  if (empty && pending)
    return;
  adw_status_page_set_title (self->nobody, searching ? _("Nobody found") : chosen ? _("Nobody like that") : _("No customers yet"));
  adw_status_page_set_description (self->nobody, searching ? _("Try a shorter part of the name, or the last digits of the phone.")
                                                 : chosen ? _("Choose “Show All” in the filter to see everybody.")
                                                          : _("They appear here with their first booking, or add one with Shift+Ctrl+N."));
  gtk_stack_set_visible_child_name (self->stack, empty ? "nobody" : "list");
}

static gboolean
grow_cb (gpointer user_data)
{
  AvaCustomersPage *self = user_data;

  self->grow_id = 0;
  gtk_slice_list_model_set_size (self->head, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

/* A list keeps some two hundred rows, of which a screenful is seen: those first, the rest when nobody types. */
static void
show_head (AvaCustomersPage *self)
{
  gtk_slice_list_model_set_size (self->head, HEAD_ROWS);
  g_clear_handle_id (&self->grow_id, g_source_remove);
  self->grow_id = g_timeout_add (GROW_MS, grow_cb, self);
}

static void
on_search_changed (AvaCustomersPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->model == NULL)
    return;
  show_head (self);
  g_object_set (self->model, "search", text, NULL);
  update_stack (self);
}

/* Enter in the field: the first one found. */
static void
on_search_activated (AvaCustomersPage *self)
{
  on_search_changed (self);
  if (g_list_model_get_n_items (self->model) > 0)
    on_activated (self, 0);
}

static void
on_search_stopped (AvaCustomersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_to_list (AvaCustomersPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_back (AvaCustomersPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static gboolean
on_search_key (AvaCustomersPage *self,
               guint             key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  if (g_list_model_get_n_items (self->model) > 0 &&
      gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return TRUE;
}

/* --- Undo ------------------------------------------------------------------------------------ */

void
ava_customers_page_show_toast (AvaCustomersPage *self,
                               const char       *words,
                               gint64            token)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (markup);

  if (token != 0) {
    adw_toast_set_button_label (toast, _("_Undo"));
    adw_toast_set_action_name (toast, "customers.undo");
    adw_toast_set_action_target (toast, "x", token);
    adw_toast_set_timeout (toast, UNDO_SECONDS);
  }
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);   /* the latest, not after all the others */
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_changed_by_desk (AvaCustomersPage *self,
                    gint64            token,
                    const char       *words)
{
  ava_customers_page_show_toast (self, words, token);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaCustomersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = ava_book_undo_finish (AVA_BOOK (source), result, &error);

  if (self->context != NULL)
    ava_customers_page_show_toast (self, words != NULL ? words : error->message, 0);
}

static void
undo (GtkWidget  *widget,
      const char *action,
      GVariant   *target)
{
  AvaCustomersPage *self = AVA_CUSTOMERS_PAGE (widget);

  ava_book_undo_async (self->book, g_variant_get_int64 (target), undone_cb, g_object_ref (self));
}

/* --- Keeping up ------------------------------------------------------------------------------ */

static void
again_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCustomersPage) self = user_data;
  g_autoptr (AvaCustomer) customer = ava_store_get_customer_finish (AVA_STORE (source), result, NULL);

  if (self->context != NULL && customer != NULL && g_strcmp0 (customer->id, ava_customer_card_get_id (self->card)) == 0)
    ava_customer_card_set_customer (self->card, customer);
}

/* Whoever changed something: the card shows it. */
static void
on_store_changed (AvaCustomersPage   *self,
                  const char *const  *tables)
{
  static const char *const shown[] = { "customers", "appointments", "consents", "conversations", "tasks", "message_outbox", "consultations", NULL };
  const char *id = ava_customer_card_get_id (self->card);

  for (guint i = 0; id != NULL && tables[i] != NULL; i++) {
    if (g_strv_contains (shown, tables[i])) {
      ava_store_get_customer_async (ava_context_get_store (self->context), id, self->cancellable, again_cb, g_object_ref (self));
      return;
    }
  }
}

static void
on_filter (AvaCustomersPage *self)
{
  g_autofree char *words = NULL;

  g_object_get (self->filter, "filter", &words, NULL);
  g_object_set (self->model, "filter", words, NULL);
  update_stack (self);
}

static void
customer_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaCustomersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_store_get_customer_finish (AVA_STORE (source), result, &error);

  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable) || customer == NULL)
    return;
  ava_customers_page_show_card (self, customer);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

/**
 * ava_customers_page_show_customer:
 *
 * Shows the card of that customer, wherever it stands in the list.
 */
void
ava_customers_page_show_customer (AvaCustomersPage *self,
                                  const char       *customer_id)
{
  g_return_if_fail (AVA_IS_CUSTOMERS_PAGE (self));

  ava_store_get_customer_async (ava_context_get_store (self->context), customer_id, self->cancellable,
                                customer_cb, g_object_ref (self));
}

/**
 * ava_customers_page_focus_search:
 *
 * Moves the keyboard to the search field.
 */
void
ava_customers_page_focus_search (AvaCustomersPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * ava_customers_page_set_search:
 *
 * Searches as if @text had been typed.
 */
void
ava_customers_page_set_search (AvaCustomersPage *self,
                               const char       *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  on_search_changed (self);
}

/**
 * ava_customers_page_get_selection:
 *
 * Returns: (transfer none): the rows that are found, and the chosen one
 */
GtkSelectionModel *
ava_customers_page_get_selection (AvaCustomersPage *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

/**
 * ava_customers_page_get_card:
 *
 * Returns: (transfer none): the card
 */
AvaCustomerCard *
ava_customers_page_get_card (AvaCustomersPage *self)
{
  return self->card;
}

/* Returns: (transfer none): the form for a new customer */
AvaCustomerForm *
ava_customers_page_get_new_form (AvaCustomersPage *self)
{
  return self->new_form;
}

static void
ava_customers_page_dispose (GObject *object)
{
  AvaCustomersPage *self = AVA_CUSTOMERS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->grow_id, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->head);
  g_clear_object (&self->model);
  g_clear_object (&self->clients);
  g_clear_object (&self->book);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_customers_page_parent_class)->dispose (object);
}

static void
ava_customers_page_class_init (AvaCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customers_page_dispose;
  g_type_ensure (AVA_TYPE_CUSTOMER_CARD);
  g_type_ensure (AVA_TYPE_CUSTOMER_FILTER_BUTTON);
  g_type_ensure (AVA_TYPE_DUPLICATE_VIEW);
  g_type_ensure (AVA_TYPE_CLIENT_IMPORT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, nobody);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, card_stack);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, card);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, count);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, more);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, new_form);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, compare);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, import);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_to_list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_install_action (widget_class, "customers.add", NULL, ava_customers_page_add);
  gtk_widget_class_install_action (widget_class, "customers.duplicates", NULL, ava_customers_page_find_duplicates);
  gtk_widget_class_install_action (widget_class, "customers.import", NULL, ava_customers_page_choose_file);
  gtk_widget_class_install_action (widget_class, "customers.undo", "x", undo);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "customers.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "customers.undo", "x", (gint64) 0);
}

static void
ava_customers_page_init (AvaCustomersPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_search_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  ava_compat_name_menus (GTK_WIDGET (self->more), _("More"));
  g_signal_connect_object (self->new_form, "saved", G_CALLBACK (ava_customers_page_on_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->new_form, "cancelled", G_CALLBACK (ava_customers_page_show_card_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "compare", G_CALLBACK (ava_customers_page_on_compare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "show-customer", G_CALLBACK (ava_customers_page_show_customer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compare, "done", G_CALLBACK (ava_customers_page_on_compared), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "imported", G_CALLBACK (on_changed_by_desk), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "closed", G_CALLBACK (ava_customers_page_show_card_again), self, G_CONNECT_SWAPPED);
}

/**
 * ava_customers_page_new:
 *
 * Returns: (transfer floating): the page, with all customers
 */
AvaCustomersPage *
ava_customers_page_new (AvaContext *context)
{
  AvaCustomersPage *self = g_object_new (AVA_TYPE_CUSTOMERS_PAGE, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->context = g_object_ref (context);
  self->clients = ava_clients_new (context, NULL);
  self->book = ava_book_new (context);
  g_signal_connect_object (self->clients, "changed-by-desk", G_CALLBACK (on_changed_by_desk), self, G_CONNECT_SWAPPED);
  ava_customer_card_set_desk (self->card, context, self->clients);
  ava_customer_form_set_desk (self->new_form, context, self->clients);
  ava_duplicate_view_set_desk (self->compare, context, self->clients);
  ava_client_import_view_set_context (self->import, context);
  ava_customer_filter_button_set_context (self->filter, context);
  self->model = ava_store_customers_model (ava_context_get_store (context));
  self->head = gtk_slice_list_model_new (g_object_ref (self->model), 0, HEAD_ROWS);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->head)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::pending", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "notify::filter", G_CALLBACK (on_filter), self, G_CONNECT_SWAPPED);
  show_head (self);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  update_stack (self);
  return self;
}
