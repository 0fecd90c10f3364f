/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-slot.h"

/**
 * ava_busy_new:
 *
 * Returns: (transfer full): an empty one
 */
AvaBusy *
ava_busy_new (void)
{
  return g_new0 (AvaBusy, 1);
}

/**
 * ava_busy_free:
 * @self: (transfer full) (nullable):
 */
void
ava_busy_free (AvaBusy *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->device_id);
  g_free (self->service_id);
  g_free (self->customer_id);
  g_free (self->what);
  g_free (self);
}

/**
 * ava_slot_new:
 *
 * Returns: (transfer full): an empty one
 */
AvaSlot *
ava_slot_new (void)
{
  return g_new0 (AvaSlot, 1);
}

/**
 * ava_slot_copy:
 *
 * Returns: (transfer full): a copy that owns its strings
 */
AvaSlot *
ava_slot_copy (const AvaSlot *self)
{
  AvaSlot *copy = g_memdup2 (self, sizeof *self);

  copy->service_id = g_strdup (self->service_id);
  copy->provider_id = g_strdup (self->provider_id);
  copy->room_id = g_strdup (self->room_id);
  copy->device_id = g_strdup (self->device_id);
  return copy;
}

/**
 * ava_slot_free:
 * @self: (transfer full) (nullable):
 */
void
ava_slot_free (AvaSlot *self)
{
  if (self == NULL)
    return;
  g_free (self->service_id);
  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->device_id);
  g_free (self);
}
