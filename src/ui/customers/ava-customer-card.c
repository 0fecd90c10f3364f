/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-card.h"

#include "ava-display.h"

#include <glib/gi18n.h>

#define MOST_VISITS 50    /* rows of the list */

struct _AvaCustomerCard {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *since;
  GtkBox *flags;
  AdwActionRow *phone;
  AdwActionRow *email;
  AdwActionRow *born;
  AdwActionRow *notes;
  AdwActionRow *next;
  AdwActionRow *last;
  AdwActionRow *visits;
  GtkListBox *appointments;
  GtkLabel *no_appointments;
  GtkScrolledWindow *scroller;

  /* Owned References */
  AvaContext *context;
  AvaCustomer *customer;       /* nullable */
  GCancellable *reading;       /* nullable: the appointments are being read */
};

G_DEFINE_FINAL_TYPE (AvaCustomerCard, ava_customer_card, ADW_TYPE_BIN)

static GTimeZone *
get_zone (AvaCustomerCard *self)
{
  return ava_context_get_spa (self->context)->zone;
}

static gint64
get_now (AvaCustomerCard *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void
clear_children (GtkWidget *parent,
                void     (*remove) (GtkWidget *parent, GtkWidget *child))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    remove (parent, child);
}

static void
add_flag (AvaCustomerCard *self,
          const char      *title,
          const char      *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("ava-warning-symbolic");
  g_autofree char *text = words != NULL ? g_strdup_printf ("%s: %s", title, words) : g_strdup (title);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "flag");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->flags, box);
}

static gboolean
has_words (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
update_flags (AvaCustomerCard *self)
{
  AvaCustomer *customer = self->customer;

  clear_children (GTK_WIDGET (self->flags), (gpointer) gtk_box_remove);
  if (customer->pregnant)
    add_flag (self, _("Pregnant"), NULL);
  if (has_words (customer->allergies))
    add_flag (self, _("Allergies"), customer->allergies);
  if (has_words (customer->contraindications))
    add_flag (self, _("Not to be treated with"), customer->contraindications);
  if (has_words (customer->medicines))
    add_flag (self, _("Medicines"), customer->medicines);
  gtk_widget_set_visible (GTK_WIDGET (self->flags), gtk_widget_get_first_child (GTK_WIDGET (self->flags)) != NULL);
}

static void
set_row (AdwActionRow *row,
         const char   *words)
{
  adw_action_row_set_subtitle (row, has_words (words) ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (row), has_words (words));
}

static char *
word_visit (AvaCustomerCard *self,
            gint64           time_us)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (time_us == 0)
    return g_strdup (_("None"));
  day = ava_display_day (time_us, get_now (self), get_zone (self));
  time = ava_display_time (time_us, get_zone (self));
  return g_strdup_printf ("%s, %s", day, time);
}

static void
update_rows (AvaCustomerCard *self)
{
  AvaCustomer *customer = self->customer;
  g_autofree char *phone = ava_display_phone (customer->phone);
  g_autofree char *next = word_visit (self, customer->next_visit_us);
  g_autofree char *last = word_visit (self, customer->last_visit_us);
  g_autofree char *spent = ava_display_money (customer->spent_cents, ava_context_get_spa (self->context)->currency);
  g_autofree char *count = g_strdup_printf (ngettext ("%u visit", "%u visits", customer->visits), customer->visits);
  g_autofree char *visits = g_strdup_printf ("%s · %s", count, spent);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (customer->created_us / G_USEC_PER_SEC);
  g_autofree char *since = created != NULL && customer->created_us > 0
    ? g_date_time_format (created, _("Customer since %B %Y")) : g_strdup ("");

  gtk_label_set_text (self->name, customer->name != NULL ? customer->name : _("Unknown"));
  gtk_label_set_text (self->since, since);
  gtk_widget_set_visible (GTK_WIDGET (self->since), *since != '\0');
  adw_avatar_set_text (self->avatar, customer->name);
  set_row (self->phone, phone);
  set_row (self->email, customer->email);
  set_row (self->born, customer->born);
  set_row (self->notes, customer->notes);
  set_row (self->next, next);
  set_row (self->last, last);
  set_row (self->visits, visits);
}

static void
add_appointment (AvaCustomerCard *self,
                 AvaAppointment  *appointment)
{
  GTimeZone *zone = get_zone (self);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *state = gtk_label_new (ava_display_status (appointment->status));
  g_autofree char *when = word_visit (self, appointment->start_us);
  g_autofree char *spoken = ava_display_appointment (appointment, zone);
  g_autofree char *title = g_strdup_printf (_("%s with %s"),
                                            appointment->service_name != NULL ? appointment->service_name : _("Appointment"),
                                            appointment->provider_name != NULL ? appointment->provider_name : _("anyone"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (state, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-appointment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", appointment->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->appointments, row);
}

static void
show_appointments (AvaCustomerCard *self,
                   GPtrArray       *appointments,
                   const char      *trouble)
{
  guint n = appointments != NULL ? appointments->len : 0;

  clear_children (GTK_WIDGET (self->appointments), (gpointer) gtk_list_box_remove);
  for (guint i = 0; i < n && i < MOST_VISITS; i++)
    add_appointment (self, appointments->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->appointments), n > 0);
  gtk_label_set_text (self->no_appointments, trouble != NULL ? trouble : _("No appointments yet."));
  gtk_widget_set_visible (GTK_WIDGET (self->no_appointments), n == 0);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (AvaCustomerCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) appointments = NULL;

  appointments = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  show_appointments (self, appointments, error != NULL ? error->message : NULL);
}

static void
stop_reading (AvaCustomerCard *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
ava_customer_card_dispose (GObject *object)
{
  AvaCustomerCard *self = AVA_CUSTOMER_CARD (object);

  stop_reading (self);
  g_clear_object (&self->customer);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_customer_card_parent_class)->dispose (object);
}

static void
ava_customer_card_class_init (AvaCustomerCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customer_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, name);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, since);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, flags);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, phone);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, email);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, born);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, notes);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, next);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, last);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, visits);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, appointments);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, no_appointments);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerCard, scroller);
}

static void
ava_customer_card_init (AvaCustomerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_customer_card_set_context:
 *
 * Gives it the desk; once, before anything is shown.
 */
void
ava_customer_card_set_context (AvaCustomerCard *self,
                               AvaContext      *context)
{
  g_set_object (&self->context, context);
}

/**
 * ava_customer_card_set_customer:
 *
 * Shows @customer and reads the appointments.
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
  update_flags (self);
  update_rows (self);
  if (other) {
    show_appointments (self, NULL, "");
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  }
  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_customer_appointments_async (ava_context_get_store (self->context), customer->id, self->reading,
                                         appointments_cb, g_object_ref (self));
}

/**
 * ava_customer_card_get_name:
 *
 * Returns: whose card it is
 */
const char *
ava_customer_card_get_name (AvaCustomerCard *self)
{
  return gtk_label_get_text (self->name);
}
