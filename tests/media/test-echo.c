/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-caller-voice.h"
#include "ava-device-pipeline.h"
#include "ava-flite.h"
#include "ava-frame.h"
#include "ava-mode-vad.h"
#include "ava-turn-taker.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <math.h>
#include <string.h>

/*
 *  Ava's words --> speaker [the desk's pipeline] loudspeaker --> delay, attenuation --+
 *                                                                                      v
 *  detector, turn-taker <-- microphone [the desk's pipeline] microphone <-- + <-- the caller's words
 *
 * The echo canceller of the desk in a room that is made of numbers, on audio time.
 */

#define CHUNK (AVA_RATE / 100)         /* 10 ms */
#define RING (AVA_RATE)
#define CAPS "caps=audio/x-raw,format=S16LE,rate=16000,channels=1,layout=interleaved"
#define SOURCE "appsrc name=mic-device is-live=true format=time " CAPS " ! identity"
#define SINK "appsink name=loudspeaker sync=false async=false"

typedef struct {
  double echo_db;         /* of what is played, in the microphone */
  guint delay_ms;         /* from the loudspeaker to the microphone, the buffers of the devices included */
  gboolean caller;        /* speaks over Ava */
  gint64 caller_from_us;
  gint64 barge_in_us;     /* -1: nobody interrupted */
  double echo_power;      /* that reached the microphone, and that came through, while only Ava spoke */
  double left_power;
} Room;

static GBytes *ava_words;
static GBytes *caller_words;

static void
push (GstElement   *source,
      const gint16 *pcm,
      gint64        at)
{
  GstBuffer *buffer = gst_buffer_new_memdup (pcm, CHUNK * sizeof (gint16));

  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at, GST_SECOND, AVA_RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 100;
  g_assert_cmpint (gst_app_src_push_buffer (GST_APP_SRC (source), buffer), ==, GST_FLOW_OK);
}

/* Appends what has come out of @sink to @heard. */
static void
pull (GstElement *sink,
      GArray     *heard,
      gsize       wanted)
{
  while (heard->len < wanted) {
    g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 10 * GST_SECOND);
    GstMapInfo map;

    g_assert_nonnull (sample);
    g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
    g_array_append_vals (heard, map.data, map.size / sizeof (gint16));
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
}

static gint16
get_sample (GBytes *words,
            gint64  at)
{
  gsize size;
  const gint16 *pcm = g_bytes_get_data (words, &size);

  return at >= 0 && at < (gint64) (size / sizeof (gint16)) ? pcm[at] : 0;
}

/* What the microphone takes up in the 10 ms from @at. */
static void
mix (Room         *room,
     const GArray *played,
     gint64        at,
     gint16       *pcm)
{
  gint64 delay = (gint64) room->delay_ms * AVA_RATE / 1000;
  double gain = pow (10, room->echo_db / 20);

  for (guint i = 0; i < CHUNK; i++) {
    gint64 from = at + i - delay;
    double echo = from >= 0 && from < (gint64) played->len ? gain * g_array_index (played, gint16, from) : 0;
    double caller = room->caller ? get_sample (caller_words, at + i - room->caller_from_us * AVA_RATE / G_USEC_PER_SEC) : 0;

    pcm[i] = CLAMP (echo + caller, G_MININT16, G_MAXINT16);
    room->echo_power += echo * echo;
  }
}

static void
listen (Room         *room,
        AvaVad       *vad,
        AvaTurnTaker *turn,
        const gint16 *pcm,
        gint64        time_us)
{
  AvaFrame frame = { .time_us = time_us };
  AvaTurnAction action;

  memcpy (frame.pcm, pcm, AVA_FRAME_BYTES);
  for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
    room->left_power += (double) pcm[i] * pcm[i];
  action = ava_turn_taker_step (turn, ava_vad_process (vad, &frame), TRUE);
  if (action == AVA_TURN_BARGE_IN && room->barge_in_us < 0)
    room->barge_in_us = time_us;
}

static GstElement *
start_pipeline (void)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = ava_device_pipeline_make (SOURCE, SINK, &error);

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

/* Ava speaks all the while; the call is heard on the clean side of the canceller. */
static void
run_room (Room *room)
{
  g_autoptr (GstElement) pipeline = start_pipeline ();
  g_autoptr (GstElement) speaker = gst_bin_get_by_name (GST_BIN (pipeline), "speaker");
  g_autoptr (GstElement) loudspeaker = gst_bin_get_by_name (GST_BIN (pipeline), "loudspeaker");
  g_autoptr (GstElement) device = gst_bin_get_by_name (GST_BIN (pipeline), "mic-device");
  g_autoptr (GstElement) microphone = gst_bin_get_by_name (GST_BIN (pipeline), "microphone");
  g_autoptr (GArray) played = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_autoptr (AvaVad) vad = ava_mode_vad_new (NULL);
  gsize n_samples = g_bytes_get_size (ava_words) / sizeof (gint16) / AVA_FRAME_SAMPLES * AVA_FRAME_SAMPLES;
  AvaTurnTaker turn;
  gsize listened = 0;

  room->barge_in_us = -1;
  ava_turn_taker_init (&turn, &ava_turn_defaults);
  ava_turn_taker_reply (&turn);
  for (gsize at = 0; at + CHUNK <= n_samples; at += CHUNK) {
    gint16 pcm[CHUNK];

    for (guint i = 0; i < CHUNK; i++)
      pcm[i] = get_sample (ava_words, at + i);
    push (speaker, pcm, at);
    pull (loudspeaker, played, at + CHUNK);
    mix (room, played, at, pcm);
    push (device, pcm, at);
    pull (microphone, heard, at);
    for (; listened + AVA_FRAME_SAMPLES <= heard->len; listened += AVA_FRAME_SAMPLES)
      listen (room, vad, &turn, &g_array_index (heard, gint16, listened),
              (gint64) (listened + AVA_FRAME_SAMPLES) * G_USEC_PER_SEC / AVA_RATE);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static const double echoes_db[] = { -6, -12, -20 };
static const guint delays_ms[] = { 40, 80, 120, 180, 250 };

static void
ava_does_not_interrupt_herself (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (echoes_db); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (delays_ms); j++) {
      Room room = { .echo_db = echoes_db[i], .delay_ms = delays_ms[j] };

      run_room (&room);
      g_test_message ("%.0f dB after %u ms: %.1f dB less, interrupted at %.2f s", room.echo_db, room.delay_ms,
                      10 * log10 (room.echo_power / MAX (1, room.left_power)), room.barge_in_us / 1e6);
      g_assert_cmpint (room.barge_in_us, ==, -1);
    }
  }
}

static void
who_speaks_over_her_is_heard (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (echoes_db); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (delays_ms); j++) {
      Room room = { .echo_db = echoes_db[i], .delay_ms = delays_ms[j], .caller = TRUE, .caller_from_us = 3 * G_USEC_PER_SEC };

      run_room (&room);
      g_test_message ("%.0f dB after %u ms: heard after %.2f s", room.echo_db, room.delay_ms,
                      (room.barge_in_us - room.caller_from_us) / 1e6);
      g_assert_cmpint (room.barge_in_us, >=, room.caller_from_us);
      g_assert_cmpint (room.barge_in_us - room.caller_from_us, <=, 1500 * 1000);
    }
  }
}

static GBytes *
speak (const char *words)
{
  GArray *pcm = NULL;
  g_autoptr (GArray) tokens = ava_flite_speak (words, &pcm);
  gsize size = pcm->len * sizeof (gint16);

  g_assert_nonnull (tokens);
  return g_bytes_new_take (g_array_free (pcm, FALSE), size);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (ava_flite_init ());
  ava_words = speak ("Thank you for calling Willow and Sage. This is Ava. I have Tuesday, December first at three, three thirty, "
                     "or four in the afternoon. Which of these times would you like?");
  caller_words = ava_caller_voice_render ("flite slt", "The second one, please. Three thirty is fine.", &error);
  g_assert_no_error (error);
  g_test_add_func ("/echo/no-self-interruption", ava_does_not_interrupt_herself);
  g_test_add_func ("/echo/caller-is-heard", who_speaks_over_her_is_heard);
  return g_test_run ();
}
