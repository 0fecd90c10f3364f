/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-cloud-voice.h"
#include "ava-realtime-spare.h"
#include "ava-store.h"

G_BEGIN_DECLS

/**
 * AvaCloudReserve:
 *
 * A line to the cloud voice that is open before anybody calls: while the desk is on duty there is one for the next
 * call, else from when it rings. It follows the settings, is tried again when it is lost, and what it sends and receives
 * stands in the journal. So it knows whether the cloud voice can be reached. Main thread.
 *
 * Properties: "trouble" (string, nullable: why it cannot be reached, in words; after two failures in a row, and until it
 *   answers again, so that it does not flicker: Q-46), "ready" (boolean: it answered, and nothing else is known since).
 * Signals: "absent" (const char *words): this desk wants the cloud voice for its calls, and it cannot answer them now.
 */
#define AVA_TYPE_CLOUD_RESERVE (ava_cloud_reserve_get_type ())
G_DECLARE_FINAL_TYPE (AvaCloudReserve, ava_cloud_reserve, AVA, CLOUD_RESERVE, GObject)

AvaCloudReserve  *ava_cloud_reserve_new         (AvaCloudVoice   *voice,
                                                 AvaStore        *store);
void              ava_cloud_reserve_set_on_duty (AvaCloudReserve *self,
                                                 gboolean         on_duty);
/* Somebody calls: there is a line for them, or it is opened now. */
void              ava_cloud_reserve_ring        (AvaCloudReserve *self);
/* It is answered: transfer full, nullable. */
AvaRealtimeSpare *ava_cloud_reserve_take        (AvaCloudReserve *self);
/* No line any more. */
void              ava_cloud_reserve_close       (AvaCloudReserve *self);
gboolean          ava_cloud_reserve_is_ready    (AvaCloudReserve *self);
gboolean          ava_cloud_reserve_is_noting   (AvaCloudReserve *self);   /* the journal is being written */
const char       *ava_cloud_reserve_get_trouble (AvaCloudReserve *self);   /* nullable */

G_END_DECLS
