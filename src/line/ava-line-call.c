/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-line-call.h"

G_DEFINE_QUARK (ava-line-error, ava_line_error)
G_DEFINE_INTERFACE (AvaLineCall, ava_line_call, G_TYPE_OBJECT)

static void
ava_line_call_default_init (AvaLineCallInterface *iface)
{
  g_signal_new ("ended", AVA_TYPE_LINE_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

/**
 * ava_line_call_get_port:
 *
 * Returns: (transfer none): what carries its audio
 */
AvaFramePort *
ava_line_call_get_port (AvaLineCall *self)
{
  return AVA_LINE_CALL_GET_IFACE (self)->get_port (self);
}

/**
 * ava_line_call_get_kind:
 *
 * Returns: "desk", "file", "simulated" or "sip"
 */
const char *
ava_line_call_get_kind (AvaLineCall *self)
{
  return AVA_LINE_CALL_GET_IFACE (self)->get_kind (self);
}

/**
 * ava_line_call_get_phone:
 *
 * Returns: (nullable): the caller id, E.164
 */
const char *
ava_line_call_get_phone (AvaLineCall *self)
{
  return AVA_LINE_CALL_GET_IFACE (self)->get_phone (self);
}

/**
 * ava_line_call_get_pacer:
 *
 * Returns: (transfer none) (nullable): what beats its time; %NULL when a device does
 */
AvaPacer *
ava_line_call_get_pacer (AvaLineCall *self)
{
  return AVA_LINE_CALL_GET_IFACE (self)->get_pacer (self);
}

/**
 * ava_line_call_caption:
 * @text: what Ava begins to say
 * @expect: what she wants to know
 *
 * For callers who read along; nothing for all others.
 */
void
ava_line_call_caption (AvaLineCall *self,
                       const char  *text,
                       const char  *expect)
{
  if (AVA_LINE_CALL_GET_IFACE (self)->caption != NULL)
    AVA_LINE_CALL_GET_IFACE (self)->caption (self, text, expect);
}

/**
 * ava_line_call_hang_up:
 *
 * Ends it from our side; "ended" is not emitted.
 */
void
ava_line_call_hang_up (AvaLineCall *self)
{
  AVA_LINE_CALL_GET_IFACE (self)->hang_up (self);
}
