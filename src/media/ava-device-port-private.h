/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-device-port.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* For the port and its tests. */
GstElement *ava_device_port_make_pipeline (const char  *source,
                                           const char  *sink,
                                           GError     **error);

G_END_DECLS
