/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-worker.h"

typedef struct {
  GFunc work;
  gpointer data;
  GTaskThreadFunc task_work;   /* nullable: then @data is the GTask */
} Job;

static void
run_job (gpointer data,
         gpointer user_data)
{
  g_autofree Job *job = data;

  if (job->task_work == NULL) {
    job->work (job->data, NULL);
    return;
  }
  job->task_work (job->data, g_task_get_source_object (job->data), g_task_get_task_data (job->data),
                  g_task_get_cancellable (job->data));
  g_object_unref (job->data);
}

static void
push (GFunc           work,
      gpointer        data,
      GTaskThreadFunc task_work)
{
  static GThreadPool *pool = NULL;
  Job *job = g_new (Job, 1);

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (run_job, NULL, 1, FALSE, NULL));
  *job = (Job) { work, data, task_work };
  g_thread_pool_push (pool, job, NULL);
}

/**
 * ava_device_worker_run:
 * @work: called with @data, and NULL
 */
void
ava_device_worker_run (GFunc    work,
                       gpointer data)
{
  push (work, data, NULL);
}

/**
 * ava_device_worker_run_task:
 *
 * As g_task_run_in_thread(), in turn with all that has to do with devices.
 */
void
ava_device_worker_run_task (GTask          *task,
                            GTaskThreadFunc work)
{
  push (NULL, g_object_ref (task), work);
}

static void
close_pipeline (gpointer pipeline,
                gpointer user_data)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/**
 * ava_device_worker_close:
 *
 * Stops @pipeline, which waits for its threads and its devices, and lets go of it.
 */
void
ava_device_worker_close (GstElement *pipeline)
{
  push (close_pipeline, pipeline, NULL);
}
