/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Has @canceller (webrtcdsp) look for the echo of @probe (webrtcechoprobe) where it is. */
void ava_echo_aligner_attach (GstElement *canceller,
                              GstElement *probe);

G_END_DECLS
