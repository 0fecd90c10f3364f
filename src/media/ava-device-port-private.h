/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-device-port.h"

G_BEGIN_DECLS

/* For the port and its tests: how long no frame may come before the device counts as hung. */
void ava_device_port_set_patience (AvaFramePort *port,
                                   guint         ms);

G_END_DECLS
