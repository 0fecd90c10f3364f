/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which elements stand for the desk's microphone and speaker; in words when there is none. After gst_init(). */
gboolean    ava_device_has_plugin    (const char  *name);
const char *ava_device_choose_source (const char  *wanted,
                                      GError     **error);
const char *ava_device_choose_sink   (const char  *wanted,
                                      GError     **error);

G_END_DECLS
