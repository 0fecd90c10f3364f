/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-transcript-row.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaTranscriptRow {
  GtkListBoxRow parent_instance;

  /* Template Widgets */
  GtkBox *box;
  GtkLabel *text;
  GtkLabel *who;
  GtkBox *cut;

  AvaTranscriptItem *item;   /* owned */
};

G_DEFINE_FINAL_TYPE (AvaTranscriptRow, ava_transcript_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
name_role (AvaRole role)
{
  switch (role) {
  case AVA_ROLE_CALLER:
    return _("Caller");
  case AVA_ROLE_AVA:
    return _("Ava");
  case AVA_ROLE_STAFF:
    return _("You told Ava");
  case AVA_ROLE_SYSTEM:
  default:
    return _("Note");
  }
}

static void
set_class (gpointer    widget,
           const char *name,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (AvaTranscriptRow *self)
{
  AvaTranscriptItem *item = self->item;
  const char *text = item->text != NULL && *item->text != '\0' ? item->text : "…";
  g_autofree char *time = ava_display_duration (item->start_us);
  /* Translators: who speaks, when, and after how many seconds that answered. */
  g_autofree char *who = item->latency_ms > 0
    ? g_strdup_printf (_("%s · %s · after %.1f s"), name_role (item->role), time, item->latency_ms / 1000.0)
    : g_strdup_printf ("%s · %s", name_role (item->role), time);
  g_autofree char *spoken = g_strdup_printf (item->interrupted ? _("%s: %s (interrupted)") : "%s: %s",
                                             name_role (item->role), text);

  gtk_label_set_text (self->text, text);
  gtk_label_set_text (self->who, who);
  gtk_widget_set_visible (GTK_WIDGET (self->cut), item->interrupted);
  set_class (self->text, "interim", item->interim);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
ava_transcript_row_dispose (GObject *object)
{
  AvaTranscriptRow *self = AVA_TRANSCRIPT_ROW (object);

  g_clear_object (&self->item);
  G_OBJECT_CLASS (ava_transcript_row_parent_class)->dispose (object);
}

static void
ava_transcript_row_class_init (AvaTranscriptRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_transcript_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-transcript-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptRow, box);
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptRow, text);
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptRow, who);
  gtk_widget_class_bind_template_child (widget_class, AvaTranscriptRow, cut);
}

static void
ava_transcript_row_init (AvaTranscriptRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_transcript_row_new:
 *
 * Returns: (transfer floating): the bubble of @item, at the side of who says it
 */
AvaTranscriptRow *
ava_transcript_row_new (AvaTranscriptItem *item)
{
  AvaTranscriptRow *self = g_object_new (AVA_TYPE_TRANSCRIPT_ROW, NULL);
  GtkAlign align = item->role == AVA_ROLE_CALLER ? GTK_ALIGN_START
                   : item->role == AVA_ROLE_SYSTEM ? GTK_ALIGN_CENTER : GTK_ALIGN_END;

  self->item = g_object_ref (item);
  gtk_widget_set_halign (GTK_WIDGET (self->box), align);
  gtk_widget_set_halign (GTK_WIDGET (self->text), align);
  gtk_label_set_xalign (self->who, align == GTK_ALIGN_END ? 1 : 0);
  gtk_widget_set_halign (GTK_WIDGET (self->cut), align);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), ava_role_to_string (item->role));
  g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * ava_transcript_row_get_text:
 *
 * Returns: the words as they are shown now
 */
const char *
ava_transcript_row_get_text (AvaTranscriptRow *self)
{
  return gtk_label_get_text (self->text);
}
