/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-clip-player.h"

#include "ava-audio-file.h"
#include "ava-device-choice.h"
#include "ava-device-worker.h"
#include "ava-frame.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <unistd.h>

/*
 *  recording --caller's channel--> [worker: appsrc ! audioconvert ! audioresample ! speaker] --bus--> main: "ended"
 */

#define HEADER_BYTES 44          /* of what AvaRecorder writes */
#define STEP_BYTES 4             /* one sample of both sides */

struct _AvaClipPlayer {
  GObject parent_instance;

  GCancellable *cancellable;     /* nullable: of the clip that is made ready */
  GstElement *pipeline;          /* nullable: plays */
  guint bus_watch;
  gboolean busy;                 /* "ended" is still owed */
};

enum { ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaClipPlayer, ava_clip_player, G_TYPE_OBJECT)

/* --- any thread --- */

/**
 * ava_clip_load:
 * @path: of a recording by AvaRecorder, perhaps still growing
 * @from_us: [us] since it began
 * @to_us: [us]; what is not recorded yet is left out
 *
 * Blocks while the file is read.
 *
 * Returns: (transfer full) (nullable): the caller alone, S16 mono at 16 kHz, or %NULL with @error set
 *   (AVA_MEDIA_ERROR_FILE)
 */
GBytes *
ava_clip_load (const char  *path,
               gint64       from_us,
               gint64       to_us,
               GError     **error)
{
  gint64 from = from_us * AVA_RATE / G_USEC_PER_SEC;
  gint64 most = (to_us - from_us) * AVA_RATE / G_USEC_PER_SEC;
  g_autofree gint16 *both = NULL;
  gint16 *caller;
  gssize got;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  g_return_val_if_fail (from >= 0 && most >= 0, NULL);

  if (fd < 0) {
    g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                         errno == ENOENT ? _("This call was not recorded.") : _("The recording of this call cannot be read."));
    return NULL;
  }
  both = g_malloc (most * STEP_BYTES + 1);
  got = pread (fd, both, most * STEP_BYTES, HEADER_BYTES + from * STEP_BYTES);
  close (fd);
  if (got < STEP_BYTES) {
    g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE, _("This part of the call was not recorded."));
    return NULL;
  }
  caller = g_new (gint16, got / STEP_BYTES);
  for (gssize i = 0; i < got / STEP_BYTES; i++)
    caller[i] = both[i * 2];
  return g_bytes_new_take (caller, got / STEP_BYTES * sizeof (gint16));
}

typedef struct {
  char *path;
  gint64 from_us;
  gint64 to_us;
  char *sink;            /* nullable: stands for the speaker */
} Clip;

static void
clip_free (Clip *clip)
{
  g_free (clip->path);
  g_free (clip->sink);
  g_free (clip);
}

static void
fill (GstElement *pipeline,
      GBytes     *pcm)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "clip");

  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped_bytes (pcm));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static GstElement *
start_pipeline (GBytes      *pcm,
                const char  *sink,
                GError     **error)
{
  g_autofree char *description = NULL;
  GstElement *pipeline;

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  sink = ava_device_choose_sink (sink, error);
  if (sink == NULL)
    return NULL;
  description = g_strdup_printf ("appsrc name=clip format=time caps=audio/x-raw,format=S16LE,rate=%d,channels=1,layout=interleaved ! "
                                 "audioconvert ! audioresample ! %s", AVA_RATE, sink);
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  if (pipeline != NULL) {
    gst_object_ref_sink (pipeline);
    fill (pipeline, pcm);
    if (gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
      return pipeline;
    ava_device_worker_close (pipeline);
  }
  g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                       _("The speaker cannot be used just now. Choose another in the system's sound settings."));
  return NULL;
}

static void
prepare (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Clip *clip = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pcm = ava_clip_load (clip->path, clip->from_us, clip->to_us, &error);
  GstElement *pipeline = pcm != NULL && !g_cancellable_is_cancelled (cancellable) ? start_pipeline (pcm, clip->sink, &error) : NULL;

  if (pipeline != NULL)
    g_task_return_pointer (task, pipeline, (GDestroyNotify) ava_device_worker_close);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error_if_cancelled (task);
}

/* --- main thread --- */

static void
end (AvaClipPlayer *self,
     const char    *trouble)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_pointer (&self->pipeline, ava_device_worker_close);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->busy)
    return;
  self->busy = FALSE;
  g_signal_emit (self, signals[ENDED], 0, trouble);
}

static gboolean
on_bus_message (GstBus     *bus,
                GstMessage *message,
                gpointer    user_data)
{
  AvaClipPlayer *self = user_data;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS && GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;
  self->bus_watch = 0;
  end (self, GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS ? NULL : _("The speaker is gone. Choose another in the system's sound settings."));
  return G_SOURCE_REMOVE;
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AvaClipPlayer *self = AVA_CLIP_PLAYER (source);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GstBus) bus = NULL;

  /* Another clip may have been asked for since. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable) {
    g_clear_pointer (&pipeline, ava_device_worker_close);
    return;
  }
  if (pipeline == NULL) {
    end (self, error->message);
    return;
  }
  self->pipeline = pipeline;
  bus = gst_element_get_bus (pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_bus_message, self);
}

static void
ava_clip_player_dispose (GObject *object)
{
  AvaClipPlayer *self = AVA_CLIP_PLAYER (object);

  self->busy = FALSE;
  end (self, NULL);

  G_OBJECT_CLASS (ava_clip_player_parent_class)->dispose (object);
}

static void
ava_clip_player_class_init (AvaClipPlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_clip_player_dispose;
  signals[ENDED] = g_signal_new ("ended", AVA_TYPE_CLIP_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_clip_player_init (AvaClipPlayer *self)
{
}

/**
 * ava_clip_player_new:
 *
 * Returns: (transfer full): a silent player
 */
AvaClipPlayer *
ava_clip_player_new (void)
{
  return g_object_new (AVA_TYPE_CLIP_PLAYER, NULL);
}

/**
 * ava_clip_player_play:
 * @path: of the recording
 * @from_us: [us] since it began
 * @to_us: [us]
 *
 * Lets the caller's words of that time be heard; "ended" follows in any case.
 */
void
ava_clip_player_play (AvaClipPlayer *self,
                      const char    *path,
                      gint64         from_us,
                      gint64         to_us)
{
  g_autoptr (GTask) task = NULL;
  Clip *clip;

  g_return_if_fail (AVA_IS_CLIP_PLAYER (self) && from_us >= 0 && to_us >= from_us);

  end (self, NULL);
  clip = g_new0 (Clip, 1);
  *clip = (Clip) { g_strdup (path), from_us, to_us, g_strdup (g_getenv ("AVA_AUDIO_SINK")) };
  self->busy = TRUE;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, prepared_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, clip, (GDestroyNotify) clip_free);
  ava_device_worker_run_task (task, prepare);
}

/**
 * ava_clip_player_stop:
 *
 * Silences it.
 */
void
ava_clip_player_stop (AvaClipPlayer *self)
{
  g_return_if_fail (AVA_IS_CLIP_PLAYER (self));

  end (self, NULL);
}
