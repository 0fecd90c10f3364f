/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-happens-before.h"
#include "ava-journal.h"
#include "ava-store-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/*
 *  caller's context          queue              worker thread (owns the connection)
 *  ava_store_x_async() --> [job, job] --> BEGIN - func() - journal, outbox - COMMIT
 *  callback  <--- result source on the caller's context ---'        |
 *  "changed" <--- one source on the opener's context, coalesced ----'
 */

/* How often an idle worker looks whether another program wrote. */
#define WATCH_USEC (2 * G_USEC_PER_SEC)

typedef struct {
  GTask *task;          /* of an asynchronous job, else NULL */
  AvaStoreMode mode;
  AvaStoreFunc func;    /* NULL: close and leave */
  AvaStoreArgs *args;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
  gboolean done;        /* of a blocking job, under the lock below */
  GMutex lock;
  GCond cond;
} Job;

typedef struct {
  GWeakRef store;
} Telling;

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (ava-store-error-quark, ava_store_error)
G_DEFINE_FINAL_TYPE (AvaStore, ava_store, G_TYPE_OBJECT)

/* --- Arguments and jobs ------------------------------------------------------------------- */

AvaStoreArgs *
ava_store_args_new (const AvaActor *actor)
{
  AvaStoreArgs *args = g_new0 (AvaStoreArgs, 1);

  args->who = g_strdup (actor != NULL && actor->who != NULL ? actor->who : "system");
  if (actor != NULL) {
    args->why = g_strdup (actor->why);
    args->call_id = g_strdup (actor->call_id);
    args->key = g_strdup (actor->key);
    args->rights = actor->rights;
    args->role = actor->role;
    args->override_reason = g_strdup (actor->override_reason);
    args->goes_on = actor->goes_on;
  }
  return args;
}

void
ava_store_args_free (AvaStoreArgs *args)
{
  char *texts[] = {
    args->who, args->why, args->call_id, args->key, args->id, args->kind, args->name, args->phone,
    args->email, args->text, args->override_reason, args->owner,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&args->slot, ava_slot_free);
  g_clear_object (&args->object);
  g_clear_pointer (&args->data, json_object_unref);
  g_free (args);
}

static Job *
job_new (AvaStoreMode  mode,
         AvaStoreFunc  func,
         AvaStoreArgs *args)
{
  Job *job = g_new0 (Job, 1);

  job->mode = mode;
  job->func = func;
  job->args = args;
  g_mutex_init (&job->lock);
  g_cond_init (&job->cond);
  return job;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->args, ava_store_args_free);
  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_clear_error (&job->error);
  g_mutex_clear (&job->lock);
  g_cond_clear (&job->cond);
  g_free (job);
}

static void
lock_changed (AvaStore *self)
{
  g_mutex_lock (&self->lock);
  AVA_HAPPENS_AFTER (&self->lock);
}

static void
unlock_changed (AvaStore *self)
{
  AVA_HAPPENS_BEFORE (&self->lock);
  g_mutex_unlock (&self->lock);
}

static void
push_job (AvaStore *self,
          Job      *job)
{
  AVA_HAPPENS_BEFORE (job);
  g_async_queue_push (self->queue, job);
}

/* --- Worker thread -------------------------------------------------------------------------- */

static gpointer
run_in_transaction (AvaStore  *self,
                    Job       *job,
                    GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  gpointer result = NULL;

  g_assert (self->thread == g_thread_self ());

  if (!ava_sqlite_exec (self->worker.db, "BEGIN IMMEDIATE", error))
    return NULL;
  self->worker.batch = 0;
  self->worker.undoes = 0;
  result = job->func (self, self->worker.db, job->args, &local_error);
  if (local_error == NULL && ava_journal_commit (self, &local_error) &&
      ava_sqlite_exec (self->worker.db, "COMMIT", &local_error))
    return result;

  if (result != NULL && job->free_result != NULL)
    job->free_result (result);
  if (!sqlite3_get_autocommit (ava_sqlite_get_handle (self->worker.db)))
    ava_sqlite_exec (self->worker.db, "ROLLBACK", NULL);
  g_hash_table_remove_all (self->worker.touched);
  json_array_unref (self->worker.ops);
  self->worker.ops = json_array_new ();
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
tell_changed_cb (gpointer user_data)
{
  Telling *telling = user_data;
  g_autoptr (AvaStore) self = g_weak_ref_get (&telling->store);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer table;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  lock_changed (self);
  g_clear_pointer (&self->changed_source, g_source_unref);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &table, NULL)) {
    g_hash_table_iter_steal (&iter);
    g_ptr_array_add (tables, table);
  }
  unlock_changed (self);
  g_ptr_array_add (tables, NULL);
  g_signal_emit (self, signals[CHANGED], 0, tables->pdata);
  return G_SOURCE_REMOVE;
}

static void
telling_free (Telling *telling)
{
  g_weak_ref_clear (&telling->store);
  g_free (telling);
}

static void
schedule_telling (AvaStore *self)
{
  Telling *telling;

  if (self->changed_source != NULL)
    return;
  telling = g_new0 (Telling, 1);
  g_weak_ref_init (&telling->store, self);
  self->changed_source = g_idle_source_new ();
  g_source_set_priority (self->changed_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->changed_source, tell_changed_cb, telling,
                         (GDestroyNotify) telling_free);
  g_source_attach (self->changed_source, self->context);
}

static void
publish_touched (AvaStore *self)
{
  GHashTableIter iter;
  gpointer table;

  if (g_hash_table_size (self->worker.touched) == 0)
    return;
  lock_changed (self);
  g_hash_table_iter_init (&iter, self->worker.touched);
  while (g_hash_table_iter_next (&iter, &table, NULL)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_add (self->changed, table);
  }
  schedule_telling (self);
  unlock_changed (self);
}

/* Notes that a table was written in this transaction; told once it is committed. */
void
ava_store_touch (AvaStore   *self,
                 const char *table)
{
  g_assert (self->thread == g_thread_self ());

  if (!g_hash_table_contains (self->worker.touched, table))
    g_hash_table_add (self->worker.touched, g_strdup (table));
}

/* Another program of this profile may have written: then every list looks again. */
static void
watch_others (AvaStore *self)
{
  static const char *const tables[] = {
    "settings", "customers", "appointments", "holds", "conversations", "tasks", "waitlist", "blocks",
  };
  gint64 version = self->worker.data_version;

  if (!ava_sqlite_get_int (self->worker.db, &version, NULL, "PRAGMA data_version", "") ||
      version == self->worker.data_version)
    return;
  if (self->worker.data_version != 0) {
    for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
      ava_store_touch (self, tables[i]);
  }
  self->worker.data_version = version;
  publish_touched (self);
}

static gboolean
answer_cb (gpointer user_data)
{
  Job *job = user_data;

  AVA_HAPPENS_AFTER (job);
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  return G_SOURCE_REMOVE;
}

/* The task is let go in its own context, so that the store never ends in its own worker. That context
 * may be a thread's own, and end with the answer: it must outlive our last touch of the source, which
 * locks it. */
static void
answer_job (Job *job)
{
  g_autoptr (GMainContext) context = NULL;
  g_autoptr (GSource) source = NULL;   /* let go before the context */

  if (job->task == NULL) {
    g_mutex_lock (&job->lock);
    AVA_HAPPENS_AFTER (&job->lock);
    job->done = TRUE;
    g_cond_signal (&job->cond);
    AVA_HAPPENS_BEFORE (&job->lock);
    g_mutex_unlock (&job->lock);
    return;
  }
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, answer_cb, job, (GDestroyNotify) job_free);
  context = g_main_context_ref (g_task_get_context (job->task));
  AVA_HAPPENS_BEFORE (job);
  g_source_attach (source, context);
}

/* A job that was cancelled before it began is not run; one that began is finished. */
static void
run_job (AvaStore *self,
         Job      *job)
{
  GCancellable *cancellable = job->task != NULL ? g_task_get_cancellable (job->task) : NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error)) {
    answer_job (job);
    return;
  }
  if (job->mode == AVA_STORE_WRITE) {
    job->result = run_in_transaction (self, job, &job->error);
    publish_touched (self);
  } else {
    job->result = job->func (self, self->worker.db, job->args, &job->error);
  }
  answer_job (job);
}

static gpointer
open_job (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  self->worker.db = ava_store_open_file (self->path, ava_clock_now_us (self->clock), error);
  return self->worker.db;
}

static gpointer
work (gpointer user_data)
{
  AvaStore *self = user_data;

  self->worker.ops = json_array_new ();
  self->worker.customers = ava_customer_index_new ();
  self->worker.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (;;) {
    Job *job = g_async_queue_timeout_pop (self->queue, WATCH_USEC);

    if (job == NULL) {
      if (self->worker.db != NULL)
        watch_others (self);
      continue;
    }
    AVA_HAPPENS_AFTER (job);
    if (job->func == NULL) {
      job_free (job);
      break;
    }
    run_job (self, job);
  }
  g_clear_pointer (&self->worker.db, ava_sqlite_close);
  g_clear_pointer (&self->worker.customers, ava_customer_index_free);
  g_clear_pointer (&self->worker.ops, json_array_unref);
  g_clear_pointer (&self->worker.touched, g_hash_table_unref);
  return NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

static void
set_closed_error (GError **error)
{
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FAILED,
                       _("The appointment book is closed."));
}

/**
 * ava_store_run_async:
 * @args: (transfer full)
 * @free_result: (nullable): frees what @func answers, if no one takes it
 * @tag: the source tag of the task
 *
 * Queues @func for the worker.
 */
void
ava_store_run_async (AvaStore            *self,
                     AvaStoreMode         mode,
                     AvaStoreFunc         func,
                     AvaStoreArgs        *args,
                     GDestroyNotify       free_result,
                     gpointer             tag,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Job *job = job_new (mode, func, args);

  job->free_result = free_result;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  /* A confirmed write is never reported as cancelled. */
  g_task_set_check_cancellable (job->task, mode == AVA_STORE_READ);
  if (self->closed) {
    set_closed_error (&job->error);
    answer_job (job);
    return;
  }
  push_job (self, job);
}

gpointer
ava_store_run_finish (AvaStore      *self,
                      GAsyncResult  *result,
                      gpointer       tag,
                      GError       **error)
{
  g_return_val_if_fail (AVA_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == tag, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Waits for the worker: for start-up, tools and tests only. @args: (transfer full) */
gpointer
ava_store_run_sync (AvaStore      *self,
                    AvaStoreMode   mode,
                    AvaStoreFunc   func,
                    AvaStoreArgs  *args,
                    GError       **error)
{
  Job *job;
  gpointer result;

  if (self->closed) {
    ava_store_args_free (args);
    set_closed_error (error);
    return NULL;
  }
  job = job_new (mode, func, args);
  push_job (self, job);
  g_mutex_lock (&job->lock);
  AVA_HAPPENS_AFTER (&job->lock);
  while (!job->done) {
    AVA_HAPPENS_BEFORE (&job->lock);
    g_cond_wait (&job->cond, &job->lock);
    AVA_HAPPENS_AFTER (&job->lock);
  }
  g_mutex_unlock (&job->lock);
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  result = g_steal_pointer (&job->result);
  job_free (job);
  return result;
}

/**
 * ava_store_open:
 * @data_dir: the profile; made when it is not there
 *
 * Opens the book of that profile, makes it when there is none, and updates an older one after
 * copying it. Blocks: for start-up.
 *
 * Returns: (transfer full) (nullable): the open store
 */
AvaStore *
ava_store_open (const char  *data_dir,
                AvaClock    *clock,
                GError     **error)
{
  g_autoptr (AvaStore) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);
  g_return_val_if_fail (AVA_IS_CLOCK (clock), NULL);

  if (g_mkdir_with_parents (data_dir, 0700) != 0) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY,
                 _("The folder “%s” for the appointment book cannot be made. Choose another folder, "
                   "or allow this account to write there."), data_dir);
    return NULL;
  }
  self = g_object_new (AVA_TYPE_STORE, NULL);
  self->clock = g_object_ref (clock);
  self->data_dir = g_strdup (data_dir);
  self->path = g_build_filename (data_dir, AVA_STORE_FILE_NAME, NULL);
  self->opener = ava_store_make_opener ();
  self->thread = g_thread_new ("ava-store", work, self);
  if (ava_store_run_sync (self, AVA_STORE_READ, open_job, ava_store_args_new (NULL), error) == NULL) {
    ava_store_close (self);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * ava_store_close:
 *
 * Finishes what is queued, then closes the file. Later calls answer an error.
 */
void
ava_store_close (AvaStore *self)
{
  g_return_if_fail (AVA_IS_STORE (self));

  if (self->closed || self->thread == NULL)
    return;
  self->closed = TRUE;
  push_job (self, job_new (AVA_STORE_READ, NULL, NULL));
  g_thread_join (self->thread);
  self->thread = NULL;
  ava_store_close_opener (self->opener);
}

static void
ava_store_dispose (GObject *object)
{
  AvaStore *self = AVA_STORE (object);

  ava_store_close (self);
  lock_changed (self);
  if (self->changed_source != NULL)
    g_source_destroy (self->changed_source);
  g_clear_pointer (&self->changed_source, g_source_unref);
  unlock_changed (self);

  G_OBJECT_CLASS (ava_store_parent_class)->dispose (object);
}

static void
ava_store_finalize (GObject *object)
{
  AvaStore *self = AVA_STORE (object);

  g_clear_object (&self->clock);
  g_free (self->data_dir);
  g_free (self->path);
  g_free (self->opener);
  g_main_context_unref (self->context);
  g_async_queue_unref (self->queue);
  g_hash_table_unref (self->changed);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ava_store_parent_class)->finalize (object);
}

static void
ava_store_class_init (AvaStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_store_dispose;
  object_class->finalize = ava_store_finalize;

  /**
   * AvaStore::changed:
   * @tables: the names of the tables that were written, by this program or another
   */
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
ava_store_init (AvaStore *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->queue = g_async_queue_new ();
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->lock);
}
