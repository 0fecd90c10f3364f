/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-window-private.h"

#include <glib/gi18n.h>

/* Taking back, anywhere in the window: the bar that offers it for a while, and Ctrl+Z at any time later. */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = ava_book_undo_finish (AVA_BOOK (source), result, &error);

  if (self->undo_bar == NULL)   /* closed */
    return;
  ava_undo_bar_tell (self->undo_bar, words != NULL ? words : error->message);
  if (words != NULL && self->calendar != NULL)
    ava_calendar_desk_follow (self->calendar);
}

static void
on_bar_undo (AvaWindow *self,
             gint64     token)
{
  ava_book_undo_async (self->book, token, undone_cb, g_object_ref (self));
}

static char *
copy_text (GtkWidget *focus)
{
  GtkTextIter start;
  GtkTextIter end;

  if (GTK_IS_TEXT (focus))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), &start, &end, FALSE);
}

/* In a field the typing is taken back first; where there is none of it left, the book's last change. */
static gboolean
change_typing (AvaWindow  *self,
               const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  before = copy_text (focus);
  gtk_widget_activate_action (focus, action, NULL);
  after = copy_text (focus);
  return g_strcmp0 (before, after) != 0;
}

static void
on_undo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  AvaWindow *self = user_data;

  if (!change_typing (self, "text.undo"))
    ava_book_undo_async (self->book, 0, undone_cb, g_object_ref (self));
}

static void
on_redo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  AvaWindow *self = user_data;

  if (!change_typing (self, "text.redo"))
    ava_book_redo_async (self->book, undone_cb, g_object_ref (self));
}

static void
on_focus_undo (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AvaWindow *self = user_data;

  if (!ava_undo_bar_focus (self->undo_bar))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_changed_by_desk (AvaWindow  *self,
                    gint64      token,
                    const char *words)
{
  ava_undo_bar_offer (self->undo_bar, token, words);
}

/**
 * ava_window_add_undo:
 *
 * Puts the bar over the pages, and adds win.undo, win.redo and win.focus-undo.
 */
void
ava_window_add_undo (AvaWindow *self)
{
  static const GActionEntry entries[] = { { "undo", on_undo }, { "redo", on_redo }, { "focus-undo", on_focus_undo } };
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *pages = adw_toast_overlay_get_child (self->toasts);

  self->book = ava_book_new (self->context);
  self->undo_bar = ava_undo_bar_new ();
  g_object_ref (pages);
  adw_toast_overlay_set_child (self->toasts, overlay);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), pages);
  g_object_unref (pages);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->undo_bar));
  g_signal_connect_object (self->undo_bar, "undo", G_CALLBACK (on_bar_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "changed-by-desk", G_CALLBACK (on_changed_by_desk), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
