/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  AVA_ECHO_LEARNING,   /* not enough was played yet */
  AVA_ECHO_NONE,       /* what is played does not come back: a headset */
  AVA_ECHO_FOUND,
} AvaEchoState;

/**
 * AvaEchoDelay:
 *
 * Finds how long what is played takes to come back in the microphone, from the loudness of both.
 * Devices do not tell: a Bluetooth speaker may take a quarter of a second. Thread-safe.
 */
typedef struct _AvaEchoDelay AvaEchoDelay;

AvaEchoDelay *ava_echo_delay_new       (void);
void          ava_echo_delay_free      (AvaEchoDelay *self);
void          ava_echo_delay_play      (AvaEchoDelay *self,
                                        const gint16 *pcm,
                                        gsize         n_samples,
                                        gint64        time_us);
void          ava_echo_delay_hear      (AvaEchoDelay *self,
                                        const gint16 *pcm,
                                        gsize         n_samples,
                                        gint64        time_us);
AvaEchoState  ava_echo_delay_get_state (AvaEchoDelay *self,
                                        gint64       *delay_us);
gboolean      ava_echo_delay_is_deaf   (AvaEchoDelay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaEchoDelay, ava_echo_delay_free)

G_END_DECLS
