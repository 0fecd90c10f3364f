/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-duplicate.h"

/* Returns: (transfer full): the two, the one that was here more often first */
AvaDuplicate *
ava_duplicate_new (AvaCustomer *one,
                   AvaCustomer *other,
                   AvaSame      reasons)
{
  AvaDuplicate *self = g_new0 (AvaDuplicate, 1);
  gboolean in_order = one->visits != other->visits ? one->visits > other->visits : one->created_us <= other->created_us;

  self->one = g_object_ref (in_order ? one : other);
  self->other = g_object_ref (in_order ? other : one);
  self->reasons = reasons;
  return self;
}

void
ava_duplicate_free (AvaDuplicate *self)
{
  g_object_unref (self->one);
  g_object_unref (self->other);
  g_free (self);
}
