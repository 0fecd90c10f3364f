/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-trial.h"

#include "ava-realtime-spare-private.h"

/*
 *   settings checked --> session opens --ready--> update sent --session.updated--> works
 *          \                   \--lost, with the cause in words----------------> error
 */

#define TICK_MS 50
#define CONFIRM_US (5 * G_USEC_PER_SEC)   /* [us] a service may take to confirm the settings */

/* Data of the task. */
typedef struct {
  AvaRealtimeSettings *settings;
  AvaRealtimeSession *session;
  AvaRealtimeTrial *trial;
  gint64 begun_us;
  gint64 ready_us;        /* 0: not yet */
  guint tick_id;
} Trial;

void
ava_realtime_trial_free (AvaRealtimeTrial *self)
{
  g_clear_pointer (&self->egress, json_object_unref);
  g_free (self);
}

static void
trial_free (Trial *trial)
{
  g_clear_handle_id (&trial->tick_id, g_source_remove);
  g_clear_object (&trial->session);
  g_clear_pointer (&trial->trial, ava_realtime_trial_free);
  ava_realtime_settings_free (trial->settings);
  g_free (trial);
}

/* @error: (transfer full) (nullable)
 *
 * The session is still in the middle of telling why: the task goes, and the session with it, when it has come back. */
static void
finish (GTask  *task,
        GError *error)
{
  Trial *trial = g_task_get_task_data (task);

  g_clear_handle_id (&trial->tick_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (trial->session, task);
  trial->trial->took_us = g_get_monotonic_time () - trial->begun_us;
  trial->trial->egress = ava_realtime_session_describe_egress (trial->session);
  ava_realtime_session_close (trial->session);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_idle_add_once (g_object_unref, task);
}

static void
on_ready (GTask   *task,
          gboolean again)
{
  Trial *trial = g_task_get_task_data (task);

  trial->ready_us = g_get_monotonic_time ();
}

static void
on_event (GTask            *task,
          AvaRealtimeEvent *event)
{
  if (event->type == AVA_RT_SESSION_UPDATED)
    finish (task, NULL);
}

static void
on_lost (GTask      *task,
         const char *words)
{
  finish (task, g_error_new_literal (AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_REFUSED, words));
}

static gboolean
tick_cb (gpointer user_data)
{
  GTask *task = user_data;
  Trial *trial = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();
  guint id = trial->tick_id;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    finish (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The trial was called off."));
  else if (trial->ready_us != 0 && now_us - trial->ready_us > CONFIRM_US)
    finish (task, g_error_new_literal (AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_REFUSED,
                                       "The cloud voice opened a session, but did not confirm the settings."));
  else {
    ava_realtime_session_tick (trial->session, now_us - trial->begun_us, FALSE);
    return trial->tick_id == id;
  }
  return G_SOURCE_REMOVE;
}

/**
 * ava_realtime_try_async:
 * @settings: copied
 */
void
ava_realtime_try_async (const AvaRealtimeSettings *settings,
                        GCancellable              *cancellable,
                        GAsyncReadyCallback        callback,
                        gpointer                   user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Trial *trial = g_new0 (Trial, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, ava_realtime_try_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  trial->settings = ava_realtime_settings_copy (settings);
  trial->trial = g_new0 (AvaRealtimeTrial, 1);
  if (!ava_realtime_settings_check (trial->settings, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  trial->settings->reconnects = FALSE;
  trial->begun_us = g_get_monotonic_time ();
  trial->session = ava_realtime_session_new (trial->settings, ava_realtime_socket_new, NULL);
  g_signal_connect_swapped (trial->session, "ready", G_CALLBACK (on_ready), task);
  g_signal_connect_swapped (trial->session, "event", G_CALLBACK (on_event), task);
  g_signal_connect_swapped (trial->session, "lost", G_CALLBACK (on_lost), task);
  trial->tick_id = g_timeout_add (TICK_MS, tick_cb, task);
  ava_realtime_session_configure (trial->session, ava_realtime_spare_write_session (trial->settings));
  ava_realtime_session_open (trial->session);
}

/**
 * ava_realtime_try_finish:
 * @trial: (out) (transfer full):
 *
 * Returns: whether a call could be led; else @error says in words what is wrong (AVA_REALTIME_ERROR)
 */
gboolean
ava_realtime_try_finish (GAsyncResult      *result,
                         AvaRealtimeTrial **trial,
                         GError           **error)
{
  Trial *data = g_task_get_task_data (G_TASK (result));

  *trial = g_steal_pointer (&data->trial);
  return g_task_propagate_boolean (G_TASK (result), error);
}
