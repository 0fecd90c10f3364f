/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-files.h"

#include "ava-book-span.h"
#include "ava-day-sheet-pages.h"
#include "ava-ics.h"
#include "ava-import-window.h"
#include "ava-waitlist-window.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

/* The day on paper and in files: print, export, import. Every read is the store's, every dialog is the system's
 * own. */

/* What is under way: the page may go meanwhile. */
typedef struct {
  GWeakRef page;
  AvaContext *context;
  GFile *file;              /* nullable */
  GtkPrintOperationAction action;
  AvaIcsPrivacy privacy;
  AvaBookSpan *span;        /* nullable */
  AvaDaySheet *sheet;       /* nullable */
  AvaDaySheetPages *pages;  /* nullable */
  GtkFileChooserNative *chooser; /* nullable */
} Errand;

static Errand *
errand_new (AvaCalendarPage *page,
            AvaContext      *context)
{
  Errand *errand = g_new0 (Errand, 1);

  g_weak_ref_init (&errand->page, page);
  errand->context = g_object_ref (context);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_weak_ref_clear (&errand->page);
  g_clear_object (&errand->context);
  g_clear_object (&errand->file);
  g_clear_object (&errand->chooser);
  g_clear_pointer (&errand->pages, ava_day_sheet_pages_free);
  g_clear_pointer (&errand->sheet, ava_day_sheet_free);
  g_clear_pointer (&errand->span, ava_book_span_free);
  g_free (errand);
}

static GtkWindow *
get_window (Errand *errand)
{
  g_autoptr (AvaCalendarPage) page = g_weak_ref_get (&errand->page);
  GtkRoot *root = page != NULL ? gtk_widget_get_root (GTK_WIDGET (page)) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* The desk reads it where it reads all trouble. */
static void
tell (Errand     *errand,
      const char *words)
{
  g_signal_emit_by_name (errand->context, "notice", words);
}

static void
load_day (Errand              *errand,
          AvaCalendarPage     *page,
          GAsyncReadyCallback  callback)
{
  GDateTime *midnight = ava_calendar_page_get_day (page);
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (midnight), g_date_time_get_month (midnight), g_date_time_get_year (midnight));
  ava_book_span_load_async (errand->context, ava_calendar_page_get_spa (page)->location_id, &day, &day, NULL, callback, errand);
}

/* --- Paper ------------------------------------------------------------------------------------- */

static void
on_begin_print (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Errand            *errand)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  g_clear_pointer (&errand->pages, ava_day_sheet_pages_free);
  errand->pages = ava_day_sheet_pages_new (errand->sheet, pango, gtk_print_context_get_width (context), gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, ava_day_sheet_pages_count (errand->pages));
  g_object_unref (pango);
}

static void
on_draw_page (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Errand            *errand)
{
  ava_day_sheet_pages_draw (errand->pages, gtk_print_context_get_cairo_context (context), page);
}

static void
on_print_done (GtkPrintOperation       *operation,
               GtkPrintOperationResult  result,
               Errand                  *errand)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR) {
    gtk_print_operation_get_error (operation, &error);
    tell (errand, error != NULL ? error->message : _("The sheet could not be printed."));
  }
  errand_free (errand);
  g_object_unref (operation);
}

static void
print_span_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  GtkPrintOperation *operation;
  GDate day;

  errand->span = ava_book_span_load_finish (AVA_CONTEXT (source), result, &error);
  if (errand->span == NULL || get_window (errand) == NULL) {
    if (error != NULL)
      tell (errand, error->message);
    errand_free (errand);
    return;
  }
  ava_wall_time_of (errand->span->from_us, errand->span->spa->zone, &day);
  errand->sheet = ava_day_sheet_new (errand->span->spa, errand->span->appointments, errand->span->blocks, &day, NULL,
                                     ava_clock_now_us (ava_context_get_clock (errand->context)));
  operation = gtk_print_operation_new ();
  gtk_print_operation_set_job_name (operation, errand->sheet->date);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), errand);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), errand);
  g_signal_connect (operation, "done", G_CALLBACK (on_print_done), errand);
  if (errand->file != NULL)
    gtk_print_operation_set_export_filename (operation, g_file_peek_path (errand->file));
  gtk_print_operation_run (operation, errand->action, get_window (errand), NULL);
}

void
ava_calendar_files_print (AvaCalendarPage         *page,
                          AvaContext              *context,
                          GtkPrintOperationAction  action,
                          const char              *path)
{
  Errand *errand = errand_new (page, context);

  errand->action = action;
  errand->file = path != NULL ? g_file_new_for_path (path) : NULL;
  load_day (errand, page, print_span_cb);
}

/* --- Files ------------------------------------------------------------------------------------- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tell (errand, error->message);
  errand_free (errand);
}

static void
export_span_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  errand->span = ava_book_span_load_finish (AVA_CONTEXT (source), result, &error);
  if (errand->span == NULL) {
    tell (errand, error->message);
    errand_free (errand);
    return;
  }
  text = ava_ics_print (errand->span, NULL, errand->privacy, ava_clock_now_us (ava_context_get_clock (errand->context)));
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (errand->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, errand);
}

static void
on_export_chosen (GtkFileChooserNative *chooser,
                  int                   response,
                  Errand               *errand)
{
  const char *details = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), "details");
  g_autoptr (AvaCalendarPage) page = g_weak_ref_get (&errand->page);

  if (response != GTK_RESPONSE_ACCEPT || page == NULL) {
    errand_free (errand);
    return;
  }
  errand->privacy = g_strcmp0 (details, "customer") == 0 ? AVA_ICS_CUSTOMER : g_strcmp0 (details, "service") == 0 ? AVA_ICS_SERVICE : AVA_ICS_BUSY;
  errand->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  load_day (errand, page, export_span_cb);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (AvaCalendarPage) page = g_weak_ref_get (&errand->page);
  g_autofree char *name = g_file_get_basename (errand->file);
  g_autofree char *lower = g_utf8_strdown (name, -1);
  GtkWindow *window;

  if (contents == NULL) {
    tell (errand, error->message);
  } else if (get_window (errand) != NULL) {
    window = ava_import_window_new (errand->context, name, contents, g_str_has_suffix (lower, ".ics"),
                                    ava_calendar_page_get_spa (page)->location_id);
    gtk_window_set_transient_for (window, get_window (errand));
    gtk_window_present (window);
  }
  errand_free (errand);
}

static void
on_import_chosen (GtkFileChooserNative *chooser,
                  int                   response,
                  Errand               *errand)
{
  if (response != GTK_RESPONSE_ACCEPT) {
    errand_free (errand);
    return;
  }
  errand->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_file_load_bytes_async (errand->file, NULL, read_cb, errand);
}

/* --- Actions ----------------------------------------------------------------------------------- */

static AvaContext *
get_context (AvaCalendarPage *page)
{
  return g_object_get_data (G_OBJECT (page), "files-context");
}

static void
on_print (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  ava_calendar_files_print (user_data, get_context (user_data), GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
}

static void
on_export (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  AvaCalendarPage *page = user_data;
  Errand *errand = errand_new (page, get_context (page));
  g_autofree char *name = g_date_time_format (ava_calendar_page_get_day (page), "%Y-%m-%d.ics");
  const char *ids[] = { "busy", "service", "customer", NULL };
  const char *labels[] = { _("Busy times only"), _("Treatments, no names"), _("With customers' names"), NULL };

  errand->chooser = gtk_file_chooser_native_new (_("Export Day"), get_window (errand), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (errand->chooser), name);
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (errand->chooser), "details", _("What it tells"), ids, labels);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (errand->chooser), "details", "busy");
  g_signal_connect (errand->chooser, "response", G_CALLBACK (on_export_chosen), errand);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (errand->chooser));
}

static void
on_import (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Errand *errand = errand_new (user_data, get_context (user_data));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Calendars and tables (.ics, .csv)"));
  gtk_file_filter_add_suffix (filter, "ics");
  gtk_file_filter_add_suffix (filter, "csv");
  errand->chooser = gtk_file_chooser_native_new (_("Import"), get_window (errand), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Preview"), NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (errand->chooser), filter);
  g_signal_connect (errand->chooser, "response", G_CALLBACK (on_import_chosen), errand);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (errand->chooser));
}

static void
on_waitlist (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GtkWindow *window = ava_waitlist_window_new (get_context (user_data));

  gtk_window_set_transient_for (window, GTK_WINDOW (gtk_widget_get_root (user_data)));
  gtk_window_present (window);
}

void
ava_calendar_files_install (AvaCalendarPage *page,
                            AvaContext      *context)
{
  static const GActionEntry entries[] = {
    { "print", on_print }, { "export", on_export }, { "import", on_import }, { "waitlist", on_waitlist },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_object_set_data_full (G_OBJECT (page), "files-context", g_object_ref (context), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "files", G_ACTION_GROUP (group));
}
