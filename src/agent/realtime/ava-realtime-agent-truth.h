/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-agent-private.h"

G_BEGIN_DECLS

/* Whether Ava may say what she says: claims are heard only after the deed. */
void        ava_realtime_agent_note_wishes   (AvaRealtimeAgent *self,
                                              AvaClaims         wishes,
                                              gint64            time_us);
void        ava_realtime_agent_note_deeds    (AvaRealtimeAgent *self,
                                              AvaToolCall      *call);
gboolean    ava_realtime_agent_check_words   (AvaRealtimeAgent *self,
                                              const char       *words,
                                              gboolean          whole);
void        ava_realtime_agent_await_words   (AvaRealtimeAgent *self,
                                              const char       *item_id);
void        ava_realtime_agent_update_hold   (AvaRealtimeAgent *self);

G_END_DECLS
