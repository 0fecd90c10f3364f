/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a call has used of the cloud voice so far. Pure. */
typedef struct {
  gint64 text_in, audio_in, cached_in;   /* [tokens]; cached ones are not in the other two */
  gint64 text_out, audio_out;            /* [tokens] */
  double heard_s;                        /* [s] of transcribed audio */
  gint64 micros;                         /* [1e-6 USD]; at the dearest known price where the model's is not known */
  gboolean priced;                       /* it is known */
} AvaRealtimeUsage;

void        ava_realtime_usage_init       (AvaRealtimeUsage       *self,
                                           const char             *model);
void        ava_realtime_usage_add        (AvaRealtimeUsage       *self,
                                           const char             *model,
                                           JsonObject             *usage);
void        ava_realtime_usage_add_heard  (AvaRealtimeUsage       *self,
                                           const char             *model,
                                           JsonObject             *usage);
JsonObject *ava_realtime_usage_describe   (const AvaRealtimeUsage *self);

G_END_DECLS
