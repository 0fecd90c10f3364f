/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-realtime-settings.h"

G_BEGIN_DECLS

/* What a trial found out; all of it is there whether it succeeded or not. */
typedef struct {
  gint64 took_us;        /* [us] until the service had accepted key, model, voice and settings */
  JsonObject *egress;    /* nullable: {endpoint, lines, sent, received}, for the ledger */
} AvaRealtimeTrial;

void              ava_realtime_trial_free (AvaRealtimeTrial          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRealtimeTrial, ava_realtime_trial_free)

/* Opens a session as a call would, hands it model, voice and transcription, and closes it: nothing is said or heard. */
void              ava_realtime_try_async  (const AvaRealtimeSettings *settings,
                                           GCancellable              *cancellable,
                                           GAsyncReadyCallback        callback,
                                           gpointer                   user_data);
gboolean          ava_realtime_try_finish (GAsyncResult              *result,
                                           AvaRealtimeTrial         **trial,
                                           GError                   **error);

G_END_DECLS
