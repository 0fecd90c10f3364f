/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-session.h"

#include "ava-realtime-trouble.h"
#include "ava-realtime-upstream.h"

#include <stdlib.h>
#include <string.h>

/*
 *                 opened, session.created        update sent
 *   open() --> CONNECTING ----------------------------> READY --rotate: a second line beside the first, then swapped--> READY
 *     ^             | too long, refused, cut              | cut, run out
 *     |             v                                     v
 *     +--backoff-- AWAY <---------------------------------+          or, if it will not get better: LOST
 */

#define TRUSTED_BYTES 12800                  /* of audio sent, 200 ms, after which it is looked again whether more can go out */
#define FIRST_WAIT_US (500 * 1000)           /* [us] before the first new try; then twice as long, up to the next */
#define LONGEST_WAIT_US (8 * G_USEC_PER_SEC)
#define LONGEST_ASKED_US (8 * G_USEC_PER_SEC)   /* [us] that the service may ask to wait; a caller waits no longer */
#define LONGEST_AWAY_US (10 * G_USEC_PER_SEC)   /* [us] without a line after which a caller has waited enough */
#define MOST_TRIES 5
#define STABLE_US (30 * G_USEC_PER_SEC)      /* [us] after which a line counts as stable */
#define EARLY_S 300                          /* [s] before a session runs out by which it is renewed */
#define ROTATE_AGAIN_US (30 * G_USEC_PER_SEC)
#define PROOF_US (2 * G_USEC_PER_SEC)        /* [us] within which a line that had waited must say something */

/* One WebSocket and what comes from it. */
typedef struct {
  AvaRealtimeSession *owner;
  AvaRealtimeTransport *transport;
  AvaRealtimeInbox *inbox;
  gint64 begun_us;
  gboolean created;          /* the service has greeted */
} Link;

struct _AvaRealtimeSession {
  GObject parent_instance;

  AvaRealtimeSettings *settings;
  AvaRealtimeTransportFunc make_line;
  gpointer user_data;
  JsonObject *config;        /* nullable: the session as it is to be */
  Link *link;                /* nullable: the one in use */
  Link *next;                /* nullable: the one that will replace it */
  AvaRealtimeUpstream *upstream;   /* what the caller said and is not sent */
  gsize trusted;             /* [bytes] of audio that may go out unlooked */

  gint64 now_us;             /* [us] since the call began */
  gint64 rotate_us;          /* [us] when the session is to be renewed */
  gint64 retry_us;           /* [us] when to try anew; 0: not waiting */
  gint64 away_us;            /* [us] since when there is no line, after there was one; 0: there is, or was none yet */
  char *away_words;          /* nullable: why */
  gint64 proof_us;           /* [us] until when a line that had waited may be silent; 0: it has spoken */
  guint tries;
  guint serial;              /* of the last event sent */
  guint config_serial;       /* of the last session.update */
  gboolean ready;
  gboolean was_ready;        /* the service has been told of the conversation before */
  gboolean over;
  gint64 sent[AVA_RT_KIND_N];      /* [bytes] */
  gint64 received[AVA_RT_KIND_N];  /* [bytes] */
  guint lines;               /* that were opened */
};

enum { READY, EVENT, AWAY, TROUBLE, LOST, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaRealtimeSession, ava_realtime_session, G_TYPE_OBJECT)

static void connect_anew (AvaRealtimeSession *self);

static void
link_free (Link *link)
{
  if (link == NULL)
    return;
  g_signal_handlers_disconnect_by_data (link->transport, link);
  ava_realtime_transport_close (link->transport);
  g_object_unref (link->transport);
  ava_realtime_inbox_free (link->inbox);
  g_free (link);
}

static void
lose (AvaRealtimeSession *self,
      const char         *words)
{
  if (self->over)
    return;
  self->over = TRUE;
  self->ready = FALSE;
  self->retry_us = 0;
  g_signal_emit (self, signals[LOST], 0, words);
}

static gint64
get_wait_us (AvaRealtimeSession *self)
{
  gint64 wait_us = MIN (LONGEST_WAIT_US, FIRST_WAIT_US << MIN (self->tries, 5));

  return wait_us - g_random_int_range (0, wait_us / 4);
}

/* The line in use is gone. @least_us: [us] that the service asks to wait */
static void
go_away (AvaRealtimeSession *self,
         AvaTroubleKind      kind,
         const char         *words,
         gint64              least_us)
{
  gboolean first = self->tries == 0;
  gboolean second = self->tries == 1;   /* it does not come back at once: that is a state, and not a blink */

  self->ready = FALSE;
  g_clear_pointer (&self->link, link_free);
  g_clear_pointer (&self->next, link_free);
  if (kind == AVA_TROUBLE_FATAL || (kind == AVA_TROUBLE_LINE && !self->settings->reconnects) || self->tries >= MOST_TRIES ||
      least_us > LONGEST_ASKED_US) {
    lose (self, words);
    return;
  }
  if (self->away_us == 0)
    self->away_us = MAX (1, self->now_us);
  g_free (self->away_words);
  self->away_words = g_strdup (words);
  self->retry_us = self->now_us + (kind == AVA_TROUBLE_EXPIRED && first ? 1 : MAX (least_us, get_wait_us (self)));
  self->tries++;
  if (first || second)
    g_signal_emit (self, signals[AWAY], 0, words);
}

/* It died while it waited: the call goes on as if there had been none. */
static void
replace_waiting (AvaRealtimeSession *self)
{
  self->proof_us = 0;
  self->ready = FALSE;
  g_clear_pointer (&self->next, link_free);
  g_clear_pointer (&self->link, link_free);
  connect_anew (self);
}

static void
end_link (Link          *link,
          AvaTroubleKind kind,
          const char    *words,
          gint64         least_us)
{
  AvaRealtimeSession *self = link->owner;

  if (link == self->link && self->proof_us != 0 && kind == AVA_TROUBLE_LINE) {
    replace_waiting (self);
    return;
  }
  if (link != self->next) {
    go_away (self, kind, words, least_us);
    return;
  }
  /* The line in use still works: the renewal is tried again later. */
  g_clear_pointer (&self->next, link_free);
  self->rotate_us = self->now_us + MAX (ROTATE_AGAIN_US, least_us);
  g_signal_emit (self, signals[TROUBLE], 0, words);
}

static void
on_ended (AvaRealtimeTransport *transport,
          AvaRealtimeEnd       *how,
          Link                 *link)
{
  g_autoptr (AvaRealtimeSession) self = g_object_ref (link->owner);
  g_autofree char *words = NULL;
  AvaTroubleKind kind = ava_trouble_judge_end (how, &words);

  if (!self->over)
    end_link (link, kind, words, MAX (how->retry_s * G_USEC_PER_SEC, ava_trouble_find_wait_us (how->reason)));
}

/* --- sending --- */

static void
send_text (AvaRealtimeSession *self,
           Link               *link,
           const char         *text,
           gsize               size,
           AvaRealtimeKind     kind)
{
  self->sent[kind] += size;
  ava_realtime_transport_send (link->transport, text, size);
}

static guint
send_on (AvaRealtimeSession *self,
         Link               *link,
         JsonObject         *event,
         AvaRealtimeKind     kind)
{
  g_autofree char *id = g_strdup_printf ("ava-%u", ++self->serial);
  g_autofree char *text = NULL;

  json_object_set_string_member (event, "event_id", id);
  text = ava_wire_print (event);
  json_object_unref (event);
  send_text (self, link, text, strlen (text), kind);
  return self->serial;
}

static void
send_config (AvaRealtimeSession *self,
             Link               *link)
{
  self->config_serial = send_on (self, link, ava_realtime_write_update (json_object_ref (self->config)), AVA_RT_KIND_SETTINGS);
}

/* --- receiving --- */

static void
read_expiry (AvaRealtimeSession *self,
             JsonObject         *session)
{
  gint64 expires_s = ava_wire_get_int (session, "expires_at", 0);
  gint64 left_s = expires_s > 0 ? expires_s - g_get_real_time () / G_USEC_PER_SEC : 3600;
  gint64 rotate_s = self->settings->rotate_s;

  if (left_s > 2 * EARLY_S)
    rotate_s = MIN (rotate_s, left_s - EARLY_S);
  self->rotate_us = self->now_us + rotate_s * G_USEC_PER_SEC;
}

/* libsoup queues without limit: what the service does not read must not pile up there. */
static gboolean
has_room (AvaRealtimeSession *self)
{
  if (self->trusted == 0 && ava_realtime_transport_is_ready (self->link->transport))
    self->trusted = TRUSTED_BYTES;
  return self->trusted > 0;
}

static void
flush_upstream (AvaRealtimeSession *self)
{
  const char *event;
  gsize size;

  if (!self->ready || ava_realtime_upstream_is_empty (self->upstream) || !has_room (self))
    return;
  event = ava_realtime_upstream_take (self->upstream, ++self->serial, &size);
  self->trusted -= MIN (self->trusted, size);
  send_text (self, self->link, event, size, AVA_RT_KIND_AUDIO);
}

static void
become_ready (AvaRealtimeSession *self)
{
  gboolean again = self->was_ready;

  self->ready = self->was_ready = TRUE;
  self->away_us = 0;
  self->trusted = 0;
  send_config (self, self->link);
  g_signal_emit (self, signals[READY], 0, again);
  if (self->link != NULL)
    flush_upstream (self);
}

static void
swap_links (AvaRealtimeSession *self)
{
  g_clear_pointer (&self->link, link_free);
  self->link = g_steal_pointer (&self->next);
  become_ready (self);
}

static void
take_created (Link             *link,
              AvaRealtimeEvent *event)
{
  AvaRealtimeSession *self = link->owner;

  if (link->created)
    return;
  link->created = TRUE;
  read_expiry (self, event->session);
  if (link == self->link)
    become_ready (self);
}

static void
take_error (Link             *link,
            AvaRealtimeEvent *event)
{
  AvaRealtimeSession *self = link->owner;
  g_autofree char *words = NULL;
  AvaTroubleKind kind = ava_trouble_judge_error (event, &words);

  if (kind == AVA_TROUBLE_FATAL || kind == AVA_TROUBLE_EXPIRED) {
    end_link (link, kind, words, 0);
    return;
  }
  /* The whole update was refused: this session knows neither Ava's name nor her tools. */
  if (ava_realtime_session_read_serial (event->cause_id) == self->config_serial && self->config_serial != 0) {
    end_link (link, AVA_TROUBLE_FATAL, words != NULL ? words : "The cloud voice does not accept our settings.", 0);
    return;
  }
  if (kind == AVA_TROUBLE_ODD || kind == AVA_TROUBLE_LIMIT)
    g_signal_emit (self, signals[TROUBLE], 0, words);
  if (link == self->link)
    g_signal_emit (self, signals[EVENT], 0, event);
}

static AvaRealtimeKind
find_kind (AvaRealtimeEvent *event)
{
  if (event->type == AVA_RT_AUDIO_DELTA)
    return AVA_RT_KIND_AUDIO;
  if (event->type == AVA_RT_SESSION_CREATED || event->type == AVA_RT_SESSION_UPDATED)
    return AVA_RT_KIND_SETTINGS;
  return event->type == AVA_RT_WORDS_DELTA || event->type == AVA_RT_WORDS_DONE || event->type == AVA_RT_HEARD_DELTA ||
         event->type == AVA_RT_HEARD_DONE ? AVA_RT_KIND_WORDS : AVA_RT_KIND_CONTROL;
}

static void
take_event (AvaRealtimeEvent *event,
            gpointer          user_data)
{
  Link *link = user_data;
  g_autoptr (AvaRealtimeSession) self = g_object_ref (link->owner);

  self->received[find_kind (event)] += event->size;
  if (self->over)
    return;
  if (link == self->link)
    self->proof_us = 0;
  if (event->type == AVA_RT_SESSION_CREATED)
    take_created (link, event);
  else if (event->type == AVA_RT_ERROR)
    take_error (link, event);
  else if (event->type == AVA_RT_MALFORMED)
    g_signal_emit (self, signals[TROUBLE], 0, "The cloud voice sent something that cannot be read; it was left out.");
  else if (link == self->link)
    g_signal_emit (self, signals[EVENT], 0, event);
}

static void
on_message (AvaRealtimeTransport *transport,
            GBytes               *frame,
            Link                 *link)
{
  ava_realtime_inbox_push (link->inbox, frame);
}

/* --- lines --- */

static Link *
open_link (AvaRealtimeSession *self)
{
  Link *link = g_new0 (Link, 1);

  link->owner = self;
  link->begun_us = self->now_us;
  link->transport = self->make_line (self->user_data);
  link->inbox = ava_realtime_inbox_new (take_event, link);
  g_signal_connect (link->transport, "message", G_CALLBACK (on_message), link);
  g_signal_connect (link->transport, "ended", G_CALLBACK (on_ended), link);
  self->lines++;
  return link;
}

static void
connect_anew (AvaRealtimeSession *self)
{
  self->retry_us = 0;
  self->link = open_link (self);
  ava_realtime_transport_open (self->link->transport, self->settings);
}

static void
rotate (AvaRealtimeSession *self)
{
  self->rotate_us = G_MAXINT64;
  self->next = open_link (self);
  ava_realtime_transport_open (self->next->transport, self->settings);
}

static gboolean
takes_too_long (AvaRealtimeSession *self,
                Link               *link)
{
  return link != NULL && !link->created && self->now_us - link->begun_us > (gint64) self->settings->connect_ms * 1000;
}

/**
 * ava_realtime_session_tick:
 * @now_us: [us] since the call began
 * @idle: nobody speaks and nothing is under way: the session may be renewed
 */
void
ava_realtime_session_tick (AvaRealtimeSession *self,
                           gint64              now_us,
                           gboolean            idle)
{
  static const char slow[] = "The cloud voice does not answer.";

  self->now_us = now_us;
  if (self->over)
    return;
  if (self->away_us != 0 && now_us - self->away_us > LONGEST_AWAY_US) {
    g_clear_pointer (&self->link, link_free);
    lose (self, self->away_words);
    return;
  }
  if (self->retry_us != 0 && now_us >= self->retry_us)
    connect_anew (self);
  if (self->proof_us != 0 && now_us > self->proof_us)
    replace_waiting (self);
  if (takes_too_long (self, self->next))
    end_link (self->next, AVA_TROUBLE_LINE, slow, 0);
  if (takes_too_long (self, self->link)) {
    end_link (self->link, AVA_TROUBLE_LINE, slow, 0);
    return;
  }
  if (!self->ready)
    return;
  if (self->tries > 0 && now_us - self->link->begun_us > STABLE_US)
    self->tries = 0;
  flush_upstream (self);
  if (idle && self->next != NULL && self->next->created)
    swap_links (self);
  else if (idle && self->next == NULL && now_us >= self->rotate_us)
    rotate (self);
}

/**
 * ava_realtime_session_configure:
 * @config: (transfer full): the whole session object
 *
 * Takes effect now, or as soon as there is a line.
 */
void
ava_realtime_session_configure (AvaRealtimeSession *self,
                                JsonObject         *config)
{
  g_clear_pointer (&self->config, json_object_unref);
  self->config = config;
  if (self->ready)
    send_config (self, self->link);
}

/**
 * ava_realtime_session_open:
 *
 * Begins to connect; "ready" or "lost" follows.
 */
void
ava_realtime_session_open (AvaRealtimeSession *self)
{
  g_return_if_fail (self->link == NULL && self->config != NULL);

  connect_anew (self);
}

/**
 * ava_realtime_session_begin:
 *
 * The call for which this session has waited begins: time starts at 0 once more, and a line that is not heard of soon
 * is replaced by another; "ready" follows then.
 */
void
ava_realtime_session_begin (AvaRealtimeSession *self)
{
  gint64 waited_us = self->now_us;

  self->now_us = 0;
  if (self->rotate_us != G_MAXINT64)
    self->rotate_us -= waited_us;
  if (self->retry_us != 0)
    self->retry_us = MAX (1, self->retry_us - waited_us);
  if (self->link != NULL)
    self->link->begun_us -= waited_us;
  if (self->next != NULL)
    self->next->begun_us -= waited_us;
  self->tries = 0;
  self->away_us = 0;
  self->proof_us = self->ready ? PROOF_US : 0;
}

/**
 * ava_realtime_session_send:
 * @event: (transfer full): a client event
 *
 * Returns: its serial, which an error's cause names; 0 when there is no line to send it on
 */
guint
ava_realtime_session_send (AvaRealtimeSession *self,
                           JsonObject         *event,
                           AvaRealtimeKind     kind)
{
  if (!self->ready) {
    json_object_unref (event);
    return 0;
  }
  return send_on (self, self->link, event, kind);
}

/**
 * ava_realtime_session_hear:
 * @pcm: of the caller, at the rate of the program
 *
 * Goes out at once, or within a second; what is older is dropped.
 */
void
ava_realtime_session_hear (AvaRealtimeSession *self,
                           const gint16       *pcm,
                           gsize               n_samples)
{
  ava_realtime_upstream_add (self->upstream, pcm, n_samples);
  flush_upstream (self);
}

/**
 * ava_realtime_session_close:
 *
 * Says goodbye; no signal follows.
 */
void
ava_realtime_session_close (AvaRealtimeSession *self)
{
  self->over = TRUE;
  self->ready = FALSE;
  g_clear_pointer (&self->next, link_free);
  g_clear_pointer (&self->link, link_free);
}

/**
 * ava_realtime_session_is_ready:
 *
 * Returns: whether there is a line on which the service listens
 */
gboolean
ava_realtime_session_is_ready (AvaRealtimeSession *self)
{
  return self->ready;
}

/**
 * ava_realtime_session_is_reading:
 *
 * Returns: whether events wait for a big frame that is read on another thread
 */
gboolean
ava_realtime_session_is_reading (AvaRealtimeSession *self)
{
  return self->link != NULL && ava_realtime_inbox_is_reading (self->link->inbox);
}

/**
 * ava_realtime_session_read_serial:
 * @event_id: (nullable): that an error answers
 *
 * Returns: the serial of the event that was sent with it; 0 when it is none of ours
 */
guint
ava_realtime_session_read_serial (const char *event_id)
{
  return event_id != NULL && g_str_has_prefix (event_id, "ava-") ? strtoul (event_id + strlen ("ava-"), NULL, 10) : 0;
}

/**
 * ava_realtime_session_describe_egress:
 *
 * Returns: (transfer full): {endpoint, lines, sent: {kind: bytes}, received: {kind: bytes}}, for the ledger
 */
JsonObject *
ava_realtime_session_describe_egress (AvaRealtimeSession *self)
{
  static const char *const kinds[] = { "audio", "words", "settings", "results", "control" };
  JsonObject *object = json_object_new ();
  JsonObject *sent = json_object_new ();
  JsonObject *received = json_object_new ();
  g_autoptr (GUri) uri = g_uri_parse (self->settings->url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *endpoint = g_strdup_printf ("%s%s", uri != NULL ? g_uri_get_host (uri) : "?", uri != NULL ? g_uri_get_path (uri) : "");

  G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == AVA_RT_KIND_N);
  for (guint i = 0; i < AVA_RT_KIND_N; i++) {
    if (self->sent[i] > 0)
      json_object_set_int_member (sent, kinds[i], self->sent[i]);
    if (self->received[i] > 0)
      json_object_set_int_member (received, kinds[i], self->received[i]);
  }
  json_object_set_string_member (object, "endpoint", endpoint);
  json_object_set_int_member (object, "lines", self->lines);
  json_object_set_object_member (object, "sent", sent);
  json_object_set_object_member (object, "received", received);
  return object;
}

static void
ava_realtime_session_dispose (GObject *object)
{
  AvaRealtimeSession *self = AVA_REALTIME_SESSION (object);

  ava_realtime_session_close (self);
  G_OBJECT_CLASS (ava_realtime_session_parent_class)->dispose (object);
}

static void
ava_realtime_session_finalize (GObject *object)
{
  AvaRealtimeSession *self = AVA_REALTIME_SESSION (object);

  ava_realtime_upstream_free (self->upstream);
  g_clear_pointer (&self->config, json_object_unref);
  g_free (self->away_words);
  ava_realtime_settings_free (self->settings);

  G_OBJECT_CLASS (ava_realtime_session_parent_class)->finalize (object);
}

static void
ava_realtime_session_class_init (AvaRealtimeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = AVA_TYPE_REALTIME_SESSION;
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  object_class->dispose = ava_realtime_session_dispose;
  object_class->finalize = ava_realtime_session_finalize;
  signals[READY] = g_signal_new ("ready", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[EVENT] = g_signal_new ("event", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[AWAY] = g_signal_new ("away", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TROUBLE] = g_signal_new ("trouble", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOST] = g_signal_new ("lost", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_realtime_session_init (AvaRealtimeSession *self)
{
  self->upstream = ava_realtime_upstream_new ();
}

/**
 * ava_realtime_session_new:
 * @settings: copied
 * @make_line: makes one line after the other
 *
 * Returns: (transfer full): a session that is not open
 */
AvaRealtimeSession *
ava_realtime_session_new (const AvaRealtimeSettings *settings,
                          AvaRealtimeTransportFunc   make_line,
                          gpointer                   user_data)
{
  AvaRealtimeSession *self = g_object_new (AVA_TYPE_REALTIME_SESSION, NULL);

  self->settings = ava_realtime_settings_copy (settings);
  self->make_line = make_line;
  self->user_data = user_data;
  return self;
}
