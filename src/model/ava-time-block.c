/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-time-block.h"

/* Returns: (transfer full): an empty one, to be filled */
AvaTimeBlock *
ava_time_block_new (void)
{
  return g_new0 (AvaTimeBlock, 1);
}

/**
 * ava_time_block_free:
 * @self: (transfer full) (nullable):
 */
void
ava_time_block_free (AvaTimeBlock *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->reason);
  g_free (self);
}
