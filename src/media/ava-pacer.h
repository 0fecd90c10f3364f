/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <time.h>

G_BEGIN_DECLS

/**
 * AvaPacer:
 *
 * Gives a port that has no device its rhythm of one frame every 20 ms. In real time each frame
 * waits for its moment. In fast time frames follow one another at once, except while somebody
 * holds the pacer (a recognizer at work): then each comes when 20 ms have been computed, so that
 * the time that work takes is felt in the call as on a live line. It is computing time that is
 * charged, not time passed: a call is the same on a machine that is busy with other things.
 * Thread-safe.
 */
#define AVA_TYPE_PACER (ava_pacer_get_type ())
G_DECLARE_FINAL_TYPE (AvaPacer, ava_pacer, AVA, PACER, GObject)

AvaPacer *ava_pacer_new     (gboolean  fast);
gboolean  ava_pacer_wait    (AvaPacer *self, const gint *stop);   /* any thread but main: blocks until the next frame is due */
void      ava_pacer_wake    (AvaPacer *self);
void      ava_pacer_hold    (AvaPacer *self, clockid_t clock);
void      ava_pacer_release (AvaPacer *self, clockid_t clock);
void      ava_pacer_pause   (AvaPacer *self);
void      ava_pacer_resume  (AvaPacer *self);
gboolean  ava_pacer_is_fast (AvaPacer *self);

G_END_DECLS
