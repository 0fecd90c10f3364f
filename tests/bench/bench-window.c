/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customers-page.h"
#include "large-spa.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The whole window on a book of 100,000 customers, 1,000,000 appointments and 12 providers: from a key in the search to its rows on
 * the screen, from one page to another, and the memory of it all; then the program itself on the demo spa, to its
 * first frame. Rows: name value unit goal ratio. Usage: bench-window FRONT-DESK [CUSTOMERS [APPOINTMENTS]] */

#define SEARCH_GOAL_MS 50
#define SWITCH_GOAL_MS 100
#define BOOK_DAYS 3650
#define ROUNDS 8             /* of each switch */
#define STARTS 7             /* of the program; the median counts */

typedef struct {
  Stage stage;
  GtkWidget *search;
  GListModel *found;
  guint n_frames;
} Bench;

static void
print_row (const char *name,
           double      value,
           const char *unit,
           double      goal)
{
  g_print ("%s %.1f %s %.0f %.2f\n", name, value, unit, goal, value / goal);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static void
print_times (const char *name,
             GArray     *times,
             double      goal_ms)
{
  static const struct { const char *name; double share; } rows[] = { { "p50", 0.5 }, { "p99", 0.99 } };

  g_array_sort (times, compare);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *full = g_strdup_printf ("%s_%s", name, rows[i].name);

    print_row (full, g_array_index (times, double, MIN ((guint) (times->len * rows[i].share), times->len - 1)), "ms", goal_ms);
  }
}

/* What is measured: from where, on the clock and in work of this thread. */
typedef struct {
  gint64 from_us;
  double from_work_ms;
  GArray *times;   /* double, [ms] */
  GArray *works;
} Watch;

static double
get_work_ms (void)
{
  struct timespec work;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  return work.tv_sec * 1000.0 + work.tv_nsec / 1e6;
}

static void
watch_init (Watch *watch)
{
  watch->times = g_array_new (FALSE, FALSE, sizeof (double));
  watch->works = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
watch_begin (Watch *watch)
{
  watch->from_us = g_get_monotonic_time ();
  watch->from_work_ms = get_work_ms ();
}

static void
watch_end (Watch *watch)
{
  double ms = (g_get_monotonic_time () - watch->from_us) / 1000.0;
  double work_ms = get_work_ms () - watch->from_work_ms;

  g_array_append_val (watch->times, ms);
  g_array_append_val (watch->works, work_ms);
}

static void
watch_print (Watch      *watch,
             const char *name,
             double      goal_ms)
{
  g_autofree char *work = g_strdup_printf ("%s_work", name);

  print_times (name, watch->times, goal_ms);
  print_times (work, watch->works, goal_ms);
  g_array_unref (watch->times);
  g_array_unref (watch->works);
}

static void
on_after_paint (Bench *bench)
{
  bench->n_frames++;
}

/* Until a frame that was begun after now is painted. */
static void
wait_for_frame (Bench *bench)
{
  guint n_frames = bench->n_frames;

  gtk_widget_queue_draw (GTK_WIDGET (bench->stage.window));
  while (bench->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
}

/* --- the book --- */

static int
fill (const char *folder,
      guint       customers,
      guint       appointments)
{
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (G_GINT64_CONSTANT (1796138400) * G_USEC_PER_SEC, FALSE);   /* December 1, 2026, 10:20 in New York */
  g_autoptr (GError) error = NULL;
  g_autofree char *json = large_spa_read ();
  AvaStore *store;

  store = ava_store_open (folder, clock, &error);
  if (store == NULL || !ava_store_fill_demo (store, json, 1, customers, BOOK_DAYS, appointments, &error))
    g_error ("%s", error->message);
  ava_store_close (store);
  g_object_unref (store);
  return 0;
}

/* In a process of its own: what filling takes is no memory of the window. */
static void
fill_apart (const char *program,
            const char *folder,
            const char *customers,
            const char *appointments)
{
  const char *argv[] = { program, "fill", folder, customers, appointments, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

/* --- the search --- */

static gboolean
is_over (Bench      *bench,
         const char *text)
{
  g_autofree char *search = NULL;
  g_autoptr (AvaCustomer) first = NULL;
  gboolean pending;

  g_object_get (bench->found, "search", &search, "pending", &pending, NULL);
  if (pending || g_strcmp0 (search, text) != 0)
    return FALSE;
  first = g_list_model_get_item (bench->found, 0);
  return first == NULL || first->id != NULL;   /* a row that is not read yet is empty */
}

static void
measure_search (Bench *bench)
{
  static const char *const words[] = {
    "nguyen", "maria garcia", "son", "o'brien", "patel pri", "(212) 555-01", "quinn zoe", "wei zhang", "example.com", "xq",
  };
  Watch watch;

  ava_window_show_page (bench->stage.window, "customers");
  stage_settle ();
  g_assert (GTK_IS_EDITABLE (bench->search));
  watch_init (&watch);
  for (guint w = 0; w < G_N_ELEMENTS (words); w++) {
    for (guint n = 1; n <= strlen (words[w]); n++) {
      g_autofree char *text = g_strndup (words[w], n);

      watch_begin (&watch);
      gtk_editable_set_text (GTK_EDITABLE (bench->search), text);
      while (!is_over (bench, text))
        g_main_context_iteration (NULL, TRUE);
      wait_for_frame (bench);
      watch_end (&watch);
    }
    gtk_editable_set_text (GTK_EDITABLE (bench->search), "");
    while (!is_over (bench, ""))
      g_main_context_iteration (NULL, TRUE);
    stage_settle ();
  }
  watch_print (&watch, "search_key_to_pixels", SEARCH_GOAL_MS);
}

/* --- the pages --- */

static void
measure_switch (Bench      *bench,
                const char *from,
                const char *to)
{
  g_autofree char *name = g_strdup_printf ("switch_%s_to_%s", from, to);
  Watch watch;

  watch_init (&watch);
  for (guint i = 0; i < ROUNDS; i++) {
    ava_window_show_page (bench->stage.window, from);
    stage_settle ();
    watch_begin (&watch);
    ava_window_show_page (bench->stage.window, to);
    wait_for_frame (bench);
    watch_end (&watch);
  }
  watch_print (&watch, name, SWITCH_GOAL_MS);
}

static void
measure_switches (Bench *bench)
{
  static const char *const pages[] = { "live", "calendar", "customers", "settings" };

  for (guint from = 0; from < G_N_ELEMENTS (pages); from++) {
    for (guint to = 0; to < G_N_ELEMENTS (pages); to++) {
      if (from != to)
        measure_switch (bench, pages[from], pages[to]);
    }
  }
}

static double
read_rss_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

static void
open_window (Bench *bench)
{
  static const char *const pages[] = { "calendar", "customers", "settings" };
  GtkWidget *page;

  stage_open (&bench->stage, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->stage.window), 1200, 760);
  stage_settle ();
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (bench->stage.window)), "after-paint", G_CALLBACK (on_after_paint), bench);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *name = g_strdup_printf ("open_%s_first", pages[i]);
    Watch watch;

    watch_init (&watch);
    watch_begin (&watch);
    ava_window_show_page (bench->stage.window, pages[i]);
    wait_for_frame (bench);
    watch_end (&watch);
    watch_print (&watch, name, SWITCH_GOAL_MS);
    stage_settle ();
  }
  ava_window_show_page (bench->stage.window, "customers");
  stage_settle ();
  page = ava_window_find_page (bench->stage.window, "customers");
  bench->search = stage_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  bench->found = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (ava_customers_page_get_selection (AVA_CUSTOMERS_PAGE (page))));
  bench->found = gtk_slice_list_model_get_model (GTK_SLICE_LIST_MODEL (bench->found));
}

/* --- the program --- */

static double
read_value (const char *output,
            const char *name)
{
  const char *line = strstr (output, name);

  if (line == NULL)
    g_error ("the program did not start: it told no %s", name);
  return g_ascii_strtod (line + strlen (name), NULL);
}

/* The best tells what the program can do on an idle machine, the worst what somebody has seen: only the median is judged. */
static void
print_starts (const char *name,
              GArray     *values,
              const char *unit,
              double      goal)
{
  g_autofree char *best = g_strconcat (name, "_best", NULL);
  g_autofree char *worst = g_strconcat (name, "_worst", NULL);

  g_array_sort (values, compare);
  print_row (name, g_array_index (values, double, values->len / 2), unit, goal);
  print_row (best, g_array_index (values, double, 0), unit, goal);
  print_row (worst, g_array_index (values, double, values->len - 1), unit, goal);
}

static void
measure_start (const char *program)
{
  g_autoptr (GArray) frames_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) rss_mb = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < STARTS + 1; i++) {   /* the first one makes the demo spa, and does not count */
    static char *folder = NULL;
    g_autofree char *output = NULL;
    g_autoptr (GError) error = NULL;
    const char *argv[] = { program, "--demo", "--data-dir", NULL, "--measure-start", NULL };

    if (folder == NULL)
      folder = g_dir_make_tmp ("ava-bench-XXXXXX", NULL);
    argv[3] = folder;
    if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL, &error))
      g_error ("%s", error->message);
    if (i > 0) {
      double frame_ms = read_value (output, "first_frame_ms ");
      double mb = read_value (output, "rss_mb ");

      g_array_append_val (frames_ms, frame_ms);
      g_array_append_val (rss_mb, mb);
    }
  }
  print_starts ("demo_first_frame", frames_ms, "ms", 300);
  print_starts ("demo_rss", rss_mb, "MB", 120);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };

  if (argc == 5 && strcmp (argv[1], "fill") == 0)
    return fill (argv[2], atoi (argv[3]), atoi (argv[4]));
  if (argc < 2) {
    g_printerr ("Usage: bench-window FRONT-DESK [CUSTOMERS [APPOINTMENTS]]\n");
    return 2;
  }
  measure_start (argv[1]);
  stage_start_gtk ();
  stage_make (&bench.stage);
  fill_apart (argv[0], bench.stage.folder, argc > 2 ? argv[2] : "100000", argc > 3 ? argv[3] : "1000000");
  open_window (&bench);
  measure_switches (&bench);
  measure_search (&bench);
  print_row ("rss", read_rss_mb (), "MB", 250);
  stage_tear_down (&bench.stage);
  return 0;
}
