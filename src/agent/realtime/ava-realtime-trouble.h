/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-events.h"
#include "ava-realtime-transport.h"

G_BEGIN_DECLS

/* What goes wrong with a voice service, and what to do about it. */
typedef enum {
  AVA_TROUBLE_EXPECTED,     /* a race that is nobody's fault: silent */
  AVA_TROUBLE_ODD,          /* to be seen, but the call goes on */
  AVA_TROUBLE_ACTIVE,       /* a response is under way: ask again when it is done */
  AVA_TROUBLE_RESPONSE,     /* one response failed: it may be asked for again */
  AVA_TROUBLE_LIMIT,        /* not now: it may be asked for again after a while */
  AVA_TROUBLE_EXPIRED,      /* the session's time is over: open another */
  AVA_TROUBLE_LINE,         /* the line was lost: may come back */
  AVA_TROUBLE_FATAL,        /* it will not get better by trying */
} AvaTroubleKind;

/* @words: (out): in words that a receptionist understands, with the exact cause */
AvaTroubleKind ava_trouble_judge_error    (const AvaRealtimeEvent *event,
                                           char                  **words);
AvaTroubleKind ava_trouble_judge_response (JsonObject             *response,
                                           char                  **words);
AvaTroubleKind ava_trouble_judge_end      (const AvaRealtimeEnd   *end,
                                           char                  **words);
gint64         ava_trouble_find_wait_us   (const char             *words);   /* nullable */

G_END_DECLS
