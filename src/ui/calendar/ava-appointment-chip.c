/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-chip.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>

#define EDGE 4            /* [px] of full colour */
#define RADIUS 7.0        /* [px], as in the style */
#define FRESH_SECONDS 6

struct _AvaAppointmentChip {
  GtkButton parent_instance;

  GtkLabel *name;               /* borrowed, of the child */
  GtkLabel *details;

  AvaAppointment *appointment;  /* owned */
  char *label;                  /* for screen readers */
  GdkRGBA colour;
  guint fresh_id;
};

G_DEFINE_FINAL_TYPE (AvaAppointmentChip, ava_appointment_chip, GTK_TYPE_BUTTON)

static void
ava_appointment_chip_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA background;
  GdkRGBA tint = self->colour;
  GskRoundedRect rounded;

  ava_compat_get_color (widget, "view_bg_color", &background);
  tint.alpha = contrast ? 0.1 : 0.25;
  gsk_rounded_rect_init_from_rect (&rounded, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &background, &rounded.bounds);
  gtk_snapshot_append_color (snapshot, &tint, &rounded.bounds);
  gtk_snapshot_append_color (snapshot, &self->colour,
                             &GRAPHENE_RECT_INIT (rtl ? width - EDGE : 0, 0, EDGE, height));
  gtk_snapshot_pop (snapshot);
  if (contrast) {
    GdkRGBA text;

    ava_compat_get_color (widget, NULL, &text);
    gtk_snapshot_append_border (snapshot, &rounded, (float[4]) { 1, 1, 1, 1 },
                                (GdkRGBA[4]) { text, text, text, text });
  }
  GTK_WIDGET_CLASS (ava_appointment_chip_parent_class)->snapshot (widget, snapshot);
}

static void
ava_appointment_chip_dispose (GObject *object)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (object);

  g_clear_handle_id (&self->fresh_id, g_source_remove);
  g_clear_object (&self->appointment);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (ava_appointment_chip_parent_class)->dispose (object);
}

static void
ava_appointment_chip_class_init (AvaAppointmentChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_appointment_chip_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = ava_appointment_chip_snapshot;
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
ava_appointment_chip_init (AvaAppointmentChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = add_label (box, "caption-heading");
  self->details = add_label (box, "caption");
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  /* Margins, not padding: the colours are drawn up to the edge. */
  gtk_widget_set_margin_start (box, EDGE + 6);
  gtk_widget_set_margin_end (box, 4);
  gtk_widget_set_margin_top (box, 1);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chip");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * ava_appointment_chip_new:
 *
 * Returns: (transfer floating): an empty chip
 */
AvaAppointmentChip *
ava_appointment_chip_new (void)
{
  return g_object_new (AVA_TYPE_APPOINTMENT_CHIP, NULL);
}

/**
 * ava_appointment_chip_set_appointment:
 * @zone: of the spa
 * @colour: (nullable): of the provider, "#rrggbb"
 */
void
ava_appointment_chip_set_appointment (AvaAppointmentChip *self,
                                      AvaAppointment     *appointment,
                                      GTimeZone          *zone,
                                      const char         *colour)
{
  g_autofree char *time = ava_display_time (appointment->start_us, zone);
  g_autofree char *details = NULL;

  g_return_if_fail (AVA_IS_APPOINTMENT_CHIP (self));

  g_set_object (&self->appointment, appointment);
  g_free (self->label);
  self->label = ava_display_appointment (appointment, zone);
  details = g_strdup_printf ("%s · %s", time, appointment->service_name != NULL ? appointment->service_name : "");
  gtk_label_set_text (self->name, appointment->customer_name != NULL ? appointment->customer_name : _("Unknown"));
  gtk_label_set_text (self->details, details);
  if (colour == NULL || !gdk_rgba_parse (&self->colour, colour))
    gdk_rgba_parse (&self->colour, "#77767b");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->label);
  if (appointment->status >= AVA_APPOINTMENT_DONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "past");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "past");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_appointment_chip_get_appointment:
 *
 * Returns: (transfer none): what it shows
 */
AvaAppointment *
ava_appointment_chip_get_appointment (AvaAppointmentChip *self)
{
  return self->appointment;
}

/**
 * ava_appointment_chip_get_label:
 *
 * Returns: the appointment in one sentence, as screen readers say it
 */
const char *
ava_appointment_chip_get_label (AvaAppointmentChip *self)
{
  return self->label;
}

static gboolean
fade_cb (gpointer user_data)
{
  AvaAppointmentChip *self = user_data;

  self->fresh_id = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "fresh");
  return G_SOURCE_REMOVE;
}

/**
 * ava_appointment_chip_highlight:
 *
 * Shows for a few seconds that this one is new.
 */
void
ava_appointment_chip_highlight (AvaAppointmentChip *self)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_CHIP (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "fresh");
  g_clear_handle_id (&self->fresh_id, g_source_remove);
  self->fresh_id = g_timeout_add_seconds (FRESH_SECONDS, fade_cb, self);
}
