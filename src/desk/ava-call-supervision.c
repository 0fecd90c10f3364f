/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-supervision.h"

#include "ava-clip-player.h"

#include <glib/gi18n.h>

/*
 *  transcript --settled words of the caller--> mood, evidence of what changes on the card next
 *  agent ----events-----------------------> intent, latency of each answer, connection, cost
 *  recording --clip--> player                  "playing", "trouble"
 */

#define STRIKES 2   /* failures in a row before a connection is said to be lost */

/* What a field said earlier and why: an utterance that is taken back brings it again. */
typedef struct {
  AvaCardField field;
  char *value;
  AvaEvidence *evidence;    /* nullable */
} Earlier;

struct _AvaCallSupervision {
  GObject parent_instance;

  /* Owned References */
  GListModel *transcript;       /* AvaTranscriptItem */
  AvaBookingCard *card;
  AvaCallJournal *journal;
  AvaClipPlayer *player;
  AvaTranscriptItem *heard;     /* nullable: what the caller said last */
  GPtrArray *earlier;           /* Earlier, oldest first */
  char *recording;              /* nullable: file */
  char *values[AVA_CARD_N_FIELDS];
  char *intent;                 /* nullable */
  char *connection;             /* nullable */
  char *model;                  /* nullable: of the cloud voice */
  char *cost;                   /* nullable */
  char *trouble;                /* nullable */
  char *advice;                 /* nullable */

  AvaMood mood;
  guint strikes;                /* failures of the cloud voice in a row */
  int playing;                  /* AvaCardField, or -1 */
  gboolean withdrawing;         /* the card is being put back */
};

enum { PROP_0, PROP_INTENT, PROP_MOOD, PROP_CONNECTION, PROP_COST, PROP_PLAYING, PROP_TROUBLE, PROP_ADVICE, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaCallSupervision, ava_call_supervision, G_TYPE_OBJECT)

static void
earlier_free (Earlier *earlier)
{
  g_free (earlier->value);
  g_clear_pointer (&earlier->evidence, ava_evidence_free);
  g_free (earlier);
}

static void
set_words (AvaCallSupervision  *self,
           char               **field,
           guint                prop,
           const char          *words)
{
  if (g_strcmp0 (*field, words) == 0)
    return;
  g_free (*field);
  *field = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* --- evidence --- */

static AvaEvidence *
find_earlier (AvaCallSupervision *self,
              AvaCardField        field)
{
  for (guint i = self->earlier->len; i > 0; i--) {
    Earlier *earlier = self->earlier->pdata[i - 1];

    if (earlier->field == field && g_strcmp0 (earlier->value, self->card->values[field]) == 0)
      return earlier->evidence != NULL ? ava_evidence_copy (earlier->evidence) : NULL;
  }
  return NULL;
}

static void
note_evidence (AvaCallSupervision *self,
               AvaCardField        field,
               const AvaEvidence  *evidence)
{
  g_autoptr (JsonObject) data = json_object_new ();
  Earlier *earlier = g_new0 (Earlier, 1);

  *earlier = (Earlier) { field, g_strdup (self->card->values[field]),
                         evidence != NULL ? ava_evidence_copy (evidence) : NULL };
  g_ptr_array_add (self->earlier, earlier);
  if (evidence == NULL)
    return;
  json_object_set_string_member (data, "field", ava_card_field_to_string (field));
  json_object_set_string_member (data, "item", evidence->item_id);
  json_object_set_double_member (data, "confidence", evidence->confidence);
  json_object_set_int_member (data, "from_us", evidence->from_us);
  json_object_set_int_member (data, "to_us", evidence->to_us);
  ava_call_journal_event (self->journal, "evidence", data);
}

/* A field that has changed comes from what the caller said last; before the first word, from the line. */
static void
update_field (AvaCallSupervision *self,
              AvaCardField        field)
{
  const char *value = self->card->values[field];
  AvaEvidence *evidence = NULL;

  if (g_strcmp0 (self->values[field], value) == 0)
    return;
  g_free (self->values[field]);
  self->values[field] = g_strdup (value);
  if (value != NULL && self->withdrawing)
    evidence = find_earlier (self, field);
  else if (value != NULL && self->heard != NULL)
    evidence = ava_evidence_new (self->heard, value);
  if (value != NULL)
    note_evidence (self, field, evidence);
  ava_booking_card_set_evidence (self->card, field, evidence);
}

static void
on_card_changed (AvaCallSupervision *self)
{
  for (AvaCardField field = 0; field < AVA_CARD_N_FIELDS; field++)
    update_field (self, field);
}

/* --- what is said --- */

static void
feel (AvaCallSupervision *self,
      const char         *text)
{
  AvaMood mood = ava_mood_hear (self->mood, text);
  g_autoptr (JsonObject) data = NULL;

  if (mood == self->mood)
    return;
  self->mood = mood;
  data = json_object_new ();
  json_object_set_string_member (data, "mood", ava_mood_to_string (mood));
  ava_call_journal_event (self->journal, "mood", data);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MOOD]);
}

static void
on_item_settled (AvaTranscriptItem  *item,
                 GParamSpec         *pspec,
                 AvaCallSupervision *self)
{
  if (item->interim || item->text == NULL || *item->text == '\0')
    return;
  self->withdrawing = FALSE;
  g_set_object (&self->heard, item);
  feel (self, item->text);
}

static void
on_items (AvaCallSupervision *self,
          guint               position,
          guint               removed,
          guint               added)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (self->transcript, i);

    if (item->role != AVA_ROLE_CALLER)
      continue;
    g_signal_connect_object (item, "notify::interim", G_CALLBACK (on_item_settled), self, 0);
    on_item_settled (item, NULL, self);
  }
}

/* The first thing that Ava began to say after the caller had finished. */
static void
note_answer (AvaCallSupervision *self,
             JsonObject         *data)
{
  gint64 speech_end_us = json_object_get_int_member (data, "speech_end_us");
  gint64 first_audio_us = json_object_get_int_member (data, "first_audio_us");
  g_autoptr (AvaTranscriptItem) answer = NULL;

  for (guint i = g_list_model_get_n_items (self->transcript); i > 0; i--) {
    g_autoptr (AvaTranscriptItem) item = g_list_model_get_item (self->transcript, i - 1);

    if (item->start_us < speech_end_us)
      break;
    if (item->role == AVA_ROLE_AVA)
      g_set_object (&answer, item);
  }
  if (answer != NULL && answer->latency_ms == 0)
    ava_transcript_item_set_latency (answer, (first_audio_us - speech_end_us) / 1000);
}

/* A wish that Ava does not understand is not swallowed: who wrote it learns of it. */
static void
note_steer (AvaCallSupervision *self,
            JsonObject         *data)
{
  JsonArray *acts = json_object_has_member (data, "acts") ? json_object_get_array_member (data, "acts") : NULL;
  const char *act = acts != NULL && json_array_get_length (acts) > 0 ? json_array_get_string_element (acts, 0) : "";

  if (!g_str_has_prefix (act, "steer:"))
    return;
  set_words (self, &self->advice, PROP_ADVICE, !g_str_equal (act, "steer:unknown") ? NULL
             : _("Ava did not understand what you told her. She can keep to times (“offer only after 3”), ask about "
                 "allergies, and leave out discounts."));
}

/* Yes, no and "one moment" belong to the wish before. */
static void
note_turn (AvaCallSupervision *self,
           JsonObject         *data)
{
  static const char *const no_wishes[] = { "none", "yes", "no", "repeat", "wait", "goodbye", NULL };
  const char *intent = json_object_get_string_member_with_default (data, "intent", "none");

  self->withdrawing = FALSE;
  note_steer (self, data);
  if (!g_strv_contains (no_wishes, intent))
    set_words (self, &self->intent, PROP_INTENT, intent);
}

/* What the voice service has used up in this call. */
static void
note_usage (AvaCallSupervision *self,
            JsonObject         *data)
{
  static const char *const tokens[] = { "text_in", "audio_in", "cached_in", "text_out", "audio_out" };
  JsonNode *micros = json_object_get_member (data, "cost_micros");
  g_autofree char *words = NULL;
  gint64 all = 0, most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    all += json_object_get_int_member_with_default (data, tokens[i], 0);
  if (micros == NULL || json_node_is_null (micros))
    most = json_object_get_int_member_with_default (data, "cost_at_most_micros", 0);
  words = micros != NULL && !json_node_is_null (micros)
    ? g_strdup_printf ("$%.3f", json_node_get_int (micros) / 1e6)
    : most > 0 ? g_strdup_printf (ngettext ("%lu token, at most $%.3f", "%lu tokens, at most $%.3f", all), (gulong) all, most / 1e6)
    : g_strdup_printf (ngettext ("%lu token", "%lu tokens", all), (gulong) all);
  set_words (self, &self->cost, PROP_COST, words);
}

/* Who speaks: a voice service, or after it was lost this computer. What was known stays until it is sure to be otherwise: one
 * blink is not shown. */
static void
note_voice (AvaCallSupervision *self,
            const char         *kind,
            JsonObject         *data)
{
  const char *model = json_object_get_string_member_with_default (data, "model", NULL);
  g_autofree char *words = NULL;

  if (model != NULL) {
    g_free (self->model);
    self->model = g_strdup (model);
  }
  if (self->model == NULL)
    return;
  self->strikes = g_str_equal (kind, "cloud-away") ? self->strikes + 1 : 0;
  if (!g_str_equal (kind, "agent-changed") && self->strikes < STRIKES)
    words = g_strdup_printf (_("Cloud voice (%s)"), self->model);
  else if (self->strikes >= STRIKES)
    words = g_strdup_printf (_("Cloud voice (%s), connecting again"), self->model);
  set_words (self, &self->connection, PROP_CONNECTION, words != NULL ? words : _("Local voice, the cloud was lost"));
}

/**
 * ava_call_supervision_note_event:
 *
 * The agent tells something; before the card changes for it.
 */
void
ava_call_supervision_note_event (AvaCallSupervision *self,
                                 const char         *kind,
                                 JsonObject         *data)
{
  static const char *const voices[] = { "cloud-voice", "cloud-away", "cloud-renewed", "agent-changed", NULL };

  g_return_if_fail (AVA_IS_CALL_SUPERVISION (self));

  if (g_str_equal (kind, "turn"))
    note_turn (self, data);
  else if (g_str_equal (kind, "answered"))
    note_answer (self, data);
  else if (g_str_equal (kind, "withdraw"))
    self->withdrawing = TRUE;
  else if (g_str_equal (kind, "usage"))
    note_usage (self, data);
  else if (g_strv_contains (voices, kind))
    note_voice (self, kind, data);
}

/* --- clips --- */

static void
set_playing (AvaCallSupervision *self,
             int                 field)
{
  if (self->playing == field)
    return;
  self->playing = field;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

static void
on_clip_ended (AvaCallSupervision *self,
               const char         *trouble)
{
  set_playing (self, -1);
  set_words (self, &self->trouble, PROP_TROUBLE, trouble);
}

/**
 * ava_call_supervision_play:
 * @field: whose words are to be heard on the desk's speaker; once more while they play stops them
 */
void
ava_call_supervision_play (AvaCallSupervision *self,
                           AvaCardField        field)
{
  const AvaEvidence *evidence;
  gboolean again;

  g_return_if_fail (AVA_IS_CALL_SUPERVISION (self) && field < AVA_CARD_N_FIELDS);

  evidence = self->card->evidence[field];
  again = self->playing == (int) field;
  ava_clip_player_stop (self->player);
  set_words (self, &self->trouble, PROP_TROUBLE, NULL);
  if (again)
    return;
  if (evidence == NULL || self->recording == NULL) {
    set_words (self, &self->trouble, PROP_TROUBLE,
               evidence == NULL ? _("The caller has said nothing about this.") : _("This call was not recorded."));
    return;
  }
  set_playing (self, field);
  ava_clip_player_play (self->player, self->recording, evidence->from_us, evidence->to_us);
}

/**
 * ava_call_supervision_stop:
 *
 * Silences the clip that plays.
 */
void
ava_call_supervision_stop (AvaCallSupervision *self)
{
  g_return_if_fail (AVA_IS_CALL_SUPERVISION (self));

  ava_clip_player_stop (self->player);
}

/**
 * ava_call_supervision_get_mood:
 *
 * Returns: how the caller sounds now
 */
AvaMood
ava_call_supervision_get_mood (AvaCallSupervision *self)
{
  return self->mood;
}

/* --- object --- */

static void
ava_call_supervision_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AvaCallSupervision *self = AVA_CALL_SUPERVISION (object);

  switch (prop_id) {
  case PROP_INTENT:
    g_value_set_string (value, self->intent);
    break;
  case PROP_MOOD:
    g_value_set_int (value, self->mood);
    break;
  case PROP_CONNECTION:
    g_value_set_string (value, self->connection);
    break;
  case PROP_COST:
    g_value_set_string (value, self->cost);
    break;
  case PROP_PLAYING:
    g_value_set_int (value, self->playing);
    break;
  case PROP_TROUBLE:
    g_value_set_string (value, self->trouble);
    break;
  case PROP_ADVICE:
    g_value_set_string (value, self->advice);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_call_supervision_dispose (GObject *object)
{
  AvaCallSupervision *self = AVA_CALL_SUPERVISION (object);

  g_clear_object (&self->player);
  g_clear_object (&self->heard);
  g_clear_object (&self->transcript);
  g_clear_object (&self->card);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (ava_call_supervision_parent_class)->dispose (object);
}

static void
ava_call_supervision_finalize (GObject *object)
{
  AvaCallSupervision *self = AVA_CALL_SUPERVISION (object);

  g_ptr_array_unref (self->earlier);
  g_free (self->recording);
  for (guint i = 0; i < AVA_CARD_N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self->intent);
  g_free (self->connection);
  g_free (self->model);
  g_free (self->cost);
  g_free (self->trouble);
  g_free (self->advice);

  G_OBJECT_CLASS (ava_call_supervision_parent_class)->finalize (object);
}

static void
ava_call_supervision_class_init (AvaCallSupervisionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ava_call_supervision_get_property;
  object_class->dispose = ava_call_supervision_dispose;
  object_class->finalize = ava_call_supervision_finalize;
  props[PROP_INTENT] = g_param_spec_string ("intent", NULL, NULL, NULL, flags);
  props[PROP_MOOD] = g_param_spec_int ("mood", NULL, NULL, 0, AVA_MOOD_ANGRY, AVA_MOOD_CALM, flags);
  props[PROP_CONNECTION] = g_param_spec_string ("connection", NULL, NULL, NULL, flags);
  props[PROP_COST] = g_param_spec_string ("cost", NULL, NULL, NULL, flags);
  props[PROP_PLAYING] = g_param_spec_int ("playing", NULL, NULL, -1, AVA_CARD_N_FIELDS - 1, -1, flags);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  props[PROP_ADVICE] = g_param_spec_string ("advice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_call_supervision_init (AvaCallSupervision *self)
{
  self->mood = AVA_MOOD_CALM;
  self->playing = -1;
  self->earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) earlier_free);
  self->player = ava_clip_player_new ();
  g_signal_connect_object (self->player, "ended", G_CALLBACK (on_clip_ended), self, G_CONNECT_SWAPPED);
}

/**
 * ava_call_supervision_new:
 * @transcript: AvaTranscriptItem, grows while the call lasts
 * @card: gets its evidence here
 * @journal: where evidence and mood are written down
 * @recording: (nullable): the file in which the call is recorded
 *
 * Returns: (transfer full): it watches from now on
 */
AvaCallSupervision *
ava_call_supervision_new (GListModel     *transcript,
                          AvaBookingCard *card,
                          AvaCallJournal *journal,
                          const char     *recording)
{
  AvaCallSupervision *self = g_object_new (AVA_TYPE_CALL_SUPERVISION, NULL);

  self->transcript = g_object_ref (transcript);
  self->card = g_object_ref (card);
  self->journal = g_object_ref (journal);
  self->recording = g_strdup (recording);
  g_signal_connect_object (transcript, "items-changed", G_CALLBACK (on_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "changed", G_CALLBACK (on_card_changed), self, G_CONNECT_SWAPPED);
  return self;
}
