/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-form.h"

#include "ava-customer-fields.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_ENTRIES 9

typedef struct {
  const char *field;
  int trouble;          /* which label tells what is wrong */
} EntryKind;

/* In the order of the widgets below. */
static const EntryKind entry_kinds[N_ENTRIES] = {
  { "name", 0 }, { "phone", 0 }, { "email", 0 }, { "born", 0 },
  { "allergies", 1 }, { "medicines", 1 }, { "contraindications", 1 }, { "tags", 2 }, { "do_not_book", 2 },
};

struct _AvaCustomerForm {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkWidget *entries[N_ENTRIES];   /* AdwEntryRow */
  GtkLabel *troubles[4];           /* contact, safety, desk, notes */
  AdwPreferencesGroup *safety_group;
  GtkSwitch *pregnant;
  GtkSwitch *vip;
  AdwComboRow *provider;
  GtkTextView *notes;
  GtkBox *new_buttons;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaCustomer *customer;           /* nullable: a new one */
  GPtrArray *provider_ids;         /* of the choices, "" for anyone */
  gboolean filling;                /* what changes now was not written by a person */
};

enum { SAVED, CANCELLED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCustomerForm, ava_customer_form, ADW_TYPE_BIN)

/* --- What is wrong --------------------------------------------------------------------------- */

static void
tell (GtkLabel   *label,
      const char *words)
{
  gtk_label_set_text (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
}

static int
find_entry (const char *field)
{
  for (int i = 0; i < N_ENTRIES; i++) {
    if (strcmp (entry_kinds[i].field, field) == 0)
      return i;
  }
  return -1;
}

static GtkLabel *
get_trouble (AvaCustomerForm *self,
             const char      *field)
{
  int entry = find_entry (field);

  return self->troubles[entry >= 0 ? entry_kinds[entry].trouble
                        : strcmp (field, "pregnant") == 0 ? 1 : strcmp (field, "notes") == 0 ? 3 : 2];
}

/* @words: (nullable): %NULL when all is well */
static void
mark (AvaCustomerForm *self,
      const char      *field,
      const char      *words)
{
  int entry = find_entry (field);

  tell (get_trouble (self, field), words);
  if (entry < 0)
    return;
  if (words != NULL)
    gtk_widget_add_css_class (self->entries[entry], "error");
  else
    gtk_widget_remove_css_class (self->entries[entry], "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entries[entry]), GTK_ACCESSIBLE_STATE_INVALID,
                               words != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* --- Saving a field -------------------------------------------------------------------------- */

typedef struct {
  AvaCustomerForm *self;
  char *field;
  char *id;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_free (saving->field);
  g_free (saving->id);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  AvaCustomerForm *self = saving->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->customer == NULL || g_strcmp0 (self->customer->id, saving->id) != 0)
    return;
  mark (self, saving->field, error != NULL ? error->message : NULL);
  if (customer != NULL) {
    ava_customer_form_set_customer (self, customer);
    g_signal_emit (self, signals[SAVED], 0, customer);
  }
}

static void
save_field (AvaCustomerForm *self,
            const char      *field,
            const char      *text)
{
  g_autofree char *seen = NULL;
  Saving *saving;

  if (self->filling || self->customer == NULL || self->clients == NULL)
    return;
  seen = ava_customer_get_field (self->customer, field);
  if (strcmp (seen, text) == 0) {
    mark (self, field, NULL);
    return;
  }
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->field = g_strdup (field);
  saving->id = g_strdup (self->customer->id);
  ava_clients_set_field_async (self->clients, self->customer->id, field, text, seen, saved_cb, saving);
}

/* A phone is shown as people write it, and read in the same way. */
static char *
show_field (AvaCustomerForm *self,
            const char      *field)
{
  g_autofree char *text = self->customer != NULL ? ava_customer_get_field (self->customer, field) : g_strdup ("");

  if (strcmp (field, "phone") == 0 && *text != '\0')
    return ava_display_phone (text);
  return g_steal_pointer (&text);
}

static void
save_entry (AvaCustomerForm *self,
            int              entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entries[entry]));
  g_autofree char *shown = show_field (self, entry_kinds[entry].field);

  if (strcmp (shown, text) != 0)
    save_field (self, entry_kinds[entry].field, text);
  else
    mark (self, entry_kinds[entry].field, NULL);
}

static int
find_widget (AvaCustomerForm *self,
             GtkWidget       *row)
{
  for (int i = 0; i < N_ENTRIES; i++) {
    if (self->entries[i] == row)
      return i;
  }
  return -1;
}

static void
on_apply (AvaCustomerForm *self,
          GtkWidget       *row)
{
  if (self->customer != NULL)
    save_entry (self, find_widget (self, row));
}

static void
on_left (AvaCustomerForm    *self,
         GtkEventController *focus)
{
  GtkWidget *widget = gtk_event_controller_get_widget (focus);
  int entry = find_widget (self, widget);

  if (entry >= 0 && self->customer != NULL)
    save_entry (self, entry);
}

/* Escape gives back what was there. */
static gboolean
on_key (AvaCustomerForm       *self,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        GtkEventControllerKey *keys)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  int entry = find_widget (self, row);
  g_autofree char *shown = NULL;

  if (key != GDK_KEY_Escape || entry < 0 || self->customer == NULL)
    return FALSE;
  shown = show_field (self, entry_kinds[entry].field);
  if (strcmp (shown, gtk_editable_get_text (GTK_EDITABLE (row))) == 0)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (row), shown);
  mark (self, entry_kinds[entry].field, NULL);
  return TRUE;
}

static char *
get_notes (AvaCustomerForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_notes_left (AvaCustomerForm *self)
{
  g_autofree char *text = get_notes (self);

  save_field (self, "notes", text);
}

static void
on_switched (AvaCustomerForm *self,
             GParamSpec      *pspec,
             GtkSwitch       *toggle)
{
  save_field (self, toggle == self->vip ? "vip" : "pregnant", gtk_switch_get_active (toggle) ? "1" : "");
}

static const char *
get_provider (AvaCustomerForm *self)
{
  guint place = adw_combo_row_get_selected (self->provider);

  return self->provider_ids != NULL && place < self->provider_ids->len ? self->provider_ids->pdata[place] : "";
}

static void
on_provider (AvaCustomerForm *self)
{
  save_field (self, "provider_id", get_provider (self));
}

/* --- A new one ------------------------------------------------------------------------------- */

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCustomerForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  if (customer == NULL)
    tell (self->troubles[0], error->message);
  else
    g_signal_emit (self, signals[SAVED], 0, customer);
}

/* Answers whether all texts may be saved; each that may not says why. */
static gboolean
check_all (AvaCustomerForm *self,
           JsonObject      *values)
{
  JsonObjectIter iter;
  const char *field;
  JsonNode *node;
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->troubles); i++)
    tell (self->troubles[i], NULL);
  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &field, &node)) {
    g_autofree char *words = ava_clients_check_field (self->clients, field, json_node_get_string (node));
    int entry = find_entry (field);

    if (entry >= 0)
      gtk_widget_remove_css_class (self->entries[entry], "error");
    if (words == NULL)
      continue;
    if (!gtk_widget_get_visible (GTK_WIDGET (get_trouble (self, field))))
      mark (self, field, words);
    if (first == NULL)
      first = entry >= 0 ? self->entries[entry] : GTK_WIDGET (self->notes);
  }
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return first == NULL;
}

/**
 * ava_customer_form_add:
 *
 * Adds the new customer, or says what is still wrong.
 */
void
ava_customer_form_add (AvaCustomerForm *self)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *notes = get_notes (self);

  g_return_if_fail (self->customer == NULL);

  for (int i = 0; i < N_ENTRIES; i++)
    json_object_set_string_member (values, entry_kinds[i].field, gtk_editable_get_text (GTK_EDITABLE (self->entries[i])));
  json_object_set_string_member (values, "notes", notes);
  json_object_set_string_member (values, "pregnant", gtk_switch_get_active (self->pregnant) ? "1" : "");
  json_object_set_string_member (values, "vip", gtk_switch_get_active (self->vip) ? "1" : "");
  json_object_set_string_member (values, "provider_id", get_provider (self));
  if (check_all (self, values))
    ava_clients_add_async (self->clients, values, added_cb, g_object_ref (self));
}

static void
on_cancel (AvaCustomerForm *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_add (AvaCustomerForm *self)
{
  ava_customer_form_add (self);
}

/* --- Filling --------------------------------------------------------------------------------- */

static void
fill_providers (AvaCustomerForm *self)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_clear_pointer (&self->provider_ids, g_ptr_array_unref);
  self->provider_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _("Anyone"));
  g_ptr_array_add (self->provider_ids, g_strdup (""));
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];
    gboolean theirs = self->customer != NULL && g_strcmp0 (provider->id, self->customer->provider_id) == 0;

    if (provider->archived && !theirs)
      continue;
    if (theirs)
      chosen = self->provider_ids->len;
    gtk_string_list_append (names, provider->name);
    g_ptr_array_add (self->provider_ids, g_strdup (provider->id));
  }
  adw_combo_row_set_model (self->provider, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->provider, chosen);
}

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
fill_screened (AvaCustomerForm *self)
{
  AvaCustomer *customer = self->customer;
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  if (customer != NULL && customer->screened_us != 0) {
    day = ava_display_day (customer->screened_us, ava_clock_now_us (ava_context_get_clock (self->context)),
                           ava_context_get_spa (self->context)->zone);
    words = g_strdup_printf (g_strcmp0 (customer->screened_by, "ava") == 0 ? _("Last changed by Ava: %s")
                             : customer->screened_by != NULL && g_str_has_prefix (customer->screened_by, "staff:")
                               ? _("Last changed at the front desk: %s") : _("Last changed: %s"), day);
  }
  markup = g_markup_escape_text (words != NULL ? words : _("Asked before each booking by the safety rules"), -1);
  adw_preferences_group_set_description (self->safety_group, markup);
}

/* What somebody is writing just now is left alone. */
static void
fill (AvaCustomerForm *self,
      gboolean         other)
{
  g_autofree char *written = get_notes (self);
  g_autofree char *notes = show_field (self, "notes");

  self->filling = TRUE;
  for (int i = 0; i < N_ENTRIES; i++) {
    g_autofree char *text = show_field (self, entry_kinds[i].field);
    gboolean wrong = gtk_widget_has_css_class (self->entries[i], "error");

    if ((other || (!has_focus (self->entries[i]) && !wrong)) &&
        strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self->entries[i]))) != 0)
      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), text);
    adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entries[i]), self->customer != NULL);
  }
  gtk_switch_set_active (self->pregnant, self->customer != NULL && self->customer->pregnant);
  gtk_switch_set_active (self->vip, self->customer != NULL && self->customer->vip);
  if ((other || !has_focus (GTK_WIDGET (self->notes))) && strcmp (written, notes) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), notes, -1);
  fill_providers (self);
  fill_screened (self);
  self->filling = FALSE;
}

/**
 * ava_customer_form_set_customer:
 * @customer: (nullable): %NULL for a new one
 */
void
ava_customer_form_set_customer (AvaCustomerForm *self,
                                AvaCustomer     *customer)
{
  gboolean other = customer == NULL || self->customer == NULL || g_strcmp0 (self->customer->id, customer->id) != 0;

  g_return_if_fail (AVA_IS_CUSTOMER_FORM (self));

  g_set_object (&self->customer, customer);
  for (int i = 0; i < N_ENTRIES && other; i++)
    mark (self, entry_kinds[i].field, NULL);
  fill (self, other);
  gtk_widget_set_visible (GTK_WIDGET (self->new_buttons), customer == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), customer == NULL || (customer->erased_us == 0 && customer->merged_into == NULL));
  if (customer == NULL)
    gtk_widget_grab_focus (self->entries[0]);
}

/**
 * ava_customer_form_set_field:
 *
 * Writes a field as if it had been typed, and Enter pressed.
 */
void
ava_customer_form_set_field (AvaCustomerForm *self,
                             const char      *field,
                             const char      *text)
{
  int entry = find_entry (field);

  g_return_if_fail (entry >= 0);

  gtk_editable_set_text (GTK_EDITABLE (self->entries[entry]), text);
  if (self->customer != NULL)
    save_entry (self, entry);
}

void
ava_customer_form_set_desk (AvaCustomerForm *self,
                            AvaContext      *context,
                            AvaClients      *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
ava_customer_form_dispose (GObject *object)
{
  AvaCustomerForm *self = AVA_CUSTOMER_FORM (object);

  g_clear_object (&self->context);
  g_clear_object (&self->clients);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->provider_ids, g_ptr_array_unref);
  G_OBJECT_CLASS (ava_customer_form_parent_class)->dispose (object);
}

static void
ava_customer_form_class_init (AvaCustomerFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const troubles[] = { "contact_trouble", "safety_trouble", "desk_trouble", "notes_trouble" };

  G_OBJECT_CLASS (klass)->dispose = ava_customer_form_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-form.ui");
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, entry_kinds[i].field, FALSE,
                                               G_STRUCT_OFFSET (AvaCustomerForm, entries) + i * sizeof (GtkWidget *));
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    gtk_widget_class_bind_template_child_full (widget_class, troubles[i], FALSE,
                                               G_STRUCT_OFFSET (AvaCustomerForm, troubles) + i * sizeof (GtkLabel *));
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, safety_group);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, pregnant);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, vip);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, provider);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, notes);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerForm, new_buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_add);

  /**
   * AvaCustomerForm::saved:
   * @customer: as it is now
   */
  signals[SAVED] = g_signal_new ("saved", AVA_TYPE_CUSTOMER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 AVA_TYPE_CUSTOMER);
  signals[CANCELLED] = g_signal_new ("cancelled", AVA_TYPE_CUSTOMER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_customer_form_init (AvaCustomerForm *self)
{
  GtkEventController *notes_focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_ENTRIES; i++) {
    GtkEventController *focus = gtk_event_controller_focus_new ();
    GtkEventController *keys = gtk_event_controller_key_new ();

    g_signal_connect_object (self->entries[i], "apply", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->entries[i], "entry-activated", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (focus, "leave", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
    gtk_widget_add_controller (self->entries[i], focus);
    gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
    g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
    gtk_widget_add_controller (self->entries[i], keys);
  }
  g_signal_connect_object (notes_focus, "leave", G_CALLBACK (on_notes_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->notes), notes_focus);
  g_signal_connect_object (self->pregnant, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vip, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->provider, "notify::selected", G_CALLBACK (on_provider), self, G_CONNECT_SWAPPED);
}
