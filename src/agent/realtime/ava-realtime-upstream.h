/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The caller's voice on its way to the service: brought to its rate, kept while nothing can go out, a second of it at
 * most, and written as events, one for all that waits.
 */
typedef struct _AvaRealtimeUpstream AvaRealtimeUpstream;

AvaRealtimeUpstream *ava_realtime_upstream_new  (void);
void                 ava_realtime_upstream_free (AvaRealtimeUpstream *self);
/* @pcm: S16 at the rate of the program */
void                 ava_realtime_upstream_add  (AvaRealtimeUpstream *self,
                                                 const gint16        *pcm,
                                                 gsize                n_samples);
gboolean             ava_realtime_upstream_is_empty (AvaRealtimeUpstream *self);
/* All that waits as one event, "ava-@serial"; valid until the next call. */
const char          *ava_realtime_upstream_take (AvaRealtimeUpstream *self,
                                                 guint                serial,
                                                 gsize               *size);

G_END_DECLS
