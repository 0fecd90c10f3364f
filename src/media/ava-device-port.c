/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-port-private.h"

#include "ava-audio-file.h"
#include "ava-device-pipeline.h"
#include "ava-device-worker.h"
#include "ava-media.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 *  start() --> [device worker: looks for devices, opens them] --bus--> main: listens
 *                     ^                 |
 *                     |                 +--frames--> stream --> main: "opened", "frame" …
 *                     +-- error on the bus: the pipeline is made anew with what is there now
 *  stop()  --> [device worker: closes them]
 *
 * The main thread waits for none of this: a sound server that hangs keeps the worker, not the window. What waits in the
 * stream's FIFO is played on the device that takes the place of another.
 */

#define MOVE_FRAMES 100          /* [frames] that a device must have lasted to be replaced: 2 s */
#define PATIENCE_MS 6000         /* without a frame: then the device hangs */
#define LOOKS 8                  /* in that time */

struct _AvaDevicePort {
  GObject parent_instance;

  AvaDeviceStream *stream;
  struct _Devices *devices;     /* NULL before the start and after the stop */
  guint bus_watch;              /* 0 until they are open, and while they are opened anew */
  guint look;                   /* 0 unless it runs: whether frames come */
  guint patience_ms;
  guint looks;                  /* without a frame since the last one */
  gint64 frames;                /* given out */
  gint64 frames_seen;           /* of them, at the last look */
  gint64 moved_at;              /* [frames] when the devices were last replaced */
  gboolean was_queued;          /* something was being heard at the last frame */
};

static void port_iface_init (AvaFramePortInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaDevicePort, ava_device_port, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_FRAME_PORT, port_iface_init))

/* --- Device worker --- */

/* What the port and the worker share. Only the worker looks at the pipeline, and does so in the order in which it was
 * asked: who opens a device after another one was stopped finds it closed. */
typedef struct _Devices {
  gatomicrefcount refs;
  AvaDeviceStream *stream;
  char *source;                 /* nullable: stands for the microphone */
  char *sink;                   /* nullable: stands for the speaker */
  GstElement *pipeline;         /* nullable: that is open */
} Devices;

static Devices *
devices_new (AvaDeviceStream *stream)
{
  Devices *devices = g_new0 (Devices, 1);

  g_atomic_ref_count_init (&devices->refs);
  devices->stream = ava_device_stream_ref (stream);
  return devices;
}

static Devices *
devices_ref (Devices *devices)
{
  g_atomic_ref_count_inc (&devices->refs);
  return devices;
}

static void
devices_unref (Devices *devices)
{
  if (!g_atomic_ref_count_dec (&devices->refs))
    return;
  g_assert (devices->pipeline == NULL);
  ava_device_stream_unref (devices->stream);
  g_free (devices->source);
  g_free (devices->sink);
  g_free (devices);
}

/* What the worker answers. */
typedef struct {
  AvaDeviceStream *stream;
  GstBus *bus;                  /* nullable: of what was opened */
  GError *error;                /* nullable: why nothing was */
} Opened;

static void
opened_free (Opened *opened)
{
  ava_device_stream_unref (opened->stream);
  g_clear_object (&opened->bus);
  g_clear_error (&opened->error);
  g_free (opened);
}

static gboolean opened_cb (gpointer data);

static void
close_pipeline (Devices *devices)
{
  if (devices->pipeline != NULL)
    gst_element_set_state (devices->pipeline, GST_STATE_NULL);
  g_clear_object (&devices->pipeline);
}

/* GFunc: who has stopped meanwhile needs no device. */
static void
open_devices (gpointer data,
              gpointer user_data)
{
  Devices *devices = data;
  g_autoptr (GSource) source = NULL;
  Opened *opened;

  close_pipeline (devices);
  if (!ava_device_stream_is_detached (devices->stream)) {
    opened = g_new0 (Opened, 1);
    opened->stream = ava_device_stream_ref (devices->stream);
    devices->pipeline = ava_device_pipeline_open (devices->stream, devices->source, devices->sink, &opened->error);
    opened->bus = devices->pipeline != NULL ? gst_element_get_bus (devices->pipeline) : NULL;
    source = g_idle_source_new ();
    g_source_set_priority (source, G_PRIORITY_DEFAULT);   /* after the frames that came before */
    g_source_set_callback (source, opened_cb, opened, (GDestroyNotify) opened_free);
    g_source_attach (source, ava_device_stream_get_context (devices->stream));
  }
  devices_unref (devices);
}

/* GFunc */
static void
close_devices (gpointer data,
               gpointer user_data)
{
  close_pipeline (data);
  devices_unref (data);
}

/* --- Main thread --- */

/* What is there now is opened, not what was there before. The worker is at nothing else of this port: it has answered. */
static void
open_on_worker (AvaDevicePort *self)
{
  g_free (self->devices->source);
  g_free (self->devices->sink);
  self->devices->source = g_strdup (g_getenv ("AVA_AUDIO_SRC"));
  self->devices->sink = g_strdup (g_getenv ("AVA_AUDIO_SINK"));
  ava_device_worker_run (open_devices, devices_ref (self->devices));
}

static void
stop_with_error (AvaDevicePort *self,
                 const GError  *error)
{
  ava_frame_port_stop (AVA_FRAME_PORT (self));
  g_signal_emit_by_name (self, "failed", error);
}

static void
fail (AvaDevicePort *self,
      const char    *cause)
{
  g_autoptr (GError) error = g_error_new (AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                                          _("The microphone or the speaker is gone: %s"), cause);

  stop_with_error (self, error);
}

static gboolean
is_open (AvaDevicePort *self)
{
  return self->frames > 0;
}

/* AvaDeviceFrameFunc */
static void
on_stream_frame (const gint16 *pcm,
                 gboolean      queued,
                 gpointer      user_data)
{
  g_autoptr (AvaDevicePort) self = g_object_ref (user_data);
  AvaFrame frame;

  frame.time_us = ++self->frames * AVA_FRAME_MS * 1000;
  memcpy (frame.pcm, pcm, AVA_FRAME_BYTES);
  if (self->frames == 1)
    g_signal_emit_by_name (self, "opened");
  if (self->was_queued && !queued)
    g_signal_emit_by_name (self, "drained");
  self->was_queued = queued;
  if (ava_device_stream_get_user (self->stream) != NULL)   /* nobody has stopped it at these signals */
    g_signal_emit_by_name (self, "frame", &frame);
}

/* A device that fails again at once is not replaced again. */
static void
lose_device (AvaDevicePort *self,
             const GError  *cause)
{
  g_autoptr (GError) error = NULL;
  gboolean lasted = self->frames - self->moved_at >= MOVE_FRAMES;

  self->moved_at = self->frames;
  if (!is_open (self)) {
    error = g_error_new (AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE, _("The microphone or the speaker could not be opened: %s"), cause->message);
    stop_with_error (self, error);
  } else if (lasted) {
    open_on_worker (self);
  } else {
    fail (self, cause->message);
  }
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
  return self->bus_watch != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The worker has done with it; nobody may wait for that any more. */
static gboolean
opened_cb (gpointer data)
{
  Opened *opened = data;
  gpointer user = ava_device_stream_get_user (opened->stream);
  g_autoptr (AvaDevicePort) self = user != NULL ? g_object_ref (user) : NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (opened->bus == NULL) {
    if (is_open (self))
      fail (self, opened->error->message);
    else
      stop_with_error (self, opened->error);
    return G_SOURCE_REMOVE;
  }
  self->bus_watch = gst_bus_add_watch (opened->bus, on_bus_message, self);
  if (self->moved_at >= 0)
    g_signal_emit_by_name (self, "moved",
                           _("The headset or the microphone was unplugged. The call goes on with the other microphone and speaker."));
  return G_SOURCE_REMOVE;
}

/* Looks often rather than long, so that a main loop that was itself held up does not take that for silence. */
static gboolean
look_for_frames (gpointer data)
{
  g_autoptr (AvaDevicePort) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;

  self->looks = self->frames != self->frames_seen ? 0 : self->looks + 1;
  self->frames_seen = self->frames;
  if (self->looks < LOOKS)
    return G_SOURCE_CONTINUE;
  error = g_error_new_literal (AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                               is_open (self)
                                 ? _("The microphone gives no sound any more, and the sound system of this computer does not answer.")
                                 : _("The microphone does not open: the sound system of this computer does not answer. Unplug the headset "
                                     "and plug it in again, and try once more; if that does not help, restart the computer."));
  stop_with_error (self, error);
  return G_SOURCE_REMOVE;
}

static void
device_port_start (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);

  g_return_if_fail (self->look == 0);

  self->look = g_timeout_add (self->patience_ms / LOOKS, look_for_frames, self);
  self->devices = devices_new (self->stream);
  open_on_worker (self);
}

static void
device_port_stop (AvaFramePort *port)
{
  AvaDevicePort *self = AVA_DEVICE_PORT (port);

  ava_device_stream_detach (self->stream);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  if (self->devices != NULL)
    ava_device_worker_run (close_devices, g_steal_pointer (&self->devices));
}

static void
device_port_write (AvaFramePort *port,
                   const gint16 *pcm,
                   gsize         n_samples)
{
  ava_device_stream_write (AVA_DEVICE_PORT (port)->stream, pcm, n_samples);
}

static void
device_port_flush (AvaFramePort *port)
{
  ava_device_stream_flush (AVA_DEVICE_PORT (port)->stream);
}

static gint64
device_port_get_played (AvaFramePort *port)
{
  return ava_device_stream_get_played (AVA_DEVICE_PORT (port)->stream);
}

static gint64
device_port_get_queued (AvaFramePort *port)
{
  return ava_device_stream_get_queued (AVA_DEVICE_PORT (port)->stream);
}

static void
device_port_get_stats (AvaFramePort *port,
                       AvaPortStats *stats)
{
  ava_device_stream_get_stats (AVA_DEVICE_PORT (port)->stream, stats);
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
  ava_device_stream_unref (AVA_DEVICE_PORT (object)->stream);

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
  self->patience_ms = PATIENCE_MS;
  self->stream = ava_device_stream_new (on_stream_frame, self);
}

/**
 * ava_device_port_new:
 *
 * Returns: (transfer full): a port that has not started; it is started once
 */
AvaFramePort *
ava_device_port_new (void)
{
  ava_media_init ();
  return g_object_new (AVA_TYPE_DEVICE_PORT, NULL);
}

void
ava_device_port_set_patience (AvaFramePort *port,
                              guint         ms)
{
  AVA_DEVICE_PORT (port)->patience_ms = ms;
}
