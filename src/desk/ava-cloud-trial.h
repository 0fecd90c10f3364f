/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-cloud-voice.h"
#include "ava-staff.h"
#include "ava-store.h"

G_BEGIN_DECLS

/**
 * AvaCloudTrial:
 *
 * Tries whether the cloud voice would answer a call, with the settings as they are now. What left the machine for it
 * stands in the journal, as after a call. Main thread.
 *
 * Properties: "running" (boolean), "works" (boolean: the last one did), "words" (string, nullable: what was found out).
 */
#define AVA_TYPE_CLOUD_TRIAL (ava_cloud_trial_get_type ())
G_DECLARE_FINAL_TYPE (AvaCloudTrial, ava_cloud_trial, AVA, CLOUD_TRIAL, GObject)

AvaCloudTrial *ava_cloud_trial_new        (AvaCloudVoice *voice,
                                           AvaStore      *store,
                                           AvaStaff      *staff);
void           ava_cloud_trial_start      (AvaCloudTrial *self);
void           ava_cloud_trial_stop       (AvaCloudTrial *self);
gboolean       ava_cloud_trial_is_running (AvaCloudTrial *self);
gboolean       ava_cloud_trial_works      (AvaCloudTrial *self);
const char    *ava_cloud_trial_get_words  (AvaCloudTrial *self);   /* nullable */

G_END_DECLS
