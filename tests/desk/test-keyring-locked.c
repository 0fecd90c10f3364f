/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-cloud-trial.h"
#include "ava-context.h"
#include "fake-keyring.h"

#include <glib/gstdio.h>
#include <string.h>

/* A keyring that does not give the key up: nobody waits for it, and the reason is told in words everywhere. */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */
#define CALLER "title: Kim says nothing\nphone: +12125550147\nvoice: flite slt\nhang up after: 60 s\nopening: Hello?\n"

static gboolean
wake_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Until @done says so; a loaded machine is slow. */
static void
wait_for (gboolean (*done) (gpointer data),
          gpointer   data)
{
  const char *patience = g_getenv ("AVA_TEST_PATIENCE");
  gint64 end_us = g_get_monotonic_time () + 18 * G_USEC_PER_SEC * (patience != NULL ? g_ascii_strtoll (patience, NULL, 10) : 1);
  guint id = g_timeout_add (20, wake_cb, NULL);

  while (!done (data) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_true (done (data));
}

static gboolean has_words (gpointer voice) { return ava_cloud_voice_get_keyring_trouble (voice) != NULL; }
static gboolean has_looked (gpointer voice) { return !ava_cloud_voice_is_looking (voice); }
static gboolean has_key (gpointer voice) { return ava_cloud_voice_get_key_place (voice) == AVA_KEY_PLACE_KEYRING; }
static gboolean has_tried (gpointer trial) { return !ava_cloud_trial_is_running (trial); }
static gboolean has_greeted (gpointer session) { return ava_call_session_get_greeting_us (session) > 0; }

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

/* The call is answered by this computer, and its notice says why. @words: NULL for nothing */
static void
take_call (AvaContext *context,
           const char *folder,
           const char *words)
{
  g_autofree char *path = g_build_filename (folder, "kim.caller", NULL);
  g_autofree char *notice = NULL;
  AvaCallSession *session;

  g_assert_true (g_file_set_contents (path, CALLER, -1, NULL));
  session = ava_context_start_call (context, path, NULL);
  wait_for (has_greeted, session);
  g_object_get (session, "notice", &notice, NULL);
  g_assert_cmpstr (ava_call_session_get_record (session)->agent, ==, "local");
  if (words != NULL)
    g_assert_nonnull (strstr (notice, words));
  else
    g_assert_null (notice);
  ava_call_session_end (session);
}

/* In a process of its own: libsecret keeps what it has found. */
static void
desk_says (const char *words,
           gboolean    absent)
{
  g_autofree char *folder = g_dir_make_tmp ("ava-locked-XXXXXX", NULL);
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, TRUE);
  g_autoptr (AvaContext) context = ava_context_new (folder, clock, TRUE, NULL);
  AvaCloudVoice *voice = ava_context_get_cloud_voice (context);
  g_autoptr (AvaCloudTrial) trial = ava_cloud_trial_new (voice, ava_context_get_store (context), ava_context_get_staff (context));
  g_autofree char *trouble = NULL;

  ava_cloud_voice_unlock (voice);
  wait_for (has_words, voice);
  g_test_message ("%s", ava_cloud_voice_get_keyring_trouble (voice));
  g_assert_nonnull (strstr (ava_cloud_voice_get_keyring_trouble (voice), words));
  g_object_get (voice, "trouble", &trouble, NULL);
  g_assert_cmpstr (trouble, ==, ava_cloud_voice_get_keyring_trouble (voice));
  g_assert_false (ava_cloud_voice_is_used (voice));
  /* A desk that never had a service is not bothered by it, unless it wants one. */
  take_call (context, folder, absent ? NULL : words);
  ava_cloud_voice_choose (voice, AVA_ANSWERED_BY_REALTIME);
  take_call (context, folder, words);
  ava_cloud_trial_start (trial);   /* asks once more */
  wait_for (has_tried, trial);
  g_assert_false (ava_cloud_trial_works (trial));
  g_assert_nonnull (strstr (ava_cloud_trial_get_words (trial), words));
  ava_context_shut_down (context);
  remove_tree (folder);
}

static void
keyring_is (FakeKeyringKind  kind,
            const char      *words,
            gboolean         asks)
{
  FakeKeyring *keyring;

  if (g_test_subprocess ()) {
    desk_says (words, kind == FAKE_KEYRING_NONE);
    return;
  }
  keyring = fake_keyring_new (kind);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_assert_cmpint (fake_keyring_count_asked (keyring) > 0, ==, asks);
  fake_keyring_free (keyring);
}

static void
question_is_never_answered (void)
{
  keyring_is (FAKE_KEYRING_SILENT, "The keyring is locked", TRUE);
}

static void
question_is_refused (void)
{
  keyring_is (FAKE_KEYRING_REFUSES, "The keyring is locked", TRUE);
}

static void
there_is_none (void)
{
  keyring_is (FAKE_KEYRING_NONE, "There is no keyring", FALSE);
}

static void
nothing_is_answered (void)
{
  keyring_is (FAKE_KEYRING_MUTE, "does not answer", FALSE);
}

/* Whoever is asked knows the password: the sentence goes, and the next call is the cloud voice's. */
static void
question_is_answered (void)
{
  FakeKeyring *keyring;

  if (g_test_subprocess ()) {
    g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();

    ava_cloud_voice_unlock (voice);
    wait_for (has_key, voice);
    wait_for (has_looked, voice);
    g_assert_cmpstr (ava_cloud_voice_get_settings (voice)->key, ==, "sk-of-the-keyring");
    g_assert_null (ava_cloud_voice_get_keyring_trouble (voice));
    g_assert_true (ava_cloud_voice_is_used (voice));
    return;
  }
  keyring = fake_keyring_new (FAKE_KEYRING_OPENS);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_assert_cmpuint (fake_keyring_count_asked (keyring), ==, 1);
  fake_keyring_free (keyring);
}

int
main (int   argc,
      char *argv[])
{
  g_unsetenv ("AVA_OPENAI_KEY");
  g_unsetenv ("SECRET_BACKEND");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyring-locked/silent", question_is_never_answered);
  g_test_add_func ("/keyring-locked/refused", question_is_refused);
  g_test_add_func ("/keyring-locked/none", there_is_none);
  g_test_add_func ("/keyring-locked/mute", nothing_is_answered);
  g_test_add_func ("/keyring-locked/opened", question_is_answered);
  return g_test_run ();
}
