/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-filter.h"

#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_STATUSES (AVA_APPOINTMENT_CANCELLED + 1)
/* A cancelled one is no longer in the book: it is looked at when that is asked for. */
#define USUAL_STATUSES ((1u << N_STATUSES) - 1 - (1u << AVA_APPOINTMENT_CANCELLED))

struct _AvaCalendarFilter {
  GtkPopover parent_instance;

  /* Template Widgets */
  GtkBox *owners;
  GtkBox *states;
  GtkCheckButton *only_working;
  GtkWidget *reset;

  GHashTable *hidden;                     /* ids of providers and rooms */
  guint statuses;
  GtkCheckButton *status_checks[N_STATUSES]; /* borrowed */
  gboolean setting;                       /* we set the checks, not the user */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCalendarFilter, ava_calendar_filter, GTK_TYPE_POPOVER)

static void
tell (AvaCalendarFilter *self)
{
  if (self->setting)
    return;
  gtk_widget_set_sensitive (self->reset, ava_calendar_filter_is_active (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_toggled (AvaCalendarFilter *self)
{
  tell (self);
}

static void
on_owner_toggled (GtkCheckButton    *check,
                  AvaCalendarFilter *self)
{
  const char *id = g_object_get_data (G_OBJECT (check), "ava-id");

  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->hidden, id);
  else
    g_hash_table_add (self->hidden, g_strdup (id));
  tell (self);
}

static void
on_status_toggled (GtkCheckButton    *check,
                   AvaCalendarFilter *self)
{
  for (guint i = 0; i < N_STATUSES; i++) {
    if (self->status_checks[i] != check)
      continue;
    if (gtk_check_button_get_active (check))
      self->statuses |= 1u << i;
    else
      self->statuses &= ~(1u << i);
  }
  tell (self);
}

static void
ava_calendar_filter_dispose (GObject *object)
{
  g_clear_pointer (&AVA_CALENDAR_FILTER (object)->hidden, g_hash_table_unref);
  G_OBJECT_CLASS (ava_calendar_filter_parent_class)->dispose (object);
}

static void
ava_calendar_filter_class_init (AvaCalendarFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_calendar_filter_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-calendar-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarFilter, owners);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarFilter, states);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarFilter, only_working);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarFilter, reset);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, ava_calendar_filter_reset);
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_CALENDAR_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_calendar_filter_init (AvaCalendarFilter *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->statuses = USUAL_STATUSES;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_STATUSES; i++) {
    GtkWidget *check = gtk_check_button_new_with_label (ava_display_status (i));

    self->status_checks[i] = GTK_CHECK_BUTTON (check);
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (self->statuses & (1u << i)) != 0);
    g_signal_connect_object (check, "toggled", G_CALLBACK (on_status_toggled), self, 0);
    gtk_box_append (self->states, check);
  }
  gtk_widget_set_sensitive (self->reset, FALSE);
}

static void
add_owner (AvaCalendarFilter *self,
           const char        *id,
           const char        *name)
{
  GtkWidget *check = gtk_check_button_new_with_label (name);

  g_object_set_data_full (G_OBJECT (check), "ava-id", g_strdup (id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !g_hash_table_contains (self->hidden, id));
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_owner_toggled), self, 0);
  gtk_box_append (self->owners, check);
}

/**
 * ava_calendar_filter_set_spa:
 * @spa: seen from the location whose people and rooms are to be chosen from
 */
void
ava_calendar_filter_set_spa (AvaCalendarFilter *self,
                             AvaSpa            *spa)
{
  GtkWidget *child;

  g_return_if_fail (AVA_IS_CALENDAR_FILTER (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->owners))) != NULL)
    gtk_box_remove (self->owners, child);
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (!provider->archived)
      add_owner (self, provider->id, provider->name);
  }
  for (guint i = 0; i < spa->rooms->len; i++) {
    AvaRoom *room = spa->rooms->pdata[i];

    if (!room->archived && ava_spa_is_here (spa, room->location_id))
      add_owner (self, room->id, room->name);
  }
}

GHashTable *
ava_calendar_filter_get_hidden (AvaCalendarFilter *self)
{
  return self->hidden;
}

guint
ava_calendar_filter_get_statuses (AvaCalendarFilter *self)
{
  return self->statuses;
}

gboolean
ava_calendar_filter_get_only_working (AvaCalendarFilter *self)
{
  return gtk_check_button_get_active (self->only_working);
}

/* Returns: whether something is left out */
gboolean
ava_calendar_filter_is_active (AvaCalendarFilter *self)
{
  return g_hash_table_size (self->hidden) > 0 || self->statuses != USUAL_STATUSES || ava_calendar_filter_get_only_working (self);
}

void
ava_calendar_filter_show_status (AvaCalendarFilter *self,
                                 guint              status,
                                 gboolean           shown)
{
  g_return_if_fail (status < N_STATUSES);

  gtk_check_button_set_active (self->status_checks[status], shown);
}

void
ava_calendar_filter_show_owner (AvaCalendarFilter *self,
                                const char        *id,
                                gboolean           shown)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->owners)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), "ava-id"), id) == 0)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (child), shown);
  }
}

/**
 * ava_calendar_filter_reset:
 *
 * Everything is shown again, but for what was cancelled.
 */
void
ava_calendar_filter_reset (AvaCalendarFilter *self)
{
  g_return_if_fail (AVA_IS_CALENDAR_FILTER (self));

  self->setting = TRUE;
  gtk_check_button_set_active (self->only_working, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->owners)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child), TRUE);
  for (guint i = 0; i < N_STATUSES; i++)
    gtk_check_button_set_active (self->status_checks[i], (USUAL_STATUSES & (1u << i)) != 0);
  g_hash_table_remove_all (self->hidden);
  self->setting = FALSE;
  tell (self);
}
