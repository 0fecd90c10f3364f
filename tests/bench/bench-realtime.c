/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-realtime-agent.h"
#include "bench-realtime-line.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/*
 * The voice service's client, headless, against the fake on loopback in a process of its own. Rows: name value unit
 * reference ratio. What is late is only told; a call that is lost, speech that runs dry or nothing to measure fails the bench.
 *
 * bench-realtime latency URL THINK_MS    one call: how late frames, audio and answers are
 * bench-realtime greeting URL THINK_MS   calls that are answered, with and without a line that waits for them
 * bench-realtime barge-in URL            one call whose caller speaks over each answer
 * bench-realtime calls URL N SECONDS     N calls at once, measured once all of them were greeted: CPU and memory
 */

#define FRAME_US (AVA_FRAME_MS * 1000)
#define SPEECH_MS 1200
#define UNDERRUN_US (200 * 1000)   /* within which more audio shows that some was late */
#define LONGEST_GREETING_US (60 * G_USEC_PER_SEC)

typedef struct {
  AvaAgent *agent;
  AvaRealtimeSettings *settings;
  BenchWatch watch;
  gboolean watched;
  gint64 time_us, played, queued;   /* [us], [samples] */
  gint64 dry_us;                    /* [us] of the call, when all was played; 0: it was not */
  gint64 offset_ms;                 /* of its cycle */
  guint silence_ms;                 /* between the caller's utterances */
  guint underruns;
  guint64 samples;                  /* of Ava that came */
  gint64 speech_end_us;             /* [us] wall; 0: answered */
  GArray *answers;                  /* [us] end of speech to first audio heard */
  GArray *playouts;                 /* [us] first delta sent to first sample played */
  GArray *silences;                 /* [us] "the caller speaks" to silence */
  gboolean lost, greeted;
} Caller;

static gint64
now_us (void)
{
  return g_get_monotonic_time ();
}

static void
row (const char *name, double value, const char *unit, double reference)
{
  printf ("realtime/%s %.3f %s %.3f %.2f\n", name, value, unit, reference, reference > 0 ? value / reference : 0);
  fflush (stdout);
}

static gboolean failed;

static void
demand (gboolean met, const char *what)
{
  if (!met)
    fprintf (stderr, "not met: %s\n", what);
  failed |= !met;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
quantile (GArray *values, double q)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare);
  return g_array_index (values, gint64, (guint) ((values->len - 1) * q)) / 1000.0;
}

static void
on_audio (AvaAgent *agent, gpointer pcm, guint n_samples, Caller *caller)
{
  if (caller->queued == 0 && caller->dry_us != 0 && caller->time_us > caller->dry_us && caller->time_us - caller->dry_us < UNDERRUN_US)
    caller->underruns++;
  caller->dry_us = 0;
  caller->greeted = TRUE;
  caller->samples += n_samples;
  caller->queued += n_samples;
}

/* What the sound card was given with the last frame is still heard. */
static void
on_flush (AvaAgent *agent, Caller *caller)
{
  gint64 waited = now_us () - caller->watch.started_us + FRAME_US;

  if (caller->watch.started_us != 0 && caller->queued > 0)
    g_array_append_val (caller->silences, waited);
  caller->watch.started_us = 0;
  caller->dry_us = 0;
  caller->queued = 0;
}

static void on_lost (AvaAgent *agent, const char *words, Caller *caller) { caller->lost = TRUE; }

static void
on_tool_call (AvaAgent *agent, AvaToolCall *call, Caller *caller)
{
  call->result = json_object_new ();
  ava_agent_tool_done (agent, call);
}

/* A line that is open before anybody calls. */
static AvaRealtimeSpare *
wait_for_call (const AvaRealtimeSettings *settings)
{
  AvaRealtimeSpare *spare = ava_realtime_spare_new (settings, NULL, NULL);

  while (ava_realtime_spare_get_state (spare) == AVA_SPARE_OPENING)
    g_main_context_iteration (NULL, TRUE);
  return spare;
}

static Caller *
caller_new (const char *url, AvaSpa *spa, AvaClock *clock, gboolean watched, gboolean waits)
{
  Caller *caller = g_new0 (Caller, 1);
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  g_autoptr (GPtrArray) specs = g_ptr_array_new ();
  AvaDialogueCaller who = { .phone = "+12125550147", .call_id = "bench" };
  g_autoptr (AvaRealtimeSpare) spare = NULL;
  AvaRealtimeParts parts = { .spa = spa, .caller = &who, .card = card, .clock = clock, .specs = specs };

  caller->settings = ava_realtime_settings_new ();
  g_free (caller->settings->url);
  caller->settings->url = g_strdup (url);
  caller->settings->key = g_strdup ("sk-bench");
  caller->settings->cap_micros = 0;
  caller->silence_ms = 5200;
  caller->answers = g_array_new (FALSE, FALSE, sizeof (gint64));
  caller->playouts = g_array_new (FALSE, FALSE, sizeof (gint64));
  caller->silences = g_array_new (FALSE, FALSE, sizeof (gint64));
  caller->watched = watched;
  caller->watch.due_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  caller->watch.frame_waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  parts.settings = caller->settings;
  parts.make_line = watched ? bench_line_new : NULL;
  parts.line_data = &caller->watch;
  parts.spare = spare = waits ? wait_for_call (caller->settings) : NULL;
  caller->agent = ava_realtime_agent_new (&parts);
  g_signal_connect (caller->agent, "audio", G_CALLBACK (on_audio), caller);
  g_signal_connect (caller->agent, "flush", G_CALLBACK (on_flush), caller);
  g_signal_connect (caller->agent, "lost", G_CALLBACK (on_lost), caller);
  g_signal_connect (caller->agent, "tool-call", G_CALLBACK (on_tool_call), caller);
  ava_agent_start (caller->agent);
  return caller;
}

static void
caller_free (Caller *caller)
{
  GArray *arrays[] = { caller->answers, caller->playouts, caller->silences, caller->watch.due_us, caller->watch.frame_waits };

  ava_agent_stop (caller->agent);
  g_object_unref (caller->agent);
  while (g_main_context_iteration (NULL, FALSE));
  ava_realtime_settings_free (caller->settings);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_free (caller);
}

static void
play (Caller *caller)
{
  gint64 heard = MIN (caller->queued, AVA_FRAME_SAMPLES);

  caller->played += heard;
  caller->queued -= heard;
  if (heard == 0)
    return;
  if (caller->speech_end_us != 0) {
    gint64 waited = now_us () - caller->speech_end_us;

    g_array_append_val (caller->answers, waited);
    caller->speech_end_us = 0;
  }
  if (caller->watch.delta_us > 0) {
    gint64 waited = now_us () - caller->watch.delta_us;

    g_array_append_val (caller->playouts, waited);
  }
  /* Until all was heard and the next answer begins. */
  caller->watch.delta_us = caller->queued > 0 ? -1 : 0;
  if (caller->queued == 0)
    caller->dry_us = caller->time_us;
}

static const gint16 *
get_sound (gboolean speech)
{
  static gint16 tone[AVA_FRAME_SAMPLES], room[AVA_FRAME_SAMPLES];
  static gboolean made;

  for (guint i = 0; !made && i < AVA_FRAME_SAMPLES; i++) {
    tone[i] = 4000 * sin (i * 0.2);
    room[i] = 20 * sin (i * 1.7);
  }
  made = TRUE;
  return speech ? tone : room;
}

/* Speaks for 1.2 s, then listens, again and again. @due_us: [us] monotonic, when this frame was complete */
static void
give_frame (Caller *caller, gint64 due_us)
{
  AvaFrame frame = { 0 };
  guint at_ms;
  gboolean speech;

  caller->time_us += FRAME_US;
  play (caller);
  at_ms = (caller->time_us / 1000 + caller->offset_ms) % (SPEECH_MS + caller->silence_ms);
  speech = at_ms >= caller->silence_ms;
  /* Silent for a frame already; while Ava is still heard nothing is answered. */
  if (at_ms == 0)
    caller->speech_end_us = caller->queued == 0 ? now_us () - FRAME_US : 0;
  frame.time_us = caller->time_us;
  memcpy (frame.pcm, get_sound (speech), sizeof frame.pcm);
  if (caller->watched)
    g_array_append_val (caller->watch.due_us, due_us);
  ava_agent_hear (caller->agent, &frame, speech ? 0.9 : 0.05, caller->played, caller->queued);
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double
get_rss_mb (void)
{
  g_autofree char *text = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  at = text != NULL ? strstr (text, "VmRSS:") : NULL;
  return at != NULL ? g_ascii_strtoull (at + 6 + strspn (at + 6, " \t"), NULL, 10) / 1024.0 : 0;
}

typedef struct {
  GPtrArray *callers;
  GMainLoop *loop;
  GSource *clock;
  gint64 start_us, end_us;
  guint64 frames;
  GArray *lateness;        /* [us] of beats, measured from when the frame was complete */
} Room;

/* At the end of each frame, and at no other time. */
static gboolean
beat (gpointer data)
{
  Room *room = data;

  for (; (gint64) room->frames < (now_us () - room->start_us) / FRAME_US; room->frames++) {
    gint64 due_us = room->start_us + (gint64) (room->frames + 1) * FRAME_US;
    gint64 late;

    for (guint i = 0; i < room->callers->len; i++)
      give_frame (room->callers->pdata[i], due_us);
    late = now_us () - due_us;
    g_array_append_val (room->lateness, late);
  }
  g_source_set_ready_time (room->clock, room->start_us + (gint64) (room->frames + 1) * FRAME_US);
  if (now_us () >= room->end_us)
    g_main_loop_quit (room->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static void
run_for (Room *room, gint64 length_us)
{
  room->end_us = now_us () + length_us;
  g_main_loop_run (room->loop);
}

/* Whoever is to be measured has been greeted. Returns: how many were not, or were lost */
static guint
wait_for_greetings (Room *room)
{
  guint missing = 1;

  while (missing > 0 && now_us () < room->start_us + LONGEST_GREETING_US) {
    run_for (room, 500 * 1000);
    missing = 0;
    for (guint i = 0; i < room->callers->len; i++) {
      Caller *caller = room->callers->pdata[i];

      missing += !caller->greeted && !caller->lost;
    }
  }
  return missing;
}

static Room *
room_new (const char *url, guint n, gboolean watched, gboolean waits)
{
  static GSourceFuncs clock_funcs = { .dispatch = dispatch };
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  Room *room = g_new0 (Room, 1);

  room->callers = g_ptr_array_new_with_free_func ((GDestroyNotify) caller_free);
  room->loop = g_main_loop_new (NULL, FALSE);
  room->lateness = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++) {
    Caller *caller = caller_new (url, spa, clock, watched, waits);

    caller->offset_ms = i * (SPEECH_MS + caller->silence_ms) / n;
    g_ptr_array_add (room->callers, caller);
  }
  room->start_us = now_us ();
  room->clock = g_source_new (&clock_funcs, sizeof (GSource));
  g_source_set_callback (room->clock, beat, room, NULL);
  g_source_set_ready_time (room->clock, room->start_us + FRAME_US);
  g_source_attach (room->clock, NULL);
  return room;
}

static void
room_free (Room *room)
{
  g_source_destroy (room->clock);
  g_source_unref (room->clock);
  g_ptr_array_unref (room->callers);
  g_main_loop_unref (room->loop);
  g_array_unref (room->lateness);
  g_free (room);
}

static void
hold_calls (const char *url, guint n, guint seconds)
{
  double before_mb = get_rss_mb (), before_cpu;
  Room *room = room_new (url, n, FALSE, FALSE);
  guint lost = wait_for_greetings (room), underruns = 0;
  guint64 samples = 0;

  before_cpu = get_cpu ();
  g_array_set_size (room->lateness, 0);
  run_for (room, seconds * G_USEC_PER_SEC);
  row ("cpu", (get_cpu () - before_cpu) / n / (seconds / 60.0), "s/call-min", 0);
  row ("memory", (get_rss_mb () - before_mb) / n, "MB/call", 0);
  for (guint i = 0; i < n; i++) {
    Caller *caller = room->callers->pdata[i];

    lost += caller->lost;
    underruns += caller->underruns;
    samples += caller->samples;
  }
  row ("beat-late-p99", quantile (room->lateness, 0.99), "ms", 25);
  row ("lost", lost, "calls", 0);
  row ("underruns", underruns, "times", 0);
  row ("heard", samples / (double) AVA_RATE / n, "s/call", 0);
  demand (lost == 0, "no call is lost");
  demand (underruns == 0, "what Ava says never runs dry");
  demand (samples > 0, "Ava is heard");
  room_free (room);
}

static void
measure_latency (const char *url, double think_ms)
{
  Room *room = room_new (url, 1, TRUE, FALSE);
  Caller *caller = room->callers->pdata[0];
  double median;

  wait_for_greetings (room);
  g_array_set_size (caller->watch.frame_waits, 0);
  run_for (room, 45 * G_USEC_PER_SEC);
  median = quantile (caller->answers, 0.5);
  row ("frame-to-socket-median", quantile (caller->watch.frame_waits, 0.5), "ms", 25);
  row ("frame-to-socket-p99", quantile (caller->watch.frame_waits, 0.99), "ms", 25);
  row ("delta-to-playout-median", quantile (caller->playouts, 0.5), "ms", 40);
  row ("delta-to-playout-most", quantile (caller->playouts, 1), "ms", 40);
  row ("answer-median", median, "ms", 800);
  /* 600 ms of silence end a turn at the service; the rest is its thinking, the wire and ours. */
  row ("answer-without-thinking", median - think_ms, "ms", 800);
  row ("answer-ours", median - 600 - think_ms, "ms", 60);
  demand (!caller->lost && caller->underruns == 0, "the call is not lost, and what Ava says never runs dry");
  demand (caller->answers->len > 0 && caller->playouts->len > 0, "the caller is answered");
  room_free (room);
}

/* From the answer of the call to the first frame of Ava, in milliseconds of the call. */
static void
measure_greeting (const char *url, double think_ms)
{
  static const char *const names[] = { "greeting", "greeting-by-a-line-that-waits" };

  for (guint waits = 0; waits < 2; waits++) {
    GArray *greetings = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autofree char *ours = g_strconcat (names[waits], "-ours", NULL);
    double median;

    for (guint i = 0; i < 20; i++) {
      Room *room = room_new (url, 1, FALSE, waits == 1);
      Caller *caller = room->callers->pdata[0];

      while (caller->played == 0 && !caller->lost && caller->time_us < 5 * G_USEC_PER_SEC)
        run_for (room, FRAME_US);
      g_array_append_val (greetings, caller->time_us);
      demand (!caller->lost && caller->played > 0, "the caller is greeted");
      room_free (room);
    }
    median = quantile (greetings, 0.5);
    row (names[waits], median, "ms", 500);
    row (ours, median - think_ms, "ms", 200);
    g_array_unref (greetings);
  }
}

static void
measure_barge_in (const char *url)
{
  Room *room = room_new (url, 1, TRUE, FALSE);
  Caller *caller = room->callers->pdata[0];

  caller->silence_ms = 3200;
  run_for (room, 45 * G_USEC_PER_SEC);
  row ("barge-ins", caller->silences->len, "times", 0);
  row ("barge-in-to-silence-median", quantile (caller->silences, 0.5), "ms", 40);
  row ("barge-in-to-silence-most", quantile (caller->silences, 1), "ms", 40);
  demand (!caller->lost && caller->silences->len > 0, "Ava falls silent for a caller who speaks over her");
  room_free (room);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "latency"))
    measure_latency (argv[2], g_ascii_strtod (argv[3], NULL));
  else if (argc == 4 && g_str_equal (argv[1], "greeting"))
    measure_greeting (argv[2], g_ascii_strtod (argv[3], NULL));
  else if (argc == 3 && g_str_equal (argv[1], "barge-in"))
    measure_barge_in (argv[2]);
  else if (argc == 5 && g_str_equal (argv[1], "calls"))
    hold_calls (argv[2], atoi (argv[3]), atoi (argv[4]));
  else
    return 2;
  return failed;
}
