/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

/**
 * AvaSafetyAlerts:
 *
 * Red flags that a person must see: raised by calls, kept over a restart, and gone only when somebody
 * acknowledges them, which is written into the journal with who and when. Main thread.
 *
 * Signals: "changed"; "failed" (const char *words): an acknowledgement could not be written, and stays open.
 */
#define AVA_TYPE_SAFETY_ALERTS (ava_safety_alerts_get_type ())
G_DECLARE_FINAL_TYPE (AvaSafetyAlerts, ava_safety_alerts, AVA, SAFETY_ALERTS, GObject)

AvaSafetyAlerts      *ava_safety_alerts_new         (AvaContext      *context);
guint                 ava_safety_alerts_get_count   (AvaSafetyAlerts *self);
const AvaSafetyAlert *ava_safety_alerts_get         (AvaSafetyAlerts *self,
                                                     guint            at);
void                  ava_safety_alerts_acknowledge (AvaSafetyAlerts *self,
                                                     const char      *call_id);

G_END_DECLS
