/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-tool-call.h"

G_BEGIN_DECLS

/*
 * The tool calls of a model: each is run once and answered once, whatever happens to the speech around it, and
 * what it asks for twice is done once. Calls of one response run one after the other, in their order.
 */
typedef struct _AvaRealtimeTools AvaRealtimeTools;

/* An answer that is to go to the service. */
typedef struct {
  char *call_id;
  char *output;         /* JSON text */
} AvaRealtimeAnswer;

void              ava_realtime_answer_free     (AvaRealtimeAnswer *self);

AvaRealtimeTools *ava_realtime_tools_new       (void);
void              ava_realtime_tools_free      (AvaRealtimeTools  *self);
/* Returns: the call to give a key to and to run in its turn; NULL when nothing new is to be run. */
AvaToolCall      *ava_realtime_tools_add       (AvaRealtimeTools  *self,
                                                const char        *response_id,
                                                const char        *call_id,
                                                const char        *name,
                                                const char        *arguments);
AvaToolCall      *ava_realtime_tools_next      (AvaRealtimeTools  *self);   /* nullable: to be run now */
AvaToolCall      *ava_realtime_tools_get_running (AvaRealtimeTools *self);  /* nullable */
gboolean          ava_realtime_tools_done      (AvaRealtimeTools  *self,
                                                AvaToolCall       *call);
AvaRealtimeAnswer *ava_realtime_tools_take_answer (AvaRealtimeTools *self); /* nullable, owned */
void              ava_realtime_tools_close     (AvaRealtimeTools  *self,
                                                const char        *response_id);
void              ava_realtime_tools_close_all (AvaRealtimeTools  *self);
/* Whether all calls of a response that is over have been answered since this was asked last. */
gboolean          ava_realtime_tools_take_ready (AvaRealtimeTools *self);
gboolean          ava_realtime_tools_has       (AvaRealtimeTools  *self,
                                                const char        *response_id);
gboolean          ava_realtime_tools_is_known  (AvaRealtimeTools  *self,
                                                const char        *call_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRealtimeAnswer, ava_realtime_answer_free)

G_END_DECLS
