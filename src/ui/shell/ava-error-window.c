/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-error-window.h"

#include "ava-store.h"

#include <glib/gi18n.h>

struct _AvaErrorWindow {
  AdwApplicationWindow parent_instance;

  /* Template Widgets */
  AdwStatusPage *status;
  GtkLabel *details;
  GtkWidget *put_back;

  char *data_dir;   /* the profile */
};

G_DEFINE_FINAL_TYPE (AvaErrorWindow, ava_error_window, ADW_TYPE_APPLICATION_WINDOW)

typedef struct {
  AvaStoreError code;
  const char *title;
  const char *advice;
} Advice;

static const Advice advices[] = {
  { AVA_STORE_ERROR_LOCKED, N_("The appointment book is already open"),
    N_("Another program is using it, perhaps Ava Front Desk under another user. Close it there, then try again.") },
  { AVA_STORE_ERROR_DAMAGED, N_("The appointment book is damaged"),
    N_("The file cannot be read. It was left as it is. Put back a copy, or ask the person who looks after this computer.") },
  { AVA_STORE_ERROR_NEWER, N_("The appointment book is from a newer version"),
    N_("It was last used by a newer Ava Front Desk. Install that version here; nothing was changed.") },
  { AVA_STORE_ERROR_READ_ONLY, N_("The appointment book cannot be written"),
    N_("The folder or the file is write-protected. Allow writing to it, or choose another folder, then try again.") },
  { AVA_STORE_ERROR_FULL, N_("The disk is full"),
    N_("There is no room to save anything. Free some space, then try again; nothing was lost.") },
};

static const Advice unknown = {
  AVA_STORE_ERROR_FAILED, N_("The appointment book cannot be opened"),
  N_("Nothing was changed. Try again; if it stays so, show the details below to the person who looks after this computer.")
};

static const Advice *
find_advice (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++) {
    if (g_error_matches (error, AVA_STORE_ERROR, advices[i].code))
      return &advices[i];
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return &advices[G_N_ELEMENTS (advices) - 1];
  return &unknown;
}

static void
on_try_again (AvaErrorWindow *self)
{
  g_autoptr (AvaApplication) application = NULL;

  application = g_object_ref (AVA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  /* Held, for the application would quit between two windows. */
  g_application_hold (G_APPLICATION (application));
  gtk_window_destroy (GTK_WINDOW (self));
  ava_application_open_desk (application);
  g_application_release (G_APPLICATION (application));
}

static void
tell_details (AvaErrorWindow *self,
              const GError   *error)
{
  g_autofree char *folder = g_filename_display_name (self->data_dir);
  g_autofree char *details = g_strdup_printf (_("%s\nFolder: %s"), error->message, folder);

  gtk_label_set_text (self->details, details);
}

/**
 * ava_error_window_put_back:
 * @file: a copy of the book
 *
 * Puts it in the place of the damaged one, which is kept, and opens the desk; or says why it cannot be.
 */
void
ava_error_window_put_back (AvaErrorWindow *self,
                           GFile          *file)
{
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  if (ava_store_put_back (self->data_dir, path != NULL ? path : "", clock, &kept, &error))
    on_try_again (self);
  else
    tell_details (self, error);
}

static void
on_copy_chosen (GtkNativeDialog *dialog,
                int              response,
                AvaErrorWindow  *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  g_object_unref (dialog);
  if (file != NULL)
    ava_error_window_put_back (self, file);
}

static void
on_put_back (AvaErrorWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Put Back a Copy"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Put Back"), NULL);
  g_autofree char *path = g_build_filename (self->data_dir, "backups", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Appointment books"));
  gtk_file_filter_add_suffix (filter, "db");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_copy_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
ava_error_window_finalize (GObject *object)
{
  g_free (AVA_ERROR_WINDOW (object)->data_dir);
  G_OBJECT_CLASS (ava_error_window_parent_class)->finalize (object);
}

static void
ava_error_window_class_init (AvaErrorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_error_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-error-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaErrorWindow, status);
  gtk_widget_class_bind_template_child (widget_class, AvaErrorWindow, details);
  gtk_widget_class_bind_template_child (widget_class, AvaErrorWindow, put_back);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_put_back);
}

static void
ava_error_window_init (AvaErrorWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_error_window_new:
 * @error: why the desk did not open
 * @data_dir: the profile
 *
 * Returns: (transfer none): a window owned by GTK
 */
AvaErrorWindow *
ava_error_window_new (AvaApplication *application,
                      const GError   *error,
                      const char     *data_dir)
{
  AvaErrorWindow *self = g_object_new (AVA_TYPE_ERROR_WINDOW, "application", application, NULL);
  const Advice *advice = find_advice (error);

  self->data_dir = g_strdup (data_dir);
  adw_status_page_set_title (self->status, _(advice->title));
  adw_status_page_set_description (self->status, _(advice->advice));
  gtk_widget_set_visible (self->put_back, advice->code == AVA_STORE_ERROR_DAMAGED);
  tell_details (self, error);
  return self;
}
