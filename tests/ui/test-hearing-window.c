/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-audio-file.h"
#include "ava-hearing-button.h"
#include "ava-hearing-chart.h"
#include "ava-hearing-window.h"
#include "ava-level-meter.h"
#include "mixed-audio.h"
#include "stage.h"

#include <string.h>

/* The panel of speech detection as it is used: with calls, with a recording for the microphone, and on a computer
 * without Silero. AVA_SHOTS names a folder for pictures. */

#define THRESHOLDS "Speech is louder than −46 dB and at least 50 % certain."

static void
shoot (GtkWidget  *panel,
       const char *name)
{
  static const struct { const char *look; AdwColorScheme scheme; int dpi; int width; } looks[] = {
    { "light", ADW_COLOR_SCHEME_FORCE_LIGHT, 96, 640 }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK, 96, 640 },
    { "narrow", ADW_COLOR_SCHEME_FORCE_LIGHT, 96, 360 }, { "large", ADW_COLOR_SCHEME_FORCE_LIGHT, 144, 640 },
  };

  for (guint i = 0; g_getenv ("AVA_SHOTS") != NULL && i < G_N_ELEMENTS (looks); i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", g_getenv ("AVA_SHOTS"), name, looks[i].look);

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", looks[i].dpi * 1024, NULL);
    gtk_window_set_default_size (GTK_WINDOW (panel), looks[i].width, 1300);
    stage_settle ();
    stage_shoot_widget (panel, path);
  }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* The first label in sight that has these words in it. */
static gboolean
shows (GtkWidget  *from,
       const char *words)
{
  if (!gtk_widget_get_mapped (from))
    return FALSE;
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (shows (child, words))
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  GtkWidget *panel;
  const char *words;
} Sight;

static gboolean
is_shown (gpointer user_data)
{
  Sight *sight = user_data;

  return shows (sight->panel, sight->words);
}

static void
wait_shown (GtkWidget  *panel,
            const char *words,
            guint       seconds)
{
  Sight sight = { panel, words };

  if (!stage_wait (is_shown, &sight, seconds))
    g_test_message ("The panel does not show “%s”", words);
  g_assert_true (is_shown (&sight));
}

static void
press (GtkWidget  *panel,
       const char *label)
{
  GtkWidget *button = stage_find (panel, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* What a screen reader says of it beside its name. */
static void
assert_described (GtkWidget  *widget,
                  const char *words)
{
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

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

/* Two seconds of noise that is hardly heard, then six of voices: what the microphone hears. */
static char *
save_voices (Stage *stage)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  g_autofree gint16 *pcm = g_new0 (gint16, 8 * AVA_RATE);
  g_autofree char *path = g_build_filename (stage->folder, "voices.wav", NULL);
  g_autoptr (GError) error = NULL;

  memcpy (pcm + 2 * AVA_RATE, (const gint16 *) g_bytes_get_data (audio, NULL) + 10 * AVA_RATE, 6 * AVA_RATE * sizeof (gint16));
  for (guint i = 0; i < 8 * AVA_RATE; i++)
    pcm[i] = pcm[i] / 4 + (int) (i * 7919 % 65) - 32;
  ava_audio_file_save (path, pcm, 8 * AVA_RATE, &error);
  g_assert_no_error (error);
  return g_strdup_printf ("filesrc location=%s ! wavparse ! identity sync=true", path);
}

static gboolean
has_heard_all (gpointer user_data)
{
  return *(guint *) user_data >= 380;
}

/* What the microphone hears is the recording. */
static void
record_voices (Stage     *stage,
               GtkWidget *panel)
{
  AvaHearing *hearing = ava_context_get_hearing (stage->context);
  g_autofree char *source = save_voices (stage);
  guint readings = 0;

  g_setenv ("AVA_AUDIO_SRC", source, TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_signal_connect_swapped (hearing, "reading", G_CALLBACK (count), &readings);
  press (panel, "_Test the Microphone");
  g_assert_true (stage_wait (has_heard_all, &readings, 60));
  press (panel, "_Stop");
  g_signal_handlers_disconnect_by_data (hearing, &readings);
  wait_shown (panel, "Your Test", 20);
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
}

static double
count_speech (const AvaHearingTake *take,
              guint                 mode)
{
  guint frames = 0;

  for (guint i = 0; i < take->frames; i++)
    frames += take->speech[mode][i];
  return frames / 50.0;
}

static gboolean
lacks_silero (Stage *stage)
{
  const char *trouble = ava_hearing_get_trouble (ava_context_get_hearing (stage->context));

  if (trouble != NULL)
    g_test_skip (trouble);
  return trouble != NULL;
}

static void
a_test_tells_what_each_way_heard (void)
{
  Stage stage = { 0 };
  GtkWidget *panel;
  GtkWidget *chart;
  const AvaHearingTake *take;
  double heard[AVA_HEARING_MODES];
  g_autofree char *words = NULL;
  g_autofree char *lanes = NULL;

  stage_set_up (&stage);
  panel = open_panel (&stage);
  if (!lacks_silero (&stage)) {
    chart = stage_find (panel, AVA_TYPE_HEARING_CHART, NULL);
    assert_described (chart, THRESHOLDS);
    record_voices (&stage, panel);
    take = ava_hearing_get_take (ava_context_get_hearing (stage.context));
    g_assert_cmpuint (take->frames, >, 350);
    for (guint mode = 0; mode < AVA_HEARING_MODES; mode++) {
      heard[mode] = count_speech (take, mode);
      g_assert_cmpfloat (heard[mode], >, 1);
      g_assert_cmpfloat (heard[mode], <, 6.5);
    }
    words = g_strdup_printf ("Speech by loudness: %.1f s, by Silero: %.1f s, by both: %.1f s of %.1f s.",
                             heard[0], heard[1], heard[2], take->frames / 50.0);
    wait_shown (panel, words, 5);
    lanes = g_strdup_printf ("%s Loudness: %.1f s. Silero: %.1f s. Hybrid: %.1f s.", THRESHOLDS, heard[0], heard[1], heard[2]);
    /* The chart of the test stands above its buttons. */
    chart = gtk_widget_get_parent (gtk_widget_get_parent (stage_find (panel, GTK_TYPE_BUTTON, "_Play")));
    chart = stage_find (chart, AVA_TYPE_HEARING_CHART, NULL);
    g_assert_cmpuint (ava_hearing_chart_get_n_moments (AVA_HEARING_CHART (chart)), ==, take->frames);
    assert_described (chart, lanes);
    shoot (panel, "hearing-tested");
    press (panel, "Fit to This _Room");
    wait_shown (panel, "The loudness threshold is −", 5);
    press (panel, "_Usual Values");
  }
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
}

static void
thresholds_are_told_in_words (void)
{
  Stage stage = { 0 };
  AvaHearing *hearing;
  GtkWidget *panel;
  GtkWidget *scale;

  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  panel = open_panel (&stage);
  scale = stage_find (panel, GTK_TYPE_SCALE, NULL);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "−46 dB");
  g_object_set (hearing, "loudness-threshold", 0.01, "certainty-threshold", 0.7, NULL);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "−40 dB");
  assert_described (stage_find (panel, AVA_TYPE_HEARING_CHART, NULL), "Speech is louder than −40 dB and at least 70 % certain.");
  press (panel, "_Usual Values");
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "−46 dB");
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
}

/* What is seen of a call while it lasts. */
typedef struct {
  GtkWidget *meter;            /* of the caller */
  double highest;
  gboolean moved_back;
  const char *mode;            /* that is waited for */
  const char *worked;          /* by which the last frame was judged */
} Watch;

static void
on_reading (AvaHearing              *hearing,
            const AvaHearingReading *reading,
            Watch                   *watch)
{
  double lit = ava_level_meter_get_fraction (AVA_LEVEL_METER (watch->meter));

  watch->highest = MAX (watch->highest, lit);
  watch->moved_back |= lit < watch->highest / 2;
  watch->worked = reading->mode;
}

static gboolean
has_moved (gpointer user_data)
{
  Watch *watch = user_data;

  return watch->highest > 0.3 && watch->moved_back;
}

static gboolean
works_by (gpointer user_data)
{
  Watch *watch = user_data;

  return g_strcmp0 (watch->worked, watch->mode) == 0;
}

/* Chosen in the panel or in the menu beside the meters; both show it, and the next frames are judged by it. */
static void
choose (Stage      *stage,
        GtkWidget  *from,
        GtkWidget  *panel,
        Watch      *watch,
        const char *mode,
        const char *words)
{
  AvaHearingButton *button = AVA_HEARING_BUTTON (stage_find (GTK_WIDGET (stage->window), AVA_TYPE_HEARING_BUTTON, NULL));

  gtk_widget_activate_action (from, "win.vad-mode", "s", mode);
  g_assert_cmpstr (ava_hearing_button_get_label (button), ==, words);
  wait_shown (panel, words, 5);
  watch->mode = mode;
  g_assert_true (stage_wait (works_by, watch, 20));
}

static void
a_call_moves_the_meters_and_changes_its_way (void)
{
  Stage stage = { 0 };
  Watch watch = { 0 };
  AvaCallSession *session;
  GtkWidget *panel;
  g_autofree char *caller = stage_find_caller ("01-sam-books-botox.caller");
  g_autoptr (GError) error = NULL;

  stage_set_up (&stage);
  if (!lacks_silero (&stage)) {
    session = ava_context_start_call (stage.context, caller, &error);
    g_assert_no_error (error);
    ava_window_show_page (stage.window, "live");
    stage_settle ();
    panel = open_panel (&stage);
    watch.meter = stage_find (GTK_WIDGET (stage.window), AVA_TYPE_LEVEL_METER, NULL);
    g_assert_nonnull (watch.meter);
    g_signal_connect (ava_context_get_hearing (stage.context), "reading", G_CALLBACK (on_reading), &watch);
    wait_shown (panel, "No speech", 20);
    wait_shown (panel, "Hybrid", 5);
    g_assert_true (stage_wait (has_moved, &watch, 60));
    wait_shown (panel, "Speech", 20);
    g_assert_cmpuint (ava_hearing_chart_get_n_moments (AVA_HEARING_CHART (stage_find (panel, AVA_TYPE_HEARING_CHART, NULL))), >, 10);
    choose (&stage, panel, panel, &watch, "rms", "Loudness");
    choose (&stage, GTK_WIDGET (stage.window), panel, &watch, "silero", "Silero");
    choose (&stage, panel, panel, &watch, "hybrid", "Hybrid");
    press (panel, "_Test the Microphone");   /* which the call has */
    wait_shown (panel, "A call is being taken", 5);
    shoot (panel, "hearing-call");
    g_assert_cmpint (ava_call_session_get_state (session), ==, AVA_CALL_ACTIVE);
    ava_call_session_end (session);
    g_signal_handlers_disconnect_by_data (ava_context_get_hearing (stage.context), &watch);
    gtk_window_close (GTK_WINDOW (panel));
  }
  stage_tear_down (&stage);
}

/* The figure that stands in the row of @mode under @heading. Returns: in percent */
static double
read_figure (GtkGrid    *scores,
             const char *mode,
             const char *heading)
{
  int row = 0;
  int column = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (scores)); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int left;
    int top;

    gtk_grid_query_child (scores, child, &left, &top, NULL, NULL);
    if (left == 0 && g_str_equal (gtk_label_get_text (GTK_LABEL (child)), mode))
      row = top;
    if (top == 0 && g_str_equal (gtk_label_get_text (GTK_LABEL (child)), heading))
      column = left;
  }
  g_assert_cmpint (row, >, 0);
  g_assert_cmpint (column, >, 0);
  return g_ascii_strtod (gtk_label_get_text (GTK_LABEL (gtk_grid_get_child_at (scores, column, row))), NULL);
}

static void
the_panel_measures_each_way (void)
{
  static const char *const modes[] = { "Loudness", "Silero", "Hybrid" };
  static const char *const lines[] = { "Quiet room", "Telephone", "Noisy room" };
  Stage stage = { 0 };
  GtkWidget *panel;
  GtkGrid *scores;
  double cost[3];

  stage_set_up (&stage);
  panel = open_panel (&stage);
  if (!lacks_silero (&stage)) {
    press (panel, "_Measure");
    wait_shown (panel, "Processor", 120);
    scores = GTK_GRID (stage_find (panel, GTK_TYPE_GRID, NULL));
    for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
      for (guint j = 0; j < G_N_ELEMENTS (lines); j++) {
        g_assert_cmpfloat (read_figure (scores, modes[i], lines[j]), >, 30);
        g_assert_cmpfloat (read_figure (scores, modes[i], lines[j]), <=, 100);
      }
      cost[i] = read_figure (scores, modes[i], "Processor");
      g_assert_cmpfloat (cost[i], >, 0);
    }
    g_print ("# processor: loudness %.3f %%, Silero %.3f %%, hybrid %.3f %%\n", cost[0], cost[1], cost[2]);
    g_assert_cmpfloat (cost[0], <, cost[1]);
    shoot (panel, "hearing-measured");
  }
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
}

static void
without_silero_the_panel_says_what_is_used (void)
{
  Stage stage = { 0 };
  AvaHearing *hearing;
  GtkWidget *panel;

  g_setenv ("AVA_SILERO_WEIGHTS", "", TRUE);
  stage_set_up (&stage);
  hearing = ava_context_get_hearing (stage.context);
  panel = open_panel (&stage);
  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "hybrid");
  wait_shown (panel, "Silero's weights are not installed on this computer. Until then loudness alone", 5);
  wait_shown (panel, "Loudness only", 5);
  wait_shown (panel, "Works as Loudness until Silero is installed.", 5);
  record_voices (&stage, panel);
  wait_shown (panel, "Silero is missing, so no other way listened.", 5);
  g_assert_cmpfloat (count_speech (ava_hearing_get_take (hearing), 0), >, 1);
  g_assert_cmpfloat (count_speech (ava_hearing_get_take (hearing), 2), ==, 0);
  press (panel, "_Measure");
  wait_shown (panel, "Silero is missing: works as Loudness", 120);
  g_assert_cmpfloat (read_figure (GTK_GRID (stage_find (panel, GTK_TYPE_GRID, NULL)), "Loudness", "Quiet room"), >, 30);
  shoot (panel, "hearing-without-silero");
  gtk_widget_activate_action (panel, "win.vad-mode", "s", "rms");
  g_assert_false (shows (panel, "Loudness only"));
  gtk_window_close (GTK_WINDOW (panel));
  stage_tear_down (&stage);
  g_unsetenv ("AVA_SILERO_WEIGHTS");
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
  g_test_add_func ("/hearing-window/thresholds are told in words", thresholds_are_told_in_words);
  g_test_add_func ("/hearing-window/a test tells what each way heard", a_test_tells_what_each_way_heard);
  g_test_add_func ("/hearing-window/a call moves the meters and changes its way", a_call_moves_the_meters_and_changes_its_way);
  g_test_add_func ("/hearing-window/the panel measures each way", the_panel_measures_each_way);
  g_test_add_func ("/hearing-window/without Silero the panel says what is used", without_silero_the_panel_says_what_is_used);
  return g_test_run ();
}
