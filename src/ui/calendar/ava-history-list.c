/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-history-list.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaHistoryList {
  AdwBin parent_instance;

  GtkListBox *list;            /* borrowed: the child */
};

G_DEFINE_FINAL_TYPE (AvaHistoryList, ava_history_list, ADW_TYPE_BIN)

static void
ava_history_list_class_init (AvaHistoryListClass *klass)
{
}

static void
ava_history_list_init (AvaHistoryList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "history");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("History of the appointment"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "Front desk · Tue Nov 24, 10:05" */
static char *
word_head (const AvaBookEvent *event,
           GTimeZone          *zone)
{
  g_autofree char *when = ava_display_moment (event->at_us, zone);

  return g_strdup_printf ("%s · %s", event->who, when);
}

static void
add_event (AvaHistoryList     *self,
           const AvaBookEvent *event,
           GTimeZone          *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *head = word_head (event, zone);
  g_autofree char *quote = event->quote != NULL && *event->quote != '\0' ? g_strdup_printf (_("“%s”"), event->quote) : NULL;
  g_autofree char *why = event->why != NULL && *event->why != '\0' ? g_strdup_printf (_("Why: %s"), event->why) : NULL;
  g_autofree char *label = g_strjoin (", ", head, event->what, why != NULL ? why : quote, why != NULL ? quote : NULL, NULL);
  GtkWidget *heading = make_label (head, "caption");

  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (heading, "numeric");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), make_label (event->what, NULL));
  if (why != NULL)
    gtk_box_append (GTK_BOX (box), make_label (why, "caption"));
  if (quote != NULL)
    gtk_box_append (GTK_BOX (box), make_label (quote, "quote"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (self->list, row);
}

/**
 * ava_history_list_set_events:
 * @events: (nullable) (element-type AvaBookEvent): latest first
 */
void
ava_history_list_set_events (AvaHistoryList *self,
                             GPtrArray      *events,
                             GTimeZone      *zone)
{
  GtkWidget *row;

  g_return_if_fail (AVA_IS_HISTORY_LIST (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; events != NULL && i < events->len; i++)
    add_event (self, events->pdata[i], zone);
}
