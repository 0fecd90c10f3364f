/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-adaptive-box.h"

#define COMFORTABLE 1.25   /* times main's minimum, to stand side by side */

struct _AvaAdaptiveBox {
  GtkWidget parent_instance;

  GtkWidget *main;   /* owned as children */
  GtkWidget *side;
};

enum { PROP_0, PROP_MAIN, PROP_SIDE, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaAdaptiveBox, ava_adaptive_box, GTK_TYPE_WIDGET)

static gboolean
is_side_shown (AvaAdaptiveBox *self)
{
  return self->side != NULL && gtk_widget_get_visible (self->side);
}

static gboolean
is_wide (AvaAdaptiveBox *self,
         int             width,
         int            *side_width)
{
  int main_min;

  gtk_widget_measure (self->main, GTK_ORIENTATION_HORIZONTAL, -1, &main_min, NULL, NULL, NULL);
  gtk_widget_measure (self->side, GTK_ORIENTATION_HORIZONTAL, -1, NULL, side_width, NULL, NULL);
  return width >= main_min * COMFORTABLE + *side_width;
}

static void
ava_adaptive_box_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  AvaAdaptiveBox *self = AVA_ADAPTIVE_BOX (widget);
  int main_min = 0;
  int main_nat = 0;
  int side_min = 0;
  int side_nat = 0;
  int side_width = 0;

  if (self->main == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->main, orientation, -1, &main_min, &main_nat, NULL, NULL);
    if (is_side_shown (self))
      gtk_widget_measure (self->side, orientation, -1, &side_min, &side_nat, NULL, NULL);
    *minimum = MAX (main_min, side_min);
    *natural = main_nat + side_nat;
    return;
  }
  gtk_widget_measure (self->main, orientation, -1, &main_min, &main_nat, NULL, NULL);
  if (is_side_shown (self))
    gtk_widget_measure (self->side, orientation, -1, &side_min, &side_nat, NULL, NULL);
  if (!is_side_shown (self) || (for_size >= 0 && is_wide (self, for_size, &side_width)))
    *minimum = MAX (main_min, side_min);
  else
    *minimum = main_min + side_min;
  *natural = MAX (*minimum, main_nat + side_nat);
}

static void
place (GtkWidget *child,
       int        x,
       int        y,
       int        width,
       int        height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
ava_adaptive_box_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  AvaAdaptiveBox *self = AVA_ADAPTIVE_BOX (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side_width;
  int side_min;
  int side_nat;
  int main_min;

  if (self->main == NULL)
    return;
  if (!is_side_shown (self)) {
    place (self->main, 0, 0, width, height);
    return;
  }
  if (is_wide (self, width, &side_width)) {
    place (self->main, rtl ? side_width : 0, 0, width - side_width, height);
    place (self->side, rtl ? 0 : width - side_width, 0, side_width, height);
    return;
  }
  gtk_widget_measure (self->main, GTK_ORIENTATION_VERTICAL, width, &main_min, NULL, NULL, NULL);
  gtk_widget_measure (self->side, GTK_ORIENTATION_VERTICAL, width, &side_min, &side_nat, NULL, NULL);
  side_nat = CLAMP (MIN (side_nat, height / 3), side_min, MAX (side_min, height - main_min));
  place (self->main, 0, 0, width, MAX (height - side_nat, main_min));
  place (self->side, 0, MAX (height - side_nat, main_min), width, side_nat);
}

static GtkSizeRequestMode
ava_adaptive_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
set_child (AvaAdaptiveBox  *self,
           GtkWidget      **child,
           GtkWidget       *widget)
{
  g_clear_pointer (child, gtk_widget_unparent);
  *child = widget;
  /* In this order for the keyboard and screen readers. */
  if (widget != NULL)
    gtk_widget_insert_before (widget, GTK_WIDGET (self), child == &self->main ? self->side : NULL);
}

static void
ava_adaptive_box_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AvaAdaptiveBox *self = AVA_ADAPTIVE_BOX (object);

  switch (prop_id) {
  case PROP_MAIN:
    g_value_set_object (value, self->main);
    break;
  case PROP_SIDE:
    g_value_set_object (value, self->side);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_adaptive_box_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  AvaAdaptiveBox *self = AVA_ADAPTIVE_BOX (object);

  switch (prop_id) {
  case PROP_MAIN:
    set_child (self, &self->main, g_value_get_object (value));
    break;
  case PROP_SIDE:
    set_child (self, &self->side, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_adaptive_box_dispose (GObject *object)
{
  AvaAdaptiveBox *self = AVA_ADAPTIVE_BOX (object);

  g_clear_pointer (&self->main, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);
  G_OBJECT_CLASS (ava_adaptive_box_parent_class)->dispose (object);
}

static void
ava_adaptive_box_class_init (AvaAdaptiveBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ava_adaptive_box_get_property;
  object_class->set_property = ava_adaptive_box_set_property;
  object_class->dispose = ava_adaptive_box_dispose;
  widget_class->measure = ava_adaptive_box_measure;
  widget_class->size_allocate = ava_adaptive_box_size_allocate;
  widget_class->get_request_mode = ava_adaptive_box_get_request_mode;
  props[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_adaptive_box_init (AvaAdaptiveBox *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
