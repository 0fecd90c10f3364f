/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-audio-file.h"
#include "ava-hearing-private.h"
#include "mixed-audio.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static gboolean
lack_weights (AvaHearing *hearing)
{
  if (ava_hearing_get_trouble (hearing) != NULL)
    g_test_skip (ava_hearing_get_trouble (hearing));
  return ava_hearing_get_trouble (hearing) != NULL;
}

static void
count (guint *n)
{
  ++*n;
}

static void
modes_and_thresholds_are_told_when_they_change (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  AvaVadSettings settings;
  guint modes = 0;
  guint thresholds = 0;
  guint changes = 0;

  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "hybrid");
  g_signal_connect_swapped (hearing, "notify::mode", G_CALLBACK (count), &modes);
  g_signal_connect_swapped (hearing, "notify::loudness-threshold", G_CALLBACK (count), &thresholds);
  g_signal_connect_swapped (hearing, "changed", G_CALLBACK (count), &changes);
  g_assert_true (ava_hearing_set_mode (hearing, "rms"));
  g_assert_true (ava_hearing_set_mode (hearing, "rms"));
  g_assert_false (ava_hearing_set_mode (hearing, "webrtc"));
  g_assert_cmpstr (ava_hearing_get_mode (hearing), ==, "rms");
  g_assert_cmpuint (modes, ==, 1);
  g_object_set (hearing, "loudness-threshold", 0.02, "certainty-threshold", 0.7, NULL);
  ava_hearing_get_settings (hearing, &settings);
  g_assert_cmpfloat (settings.rms_threshold, ==, 0.02);
  g_assert_cmpfloat (settings.silero_threshold, ==, 0.7);
  ava_hearing_reset (hearing);
  ava_hearing_get_settings (hearing, &settings);
  g_assert_cmpint (settings.mode, ==, AVA_VAD_HYBRID);
  g_assert_cmpfloat (settings.rms_threshold, ==, 0.005);
  g_assert_cmpuint (modes, ==, 2);
  g_assert_cmpuint (thresholds, ==, 2);
  g_assert_cmpuint (changes, >=, 4);
}

static void
on_reading (AvaHearing              *hearing,
            const AvaHearingReading *reading,
            double                  *loudness)
{
  *loudness = reading->loudness;
}

static void
of_two_calls_the_newer_is_shown (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  AvaVadReading first = { .mode = AVA_VAD_RMS, .level = 0.1 };
  AvaVadReading second = { .mode = AVA_VAD_RMS, .level = 0.2 };
  double shown = 0;
  int one;
  int two;

  g_signal_connect (hearing, "reading", G_CALLBACK (on_reading), &shown);
  ava_hearing_report (hearing, &one, &first);
  g_assert_cmpfloat (shown, ==, 0);
  ava_hearing_join (hearing, &one);
  ava_hearing_report (hearing, &one, &first);
  g_assert_cmpfloat (shown, ==, 0.1);
  ava_hearing_join (hearing, &two);
  ava_hearing_report (hearing, &two, &second);
  ava_hearing_report (hearing, &one, &first);
  g_assert_cmpfloat (shown, ==, 0.2);
  ava_hearing_leave (hearing, &two);
  ava_hearing_report (hearing, &one, &first);
  g_assert_cmpfloat (shown, ==, 0.1);
  ava_hearing_leave (hearing, &one);
}

/* A second of silence, then four of a voice over soft noise. */
static GBytes *
make_recording (void)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  gint16 *pcm = g_new0 (gint16, 5 * AVA_RATE);

  memcpy (pcm + AVA_RATE, (const gint16 *) g_bytes_get_data (audio, NULL) + 10 * AVA_RATE, 4 * AVA_RATE * 2);
  for (guint i = 0; i < 5 * AVA_RATE; i++)
    pcm[i] = pcm[i] / 4 + (int) (i * 7919 % 65) - 32;
  return g_bytes_new_take (pcm, 5 * AVA_RATE * 2);
}

static guint
count_speech (const AvaHearingTake *take,
              guint                 mode,
              guint                 from,
              guint                 to)
{
  guint n = 0;

  for (guint i = from; i < to; i++)
    n += take->speech[mode][i];
  return n;
}

static void
a_take_shows_what_each_mode_makes_of_it (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  g_autoptr (GBytes) audio = make_recording ();
  AvaHearingTake *take;

  if (lack_weights (hearing))
    return;
  take = ava_hearing_take_new (g_bytes_get_data (audio, NULL), g_bytes_get_size (audio) / 2, &ava_vad_defaults);
  g_assert_cmpuint (take->frames, ==, 250);
  for (guint mode = 0; mode < AVA_HEARING_MODES; mode++) {
    g_assert_cmpuint (count_speech (take, mode, 0, 48), ==, 0);
    g_assert_cmpuint (count_speech (take, mode, 50, 250), >, 80);
  }
  g_assert_cmpfloat (take->noise, >, 0);
  g_assert_cmpfloat (take->voice, >, take->noise * 5);
  g_assert_cmpfloat (take->certainty[20], <, 0.3);
  ava_hearing_take_free (take);
}

static void
the_fitted_threshold_lies_between_noise_and_voice (void)
{
  g_autoptr (GBytes) audio = make_recording ();
  AvaVadSettings settings = ava_vad_defaults;
  AvaHearingTake *take = ava_hearing_take_new (g_bytes_get_data (audio, NULL), g_bytes_get_size (audio) / 2, &settings);
  gint16 silence[AVA_RATE] = { 0 };

  settings.rms_threshold = 0.04;
  g_assert_true (ava_hearing_take_fit (take, &settings));
  g_assert_cmpfloat (settings.rms_threshold, >, take->noise);
  g_assert_cmpfloat (settings.rms_threshold, <, take->voice / 3);
  ava_hearing_take_free (take);

  /* Where nobody speaks there is nothing to fit. */
  take = ava_hearing_take_new (silence, G_N_ELEMENTS (silence), &settings);
  g_assert_false (ava_hearing_take_fit (take, &settings));
  ava_hearing_take_free (take);
}

static void
on_test_ended (AvaHearing *hearing,
               const char *words,
               char      **said)
{
  *said = g_strdup (words != NULL ? words : "done");
}

static void
the_microphone_is_tested_and_played_back (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  g_autoptr (GBytes) audio = make_recording ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-hearing-XXXXXX.wav", NULL);
  g_autofree char *source = NULL;
  g_autofree char *said = NULL;
  guint readings = 0;

  g_close (g_mkstemp (path), NULL);
  ava_audio_file_save (path, g_bytes_get_data (audio, NULL), g_bytes_get_size (audio) / 2, &error);
  g_assert_no_error (error);
  source = g_strdup_printf ("filesrc location=%s ! wavparse ! identity sync=true", path);
  g_setenv ("AVA_AUDIO_SRC", source, TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_signal_connect_swapped (hearing, "reading", G_CALLBACK (count), &readings);
  g_signal_connect (hearing, "test-ended", G_CALLBACK (on_test_ended), &said);
  g_assert_true (ava_hearing_start_test (hearing, &error));
  g_assert_no_error (error);
  while (readings < 150 && said == NULL)
    g_main_context_iteration (NULL, TRUE);
  ava_hearing_stop_test (hearing);
  g_assert_cmpstr (said, ==, "done");
  g_assert_nonnull (ava_hearing_get_take (hearing));
  g_assert_cmpuint (ava_hearing_get_take (hearing)->frames, >=, 150);
  g_assert_true (ava_hearing_play_take (hearing, &error));
  g_assert_no_error (error);
  /* A call goes before: it is silenced. */
  ava_hearing_join (hearing, &said);
  g_assert_false (ava_hearing_start_test (hearing, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "call"));
  ava_hearing_leave (hearing, &said);
  g_unlink (path);
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
}

static void
a_missing_microphone_is_told_in_words (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  g_autofree char *said = NULL;
  gboolean testing = TRUE;

  g_setenv ("AVA_AUDIO_SRC", "no-such-element", TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_signal_connect (hearing, "test-ended", G_CALLBACK (on_test_ended), &said);
  g_assert_true (ava_hearing_start_test (hearing, NULL));
  while (said == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (said, "no-such-element"));
  g_assert_null (ava_hearing_get_take (hearing));
  g_object_get (hearing, "testing", &testing, NULL);
  g_assert_false (testing);
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GArray **) user_data = ava_hearing_measure_finish (AVA_HEARING (source), result, &error);
  g_assert_no_error (error);
}

static void
each_mode_is_measured_on_each_line (void)
{
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  g_autoptr (GArray) scores = NULL;

  if (lack_weights (hearing))
    return;
  ava_hearing_measure_async (hearing, NULL, measured_cb, &scores);
  while (scores == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (scores->len, ==, 9);
  for (guint i = 0; i < scores->len; i++) {
    const AvaHearingScore *score = &g_array_index (scores, AvaHearingScore, i);

    g_assert_cmpfloat (score->f1, >, 0.3);
    g_assert_cmpfloat (score->f1, <=, 1);
    g_assert_cmpfloat (score->cost_us, >, 0);
  }
  g_assert_cmpstr (g_array_index (scores, AvaHearingScore, 8).mode, ==, "hybrid");
  g_assert_cmpstr (g_array_index (scores, AvaHearingScore, 8).line, ==, "noise-10dB");
}

static void
without_silero_only_loudness_is_told (void)
{
  g_autoptr (GBytes) audio = make_recording ();
  g_autoptr (AvaHearing) hearing = NULL;
  g_autoptr (GArray) scores = NULL;
  AvaHearingTake *take;

  g_setenv ("AVA_SILERO_WEIGHTS", "", TRUE);
  hearing = ava_hearing_new ();
  take = ava_hearing_take_new (g_bytes_get_data (audio, NULL), g_bytes_get_size (audio) / 2, &ava_vad_defaults);
  g_assert_false (take->silero);
  g_assert_cmpuint (count_speech (take, AVA_VAD_RMS, 50, 250), >, 80);
  g_assert_cmpuint (count_speech (take, AVA_VAD_SILERO, 0, 250), ==, 0);
  g_assert_cmpuint (count_speech (take, AVA_VAD_HYBRID, 0, 250), ==, 0);
  g_assert_cmpfloat (take->certainty[100], <, 0);
  g_assert_cmpfloat (take->voice, >, take->noise * 5);
  ava_hearing_take_free (take);
  ava_hearing_measure_async (hearing, NULL, measured_cb, &scores);
  while (scores == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (scores->len, ==, 3);
  g_assert_cmpstr (g_array_index (scores, AvaHearingScore, 2).mode, ==, "rms");
  g_unsetenv ("AVA_SILERO_WEIGHTS");
}

/* Runs avactl. Returns: its exit status; @out and @err: what it printed */
static int
run_avactl (const char *weights,
            const char *mode,
            const char *path,
            char      **out,
            char      **err)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;

  if (weights != NULL)
    g_subprocess_launcher_setenv (launcher, "AVA_SILERO_WEIGHTS", weights, TRUE);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("AVA_AVACTL"), "vad", "--mode", mode, path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, out, err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (program);
}

static void
avactl_prints_each_frame_and_says_what_is_missing (void)
{
  static const char *const modes[] = { "rms", "hybrid" };
  g_autoptr (GBytes) audio = make_recording ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-avactl-XXXXXX.wav", NULL);
  char *out = NULL;
  char *err = NULL;

  g_close (g_mkstemp (path), NULL);
  g_assert_true (ava_audio_file_save (path, g_bytes_get_data (audio, NULL), g_bytes_get_size (audio) / 2, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_auto (GStrv) lines = NULL;

    g_assert_cmpint (run_avactl (NULL, modes[i], path, &out, &err), ==, 0);
    lines = g_strsplit (g_strchomp (out), "\n", -1);
    g_assert_cmpstr (lines[0], ==, "t_ms,probability,speech");
    g_assert_cmpuint (g_strv_length (lines), ==, 251);
    g_assert_true (g_str_has_suffix (lines[20], ",0"));
    g_clear_pointer (&out, g_free);
    g_clear_pointer (&err, g_free);
  }
  /* Without the weights hybrid goes on and says so; Silero alone is refused. */
  g_assert_cmpint (run_avactl ("", "hybrid", path, &out, &err), ==, 0);
  g_assert_nonnull (strstr (err, "loudness alone"));
  g_clear_pointer (&out, g_free);
  g_clear_pointer (&err, g_free);
  g_assert_cmpint (run_avactl ("", "silero", path, &out, &err), ==, 1);
  g_assert_cmpstr (out, ==, "");
  g_clear_pointer (&out, g_free);
  g_clear_pointer (&err, g_free);
  g_assert_cmpint (run_avactl (NULL, "webrtc", path, &out, &err), ==, 2);
  g_assert_nonnull (strstr (err, "webrtc"));
  g_free (out);
  g_free (err);
  g_unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hearing/modes and thresholds are told when they change",
                   modes_and_thresholds_are_told_when_they_change);
  g_test_add_func ("/hearing/of two calls the newer is shown", of_two_calls_the_newer_is_shown);
  g_test_add_func ("/hearing/a take shows what each mode makes of it", a_take_shows_what_each_mode_makes_of_it);
  g_test_add_func ("/hearing/the fitted threshold lies between noise and voice",
                   the_fitted_threshold_lies_between_noise_and_voice);
  g_test_add_func ("/hearing/the microphone is tested and played back", the_microphone_is_tested_and_played_back);
  g_test_add_func ("/hearing/a missing microphone is told in words", a_missing_microphone_is_told_in_words);
  g_test_add_func ("/hearing/each mode is measured on each line", each_mode_is_measured_on_each_line);
  g_test_add_func ("/hearing/without Silero only loudness is told", without_silero_only_loudness_is_told);
  g_test_add_func ("/hearing/avactl prints each frame and says what is missing",
                   avactl_prints_each_frame_and_says_what_is_missing);
  return g_test_run ();
}
