/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-silero-net.h"
#include "ava-vad-trial.h"
#include "mixed-audio.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * How well and how cheaply each way of detecting speech works. Rows: name value unit reference ratio;
 * the reference of an accuracy is its goal, of a cost that of Silero alone, of a frame through the
 * network that of onnxruntime in this very run.
 *
 * Usage: bench-vad [REFERENCE]    a program that runs the same network in onnxruntime on a file of
 *                                 samples and prints a probability a line, then the [ns] of a chunk
 */

#define SENTENCES 8
#define ROUNDS 3

static void
print_row (const char *what,
           const char *name,
           double      value,
           const char *unit,
           double      reference)
{
  g_print ("vad/%s/%s %.4f %s %.4f %.3f\n", what, name, value, unit, reference,
           reference != 0 ? value / reference : 0);
}

static void
measure_modes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVadTrial) trial = ava_vad_trial_new (SENTENCES, &error);
  double frames;

  g_assert_no_error (error);
  frames = ava_vad_trial_get_seconds (trial) * 1000 / AVA_FRAME_MS;
  print_row ("corpus", "length", ava_vad_trial_get_seconds (trial), "s", 0);
  print_row ("corpus", "voices", ava_vad_trial_get_voices (trial), "voices", 0);
  for (AvaTrialLine line = 0; line < AVA_TRIAL_LINES; line++) {
    AvaTrialScore scores[AVA_VAD_MODES];

    for (AvaVadMode mode = 0; mode < AVA_VAD_MODES; mode++)
      ava_vad_trial_run (trial, mode, line, &scores[mode]);
    for (AvaVadMode mode = 0; mode < AVA_VAD_MODES; mode++) {
      const AvaTrialScore *score = &scores[mode];
      g_autofree char *what = g_strdup_printf ("%s/%s", ava_trial_line_to_string (line), ava_vad_mode_to_string (mode));
      double goal = mode == AVA_VAD_HYBRID ? ava_trial_score_get_f1 (&scores[AVA_VAD_SILERO]) - 0.01
                    : mode == AVA_VAD_SILERO && line <= AVA_TRIAL_NOISE_10 ? 0.95 : 0;

      print_row (what, "f1", ava_trial_score_get_f1 (score), "f1", goal);
      print_row (what, "precision", (double) score->hits / MAX (1, score->hits + score->false_alarms), "share", 0);
      print_row (what, "recall", (double) score->hits / MAX (1, score->hits + score->misses), "share", 0);
      print_row (what, "onset", score->onset_ms, "ms", scores[AVA_VAD_SILERO].onset_ms);
      print_row (what, "unheard", (double) score->unheard / score->utterances, "share", 0);
      print_row (what, "false-alarms", score->false_alarms * AVA_FRAME_MS / 1000.0 / (ava_vad_trial_get_seconds (trial) / 60),
                 "s/min", scores[AVA_VAD_SILERO].false_alarms * AVA_FRAME_MS / 1000.0 / (ava_vad_trial_get_seconds (trial) / 60));
      print_row (what, "cost", score->cost_ns / frames / 1000, "us/20ms", scores[AVA_VAD_SILERO].cost_ns / frames / 1000);
    }
  }
}

/* Runs the reference on the minute of mixed audio. Returns: its probabilities, then its [ns] of a chunk. */
static GArray *
ask_reference (const char *program,
               GBytes     *audio)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *said = NULL;
  g_auto (GStrv) lines = NULL;
  int file = g_file_open_tmp ("ava-vad-XXXXXX", &path, &error);
  int status;
  const char *command[] = { program, path, NULL };
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (path, g_bytes_get_data (audio, NULL), g_bytes_get_size (audio), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  remove (path);
  lines = g_strsplit (g_strchomp (said), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    double value = g_ascii_strtod (lines[i], NULL);

    g_array_append_val (values, value);
  }
  return values;
}

static int
measure_network (const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSileroWeights) weights = ava_silero_weights_find (&error);
  g_autoptr (GBytes) audio = mixed_audio_make ();
  g_autoptr (GArray) reference = NULL;
  const gint16 *pcm = g_bytes_get_data (audio, NULL);
  guint chunks = g_bytes_get_size (audio) / sizeof (gint16) / AVA_SILERO_CHUNK;
  double best_us = HUGE_VAL;
  double difference = 0;

  g_assert_no_error (error);
  if (program != NULL)
    reference = ask_reference (program, audio);
  g_assert_true (reference == NULL || reference->len == chunks + 1);
  for (guint round = 0; round < ROUNDS; round++) {
    AvaSileroState state = { 0 };
    gint64 start_us = g_get_monotonic_time ();
    g_autofree double *said = g_new (double, chunks);

    for (guint i = 0; i < chunks; i++)
      said[i] = ava_silero_step (weights, &state, pcm + i * AVA_SILERO_CHUNK);
    best_us = MIN (best_us, (double) (g_get_monotonic_time () - start_us) / chunks);
    for (guint i = 0; reference != NULL && i < chunks; i++)
      difference = MAX (difference, fabs (said[i] - g_array_index (reference, double, i)));
  }
  print_row ("network", "chunk-of-32ms", best_us, "us",
             reference != NULL ? g_array_index (reference, double, chunks) / 1000 : 0);
  if (reference == NULL)
    return 0;
  g_print ("vad/network/largest-difference %.2e probability 1.00e-04 %.3f\n", difference, difference / 1e-4);
  return difference <= 1e-4 ? 0 : 1;
}

int
main (int    argc,
      char **argv)
{
  if (argc < 2)
    g_printerr ("bench-vad: onnxruntime is not here, so nothing is compared with it\n");
  if (measure_network (argc > 1 ? argv[1] : NULL) != 0) {
    g_printerr ("bench-vad: the network does not agree with onnxruntime\n");
    return 1;
  }
  measure_modes ();
  return 0;
}
