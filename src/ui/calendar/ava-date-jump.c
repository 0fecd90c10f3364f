/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-jump.h"

#include "ava-calendar-words.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

struct _AvaDateJump {
  GtkPopover parent_instance;

  /* Template Widgets */
  GtkEntry *entry;
  GtkLabel *words;
  GtkCalendar *calendar;

  gint64 now_us;          /* [us] UTC */
  GTimeZone *zone;        /* owned, nullable */
  GDate found;            /* what the phrase means; not valid: nothing */
  gboolean setting;       /* we choose a day, not the user */
};

enum { PICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaDateJump, ava_date_jump, GTK_TYPE_POPOVER)

static void
pick (AvaDateJump *self,
      const GDate *day)
{
  guint julian = g_date_get_julian (day);

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[PICKED], 0, julian);
}

static char *
read_phrase (AvaDateJump *self,
             const char  *text)
{
  g_autoptr (AvaDatePhrase) phrase = ava_date_phrase_parse (text, self->now_us, self->zone);
  g_autofree char *day = NULL;
  GDate today;

  g_date_clear (&self->found, 1);
  if (phrase->has_date && g_date_valid (&phrase->first_day))
    self->found = phrase->first_day;
  /* To look at a day that is past is no problem, to ask for one that does not exist is. */
  ava_wall_time_of (self->now_us, self->zone, &today);
  if (phrase->problem != NULL && (!g_date_valid (&self->found) || g_date_compare (&self->found, &today) >= 0)) {
    g_date_clear (&self->found, 1);
    return g_strdup (phrase->problem);
  }
  if (!g_date_valid (&self->found))
    return g_strdup (_("Say a day: “thu”, “dec 5”, “in two weeks”"));
  day = ava_calendar_words_for_date (&self->found, _("%A, %B %-e, %Y"));
  return g_strdup (day);
}

static void
on_entry_changed (AvaDateJump *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *words = NULL;

  g_date_clear (&self->found, 1);
  if (*text != '\0' && self->zone != NULL)
    words = read_phrase (self, text);
  gtk_label_set_text (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

/**
 * ava_date_jump_go:
 *
 * Picks the day that the phrase means.
 *
 * Returns: %FALSE when it means none
 */
gboolean
ava_date_jump_go (AvaDateJump *self)
{
  GDate day = self->found;

  if (!g_date_valid (&day)) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return FALSE;
  }
  pick (self, &day);
  return TRUE;
}

static void
on_entry_activate (AvaDateJump *self)
{
  ava_date_jump_go (self);
}

static void
on_day_selected (AvaDateJump *self)
{
  g_autoptr (GDateTime) time = gtk_calendar_get_date (self->calendar);
  GDate day;

  if (self->setting)
    return;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (time), g_date_time_get_month (time), g_date_time_get_year (time));
  pick (self, &day);
}

static void
ava_date_jump_finalize (GObject *object)
{
  g_clear_pointer (&AVA_DATE_JUMP (object)->zone, g_time_zone_unref);
  G_OBJECT_CLASS (ava_date_jump_parent_class)->finalize (object);
}

static void
ava_date_jump_class_init (AvaDateJumpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_date_jump_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-date-jump.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaDateJump, entry);
  gtk_widget_class_bind_template_child (widget_class, AvaDateJump, words);
  gtk_widget_class_bind_template_child (widget_class, AvaDateJump, calendar);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  signals[PICKED] = g_signal_new ("picked", AVA_TYPE_DATE_JUMP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ava_date_jump_init (AvaDateJump *self)
{
  g_date_clear (&self->found, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_date_jump_set_now:
 */
void
ava_date_jump_set_now (AvaDateJump *self,
                       gint64       now_us,
                       GTimeZone   *zone)
{
  g_return_if_fail (AVA_IS_DATE_JUMP (self));

  self->now_us = now_us;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
}

/**
 * ava_date_jump_set_day:
 */
void
ava_date_jump_set_day (AvaDateJump *self,
                       const GDate *day)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 12, 0, 0);

  g_return_if_fail (AVA_IS_DATE_JUMP (self));

  self->setting = TRUE;
  gtk_calendar_select_day (self->calendar, time);
  self->setting = FALSE;
}

/**
 * ava_date_jump_set_phrase:
 */
void
ava_date_jump_set_phrase (AvaDateJump *self,
                          const char  *phrase)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), phrase);
}

const char *
ava_date_jump_get_words (AvaDateJump *self)
{
  return gtk_label_get_text (self->words);
}
