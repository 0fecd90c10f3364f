/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AvaRecorder:
 *
 * Writes both sides of a call to a two-channel WAV file: the caller left, Ava right, 16 kHz, 16 bit.
 * The file is written on a thread of its own; until it is finished its header says that the sound
 * goes on to the end, so a crash leaves a file that plays, and the file can be read while it grows. It stops by itself while the
 * disk still has room for bookings. Closed when it is finalized.
 */
#define AVA_TYPE_RECORDER (ava_recorder_get_type ())
G_DECLARE_FINAL_TYPE (AvaRecorder, ava_recorder, AVA, RECORDER, GObject)

AvaRecorder *ava_recorder_new         (const char    *path,
                                       GError       **error);
void         ava_recorder_write       (AvaRecorder   *self,
                                       const gint16  *left,
                                       const gint16  *right,
                                       gsize          n_samples);
const char  *ava_recorder_get_trouble (AvaRecorder   *self);

G_END_DECLS
