/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame-port.h"

G_BEGIN_DECLS

/**
 * AvaDevicePort:
 *
 * The desk's microphone and speaker through one GStreamer pipeline, with echo cancellation. A device that is unplugged is
 * replaced by what is there then; one that gives no sound for some seconds, at the start or later, has failed.
 * AVA_AUDIO_SRC and AVA_AUDIO_SINK replace the devices by other elements (gst-launch form).
 */
#define AVA_TYPE_DEVICE_PORT (ava_device_port_get_type ())
G_DECLARE_FINAL_TYPE (AvaDevicePort, ava_device_port, AVA, DEVICE_PORT, GObject)

AvaFramePort *ava_device_port_new (void);

G_END_DECLS
