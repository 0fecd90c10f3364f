/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-recent-calls.h"

#include "ava-display.h"

#include <glib/gi18n.h>

#define MOST_SHOWN 6

struct _AvaRecentCalls {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkListBox *list;

  /* Owned References */
  AvaContext *context;
  GCancellable *cancellable;
  guint shown;
};

G_DEFINE_FINAL_TYPE (AvaRecentCalls, ava_recent_calls, ADW_TYPE_BIN)

static char *
name_caller (AvaCall *call)
{
  if (call->customer_name != NULL)
    return g_strdup (call->customer_name);
  if (call->phone != NULL && *call->phone != '\0')
    return ava_display_phone (call->phone);
  return g_strdup (g_strcmp0 (call->line, "desk") == 0 ? _("Practice at this desk") : _("Unknown caller"));
}

static gboolean
is_owed (AvaCall *call)
{
  return g_strcmp0 (call->outcome, "callback") == 0 || g_strcmp0 (call->outcome, "interrupted") == 0 ||
         g_strcmp0 (call->outcome, "escalated") == 0;
}

static void
add_row (AvaRecentCalls *self,
         AvaCall        *call)
{
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *caller = name_caller (call);
  g_autofree char *when = ava_display_when (call->start_us, now_us, ava_context_get_spa (self->context)->zone);
  g_autofree char *length = ava_display_duration (call->end_us - call->start_us);
  g_autofree char *spoken = g_strdup_printf (_("%s, %s: %s"), caller, when, ava_display_outcome (call->outcome));
  GtkWidget *mark = gtk_image_new_from_icon_name (is_owed (call) ? "ava-warning-symbolic" : "ava-confirmed-symbolic");
  GtkWidget *time = gtk_label_new (when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), caller);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), ava_display_outcome (call->outcome));
  gtk_widget_set_tooltip_text (row, call->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_owed (call) ? _("Something is still owed") : _("Settled"), -1);
  gtk_widget_add_css_class (mark, is_owed (call) ? "warning" : "dim-label");
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_tooltip_text (time, length);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time);
  if (call->customer_id != NULL) {
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-customer");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", call->customer_id);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaRecentCalls) self = user_data;
  g_autoptr (GPtrArray) calls = ava_store_list_calls_finish (AVA_STORE (source), result, NULL);
  GtkWidget *row;

  if (calls == NULL || self->context == NULL)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < calls->len; i++)
    add_row (self, calls->pdata[i]);
  self->shown = calls->len;
  gtk_widget_set_visible (GTK_WIDGET (self), calls->len > 0);
}

static void
load (AvaRecentCalls *self)
{
  ava_store_list_calls_async (ava_context_get_store (self->context), MOST_SHOWN, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static void
on_changed (AvaRecentCalls    *self,
            const char *const *tables)
{
  if (g_strv_contains (tables, "conversations") || g_strv_contains (tables, "customers"))
    load (self);
}

static void
ava_recent_calls_dispose (GObject *object)
{
  AvaRecentCalls *self = AVA_RECENT_CALLS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_recent_calls_parent_class)->dispose (object);
}

static void
ava_recent_calls_finalize (GObject *object)
{
  g_clear_object (&AVA_RECENT_CALLS (object)->cancellable);
  G_OBJECT_CLASS (ava_recent_calls_parent_class)->finalize (object);
}

static void
ava_recent_calls_class_init (AvaRecentCallsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_recent_calls_dispose;
  G_OBJECT_CLASS (klass)->finalize = ava_recent_calls_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-recent-calls.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaRecentCalls, list);
}

static void
ava_recent_calls_init (AvaRecentCalls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_recent_calls_new:
 *
 * Returns: (transfer floating): the list
 */
AvaRecentCalls *
ava_recent_calls_new (AvaContext *context)
{
  AvaRecentCalls *self = g_object_new (AVA_TYPE_RECENT_CALLS, "visible", FALSE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/**
 * ava_recent_calls_count:
 *
 * Returns: how many are shown
 */
guint
ava_recent_calls_count (AvaRecentCalls *self)
{
  return self->shown;
}
