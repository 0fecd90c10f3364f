/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-audio-file.h"
#include "ava-caller-script.h"
#include "ava-caller-voice.h"
#include "ava-line-call.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* --- scripts --- */

static const char script_text[] =
  "# a comment\n"
  "title: Sam\n"
  "phone: +12125550147\n"
  "voice: flite slt\n"
  "noise: 20 dB\n"
  "band: telephone\n"
  "opening: Hello there.\n"
  "on \"anything else\": No thanks.\n"
  "on \"book it\" without \"Botox\": No, Botox.\n"
  "on name: Sam Carter | S A M\n"
  "interrupt \"parking\" after 1.5 s: Excuse me.\n"
  "hang up after: 90 s\n";

static void
a_script_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCallerScript) script = ava_caller_script_parse (script_text, &error);
  AvaCallerRule *rule;

  g_assert_no_error (error);
  g_assert_cmpstr (script->title, ==, "Sam");
  g_assert_cmpfloat (script->noise_db, ==, 20);
  g_assert_true (script->telephone);
  g_assert_cmpfloat (script->hang_up_s, ==, 90);
  rule = ava_caller_script_find (script, "Is there anything else I can do?", "yes-no");
  g_assert_cmpstr (ava_caller_rule_take (rule), ==, "No thanks.");
  rule = ava_caller_script_find (script, "What is your name?", "name");
  g_assert_cmpstr (ava_caller_rule_take (rule), ==, "Sam Carter");
  g_assert_cmpstr (ava_caller_rule_take (rule), ==, "S A M");
  g_assert_cmpstr (ava_caller_rule_take (rule), ==, "S A M");
  rule = ava_caller_script_find (script, "Parking is behind the building.", "open");
  g_assert_cmpfloat (rule->interrupt_s, ==, 1.5);
  g_assert_null (ava_caller_script_find (script, "Which day?", "when"));
  g_assert_null (ava_caller_script_find (script, "Botox then. Shall I book it?", "yes-no"));
  rule = ava_caller_script_find (script, "A facial. Shall I book it?", "yes-no");
  g_assert_cmpstr (ava_caller_rule_take (rule), ==, "No, Botox.");
}

static void
a_faulty_script_names_its_line (void)
{
  static const struct { const char *text; const char *words; } cases[] = {
    { "title: x\nnonsense\n", "Line 2" },
    { "voice: flite slt\ncolour: red\n", "Line 2" },
    { "voice: flite slt\nopening: x\non \"open: y\n", "Line 3" },
    { "voice: flite slt\nopening: x\ninterrupt name after 1 s: y\n", "Line 3" },
    { "title: nobody speaks\n", "opening" },
    { "", "voice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (AvaCallerScript) script = ava_caller_script_parse (cases[i].text, &error);

    g_assert_null (script);
    g_assert_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT);
    g_assert_nonnull (strstr (error->message, cases[i].words));
  }
}

static void
every_demo_caller_can_be_read (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "demo", "callers", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (AvaCallerScript) script = NULL;

    if (!g_str_has_suffix (name, ".caller"))
      continue;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    script = ava_caller_script_parse (text, &error);
    g_assert_no_error (error);
    g_assert_nonnull (script->title);
    g_assert_true (ava_caller_voice_check (script->voice, &error));
    count++;
  }
  g_assert_cmpuint (count, >=, 1);
}

static void
an_unknown_voice_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ava_caller_voice_check ("nobody slt", &error));
  g_assert_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT);
}

static double
measure_tone (double hz)
{
  g_autofree gint16 *pcm = g_new (gint16, AVA_RATE);

  for (guint i = 0; i < AVA_RATE; i++)
    pcm[i] = 10000 * sin (2 * G_PI * hz * i / AVA_RATE);
  ava_caller_voice_colour (pcm, AVA_RATE, TRUE);
  return ava_caller_voice_level (pcm, AVA_RATE);
}

static void
a_telephone_passes_the_middle_only (void)
{
  double middle = measure_tone (1000);

  g_assert_cmpfloat (measure_tone (60), <, middle / 20);
  g_assert_cmpfloat (measure_tone (7000), <, middle / 10);
  g_assert_cmpfloat (middle, >, 6000);
}

/* --- calls --- */

typedef struct {
  GMainLoop *loop;
  AvaLineCall *call;
  AvaFramePort *port;
  guint frames;
  guint last;
  guint greet_frames;      /* Ava speaks this long at first */
  guint speech_frames;     /* loud frames of the caller */
  guint turns;             /* stretches of the caller's speech */
  guint quiet;             /* [frames] since the caller was loud */
  gboolean spoke_over_ava;
  gboolean ended;
  const char *captions[4]; /* what Ava says after each turn of the caller */
} Talk;

static void
ava_says (Talk       *talk,
          const char *caption,
          guint       frames)
{
  g_autofree gint16 *pcm = g_new0 (gint16, frames * AVA_FRAME_SAMPLES);

  ava_line_call_caption (talk->call, caption, "open");
  ava_frame_port_write (talk->port, pcm, frames * AVA_FRAME_SAMPLES);
}

static void
on_frame (AvaFramePort *port,
          AvaFrame     *frame,
          Talk         *talk)
{
  gboolean loud = ava_caller_voice_level (frame->pcm, AVA_FRAME_SAMPLES) > 300;

  talk->frames++;
  talk->speech_frames += loud;
  talk->spoke_over_ava |= loud && ava_frame_port_get_queued (port) > 0;
  if (loud && (talk->quiet > 40 || talk->turns == 0))
    talk->turns++;
  talk->quiet = loud ? 0 : talk->quiet + 1;
  if (talk->quiet == 45 && talk->turns > 0 && talk->turns <= G_N_ELEMENTS (talk->captions) &&
      talk->captions[talk->turns - 1] != NULL)
    ava_says (talk, talk->captions[talk->turns - 1], 60);
  if (talk->frames == talk->last)
    g_main_loop_quit (talk->loop);
}

static void
on_ended (AvaLineCall *call,
          const char  *reason,
          Talk        *talk)
{
  talk->ended = TRUE;
  g_main_loop_quit (talk->loop);
}

static void
talk_run (Talk        *talk,
          AvaLineCall *call)
{
  talk->loop = g_main_loop_new (NULL, FALSE);
  talk->call = call;
  talk->port = ava_line_call_get_port (call);
  g_signal_connect (talk->port, "frame", G_CALLBACK (on_frame), talk);
  g_signal_connect (call, "ended", G_CALLBACK (on_ended), talk);
  ava_frame_port_start (talk->port);
  ava_says (talk, "Thank you for calling.", talk->greet_frames);
  g_main_loop_run (talk->loop);
  ava_line_call_hang_up (call);
  g_main_loop_unref (talk->loop);
}

static void
a_recording_waits_for_ava (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-test-caller.wav", NULL);
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE * 6);
  g_autoptr (AvaPacer) pacer = ava_pacer_new (TRUE);
  g_autoptr (GError) error = NULL;
  AvaLineCall *call;
  Talk talk = { .last = 6000, .greet_frames = 100, .captions = { "Which day?", "Goodbye." } };

  /* Two stretches of a second each with a pause of a second: far shorter than Ava's answers. */
  for (guint i = 0; i < AVA_RATE * 6; i++) {
    guint second = i / AVA_RATE;

    pcm[i] = (second == 1 || second == 3) ? 8000 * sin (i * 0.3) * fabs (sin (i * 0.0012)) : (int) (i % 7) - 3;
  }
  g_assert_true (ava_audio_file_save (path, pcm, AVA_RATE * 6, &error));
  call = ava_file_call_new (path, pacer, &error);
  g_assert_no_error (error);
  talk_run (&talk, call);
  g_assert_false (talk.spoke_over_ava);
  g_assert_cmpuint (talk.turns, ==, 2);
  g_assert_true (talk.ended);
  g_assert_finalize_object (call);
  g_unlink (path);
}

static void
a_recording_of_nobody_is_refused (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-test-nobody.wav", NULL);
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE);
  g_autoptr (AvaPacer) pacer = ava_pacer_new (TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_true (ava_audio_file_save (path, pcm, AVA_RATE, NULL));
  g_assert_null (ava_file_call_new (path, pacer, &error));
  g_assert_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_FILE);
  g_unlink (path);
}

static void
run_script (Talk       *talk,
            const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ava-test.caller", NULL);
  g_autoptr (AvaPacer) pacer = ava_pacer_new (TRUE);
  g_autoptr (GError) error = NULL;
  AvaLineCall *call;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  call = ava_simulated_call_new (path, pacer, &error);
  g_assert_no_error (error);
  talk_run (talk, call);
  g_object_unref (call);
  g_unlink (path);
}

static void
a_simulated_caller_answers_what_ava_asks (void)
{
  Talk talk = { .last = 4000, .greet_frames = 60, .captions = { "What is your name?", "Goodbye then." } };

  run_script (&talk, "voice: flite slt\nopening: I would like an appointment please.\n"
              "on \"your name\": My name is Sam Carter.\non \"goodbye\": <hang up>\n");
  g_assert_false (talk.spoke_over_ava);
  g_assert_cmpuint (talk.turns, ==, 2);
  g_assert_true (talk.ended);
}

static void
a_simulated_caller_can_interrupt (void)
{
  Talk talk = { .last = 1500, .greet_frames = 60, .captions = { "Parking is behind the building, and a lot more.", NULL } };

  run_script (&talk, "voice: flite slt\nopening: Where can I park?\n"
              "interrupt \"parking\" after 0.5 s: Thank you, that is enough.\n");
  g_assert_true (talk.spoke_over_ava);
}

static void
two_fast_calls_are_the_same (void)
{
  Talk first = { .last = 1200, .greet_frames = 60, .captions = { "What is your name?", NULL } };
  Talk second = first;
  const char *script = "voice: flite awb\nnoise: 20 dB\nopening: Hello, I need help.\non \"name\": Sam.\n";

  run_script (&first, script);
  run_script (&second, script);
  g_assert_cmpuint (first.speech_frames, ==, second.speech_frames);
  g_assert_cmpuint (first.turns, ==, second.turns);
}

static void
on_no_microphone (AvaFramePort *port,
                  GError       *error,
                  char        **words)
{
  *words = g_strdup (error->message);
}

static void
no_microphone_is_told_in_words (void)
{
  g_autoptr (AvaLineCall) call = NULL;
  g_autofree char *words = NULL;

  if (g_test_subprocess ()) {
    /* Whatever this machine has: no server of sound, and no device below it. */
    g_unsetenv ("AVA_AUDIO_SRC");
    g_unsetenv ("AVA_AUDIO_SINK");
    g_setenv ("PULSE_SERVER", "unix:/nowhere/at/all", TRUE);
    g_setenv ("PIPEWIRE_REMOTE", "/nowhere/at/all", TRUE);
    g_setenv ("ALSA_CONFIG_PATH", "/dev/null", TRUE);
    call = ava_desk_call_new ();
    g_signal_connect (ava_line_call_get_port (call), "failed", G_CALLBACK (on_no_microphone), &words);
    ava_frame_port_start (ava_line_call_get_port (call));
    while (words == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_nonnull (strstr (words, "No microphone was found"));
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

/* --- the desk's devices, replaced by elements --- */

typedef struct {
  GMainLoop *loop;
  guint frames;
  guint last;
  guint drained;
  char *failure;
  const char *next_source;      /* the microphone that is left when the first one is gone */
  guint moved;
} Desk;

/* From now on another microphone is what is there. */
static void
on_desk_opened (AvaFramePort *port,
                Desk         *desk)
{
  if (desk->next_source != NULL)
    g_setenv ("AVA_AUDIO_SRC", desk->next_source, TRUE);
}

static void
on_desk_frame (AvaFramePort *port,
               AvaFrame     *frame,
               Desk         *desk)
{
  if (++desk->frames == desk->last)
    g_main_loop_quit (desk->loop);
}

static void
on_desk_drained (AvaFramePort *port,
                 Desk         *desk)
{
  desk->drained++;
}

static void
on_desk_failed (AvaFramePort *port,
                GError       *error,
                Desk         *desk)
{
  desk->failure = g_strdup (error->message);
  g_main_loop_quit (desk->loop);
}

static void
on_desk_moved (AvaFramePort *port,
               const char   *words,
               Desk         *desk)
{
  g_assert_nonnull (strstr (words, "goes on"));
  desk->moved++;
}

static void
run_desk (Desk       *desk,
          const char *source,
          const char *sink)
{
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE / 2);
  AvaLineCall *call;
  AvaFramePort *port;

  g_setenv ("AVA_AUDIO_SRC", source, TRUE);
  g_setenv ("AVA_AUDIO_SINK", sink, TRUE);
  call = ava_desk_call_new ();
  desk->loop = g_main_loop_new (NULL, FALSE);
  port = ava_line_call_get_port (call);
  g_signal_connect (port, "opened", G_CALLBACK (on_desk_opened), desk);
  g_signal_connect (port, "frame", G_CALLBACK (on_desk_frame), desk);
  g_signal_connect (port, "drained", G_CALLBACK (on_desk_drained), desk);
  g_signal_connect (port, "failed", G_CALLBACK (on_desk_failed), desk);
  g_signal_connect (port, "moved", G_CALLBACK (on_desk_moved), desk);
  ava_frame_port_start (port);
  ava_frame_port_write (port, pcm, AVA_RATE / 2);
  g_main_loop_run (desk->loop);
  ava_line_call_hang_up (call);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (call);
  g_main_loop_unref (desk->loop);
}

static void
the_desk_hears_and_speaks (void)
{
  Desk desk = { .last = 60 };

  run_desk (&desk, "audiotestsrc is-live=true wave=silence", "fakesink sync=true");
  g_assert_null (desk.failure);
  g_assert_cmpuint (desk.frames, >=, 60);
  g_assert_cmpuint (desk.drained, ==, 1);
}

static void
an_unplugged_microphone_is_told (void)
{
  Desk desk = { .last = 2000 };

  run_desk (&desk, "audiotestsrc is-live=true ! identity error-after=20", "fakesink sync=true");
  g_assert_nonnull (desk.failure);
  g_assert_nonnull (strstr (desk.failure, "is gone"));
  g_free (desk.failure);
}

/* Frames go on in order, and what Ava was saying is heard to its end on what is left. */
static void
another_device_takes_the_place_of_an_unplugged_one (void)
{
  Desk desk = { .last = 120, .next_source = "audiotestsrc is-live=true wave=silence" };

  run_desk (&desk, "audiotestsrc is-live=true ! identity error-after=10", "fakesink sync=true");
  g_assert_null (desk.failure);
  g_assert_cmpuint (desk.moved, ==, 1);
  g_assert_cmpuint (desk.frames, >=, 120);
  g_assert_cmpuint (desk.drained, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/no-microphone", no_microphone_is_told_in_words);
  g_test_add_func ("/script/read", a_script_is_read);
  g_test_add_func ("/script/faulty", a_faulty_script_names_its_line);
  g_test_add_func ("/script/demo", every_demo_caller_can_be_read);
  g_test_add_func ("/script/unknown-voice", an_unknown_voice_is_refused);
  g_test_add_func ("/voice/telephone", a_telephone_passes_the_middle_only);
  g_test_add_func ("/recording/waits", a_recording_waits_for_ava);
  g_test_add_func ("/recording/nobody", a_recording_of_nobody_is_refused);
  g_test_add_func ("/simulated/answers", a_simulated_caller_answers_what_ava_asks);
  g_test_add_func ("/simulated/interrupts", a_simulated_caller_can_interrupt);
  g_test_add_func ("/simulated/same", two_fast_calls_are_the_same);
  g_test_add_func ("/desk/hears-and-speaks", the_desk_hears_and_speaks);
  g_test_add_func ("/desk/unplugged", an_unplugged_microphone_is_told);
  g_test_add_func ("/desk/moved", another_device_takes_the_place_of_an_unplugged_one);
  return g_test_run ();
}
