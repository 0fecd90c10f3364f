/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE   /* memmem */
#include "config.h"

#include "ava-call-view.h"
#include "ava-hearing-button.h"
#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "ava-talk-button.h"
#include "ava-transcript-view.h"
#include "fake-realtime-server.h"
#include "stage.h"

#include <glib/gstdio.h>
#include <string.h>

/* The cloud voice from the window: its key in a real keyring (a file of libsecret's own), its settings, and whole calls
 * against a service on this machine. AVA_SHOTS names a folder for pictures. */

#define KEY "sk-good"
#define TALK "\"think_ms\": 200, \"greeting\": [{\"say\": \"Thank you for calling. How can I help?\"}]," \
             "\"turns\": [{\"hear\": \"When are you open on Saturday?\", \"steps\": [" \
             "{\"calls\": [{\"name\": \"get_hours\", \"arguments\": {\"when\": \"Saturday\"}}]}," \
             "{\"say\": \"On Saturday we are open from ten in the morning until four in the afternoon. How else can I help you today?\"}]}," \
             "{\"hear\": \"Thank you. Goodbye.\", \"steps\": [{\"say\": \"Goodbye.\"}]}]"
#define CALLER "title: Kim asks for the hours\nphone: +12125550147\nvoice: flite slt\nhang up after: 60 s\n" \
               "opening: When are you open on Saturday?\n"

typedef struct {
  Stage stage;
  FakeServer *server;
  AvaCloudVoice *voice;
  AvaCallSession *session;     /* of the call that lasts, nullable */
  GtkWidget *page;             /* of the settings, nullable */
  const char *text;            /* that is waited for */
} Desk;

static GString *logged;   /* all of the program's threads, until it ends */
static GMutex logging;

static void
keep_log (const char *message)
{
  g_mutex_lock (&logging);
  g_string_append (logged, message);
  g_mutex_unlock (&logging);
}

static void
set_up (Desk       *desk,
        const char *script)
{
  g_autofree char *schema = g_build_filename (AVA_SOURCE_DIR, "tests", "data", "realtime-client.schema.json", NULL);
  g_autofree char *url = NULL;
  GSettings *settings;

  desk->server = fake_server_new (script, schema);
  stage_set_up (&desk->stage);
  desk->voice = ava_context_get_cloud_voice (desk->stage.context);
  settings = ava_cloud_voice_get_followed (desk->voice);
  g_assert_nonnull (settings);
  url = fake_server_dup_url (desk->server);
  g_settings_set_string (settings, "realtime-url", url);
}

static void
shoot (Desk       *desk,
       const char *name)
{
  g_autofree char *path = g_getenv ("AVA_SHOTS") != NULL ? g_strdup_printf ("%s/%s.png", g_getenv ("AVA_SHOTS"), name) : NULL;

  if (path != NULL)
    stage_shoot (desk->stage.window, path);
}

static void
tear_down (Desk *desk)
{
  g_autoptr (GPtrArray) wrong = NULL;
  GSettings *settings = ava_cloud_voice_get_followed (desk->voice);

  g_settings_reset (settings, "realtime-url");
  g_settings_reset (settings, "realtime-model");
  g_settings_reset (settings, "realtime-turn-mode");
  stage_tear_down (&desk->stage);
  wrong = fake_server_list_wrong (desk->server);
  for (guint i = 0; i < wrong->len; i++)
    g_test_message ("The service complains: %s", (char *) wrong->pdata[i]);
  g_assert_cmpuint (wrong->len, ==, 0);
  fake_server_free (desk->server);
}

/* --- the key --- */

static GtkWidget *
find_row (GtkWidget  *from,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (from) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from)), title) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_row (gpointer user_data)
{
  Desk *desk = user_data;

  return find_row (desk->page, desk->text) != NULL;
}

static void
wait_row (Desk       *desk,
          const char *title)
{
  desk->text = title;
  g_assert_true (stage_wait (has_row, desk, 20));
}

static void
show_settings (Desk *desk)
{
  ava_window_show_page (desk->stage.window, "settings");
  desk->page = ava_window_find_page (desk->stage.window, "settings");
  ava_settings_page_show_section (AVA_SETTINGS_PAGE (desk->page), "voice");
  wait_row (desk, "Who answers calls");
}

/* As it is typed, and confirmed with Enter. */
static void
enter_key (Desk       *desk,
           const char *title,
           const char *key)
{
  GtkWidget *row = find_row (desk->page, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), key);
  g_signal_emit_by_name (row, "apply");
}

static void
press (Desk       *desk,
       const char *label)
{
  GtkWidget *button = stage_find (desk->page, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
says (gpointer user_data)
{
  Desk *desk = user_data;
  GtkWidget *row = find_row (desk->page, "Does it work?");

  return row != NULL && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), desk->text) != NULL;
}

static void
try_it (Desk       *desk,
        const char *words)
{
  press (desk, "_Try the Connection");
  desk->text = words;
  if (!stage_wait (says, desk, 20))
    g_test_message ("It says: %s", adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (desk->page, "Does it work?"))));
  g_assert_true (says (desk));
}

static void
forget_key (Desk *desk)
{
  press (desk, "_Forget");
  wait_row (desk, "The key was forgotten");
}

static void
key_is_stored_used_replaced_and_forgotten (void)
{
  Desk desk = { 0 };

  set_up (&desk, "{" TALK "}");
  show_settings (&desk);
  wait_row (&desk, "No key is stored");
  g_assert_false (ava_cloud_voice_is_used (desk.voice));
  shoot (&desk, "voice-no-key");
  enter_key (&desk, "API key", "two words");
  wait_row (&desk, "This is no key: it has a blank or a line break in it. Copy it once more, whole.");
  enter_key (&desk, "API key", " " KEY " ");
  wait_row (&desk, "A key is stored");
  g_assert_true (ava_cloud_voice_is_used (desk.voice));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (desk.page, "New API key"))), ==, "");
  try_it (&desk, "It works: gpt-realtime-2.1 answered");
  shoot (&desk, "voice-works");
  enter_key (&desk, "New API key", "sk-bad");
  stage_settle ();
  try_it (&desk, "does not accept the key");
  shoot (&desk, "voice-wrong-key");
  forget_key (&desk);
  g_assert_false (ava_cloud_voice_is_used (desk.voice));
  press (&desk, "_Undo");
  wait_row (&desk, "A key is stored");
  forget_key (&desk);
  tear_down (&desk);
}

static void
trial_tells_what_is_wrong (void)
{
  Desk desk = { 0 };
  GSettings *settings;

  set_up (&desk, "{" TALK "}");
  settings = ava_cloud_voice_get_followed (desk.voice);
  show_settings (&desk);
  try_it (&desk, "There is no key");
  enter_key (&desk, "API key", KEY);
  wait_row (&desk, "A key is stored");
  g_settings_set_string (settings, "realtime-model", "retired-model");
  try_it (&desk, "does not exist any more");
  g_settings_set_string (settings, "realtime-model", "");
  try_it (&desk, "No model");
  g_settings_reset (settings, "realtime-model");
  g_settings_set_string (settings, "realtime-url", "ws://127.0.0.1:9/v1/realtime");
  try_it (&desk, "Nothing answers at the address");
  g_settings_set_string (settings, "realtime-url", "wss://voice.invalid/v1/realtime");
  try_it (&desk, "cannot be found");
  g_settings_set_string (settings, "realtime-url", "ws://voice.example.com/v1/realtime");
  try_it (&desk, "unencrypted");
  shoot (&desk, "voice-unencrypted");
  forget_key (&desk);
  tear_down (&desk);
}

static void
refusals_at_the_door_are_named (void)
{
  static const struct { const char *script; const char *words; } doors[] = {
    { "{\"handshake\": {\"status\": 401}}", "(401)" }, { "{\"handshake\": {\"status\": 404}}", "(404)" },
    { "{\"handshake\": {\"status\": 429, \"retry_after\": \"20\"}}", "wait 20 s" }, { "{\"handshake\": {\"status\": 503}}", "(503)" },
    { "{\"handshake\": {\"status\": 0}}", "does not answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (doors); i++) {
    Desk desk = { 0 };

    set_up (&desk, doors[i].script);
    show_settings (&desk);
    enter_key (&desk, "API key", KEY);
    wait_row (&desk, "A key is stored");
    try_it (&desk, doors[i].words);
    forget_key (&desk);
    tear_down (&desk);
  }
}

/* --- calls --- */

static gboolean
is_used (gpointer user_data)
{
  return ava_cloud_voice_is_used (user_data);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_store_key_finish (AVA_CLOUD_VOICE (source), result, &error);
  g_assert_no_error (error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  ava_cloud_voice_forget_key_finish (AVA_CLOUD_VOICE (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
start_call (Desk       *desk,
            const char *script)
{
  g_autofree char *caller = NULL;
  g_autoptr (GError) error = NULL;

  set_up (desk, script);
  ava_cloud_voice_store_key_async (desk->voice, KEY, NULL, stored_cb, NULL);
  g_assert_true (stage_wait (is_used, desk->voice, 10));
  caller = g_build_filename (desk->stage.folder, "kim.caller", NULL);
  g_assert_true (g_file_set_contents (caller, CALLER, -1, NULL));
  desk->session = g_object_ref (ava_context_start_call (desk->stage.context, caller, &error));
  g_assert_no_error (error);
}

static gboolean
is_over (gpointer user_data)
{
  return ava_call_session_get_state (user_data) == AVA_CALL_ENDED;
}

/* Nothing of the secret may stand in any file of the profile. */
static void
look_for_key (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      look_for_key (path);
    else if (g_file_get_contents (path, &bytes, &size, NULL))
      g_assert_null (memmem (bytes, size, KEY, strlen (KEY)));
  }
}

static void
assert_key_is_nowhere (Desk *desk)
{
  GSettings *settings = ava_cloud_voice_get_followed (desk->voice);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  look_for_key (desk->stage.folder);
  g_mutex_lock (&logging);
  g_assert_null (strstr (logged->str, KEY));
  g_mutex_unlock (&logging);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++) {
    g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i]);
    g_autofree char *text = g_variant_print (value, FALSE);

    g_assert_null (strstr (text, KEY));
  }
}

static void
end_call (Desk *desk)
{
  gboolean forgotten = FALSE;

  if (!is_over (desk->session))
    ava_call_session_end (desk->session);
  g_assert_true (stage_wait (is_over, desk->session, 10));
  stage_settle ();
  assert_key_is_nowhere (desk);
  ava_cloud_voice_forget_key_async (desk->voice, NULL, forgotten_cb, &forgotten);
  g_assert_true (stage_wait (is_true, &forgotten, 10));
  g_clear_object (&desk->session);
  tear_down (desk);
}

static AvaTranscriptItem *
find_item (Desk       *desk,
           const char *text)
{
  GListModel *items = ava_call_session_get_transcript (desk->session);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (items, i);

    if (item->text != NULL && strstr (item->text, text) != NULL)
      return item;
  }
  return NULL;
}

static gboolean
is_said (gpointer user_data)
{
  Desk *desk = user_data;

  return find_item (desk, desk->text) != NULL;
}

static void
wait_words (Desk       *desk,
            const char *words)
{
  desk->text = words;
  if (!stage_wait (is_said, desk, 40))
    g_test_message ("Nobody said “%s”", words);
  g_assert_true (is_said (desk));
}

static AvaCallView *
get_view (Desk *desk)
{
  return AVA_CALL_VIEW (stage_find (GTK_WIDGET (desk->stage.window), AVA_TYPE_CALL_VIEW, NULL));
}

/* A label in sight that has these words in it. */
static gboolean
shows (GtkWidget  *from,
       const char *words)
{
  if (!gtk_widget_get_mapped (from))
    return FALSE;
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (shows (child, words))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_shown (gpointer user_data)
{
  Desk *desk = user_data;

  return shows (GTK_WIDGET (desk->stage.window), desk->text);
}

static void
wait_shown (Desk       *desk,
            const char *words)
{
  desk->text = words;
  if (!stage_wait (is_shown, desk, 40))
    g_test_message ("The window does not show “%s”", words);
  g_assert_true (is_shown (desk));
}

static void
call_shows_its_connection_cost_and_latency (void)
{
  Desk desk = { 0 };
  GtkWidget *window;

  start_call (&desk, "{" TALK "}");
  window = GTK_WIDGET (desk.stage.window);
  wait_shown (&desk, "Cloud voice (gpt-realtime-2.1)");
  wait_words (&desk, "Thank you for calling");
  wait_words (&desk, "When are you open on Saturday");
  wait_shown (&desk, "s last answer");
  wait_shown (&desk, "$0.");
  shoot (&desk, "cloud-call");
  /* MS-2: said to Ava alone, and shown as that. */
  gtk_widget_activate_action (window, "call.steer", "s", "Offer only after 3");
  wait_shown (&desk, "Offer only after 3");
  g_assert_cmpint (find_item (&desk, "Offer only after 3")->role, ==, AVA_ROLE_STAFF);
  /* V-20: detected in another way from now on. */
  gtk_widget_activate_action (window, "win.vad-mode", "s", "rms");
  g_assert_cmpstr (ava_hearing_button_get_label (AVA_HEARING_BUTTON (stage_find (window, AVA_TYPE_HEARING_BUTTON, NULL))), ==, "Loudness");
  gtk_widget_activate_action (window, "win.vad-mode", "s", "hybrid");
  gtk_widget_activate_action (window, "call.mute", NULL);
  wait_shown (&desk, "Ava is muted");
  shoot (&desk, "cloud-muted");
  gtk_widget_activate_action (window, "call.mute", NULL);
  gtk_widget_activate_action (window, "call.restart-greeting", NULL);
  stage_settle ();
  g_assert_cmpint (ava_call_session_get_state (desk.session), ==, AVA_CALL_ACTIVE);
  g_print ("# answer to first sound of the greeting: %.0f ms\n", ava_call_session_get_greeting_us (desk.session) / 1000.0);
  end_call (&desk);
}

static void
lost_cloud_is_marked_with_its_cause (void)
{
  Desk desk = { 0 };

  start_call (&desk, "{" TALK ", \"faults\": [{\"on\": \"response.output_audio.delta\", \"nth\": 14, \"do\": \"close\", \"code\": 1006}]}");
  wait_shown (&desk, "Local voice, the cloud was lost");
  g_assert_nonnull (strstr (ava_call_view_get_notice (get_view (&desk)), "The line to the cloud voice was lost"));
  g_assert_nonnull (strstr (ava_call_view_get_notice (get_view (&desk)), "Ava goes on with her own voice"));
  wait_words (&desk, "One moment, please");
  g_assert_cmpint (ava_call_session_get_state (desk.session), ==, AVA_CALL_ACTIVE);
  shoot (&desk, "cloud-lost");
  end_call (&desk);
}

static gboolean
has_talk_button (gpointer user_data)
{
  return stage_find (GTK_WIDGET (((Desk *) user_data)->stage.window), AVA_TYPE_TALK_BUTTON, NULL) != NULL;
}

static gboolean
was_committed (gpointer user_data)
{
  return fake_server_count (((Desk *) user_data)->server, "input_audio_buffer.commit") > 0;
}

static void
held_button_lets_the_caller_be_heard (void)
{
  Desk desk = { 0 };
  AvaTalkButton *talk;
  GtkWidget *button;

  g_autoptr (GSettings) settings = g_settings_new (AVA_APP_ID);

  g_settings_set_string (settings, "realtime-turn-mode", "push-to-talk");
  start_call (&desk, "{" TALK "}");
  g_assert_true (stage_wait (has_talk_button, &desk, 20));
  wait_words (&desk, "Thank you for calling");
  talk = AVA_TALK_BUTTON (stage_find (GTK_WIDGET (desk.stage.window), AVA_TYPE_TALK_BUTTON, NULL));
  button = stage_find (GTK_WIDGET (talk), GTK_TYPE_BUTTON, NULL);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Hold to let Ava hear the caller");
  shoot (&desk, "cloud-push-to-talk");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ava_talk_button_is_held (talk));
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  shoot (&desk, "cloud-push-to-talk-held");
  stage_pause (2500);   /* the caller is heard meanwhile */
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (ava_talk_button_is_held (talk));
  g_assert_true (stage_wait (was_committed, &desk, 10));
  ava_call_session_end (desk.session);
  g_assert_null (stage_find (GTK_WIDGET (desk.stage.window), AVA_TYPE_TALK_BUTTON, NULL));
  end_call (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("ava-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);
  g_unsetenv ("AVA_OPENAI_KEY");
  logged = g_string_new (NULL);
  stage_init (&argc, &argv);
  stage_listen (keep_log);
  g_test_add_func ("/cloud-window/key", key_is_stored_used_replaced_and_forgotten);
  g_test_add_func ("/cloud-window/trial", trial_tells_what_is_wrong);
  g_test_add_func ("/cloud-window/door", refusals_at_the_door_are_named);
  g_test_add_func ("/cloud-window/call", call_shows_its_connection_cost_and_latency);
  g_test_add_func ("/cloud-window/lost", lost_cloud_is_marked_with_its_cause);
  g_test_add_func ("/cloud-window/push-to-talk", held_button_lets_the_caller_be_heard);
  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);
  return status;
}
