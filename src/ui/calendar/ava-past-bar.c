/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-past-bar.h"

#include "ava-date-phrase.h"
#include "ava-display.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

struct _AvaPastBar {
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget *box;
  GtkLabel *words;
  GtkWidget *limits;      /* what is not of then */
  GtkEntry *entry;
  GtkScale *scale;
  GtkAdjustment *adjustment;

  GPtrArray *events;      /* AvaBookEvent, nullable */
  GTimeZone *zone;        /* owned, nullable */
  gint64 now_us;          /* [us] UTC */
  gint64 at_us;           /* [us] UTC, 0: the present */
  gboolean setting;       /* we move the scrubber, not the user */
};

enum { MOMENT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaPastBar, ava_past_bar, GTK_TYPE_WIDGET)

guint
ava_past_bar_get_n_events (AvaPastBar *self)
{
  return self->events != NULL ? self->events->len : 0;
}

/* How many of the changes had been made by then. */
static guint
count_until (AvaPastBar *self,
             gint64      at_us)
{
  guint n = 0;

  while (n < ava_past_bar_get_n_events (self) && ((AvaBookEvent *) self->events->pdata[n])->at_us <= at_us)
    n++;
  return n;
}

static char *
word_moment (AvaPastBar *self,
             gint64      at_us)
{
  g_autofree char *day = ava_display_day (at_us, self->now_us, self->zone);
  g_autofree char *time = ava_display_time (at_us, self->zone);

  /* Translators: a day, a time of day. */
  return g_strdup_printf (_("%s, %s"), day, time);
}

static void
update_words (AvaPastBar *self)
{
  guint n = self->at_us != 0 ? count_until (self, self->at_us) : ava_past_bar_get_n_events (self);
  AvaBookEvent *last = n > 0 ? self->events->pdata[n - 1] : NULL;
  g_autofree char *moment = self->at_us != 0 ? word_moment (self, self->at_us) : NULL;
  g_autofree char *words = NULL;

  if (self->at_us == 0)
    words = g_strdup_printf (ngettext ("The book as it is now, after %u change. Move back to see it before.",
                                       "The book as it is now, after %u changes. Move back to see it before.", n), n);
  else if (last == NULL)
    words = g_strdup_printf (_("As it was: %s. Read only; nothing of it had been changed yet."), moment);
  else
    words = g_strdup_printf (_("As it was: %s. Read only; last %s (%s)"), moment, last->what, last->who);
  gtk_label_set_text (self->words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
place_scrubber (AvaPastBar *self)
{
  guint n = ava_past_bar_get_n_events (self);

  self->setting = TRUE;
  gtk_adjustment_configure (self->adjustment, self->at_us != 0 ? count_until (self, self->at_us) : n, 0, n, 1, 5, 0);
  self->setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->scale), n > 0);
}

/**
 * ava_past_bar_scrub:
 * @n_changes: that had been made by then
 */
void
ava_past_bar_scrub (AvaPastBar *self,
                    guint       n_changes)
{
  guint n = ava_past_bar_get_n_events (self);
  gint64 at_us = 0;

  g_return_if_fail (AVA_IS_PAST_BAR (self));

  if (n == 0)
    return;
  if (n_changes == 0)
    at_us = ((AvaBookEvent *) self->events->pdata[0])->at_us - 1;
  else if (n_changes < n)
    at_us = ((AvaBookEvent *) self->events->pdata[n_changes - 1])->at_us;
  g_signal_emit (self, signals[MOMENT], 0, at_us);
}

static void
on_scrubbed (AvaPastBar *self)
{
  if (!self->setting)
    ava_past_bar_scrub (self, (guint) (gtk_adjustment_get_value (self->adjustment) + 0.5));
}

/* The last time that the clock showed it: "10:15" in the morning is yesterday's. */
static gint64
find_moment (AvaPastBar          *self,
             const AvaDatePhrase *phrase)
{
  GDate day;
  gint64 at_us;

  ava_wall_time_of (self->now_us, self->zone, &day);
  if (phrase->has_date)
    day = phrase->first_day;
  at_us = ava_wall_time_first (&day, phrase->has_time ? phrase->from_min : 24 * 60, self->zone);
  if (!phrase->has_date && at_us > self->now_us) {
    g_date_subtract_days (&day, 1);
    at_us = ava_wall_time_first (&day, phrase->from_min, self->zone);
  }
  /* "tuesday" looks back to the last one, not forth to the next. */
  if (phrase->has_date && at_us > self->now_us && phrase->weekday != 0) {
    g_date_subtract_days (&day, 7);
    at_us = ava_wall_time_first (&day, phrase->has_time ? phrase->from_min : 24 * 60, self->zone);
  }
  return at_us;
}

/**
 * ava_past_bar_enter:
 */
gboolean
ava_past_bar_enter (AvaPastBar *self,
                    const char *text)
{
  g_autoptr (AvaDatePhrase) phrase = NULL;
  gint64 at_us;

  g_return_val_if_fail (AVA_IS_PAST_BAR (self) && self->zone != NULL, FALSE);

  phrase = ava_date_phrase_parse (text, self->now_us, self->zone);
  if ((!phrase->has_date && !phrase->has_time) || (phrase->has_date && !g_date_valid (&phrase->first_day))) {
    gtk_label_set_text (self->words, phrase->problem != NULL ? phrase->problem : _("Say a time: “10:15”, “yesterday 10:15”, “nov 24 at 9 am”"));
    return FALSE;
  }
  at_us = find_moment (self, phrase);
  if (at_us > self->now_us) {
    gtk_label_set_text (self->words, _("That is still to come: there is only the past to look back to."));
    return FALSE;
  }
  g_signal_emit (self, signals[MOMENT], 0, at_us);
  return TRUE;
}

static void
on_entry_activate (AvaPastBar *self)
{
  if (!ava_past_bar_enter (self, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    gtk_widget_error_bell (GTK_WIDGET (self->entry));
}

static void
on_back (AvaPastBar *self)
{
  g_signal_emit (self, signals[MOMENT], 0, (gint64) 0);
}

static void
ava_past_bar_dispose (GObject *object)
{
  AvaPastBar *self = AVA_PAST_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (ava_past_bar_parent_class)->dispose (object);
}

static void
ava_past_bar_class_init (AvaPastBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_past_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-past-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, box);
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, words);
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, limits);
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, entry);
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, scale);
  gtk_widget_class_bind_template_child (widget_class, AvaPastBar, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, on_scrubbed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  signals[MOMENT] = g_signal_new ("moment", AVA_TYPE_PAST_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ava_past_bar_init (AvaPastBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was done in one go is one step of the scrubber. */
static void
join_moments (GPtrArray *events)
{
  for (guint i = events->len; i > 1; i--) {
    if (((AvaBookEvent *) events->pdata[i - 2])->at_us == ((AvaBookEvent *) events->pdata[i - 1])->at_us)
      g_ptr_array_remove_index (events, i - 2);
  }
}

/**
 * ava_past_bar_set_events:
 */
void
ava_past_bar_set_events (AvaPastBar *self,
                         GPtrArray  *events,
                         gint64      now_us,
                         GTimeZone  *zone)
{
  g_return_if_fail (AVA_IS_PAST_BAR (self));

  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = g_ptr_array_ref (events);
  join_moments (self->events);
  self->now_us = now_us;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  place_scrubber (self);
  update_words (self);
}

/**
 * ava_past_bar_set_moment:
 */
void
ava_past_bar_set_moment (AvaPastBar *self,
                         gint64      at_us)
{
  g_return_if_fail (AVA_IS_PAST_BAR (self));

  self->at_us = at_us;
  gtk_widget_set_visible (self->limits, at_us != 0);
  if (self->zone == NULL)
    return;
  place_scrubber (self);
  update_words (self);
}

const char *
ava_past_bar_get_words (AvaPastBar *self)
{
  return gtk_label_get_text (self->words);
}
