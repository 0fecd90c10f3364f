/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-pacer.h"

#include "ava-frame.h"

struct _AvaPacer {
  GObject parent_instance;

  gboolean fast;        /* constant */

  struct {
    GMutex lock;
    GCond released;
    guint holds;
    guint pauses;
    gint64 next_us;     /* [us] monotonic, when the next frame is due; 0 before the first */
  } shared;
};

G_DEFINE_FINAL_TYPE (AvaPacer, ava_pacer, G_TYPE_OBJECT)

#define FRAME_US (AVA_FRAME_MS * 1000)
#define LATEST_US (10 * FRAME_US)    /* [us] behind which lost time is not made up for */

static void
ava_pacer_finalize (GObject *object)
{
  AvaPacer *self = AVA_PACER (object);

  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.released);

  G_OBJECT_CLASS (ava_pacer_parent_class)->finalize (object);
}

static void
ava_pacer_class_init (AvaPacerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_pacer_finalize;
}

static void
ava_pacer_init (AvaPacer *self)
{
  g_mutex_init (&self->shared.lock);
  g_cond_init (&self->shared.released);
}

/**
 * ava_pacer_new:
 * @fast: whether frames follow one another at once while nobody holds the pacer
 *
 * Returns: (transfer full): a new pacer
 */
AvaPacer *
ava_pacer_new (gboolean fast)
{
  AvaPacer *self = g_object_new (AVA_TYPE_PACER, NULL);

  self->fast = fast;
  return self;
}

/**
 * ava_pacer_wait:
 *
 * Any thread but main. Blocks until the next frame is due, or for a frame while it is paused.
 *
 * Returns: whether a frame is due
 */
gboolean
ava_pacer_wait (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 now_us = g_get_monotonic_time ();

  if (self->shared.pauses > 0)
    g_cond_wait_until (&self->shared.released, &self->shared.lock, now_us + FRAME_US);
  if (self->shared.pauses > 0)
    return FALSE;
  if (self->shared.next_us == 0 || self->shared.next_us < now_us - LATEST_US)
    self->shared.next_us = now_us;
  while (!self->fast || self->shared.holds > 0) {
    if (g_get_monotonic_time () >= self->shared.next_us)
      break;
    g_cond_wait_until (&self->shared.released, &self->shared.lock, self->shared.next_us);
  }
  if (self->fast && self->shared.holds == 0)
    self->shared.next_us = g_get_monotonic_time ();
  self->shared.next_us += FRAME_US;
  return TRUE;
}

/**
 * ava_pacer_hold:
 *
 * Somebody works: frames come in real time until ava_pacer_release().
 */
void
ava_pacer_hold (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  self->shared.holds++;
}

/**
 * ava_pacer_release:
 *
 * The work of one ava_pacer_hold() is done.
 */
void
ava_pacer_release (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  g_return_if_fail (self->shared.holds > 0);

  self->shared.holds--;
  g_cond_broadcast (&self->shared.released);
}

/**
 * ava_pacer_pause:
 *
 * No frame is due until ava_pacer_resume(): the caller has not dialled yet.
 */
void
ava_pacer_pause (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  self->shared.pauses++;
}

/**
 * ava_pacer_resume:
 *
 * Ends one ava_pacer_pause().
 */
void
ava_pacer_resume (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  g_return_if_fail (self->shared.pauses > 0);

  self->shared.pauses--;
  g_cond_broadcast (&self->shared.released);
}

/**
 * ava_pacer_is_fast:
 *
 * Returns: whether it was made fast
 */
gboolean
ava_pacer_is_fast (AvaPacer *self)
{
  return self->fast;
}
