/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * The thread that opens and closes devices, one after the other: a sound server may take seconds to answer, or never do.
 * What is closed is closed before what was asked for later is opened, as a device that only one may use needs it.
 */
void ava_device_worker_run      (GFunc           work,
                                 gpointer        data);
void ava_device_worker_run_task (GTask          *task,
                                 GTaskThreadFunc work);
void ava_device_worker_close    (GstElement     *pipeline);   /* (transfer full) */

G_END_DECLS
