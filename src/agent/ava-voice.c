/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-voice.h"

/*
 *  speak() --> [piece] [piece] ... --> synthesizer (worker) --> "audio" --> playout
 *                 ^                                                            |
 *                 +------------- hear(): samples heard so far -----------------+
 */

struct _AvaVoice {
  GObject parent_instance;

  /* Owned References */
  AvaSynthesizer *synthesizer;
  AvaPacer *pacer;             /* nullable */
  GCancellable *cancellable;   /* of everything that is being made */
  AvaSpoken *interrupted;      /* nullable: what can be resumed */
  GQueue pieces;               /* AvaSpoken not yet all heard, in order */

  gint64 played;               /* [samples] heard */
  gint64 written;              /* [samples] heard or waiting */
  gboolean was_flushed;        /* a device may have played a little more: count anew */
};

enum { AUDIO, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaVoice, ava_voice, G_TYPE_OBJECT)

/* One piece being made. It may be flushed meanwhile: then it is no longer among the pieces. */
typedef struct {
  AvaVoice *self;
  AvaSpoken *spoken;           /* borrowed, see above */
  GCancellable *cancellable;
  clockid_t clock;
} Making;

static void
making_free (Making *making)
{
  if (making->self->pacer != NULL)
    ava_pacer_release (making->self->pacer, making->clock);
  g_object_unref (making->cancellable);
  g_object_unref (making->self);
  g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
take_chunk (const gint16 *pcm,
            gsize         n_samples,
            gsize         text_offset,
            gpointer      user_data)
{
  Making *making = user_data;
  AvaVoice *self = making->self;

  if (g_cancellable_is_cancelled (making->cancellable))
    return;
  self->was_flushed = FALSE;
  if (!ava_spoken_has_audio (making->spoken))
    ava_spoken_place (making->spoken, self->written);
  ava_spoken_add (making->spoken, n_samples, text_offset);
  self->written += n_samples;
  g_signal_emit (self, signals[AUDIO], 0, pcm, (guint) n_samples);
}

static void
speak_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Making) making = user_data;
  g_autoptr (GError) error = NULL;
  gboolean made = ava_synthesizer_speak_finish (AVA_SYNTHESIZER (source), result, &error);

  if (g_cancellable_is_cancelled (making->cancellable))
    return;
  ava_spoken_close (making->spoken);
  if (!made)
    g_signal_emit (making->self, signals[FAILED], 0, error->message);
}

static void
make (AvaVoice  *self,
      AvaSpoken *spoken)
{
  Making *making = g_new0 (Making, 1);

  making->self = g_object_ref (self);
  making->spoken = spoken;
  making->cancellable = g_object_ref (self->cancellable);
  making->clock = ava_synthesizer_get_clock (self->synthesizer);
  if (self->pacer != NULL)
    ava_pacer_hold (self->pacer, making->clock);
  g_queue_push_tail (&self->pieces, spoken);
  ava_synthesizer_speak_async (self->synthesizer, ava_spoken_get_text (spoken), take_chunk, making,
                               making->cancellable, speak_cb, making);
}

static void
ava_voice_dispose (GObject *object)
{
  AvaVoice *self = AVA_VOICE (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->pieces, (GDestroyNotify) ava_spoken_free);
  g_clear_pointer (&self->interrupted, ava_spoken_free);
  g_clear_object (&self->synthesizer);
  g_clear_object (&self->pacer);

  G_OBJECT_CLASS (ava_voice_parent_class)->dispose (object);
}

static void
ava_voice_finalize (GObject *object)
{
  g_clear_object (&AVA_VOICE (object)->cancellable);
  G_OBJECT_CLASS (ava_voice_parent_class)->finalize (object);
}

static void
ava_voice_class_init (AvaVoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_voice_dispose;
  object_class->finalize = ava_voice_finalize;
  signals[AUDIO] = g_signal_new ("audio", AVA_TYPE_VOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", AVA_TYPE_VOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_voice_init (AvaVoice *self)
{
  g_queue_init (&self->pieces);
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_voice_new:
 * @pacer: (nullable): held while audio is being made
 *
 * Returns: (transfer full): a silent voice
 */
AvaVoice *
ava_voice_new (AvaSynthesizer *synthesizer,
               AvaPacer       *pacer)
{
  AvaVoice *self = g_object_new (AVA_TYPE_VOICE, NULL);

  self->synthesizer = g_object_ref (synthesizer);
  g_set_object (&self->pacer, pacer);
  return self;
}

/**
 * ava_voice_speak:
 * @item: the row of the transcript that shows it
 *
 * Says @text after all that is still to be said.
 */
void
ava_voice_speak (AvaVoice          *self,
                 AvaTranscriptItem *item,
                 const char        *text)
{
  g_return_if_fail (AVA_IS_VOICE (self));

  g_clear_pointer (&self->interrupted, ava_spoken_free);
  make (self, ava_spoken_new (item, text, self->written));
}

/**
 * ava_voice_hear:
 * @played: [samples] heard since the call began
 * @queued: [samples] that wait
 * @now_us: [us] since the call began
 */
void
ava_voice_hear (AvaVoice *self,
                gint64    played,
                gint64    queued,
                gint64    now_us)
{
  AvaSpoken *spoken;

  if (self->was_flushed) {
    self->written = played + queued;
    self->was_flushed = FALSE;
  }
  self->played = played;
  while ((spoken = g_queue_peek_head (&self->pieces)) != NULL) {
    if (!ava_spoken_hear (spoken, played, now_us))
      break;
    ava_spoken_free (g_queue_pop_head (&self->pieces));
  }
}

/**
 * ava_voice_interrupt:
 * @now_us: [us] since the call began
 *
 * What waits is dropped; the caller of this silences the playout. What was not heard can be
 * resumed until something else is said.
 */
void
ava_voice_interrupt (AvaVoice *self,
                     gint64    now_us)
{
  AvaSpoken *spoken;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->written = self->played;
  self->was_flushed = TRUE;
  g_clear_pointer (&self->interrupted, ava_spoken_free);

  while ((spoken = g_queue_pop_head (&self->pieces)) != NULL) {
    ava_spoken_interrupt (spoken, self->played, now_us);
    if (self->interrupted == NULL && ava_spoken_has_rest (spoken))
      self->interrupted = spoken;
    else
      ava_spoken_free (spoken);
  }
}

/**
 * ava_voice_resume:
 *
 * The interruption was a false alarm: says what was not heard.
 *
 * Returns: whether there was something
 */
gboolean
ava_voice_resume (AvaVoice *self)
{
  g_autoptr (AvaSpoken) interrupted = g_steal_pointer (&self->interrupted);

  if (interrupted == NULL)
    return FALSE;
  make (self, ava_spoken_new_rest (interrupted));
  return TRUE;
}

/**
 * ava_voice_forget:
 *
 * The interruption was real: nothing is to be resumed.
 */
void
ava_voice_forget (AvaVoice *self)
{
  g_clear_pointer (&self->interrupted, ava_spoken_free);
}

/**
 * ava_voice_is_busy:
 *
 * Returns: whether something is still to be made or heard
 */
gboolean
ava_voice_is_busy (AvaVoice *self)
{
  return !g_queue_is_empty (&self->pieces);
}
