/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hours-block.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaHoursBlock {
  GtkWidget parent_instance;

  GtkWidget *label;   /* hidden where it has no room */
};

G_DEFINE_FINAL_TYPE (AvaHoursBlock, ava_hours_block, GTK_TYPE_WIDGET)

static void
ava_hours_block_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
ava_hours_block_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  AvaHoursBlock *self = AVA_HOURS_BLOCK (widget);
  int needed;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  gtk_widget_set_child_visible (self->label, needed + 8 <= width);
  gtk_widget_size_allocate (self->label, &(GtkAllocation) { 0, 0, MAX (width, needed), height }, -1);
}

static void
ava_hours_block_dispose (GObject *object)
{
  g_clear_pointer (&AVA_HOURS_BLOCK (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (ava_hours_block_parent_class)->dispose (object);
}

static void
ava_hours_block_class_init (AvaHoursBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_hours_block_dispose;
  widget_class->measure = ava_hours_block_measure;
  widget_class->size_allocate = ava_hours_block_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "hoursblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
ava_hours_block_init (AvaHoursBlock *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
ava_hours_block_new (void)
{
  return g_object_new (AVA_TYPE_HOURS_BLOCK, NULL);
}

/**
 * ava_hours_block_set:
 * @day: "Monday"
 */
void
ava_hours_block_set (AvaHoursBlock *self,
                     const char    *day,
                     AvaSpan        span)
{
  g_autofree char *from = ava_display_minute (span.open_min);
  g_autofree char *to = ava_display_minute (span.close_min);
  g_autofree char *short_text = g_strdup_printf ("%s – %s", from, to);
  /* Translators: a day and two times. */
  g_autofree char *words = g_strdup_printf (_("%s, open from %s to %s"), day, from, to);

  gtk_label_set_text (GTK_LABEL (self->label), short_text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), short_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
