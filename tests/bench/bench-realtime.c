/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-call-session-private.h"
#include "ava-realtime-agent.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/*
 * The voice service's client, headless, against the fake on loopback in a process of its own. Rows: name value unit
 * reference ratio.
 *
 * bench-realtime latency URL THINK_MS   one call after the other: how late answers, frames and silence are
 * bench-realtime calls URL N SECONDS    N calls at once: CPU and memory
 * bench-realtime soak URL N             short calls, one after the other, whose service goes wrong
 */

#define FRAME_US (AVA_FRAME_MS * 1000)
#define SPEECH_MS 1200
#define SILENCE_MS 5200

typedef struct {
  AvaAgent *agent;
  AvaRealtimeSettings *settings;
  gint64 time_us, played, queued;   /* [us], [samples] */
  guint underruns;
  gint64 speech_end_us;             /* [us] wall; 0: answered */
  GArray *answers;                  /* [us] end of speech to first audio */
  gint64 frame_us;                  /* [us] wall, of the frame that is being given */
  guint cycle_ms;                   /* of speech and silence */
  gboolean lost, finished;
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
  if (caller->speech_end_us != 0 && caller->queued == 0) {
    gint64 waited = now_us () - caller->speech_end_us;

    g_array_append_val (caller->answers, waited);
    caller->speech_end_us = 0;
  }
  caller->queued += n_samples;
}

static void on_flush (AvaAgent *agent, Caller *caller) { caller->queued = 0; }
static void on_lost (AvaAgent *agent, const char *words, Caller *caller) { caller->lost = TRUE; }
static void on_finished (AvaAgent *agent, const char *outcome, Caller *caller) { caller->finished = TRUE; }

static void
on_tool_call (AvaAgent *agent, AvaToolCall *call, Caller *caller)
{
  call->result = json_object_new ();
  ava_agent_tool_done (agent, call);
}

static Caller *
caller_new (const char *url, AvaSpa *spa, AvaClock *clock)
{
  Caller *caller = g_new0 (Caller, 1);
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  g_autoptr (GPtrArray) specs = g_ptr_array_new ();
  AvaDialogueCaller who = { .phone = "+12125550147", .call_id = "bench" };
  AvaRealtimeParts parts = { .spa = spa, .caller = &who, .card = card, .clock = clock, .specs = specs };

  caller->settings = ava_realtime_settings_new ();
  g_free (caller->settings->url);
  caller->settings->url = g_strdup (url);
  caller->settings->key = g_strdup ("sk-bench");
  caller->settings->cap_micros = 0;
  caller->answers = g_array_new (FALSE, FALSE, sizeof (gint64));
  parts.settings = caller->settings;
  caller->agent = ava_realtime_agent_new (&parts);
  g_signal_connect (caller->agent, "audio", G_CALLBACK (on_audio), caller);
  g_signal_connect (caller->agent, "flush", G_CALLBACK (on_flush), caller);
  g_signal_connect (caller->agent, "lost", G_CALLBACK (on_lost), caller);
  g_signal_connect (caller->agent, "finished", G_CALLBACK (on_finished), caller);
  g_signal_connect (caller->agent, "tool-call", G_CALLBACK (on_tool_call), caller);
  ava_agent_start (caller->agent);
  return caller;
}

static gboolean
caller_free (Caller *caller)
{
  gboolean gone;

  ava_agent_stop (caller->agent);
  g_object_add_weak_pointer (G_OBJECT (caller->agent), (gpointer *) &caller->agent);
  g_object_unref (caller->agent);
  while (g_main_context_iteration (NULL, FALSE));
  gone = caller->agent == NULL;
  ava_realtime_settings_free (caller->settings);
  g_array_unref (caller->answers);
  g_free (caller);
  return gone;
}

/* Speaks for 1.2 s, then listens for 5.2 s, again and again; begins after the greeting. */
static void
give_frame (Caller *caller)
{
  gint64 heard = MIN (caller->queued, AVA_FRAME_SAMPLES);
  guint at_ms;
  gboolean speech;
  static gint16 tone[AVA_FRAME_SAMPLES];
  AvaFrame frame = { 0 };

  for (guint i = 0; tone[1] == 0 && i < AVA_FRAME_SAMPLES; i++)
    tone[i] = 4000 * sin (i * 0.2);
  caller->time_us += FRAME_US;
  caller->played += heard;
  caller->queued -= heard;
  at_ms = caller->time_us / 1000 % (SPEECH_MS + SILENCE_MS);
  speech = at_ms >= SILENCE_MS;
  if (at_ms == 0)
    caller->speech_end_us = now_us ();
  frame.time_us = caller->time_us;
  if (speech)
    memcpy (frame.pcm, tone, sizeof tone);
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

static guint
count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

typedef struct {
  GPtrArray *callers;
  GMainLoop *loop;
  gint64 start_us, end_us;
  guint64 frames, late;    /* late: by more than a frame */
  GArray *lateness;        /* [us] */
} Room;

static gboolean
beat (gpointer data)
{
  Room *room = data;
  gint64 due = (now_us () - room->start_us) / FRAME_US;

  while ((gint64) room->frames < due) {
    gint64 late = now_us () - room->start_us - (gint64) (room->frames + 1) * FRAME_US;

    for (guint i = 0; i < room->callers->len; i++)
      give_frame (room->callers->pdata[i]);
    room->frames++;
    room->late += late > FRAME_US;
    late = now_us () - room->start_us - (gint64) room->frames * FRAME_US;
    g_array_append_val (room->lateness, late);
  }
  if (now_us () < room->end_us)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (room->loop);
  return G_SOURCE_REMOVE;
}

static void
hold_calls (const char *url, guint n, guint seconds, double think_ms, gboolean only_latency)
{
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (gint64));
  double before_mb = get_rss_mb ();
  double before_cpu;
  Room room = { .callers = g_ptr_array_new (), .loop = g_main_loop_new (NULL, FALSE), .lateness = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autofree char *name = NULL;
  guint lost = 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (room.callers, caller_new (url, spa, clock));
  room.start_us = now_us ();
  room.end_us = room.start_us + seconds * G_USEC_PER_SEC;
  before_cpu = get_cpu ();
  g_timeout_add (5, beat, &room);
  g_main_loop_run (room.loop);
  name = g_strdup_printf ("%u-calls/cpu", n);
  if (!only_latency)
    row (name, (get_cpu () - before_cpu) / n / (seconds / 60.0), "s/call-min", 0);
  g_free (name);
  name = g_strdup_printf ("%u-calls/memory", n);
  if (!only_latency)
    row (name, (get_rss_mb () - before_mb) / n, "MB/call", 0);
  for (guint i = 0; i < n; i++) {
    Caller *caller = room.callers->pdata[i];

    g_array_append_vals (answers, caller->answers->data, caller->answers->len);
    lost += caller->lost;
    caller_free (caller);
  }
  g_free (name);
  name = g_strdup_printf ("%u-calls/frame-to-socket-p99", n);
  row (name, quantile (room.lateness, 0.99), "ms", 25);
  g_free (name);
  name = g_strdup_printf ("%u-calls/lost", n);
  row (name, lost, "calls", 0);
  if (think_ms >= 0 && answers->len > 0) {
    double median = quantile (answers, 0.5);

    g_free (name);
    name = g_strdup_printf ("%u-calls/answer-median", n);
    row (name, median, "ms", 800);
    g_free (name);
    /* 600 ms of silence end a turn, in steps of 20; the rest is thinking, the wire and ours. */
    name = g_strdup_printf ("%u-calls/answer-ours", n);
    row (name, median - 600 - think_ms, "ms", 60);
  }
}

/* One call that lasts two seconds, or ends earlier by its fault. Returns: whether nothing of it is left. */
static gboolean
take_short_call (const char *url, AvaSpa *spa, AvaClock *clock, guint *outcomes)
{
  Caller *caller = caller_new (url, spa, clock);

  for (guint i = 0; i < 100 && !caller->lost && !caller->finished; i++) {
    give_frame (caller);
    for (guint j = 0; j < 3; j++) {
      while (g_main_context_iteration (NULL, FALSE));
      g_usleep (2000);
    }
  }
  *outcomes += 1;
  return caller_free (caller);
}

/* The fake's sessions go wrong at random, one after the other. */
static void
soak (const char *url, guint n)
{
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  double first_mb = 0;
  guint ended = 0, leaked = 0, first_fds = 0;

  for (guint i = 0; i < n; i++) {
    leaked += !take_short_call (url, spa, clock, &ended);
    /* A polite goodbye is answered. */
    for (guint j = 0; j < 20; j++) {
      while (g_main_context_iteration (NULL, FALSE));
      g_usleep (1000);
    }
    if (i == n / 5) {
      first_mb = get_rss_mb ();
      first_fds = count_fds ();
    }
  }
  row ("soak/calls-ended", ended, "calls", n);
  row ("soak/agents-left", leaked, "agents", 0);
  row ("soak/files-left", (int) count_fds () - (int) first_fds, "files", 0);
  row ("soak/memory-growth", (get_rss_mb () - first_mb) / first_mb * 100, "%", 5);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "latency"))
    hold_calls (argv[2], 1, 40, g_ascii_strtod (argv[3], NULL), TRUE);
  else if (argc == 5 && g_str_equal (argv[1], "calls"))
    hold_calls (argv[2], atoi (argv[3]), atoi (argv[4]), -1, FALSE);
  else if (argc == 4 && g_str_equal (argv[1], "soak"))
    soak (argv[2], atoi (argv[3]));
  else
    return 2;
  return 0;
}
