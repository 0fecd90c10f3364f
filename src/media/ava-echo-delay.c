/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-echo-delay.h"

#include "ava-frame.h"

#include <math.h>

/*
 *  played     ▁▃▇▅▁▁▂▆▇▂▁     loudness of every 10 ms
 *  heard      ▁▁▁▁▃▇▅▁▁▂▆     the shift at which both go together is the delay
 */

#define SLOT_US 10000
#define SLOTS 512               /* kept: 5 s */
#define MOST_LAG 45             /* [slots] */
#define WINDOW 100              /* [slots] that are compared, at most */
#define LEAST_COMPARED 45       /* [slots] of sound that are needed */
#define GIVE_UP 120             /* [slots] of sound without an echo */
#define LOOK_EVERY 5            /* [slots] */
#define SURE 0.8                /* correlation of an echo */
#define FLOOR 1000.0            /* power below which it is silence */
#define SOUND 5.0               /* log10 of the power of a sound */

typedef struct {
  double power[SLOTS];
  gint64 newest;                /* slot; -1 before the first */
} Track;

struct _AvaEchoDelay {
  GMutex lock;
  Track played;
  Track heard;
  guint sounds;                 /* [slots] of sound played so far */
  gint64 last_sound;            /* slot */
  AvaEchoState state;
  gint64 delay_us;
};

/**
 * ava_echo_delay_new:
 *
 * Returns: (transfer full): one that knows nothing yet
 */
AvaEchoDelay *
ava_echo_delay_new (void)
{
  AvaEchoDelay *self = g_new0 (AvaEchoDelay, 1);

  g_mutex_init (&self->lock);
  self->played.newest = self->heard.newest = -1;
  self->last_sound = -SLOTS;
  return self;
}

/**
 * ava_echo_delay_free:
 * @self: (transfer full) (nullable):
 */
void
ava_echo_delay_free (AvaEchoDelay *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

static double
get_loudness (const Track *track,
              gint64       slot)
{
  if (slot < 0 || slot > track->newest || slot <= track->newest - SLOTS)
    return log10 (FLOOR);
  return log10 (FLOOR + track->power[slot % SLOTS]);
}

static void
add_samples (Track        *track,
             const gint16 *pcm,
             gsize         n_samples,
             gint64        time_us)
{
  for (gsize i = 0; i < n_samples; i++) {
    gint64 slot = (time_us + (gint64) i * G_USEC_PER_SEC / AVA_RATE) / SLOT_US;

    if (slot < 0)
      continue;
    while (track->newest < slot)
      track->power[++track->newest % SLOTS] = 0;
    track->power[slot % SLOTS] += (double) pcm[i] * pcm[i] / (AVA_RATE / (G_USEC_PER_SEC / SLOT_US));
  }
}

/* How well what was heard until @last goes together with what was played @lag before: -1 … 1. */
static double
correlate (AvaEchoDelay *self,
           gint64        last,
           guint         lag,
           guint         window)
{
  double x = 0;
  double y = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;

  for (guint i = 0; i < window; i++) {
    double a = get_loudness (&self->played, last - i - lag);
    double b = get_loudness (&self->heard, last - i);

    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  xx -= x * x / window;
  yy -= y * y / window;
  xy -= x * y / window;
  return xx > 0.5 && yy > 0.5 ? xy / sqrt (xx * yy) : 0;
}

static void
look_for_echo (AvaEchoDelay *self)
{
  gint64 last = MIN (self->heard.newest, self->played.newest) - 1;
  guint window = MIN (WINDOW, MAX (last, 0));
  double best = -1;
  guint best_lag = 0;

  if (self->sounds < LEAST_COMPARED)
    return;
  for (guint lag = 0; lag <= MOST_LAG; lag++) {
    double fit = correlate (self, last, lag, window);

    if (fit > best) {
      best = fit;
      best_lag = lag;
    }
  }
  if (best >= SURE) {
    self->state = AVA_ECHO_FOUND;
    self->delay_us = (gint64) best_lag * SLOT_US;
  } else if (self->state == AVA_ECHO_LEARNING && self->sounds >= GIVE_UP) {
    self->state = AVA_ECHO_NONE;
  }
}

/**
 * ava_echo_delay_play:
 * @time_us: [us] on the clock of both, when @pcm is played
 */
void
ava_echo_delay_play (AvaEchoDelay *self,
                     const gint16 *pcm,
                     gsize         n_samples,
                     gint64        time_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 before = self->played.newest;

  add_samples (&self->played, pcm, n_samples, time_us);
  for (gint64 slot = MAX (before, 0); slot < self->played.newest; slot++) {
    if (get_loudness (&self->played, slot) < SOUND)
      continue;
    self->sounds++;
    self->last_sound = slot;
  }
}

/**
 * ava_echo_delay_hear:
 * @time_us: [us] on the clock of both, when @pcm was taken up
 */
void
ava_echo_delay_hear (AvaEchoDelay *self,
                     const gint16 *pcm,
                     gsize         n_samples,
                     gint64        time_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 before = self->heard.newest;

  add_samples (&self->heard, pcm, n_samples, time_us);
  if (self->state != AVA_ECHO_FOUND && self->heard.newest / LOOK_EVERY != before / LOOK_EVERY)
    look_for_echo (self);
}

/**
 * ava_echo_delay_get_state:
 * @delay_us: (out): [us] when it was found
 *
 * Returns: what is known
 */
AvaEchoState
ava_echo_delay_get_state (AvaEchoDelay *self,
                          gint64       *delay_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *delay_us = self->delay_us;
  return self->state;
}

/**
 * ava_echo_delay_is_deaf:
 *
 * Returns: whether something is played, or was a moment ago, and its echo cannot be told from a caller
 *   yet: for the first second or two of the first words
 */
gboolean
ava_echo_delay_is_deaf (AvaEchoDelay *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state == AVA_ECHO_LEARNING && self->heard.newest - self->last_sound <= MOST_LAG;
}
