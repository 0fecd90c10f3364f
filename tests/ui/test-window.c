/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-panel.h"
#include "ava-call-tile.h"
#include "ava-follow-up-list.h"
#include "ava-recent-calls.h"
#include "ava-window-private.h"
#include "stage.h"

#include <glib/gstdio.h>

/* The real window on the real desk with the demo spa. */

static void
every_icon_of_our_own_is_there (void)
{
  g_autoptr (GtkIconTheme) theme = g_object_ref (gtk_icon_theme_get_for_display (gdk_display_get_default ()));
  g_auto (GStrv) names = g_resources_enumerate_children ("/com/getevaai/FrontDesk/icons/scalable/actions",
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert_cmpuint (g_strv_length (names), >=, 16);
  for (guint i = 0; names[i] != NULL; i++) {
    names[i][strlen (names[i]) - strlen (".svg")] = '\0';
    g_assert_true (gtk_icon_theme_has_icon (theme, names[i]));
  }
}

/* The first row in sight that leads to @action. */
static GtkWidget *
find_row (GtkWidget  *from,
          const char *action)
{
  if (!gtk_widget_get_mapped (from))
    return NULL;
  if (GTK_IS_LIST_BOX_ROW (from) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (from)), action) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, action);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_arrivals (gpointer user_data)
{
  return find_row (user_data, "win.show-appointment") != NULL;
}

static void
idle_window_is_ready_and_lists_arrivals_of_today (void)
{
  Stage stage = { 0 };

  stage_set_up (&stage);
  g_assert_cmpstr (ava_window_get_page (stage.window), ==, "live");
  g_assert_true (stage_has_text (GTK_WIDGET (stage.window), "Ava is ready"));
  g_assert_true (stage_wait (has_arrivals, stage.window, 10));
  g_assert_nonnull (find_row (GTK_WIDGET (stage.window), "win.show-customer"));   /* a recent call */
  stage_tear_down (&stage);
}

static gboolean
has_follow_ups (gpointer user_data)
{
  GtkWidget *list = stage_find (user_data, AVA_TYPE_FOLLOW_UP_LIST, NULL);

  return list != NULL && ava_follow_up_list_count (AVA_FOLLOW_UP_LIST (list)) > 0;
}

static gboolean
has_no_follow_ups (gpointer user_data)
{
  GtkWidget *list = stage_find (user_data, AVA_TYPE_FOLLOW_UP_LIST, NULL);

  return list != NULL && ava_follow_up_list_count (AVA_FOLLOW_UP_LIST (list)) == 0;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ava_store_add_task_finish (AVA_STORE (source), result, &error);

  g_assert_no_error (error);
}

static void
note_call_back (Stage *stage)
{
  const AvaActor actor = { .who = "ava" };

  ava_store_add_task_async (ava_context_get_store (stage->context), &actor, "callback", "Zora Quill", "+12125550142",
                            "Asked for filler", NULL, noted_cb, NULL);
}

typedef struct {
  AvaFollowUpList *list;
  guint count;
} Waiting;

static gboolean
has_count (gpointer user_data)
{
  Waiting *waiting = user_data;

  return ava_follow_up_list_count (waiting->list) == waiting->count;
}

static void
whoever_waits_is_listed_until_it_is_done (void)
{
  Stage stage = { 0 };
  GtkWidget *list;
  Waiting waiting;

  stage_set_up (&stage);
  g_assert_true (stage_wait (has_arrivals, stage.window, 10));
  g_assert_nonnull (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_RECENT_CALLS, NULL));
  g_assert_cmpuint (ava_recent_calls_count (AVA_RECENT_CALLS (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_RECENT_CALLS, NULL))), >, 0);
  note_call_back (&stage);
  g_assert_true (stage_wait (has_follow_ups, stage.window, 10));
  stage_settle ();
  list = stage_find (GTK_WIDGET (stage.window), AVA_TYPE_FOLLOW_UP_LIST, NULL);
  waiting = (Waiting) { AVA_FOLLOW_UP_LIST (list), ava_follow_up_list_count (AVA_FOLLOW_UP_LIST (list)) };
  while (waiting.count > 0) {
    waiting.count--;
    gtk_widget_activate (stage_find (list, GTK_TYPE_BUTTON, "_Done"));
    g_assert_true (stage_wait (has_count, &waiting, 10));
  }
  g_assert_true (stage_wait (has_no_follow_ups, stage.window, 10));
  gtk_widget_activate (stage_find (list, GTK_TYPE_BUTTON, "_Undo"));
  g_assert_true (stage_wait (has_follow_ups, stage.window, 10));
  stage_tear_down (&stage);
}

static void
pages_are_made_when_they_are_shown_and_actions_follow (void)
{
  Stage stage = { 0 };

  stage_set_up (&stage);
  g_assert_null (stage.window->calendar);
  g_assert_null (stage.window->customers);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.page", "s", "calendar"));
  g_assert_cmpstr (ava_window_get_page (stage.window), ==, "calendar");
  g_assert_nonnull (stage.window->calendar);
  g_assert_null (stage.window->customers);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.search", NULL));
  g_assert_cmpstr (ava_window_get_page (stage.window), ==, "customers");
  ava_window_show_page (stage.window, "no such page");
  g_assert_cmpstr (ava_window_get_page (stage.window), ==, "customers");
  g_assert_false (g_action_get_enabled (g_action_map_lookup_action (G_ACTION_MAP (stage.window), "steer")));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (stage.window->call_actions), "end"));
  stage_tear_down (&stage);
}

static gboolean
has_chips (gpointer user_data)
{
  return ava_day_view_get_n_chips (user_data) > 0;
}

static gboolean
has_side (gpointer user_data)
{
  return ava_calendar_page_is_side_revealed (user_data);
}

static void
calendar_shows_today_moves_by_days_and_opens_details (void)
{
  Stage stage = { 0 };
  AvaCalendarPage *page;
  AvaAppointmentChip *chip;
  AvaDayView *view;
  GtkWidget *panel;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "calendar");
  page = ava_window_get_calendar (stage.window);
  view = ava_calendar_page_get_view (page);
  g_assert_true (stage_wait (has_chips, view, 10));
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (page)), ==, 1);
  g_assert_cmpint (g_date_time_get_month (ava_calendar_page_get_day (page)), ==, 12);

  chip = AVA_APPOINTMENT_CHIP (ava_day_view_step (view, GTK_DIR_DOWN, TRUE));
  g_assert_nonnull (chip);
  stage_settle ();
  g_assert_true (gtk_widget_activate (GTK_WIDGET (chip)));
  stage_settle ();
  g_assert_true (stage_wait (has_side, page, 10));
  stage_settle ();
  panel = stage_find (GTK_WIDGET (page), AVA_TYPE_APPOINTMENT_PANEL, NULL);
  g_assert_nonnull (panel);
  g_assert_true (stage_has_text (panel, ava_appointment_chip_get_appointment (chip)->customer_name));

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.move-days", "i", -2);
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (page)), ==, 29);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_n_chips (view), ==, 0);   /* a Sunday */
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.today", NULL);
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (page)), ==, 1);
  g_assert_true (stage_wait (has_chips, view, 10));
  stage_tear_down (&stage);
}

static guint
count_customers (Stage *stage)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ava_customers_page_get_selection (ava_window_get_customers (stage->window))));
}

static gboolean
has_all (gpointer user_data)
{
  return count_customers (user_data) >= 400;
}

static gboolean
has_few (gpointer user_data)
{
  return count_customers (user_data) < 100;
}

static gboolean
has_none (gpointer user_data)
{
  return stage_has_text (user_data, "Nobody found");
}

typedef struct {
  AvaCustomerCard *card;
  const char *name;
} Card;

static gboolean
shows_name (gpointer user_data)
{
  Card *card = user_data;

  return g_strcmp0 (ava_customer_card_get_name (card->card), card->name) == 0;
}

static void
customers_are_searched_and_shown (void)
{
  Stage stage = { 0 };
  AvaCustomersPage *page;
  g_autoptr (AvaCustomer) customer = NULL;
  g_autofree char *fragment = NULL;
  Card card;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "customers");
  page = ava_window_get_customers (stage.window);
  g_assert_true (stage_wait (has_all, &stage, 10));
  stage_settle ();
  customer = g_list_model_get_item (G_LIST_MODEL (ava_customers_page_get_selection (page)), 5);
  g_assert_nonnull (customer->name);
  fragment = g_strndup (customer->name, 5);

  ava_customers_page_set_search (page, fragment);
  g_assert_true (stage_wait (has_few, &stage, 10));
  g_assert_cmpuint (count_customers (&stage), >, 0);
  ava_customers_page_set_search (page, "no such person at all");
  g_assert_true (stage_wait (has_none, stage.window, 10));

  ava_customers_page_show_customer (page, customer->id);
  card = (Card) { ava_customers_page_get_card (page), customer->name };
  g_assert_true (stage_wait (shows_name, &card, 10));
  stage_tear_down (&stage);
}

static void
window_folds_and_every_page_fits_360_pixels (void)
{
  static const char *const names[] = { "live", "calendar", "customers", "settings" };
  Stage stage = { 0 };
  int minimum;

  stage_set_up (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ava_window_show_page (stage.window, names[i]);
  stage_settle ();
  gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (stage.window)) != NULL
                        ? gtk_window_get_child (GTK_WINDOW (stage.window)) : GTK_WIDGET (stage.window),
                      GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    ava_window_show_page (stage.window, names[i]);
    stage_resize (&stage, 600, 700);
    if (ADW_IS_LEAFLET (stage.window->split))
      g_assert_true (adw_leaflet_get_folded (ADW_LEAFLET (stage.window->split)));
    g_assert_true (gtk_widget_get_child_visible (ava_window_find_page (stage.window, names[i])));
    stage_resize (&stage, 1200, 700);
    if (ADW_IS_LEAFLET (stage.window->split))
      g_assert_false (adw_leaflet_get_folded (ADW_LEAFLET (stage.window->split)));
  }
  stage_tear_down (&stage);
}

static void
every_page_stands_large_text_and_right_to_left (void)
{
  static const char *const names[] = { "live", "calendar", "customers", "settings" };
  Stage stage = { 0 };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-test-look.png", NULL);
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  stage_set_up (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    ava_window_show_page (stage.window, names[i]);
    stage_resize (&stage, 800, 700);
    g_assert_true (stage_shoot (stage.window, path));   /* warnings are fatal here */
  }
  g_unlink (path);
  stage_tear_down (&stage);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

/* --- a real call --- */

static gboolean
greets (gpointer user_data)
{
  return g_list_model_get_n_items (ava_call_session_get_transcript (user_data)) > 0;
}

static gboolean
is_over (gpointer user_data)
{
  return ava_call_session_get_state (user_data) == AVA_CALL_ENDED;
}

static gboolean
is_enabled (Stage      *stage,
            const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (stage->window->call_actions), name);
}

static void
practice_call_is_started_steered_muted_ended_and_dismissed (void)
{
  Stage stage = { 0 };
  g_autoptr (AvaCallSession) session = NULL;
  gboolean muted = FALSE;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "calendar");
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "no-such.caller");
  g_assert_null (ava_live_page_get_session (ava_window_get_live (stage.window)));
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "01-sam-books-botox.caller");
  g_assert_cmpstr (ava_window_get_page (stage.window), ==, "live");
  session = g_object_ref (ava_live_page_get_session (ava_window_get_live (stage.window)));
  g_assert_true (stage_wait (greets, session, 60));
  stage_settle ();
  g_assert_nonnull (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_TRANSCRIPT_VIEW, NULL));
  g_assert_cmpstr (ava_call_view_get_state (ava_live_page_get_view (stage.window->live)), ==, "Ava is speaking");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (stage.window->call_count)));
  g_assert_true (is_enabled (&stage, "end") && is_enabled (&stage, "mute") && is_enabled (&stage, "steer"));
  g_assert_false (is_enabled (&stage, "dismiss"));

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.mute", NULL);
  g_object_get (session, "muted", &muted, NULL);
  g_assert_true (muted);
  g_assert_cmpstr (ava_call_view_get_state (ava_live_page_get_view (stage.window->live)), ==, "Ava is muted");
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.mute", NULL);

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.end", NULL);
  g_assert_true (stage_wait (is_over, session, 10));
  stage_settle ();
  g_assert_cmpstr (ava_call_view_get_state (ava_live_page_get_view (stage.window->live)), ==, "Call ended");
  g_assert_false (is_enabled (&stage, "end"));
  g_assert_true (is_enabled (&stage, "dismiss"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (stage.window->call_count)));
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.dismiss", NULL);
  stage_settle ();
  g_assert_null (ava_live_page_get_session (stage.window->live));
  g_assert_true (stage_has_text (GTK_WIDGET (stage.window), "Ava is ready"));
  stage_tear_down (&stage);
}

static AvaCallSession *
get_focused (Stage *stage)
{
  return ava_live_page_get_session (stage->window->live);
}

static gboolean
has_evidence (gpointer user_data)
{
  return ava_call_session_get_card (user_data)->evidence[AVA_CARD_SERVICE] != NULL;
}

static int
get_playing (AvaCallSession *session)
{
  int playing = -1;

  g_object_get (ava_call_session_get_supervision (session), "playing", &playing, NULL);
  return playing;
}

static gboolean
is_silent (gpointer user_data)
{
  return get_playing (user_data) == -1;
}

static void
several_calls_stand_as_cards_with_one_in_focus (void)
{
  Stage stage = { 0 };
  AvaCallSession *first;
  AvaCallSession *second;

  stage_set_up (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "01-sam-books-botox.caller");
  first = get_focused (&stage);
  stage_settle ();
  g_assert_null (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_CALL_TILE, NULL));
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "02-changes-her-mind.caller");
  g_assert_true (get_focused (&stage) == first);   /* a new call does not take the focus away */
  g_assert_cmpuint (ava_live_page_count (stage.window->live), ==, 2);
  stage_settle ();
  g_assert_nonnull (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_CALL_TILE, NULL));

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.step-call", "i", 1);
  second = get_focused (&stage);
  g_assert_true (second != first);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.step-call", "i", 1);
  g_assert_true (get_focused (&stage) == first);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.step-call", "i", -1);
  g_assert_true (get_focused (&stage) == second);

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.end", NULL);
  g_assert_true (stage_wait (is_over, second, 10));
  g_assert_false (is_over (first));
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.dismiss", NULL);
  g_assert_true (get_focused (&stage) == first);
  stage_settle ();
  g_assert_null (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_CALL_TILE, NULL));
  ava_call_session_end (first);
  stage_tear_down (&stage);
}

static void
a_field_is_heard_and_a_steer_is_seen (void)
{
  Stage stage = { 0 };
  g_autoptr (AvaCallSession) session = NULL;
  AvaCallView *view;

  stage_set_up (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "01-sam-books-botox.caller");
  session = g_object_ref (get_focused (&stage));
  view = ava_live_page_get_view (stage.window->live);
  g_assert_true (stage_wait (has_evidence, session, 90));
  stage_settle ();
  g_assert_nonnull (strstr (ava_card_view_get_words (ava_call_view_get_card (view), AVA_CARD_SERVICE), "botox"));
  g_assert_cmpstr (ava_card_view_get_words (ava_call_view_get_card (view), AVA_CARD_EMAIL), ==, "");

  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.play-field", "i", AVA_CARD_SERVICE);
  g_assert_cmpint (get_playing (session), ==, AVA_CARD_SERVICE);
  g_assert_true (stage_wait (is_silent, session, 20));
  g_assert_cmpstr (ava_card_view_get_trouble (ava_call_view_get_card (view)), ==, "");
  g_setenv ("AVA_AUDIO_SINK", "no-such-speaker", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.play-field", "i", AVA_CARD_SERVICE);
  g_assert_true (stage_wait (is_silent, session, 20));
  g_assert_nonnull (strstr (ava_card_view_get_trouble (ava_call_view_get_card (view)), "speaker"));
  g_unsetenv ("AVA_AUDIO_SINK");

  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.steer", "s", "sing a song");
  stage_settle ();
  g_assert_true (stage_has_text (GTK_WIDGET (view), "sing a song"));
  g_assert_nonnull (strstr (ava_call_view_get_notice (view), "did not understand"));
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "call.steer", "s", "No discount");
  stage_settle ();
  g_assert_cmpstr (ava_call_view_get_notice (view), ==, "");
  ava_call_session_end (session);
  stage_tear_down (&stage);
}

static void
window_asks_before_it_ends_a_call (void)
{
  Stage stage = { 0 };
  g_autoptr (AvaCallSession) session = NULL;
  GListModel *windows = gtk_window_get_toplevels ();
  guint before;

  stage_set_up (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "01-sam-books-botox.caller");
  session = g_object_ref (ava_live_page_get_session (ava_window_get_live (stage.window)));
  before = g_list_model_get_n_items (windows);
  gtk_window_close (GTK_WINDOW (stage.window));
  stage_settle ();
  g_assert_cmpint (ava_call_session_get_state (session), !=, AVA_CALL_ENDED);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (stage.window)));
  g_assert_true (g_list_model_get_n_items (windows) > before || adw_get_minor_version () >= 5);
  ava_call_session_end (session);
  g_assert_true (stage_wait (is_over, session, 10));
  stage_tear_down (&stage);
}

/* --- no microphone --- */

/* No server of sound, and no device below it, whatever this machine has. */
static void
take_devices_away (void)
{
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
  g_setenv ("PULSE_SERVER", "unix:/nowhere/at/all", TRUE);
  g_setenv ("PIPEWIRE_REMOTE", "/nowhere/at/all", TRUE);
  g_setenv ("ALSA_CONFIG_PATH", "/dev/null", TRUE);
}

static gboolean
says (GtkWidget  *from,
      const char *words)
{
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (gtk_widget_get_mapped (child) && says (child, words))
      return TRUE;
  }
  return FALSE;
}

/* A dialog is a window of its own, or stands in the window, by the version. */
static GtkWidget *
find_saying (const char *words)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (gtk_widget_get_mapped (window) && says (window, words))
      return window;
  }
  return NULL;
}

static gboolean
is_told (gpointer user_data)
{
  return find_saying ("The call could not start") != NULL;
}

static void
practice_with_the_microphone_says_that_there_is_none (void)
{
  Stage stage = { 0 };
  GtkWidget *dialog;

  stage_set_up (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "");
  g_assert_true (stage_wait (is_told, NULL, 20));
  dialog = find_saying ("No microphone was found");
  g_assert_nonnull (dialog);
  g_assert_true (says (dialog, "A simulated caller needs no microphone"));
  g_assert_null (ava_live_page_get_session (ava_window_get_live (stage.window)));
  if (dialog != GTK_WIDGET (stage.window))
    gtk_window_close (GTK_WINDOW (dialog));
  stage_settle ();
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.practice", "s", "01-sam-books-botox.caller");
  g_assert_nonnull (ava_live_page_get_session (ava_window_get_live (stage.window)));
  ava_call_session_end (ava_live_page_get_session (ava_window_get_live (stage.window)));
  stage_tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  take_devices_away ();
  stage_init (&argc, &argv);
  g_test_add_func ("/window/icons", every_icon_of_our_own_is_there);
  g_test_add_func ("/window/idle", idle_window_is_ready_and_lists_arrivals_of_today);
  g_test_add_func ("/window/waiting", whoever_waits_is_listed_until_it_is_done);
  g_test_add_func ("/window/pages-and-actions", pages_are_made_when_they_are_shown_and_actions_follow);
  g_test_add_func ("/window/calendar", calendar_shows_today_moves_by_days_and_opens_details);
  g_test_add_func ("/window/customers", customers_are_searched_and_shown);
  g_test_add_func ("/window/narrow", window_folds_and_every_page_fits_360_pixels);
  g_test_add_func ("/window/large-and-right-to-left", every_page_stands_large_text_and_right_to_left);
  g_test_add_func ("/window/practice-call", practice_call_is_started_steered_muted_ended_and_dismissed);
  g_test_add_func ("/window/several-calls", several_calls_stand_as_cards_with_one_in_focus);
  g_test_add_func ("/window/evidence-and-steer", a_field_is_heard_and_a_steer_is_seen);
  g_test_add_func ("/window/asks-before-ending", window_asks_before_it_ends_a_call);
  g_test_add_func ("/window/no-microphone", practice_with_the_microphone_says_that_there_is_none);
  return g_test_run ();
}
