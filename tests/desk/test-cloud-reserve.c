/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-cloud-trial.h"
#include "ava-context.h"
#include "fake-realtime-server.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* A line to the cloud voice that waits for the next call, and what the ledger says of it: the fake service on loopback. */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */
#define KEY "sk-of-the-test-1f3a"
#define TALK "{\"key\": \"" KEY "\", \"greeting\": [{\"say\": \"Thank you for calling. How can I help?\"}]}"
#define CALLER "title: Kim says nothing\nphone: +12125550147\nvoice: flite slt\nhang up after: 60 s\nopening: Hello?\n"

typedef struct {
  FakeServer *server;
  AvaContext *context;
  AvaCloudReserve *reserve;
  AvaCloudVoice *voice;
  AvaCallSession *session;   /* nullable */
  char *folder;
  GPtrArray *notices;
} Desk;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_tree (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

static gboolean
wake_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* A loaded machine is slow; nothing here depends on how slow. */
static void
wait_for (Desk     *desk,
          gboolean (*done) (Desk *desk))
{
  const char *patience = g_getenv ("AVA_TEST_PATIENCE");
  gint64 end_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC * (patience != NULL ? g_ascii_strtoll (patience, NULL, 10) : 1);
  guint id = g_timeout_add (20, wake_cb, NULL);

  while (!done (desk) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_true (done (desk));
}

static gboolean is_ready (Desk *desk) { return ava_cloud_reserve_is_ready (desk->reserve); }
static gboolean is_noted (Desk *desk) { return !ava_cloud_reserve_is_noting (desk->reserve); }
static gboolean has_no_line (Desk *desk) { return fake_server_count_live (desk->server) == 0; }
static gboolean has_line (Desk *desk) { return fake_server_count_live (desk->server) > 0; }
/* The first was told of the settings twice. */
static gboolean has_next_line (Desk *desk) { return fake_server_count (desk->server, "session.update") == 3; }
static gboolean has_greeted (Desk *desk) { return ava_call_session_get_greeting_us (desk->session) > 0; }

static void
on_notice (AvaContext *context,
           const char *words,
           Desk       *desk)
{
  g_ptr_array_add (desk->notices, g_strdup (words));
}

static void
desk_open (Desk       *desk,
           const char *script)
{
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "data", "realtime-client.schema.json", NULL);
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  *desk = (Desk) { .server = fake_server_new (script, schema), .folder = g_dir_make_tmp ("ava-reserve-XXXXXX", NULL) };
  url = fake_server_dup_url (desk->server);
  g_setenv ("AVA_REALTIME_URL", url, TRUE);
  desk->notices = g_ptr_array_new_with_free_func (g_free);
  desk->context = ava_context_new (desk->folder, clock, TRUE, &error);
  g_assert_no_error (error);
  desk->reserve = ava_context_get_cloud_reserve (desk->context);
  desk->voice = ava_context_get_cloud_voice (desk->context);
  g_signal_connect (desk->context, "notice", G_CALLBACK (on_notice), desk);
}

/* The ledger as it is on disk: [{endpoint, lines, sent, received, why, call_id}], oldest first. */
static JsonArray *
read_ledger (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "ava.db", NULL);
  JsonArray *rows = json_array_new ();
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT coalesce (data, after), conversation_id FROM (SELECT data, NULL AS after, conversation_id, at_us "
                                       "FROM communication_events WHERE kind = 'egress' UNION ALL SELECT NULL, after, call_id, at_us FROM journal "
                                       "WHERE what = 'egress' AND tbl IS NULL) ORDER BY at_us", -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW) {
    const char *text = (const char *) sqlite3_column_text (statement, 0);
    JsonNode *node = json_from_string (text != NULL ? text : "{}", NULL);
    JsonObject *row = json_node_get_object (node);

    g_assert_null (strstr (text != NULL ? text : "", KEY));
    json_object_set_string_member (row, "call_id", (const char *) sqlite3_column_text (statement, 1));
    json_array_add_object_element (rows, json_object_ref (row));
    json_node_unref (node);
  }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return rows;
}

static void
assert_row (JsonArray  *rows,
            guint       i,
            const char *why)
{
  static const char *const kinds[] = { "audio", "words", "settings", "results", "control", NULL };
  static const char *const members[] = { "endpoint", "lines", "sent", "received", "why", "works", "call_id", NULL };
  JsonObject *row;
  g_autoptr (GList) names = NULL;

  g_assert_cmpuint (json_array_get_length (rows), >, i);
  row = json_array_get_object_element (rows, i);
  g_assert_cmpstr (json_object_get_string_member (row, "why"), ==, why);
  g_assert_cmpstr (json_object_get_string_member (row, "endpoint"), ==, "127.0.0.1/v1/realtime");
  g_assert_cmpint (json_object_get_int_member (row, "lines"), ==, 1);
  names = json_object_get_members (row);
  for (GList *at = names; at != NULL; at = at->next)
    g_assert_true (g_strv_contains (members, at->data));
  for (guint side = 0; side < 2; side++) {   /* kinds and bytes, no content */
    JsonObject *bytes = json_object_get_object_member (row, side == 0 ? "sent" : "received");
    g_autoptr (GList) of = json_object_get_members (bytes);

    g_assert_nonnull (of);
    for (GList *at = of; at != NULL; at = at->next) {
      g_assert_true (g_strv_contains (kinds, at->data));
      g_assert_cmpint (json_object_get_int_member (bytes, at->data), >, 0);
    }
  }
}

/* Ends all; @n_rows: of the ledger, by then */
static JsonArray *
desk_close (Desk *desk)
{
  g_autoptr (GPtrArray) wrong = NULL;
  JsonArray *rows;

  ava_context_shut_down (desk->context);
  rows = read_ledger (desk);
  g_object_unref (desk->context);
  while (g_main_context_iteration (NULL, FALSE));
  wrong = fake_server_list_wrong (desk->server);
  for (guint i = 0; i < wrong->len; i++)
    g_test_message ("wrong: %s", (char *) wrong->pdata[i]);
  g_assert_cmpuint (wrong->len, ==, 0);
  fake_server_free (desk->server);
  g_ptr_array_unref (desk->notices);
  remove_tree (desk->folder);
  g_free (desk->folder);
  return rows;
}

static void
call_in (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "kim.caller", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, CALLER, -1, NULL));
  desk->session = ava_context_start_call (desk->context, path, &error);
  g_assert_no_error (error);
}

static void
a_call_goes_on_with_the_line_that_waits (void)
{
  g_autoptr (JsonArray) rows = NULL;
  Desk desk;

  desk_open (&desk, TALK);
  ava_cloud_reserve_ring (desk.reserve);
  wait_for (&desk, is_ready);
  g_assert_cmpuint (fake_server_count (desk.server, "session.update"), ==, 1);
  call_in (&desk);
  wait_for (&desk, has_greeted);
  g_assert_cmpuint (fake_server_count_all (desk.server), ==, 1);   /* no second one was opened for the call */
  g_assert_cmpuint (fake_server_count (desk.server, "session.update"), ==, 2);
  g_assert_cmpuint (fake_server_count (desk.server, "response.create"), ==, 1);
  g_test_message ("%.0f ms from the answer to the greeting", ava_call_session_get_greeting_us (desk.session) / 1000.0);
  ava_call_session_end (desk.session);
  rows = desk_close (&desk);
  assert_row (rows, 0, "call");
  g_assert_nonnull (json_object_get_string_member (json_array_get_object_element (rows, 0), "call_id"));
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
}

static void
on_duty_there_is_one_for_the_next_call (void)
{
  g_autoptr (JsonArray) rows = NULL;
  Desk desk;

  desk_open (&desk, TALK);
  ava_cloud_reserve_set_on_duty (desk.reserve, TRUE);
  wait_for (&desk, is_ready);
  call_in (&desk);
  wait_for (&desk, has_greeted);
  ava_call_session_end (desk.session);
  wait_for (&desk, has_next_line);
  ava_cloud_voice_choose (desk.voice, AVA_ANSWERED_BY_LOCAL);   /* the cloud is off: no line */
  wait_for (&desk, has_no_line);
  wait_for (&desk, is_noted);
  ava_cloud_voice_choose (desk.voice, AVA_ANSWERED_BY_AUTO);
  wait_for (&desk, has_line);
  ava_cloud_reserve_set_on_duty (desk.reserve, FALSE);
  wait_for (&desk, has_no_line);
  rows = desk_close (&desk);
  assert_row (rows, 0, "call");
  assert_row (rows, 1, "waiting for a call");
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
}

/* Nothing leaves the machine. */
static void
off_duty_or_local_there_is_none (void)
{
  g_autoptr (JsonArray) rows = NULL;
  Desk desk;

  desk_open (&desk, TALK);
  for (guint i = 0; i < 2; i++) {
    ava_cloud_voice_choose (desk.voice, i == 0 ? AVA_ANSWERED_BY_AUTO : AVA_ANSWERED_BY_LOCAL);
    ava_cloud_reserve_set_on_duty (desk.reserve, i == 1);
    g_assert_null (ava_cloud_reserve_take (desk.reserve));
  }
  call_in (&desk);
  wait_for (&desk, has_greeted);
  g_assert_cmpuint (fake_server_count_all (desk.server), ==, 0);
  rows = desk_close (&desk);
  g_assert_cmpuint (json_array_get_length (rows), ==, 0);
}

static gboolean is_told (Desk *desk) { return desk->notices->len > 0; }
static gboolean is_in_trouble (Desk *desk) { return ava_cloud_reserve_get_trouble (desk->reserve) != NULL; }

static void
on_trouble (guint *changes)
{
  (*changes)++;
}

/* One refusal is not a state; two are, and it stays until the service answers again. */
static void
trouble_is_told_after_two_strikes (void)
{
  static const AvaAnsweredBy by[] = { AVA_ANSWERED_BY_AUTO, AVA_ANSWERED_BY_REALTIME };

  for (guint i = 0; i < G_N_ELEMENTS (by); i++) {
    g_autoptr (JsonArray) rows = NULL;
    guint troubles = 0, readies = 0;
    Desk desk;

    desk_open (&desk, "{\"sessions\": [{\"faults\": [{\"on\": \"session.updated\", \"do\": \"close\", \"code\": 1006}]}, "
               "{\"faults\": [{\"on\": \"session.updated\", \"do\": \"close\", \"code\": 1006}]}, {}]}");
    g_signal_connect_swapped (desk.reserve, "notify::trouble", G_CALLBACK (on_trouble), &troubles);
    g_signal_connect_swapped (desk.reserve, "notify::ready", G_CALLBACK (on_trouble), &readies);
    ava_cloud_voice_choose (desk.voice, by[i]);
    ava_cloud_reserve_set_on_duty (desk.reserve, TRUE);
    wait_for (&desk, is_in_trouble);
    g_assert_cmpuint (fake_server_count_all (desk.server), ==, 2);
    if (by[i] == AVA_ANSWERED_BY_REALTIME)
      wait_for (&desk, is_told);
    wait_for (&desk, is_ready);
    g_assert_null (ava_cloud_reserve_get_trouble (desk.reserve));
    g_assert_cmpuint (troubles, ==, 2);   /* there, and gone */
    g_assert_cmpuint (readies, ==, 1);
    g_assert_cmpuint (desk.notices->len, ==, by[i] == AVA_ANSWERED_BY_REALTIME);
    rows = desk_close (&desk);
    g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  }
}

/* The cloud voice is wanted and there is no key: said at once, and the call says it again. */
static void
who_wants_it_is_told_before_a_call (void)
{
  g_autofree char *notice = NULL;
  Desk desk;

  g_unsetenv ("AVA_OPENAI_KEY");
  desk_open (&desk, TALK);
  ava_cloud_reserve_set_on_duty (desk.reserve, TRUE);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (desk.notices->len, ==, 0);   /* "auto": nobody wants it */
  ava_cloud_voice_choose (desk.voice, AVA_ANSWERED_BY_REALTIME);
  wait_for (&desk, is_told);
  g_assert_nonnull (strstr (desk.notices->pdata[0], "There is no key for the cloud voice."));
  call_in (&desk);
  wait_for (&desk, has_greeted);
  g_object_get (desk.session, "notice", &notice, NULL);
  g_assert_nonnull (strstr (notice, "There is no key for the cloud voice."));
  g_assert_cmpuint (desk.notices->len, ==, 1);
  json_array_unref (desk_close (&desk));
  g_setenv ("AVA_OPENAI_KEY", KEY, TRUE);
}

/* The ledger of a trial: where to, how much of which kind, and why. */
static gboolean
has_tried (Desk *desk)
{
  return !ava_cloud_trial_is_running (g_object_get_data (G_OBJECT (desk->context), "trial"));
}

static void
a_trial_is_in_the_ledger (void)
{
  g_autoptr (JsonArray) rows = NULL;
  AvaCloudTrial *trial;
  Desk desk;

  desk_open (&desk, TALK);
  trial = ava_cloud_trial_new (desk.voice, ava_context_get_store (desk.context), ava_context_get_staff (desk.context));
  g_object_set_data_full (G_OBJECT (desk.context), "trial", trial, g_object_unref);
  ava_cloud_trial_start (trial);
  wait_for (&desk, has_tried);
  g_assert_true (ava_cloud_trial_works (trial));
  rows = desk_close (&desk);
  assert_row (rows, 0, "trial");
  g_assert_true (json_object_get_boolean_member (json_array_get_object_element (rows, 0), "works"));
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("AVA_OPENAI_KEY", KEY, TRUE);
  g_test_add_func ("/cloud-reserve/taken", a_call_goes_on_with_the_line_that_waits);
  g_test_add_func ("/cloud-reserve/duty", on_duty_there_is_one_for_the_next_call);
  g_test_add_func ("/cloud-reserve/none", off_duty_or_local_there_is_none);
  g_test_add_func ("/cloud-reserve/strikes", trouble_is_told_after_two_strikes);
  g_test_add_func ("/cloud-reserve/wanted", who_wants_it_is_told_before_a_call);
  g_test_add_func ("/cloud-reserve/trial", a_trial_is_in_the_ledger);
  return g_test_run ();
}
