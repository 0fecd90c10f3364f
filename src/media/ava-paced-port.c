/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-paced-port.h"

#include <string.h>

/*
 *  [beat thread] --beat--> main: caller() --> "frame"
 *    ^                           written --> played, 320 samples a beat
 *    +------- handled -----------+
 */

#define MOST_BEHIND 100                    /* [beats] that may wait for the main thread: 2 s */
#define UNDERRUN_US (200 * 1000)           /* [us] within which more audio shows that some was late */

struct _AvaPacedPort {
  GObject parent_instance;

  AvaPacer *pacer;
  AvaCallerFunc caller;
  gpointer user_data;
  GMainContext *context;      /* of the thread that started it */
  GThread *thread;            /* nullable */

  /* Main thread */
  GByteArray *queue;          /* S16 written, not yet heard */
  gint64 played;              /* [samples] */
  gint64 beats;
  gint64 dry_us;              /* [us] of audio time when the queue ran dry; 0 when it did not */
  AvaPortStats stats;
  gboolean ended;

  struct {
    GMutex lock;
    GCond handled;
    guint waiting;            /* beats that the main thread has not dealt with */
    guint64 overruns;
    gint stopping;            /* atomic as well, for the pacer */
  } shared;
};

static void port_iface_init (AvaFramePortInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaPacedPort, ava_paced_port, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_FRAME_PORT, port_iface_init))

static void
play (AvaPacedPort *self)
{
  gsize taken = MIN (self->queue->len, AVA_FRAME_BYTES);

  self->stats.frames_out++;
  if (taken == 0)
    return;
  g_byte_array_remove_range (self->queue, 0, taken);
  self->played += taken / sizeof (gint16);
  if (self->queue->len > 0)
    return;
  self->dry_us = self->beats * AVA_FRAME_MS * 1000;
  g_signal_emit_by_name (self, "drained");
}

static gboolean
is_stopping (AvaPacedPort *self)
{
  return g_atomic_int_get (&self->shared.stopping);
}

static void
move_frame (AvaPacedPort *self)
{
  AvaFrame frame = { 0 };

  if (self->beats == 0)
    g_signal_emit_by_name (self, "opened");
  if (is_stopping (self))
    return;
  self->beats++;
  self->stats.frames_in++;
  frame.time_us = self->beats * AVA_FRAME_MS * 1000;
  if (!self->ended && !self->caller (frame.pcm, self->queue->len / sizeof (gint16), self->user_data)) {
    self->ended = TRUE;
    g_signal_emit_by_name (self, "ended");
    return;
  }
  play (self);
  if (!is_stopping (self))
    g_signal_emit_by_name (self, "frame", &frame);
}

static gboolean
handle_beat (gpointer data)
{
  AvaPacedPort *self = data;

  if (!is_stopping (self))
    move_frame (self);
  g_mutex_lock (&self->shared.lock);
  self->shared.waiting--;
  g_cond_broadcast (&self->shared.handled);
  g_mutex_unlock (&self->shared.lock);
  return G_SOURCE_REMOVE;
}

static void
post_beat (AvaPacedPort *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, handle_beat, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

/* Beat thread. */
static gpointer
beat (gpointer data)
{
  AvaPacedPort *self = data;
  gboolean fast = ava_pacer_is_fast (self->pacer);
  gboolean stopping = FALSE;

  while (!stopping) {
    gboolean due = ava_pacer_wait (self->pacer, &self->shared.stopping);

    g_mutex_lock (&self->shared.lock);
    while (fast && self->shared.waiting > 0 && !is_stopping (self))
      g_cond_wait (&self->shared.handled, &self->shared.lock);
    stopping = is_stopping (self);
    if (!due || stopping) {
      /* Only looked whether to stop. */
    } else if (self->shared.waiting >= MOST_BEHIND) {
      self->shared.overruns++;
    } else {
      self->shared.waiting++;
      post_beat (self);
    }
    g_mutex_unlock (&self->shared.lock);
  }
  return NULL;
}

static void
paced_port_start (AvaFramePort *port)
{
  AvaPacedPort *self = AVA_PACED_PORT (port);

  g_return_if_fail (self->thread == NULL);

  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_new ("paced-port", beat, self);
}

static void
paced_port_stop (AvaFramePort *port)
{
  AvaPacedPort *self = AVA_PACED_PORT (port);

  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->shared.lock);
  g_atomic_int_set (&self->shared.stopping, TRUE);
  g_cond_broadcast (&self->shared.handled);
  g_mutex_unlock (&self->shared.lock);
  ava_pacer_wake (self->pacer);   /* so that joining does not last for a frame */
  g_clear_pointer (&self->thread, g_thread_join);
}

static void
paced_port_write (AvaFramePort *port,
                  const gint16 *pcm,
                  gsize         n_samples)
{
  AvaPacedPort *self = AVA_PACED_PORT (port);
  gint64 now_us = self->beats * AVA_FRAME_MS * 1000;

  if (self->queue->len == 0 && self->dry_us != 0 && now_us > self->dry_us &&
      now_us - self->dry_us < UNDERRUN_US)
    self->stats.underruns++;
  self->dry_us = 0;
  g_byte_array_append (self->queue, (const guint8 *) pcm, n_samples * sizeof (gint16));
}

static void
paced_port_flush (AvaFramePort *port)
{
  AvaPacedPort *self = AVA_PACED_PORT (port);

  g_byte_array_set_size (self->queue, 0);
  self->dry_us = 0;
  self->stats.flushes++;
}

static gint64
paced_port_get_played (AvaFramePort *port)
{
  return AVA_PACED_PORT (port)->played;
}

static gint64
paced_port_get_queued (AvaFramePort *port)
{
  return AVA_PACED_PORT (port)->queue->len / sizeof (gint16);
}

static void
paced_port_get_stats (AvaFramePort *port,
                      AvaPortStats *stats)
{
  AvaPacedPort *self = AVA_PACED_PORT (port);

  *stats = self->stats;
  g_mutex_lock (&self->shared.lock);
  stats->overruns = self->shared.overruns;
  g_mutex_unlock (&self->shared.lock);
}

static void
port_iface_init (AvaFramePortInterface *iface)
{
  iface->start = paced_port_start;
  iface->stop = paced_port_stop;
  iface->write = paced_port_write;
  iface->flush = paced_port_flush;
  iface->get_played = paced_port_get_played;
  iface->get_queued = paced_port_get_queued;
  iface->get_stats = paced_port_get_stats;
}

static void
ava_paced_port_dispose (GObject *object)
{
  paced_port_stop (AVA_FRAME_PORT (object));

  G_OBJECT_CLASS (ava_paced_port_parent_class)->dispose (object);
}

static void
ava_paced_port_finalize (GObject *object)
{
  AvaPacedPort *self = AVA_PACED_PORT (object);

  g_clear_object (&self->pacer);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_byte_array_unref (self->queue);
  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.handled);

  G_OBJECT_CLASS (ava_paced_port_parent_class)->finalize (object);
}

static void
ava_paced_port_class_init (AvaPacedPortClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_paced_port_dispose;
  object_class->finalize = ava_paced_port_finalize;
}

static void
ava_paced_port_init (AvaPacedPort *self)
{
  self->queue = g_byte_array_new ();
  g_mutex_init (&self->shared.lock);
  g_cond_init (&self->shared.handled);
}

/**
 * ava_paced_port_new:
 * @caller: gives the caller's audio
 *
 * Returns: (transfer full): a port that has not started
 */
AvaFramePort *
ava_paced_port_new (AvaPacer      *pacer,
                    AvaCallerFunc  caller,
                    gpointer       user_data)
{
  AvaPacedPort *self = g_object_new (AVA_TYPE_PACED_PORT, NULL);

  self->pacer = g_object_ref (pacer);
  self->caller = caller;
  self->user_data = user_data;
  return AVA_FRAME_PORT (self);
}
