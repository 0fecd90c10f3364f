/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-verdict-box.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AvaVerdictBox {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkWidget *words_box;
  GtkLabel *words;
  GtkBox *nearest;
  GtkWidget *reason_box;
  GtkEditable *reason;
  GtkWidget *anyway;
};

enum { TIME_CHOSEN, REASON_GIVEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaVerdictBox, ava_verdict_box, ADW_TYPE_BIN)

static gboolean
has_reason (AvaVerdictBox *self)
{
  const char *text = gtk_editable_get_text (self->reason);

  return strspn (text, " \t") < strlen (text);
}

static void
on_reason_changed (AvaVerdictBox *self)
{
  gtk_widget_set_sensitive (self->anyway, has_reason (self));
}

static void
on_reason (AvaVerdictBox *self)
{
  if (has_reason (self))
    g_signal_emit (self, signals[REASON_GIVEN], 0, gtk_editable_get_text (self->reason));
}

static void
on_nearest (AvaVerdictBox *self,
            GtkButton     *button)
{
  gint64 *start_us = g_object_get_data (G_OBJECT (button), "start");

  g_signal_emit (self, signals[TIME_CHOSEN], 0, *start_us);
}

static void
ava_verdict_box_class_init (AvaVerdictBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-verdict-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, words_box);
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, words);
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, nearest);
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, reason_box);
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, reason);
  gtk_widget_class_bind_template_child (widget_class, AvaVerdictBox, anyway);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  signals[TIME_CHOSEN] = g_signal_new ("time-chosen", AVA_TYPE_VERDICT_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[REASON_GIVEN] = g_signal_new ("reason-given", AVA_TYPE_VERDICT_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_verdict_box_init (AvaVerdictBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
clear_nearest (AvaVerdictBox *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->nearest))) != NULL)
    gtk_box_remove (self->nearest, child);
}

static void
add_nearest (AvaVerdictBox *self,
             const AvaSlot *slot,
             GTimeZone     *zone,
             gint64         now_us)
{
  g_autofree char *day = ava_display_day (slot->start_us, now_us, zone);
  g_autofree char *time = ava_display_time (slot->start_us, zone);
  g_autofree char *label = g_strdup_printf (_("Free: %s, %s"), day, time);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "compact");
  g_object_set_data_full (G_OBJECT (button), "start", g_memdup2 (&slot->start_us, sizeof slot->start_us), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_nearest), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->nearest, button);
}

/**
 * ava_verdict_box_set_verdict:
 * @verdict: (nullable): %NULL shows nothing
 */
void
ava_verdict_box_set_verdict (AvaVerdictBox *self,
                             AvaVerdict    *verdict,
                             GTimeZone     *zone,
                             gint64         now_us)
{
  g_autofree char *words = verdict != NULL ? ava_verdict_to_words (verdict) : g_strdup ("");

  g_return_if_fail (AVA_IS_VERDICT_BOX (self));

  ava_verdict_box_set_words (self, words);
  if (verdict == NULL)
    return;
  if (verdict->kind == AVA_VERDICT_REFUSED)
    gtk_widget_add_css_class (self->words_box, "refused");
  for (guint i = 0; i < verdict->nearest->len; i++)
    add_nearest (self, verdict->nearest->pdata[i], zone, now_us);
  gtk_widget_set_visible (self->reason_box, verdict->kind == AVA_VERDICT_NEEDS_REASON);
  gtk_widget_set_visible (GTK_WIDGET (self->nearest), verdict->nearest->len > 0);
}

/**
 * ava_verdict_box_set_words:
 * @words: shown in place of a verdict; "" shows nothing
 */
void
ava_verdict_box_set_words (AvaVerdictBox *self,
                           const char    *words)
{
  g_return_if_fail (AVA_IS_VERDICT_BOX (self));

  clear_nearest (self);
  gtk_widget_set_visible (GTK_WIDGET (self->nearest), FALSE);
  gtk_widget_set_visible (self->reason_box, FALSE);
  gtk_editable_set_text (self->reason, "");
  gtk_widget_remove_css_class (self->words_box, "refused");
  if (*words != '\0' && g_strcmp0 (gtk_label_get_text (self->words), words) != 0)
    ava_compat_announce (GTK_WIDGET (self), words);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self), *words != '\0');
}

/**
 * ava_verdict_box_set_step:
 *
 * Makes the reason one for taking the customer to the room, instead of for booking.
 */
void
ava_verdict_box_set_step (AvaVerdictBox *self)
{
  g_return_if_fail (AVA_IS_VERDICT_BOX (self));

  g_object_set (self->reason, "placeholder-text", _("Reason to go on"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason to go on"), -1);
  gtk_button_set_label (GTK_BUTTON (self->anyway), _("_Go On"));
}

const char *
ava_verdict_box_get_words (AvaVerdictBox *self)
{
  g_return_val_if_fail (AVA_IS_VERDICT_BOX (self), "");

  return gtk_label_get_text (self->words);
}

/**
 * ava_verdict_box_ask_reason:
 *
 * Gives the keyboard to the reason, where one is asked for.
 */
void
ava_verdict_box_ask_reason (AvaVerdictBox *self)
{
  g_return_if_fail (AVA_IS_VERDICT_BOX (self));

  if (gtk_widget_get_visible (self->reason_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}
