/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-stream.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <string.h>

/*
 *  microphone: appsink --20 ms--> main: callback
 *  speaker:    appsrc  <--10 ms-- FIFO <-- write()
 *
 * A flush empties the FIFO and mutes the volume until what the sink still holds has run out: silence
 * within a period of the device (design notes, speech). There is no queue between FIFO and sink.
 */

#define CHUNK_SAMPLES (AVA_RATE / 100)       /* 10 ms */
#define SINK_LATENCY_US 40000                /* [us] that the sink buffers */
#define SINK_LATENCY_SAMPLES (AVA_RATE * SINK_LATENCY_US / G_USEC_PER_SEC)
#define MOST_WAITING 100                     /* [frames] that may wait for the main thread: 2 s */

struct _AvaDeviceStream {
  gatomicrefcount refs;
  GMainContext *context;

  /* Main thread */
  AvaDeviceFrameFunc callback;
  gpointer user_data;           /* NULL once it is detached */

  struct {
    GMutex lock;
    GstElement *volume;         /* nullable; of the pipeline that plays */
    GByteArray *fifo;           /* S16 written, not handed to the sink */
    gint64 handed;              /* [samples] of it handed to the sink; what was flushed is taken off */
    gint64 silence;             /* [samples] of silence handed since */
    gint64 position;            /* [samples] handed to this sink, for time stamps */
    guint waiting;              /* frames on their way to the main thread */
    gboolean muted;
    gboolean detached;
    AvaPortStats stats;
  } shared;

  struct {
    gint16 pcm[AVA_FRAME_SAMPLES];
    gsize filled;               /* [samples] */
  } capture;                    /* streaming thread of the microphone */
};

static gint64
get_lag (AvaDeviceStream *self)
{
  return MAX (0, MIN (SINK_LATENCY_SAMPLES - self->shared.silence, self->shared.handed));
}

/* --- Streaming thread: microphone --- */

typedef struct {
  AvaDeviceStream *stream;
  gint16 pcm[AVA_FRAME_SAMPLES];
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  ava_device_stream_unref (arrival->stream);
  g_free (arrival);
}

/* Main thread. */
static gboolean
deliver_frame (gpointer data)
{
  Arrival *arrival = data;
  AvaDeviceStream *self = arrival->stream;
  gboolean is_queued;

  g_mutex_lock (&self->shared.lock);
  self->shared.waiting--;
  is_queued = self->shared.fifo->len > 0 || get_lag (self) > 0;
  g_mutex_unlock (&self->shared.lock);
  if (self->user_data != NULL)
    self->callback (arrival->pcm, is_queued, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
post_frame (AvaDeviceStream *self)
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
  arrival->stream = ava_device_stream_ref (self);
  memcpy (arrival->pcm, self->capture.pcm, AVA_FRAME_BYTES);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, deliver_frame, arrival, (GDestroyNotify) arrival_free);
  g_source_attach (source, self->context);
}

static void
take_samples (AvaDeviceStream *self,
              const gint16    *pcm,
              gsize            n_samples)
{
  gsize at = 0;

  while (at < n_samples) {
    gsize taken = MIN (n_samples - at, AVA_FRAME_SAMPLES - self->capture.filled);

    memcpy (self->capture.pcm + self->capture.filled, pcm + at, taken * sizeof (gint16));
    self->capture.filled += taken;
    at += taken;
    if (self->capture.filled == AVA_FRAME_SAMPLES) {
      self->capture.filled = 0;
      post_frame (self);
    }
  }
}

static GstFlowReturn
take_sample (GstAppSink *sink,
             gpointer    user_data)
{
  AvaDeviceStream *self = user_data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ)) {
    take_samples (self, (const gint16 *) map.data, map.size / sizeof (gint16));
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
  gst_sample_unref (sample);
  return GST_FLOW_OK;
}

/* --- Streaming thread: speaker --- */

/* Unmutes once the sink has run dry of what was flushed. */
static void
end_flush (AvaDeviceStream *self)
{
  if (!self->shared.muted || self->shared.silence < SINK_LATENCY_SAMPLES)
    return;
  self->shared.muted = FALSE;
  if (self->shared.volume != NULL)
    g_object_set (self->shared.volume, "mute", FALSE, NULL);
}

static void
take_chunk (AvaDeviceStream *self,
            gint16          *pcm)
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
  AvaDeviceStream *self = user_data;
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

/* --- Any thread --- */

/**
 * ava_device_stream_join:
 * @pipeline: with "microphone", "speaker" and "volume"; not running, and no other one of this stream runs
 *
 * @pipeline streams from and to @self from now on, and keeps it alive. Its sink holds nothing yet; what the sink of the one
 * before held is lost.
 */
void
ava_device_stream_join (AvaDeviceStream *self,
                        GstElement      *pipeline)
{
  GstAppSinkCallbacks sink_callbacks = { .new_sample = take_sample };
  GstAppSrcCallbacks source_callbacks = { .need_data = need_data };
  g_autoptr (GstElement) microphone = gst_bin_get_by_name (GST_BIN (pipeline), "microphone");
  g_autoptr (GstElement) speaker = gst_bin_get_by_name (GST_BIN (pipeline), "speaker");
  GstElement *volume = gst_bin_get_by_name (GST_BIN (pipeline), "volume");
  g_autoptr (GstElement) before = NULL;

  gst_app_sink_set_callbacks (GST_APP_SINK (microphone), &sink_callbacks, ava_device_stream_ref (self),
                              (GDestroyNotify) ava_device_stream_unref);
  gst_app_src_set_callbacks (GST_APP_SRC (speaker), &source_callbacks, ava_device_stream_ref (self),
                             (GDestroyNotify) ava_device_stream_unref);
  self->capture.filled = 0;
  g_mutex_lock (&self->shared.lock);
  before = g_steal_pointer (&self->shared.volume);
  self->shared.volume = volume;
  self->shared.silence = SINK_LATENCY_SAMPLES;
  self->shared.position = 0;
  self->shared.muted = FALSE;
  g_mutex_unlock (&self->shared.lock);
}

/**
 * ava_device_stream_is_detached:
 *
 * Returns: whether nobody waits for its frames any more
 */
gboolean
ava_device_stream_is_detached (AvaDeviceStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  return self->shared.detached;
}

/**
 * ava_device_stream_get_context:
 *
 * Returns: (transfer none): of the main thread
 */
GMainContext *
ava_device_stream_get_context (AvaDeviceStream *self)
{
  return self->context;
}

/**
 * ava_device_stream_new:
 * @callback: called for each frame of the microphone with @user_data, which is not %NULL
 *
 * Returns: (transfer full): a stream of no pipeline yet
 */
AvaDeviceStream *
ava_device_stream_new (AvaDeviceFrameFunc callback,
                       gpointer           user_data)
{
  AvaDeviceStream *self = g_new0 (AvaDeviceStream, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->callback = callback;
  self->user_data = user_data;
  self->shared.fifo = g_byte_array_new ();
  g_mutex_init (&self->shared.lock);
  return self;
}

AvaDeviceStream *
ava_device_stream_ref (AvaDeviceStream *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
ava_device_stream_unref (AvaDeviceStream *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->shared.volume);
  g_byte_array_unref (self->shared.fifo);
  g_mutex_clear (&self->shared.lock);
  g_main_context_unref (self->context);
  g_free (self);
}

/* --- Main thread --- */

/**
 * ava_device_stream_detach:
 *
 * No frame is given any more; what was written and not heard is dropped.
 */
void
ava_device_stream_detach (AvaDeviceStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  self->user_data = NULL;
  self->shared.detached = TRUE;
  g_byte_array_set_size (self->shared.fifo, 0);
}

gpointer
ava_device_stream_get_user (AvaDeviceStream *self)
{
  return self->user_data;
}

void
ava_device_stream_write (AvaDeviceStream *self,
                         const gint16    *pcm,
                         gsize            n_samples)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  if (self->shared.fifo->len == 0 && self->shared.handed > 0 && self->shared.silence > 0 &&
      self->shared.silence < AVA_RATE / 5)
    self->shared.stats.underruns++;
  g_byte_array_append (self->shared.fifo, (const guint8 *) pcm, n_samples * sizeof (gint16));
}

void
ava_device_stream_flush (AvaDeviceStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 start_us = g_get_monotonic_time ();

  g_byte_array_set_size (self->shared.fifo, 0);
  /* What the sink still holds will not be heard. */
  self->shared.handed -= get_lag (self);
  self->shared.silence = 0;
  self->shared.muted = TRUE;
  if (self->shared.volume != NULL)
    g_object_set (self->shared.volume, "mute", TRUE, NULL);
  self->shared.stats.flushes++;
  self->shared.stats.flush_us = g_get_monotonic_time () - start_us;
}

gint64
ava_device_stream_get_played (AvaDeviceStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  return self->shared.muted ? self->shared.handed : self->shared.handed - get_lag (self);
}

gint64
ava_device_stream_get_queued (AvaDeviceStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 lag = self->shared.muted ? 0 : get_lag (self);

  return self->shared.fifo->len / sizeof (gint16) + lag;
}

void
ava_device_stream_get_stats (AvaDeviceStream *self,
                             AvaPortStats    *stats)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  *stats = self->shared.stats;
  stats->latency_us = SINK_LATENCY_US;
}
