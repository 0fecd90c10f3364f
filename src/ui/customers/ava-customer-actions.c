/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-actions.h"

#include "ava-book-words.h"
#include "ava-compat.h"
#include "ava-display.h"
#include "ava-phone.h"
#include "ava-store-contacts.h"

#include <glib/gi18n.h>

struct _AvaCustomerActions {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkButton *book;
  GtkButton *call;
  GtkMenuButton *message;
  GtkPopover *ways;
  GtkButton *text;
  GtkLabel *text_words;
  GtkButton *email;
  GtkLabel *email_words;
  GtkLabel *refused;
  GtkLabel *told;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaCustomer *customer;        /* nullable */
  char *refusals[AVA_N_CONTACTS]; /* in words, nullable: nothing was refused */
  GCancellable *reading;        /* nullable */

  gboolean busy;                /* somebody is being reached for */
};

/* One press of a button, on its way: which program there is, the note, the program. */
typedef struct {
  AvaCustomerActions *self;
  AvaContact contact;
  char *id;
  char *program;                /* nullable: there is none */
  char *address;                /* nullable: not known yet */
} Reach;

G_DEFINE_FINAL_TYPE (AvaCustomerActions, ava_customer_actions, ADW_TYPE_BIN)

static gboolean
has_words (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
show_words (GtkLabel   *label,
            const char *words)
{
  gtk_label_set_text (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), has_words (words));
}

/* --- What can be done ------------------------------------------------------------------------ */

/* An action that cannot be used says why, to the eye and to a screen reader. */
static void
set_way (GtkWidget  *button,
         gboolean    possible,
         const char *words)
{
  gtk_widget_set_sensitive (button, possible);
  gtk_widget_set_tooltip_text (button, possible ? NULL : words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, has_words (words) ? words : "", -1);
}

static void
update_ways (AvaCustomerActions *self)
{
  AvaCustomer *customer = self->customer;
  const char *no_phone = _("No phone number is known.");
  const char *no_email = _("No e-mail address is known.");
  gboolean phone = has_words (customer->phone);
  gboolean email = has_words (customer->email);
  g_autofree char *number = phone ? ava_phone_format (customer->phone) : NULL;
  const char *const *refusals = (const char *const *) self->refusals;
  const char *call = !phone ? no_phone : refusals[AVA_CONTACT_CALL] != NULL ? refusals[AVA_CONTACT_CALL] : number;
  const char *text = !phone ? no_phone : refusals[AVA_CONTACT_TEXT] != NULL ? refusals[AVA_CONTACT_TEXT] : number;
  const char *mail = !email ? no_email : refusals[AVA_CONTACT_EMAIL] != NULL ? refusals[AVA_CONTACT_EMAIL] : customer->email;

  set_way (GTK_WIDGET (self->call), phone && refusals[AVA_CONTACT_CALL] == NULL, call);
  set_way (GTK_WIDGET (self->text), phone && refusals[AVA_CONTACT_TEXT] == NULL, text);
  set_way (GTK_WIDGET (self->email), email && refusals[AVA_CONTACT_EMAIL] == NULL, mail);
  set_way (GTK_WIDGET (self->message), phone || email, phone || email ? NULL : _("Neither a phone number nor an e-mail address is known."));
  gtk_label_set_text (self->text_words, text);
  gtk_label_set_text (self->email_words, mail);
}

/* What was refused stands below the buttons: a button that cannot be reached by keyboard tells nobody. */
static void
update_refused (AvaCustomerActions *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < AVA_N_CONTACTS; i++) {
    if (self->refusals[i] != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", self->refusals[i]);
  }
  show_words (self->refused, words->str);
}

static char *
word_refusal (AvaCustomerActions *self,
              AvaRefusal         *refusal)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_autofree char *day = ava_display_day (refusal->at_us, ava_clock_now_us (ava_context_get_clock (self->context)), spa->zone);
  g_autofree char *who = ava_book_words_for_who (refusal->who != NULL ? refusal->who : "", spa);

  /* Translators: the day, and who noted it. */
  return g_strdup_printf (refusal->contact == AVA_CONTACT_CALL ? _("Wants no calls: %s, noted by %s")
                          : refusal->contact == AVA_CONTACT_TEXT ? _("Wants no text messages: %s, noted by %s")
                                                                 : _("Wants no e-mails: %s, noted by %s"), day, who);
}

static void
forget_refusals (AvaCustomerActions *self)
{
  for (guint i = 0; i < AVA_N_CONTACTS; i++)
    g_clear_pointer (&self->refusals[i], g_free);
}

static void
refusals_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaCustomerActions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ava_store_list_refusals_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  forget_refusals (self);
  for (guint i = 0; found != NULL && i < found->len; i++) {
    AvaRefusal *refusal = found->pdata[i];

    self->refusals[refusal->contact] = word_refusal (self, refusal);
  }
  update_refused (self);
  update_ways (self);
}

/* --- Reaching for somebody ------------------------------------------------------------------- */

static void
reach_free (Reach *reach)
{
  g_object_unref (reach->self);
  g_free (reach->id);
  g_free (reach->program);
  g_free (reach->address);
  g_free (reach);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reach, reach_free)

/* Whether its words may still be shown: the window may be gone, or another customer be there. */
static gboolean
is_shown (Reach *reach)
{
  return reach->self->context != NULL && g_strcmp0 (reach->self->customer->id, reach->id) == 0;
}

static const char *
word_by_hand (AvaContact contact)
{
  return contact == AVA_CONTACT_CALL ? _("No program on this computer places calls. The number is copied.")
       : contact == AVA_CONTACT_TEXT ? _("No program on this computer sends text messages. The number is copied.")
                                     : _("No program on this computer writes e-mails. The address is copied.");
}

static void
copy_address (Reach *reach)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (reach->self)), reach->address);
}

static void
tell (Reach      *reach,
      const char *words)
{
  if (!is_shown (reach))
    return;
  show_words (reach->self->told, words);
  ava_compat_announce (GTK_WIDGET (reach->self), words);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Reach) reach = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (ava_compat_open_uri_finish (GTK_WINDOW (source), result, &error)) {
    words = g_strdup_printf (_("Handed to %s."), reach->program);
  } else {
    if (reach->self->context != NULL)
      copy_address (reach);
    words = g_strdup_printf (reach->contact == AVA_CONTACT_EMAIL ? _("%s did not start. The address is copied.")
                                                                  : _("%s did not start. The number is copied."), reach->program);
  }
  tell (reach, words);
}

/* It is noted, and the customer has not refused it: now it may be done. */
static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Reach) reach = user_data;
  AvaCustomerActions *self = reach->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *uri = NULL;

  self->busy = FALSE;
  if (self->context == NULL || root == NULL)
    return;
  if (customer == NULL) {
    tell (reach, error->message);
    return;
  }
  reach->address = g_strdup (reach->contact == AVA_CONTACT_EMAIL ? customer->email : customer->phone);
  if (reach->program == NULL) {
    copy_address (reach);
    tell (reach, word_by_hand (reach->contact));
    return;
  }
  uri = ava_contact_make_uri (reach->contact, reach->address, ava_context_get_spa (self->context)->name);
  ava_compat_open_uri (GTK_WINDOW (root), uri, opened_cb, g_steal_pointer (&reach));
}

static void
program_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Reach *reach = user_data;
  g_autoptr (GAppInfo) program = g_app_info_get_default_for_uri_scheme_finish (result, NULL);

  if (reach->self->context == NULL) {
    reach_free (reach);
    return;
  }
  if (program != NULL)
    reach->program = g_strdup (g_app_info_get_display_name (program));
  ava_clients_note_contact_async (reach->self->clients, reach->id, reach->contact,
                                  program == NULL ? word_by_hand (reach->contact) : NULL, noted_cb, reach);
}

static void
reach (AvaCustomerActions *self,
       AvaContact          contact)
{
  Reach *op;

  gtk_popover_popdown (self->ways);
  if (self->busy || self->customer == NULL)
    return;
  self->busy = TRUE;
  show_words (self->told, NULL);
  op = g_new0 (Reach, 1);
  op->self = g_object_ref (self);
  op->contact = contact;
  op->id = g_strdup (self->customer->id);
  g_app_info_get_default_for_uri_scheme_async (ava_contact_get_scheme (contact), NULL, program_cb, op);
}

static void
on_call (AvaCustomerActions *self)
{
  reach (self, AVA_CONTACT_CALL);
}

static void
on_text (AvaCustomerActions *self)
{
  reach (self, AVA_CONTACT_TEXT);
}

static void
on_email (AvaCustomerActions *self)
{
  reach (self, AVA_CONTACT_EMAIL);
}

/* --- The customer ---------------------------------------------------------------------------- */

static void
stop_reading (AvaCustomerActions *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* Booking is the window's: without it there is no button. */
static void
update_book (AvaCustomerActions *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean here = G_IS_ACTION_GROUP (root) && g_action_group_has_action (G_ACTION_GROUP (root), "book-for");

  gtk_widget_set_visible (GTK_WIDGET (self->book), here);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->book), "s", self->customer->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->book), here ? "win.book-for" : NULL);
}

/**
 * ava_customer_actions_set_customer:
 *
 * What is done is done for @customer; with nobody to be reached, it is hidden.
 */
void
ava_customer_actions_set_customer (AvaCustomerActions *self,
                                   AvaCustomer        *customer)
{
  g_return_if_fail (AVA_IS_CUSTOMER_ACTIONS (self));
  g_return_if_fail (customer != NULL);

  if (self->customer == NULL || g_strcmp0 (self->customer->id, customer->id) != 0) {
    forget_refusals (self);
    update_refused (self);
    show_words (self->told, NULL);
  }
  g_set_object (&self->customer, customer);
  gtk_widget_set_visible (GTK_WIDGET (self), customer->archived_us == 0);
  update_book (self);
  update_ways (self);
  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_list_refusals_async (ava_context_get_store (self->context), customer->id, self->reading, refusals_cb, g_object_ref (self));
}

/**
 * ava_customer_actions_set_desk:
 *
 * Gives it the desk; once, before anything is shown.
 */
void
ava_customer_actions_set_desk (AvaCustomerActions *self,
                               AvaContext         *context,
                               AvaClients         *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
}

static void
ava_customer_actions_dispose (GObject *object)
{
  AvaCustomerActions *self = AVA_CUSTOMER_ACTIONS (object);

  stop_reading (self);
  forget_refusals (self);
  g_clear_object (&self->customer);
  g_clear_object (&self->clients);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_customer_actions_parent_class)->dispose (object);
}

static void
ava_customer_actions_class_init (AvaCustomerActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customer_actions_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, book);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, call);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, message);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, ways);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, text);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, text_words);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, email);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, email_words);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, refused);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerActions, told);
  gtk_widget_class_bind_template_callback (widget_class, on_call);
  gtk_widget_class_bind_template_callback (widget_class, on_text);
  gtk_widget_class_bind_template_callback (widget_class, on_email);
}

static void
ava_customer_actions_init (AvaCustomerActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ava_compat_name_menus (GTK_WIDGET (self->message), _("Message"));
}
