/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-realtime-wire.h"

G_BEGIN_DECLS

typedef enum {
  AVA_RT_UNKNOWN,              /* of a newer service: ignored */
  AVA_RT_MALFORMED,            /* not an event at all; @text says why */
  AVA_RT_SESSION_CREATED,
  AVA_RT_SESSION_UPDATED,
  AVA_RT_ITEM_ADDED,
  AVA_RT_ITEM_DONE,
  AVA_RT_ITEM_DELETED,
  AVA_RT_ITEM_TRUNCATED,
  AVA_RT_HEARD_DELTA,          /* transcription of the caller, a piece */
  AVA_RT_HEARD_DONE,
  AVA_RT_HEARD_FAILED,
  AVA_RT_COMMITTED,
  AVA_RT_CLEARED,
  AVA_RT_SPEECH_STARTED,
  AVA_RT_SPEECH_STOPPED,
  AVA_RT_TIMEOUT,              /* the service's own silence guard */
  AVA_RT_RESPONSE_CREATED,
  AVA_RT_RESPONSE_DONE,
  AVA_RT_OUTPUT_ADDED,
  AVA_RT_OUTPUT_DONE,
  AVA_RT_AUDIO_DELTA,
  AVA_RT_AUDIO_DONE,
  AVA_RT_WORDS_DELTA,          /* what Ava says, a piece */
  AVA_RT_WORDS_DONE,
  AVA_RT_RATE_LIMITS,
  AVA_RT_ERROR,
  AVA_RT_N,
} AvaRealtimeEventType;

/* A server event, read once. All texts are borrowed of @root, or of @texts, and may be NULL. */
typedef struct {
  AvaRealtimeEventType type;
  JsonObject *root;            /* nullable; none of an audio delta that is written as usual */
  char *texts;                 /* owned, nullable */
  const char *name;            /* as the service wrote it */
  const char *response_id;
  const char *item_id;
  const char *previous_id;
  const char *text;            /* delta, transcript or text; of an error its message */
  const char *code;            /* of an error; nullable */
  const char *cause_id;        /* event_id that an error answers */
  GBytes *audio;               /* S16, 24 kHz, of an audio delta; nullable */
  JsonObject *item;
  JsonObject *response;
  JsonObject *session;
  JsonObject *error;
  char *trouble;               /* owned: why it is malformed */
  gsize size;                  /* [bytes] on the wire */
} AvaRealtimeEvent;

AvaRealtimeEvent *ava_realtime_event_new  (GBytes           *frame);   /* any thread */
void              ava_realtime_event_free (AvaRealtimeEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRealtimeEvent, ava_realtime_event_free)

/* Frames in, events out, in the same order; big frames are read on another thread, and later ones wait for them. */
typedef struct _AvaRealtimeInbox AvaRealtimeInbox;
typedef void (*AvaRealtimeEventFunc) (AvaRealtimeEvent *event,
                                      gpointer          user_data);

AvaRealtimeInbox *ava_realtime_inbox_new  (AvaRealtimeEventFunc  func,
                                           gpointer              user_data);
void              ava_realtime_inbox_push (AvaRealtimeInbox     *self,
                                           GBytes               *frame);
gboolean          ava_realtime_inbox_is_reading (AvaRealtimeInbox *self);   /* whether frames wait for a big one */
void              ava_realtime_inbox_free (AvaRealtimeInbox     *self);

/* Client events, all but the audio; @event_id is put in by whoever sends them. */
JsonObject *ava_realtime_write_plain    (const char   *type);
JsonObject *ava_realtime_write_update   (JsonObject   *session);
JsonObject *ava_realtime_write_message  (const char   *role,
                                         const char   *text,
                                         const char   *previous_id);
JsonObject *ava_realtime_write_call     (const char   *call_id,
                                         const char   *name,
                                         const char   *arguments);
JsonObject *ava_realtime_write_output   (const char   *call_id,
                                         const char   *output);
JsonObject *ava_realtime_write_truncate (const char   *item_id,
                                         gint64        audio_end_ms);
JsonObject *ava_realtime_write_delete   (const char   *item_id);
JsonObject *ava_realtime_write_cancel   (const char   *response_id);
JsonObject *ava_realtime_write_respond  (const char   *instructions);

G_END_DECLS
