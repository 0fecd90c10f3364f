/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-realtime-session.h"
#include "fake-realtime-server.h"

#include <string.h>

/* The session over a real socket, to the fake service on loopback: what libsoup does and does not tell. */

typedef struct {
  FakeServer *server;
  AvaRealtimeSettings *settings;
  AvaRealtimeSession *session;
  gboolean ready;
  guint events[AVA_RT_N];
  gsize biggest;           /* [bytes] of a message */
  GString *troubles;
  char *lost;
} Line;

static void
on_ready (AvaRealtimeSession *session,
          gboolean            again,
          Line               *line)
{
  line->ready = TRUE;
  ava_realtime_session_send (session, ava_realtime_write_respond ("Greet."), AVA_RT_KIND_SETTINGS);
}

static void
on_event (AvaRealtimeSession *session,
          AvaRealtimeEvent   *event,
          Line               *line)
{
  line->events[event->type]++;
  line->biggest = MAX (line->biggest, event->size);
}

static void
on_trouble (AvaRealtimeSession *session,
            const char         *words,
            Line               *line)
{
  g_string_append_printf (line->troubles, "%s\n", words);
}

static void
on_lost (AvaRealtimeSession *session,
         const char         *words,
         Line               *line)
{
  line->lost = g_strdup (words);
}

static void
line_open (Line       *line,
           const char *script)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "realtime-client.schema.json", NULL);
  JsonObject *config = json_object_new ();

  *line = (Line) { .server = fake_server_new (script, path), .settings = ava_realtime_settings_new () };
  g_free (line->settings->url);
  line->settings->url = fake_server_dup_url (line->server);
  line->settings->key = g_strdup ("sk-fake");
  line->troubles = g_string_new (NULL);
  json_object_set_string_member (config, "type", "realtime");
  line->session = ava_realtime_session_new (line->settings, ava_realtime_socket_new, NULL);
  g_signal_connect (line->session, "ready", G_CALLBACK (on_ready), line);
  g_signal_connect (line->session, "event", G_CALLBACK (on_event), line);
  g_signal_connect (line->session, "trouble", G_CALLBACK (on_trouble), line);
  g_signal_connect (line->session, "lost", G_CALLBACK (on_lost), line);
  ava_realtime_session_configure (line->session, config);
}

static void
line_reopen (Line *line)
{
  JsonObject *config = json_object_new ();

  json_object_set_string_member (config, "type", "realtime");
  g_object_unref (line->session);
  line->session = ava_realtime_session_new (line->settings, ava_realtime_socket_new, NULL);
  g_signal_connect (line->session, "ready", G_CALLBACK (on_ready), line);
  g_signal_connect (line->session, "lost", G_CALLBACK (on_lost), line);
  ava_realtime_session_configure (line->session, config);
}

static void
line_close (Line *line)
{
  g_autoptr (GPtrArray) wrong = NULL;

  ava_realtime_session_close (line->session);
  g_assert_finalize_object (line->session);
  while (g_main_context_iteration (NULL, FALSE));
  wrong = fake_server_list_wrong (line->server);
  for (guint i = 0; i < wrong->len; i++)
    g_test_message ("wrong: %s", (char *) wrong->pdata[i]);
  g_assert_cmpuint (wrong->len, ==, 0);
  fake_server_free (line->server);
  g_string_free (line->troubles, TRUE);
  g_free (line->lost);
  ava_realtime_settings_free (line->settings);
}

/* How much slower than usual the program is: what a sanitizer watches is slow. */
static guint
get_patience (void)
{
  const char *patience = g_getenv ("AVA_TEST_PATIENCE");

  return patience != NULL ? g_ascii_strtoull (patience, NULL, 10) : 1;
}

/* Runs until @done says so; the session's time goes on with the machine's. */
static void
run (Line     *line,
     gboolean (*done) (Line *line))
{
  gint64 longest = 30 * G_USEC_PER_SEC * get_patience ();
  gint64 start = g_get_monotonic_time ();

  while (!done (line) && g_get_monotonic_time () - start < longest) {
    while (g_main_context_iteration (NULL, FALSE));
    ava_realtime_session_tick (line->session, g_get_monotonic_time () - start, FALSE);
    g_usleep (2000);
  }
  g_assert_true (done (line));
}

static gboolean is_done (Line *line) { return line->events[AVA_RT_RESPONSE_DONE] > 0; }
static gboolean is_lost (Line *line) { return line->lost != NULL; }

static void
a_greeting_comes_over_the_wire (void)
{
  Line line;

  line_open (&line, "{\"pace\": 100, \"greeting\": [{\"say\": \"Thank you for calling.\"}]}");
  ava_realtime_session_open (line.session);
  run (&line, is_done);
  g_assert_cmpuint (line.events[AVA_RT_AUDIO_DELTA], >, 3);
  g_assert_null (line.lost);
  line_close (&line);
}

/* libsoup's usual limit is 128 KiB. */
static void
big_messages_come_whole_and_in_order (void)
{
  Line line;

  line_open (&line, "{\"pace\": 1000, \"delta_ms\": 140000, \"ms_per_char\": 140000, \"greeting\": [{\"say\": \"x\"}]}");
  ava_realtime_session_open (line.session);
  run (&line, is_done);
  g_assert_cmpuint (line.events[AVA_RT_AUDIO_DELTA], ==, 1);
  g_assert_cmpuint (line.biggest, >, 8900000);
  g_assert_cmpuint (line.events[AVA_RT_WORDS_DONE], ==, 1);
  line_close (&line);
}

static void
a_refused_handshake_is_told_in_words (void)
{
  static const struct { guint status; const char *words; } refusals[] = {
    { 401, "does not accept the key (401)" }, { 403, "may not use" }, { 404, "not found" }, { 429, "asks to wait 7 s" },
    { 500, "out of order (500)" }, { 503, "out of order (503)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *script = g_strdup_printf ("{\"handshake\": {\"status\": %u, \"retry_after\": \"7\"}}", refusals[i].status);
    Line line;

    line_open (&line, script);
    ava_realtime_session_open (line.session);
    run (&line, is_lost);
    g_test_message ("%s", line.lost);
    g_assert_nonnull (strstr (line.lost, refusals[i].words));
    line_close (&line);
  }
}

static void
on_away (AvaRealtimeSession *session,
         const char         *words,
         guint              *n_away)
{
  (*n_away)++;
}

static gint64
count_lines (AvaRealtimeSession *session)
{
  g_autoptr (JsonObject) egress = ava_realtime_session_describe_egress (session);

  return json_object_get_int_member (egress, "lines");
}

/* Tried anew when the service says, and not before; not at all when that is longer than a caller waits. */
static void
retry_after_is_honoured (void)
{
  static const char *const after[] = { "7", "60" };

  for (guint i = 0; i < G_N_ELEMENTS (after); i++) {
    g_autofree char *script = g_strdup_printf ("{\"handshake\": {\"status\": 429, \"retry_after\": \"%s\"}}", after[i]);
    Line line;
    guint n_away = 0;

    line_open (&line, script);
    line.settings->reconnects = TRUE;
    line_reopen (&line);
    g_signal_connect (line.session, "away", G_CALLBACK (on_away), &n_away);
    ava_realtime_session_open (line.session);
    for (guint n = 0; n < 3000 * get_patience () && n_away == 0 && line.lost == NULL; n++) {
      while (g_main_context_iteration (NULL, FALSE));
      g_usleep (5000);
    }
    g_assert_cmpuint (n_away, ==, i == 0);
    g_assert_cmpint (line.lost != NULL, ==, i == 1);
    ava_realtime_session_tick (line.session, 6900000, FALSE);
    g_assert_cmpint (count_lines (line.session), ==, 1);
    ava_realtime_session_tick (line.session, 7100000, FALSE);
    g_assert_cmpint (count_lines (line.session), ==, i == 0 ? 2 : 1);
    line_close (&line);
  }
}

/* What is typed in the wrong place may be a key: it stands in no word of ours. */
static void
a_wrong_header_is_not_repeated (void)
{
  static const char *const wrong[] = { "Authorization Bearer sk-abcdefghijklmnop", "Authorization: Bearer sk-abcdefghijklmnop", "api-key sk-abcdefghijklmnop",
                                       "sk-abcdefghijklmnop", ":sk-abcdefghijklmnop", "OpenAI-Beta: sk-abcdefghijklmnop", "X-A: 1\nsk-abcdefghijklmnop" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    AvaRealtimeSettings *settings = ava_realtime_settings_new ();
    g_autoptr (GError) error = NULL;
    const char *headers[] = { "X-Fine: 1", wrong[i], NULL };

    settings->key = g_strdup ("sk-fake");
    settings->headers = g_strdupv ((char **) headers);
    g_assert_false (ava_realtime_settings_check (settings, &error));
    g_assert_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_HEADER);
    g_assert_null (strstr (error->message, "abcdef"));
    ava_realtime_settings_free (settings);
  }
}

static void
wrong_settings_are_told_in_words (void)
{
  static const struct { const char *key; const char *model; const char *words; } refusals[] = {
    { "sk-bad", "gpt-realtime-2.1", "does not accept the key" }, { "sk-good", "retired-model", "does not exist any more" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    Line line;

    line_open (&line, "{}");
    g_free (line.settings->key);
    g_free (line.settings->model);
    line.settings->key = g_strdup (refusals[i].key);
    line.settings->model = g_strdup (refusals[i].model);
    line_reopen (&line);
    ava_realtime_session_open (line.session);
    run (&line, is_lost);
    g_assert_nonnull (strstr (line.lost, refusals[i].words));
    line_close (&line);
  }
}

static void
nobody_there_is_told_in_words (void)
{
  static const char *const urls[] = { "ws://127.0.0.1:9/v1/realtime", "wss://no-such-host.invalid/v1/realtime" };
  static const char *const words[] = { "Nothing answers at the address", "The address of the cloud voice cannot be found" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    Line line;

    line_open (&line, "{}");
    g_free (line.settings->url);
    line.settings->url = g_strdup (urls[i]);
    line.settings->connect_ms = 10000;
    line_reopen (&line);
    ava_realtime_session_open (line.session);
    run (&line, is_lost);
    g_test_message ("%s", line.lost);
    g_assert_nonnull (strstr (line.lost, words[i]));
    line_close (&line);
  }
}

static void
a_handshake_without_an_answer_is_given_up (void)
{
  Line line;

  line_open (&line, "{\"handshake\": {\"status\": 0}}");
  line.settings->connect_ms = 300;
  line_reopen (&line);
  ava_realtime_session_open (line.session);
  run (&line, is_lost);
  g_assert_nonnull (strstr (line.lost, "does not answer"));
  line_close (&line);
}

static void
closes_are_told_with_their_cause (void)
{
  static const struct { guint code; const char *reason; const char *words; } ends[] = {
    { 1006, "", "was lost" }, { 1001, "", "1001" }, { 3000, "invalid_request_error.invalid_api_key", "does not accept the key" },
    { 4000, "something", "close 4000, something" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *script = g_strdup_printf ("{\"greeting\": [{\"say\": \"Hello.\"}], \"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 1, "
                                               "\"do\": \"close\", \"code\": %u, \"reason\": \"%s\"}]}", ends[i].code, ends[i].reason);
    Line line;

    line_open (&line, script);
    ava_realtime_session_open (line.session);
    run (&line, is_lost);
    g_test_message ("%s", line.lost);
    g_assert_nonnull (strstr (line.lost, ends[i].words));
    line_close (&line);
  }
}

/* Names of a service that is not here lead to the fake. */
#define TEST_TYPE_NAMES (test_names_get_type ())
G_DECLARE_FINAL_TYPE (TestNames, test_names, TEST, NAMES, GResolver)
struct _TestNames { GResolver parent_instance; };
G_DEFINE_FINAL_TYPE (TestNames, test_names, G_TYPE_RESOLVER)

static void
test_names_lookup_async (GResolver                *resolver,
                         const char               *name,
                         GResolverNameLookupFlags  flags,
                         GCancellable             *cancellable,
                         GAsyncReadyCallback       callback,
                         gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)), (GDestroyNotify) g_resolver_free_addresses);
}

static GList *
test_names_lookup_finish (GResolver     *resolver,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_names_class_init (TestNamesClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_async = test_names_lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_finish = test_names_lookup_finish;
}

static void test_names_init (TestNames *self) { }

/* The key goes out as the service wants it, whole, and in one header alone. */
static void
key_is_sent_exactly_as_it_is (void)
{
  static const struct { const char *host; const char *key; const char *lost; } cases[] = {
    { "127.0.0.1", "sk-of-ours", NULL }, { "127.0.0.1", "sk-of-our", "does not accept the key (401)" },
    { "127.0.0.1", "sk-of-ours2", "does not accept the key (401)" }, { "127.0.0.1", "SK-OF-OURS", "does not accept the key (401)" },
    { "desk.openai.azure.com", "sk-of-ours", NULL }, { "desk.openai.azure.com", "sk-of-theirs", "does not accept the key (401)" },
  };
  g_autoptr (GResolver) names = g_object_new (TEST_TYPE_NAMES, NULL);
  g_autoptr (GResolver) usual = g_resolver_get_default ();

  g_resolver_set_default (names);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Line line;

    line_open (&line, "{\"key\": \"sk-of-ours\", \"greeting\": [{\"say\": \"Hello.\"}]}");
    g_free (line.settings->url);
    g_free (line.settings->key);
    line.settings->url = g_strdup_printf ("ws://%s:%u/openai/v1/realtime", cases[i].host, fake_server_get_port (line.server));
    line.settings->key = g_strdup (cases[i].key);
    line_reopen (&line);
    g_signal_connect (line.session, "event", G_CALLBACK (on_event), &line);
    ava_realtime_session_open (line.session);
    run (&line, cases[i].lost != NULL ? is_lost : is_done);
    if (cases[i].lost != NULL)
      g_assert_nonnull (strstr (line.lost, cases[i].lost));
    line_close (&line);
  }
  g_resolver_set_default (usual);
}

/* [bytes] of sound that were given to the socket */
static gint64
count_audio (Line *line)
{
  g_autoptr (JsonObject) egress = ava_realtime_session_describe_egress (line->session);

  return json_object_get_int_member (json_object_get_object_member (egress, "sent"), "audio");
}

static void
hear_silence (Line  *line,
              guint  frames)
{
  static const gint16 pcm[320] = { 0 };

  for (guint i = 0; i < frames; i++) {
    ava_realtime_session_hear (line->session, pcm, G_N_ELEMENTS (pcm));
    while (g_main_context_iteration (NULL, FALSE));
  }
}

#define SECOND_BYTES 66000       /* of sound, as it is sent */
#define THEIR_BYTES 32768        /* that their side of the line takes without being read; the kernel makes it twice that */

/* A service that does not read: what their kernel does not take and ours does not keep, a quarter of a second, is not sent;
 * and when it reads again, it hears the last second of the caller next, not what was said before. */
static void
a_slow_reader_gets_no_old_audio (void)
{
  g_autofree char *script = g_strdup_printf ("{\"receive_bytes\": %u, "
                                             "\"faults\": [{\"on\": \"client:response.create\", \"do\": \"stall\", \"ms\": %u}]}",
                                             THEIR_BYTES, 3000 * get_patience ());
  Line line;
  gint64 audio = -1, stuck = 0;

  line_open (&line, script);
  ava_realtime_session_open (line.session);
  for (guint i = 0; i < 200 && !line.ready; i++) {
    while (g_main_context_iteration (NULL, FALSE));
    g_usleep (5000);
  }
  g_assert_true (line.ready);
  while (g_main_context_iteration (NULL, FALSE));
  while (audio != stuck) {   /* until nothing goes any more: 20 s of sound, and again */
    audio = stuck;
    hear_silence (&line, 1000);
    g_usleep (50000);
    stuck = count_audio (&line);
  }
  g_test_message ("%.0f KB were given away, %.1f s", stuck / 1e3, stuck / (double) SECOND_BYTES);
  g_assert_cmpint (stuck, >, 0);
  g_assert_cmpint (stuck, <, 4 * SECOND_BYTES);
  do {
    g_usleep (1000);
    hear_silence (&line, 1);
    audio = count_audio (&line);
  } while (audio == stuck);
  g_assert_cmpint (audio - stuck, <=, SECOND_BYTES);
  line_close (&line);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/realtime-socket/greeting", a_greeting_comes_over_the_wire);
  g_test_add_func ("/realtime-socket/big", big_messages_come_whole_and_in_order);
  g_test_add_func ("/realtime-socket/handshake", a_refused_handshake_is_told_in_words);
  g_test_add_func ("/realtime-socket/retry-after", retry_after_is_honoured);
  g_test_add_func ("/realtime-socket/header", a_wrong_header_is_not_repeated);
  g_test_add_func ("/realtime-socket/key", key_is_sent_exactly_as_it_is);
  g_test_add_func ("/realtime-socket/settings", wrong_settings_are_told_in_words);
  g_test_add_func ("/realtime-socket/nobody", nobody_there_is_told_in_words);
  g_test_add_func ("/realtime-socket/no-answer", a_handshake_without_an_answer_is_given_up);
  g_test_add_func ("/realtime-socket/closes", closes_are_told_with_their_cause);
  g_test_add_func ("/realtime-socket/slow-reader", a_slow_reader_gets_no_old_audio);
  return g_test_run ();
}
