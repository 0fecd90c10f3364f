/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-vad-trial.h"

static AvaVadTrial *trial;

static double
score (AvaVadMode   mode,
       AvaTrialLine line)
{
  AvaTrialScore result;

  ava_vad_trial_run (trial, mode, line, &result);
  g_assert_cmpuint (result.utterances, >=, ava_vad_trial_get_voices (trial));
  g_assert_cmpuint ((result.hits + result.misses + result.false_alarms + result.quiet) * 20, ==,
                    ava_vad_trial_get_seconds (trial) * 1000);
  return ava_trial_score_get_f1 (&result);
}

static gboolean
lack_weights (void)
{
  g_autoptr (AvaVad) vad = ava_mode_vad_new (NULL);
  const char *trouble = ava_mode_vad_get_trouble (AVA_MODE_VAD (vad));

  if (trouble != NULL)
    g_test_skip (trouble);
  return trouble != NULL;
}

static void
silence_is_labelled_as_silence_and_speech_as_speech (void)
{
  AvaTrialScore result;
  double speech;

  ava_vad_trial_run (trial, AVA_VAD_RMS, AVA_TRIAL_QUIET, &result);
  speech = (double) (result.hits + result.misses) / (result.hits + result.misses + result.false_alarms + result.quiet);
  g_assert_cmpfloat (speech, >, 0.1);
  g_assert_cmpfloat (speech, <, 0.6);
}

static void
loudness_is_enough_in_a_quiet_room_and_not_in_noise (void)
{
  g_assert_cmpfloat (score (AVA_VAD_RMS, AVA_TRIAL_QUIET), >, 0.85);
  g_assert_cmpfloat (score (AVA_VAD_RMS, AVA_TRIAL_NOISE_5), <, 0.7);
}

static void
silero_hears_through_noise_and_telephone (void)
{
  if (lack_weights ())
    return;
  g_assert_cmpfloat (score (AVA_VAD_SILERO, AVA_TRIAL_TELEPHONE), >, 0.93);
  g_assert_cmpfloat (score (AVA_VAD_SILERO, AVA_TRIAL_NOISE_10), >, 0.93);
}

static void
hybrid_hears_nearly_as_well_for_less (void)
{
  AvaTrialScore silero;
  AvaTrialScore hybrid;

  if (lack_weights ())
    return;
  ava_vad_trial_run (trial, AVA_VAD_SILERO, AVA_TRIAL_NOISE_10, &silero);
  ava_vad_trial_run (trial, AVA_VAD_HYBRID, AVA_TRIAL_NOISE_10, &hybrid);
  g_assert_cmpfloat (ava_trial_score_get_f1 (&hybrid), >, ava_trial_score_get_f1 (&silero) - 0.02);
  g_assert_cmpuint (hybrid.steps, <, silero.steps * 7 / 10);
  g_assert_cmpuint (hybrid.unheard, ==, 0);
}

static void
the_same_line_sounds_the_same_twice (void)
{
  g_autoptr (GBytes) first = ava_vad_trial_mix (trial, AVA_TRIAL_NOISE_0);
  g_autoptr (GBytes) second = ava_vad_trial_mix (trial, AVA_TRIAL_NOISE_0);

  g_assert_true (g_bytes_equal (first, second));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  trial = ava_vad_trial_new (2, &error);
  g_assert_no_error (error);
  g_test_add_func ("/vad-trial/silence is labelled as silence and speech as speech",
                   silence_is_labelled_as_silence_and_speech_as_speech);
  g_test_add_func ("/vad-trial/loudness is enough in a quiet room and not in noise",
                   loudness_is_enough_in_a_quiet_room_and_not_in_noise);
  g_test_add_func ("/vad-trial/silero hears through noise and telephone", silero_hears_through_noise_and_telephone);
  g_test_add_func ("/vad-trial/hybrid hears nearly as well for less", hybrid_hears_nearly_as_well_for_less);
  g_test_add_func ("/vad-trial/the same line sounds the same twice", the_same_line_sounds_the_same_twice);
  status = g_test_run ();
  ava_vad_trial_free (trial);
  return status;
}
