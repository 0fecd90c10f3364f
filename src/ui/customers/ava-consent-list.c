/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-consent-list.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AvaConsentList {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkListBox *list;
  AdwExpanderRow *add_row;
  AdwComboRow *kind;
  GtkSwitch *given;
  AdwComboRow *valid;
  AdwEntryRow *text;
  GtkLabel *trouble;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  char *customer_id;          /* nullable */
  GCancellable *reading;      /* nullable */
};

G_DEFINE_FINAL_TYPE (AvaConsentList, ava_consent_list, ADW_TYPE_BIN)

/* As they are stored, in the order of the choices. */
static const struct { const char *kind; const char *words; } kinds[] = {
  { "treatment", N_("Treatment") }, { "photos", N_("Photos") }, { "recording", N_("Recording of calls") },
  { "reminders", N_("Reminders by text") }, { "marketing", N_("Offers and news") },
  { "calls", N_("Phone calls") }, { "texts", N_("Text messages") }, { "emails", N_("E-mails") },
};
static const int months[] = { 0, 6, 12, 24 };

static gint64
get_now (AvaConsentList *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void
tell (AvaConsentList *self,
      const char     *words)
{
  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaConsentList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  tell (self, error != NULL ? error->message : NULL);
  if (customer != NULL && g_strcmp0 (customer->id, self->customer_id) == 0) {
    adw_expander_row_set_expanded (self->add_row, FALSE);
    gtk_editable_set_text (GTK_EDITABLE (self->text), "");
    ava_consent_list_set_customer (self, customer->id);
  }
}

static void
on_note (AvaConsentList *self)
{
  g_autoptr (AvaConsent) consent = ava_consent_new ();
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  int valid = months[adw_combo_row_get_selected (self->valid)];

  consent->kind = g_strdup (kinds[adw_combo_row_get_selected (self->kind)].kind);
  consent->given = gtk_switch_get_active (self->given);
  consent->signed_us = get_now (self);
  if (valid > 0) {
    g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (consent->signed_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) end = g_date_time_add_months (now, valid);

    consent->expires_us = g_date_time_to_unix (end) * G_USEC_PER_SEC;
  }
  consent->source = g_strdup ("desk");
  consent->text = *text != '\0' ? g_strdup (text) : NULL;
  ava_clients_save_consent_async (self->clients, self->customer_id, NULL, consent, saved_cb, g_object_ref (self));
}

static void
on_withdraw (GtkButton      *button,
             AvaConsentList *self)
{
  AvaConsent *old = g_object_get_data (G_OBJECT (button), "consent");
  g_autoptr (AvaConsent) consent = ava_consent_new ();

  consent->kind = g_strdup (old->kind);
  consent->given = old->given;
  consent->signed_us = old->signed_us;
  consent->expires_us = old->expires_us;
  consent->withdrawn_us = get_now (self);
  consent->source = g_strdup (old->source);
  consent->text = g_strdup (old->text);
  ava_clients_save_consent_async (self->clients, self->customer_id, old->id, consent, saved_cb, g_object_ref (self));
}

static char *
word_state (AvaConsentList *self,
            AvaConsent     *consent)
{
  GTimeZone *zone = ava_context_get_spa (self->context)->zone;
  g_autofree char *signed_on = ava_display_day (consent->signed_us, get_now (self), zone);
  g_autofree char *end = NULL;

  if (!consent->given)
    return g_strdup_printf (_("Refused %s"), signed_on);
  if (consent->withdrawn_us != 0) {
    end = ava_display_day (consent->withdrawn_us, get_now (self), zone);
    return g_strdup_printf (_("Signed %s, withdrawn %s"), signed_on, end);
  }
  if (consent->expires_us == 0)
    return g_strdup_printf (_("Signed %s"), signed_on);
  end = ava_display_day (consent->expires_us, get_now (self), zone);
  return g_strdup_printf (consent->expires_us > get_now (self) ? _("Signed %s, valid until %s") : _("Signed %s, ran out %s"), signed_on, end);
}

static const char *
word_kind (AvaConsent *consent)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (kinds[i].kind, consent->kind) == 0)
      return _(kinds[i].words);
  }
  return consent->kind;
}

static void
add_consent (AvaConsentList *self,
             AvaConsent     *consent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *state = word_state (self, consent);
  g_autofree char *words = consent->text != NULL ? g_strdup_printf ("%s\n%s", state, consent->text) : g_strdup (state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), word_kind (consent));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (ava_consent_stands (consent, get_now (self))) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_("_Withdraw"));
    g_autofree char *spoken = g_strdup_printf (_("Withdraw: %s"), word_kind (consent));

    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    ava_compat_name_button (button, spoken);
    g_object_set_data_full (G_OBJECT (button), "consent", g_object_ref (consent), g_object_unref);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_withdraw), self, 0);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  } else {
    gtk_widget_add_css_class (row, "dim-label");
  }
  gtk_list_box_append (self->list, row);
}

static void
consents_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaConsentList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) consents = ava_store_list_consents_finish (AVA_STORE (source), result, &error);
  GtkWidget *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; consents != NULL && i < consents->len; i++)
    add_consent (self, consents->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->list), consents != NULL && consents->len > 0);
  tell (self, error != NULL ? error->message : NULL);
}

static void
stop_reading (AvaConsentList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

void
ava_consent_list_set_customer (AvaConsentList *self,
                               const char     *customer_id)
{
  char *id = g_strdup (customer_id);

  g_return_if_fail (AVA_IS_CONSENT_LIST (self));

  g_free (self->customer_id);
  self->customer_id = id;
  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_list_consents_async (ava_context_get_store (self->context), id, self->reading, consents_cb, g_object_ref (self));
}

void
ava_consent_list_set_desk (AvaConsentList *self,
                           AvaContext     *context,
                           AvaClients     *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
}

static void
ava_consent_list_dispose (GObject *object)
{
  AvaConsentList *self = AVA_CONSENT_LIST (object);

  stop_reading (self);
  g_clear_object (&self->context);
  g_clear_object (&self->clients);
  g_clear_pointer (&self->customer_id, g_free);
  G_OBJECT_CLASS (ava_consent_list_parent_class)->dispose (object);
}

static void
ava_consent_list_class_init (AvaConsentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_consent_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-consent-list.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, list);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, add_row);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, kind);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, given);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, valid);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, text);
  gtk_widget_class_bind_template_child (widget_class, AvaConsentList, trouble);
  gtk_widget_class_bind_template_callback (widget_class, on_note);
}

static void
ava_consent_list_init (AvaConsentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
