/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-card-private.h"

#include "ava-client-words.h"

#include <glib/gi18n.h>

enum { COMPARE, SHOW_CUSTOMER, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCustomerCard, ava_customer_card, ADW_TYPE_BIN)

static void
clear_children (GtkWidget *parent,
                void     (*remove) (GtkWidget *parent, GtkWidget *child))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    remove (parent, child);
}

static gboolean
has_words (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
tell (AvaCustomerCard *self,
      const char      *words)
{
  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
}

/* --- What to be careful about ---------------------------------------------------------------- */

static void
add_flag (AvaCustomerCard *self,
          const char      *title,
          const char      *words,
          gboolean         calm)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (calm ? "ava-person-symbolic" : "ava-warning-symbolic");
  g_autofree char *text = words != NULL ? g_strdup_printf ("%s: %s", title, words) : g_strdup (title);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "flag");
  if (calm)
    gtk_widget_add_css_class (box, "calm");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->flags, box);
}

static void
update_flags (AvaCustomerCard *self)
{
  AvaCustomer *customer = self->customer;

  clear_children (GTK_WIDGET (self->flags), (gpointer) gtk_box_remove);
  if (has_words (customer->do_not_book))
    add_flag (self, _("Do not book"), customer->do_not_book, FALSE);
  if (customer->pregnant)
    add_flag (self, _("Pregnant"), NULL, FALSE);
  if (has_words (customer->allergies))
    add_flag (self, _("Allergies"), customer->allergies, FALSE);
  if (has_words (customer->contraindications))
    add_flag (self, _("Not to be treated with"), customer->contraindications, FALSE);
  if (has_words (customer->medicines))
    add_flag (self, _("Medicines"), customer->medicines, FALSE);
  if (customer->vip)
    add_flag (self, _("VIP"), NULL, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->flags), gtk_widget_get_first_child (GTK_WIDGET (self->flags)) != NULL);
}

/* --- Changes --------------------------------------------------------------------------------- */

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaCustomerCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  tell (self, error != NULL ? error->message : NULL);
  if (customer != NULL && g_strcmp0 (customer->id, self->customer->id) == 0)
    ava_customer_card_set_customer (self, customer);
}

/* What whoever works here may not do cannot be pressed, and says why. */
static void
set_allowed (AvaCustomerCard *self,
             GtkWidget       *button,
             AvaStaffRights   right)
{
  g_autofree char *refusal = ava_clients_refuse (self->clients, right);

  gtk_widget_set_sensitive (button, refusal == NULL);
  gtk_widget_set_tooltip_text (button, refusal);
}

static void
update_rights (AvaCustomerCard *self)
{
  const char *name = ava_staff_get_name (ava_context_get_staff (self->context));
  g_autofree char *refusal = ava_clients_refuse (self->clients, AVA_RIGHT_ERASE_CUSTOMERS);
  /* Translators: the name of who works at this desk. */
  g_autofree char *decider = refusal == NULL && name != NULL ? g_strdup_printf (_("Noted as decided by %s"), name) : NULL;

  set_allowed (self, GTK_WIDGET (self->archive_button), AVA_RIGHT_MERGE_CUSTOMERS);
  set_allowed (self, GTK_WIDGET (self->state_button), AVA_RIGHT_MERGE_CUSTOMERS);
  set_allowed (self, GTK_WIDGET (self->erase_button), AVA_RIGHT_ERASE_CUSTOMERS);
  adw_action_row_set_subtitle (self->erase_who, refusal != NULL ? refusal : decider != NULL ? decider : "");
}

static void
on_archive (AvaCustomerCard *self)
{
  ava_clients_archive_async (self->clients, self->customer->id, TRUE, changed_cb, g_object_ref (self));
}

static void
on_erase (AvaCustomerCard *self)
{
  ava_clients_erase_async (self->clients, self->customer->id, gtk_editable_get_text (GTK_EDITABLE (self->erase_reason)),
                           changed_cb, g_object_ref (self));
}

static void
on_state_button (AvaCustomerCard *self)
{
  if (self->customer->merged_into != NULL)
    ava_clients_split_async (self->clients, self->customer->id, changed_cb, g_object_ref (self));
  else
    ava_clients_archive_async (self->clients, self->customer->id, FALSE, changed_cb, g_object_ref (self));
}

/* One strip says what is unusual about this record, and what can be done about it. */
static void
update_state (AvaCustomerCard *self)
{
  AvaCustomer *customer = self->customer;
  const char *words = customer->erased_us != 0 ? _("What was known of this customer was erased on request.")
                      : customer->merged_into != NULL ? _("This record was merged into another one.")
                      : customer->archived_us != 0 ? _("Archived: not listed, and not offered when booking.") : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->state), words != NULL);
  gtk_label_set_text (self->state_words, words != NULL ? words : "");
  gtk_button_set_label (self->state_button, customer->merged_into != NULL ? _("_Split Again") : _("_Bring Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->state_button), customer->erased_us == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->leaving), customer->archived_us == 0);
}

/* --- Others: possible duplicates, household -------------------------------------------------- */

static void
on_compare (GtkButton       *button,
            AvaCustomerCard *self)
{
  g_signal_emit (self, signals[COMPARE], 0, g_object_get_data (G_OBJECT (button), "duplicate"));
}

static void
add_duplicate (AvaCustomerCard *self,
               AvaDuplicate    *duplicate)
{
  AvaCustomer *other = g_strcmp0 (duplicate->one->id, self->customer->id) == 0 ? duplicate->other : duplicate->one;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Compare"));
  g_autofree char *title = g_strdup_printf (_("May be the same as %s"), other->name);
  g_autofree char *why = ava_client_words_for_reasons (duplicate->reasons);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "duplicate", ava_duplicate_new (duplicate->one, duplicate->other, duplicate->reasons),
                          (GDestroyNotify) ava_duplicate_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_compare), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->duplicates, row);
}

static void
duplicates_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AvaCustomerCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ava_store_list_duplicates_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  clear_children (GTK_WIDGET (self->duplicates), (gpointer) gtk_list_box_remove);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add_duplicate (self, found->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->duplicates), found != NULL && found->len > 0);
}

static void
on_household (GtkButton       *button,
              AvaCustomerCard *self)
{
  ava_clients_set_household_async (self->clients, self->customer->id, g_object_get_data (G_OBJECT (button), "other"),
                                   changed_cb, g_object_ref (self));
}

static void
on_relative (GtkListBoxRow   *row,
             AvaCustomerCard *self)
{
  g_signal_emit (self, signals[SHOW_CUSTOMER], 0, g_object_get_data (G_OBJECT (row), "customer"));
}

static void
add_relative (AvaCustomerCard *self,
              AvaCustomer     *relative)
{
  gboolean home = relative->household_id != NULL && g_strcmp0 (relative->household_id, self->customer->household_id) == 0;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (home ? _("_Leave") : _("Same _Household"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), relative->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), home ? _("Same household") : _("Same phone"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  if (!home)
    g_object_set_data_full (G_OBJECT (button), "other", g_strdup (relative->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_household), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "customer", g_strdup (relative->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_relative), self, 0);
  gtk_list_box_append (self->household, row);
}

static void
household_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaCustomerCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ava_store_list_household_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  clear_children (GTK_WIDGET (self->household), (gpointer) gtk_list_box_remove);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add_relative (self, found->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->household_group), found != NULL && found->len > 0);
}

/* --- The customer ---------------------------------------------------------------------------- */

static void
update_head (AvaCustomerCard *self)
{
  AvaCustomer *customer = self->customer;
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (customer->created_us / G_USEC_PER_SEC);
  g_autofree char *since = created != NULL && customer->created_us > 0
    ? g_date_time_format (created, _("Customer since %B %Y")) : g_strdup ("");
  g_autofree char *tags = customer->tags != NULL ? g_strjoinv (" · ", customer->tags) : g_strdup ("");
  g_autofree char *line = g_strconcat (since, *since != '\0' && *tags != '\0' ? "\n" : "", tags, NULL);

  gtk_label_set_text (self->name, customer->name != NULL ? customer->name : _("Unknown"));
  gtk_label_set_text (self->since, line);
  gtk_widget_set_visible (GTK_WIDGET (self->since), *line != '\0');
  adw_avatar_set_text (self->avatar, customer->name);
}

static void
stop_reading (AvaCustomerCard *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_rest (AvaCustomerCard *self)
{
  AvaStore *store = ava_context_get_store (self->context);
  const char *id = self->customer->id;

  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_customer_figures_async (store, id, self->reading, ava_customer_card_figures_cb, g_object_ref (self));
  ava_store_list_duplicates_async (store, id, self->reading, duplicates_cb, g_object_ref (self));
  ava_store_list_household_async (store, id, self->reading, household_cb, g_object_ref (self));
  ava_consent_list_set_customer (self->consents, id);
  ava_package_list_set_customer (self->packages, id);
  ava_customer_timeline_set_customer (self->timeline, id);
}

/**
 * ava_customer_card_set_customer:
 *
 * Shows @customer and reads what belongs to them.
 */
void
ava_customer_card_set_customer (AvaCustomerCard *self,
                                AvaCustomer     *customer)
{
  gboolean other;

  g_return_if_fail (AVA_IS_CUSTOMER_CARD (self));
  g_return_if_fail (customer != NULL);

  other = self->customer == NULL || g_strcmp0 (self->customer->id, customer->id) != 0;
  g_set_object (&self->customer, customer);
  update_head (self);
  update_state (self);
  update_flags (self);
  ava_customer_actions_set_customer (self->actions, customer);
  ava_customer_form_set_customer (self->form, customer);
  if (other) {
    tell (self, NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->duplicates), FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self->household_group), FALSE);
    adw_expander_row_set_expanded (self->erase_row, FALSE);
    gtk_editable_set_text (GTK_EDITABLE (self->erase_reason), "");
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  }
  read_rest (self);
}

static void
on_saved (AvaCustomerCard *self,
          AvaCustomer     *customer)
{
  ava_customer_card_set_customer (self, customer);
}

/**
 * ava_customer_card_set_desk:
 *
 * Gives it the desk; once, before anything is shown.
 */
void
ava_customer_card_set_desk (AvaCustomerCard *self,
                            AvaContext      *context,
                            AvaClients      *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
  ava_customer_form_set_desk (self->form, context, clients);
  ava_customer_actions_set_desk (self->actions, context, clients);
  ava_consent_list_set_desk (self->consents, context, clients);
  ava_package_list_set_desk (self->packages, context, clients);
  ava_customer_timeline_set_context (self->timeline, context);
  g_signal_connect_object (ava_context_get_staff (context), "changed", G_CALLBACK (update_rights), self, G_CONNECT_SWAPPED);
  update_rights (self);
}

/* Returns: whose card it is */
const char *
ava_customer_card_get_name (AvaCustomerCard *self)
{
  return gtk_label_get_text (self->name);
}

/* Returns: (nullable): the customer's id */
const char *
ava_customer_card_get_id (AvaCustomerCard *self)
{
  return self->customer != NULL ? self->customer->id : NULL;
}

/* Returns: (transfer none): where the fields are written */
AvaCustomerForm *
ava_customer_card_get_form (AvaCustomerCard *self)
{
  return self->form;
}

static void
ava_customer_card_dispose (GObject *object)
{
  AvaCustomerCard *self = AVA_CUSTOMER_CARD (object);

  stop_reading (self);
  g_clear_object (&self->customer);
  g_clear_object (&self->clients);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_customer_card_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, name)
  CHILD (avatar);
  CHILD (name);
  CHILD (since);
  CHILD (state);
  CHILD (state_words);
  CHILD (state_button);
  CHILD (flags);
  CHILD (actions);
  CHILD (duplicates);
  CHILD (form);
  CHILD (consents);
  CHILD (packages);
  CHILD (household_group);
  CHILD (household);
  CHILD (next);
  CHILD (last);
  CHILD (visits);
  CHILD (kept);
  CHILD (rhythm);
  CHILD (calls);
  CHILD (satisfaction);
  CHILD (timeline);
  CHILD (leaving);
  CHILD (erase_row);
  CHILD (erase_button);
  CHILD (erase_who);
  CHILD (archive_button);
  CHILD (erase_reason);
  CHILD (trouble);
  CHILD (scroller);
}

static void
ava_customer_card_class_init (AvaCustomerCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customer_card_dispose;
  g_type_ensure (AVA_TYPE_CUSTOMER_ACTIONS);
  g_type_ensure (AVA_TYPE_CUSTOMER_FORM);
  g_type_ensure (AVA_TYPE_CONSENT_LIST);
  g_type_ensure (AVA_TYPE_PACKAGE_LIST);
  g_type_ensure (AVA_TYPE_CUSTOMER_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-card.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_archive);
  gtk_widget_class_bind_template_callback (widget_class, on_erase);
  gtk_widget_class_bind_template_callback (widget_class, on_state_button);

  /**
   * AvaCustomerCard::compare:
   * @duplicate: the two records
   */
  signals[COMPARE] = g_signal_new ("compare", AVA_TYPE_CUSTOMER_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SHOW_CUSTOMER] = g_signal_new ("show-customer", AVA_TYPE_CUSTOMER_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
}

static void
ava_customer_card_init (AvaCustomerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->form, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
}
