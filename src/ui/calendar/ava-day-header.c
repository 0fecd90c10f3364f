/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-header.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaDayHeader {
  GtkWidget parent_instance;

  AvaDayView *view;    /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (AvaDayHeader, ava_day_header, GTK_TYPE_WIDGET)

static void
ava_day_header_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  AvaDayHeader *self = AVA_DAY_HEADER (widget);
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_min;

    gtk_widget_measure (child, orientation, -1, &child_min, NULL, NULL, NULL);
    height = MAX (height, child_min);
  }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height;
  else if (self->view != NULL)
    gtk_widget_measure (GTK_WIDGET (self->view), orientation, -1, minimum, natural, NULL, NULL);
}

static void
ava_day_header_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  AvaDayHeader *self = AVA_DAY_HEADER (widget);
  guint index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int x;
    int column_width;
    int child_min;

    ava_day_view_get_column (self->view, index++, width, &x, &column_width);
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, NULL, NULL, NULL);
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, MAX (column_width, child_min), height }, -1);
  }
}

static char *
word_hours (AvaSpa      *spa,
            AvaProvider *provider,
            GDateTime   *day)
{
  const char *reason = NULL;
  int open_min = 0;
  int close_min = 0;
  g_autofree char *open = NULL;
  g_autofree char *close = NULL;

  if (!ava_spa_get_hours (spa, provider->id, day, &open_min, &close_min, &reason))
    return g_strdup (reason != NULL ? reason : _("Not working"));
  open = ava_display_minute (open_min);
  close = ava_display_minute (close_min);
  /* Translators: from one time of day to another. */
  return g_strdup_printf (_("%s to %s"), open, close);
}

static void
add_column (AvaDayHeader *self,
            AvaSpa       *spa,
            AvaProvider  *provider,
            GDateTime    *day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *hours = word_hours (spa, provider, day);
  GtkWidget *name = gtk_label_new (provider->name);
  GtkWidget *when = gtk_label_new (hours);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, provider->title);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (when, "caption");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_add_css_class (when, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), when);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
clear (AvaDayHeader *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
ava_day_header_dispose (GObject *object)
{
  AvaDayHeader *self = AVA_DAY_HEADER (object);

  clear (self);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (ava_day_header_parent_class)->dispose (object);
}

static void
ava_day_header_class_init (AvaDayHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_day_header_dispose;
  widget_class->measure = ava_day_header_measure;
  widget_class->size_allocate = ava_day_header_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "dayheader");
}

static void
ava_day_header_init (AvaDayHeader *self)
{
}

/**
 * ava_day_header_set_day:
 * @view: the columns below
 * @day: local midnight
 */
void
ava_day_header_set_day (AvaDayHeader *self,
                        AvaDayView   *view,
                        AvaSpa       *spa,
                        GDateTime    *day)
{
  g_return_if_fail (AVA_IS_DAY_HEADER (self));

  g_set_object (&self->view, view);
  clear (self);
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (!provider->archived)
      add_column (self, spa, provider, day);
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
