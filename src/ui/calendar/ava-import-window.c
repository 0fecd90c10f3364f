/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-import-window.h"

#include "ava-import-plan.h"

#include <glib/gi18n.h>

#define DAYS_AHEAD 366     /* of a calendar that are read */
#define MOST_ROWS 200      /* that are shown */

struct _AvaImportWindow {
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwWindowTitle *title;
  GtkButton *import_button;
  GtkListBox *owner_list;
  AdwComboRow *owner_row;
  GtkLabel *summary;
  GtkListBox *list;

  /* Owned References */
  AvaContext *context;
  GBytes *contents;
  GPtrArray *items;          /* nullable: as they were rehearsed last */
  GCancellable *cancellable;
  char *location_id;         /* of lines and calendars that do not say */
  gboolean calendar;
  gboolean done;             /* it was imported */
};

G_DEFINE_FINAL_TYPE (AvaImportWindow, ava_import_window, ADW_TYPE_WINDOW)

static const char *
get_owner (AvaImportWindow *self)
{
  GPtrArray *providers = ava_context_get_spa (self->context)->providers;
  guint selected = adw_combo_row_get_selected (self->owner_row);

  return self->calendar && selected > 0 && selected <= providers->len ? AVA_PROVIDER (providers->pdata[selected - 1])->id : NULL;
}

static GPtrArray *
plan (AvaImportWindow  *self,
      GError          **error)
{
  g_autoptr (AvaSpa) spa = ava_spa_see (ava_context_get_spa (self->context), self->location_id);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));
  gsize length;
  const char *text = g_bytes_get_data (self->contents, &length);

  /* GLib has NULL for no bytes. */
  if (text == NULL)
    text = "";
  return self->calendar ? ava_import_plan_calendar (spa, text, length, get_owner (self), now_us, now_us + DAYS_AHEAD * AVA_USEC_PER_DAY, error)
                        : ava_import_plan_table (spa, text, length, error);
}

static const char *
say_verdict (AvaImportVerdict verdict)
{
  switch (verdict) {
  case AVA_IMPORT_NEW:
    return _("New");
  case AVA_IMPORT_CHANGED:
    return _("Changed");
  case AVA_IMPORT_UNCHANGED:
    return _("Unchanged");
  default:
    return _("Left out");
  }
}

static void
add_row (AvaImportWindow *self,
         AvaImportItem   *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *verdict = gtk_label_new (say_verdict (item->verdict));
  const char *what = item->customer_name != NULL ? item->customer_name : item->block != NULL ? item->block->reason : NULL;
  g_autofree char *escaped = g_markup_escape_text (what != NULL && *what != '\0' ? what : item->where, -1);
  g_autofree char *detail = item->words != NULL ? g_strdup_printf ("%s: %s", item->where, item->words) : g_strdup (item->where);
  g_autofree char *subtitle = g_markup_escape_text (detail, -1);

  gtk_widget_add_css_class (verdict, item->verdict == AVA_IMPORT_BROKEN ? "error" : "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), verdict);
  gtk_list_box_append (self->list, row);
}

/* What goes wrong first, then what changes; what stays is only counted. */
static void
fill_list (AvaImportWindow *self)
{
  static const AvaImportVerdict order[] = { AVA_IMPORT_BROKEN, AVA_IMPORT_CHANGED, AVA_IMPORT_NEW };
  GtkWidget *child;
  guint shown = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    for (guint j = 0; j < self->items->len && shown < MOST_ROWS; j++) {
      AvaImportItem *item = self->items->pdata[j];

      if (item->verdict != order[i])
        continue;
      add_row (self, item);
      shown++;
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->list), shown > 0);
}

static void
show_count (AvaImportWindow      *self,
            const AvaImportCount *count)
{
  g_autofree char *words = g_strdup_printf (self->done ? _("Imported: %u new, %u changed, %u unchanged, %u left out.")
                                                       : _("%u new, %u changed, %u unchanged, %u left out. Nothing is written yet."),
                                            count->added, count->changed, count->unchanged, count->broken);

  gtk_label_set_text (self->summary, words);
  fill_list (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->owner_row), !self->done);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), !self->done);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), count->added + count->changed > 0);
}

static void
tell_undo (AvaContext           *context,
           const AvaImportCount *count,
           gint64                token)
{
  g_autofree char *words = g_strdup_printf (_("Imported: %u new, %u changed"), count->added, count->changed);

  ava_context_tell_change (context, token, words);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (AvaImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  AvaImportCount count;
  gint64 token;
  gboolean done = ava_import_run_finish (AVA_CONTEXT (source), result, &count, &token, &error);

  /* What was written can be taken back, though the window be closed and the rest have failed. */
  if (token != 0)
    tell_undo (AVA_CONTEXT (source), &count, token);

  if (self->context == NULL)   /* closed meanwhile */
    return;
  if (done) {
    show_count (self, &count);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    self->done = FALSE;
    gtk_label_set_text (self->summary, error->message);
  }
}

/* Plans anew, so that what was left out in the rehearsal is looked at again. */
static void
run (AvaImportWindow *self,
     gboolean         dry)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = plan (self, &error);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), FALSE);
  if (items == NULL) {
    gtk_label_set_text (self->summary, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
    return;
  }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = items;
  gtk_label_set_text (self->summary, dry ? _("Reading…") : _("Importing…"));
  /* A rehearsal may be stopped, the import itself runs to its end. */
  ava_import_run_async (self->context, items, ava_staff_get_who (ava_context_get_staff (self->context)), dry, dry ? self->cancellable : NULL, run_cb, g_object_ref (self));
}

static void
on_import (AvaImportWindow *self)
{
  self->done = TRUE;
  run (self, FALSE);
}

static void
on_owner_changed (AvaImportWindow *self)
{
  if (self->contents != NULL && !self->done)
    run (self, TRUE);
}

static void
ava_import_window_dispose (GObject *object)
{
  AvaImportWindow *self = AVA_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->contents, g_bytes_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->location_id, g_free);

  G_OBJECT_CLASS (ava_import_window_parent_class)->dispose (object);
}

static void
ava_import_window_class_init (AvaImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_import_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, owner_list);
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, owner_row);
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, AvaImportWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_owner_changed);
}

static void
ava_import_window_init (AvaImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_import_window_new:
 * @name: of the file, as it is shown
 * @contents: of the file
 * @calendar: whether it is a calendar, else a table
 * @location_id: (nullable): where it is what does not say where; %NULL for the first location
 *
 * Returns: (transfer none): the window, which begins to rehearse
 */
GtkWindow *
ava_import_window_new (AvaContext *context,
                       const char *name,
                       GBytes     *contents,
                       gboolean    calendar,
                       const char *location_id)
{
  AvaImportWindow *self = g_object_new (AVA_TYPE_IMPORT_WINDOW, NULL);
  g_autoptr (GtkStringList) owners = gtk_string_list_new (NULL);
  GPtrArray *providers = ava_context_get_spa (context)->providers;

  self->context = g_object_ref (context);
  self->calendar = calendar;
  self->location_id = g_strdup (location_id);
  adw_window_title_set_title (self->title, _("Import"));
  adw_window_title_set_subtitle (self->title, name);
  gtk_string_list_append (owners, _("Choose a provider"));
  for (guint i = 0; i < providers->len; i++)
    gtk_string_list_append (owners, AVA_PROVIDER (providers->pdata[i])->name);
  adw_combo_row_set_model (self->owner_row, G_LIST_MODEL (owners));
  gtk_widget_set_visible (GTK_WIDGET (self->owner_list), calendar);
  self->contents = g_bytes_ref (contents);
  run (self, TRUE);
  return GTK_WINDOW (self);
}
