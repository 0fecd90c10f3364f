/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame-port.h"
#include "ava-hearing.h"

G_BEGIN_DECLS

/**
 * AvaCallAudio:
 *
 * The audio side of a call: the line's port, speech detection, level meters and the recording of
 * both sides in step. Main thread.
 *
 * Signals:
 *   "opened": the port runs, frames follow;
 *   "frame" (gpointer AvaFrame*, double speech, gint64 played, gint64 queued);
 *   "levels" (double caller, double ava): RMS of full scale, ten times a second;
 *   "moved" (const char *words): the device is gone, another took its place;
 *   "failed" (GError*): the device could not be opened, or is gone; "ended": the caller's audio has ended;
 *   "not-recorded" (const char *words): nothing (more) is recorded, and why. Once a call.
 */
#define AVA_TYPE_CALL_AUDIO (ava_call_audio_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallAudio, ava_call_audio, AVA, CALL_AUDIO, GObject)

AvaCallAudio *ava_call_audio_new       (AvaFramePort  *port,
                                        const char    *recording);
void          ava_call_audio_set_hearing (AvaCallAudio *self,
                                          AvaHearing   *hearing);
void          ava_call_audio_start     (AvaCallAudio  *self);
void          ava_call_audio_write     (AvaCallAudio  *self,
                                        const gint16  *pcm,
                                        gsize          n_samples);
void          ava_call_audio_flush     (AvaCallAudio  *self);
void          ava_call_audio_stop      (AvaCallAudio  *self);
void          ava_call_audio_get_stats (AvaCallAudio  *self,
                                        AvaPortStats  *stats);
gint64        ava_call_audio_get_time  (AvaCallAudio  *self);   /* [us] of audio so far */

G_END_DECLS
