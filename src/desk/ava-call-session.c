/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-session-private.h"

#include "ava-call-session-fields.h"
#include "ava-id.h"
#include "ava-steady-agent.h"

#include <glib/gi18n.h>

/*
 *   line --frame--> audio (VAD, meters, recorder) --> agent --tool call--> toolbox --> store
 *     ^                 ^                              |  |
 *     |                 +----------- audio, flush -----+  +--items, events--> journal
 *   caption
 */

#define SECOND_US G_USEC_PER_SEC

enum {
  PROP_0, PROP_STATE, PROP_AGENT_STATE, PROP_MUTED, PROP_CALLER, PROP_ELAPSED, PROP_CALLER_LEVEL,
  PROP_AVA_LEVEL, PROP_LATENCY_MS, PROP_NOTICE, PROP_OUTCOME, PROP_PUSH_TO_TALK, N_PROPS
};

enum { EVENT, BOOKED, SAFETY_STOP, WANTS_PERSON, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCallSession, ava_call_session, G_TYPE_OBJECT)

static void
notify (AvaCallSession *self,
        guint           prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_state (AvaCallSession *self,
           AvaCallState    state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

void
ava_call_session_set_notice (AvaCallSession *self,
                             const char     *words)
{
  g_free (self->notice);
  self->notice = g_strdup (words);
  notify (self, PROP_NOTICE);
}

void
ava_call_session_set_push_to_talk (AvaCallSession *self,
                                   gboolean        push_to_talk)
{
  if (self->push_to_talk == push_to_talk)
    return;
  self->push_to_talk = push_to_talk;
  notify (self, PROP_PUSH_TO_TALK);
}

static const char *
choose_outcome (AvaCallSession *self,
                const char     *proposed)
{
  AvaBookingCard *card = self->card;

  if (self->agent == NULL)
    return "not-started";
  if (proposed != NULL)
    return proposed;
  if (self->agent_outcome != NULL)
    return self->agent_outcome;
  /* MS-16: somebody who was booking and is gone is owed a call. */
  return card->values[AVA_CARD_SERVICE] != NULL ? "callback" : "answered";
}

static const char *
name_outcome (const char *outcome)
{
  static const char *const words[][2] = {
    { "booked", N_("Booked") }, { "changed", N_("Changed") }, { "callback", N_("To be called back") },
    { "interrupted", N_("Was cut off") }, { "escalated", N_("Asked for a person") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_strcmp0 (outcome, words[i][0]) == 0)
      return _(words[i][1]);
  }
  return _("Asked something");
}

/* One line for whoever reads the list of calls, or calls back. */
static char *
summarize (AvaCallSession *self)
{
  const char *service = self->card->values[AVA_CARD_SERVICE];
  const char *when = self->card->values[AVA_CARD_WHEN];
  const char *outcome = name_outcome (self->record->outcome);

  if (service == NULL)
    return g_strdup (outcome);
  return when != NULL
    /* Translators: what came of a call, the service it was about and when. */
    ? g_strdup_printf (_("%s: %s, %s"), outcome, service, when)
    /* Translators: what came of a call, and the service it was about. */
    : g_strdup_printf (_("%s: %s"), outcome, service);
}

/**
 * ava_call_session_settle:
 *
 * The call is over and its last tool has done its work: what came of it is written down, and who is owed a call.
 */
void
ava_call_session_settle (AvaCallSession *self)
{
  g_free (self->record->outcome);
  self->record->outcome = g_strdup (choose_outcome (self, self->proposed));
  g_free (self->record->summary);
  self->record->summary = summarize (self);
  ava_call_journal_end (self->journal, self->record, self->card);
  notify (self, PROP_OUTCOME);
}

/* The computer's clock may have been set back meanwhile: then the sound that passed tells how long they talked. */
static gint64
find_end (AvaCallSession *self)
{
  gint64 now_us = ava_clock_now_us (self->clock);

  return now_us >= self->record->start_us ? now_us : self->record->start_us + self->elapsed_us;
}

void
ava_call_session_finish (AvaCallSession *self,
                         const char     *outcome)
{
  if (self->state == AVA_CALL_ENDED)
    return;
  g_cancellable_cancel (self->cancellable);
  ava_call_session_set_push_to_talk (self, FALSE);
  if (self->agent != NULL)
    ava_agent_stop (self->agent);
  ava_call_audio_stop (self->audio);
  ava_line_call_hang_up (self->line_call);

  self->proposed = g_strdup (outcome);
  g_free (self->record->outcome);
  self->record->outcome = g_strdup (choose_outcome (self, outcome));   /* so far */
  self->record->end_us = find_end (self);
  /* A write that runs goes on to its end: whoever hangs up meanwhile may be booked all the same. */
  if (self->agent == NULL)
    notify (self, PROP_OUTCOME);
  else if (self->tools_running == 0)
    ava_call_session_settle (self);
  set_state (self, AVA_CALL_ENDED);
}

static void
fail (AvaCallSession *self,
      const char     *words)
{
  ava_call_session_set_notice (self, words);
  ava_call_session_finish (self, "interrupted");
}

/* --- what the line says --- */

static void
on_frame (AvaCallSession *self,
          AvaFrame       *frame,
          double          speech,
          gint64          played,
          gint64          queued)
{
  gint64 seconds = frame->time_us / SECOND_US * SECOND_US;

  if (self->state != AVA_CALL_ACTIVE)
    return;
  if (seconds != self->elapsed_us) {
    self->elapsed_us = seconds;
    notify (self, PROP_ELAPSED);
  }
  if (self->greeting_us == 0 && played > 0)
    self->greeting_us = frame->time_us;
  ava_agent_hear (self->agent, frame, speech, played, queued);
}

static void
on_levels (AvaCallSession *self,
           double          caller,
           double          ava)
{
  self->caller_level = caller;
  self->ava_level = ava;
  notify (self, PROP_CALLER_LEVEL);
  notify (self, PROP_AVA_LEVEL);
}

static void
on_audio_failed (AvaCallSession *self,
                 GError         *error)
{
  fail (self, error->message);
}

/* The call goes on; the receptionist reads what is amiss, and it stays in the journal. */
void
ava_call_session_note_trouble (AvaCallSession *self,
                               const char     *kind,
                               const char     *words)
{
  g_autoptr (JsonObject) data = json_object_new ();

  ava_call_session_set_notice (self, words);
  json_object_set_string_member (data, "words", words);
  ava_call_journal_event (self->journal, kind, data);
}

static void
on_not_recorded (AvaCallSession *self,
                 const char     *words)
{
  ava_call_session_note_trouble (self, "not-recorded", words);
}

static void
on_device_moved (AvaCallSession *self,
                 const char     *words)
{
  ava_call_session_note_trouble (self, "device-moved", words);
}

static void
on_line_ended (AvaCallSession *self,
               const char     *reason)
{
  ava_call_session_finish (self, NULL);
}

static void
on_journal_event (AvaCallSession *self,
                  JsonObject     *line)
{
  g_signal_emit (self, signals[EVENT], 0, line);
}

static void
on_mood (AvaCallSession *self)
{
  if (ava_call_supervision_get_mood (self->supervision) == AVA_MOOD_ANGRY)
    g_signal_emit (self, signals[WANTS_PERSON], 0);
}

/* --- answering --- */

/* By which way speech is detected, from now on. */
static void
note_hearing (AvaCallSession *self)
{
  g_autoptr (JsonObject) data = json_object_new ();
  const char *trouble = ava_hearing_get_trouble (self->hearing);

  if (self->state != AVA_CALL_ACTIVE)
    return;
  json_object_set_string_member (data, "mode", trouble != NULL ? "rms" : ava_hearing_get_mode (self->hearing));
  if (trouble != NULL)
    json_object_set_string_member (data, "trouble", trouble);
  ava_call_journal_event (self->journal, "speech-detection", data);
}

static void
set_caller (AvaCallSession *self,
            const char     *words)
{
  g_free (self->caller);
  self->caller = g_strdup (words);
  notify (self, PROP_CALLER);
}

/* A device takes a moment to open, or longer. */
static void
answer (AvaCallSession *self)
{
  if (g_str_equal (self->record->line, "desk"))
    set_state (self, AVA_CALL_OPENING);
  ava_call_audio_start (self->audio);
}

/* Now the caller is heard. */
static void
on_audio_opened (AvaCallSession *self)
{
  AvaDialogueCaller caller = {
    .phone = self->record->phone,
    .customer_id = self->record->customer_id,
    .name = self->record->customer_name,
    .call_id = self->record->id,
  };

  self->record->start_us = ava_clock_now_us (self->clock);
  ava_call_journal_start (self->journal, self->record);
  ava_call_session_take_agent (self, &caller);
  set_state (self, AVA_CALL_ACTIVE);
  note_hearing (self);
  ava_call_session_note_why_local (self);
  ava_agent_set_muted (self->agent, self->muted);
  ava_agent_start (self->agent);
}

static void
customer_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaCallSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = NULL;

  customers = ava_store_customers_by_phone_finish (AVA_STORE (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* a phone that several share names nobody. */
  if (customers != NULL && customers->len == 1) {
    AvaCustomer *customer = customers->pdata[0];

    self->record->customer_id = g_strdup (customer->id);
    self->record->customer_name = g_strdup (customer->name);
    set_caller (self, customer->name);
  }
  answer (self);
}

static void
engines_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaCallSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ava_speech_engines_load_finish (AVA_SPEECH_ENGINES (source), result, &error)) {
    if (!g_cancellable_is_cancelled (self->cancellable))
      fail (self, error->message);
    return;
  }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  ava_store_customers_by_phone_async (self->store,
                                      self->record->phone != NULL ? self->record->phone : "",
                                      self->cancellable, customer_cb, g_object_ref (self));
}

/**
 * ava_call_session_start:
 *
 * Answers the call as soon as the engines are ready, the caller was looked up and the line is open.
 */
void
ava_call_session_start (AvaCallSession *self)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  ava_cloud_reserve_ring (self->reserve);
  ava_speech_engines_load_async (self->engines, self->cancellable, engines_cb, g_object_ref (self));
}

static void
ava_call_session_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AvaCallSession *self = AVA_CALL_SESSION (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_AGENT_STATE:
    g_value_set_int (value, self->agent_state);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_CALLER:
    g_value_set_string (value, self->caller);
    break;
  case PROP_ELAPSED:
    g_value_set_int64 (value, self->elapsed_us);
    break;
  case PROP_CALLER_LEVEL:
    g_value_set_double (value, self->caller_level);
    break;
  case PROP_AVA_LEVEL:
    g_value_set_double (value, self->ava_level);
    break;
  case PROP_LATENCY_MS:
    g_value_set_int (value, self->latency_ms);
    break;
  case PROP_NOTICE:
    g_value_set_string (value, self->notice);
    break;
  case PROP_PUSH_TO_TALK:
    g_value_set_boolean (value, self->push_to_talk);
    break;
  case PROP_OUTCOME:
    g_value_set_string (value, self->record->outcome);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_call_session_dispose (GObject *object)
{
  AvaCallSession *self = AVA_CALL_SESSION (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->agent);
  g_clear_object (&self->audio);
  g_clear_object (&self->hearing);
  g_clear_object (&self->cloud);
  g_clear_object (&self->reserve);
  g_clear_object (&self->line_call);
  g_clear_object (&self->journal);
  g_clear_object (&self->supervision);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->spa);
  g_clear_object (&self->toolbox);
  g_clear_object (&self->engines);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ava_call_session_parent_class)->dispose (object);
}

static void
ava_call_session_finalize (GObject *object)
{
  AvaCallSession *self = AVA_CALL_SESSION (object);

  g_clear_object (&self->record);
  g_clear_object (&self->card);
  g_clear_object (&self->transcript);
  g_array_unref (self->timings);
  g_free (self->caller);
  g_free (self->notice);
  g_free (self->agent_outcome);
  g_free (self->proposed);

  G_OBJECT_CLASS (ava_call_session_parent_class)->finalize (object);
}

static void
ava_call_session_class_init (AvaCallSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GType type = AVA_TYPE_CALL_SESSION;

  object_class->get_property = ava_call_session_get_property;
  object_class->dispose = ava_call_session_dispose;
  object_class->finalize = ava_call_session_finalize;

  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, AVA_CALL_ENDED, 0, flags);
  props[PROP_AGENT_STATE] = g_param_spec_int ("agent-state", NULL, NULL, 0, AVA_AGENT_ENDED, 0, flags);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  props[PROP_CALLER] = g_param_spec_string ("caller", NULL, NULL, NULL, flags);
  props[PROP_ELAPSED] = g_param_spec_int64 ("elapsed", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CALLER_LEVEL] = g_param_spec_double ("caller-level", NULL, NULL, 0, 1, 0, flags);
  props[PROP_AVA_LEVEL] = g_param_spec_double ("ava-level", NULL, NULL, 0, 1, 0, flags);
  props[PROP_LATENCY_MS] = g_param_spec_int ("latency-ms", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  props[PROP_OUTCOME] = g_param_spec_string ("outcome", NULL, NULL, NULL, flags);
  props[PROP_PUSH_TO_TALK] = g_param_spec_boolean ("push-to-talk", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[BOOKED] = g_signal_new ("booked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAFETY_STOP] = g_signal_new ("safety-stop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WANTS_PERSON] = g_signal_new ("wants-person", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_call_session_init (AvaCallSession *self)
{
  self->transcript = g_list_store_new (AVA_TYPE_TRANSCRIPT_ITEM);
  self->timings = g_array_new (FALSE, TRUE, sizeof (AvaTurnTiming));
  self->card = ava_booking_card_new ();
  self->record = ava_call_new ();
  self->cancellable = g_cancellable_new ();
}

static char *
describe_caller (AvaLineCall *line_call)
{
  const char *phone = ava_line_call_get_phone (line_call);

  if (phone != NULL)
    return g_strdup (phone);
  return g_strdup (g_str_equal (ava_line_call_get_kind (line_call), "desk") ? _("You, at the desk")
                                                                            : _("Unknown caller"));
}

/**
 * ava_call_session_new:
 * @desk: what it works with; only borrowed during this call
 * @line_call: who calls
 *
 * Returns: (transfer full): a ringing call
 */
AvaCallSession *
ava_call_session_new (const AvaDesk *desk,
                      AvaLineCall   *line_call)
{
  AvaCallSession *self = g_object_new (AVA_TYPE_CALL_SESSION, NULL);
  g_autofree char *path = NULL;

  self->store = g_object_ref (desk->store);
  self->clock = g_object_ref (desk->clock);
  self->spa = g_object_ref (desk->spa);
  self->toolbox = g_object_ref (desk->toolbox);
  self->engines = g_object_ref (desk->engines);
  self->hearing = g_object_ref (desk->hearing);
  self->cloud = g_object_ref (desk->cloud);
  self->reserve = g_object_ref (desk->reserve);
  self->line_call = g_object_ref (line_call);
  self->caller = describe_caller (line_call);

  self->record->start_us = ava_clock_now_us (desk->clock);
  self->record->id = ava_id_new (self->record->start_us);
  self->record->line = g_strdup (ava_line_call_get_kind (line_call));
  self->record->agent = g_strdup (ava_cloud_voice_is_used (desk->cloud) ? "realtime" : "local");
  self->record->phone = g_strdup (ava_line_call_get_phone (line_call));
  if (desk->recordings != NULL) {
    self->record->recording = g_strconcat (self->record->id, ".wav", NULL);
    path = g_build_filename (desk->recordings, self->record->recording, NULL);
  }
  self->audio = ava_call_audio_new (ava_line_call_get_port (line_call), path);
  ava_call_audio_set_hearing (self->audio, self->hearing);
  self->journal = ava_call_journal_new (desk->store, desk->clock, self->record->id);
  self->supervision = ava_call_supervision_new (G_LIST_MODEL (self->transcript), self->card, self->journal, path);
  g_signal_connect_object (self->supervision, "notify::mood", G_CALLBACK (on_mood), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "opened", G_CALLBACK (on_audio_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "frame", G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "levels", G_CALLBACK (on_levels), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "failed", G_CALLBACK (on_audio_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "moved", G_CALLBACK (on_device_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->audio, "not-recorded", G_CALLBACK (on_not_recorded), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hearing, "notify::mode", G_CALLBACK (note_hearing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line_call, "ended", G_CALLBACK (on_line_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "event", G_CALLBACK (on_journal_event), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "failed", G_CALLBACK (ava_call_session_set_notice), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * ava_call_session_end:
 *
 * Staff hangs up.
 */
void
ava_call_session_end (AvaCallSession *self)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  ava_call_session_finish (self, NULL);
}

/* The settings changed during the call: Ava goes on with the new ones. */
void
ava_call_session_set_spa (AvaCallSession *self,
                          AvaSpa         *spa)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  g_set_object (&self->spa, spa);
  if (self->agent != NULL)
    ava_agent_set_spa (self->agent, spa);
}

/**
 * ava_call_session_set_muted:
 * @muted: whether Ava stays silent
 */
void
ava_call_session_set_muted (AvaCallSession *self,
                            gboolean        muted)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  if (self->muted == muted)
    return;
  self->muted = muted;
  if (self->agent != NULL)
    ava_agent_set_muted (self->agent, muted);
  notify (self, PROP_MUTED);
}

/**
 * ava_call_session_set_pressed:
 * @pressed: whether the button is held by which the caller is heard ("push-to-talk")
 */
void
ava_call_session_set_pressed (AvaCallSession *self,
                              gboolean        pressed)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  if (self->push_to_talk && self->state == AVA_CALL_ACTIVE)
    ava_steady_agent_set_pressed (AVA_STEADY_AGENT (self->agent), pressed);
}

/**
 * ava_call_session_restart_greeting:
 *
 * Ava stops what she says and greets anew.
 */
void
ava_call_session_restart_greeting (AvaCallSession *self)
{
  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  if (self->state == AVA_CALL_ACTIVE)
    ava_agent_restart_greeting (self->agent);
}

/**
 * ava_call_session_steer:
 * @words: what Ava should heed in her next replies
 */
void
ava_call_session_steer (AvaCallSession *self,
                        const char     *words)
{
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AVA_IS_CALL_SESSION (self));

  if (self->state != AVA_CALL_ACTIVE)
    return;
  json_object_set_string_member (data, "words", words);
  ava_call_journal_event (self->journal, "steer", data);
  ava_agent_steer (self->agent, words);
}
