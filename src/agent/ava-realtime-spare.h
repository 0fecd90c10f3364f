/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ava-realtime-settings.h"

G_BEGIN_DECLS

typedef struct _AvaRealtimeTransport AvaRealtimeTransport;

typedef enum {
  AVA_SPARE_OPENING,
  AVA_SPARE_READY,       /* the service has accepted key, model, voice and settings, and was heard of lately */
  AVA_SPARE_LOST,        /* for good; the words say why */
  AVA_SPARE_TAKEN,
} AvaSpareState;

/**
 * AvaRealtimeSpare:
 *
 * A session with the voice service that waits for the next call, so that nobody who calls waits for it. It asks
 * for a sign of life now and then, is renewed before it runs out, and says and hears nothing. Main thread.
 *
 * Signals: "changed": the state.
 */
#define AVA_TYPE_REALTIME_SPARE (ava_realtime_spare_get_type ())
G_DECLARE_FINAL_TYPE (AvaRealtimeSpare, ava_realtime_spare, AVA, REALTIME_SPARE, GObject)

/* Opens it. @make_line: NULL for a WebSocket */
AvaRealtimeSpare *ava_realtime_spare_new       (const AvaRealtimeSettings *settings,
                                                AvaRealtimeTransport    *(*make_line) (gpointer line_data),
                                                gpointer                   line_data);
void              ava_realtime_spare_tick      (AvaRealtimeSpare          *self,
                                                gint64                     waited_us);
AvaSpareState     ava_realtime_spare_get_state (AvaRealtimeSpare          *self);
const char       *ava_realtime_spare_get_words (AvaRealtimeSpare          *self);   /* nullable: why it is lost */
JsonObject       *ava_realtime_spare_close     (AvaRealtimeSpare          *self);

G_END_DECLS
