/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "async-result.h"
#include "ava-cloud-voice.h"

#include <glib/gstdio.h>
#include <string.h>

/* The secret of the cloud voice in libsecret's own file, with a password of the test; and what is said when there is no keyring. */

static char *keyring;   /* file */

static gboolean
store (AvaCloudVoice  *voice,
       const char     *key,
       GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_cloud_voice_store_key_async (voice, key, NULL, test_result_cb, &result);
  return ava_cloud_voice_store_key_finish (voice, test_result_wait (&result), error);
}

static void
forget (AvaCloudVoice *voice)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_forget_key_async (voice, NULL, test_result_cb, &result);
  ava_cloud_voice_forget_key_finish (voice, test_result_wait (&result), &error);
  g_assert_no_error (error);
}

static void
on_change (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
give_up_cb (gpointer property)
{
  g_error ("“%s” does not change", (char *) property);
  return G_SOURCE_REMOVE;
}

/* A desk that has just been started. */
static AvaCloudVoice *
start (const char *property)
{
  AvaCloudVoice *voice = ava_cloud_voice_new ();
  g_autofree char *detailed = g_strconcat ("notify::", property, NULL);
  gboolean changed = FALSE;
  gulong id = g_signal_connect_swapped (voice, detailed, G_CALLBACK (on_change), &changed);
  guint timeout = g_timeout_add_seconds (20, give_up_cb, (gpointer) property);

  ava_cloud_voice_unlock (voice);
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_signal_handler_disconnect (voice, id);
  return voice;
}

static void
key_outlives_the_program (void)
{
  g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();
  g_autoptr (AvaCloudVoice) next = NULL;
  g_autoptr (AvaCloudVoice) last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ava_cloud_voice_is_used (voice));
  g_assert_true (store (voice, "sk-first", &error));
  g_assert_no_error (error);
  g_assert_true (store (voice, " sk-second\n", &error));
  g_assert_no_error (error);
  next = start ("key-place");
  g_assert_cmpstr (ava_cloud_voice_get_settings (next)->key, ==, "sk-second");
  g_assert_cmpint (ava_cloud_voice_get_key_place (next), ==, AVA_KEY_PLACE_KEYRING);
  g_assert_true (ava_cloud_voice_is_used (next));
  forget (next);
  g_assert_false (ava_cloud_voice_is_used (next));
  g_assert_true (ava_cloud_voice_can_put_back (next));
  last = start ("key-place");
  g_assert_null (ava_cloud_voice_get_settings (last)->key);
  g_assert_cmpint (ava_cloud_voice_get_key_place (last), ==, AVA_KEY_PLACE_NONE);
}

static void
handshake_carries_the_key_and_no_header_may (void)
{
  g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();
  g_autoptr (AvaRealtimeSettings) settings = NULL;
  g_auto (GStrv) headers = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store (voice, "sk-first", NULL));
  headers = ava_realtime_settings_list_headers (ava_cloud_voice_get_settings (voice));
  g_assert_cmpstr (headers[0], ==, "Authorization: Bearer sk-first");
  settings = ava_realtime_settings_copy (ava_cloud_voice_get_settings (voice));
  settings->headers = g_strsplit ("Api-Key: sk-other", "\n", -1);
  g_assert_false (ava_realtime_settings_check (settings, &error));
  g_assert_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_HEADER);
  g_assert_null (strstr (error->message, "sk-other"));
  forget (voice);
}

static void
broken_key_is_refused (void)
{
  static const char *const keys[] = { "", "  \n", "two words", "sk-a\nsk-b" };
  g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (store (voice, keys[i], &error));
    g_assert_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_KEY);
    g_assert_null (ava_cloud_voice_get_settings (voice)->key);
  }
}

static void
environment_goes_before_the_keyring (void)
{
  g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();

  g_assert_true (store (voice, "sk-kept", NULL));
  g_setenv ("AVA_OPENAI_KEY", "sk-run", TRUE);
  g_setenv ("AVA_REALTIME_MODEL", "model-of-the-run", TRUE);
  {
    g_autoptr (AvaCloudVoice) run = start ("key-place");

    g_assert_cmpstr (ava_cloud_voice_get_settings (run)->key, ==, "sk-run");
    g_assert_cmpstr (ava_cloud_voice_get_settings (run)->model, ==, "model-of-the-run");
    g_assert_cmpint (ava_cloud_voice_get_key_place (run), ==, AVA_KEY_PLACE_ENVIRONMENT);
    g_assert_cmpstr (ava_cloud_voice_find_override (run, "realtime-model"), ==, "AVA_REALTIME_MODEL");
    g_assert_null (ava_cloud_voice_find_override (run, "realtime-voice"));
  }
  g_unsetenv ("AVA_OPENAI_KEY");
  g_unsetenv ("AVA_REALTIME_MODEL");
  forget (voice);
}

/* Off, unless somebody wants it: the local voice at once, and no ping-pong (MS-4). */
static void
lines_are_opened_again_where_that_is_wanted (void)
{
  static const struct { const char *setting; const char *variable; gboolean wanted; } cases[] = {
    { "no", NULL, FALSE }, { "yes", NULL, TRUE }, { "no", "1", TRUE }, { "yes", "0", FALSE }, { "no", "yes", TRUE }, { "yes", "off", FALSE }, { "yes", "?", TRUE }, { "no", "?", FALSE },
  };
  g_autoptr (GSettings) settings = g_settings_new (AVA_APP_ID);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();

    g_settings_set_boolean (settings, "realtime-reconnects", g_str_equal (cases[i].setting, "yes"));
    if (cases[i].variable != NULL)
      g_setenv ("AVA_REALTIME_RECONNECTS", cases[i].variable, TRUE);
    else
      g_unsetenv ("AVA_REALTIME_RECONNECTS");
    ava_cloud_voice_follow (voice, settings);
    g_assert_cmpint (ava_cloud_voice_get_settings (voice)->reconnects, ==, cases[i].wanted);
    g_assert_cmpstr (ava_cloud_voice_find_override (voice, "realtime-reconnects"), ==, cases[i].variable != NULL ? "AVA_REALTIME_RECONNECTS" : NULL);
  }
  g_unsetenv ("AVA_REALTIME_RECONNECTS");
  g_settings_reset (settings, "realtime-reconnects");
}

/* What is chosen for this run stays, whatever the settings say. */
static void
choice_of_who_answers_is_kept (void)
{
  g_autoptr (AvaCloudVoice) voice = ava_cloud_voice_new ();
  AvaAnsweredBy by = AVA_ANSWERED_BY_AUTO;

  g_assert_true (store (voice, "sk-kept", NULL));
  g_assert_true (ava_cloud_voice_is_used (voice));
  ava_cloud_voice_choose (voice, AVA_ANSWERED_BY_LOCAL);
  g_assert_false (ava_cloud_voice_is_used (voice));
  g_assert_true (ava_answered_by_from_string ("realtime", &by) && by == AVA_ANSWERED_BY_REALTIME);
  g_assert_false (ava_answered_by_from_string ("somebody", &by));
  forget (voice);
}

/* In a process of its own: libsecret keeps what it has found. */
static void
say_what_is_wrong (const char *words)
{
  g_autoptr (AvaCloudVoice) voice = start ("keyring-trouble");
  g_autoptr (GError) error = NULL;

  if (strstr (ava_cloud_voice_get_keyring_trouble (voice), words) == NULL)
    g_printerr ("%s\n", ava_cloud_voice_get_keyring_trouble (voice));
  g_assert_nonnull (strstr (ava_cloud_voice_get_keyring_trouble (voice), words));
  g_assert_false (ava_cloud_voice_is_used (voice));   /* the local agent answers */
  g_assert_false (store (voice, "sk-secret", &error));
  g_assert_true (g_str_has_prefix (error->message, "The key could not be put into the keyring: "));
  g_assert_null (strstr (error->message, "sk-secret"));
  g_assert_false (ava_cloud_voice_is_used (voice));
}

static void
no_keyring_is_told (void)
{
  if (g_test_subprocess ()) {
    g_unsetenv ("SECRET_BACKEND");
    g_unsetenv ("SECRET_FILE_TEST_PATH");
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
    say_what_is_wrong ("There is no keyring");
    return;
  }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
unreadable_keyring_is_told (void)
{
  g_autofree char *broken = g_strconcat (keyring, ".broken", NULL);

  if (g_test_subprocess ()) {
    g_setenv ("SECRET_FILE_TEST_PATH", g_getenv ("AVA_TEST_KEYRING"), TRUE);
    say_what_is_wrong ("locked or cannot be read");
    return;
  }
  g_assert_true (g_file_set_contents (broken, "this is no keyring", -1, NULL));
  g_setenv ("AVA_TEST_KEYRING", broken, TRUE);
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_unlink (broken);
}

/* keyring.sh runs these on a real daemon. */
static int
run_on_daemon (void)
{
  g_test_add_func ("/keyring-daemon/kept", key_outlives_the_program);
  g_test_add_func ("/keyring-daemon/broken", broken_key_is_refused);
  g_test_add_func ("/keyring-daemon/environment", environment_goes_before_the_keyring);
  return g_test_run ();
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("ava-keyring-XXXXXX", NULL);
  int status;

  g_unsetenv ("AVA_OPENAI_KEY");
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("AVA_TEST_KEYRING_DAEMON") != NULL) {
    g_rmdir (folder);
    return run_on_daemon ();
  }
  keyring = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);   /* and no bus in it */
  g_test_add_func ("/cloud-voice/kept", key_outlives_the_program);
  g_test_add_func ("/cloud-voice/handshake", handshake_carries_the_key_and_no_header_may);
  g_test_add_func ("/cloud-voice/broken", broken_key_is_refused);
  g_test_add_func ("/cloud-voice/environment", environment_goes_before_the_keyring);
  g_test_add_func ("/cloud-voice/reconnects", lines_are_opened_again_where_that_is_wanted);
  g_test_add_func ("/cloud-voice/choice", choice_of_who_answers_is_kept);
  g_test_add_func ("/cloud-voice/no-keyring", no_keyring_is_told);
  g_test_add_func ("/cloud-voice/unreadable", unreadable_keyring_is_told);
  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);
  g_free (keyring);
  return status;
}
