/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame-port.h"
#include "ava-pacer.h"

G_BEGIN_DECLS

/* What a caller with no device says in the next 20 ms. Main thread.
 * @queued: [samples] of Ava's audio still to be heard; FALSE: the caller has ended. */
typedef gboolean (*AvaCallerFunc) (gint16   *pcm,
                                   gint64    queued,
                                   gpointer  user_data);

/**
 * AvaPacedPort:
 *
 * A port with no device: a thread beats the time of an AvaPacer, and each beat moves 20 ms of
 * audio both ways on the main thread. A fast port beats again only when the main thread has dealt
 * with the last beat, so a fast call is the same each time.
 */
#define AVA_TYPE_PACED_PORT (ava_paced_port_get_type ())
G_DECLARE_FINAL_TYPE (AvaPacedPort, ava_paced_port, AVA, PACED_PORT, GObject)

AvaFramePort *ava_paced_port_new (AvaPacer      *pacer,
                                  AvaCallerFunc  caller,
                                  gpointer       user_data);

G_END_DECLS
