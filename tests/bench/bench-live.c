/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-live-page.h"
#include "ava-loop-meter.h"
#include "stage.h"

/* From an event of a call to the frame in which it stands on the screen (goal: 100 ms), with one and with
 * several simulated calls at once in the real window, and how long the main loop is busy at most (goal: 16 ms).
 * Usage: bench-live */

#define SECONDS 25         /* of talk that are watched */
#define GOAL_MS 100
#define BUSY_GOAL_MS 16

typedef struct {
  GArray *waits;           /* double, [ms] */
  gint64 changed_us;       /* [us] monotonic, of the first change that is not drawn yet; 0 for none */
  AvaCallSession *shown;   /* whose words are counted */
} Watch;

static void
note_change (Watch *watch)
{
  if (watch->changed_us == 0)
    watch->changed_us = g_get_monotonic_time ();
}

static void
on_items (GListModel *items,
          guint       position,
          guint       removed,
          guint       added,
          Watch      *watch)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (items, i);

    g_signal_connect_swapped (item, "notify", G_CALLBACK (note_change), watch);
  }
  note_change (watch);
}

static void
on_after_paint (GdkFrameClock *frames,
                Watch         *watch)
{
  double wait_ms = (g_get_monotonic_time () - watch->changed_us) / 1000.0;

  if (watch->changed_us == 0)
    return;
  watch->changed_us = 0;
  g_array_append_val (watch->waits, wait_ms);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
print_rows (Watch *watch,
            guint  calls,
            double cpu)
{
  double busy_ms = ava_loop_meter_get_longest () / 1e3;
  static const struct { const char *name; double share; } rows[] = { { "p50", 0.5 }, { "p95", 0.95 }, { "p99", 0.99 }, { "max", 1 } };

  g_array_sort (watch->waits, compare);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint at = MIN (watch->waits->len * rows[i].share, watch->waits->len - 1);
    double ms = g_array_index (watch->waits, double, at);

    g_print ("event_to_pixel_%u_calls_%s %.1f ms goal %d ratio %.2f\n", calls, rows[i].name, ms, GOAL_MS, ms / GOAL_MS);
  }
  g_print ("main_loop_busy_%u_calls_max %.1f ms goal %d ratio %.2f\n", calls, busy_ms, BUSY_GOAL_MS, busy_ms / BUSY_GOAL_MS);
  g_print ("events_drawn_%u_calls %u events\n", calls, watch->waits->len);
  g_print ("processor_%u_calls %.0f %% of a core\n", calls, cpu * 100);
}

static gboolean
is_talking (gpointer user_data)
{
  return g_list_model_get_n_items (ava_call_session_get_transcript (user_data)) > 0;
}

static void
forget_items (GListModel *items,
              Watch      *watch)
{
  g_signal_handlers_disconnect_by_data (items, watch);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (items, i);

    g_signal_handlers_disconnect_by_data (item, watch);
  }
}

static void
watch_for (guint seconds)
{
  gint64 until_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (guint calls)
{
  static const char *const callers[] = {
    "01-sam-books-botox.caller", "02-changes-her-mind.caller", "03-price-and-hours-first.caller", "08-unknown-number.caller",
  };
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (g_object_unref);
  Stage stage = { 0 };
  Watch watch = { .waits = g_array_new (FALSE, FALSE, sizeof (double)) };
  GdkFrameClock *frames;
  gint64 began_us;
  clock_t cpu;

  stage_set_up (&stage);
  for (guint i = 0; i < calls; i++) {
    g_autofree char *path = stage_find_caller (callers[i % G_N_ELEMENTS (callers)]);
    AvaCallSession *session = ava_context_start_call (stage.context, path, NULL);

    g_ptr_array_add (sessions, g_object_ref (session));
  }
  watch.shown = sessions->pdata[0];
  stage_wait (is_talking, watch.shown, 60);
  frames = gtk_widget_get_frame_clock (GTK_WIDGET (stage.window));
  g_signal_connect (ava_call_session_get_transcript (watch.shown), "items-changed", G_CALLBACK (on_items), &watch);
  g_signal_connect_swapped (ava_call_session_get_card (watch.shown), "changed", G_CALLBACK (note_change), &watch);
  g_signal_connect_swapped (watch.shown, "notify::agent-state", G_CALLBACK (note_change), &watch);
  g_signal_connect (frames, "after-paint", G_CALLBACK (on_after_paint), &watch);
  began_us = g_get_monotonic_time ();
  cpu = clock ();
  ava_loop_meter_start ();
  watch_for (SECONDS);
  print_rows (&watch, calls, (double) (clock () - cpu) / CLOCKS_PER_SEC / ((g_get_monotonic_time () - began_us) / 1e6));

  g_signal_handlers_disconnect_by_data (frames, &watch);
  for (guint i = 0; i < sessions->len; i++) {
    forget_items (ava_call_session_get_transcript (sessions->pdata[i]), &watch);
    g_signal_handlers_disconnect_by_data (ava_call_session_get_card (sessions->pdata[i]), &watch);
    g_signal_handlers_disconnect_by_data (sessions->pdata[i], &watch);
    ava_call_session_end (sessions->pdata[i]);
  }
  g_ptr_array_set_size (sessions, 0);
  stage_tear_down (&stage);
  g_array_unref (watch.waits);
}

int
main (int   argc,
      char *argv[])
{
  stage_start_gtk ();
  measure (1);
  measure (4);
  return 0;
}
