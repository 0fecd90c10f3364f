/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-application-private.h"

#include "ava-compat.h"
#include "ava-error-window.h"
#include "ava-media.h"
#include "ava-ui-resources.h"
#include "ava-window.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define PROFILE_ACTION "profile"   /* its state: the folder */

struct _AvaApplication {
  AdwApplication parent_instance;

  /* Owned References */
  AvaClock *clock;
  AvaContext *context;       /* nullable: the profile could not be opened */
  char *data_dir;
  char *page;                /* nullable: to be shown first */
  gboolean demo;
  gboolean measures_start;   /* print how long the first frame took, and quit */
};

G_DEFINE_FINAL_TYPE (AvaApplication, ava_application, ADW_TYPE_APPLICATION)

static AvaWindow *
find_window (AvaApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next) {
    if (AVA_IS_WINDOW (l->data))
      return l->data;
  }
  return NULL;
}

/* --- how long it took to start --- */

/* [ms] from exec to now; the kernel counts in ticks of 10 ms. */
static double
get_age_ms (void)
{
  g_autofree char *stat = NULL;
  g_autofree char *uptime = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) ||
      !g_file_get_contents ("/proc/uptime", &uptime, NULL, NULL) ||
      (rest = strrchr (stat, ')')) == NULL)
    return -1;
  fields = g_strsplit (rest + 2, " ", -1);
  if (g_strv_length (fields) < 20)
    return -1;
  return (g_ascii_strtod (uptime, NULL) - g_ascii_strtod (fields[19], NULL) / sysconf (_SC_CLK_TCK)) * 1000;
}

static double
get_memory_mb (void)
{
  g_autofree char *statm = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    return -1;
  fields = g_strsplit (statm, " ", 3);
  return g_ascii_strtod (fields[1], NULL) * sysconf (_SC_PAGESIZE) / 1e6;
}

static gboolean
print_memory_cb (gpointer user_data)
{
  g_print ("rss_mb %.1f\n", get_memory_mb ());
  g_application_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock  *frame_clock,
                AvaApplication *self)
{
  if (!self->measures_start)
    return;
  self->measures_start = FALSE;
  g_print ("first_frame_ms %.0f\n", get_age_ms ());
  /* The memory of a window at rest: lists have been filled by then. */
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, 2, print_memory_cb, g_object_ref (self), g_object_unref);
}

static void
on_window_mapped (GtkWidget      *window,
                  AvaApplication *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_after_paint), self, 0);
}

/* --- the desk --- */

static void
open_window (AvaApplication *self)
{
  AvaWindow *window = ava_window_new (GTK_APPLICATION (self), self->context);

  if (self->page != NULL)
    ava_window_show_page (window, self->page);
  g_signal_connect_object (window, "map", G_CALLBACK (on_window_mapped), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * ava_application_open_desk:
 *
 * Opens the profile and shows the window; or one that says why that did not work, from which it can
 * be tried again.
 */
void
ava_application_open_desk (AvaApplication *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (AVA_IS_APPLICATION (self));

  if (self->context == NULL) {
    self->context = ava_context_new (self->data_dir, self->clock, self->demo, &error);
    if (self->context == NULL) {
      gtk_window_present (GTK_WINDOW (ava_error_window_new (self, error, self->data_dir)));
      return;
    }
    ava_application_watch_desk (self, self->context);
  }
  open_window (self);
}

/**
 * ava_application_get_context:
 *
 * Returns: (transfer none) (nullable): the desk, once it is open
 */
AvaContext *
ava_application_get_context (AvaApplication *self)
{
  return self->context;
}

static void
ava_application_activate (GApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  if (windows != NULL)
    gtk_window_present (windows->data);
  else
    ava_application_open_desk (AVA_APPLICATION (application));
}

/* --- actions --- */

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  AvaWindow *window = find_window (user_data);

  /* The window asks when a call runs. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (user_data);
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  ava_compat_show_about (gtk_application_get_active_window (user_data));
}

static void
on_help (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/getevaai/FrontDesk/ava-help.ui");
  GtkWindow *help = GTK_WINDOW (gtk_builder_get_object (builder, "help"));

  gtk_window_set_transient_for (help, gtk_application_get_active_window (user_data));
  gtk_window_present (help);
}

static void
on_show_page (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AvaWindow *window = find_window (user_data);

  if (window == NULL)
    return;
  ava_window_show_page (window, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (window));
}

/* Tells a second program which book is open here. */
static void
add_profile_action (AvaApplication *self)
{
  g_autofree char *profile = g_canonicalize_filename (self->data_dir, NULL);
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (PROFILE_ACTION, NULL, g_variant_new_bytestring (profile));

  g_simple_action_set_enabled (action, FALSE);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
ava_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "quit", on_quit }, { "about", on_about }, { "help", on_help },
    { "show-page", on_show_page, "s" },
  };
  static const struct { const char *action; const char *keys[3]; } keys[] = {
    { "app.quit", { "<Control>q" } },
    { "app.help", { "F1" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.page::live", { "<Control>1", "<Alt>1" } },
    { "win.page::calendar", { "<Control>2", "<Alt>2" } },
    { "win.page::customers", { "<Control>3", "<Alt>3" } },
    { "win.page::settings", { "<Control>4", "<Control>comma" } },
    { "win.search", { "<Control>f" } },
    { "win.steer", { "<Control>t" } },
    { "win.step-call(1)", { "<Control>Tab" } },
    { "win.step-call(-1)", { "<Control><Shift>Tab", "<Control><Shift>ISO_Left_Tab" } },
    { "call.end", { "<Control>e" } },
    { "call.mute", { "<Control>m" } },
    { "call.show-booking", { "<Control>b" } },
    { "call.restart-greeting", { "<Control>g" } },
    { "win.practice::", { "<Control>n" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Shift><Control>z", "<Control>y" } },
    { "win.focus-undo", { "<Control>u" } },
    { "window.close", { "<Control>w" } },
  };

  ava_media_init ();
  ava_ui_register_resource ();
  G_APPLICATION_CLASS (ava_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (AVA_APP_ID);
  ava_compat_tell_fields ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  if (AVA_APPLICATION (application)->data_dir != NULL)
    add_profile_action (AVA_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].keys);
}

static void
ava_application_shutdown (GApplication *application)
{
  AvaApplication *self = AVA_APPLICATION (application);

  if (self->context != NULL)
    ava_context_shut_down (self->context);
  g_clear_object (&self->context);
  G_APPLICATION_CLASS (ava_application_parent_class)->shutdown (application);
}

/* --- the command line --- */

static gboolean
take_clock (AvaApplication *self,
            const char     *now)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = now != NULL ? g_date_time_new_from_iso8601 (now, utc) : NULL;

  if (now != NULL && start == NULL)
    return FALSE;
  self->clock = now == NULL ? ava_system_clock_new ()
                            : ava_virtual_clock_new (g_date_time_to_unix (start) * G_USEC_PER_SEC, TRUE);
  return TRUE;
}

/* The window that is open shows the book that is asked for, and not that of another spa. */
static gboolean
is_same_profile (AvaApplication *self)
{
  g_autoptr (GVariant) open = g_action_group_get_action_state (G_ACTION_GROUP (self), PROFILE_ACTION);
  g_autofree char *wanted = g_canonicalize_filename (self->data_dir, NULL);

  if (open == NULL || g_str_equal (g_variant_get_bytestring (open), wanted))
    return TRUE;
  g_printerr (_("ava-front-desk: the program is open already, with the profile “%s”. Close it first, then start it with “%s”.\n"),
              g_variant_get_bytestring (open), wanted);
  return FALSE;
}

/* A second program hands its wish to the first and is done. */
static int
hand_over (AvaApplication *self,
           int             status)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (G_APPLICATION (self), NULL, &error)) {
    g_printerr ("ava-front-desk: %s\n", error->message);
    return 1;
  }
  if (!g_application_get_is_remote (G_APPLICATION (self)))
    return status;
  if (!is_same_profile (self))
    return 1;
  if (self->page != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), "show-page", g_variant_new_string (self->page));
  return status;
}

/* Without a single font GTK can draw no letter and says so thousands of times. */
static gboolean
has_fonts (void)
{
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (fonts);
  PangoFontDescription *any = pango_font_description_from_string ("Sans 11");
  PangoFont *font = pango_font_map_load_font (fonts, context, any);
  gboolean found = font != NULL;

  g_clear_object (&font);
  g_object_unref (context);
  pango_font_description_free (any);
  return found;
}

static int
ava_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  AvaApplication *self = AVA_APPLICATION (application);
  const char *profile = g_getenv ("AVA_DATA_DIR");
  const char *now = NULL;

  g_clear_pointer (&self->data_dir, g_free);
  if (g_variant_dict_contains (options, "version")) {
    g_print ("ava-front-desk %s\n", AVA_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir))
    self->data_dir = profile != NULL && *profile != '\0'
      ? g_strdup (profile) : g_build_filename (g_get_user_data_dir (), "ava-front-desk", NULL);
  g_variant_dict_lookup (options, "page", "s", &self->page);
  g_variant_dict_lookup (options, "now", "&s", &now);
  self->demo = g_variant_dict_contains (options, "demo");
  self->measures_start = g_variant_dict_contains (options, "measure-start");
  if (self->page != NULL && !ava_window_has_page (self->page)) {
    g_printerr (_("ava-front-desk: there is no page “%s”; live, calendar, customers and settings are\n"), self->page);
    return 2;
  }
  if (!take_clock (self, now)) {
    g_printerr ("ava-front-desk: “%s” is not a time like 2026-12-01T09:30:00-05:00\n", now);
    return 2;
  }
  if (!has_fonts ()) {
    g_printerr (_("ava-front-desk: there are no fonts on this computer, so no text can be shown. Install one, for "
                  "example the package fonts-cantarell, and start again. Nothing was changed.\n"));
    return 1;
  }
  return hand_over (self, -1);
}

static void
ava_application_finalize (GObject *object)
{
  AvaApplication *self = AVA_APPLICATION (object);

  g_clear_object (&self->context);
  g_clear_object (&self->clock);
  g_free (self->data_dir);
  g_free (self->page);
  G_OBJECT_CLASS (ava_application_parent_class)->finalize (object);
}

static void
ava_application_class_init (AvaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_application_finalize;
  application_class->startup = ava_application_startup;
  application_class->activate = ava_application_activate;
  application_class->shutdown = ava_application_shutdown;
  application_class->handle_local_options = ava_application_handle_local_options;
}

static void
ava_application_init (AvaApplication *self)
{
  static const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder of the profile: database and recordings"), N_("DIR") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Fill an empty profile with the demo spa"), NULL },
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Page to show: live, calendar, customers or settings"), N_("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    { "now", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, N_("Pretend that it is this time"), "RFC3339" },
    { "measure-start", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, N_("Print how the start went, then quit"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/**
 * ava_application_new:
 *
 * Returns: (transfer full): the program; g_application_run() does the rest
 */
AvaApplication *
ava_application_new (void)
{
  return g_object_new (AVA_TYPE_APPLICATION,
                       "application-id", AVA_APP_ID,
                       "resource-base-path", "/com/getevaai/FrontDesk",
                       NULL);
}

/**
 * ava_application_choose_renderer:
 *
 * Draws with the processor where there is no graphics hardware: there it is many times faster than
 * imitating it. What the user set is left alone. Before GTK starts.
 */
void
ava_application_choose_renderer (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, "renderD"))
      return;
  }
  if (g_getenv ("GSK_RENDERER") != NULL)
    return;
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  /* Each release of GTK knows one of the two and ignores the other. */
  if (gtk_check_version (4, 14, 0) == NULL)
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}
