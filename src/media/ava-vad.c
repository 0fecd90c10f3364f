/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-vad.h"

G_DEFINE_INTERFACE (AvaVad, ava_vad, G_TYPE_OBJECT)

static void
ava_vad_default_init (AvaVadInterface *iface)
{
}

/**
 * ava_vad_process:
 * @frame: the next 20 ms
 *
 * Returns: the probability that it holds speech, 0..1
 */
double
ava_vad_process (AvaVad         *self,
                 const AvaFrame *frame)
{
  return AVA_VAD_GET_IFACE (self)->process (self, frame);
}

/**
 * ava_vad_reset:
 *
 * Forgets what it learned of the line.
 */
void
ava_vad_reset (AvaVad *self)
{
  AVA_VAD_GET_IFACE (self)->reset (self);
}
