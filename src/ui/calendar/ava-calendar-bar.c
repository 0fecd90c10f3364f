/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

#include <glib/gi18n.h>

/* The bar over the book: what it offers, and what its buttons do. */

/* --- choices --- */

void
ava_calendar_page_show_choices (AvaCalendarPage *self)
{
  gboolean places = self->spa->locations->len > 1;

  gtk_widget_set_visible (GTK_WIDGET (self->provider_choice), self->kind == AVA_CALENDAR_WEEK);
  gtk_widget_set_visible (GTK_WIDGET (self->location_choice), places);
  gtk_widget_set_visible (self->choices, places || self->kind == AVA_CALENDAR_WEEK);
}

static void
name_step (GtkWidget  *button,
           const char *words)
{
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
ava_calendar_page_name_steps (AvaCalendarPage *self)
{
  name_step (self->previous, self->kind == AVA_CALENDAR_MONTH ? _("Previous Month")
                             : self->kind == AVA_CALENDAR_WEEK ? _("Previous Week") : _("Previous Day"));
  name_step (self->next, self->kind == AVA_CALENDAR_MONTH ? _("Next Month")
                         : self->kind == AVA_CALENDAR_WEEK ? _("Next Week") : _("Next Day"));
}

guint
ava_calendar_page_find_choice (AvaCalendarPage *self,
             const char      *provider_id)
{
  guint position = 1;

  for (guint i = 0; provider_id != NULL && i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (provider->archived)
      continue;
    if (g_str_equal (provider->id, provider_id))
      return position;
    position++;
  }
  return 0;
}

/* The choices of people and places, as the spa has them. */
void
ava_calendar_page_fill_choices (AvaCalendarPage *self)
{
  g_autoptr (GtkStringList) people = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  guint here = 0;

  self->setting = TRUE;
  gtk_string_list_append (people, _("Everyone"));
  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (!provider->archived)
      gtk_string_list_append (people, provider->name);
  }
  for (guint i = 0; i < self->spa->locations->len; i++) {
    AvaLocation *location = self->spa->locations->pdata[i];

    gtk_string_list_append (places, location->name);
    if (g_strcmp0 (location->id, self->spa->location_id) == 0)
      here = i;
  }
  gtk_drop_down_set_model (self->provider_choice, G_LIST_MODEL (people));
  gtk_drop_down_set_selected (self->provider_choice, ava_calendar_page_find_choice (self, self->week_provider_id));
  gtk_drop_down_set_model (self->location_choice, G_LIST_MODEL (places));
  gtk_drop_down_set_selected (self->location_choice, here);
  ava_calendar_page_show_choices (self);
  ava_calendar_filter_set_spa (self->filter, self->spa);
  self->setting = FALSE;
}

/* --- what the bar does --- */

static void
on_today (AvaCalendarPage *self)
{
  ava_calendar_page_show_time (self, ava_calendar_page_get_now (self));
}

static void
on_previous (AvaCalendarPage *self)
{
  ava_calendar_page_move (self, -1);
}

static void
on_next (AvaCalendarPage *self)
{
  ava_calendar_page_move (self, 1);
}

static void
on_picked (AvaCalendarPage *self,
           guint            julian)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_julian (&day, julian);
  if (self->context != NULL)
    ava_calendar_page_set_date (self, &day);
}

static void
on_filter_changed (AvaCalendarPage *self)
{
  gboolean active = ava_calendar_filter_is_active (self->filter);

  if (self->context == NULL)
    return;
  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "filtering");
  ava_calendar_page_fill (self, FALSE);
}

static void
on_switched (AvaCalendarPage *self,
             GtkToggleButton *button)
{
  if (self->setting || self->context == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < AVA_CALENDAR_N_VIEWS; i++) {
    if (self->switches[i] == button)
      ava_calendar_page_set_view (self, i);
  }
}

static void
on_location_chosen (AvaCalendarPage *self)
{
  guint position = gtk_drop_down_get_selected (self->location_choice);

  if (!self->setting && self->context != NULL && position < self->spa->locations->len)
    ava_calendar_page_set_location (self, AVA_LOCATION (self->spa->locations->pdata[position])->id);
}

static void
on_provider_chosen (AvaCalendarPage *self)
{
  guint position = gtk_drop_down_get_selected (self->provider_choice);
  const char *id = NULL;

  if (self->setting || self->context == NULL)
    return;
  for (guint i = 0; position > 0 && i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (!provider->archived && --position == 0)
      id = provider->id;
  }
  ava_calendar_page_set_week_provider (self, id);
}

static void
on_past_toggled (AvaCalendarPage *self)
{
  gboolean on = gtk_toggle_button_get_active (self->past_button);

  if (self->context == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->past), on);
  if (!on && self->at_us != 0)
    ava_calendar_page_set_moment (self, 0);
  ava_calendar_page_ask_for_events (self);
}

static void
on_moment (AvaCalendarPage *self,
           gint64           at_us)
{
  ava_calendar_page_set_moment (self, at_us);
}

/* For the template. */
void
ava_calendar_page_bind_bar (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_location_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_moment);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_past_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_provider_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_today);
}
