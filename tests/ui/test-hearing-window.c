/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-button.h"
#include "ava-hearing-chart.h"
#include "ava-hearing-window.h"
#include "stage.h"

static GtkWidget *
open_panel (Stage *stage)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *panel = NULL;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.speech-detection", NULL);
  stage_settle ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (AVA_IS_HEARING_WINDOW (window))
      panel = window;
  }
  g_assert_nonnull (panel);
  return panel;
}

static void
the_panel_shows_and_changes_the_mode (void)
{
  Stage stage = { 0 };
  AvaHearing *hearing;
  GtkWidget *panel;

  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  panel = open_panel (&stage);
  gtk_widget_activate_action (panel, "win.vad-mode", "s", "silero");
  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "silero");
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.vad-mode", "s", "rms");
  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "rms");
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
}

static void
moving_a_slider_moves_the_threshold_and_back (void)
{
  Stage stage = { 0 };
  AvaHearing *hearing;
  GtkWidget *panel;
  GtkWidget *scale;
  double loudness = 0;

  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  panel = open_panel (&stage);
  scale = stage_find (panel, GTK_TYPE_SCALE, NULL);
  g_assert_nonnull (scale);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), -46, 0.1);
  gtk_range_set_value (GTK_RANGE (scale), -40);
  g_object_get (hearing, "loudness-threshold", &loudness, NULL);
  g_assert_cmpfloat_with_epsilon (loudness, 0.01, 1e-4);
  ava_hearing_reset (hearing);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), -46, 0.1);
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
}

static gboolean
has_ended (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

static void
count (guint *n)
{
  ++*n;
}

static void
a_test_of_the_microphone_is_drawn (void)
{
  Stage stage = { 0 };
  AvaHearing *hearing;
  GtkWidget *panel;
  GtkWidget *chart;
  guint readings = 0;
  g_autofree char *path = NULL;

  g_setenv ("AVA_AUDIO_SRC", "audiotestsrc is-live=true wave=ticks volume=0.3", TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  panel = open_panel (&stage);
  chart = stage_find (panel, AVA_TYPE_HEARING_CHART, NULL);
  g_assert_cmpuint (ava_hearing_chart_get_n_moments (AVA_HEARING_CHART (chart)), ==, 0);
  g_assert_nonnull (stage_find (panel, GTK_TYPE_BUTTON, "_Test the Microphone"));
  gtk_widget_activate (stage_find (panel, GTK_TYPE_BUTTON, "_Test the Microphone"));
  g_signal_connect_swapped (hearing, "reading", G_CALLBACK (count), &readings);
  g_assert_true (stage_wait (has_ended, &readings, 20));
  g_assert_cmpuint (ava_hearing_chart_get_n_moments (AVA_HEARING_CHART (chart)), >, 0);
  g_assert_nonnull (stage_find (panel, GTK_TYPE_BUTTON, "_Stop"));
  ava_hearing_stop_test (hearing);
  stage_settle ();
  g_assert_true (stage_has_text (panel, "Your Test"));
  path = g_build_filename (stage.folder, "panel.png", NULL);
  g_assert_true (stage_shoot_widget (panel, path));   /* warnings are fatal here */
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
}

static void
the_button_says_which_way_is_used (void)
{
  g_autoptr (AvaHearing) hearing = NULL;
  AvaHearingButton *button;

  g_setenv ("AVA_SILERO_WEIGHTS", "", TRUE);
  hearing = ava_hearing_new ();
  g_unsetenv ("AVA_SILERO_WEIGHTS");
  button = g_object_ref_sink (g_object_new (AVA_TYPE_HEARING_BUTTON, NULL));
  ava_hearing_button_set_hearing (button, hearing);
  g_assert_cmpstr (ava_hearing_button_get_label (button), ==, "Loudness only");
  ava_hearing_set_mode (hearing, "rms");
  g_assert_cmpstr (ava_hearing_button_get_label (button), ==, "Loudness");
  g_clear_object (&hearing);
  hearing = ava_hearing_new ();
  ava_hearing_button_set_hearing (button, hearing);
  g_assert_cmpstr (ava_hearing_button_get_label (button), ==,
                   ava_hearing_get_trouble (hearing) != NULL ? "Loudness only" : "Hybrid");
  g_object_unref (button);
}

static void
the_mode_is_remembered (void)
{
  g_autoptr (GSettings) settings = g_settings_new (AVA_APP_ID);
  Stage stage = { 0 };
  g_autofree char *mode = NULL;
  AvaHearing *hearing;
  double loudness = 0;

  g_settings_set_string (settings, "vad-mode", "silero");
  g_settings_set_double (settings, "vad-loudness-threshold", 0.02);
  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  g_object_get (hearing, "loudness-threshold", &loudness, NULL);
  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "silero");
  g_assert_cmpfloat (loudness, ==, 0.02);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.vad-mode", "s", "rms");
  g_object_set (hearing, "certainty-threshold", 0.7, NULL);
  stage_tear_down (&stage);
  mode = g_settings_get_string (settings, "vad-mode");
  g_assert_cmpstr (mode, ==, "rms");
  g_assert_cmpfloat (g_settings_get_double (settings, "vad-certainty-threshold"), ==, 0.7);
  g_settings_reset (settings, "vad-mode");
  g_settings_reset (settings, "vad-loudness-threshold");
  g_settings_reset (settings, "vad-certainty-threshold");
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/hearing-window/the panel shows and changes the mode", the_panel_shows_and_changes_the_mode);
  g_test_add_func ("/hearing-window/moving a slider moves the threshold and back",
                   moving_a_slider_moves_the_threshold_and_back);
  g_test_add_func ("/hearing-window/a test of the microphone is drawn", a_test_of_the_microphone_is_drawn);
  g_test_add_func ("/hearing-window/the button says which way is used", the_button_says_which_way_is_used);
  g_test_add_func ("/hearing-window/the mode is remembered", the_mode_is_remembered);
  return g_test_run ();
}
