/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-clock.h"

G_DEFINE_INTERFACE (AvaClock, ava_clock, G_TYPE_OBJECT)

static void
ava_clock_default_init (AvaClockInterface *iface)
{
}

/**
 * ava_clock_now_us:
 *
 * Returns: the present instant in microseconds since 1970-01-01 UTC
 */
gint64
ava_clock_now_us (AvaClock *self)
{
  g_return_val_if_fail (AVA_IS_CLOCK (self), 0);

  return AVA_CLOCK_GET_IFACE (self)->now_us (self);
}

struct _AvaSystemClock {
  GObject parent_instance;
};

static gint64
system_now_us (AvaClock *clock)
{
  return g_get_real_time ();
}

static void
system_clock_iface_init (AvaClockInterface *iface)
{
  iface->now_us = system_now_us;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaSystemClock, ava_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_CLOCK, system_clock_iface_init))

static void
ava_system_clock_class_init (AvaSystemClockClass *klass)
{
}

static void
ava_system_clock_init (AvaSystemClock *self)
{
}

/**
 * ava_system_clock_new:
 *
 * Returns: (transfer full): the machine's clock
 */
AvaClock *
ava_system_clock_new (void)
{
  return g_object_new (AVA_TYPE_SYSTEM_CLOCK, NULL);
}

struct _AvaVirtualClock {
  GObject parent_instance;
  GMutex lock;
  gint64 now_us;      /* [us] since 1970 UTC, at started_us */
  gint64 started_us;  /* [us] monotonic; 0 when it stands still */
};

static gint64
virtual_now_us (AvaClock *clock)
{
  AvaVirtualClock *self = AVA_VIRTUAL_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->started_us == 0)
    return self->now_us;
  return self->now_us + g_get_monotonic_time () - self->started_us;
}

static void
virtual_clock_iface_init (AvaClockInterface *iface)
{
  iface->now_us = virtual_now_us;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaVirtualClock, ava_virtual_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_CLOCK, virtual_clock_iface_init))

static void
ava_virtual_clock_finalize (GObject *object)
{
  g_mutex_clear (&AVA_VIRTUAL_CLOCK (object)->lock);
  G_OBJECT_CLASS (ava_virtual_clock_parent_class)->finalize (object);
}

static void
ava_virtual_clock_class_init (AvaVirtualClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_virtual_clock_finalize;
}

static void
ava_virtual_clock_init (AvaVirtualClock *self)
{
  g_mutex_init (&self->lock);
}

/**
 * ava_virtual_clock_new:
 * @now_us: where it starts, microseconds since 1970-01-01 UTC
 * @running: whether it then moves with the machine's monotonic clock
 *
 * Returns: (transfer full): a new clock
 */
AvaClock *
ava_virtual_clock_new (gint64   now_us,
                       gboolean running)
{
  AvaVirtualClock *self = g_object_new (AVA_TYPE_VIRTUAL_CLOCK, NULL);

  self->now_us = now_us;
  self->started_us = running ? g_get_monotonic_time () : 0;
  return AVA_CLOCK (self);
}

/**
 * ava_virtual_clock_advance:
 * @by_us: microseconds to move forward
 */
void
ava_virtual_clock_advance (AvaVirtualClock *self,
                           gint64           by_us)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (AVA_IS_VIRTUAL_CLOCK (self));

  locker = g_mutex_locker_new (&self->lock);
  self->now_us += by_us;
}
