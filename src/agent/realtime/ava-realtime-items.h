/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ava-transcript-item.h"

G_BEGIN_DECLS

/*
 * The conversation as the service keeps it: a chain of items, each naming the one before it. What is said, and in which
 * order, comes from the chain and never from the order of arrival; transcripts come late, fail, or do not come.
 */
typedef struct _AvaRealtimeItems AvaRealtimeItems;

/* Ids of what was said by the voice of this machine begin so: the service knows nothing of it. */
#define AVA_RT_HERE "ava_here_"

/* A row of the transcript has found its place; its previous_id is set. */
typedef void (*AvaRealtimeRowFunc) (AvaTranscriptItem *row,
                                    gpointer           user_data);

AvaRealtimeItems  *ava_realtime_items_new        (AvaRealtimeRowFunc  func,
                                                  gpointer            user_data);
void               ava_realtime_items_free       (AvaRealtimeItems   *self);
/* A caller's or Ava's item, now or later; the same one when it is known. */
AvaTranscriptItem *ava_realtime_items_place      (AvaRealtimeItems   *self,
                                                  const char         *id,
                                                  const char         *previous_id,
                                                  AvaRole             role,
                                                  gint64              now_us);
/* Something that is not said: it only holds the chain together. */
void               ava_realtime_items_place_silent (AvaRealtimeItems *self,
                                                  const char         *id,
                                                  const char         *previous_id);
AvaTranscriptItem *ava_realtime_items_find       (AvaRealtimeItems   *self,
                                                  const char         *id);       /* nullable */
gboolean           ava_realtime_items_has        (AvaRealtimeItems   *self,
                                                  const char         *id);
const char        *ava_realtime_items_get_last   (AvaRealtimeItems   *self);     /* id of the chain's end, nullable */
const char        *ava_realtime_items_get_last_row (AvaRealtimeItems *self);     /* nullable */
/* The caller's words, which may come before the item itself. Returns: the whole text so far. */
const char        *ava_realtime_items_hear       (AvaRealtimeItems   *self,
                                                  const char         *id,
                                                  const char         *words,
                                                  gboolean            final);
void               ava_realtime_items_drop       (AvaRealtimeItems   *self,
                                                  const char         *id);
void               ava_realtime_items_add_call   (AvaRealtimeItems   *self,
                                                  const char         *call_id,
                                                  const char         *name,
                                                  const char         *arguments);
void               ava_realtime_items_add_output (AvaRealtimeItems   *self,
                                                  const char         *call_id,
                                                  const char         *output);
JsonObject        *ava_realtime_items_tell_call  (AvaRealtimeItems   *self,
                                                  const char         *call_id);
gboolean           ava_realtime_items_awaits     (AvaRealtimeItems   *self,
                                                  gint64              since_us);
/* Client events that tell a new session what was said and done, as far as it was heard. */
GPtrArray         *ava_realtime_items_replay     (AvaRealtimeItems   *self);     /* JsonObject, owned */
/* The session is another one: ids of before mean nothing there. */
void               ava_realtime_items_cut        (AvaRealtimeItems   *self);
/* The call is over: what never found its place goes to the end. */
void               ava_realtime_items_settle     (AvaRealtimeItems   *self,
                                                  gint64              now_us);

G_END_DECLS
