/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stage.h"

#include "ava-availability.h"
#include "ava-compat.h"
#include "ava-practice.h"
#include "ava-store-settings.h"
#include "ava-ui-resources.h"

#include <glib/gstdio.h>

static gint64
get_morning (void)
{
  g_autoptr (GDateTime) morning = g_date_time_new_from_iso8601 ("2026-12-01T10:20:00-05:00", NULL);

  return g_date_time_to_unix (morning) * G_USEC_PER_SEC;
}

static StageListener listener = NULL;   /* of the log, on any thread */
static AvaStore *open_store = NULL;     /* of the stage that is open; borrowed */

/* Newer GTK says so of its own count of frames, on a screen without a compositor as the tests' is. */
static gboolean
is_harmless (const char *domain,
             const char *message)
{
  return g_strcmp0 (domain, "Gdk") == 0 && message != NULL && g_str_has_prefix (message, "gdk_frame_timings_submitted()");
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  const char *domain = NULL;
  const char *message = NULL;

  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      domain = fields[i].value;
    else if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
  }
  if (is_harmless (domain, message))
    return G_LOG_WRITER_HANDLED;
  if (listener != NULL && message != NULL)
    listener (message);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        user_data)
{
  return !is_harmless (domain, message);
}

void
stage_listen (StageListener heard)
{
  listener = heard;
}

void
stage_init (int    *argc,
            char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  stage_start_gtk ();
}

/* As the application does it, with no moving pictures. */
void
stage_start_gtk (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  ava_ui_register_resource ();
  adw_init ();
  ava_compat_tell_fields ();
  gtk_css_provider_load_from_resource (style, "/com/getevaai/FrontDesk/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/com/getevaai/FrontDesk/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
}

/* One a program: it stays on the bus. */
static GtkApplication *
get_application (void)
{
  static GtkApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application == NULL) {
    application = GTK_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
    g_application_register (G_APPLICATION (application), NULL, &error);
    g_assert_no_error (error);
  }
  return application;
}

/* The profile, and the clock of the morning. */
void
stage_make (Stage *stage)
{
  g_autoptr (GError) error = NULL;

  stage->folder = g_dir_make_tmp ("ava-ui-XXXXXX", &error);
  g_assert_no_error (error);
  stage->clock = ava_virtual_clock_new (get_morning (), TRUE);
}

void
stage_set_up (Stage *stage)
{
  stage_make (stage);
  stage_open (stage, TRUE);
}

/* A demo spa that sells no packages: for what sets up its own. */
void
stage_set_up_unsold (Stage *stage)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autofree char *own = NULL;
  g_autofree char *folder = g_strdup (g_getenv ("AVA_DEMO_DIR"));
  g_autoptr (JsonNode) spa = NULL;
  g_autoptr (GError) error = NULL;

  stage_make (stage);
  path = ava_practice_find_data ("spa.json");
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  spa = json_from_string (text, &error);
  g_assert_no_error (error);
  json_object_remove_member (json_node_get_object (spa), "packages");
  g_free (text);
  text = json_to_string (spa, FALSE);
  own = g_build_filename (stage->folder, "spa.json", NULL);
  g_file_set_contents (own, text, -1, &error);
  g_assert_no_error (error);
  g_setenv ("AVA_DEMO_DIR", stage->folder, TRUE);
  stage_open (stage, TRUE);
  if (folder != NULL)
    g_setenv ("AVA_DEMO_DIR", folder, TRUE);
  else
    g_unsetenv ("AVA_DEMO_DIR");
}

/* The desk and its window; with @demo an empty profile is filled. */
void
stage_open (Stage    *stage,
            gboolean  demo)
{
  g_autoptr (GError) error = NULL;

  stage->context = ava_context_new (stage->folder, stage->clock, demo, &error);
  g_assert_no_error (error);
  open_store = ava_context_get_store (stage->context);
  stage->application = get_application ();
  stage->window = ava_window_new (stage->application, stage->context);
  gtk_window_present (GTK_WINDOW (stage->window));
  stage_settle ();
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

void
stage_tear_down (Stage *stage)
{
  AvaWindow *window = stage->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  stage_settle ();
  open_store = NULL;
  ava_context_shut_down (stage->context);
  /* Nothing of the window may outlive it. */
  g_assert_null (window);
  g_assert_finalize_object (g_steal_pointer (&stage->context));
  g_clear_object (&stage->clock);
  remove_folder (stage->folder);
  g_clear_pointer (&stage->folder, g_free);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* How much slower than usual the program is: what a sanitizer watches is slow. */
static gint64
get_patience (void)
{
  const char *patience = g_getenv ("AVA_TEST_PATIENCE");

  return patience != NULL ? g_ascii_strtoll (patience, NULL, 10) : 1;
}

gboolean
stage_wait (StageCondition condition,
            gpointer       user_data,
            guint          seconds)
{
  gint64 end_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC * get_patience ();
  guint id = g_timeout_add (20, wake_cb, NULL);
  gboolean met;

  while (!(met = condition (user_data)) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  return met;
}

static gboolean
is_late (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, NULL);

  *(gboolean *) user_data = TRUE;
}

/* The store answers in turn: when it has told this, it has told all that it was asked before. */
static void
wait_store (AvaStore *store)
{
  gboolean answered = FALSE;

  ava_store_busy_async (store, 0, 1, NULL, NULL, answered_cb, &answered);
  g_assert_true (stage_wait (is_true, &answered, 60));
}

/* Whether the main loop has anything to do before @end_us: a timer, an idle, a frame, what came from the display. */
static gboolean
has_work (gint64 end_us)
{
  GMainContext *context = g_main_context_default ();
  int left = (end_us - g_get_monotonic_time ()) / 1000;
  int due = -1;
  int priority;

  if (g_main_context_pending (context))
    return TRUE;
  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_MAXINT, &due, NULL, 0);
  g_main_context_release (context);
  return due >= 0 && due <= left;
}

#define LONGEST_US (250 * 1000)
#define REST_US     (30 * 1000)

/* Lets frames, idles and the store's answers come in: until nothing is on its way, or for as long as a spinner turns. */
void
stage_settle (void)
{
  gint64 end_us = g_get_monotonic_time () + LONGEST_US;
  gint64 rest_us;

  do {
    rest_us = open_store != NULL ? MIN (end_us, g_get_monotonic_time () + REST_US) : end_us;
    stage_wait (is_late, &rest_us, 5);
    if (open_store != NULL)
      wait_store (open_store);
    gdk_display_sync (gdk_display_get_default ());
  } while (g_get_monotonic_time () < end_us && has_work (end_us));
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  return NULL;
}

/* The first mapped widget of @type, with @text when that is given. */
GtkWidget *
stage_find (GtkWidget  *from,
            GType       type,
            const char *text)
{
  if (!gtk_widget_get_mapped (from))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (from), type) && (text == NULL || g_strcmp0 (get_text (from), text) == 0))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = stage_find (child, type, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
stage_has_text (GtkWidget  *from,
                const char *text)
{
  return stage_find (from, GTK_TYPE_LABEL, text) != NULL;
}

static void
count (guint *n)
{
  ++*n;
}

static gboolean
is_counted (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* Until the next frame has been painted, whenever a busy machine comes to that. */
static void
wait_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint painted = 0;
  gulong id;

  if (clock == NULL)
    return;
  id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count), &painted);
  gtk_widget_queue_draw (widget);
  stage_wait (is_counted, &painted, 10);
  g_signal_handler_disconnect (clock, id);
}

typedef struct {
  GtkWidget *window;
  int width;
} Size;

static gboolean
has_size (gpointer user_data)
{
  Size *size = user_data;

  return ABS (gtk_widget_get_width (size->window) - size->width) <= 60;
}

void
stage_resize (Stage *stage,
              int    width,
              int    height)
{
  Size size = { GTK_WIDGET (stage->window), width };

  gtk_window_set_default_size (GTK_WINDOW (stage->window), width, height);
  stage_wait (has_size, &size, 10);
  for (gint64 i = get_patience (); i > 0; i--)
    stage_settle ();
  wait_frame (size.window);   /* what is laid out by the new size */
  wait_frame (size.window);
}

static void
busy_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = ava_store_busy_finish (AVA_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
hold_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(char **) user_data = ava_store_hold_finish (AVA_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Holds the first time from @from_us that a provider has for what they do first, as Ava does for a caller. */
void
stage_hold (Stage  *stage,
            guint   provider_number,
            gint64  from_us,
            guint   seconds)
{
  AvaStore *store = ava_context_get_store (stage->context);
  AvaSpa *spa = ava_context_get_spa (stage->context);
  AvaProvider *provider = spa->providers->pdata[provider_number];
  const gint64 day_us = (gint64) 24 * 3600 * G_USEC_PER_SEC;
  const AvaActor actor = { .who = "ava", .call_id = "a-call" };
  AvaSlotQuery query = {
    .service_id = provider->service_ids[0], .provider_id = provider->id, .from_us = from_us, .to_us = from_us + day_us / 3,
    .to_min = 1440, .limit = 1,
  };
  g_autoptr (GPtrArray) busy = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  g_autofree char *id = NULL;

  ava_store_busy_async (store, from_us - day_us, from_us + day_us, NULL, NULL, busy_cb, &busy);
  g_assert_true (stage_wait (is_there, &busy, 10));
  slots = ava_availability_find (spa, busy, &query);
  g_assert_cmpuint (slots->len, ==, 1);
  ava_store_hold_async (store, &actor, slots->pdata[0], ava_clock_now_us (stage->clock) + seconds * G_USEC_PER_SEC, NULL, hold_cb, &id);
  g_assert_true (stage_wait (is_there, &id, 10));
}

/* The main loop goes on meanwhile. */
void
stage_pause (guint msec)
{
  gint64 end_us = g_get_monotonic_time () + (gint64) msec * 1000;

  while (g_get_monotonic_time () < end_us) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
}

void
stage_point (const char *first,
             const char *second,
             const char *third)
{
  const char *argv[] = { "xdotool", first, second, third, NULL };
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  stage_pause (30);
}

void
stage_move_pointer (Stage     *stage,
                    GtkWidget *widget,
                    double     fx,
                    double     fy)
{
  graphene_rect_t place;
  double left;
  double top;
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (stage->window), &place));
  gtk_native_get_surface_transform (GTK_NATIVE (stage->window), &left, &top);
  x = g_strdup_printf ("%d", (int) (left + place.origin.x + place.size.width * fx));
  y = g_strdup_printf ("%d", (int) (top + place.origin.y + place.size.height * fy));
  stage_point ("mousemove", x, y);
}

/* One of the simulated callers, by its file name. */
char *
stage_find_caller (const char *name)
{
  return g_build_filename (AVA_SOURCE_DIR, "data", "demo", "callers", name, NULL);
}

static gboolean
draw (GtkWidget  *widget,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_surface_t *surface;
  GskRenderNode *node;
  gboolean drawn = FALSE;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
    cairo_t *cr = cairo_create (surface);

    gsk_render_node_draw (node, cr);
    cairo_destroy (cr);
    drawn = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  }
  cairo_surface_destroy (surface);
  gsk_render_node_unref (node);
  return drawn;
}

typedef struct {
  GtkWidget *widget;
  const char *path;
  gboolean drawn;
} Picture;

static void
on_painted (Picture *picture)
{
  if (!picture->drawn)
    picture->drawn = draw (picture->widget, picture->path);
  if (!picture->drawn)
    gtk_widget_queue_draw (picture->widget);
}

static gboolean
is_drawn (gpointer user_data)
{
  return ((Picture *) user_data)->drawn;
}

gboolean
stage_shoot (AvaWindow  *window,
             const char *path)
{
  return stage_shoot_widget (GTK_WIDGET (window), path);
}

/* A widget has no picture of itself from when it asks for a redraw until that is painted, and what moves asks again
 * and again: so it is taken when a frame has just been painted. */
gboolean
stage_shoot_widget (GtkWidget  *widget,
                    const char *path)
{
  Picture picture = { widget, path };
  GdkFrameClock *clock;
  gulong id;

  stage_settle ();
  clock = gtk_widget_get_frame_clock (widget);
  if (clock == NULL)
    return FALSE;
  id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), &picture);
  gtk_widget_queue_draw (widget);
  stage_wait (is_drawn, &picture, 30);
  g_signal_handler_disconnect (clock, id);
  return picture.drawn;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  ava_store_save_settings_finish (AVA_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

void
stage_change_settings (Stage      *stage,
                       const char *changes)
{
  const AvaActor actor = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER };
  g_autoptr (JsonNode) node = json_from_string (changes, NULL);
  gboolean saved = FALSE;

  ava_store_save_settings_async (ava_context_get_store (stage->context), &actor, json_node_get_array (node), NULL, saved_cb, &saved);
  while (!saved)
    g_main_context_iteration (NULL, TRUE);
}
