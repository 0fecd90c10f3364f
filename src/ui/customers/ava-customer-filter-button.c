/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-filter-button.h"

#include "ava-compat.h"
#include "ava-customer-filter.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AvaCustomerFilterButton {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkMenuButton *button;
  GtkDropDown *sort;
  GtkCheckButton *flagged;
  GtkCheckButton *upcoming;
  GtkCheckButton *vip;
  GtkCheckButton *do_not_book;
  GtkCheckButton *archived;
  GtkDropDown *unseen;
  GtkDropDown *provider;

  /* Owned References */
  GPtrArray *provider_ids;     /* of the choices, "" for any; nullable */
  char *filter;
  gboolean filling;
};

enum { PROP_0, PROP_FILTER, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaCustomerFilterButton, ava_customer_filter_button, ADW_TYPE_BIN)

static const guint months[] = { 0, 3, 6, 12, 24 };

static void
on_changed (AvaCustomerFilterButton *self)
{
  AvaCustomerFilter filter = {
    .sort = gtk_drop_down_get_selected (self->sort),
    .flagged = gtk_check_button_get_active (self->flagged),
    .upcoming = gtk_check_button_get_active (self->upcoming),
    .vip = gtk_check_button_get_active (self->vip),
    .do_not_book = gtk_check_button_get_active (self->do_not_book),
    .archived = gtk_check_button_get_active (self->archived),
  };
  guint unseen = gtk_drop_down_get_selected (self->unseen);
  guint provider = gtk_drop_down_get_selected (self->provider);
  g_autofree char *words = NULL;

  if (self->filling)
    return;
  if (unseen < G_N_ELEMENTS (months))
    filter.unseen_months = months[unseen];
  if (self->provider_ids != NULL && provider > 0 && provider < self->provider_ids->len)
    filter.provider_id = g_intern_string (self->provider_ids->pdata[provider]);
  words = ava_customer_filter_print (&filter);
  if (g_strcmp0 (words, self->filter) == 0)
    return;
  g_free (self->filter);
  self->filter = g_steal_pointer (&words);
  if (ava_customer_filter_button_is_active (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "accent");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
}

static void
on_clear (AvaCustomerFilterButton *self)
{
  GtkCheckButton *checks[] = { self->flagged, self->upcoming, self->vip, self->do_not_book, self->archived };

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    gtk_check_button_set_active (checks[i], FALSE);
  gtk_drop_down_set_selected (self->unseen, 0);
  gtk_drop_down_set_selected (self->provider, 0);
  self->filling = FALSE;
  on_changed (self);
}

/* Returns: whether some customers are left out; the order alone leaves nobody out */
gboolean
ava_customer_filter_button_is_active (AvaCustomerFilterButton *self)
{
  return self->filter != NULL && strchr (self->filter, ' ') != NULL;
}

/* Gives it the spa, whose providers are the choices. */
void
ava_customer_filter_button_set_context (AvaCustomerFilterButton *self,
                                        AvaContext              *context)
{
  AvaSpa *spa = ava_context_get_spa (context);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->provider_ids, g_ptr_array_unref);
  self->provider_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _("Does not matter"));
  g_ptr_array_add (self->provider_ids, g_strdup (""));
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (provider->archived)
      continue;
    gtk_string_list_append (names, provider->name);
    g_ptr_array_add (self->provider_ids, g_strdup (provider->id));
  }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->provider, G_LIST_MODEL (names));
  self->filling = FALSE;
}

static void
ava_customer_filter_button_get_property (GObject    *object,
                                         guint       id,
                                         GValue     *value,
                                         GParamSpec *pspec)
{
  switch (id) {
  case PROP_FILTER:
    g_value_set_string (value, AVA_CUSTOMER_FILTER_BUTTON (object)->filter);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ava_customer_filter_button_finalize (GObject *object)
{
  AvaCustomerFilterButton *self = AVA_CUSTOMER_FILTER_BUTTON (object);

  g_clear_pointer (&self->provider_ids, g_ptr_array_unref);
  g_free (self->filter);
  G_OBJECT_CLASS (ava_customer_filter_button_parent_class)->finalize (object);
}

static void
ava_customer_filter_button_class_init (AvaCustomerFilterButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_customer_filter_button_finalize;
  G_OBJECT_CLASS (klass)->get_property = ava_customer_filter_button_get_property;
  props[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, button);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, sort);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, flagged);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, upcoming);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, vip);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, do_not_book);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, archived);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, unseen);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerFilterButton, provider);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
}

static void
ava_customer_filter_button_init (AvaCustomerFilterButton *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  self->filter = g_strdup ("sort=name");
  ava_compat_name_menus (GTK_WIDGET (self->button), _("Filter and Sort"));
}
