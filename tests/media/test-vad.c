/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-audio-file.h"
#include "ava-mode-vad.h"
#include "ava-silero-vad.h"
#include "mixed-audio.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static AvaSileroWeights *weights;    /* NULL on a computer without them: those tests say so */

static gboolean
lack_weights (void)
{
  if (weights == NULL)
    g_test_skip ("Silero's weights are missing: ./dev build fetches them");
  return weights == NULL;
}

/* What onnxruntime 1.x said of each chunk of the same audio. */
static GArray *
load_reference (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "media", "silero-reference.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    double value = g_ascii_strtod (lines[i], NULL);

    g_array_append_val (values, value);
  }
  return values;
}

/* --- the network --- */

static void
the_network_agrees_with_the_reference_on_a_minute_of_audio (void)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  g_autoptr (GArray) wanted = load_reference ();
  const gint16 *pcm = g_bytes_get_data (audio, NULL);
  AvaSileroState state = { 0 };
  guint speech = 0;

  if (lack_weights ())
    return;
  g_assert_cmpuint (wanted->len, ==, g_bytes_get_size (audio) / sizeof (gint16) / AVA_SILERO_CHUNK);
  for (guint i = 0; i < wanted->len; i++) {
    double got = ava_silero_step (weights, &state, pcm + i * AVA_SILERO_CHUNK);

    g_assert_cmpfloat_with_epsilon (got, g_array_index (wanted, double, i), 1e-4);
    speech += got >= 0.5;
  }
  /* The audio is worth comparing: half of it is a voice. */
  g_assert_cmpuint (speech, >, wanted->len / 3);
  g_assert_cmpuint (speech, <, wanted->len * 2 / 3);
}

static void
streams_do_not_hear_each_other (void)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  const gint16 *pcm = (const gint16 *) g_bytes_get_data (audio, NULL) + 5 * AVA_RATE;
  AvaSileroState alone = { 0 };
  AvaSileroState first = { 0 };
  AvaSileroState second = { 0 };

  if (lack_weights ())
    return;
  for (guint i = 0; i < 100; i++) {
    double wanted = ava_silero_step (weights, &alone, pcm + i * AVA_SILERO_CHUNK);

    g_assert_cmpfloat (ava_silero_step (weights, &first, pcm + i * AVA_SILERO_CHUNK), ==, wanted);
    ava_silero_step (weights, &second, pcm + (200 + i) * AVA_SILERO_CHUNK);
  }
  g_assert_cmpint (memcmp (&alone, &first, sizeof alone), ==, 0);
}

static void
frames_of_20_ms_give_what_chunks_of_32_ms_give (void)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  const gint16 *pcm = (const gint16 *) g_bytes_get_data (audio, NULL) + 5 * AVA_RATE;
  g_autoptr (AvaVad) vad = NULL;
  AvaSileroState state = { 0 };
  double wanted = 0;
  guint chunks = 0;

  if (lack_weights ())
    return;
  vad = ava_silero_vad_new (weights);
  for (guint i = 0; i < 500; i++) {
    AvaFrame frame = { 0 };

    memcpy (frame.pcm, pcm + i * AVA_FRAME_SAMPLES, AVA_FRAME_BYTES);
    while ((chunks + 1) * AVA_SILERO_CHUNK <= (i + 1) * AVA_FRAME_SAMPLES)
      wanted = ava_silero_step (weights, &state, pcm + AVA_SILERO_CHUNK * chunks++);
    g_assert_cmpfloat (ava_vad_process (vad, &frame), ==, wanted);
  }
  g_assert_cmpuint (ava_silero_vad_get_steps (AVA_SILERO_VAD (vad)), ==, chunks);
}

static void
damaged_weights_are_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("ava-weights-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  g_assert_null (ava_silero_weights_load (path, &error));
  g_assert_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE);
  g_clear_error (&error);
  g_file_set_contents (path, "AvaSilero, but not for long", -1, &error);
  g_assert_no_error (error);
  g_assert_null (ava_silero_weights_load (path, &error));
  g_assert_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE);
  g_unlink (path);
}

/* --- the modes --- */

typedef struct {
  double speech;       /* share of frames */
  guint64 steps;
} Heard;

/* @from, @seconds: of the mixed audio */
static Heard
listen (AvaVad *vad,
        guint   from,
        guint   seconds)
{
  g_autoptr (GBytes) audio = mixed_audio_make ();
  const gint16 *pcm = (const gint16 *) g_bytes_get_data (audio, NULL) + from * AVA_RATE;
  guint frames = seconds * 1000 / AVA_FRAME_MS;
  guint64 before = ava_mode_vad_get_steps (AVA_MODE_VAD (vad));
  guint speech = 0;

  for (guint i = 0; i < frames; i++) {
    AvaFrame frame = { 0 };
    double probability;

    memcpy (frame.pcm, pcm + i * AVA_FRAME_SAMPLES, AVA_FRAME_BYTES);
    probability = ava_vad_process (vad, &frame);
    g_assert_cmpfloat (probability, >=, 0);
    g_assert_cmpfloat (probability, <=, 1);
    speech += probability >= 0.5;
  }
  return (Heard) { (double) speech / frames, ava_mode_vad_get_steps (AVA_MODE_VAD (vad)) - before };
}

static AvaVad *
make (AvaVadMode mode)
{
  AvaVadSettings settings = ava_vad_defaults;

  settings.mode = mode;
  return ava_mode_vad_new (&settings);
}

static void
each_mode_hears_a_voice_and_no_silence (gconstpointer data)
{
  g_autoptr (AvaVad) vad = make (GPOINTER_TO_UINT (data));

  if (GPOINTER_TO_UINT (data) != AVA_VAD_RMS && lack_weights ())
    return;
  g_assert_cmpfloat (listen (vad, 0, 5).speech, ==, 0);
  g_assert_cmpfloat (listen (vad, 5, 5).speech, >, 0.4);
}

static void
hybrid_spares_silero_the_silence_and_the_noise (void)
{
  g_autoptr (AvaVad) vad = make (AVA_VAD_HYBRID);

  if (lack_weights ())
    return;
  g_assert_cmpuint (listen (vad, 0, 5).steps, ==, 0);
  g_assert_cmpuint (listen (vad, 5, 5).steps, >, 90);
  listen (vad, 15, 2);                               /* the noise is learned */
  g_assert_cmpuint (listen (vad, 17, 3).steps, <, 30);
}

static void
hybrid_says_what_silero_says_of_a_voice (void)
{
  g_autoptr (AvaVad) hybrid = make (AVA_VAD_HYBRID);
  g_autoptr (AvaVad) silero = make (AVA_VAD_SILERO);

  if (lack_weights ())
    return;
  /* A clear voice at 10 dB over the noise and more; what is softer is measured by the bench. */
  for (guint from = 5; from < 25; from += 5)
    g_assert_cmpfloat_with_epsilon (listen (hybrid, from, 5).speech, listen (silero, from, 5).speech, 0.05);
}

static void
beeps_and_clicks_are_speech_for_rms_only (void)
{
  g_autoptr (AvaVad) rms = make (AVA_VAD_RMS);
  g_autoptr (AvaVad) hybrid = make (AVA_VAD_HYBRID);

  if (lack_weights ())
    return;
  listen (rms, 30, 5);
  listen (hybrid, 30, 5);
  g_assert_cmpfloat (listen (rms, 35, 5).speech, >, 0.25);
  g_assert_cmpfloat (listen (hybrid, 35, 5).speech, <, 0.1);
}

static void
the_mode_changes_while_a_voice_is_heard (void)
{
  g_autoptr (AvaVad) vad = make (AVA_VAD_RMS);
  AvaVadSettings settings = ava_vad_defaults;
  AvaVadReading reading;

  if (lack_weights ())
    return;
  g_assert_cmpuint (listen (vad, 5, 2).steps, ==, 0);
  ava_mode_vad_get_reading (AVA_MODE_VAD (vad), &reading);
  g_assert_cmpint (reading.mode, ==, AVA_VAD_RMS);
  g_assert_cmpfloat (reading.silero, <, 0);
  for (guint i = 0; i < AVA_VAD_MODES * 2; i++) {
    settings.mode = i % AVA_VAD_MODES;
    ava_mode_vad_configure (AVA_MODE_VAD (vad), &settings);
    g_assert_cmpfloat (listen (vad, 5, 5).speech, >, 0.4);
    ava_mode_vad_get_reading (AVA_MODE_VAD (vad), &reading);
    g_assert_cmpint (reading.mode, ==, settings.mode);
  }
}

static void
thresholds_move_the_line (void)
{
  g_autoptr (AvaVad) vad = make (AVA_VAD_RMS);
  AvaVadSettings settings = { AVA_VAD_RMS, 0.3, 0.5 };
  double before = listen (vad, 5, 5).speech;

  ava_mode_vad_configure (AVA_MODE_VAD (vad), &settings);
  g_assert_cmpfloat (listen (vad, 5, 5).speech, <, before / 2);
  if (lack_weights ())
    return;
  settings = (AvaVadSettings) { AVA_VAD_SILERO, 0.005, 0.2 };
  ava_mode_vad_configure (AVA_MODE_VAD (vad), &settings);
  before = listen (vad, 45, 15).speech;
  settings.silero_threshold = 0.95;
  ava_mode_vad_configure (AVA_MODE_VAD (vad), &settings);
  g_assert_cmpfloat (listen (vad, 45, 15).speech, <, before * 0.8);
}

static void
without_weights_rms_stands_in_and_says_so (void)
{
  g_autofree char *was = g_strdup (g_getenv ("AVA_SILERO_WEIGHTS"));
  g_autoptr (AvaVad) vad = NULL;
  AvaVadReading reading;

  g_setenv ("AVA_SILERO_WEIGHTS", "", TRUE);
  vad = make (AVA_VAD_HYBRID);
  if (was != NULL)
    g_setenv ("AVA_SILERO_WEIGHTS", was, TRUE);
  else
    g_unsetenv ("AVA_SILERO_WEIGHTS");
  g_assert_nonnull (ava_mode_vad_get_trouble (AVA_MODE_VAD (vad)));
  g_assert_cmpfloat (listen (vad, 5, 5).speech, >, 0.3);
  g_assert_cmpuint (ava_mode_vad_get_steps (AVA_MODE_VAD (vad)), ==, 0);
  ava_mode_vad_get_reading (AVA_MODE_VAD (vad), &reading);
  g_assert_cmpint (reading.mode, ==, AVA_VAD_RMS);
}

static void
modes_have_names (void)
{
  AvaVadMode mode = AVA_VAD_SILERO;

  for (guint i = 0; i < AVA_VAD_MODES; i++) {
    g_assert_true (ava_vad_mode_from_string (ava_vad_mode_to_string (i), &mode));
    g_assert_cmpint (mode, ==, i);
  }
  g_assert_false (ava_vad_mode_from_string ("webrtc", &mode));
  g_assert_false (ava_vad_mode_from_string (NULL, &mode));
  g_assert_cmpint (mode, ==, AVA_VAD_HYBRID);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  weights = ava_silero_weights_find (NULL);
  g_test_add_func ("/vad/silero/the network agrees with the reference on a minute of audio",
                   the_network_agrees_with_the_reference_on_a_minute_of_audio);
  g_test_add_func ("/vad/silero/streams do not hear each other", streams_do_not_hear_each_other);
  g_test_add_func ("/vad/silero/frames of 20 ms give what chunks of 32 ms give",
                   frames_of_20_ms_give_what_chunks_of_32_ms_give);
  g_test_add_func ("/vad/silero/damaged weights are refused", damaged_weights_are_refused);
  for (guint mode = 0; mode < AVA_VAD_MODES; mode++) {
    g_autofree char *name = g_strdup_printf ("/vad/mode/%s hears a voice and no silence", ava_vad_mode_to_string (mode));

    g_test_add_data_func (name, GUINT_TO_POINTER (mode), each_mode_hears_a_voice_and_no_silence);
  }
  g_test_add_func ("/vad/mode/hybrid spares silero the silence and the noise",
                   hybrid_spares_silero_the_silence_and_the_noise);
  g_test_add_func ("/vad/mode/hybrid says what silero says of a voice", hybrid_says_what_silero_says_of_a_voice);
  g_test_add_func ("/vad/mode/beeps and clicks are speech for rms only", beeps_and_clicks_are_speech_for_rms_only);
  g_test_add_func ("/vad/mode/the mode changes while a voice is heard", the_mode_changes_while_a_voice_is_heard);
  g_test_add_func ("/vad/mode/thresholds move the line", thresholds_move_the_line);
  g_test_add_func ("/vad/mode/without weights rms stands in and says so", without_weights_rms_stands_in_and_says_so);
  g_test_add_func ("/vad/mode/modes have names", modes_have_names);
  status = g_test_run ();
  g_clear_pointer (&weights, ava_silero_weights_unref);
  return status;
}
