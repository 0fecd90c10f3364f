/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-turn-taker.h"

#include "ava-frame.h"

/* Plays a pattern of audio to the state machine: 's' 100 ms of speech, '.' 100 ms of silence. While
 * it thinks nothing is said. Writes down each action as one letter. */
typedef struct {
  AvaTurnTaker turn;
  GString *actions;
  gboolean playing;
} Scene;

static void
scene_init (Scene *scene)
{
  ava_turn_taker_init (&scene->turn, &ava_turn_defaults);
  scene->actions = g_string_new (NULL);
  scene->playing = FALSE;
}

static void
scene_clear (Scene *scene)
{
  g_string_free (scene->actions, TRUE);
}

static void
step (Scene    *scene,
      gboolean  speech,
      guint     ms)
{
  for (guint t = 0; t < ms; t += AVA_FRAME_MS) {
    AvaTurnAction action = ava_turn_taker_step (&scene->turn, speech ? 0.9 : 0.1, scene->playing);

    if (action != AVA_TURN_NONE)
      g_string_append_printf (scene->actions, "%s ", ava_turn_action_to_string (action));
  }
}

static void
play (Scene      *scene,
      const char *pattern)
{
  for (; *pattern != '\0'; pattern++)
    step (scene, *pattern == 's', 100);
}

static void
speech_then_silence_commits_once (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "..sssss.......");
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  g_assert_cmpint (scene.turn.phase, ==, AVA_PHASE_THINKING);
  scene_clear (&scene);
}

static void
a_short_yes_is_heard (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "....");
  step (&scene, TRUE, 200);
  play (&scene, ".......");
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  scene_clear (&scene);
}

static void
a_click_is_not_speech (void)
{
  Scene scene;

  scene_init (&scene);
  for (guint i = 0; i < 15; i++) {
    step (&scene, TRUE, 40);
    step (&scene, FALSE, 400);
  }
  g_assert_cmpstr (scene.actions->str, ==, "");
  scene_clear (&scene);
}

static void
a_pause_inside_a_sentence_does_not_commit (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "sss....sss....sss");
  g_assert_cmpstr (scene.actions->str, ==, "started ");
  scene_clear (&scene);
}

static void
digits_are_given_more_time (void)
{
  Scene scene;

  scene_init (&scene);
  ava_turn_taker_set_patience (&scene.turn, 1000);
  play (&scene, "sss.........sss");
  g_assert_cmpstr (scene.actions->str, ==, "started ");
  play (&scene, "..........");
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  scene_clear (&scene);
}

static void
speech_over_ava_silences_her (void)
{
  Scene scene;

  scene_init (&scene);
  scene.playing = TRUE;
  ava_turn_taker_reply (&scene.turn);
  play (&scene, "....sss");
  g_assert_cmpstr (scene.actions->str, ==, "barge-in ");
  g_assert_cmpint (scene.turn.phase, ==, AVA_PHASE_HEARING);
  scene_clear (&scene);
}

static void
a_cough_does_not_silence_ava (void)
{
  Scene scene;

  scene_init (&scene);
  scene.playing = TRUE;
  ava_turn_taker_reply (&scene.turn);
  for (guint i = 0; i < 10; i++) {
    step (&scene, TRUE, 160);
    step (&scene, FALSE, 500);
  }
  g_assert_cmpstr (scene.actions->str, ==, "");
  scene_clear (&scene);
}

static void
barge_in_is_decided_within_300_ms_of_speech (void)
{
  Scene scene;
  guint ms = 0;

  scene_init (&scene);
  scene.playing = TRUE;
  ava_turn_taker_reply (&scene.turn);
  play (&scene, "......");
  while (scene.actions->len == 0 && ms < 2000) {
    step (&scene, TRUE, AVA_FRAME_MS);
    ms += AVA_FRAME_MS;
  }
  g_assert_cmpuint (ms, <=, 300);
  scene_clear (&scene);
}

static void
going_on_takes_the_commit_back (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "sssss.......");
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  play (&scene, ".sss");
  g_assert_cmpstr (scene.actions->str, ==, "started commit withdraw ");
  play (&scene, ".......");
  g_assert_cmpstr (scene.actions->str, ==, "started commit withdraw commit ");
  scene_clear (&scene);
}

static void
a_write_cannot_be_taken_back (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "sssss.......");
  ava_turn_taker_commit_write (&scene.turn);
  play (&scene, ".ssss");
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  scene_clear (&scene);
}

static void
one_filler_then_an_apology (void)
{
  Scene scene;

  scene_init (&scene);
  play (&scene, "sssss.......");
  step (&scene, FALSE, 12000);
  g_assert_cmpstr (scene.actions->str, ==, "started commit filler stalled ");
  scene_clear (&scene);
}

static void
silence_is_prompted_again_and_again (void)
{
  Scene scene;

  scene_init (&scene);
  step (&scene, FALSE, 8100);
  g_assert_cmpstr (scene.actions->str, ==, "silence ");
  g_assert_cmpuint (scene.turn.prompts, ==, 1);
  step (&scene, FALSE, 8100);
  g_assert_cmpuint (scene.turn.prompts, ==, 2);
  scene_clear (&scene);
}

static void
a_moment_asked_for_is_given (void)
{
  Scene scene;

  scene_init (&scene);
  ava_turn_taker_wait (&scene.turn, 20000);
  step (&scene, FALSE, 27000);
  g_assert_cmpstr (scene.actions->str, ==, "");
  step (&scene, FALSE, 2000);
  g_assert_cmpstr (scene.actions->str, ==, "silence ");
  scene_clear (&scene);
}

static void
endless_sound_is_committed (void)
{
  Scene scene;

  scene_init (&scene);
  step (&scene, TRUE, 26000);
  g_assert_cmpstr (scene.actions->str, ==, "started commit ");
  scene_clear (&scene);
}

static void
random_audio_keeps_the_order_of_actions (void)
{
  Scene scene;

  scene_init (&scene);
  for (guint i = 0; i < 200000; i++) {
    AvaTurnPhase before = scene.turn.phase;
    AvaTurnAction action;

    scene.playing = before == AVA_PHASE_SPEAKING && g_test_rand_int_range (0, 50) != 0;
    if (before == AVA_PHASE_THINKING && g_test_rand_int_range (0, 60) == 0)
      ava_turn_taker_reply (&scene.turn);
    before = scene.turn.phase;
    action = ava_turn_taker_step (&scene.turn, g_test_rand_int_range (0, 9) < 4, scene.playing);
    if (action == AVA_TURN_COMMIT || action == AVA_TURN_DISCARD)
      g_assert_cmpint (before, ==, AVA_PHASE_HEARING);
    if (action == AVA_TURN_BARGE_IN)
      g_assert_cmpint (before, ==, AVA_PHASE_SPEAKING);
    if (action == AVA_TURN_STARTED || action == AVA_TURN_SILENCE)
      g_assert_cmpint (before, ==, AVA_PHASE_LISTENING);
    if (action == AVA_TURN_WITHDRAW || action == AVA_TURN_FILLER || action == AVA_TURN_STALLED)
      g_assert_cmpint (before, ==, AVA_PHASE_THINKING);
  }
  scene_clear (&scene);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turn/speech-then-silence-commits-once", speech_then_silence_commits_once);
  g_test_add_func ("/turn/a-short-yes-is-heard", a_short_yes_is_heard);
  g_test_add_func ("/turn/a-click-is-not-speech", a_click_is_not_speech);
  g_test_add_func ("/turn/a-pause-does-not-commit", a_pause_inside_a_sentence_does_not_commit);
  g_test_add_func ("/turn/digits-are-given-more-time", digits_are_given_more_time);
  g_test_add_func ("/turn/speech-over-ava-silences-her", speech_over_ava_silences_her);
  g_test_add_func ("/turn/a-cough-does-not-silence-ava", a_cough_does_not_silence_ava);
  g_test_add_func ("/turn/barge-in-is-decided-soon", barge_in_is_decided_within_300_ms_of_speech);
  g_test_add_func ("/turn/going-on-takes-the-commit-back", going_on_takes_the_commit_back);
  g_test_add_func ("/turn/a-write-cannot-be-taken-back", a_write_cannot_be_taken_back);
  g_test_add_func ("/turn/one-filler-then-an-apology", one_filler_then_an_apology);
  g_test_add_func ("/turn/silence-is-prompted", silence_is_prompted_again_and_again);
  g_test_add_func ("/turn/a-moment-asked-for-is-given", a_moment_asked_for_is_given);
  g_test_add_func ("/turn/endless-sound-is-committed", endless_sound_is_committed);
  g_test_add_func ("/turn/random-audio-keeps-the-order", random_audio_keeps_the_order_of_actions);
  return g_test_run ();
}
