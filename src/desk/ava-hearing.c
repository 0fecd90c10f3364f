/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-private.h"

#include "ava-device-port.h"
#include "ava-line-call.h"
#include "ava-silero-net.h"
#include "ava-vad-trial.h"

#include <glib/gi18n.h>
#include <string.h>

#define TRIAL_SENTENCES 2      /* of each voice: enough for a figure, and done within seconds */

/*
 *   settings --> audio of calls --report--> "reading" --> whoever shows it
 *      |                                      ^
 *      +-------> test: port, detector --------+--> take --> what each mode makes of it
 */

struct _AvaHearing {
  GObject parent_instance;

  AvaVadSettings settings;
  char *trouble;               /* nullable */
  GPtrArray *sources;          /* that listen; only compared, the last one is shown */

  /* A test of the microphone, or its playback */
  AvaFramePort *port;          /* nullable */
  AvaVad *vad;                 /* nullable */
  GByteArray *pcm;             /* S16 of the test */
  AvaHearingTake *take;        /* nullable */
  gboolean testing;
  gboolean playing;
};

enum {
  PROP_0, PROP_MODE, PROP_LOUDNESS_THRESHOLD, PROP_CERTAINTY_THRESHOLD, PROP_TROUBLE, PROP_TESTING,
  PROP_PLAYING, N_PROPS
};

enum { CHANGED, READING, TEST_ENDED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaHearing, ava_hearing, G_TYPE_OBJECT)

static void
notify (AvaHearing *self,
        guint       prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
take_settings (AvaHearing           *self,
               const AvaVadSettings *settings)
{
  AvaVadSettings was = self->settings;

  self->settings = *settings;
  if (self->vad != NULL)
    ava_mode_vad_configure (AVA_MODE_VAD (self->vad), settings);
  if (was.mode != settings->mode)
    notify (self, PROP_MODE);
  if (was.rms_threshold != settings->rms_threshold)
    notify (self, PROP_LOUDNESS_THRESHOLD);
  if (was.silero_threshold != settings->silero_threshold)
    notify (self, PROP_CERTAINTY_THRESHOLD);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_reading (AvaHearing          *self,
              const AvaVadReading *seen)
{
  AvaHearingReading reading = {
    .mode = ava_vad_mode_to_string (seen->mode),
    .loudness = seen->level,
    .noise = seen->floor,
    .loudness_threshold = seen->rms_threshold,
    .certainty = seen->silero,
    .certainty_threshold = seen->silero_threshold,
    .speech = seen->speech >= 0.5,
  };

  g_signal_emit (self, signals[READING], 0, &reading);
}

/* --- the microphone --- */

static void
close_port (AvaHearing *self)
{
  if (self->port == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->port, self);
  ava_frame_port_stop (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->vad);
}

static void
end_test (AvaHearing *self,
          const char *words)
{
  if (!self->testing)
    return;
  close_port (self);
  self->testing = FALSE;
  if (words == NULL && self->pcm->len >= AVA_FRAME_BYTES) {
    g_clear_pointer (&self->take, ava_hearing_take_free);
    self->take = ava_hearing_take_new ((const gint16 *) self->pcm->data, self->pcm->len / sizeof (gint16),
                                       &self->settings);
  }
  notify (self, PROP_TESTING);
  g_signal_emit (self, signals[TEST_ENDED], 0, words);
}

static void
on_test_frame (AvaHearing *self,
               AvaFrame   *frame)
{
  AvaVadReading reading;

  g_byte_array_append (self->pcm, (const guint8 *) frame->pcm, AVA_FRAME_BYTES);
  ava_vad_process (self->vad, frame);
  ava_mode_vad_get_reading (AVA_MODE_VAD (self->vad), &reading);
  emit_reading (self, &reading);
  if (self->pcm->len >= AVA_HEARING_LONGEST * AVA_RATE * sizeof (gint16))
    end_test (self, NULL);
}

static void
end_playing (AvaHearing *self)
{
  if (!self->playing)
    return;
  close_port (self);
  self->playing = FALSE;
  notify (self, PROP_PLAYING);
}

static void
on_port_failed (AvaHearing *self,
                GError     *error)
{
  gboolean played = self->playing;

  end_playing (self);
  end_test (self, error->message);
  if (played)
    g_signal_emit (self, signals[TEST_ENDED], 0, error->message);
}

static void
on_port_ended (AvaHearing *self)
{
  end_playing (self);
  end_test (self, NULL);
}

static gboolean
open_port (AvaHearing  *self,
           GError     **error)
{
  if (self->sources->len > 0) {
    g_set_error_literal (error, AVA_LINE_ERROR, AVA_LINE_ERROR_NO_DEVICE,
                         _("A call is being taken: what it hears is shown here. Test the microphone after it."));
    return FALSE;
  }
  self->port = ava_device_port_new ();
  g_signal_connect_swapped (self->port, "failed", G_CALLBACK (on_port_failed), self);
  g_signal_connect_swapped (self->port, "ended", G_CALLBACK (on_port_ended), self);
  return TRUE;
}

/**
 * ava_hearing_start_test:
 *
 * Listens to the microphone and keeps what it hears, until it is stopped or AVA_HEARING_LONGEST is over. The microphone opens
 * meanwhile: if it cannot, "test-ended" says why.
 *
 * Returns: whether it will listen; else @error is set
 */
gboolean
ava_hearing_start_test (AvaHearing  *self,
                        GError     **error)
{
  g_return_val_if_fail (AVA_IS_HEARING (self), FALSE);

  if (self->testing)
    return TRUE;
  end_playing (self);
  if (!open_port (self, error))
    return FALSE;
  self->vad = ava_mode_vad_new (&self->settings);
  g_byte_array_set_size (self->pcm, 0);
  g_signal_connect_swapped (self->port, "frame", G_CALLBACK (on_test_frame), self);
  self->testing = TRUE;
  notify (self, PROP_TESTING);
  ava_frame_port_start (self->port);
  return TRUE;
}

/**
 * ava_hearing_stop_test:
 *
 * Closes the microphone; what it has heard becomes the take.
 */
void
ava_hearing_stop_test (AvaHearing *self)
{
  g_return_if_fail (AVA_IS_HEARING (self));

  end_test (self, NULL);
}

/**
 * ava_hearing_get_take:
 *
 * Returns: (transfer none) (nullable): the last test
 */
const AvaHearingTake *
ava_hearing_get_take (AvaHearing *self)
{
  g_return_val_if_fail (AVA_IS_HEARING (self), NULL);

  return self->take;
}

/**
 * ava_hearing_play_take:
 *
 * Plays the last test through the speaker; if that cannot be opened, "test-ended" says why.
 *
 * Returns: whether it will play; else @error is set
 */
gboolean
ava_hearing_play_take (AvaHearing  *self,
                       GError     **error)
{
  g_return_val_if_fail (AVA_IS_HEARING (self), FALSE);

  if (self->take == NULL || self->testing || self->playing)
    return TRUE;
  if (!open_port (self, error))
    return FALSE;
  g_signal_connect_swapped (self->port, "drained", G_CALLBACK (end_playing), self);
  self->playing = TRUE;
  notify (self, PROP_PLAYING);
  ava_frame_port_start (self->port);
  ava_frame_port_write (self->port, (const gint16 *) self->pcm->data, self->pcm->len / sizeof (gint16));
  return TRUE;
}

/**
 * ava_hearing_stop_playing:
 *
 * Silences the playback.
 */
void
ava_hearing_stop_playing (AvaHearing *self)
{
  g_return_if_fail (AVA_IS_HEARING (self));

  end_playing (self);
}

/**
 * ava_hearing_fit:
 *
 * Sets the loudness threshold between the noise and the voice of the last test (V-22).
 *
 * Returns: whether there was a voice
 */
gboolean
ava_hearing_fit (AvaHearing *self)
{
  AvaVadSettings settings;

  g_return_val_if_fail (AVA_IS_HEARING (self), FALSE);

  settings = self->settings;
  if (self->take == NULL || !ava_hearing_take_fit (self->take, &settings))
    return FALSE;
  take_settings (self, &settings);
  return TRUE;
}

/* --- how well each mode does on this computer --- */

static const AvaTrialLine shown_lines[] = { AVA_TRIAL_QUIET, AVA_TRIAL_TELEPHONE, AVA_TRIAL_NOISE_10 };

static void
measure_modes (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVadTrial) trial = ava_vad_trial_new (TRIAL_SENTENCES, &error);
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (AvaHearingScore));
  g_autoptr (AvaSileroWeights) weights = ava_silero_weights_find (NULL);
  const AvaVadMode modes = weights != NULL ? AVA_VAD_MODES : AVA_VAD_RMS + 1;
  double frames;

  if (trial == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  frames = ava_vad_trial_get_seconds (trial) * 1000 / AVA_FRAME_MS;
  for (AvaVadMode mode = 0; mode < modes; mode++) {
    for (guint i = 0; i < G_N_ELEMENTS (shown_lines); i++) {
      AvaTrialScore result;
      AvaHearingScore score = { ava_vad_mode_to_string (mode), ava_trial_line_to_string (shown_lines[i]), 0, 0 };

      if (g_task_return_error_if_cancelled (task))
        return;
      ava_vad_trial_run (trial, mode, shown_lines[i], &result);
      score.f1 = ava_trial_score_get_f1 (&result);
      score.cost_us = result.cost_ns / frames / 1000;
      g_array_append_val (scores, score);
    }
  }
  g_task_return_pointer (task, g_steal_pointer (&scores), (GDestroyNotify) g_array_unref);
}

/**
 * ava_hearing_measure_async:
 *
 * Has each mode listen to a labelled corpus, which synthesizer voices speak for it (V-20). Takes seconds, on a
 * thread of its own.
 */
void
ava_hearing_measure_async (AvaHearing          *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (AVA_IS_HEARING (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ava_hearing_measure_async);
  g_task_run_in_thread (task, measure_modes);
}

/**
 * ava_hearing_measure_finish:
 *
 * Returns: (transfer full) (nullable): AvaHearingScore, each mode that this computer has on each line; %NULL with @error
 */
GArray *
ava_hearing_measure_finish (AvaHearing    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the object --- */

static void
ava_hearing_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AvaHearing *self = AVA_HEARING (object);

  switch (prop_id) {
  case PROP_MODE:
    g_value_set_static_string (value, ava_hearing_get_mode (self));
    break;
  case PROP_LOUDNESS_THRESHOLD:
    g_value_set_double (value, self->settings.rms_threshold);
    break;
  case PROP_CERTAINTY_THRESHOLD:
    g_value_set_double (value, self->settings.silero_threshold);
    break;
  case PROP_TROUBLE:
    g_value_set_string (value, self->trouble);
    break;
  case PROP_TESTING:
    g_value_set_boolean (value, self->testing);
    break;
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_hearing_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  AvaHearing *self = AVA_HEARING (object);
  AvaVadSettings settings = self->settings;

  switch (prop_id) {
  case PROP_MODE:
    ava_hearing_set_mode (self, g_value_get_string (value));
    return;
  case PROP_LOUDNESS_THRESHOLD:
    settings.rms_threshold = g_value_get_double (value);
    break;
  case PROP_CERTAINTY_THRESHOLD:
    settings.silero_threshold = g_value_get_double (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    return;
  }
  take_settings (self, &settings);
}

static void
ava_hearing_dispose (GObject *object)
{
  close_port (AVA_HEARING (object));

  G_OBJECT_CLASS (ava_hearing_parent_class)->dispose (object);
}

static void
ava_hearing_finalize (GObject *object)
{
  AvaHearing *self = AVA_HEARING (object);

  g_free (self->trouble);
  g_ptr_array_unref (self->sources);
  g_byte_array_unref (self->pcm);
  g_clear_pointer (&self->take, ava_hearing_take_free);

  G_OBJECT_CLASS (ava_hearing_parent_class)->finalize (object);
}

static void
ava_hearing_class_init (AvaHearingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = AVA_TYPE_HEARING;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags changed = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ava_hearing_get_property;
  object_class->set_property = ava_hearing_set_property;
  object_class->dispose = ava_hearing_dispose;
  object_class->finalize = ava_hearing_finalize;
  props[PROP_MODE] = g_param_spec_string ("mode", NULL, NULL, "hybrid", changed);
  props[PROP_LOUDNESS_THRESHOLD] =
    g_param_spec_double ("loudness-threshold", NULL, NULL, 0.001, 0.05, ava_vad_defaults.rms_threshold, changed);
  props[PROP_CERTAINTY_THRESHOLD] =
    g_param_spec_double ("certainty-threshold", NULL, NULL, 0.1, 0.9, ava_vad_defaults.silero_threshold, changed);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, shown);
  props[PROP_TESTING] = g_param_spec_boolean ("testing", NULL, NULL, FALSE, shown);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READING] = g_signal_new ("reading", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TEST_ENDED] = g_signal_new ("test-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_hearing_init (AvaHearing *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSileroWeights) weights = ava_silero_weights_find (&error);

  self->settings = ava_vad_defaults;
  self->trouble = weights == NULL ? g_strdup (error->message) : NULL;
  self->sources = g_ptr_array_new ();
  self->pcm = g_byte_array_new ();
}

/**
 * ava_hearing_new:
 *
 * Returns: (transfer full): the usual mode and thresholds
 */
AvaHearing *
ava_hearing_new (void)
{
  return g_object_new (AVA_TYPE_HEARING, NULL);
}

/**
 * ava_hearing_set_mode:
 *
 * Calls that last change with their next frame.
 *
 * Returns: whether there is such a mode
 */
gboolean
ava_hearing_set_mode (AvaHearing *self,
                      const char *mode)
{
  AvaVadSettings settings;

  g_return_val_if_fail (AVA_IS_HEARING (self), FALSE);

  settings = self->settings;
  if (!ava_vad_mode_from_string (mode, &settings.mode))
    return FALSE;
  take_settings (self, &settings);
  return TRUE;
}

/**
 * ava_hearing_get_mode:
 *
 * Returns: "rms", "silero" or "hybrid": what is wanted, see ava_hearing_get_trouble()
 */
const char *
ava_hearing_get_mode (AvaHearing *self)
{
  g_return_val_if_fail (AVA_IS_HEARING (self), NULL);

  return ava_vad_mode_to_string (self->settings.mode);
}

/**
 * ava_hearing_get_trouble:
 *
 * Returns: (nullable): why loudness alone decides whatever the mode is, in words
 */
const char *
ava_hearing_get_trouble (AvaHearing *self)
{
  g_return_val_if_fail (AVA_IS_HEARING (self), NULL);

  return self->trouble;
}

/**
 * ava_hearing_reset:
 *
 * Back to the usual mode and thresholds.
 */
void
ava_hearing_reset (AvaHearing *self)
{
  g_return_if_fail (AVA_IS_HEARING (self));

  take_settings (self, &ava_vad_defaults);
}

void
ava_hearing_get_settings (AvaHearing     *self,
                          AvaVadSettings *settings)
{
  *settings = self->settings;
}

void
ava_hearing_join (AvaHearing *self,
                  gpointer    source)
{
  /* A call goes before a test: both would want the microphone. */
  end_playing (self);
  end_test (self, NULL);
  g_ptr_array_add (self->sources, source);
}

void
ava_hearing_leave (AvaHearing *self,
                   gpointer    source)
{
  g_ptr_array_remove (self->sources, source);
}

void
ava_hearing_report (AvaHearing          *self,
                    gpointer             source,
                    const AvaVadReading *reading)
{
  if (self->sources->len > 0 && self->sources->pdata[self->sources->len - 1] == source)
    emit_reading (self, reading);
}
