/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-line-call.h"

#include "ava-audio-file.h"
#include "ava-device-port.h"

/* Whoever sits at the desk is the caller: for practice, and for a phone held to the microphone. */

struct _AvaDeskCall {
  GObject parent_instance;

  AvaFramePort *port;
};

#define AVA_TYPE_DESK_CALL (ava_desk_call_get_type ())
G_DECLARE_FINAL_TYPE (AvaDeskCall, ava_desk_call, AVA, DESK_CALL, GObject)

static void line_call_iface_init (AvaLineCallInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaDeskCall, ava_desk_call, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_LINE_CALL, line_call_iface_init))

static AvaFramePort *
desk_call_get_port (AvaLineCall *call)
{
  return AVA_DESK_CALL (call)->port;
}

static const char *
desk_call_get_kind (AvaLineCall *call)
{
  return "desk";
}

static const char *
desk_call_get_phone (AvaLineCall *call)
{
  return NULL;
}

static AvaPacer *
desk_call_get_pacer (AvaLineCall *call)
{
  return NULL;
}

static void
desk_call_hang_up (AvaLineCall *call)
{
  ava_frame_port_stop (AVA_DESK_CALL (call)->port);
}

static void
line_call_iface_init (AvaLineCallInterface *iface)
{
  iface->get_port = desk_call_get_port;
  iface->get_kind = desk_call_get_kind;
  iface->get_phone = desk_call_get_phone;
  iface->get_pacer = desk_call_get_pacer;
  iface->hang_up = desk_call_hang_up;
}

static void
ava_desk_call_dispose (GObject *object)
{
  AvaDeskCall *self = AVA_DESK_CALL (object);

  if (self->port != NULL)
    ava_frame_port_stop (self->port);
  g_clear_object (&self->port);

  G_OBJECT_CLASS (ava_desk_call_parent_class)->dispose (object);
}

static void
ava_desk_call_class_init (AvaDeskCallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_desk_call_dispose;
}

static void
ava_desk_call_init (AvaDeskCall *self)
{
}

static void
on_port_ended (AvaDeskCall *self)
{
  g_signal_emit_by_name (self, "ended", "the microphone was closed");
}

/**
 * ava_desk_call_new:
 *
 * Returns: (transfer full): a call; whether there are a microphone and a speaker shows when its port starts
 */
AvaLineCall *
ava_desk_call_new (void)
{
  g_autoptr (AvaDeskCall) self = g_object_new (AVA_TYPE_DESK_CALL, NULL);

  self->port = ava_device_port_new ();
  g_signal_connect_object (self->port, "ended", G_CALLBACK (on_port_ended), self, G_CONNECT_SWAPPED);
  return AVA_LINE_CALL (g_steal_pointer (&self));
}
