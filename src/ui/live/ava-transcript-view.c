/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-transcript-view.h"

#include "ava-transcript-row.h"

struct _AvaTranscriptView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkRevealer *down;

  gboolean following;     /* stays at the end */
  gboolean scrolling;     /* we do it, not the reader */
  guint scroll_id;
};

G_DEFINE_FINAL_TYPE (AvaTranscriptView, ava_transcript_view, ADW_TYPE_BIN)

static void
set_following (AvaTranscriptView *self,
               gboolean           following)
{
  self->following = following;
  gtk_revealer_set_reveal_child (self->down, !following);
}

static void
scroll_to_end (AvaTranscriptView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->scrolling = TRUE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) -
                                        gtk_adjustment_get_page_size (adjustment));
  self->scrolling = FALSE;
}

static gboolean
scroll_cb (gpointer user_data)
{
  AvaTranscriptView *self = user_data;

  self->scroll_id = 0;
  if (self->following)
    scroll_to_end (self);
  return G_SOURCE_REMOVE;
}

/* The content or the window got another size. Once more after the layout: words that wrap anew
 * change the height while it lasts. */
static void
on_size_changed (AvaTranscriptView *self)
{
  if (!self->following)
    return;
  scroll_to_end (self);
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add (scroll_cb, self);
}

static void
on_scrolled (AvaTranscriptView *self,
             GtkAdjustment     *adjustment)
{
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  /* With a layout to come the place says nothing about the reader's wish. */
  if (!self->scrolling && self->scroll_id == 0)
    set_following (self, gtk_adjustment_get_value (adjustment) >= end - 4);
}

static void
on_down (AvaTranscriptView *self)
{
  set_following (self, TRUE);
  scroll_to_end (self);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return GTK_WIDGET (ava_transcript_row_new (item));
}

static void
ava_transcript_view_dispose (GObject *object)
{
  AvaTranscriptView *self = AVA_TRANSCRIPT_VIEW (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  G_OBJECT_CLASS (ava_transcript_view_parent_class)->dispose (object);
}

static void
ava_transcript_view_class_init (AvaTranscriptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_transcript_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-transcript-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptView, scroller);
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptView, list);
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptView, down);
  gtk_widget_class_bind_template_callback (widget_class, on_down);
}

static void
ava_transcript_view_init (AvaTranscriptView *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->following = TRUE;
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_size_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
}

/**
 * ava_transcript_view_set_model:
 * @model: (nullable): AvaTranscriptItem in order
 *
 * Shows this conversation, from its end.
 */
void
ava_transcript_view_set_model (AvaTranscriptView *self,
                               GListModel        *model)
{
  g_return_if_fail (AVA_IS_TRANSCRIPT_VIEW (self));

  set_following (self, TRUE);
  gtk_list_box_bind_model (self->list, model, make_row, NULL, NULL);
}

/**
 * ava_transcript_view_is_following:
 *
 * Returns: whether new words are scrolled to
 */
gboolean
ava_transcript_view_is_following (AvaTranscriptView *self)
{
  return self->following;
}
