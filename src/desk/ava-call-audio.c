/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-audio.h"

#include "ava-hearing-private.h"
#include "ava-recorder.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LEVELS_EVERY_FRAMES 5

/*
 *            caller --> port --frame--> VAD --> "frame"
 *                        ^   |           |
 *   ava_call_audio_write-+   +--played---+--> recorder (left caller, right Ava)
 *          |                             |
 *          +--> written, not yet heard --+
 */

struct _AvaCallAudio {
  GObject parent_instance;

  AvaFramePort *port;
  AvaVad *vad;
  AvaHearing *hearing;         /* nullable: the usual way of detecting speech */
  AvaRecorder *recorder;       /* nullable */
  char *recording;             /* nullable: file */
  GByteArray *unheard;         /* S16 written and not yet heard */
  gint64 played;               /* [samples] heard so far */
  gint64 time_us;              /* [us] of audio */
  double caller_power;         /* sum of squares since the last levels */
  double ava_power;
  guint frames;
  gboolean started;
  gboolean told;               /* that nothing more is recorded */
};

enum { OPENED, FRAME, LEVELS, MOVED, FAILED, ENDED, NOT_RECORDED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCallAudio, ava_call_audio, G_TYPE_OBJECT)

static double
sum_squares (const gint16 *pcm)
{
  double sum = 0;

  for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
    sum += (double) pcm[i] * pcm[i];
  return sum;
}

/* What of Ava was heard during the last frame; whatever is missing is silence. */
static void
take_heard (AvaCallAudio *self,
            gint64        played,
            gint16       *pcm)
{
  gsize fresh = (played - self->played) * sizeof (gint16);
  gsize taken = MIN (fresh, self->unheard->len);

  memset (pcm, 0, AVA_FRAME_BYTES);
  if (taken > 0) {
    memcpy (pcm, self->unheard->data, MIN (taken, AVA_FRAME_BYTES));
    g_byte_array_remove_range (self->unheard, 0, taken);
  }
  self->played = played;
}

static void
measure (AvaCallAudio *self,
         const gint16 *caller,
         const gint16 *ava)
{
  const double scale = 32768.0 * 32768.0 * AVA_FRAME_SAMPLES * LEVELS_EVERY_FRAMES;

  self->caller_power += sum_squares (caller);
  self->ava_power += sum_squares (ava);
  if (++self->frames < LEVELS_EVERY_FRAMES)
    return;
  g_signal_emit (self, signals[LEVELS], 0, sqrt (self->caller_power / scale),
                 sqrt (self->ava_power / scale));
  self->frames = 0;
  self->caller_power = self->ava_power = 0;
}

/* Once a call: the receptionist learns that there will be nothing to listen to. */
static void
tell_not_recorded (AvaCallAudio *self,
                   const char   *why)
{
  g_autofree char *words = g_strdup_printf (_("This call is not recorded: %s. The call itself goes on."), why);

  if (self->told)
    return;
  self->told = TRUE;
  g_signal_emit (self, signals[NOT_RECORDED], 0, words);
}

static void
record (AvaCallAudio *self,
        const gint16 *caller,
        const gint16 *ava)
{
  const char *trouble;

  if (self->recorder == NULL)
    return;
  ava_recorder_write (self->recorder, caller, ava, AVA_FRAME_SAMPLES);
  trouble = ava_recorder_get_trouble (self->recorder);
  if (trouble != NULL)
    tell_not_recorded (self, trouble);
}

/* A recording that cannot be made does not stop a call: it is only told. */
static void
on_opened (AvaCallAudio *self)
{
  g_autoptr (GError) error = NULL;

  if (self->recording != NULL)
    self->recorder = ava_recorder_new (self->recording, &error);
  g_signal_emit (self, signals[OPENED], 0);
  if (error != NULL)
    tell_not_recorded (self, error->message);
}

static void
on_frame (AvaCallAudio *self,
          AvaFrame     *frame)
{
  gint64 played = ava_frame_port_get_played (self->port);
  gint64 queued = ava_frame_port_get_queued (self->port);
  gint16 ava[AVA_FRAME_SAMPLES];
  AvaVadReading reading;
  double speech;

  self->time_us = frame->time_us;
  take_heard (self, played, ava);
  record (self, frame->pcm, ava);
  measure (self, frame->pcm, ava);
  speech = ava_vad_process (self->vad, frame);
  if (self->hearing != NULL) {
    ava_mode_vad_get_reading (AVA_MODE_VAD (self->vad), &reading);
    ava_hearing_report (self->hearing, self, &reading);
  }
  g_signal_emit (self, signals[FRAME], 0, frame, speech, played, queued);
}

static void
on_failed (AvaCallAudio *self,
           GError       *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_moved (AvaCallAudio *self,
          const char   *words)
{
  g_signal_emit (self, signals[MOVED], 0, words);
}

static void
on_ended (AvaCallAudio *self)
{
  g_signal_emit (self, signals[ENDED], 0);
}

static void
ava_call_audio_dispose (GObject *object)
{
  AvaCallAudio *self = AVA_CALL_AUDIO (object);

  ava_call_audio_stop (self);
  g_clear_object (&self->port);
  g_clear_object (&self->vad);
  g_clear_object (&self->hearing);

  G_OBJECT_CLASS (ava_call_audio_parent_class)->dispose (object);
}

static void
ava_call_audio_finalize (GObject *object)
{
  AvaCallAudio *self = AVA_CALL_AUDIO (object);

  g_byte_array_unref (self->unheard);
  g_free (self->recording);

  G_OBJECT_CLASS (ava_call_audio_parent_class)->finalize (object);
}

static void
ava_call_audio_class_init (AvaCallAudioClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = AVA_TYPE_CALL_AUDIO;

  object_class->dispose = ava_call_audio_dispose;
  object_class->finalize = ava_call_audio_finalize;
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FRAME] = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 4, G_TYPE_POINTER, G_TYPE_DOUBLE, G_TYPE_INT64, G_TYPE_INT64);
  signals[LEVELS] = g_signal_new ("levels", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[NOT_RECORDED] = g_signal_new ("not-recorded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_call_audio_init (AvaCallAudio *self)
{
  self->vad = ava_mode_vad_new (NULL);
  self->unheard = g_byte_array_new ();
}

/**
 * ava_call_audio_new:
 * @recording: (nullable): the file to record both sides in
 *
 * Returns: (transfer full): audio that has not started
 */
AvaCallAudio *
ava_call_audio_new (AvaFramePort *port,
                    const char   *recording)
{
  AvaCallAudio *self = g_object_new (AVA_TYPE_CALL_AUDIO, NULL);

  self->port = g_object_ref (port);
  self->recording = g_strdup (recording);
  g_signal_connect_object (port, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "frame", G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (port, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  return self;
}

static void
on_hearing_changed (AvaCallAudio *self)
{
  AvaVadSettings settings;

  ava_hearing_get_settings (self->hearing, &settings);
  ava_mode_vad_configure (AVA_MODE_VAD (self->vad), &settings);
}

/**
 * ava_call_audio_set_hearing:
 * @hearing: how speech is detected, now and whenever it changes; before the audio starts
 */
void
ava_call_audio_set_hearing (AvaCallAudio *self,
                            AvaHearing   *hearing)
{
  g_return_if_fail (AVA_IS_CALL_AUDIO (self) && self->hearing == NULL && !self->started);

  self->hearing = g_object_ref (hearing);
  g_signal_connect_object (hearing, "changed", G_CALLBACK (on_hearing_changed), self, G_CONNECT_SWAPPED);
  on_hearing_changed (self);
}

/**
 * ava_call_audio_start:
 *
 * Returns at once; "opened" follows, or "failed". A test of the microphone makes room.
 */
void
ava_call_audio_start (AvaCallAudio *self)
{
  self->started = TRUE;
  if (self->hearing != NULL)
    ava_hearing_join (self->hearing, self);
  ava_frame_port_start (self->port);
}

/**
 * ava_call_audio_write:
 *
 * Ava says this after all she has said.
 */
void
ava_call_audio_write (AvaCallAudio *self,
                      const gint16 *pcm,
                      gsize         n_samples)
{
  g_byte_array_append (self->unheard, (const guint8 *) pcm, n_samples * sizeof (gint16));
  ava_frame_port_write (self->port, pcm, n_samples);
}

/**
 * ava_call_audio_flush:
 *
 * Silences Ava at once.
 */
void
ava_call_audio_flush (AvaCallAudio *self)
{
  gint64 heard;

  ava_frame_port_flush (self->port);
  heard = (ava_frame_port_get_played (self->port) - self->played) * sizeof (gint16);
  g_byte_array_set_size (self->unheard, CLAMP (heard, 0, self->unheard->len));
}

/**
 * ava_call_audio_stop:
 *
 * The call is over; the recording is closed.
 */
void
ava_call_audio_stop (AvaCallAudio *self)
{
  if (!self->started)
    return;
  self->started = FALSE;
  if (self->hearing != NULL)
    ava_hearing_leave (self->hearing, self);
  ava_frame_port_stop (self->port);
  g_clear_object (&self->recorder);
}

/**
 * ava_call_audio_get_stats:
 * @stats: (out): counters of the port
 */
void
ava_call_audio_get_stats (AvaCallAudio *self,
                          AvaPortStats *stats)
{
  ava_frame_port_get_stats (self->port, stats);
}

/**
 * ava_call_audio_get_time:
 *
 * Returns: [us] of audio since the call began
 */
gint64
ava_call_audio_get_time (AvaCallAudio *self)
{
  return self->time_us;
}
