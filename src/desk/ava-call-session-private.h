/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-call-session.h"
#include "ava-cloud-reserve.h"
#include "ava-cloud-voice.h"
#include "ava-frame-port.h"
#include "ava-hearing.h"
#include "ava-line-call.h"
#include "ava-speech-engines.h"
#include "ava-store.h"
#include "ava-toolbox.h"

G_BEGIN_DECLS

/* What a session borrows of its desk. */
typedef struct {
  AvaStore *store;
  AvaClock *clock;
  AvaSpa *spa;
  AvaToolbox *toolbox;
  AvaSpeechEngines *engines;
  AvaHearing *hearing;
  AvaCloudVoice *cloud;
  AvaCloudReserve *reserve;
  const char *recordings;   /* folder, nullable: nothing is recorded */
} AvaDesk;

AvaCallSession *ava_call_session_new       (const AvaDesk  *desk,
                                            AvaLineCall    *line_call);
void            ava_call_session_start     (AvaCallSession *self);
void            ava_call_session_set_spa   (AvaCallSession *self,
                                            AvaSpa         *spa);
gboolean        ava_call_session_is_idle   (AvaCallSession *self);
void            ava_call_session_get_stats (AvaCallSession *self,
                                            AvaPortStats   *stats);

G_END_DECLS
