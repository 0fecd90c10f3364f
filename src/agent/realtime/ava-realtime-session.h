/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-events.h"
#include "ava-realtime-transport.h"
#include "ava-realtime-usage.h"

G_BEGIN_DECLS

/* What kind of thing leaves or comes, for the ledger. */
typedef enum {
  AVA_RT_KIND_AUDIO,          /* voices */
  AVA_RT_KIND_WORDS,          /* what was said */
  AVA_RT_KIND_SETTINGS,       /* instructions, tools, voice */
  AVA_RT_KIND_RESULTS,        /* of tools */
  AVA_RT_KIND_CONTROL,        /* all else */
  AVA_RT_KIND_N,
} AvaRealtimeKind;

/**
 * AvaRealtimeSession:
 *
 * One conversation with a voice service over one line after the other: connects, gives up in time, configures, renews
 * the session before it runs out, opens another after the service ended one, and counts what goes over the wire. It
 * knows nothing of turns. Time is what ava_realtime_session_tick() says. Main thread.
 *
 * Signals:
 *   "ready" (gboolean again): configured; @again: the conversation must be told anew, the service knows nothing of it;
 *   "event" (AvaRealtimeEvent*, as pointer): all but what concerns the line itself;
 *   "away" (const char *words): the line is lost, another is being opened; once more if that fails;
 *   "trouble" (const char *words): to be seen, the call goes on;
 *   "lost" (const char *words): it will not come back; the session is over.
 */
#define AVA_TYPE_REALTIME_SESSION (ava_realtime_session_get_type ())
G_DECLARE_FINAL_TYPE (AvaRealtimeSession, ava_realtime_session, AVA, REALTIME_SESSION, GObject)

AvaRealtimeSession *ava_realtime_session_new       (const AvaRealtimeSettings *settings,
                                                    AvaRealtimeTransportFunc   make_line,
                                                    gpointer                   user_data);
void                ava_realtime_session_configure (AvaRealtimeSession        *self,
                                                    JsonObject                *config);
void                ava_realtime_session_open      (AvaRealtimeSession        *self);
void                ava_realtime_session_begin     (AvaRealtimeSession        *self);
void                ava_realtime_session_tick      (AvaRealtimeSession        *self,
                                                    gint64                     now_us,
                                                    gboolean                   idle);
guint               ava_realtime_session_send      (AvaRealtimeSession        *self,
                                                    JsonObject                *event,
                                                    AvaRealtimeKind            kind);
void                ava_realtime_session_hear      (AvaRealtimeSession        *self,
                                                    const gint16              *pcm,
                                                    gsize                      n_samples);
void                ava_realtime_session_close     (AvaRealtimeSession        *self);
gboolean            ava_realtime_session_is_ready  (AvaRealtimeSession        *self);
gboolean            ava_realtime_session_is_reading (AvaRealtimeSession       *self);
guint               ava_realtime_session_read_serial (const char              *event_id);
JsonObject         *ava_realtime_session_describe_egress (AvaRealtimeSession  *self);

G_END_DECLS
