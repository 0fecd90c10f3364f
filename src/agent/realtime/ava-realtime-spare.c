/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-spare-private.h"

/*
 *   new --opened, update sent--> OPENING --session.updated--> READY --take()--> TAKEN
 *                                   \                         |  ^
 *                                    +--refused, silent--> LOST  | every 20 s: a sign of life
 */

#define CONFIRM_US (5 * G_USEC_PER_SEC)    /* [us] a service may take to confirm the settings */
#define QUIET_US (20 * G_USEC_PER_SEC)     /* [us] after which a sign of life is asked for */
#define ANSWER_US (5 * G_USEC_PER_SEC)     /* [us] within which it must come */

struct _AvaRealtimeSpare {
  GObject parent_instance;

  AvaRealtimeSession *session;   /* nullable: taken */
  AvaSpareState state;
  char *words;                   /* nullable */
  gint64 now_us;                 /* [us] since it was opened */
  gint64 opened_us;              /* [us] when the settings were sent; 0: not yet */
  gint64 heard_us;               /* [us] when the service was heard of last */
  gint64 asked_us;               /* [us] when a sign of life was asked for; 0: not */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaRealtimeSpare, ava_realtime_spare, G_TYPE_OBJECT)

static void
set_state (AvaRealtimeSpare *self,
           AvaSpareState     state,
           const char       *words)
{
  if (self->state == state || self->state == AVA_SPARE_LOST)
    return;
  self->state = state;
  self->words = g_strdup (words);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_ready (AvaRealtimeSpare *self,
          gboolean          again)
{
  self->opened_us = MAX (1, self->now_us);
}

static void
on_event (AvaRealtimeSpare *self,
          AvaRealtimeEvent *event)
{
  self->heard_us = self->now_us;
  self->asked_us = 0;
  if (event->type == AVA_RT_SESSION_UPDATED)
    set_state (self, AVA_SPARE_READY, NULL);
}

static void
on_lost (AvaRealtimeSpare *self,
         const char       *words)
{
  set_state (self, AVA_SPARE_LOST, words);
}

/* A socket whose other end is gone looks like one that waits. */
static void
ask_for_life (AvaRealtimeSpare *self)
{
  if (self->asked_us != 0 || self->now_us - self->heard_us < QUIET_US || !ava_realtime_session_is_ready (self->session))
    return;
  self->asked_us = self->now_us;
  ava_realtime_session_send (self->session, ava_realtime_write_plain ("input_audio_buffer.clear"), AVA_RT_KIND_CONTROL);
}

/**
 * ava_realtime_spare_tick:
 * @waited_us: [us] since it was made
 */
void
ava_realtime_spare_tick (AvaRealtimeSpare *self,
                         gint64            waited_us)
{
  g_autoptr (AvaRealtimeSpare) alive = g_object_ref (self);

  self->now_us = waited_us;
  if (self->state == AVA_SPARE_LOST || self->session == NULL)
    return;
  ava_realtime_session_tick (self->session, waited_us, TRUE);
  if (self->state == AVA_SPARE_OPENING && self->opened_us != 0 && waited_us - self->opened_us > CONFIRM_US)
    set_state (self, AVA_SPARE_LOST, "The cloud voice opened a session, but did not confirm the settings.");
  else if (self->state == AVA_SPARE_READY && self->asked_us != 0 && waited_us - self->asked_us > ANSWER_US)
    set_state (self, AVA_SPARE_LOST, "The cloud voice does not answer.");
  else if (self->state == AVA_SPARE_READY)
    ask_for_life (self);
}

AvaSpareState
ava_realtime_spare_get_state (AvaRealtimeSpare *self)
{
  return self->state;
}

const char *
ava_realtime_spare_get_words (AvaRealtimeSpare *self)
{
  return self->words;
}

/**
 * ava_realtime_spare_close:
 *
 * Nobody called.
 *
 * Returns: (transfer full) (nullable): what went over the wire, for the ledger; %NULL when a call has taken it over
 */
JsonObject *
ava_realtime_spare_close (AvaRealtimeSpare *self)
{
  JsonObject *egress;

  if (self->session == NULL)
    return NULL;
  g_signal_handlers_disconnect_by_data (self->session, self);
  egress = ava_realtime_session_describe_egress (self->session);
  json_object_set_string_member (egress, "why", "waiting for a call");
  ava_realtime_session_close (self->session);
  return egress;
}

/**
 * ava_realtime_spare_take:
 *
 * Returns: (transfer full) (nullable): a session that is open or opens; %NULL: there is none
 */
AvaRealtimeSession *
ava_realtime_spare_take (AvaRealtimeSpare *self)
{
  if (self->state == AVA_SPARE_LOST || self->session == NULL)
    return NULL;
  g_signal_handlers_disconnect_by_data (self->session, self);
  set_state (self, AVA_SPARE_TAKEN, NULL);
  return g_steal_pointer (&self->session);
}

JsonObject *
ava_realtime_spare_write_session (const AvaRealtimeSettings *settings)
{
  JsonObject *session = json_object_new ();
  JsonObject *audio = json_object_new ();
  JsonObject *input = json_object_new ();
  JsonObject *output = json_object_new ();

  if (*settings->transcription_model != '\0') {
    JsonObject *transcription = json_object_new ();

    json_object_set_string_member (transcription, "model", settings->transcription_model);
    json_object_set_object_member (input, "transcription", transcription);
  }
  json_object_set_string_member (output, "voice", settings->voice);
  json_object_set_object_member (audio, "input", input);
  json_object_set_object_member (audio, "output", output);
  json_object_set_string_member (session, "type", "realtime");
  json_object_set_object_member (session, "audio", audio);
  return session;
}

static void
ava_realtime_spare_dispose (GObject *object)
{
  AvaRealtimeSpare *self = AVA_REALTIME_SPARE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ava_realtime_spare_parent_class)->dispose (object);
}

static void
ava_realtime_spare_finalize (GObject *object)
{
  g_free (AVA_REALTIME_SPARE (object)->words);
  G_OBJECT_CLASS (ava_realtime_spare_parent_class)->finalize (object);
}

static void
ava_realtime_spare_class_init (AvaRealtimeSpareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_realtime_spare_dispose;
  object_class->finalize = ava_realtime_spare_finalize;
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_REALTIME_SPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_realtime_spare_init (AvaRealtimeSpare *self)
{
}

/**
 * ava_realtime_spare_new:
 * @settings: that were checked; copied
 *
 * Returns: (transfer full): a line that is being opened
 */
AvaRealtimeSpare *
ava_realtime_spare_new (const AvaRealtimeSettings *settings,
                        AvaRealtimeTransport    *(*make_line) (gpointer line_data),
                        gpointer                   line_data)
{
  AvaRealtimeSpare *self = g_object_new (AVA_TYPE_REALTIME_SPARE, NULL);

  self->session = ava_realtime_session_new (settings, make_line != NULL ? make_line : ava_realtime_socket_new, line_data);
  g_signal_connect_swapped (self->session, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect_swapped (self->session, "event", G_CALLBACK (on_event), self);
  g_signal_connect_swapped (self->session, "lost", G_CALLBACK (on_lost), self);
  ava_realtime_session_configure (self->session, ava_realtime_spare_write_session (settings));
  ava_realtime_session_open (self->session);
  return self;
}
