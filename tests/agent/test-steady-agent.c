/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include "async-result.h"
#include "ava-steady-agent.h"
#include "ava-store.h"
#include "ava-toolbox.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * A call that survives the cloud, with the real book: the service is cut off at many points of a booking, and each time
 * exactly one appointment stands in the book at the end. All of it on virtual time.
 */

#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */

/* --- a desk with a book --- */

typedef struct {
  Stage stage;
  char *folder;
  AvaClock *clock;
  AvaStore *store;
  AvaToolbox *toolbox;
  AvaRecognizer *ear;
  guint before;            /* appointments in the book */
  gint64 changed_us;       /* [us] of the call when the local agent took over; 0: not */
  gint64 bridged_us;       /* [us] when it was heard */
  guint changes;
  gint64 interrupts_us[2]; /* [us] of the call when Sam speaks, whatever Ava does; 0: not */
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

static void
run_tool (Stage       *stage,
          AvaToolCall *call)
{
  Desk *desk = stage->user_data;
  g_autoptr (GAsyncResult) result = NULL;

  ava_toolbox_run_async (desk->toolbox, call, "ava", "call-1", NULL, test_result_cb, &result);
  ava_toolbox_run_finish (desk->toolbox, test_result_wait (&result), NULL);
}

static GPtrArray *
list_appointments (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *all;

  ava_store_list_appointments_async (desk->store, 0, G_MAXINT64 / 2, FALSE, NULL, test_result_cb, &result);
  all = ava_store_list_appointments_finish (desk->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return all;
}

static void
on_event (AvaAgent   *agent,
          const char *kind,
          JsonObject *data,
          Desk       *desk)
{
  if (!g_str_equal (kind, "agent-changed"))
    return;
  desk->changes++;
  desk->changed_us = desk->stage.time_us;
}

static void
on_audio (AvaAgent *agent,
          gpointer  pcm,
          guint     n_samples,
          Desk     *desk)
{
  if (desk->changes > 0 && desk->bridged_us == 0)
    desk->bridged_us = MAX (1, desk->stage.time_us);
}

static AvaAgent *
make_agent (Stage                  *stage,
            const AvaRealtimeParts *parts)
{
  Desk *desk = stage->user_data;
  AvaRealtimeParts own = *parts;
  AvaAgent *agent;

  own.clock = desk->clock;
  agent = ava_steady_agent_new (&own, desk->ear, NULL);
  g_signal_connect (agent, "event", G_CALLBACK (on_event), desk);
  g_signal_connect (agent, "audio", G_CALLBACK (on_audio), desk);
  return agent;
}

/* @second: (nullable): what a second line finds: then a lost one is opened again */
static void
desk_init_lines (Desk       *desk,
                 const char *script,
                 const char *second)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  GPtrArray *specs;

  *desk = (Desk) { .folder = g_dir_make_tmp ("ava-steady-XXXXXX", NULL) };
  desk->clock = ava_virtual_clock_new (NOW_US, FALSE);
  desk->store = ava_store_open (desk->folder, desk->clock, &error);
  g_assert_no_error (error);
  g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, NULL);
  ava_store_fill_demo (desk->store, json, 1, 5, 5, 10, &error);
  g_assert_no_error (error);
  desk->toolbox = ava_toolbox_new (desk->store, desk->clock);
  desk->ear = stage_ear_new ();
  stage_init (&desk->stage, script, AVA_TURN_MODE_SERVER_VAD);
  if (second != NULL)
    stage_add_script (&desk->stage, second);
  desk->stage.settings->reconnects = second != NULL;
  desk->stage.make_agent = make_agent;
  desk->stage.run_tool = run_tool;
  desk->stage.user_data = desk;
  desk->stage.tool_delay_ms = 200;
  specs = ava_toolbox_list_specs (desk->toolbox);
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (desk->stage.specs, specs->pdata[i]);
  ava_toolbox_set_spa (desk->toolbox, desk->stage.spa);
  before = list_appointments (desk);
  desk->before = before->len;
  stage_start (&desk->stage);
}

static void
desk_init (Desk       *desk,
           const char *script)
{
  desk_init_lines (desk, script, NULL);
}

static void
desk_clear (Desk *desk)
{
  stage_clear (&desk->stage);
  g_clear_object (&desk->toolbox);
  ava_store_close (desk->store);
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_object (&desk->store);
  g_clear_object (&desk->clock);
  g_clear_object (&desk->ear);
  remove_tree (desk->folder);
  g_free (desk->folder);
}

/* --- a caller who wants Botox --- */

static const char script_format[] =
  "{\"think_ms\": 250, \"greeting\": [{\"say\": \"Thank you for calling. This is Ava. How can I help?\"}], \"turns\": ["
  "{\"hear\": \"I would like to book Botox tomorrow afternoon.\", \"steps\": [{\"say\": \"Let me look.\", \"calls\": [{\"name\": \"check_availability\", \"arguments\": {\"service\": \"botox\", \"when\": \"tomorrow afternoon\"}}]},"
  " {\"say\": \"I have {check_availability.slots.0.spoken} or {check_availability.slots.1.spoken_time}. Which would you like?\"}]},"
  "{\"hear\": \"The first one, please.\", \"steps\": [{\"calls\": [{\"name\": \"hold_slot\", \"arguments\": {\"slot_id\": \"{check_availability.slots.0.slot_id}\"}}]}, {\"say\": \"Good. May I have your first and last name?\"}]},"
  "{\"hear\": \"My name is Sam Carter.\", \"steps\": [{\"say\": \"Shall I use the number you are calling from?\"}]},"
  "{\"hear\": \"Yes, please.\", \"steps\": [{\"say\": \"So that is Botox on {check_availability.slots.0.spoken} for Sam Carter. Shall I book it?\"}]},"
  "{\"hear\": \"Yes, please.\", \"steps\": [{\"calls\": [{\"name\": \"book_appointment\", \"arguments\": {\"slot_id\": \"{check_availability.slots.0.slot_id}\", \"customer_name\": \"Sam Carter\", \"phone\": \"+12125550147\"}}]}, {\"say\": \"You are booked: Botox on {book_appointment.spoken}. Anything else?\"}]},"
  "{\"hear\": \"No, that is all, thank you.\", \"steps\": [{\"say\": \"Thank you for calling. Goodbye.\", \"calls\": [{\"name\": \"end_call\", \"arguments\": {}}]}]}"
  "]%s}";

/* What Sam says to what the local agent asked last. */
static const char *
choose_words (Desk *desk)
{
  static const struct { const char *said; const char *answer; } answers[] = {
    { "anything else", "no thank you that is all" }, { "else i can do", "no thank you that is all" }, { "else today", "no thank you that is all" },
    { "open:", "i would like to book botox tomorrow afternoon" }, { "service:", "botox" }, { "when:", "tomorrow afternoon" },
    { "offer:", "the first one" }, { "name:", "my name is sam carter" }, { "spell:", "s a m" },
    { "phone:", "two one two five five five zero one four seven" }, { "yes-no:", "yes please" }, { "nothing:", "" },
  };
  const char *caption = desk->stage.captions->len > 0 ? desk->stage.captions->pdata[desk->stage.captions->len - 1] : "open:";
  g_autofree char *lower = g_utf8_strdown (caption, -1);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    if (strstr (lower, answers[i].said) != NULL)
      return answers[i].answer;
  }
  return "yes please";
}

static gboolean
interrupts (Desk *desk)
{
  for (guint i = 0; i < G_N_ELEMENTS (desk->interrupts_us); i++) {
    if (desk->interrupts_us[i] == 0 || desk->stage.time_us < desk->interrupts_us[i])
      continue;
    desk->interrupts_us[i] = 0;
    return TRUE;
  }
  return FALSE;
}

/* Sam speaks when Ava has been silent for a moment. */
static void
talk (Desk *desk)
{
  guint quiet = 0;

  for (guint i = 0; i < 3000 && desk->stage.outcome == NULL; i++) {
    stage_play (&desk->stage, FALSE, 100);
    if (interrupts (desk))
      stage_play (&desk->stage, TRUE, 900);
    quiet = desk->stage.queued > 0 || desk->stage.calls->len > desk->stage.tools_done ? 0 : quiet + 1;
    if (quiet < 22 || desk->stage.captions->len == 0)
      continue;
    stage_ear_hear (desk->ear, choose_words (desk));
    if (*choose_words (desk) != '\0')
      stage_play (&desk->stage, TRUE, 900);
    quiet = 0;
  }
}

static void
assert_booked_once (Desk       *desk,
                    const char *where)
{
  g_autoptr (GPtrArray) after = list_appointments (desk);
  guint sams = 0;

  for (guint i = 0; i < after->len; i++)
    sams += g_strcmp0 (((AvaAppointment *) after->pdata[i])->service_id, "svc-botox") == 0;
  if (after->len != desk->before + 1 || desk->stage.outcome == NULL) {
    for (guint i = 0; i < desk->stage.rows->len; i++) {
      AvaTranscriptItem *row = desk->stage.rows->pdata[i];

      g_printerr ("%6.2f %s: %s%s\n", row->start_us / 1e6, ava_role_to_string (row->role), row->text, row->interrupted ? " [interrupted]" : "");
    }
    g_error ("%s: %d bookings, outcome %s", where, (int) after->len - (int) desk->before, desk->stage.outcome);
  }
  g_assert_cmpuint (sams, >=, 1);
}

static guint
count_events (void)
{
  g_autofree char *script = g_strdup_printf (script_format, "");
  Desk desk;
  guint n;

  desk_init (&desk, script);
  talk (&desk);
  assert_booked_once (&desk, "undisturbed");
  g_assert_cmpuint (desk.changes, ==, 0);
  g_assert_cmpstr (desk.stage.outcome, ==, "booked");
  n = fake_realtime_count_sent (stage_get_line (&desk.stage));
  desk_clear (&desk);
  return n;
}

static void
a_booking_completes_wherever_the_line_is_cut (void)
{
  guint n = count_events ();
  guint points = g_test_slow () ? 120 : 20;

  for (guint i = 0; i < points; i++) {
    guint nth = 2 + (n - 14) * i / (points - 1);   /* from the first event to the middle of goodbye */
    g_autofree char *fault = g_strdup_printf (", \"faults\": [{\"on\": \"*\", \"nth\": %u, \"do\": \"close\", \"code\": 1006}]", nth);
    g_autofree char *script = g_strdup_printf (script_format, fault);
    g_autofree char *where = g_strdup_printf ("cut at event %u of %u", nth, n);
    Desk desk;

    desk_init (&desk, script);
    talk (&desk);
    assert_booked_once (&desk, where);
    if (desk.changes != 1)
      g_error ("%s: %u changes", where, desk.changes);
    /* A few words at once: within 300 ms. */
    g_test_message ("%s: changed at %.2f", where, desk.changed_us / 1e6);
    g_assert_cmpint (desk.bridged_us, >, 0);
    g_assert_cmpint (desk.bridged_us - desk.changed_us, <=, 300 * 1000);
    g_assert_nonnull (strstr (desk.stage.troubles->str, "The line to the cloud voice was lost"));
    g_assert_cmpuint (desk.stage.lines->len, ==, 1);
    desk_clear (&desk);
  }
}

static guint
count_runs (Desk       *desk,
            const char *name)
{
  guint n = 0;

  for (guint i = 0; i < desk->stage.calls->len; i++)
    n += g_str_equal (((AvaToolCall *) desk->stage.calls->pdata[i])->name, name);
  return n;
}

static gint64
measure_call (void)
{
  g_autofree char *script = g_strdup_printf (script_format, "");
  gint64 end_us;
  Desk desk;

  desk_init (&desk, script);
  talk (&desk);
  end_us = desk.stage.time_us;
  desk_clear (&desk);
  return end_us;
}

/* Sam speaks over Ava, her thinking, her tools, at every step, once or twice, and says it again: one appointment, and
 * every call of the model is answered once. */
static void
a_booking_completes_wherever_it_is_interrupted (void)
{
  gint64 end_us = measure_call ();
  guint points = g_test_slow () ? 200 : 40;
  guint over_tools = 0, over_her = 0;

  for (guint i = 0; i < points; i++) {
    g_autofree char *script = g_strdup_printf (script_format, ", \"insists\": true");
    gint64 at_us = end_us * (i + 1) / (points + 2);
    g_autofree char *where = g_strdup_printf ("interrupted at %.2f of %.2f s", at_us / 1e6, end_us / 1e6);
    Desk desk;

    desk_init (&desk, script);
    desk.stage.tool_delay_ms = 900;
    desk.interrupts_us[0] = at_us;
    desk.interrupts_us[1] = i % 2 == 0 ? 0 : at_us + 1700 * 1000;
    talk (&desk);
    assert_booked_once (&desk, where);
    g_assert_cmpuint (desk.changes, ==, 0);
    g_assert_cmpuint (count_runs (&desk, "book_appointment"), ==, 1);
    g_assert_cmpstr (desk.stage.outcome, ==, "booked");
    over_tools += count_runs (&desk, "check_availability") + count_runs (&desk, "hold_slot") > 2;
    over_her += desk.stage.flushes > 0;
    desk_clear (&desk);
  }
  g_test_message ("%u of %u spoke over Ava, %u made her look again", over_her, points, over_tools);
  g_assert_cmpuint (over_her, >, points / 4);
}

/* Where it is wanted, a second line takes over from the first, knows what was said and done, and books once. */
static void
a_booking_goes_on_over_a_second_line (void)
{
  static const char ask_name[] = "{\"say\": \"Good. May I have your first and last name?\"}", ask_again[] = "{\"say\": \"So that is Botox for Sam Carter. Shall I book it?\"}",
    book[] = "{\"calls\": [{\"name\": \"book_appointment\", \"arguments\": {\"slot_id\": \"{check_availability.slots.0.slot_id}\", \"customer_name\": \"Sam Carter\", \"phone\": \"+12125550147\"}}]}, ";
  static const struct { const char *fault; guint turn; gboolean booked; } cuts[] = {
    { "{\"on\": \"client:conversation.item.create\", \"nth\": 2, \"do\": \"close\", \"code\": 1006}", 2, FALSE },      /* with the hold */
    { "{\"on\": \"response.output_audio_transcript.done\", \"nth\": 6, \"do\": \"close\", \"code\": 1006}", 4, FALSE },  /* in the question */
    { "{\"on\": \"response.function_call_arguments.done\", \"nth\": 3, \"do\": \"close\", \"code\": 1006}", 5, FALSE },  /* before the call */
    { "{\"on\": \"response.done\", \"nth\": 8, \"do\": \"close\", \"code\": 1006}", 5, TRUE },                            /* while it runs */
    { "{\"on\": \"client:conversation.item.create\", \"nth\": 3, \"do\": \"close\", \"code\": 1011}", 5, TRUE },          /* with its result */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++) {
    g_autofree char *fault = g_strdup_printf (", \"faults\": [%s]", cuts[i].fault);
    g_autofree char *script = g_strdup_printf (script_format, fault);
    g_autofree char *second = g_strdup_printf ("{\"think_ms\": 250, \"first_turn\": %u, \"turns\": [{}, {\"hear\": \"The first one.\", \"steps\": [%s]},"
      "{\"hear\": \"My name is Sam Carter.\", \"steps\": [{\"say\": \"Shall I use the number you are calling from?\"}]}, {\"hear\": \"Yes, please.\", \"steps\": [%s]},"
      "{\"hear\": \"Yes, please.\", \"steps\": [%s{\"say\": \"You are booked: Botox on {book_appointment.spoken}. Anything else?\"}]},"
      "{\"hear\": \"No, that is all, thank you.\", \"steps\": [{\"say\": \"Thank you for calling. Goodbye.\", \"calls\": [{\"name\": \"end_call\", \"arguments\": {}}]}]}]}",
      cuts[i].turn, ask_name, ask_again, cuts[i].booked ? "" : book);
    Desk desk;

    desk_init_lines (&desk, script, second);
    talk (&desk);
    assert_booked_once (&desk, cuts[i].fault);
    g_assert_cmpuint (desk.changes, ==, 0);
    g_assert_cmpuint (desk.stage.lines->len, ==, 2);
    g_assert_cmpstr (desk.stage.outcome, ==, "booked");
    g_assert_nonnull (strstr (desk.stage.events->str, "cloud-renewed "));
    desk_clear (&desk);
  }
}

/* Each way in which a service can fail at the worst moment: the yes was said, nothing is booked. */
static void
a_booking_completes_whatever_goes_wrong (void)
{
  static const struct { const char *fault; const char *words; } faults[] = {
    { "{\"on\": \"input_audio_buffer.committed\", \"nth\": 5, \"do\": \"silent\"}", "does not answer any more" },
    { "{\"on\": \"input_audio_buffer.committed\", \"nth\": 5, \"do\": \"close\", \"code\": 1011, \"reason\": \"internal\"}", "close 1011" },
    { "{\"on\": \"response.created\", \"nth\": 6, \"do\": \"error\", \"code\": \"insufficient_quota\", \"message\": \"Quota.\"}", "no credit left" },
    { "{\"on\": \"response.created\", \"nth\": 6, \"do\": \"close\", \"code\": 4004, \"reason\": \"model_not_found\"}", "does not exist any more" },
    { "{\"on\": \"client:conversation.item.create\", \"nth\": 3, \"do\": \"close\", \"code\": 1006}", "was lost" },
    { "{\"on\": \"response.function_call_arguments.done\", \"nth\": 3, \"do\": \"silent\"}", "does not answer any more" },
    { "{\"on\": \"response.output_audio.delta\", \"nth\": 3, \"do\": \"silent\"}", "does not answer any more" },
    { "{\"on\": \"response.output_audio.delta\", \"nth\": 70, \"do\": \"silent\"}", "does not answer any more" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *fault = g_strdup_printf (", \"faults\": [%s]", faults[i].fault);
    g_autofree char *script = g_strdup_printf (script_format, fault);
    Desk desk;

    desk_init (&desk, script);
    talk (&desk);
    assert_booked_once (&desk, faults[i].fault);
    g_assert_cmpuint (desk.changes, ==, 1);
    if (strstr (desk.stage.troubles->str, faults[i].words) == NULL)
      g_error ("%s: told “%s”", faults[i].fault, desk.stage.troubles->str);
    desk_clear (&desk);
  }
}

static void
a_service_that_never_answers_is_not_noticed (void)
{
  Desk desk;

  desk_init (&desk, "{\"answers\": false}");
  desk.stage.settings->connect_ms = 1000;
  talk (&desk);
  assert_booked_once (&desk, "never answered");
  g_assert_cmpuint (desk.changes, ==, 1);
  g_assert_nonnull (strstr (desk.stage.rows->len > 0 ? stage_get_row (&desk.stage, 0)->text : "", "Thank you for calling"));
  desk_clear (&desk);
}

static void
a_red_flag_goes_to_the_rules (void)
{
  Desk desk;

  desk_init (&desk, "{\"greeting\": [{\"say\": \"Thank you for calling. This is Ava.\"}], \"turns\": [{\"hear\": \"I can't breathe since my filler.\", \"steps\": [{\"say\": \"Let us book you in.\"}]}]}");
  stage_hear_out (&desk.stage);
  stage_play (&desk.stage, TRUE, 900);
  stage_hear_out (&desk.stage);
  g_assert_nonnull (strstr (desk.stage.events->str, "safety-stop "));
  g_assert_nonnull (strstr (stage_get_row (&desk.stage, desk.stage.rows->len - 1)->text, "911"));
  g_assert_cmpstr (desk.stage.troubles->str, ==, "");
  desk_clear (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steady/red-flag", a_red_flag_goes_to_the_rules);
  g_test_add_func ("/steady/never-answers", a_service_that_never_answers_is_not_noticed);
  g_test_add_func ("/steady/whatever", a_booking_completes_whatever_goes_wrong);
  g_test_add_func ("/steady/interrupted-anywhere", a_booking_completes_wherever_it_is_interrupted);
  g_test_add_func ("/steady/second-line", a_booking_goes_on_over_a_second_line);
  g_test_add_func ("/steady/cut-anywhere", a_booking_completes_wherever_the_line_is_cut);
  return g_test_run ();
}
