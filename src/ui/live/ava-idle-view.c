/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-idle-view.h"

#include "ava-compat.h"
#include "ava-display.h"
#include "ava-follow-up-list.h"
#include "ava-recent-calls.h"

#include <glib/gi18n.h>

#define MOST_ARRIVALS 5
#define MINUTE 60   /* [s] */

struct _AvaIdleView {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwStatusPage *status;
  AdwSplitButton *practice;
  GtkPopover *callers_popover;
  GtkListBox *callers;
  GtkListBox *arrivals;
  GtkLabel *arrivals_title;
  GtkWidget *no_arrivals;
  AdwBin *follow_ups_place;
  AdwBin *recent_place;

  /* Owned References */
  AvaContext *context;
  GListModel *today;       /* AvaAppointment */
  AvaFollowUpList *follow_ups;   /* borrowed of its place */
  guint minute_id;
  guint update_id;
};

G_DEFINE_FINAL_TYPE (AvaIdleView, ava_idle_view, ADW_TYPE_BIN)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_arrival (AvaIdleView    *self,
             AvaAppointment *appointment,
             GtkSizeGroup   *times)
{
  GTimeZone *zone = ava_context_get_spa (self->context)->zone;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *time = ava_display_time (appointment->start_us, zone);
  g_autofree char *spoken = ava_display_appointment (appointment, zone);
  g_autofree char *subtitle = g_strdup_printf (_("%s with %s"),
                                               appointment->service_name != NULL ? appointment->service_name : "",
                                               appointment->provider_name != NULL ? appointment->provider_name : "");
  GtkWidget *start = gtk_label_new (time);
  GtkWidget *state = gtk_label_new (ava_display_status (appointment->status));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 appointment->customer_name != NULL ? appointment->customer_name : _("Unknown"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_label_set_xalign (GTK_LABEL (start), 1);
  gtk_size_group_add_widget (times, start);
  gtk_widget_add_css_class (start, "numeric");
  gtk_widget_add_css_class (start, "heading");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (state, "caption");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), start);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-appointment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", appointment->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->arrivals, row);
}

static gboolean
is_awaited (AvaAppointment *appointment,
            gint64          now_us)
{
  return appointment->end_us > now_us && appointment->status <= AVA_APPOINTMENT_ARRIVED;
}

static void
update_arrivals (AvaIdleView *self)
{
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));
  g_autoptr (GtkSizeGroup) times = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  guint shown = 0;

  clear_list (self->arrivals);
  for (guint i = 0; i < g_list_model_get_n_items (self->today) && shown < MOST_ARRIVALS; i++) {
    g_autoptr (AvaAppointment) appointment = g_list_model_get_item (self->today, i);

    if (appointment != NULL && is_awaited (appointment, now_us)) {
      add_arrival (self, appointment, times);
      shown++;
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->arrivals), shown > 0);
  gtk_widget_set_visible (self->no_arrivals, shown == 0);
}

static void
update_status (AvaIdleView *self)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, spa->zone);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  const char *reason = NULL;
  int open_min = 0;
  int close_min = 0;
  gboolean open = ava_spa_get_hours (spa, NULL, local, &open_min, &close_min, &reason) &&
                  minute >= open_min && minute < close_min;
  g_autofree char *until = ava_display_minute (close_min);
  g_autofree char *words = open ? g_strdup_printf (_("The spa is open until %s. Start a practice call to hear Ava at work."), until)
                                : g_strdup (_("The spa is closed now. Start a practice call to hear Ava at work."));
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->status, markup);
}

static gboolean
update_cb (gpointer user_data)
{
  AvaIdleView *self = user_data;

  self->update_id = 0;
  update_arrivals (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (AvaIdleView *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

/* The day may have changed since. */
static gboolean
minute_cb (gpointer user_data)
{
  AvaIdleView *self = user_data;
  GTimeZone *zone = ava_context_get_spa (self->context)->zone;
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_time_get_year (local),
                                                    g_date_time_get_month (local),
                                                    g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr (GDateTime) next = g_date_time_add_days (midnight, 1);

  ava_store_appointments_set_range (self->today, g_date_time_to_unix (midnight) * G_USEC_PER_SEC,
                                    g_date_time_to_unix (next) * G_USEC_PER_SEC);
  update_status (self);
  ava_follow_up_list_update_ages (self->follow_ups);
  queue_update (self);
  return G_SOURCE_CONTINUE;
}

static void
on_caller_activated (AvaIdleView   *self,
                     GtkListBoxRow *row)
{
  AvaPracticeCaller *caller = ava_context_list_practice (self->context)->pdata[gtk_list_box_row_get_index (row)];
  g_autofree char *name = g_path_get_basename (caller->path);

  gtk_popover_popdown (self->callers_popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.practice", "s", name);
}

static void
fill_callers (AvaIdleView *self)
{
  GPtrArray *callers = ava_context_list_practice (self->context);

  for (guint i = 0; i < callers->len; i++) {
    AvaPracticeCaller *caller = callers->pdata[i];
    GtkWidget *label = gtk_label_new (caller->title);
    GtkWidget *row = gtk_list_box_row_new ();

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
    gtk_widget_set_margin_start (label, 6);
    gtk_widget_set_margin_end (label, 6);
    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, caller->title, -1);
    gtk_list_box_append (self->callers, row);
  }
}

static void
ava_idle_view_dispose (GObject *object)
{
  AvaIdleView *self = AVA_IDLE_VIEW (object);

  g_clear_handle_id (&self->minute_id, g_source_remove);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->today);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_idle_view_parent_class)->dispose (object);
}

static void
ava_idle_view_class_init (AvaIdleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_idle_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-idle-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, status);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, practice);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, callers_popover);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, callers);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, arrivals);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, arrivals_title);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, no_arrivals);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, follow_ups_place);
  gtk_widget_class_bind_template_child (widget_class, AvaIdleView, recent_place);
  gtk_widget_class_bind_template_callback (widget_class, on_caller_activated);
}

static void
ava_idle_view_init (AvaIdleView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_idle_view_new:
 *
 * Returns: (transfer floating): the view
 */
AvaIdleView *
ava_idle_view_new (AvaContext *context)
{
  AvaIdleView *self = g_object_new (AVA_TYPE_IDLE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->today = ava_store_appointments_model (ava_context_get_store (context));
  g_signal_connect_object (self->today, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  ava_compat_name_menus (GTK_WIDGET (self->practice), _("Choose a Simulated Caller"));
  fill_callers (self);
  self->follow_ups = ava_follow_up_list_new (context);
  adw_bin_set_child (self->follow_ups_place, GTK_WIDGET (self->follow_ups));
  adw_bin_set_child (self->recent_place, GTK_WIDGET (ava_recent_calls_new (context)));
  minute_cb (self);
  self->minute_id = g_timeout_add_seconds (MINUTE, minute_cb, self);
  return self;
}
