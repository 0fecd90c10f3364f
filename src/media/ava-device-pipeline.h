/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-device-stream.h"

G_BEGIN_DECLS

GstElement *ava_device_pipeline_make (const char       *source,
                                      const char       *sink,
                                      GError          **error);
GstElement *ava_device_pipeline_open (AvaDeviceStream  *stream,
                                      const char       *source,   /* nullable */
                                      const char       *sink,     /* nullable */
                                      GError          **error);

G_END_DECLS
