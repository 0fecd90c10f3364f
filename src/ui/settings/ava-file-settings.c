/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-file-settings.h"

#include "ava-settings-fields.h"
#include "ava-settings-sections.h"

#include <glib/gi18n.h>
#include <string.h>

/* The whole configuration as one file: out, and in again after it was looked at. */

#define MOST_BYTES (32 * 1024 * 1024)
#define MOST_DIFFERENCES 300

static void
set_notice (AvaSettingsSection *section,
            const char         *words)
{
  g_object_set_data_full (G_OBJECT (section), "notice", g_strdup (words), g_free);
  ava_settings_section_rebuild (section);
}

/* --- Out -------------------------------------------------------------------------------------- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_parse_name (G_FILE (source));
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (_("The settings are in %s"), name);
  else
    words = g_strdup_printf (_("The settings could not be written: %s"), error->message);
  set_notice (section, words);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GFile *file = user_data;
  g_autoptr (AvaSettingsSection) section = g_object_steal_data (G_OBJECT (file), "section");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) settings = ava_store_load_settings_finish (AVA_STORE (source), result, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (settings == NULL) {
    set_notice (section, error->message);
  } else {
    char *text = ava_settings_print (settings);

    bytes = g_bytes_new_take (text, strlen (text));
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, g_object_ref (section));
  }
  g_object_unref (file);
}

/**
 * ava_file_settings_export:
 *
 * Writes what is saved (not what is being edited) to @file, and says so on the page.
 */
void
ava_file_settings_export (AvaSettingsSection *section,
                          GFile              *file)
{
  g_object_set_data_full (G_OBJECT (file), "section", g_object_ref (section), g_object_unref);
  ava_store_load_settings_async (ava_context_get_store (ava_settings_section_get_context (section)), NULL, loaded_cb, g_object_ref (file));
}

/* --- In --------------------------------------------------------------------------------------- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  g_autoptr (JsonObject) settings = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error)) {
    words = g_strdup_printf (_("The file cannot be read: %s"), error->message);
  } else if (length > MOST_BYTES || !g_utf8_validate (text, length, NULL)) {
    words = g_strdup (_("This is no file of settings: it is too large or no text."));
  } else if ((settings = ava_settings_parse (text, &error)) == NULL) {
    words = g_strdup (error->message);
  } else {
    ava_settings_draft_take (ava_settings_section_get_draft (section), settings);
    words = g_strdup (_("Look at the differences, then save or discard them below. Nothing is saved yet."));
  }
  set_notice (section, words);
}

/**
 * ava_file_settings_import:
 *
 * Puts what @file holds in the place of the draft; it is saved like any other edit. A broken file
 * changes nothing and is explained with its place.
 */
void
ava_file_settings_import (AvaSettingsSection *section,
                          GFile              *file)
{
  g_file_load_contents_async (file, NULL, read_cb, g_object_ref (section));
}

/* --- The page --------------------------------------------------------------------------------- */

static void
on_response (GtkNativeDialog    *dialog,
             int                 response,
             AvaSettingsSection *section)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (file != NULL && gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    ava_file_settings_export (section, file);
  else if (file != NULL)
    ava_file_settings_import (section, file);
  g_object_set_data (G_OBJECT (section), "chooser", NULL);
}

static void
choose (AvaSettingsSection   *section,
        GtkFileChooserAction  action)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (section)));
  gboolean save = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (save ? _("Export Settings") : _("Import Settings"), window, action,
                                                              save ? _("_Export") : _("_Look at It"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Settings"));
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (save)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "ava-settings.json");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), section);
  g_object_set_data_full (G_OBJECT (section), "chooser", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_export (AvaSettingsSection *section)
{
  choose (section, GTK_FILE_CHOOSER_ACTION_SAVE);
}

static void
on_import (AvaSettingsSection *section)
{
  choose (section, GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
add_differences (AvaSettingsSection *section)
{
  g_autoptr (JsonArray) changes = ava_settings_draft_list_changes (ava_settings_section_get_draft (section));
  guint n = json_array_get_length (changes);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Difference Not Saved Yet", "%u Differences Not Saved Yet", n), n);
  AdwPreferencesGroup *group;

  if (n == 0)
    return;
  group = ava_settings_section_add_group (section, title, NULL);
  for (guint i = 0; i < MIN (n, MOST_DIFFERENCES); i++) {
    g_autofree char *words = ava_settings_describe_change (json_array_get_object_element (changes, i));
    GtkWidget *row = ava_settings_make_note (words, NULL);

    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
    adw_preferences_group_add (group, row);
  }
}

static void
on_reviewed (AvaSettingsSection *section)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (section)))
    ava_settings_section_rebuild (section);
}

void
ava_file_settings_fill (AvaSettingsSection *section)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Import and Export"),
                                                               _("All of these settings as one file: for another computer, for a copy before a large change, "
                                                                 "or to be edited elsewhere. Customers and appointments are not in it."));
  const char *notice = g_object_get_data (G_OBJECT (section), "notice");
  GtkWidget *export = ava_settings_make_note (_("Export"), _("Writes the settings as they are saved"));
  GtkWidget *import = ava_settings_make_note (_("Import"), _("Shows what a file would change before it is saved"));

  adw_action_row_add_suffix (ADW_ACTION_ROW (export), ava_settings_make_button (_("_Export…"), G_CALLBACK (on_export), section));
  adw_action_row_add_suffix (ADW_ACTION_ROW (import), ava_settings_make_button (_("_Import…"), G_CALLBACK (on_import), section));
  adw_preferences_group_add (group, export);
  adw_preferences_group_add (group, import);
  if (notice != NULL) {
    GtkWidget *row = ava_settings_make_note (notice, NULL);

    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
    adw_preferences_group_add (ava_settings_section_add_group (section, NULL, NULL), row);
  }
  add_differences (section);
  if (g_object_get_data (G_OBJECT (section), "watching") == NULL) {
    g_object_set_data (G_OBJECT (section), "watching", GINT_TO_POINTER (TRUE));
    g_signal_connect_object (ava_settings_section_get_draft (section), "reviewed", G_CALLBACK (on_reviewed), section, G_CONNECT_SWAPPED);
  }
}
