/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-synthesizer.h"

#include "ava-flite.h"
#include "ava-frame.h"
#include "ava-recognizer.h"
#include "ava-speech-worker.h"
#include "ava-spoken-text.h"

#include <stdlib.h>
#include <string.h>

/*
 *  text --> parts (sentences, clauses) --[worker]--> flite or cache --> words of audio --> chunks
 *
 * flite makes a sentence in a hundredth of its length, so a part is the unit of streaming: the first
 * one is heard while the others are made.
 */

#define CACHE_BYTES (8 * 1024 * 1024)   /* [bytes] of audio kept: about four minutes */
#define QUIET 120                       /* sample value below which a voice is silent */
#define LEAD_SAMPLES (AVA_RATE / 50)    /* kept before the first sound */
#define PAUSE_SAMPLES (AVA_RATE * 9 / 50)  /* after a part */

/* Audio of one part and which words are out when. */
typedef struct {
  GArray *pcm;      /* gint16 */
  GArray *tokens;   /* AvaFliteToken */
} Speech;

struct _AvaFliteSynthesizer {
  GObject parent_instance;

  AvaSpeechWorker *worker;

  /* Worker thread only. */
  struct {
    GHashTable *speeches;   /* words -> Speech */
    GQueue recent;          /* words, borrowed of the table, latest first */
    gsize bytes;
  } cache;
};

static void synthesizer_iface_init (AvaSynthesizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaFliteSynthesizer, ava_flite_synthesizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_SYNTHESIZER, synthesizer_iface_init))

static void
speech_free (Speech *speech)
{
  g_array_unref (speech->pcm);
  g_array_unref (speech->tokens);
  g_free (speech);
}

/* flite begins and ends with silence: 180 ms of it would be heard as delay. */
static void
trim (Speech *speech)
{
  guint start = 0;
  guint end = speech->pcm->len;

  while (start < end && abs (g_array_index (speech->pcm, gint16, start)) < QUIET)
    start++;
  start = start > LEAD_SAMPLES ? start - LEAD_SAMPLES : 0;
  while (end > start && abs (g_array_index (speech->pcm, gint16, end - 1)) < QUIET)
    end--;
  g_array_set_size (speech->pcm, end);
  g_array_set_size (speech->pcm, end + PAUSE_SAMPLES);
  memset (&g_array_index (speech->pcm, gint16, end), 0, PAUSE_SAMPLES * sizeof (gint16));
  g_array_remove_range (speech->pcm, 0, start);
  for (guint i = 0; i < speech->tokens->len; i++) {
    AvaFliteToken *token = &g_array_index (speech->tokens, AvaFliteToken, i);

    token->end_sample = token->end_sample > start ? token->end_sample - start : 0;
    token->end_sample = MIN (token->end_sample, speech->pcm->len);
  }
}

static Speech *
make_speech (const char *words)
{
  Speech *speech = g_new0 (Speech, 1);

  speech->tokens = ava_flite_speak (words, &speech->pcm);
  if (speech->tokens == NULL) {
    g_free (speech);
    return NULL;
  }
  trim (speech);
  return speech;
}

static void
forget_oldest (AvaFliteSynthesizer *self)
{
  const char *words = g_queue_pop_tail (&self->cache.recent);
  Speech *speech = g_hash_table_lookup (self->cache.speeches, words);

  self->cache.bytes -= speech->pcm->len * sizeof (gint16);
  g_hash_table_remove (self->cache.speeches, words);
}

static Speech *
get_speech (AvaFliteSynthesizer *self,
            const char          *words)
{
  gpointer key = NULL;
  gpointer value = NULL;

  if (g_hash_table_lookup_extended (self->cache.speeches, words, &key, &value)) {
    g_queue_remove (&self->cache.recent, key);
    g_queue_push_head (&self->cache.recent, key);
    return value;
  }
  value = make_speech (words);
  if (value == NULL)
    return NULL;
  key = g_strdup (words);
  self->cache.bytes += ((Speech *) value)->pcm->len * sizeof (gint16);
  g_hash_table_insert (self->cache.speeches, key, value);
  g_queue_push_head (&self->cache.recent, key);
  while (self->cache.bytes > CACHE_BYTES && g_queue_get_length (&self->cache.recent) > 1)
    forget_oldest (self);
  return value;
}

/* --- one text on its way --- */

typedef struct {
  AvaFliteSynthesizer *self;   /* owned while the job lasts, but for prepare() */
  GTask *task;                 /* nullable: prepare() wants no audio */
  char *text;
  AvaSpeechChunkFunc chunk;
  gpointer chunk_data;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job->text);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

typedef struct {
  GTask *task;
  AvaSpeechChunkFunc func;
  gpointer data;
  gint16 *pcm;
  gsize n_samples;
  gsize text_offset;
} Chunk;

static void
chunk_free (Chunk *chunk)
{
  g_object_unref (chunk->task);
  g_free (chunk->pcm);
  g_free (chunk);
}

static gboolean
deliver_chunk (gpointer data)
{
  Chunk *chunk = data;

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (chunk->task)))
    chunk->func (chunk->pcm, chunk->n_samples, chunk->text_offset, chunk->data);
  return G_SOURCE_REMOVE;
}

static void
send_chunk (Job    *job,
            Speech *speech,
            gsize   from,
            gsize   to,
            gsize   text_offset)
{
  Chunk *chunk = g_new0 (Chunk, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  chunk->task = g_object_ref (job->task);
  chunk->func = job->chunk;
  chunk->data = job->chunk_data;
  chunk->n_samples = to - from;
  chunk->pcm = g_memdup2 (&g_array_index (speech->pcm, gint16, from), (to - from) * sizeof (gint16));
  chunk->text_offset = text_offset;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_chunk, chunk, (GDestroyNotify) chunk_free);
  g_source_attach (source, g_task_get_context (job->task));
}

/* One chunk a word, so that each offset stands where its word ends. */
static void
send_part (Job           *job,
           AvaSpokenPart *part,
           Speech        *speech,
           gsize          said)
{
  gsize at = 0;

  for (guint i = 0; i < speech->tokens->len; i++) {
    AvaFliteToken *token = &g_array_index (speech->tokens, AvaFliteToken, i);
    gsize end = MIN (token->end_sample, speech->pcm->len);

    if (token->token < part->ends->len)
      said = MAX (said, g_array_index (part->ends, gsize, token->token));
    if (i + 1 == speech->tokens->len || end <= at)
      continue;
    send_chunk (job, speech, at, end, said);
    at = end;
  }
  send_chunk (job, speech, at, speech->pcm->len, part->end);
}

/* Worker thread. */
static void
do_job (gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GPtrArray) parts = ava_spoken_text_split (job->text);
  gsize said = 0;

  for (guint i = 0; i < parts->len; i++) {
    AvaSpokenPart *part = parts->pdata[i];
    Speech *speech;

    if (job->task != NULL && g_task_return_error_if_cancelled (job->task))
      return;
    speech = get_speech (job->self, part->words);
    if (speech == NULL) {
      if (job->task != NULL)
        g_task_return_new_error (job->task, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_FAILED,
                                 "Ava's voice could not say a sentence");
      return;
    }
    if (job->task != NULL)
      send_part (job, part, speech, said);
    said = part->end;
  }
  if (job->task != NULL)
    g_task_return_boolean (job->task, TRUE);
}

static void
push_job (AvaFliteSynthesizer *self,
          GTask               *task,
          const char          *text,
          AvaSpeechChunkFunc   chunk,
          gpointer             chunk_data)
{
  Job *job = g_new0 (Job, 1);

  job->self = self;
  job->task = task;
  job->text = g_utf8_make_valid (text, -1);
  job->chunk = chunk;
  job->chunk_data = chunk_data;
  ava_speech_worker_push (self->worker, do_job, job);
}

static void
flite_speak_async (AvaSynthesizer      *synthesizer,
                   const char          *text,
                   AvaSpeechChunkFunc   chunk,
                   gpointer             chunk_data,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (synthesizer, cancellable, callback, user_data);

  g_task_set_source_tag (task, flite_speak_async);
  push_job (AVA_FLITE_SYNTHESIZER (synthesizer), task, text, chunk, chunk_data);
}

static gboolean
flite_speak_finish (AvaSynthesizer  *synthesizer,
                    GAsyncResult    *result,
                    GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
flite_prepare (AvaSynthesizer *synthesizer,
               const char     *text)
{
  push_job (AVA_FLITE_SYNTHESIZER (synthesizer), NULL, text, NULL, NULL);
}

static clockid_t
flite_get_clock (AvaSynthesizer *synthesizer)
{
  return ava_speech_worker_get_clock (AVA_FLITE_SYNTHESIZER (synthesizer)->worker);
}

static void
synthesizer_iface_init (AvaSynthesizerInterface *iface)
{
  iface->speak_async = flite_speak_async;
  iface->speak_finish = flite_speak_finish;
  iface->prepare = flite_prepare;
  iface->get_clock = flite_get_clock;
}

static void
ava_flite_synthesizer_finalize (GObject *object)
{
  AvaFliteSynthesizer *self = AVA_FLITE_SYNTHESIZER (object);

  g_clear_pointer (&self->worker, ava_speech_worker_free);
  g_queue_clear (&self->cache.recent);
  g_hash_table_unref (self->cache.speeches);

  G_OBJECT_CLASS (ava_flite_synthesizer_parent_class)->finalize (object);
}

static void
ava_flite_synthesizer_class_init (AvaFliteSynthesizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_flite_synthesizer_finalize;
}

static void
ava_flite_synthesizer_init (AvaFliteSynthesizer *self)
{
  self->cache.speeches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) speech_free);
  g_queue_init (&self->cache.recent);
}

/**
 * ava_flite_synthesizer_new:
 *
 * Returns: (transfer full) (nullable): Ava's voice, or %NULL with @error set
 *   (AVA_SPEECH_ERROR_MODEL)
 */
AvaSynthesizer *
ava_flite_synthesizer_new (GError **error)
{
  AvaFliteSynthesizer *self;

  if (!ava_flite_init ()) {
    g_set_error_literal (error, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_MODEL,
                         "Ava's local voice is not installed (flite, cmu_us_rms)");
    return NULL;
  }
  self = g_object_new (AVA_TYPE_FLITE_SYNTHESIZER, NULL);
  self->worker = ava_speech_worker_new ("synthesizer");
  return AVA_SYNTHESIZER (self);
}
