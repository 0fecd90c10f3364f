/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-client-import-view.h"

#include "ava-client-import.h"
#include "ava-region.h"

#include <glib/gi18n.h>

#define MOST_SHOWN 200     /* broken rows */

struct _AvaClientImportView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *heading;
  GtkLabel *columns;
  GtkButton *add;
  GtkListBox *broken;

  /* Owned References */
  AvaContext *context;
  AvaClientImport *import;     /* nullable */
};

enum { IMPORTED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaClientImportView, ava_client_import_view, ADW_TYPE_BIN)

static void
show_words (AvaClientImportView *self,
            const char          *heading,
            const char          *words)
{
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->columns, words);
  gtk_widget_set_visible (GTK_WIDGET (self->add), FALSE);
}

static void
add_broken (AvaClientImportView *self,
            AvaBrokenRow        *broken)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (_("Line %u: %s"), broken->line, broken->text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken->reason);
  gtk_list_box_append (self->broken, row);
}

static void
show_import (AvaClientImportView *self)
{
  guint good = json_array_get_length (self->import->rows);
  guint bad = self->import->broken->len;
  g_autofree char *can = g_strdup_printf (ngettext ("%u customer can be added", "%u customers can be added", good), good);
  g_autofree char *cannot = g_strdup_printf (ngettext ("%u row cannot be taken", "%u rows cannot be taken", bad), bad);
  g_autofree char *heading = bad > 0 ? g_strdup_printf ("%s, %s", can, cannot) : g_strdup (can);
  g_autofree char *columns = g_strjoinv (",  ", self->import->columns);
  g_autofree char *label = g_strdup_printf (ngettext ("_Add %u Customer", "_Add %u Customers", good), good);

  show_words (self, heading, columns);
  gtk_button_set_label (self->add, label);
  gtk_widget_set_visible (GTK_WIDGET (self->add), good > 0);
  for (guint i = 0; i < bad && i < MOST_SHOWN; i++)
    add_broken (self, self->import->broken->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->broken), bad > 0);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaClientImportView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error)) {
    show_words (self, _("The file cannot be read"), error->message);
    return;
  }
  if (self->context == NULL)
    return;
  self->import = ava_client_import_read (text, length, ava_region_of_zone (ava_context_get_spa (self->context)->zone_name),
                                         ava_clock_now_us (ava_context_get_clock (self->context)), &error);
  if (self->import == NULL)
    show_words (self, _("This is no list of customers"), error->message);
  else
    show_import (self);
}

/**
 * ava_client_import_view_load:
 *
 * Reads @file and shows what it holds; nothing is written.
 */
void
ava_client_import_view_load (AvaClientImportView *self,
                             GFile               *file)
{
  GtkWidget *child;

  g_return_if_fail (AVA_IS_CLIENT_IMPORT_VIEW (self));

  g_clear_pointer (&self->import, ava_client_import_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->broken))) != NULL)
    gtk_list_box_remove (self->broken, child);
  gtk_widget_set_visible (GTK_WIDGET (self->broken), FALSE);
  show_words (self, _("Reading the file…"), "");
  g_file_load_contents_async (file, NULL, loaded_cb, g_object_ref (self));
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaClientImportView) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 token = 0;
  int completed = 0;
  int added = ava_client_import_run_finish (AVA_CONTEXT (source), result, &completed, &token, &error);
  g_autofree char *words = NULL;
  int known;

  if (self->context == NULL || self->import == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), TRUE);
  if (added < 0) {
    show_words (self, _("Nobody was added"), error->message);
    return;
  }
  known = (int) json_array_get_length (self->import->rows) - added;
  words = completed > 0 ? g_strdup_printf (_("%d added; %d were in the book already, %d of them completed"), added, known, completed)
        : known > 0 ? g_strdup_printf (_("%d added; %d were in the book already"), added, known)
                    : g_strdup_printf (_("%d added"), added);
  show_words (self, words, "");
  g_signal_emit (self, signals[IMPORTED], 0, token, words);
}

/* Adds the good rows. */
void
ava_client_import_view_add (AvaClientImportView *self)
{
  g_return_if_fail (self->import != NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self->add), FALSE);
  ava_client_import_run_async (self->context, self->import, ava_staff_get_who (ava_context_get_staff (self->context)), added_cb, g_object_ref (self));
}

static void
on_add (AvaClientImportView *self)
{
  ava_client_import_view_add (self);
}

static void
on_close (AvaClientImportView *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
ava_client_import_view_set_context (AvaClientImportView *self,
                                    AvaContext          *context)
{
  g_set_object (&self->context, context);
}

static void
ava_client_import_view_dispose (GObject *object)
{
  AvaClientImportView *self = AVA_CLIENT_IMPORT_VIEW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->import, ava_client_import_free);
  G_OBJECT_CLASS (ava_client_import_view_parent_class)->dispose (object);
}

static void
ava_client_import_view_class_init (AvaClientImportViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_client_import_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-client-import-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaClientImportView, heading);
  gtk_widget_class_bind_template_child (widget_class, AvaClientImportView, columns);
  gtk_widget_class_bind_template_child (widget_class, AvaClientImportView, add);
  gtk_widget_class_bind_template_child (widget_class, AvaClientImportView, broken);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_close);

  /**
   * AvaClientImportView::imported:
   * @token: for undo, 0 when nobody was new
   * @words: what was done
   */
  signals[IMPORTED] = g_signal_new ("imported", AVA_TYPE_CLIENT_IMPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_INT64, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_CLIENT_IMPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_client_import_view_init (AvaClientImportView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
