/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <time.h>

G_BEGIN_DECLS

/**
 * AvaSpeechWorker:
 *
 * One thread that does jobs in the order in which they came. Freeing it waits for the running job;
 * jobs that have not begun are done first, so each GTask gets its answer.
 */
typedef struct _AvaSpeechWorker AvaSpeechWorker;

typedef void (*AvaSpeechJobFunc) (gpointer data);

AvaSpeechWorker *ava_speech_worker_new       (const char       *name);
clockid_t        ava_speech_worker_get_clock (AvaSpeechWorker  *self);
void             ava_speech_worker_push      (AvaSpeechWorker  *self,
                                              AvaSpeechJobFunc  func,
                                              gpointer          data);
void             ava_speech_worker_free      (AvaSpeechWorker  *self);

G_END_DECLS
