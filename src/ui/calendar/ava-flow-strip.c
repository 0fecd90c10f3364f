/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-flow-strip.h"

#include "ava-compat.h"
#include "ava-day-flow.h"
#include "ava-display.h"

#include <glib/gi18n.h>

#define MOST_DUE 3

struct _AvaFlowStrip {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkBox *box;

  /* Owned References */
  AvaBook *book;
  AvaSpa *here;                /* seen from the location of which it tells */
  GListModel *model;           /* AvaAppointment of today, of every location */
  GDateTime *day;              /* midnight there of what the model has */
  GPtrArray *shown;            /* AvaAppointment, as arranged */
  GPtrArray *buttons;          /* GtkButton, borrowed; of each that is shown */
  GArray *places;              /* AvaFlowPlace of each */
  guint timer_id;
  guint update_id;
};

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaFlowStrip, ava_flow_strip, ADW_TYPE_BIN)

static AvaContext *
get_context (AvaFlowStrip *self)
{
  return ava_book_get_context (self->book);
}

static gint64
get_now (AvaFlowStrip *self)
{
  return ava_clock_now_us (ava_context_get_clock (get_context (self)));
}

static const char *
name_place (AvaFlowPlace place)
{
  const char *const names[] = { "", _("Late"), _("Waiting"), _("In the room"), _("Next") };

  return names[place];
}

/* "Dawn Smith 4 min" or, of who comes next, "Dawn Smith 10:30" */
static char *
word_guest (AvaFlowStrip   *self,
            AvaAppointment *one,
            AvaFlowPlace    place)
{
  gint64 now_us = get_now (self);
  int minutes = ava_day_flow_since (one, now_us) / G_USEC_PER_SEC / 60;
  g_autofree char *time = NULL;

  if ((place == AVA_FLOW_WAITING && one->arrived_us == 0) || (place == AVA_FLOW_IN_ROOM && one->in_room_us == 0))
    return g_strdup (one->customer_name);   /* nobody noted since when */
  if (place == AVA_FLOW_DUE) {
    time = ava_display_time (one->start_us, self->here->zone);
    return g_strdup_printf ("%s  %s", one->customer_name, time);
  }
  if (minutes >= 60)
    return g_strdup_printf (_("%s  %d h %02d min"), one->customer_name, minutes / 60, minutes % 60);
  return g_strdup_printf (_("%s  %d min"), one->customer_name, minutes);
}

static void
on_clicked (AvaFlowStrip *self,
            GtkButton    *button)
{
  guint at;

  if (g_ptr_array_find (self->buttons, button, &at))
    g_signal_emit (self, signals[CHOSEN], 0, self->shown->pdata[at]);
}

static void
update_words (AvaFlowStrip *self)
{
  for (guint i = 0; i < self->shown->len; i++) {
    AvaFlowPlace place = g_array_index (self->places, AvaFlowPlace, i);
    g_autofree char *words = word_guest (self, self->shown->pdata[i], place);
    g_autofree char *label = NULL;

    if (g_strcmp0 (gtk_button_get_label (self->buttons->pdata[i]), words) == 0)
      continue;
    label = g_strdup_printf ("%s: %s, %s", name_place (place), words, ((AvaAppointment *) self->shown->pdata[i])->service_name);
    gtk_button_set_label (self->buttons->pdata[i], words);
    ava_compat_name_button (self->buttons->pdata[i], label);
  }
}

static void
add_guest (AvaFlowStrip   *self,
           AvaAppointment *one,
           AvaFlowPlace    place)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (button, "guest");
  if (place == AVA_FLOW_LATE)
    gtk_widget_add_css_class (button, "late");
  if (one->flags != NULL && *one->flags != '\0') {
    gtk_widget_add_css_class (button, "flagged");
    gtk_widget_set_tooltip_text (button, one->flags);
  }
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, button);
  g_ptr_array_add (self->buttons, button);
}

static void
rebuild (AvaFlowStrip *self)
{
  AvaFlowPlace last = AVA_FLOW_NONE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < self->shown->len; i++) {
    AvaFlowPlace place = g_array_index (self->places, AvaFlowPlace, i);

    if (place != last) {
      GtkWidget *heading = gtk_label_new (name_place (place));

      gtk_widget_add_css_class (heading, "caption-heading");
      gtk_widget_add_css_class (heading, "dim-label");
      gtk_widget_set_margin_start (heading, last != AVA_FLOW_NONE ? 9 : 0);
      gtk_box_append (self->box, heading);
    }
    last = place;
    add_guest (self, self->shown->pdata[i], place);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown->len > 0);
}

static GPtrArray *
collect (AvaFlowStrip *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++) {
    AvaAppointment *one = g_list_model_get_item (self->model, i);

    if (one != NULL && one->id != NULL && ava_spa_is_here (self->here, one->location_id))
      g_ptr_array_add (all, one);
    else
      g_clear_object (&one);
  }
  return ava_day_flow_arrange (all, get_now (self), MOST_DUE);
}

/* Built anew only when somebody comes, goes or changes; else just the minutes run. */
static void
update (AvaFlowStrip *self)
{
  g_autoptr (GPtrArray) arranged = collect (self);
  gboolean same = arranged->len == self->shown->len;

  for (guint i = 0; same && i < arranged->len; i++)
    same = arranged->pdata[i] == self->shown->pdata[i] &&
           ava_day_flow_place (arranged->pdata[i], get_now (self)) == g_array_index (self->places, AvaFlowPlace, i);
  if (!same) {
    g_array_set_size (self->places, 0);
    for (guint i = 0; i < arranged->len; i++) {
      AvaFlowPlace place = ava_day_flow_place (arranged->pdata[i], get_now (self));

      g_array_append_val (self->places, place);
    }
    g_clear_pointer (&self->shown, g_ptr_array_unref);
    self->shown = g_steal_pointer (&arranged);
    rebuild (self);
  }
  update_words (self);
}

static gboolean
update_cb (gpointer user_data)
{
  AvaFlowStrip *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (AvaFlowStrip *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

/* Turns to the new day at midnight of the location. */
static void
follow_day (AvaFlowStrip *self)
{
  GTimeZone *zone = self->here->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (get_now (self) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                                               g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

  if (self->day != NULL && g_date_time_equal (day, self->day))
    return;
  g_clear_pointer (&self->day, g_date_time_unref);
  self->day = g_date_time_ref (day);
  ava_book_set_range (self->model, g_date_time_to_unix (day) * G_USEC_PER_SEC, g_date_time_to_unix (next) * G_USEC_PER_SEC);
}

static gboolean
tick_cb (gpointer user_data)
{
  AvaFlowStrip *self = user_data;

  follow_day (self);
  update (self);
  return G_SOURCE_CONTINUE;
}

static void
ava_flow_strip_dispose (GObject *object)
{
  AvaFlowStrip *self = AVA_FLOW_STRIP (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->here);
  g_clear_pointer (&self->day, g_date_time_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_flow_strip_parent_class)->dispose (object);
}

static void
ava_flow_strip_class_init (AvaFlowStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_flow_strip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-flow-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaFlowStrip, box);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_FLOW_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
}

static void
ava_flow_strip_init (AvaFlowStrip *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->buttons = g_ptr_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (AvaFlowPlace));
  gtk_widget_init_template (GTK_WIDGET (self));
}

AvaFlowStrip *
ava_flow_strip_new (AvaBook *book)
{
  AvaFlowStrip *self = g_object_new (AVA_TYPE_FLOW_STRIP, NULL);

  self->book = g_object_ref (book);
  self->here = g_object_ref (ava_context_get_spa (get_context (self)));
  self->model = ava_book_list_appointments (book, 0, 1);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (queue_update), self);
  follow_day (self);
  self->timer_id = g_timeout_add_seconds (1, tick_cb, self);
  return self;
}

/**
 * ava_flow_strip_set_spa:
 * @here: seen from the location that is shown: its guests, and its day
 */
void
ava_flow_strip_set_spa (AvaFlowStrip *self,
                        AvaSpa       *here)
{
  g_return_if_fail (AVA_IS_FLOW_STRIP (self));

  g_set_object (&self->here, here);
  follow_day (self);
  queue_update (self);
}

/* Returns: (transfer full): "Late: Dawn Smith 4 min; Next: …" */
char *
ava_flow_strip_to_words (AvaFlowStrip *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->shown->len; i++)
    g_string_append_printf (words, "%s%s: %s", i > 0 ? "; " : "", name_place (g_array_index (self->places, AvaFlowPlace, i)),
                            gtk_button_get_label (self->buttons->pdata[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}
