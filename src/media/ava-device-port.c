/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-port-private.h"

#include "ava-audio-file.h"
#include "ava-device-choice.h"
#include "ava-echo-aligner.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <string.h>

/*
 *  microphone ! convert ! resample ! webrtcdsp ! appsink --20 ms--> main: "frame"
 *                                       |
 *                                    (probe)          echo of what is played is taken out
 *                                       |
 *  speaker ! volume ! convert ! webrtcechoprobe ! appsrc <--10 ms-- FIFO <-- write()
 *
 * A flush empties the FIFO and mutes the volume until what the sink still holds has run out: silence
 * within a period of the device (design notes, speech). There is no queue between FIFO and sink.
 *
 * When a device is unplugged, the pipeline is made anew with what is there now; what waits in the FIFO is played on it.
 * A worker does that: looking for devices and opening them takes longer than the main loop may be busy in a call.
 */

#define CHUNK_SAMPLES (AVA_RATE / 100)       /* 10 ms */
#define SINK_LATENCY_US 40000                /* [us] that the sink buffers */
#define SINK_LATENCY_SAMPLES (AVA_RATE * SINK_LATENCY_US / G_USEC_PER_SEC)
#define MOST_WAITING 100                     /* [frames] that may wait for the main thread: 2 s */
#define START_TIMEOUT (3 * GST_SECOND)
#define MOVE_FRAMES 100                      /* [frames] that a device must have lasted to be replaced: 2 s */

struct _AvaDevicePort {
  GObject parent_instance;

  GstElement *pipeline;         /* nullable when stopped, and while it is made anew */
  GCancellable *moving;         /* nullable; while it is made anew */
  GstElement *volume;
  GMainContext *context;
  guint bus_watch;

  /* Main thread */
  gint64 frames;                /* given out */
  gint64 moved_at;              /* [frames] when the devices were last replaced */
  gboolean was_queued;          /* something was being heard at the last frame */

  struct {
    GMutex lock;
    GByteArray *fifo;           /* S16 written, not handed to the sink */
    gint64 handed;              /* [samples] of it handed to the sink; what was flushed is taken off */
    gint64 silence;             /* [samples] of silence handed since */
    gint64 position;            /* [samples] handed to this sink, for time stamps */
    guint waiting;              /* frames on their way to the main thread */
    gboolean muted;
    gint64 flush_started_us;    /* [us] monotonic */
    AvaPortStats stats;
  } shared;

  struct {
    gint16 pcm[AVA_FRAME_SAMPLES];
    gsize filled;               /* [samples] */
  } capture;                    /* streaming thread of the microphone */
};

static void port_iface_init (AvaFramePortInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaDevicePort, ava_device_port, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_FRAME_PORT, port_iface_init))

static gint64
get_lag (AvaDevicePort *self)
{
  return MAX (0, MIN (SINK_LATENCY_SAMPLES - self->shared.silence, self->shared.handed));
}

/* --- Streaming thread: microphone --- */

typedef struct {
  AvaDevicePort *self;
  gint16 pcm[AVA_FRAME_SAMPLES];
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->self);
  g_free (arrival);
}

/* Main thread. */
static gboolean
deliver_frame (gpointer data)
{
  Arrival *arrival = data;
  AvaDevicePort *self = arrival->self;
  gboolean is_queued;
  AvaFrame frame;

  g_mutex_lock (&self->shared.lock);
  self->shared.waiting--;
  is_queued = self->shared.fifo->len > 0 || get_lag (self) > 0;
  g_mutex_unlock (&self->shared.lock);
  if (self->pipeline == NULL)
    return G_SOURCE_REMOVE;

  frame.time_us = ++self->frames * AVA_FRAME_MS * 1000;
  memcpy (frame.pcm, arrival->pcm, AVA_FRAME_BYTES);
  if (self->was_queued && !is_queued)
    g_signal_emit_by_name (self, "drained");
  self->was_queued = is_queued;
  g_signal_emit_by_name (self, "frame", &frame);
  return G_SOURCE_REMOVE;
}

static void
post_frame (AvaDevicePort *self)
{
  g_autoptr (GSource) source = NULL;
  Arrival *arrival;
  gboolean full;

  g_mutex_lock (&self->shared.lock);
  full = self->shared.waiting >= MOST_WAITING;
  self->shared.stats.frames_in++;
  if (full)
    self->shared.stats.overruns++;
  else
    self->shared.waiting++;
  g_mutex_unlock (&self->shared.lock);
  if (full)
    return;

  arrival = g_new (Arrival, 1);
  arrival->self = g_object_ref (self);
  memcpy (arrival->pcm, self->capture.pcm, AVA_FRAME_BYTES);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, deliver_frame, arrival, (GDestroyNotify) arrival_free);
  g_source_attach (source, self->context);
}

static GstFlowReturn
take_sample (GstAppSink *sink,
             gpointer    user_data)
{
  AvaDevicePort *self = user_data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;
  gsize at = 0;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ)) {
    gsize n_samples = map.size / sizeof (gint16);

    while (at < n_samples) {
      gsize taken = MIN (n_samples - at, AVA_FRAME_SAMPLES - self->capture.filled);

      memcpy (self->capture.pcm + self->capture.filled, (gint16 *) map.data + at, taken * sizeof (gint16));
      self->capture.filled += taken;
      at += taken;
      if (self->capture.filled == AVA_FRAME_SAMPLES) {
        self->capture.filled = 0;
        post_frame (self);
      }
    }
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
  gst_sample_unref (sample);
  return GST_FLOW_OK;
}

/* --- Streaming thread: speaker --- */

/* Unmutes once the sink has run dry of what was flushed. */
static void
end_flush (AvaDevicePort *self)
{
  if (!self->shared.muted || self->shared.silence < SINK_LATENCY_SAMPLES)
    return;
  self->shared.muted = FALSE;
  if (self->volume != NULL)
    g_object_set (self->volume, "mute", FALSE, NULL);
}

static void
take_chunk (AvaDevicePort *self,
            gint16        *pcm)
{
  gsize taken;

  g_mutex_lock (&self->shared.lock);
  taken = self->shared.muted ? 0 : MIN (self->shared.fifo->len, CHUNK_SAMPLES * sizeof (gint16));
  if (taken > 0) {
    memcpy (pcm, self->shared.fifo->data, taken);
    g_byte_array_remove_range (self->shared.fifo, 0, taken);
    self->shared.handed += taken / sizeof (gint16);
    self->shared.silence = 0;
  }
  self->shared.silence += CHUNK_SAMPLES - taken / sizeof (gint16);
  self->shared.position += CHUNK_SAMPLES;
  if (self->shared.position % AVA_FRAME_SAMPLES == 0)
    self->shared.stats.frames_out++;
  end_flush (self);
  g_mutex_unlock (&self->shared.lock);
}

static void
need_data (GstAppSrc *source,
           guint      length,
           gpointer   user_data)
{
  AvaDevicePort *self = user_data;
  gint16 *pcm = g_new0 (gint16, CHUNK_SAMPLES);
  GstBuffer *buffer;
  gint64 position;

  g_mutex_lock (&self->shared.lock);
  position = self->shared.position;
  g_mutex_unlock (&self->shared.lock);
  take_chunk (self, pcm);
  buffer = gst_buffer_new_wrapped (pcm, CHUNK_SAMPLES * sizeof (gint16));
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (position, GST_SECOND, AVA_RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 100;
  gst_app_src_push_buffer (source, buffer);
}

/* --- Main thread --- */

static void
align_echo (GstElement *pipeline)
{
  g_autoptr (GstElement) canceller = gst_bin_get_by_name (GST_BIN (pipeline), "ava-canceller");
  g_autoptr (GstElement) probe = gst_bin_get_by_name (GST_BIN (pipeline), "ava-probe");

  ava_echo_aligner_attach (canceller, probe);
}

/**
 * ava_device_port_make_pipeline:
 * @source: description of the element that records
 * @sink: description of the element that plays
 *
 * Returns: (transfer full) (nullable): what stands between the two and "microphone", an appsink, and
 *   "speaker", an appsrc; %NULL with @error set
 */
GstElement *
ava_device_port_make_pipeline (const char  *source,
                               const char  *sink,
                               GError     **error)
{
  gboolean cancels_echo = ava_device_has_plugin ("webrtcdsp") && ava_device_has_plugin ("webrtcechoprobe");
  g_autofree char *description = NULL;
  GstElement *pipeline;

  if (!cancels_echo)
    g_message ("Echo cancellation is not installed: use a headset");
  description = g_strdup_printf (
    "%s ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=16000,channels=1 %s ! "
    "appsink name=microphone sync=false max-buffers=50 drop=false emit-signals=false "
    "appsrc name=speaker is-live=false format=time max-bytes=640 "
    "caps=audio/x-raw,format=S16LE,rate=16000,channels=1,layout=interleaved %s ! "
    "audioconvert ! audioresample ! volume name=volume ! %s",
    source, cancels_echo ? "! webrtcdsp name=ava-canceller probe=ava-probe gain-control=false echo-suppression-level=high" : "",
    cancels_echo ? "! webrtcechoprobe name=ava-probe" : "", sink);
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (pipeline != NULL && cancels_echo)
    align_echo (pipeline);
  return pipeline;
}

static GstElement *
make_pipeline (GError **error)
{
  const char *source;
  const char *sink;

  source = ava_device_choose_source (error);
  if (source == NULL)
    return NULL;
  sink = ava_device_choose_sink (error);
  if (sink == NULL)
    return NULL;
  return ava_device_port_make_pipeline (source, sink, error);
}

static gboolean on_bus_message (GstBus     *bus,
                                GstMessage *message,
                                gpointer    user_data);

/* Any thread. */
static gboolean
play_pipeline (AvaDevicePort  *self,
               GstElement     *pipeline,
               GError        **error)
{
  GstAppSinkCallbacks sink_callbacks = { .new_sample = take_sample };
  GstAppSrcCallbacks source_callbacks = { .need_data = need_data };
  g_autoptr (GstElement) microphone = gst_bin_get_by_name (GST_BIN (pipeline), "microphone");
  g_autoptr (GstElement) speaker = gst_bin_get_by_name (GST_BIN (pipeline), "speaker");

  gst_app_sink_set_callbacks (GST_APP_SINK (microphone), &sink_callbacks, self, NULL);
  gst_app_src_set_callbacks (GST_APP_SRC (speaker), &source_callbacks, self, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (gst_element_get_state (pipeline, NULL, NULL, START_TIMEOUT) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state (pipeline, GST_STATE_NULL);
    g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                         "The microphone or the speaker could not be opened. Another program may be "
                         "using it.");
    return FALSE;
  }
  return TRUE;
}

static void
adopt_pipeline (AvaDevicePort *self,
                GstElement    *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  g_mutex_lock (&self->shared.lock);
  self->pipeline = pipeline;
  self->volume = gst_bin_get_by_name (GST_BIN (pipeline), "volume");
  g_mutex_unlock (&self->shared.lock);
  self->bus_watch = gst_bus_add_watch (bus, on_bus_message, self);
}

/* Returns: (transfer full) (nullable): what was playing, and is no longer listened to */
static GstElement *
let_go_of_pipeline (AvaDevicePort *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_object (&self->volume);
  return g_steal_pointer (&self->pipeline);
}

static gboolean
device_port_start (AvaFramePort  *port,
                   GError       **error)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);

  g_clear_pointer (&self->context, g_main_context_unref);
  self->context = g_main_context_ref_thread_default ();
  if (!play_pipeline (self, self->pipeline, error)) {
    g_clear_object (&self->pipeline);
    return FALSE;
  }
  adopt_pipeline (self, self->pipeline);
  GST_DEBUG_BIN_TO_DOT_FILE (GST_BIN (self->pipeline), GST_DEBUG_GRAPH_SHOW_ALL, "ava-desk");
  return TRUE;
}

static void
device_port_stop (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GstElement) pipeline = let_go_of_pipeline (self);

  if (self->moving != NULL)
    g_cancellable_cancel (self->moving);
  g_clear_object (&self->moving);
  if (pipeline != NULL)
    gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* The new sink holds nothing yet; what the old one held is lost. While nothing streams. */
static void
forget_sink (AvaDevicePort *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  self->shared.silence = SINK_LATENCY_SAMPLES;
  self->shared.position = 0;
  self->shared.muted = FALSE;
  self->capture.filled = 0;
}

static void
drop_pipeline (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Worker. The task's data is the pipeline that has failed. */
static void
replace_pipeline (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  AvaDevicePort *self = source;
  GstElement *pipeline;
  GError *error = NULL;

  gst_element_set_state (task_data, GST_STATE_NULL);
  forget_sink (self);
  pipeline = make_pipeline (&error);
  if (pipeline == NULL || !play_pipeline (self, pipeline, &error)) {
    g_clear_object (&pipeline);
    g_task_return_error (task, error);
    return;
  }
  g_task_return_pointer (task, pipeline, (GDestroyNotify) drop_pipeline);
}

static void
fail (AvaDevicePort *self,
      const char    *cause)
{
  g_autoptr (GError) error = g_error_new (AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                                          "The microphone or the speaker is gone: %s", cause);

  g_signal_emit_by_name (self, "failed", error);
}

/* What was made for a port that was stopped meanwhile is dropped, while the port still lives: it streams into it. */
static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (source);
  g_autofree char *cause = user_data;
  GstElement *pipeline = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) {
    g_clear_pointer (&pipeline, drop_pipeline);
    return;
  }
  g_clear_object (&self->moving);
  if (pipeline == NULL) {
    fail (self, cause);
    return;
  }
  adopt_pipeline (self, pipeline);
  g_signal_emit_by_name (self, "moved",
                         "The headset or the microphone was unplugged. The call goes on with the other microphone and speaker.");
}

/* A device that fails again at once is not replaced again. */
static void
lose_device (AvaDevicePort *self,
             const GError  *cause)
{
  gboolean lasted = self->frames - self->moved_at >= MOVE_FRAMES;
  g_autoptr (GTask) task = NULL;

  self->moved_at = self->frames;
  if (!lasted) {
    ava_frame_port_stop (AVA_FRAME_PORT (self));
    fail (self, cause->message);
    return;
  }
  self->moving = g_cancellable_new ();
  task = g_task_new (self, self->moving, replaced_cb, g_strdup (cause->message));
  g_task_set_source_tag (task, lose_device);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, let_go_of_pipeline (self), gst_object_unref);
  g_task_run_in_thread (task, replace_pipeline);
}

static gboolean
on_bus_message (GstBus     *bus,
                GstMessage *message,
                gpointer    user_data)
{
  g_autoptr (AvaDevicePort) self = g_object_ref (user_data);
  g_autoptr (GError) cause = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
    g_signal_emit_by_name (self, "ended");
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &cause, NULL);
    self->bus_watch = 0;
    lose_device (self, cause);
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

static void
device_port_write (AvaFramePort *port,
                   const gint16 *pcm,
                   gsize         n_samples)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  if (self->shared.fifo->len == 0 && self->shared.handed > 0 && self->shared.silence > 0 &&
      self->shared.silence < AVA_RATE / 5)
    self->shared.stats.underruns++;
  g_byte_array_append (self->shared.fifo, (const guint8 *) pcm, n_samples * sizeof (gint16));
}

static void
device_port_flush (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 start_us = g_get_monotonic_time ();

  g_byte_array_set_size (self->shared.fifo, 0);
  /* What the sink still holds will not be heard. */
  self->shared.handed -= get_lag (self);
  self->shared.silence = 0;
  self->shared.muted = TRUE;
  if (self->volume != NULL)
    g_object_set (self->volume, "mute", TRUE, NULL);
  self->shared.stats.flushes++;
  self->shared.stats.flush_us = g_get_monotonic_time () - start_us;
}

static gint64
device_port_get_played (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  return self->shared.muted ? self->shared.handed : self->shared.handed - get_lag (self);
}

static gint64
device_port_get_queued (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 lag = self->shared.muted ? 0 : get_lag (self);

  return self->shared.fifo->len / sizeof (gint16) + lag;
}

static void
device_port_get_stats (AvaFramePort *port,
                       AvaPortStats *stats)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  *stats = self->shared.stats;
  stats->latency_us = SINK_LATENCY_US;
}

static void
port_iface_init (AvaFramePortInterface *iface)
{
  iface->start = device_port_start;
  iface->stop = device_port_stop;
  iface->write = device_port_write;
  iface->flush = device_port_flush;
  iface->get_played = device_port_get_played;
  iface->get_queued = device_port_get_queued;
  iface->get_stats = device_port_get_stats;
}

static void
ava_device_port_dispose (GObject *object)
{
  device_port_stop (AVA_FRAME_PORT (object));

  G_OBJECT_CLASS (ava_device_port_parent_class)->dispose (object);
}

static void
ava_device_port_finalize (GObject *object)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (object);

  g_byte_array_unref (self->shared.fifo);
  g_mutex_clear (&self->shared.lock);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (ava_device_port_parent_class)->finalize (object);
}

static void
ava_device_port_class_init (AvaDevicePortClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_device_port_dispose;
  object_class->finalize = ava_device_port_finalize;
}

static void
ava_device_port_init (AvaDevicePort *self)
{
  self->moved_at = -MOVE_FRAMES;
  self->shared.fifo = g_byte_array_new ();
  g_mutex_init (&self->shared.lock);
}

/**
 * ava_device_port_new:
 *
 * Returns: (transfer full) (nullable): a port that has not started, or %NULL with @error set
 *   (AVA_MEDIA_ERROR_DEVICE) when there is no microphone or no speaker
 */
AvaFramePort *
ava_device_port_new (GError **error)
{
  g_autoptr (AvaDevicePort) self = g_object_new (AVA_TYPE_DEVICE_PORT, NULL);

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  self->pipeline = make_pipeline (error);
  if (self->pipeline == NULL)
    return NULL;
  return AVA_FRAME_PORT (g_steal_pointer (&self));
}
