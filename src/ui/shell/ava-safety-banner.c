/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety-banner.h"

#include "ava-display.h"
#include "ava-safety-alerts.h"

#include <glib/gi18n.h>

struct _AvaSafetyBanner {
  AdwBin parent_instance;

  /* Borrowed References, of the tree of widgets */
  GtkRevealer *revealer;
  GtkLabel *words;

  /* Owned References */
  AvaContext *context;
  AvaSafetyAlerts *alerts;
};

G_DEFINE_FINAL_TYPE (AvaSafetyBanner, ava_safety_banner, ADW_TYPE_BIN)

static char *
describe (AvaSafetyBanner      *self,
          const AvaSafetyAlert *alert)
{
  g_autofree char *time = ava_display_time (alert->at_us, ava_context_get_spa (self->context)->zone);
  g_autofree char *caller = alert->caller != NULL && *alert->caller != '\0' ? ava_display_phone (alert->caller) : g_strdup (_("A caller"));
  guint others = ava_safety_alerts_get_count (self->alerts) - 1;
  g_autofree char *more = others > 0 ? g_strdup_printf (ngettext (" and %u more", " and %u more", others), others) : g_strdup ("");

  if (alert->words != NULL && *alert->words != '\0')
    /* Translators: who called, what they spoke of, when, and how many other such calls wait. */
    return g_strdup_printf (_("Possible emergency: %s spoke of %s at %s%s"), caller, alert->words, time, more);
  return g_strdup_printf (_("Possible emergency: %s needed a person at %s%s"), caller, time, more);
}

static void
update (AvaSafetyBanner *self)
{
  const AvaSafetyAlert *first = ava_safety_alerts_get (self->alerts, 0);
  g_autofree char *words = first != NULL ? describe (self, first) : NULL;

  if (words != NULL)
    gtk_label_set_text (self->words, words);
  gtk_revealer_set_reveal_child (self->revealer, words != NULL);
}

static void
on_acknowledge (AvaSafetyBanner *self)
{
  const AvaSafetyAlert *first = ava_safety_alerts_get (self->alerts, 0);

  if (first != NULL)
    ava_safety_alerts_acknowledge (self->alerts, first->call_id);
}

static void
on_failed (AvaSafetyBanner *self,
           const char      *trouble)
{
  g_autofree char *words = g_strdup_printf (_("It could not be noted that somebody saw this: %s"), trouble);

  gtk_label_set_text (self->words, words);
}

static void
ava_safety_banner_dispose (GObject *object)
{
  AvaSafetyBanner *self = AVA_SAFETY_BANNER (object);

  g_clear_object (&self->alerts);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_safety_banner_parent_class)->dispose (object);
}

static void
ava_safety_banner_class_init (AvaSafetyBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_safety_banner_dispose;
}

static void
ava_safety_banner_init (AvaSafetyBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("ava-warning-symbolic");
  GtkWidget *show = gtk_button_new_with_mnemonic (_("_Show Call"));
  GtkWidget *seen = gtk_button_new_with_mnemonic (_("_Acknowledge"));

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_widget_add_css_class (box, "safety-banner");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "s", "live");
  g_signal_connect_object (seen, "clicked", G_CALLBACK (on_acknowledge), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (show, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (seen, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), show);
  gtk_box_append (GTK_BOX (box), seen);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * ava_safety_banner_new:
 *
 * Returns: (transfer floating): hidden until a red flag waits
 */
GtkWidget *
ava_safety_banner_new (AvaContext *context)
{
  AvaSafetyBanner *self = g_object_new (AVA_TYPE_SAFETY_BANNER, NULL);

  self->context = g_object_ref (context);
  self->alerts = ava_safety_alerts_new (context);
  g_signal_connect_object (self->alerts, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alerts, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
