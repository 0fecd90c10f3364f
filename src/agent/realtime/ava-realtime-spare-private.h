/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-session.h"
#include "ava-realtime-spare.h"

G_BEGIN_DECLS

/* For the call that it has waited for: transfer full, nullable. */
AvaRealtimeSession *ava_realtime_spare_take          (AvaRealtimeSpare          *self);
/* What may be refused on its own: the voice, and the model that writes down what callers say. Nothing of the spa. */
JsonObject         *ava_realtime_spare_write_session (const AvaRealtimeSettings *settings);

G_END_DECLS
