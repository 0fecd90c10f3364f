/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customers-page.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaCustomersPage {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwLeaflet *leaflet;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *nobody;
  GtkStack *card_stack;
  AvaCustomerCard *card;

  /* Owned References */
  AvaContext *context;
  GListModel *model;               /* AvaCustomer */
  GtkSingleSelection *selection;
  GCancellable *cancellable;
};

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

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_auto (GStrv) classes = g_strsplit (style, " ", -1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_add_css_class (label, classes[i]);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          AvaCustomersPage         *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *avatar = adw_avatar_new (32, NULL, TRUE);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_box_append (GTK_BOX (texts), make_label ("body"));
  gtk_box_append (GTK_BOX (texts), make_label ("caption dim-label numeric"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), avatar);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_set_margin_top (row, 5);
  gtk_widget_set_margin_bottom (row, 5);
  g_signal_connect_object (click, "released", G_CALLBACK (on_row_clicked), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         AvaCustomersPage         *self)
{
  AvaCustomer *customer = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *avatar = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (avatar));
  gboolean known = customer->name != NULL;
  g_autofree char *phone = known ? ava_display_phone (customer->phone) : g_strdup ("");
  g_autofree char *spoken = g_strdup_printf ("%s, %s", known ? customer->name : "", phone);

  adw_avatar_set_text (ADW_AVATAR (avatar), customer->name);
  gtk_label_set_text (GTK_LABEL (name), known ? customer->name : "…");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), phone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* --- list and card --- */

static void
show_card (AvaCustomersPage *self,
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
  show_card (self, gtk_single_selection_get_selected_item (self->selection));
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
  gboolean empty = g_list_model_get_n_items (self->model) == 0;
  gboolean pending = FALSE;

  g_object_get (self->model, "pending", &pending, NULL);
  /* Nobody is only said to be missing once the search is over. */
  if (empty && pending)
    return;
  adw_status_page_set_title (self->nobody, searching ? _("Nobody found") : _("No customers yet"));
  adw_status_page_set_description (self->nobody, searching
                                                   ? _("Try a shorter part of the name, or the last digits of the phone.")
                                                   : _("They appear here with their first booking."));
  gtk_stack_set_visible_child_name (self->stack, empty ? "nobody" : "list");
}

static void
on_search_changed (AvaCustomersPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->model == NULL)
    return;
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
  show_card (self, customer);
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

static void
ava_customers_page_dispose (GObject *object)
{
  AvaCustomersPage *self = AVA_CUSTOMERS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_customers_page_parent_class)->dispose (object);
}

static void
ava_customers_page_class_init (AvaCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customers_page_dispose;
  g_type_ensure (AVA_TYPE_CUSTOMER_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, nobody);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, card_stack);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomersPage, card);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_to_list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
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
  ava_customer_card_set_context (self->card, context);
  self->model = ava_store_customers_model (ava_context_get_store (context));
  self->selection = gtk_single_selection_new (g_object_ref (self->model));
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
  update_stack (self);
  return self;
}
