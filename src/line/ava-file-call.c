/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-line-call.h"

#include "ava-audio-file.h"
#include "ava-paced-port.h"
#include "ava-vad.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A recorded caller. Its stretches of speech are told apart by pauses; each one is played when Ava
 * has answered the one before, so that a recording fits whatever the length of her sentences.
 *
 *   wait for Ava --> she was heard and is silent --> play a stretch --> wait for Ava … --> hang up
 */

#define PAUSE_FRAMES 35            /* 700 ms of silence part two stretches */
#define PAD_FRAMES 12              /* 240 ms are kept before and after a stretch */
#define POLITE_FRAMES 25           /* 500 ms after Ava until the caller speaks */
#define PATIENCE_FRAMES 750        /* 15 s without an answer: the caller goes on */
#define GOODBYE_FRAMES 1000        /* 20 s after the last stretch: the caller hangs up */

typedef struct {
  gsize start;                     /* [samples] */
  gsize end;                       /* [samples] */
} Stretch;

struct _AvaFileCall {
  GObject parent_instance;

  AvaPacer *pacer;
  AvaFramePort *port;
  GBytes *pcm;                     /* S16 */
  GArray *stretches;               /* Stretch */
  Stretch background;              /* of the recording, played in a loop while waiting; may be empty */
  gsize background_at;             /* [samples] */
  guint next;                      /* stretch to play */
  gsize position;                  /* [samples] of the one that plays; 0 when none does */
  guint waited;                    /* [frames] since the caller fell silent */
  guint silent;                    /* [frames] since Ava was last heard */
  gboolean ava_spoke;              /* since the caller fell silent */
};

#define AVA_TYPE_FILE_CALL (ava_file_call_get_type ())
G_DECLARE_FINAL_TYPE (AvaFileCall, ava_file_call, AVA, FILE_CALL, GObject)

static void line_call_iface_init (AvaLineCallInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaFileCall, ava_file_call, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_LINE_CALL, line_call_iface_init))

static const gint16 *
get_samples (AvaFileCall *self,
             gsize       *n_samples)
{
  const gint16 *samples = g_bytes_get_data (self->pcm, n_samples);

  *n_samples /= sizeof (gint16);
  return samples;
}

static void
copy_background (AvaFileCall *self,
                 gint16      *pcm)
{
  gsize length = self->background.end - self->background.start;
  gsize n_samples;
  const gint16 *samples = get_samples (self, &n_samples);

  memset (pcm, 0, AVA_FRAME_BYTES);
  if (length < AVA_FRAME_SAMPLES)
    return;
  if (self->background_at + AVA_FRAME_SAMPLES > length)
    self->background_at = 0;
  memcpy (pcm, samples + self->background.start + self->background_at, AVA_FRAME_BYTES);
  self->background_at += AVA_FRAME_SAMPLES;
}

static void
play_stretch (AvaFileCall *self,
              gint16      *pcm)
{
  Stretch *stretch = &g_array_index (self->stretches, Stretch, self->next);
  gsize n_samples;
  const gint16 *samples = get_samples (self, &n_samples);
  gsize left = stretch->end - self->position;

  memset (pcm, 0, AVA_FRAME_BYTES);
  memcpy (pcm, samples + self->position, MIN (left, AVA_FRAME_SAMPLES) * sizeof (gint16));
  self->position += MIN (left, AVA_FRAME_SAMPLES);
  if (self->position < stretch->end)
    return;
  self->next++;
  self->position = 0;
  self->waited = 0;
  self->ava_spoke = FALSE;
}

static gboolean
may_speak (AvaFileCall *self)
{
  return (self->ava_spoke && self->silent >= POLITE_FRAMES) || self->waited >= PATIENCE_FRAMES;
}

/* AvaCallerFunc */
static gboolean
give_frame (gint16   *pcm,
            gint64    queued,
            gpointer  user_data)
{
  AvaFileCall *self = user_data;

  self->silent = queued > 0 ? 0 : self->silent + 1;
  self->ava_spoke |= queued > 0;
  self->waited++;
  if (self->position > 0) {
    play_stretch (self, pcm);
  } else if (self->next >= self->stretches->len) {
    copy_background (self, pcm);
    return self->waited < GOODBYE_FRAMES && !(self->ava_spoke && self->silent >= GOODBYE_FRAMES / 4);
  } else if (may_speak (self)) {
    self->position = g_array_index (self->stretches, Stretch, self->next).start;
    play_stretch (self, pcm);
  } else {
    copy_background (self, pcm);
  }
  return TRUE;
}

/* Which frames hold speech, pauses shorter than PAUSE_FRAMES closed. */
static GArray *
find_speech (AvaFileCall *self)
{
  g_autoptr (AvaVad) vad = ava_rms_vad_new ();
  gsize n_samples;
  const gint16 *samples = get_samples (self, &n_samples);
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  AvaFrame frame = { 0 };

  for (gsize at = 0; at + AVA_FRAME_SAMPLES <= n_samples; at += AVA_FRAME_SAMPLES) {
    Stretch *last = stretches->len > 0 ? &g_array_index (stretches, Stretch, stretches->len - 1) : NULL;
    Stretch fresh = { at, at + AVA_FRAME_SAMPLES };

    memcpy (frame.pcm, samples + at, AVA_FRAME_BYTES);
    if (ava_vad_process (vad, &frame) < 0.5)
      continue;
    if (last != NULL && at - last->end < PAUSE_FRAMES * AVA_FRAME_SAMPLES)
      last->end = fresh.end;
    else
      g_array_append_val (stretches, fresh);
  }
  return stretches;
}

static void
find_stretches (AvaFileCall *self)
{
  gsize n_samples;
  gsize pad = PAD_FRAMES * AVA_FRAME_SAMPLES;
  gsize quiet_from = 0;

  get_samples (self, &n_samples);
  self->stretches = find_speech (self);
  for (guint i = 0; i < self->stretches->len; i++) {
    Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

    stretch->start = stretch->start > pad ? stretch->start - pad : AVA_FRAME_SAMPLES / 2;
    stretch->end = MIN (stretch->end + pad, n_samples);
    if (stretch->start > quiet_from &&
        stretch->start - quiet_from > self->background.end - self->background.start)
      self->background = (Stretch) { quiet_from, stretch->start };
    quiet_from = stretch->end;
  }
}

static AvaFramePort *
file_call_get_port (AvaLineCall *call)
{
  return AVA_FILE_CALL (call)->port;
}

static const char *
file_call_get_kind (AvaLineCall *call)
{
  return "file";
}

static const char *
file_call_get_phone (AvaLineCall *call)
{
  return NULL;
}

static AvaPacer *
file_call_get_pacer (AvaLineCall *call)
{
  return AVA_FILE_CALL (call)->pacer;
}

static void
file_call_hang_up (AvaLineCall *call)
{
  ava_frame_port_stop (AVA_FILE_CALL (call)->port);
}

static void
line_call_iface_init (AvaLineCallInterface *iface)
{
  iface->get_port = file_call_get_port;
  iface->get_kind = file_call_get_kind;
  iface->get_phone = file_call_get_phone;
  iface->get_pacer = file_call_get_pacer;
  iface->hang_up = file_call_hang_up;
}

static void
ava_file_call_dispose (GObject *object)
{
  AvaFileCall *self = AVA_FILE_CALL (object);

  if (self->port != NULL)
    ava_frame_port_stop (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->pacer);

  G_OBJECT_CLASS (ava_file_call_parent_class)->dispose (object);
}

static void
ava_file_call_finalize (GObject *object)
{
  AvaFileCall *self = AVA_FILE_CALL (object);

  g_clear_pointer (&self->pcm, g_bytes_unref);
  g_clear_pointer (&self->stretches, g_array_unref);

  G_OBJECT_CLASS (ava_file_call_parent_class)->finalize (object);
}

static void
ava_file_call_class_init (AvaFileCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_file_call_dispose;
  object_class->finalize = ava_file_call_finalize;
}

static void
ava_file_call_init (AvaFileCall *self)
{
}

static void
on_port_ended (AvaFileCall *self)
{
  g_signal_emit_by_name (self, "ended", "the caller hung up");
}

/**
 * ava_file_call_new:
 * @path: any kind of sound file
 *
 * Reads the whole file: blocks for that long.
 *
 * Returns: (transfer full) (nullable): a call, or %NULL with @error set (AVA_LINE_ERROR_FILE)
 */
AvaLineCall *
ava_file_call_new (const char  *path,
                   AvaPacer    *pacer,
                   GError     **error)
{
  g_autoptr (AvaFileCall) self = g_object_new (AVA_TYPE_FILE_CALL, NULL);
  g_autoptr (GError) cause = NULL;

  self->pcm = ava_audio_file_load (path, &cause);
  if (self->pcm == NULL) {
    g_set_error_literal (error, AVA_LINE_ERROR, AVA_LINE_ERROR_FILE, cause->message);
    return NULL;
  }
  find_stretches (self);
  if (self->stretches->len == 0) {
    g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_FILE, _("Nobody speaks in “%s”"), path);
    return NULL;
  }
  self->pacer = g_object_ref (pacer);
  self->port = ava_paced_port_new (pacer, give_frame, self);
  g_signal_connect_object (self->port, "ended", G_CALLBACK (on_port_ended), self, G_CONNECT_SWAPPED);
  return AVA_LINE_CALL (g_steal_pointer (&self));
}
