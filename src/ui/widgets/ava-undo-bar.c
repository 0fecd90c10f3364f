/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-undo-bar.h"

#include "ava-compat.h"

#include <glib/gi18n.h>

#define OFFER_US (20 * (gint64) G_USEC_PER_SEC)
#define TELL_US (6 * (gint64) G_USEC_PER_SEC)
#define TICK_MS 250

struct _AvaUndoBar {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *revealer;
  GtkWidget *box;
  GtkLabel *words;
  GtkLabel *left;
  GtkWidget *undo;
  GtkProgressBar *time;
  GtkEventControllerMotion *motion;
  GtkEventControllerFocus *focus;

  GtkWidget *before;           /* weak: had the keyboard before ava_undo_bar_focus() */
  gint64 token;                /* 0: nothing is offered */
  gint64 whole_us;             /* [us] that it stays in all */
  gint64 left_us;              /* [us] that it still stays */
  gint64 ticked_us;            /* [us] monotonic: the last tick */
  guint tick_id;
};

enum { UNDO, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaUndoBar, ava_undo_bar, ADW_TYPE_BIN)

static void
update_time (AvaUndoBar *self)
{
  g_autofree char *left = g_strdup_printf (_("%d s"), (int) ((self->left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));

  gtk_label_set_text (self->left, left);
  gtk_progress_bar_set_fraction (self->time, CLAMP ((double) self->left_us / self->whole_us, 0, 1));
}

/* Nobody is hurried: while it is looked at, its time stands still. */
static gboolean
is_held (AvaUndoBar *self)
{
  return gtk_event_controller_motion_contains_pointer (self->motion) ||
         gtk_event_controller_focus_contains_focus (self->focus);
}

static gboolean
tick_cb (gpointer user_data)
{
  AvaUndoBar *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  if (!is_held (self))
    self->left_us -= now_us - self->ticked_us;
  self->ticked_us = now_us;
  if (self->left_us <= 0) {
    self->tick_id = 0;
    ava_undo_bar_hide (self);
    return G_SOURCE_REMOVE;
  }
  update_time (self);
  return G_SOURCE_CONTINUE;
}

static void
show (AvaUndoBar *self,
      gint64      token,
      const char *words,
      gint64      whole_us)
{
  self->token = token;
  self->whole_us = self->left_us = whole_us;
  self->ticked_us = g_get_monotonic_time ();
  gtk_label_set_text (self->words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->undo, token != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left), token != 0);
  update_time (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  ava_compat_announce (GTK_WIDGET (self), words);
}

/**
 * ava_undo_bar_offer:
 * @token: of the change, given back with "undo"
 * @words: what was done
 */
void
ava_undo_bar_offer (AvaUndoBar *self,
                    gint64      token,
                    const char *words)
{
  g_return_if_fail (AVA_IS_UNDO_BAR (self));

  show (self, token, words, OFFER_US);
}

/**
 * ava_undo_bar_tell:
 *
 * Says what was done, or why not, with nothing to take back.
 */
void
ava_undo_bar_tell (AvaUndoBar *self,
                   const char *words)
{
  g_return_if_fail (AVA_IS_UNDO_BAR (self));

  show (self, 0, words, TELL_US);
}

/* Whoever came here by key goes on where they were. */
static void
give_focus_back (AvaUndoBar *self)
{
  GtkWidget *before = self->before;
  gboolean has_focus = gtk_event_controller_focus_contains_focus (self->focus);

  g_clear_weak_pointer (&self->before);
  if (has_focus && before != NULL && gtk_widget_get_root (before) == gtk_widget_get_root (GTK_WIDGET (self)) &&
      gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
}

void
ava_undo_bar_hide (AvaUndoBar *self)
{
  g_return_if_fail (AVA_IS_UNDO_BAR (self));

  give_focus_back (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->token = 0;
  self->left_us = 0;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
on_undo (AvaUndoBar *self)
{
  gint64 token = self->token;

  ava_undo_bar_hide (self);
  if (token != 0)
    g_signal_emit (self, signals[UNDO], 0, token);
}

static gboolean
on_key (AvaUndoBar *self,
        guint       key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  ava_undo_bar_hide (self);
  return TRUE;
}

gboolean
ava_undo_bar_is_shown (AvaUndoBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}

const char *
ava_undo_bar_get_words (AvaUndoBar *self)
{
  return gtk_label_get_text (self->words);
}

gint64
ava_undo_bar_get_token (AvaUndoBar *self)
{
  return self->token;
}

gint64
ava_undo_bar_get_left_us (AvaUndoBar *self)
{
  return self->left_us;
}

/**
 * ava_undo_bar_focus:
 *
 * Gives the keyboard to the offer, until the bar hides: then it goes back to where it was.
 */
gboolean
ava_undo_bar_focus (AvaUndoBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->token != 0 && root != NULL && !gtk_event_controller_focus_contains_focus (self->focus))
    g_set_weak_pointer (&self->before, gtk_root_get_focus (root));
  return self->token != 0 && gtk_widget_grab_focus (self->undo);
}

static void
ava_undo_bar_dispose (GObject *object)
{
  g_clear_handle_id (&AVA_UNDO_BAR (object)->tick_id, g_source_remove);
  g_clear_weak_pointer (&AVA_UNDO_BAR (object)->before);
  G_OBJECT_CLASS (ava_undo_bar_parent_class)->dispose (object);
}

static void
ava_undo_bar_class_init (AvaUndoBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_undo_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-undo-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, box);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, words);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, left);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, undo);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, time);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, motion);
  gtk_widget_class_bind_template_child (widget_class, AvaUndoBar, focus);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, ava_undo_bar_hide);
  signals[UNDO] = g_signal_new ("undo", AVA_TYPE_UNDO_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ava_undo_bar_init (AvaUndoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AvaUndoBar *
ava_undo_bar_new (void)
{
  return g_object_new (AVA_TYPE_UNDO_BAR, NULL);
}
