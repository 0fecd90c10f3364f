/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include "ava-steady-agent.h"
#include "fake-realtime-server.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Call after call over real sockets, whose service goes wrong at random: each one ends with an outcome, and leaves nothing.
 *
 * test-realtime-soak              a call with each fault, as a test
 * test-realtime-soak script N     what the fake has to do in N calls, as JSON
 * test-realtime-soak soak URL N   N calls with such a fake, as rows of a bench; fails when one was lost, or something is left
 */

#define CALLS 30            /* each fault once */
#define OUTCOME "answered"  /* of a caller who only says goodbye, whoever answers */
#define MOST_GROWTH 5       /* [%] of memory in use, from the first fifth of the calls to the last */
#define MOST_FRAMES 6000    /* 2 min of a call */
#define FRAME_WALL_US 1000  /* [us] that a frame of 20 ms takes */

#define GREETING "{\"say\": \"Thank you for calling, how can I help?\"}"
#define FAILED(code, words) "{\"status\": \"failed\", \"error\": {\"code\": \"" code "\", \"message\": \"" words "\"}}"

/* What goes wrong with a service. */
typedef struct {
  const char *members;    /* of the session's script */
  const char *before;     /* nullable: responses before the greeting */
  gboolean interrupts;    /* it takes a caller who speaks over Ava, who is told slowly */
} Fault;

static const Fault faults[] = {
  { "\"faults\": []" },
  { "\"faults\": []", .interrupts = TRUE },
  /* The line */
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"close\", \"code\": 1006}]" },
  { "\"faults\": [{\"on\": \"input_audio_buffer.committed\", \"do\": \"close\", \"code\": 1006}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"close\", \"code\": 1011, \"reason\": \"internal\"}]" },
  { "\"faults\": [{\"on\": \"session.updated\", \"do\": \"close\", \"code\": 3000, \"reason\": \"invalid_request_error.invalid_api_key\"}]" },
  { "\"faults\": [{\"on\": \"session.created\", \"do\": \"close\", \"code\": 4000, \"reason\": \"invalid_request_error.beta_api_shape_disabled\"}]" },
  { "\"faults\": [{\"on\": \"response.created\", \"nth\": 2, \"do\": \"close\", \"code\": 4000, \"reason\": \"insufficient_quota\"}]" },
  { "\"faults\": [{\"on\": \"response.created\", \"do\": \"close\", \"code\": 1001, \"reason\": \"going away\"}]" },
  /* The door */
  { "\"handshake\": {\"status\": 401}" },
  { "\"handshake\": {\"status\": 429, \"retry_after\": \"20\"}" },
  { "\"handshake\": {\"status\": 429}" },
  { "\"handshake\": {\"status\": 500}" },
  { "\"handshake\": {\"status\": 503, \"retry_after\": \"1\"}" },
  /* The account */
  { "\"faults\": [{\"on\": \"response.created\", \"nth\": 2, \"do\": \"error\", \"code\": \"insufficient_quota\"}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"error\", \"code\": \"server_error\"}]" },
  { "\"faults\": [{\"on\": \"response.created\", \"nth\": 2, \"do\": \"error\", \"code\": \"rate_limit_exceeded\"}]" },
  { "\"faults\": []", .before = FAILED ("rate_limit_exceeded", "Rate limit reached. Please try again in 200ms.") },
  { "\"faults\": []", .before = FAILED ("rate_limit_exceeded", "Rate limit reached. Please try again in 20s.") },
  { "\"faults\": []", .before = FAILED ("server_error", "The server had an error.") },
  /* What comes */
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"text\", \"text\": \"{\"}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"deep\", \"size\": 200000}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"huge\", \"size\": 3000000}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 2, \"do\": \"huge\", \"size\": 9437184}]" },
  { "\"faults\": [{\"on\": \"response.done\", \"do\": \"drop\"}]" },
  { "\"faults\": [{\"on\": \"response.created\", \"do\": \"twice\"}]" },
  { "\"late_deltas\": 12", .interrupts = TRUE },
  /* Silence */
  { "\"faults\": [{\"on\": \"input_audio_buffer.committed\", \"do\": \"silent\"}]" },
  { "\"faults\": [{\"on\": \"session.created\", \"do\": \"silent\"}]" },
  { "\"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"silent\"}]" },
};

/* Each of them once in every round, in an order that is the same for the service and for the callers. */
static GArray *
plan (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++) {
    guint which = i % G_N_ELEMENTS (faults);
    guint round = i - which;
    guint other;

    g_array_append_val (order, which);
    other = g_rand_int_range (rand, round, i + 1);
    g_array_index (order, guint, i) = g_array_index (order, guint, other);
    g_array_index (order, guint, other) = which;
  }
  return order;
}

static char *
write_script (guint n)
{
  g_autoptr (GArray) order = plan (n);
  g_autoptr (GString) text = g_string_new ("{\"sessions\": [");

  for (guint i = 0; i < n; i++) {
    const Fault *fault = &faults[g_array_index (order, guint, i)];

    g_string_append_printf (text, "%s{\"pace\": %d, \"think_ms\": 10, \"transcribe_ms\": 20, \"greeting\": [%s%s" GREETING "],"
                            "\"turns\": [{\"hear\": \"No, that is all. Goodbye.\", \"steps\": [{\"say\": \"Thank you for calling. Goodbye.\","
                            "\"calls\": [{\"name\": \"end_call\", \"arguments\": {}}]}]}], %s}",
                            i > 0 ? ", " : "", fault->interrupts ? 4 : 40, fault->before != NULL ? fault->before : "",
                            fault->before != NULL ? "," : "", fault->members);
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

/* The caller says goodbye whenever Ava has been silent for a moment; one who interrupts speaks over her greeting first.
 * Returns: the outcome, nullable */
static char *
take_call (const char *url,
           gboolean    interrupts,
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
    if (interrupts && stage.played > AVA_RATE / 5) {
      interrupts = FALSE;
      speech = 30;
    }
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

/* For whoever reads why a test failed. */
static void
list_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);

    g_test_message ("file %s: %s", name, target != NULL ? target : "gone");
  }
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
  g_autoptr (GArray) order = plan (CALLS);
  guint before = 0, local = 0;

  for (guint i = 0; i < CALLS; i++) {
    gboolean was_local;
    const Fault *fault = &faults[g_array_index (order, guint, i)];
    g_autofree char *outcome = take_call (url, fault->interrupts, &was_local);

    g_test_message ("call %u: %s by the %s agent, %s%s", i, outcome, was_local ? "local" : "cloud", fault->members,
                    fault->before != NULL ? fault->before : "");
    g_assert_cmpstr (outcome, ==, OUTCOME);
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
  if (count_files () > before)
    list_files ();
  g_assert_cmpuint (count_files (), <=, before);
  fake_server_free (server);
}

/* What is in use: of nine megabytes that were freed some stay with the allocator for a while, and are used again. */
static double
get_used_mb (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (info.uordblks + info.hblkhd) / 1048576.0;
}

static void
row (const char *name,
     double      value,
     const char *unit,
     double      reference)
{
  printf ("realtime/%s %.3f %s %.3f %.2f\n", name, value, unit, reference, reference > 0 ? value / reference : 0);
}

static gboolean
check (const char *name,
       gboolean    met)
{
  if (!met)
    fprintf (stderr, "not met: %s\n", name);
  return met;
}

/* Returns: whether all calls had their outcome and nothing is left of them */
static gboolean
soak (const char *url,
      guint       n)
{
  g_autoptr (GArray) order = plan (n);
  guint ended = 0, wrong = 0, local = 0, before = 0;
  double first_mb = 0, growth;
  gboolean met = TRUE;

  for (guint i = 0; i < n; i++) {
    gboolean was_local;
    const Fault *fault = &faults[g_array_index (order, guint, i)];
    g_autofree char *outcome = take_call (url, fault->interrupts, &was_local);

    ended += outcome != NULL;
    wrong += outcome != NULL && !g_str_equal (outcome, OUTCOME);
    local += was_local;
    if (g_strcmp0 (outcome, OUTCOME) != 0)
      fprintf (stderr, "call %u ended as %s: %s\n", i, outcome != NULL ? outcome : "nothing", fault->members);
    /* By then everything has gone wrong once. */
    if (i != MAX (n / 5, CALLS))
      continue;
    for (guint j = 0; j < 100; j++)
      pump ();
    before = count_files ();
    first_mb = get_used_mb ();
  }
  if (n <= CALLS) {
    fprintf (stderr, "more than %u calls are needed\n", CALLS);
    return FALSE;
  }
  wait_for_files (before);
  growth = (get_used_mb () - first_mb) / first_mb * 100;
  row ("calls", n, "calls", 0);
  row ("ended-with-an-outcome", ended, "calls", n);
  row ("ended-with-a-wrong-one", wrong, "calls", 0);
  row ("ended-by-the-local-agent", local, "calls", 0);
  row ("files-left", (int) count_files () - (int) before, "files", 0);
  row ("memory-growth", growth, "%", MOST_GROWTH);
  met &= check ("every call ends with an outcome", ended == n);
  met &= check ("no outcome is wrong", wrong == 0);
  met &= check ("no socket and no file is left", count_files () <= before);
  met &= check ("memory does not grow", growth <= MOST_GROWTH);
  return met;
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
  if (argc == 4 && g_str_equal (argv[1], "soak"))
    return soak (argv[2], atoi (argv[3])) ? 0 : 1;
  G_STATIC_ASSERT (G_N_ELEMENTS (faults) == CALLS);
  g_test_add_func ("/realtime-soak/calls", every_call_ends_and_leaves_nothing);
  return g_test_run ();
}
