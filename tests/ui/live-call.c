/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-log.h"
#include "ava-loop-meter.h"
#include "stage.h"

#include <sys/resource.h>

/* The window takes one call of a simulated caller, here and now. Prints what is said as it is said,
 * what was booked, how long things took and what they cost; leaves pictures of the window. Fails when the call
 * does not come to the outcome named; without one, when it comes to none.
 * Usage: live-call CALLER FOLDER PROFILE [OUTCOME] */

#define LONGEST_CALL 240   /* [s] */

static gboolean
is_over (gpointer user_data)
{
  return ava_call_session_get_state (user_data) == AVA_CALL_ENDED;
}

static void
on_item_settled (AvaTranscriptItem *item)
{
  if (!item->interim && item->text != NULL && *item->text != '\0')
    g_print ("%3d:%02d  %-6s  %s%s\n", (int) (item->start_us / G_USEC_PER_SEC / 60),
             (int) (item->start_us / G_USEC_PER_SEC % 60), ava_role_to_string (item->role), item->text,
             item->interrupted ? " [interrupted]" : "");
}

static void
on_items (GListModel *items,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (items, i);

    if (item->interim)
      g_signal_connect (item, "notify::interim", G_CALLBACK (on_item_settled), NULL);
    else
      on_item_settled (item);
  }
}

static void
print_card (AvaCallSession *session)
{
  AvaBookingCard *card = ava_call_session_get_card (session);
  g_autofree char *outcome = NULL;

  g_object_get (session, "outcome", &outcome, NULL);
  g_print ("\nOutcome: %s\n", outcome);
  for (guint i = 0; i < AVA_CARD_N_FIELDS; i++) {
    if (card->values[i] != NULL)
      g_print ("  %-9s %s\n", ava_card_field_to_string (i), card->values[i]);
  }
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static void
print_timing (AvaCallSession *session)
{
  GArray *timings = ava_call_session_get_timings (session);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < timings->len; i++) {
    AvaTurnTiming *timing = &g_array_index (timings, AvaTurnTiming, i);
    gint64 answer_us = timing->first_audio_us - timing->speech_end_us;

    if (timing->first_audio_us > 0 && answer_us > 0)
      g_array_append_val (answers, answer_us);
  }
  g_array_sort (answers, compare_times);
  g_print ("\nGreeting after %.2f s", ava_call_session_get_greeting_us (session) / 1e6);
  if (answers->len > 0)
    g_print ("; %u answers, median %.2f s after the caller, slowest %.2f s", answers->len,
             g_array_index (answers, gint64, answers->len / 2) / 1e6,
             g_array_index (answers, gint64, answers->len - 1) / 1e6);
  g_print ("\n");
}

/* The longest stretch is of the talk alone: taking a picture stops the loop too, which no call does. */
static void
print_cost (gint64 busy_us)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  g_print ("CPU %.1f s, peak memory %ld MB; main loop busy for %.1f ms at most\n",
           usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
           usage.ru_maxrss / 1024, busy_us / 1e3);
}

static gboolean
is_as_wished (AvaCallSession *session,
              const char     *wished)
{
  g_autofree char *outcome = NULL;

  g_object_get (session, "outcome", &outcome, NULL);
  if (wished == NULL ? outcome != NULL && !g_str_equal (outcome, "interrupted") : g_strcmp0 (outcome, wished) == 0)
    return TRUE;
  g_printerr ("live-call: the call came to “%s”%s%s\n", outcome != NULL ? outcome : "nothing",
              wished != NULL ? " instead of " : "", wished != NULL ? wished : "");
  return FALSE;
}

static void
shoot (AvaWindow  *window,
       const char *folder,
       const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (stage_shoot (window, path))
    g_print ("Picture: %s\n", path);
}

/* Something is to be seen: a name, an alarm, or a conversation. */
static gboolean
is_under_way (gpointer user_data)
{
  AvaBookingCard *card = ava_call_session_get_card (user_data);

  return is_over (user_data) || card->values[AVA_CARD_NAME] != NULL || card->alert != NULL ||
         g_list_model_get_n_items (ava_call_session_get_transcript (user_data)) >= 12;
}

/* Returns: [us] that the main loop was busy at most while they talked */
static gint64
watch_call (AvaCallSession *session,
            AvaWindow      *window,
            const char     *folder)
{
  gint64 busy_us;

  ava_loop_meter_start ();
  stage_wait (is_under_way, session, LONGEST_CALL);
  busy_us = ava_loop_meter_get_longest ();
  shoot (window, folder, "during-the-call.png");
  ava_loop_meter_reset ();
  if (!stage_wait (is_over, session, LONGEST_CALL))
    ava_call_session_end (session);
  return MAX (busy_us, ava_loop_meter_get_longest ());
}

static int
take_call (AvaContext *context,
           AvaWindow  *window,
           const char *caller,
           const char *folder,
           const char *wished)
{
  g_autoptr (GError) error = NULL;
  AvaCallSession *started = ava_context_start_call (context, caller, &error);
  g_autoptr (AvaCallSession) session = started != NULL ? g_object_ref (started) : NULL;
  const char *booked;
  gint64 busy_us;

  if (session == NULL) {
    g_printerr ("live-call: %s\n", error->message);
    return 1;
  }
  g_signal_connect (ava_call_session_get_transcript (session), "items-changed", G_CALLBACK (on_items), NULL);
  busy_us = watch_call (session, window, folder);
  print_card (session);
  print_timing (session);
  print_cost (busy_us);
  shoot (window, folder, "after-the-call.png");
  booked = ava_call_session_get_card (session)->appointment_id;
  if (booked != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-appointment", "s", booked);
  else
    ava_window_show_page (window, "calendar");
  stage_settle ();
  shoot (window, folder, "calendar.png");
  return is_as_wished (session, wished) ? 0 : 1;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GtkApplication) application = NULL;
  AvaWindow *window;
  int status;

  if (argc < 4 || argc > 5 || g_mkdir_with_parents (argv[2], 0755) != 0) {
    g_printerr ("Usage: live-call CALLER FOLDER PROFILE [OUTCOME]\n");
    return 2;
  }
  ava_log_init ();
  stage_start_gtk ();
  context = ava_context_new (argv[3], clock, TRUE, &error);
  if (context == NULL) {
    g_printerr ("live-call: %s\n", error->message);
    return 1;
  }
  application = GTK_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, NULL);
  window = ava_window_new (application, context);
  gtk_window_present (GTK_WINDOW (window));
  stage_settle ();
  status = take_call (context, window, argv[1], argv[2], argv[4]);
  gtk_window_destroy (GTK_WINDOW (window));
  stage_settle ();
  ava_context_shut_down (context);
  return status;
}
