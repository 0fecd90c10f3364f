/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-ear.h"

#include <string.h>

/* at least 300 ms are kept from before the onset was noticed. */
#define PRE_ROLL_FRAMES 25

struct _AvaEar {
  GObject parent_instance;

  /* Owned References */
  AvaRecognizer *recognizer;
  AvaPacer *pacer;             /* nullable */
  GCancellable *cancellable;   /* nullable: of the recognition under way */
  GByteArray *utterance;       /* S16 */

  gint16 pre_roll[PRE_ROLL_FRAMES][AVA_FRAME_SAMPLES];
  guint pre_roll_next;         /* where the next frame goes */
  guint pre_roll_filled;
  gboolean open;               /* frames belong to the utterance */
};

enum { HEARD, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaEar, ava_ear, G_TYPE_OBJECT)

typedef struct {
  AvaEar *self;
  GCancellable *cancellable;
  clockid_t clock;
  gboolean final;
} Listening;

static void
listening_free (Listening *listening)
{
  if (listening->self->pacer != NULL)
    ava_pacer_release (listening->self->pacer, listening->clock);
  g_object_unref (listening->cancellable);
  g_object_unref (listening->self);
  g_free (listening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listening, listening_free)

static void
recognize_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Listening) listening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaHypothesis) hypothesis = NULL;
  AvaEar *self = listening->self;

  hypothesis = ava_recognizer_recognize_finish (AVA_RECOGNIZER (source), result, &error);
  if (g_cancellable_is_cancelled (listening->cancellable))
    return;
  if (hypothesis == NULL)
    g_warning ("An utterance could not be recognized: %s", error->message);
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[HEARD], 0, hypothesis, listening->final);
}

static void
ava_ear_dispose (GObject *object)
{
  AvaEar *self = AVA_EAR (object);

  ava_ear_cancel (self);
  g_clear_object (&self->recognizer);

  G_OBJECT_CLASS (ava_ear_parent_class)->dispose (object);
}

static void
ava_ear_finalize (GObject *object)
{
  AvaEar *self = AVA_EAR (object);

  g_clear_object (&self->pacer);
  g_byte_array_unref (self->utterance);

  G_OBJECT_CLASS (ava_ear_parent_class)->finalize (object);
}

static void
ava_ear_class_init (AvaEarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_ear_dispose;
  object_class->finalize = ava_ear_finalize;
  signals[HEARD] = g_signal_new ("heard", AVA_TYPE_EAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
}

static void
ava_ear_init (AvaEar *self)
{
  self->utterance = g_byte_array_new ();
}

/**
 * ava_ear_new:
 * @pacer: (nullable): held while an utterance is recognized
 *
 * Returns: (transfer full): an ear that has heard nothing
 */
AvaEar *
ava_ear_new (AvaRecognizer *recognizer,
             AvaPacer      *pacer)
{
  AvaEar *self = g_object_new (AVA_TYPE_EAR, NULL);

  self->recognizer = g_object_ref (recognizer);
  g_set_object (&self->pacer, pacer);
  return self;
}

/**
 * ava_ear_push:
 * @frame: the caller's next 20 ms
 */
void
ava_ear_push (AvaEar         *self,
              const AvaFrame *frame)
{
  memcpy (self->pre_roll[self->pre_roll_next], frame->pcm, AVA_FRAME_BYTES);
  self->pre_roll_next = (self->pre_roll_next + 1) % PRE_ROLL_FRAMES;
  self->pre_roll_filled = MIN (self->pre_roll_filled + 1, PRE_ROLL_FRAMES);
  if (self->open)
    g_byte_array_append (self->utterance, (const guint8 *) frame->pcm, AVA_FRAME_BYTES);
}

/**
 * ava_ear_begin:
 *
 * An utterance begins: it holds the frames from before, too.
 */
void
ava_ear_begin (AvaEar *self)
{
  guint oldest = (self->pre_roll_next + PRE_ROLL_FRAMES - self->pre_roll_filled) % PRE_ROLL_FRAMES;

  g_byte_array_set_size (self->utterance, 0);
  for (guint i = 0; i < self->pre_roll_filled; i++) {
    gint16 *pcm = self->pre_roll[(oldest + i) % PRE_ROLL_FRAMES];

    g_byte_array_append (self->utterance, (const guint8 *) pcm, AVA_FRAME_BYTES);
  }
  self->open = TRUE;
}

/**
 * ava_ear_close:
 *
 * The utterance has ended; it is kept.
 */
void
ava_ear_close (AvaEar *self)
{
  self->open = FALSE;
}

/**
 * ava_ear_reopen:
 *
 * The caller went on: the same utterance continues, what was said meanwhile included.
 */
void
ava_ear_reopen (AvaEar *self)
{
  g_autoptr (GByteArray) before = g_steal_pointer (&self->utterance);

  ava_ear_cancel (self);
  self->utterance = g_byte_array_new ();
  ava_ear_begin (self);
  g_byte_array_prepend (self->utterance, before->data, before->len);
}

/**
 * ava_ear_recognize:
 * @grammar: its name
 * @final: whether the utterance is complete
 *
 * Has the utterance as it stands recognized; an earlier recognition under way is given up.
 */
void
ava_ear_recognize (AvaEar     *self,
                   const char *grammar,
                   gboolean    final)
{
  g_autoptr (GBytes) pcm = g_bytes_new (self->utterance->data, self->utterance->len);
  Listening *listening = g_new0 (Listening, 1);

  ava_ear_cancel (self);
  self->cancellable = g_cancellable_new ();
  listening->self = g_object_ref (self);
  listening->cancellable = g_object_ref (self->cancellable);
  listening->clock = ava_recognizer_get_clock (self->recognizer);
  listening->final = final;
  if (self->pacer != NULL)
    ava_pacer_hold (self->pacer, listening->clock);
  ava_recognizer_recognize_async (self->recognizer, pcm, grammar, self->cancellable,
                                  recognize_cb, listening);
}

/**
 * ava_ear_is_recognizing:
 *
 * Returns: whether a result is to come
 */
gboolean
ava_ear_is_recognizing (AvaEar *self)
{
  return self->cancellable != NULL;
}

/**
 * ava_ear_cancel:
 *
 * A recognition under way is given up: no result comes.
 */
void
ava_ear_cancel (AvaEar *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * ava_ear_get_length_ms:
 *
 * Returns: [ms] of audio in the utterance, what came before its onset included
 */
guint
ava_ear_get_length_ms (AvaEar *self)
{
  return self->utterance->len / AVA_FRAME_BYTES * AVA_FRAME_MS;
}
