/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "large-spa.h"
#include "stage.h"

#include "ava-calendar-page.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* How long the calendar takes to be seen, on a large book of twelve providers. Rows: name value unit reference
 * ratio; the references are the budgets: 100 ms from a key to the pixels, 16.7 ms a frame, 250 MB, and 2 ms for
 * what the rules do of a day. Run with a display: tests/ui/with-display.sh bench-calendar [customers [appointments]] */

#define DAYS 40
#define FRAMES 150
#define DAILY 70         /* appointments that such a spa has a day, about: so many days reach from the past beyond today */
#define EVENTS 20

typedef struct {
  Stage stage;
  AvaCalendarPage *page;
  AvaDayView *view;
  gint64 layout_us;       /* monotonic, when the frame began */
  gint64 frame_us;        /* [us] that the last one took */
  guint n_frames;
} Bench;

static void
print_row (const char *name,
           double      value,
           const char *unit,
           double      reference)
{
  g_print ("%s %.2f %s %.2f %.2f\n", name, value, unit, reference, value / reference);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

static void
print_times (const char *name,
             GArray     *times,
             double      budget_ms)
{
  g_autofree char *p50 = g_strdup_printf ("%s-p50", name);
  g_autofree char *p99 = g_strdup_printf ("%s-p99", name);

  g_array_sort (times, compare);
  print_row (p50, g_array_index (times, gint64, times->len / 2) / 1000.0, "ms", budget_ms);
  print_row (p99, g_array_index (times, gint64, times->len * 99 / 100) / 1000.0, "ms", budget_ms);
}

/* --- the book --- */

static void
fill (const char *folder,
      AvaClock   *clock,
      guint       customers,
      guint       appointments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = large_spa_read ();
  AvaStore *store;

  store = ava_store_open (folder, clock, &error);
  if (store == NULL || !ava_store_fill_demo (store, large, 1, customers, MAX (appointments / DAILY, 60), appointments, &error))
    g_error ("%s", error->message);
  ava_store_close (store);
  g_object_unref (store);
}

/* --- frames --- */

static void
on_before_paint (Bench *bench)
{
  bench->layout_us = g_get_monotonic_time ();
}

static void
on_after_paint (Bench *bench)
{
  bench->frame_us = g_get_monotonic_time () - bench->layout_us;
  bench->n_frames++;
}

static gboolean
shows_day (Bench *bench,
           int    day_of_year)
{
  AvaDayBoard *board = ava_day_view_get_board (bench->view);

  return board != NULL && board->columns->len > 0 &&
         (int) g_date_get_day_of_year (&ava_day_board_get (board, 0)->day) == day_of_year;
}

/* Until what is asked for is on the screen. */
static gint64
wait_for_day (Bench *bench,
              gint64 from_us)
{
  int day = g_date_time_get_day_of_year (ava_calendar_page_get_day (bench->page));
  guint n_frames;

  while (!shows_day (bench, day))
    g_main_context_iteration (NULL, TRUE);
  n_frames = bench->n_frames;
  gtk_widget_queue_draw (GTK_WIDGET (bench->view));
  while (bench->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
  return g_get_monotonic_time () - from_us;
}

static void
measure_days (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint chips = 0;

  for (guint i = 0; i < DAYS; i++) {
    gint64 from_us = g_get_monotonic_time ();
    gint64 taken_us;

    ava_calendar_page_move (bench->page, 1);
    taken_us = wait_for_day (bench, from_us);
    g_array_append_val (times, taken_us);
    chips = MAX (chips, ava_day_view_get_n_chips (bench->view));
  }
  print_times ("day-change", times, 100);
  print_row ("day-appointments", chips, "rows", 120);
}

static void
measure_page (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < DAYS; i++) {
    gint64 from_us;
    gint64 taken_us;
    guint n_frames;

    ava_window_show_page (bench->stage.window, "live");
    stage_settle ();
    from_us = g_get_monotonic_time ();
    n_frames = bench->n_frames;
    ava_window_show_page (bench->stage.window, "calendar");
    while (bench->n_frames == n_frames)
      g_main_context_iteration (NULL, TRUE);
    taken_us = g_get_monotonic_time () - from_us;
    g_array_append_val (times, taken_us);
  }
  print_times ("page-switch", times, 100);
}

static void
measure_view (Bench           *bench,
              AvaCalendarView  view,
              const char      *name)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 10; i++) {
    gint64 from_us;
    gint64 taken_us;
    guint n_frames;

    ava_calendar_page_set_view (bench->page, AVA_CALENDAR_DAY);
    stage_settle ();
    from_us = g_get_monotonic_time ();
    ava_calendar_page_set_view (bench->page, view);
    do {
      n_frames = bench->n_frames;
      while (bench->n_frames == n_frames && g_get_monotonic_time () - from_us < 10 * G_USEC_PER_SEC)
        g_main_context_iteration (NULL, TRUE);
    } while (ava_cell_grid_get_n_cells (ava_calendar_page_get_grid (bench->page)) == 0 ||
             !gtk_widget_get_mapped (GTK_WIDGET (ava_calendar_page_get_grid (bench->page))));
    taken_us = g_get_monotonic_time () - from_us;
    g_array_append_val (times, taken_us);
  }
  print_times (name, times, 100);
}

static void
measure_scroll (Bench      *bench,
                const char *name)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (bench->view), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place;

  if (ava_calendar_page_get_view_kind (bench->page) == AVA_CALENDAR_WEEK)
    scrolled = gtk_widget_get_ancestor (GTK_WIDGET (ava_calendar_page_get_grid (bench->page)), GTK_TYPE_SCROLLED_WINDOW);
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (gtk_adjustment_get_upper (place) <= gtk_adjustment_get_page_size (place))
    g_error ("%s: all of it is on the screen, there is nothing to scroll", name);
  for (guint i = 0; i < FRAMES; i++) {
    guint n_frames = bench->n_frames;
    double room = gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place);

    gtk_adjustment_set_value (place, ABS ((int) (i * 13) % (int) MAX (2 * room, 2) - room));
    gtk_widget_queue_draw (scrolled);
    while (bench->n_frames == n_frames)
      g_main_context_iteration (NULL, TRUE);
    g_array_append_val (times, bench->frame_us);
  }
  print_times (name, times, 16.7);
}

static void
measure_rules (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  AvaDayBoard *shown = ava_day_view_get_board (bench->view);
  AvaBoardQuery query = {
    .spa = shown->spa, .appointments = shown->appointments, .statuses = ~0u, .first_day = ava_day_board_get (shown, 0)->day,
  };

  for (guint i = 0; i < 100; i++) {
    gint64 from_us = g_get_monotonic_time ();
    g_autoptr (AvaDayBoard) board = ava_day_board_build (&query);
    gint64 taken_us = g_get_monotonic_time () - from_us;

    g_array_append_val (times, taken_us);
  }
  print_times ("day-board", times, 2);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) changed = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (changed == NULL)
    g_error ("%s", error->message);
  *(gint64 *) user_data = g_get_monotonic_time ();
}

/* From what is written in the book, by whomever, to what is seen of it: the state of one appointment. */
static void
measure_events (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  AvaBook *book = ava_calendar_page_get_book (bench->page);
  AvaAppointmentChip *chip = AVA_APPOINTMENT_CHIP (ava_day_view_step (bench->view, GTK_DIR_DOWN, TRUE));
  g_autofree char *id = g_strdup (ava_appointment_chip_get_appointment (chip)->id);

  for (guint i = 0; i < EVENTS; i++) {
    AvaAppointmentStatus to = i % 2 == 0 ? AVA_APPOINTMENT_CONFIRMED : AVA_APPOINTMENT_SCHEDULED;
    gint64 written_us = 0;
    gint64 taken_us;
    guint n_frames;

    ava_book_set_status_async (book, id, to, moved_cb, &written_us);
    while (written_us == 0)
      g_main_context_iteration (NULL, TRUE);
    while (ava_appointment_chip_get_appointment (ava_day_view_find_chip (bench->view, id))->status != to)
      g_main_context_iteration (NULL, TRUE);
    n_frames = bench->n_frames;
    while (bench->n_frames == n_frames)
      g_main_context_iteration (NULL, TRUE);
    taken_us = g_get_monotonic_time () - written_us;
    g_array_append_val (times, taken_us);
  }
  print_times ("change-to-pixels", times, 100);
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
  gint64 from_us;
  GdkFrameClock *frames;

  gtk_window_set_default_size (GTK_WINDOW (bench->stage.window), 1200, 760);
  stage_settle ();
  frames = gtk_widget_get_frame_clock (GTK_WIDGET (bench->stage.window));
  g_signal_connect_swapped (frames, "before-paint", G_CALLBACK (on_before_paint), bench);
  g_signal_connect_swapped (frames, "after-paint", G_CALLBACK (on_after_paint), bench);
  from_us = g_get_monotonic_time ();
  ava_window_show_page (bench->stage.window, "calendar");
  bench->page = AVA_CALENDAR_PAGE (ava_window_find_page (bench->stage.window, "calendar"));
  bench->view = ava_calendar_page_get_view (bench->page);
  while (ava_day_view_get_n_chips (bench->view) == 0 && g_get_monotonic_time () - from_us < 20 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  if (ava_day_view_get_n_chips (bench->view) == 0)
    g_error ("The book has no appointment today: there is nothing to measure");
  print_row ("page-first-open", wait_for_day (bench, from_us) / 1000.0, "ms", 100);
}

int
main (int   argc,
      char *argv[])
{
  guint customers = argc > 1 ? atoi (argv[1]) : 100000;
  guint appointments = argc > 2 ? atoi (argv[2]) : 1000000;
  Bench bench = { 0 };

  argc = 1;
  stage_init (&argc, &argv);
  stage_make (&bench.stage);
  fill (bench.stage.folder, bench.stage.clock, customers, appointments);
  stage_open (&bench.stage, FALSE);
  open_window (&bench);
  measure_page (&bench);
  measure_events (&bench);
  measure_days (&bench);
  measure_rules (&bench);
  measure_scroll (&bench, "day-scroll-frame");
  measure_view (&bench, AVA_CALENDAR_WEEK, "week-switch");
  measure_scroll (&bench, "week-scroll-frame");
  measure_view (&bench, AVA_CALENDAR_MONTH, "month-switch");
  print_row ("rss", read_rss_mb (), "MB", 250);
  stage_tear_down (&bench.stage);
  return 0;
}
