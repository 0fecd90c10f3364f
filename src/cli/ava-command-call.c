/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-mode-vad.h"
#include "ava-call-session-private.h"
#include "ava-loop-meter.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

/* Takes one whole call, prints it as it goes, and leaves what can be examined in a folder. */

typedef struct {
  AvaContext *context;
  AvaCallSession *session;
  char *out;             /* folder, nullable */
  FILE *events;          /* nullable */
  GPtrArray *printed;    /* AvaTranscriptItem whose final words were printed */
  gint64 started_us;     /* [us] monotonic */
  gboolean json;
  char *vad;             /* nullable: the usual way of detecting speech */
  AvaAnsweredBy by;      /* who is Ava */
} Watch;

static double
get_cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gint64
get_peak_rss_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
on_item_settled (AvaTranscriptItem *item,
                 GParamSpec        *pspec,
                 Watch             *watch)
{
  if (item->interim || watch->json || g_ptr_array_find (watch->printed, item, NULL))
    return;
  g_ptr_array_add (watch->printed, item);
  g_print ("[%6.2f s] %-6s %s%s\n", item->start_us / 1e6,
           item->role == AVA_ROLE_AVA ? "Ava:" : item->role == AVA_ROLE_CALLER ? "Caller:" : "Staff:",
           item->text, item->interrupted ? " [interrupted]" : "");
  fflush (stdout);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Watch      *watch)
{
  for (guint i = 0; i < added; i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (model, position + i);

    g_signal_connect (item, "notify::interim", G_CALLBACK (on_item_settled), watch);
  }
}

static void
on_event (AvaCallSession *session,
          JsonObject     *line,
          Watch          *watch)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (watch->events == NULL)
    return;
  json_node_set_object (node, line);
  text = json_to_string (node, FALSE);
  fprintf (watch->events, "%s\n", text);
  fflush (watch->events);
}

static JsonArray *
list_turns (AvaCallSession *session)
{
  GArray *timings = ava_call_session_get_timings (session);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < timings->len; i++) {
    AvaTurnTiming *timing = &g_array_index (timings, AvaTurnTiming, i);
    JsonObject *turn = json_object_new ();

    json_object_set_int_member (turn, "speech_end_us", timing->speech_end_us);
    json_object_set_int_member (turn, "first_audio_us", timing->first_audio_us);
    json_object_set_int_member (turn, "barge_in_us", timing->barge_in_us);
    json_object_set_int_member (turn, "silence_us", timing->silence_us);
    json_array_add_object_element (array, turn);
  }
  return array;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 *first = a;
  const gint64 *second = b;

  return (*first > *second) - (*first < *second);
}

/* The middle and the slowest of all answers, [us]; 0 when there was none. */
static gint64
get_latency (AvaCallSession *session,
             double          quantile)
{
  GArray *timings = ava_call_session_get_timings (session);
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < timings->len; i++) {
    AvaTurnTiming *timing = &g_array_index (timings, AvaTurnTiming, i);
    gint64 latency = timing->first_audio_us - timing->speech_end_us;

    if (timing->first_audio_us != 0)
      g_array_append_val (latencies, latency);
  }
  if (latencies->len == 0)
    return 0;
  g_array_sort (latencies, compare_times);
  return g_array_index (latencies, gint64, (guint) ((latencies->len - 1) * quantile));
}

static gint64
get_longest_silencing (AvaCallSession *session)
{
  GArray *timings = ava_call_session_get_timings (session);
  gint64 longest = 0;

  for (guint i = 0; i < timings->len; i++) {
    AvaTurnTiming *timing = &g_array_index (timings, AvaTurnTiming, i);

    longest = MAX (longest, timing->silence_us - timing->barge_in_us);
  }
  return longest;
}

static JsonObject *
describe_timing (Watch *watch)
{
  JsonObject *object = json_object_new ();
  AvaPortStats stats = { 0 };

  ava_call_session_get_stats (watch->session, &stats);
  json_object_set_array_member (object, "turns", list_turns (watch->session));
  json_object_set_int_member (object, "greeting_us", ava_call_session_get_greeting_us (watch->session));
  json_object_set_int_member (object, "median_answer_us", get_latency (watch->session, 0.5));
  json_object_set_int_member (object, "slowest_answer_us", get_latency (watch->session, 1.0));
  json_object_set_int_member (object, "longest_barge_in_us", get_longest_silencing (watch->session));
  json_object_set_int_member (object, "longest_main_loop_us", ava_loop_meter_get_longest ());
  json_object_set_int_member (object, "frames_in", stats.frames_in);
  json_object_set_int_member (object, "frames_out", stats.frames_out);
  json_object_set_int_member (object, "overruns", stats.overruns);
  json_object_set_int_member (object, "underruns", stats.underruns);
  json_object_set_int_member (object, "flushes", stats.flushes);
  json_object_set_double_member (object, "cpu_seconds", get_cpu_seconds ());
  json_object_set_int_member (object, "peak_rss_kb", get_peak_rss_kb ());
  json_object_set_int_member (object, "wall_us", g_get_monotonic_time () - watch->started_us);
  return object;
}

static JsonNode *
list_transcript (AvaCallSession *session)
{
  GListModel *model = ava_call_session_get_transcript (session);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (model, i);

    json_array_add_object_element (array, ava_transcript_item_to_json (item));
  }
  json_node_take_array (node, array);
  return node;
}

static gboolean
write_json (const char  *folder,
            const char  *name,
            JsonNode    *node,
            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = json_to_string (node, TRUE);

  return g_file_set_contents (path, text, -1, error);
}

static gboolean
copy_recording (Watch   *watch,
                GError **error)
{
  AvaCall *record = ava_call_session_get_record (watch->session);
  g_autofree char *from = g_build_filename (ava_context_get_data_dir (watch->context), "recordings",
                                            record->recording, NULL);
  g_autofree char *to = g_build_filename (watch->out, "call.wav", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  return g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}

static gboolean
write_results (Watch   *watch,
               GError **error)
{
  g_autoptr (JsonNode) transcript = list_transcript (watch->session);
  g_autoptr (JsonNode) timing = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (timing, describe_timing (watch));
  return write_json (watch->out, "transcript.json", transcript, error) &&
         write_json (watch->out, "timing.json", timing, error) && copy_recording (watch, error);
}

static void
print_result (Watch *watch)
{
  AvaBookingCard *card = ava_call_session_get_card (watch->session);
  AvaCall *record = ava_call_session_get_record (watch->session);

  g_print ("\nOutcome: %s\n", record->outcome);
  for (AvaCardField field = 0; field < AVA_CARD_N_FIELDS; field++) {
    if (card->values[field] != NULL)
      g_print ("  %-9s %s\n", ava_card_field_to_string (field), card->values[field]);
  }
  if (card->appointment_id != NULL)
    g_print ("  %-9s %s\n", "booking", card->appointment_id);
  g_print ("\nGreeting after %.2f s; answers after %.2f s (median), %.2f s (slowest); "
           "main loop busy for %.1f ms at most\n",
           ava_call_session_get_greeting_us (watch->session) / 1e6, get_latency (watch->session, 0.5) / 1e6,
           get_latency (watch->session, 1.0) / 1e6, ava_loop_meter_get_longest () / 1e3);
  g_print ("CPU %.1f s, peak memory %" G_GINT64_FORMAT " MB\n", get_cpu_seconds (),
           get_peak_rss_kb () / 1024);
}

static AvaLineCall *
make_line (const char  *wav,
           const char  *script,
           gboolean     fast,
           GError     **error)
{
  g_autoptr (AvaPacer) pacer = ava_pacer_new (fast);

  if (script != NULL)
    return ava_simulated_call_new (script, pacer, error);
  if (wav != NULL)
    return ava_file_call_new (wav, pacer, error);
  return ava_desk_call_new ();
}

static void
watch_call (Watch *watch)
{
  GListModel *transcript = ava_call_session_get_transcript (watch->session);

  g_signal_connect (transcript, "items-changed", G_CALLBACK (on_items_changed), watch);
  g_signal_connect (watch->session, "event", G_CALLBACK (on_event), watch);
  while (!ava_call_session_is_idle (watch->session))
    g_main_context_iteration (NULL, TRUE);
}

static int
take_call (Watch       *watch,
           AvaLineCall *line_call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  AvaCall *record;

  ava_loop_meter_start ();
  watch->session = g_object_ref (ava_context_take_call (watch->context, line_call));
  watch_call (watch);
  record = ava_call_session_get_record (watch->session);
  if (watch->out != NULL && !write_results (watch, &error))
    return ava_cli_fail (error);
  if (watch->json) {
    g_autoptr (JsonObject) timing = describe_timing (watch);

    json_object_set_string_member (timing, "outcome", record->outcome);
    ava_cli_print_object (timing);
  } else {
    print_result (watch);
  }
  g_object_get (watch->session, "notice", &notice, NULL);
  if (notice != NULL)
    g_printerr ("avactl: %s\n", notice);
  return g_str_equal (record->outcome, "interrupted") || g_str_equal (record->outcome, "not-started") ? AVA_EXIT_REFUSED
                                                                                                     : AVA_EXIT_DONE;
}

static void
clear_watch (Watch *watch)
{
  g_clear_pointer (&watch->events, fclose);
  g_clear_object (&watch->session);
  g_clear_object (&watch->context);
  g_clear_pointer (&watch->printed, g_ptr_array_unref);
  g_free (watch->out);
  g_free (watch->vad);
}

/* Without Silero's weights a wish for Silero is refused, and hybrid says that it is RMS now. */
static gboolean
set_up_hearing (Watch *watch)
{
  AvaHearing *hearing = ava_context_get_hearing (watch->context);
  const char *trouble = ava_hearing_get_trouble (hearing);

  if (watch->vad != NULL)
    ava_hearing_set_mode (hearing, watch->vad);
  if (trouble == NULL || g_strcmp0 (watch->vad, "rms") == 0)
    return TRUE;
  if (g_strcmp0 (watch->vad, "silero") == 0) {
    g_printerr ("avactl call: %s; rms works without them\n", trouble);
    return FALSE;
  }
  g_printerr ("avactl call: %s; loudness alone (rms) decides what is speech\n", trouble);
  return TRUE;
}

/* A wish for the cloud voice is refused in words when it cannot be had; auto takes what there is. */
static gboolean
set_up_agent (Watch *watch)
{
  AvaCloudVoice *cloud = ava_context_get_cloud_voice (watch->context);
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_choose (cloud, watch->by);
  if (watch->by != AVA_ANSWERED_BY_REALTIME || ava_cloud_voice_check (cloud, &error))
    return TRUE;
  g_printerr ("avactl call: %s\n", error->message);
  return FALSE;
}

static int
prepare_and_take (AvaCli     *cli,
                  Watch      *watch,
                  const char *wav,
                  const char *script,
                  gboolean    fast)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaLineCall) line_call = NULL;
  int status;

  /* The book first: a caller is at work on a thread from the moment he is made. */
  watch->context = ava_cli_open (cli);
  if (watch->context == NULL)
    return AVA_EXIT_REFUSED;
  line_call = set_up_hearing (watch) && set_up_agent (watch) ? make_line (wav, script, fast, &error) : NULL;
  if (line_call == NULL) {
    ava_context_shut_down (watch->context);
    return error != NULL ? ava_cli_fail (error) : AVA_EXIT_REFUSED;
  }
  watch->printed = g_ptr_array_new ();
  watch->started_us = g_get_monotonic_time ();
  watch->json = cli->json;
  if (watch->out != NULL) {
    g_autofree char *path = g_build_filename (watch->out, "events.jsonl", NULL);

    g_mkdir_with_parents (watch->out, 0700);
    watch->events = g_fopen (path, "w");
  }
  status = take_call (watch, line_call);
  ava_context_shut_down (watch->context);
  return status;
}

int
ava_command_call (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_autofree char *wav = NULL;
  g_autofree char *script = NULL;
  g_autofree char *agent = NULL;
  g_autofree char *pace = NULL;
  Watch watch = { 0 };
  const GOptionEntry entries[] = {
    { "caller-wav", 0, 0, G_OPTION_ARG_FILENAME, &wav, "a recorded caller", "F" },
    { "caller-script", 0, 0, G_OPTION_ARG_FILENAME, &script, "a simulated caller", "F" },
    { "agent", 0, 0, G_OPTION_ARG_STRING, &agent, "local, realtime, or auto (the default): realtime where AVA_OPENAI_KEY is set", "A" },
    { "vad", 0, 0, G_OPTION_ARG_STRING, &watch.vad, "how speech is detected: rms, silero or hybrid (the default)", "M" },
    { "pace", 0, 0, G_OPTION_ARG_STRING, &pace, "real, or fast for benches", "P" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &watch.out, "folder for call.wav, transcript.json, events.jsonl, timing.json", "DIR" },
    { NULL }
  };
  AvaVadMode mode;
  int status;

  if (!ava_cli_parse (cli, "[--caller-wav F | --caller-script F] [--agent local|realtime|auto] [--vad rms|silero|hybrid] [--pace real|fast] [--out DIR]",
                      entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (agent != NULL && !ava_answered_by_from_string (agent, &watch.by)) {
    g_printerr ("avactl call: there is no agent “%s”; local, realtime and auto are\n", agent);
    clear_watch (&watch);
    return AVA_EXIT_USAGE;
  }
  if (watch.vad != NULL && !ava_vad_mode_from_string (watch.vad, &mode)) {
    g_printerr ("avactl call: there is no speech detector “%s”; rms, silero and hybrid are\n", watch.vad);
    clear_watch (&watch);
    return AVA_EXIT_USAGE;
  }
  status = prepare_and_take (cli, &watch, wav, script, g_strcmp0 (pace, "fast") == 0);
  clear_watch (&watch);
  return status;
}
