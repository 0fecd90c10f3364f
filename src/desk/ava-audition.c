/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-audition.h"

#include "ava-device-port.h"

#include <glib/gi18n.h>

#define GRACE_MS 3000   /* after the last sound a speaker that never drains is let go */

/*
 *   text -> synthesizer -> (chunks as they are made) -> device port -> speaker
 */

struct _AvaAudition {
  GObject parent_instance;

  AvaSpeechEngines *engines;
  AvaFramePort *port;          /* nullable: nothing plays, or there is no speaker */
  GCancellable *making;        /* of the text that is being made, nullable */
  char *text;
  char *trouble;               /* nullable */
  gint64 length;               /* [samples] made */
  guint grace_id;
  gboolean open;               /* the port is */
  gboolean playing;
};

enum { PROP_0, PROP_PLAYING, PROP_TROUBLE, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaAudition, ava_audition, G_TYPE_OBJECT)

static void
close_port (AvaAudition *self)
{
  g_clear_handle_id (&self->grace_id, g_source_remove);
  self->open = FALSE;
  if (self->port == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->port, self);
  ava_frame_port_stop (self->port);
  g_clear_object (&self->port);
}

static void
set_playing (AvaAudition *self,
             gboolean     playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

static void
set_trouble (AvaAudition *self,
             const char  *words)
{
  if (g_strcmp0 (self->trouble, words) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
}

static void
end (AvaAudition *self)
{
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  close_port (self);
  set_playing (self, FALSE);
}

static void
on_drained (AvaAudition *self)
{
  if (self->making == NULL)   /* else it only waits for the next sentence */
    end (self);
}

static gboolean
grace_cb (gpointer user_data)
{
  AvaAudition *self = user_data;

  self->grace_id = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

/* All is made: when the speaker has had the time to say it, this is over. */
static void
wait_for_end (AvaAudition *self)
{
  if (self->port == NULL || (self->open && ava_frame_port_get_queued (self->port) == 0))
    end (self);
  else if (self->open)
    self->grace_id = g_timeout_add (GRACE_MS + ava_frame_port_get_queued (self->port) * 1000 / AVA_RATE, grace_cb, self);
}

static void
on_opened (AvaAudition *self)
{
  self->open = TRUE;
  if (self->making == NULL)
    wait_for_end (self);
}

/* What was not heard is made all the same: that tells how long it takes to say. */
static void
on_failed (AvaAudition *self,
           GError      *error)
{
  set_trouble (self, error->message);
  close_port (self);
  if (self->making == NULL)
    end (self);
}

static void
hear_chunk (const gint16 *pcm,
            gsize         n_samples,
            gsize         text_offset,
            gpointer      user_data)
{
  AvaAudition *self = user_data;

  self->length += n_samples;
  if (self->port != NULL)
    ava_frame_port_write (self->port, pcm, n_samples);
}

static void
spoken_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaAudition) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean spoken = ava_synthesizer_speak_finish (AVA_SYNTHESIZER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->making);
  if (!spoken)
    set_trouble (self, error->message);
  if (spoken)
    wait_for_end (self);
  else
    end (self);
}

static void
open_port (AvaAudition *self)
{
  self->port = ava_device_port_new ();
  g_signal_connect_swapped (self->port, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect_swapped (self->port, "drained", G_CALLBACK (on_drained), self);
  g_signal_connect_swapped (self->port, "failed", G_CALLBACK (on_failed), self);
  ava_frame_port_start (self->port);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaAudition) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean loaded = ava_speech_engines_load_finish (self->engines, result, &error);

  if (self->making == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (!loaded) {
    set_trouble (self, error->message);
    end (self);
    return;
  }
  open_port (self);
  ava_synthesizer_speak_async (ava_speech_engines_get_synthesizer (self->engines), self->text, hear_chunk, self, self->making,
                               spoken_cb, g_object_ref (self));
}

/**
 * ava_audition_play:
 *
 * Speaks @text from its start; what was playing is cut.
 */
void
ava_audition_play (AvaAudition *self,
                   const char  *text)
{
  g_return_if_fail (AVA_IS_AUDITION (self));

  end (self);
  set_trouble (self, NULL);
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  self->length = 0;
  if (*self->text == '\0') {
    set_trouble (self, _("There is nothing to say yet."));
    return;
  }
  self->making = g_cancellable_new ();
  set_playing (self, TRUE);
  ava_speech_engines_load_async (self->engines, self->making, loaded_cb, g_object_ref (self));
}

/**
 * ava_audition_stop:
 *
 * Silences it.
 */
void
ava_audition_stop (AvaAudition *self)
{
  g_return_if_fail (AVA_IS_AUDITION (self));

  end (self);
}

gboolean
ava_audition_is_playing (AvaAudition *self)
{
  return self->playing;
}

const char *
ava_audition_get_trouble (AvaAudition *self)
{
  return self->trouble;
}

gint64
ava_audition_get_length (AvaAudition *self)
{
  return self->length * G_USEC_PER_SEC / AVA_RATE;
}

static void
ava_audition_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  AvaAudition *self = AVA_AUDITION (object);

  switch (prop_id) {
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  case PROP_TROUBLE:
    g_value_set_string (value, self->trouble);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_audition_dispose (GObject *object)
{
  AvaAudition *self = AVA_AUDITION (object);

  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  close_port (self);
  g_clear_object (&self->engines);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (ava_audition_parent_class)->dispose (object);
}

static void
ava_audition_class_init (AvaAuditionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ava_audition_get_property;
  object_class->dispose = ava_audition_dispose;
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_audition_init (AvaAudition *self)
{
}

/**
 * ava_audition_new:
 *
 * Returns: (transfer full): a quiet one
 */
AvaAudition *
ava_audition_new (AvaSpeechEngines *engines)
{
  AvaAudition *self = g_object_new (AVA_TYPE_AUDITION, NULL);

  self->engines = g_object_ref (engines);
  return self;
}
