/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-view.h"
#include "ava-hearing-window.h"
#include "ava-talk-button.h"
#include "fake-realtime-server.h"
#include "stage.h"

/* Push to talk by keys and a pointer as the X server delivers them (xdotool), in a call with the fake service: a press
 * opens the caller's side, letting go has it answered, and nothing leaves it open. */

#define TURN "{\"hear\": \"When are you open?\", \"steps\": [{\"say\": \"Until six.\"}]}"
#define SCRIPT "{\"think_ms\": 50, \"greeting\": [{\"say\": \"Hello.\"}], \"turns\": [" TURN "," TURN "," TURN "," TURN "," TURN \
               "," TURN "," TURN "," TURN "," TURN "," TURN "," TURN "," TURN "]}"
#define CALLER "title: Kim asks for the hours\nphone: +12125550147\nvoice: flite slt\nhang up after: 600 s\n" \
               "opening: When are you open on Saturday?\n"

typedef struct {
  Stage stage;
  FakeServer *server;
  AvaCallSession *session;
  AvaTalkButton *talk;
  GtkWidget *button;           /* inside @talk */
  guint opened;                /* how often the service was told so */
  guint committed;
  guint answers;               /* that were asked for */
} Desk;

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* @words: what xdotool is to do */
static void
act (const char *words)
{
  g_autofree char *command = g_strconcat ("xdotool ", words, NULL);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_test_message ("%s", command);
  g_assert_true (g_shell_parse_argv (command, NULL, &arguments, &error));
  program = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_async (program, NULL, exited_cb, &done);
  g_assert_true (stage_wait (is_true, &done, 20));
}

static gboolean
is_active (gpointer user_data)
{
  return gtk_window_is_active (user_data);
}

/* There is no window manager: somebody must say which window the keyboard belongs to. */
static void
activate (GtkWindow *window)
{
  g_autofree char *words = g_strdup_printf ("search --sync --onlyvisible --name '^%s$' windowfocus", gtk_window_get_title (window));

  act (words);
  g_assert_true (stage_wait (is_active, window, 10));
}

static gboolean
has_button (gpointer user_data)
{
  Desk *desk = user_data;
  GtkWidget *talk = stage_find (GTK_WIDGET (desk->stage.window), AVA_TYPE_TALK_BUTTON, NULL);

  desk->talk = talk != NULL ? AVA_TALK_BUTTON (talk) : NULL;
  desk->button = talk != NULL ? stage_find (talk, GTK_TYPE_BUTTON, NULL) : NULL;
  return desk->button != NULL;
}

static gboolean
has_greeted (gpointer user_data)
{
  Desk *desk = user_data;

  return g_list_model_get_n_items (ava_call_session_get_transcript (desk->session)) > 0;
}

static void
set_up (Desk *desk)
{
  g_autofree char *schema = g_build_filename (AVA_SOURCE_DIR, "tests", "data", "realtime-client.schema.json", NULL);
  g_autofree char *caller = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  desk->server = fake_server_new (SCRIPT, schema);
  url = fake_server_dup_url (desk->server);
  g_setenv ("AVA_REALTIME_URL", url, TRUE);
  stage_set_up (&desk->stage);
  caller = g_build_filename (desk->stage.folder, "kim.caller", NULL);
  g_assert_true (g_file_set_contents (caller, CALLER, -1, NULL));
  desk->session = g_object_ref (ava_context_start_call (desk->stage.context, caller, &error));
  g_assert_no_error (error);
  g_assert_true (stage_wait (has_button, desk, 30));
  g_assert_true (stage_wait (has_greeted, desk, 30));
  activate (GTK_WINDOW (desk->stage.window));
}

static gboolean
is_over (gpointer user_data)
{
  return ava_call_session_get_state (user_data) == AVA_CALL_ENDED;
}

static void
tear_down (Desk *desk)
{
  g_autoptr (GPtrArray) wrong = NULL;

  ava_call_session_end (desk->session);
  g_assert_true (stage_wait (is_over, desk->session, 10));
  stage_settle ();
  g_clear_object (&desk->session);
  stage_tear_down (&desk->stage);
  wrong = fake_server_list_wrong (desk->server);
  for (guint i = 0; i < wrong->len; i++)
    g_test_message ("The service complains: %s", (char *) wrong->pdata[i]);
  g_assert_cmpuint (wrong->len, ==, 0);
  fake_server_free (desk->server);
}

/* The line that waits for the next call clears its buffer now and then, too. */
static gboolean
is_held (gpointer user_data)
{
  Desk *desk = user_data;

  return ava_talk_button_is_held (desk->talk) && fake_server_count (desk->server, "input_audio_buffer.clear") > desk->opened;
}

static gboolean
is_answered (gpointer user_data)
{
  Desk *desk = user_data;

  return !ava_talk_button_is_held (desk->talk) && fake_server_count (desk->server, "input_audio_buffer.commit") == desk->committed + 1 &&
         fake_server_count (desk->server, "response.create") > desk->answers;
}

/* Presses, with xdotool; the service hears of it, and it stays so. */
static void
press (Desk       *desk,
       const char *words)
{
  desk->opened = fake_server_count (desk->server, "input_audio_buffer.clear");
  desk->committed = fake_server_count (desk->server, "input_audio_buffer.commit");
  desk->answers = fake_server_count (desk->server, "response.create");
  g_assert_false (ava_talk_button_is_held (desk->talk));
  act (words);
  g_assert_true (stage_wait (is_held, desk, 20));
  stage_pause (1000);   /* keys repeat meanwhile */
  g_assert_true (is_held (desk));
  g_assert_cmpuint (fake_server_count (desk->server, "input_audio_buffer.commit"), ==, desk->committed);
}

static void
expect_answer (Desk *desk)
{
  g_assert_true (stage_wait (is_answered, desk, 20));
  stage_pause (250);
  g_assert_true (is_answered (desk));
}

static void
let_go (Desk       *desk,
        const char *words)
{
  act (words);
  expect_answer (desk);
}

static void
keys_are_held (void)
{
  static const struct { const char *down; const char *up; } keys[] = {
    { "keydown space", "keyup space" }, { "keydown Return", "keyup Return" }, { "keydown F8", "keyup F8" },
  };
  Desk desk = { 0 };

  set_up (&desk);
  gtk_widget_grab_focus (desk.button);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    press (&desk, keys[i].down);
    let_go (&desk, keys[i].up);
  }
  /* While something is written to Ava, too; and nothing of it gets into the field. */
  ava_call_view_focus_steer (AVA_CALL_VIEW (stage_find (GTK_WIDGET (desk.stage.window), AVA_TYPE_CALL_VIEW, NULL)));
  press (&desk, "keydown F8");
  let_go (&desk, "keyup F8");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (stage_find (GTK_WIDGET (desk.stage.window), GTK_TYPE_ENTRY, NULL))), ==, "");
  tear_down (&desk);
}

/* Moves the pointer onto the button, or beside it. */
static void
point (Desk     *desk,
       gboolean  inside)
{
  GtkWidget *window = GTK_WIDGET (desk->stage.window);
  graphene_point_t at;
  double x;
  double y;
  g_autofree char *words = NULL;

  g_assert_true (gtk_widget_compute_point (desk->button, window,
                                           &GRAPHENE_POINT_INIT (gtk_widget_get_width (desk->button) / 2.0, inside ? gtk_widget_get_height (desk->button) / 2.0 : -90),
                                           &at));
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  words = g_strdup_printf ("search --onlyvisible --name '^%s$' mousemove --window %%1 %.0f %.0f", gtk_window_get_title (GTK_WINDOW (window)), at.x + x, at.y + y);
  act (words);
  stage_settle ();
}

static void
the_pointer_is_held (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  point (&desk, TRUE);
  press (&desk, "mousedown 1");
  let_go (&desk, "mouseup 1");
  /* Let go beside the button. */
  press (&desk, "mousedown 1");
  point (&desk, FALSE);
  g_assert_true (ava_talk_button_is_held (desk.talk));
  let_go (&desk, "mouseup 1");
  /* What a screen reader does after that counts at once: it is no end of a hold. */
  g_signal_emit_by_name (desk.button, "clicked");
  g_assert_true (ava_talk_button_is_held (desk.talk));
  g_signal_emit_by_name (desk.button, "clicked");
  g_assert_false (ava_talk_button_is_held (desk.talk));
  tear_down (&desk);
}

static void
nothing_leaves_it_open (void)
{
  Desk desk = { 0 };
  AvaHearingWindow *panel;

  set_up (&desk);
  /* The keyboard goes to another window. */
  panel = ava_hearing_window_new (GTK_WINDOW (desk.stage.window), ava_context_get_hearing (desk.stage.context));
  press (&desk, "keydown F8");
  gtk_window_present (GTK_WINDOW (panel));
  stage_settle ();
  activate (GTK_WINDOW (panel));
  expect_answer (&desk);
  act ("keyup F8");
  gtk_window_close (GTK_WINDOW (panel));
  stage_settle ();
  activate (GTK_WINDOW (desk.stage.window));
  /* It goes to another part of the window while a key of the button is down. */
  gtk_widget_grab_focus (desk.button);
  press (&desk, "keydown space");
  act ("key Tab");
  expect_answer (&desk);
  act ("keyup space");
  g_assert_false (ava_talk_button_is_held (desk.talk));
  /* Another page is shown. */
  press (&desk, "keydown F8");
  ava_window_show_page (desk.stage.window, "calendar");
  expect_answer (&desk);
  act ("keyup F8");
  ava_window_show_page (desk.stage.window, "live");
  stage_settle ();
  g_assert_true (has_button (&desk));
  /* The call ends. */
  press (&desk, "keydown F8");
  ava_call_session_end (desk.session);
  stage_settle ();
  g_assert_false (ava_talk_button_is_held (desk.talk));
  act ("keyup F8");
  tear_down (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("AVA_OPENAI_KEY", "sk-good", TRUE);
  g_setenv ("AVA_REALTIME_MODE", "push-to-talk", TRUE);
  stage_init (&argc, &argv);
  g_test_add_func ("/talk-keys/keys are held", keys_are_held);
  g_test_add_func ("/talk-keys/the pointer is held", the_pointer_is_held);
  g_test_add_func ("/talk-keys/nothing leaves it open", nothing_leaves_it_open);
  return g_test_run ();
}
