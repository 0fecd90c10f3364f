/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-follow-up.h"

G_DEFINE_FINAL_TYPE (AvaFollowUp, ava_follow_up, G_TYPE_OBJECT)

static void
ava_follow_up_finalize (GObject *object)
{
  AvaFollowUp *self = AVA_FOLLOW_UP (object);

  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->text);
  g_free (self->customer_id);
  g_free (self->call_id);

  G_OBJECT_CLASS (ava_follow_up_parent_class)->finalize (object);
}

static void
ava_follow_up_class_init (AvaFollowUpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_follow_up_finalize;
}

static void
ava_follow_up_init (AvaFollowUp *self)
{
}

/**
 * ava_follow_up_new:
 *
 * Returns: (transfer full): one to be filled
 */
AvaFollowUp *
ava_follow_up_new (void)
{
  return g_object_new (AVA_TYPE_FOLLOW_UP, NULL);
}
