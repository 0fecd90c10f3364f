/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-header.h"

struct _AvaDayHeader {
  GtkWidget parent_instance;

  GtkWidget *view;           /* owned, nullable */
  AvaHeaderPlace place;
  guint n_columns;
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
    gtk_widget_measure (self->view, orientation, -1, minimum, natural, NULL, NULL);
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

    self->place (self->view, index++, width, &x, &column_width);
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, NULL, NULL, NULL);
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, MAX (column_width, child_min), height }, -1);
  }
}

static void
ava_day_header_dispose (GObject *object)
{
  AvaDayHeader *self = AVA_DAY_HEADER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
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

static GtkWidget *
make_label (GtkWidget  *box,
            const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
make_box (AvaDayHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *when;

  make_label (box, "heading");
  when = make_label (box, "caption");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static void
fill_box (GtkWidget             *box,
          const AvaHeaderColumn *column)
{
  GtkWidget *name = gtk_widget_get_first_child (box);
  GtkWidget *when = gtk_widget_get_next_sibling (name);

  gtk_label_set_text (GTK_LABEL (name), column->title);
  gtk_label_set_text (GTK_LABEL (when), column->subtitle != NULL ? column->subtitle : "");
  gtk_widget_set_visible (when, column->subtitle != NULL);
  gtk_widget_set_tooltip_text (box, column->tooltip);
  if (column->today)
    gtk_widget_add_css_class (box, "today");
  else
    gtk_widget_remove_css_class (box, "today");
}

/**
 * ava_day_header_set_columns:
 * @view: the columns below
 * @place: tells where it has them
 */
void
ava_day_header_set_columns (AvaDayHeader          *self,
                            GtkWidget             *view,
                            AvaHeaderPlace         place,
                            const AvaHeaderColumn *columns,
                            guint                  n_columns)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_return_if_fail (AVA_IS_DAY_HEADER (self));

  g_set_object (&self->view, view);
  self->place = place;
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++) {
    if (box == NULL)
      box = make_box (self);
    fill_box (box, &columns[i]);
    box = gtk_widget_get_next_sibling (box);
  }
  while (box != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (box);

    gtk_widget_unparent (box);
    box = next;
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
