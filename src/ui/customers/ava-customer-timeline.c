/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-timeline.h"

#include "ava-book-words.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE 20u

struct _AvaCustomerTimeline {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkDropDown *kinds;
  GtkListBox *list;
  GtkLabel *nothing;
  GtkButton *more;

  /* Owned References */
  AvaContext *context;
  char *customer_id;              /* nullable */
  AvaCustomerEvent *last;         /* nullable: the earliest that is shown */
  GCancellable *reading;          /* nullable */
};

G_DEFINE_FINAL_TYPE (AvaCustomerTimeline, ava_customer_timeline, ADW_TYPE_BIN)

/* --- Words ----------------------------------------------------------------------------------- */

static char *
word_time (AvaCustomerTimeline *self,
           gint64               time_us)
{
  GTimeZone *zone = ava_context_get_spa (self->context)->zone;
  g_autofree char *day = ava_display_day (time_us, ava_clock_now_us (ava_context_get_clock (self->context)), zone);
  g_autofree char *time = ava_display_time (time_us, zone);

  return g_strdup_printf ("%s, %s", day, time);
}

static gboolean
is_tried (AvaCustomerEvent *event)
{
  return g_strcmp0 (event->status, AVA_CUSTOMER_EVENT_TRIED) == 0;
}

/* What somebody at the desk began with another program: what came of it is not known here. */
static char *
word_tried (AvaCustomerTimeline *self,
            AvaCustomerEvent    *event)
{
  g_autofree char *who = ava_book_words_for_who (event->with, ava_context_get_spa (self->context));

  if (event->kind == AVA_CUSTOMER_EVENT_CALL)
    /* Translators: who placed it: "Rosa Diaz" or "Front desk". */
    return g_strdup_printf (_("Call placed by %s"), who);
  if (g_strcmp0 (event->title, "customer-texted") == 0)
    return g_strdup_printf (_("Text message begun by %s"), who);
  return g_strdup_printf (_("E-mail begun by %s"), who);
}

static char *
word_title (AvaCustomerTimeline *self,
            AvaCustomerEvent    *event)
{
  if (is_tried (event))
    return word_tried (self, event);
  switch (event->kind) {
  case AVA_CUSTOMER_EVENT_APPOINTMENT:
    return g_strdup_printf (_("%s with %s"), event->title, event->with);
  case AVA_CUSTOMER_EVENT_CALL:
    return g_strdup (event->outcome != NULL ? ava_display_outcome (event->outcome) : _("Call"));
  case AVA_CUSTOMER_EVENT_MESSAGE:
    return g_strdup (event->title != NULL ? event->title : g_strcmp0 (event->with, "email") == 0 ? _("E-mail") : _("Text message"));
  case AVA_CUSTOMER_EVENT_CONSULTATION:
    return g_strdup_printf (_("Consultation with %s"), event->with);
  case AVA_CUSTOMER_EVENT_TASK:
  default:
    return g_strdup (g_strcmp0 (event->title, "callback") == 0 ? _("To call back")
                     : g_strcmp0 (event->title, "escalation") == 0 ? _("For a person at the desk") : _("Message for the desk"));
  }
}

static const char *
word_kind (AvaCustomerEvent *event)
{
  AvaAppointmentStatus status = AVA_APPOINTMENT_SCHEDULED;

  switch (event->kind) {
  case AVA_CUSTOMER_EVENT_APPOINTMENT:
    ava_appointment_status_from_string (event->status, &status);
    return ava_display_status (status);
  case AVA_CUSTOMER_EVENT_CALL:
    return _("call");
  case AVA_CUSTOMER_EVENT_MESSAGE:
    return g_strcmp0 (event->status, "waiting") == 0 ? _("not sent yet") : _("message");
  case AVA_CUSTOMER_EVENT_TASK:
    return g_strcmp0 (event->status, "open") == 0 ? _("to do") : _("done");
  case AVA_CUSTOMER_EVENT_CONSULTATION:
  default:
    return _("consultation");
  }
}

/* --- What was said --------------------------------------------------------------------------- */

static void
add_item (AdwExpanderRow    *row,
          AvaTranscriptItem *item)
{
  GtkWidget *line = adw_action_row_new ();
  AvaRole role = item->role;
  const char *who = role == AVA_ROLE_AVA ? _("Ava") : role == AVA_ROLE_CALLER ? _("Caller") : role == AVA_ROLE_STAFF ? _("Front desk") : _("Note");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), item->text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_expander_row_add_row (row, line);
}

static void
items_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AdwExpanderRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = ava_store_list_items_finish (AVA_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (row)) == NULL)
    return;
  for (guint i = 0; items != NULL && i < items->len; i++)
    add_item (row, items->pdata[i]);
  if (items == NULL || items->len == 0) {
    GtkWidget *line = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), _("Nothing was written down."));
    adw_expander_row_add_row (row, line);
  }
}

static void
on_expanded (AvaCustomerTimeline *self,
             GParamSpec          *pspec,
             AdwExpanderRow      *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "conversation");

  if (!adw_expander_row_get_expanded (row) || id == NULL)
    return;
  ava_store_list_items_async (ava_context_get_store (self->context), id, NULL, items_cb, g_object_ref (row));
  g_object_set_data (G_OBJECT (row), "conversation", NULL);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static GtkWidget *
make_row (AvaCustomerTimeline *self,
          AvaCustomerEvent    *event,
          const char          *words)
{
  gboolean said = (event->kind == AVA_CUSTOMER_EVENT_CALL || event->kind == AVA_CUSTOMER_EVENT_MESSAGE) && !is_tried (event);
  GtkWidget *row = said ? adw_expander_row_new () : adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (said) {
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), words);
    g_object_set_data_full (G_OBJECT (row), "conversation", g_strdup (event->id), g_free);
    g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded), self, G_CONNECT_SWAPPED);
    return row;
  }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (event->kind == AVA_CUSTOMER_EVENT_APPOINTMENT) {
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-appointment");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", event->id);
  }
  return row;
}

static void
add_event (AvaCustomerTimeline *self,
           AvaCustomerEvent    *event)
{
  g_autofree char *title = word_title (self, event);
  g_autofree char *time = word_time (self, event->at_us);
  g_autofree char *words = event->text != NULL && *event->text != '\0' ? g_strdup_printf ("%s\n%s", time, event->text) : g_strdup (time);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", title, time, word_kind (event));
  GtkWidget *row = make_row (self, event, words);
  GtkWidget *state = gtk_label_new (word_kind (event));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (state, "caption");
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), state);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
}

static void
clear (AvaCustomerTimeline *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_object (&self->last);
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaCustomerTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = ava_store_timeline_finish (AVA_STORE (source), result, &error);
  guint n = events != NULL ? events->len : 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  for (guint i = 0; i < n; i++)
    add_event (self, events->pdata[i]);
  if (n > 0)
    g_set_object (&self->last, events->pdata[n - 1]);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n == PAGE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->last != NULL);
  gtk_label_set_text (self->nothing, error != NULL ? error->message : _("Nothing yet."));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), self->last == NULL);
}

static void
stop_reading (AvaCustomerTimeline *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_on (AvaCustomerTimeline *self)
{
  guint kind = gtk_drop_down_get_selected (self->kinds);

  stop_reading (self);
  self->reading = g_cancellable_new ();
  ava_store_timeline_async (ava_context_get_store (self->context), self->customer_id, kind == 0 ? 0 : 1u << (kind - 1), self->last,
                            PAGE, self->reading, events_cb, g_object_ref (self));
}

static void
on_more (AvaCustomerTimeline *self)
{
  read_on (self);
}

static void
on_kind (AvaCustomerTimeline *self)
{
  if (self->customer_id == NULL)
    return;
  clear (self);
  read_on (self);
}

/**
 * ava_customer_timeline_set_customer:
 *
 * Shows the latest of that customer, or again what is new.
 */
void
ava_customer_timeline_set_customer (AvaCustomerTimeline *self,
                                    const char          *customer_id)
{
  g_return_if_fail (AVA_IS_CUSTOMER_TIMELINE (self));

  if (customer_id != self->customer_id) {
    g_free (self->customer_id);
    self->customer_id = g_strdup (customer_id);
  }
  clear (self);
  read_on (self);
}

void
ava_customer_timeline_set_context (AvaCustomerTimeline *self,
                                   AvaContext          *context)
{
  g_set_object (&self->context, context);
}

static void
ava_customer_timeline_dispose (GObject *object)
{
  AvaCustomerTimeline *self = AVA_CUSTOMER_TIMELINE (object);

  stop_reading (self);
  g_clear_object (&self->context);
  g_clear_object (&self->last);
  g_clear_pointer (&self->customer_id, g_free);
  G_OBJECT_CLASS (ava_customer_timeline_parent_class)->dispose (object);
}

static void
ava_customer_timeline_class_init (AvaCustomerTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_customer_timeline_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-customer-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerTimeline, kinds);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerTimeline, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerTimeline, nothing);
  gtk_widget_class_bind_template_child (widget_class, AvaCustomerTimeline, more);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
}

static void
ava_customer_timeline_init (AvaCustomerTimeline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
