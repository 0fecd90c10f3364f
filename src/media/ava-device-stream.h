/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame-port.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* Main thread. @queued: whether something of what was written is still to be heard. */
typedef void (*AvaDeviceFrameFunc) (const gint16 *pcm,
                                    gboolean      queued,
                                    gpointer      user_data);

/**
 * AvaDeviceStream:
 *
 * What the main thread shares with the streaming threads of a pipeline: what waits to be played, what was played, and the
 * frames that come. It outlives its port for as long as a pipeline still closes. Made in, and giving frames to, the thread
 * whose default main context it is made in.
 */
typedef struct _AvaDeviceStream AvaDeviceStream;

AvaDeviceStream *ava_device_stream_new         (AvaDeviceFrameFunc  callback,
                                                gpointer            user_data);
AvaDeviceStream *ava_device_stream_ref         (AvaDeviceStream    *self);
void             ava_device_stream_unref       (AvaDeviceStream    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDeviceStream, ava_device_stream_unref)

/* Main thread */
void             ava_device_stream_detach      (AvaDeviceStream    *self);
gpointer         ava_device_stream_get_user    (AvaDeviceStream    *self);   /* nullable: it is detached */
void             ava_device_stream_write       (AvaDeviceStream    *self,
                                                const gint16       *pcm,
                                                gsize               n_samples);
void             ava_device_stream_flush       (AvaDeviceStream    *self);
gint64           ava_device_stream_get_played  (AvaDeviceStream    *self);   /* [samples] */
gint64           ava_device_stream_get_queued  (AvaDeviceStream    *self);   /* [samples] */
void             ava_device_stream_get_stats   (AvaDeviceStream    *self,
                                                AvaPortStats       *stats);

/* Any thread */
GMainContext    *ava_device_stream_get_context (AvaDeviceStream    *self);
gboolean         ava_device_stream_is_detached (AvaDeviceStream    *self);
void             ava_device_stream_join        (AvaDeviceStream    *self,
                                                GstElement         *pipeline);

G_END_DECLS
