/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-fold.h"

#define LIST_LEAST 200     /* [px] beside the content */
#define CONTENT_LEAST 440  /* [px] */

struct _AvaSettingsFold {
  GtkWidget parent_instance;

  /* Borrowed References, of the tree of widgets */
  GtkWidget *list;
  GtkWidget *line;
  GtkWidget *content;

  gboolean folded;
  gboolean show_content;
  guint notify_id;
};

enum { PROP_0, PROP_FOLDED, PROP_SHOW_CONTENT, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaSettingsFold, ava_settings_fold, GTK_TYPE_WIDGET)

static int
get_least (GtkWidget *child,
           int        least)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, least);
}

static int
get_list_width (AvaSettingsFold *self)
{
  int natural;

  gtk_widget_measure (self->list, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MAX (natural, LIST_LEAST);
}

static void
ava_settings_fold_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  AvaSettingsFold *self = AVA_SETTINGS_FOLD (widget);
  int least[2];
  int usual[2];

  gtk_widget_measure (self->list, orientation, -1, &least[0], &usual[0], NULL, NULL);
  gtk_widget_measure (self->content, orientation, -1, &least[1], &usual[1], NULL, NULL);
  *minimum = MAX (least[0], least[1]);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? usual[0] + usual[1] : MAX (usual[0], usual[1]);
  *natural = MAX (*natural, *minimum);
}

static void
notify_cb (gpointer user_data)
{
  AvaSettingsFold *self = user_data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
}

static void
place (GtkWidget *child,
       gboolean   shown,
       int        x,
       int        width,
       int        height)
{
  gtk_widget_set_child_visible (child, shown);
  if (shown)
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, width, height }, -1);
}

static void
ava_settings_fold_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  AvaSettingsFold *self = AVA_SETTINGS_FOLD (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int list = get_list_width (self);
  gboolean folded = width < list + 1 + get_least (self->content, CONTENT_LEAST);
  int rest = width - list - 1;

  if (folded != self->folded) {
    self->folded = folded;
    if (self->notify_id == 0)
      self->notify_id = g_idle_add_once (notify_cb, self);
  }
  place (self->list, !folded || !self->show_content, rtl && !folded ? rest + 1 : 0, folded ? width : list, height);
  place (self->line, !folded, rtl ? rest : list, 1, height);
  place (self->content, !folded || self->show_content, folded || rtl ? 0 : list + 1, folded ? width : rest, height);
}

static void
ava_settings_fold_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AvaSettingsFold *self = AVA_SETTINGS_FOLD (object);

  switch (prop_id) {
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_SHOW_CONTENT:
    g_value_set_boolean (value, self->show_content);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_settings_fold_dispose (GObject *object)
{
  AvaSettingsFold *self = AVA_SETTINGS_FOLD (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (ava_settings_fold_parent_class)->dispose (object);
}

static void
ava_settings_fold_class_init (AvaSettingsFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ava_settings_fold_get_property;
  object_class->dispose = ava_settings_fold_dispose;
  widget_class->measure = ava_settings_fold_measure;
  widget_class->size_allocate = ava_settings_fold_size_allocate;
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_settings_fold_init (AvaSettingsFold *self)
{
  self->line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
}

/**
 * ava_settings_fold_new:
 *
 * Returns: (transfer floating): the two side by side
 */
GtkWidget *
ava_settings_fold_new (GtkWidget *list,
                       GtkWidget *content)
{
  AvaSettingsFold *self = g_object_new (AVA_TYPE_SETTINGS_FOLD, NULL);

  self->list = list;
  self->content = content;
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_parent (content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
ava_settings_fold_is_folded (AvaSettingsFold *self)
{
  return self->folded;
}

void
ava_settings_fold_set_show_content (AvaSettingsFold *self,
                                    gboolean         shown)
{
  g_return_if_fail (AVA_IS_SETTINGS_FOLD (self));

  if (self->show_content == shown)
    return;
  self->show_content = shown;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_CONTENT]);
}
