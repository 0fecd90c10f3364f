/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include "ava-steady-agent.h"
#include "fake-realtime-server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Call after call over real sockets, whose service goes wrong at random: each one ends with an outcome, and leaves nothing.
 *
 * test-realtime-soak              twenty calls, as a test
 * test-realtime-soak script N     what the fake has to do in N calls, as JSON
 * test-realtime-soak soak URL N   N calls with such a fake, as rows of a bench
 */

#define CALLS 20
#define MOST_FRAMES 6000    /* 2 min of a call */
#define FRAME_WALL_US 1000  /* [us] that a frame of 20 ms takes */

static const char *const faults[] = {
  "{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"close\", \"code\": 1006}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"close\", \"code\": 1011, \"reason\": \"internal\"}",
  "{\"on\": \"session.updated\", \"do\": \"close\", \"code\": 3000, \"reason\": \"invalid_request_error.invalid_api_key\"}",
  "{\"on\": \"response.created\", \"do\": \"close\", \"code\": 1001, \"reason\": \"going away\"}",
  "{\"on\": \"response.created\", \"nth\": 2, \"do\": \"error\", \"code\": \"insufficient_quota\"}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"text\", \"text\": \"{\"}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"deep\", \"size\": 200000}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"huge\", \"size\": 3000000}",
  "{\"on\": \"response.done\", \"do\": \"drop\"}",
  "{\"on\": \"response.created\", \"do\": \"twice\"}",
  "{\"on\": \"input_audio_buffer.committed\", \"do\": \"silent\"}",
  "{\"on\": \"session.created\", \"do\": \"silent\"}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"silent\"}",
  "{\"on\": \"input_audio_buffer.committed\", \"do\": \"close\", \"code\": 1006}",
  "{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"error\", \"code\": \"server_error\"}",
};

static char *
write_script (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (GString) text = g_string_new ("{\"sessions\": [");

  for (guint i = 0; i < n; i++) {
    guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (faults) * 4 / 3);

    g_string_append_printf (text, "%s{\"pace\": 40, \"think_ms\": 10, \"transcribe_ms\": 20, \"greeting\": [{\"say\": \"Thank you for calling, how can I help?\"}],"
                            "\"turns\": [{\"hear\": \"No, that is all. Goodbye.\", \"steps\": [{\"say\": \"Thank you for calling. Goodbye.\","
                            "\"calls\": [{\"name\": \"end_call\", \"arguments\": {}}]}]}], \"faults\": [%s]}",
                            i > 0 ? ", " : "", which < G_N_ELEMENTS (faults) ? faults[which] : "");
  }
  g_string_append (text, "]}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static AvaAgent *
make_agent (Stage                  *stage,
            const AvaRealtimeParts *parts)
{
  return ava_steady_agent_new (parts, stage->user_data, NULL);
}

/* The caller says goodbye whenever Ava has been silent for a moment. Returns: the outcome, nullable */
static char *
take_call (const char *url,
           gboolean   *was_local)
{
  g_autoptr (AvaRecognizer) ear = stage_ear_new ();
  Stage stage;
  char *outcome;
  guint quiet = 0, speech = 0;

  stage_ear_hear (ear, "no thank you that is all");
  stage_init (&stage, "{}", AVA_TURN_MODE_SERVER_VAD);
  g_free (stage.settings->url);
  stage.settings->url = g_strdup (url);
  stage.make_line = ava_realtime_socket_new;
  stage.make_agent = make_agent;
  stage.user_data = ear;
  stage_start (&stage);
  for (guint i = 0; i < MOST_FRAMES && stage.outcome == NULL; i++) {
    stage_play (&stage, speech > 0, AVA_FRAME_MS);
    g_usleep (FRAME_WALL_US);
    speech -= speech > 0;
    quiet = stage.queued > 0 || speech > 0 || stage.played == 0 ? 0 : quiet + 1;
    if (quiet < 75)
      continue;
    speech = 45;
    quiet = 0;
  }
  outcome = g_strdup (stage.outcome);
  *was_local = ava_steady_agent_is_local (AVA_STEADY_AGENT (stage.agent));
  stage_clear (&stage);   /* asserts that the agent is gone */
  return outcome;
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
pump (void)
{
  while (g_main_context_iteration (NULL, FALSE));
  g_usleep (5000);
}

/* A polite goodbye is answered, and the socket goes. */
static void
wait_for_files (guint wanted)
{
  for (guint i = 0; i < 2000 && count_files () > wanted; i++)
    pump ();
}

static void
every_call_ends_and_leaves_nothing (void)
{
  g_autofree char *script = write_script (CALLS);
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "data", "realtime-client.schema.json", NULL);
  FakeServer *server = fake_server_new (script, schema);
  g_autofree char *url = fake_server_dup_url (server);
  guint before = 0, local = 0;

  for (guint i = 0; i < CALLS; i++) {
    gboolean was_local;
    g_autofree char *outcome = take_call (url, &was_local);

    g_test_message ("call %u: %s by the %s agent", i, outcome, was_local ? "local" : "cloud");
    g_assert_nonnull (outcome);
    local += was_local;
    for (guint j = 0; j < 2000 && fake_server_count_live (server) > 0; j++)
      pump ();
    g_assert_cmpuint (fake_server_count_live (server), ==, 0);
    /* The first calls open what stays open: the wake-up of each thread's context. */
    if (i == 2)
      before = count_files ();
  }
  g_assert_cmpuint (local, >, 0);
  g_assert_cmpuint (local, <, CALLS);
  wait_for_files (before);
  g_assert_cmpuint (count_files (), <=, before);
  fake_server_free (server);
}

static double
get_rss_mb (void)
{
  g_autofree char *text = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  at = text != NULL ? strstr (text, "VmRSS:") : NULL;
  return at != NULL ? g_ascii_strtoull (at + 6 + strspn (at + 6, " \t"), NULL, 10) / 1024.0 : 0;
}

static void
row (const char *name,
     double      value,
     const char *unit,
     double      reference)
{
  printf ("realtime/%s %.3f %s %.3f %.2f\n", name, value, unit, reference, reference > 0 ? value / reference : 0);
}

static void
soak (const char *url,
      guint       n)
{
  guint ended = 0, local = 0, before = 0;
  double first_mb = 0;

  for (guint i = 0; i < n; i++) {
    gboolean was_local;
    g_autofree char *outcome = take_call (url, &was_local);

    ended += outcome != NULL;
    local += was_local;
    if (i != n / 5)
      continue;
    for (guint j = 0; j < 100; j++)
      pump ();
    before = count_files ();
    first_mb = get_rss_mb ();
  }
  wait_for_files (before);
  row ("calls", n, "calls", 0);
  row ("ended-with-an-outcome", ended, "calls", n);
  row ("ended-by-the-local-agent", local, "calls", 0);
  row ("files-left", (int) count_files () - (int) before, "files", 0);
  row ("memory-growth", (get_rss_mb () - first_mb) / first_mb * 100, "%", 5);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *script = NULL;

  if (argc == 3 && g_str_equal (argv[1], "script")) {
    script = write_script (atoi (argv[2]));
    puts (script);
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  if (argc == 4 && g_str_equal (argv[1], "soak")) {
    soak (argv[2], atoi (argv[3]));
    return 0;
  }
  g_test_add_func ("/realtime-soak/calls", every_call_ends_and_leaves_nothing);
  return g_test_run ();
}
