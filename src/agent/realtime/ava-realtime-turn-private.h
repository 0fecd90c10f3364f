/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-turn.h"

G_BEGIN_DECLS

/* What the files of the turn machine share. */

#define SPEECH 0.5          /* probability from which it is speech */
#define MAYBE 0.2           /* probability from which it may be */

void     ava_realtime_turn_todo             (AvaRealtimeTurn *self,
                                             AvaRealtimeDo    what);
gint64   ava_realtime_turn_since_ms         (AvaRealtimeTurn *self,
                                             gint64           then_us);
guint    ava_realtime_turn_recent_speech_ms (AvaRealtimeTurn *self);
void     ava_realtime_turn_stop_waiting     (AvaRealtimeTurn *self);
void     ava_realtime_turn_wait_for_ava     (AvaRealtimeTurn *self);
void     ava_realtime_turn_begin_hearing    (AvaRealtimeTurn *self);
void     ava_realtime_turn_answer           (AvaRealtimeTurn *self);
void     ava_realtime_turn_resume           (AvaRealtimeTurn *self);
void     ava_realtime_turn_come_to_nothing  (AvaRealtimeTurn *self);
gboolean ava_realtime_turn_is_ava_on        (AvaRealtimeTurn *self);
void     ava_realtime_turn_pump             (AvaRealtimeTurn *self);
void     ava_realtime_turn_settle           (AvaRealtimeTurn *self);
void     ava_realtime_turn_try_again        (AvaRealtimeTurn *self);
void     ava_realtime_turn_detect           (AvaRealtimeTurn *self,
                                             double           speech);

G_END_DECLS
