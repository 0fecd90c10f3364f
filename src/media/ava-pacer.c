/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-pacer.h"

#include "ava-frame.h"

/* Somebody at work since @from_us of the pacer's time. */
typedef struct {
  clockid_t clock;       /* computing time of who works */
  gint64 from_us;
  gint64 began_us;       /* [us] of @clock */
  gint64 marked_us;      /* [us] of @clock, when it last was seen to work */
  gint64 progress_us;    /* [us] monotonic, when that was */
} Hold;

struct _AvaPacer {
  GObject parent_instance;

  gboolean fast;        /* constant */

  struct {
    GMutex lock;
    GCond changed;
    GArray *holds;      /* Hold */
    guint pauses;
    gint64 next_us;     /* [us] when the next frame is due: monotonic, or in fast time since the first frame */
  } shared;
};

G_DEFINE_FINAL_TYPE (AvaPacer, ava_pacer, G_TYPE_OBJECT)

#define FRAME_US (AVA_FRAME_MS * 1000)
#define LATEST_US (10 * FRAME_US)    /* [us] behind which lost time is not made up for */
#define LOOK_US 1000                 /* [us] between looks at the clocks of those who work */
#define STUCK_US (2 * G_USEC_PER_SEC)  /* [us] of hardly any computing after which waiting is charged too */
#define WORK_US FRAME_US             /* [us] of computing in that time that is not hardly any */

static void
ava_pacer_finalize (GObject *object)
{
  AvaPacer *self = AVA_PACER (object);

  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.changed);
  g_array_unref (self->shared.holds);

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
  g_cond_init (&self->shared.changed);
  self->shared.holds = g_array_new (FALSE, FALSE, sizeof (Hold));
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

static gint64
read_clock (clockid_t clock)
{
  struct timespec time = { 0 };

  /* The clock of a thread that has ended cannot be read. */
  if (clock_gettime (clock, &time) != 0)
    return 0;
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* [us] of the pacer's time that @hold has come to. */
static gint64
get_hold_time (Hold *hold)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 cpu_us = read_clock (hold->clock);

  if (cpu_us >= hold->marked_us + WORK_US) {
    hold->marked_us = cpu_us;
    hold->progress_us = now_us;
  }
  return hold->from_us + MAX (0, cpu_us - hold->began_us) + MAX (0, now_us - hold->progress_us - STUCK_US);
}

/* Fast time: at once, unless somebody works and has not yet computed for as long as a frame lasts. */
static gboolean
is_due (AvaPacer *self)
{
  gint64 time_us = self->shared.holds->len > 0 ? 0 : self->shared.next_us;

  for (guint i = 0; i < self->shared.holds->len; i++)
    time_us = MAX (time_us, get_hold_time (&g_array_index (self->shared.holds, Hold, i)));
  return time_us >= self->shared.next_us;
}

static void
wait_in_fast_time (AvaPacer   *self,
                   const gint *stop)
{
  while (!g_atomic_int_get (stop) && !is_due (self))
    g_cond_wait_until (&self->shared.changed, &self->shared.lock, g_get_monotonic_time () + LOOK_US);
}

static void
wait_in_real_time (AvaPacer   *self,
                   const gint *stop)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->shared.next_us == 0 || self->shared.next_us < now_us - LATEST_US)
    self->shared.next_us = now_us;
  while (!g_atomic_int_get (stop) && g_get_monotonic_time () < self->shared.next_us)
    g_cond_wait_until (&self->shared.changed, &self->shared.lock, self->shared.next_us);
}

/**
 * ava_pacer_wait:
 * @stop: atomic; set before ava_pacer_wake() it ends the waiting
 *
 * Any thread but main. Blocks until the next frame is due, or for a frame while it is paused.
 *
 * Returns: whether a frame is due
 */
gboolean
ava_pacer_wait (AvaPacer   *self,
                const gint *stop)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  if (self->shared.pauses > 0 && !g_atomic_int_get (stop))
    g_cond_wait_until (&self->shared.changed, &self->shared.lock, g_get_monotonic_time () + FRAME_US);
  if (self->shared.pauses > 0)
    return FALSE;
  if (self->fast)
    wait_in_fast_time (self, stop);
  else
    wait_in_real_time (self, stop);
  if (g_atomic_int_get (stop))
    return FALSE;
  self->shared.next_us += FRAME_US;
  return TRUE;
}

/**
 * ava_pacer_wake:
 *
 * Whoever waits looks at once whether to stop.
 */
void
ava_pacer_wake (AvaPacer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);

  g_cond_broadcast (&self->shared.changed);
}

/**
 * ava_pacer_hold:
 * @clock: of the thread that works; CLOCK_PROCESS_CPUTIME_ID when it is not known
 *
 * Somebody works: in fast time, frames come as that work is computed, until ava_pacer_release().
 */
void
ava_pacer_hold (AvaPacer  *self,
                clockid_t  clock)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  gint64 cpu_us = read_clock (clock);
  Hold hold = {
    .clock = clock,
    .from_us = self->shared.next_us - FRAME_US,
    .began_us = cpu_us,
    .marked_us = cpu_us,
    .progress_us = g_get_monotonic_time (),
  };

  g_array_append_val (self->shared.holds, hold);
}

/**
 * ava_pacer_release:
 * @clock: as it was given to ava_pacer_hold()
 *
 * The work of the earliest ava_pacer_hold() with @clock is done.
 */
void
ava_pacer_release (AvaPacer  *self,
                   clockid_t  clock)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared.lock);
  GArray *holds = self->shared.holds;
  guint i = 0;

  while (i < holds->len && g_array_index (holds, Hold, i).clock != clock)
    i++;
  g_return_if_fail (i < holds->len);

  g_array_remove_index (holds, i);
  g_cond_broadcast (&self->shared.changed);
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
  g_cond_broadcast (&self->shared.changed);
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
