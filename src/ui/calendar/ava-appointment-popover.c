/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-popover.h"

#include "ava-calendar-rows.h"
#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaAppointmentPopover {
  GtkPopover parent_instance;

  /* Template Widgets */
  GtkLabel *name;
  GtkLabel *when;
  GtkLabel *flags;
  GtkWidget *flags_box;
  GtkGrid *grid;
  GtkButton *open_customer;
};

G_DEFINE_FINAL_TYPE (AvaAppointmentPopover, ava_appointment_popover, GTK_TYPE_POPOVER)

static void
on_open_customer (AvaAppointmentPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
ava_appointment_popover_class_init (AvaAppointmentPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-appointment-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, name);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, when);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, flags);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, flags_box);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, grid);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPopover, open_customer);
  gtk_widget_class_bind_template_callback (widget_class, on_open_customer);
}

static void
ava_appointment_popover_init (AvaAppointmentPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_appointment_popover_set_appointment:
 *
 * Shows the details of @appointment.
 */
void
ava_appointment_popover_set_appointment (AvaAppointmentPopover *self,
                                         AvaAppointment        *appointment,
                                         AvaSpa                *spa)
{
  g_autofree char *when = ava_display_span (appointment->start_us, appointment->end_us, spa->zone);
  g_autofree char *phone = ava_display_phone (appointment->customer_phone);
  g_autofree char *price = appointment->price_cents > 0
    ? ava_display_money (appointment->price_cents, spa->currency) : NULL;
  GtkWidget *child;
  int row = 0;

  g_return_if_fail (AVA_IS_APPOINTMENT_POPOVER (self));

  gtk_label_set_text (self->name, appointment->customer_name != NULL ? appointment->customer_name : _("Unknown"));
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->flags, appointment->flags != NULL ? appointment->flags : "");
  gtk_widget_set_visible (self->flags_box, appointment->flags != NULL && *appointment->flags != '\0');
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  ava_calendar_rows_add_fact (self->grid, &row, _("Service"), appointment->service_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Provider"), appointment->provider_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Room"), appointment->room_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("State"), ava_display_status (appointment->status));
  ava_calendar_rows_add_fact (self->grid, &row, _("Phone"), phone);
  ava_calendar_rows_add_fact (self->grid, &row, _("Price"), price);
  ava_calendar_rows_add_fact (self->grid, &row, _("Booked by"), ava_calendar_rows_word_source (appointment->source));
  ava_calendar_rows_add_fact (self->grid, &row, _("Notes"), appointment->notes);
  gtk_widget_set_visible (GTK_WIDGET (self->open_customer), appointment->customer_id != NULL);
  if (appointment->customer_id != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_customer), "s", appointment->customer_id);
}

/**
 * ava_appointment_popover_get_name:
 *
 * Returns: whose appointment is shown
 */
const char *
ava_appointment_popover_get_name (AvaAppointmentPopover *self)
{
  return gtk_label_get_text (self->name);
}
