/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hold-ghost.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaHoldGhost {
  GtkWidget parent_instance;

  GtkLabel *what;         /* borrowed as a child */
  gint64 expires_us;      /* [us] UTC */
  char *words;            /* what is held */
  int seconds;            /* that are left, as shown */
};

G_DEFINE_FINAL_TYPE (AvaHoldGhost, ava_hold_ghost, GTK_TYPE_WIDGET)

static void
ava_hold_ghost_dispose (GObject *object)
{
  AvaHoldGhost *self = AVA_HOLD_GHOST (object);

  g_clear_pointer ((GtkWidget **) &self->what, gtk_widget_unparent);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (ava_hold_ghost_parent_class)->dispose (object);
}

static void
ava_hold_ghost_class_init (AvaHoldGhostClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_hold_ghost_dispose;
  gtk_widget_class_set_css_name (widget_class, "holdghost");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ava_hold_ghost_init (AvaHoldGhost *self)
{
  self->what = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->what, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->what, 2);
  gtk_label_set_wrap (self->what, TRUE);
  gtk_label_set_width_chars (self->what, 1);
  gtk_label_set_xalign (self->what, 0);
  gtk_label_set_yalign (self->what, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->what), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * ava_hold_ghost_new:
 *
 * Returns: (transfer floating): of no hold yet
 */
AvaHoldGhost *
ava_hold_ghost_new (void)
{
  return g_object_new (AVA_TYPE_HOLD_GHOST, NULL);
}

/**
 * ava_hold_ghost_set_hold:
 * @service: (nullable): its name
 */
void
ava_hold_ghost_set_hold (AvaHoldGhost  *self,
                         const AvaBusy *hold,
                         const char    *service,
                         GTimeZone     *zone)
{
  g_autofree char *time = ava_display_time (hold->session_us != 0 ? hold->session_us : hold->start_us, zone);

  g_return_if_fail (AVA_IS_HOLD_GHOST (self));

  g_free (self->words);
  /* Translators: a time of day, a service. */
  self->words = g_strdup_printf (_("%s held for a caller: %s"), time, service != NULL ? service : _("Appointment"));
  self->expires_us = hold->expires_us;
  self->seconds = -1;
}

/**
 * ava_hold_ghost_set_now:
 */
void
ava_hold_ghost_set_now (AvaHoldGhost *self,
                        gint64        now_us)
{
  int seconds = MAX ((self->expires_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0);
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (AVA_IS_HOLD_GHOST (self));

  if (seconds == self->seconds || self->words == NULL)
    return;
  self->seconds = seconds;
  left = ava_display_duration ((gint64) seconds * G_USEC_PER_SEC);
  /* The time that is left comes first: it is what is looked for. */
  text = g_strdup_printf ("%s · %s", left, self->words);
  gtk_label_set_text (self->what, text);
  label = g_strdup_printf (ngettext ("%s, %d second left", "%s, %d seconds left", seconds), self->words, seconds);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Returns: what is shown */
const char *
ava_hold_ghost_get_text (AvaHoldGhost *self)
{
  return gtk_label_get_text (self->what);
}
