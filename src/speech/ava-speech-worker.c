/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-speech-worker.h"

#include <pthread.h>

struct _AvaSpeechWorker {
  GThread *thread;
  GAsyncQueue *jobs;   /* Job */
  clockid_t clock;     /* what the thread has computed */
};

typedef struct {
  AvaSpeechJobFunc func;   /* NULL ends the thread */
  gpointer data;
} Job;

/* Worker thread. */
static gpointer
work (gpointer data)
{
  GAsyncQueue *jobs = data;
  gboolean done = FALSE;

  while (!done) {
    g_autofree Job *job = g_async_queue_pop (jobs);

    done = job->func == NULL;
    if (!done)
      job->func (job->data);
  }
  g_async_queue_unref (jobs);
  return NULL;
}

typedef struct {
  GMutex lock;
  GCond known;
  gboolean is_known;
  clockid_t clock;
} ClockAnswer;

/* Worker thread. */
static void
tell_clock (gpointer data)
{
  ClockAnswer *answer = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&answer->lock);

  if (pthread_getcpuclockid (pthread_self (), &answer->clock) != 0)
    answer->clock = CLOCK_PROCESS_CPUTIME_ID;
  answer->is_known = TRUE;
  g_cond_signal (&answer->known);
}

static clockid_t
ask_clock (AvaSpeechWorker *self)
{
  ClockAnswer answer = { 0 };

  g_mutex_init (&answer.lock);
  g_cond_init (&answer.known);
  ava_speech_worker_push (self, tell_clock, &answer);
  g_mutex_lock (&answer.lock);
  while (!answer.is_known)
    g_cond_wait (&answer.known, &answer.lock);
  g_mutex_unlock (&answer.lock);
  g_mutex_clear (&answer.lock);
  g_cond_clear (&answer.known);
  return answer.clock;
}

/**
 * ava_speech_worker_new:
 * @name: of the thread
 *
 * Returns: (transfer full): an idle worker
 */
AvaSpeechWorker *
ava_speech_worker_new (const char *name)
{
  AvaSpeechWorker *self = g_new0 (AvaSpeechWorker, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, work, g_async_queue_ref (self->jobs));
  self->clock = ask_clock (self);
  return self;
}

/**
 * ava_speech_worker_get_clock:
 *
 * Returns: a clock that goes while the worker computes
 */
clockid_t
ava_speech_worker_get_clock (AvaSpeechWorker *self)
{
  return self->clock;
}

/**
 * ava_speech_worker_push:
 * @func: run on the worker's thread
 * @data: owned by @func from then on
 */
void
ava_speech_worker_push (AvaSpeechWorker  *self,
                        AvaSpeechJobFunc  func,
                        gpointer          data)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  g_async_queue_push (self->jobs, job);
}

/**
 * ava_speech_worker_free:
 * @self: (transfer full) (nullable):
 */
void
ava_speech_worker_free (AvaSpeechWorker *self)
{
  if (self == NULL)
    return;
  ava_speech_worker_push (self, NULL, NULL);
  /* The last reference may be dropped by a job of its own: that thread ends by itself. */
  if (g_thread_self () == self->thread)
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}
