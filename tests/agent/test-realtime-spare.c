/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include <string.h>

/* A line that waits for the call, on virtual time. */

#define GREETING "\"greeting\": [{\"say\": \"Thank you for calling. How can I help?\"}]"
#define TALK "{" GREETING ", \"turns\": [{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"From nine to seven.\"}]}]}"
#define SERVER AVA_TURN_MODE_SERVER_VAD
#define WAITS_MS 90000

static void
begin_waiting (Stage      *stage,
               const char *script,
               guint       ms)
{
  stage_init (stage, script, SERVER);
  stage_wait (stage, ms);
}

static void
a_call_goes_on_with_the_line_that_waits (void)
{
  Stage stage;
  JsonObject *first, *second;

  begin_waiting (&stage, TALK, WAITS_MS);
  g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_READY);
  first = json_object_get_object_member (stage_find_sent (&stage, "session.update", 0), "session");
  g_assert_false (json_object_has_member (first, "instructions"));   /* nothing of the spa leaves before somebody calls */
  g_assert_cmpuint (stage_count (&stage, "input_audio_buffer.clear"), >=, 3);   /* signs of life */
  stage_start (&stage);
  g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_TAKEN);
  g_assert_null (ava_realtime_spare_close (stage.spare));
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.lines->len, ==, 1);
  second = json_object_get_object_member (stage_find_sent (&stage, "session.update", 1), "session");
  g_assert_nonnull (strstr (json_object_get_string_member (second, "instructions"), "+12125550147"));
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  g_assert_cmpuint (stage.rows->len, ==, 3);
  g_assert_cmpstr (stage_get_row (&stage, 2)->text, ==, "From nine to seven.");
  g_assert_cmpstr (stage.troubles->str, ==, "");
  stage_clear (&stage);
}

/* The fake thinks 300 ms; what is left is ours, and there is no handshake in it. */
static void
greeting_comes_within_half_a_second (void)
{
  Stage stage;

  begin_waiting (&stage, "{\"think_ms\": 300, " GREETING "}", WAITS_MS);
  stage_start (&stage);
  while (stage.played == 0 && stage.time_us - stage.begun_us < 5 * G_USEC_PER_SEC)
    stage_play (&stage, FALSE, 20);
  g_assert_cmpint (stage.time_us - stage.begun_us, <, 500 * 1000);
  stage_clear (&stage);
}

/* The other end is gone and nobody noticed: what is sent goes nowhere. */
static void
a_line_that_died_is_replaced (void)
{
  static const char *const deaths[] = {
    "{\"faults\": [{\"on\": \"client:session.update\", \"nth\": 2, \"do\": \"silent\"}]}",
    "{\"faults\": [{\"on\": \"client:session.update\", \"nth\": 2, \"do\": \"close\", \"code\": 1006}]}",
    "{\"faults\": [{\"on\": \"client:session.update\", \"nth\": 2, \"do\": \"close\", \"code\": 1001, \"reason\": \"going away\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (deaths); i++) {
    Stage stage;

    begin_waiting (&stage, deaths[i], 1000);
    stage_add_script (&stage, TALK);
    g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_READY);
    stage_start (&stage);
    stage_hear_out (&stage);
    stage_say (&stage, 900);
    g_assert_cmpuint (stage.lines->len, ==, 2);
    g_assert_false (stage.lost);
    g_assert_cmpuint (fake_realtime_count (stage_get_line (&stage), "response.create"), ==, 1);
    g_assert_cmpuint (stage.rows->len, ==, 3);
    g_assert_cmpstr (stage_get_row (&stage, 0)->text, ==, "Thank you for calling. How can I help?");
    g_assert_cmpstr (stage_get_row (&stage, 2)->text, ==, "From nine to seven.");
    stage_clear (&stage);
  }
}

/* Once it has spoken in the call, a lost line is a lost line. */
static void
a_line_that_has_spoken_is_not_replaced (void)
{
  Stage stage;

  begin_waiting (&stage, "{" GREETING ", \"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"close\", \"code\": 1006}]}", 1000);
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_true (stage.lost);
  g_assert_cmpuint (stage.lines->len, ==, 1);
  stage_clear (&stage);
}

static void
a_call_takes_a_line_that_still_opens (void)
{
  Stage stage;

  begin_waiting (&stage, "{" GREETING ", \"faults\": [{\"on\": \"session.updated\", \"do\": \"delay\", \"ms\": 400}]}", 0);
  g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_OPENING);
  stage_start (&stage);
  stage_hear_out (&stage);
  g_assert_cmpuint (stage.lines->len, ==, 1);
  g_assert_cmpuint (stage_count (&stage, "response.create"), ==, 1);
  g_assert_cmpuint (stage.rows->len, ==, 1);
  stage_clear (&stage);
}

static void
loss_is_told_and_the_call_opens_its_own (void)
{
  static const struct { const char *script; guint ms; const char *words; } losses[] = {
    { "{\"faults\": [{\"on\": \"session.updated\", \"do\": \"close\", \"code\": 1006}]}", 1000, "was lost" },
    { "{\"faults\": [{\"on\": \"session.updated\", \"do\": \"drop\"}]}", 7000, "did not confirm" },
    { "{\"faults\": [{\"on\": \"input_audio_buffer.cleared\", \"nth\": 2, \"do\": \"silent\"}]}", 60000, "does not answer" },
    { "{\"answers\": false}", 6000, "does not answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++) {
    Stage stage;

    begin_waiting (&stage, losses[i].script, losses[i].ms);
    stage_add_script (&stage, TALK);
    g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_LOST);
    g_assert_nonnull (strstr (ava_realtime_spare_get_words (stage.spare), losses[i].words));
    stage_start (&stage);
    stage_hear_out (&stage);
    g_assert_cmpuint (stage.lines->len, ==, 2);
    g_assert_cmpuint (stage.rows->len, ==, 1);
    stage_clear (&stage);
  }
}

/* An hour is the longest that a session lasts; nobody needs to call for it to be renewed. */
static void
waiting_line_is_renewed_before_it_runs_out (void)
{
  Stage stage;

  begin_waiting (&stage, TALK, 3100 * 1000);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_cmpint (ava_realtime_spare_get_state (stage.spare), ==, AVA_SPARE_READY);
  stage_start (&stage);
  stage_hear_out (&stage);
  stage_say (&stage, 900);
  g_assert_cmpuint (stage.lines->len, ==, 2);
  g_assert_cmpuint (fake_realtime_count (stage_get_line (&stage), "response.create"), ==, 1);
  g_assert_cmpuint (stage.rows->len, ==, 3);
  stage_clear (&stage);
}

static void
nobody_called_and_the_bytes_are_told (void)
{
  Stage stage;
  JsonObject *egress;

  begin_waiting (&stage, TALK, 1000);
  egress = ava_realtime_spare_close (stage.spare);
  g_assert_cmpstr (json_object_get_string_member (egress, "why"), ==, "waiting for a call");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (egress, "sent"), "settings"), >, 50);
  g_assert_false (json_object_has_member (json_object_get_object_member (egress, "sent"), "words"));
  json_object_unref (egress);
  stage_clear (&stage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/realtime-spare/taken", a_call_goes_on_with_the_line_that_waits);
  g_test_add_func ("/realtime-spare/greeting", greeting_comes_within_half_a_second);
  g_test_add_func ("/realtime-spare/died", a_line_that_died_is_replaced);
  g_test_add_func ("/realtime-spare/spoken", a_line_that_has_spoken_is_not_replaced);
  g_test_add_func ("/realtime-spare/opening", a_call_takes_a_line_that_still_opens);
  g_test_add_func ("/realtime-spare/lost", loss_is_told_and_the_call_opens_its_own);
  g_test_add_func ("/realtime-spare/renewed", waiting_line_is_renewed_before_it_runs_out);
  g_test_add_func ("/realtime-spare/unused", nobody_called_and_the_bytes_are_told);
  return g_test_run ();
}
