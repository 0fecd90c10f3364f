/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-package-list.h"

#include "ava-book.h"
#include "ava-compat.h"
#include "ava-display.h"
#include "ava-package-balance.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MOST_CENTS 100000000

struct _AvaPackageList {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkListBox *list;
  AdwExpanderRow *sell_row;
  AdwComboRow *kind;
  AdwComboRow *service;
  AdwActionRow *visits_row;
  GtkSpinButton *visits;
  AdwComboRow *valid;
  AdwEntryRow *price;
  AdwActionRow *sum;
  GtkButton *sell;
  GtkLabel *trouble;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaBook *book;
  AvaSpa *spa;                /* nullable: of which the choices are */
  char *customer_id;          /* nullable */
  GPtrArray *packages;        /* AvaCustomerPackage, nullable */
  GPtrArray *appointments;    /* AvaAppointment, nullable */
  GCancellable *reading;      /* nullable */
};

G_DEFINE_FINAL_TYPE (AvaPackageList, ava_package_list, ADW_TYPE_BIN)

/* In the order of the choices. */
static const int months[] = { 0, 6, 12, 24 };

static void read_all (AvaPackageList *self);

static gint64
get_now (AvaPackageList *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void
tell (AvaPackageList *self,
      const char     *words)
{
  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
}

/* --- What is there ------------------------------------------------------------------------------- */

static GtkWidget *
add_row (AvaPackageList *self,
         const char     *title,
         const char     *subtitle,
         gboolean        over)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (over)
    gtk_widget_add_css_class (row, "dim-label");
  gtk_list_box_append (self->list, row);
  return row;
}

static gboolean
is_used_up (AvaCustomerPackage *package)
{
  for (guint i = 0; package->service_ids != NULL && package->service_ids[i] != NULL; i++) {
    if (ava_package_balance (package, package->service_ids[i]) > 0)
      return FALSE;
  }
  return TRUE;
}

static void
add_package (AvaPackageList     *self,
             AvaCustomerPackage *package)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  gboolean over = is_used_up (package) || (package->expires_us != 0 && package->expires_us <= get_now (self));
  g_autofree char *balance = ava_package_speak_balance (package, spa, get_now (self));
  g_autofree char *sold = ava_display_day (package->sold_us, get_now (self), spa->zone);
  g_autofree char *price = ava_display_money (package->price_cents, spa->currency);
  /* Translators: what is left of a package; when it was sold, and for how much. */
  g_autofree char *words = g_strdup_printf (_("Left: %s\nSold %s, %s"), balance, sold, price);

  add_row (self, package->name, words, over);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaPackageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (self->context != NULL)
    tell (self, error != NULL ? error->message : NULL);
}

static void
on_deposit (GtkButton      *button,
            AvaPackageList *self)
{
  AvaAppointment *appointment = g_object_get_data (G_OBJECT (button), "appointment");
  gboolean held = appointment->deposit_paid_cents > appointment->deposit_refunded_cents;

  ava_book_set_deposit_async (self->book, appointment->id, held ? appointment->deposit_paid_cents : appointment->deposit_cents, held, changed_cb,
                              g_object_ref (self));
}

static void
add_deposit (AvaPackageList *self,
             AvaAppointment *appointment)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_autofree char *deposit = ava_display_deposit (appointment, spa->currency);
  g_autofree char *day = ava_display_day (appointment->start_us, get_now (self), spa->zone);
  gboolean held = appointment->deposit_paid_cents > appointment->deposit_refunded_cents;
  gboolean open = appointment->status < AVA_APPOINTMENT_DONE;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *button;
  GtkWidget *row;

  if (deposit == NULL)
    return;
  title = g_strdup_printf (_("Deposit: %s"), deposit);
  /* Translators: a treatment and its day. */
  words = g_strdup_printf (_("%s, %s"), appointment->service_name, day);
  row = add_row (self, title, words, !held && !open);
  if (appointment->status == AVA_APPOINTMENT_DONE || (!held && !open))
    return;
  button = gtk_button_new_with_mnemonic (held ? _("_Give Back") : _("_Taken"));
  spoken = g_strdup_printf (held ? _("Give back the deposit for %s") : _("The deposit for %s was taken"), words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  ava_compat_name_button (button, spoken);
  g_object_set_data_full (G_OBJECT (button), "appointment", g_object_ref (appointment), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_deposit), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_all (AvaPackageList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; self->packages != NULL && i < self->packages->len; i++)
    add_package (self, self->packages->pdata[i]);
  for (guint i = 0; self->appointments != NULL && i < self->appointments->len; i++)
    add_deposit (self, self->appointments->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->list), gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (AvaPackageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) appointments = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  self->appointments = g_steal_pointer (&appointments);
  if (error != NULL)
    tell (self, error->message);
  show_all (self);
}

static void
packages_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaPackageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) packages = ava_store_list_packages_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  g_clear_pointer (&self->packages, g_ptr_array_unref);
  self->packages = g_steal_pointer (&packages);
  ava_store_customer_appointments_async (AVA_STORE (source), self->customer_id, self->reading, appointments_cb, g_object_ref (self));
}

static void
stop_reading (AvaPackageList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_all (AvaPackageList *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_list_packages_async (ava_context_get_store (self->context), self->customer_id, self->reading, packages_cb, g_object_ref (self));
}

static void
on_store_changed (AvaPackageList     *self,
                  const char *const  *tables)
{
  if (self->customer_id != NULL && (g_strv_contains (tables, "customer_packages") || g_strv_contains (tables, "package_uses") ||
                                    g_strv_contains (tables, "appointments")))
    read_all (self);
}

/* --- A sale -------------------------------------------------------------------------------------- */

/* NULL: as it was agreed on. */
static AvaPackage *
get_kind (AvaPackageList *self)
{
  guint at = adw_combo_row_get_selected (self->kind);

  return self->spa != NULL && at < self->spa->packages->len ? self->spa->packages->pdata[at] : NULL;
}

static AvaService *
get_service (AvaPackageList *self)
{
  guint at = adw_combo_row_get_selected (self->service);

  return self->spa != NULL && at < self->spa->services->len ? self->spa->services->pdata[at] : NULL;
}

/* A price of the catalogue stands in the entry until another is written. */
static void
suggest_price (AvaPackageList *self)
{
  AvaService *service = get_service (self);
  gint64 cents = service != NULL ? service->price_cents * gtk_spin_button_get_value_as_int (self->visits) : 0;
  g_autofree char *text = g_strdup_printf (cents % 100 == 0 ? "%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT ".%02d", cents / 100, (int) (cents % 100));

  gtk_editable_set_text (GTK_EDITABLE (self->price), text);
}

static void
update_choices (AvaPackageList *self)
{
  AvaPackage *kind = get_kind (self);
  g_autofree char *price = kind != NULL ? ava_display_money (kind->price_cents, self->spa->currency) : NULL;
  GtkWidget *own[] = { GTK_WIDGET (self->service), GTK_WIDGET (self->visits_row), GTK_WIDGET (self->valid), GTK_WIDGET (self->price) };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    gtk_widget_set_visible (own[i], kind == NULL);
  adw_action_row_set_subtitle (self->sum, price != NULL ? price : "");
}

static void
on_kind (AvaPackageList *self)
{
  update_choices (self);
}

static void
on_wish (AvaPackageList *self)
{
  suggest_price (self);
}

static guint
find_package (AvaSpa     *spa,
              const char *id)
{
  for (guint i = 0; i < spa->packages->len; i++) {
    if (g_strcmp0 (AVA_PACKAGE (spa->packages->pdata[i])->id, id) == 0)
      return i;
  }
  return id == NULL ? spa->packages->len : 0;   /* what was agreed on stands last; another one was taken away */
}

/* Whoever is about to sell keeps what they chose, as far as it is still there. */
static void
choose_again (AvaPackageList *self,
              const char     *kind_id,
              const char     *service_id,
              const char     *price)
{
  adw_combo_row_set_selected (self->kind, find_package (self->spa, kind_id));
  for (guint i = 0; i < self->spa->services->len; i++) {
    if (strcmp (AVA_SERVICE (self->spa->services->pdata[i])->id, service_id) != 0)
      continue;
    adw_combo_row_set_selected (self->service, i);
    gtk_editable_set_text (GTK_EDITABLE (self->price), price);
  }
}

static void
fill_choices (AvaPackageList *self)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) services = gtk_string_list_new (NULL);
  g_autofree char *kind = get_kind (self) != NULL ? g_strdup (get_kind (self)->id) : NULL;
  g_autofree char *service = get_service (self) != NULL ? g_strdup (get_service (self)->id) : NULL;
  g_autofree char *price = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->price)));
  gboolean chosen = adw_expander_row_get_expanded (self->sell_row);

  if (!g_set_object (&self->spa, spa))
    return;
  for (guint i = 0; i < spa->packages->len; i++)
    gtk_string_list_append (kinds, AVA_PACKAGE (spa->packages->pdata[i])->name);
  gtk_string_list_append (kinds, _("As agreed"));
  for (guint i = 0; i < spa->services->len; i++)
    gtk_string_list_append (services, AVA_SERVICE (spa->services->pdata[i])->name);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_model (self->service, G_LIST_MODEL (services));
  gtk_widget_set_visible (GTK_WIDGET (self->kind), spa->packages->len > 0);
  suggest_price (self);
  if (chosen && service != NULL)
    choose_again (self, kind, service, price);
  update_choices (self);
}

static void
on_spa_changed (AvaPackageList *self)
{
  if (self->customer_id != NULL)
    fill_choices (self);
}

static void
sold_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaPackageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->sell), TRUE);
  tell (self, error != NULL ? error->message : NULL);
  if (customer != NULL)
    adw_expander_row_set_expanded (self->sell_row, FALSE);
}

static gboolean
read_price (AvaPackageList *self,
            gint64         *cents)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->price))));
  char *end = NULL;
  double price = g_ascii_strtod (text, &end);
  g_autofree char *words = NULL;

  if (end != text && *end == '\0' && isfinite (price) && price >= 0 && price * 100 <= MOST_CENTS) {
    *cents = llround (price * 100);
    return TRUE;
  }
  /* Translators: what was typed instead of a price. */
  words = g_strdup_printf (_("“%.40s” is not an amount like 360 or 360.50."), text);
  tell (self, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->price));
  return FALSE;
}

/* Returns: whether it could be filled in */
static gboolean
fill_own (AvaPackageList     *self,
          AvaCustomerPackage *package)
{
  AvaService *service = get_service (self);
  int visits = gtk_spin_button_get_value_as_int (self->visits);
  int valid = months[adw_combo_row_get_selected (self->valid)];
  g_autoptr (GStrvBuilder) services = g_strv_builder_new ();

  if (service == NULL || !read_price (self, &package->price_cents))
    return FALSE;
  for (int i = 0; i < visits; i++)
    g_strv_builder_add (services, service->id);
  package->service_ids = g_strv_builder_end (services);
  package->name = g_strdup_printf ("%d × %s", visits, service->name);
  if (valid > 0) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (get_now (self) / G_USEC_PER_SEC);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);
    g_autoptr (GDateTime) last = g_date_time_add_months (local, valid);
    g_autoptr (GDateTime) midnight = g_date_time_new (self->spa->zone, g_date_time_get_year (last), g_date_time_get_month (last),
                                                      g_date_time_get_day_of_month (last), 0, 0, 0);
    g_autoptr (GDateTime) end = g_date_time_add_days (midnight, 1);

    package->expires_us = g_date_time_to_unix (end) * G_USEC_PER_SEC;
  }
  return TRUE;
}

void
ava_package_list_sell (AvaPackageList *self)
{
  g_autoptr (AvaCustomerPackage) package = ava_customer_package_new ();
  AvaPackage *kind;

  g_return_if_fail (AVA_IS_PACKAGE_LIST (self));

  kind = get_kind (self);
  package->customer_id = g_strdup (self->customer_id);
  package->package_id = kind != NULL ? g_strdup (kind->id) : NULL;
  if (kind == NULL && !fill_own (self, package))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->sell), FALSE);
  ava_clients_sell_package_async (self->clients, package, sold_cb, g_object_ref (self));
}

static void
on_sell (AvaPackageList *self)
{
  ava_package_list_sell (self);
}

/* --- The object ---------------------------------------------------------------------------------- */

void
ava_package_list_set_customer (AvaPackageList *self,
                               const char     *customer_id)
{
  g_return_if_fail (AVA_IS_PACKAGE_LIST (self));

  if (g_strcmp0 (customer_id, self->customer_id) != 0) {
    g_free (self->customer_id);
    self->customer_id = g_strdup (customer_id);
    adw_expander_row_set_expanded (self->sell_row, FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
    tell (self, NULL);
  }
  fill_choices (self);
  read_all (self);
}

void
ava_package_list_set_desk (AvaPackageList *self,
                           AvaContext     *context,
                           AvaClients     *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
  g_clear_object (&self->book);
  self->book = ava_book_new (context);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
}

char *
ava_package_list_to_words (AvaPackageList *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (AVA_IS_PACKAGE_LIST (self), NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (words, "%s: %s\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                            adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
ava_package_list_dispose (GObject *object)
{
  AvaPackageList *self = AVA_PACKAGE_LIST (object);

  stop_reading (self);
  g_clear_object (&self->context);
  g_clear_object (&self->clients);
  g_clear_object (&self->book);
  g_clear_object (&self->spa);
  g_clear_pointer (&self->customer_id, g_free);
  g_clear_pointer (&self->packages, g_ptr_array_unref);
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  G_OBJECT_CLASS (ava_package_list_parent_class)->dispose (object);
}

static void
ava_package_list_class_init (AvaPackageListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_package_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-package-list.ui");
#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, AvaPackageList, name)
  CHILD (list);
  CHILD (sell_row);
  CHILD (kind);
  CHILD (service);
  CHILD (visits_row);
  CHILD (visits);
  CHILD (valid);
  CHILD (price);
  CHILD (sum);
  CHILD (sell);
  CHILD (trouble);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_wish);
  gtk_widget_class_bind_template_callback (widget_class, on_sell);
}

static void
ava_package_list_init (AvaPackageList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
