/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Makes GStreamer ready, where GTK will have threads: GLib's table of values, which both extend, has no lock. Call it before
 * there is a second thread. A GStreamer that cannot be had is told by whoever wants sound. */
void ava_media_init (void);
