/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-caller-script.h"
#include "ava-caller-voice.h"
#include "ava-line-call.h"
#include "ava-paced-port.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/*
 *  script --> voice programs (thread) --> lines of audio
 *                                            |
 *  Ava's caption + end of her audio --> choose an answer --> play it, band and noise of the line
 */

#define POLITE_FRAMES 20          /* 400 ms after Ava until the caller speaks */
#define PATIENCE_FRAMES 600       /* 12 s of Ava's silence until the caller asks */
#define MOST_ASKED 2              /* times that the caller asks before hanging up */
#define NOT_UNDERSTOOD "Sorry, could you repeat that?"
#define STILL_THERE "Hello? Are you still there?"

struct _AvaSimulatedCall {
  GObject parent_instance;

  AvaPacer *pacer;
  AvaFramePort *port;
  AvaCallerScript *script;
  GHashTable *lines;              /* text -> GBytes (S16); NULL until they are rendered */
  GRand *noise;
  double noise_rms;               /* in sample units */

  GBytes *speaking;               /* nullable: what is being said */
  gsize position;                 /* [samples] of it */
  char *caption;                  /* nullable: what Ava said and nobody answered yet */
  char *expect;
  guint frames;                   /* since the call began */
  guint silent;                   /* [frames] since Ava was last heard */
  guint waited;                   /* [frames] since somebody spoke */
  guint heard;                    /* [frames] of Ava since her caption came */
  guint asked;                    /* times that the caller asked, in a row */
  gboolean opened;                /* the first words were said */
  gboolean ava_spoke;
  gboolean failed;
  gboolean over;
};

#define AVA_TYPE_SIMULATED_CALL (ava_simulated_call_get_type ())
G_DECLARE_FINAL_TYPE (AvaSimulatedCall, ava_simulated_call, AVA, SIMULATED_CALL, GObject)

static void line_call_iface_init (AvaLineCallInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaSimulatedCall, ava_simulated_call, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_LINE_CALL, line_call_iface_init))

static gboolean
is_stage_direction (const char *text)
{
  return *text == '<';
}

static void
say (AvaSimulatedCall *self,
     const char       *text)
{
  GBytes *line = g_hash_table_lookup (self->lines, text);

  self->waited = 0;
  g_clear_pointer (&self->caption, g_free);
  if (g_str_equal (text, "<hang up>"))
    self->over = TRUE;
  if (line == NULL)
    return;
  g_clear_pointer (&self->speaking, g_bytes_unref);
  self->speaking = g_bytes_ref (line);
  self->position = 0;
}

static void
ask (AvaSimulatedCall *self,
     const char       *text)
{
  if (++self->asked > MOST_ASKED)
    self->over = TRUE;
  else
    say (self, text);
}

static void
answer (AvaSimulatedCall *self,
        AvaCallerRule    *rule)
{
  const char *text = rule != NULL ? ava_caller_rule_take (rule) : NULL;

  if (text == NULL) {
    ask (self, NOT_UNDERSTOOD);
    return;
  }
  self->asked = 0;
  say (self, text);
}

/* Decides, frame by frame, whether it is time to speak. */
static void
think (AvaSimulatedCall *self)
{
  AvaCallerRule *rule = NULL;

  if (self->caption != NULL && self->opened)
    rule = ava_caller_script_find (self->script, self->caption, self->expect);
  if (rule != NULL && rule->interrupt_s >= 0) {
    if (self->heard * AVA_FRAME_MS >= rule->interrupt_s * 1000)
      answer (self, rule);
    return;
  }
  if (self->silent < POLITE_FRAMES || !self->ava_spoke)
    return;
  if (!self->opened) {
    self->opened = TRUE;
    say (self, self->script->opening);
  } else if (self->caption != NULL && self->heard > 0) {
    if (g_strcmp0 (self->expect, "nothing") == 0)
      g_clear_pointer (&self->caption, g_free);
    else
      answer (self, rule);
  } else if (self->waited >= PATIENCE_FRAMES) {
    ask (self, STILL_THERE);
  }
}

static void
fill_speech (AvaSimulatedCall *self,
             gint16           *pcm)
{
  gsize size;
  const gint16 *samples = g_bytes_get_data (self->speaking, &size);
  gsize left = size / sizeof (gint16) - self->position;
  gsize taken = MIN (left, AVA_FRAME_SAMPLES);

  memcpy (pcm, samples + self->position, taken * sizeof (gint16));
  self->position += taken;
  self->waited = 0;
  if (taken == left)
    g_clear_pointer (&self->speaking, g_bytes_unref);
}

/* White noise of the line's level: the sum of four uniform numbers is near enough to a bell. */
static void
add_noise (AvaSimulatedCall *self,
           gint16           *pcm)
{
  const double scale = self->noise_rms * sqrt (3.0);

  if (self->noise_rms <= 0)
    return;
  for (guint i = 0; i < AVA_FRAME_SAMPLES; i++) {
    double noise = 0;

    for (guint j = 0; j < 4; j++)
      noise += g_rand_double_range (self->noise, -0.5, 0.5);
    pcm[i] = CLAMP (pcm[i] + noise * scale, G_MININT16, G_MAXINT16);
  }
}

/* AvaCallerFunc */
static gboolean
give_frame (gint16   *pcm,
            gint64    queued,
            gpointer  user_data)
{
  AvaSimulatedCall *self = user_data;

  memset (pcm, 0, AVA_FRAME_BYTES);
  self->frames++;
  self->waited++;
  self->silent = queued > 0 ? 0 : self->silent + 1;
  if (queued > 0) {
    self->ava_spoke = TRUE;
    self->heard++;
    self->waited = 0;
  }
  if (self->lines != NULL && self->speaking == NULL)
    think (self);
  if (self->speaking != NULL)
    fill_speech (self, pcm);
  add_noise (self, pcm);
  if (self->script->hang_up_s > 0 && self->frames * AVA_FRAME_MS > self->script->hang_up_s * 1000)
    self->over = TRUE;
  return !self->failed && !(self->over && self->speaking == NULL);
}

static AvaFramePort *
simulated_call_get_port (AvaLineCall *call)
{
  return AVA_SIMULATED_CALL (call)->port;
}

static const char *
simulated_call_get_kind (AvaLineCall *call)
{
  return "simulated";
}

static const char *
simulated_call_get_phone (AvaLineCall *call)
{
  return AVA_SIMULATED_CALL (call)->script->phone;
}

static AvaPacer *
simulated_call_get_pacer (AvaLineCall *call)
{
  return AVA_SIMULATED_CALL (call)->pacer;
}

static void
simulated_call_caption (AvaLineCall *call,
                        const char  *text,
                        const char  *expect)
{
  AvaSimulatedCall *self = AVA_SIMULATED_CALL (call);

  g_free (self->caption);
  self->caption = g_strdup (text);
  g_free (self->expect);
  self->expect = g_strdup (expect);
  self->heard = 0;
}

static void
simulated_call_hang_up (AvaLineCall *call)
{
  ava_frame_port_stop (AVA_SIMULATED_CALL (call)->port);
}

static void
line_call_iface_init (AvaLineCallInterface *iface)
{
  iface->get_port = simulated_call_get_port;
  iface->get_kind = simulated_call_get_kind;
  iface->get_phone = simulated_call_get_phone;
  iface->get_pacer = simulated_call_get_pacer;
  iface->caption = simulated_call_caption;
  iface->hang_up = simulated_call_hang_up;
}

static void
ava_simulated_call_dispose (GObject *object)
{
  AvaSimulatedCall *self = AVA_SIMULATED_CALL (object);

  if (self->port != NULL)
    ava_frame_port_stop (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->pacer);

  G_OBJECT_CLASS (ava_simulated_call_parent_class)->dispose (object);
}

static void
ava_simulated_call_finalize (GObject *object)
{
  AvaSimulatedCall *self = AVA_SIMULATED_CALL (object);

  g_clear_pointer (&self->script, ava_caller_script_free);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_pointer (&self->speaking, g_bytes_unref);
  g_clear_pointer (&self->noise, g_rand_free);
  g_free (self->caption);
  g_free (self->expect);

  G_OBJECT_CLASS (ava_simulated_call_parent_class)->finalize (object);
}

static void
ava_simulated_call_class_init (AvaSimulatedCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_simulated_call_dispose;
  object_class->finalize = ava_simulated_call_finalize;
}

static void
ava_simulated_call_init (AvaSimulatedCall *self)
{
  self->noise = g_rand_new_with_seed (20);
}

static void
on_port_ended (AvaSimulatedCall *self)
{
  g_signal_emit_by_name (self, "ended", self->failed ? "the caller's voice could not be made"
                                                     : "the caller hung up");
}

/* What the rendering thread works on. */
typedef struct {
  char *voice;
  gboolean telephone;
  GPtrArray *texts;
} Rendering;

static void
rendering_free (Rendering *rendering)
{
  g_free (rendering->voice);
  g_ptr_array_unref (rendering->texts);
  g_free (rendering);
}

static GBytes *
render_line (Rendering   *rendering,
             const char  *text,
             GError     **error)
{
  g_autoptr (GBytes) plain = ava_caller_voice_render (rendering->voice, text, error);
  gsize size;
  gint16 *pcm;

  if (plain == NULL)
    return NULL;
  pcm = g_bytes_unref_to_data (g_steal_pointer (&plain), &size);
  ava_caller_voice_colour (pcm, size / sizeof (gint16), rendering->telephone);
  return g_bytes_new_take (pcm, size);
}

/* Rendering thread. */
static void
render_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Rendering *rendering = task_data;
  g_autoptr (GHashTable) lines = NULL;

  lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < rendering->texts->len; i++) {
    const char *text = rendering->texts->pdata[i];
    g_autoptr (GError) error = NULL;
    GBytes *line = render_line (rendering, text, &error);

    if (line == NULL) {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
    g_hash_table_replace (lines, g_strdup (text), line);
  }
  g_task_return_pointer (task, g_steal_pointer (&lines), (GDestroyNotify) g_hash_table_unref);
}

static void
set_noise (AvaSimulatedCall *self)
{
  GBytes *opening = g_hash_table_lookup (self->lines, self->script->opening);
  gsize size;
  const gint16 *samples;

  if (self->script->noise_db <= 0 || opening == NULL)
    return;
  samples = g_bytes_get_data (opening, &size);
  self->noise_rms = ava_caller_voice_level (samples, size / sizeof (gint16)) /
                    pow (10, self->script->noise_db / 20);
}

static void
rendered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AvaSimulatedCall *self = AVA_SIMULATED_CALL (source);
  g_autoptr (GError) error = NULL;

  self->lines = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->pacer != NULL)
    ava_pacer_resume (self->pacer);
  if (self->lines == NULL) {
    g_warning ("A caller's voice could not be made: %s", error->message);
    self->failed = TRUE;
    return;
  }
  set_noise (self);
}

static void
start_rendering (AvaSimulatedCall *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, rendered_cb, NULL);
  Rendering *rendering = g_new0 (Rendering, 1);

  rendering->voice = g_strdup (self->script->voice);
  rendering->telephone = self->script->telephone;
  rendering->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (rendering->texts, g_strdup (self->script->opening));
  g_ptr_array_add (rendering->texts, g_strdup (NOT_UNDERSTOOD));
  g_ptr_array_add (rendering->texts, g_strdup (STILL_THERE));
  for (guint i = 0; i < self->script->rules->len; i++) {
    AvaCallerRule *rule = self->script->rules->pdata[i];

    for (guint j = 0; rule->answers[j] != NULL; j++) {
      if (!is_stage_direction (rule->answers[j]))
        g_ptr_array_add (rendering->texts, g_strdup (rule->answers[j]));
    }
  }
  ava_pacer_pause (self->pacer);
  g_task_set_task_data (task, rendering, (GDestroyNotify) rendering_free);
  g_task_run_in_thread (task, render_in_thread);
}

/**
 * ava_simulated_call_new:
 * @path: a .caller file
 *
 * Their lines are rendered first, on a thread: the call's time begins when they are ready.
 *
 * Returns: (transfer full) (nullable): a call, or %NULL with @error set (AVA_LINE_ERROR)
 */
AvaLineCall *
ava_simulated_call_new (const char  *path,
                        AvaPacer    *pacer,
                        GError     **error)
{
  g_autoptr (AvaSimulatedCall) self = g_object_new (AVA_TYPE_SIMULATED_CALL, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;

  if (!g_file_get_contents (path, &text, NULL, &cause)) {
    g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT, _("The caller script cannot be read: %s"),
                 cause->message);
    return NULL;
  }
  self->script = ava_caller_script_parse (text, error);
  if (self->script == NULL || !ava_caller_voice_check (self->script->voice, error))
    return NULL;
  self->pacer = g_object_ref (pacer);
  self->port = ava_paced_port_new (pacer, give_frame, self);
  g_signal_connect_object (self->port, "ended", G_CALLBACK (on_port_ended), self, G_CONNECT_SWAPPED);
  start_rendering (self);
  return AVA_LINE_CALL (g_steal_pointer (&self));
}
