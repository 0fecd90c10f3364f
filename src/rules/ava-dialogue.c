/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <string.h>

#define LEAST_CONFIDENCE 0.45
#define LEAST_FOR_YES_NO 0.15
#define LAST_MIN 1439

/**
 * ava_dialogue_new:
 * @caller: (nullable): who calls; copied
 *
 * Returns: (transfer full): a conversation that has not begun
 */
AvaDialogue *
ava_dialogue_new (AvaSpa                  *spa,
                  const AvaDialogueCaller *caller)
{
  AvaDialogue *self = g_new0 (AvaDialogue, 1);

  self->spa = g_object_ref (spa);
  self->notes = g_string_new (NULL);
  self->booked = json_array_new ();
  self->steer_to_min = LAST_MIN;
  self->call_id = g_strdup (caller != NULL && caller->call_id != NULL ? caller->call_id : "call");
  if (caller != NULL) {
    self->caller_phone = g_strdup (caller->phone);
    self->customer_id = g_strdup (caller->customer_id);
    self->customer_name = g_strdup (caller->name);
  }
  return self;
}

static void
copy_texts (AvaDialogue       *copy,
            const AvaDialogue *self)
{
  copy->call_id = g_strdup (self->call_id);
  copy->caller_phone = g_strdup (self->caller_phone);
  copy->customer_id = g_strdup (self->customer_id);
  copy->customer_name = g_strdup (self->customer_name);
  copy->waiting = g_strdup (self->waiting);
  copy->service_id = g_strdup (self->service_id);
  copy->provider_id = g_strdup (self->provider_id);
  copy->name = g_strdup (self->name);
  copy->phone = g_strdup (self->phone);
  copy->email = g_strdup (self->email);
  copy->digits = g_strdup (self->digits);
  copy->spelling.letters = g_strdup (self->spelling.letters);
  copy->notes = g_string_new (self->notes->str);
  copy->pick_service = g_strdup (self->pick_service);
  copy->topic = g_strdup (self->topic);
  copy->asked_about = g_strdup (self->asked_about);
  copy->next_service_id = g_strdup (self->next_service_id);
  copy->price_of = g_strdup (self->price_of);
  copy->message = g_strdup (self->message);
  copy->lead = g_strdup (self->lead);
  copy->unsure = g_strdup (self->unsure);
  copy->last_reply = g_strdup (self->last_reply);
}

/**
 * ava_dialogue_copy:
 *
 * Returns: (transfer full): the same state; what happens to one does not change the other
 */
AvaDialogue *
ava_dialogue_copy (AvaDialogue *self)
{
  AvaDialogue *copy = g_memdup2 (self, sizeof *self);

  g_object_ref (copy->spa);
  copy_texts (copy, self);
  copy->when = self->when != NULL ? ava_date_phrase_copy (self->when) : NULL;
  copy->pick_when = self->pick_when != NULL ? ava_date_phrase_copy (self->pick_when) : NULL;
  copy->offers = self->offers != NULL ? json_array_ref (self->offers) : NULL;
  copy->slot = self->slot != NULL ? json_object_ref (self->slot) : NULL;
  copy->appointments = self->appointments != NULL ? json_array_ref (self->appointments) : NULL;
  copy->appointment = self->appointment != NULL ? json_object_ref (self->appointment) : NULL;
  copy->wait = self->wait != NULL ? json_object_ref (self->wait) : NULL;
  copy->booked = json_array_ref (self->booked);
  return copy;
}

static void
clear_texts (AvaDialogue *self)
{
  char **texts[] = {
    &self->call_id, &self->caller_phone, &self->customer_id, &self->customer_name, &self->waiting, &self->name,
    &self->phone, &self->email, &self->digits, &self->spelling.letters, &self->topic, &self->asked_about, &self->next_service_id, &self->price_of, &self->message, &self->lead, &self->last_reply, &self->unsure,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}

/**
 * ava_dialogue_free:
 * @self: (transfer full) (nullable):
 */
void
ava_dialogue_free (AvaDialogue *self)
{
  if (self == NULL)
    return;
  ava_dialogue_begin (self, AVA_TASK_NONE);
  clear_texts (self);
  g_string_free (self->notes, TRUE);
  g_clear_pointer (&self->wait, json_object_unref);
  json_array_unref (self->booked);
  g_object_unref (self->spa);
  g_free (self);
}

/**
 * ava_dialogue_set_spa:
 * @spa: the spa after a settings change
 *
 * Slots that name what is gone are asked again.
 */
void
ava_dialogue_set_spa (AvaDialogue *self,
                      AvaSpa      *spa)
{
  g_set_object (&self->spa, spa);
  if (self->service_id != NULL && ava_spa_find_service (spa, self->service_id) == NULL) {
    g_clear_pointer (&self->service_id, g_free);
    ava_dialogue_drop_times (self);
  }
  if (self->provider_id != NULL && ava_spa_find_provider (spa, self->provider_id) == NULL) {
    g_clear_pointer (&self->provider_id, g_free);
    ava_dialogue_drop_times (self);
  }
  g_clear_pointer (&self->topic, g_free);
}

/**
 * ava_dialogue_greet:
 *
 * Returns: (transfer full): Ava's first words
 */
AvaDialogueTurn *
ava_dialogue_greet (AvaDialogue *self,
                    gint64       now_us)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);

  self->now_us = now_us;
  self->asked = AVA_ASK_HELP;
  if (self->spa->greeting != NULL && *self->spa->greeting != '\0') {
    ava_dialogue_turn_take (turn, g_strdup (self->spa->greeting));
  } else {
    AVA_LEAD (self, AVA_SAY_IDENTITY, "spa", self->spa->spoken_name);
    AVA_TELL (self, turn, AVA_SAY_HELP);
  }
  ava_dialogue_turn_act (turn, "greet");
  ava_dialogue_turn_finish (self, turn);
  return turn;
}

static void
stop_for_safety (AvaDialogue     *self,
                 AvaDialogueTurn *turn,
                 const char      *flag)
{
  g_autofree char *text = g_strdup_printf ("Urgent: the caller mentioned %s. Call back at once.", flag);
  gboolean again = self->safety != NULL;

  self->intent = AVA_INTENT_EMERGENCY;
  turn->safety_stop = TRUE;
  turn->wants_person = TRUE;
  ava_dialogue_turn_act (turn, "safety:stop");
  g_clear_pointer (&self->lead, g_free);
  ava_dialogue_begin (self, AVA_TASK_NONE);
  self->asked = AVA_ASK_MORE;
  self->safety = flag;
  self->outcome = "escalated";
  if (again) {
    AVA_TELL (self, turn, AVA_SAY_SAFETY_AGAIN);
    return;
  }
  AVA_TELL (self, turn, AVA_SAY_SAFETY);
  ava_dialogue_send_message (self, turn, "safety", text);
}

/* After a red flag nothing is booked: only help is told of, until the caller says goodbye. */
static void
stay_safe (AvaDialogue     *self,
           AvaDialogueTurn *turn,
           AvaHeard        *heard)
{
  turn->safety_stop = TRUE;
  turn->wants_person = TRUE;
  ava_dialogue_turn_act (turn, "safety:stay");
  if (ava_heard_has (heard, AVA_INTENT_GOODBYE) || ava_words_have (heard->words, "calling 911|call 911 now|calling nine one one")) {
    self->ended = turn->ends_call = TRUE;
    self->asked = AVA_ASK_NOTHING;
    AVA_TELL (self, turn, AVA_SAY_SAFETY_END);
    return;
  }
  AVA_TELL (self, turn, AVA_SAY_SAFETY_AGAIN);
}

static AvaIntent
get_main_intent (const AvaHeard *heard)
{
  static const AvaIntent order[] = {
    AVA_INTENT_PERSON, AVA_INTENT_RESCHEDULE, AVA_INTENT_CANCEL, AVA_INTENT_WHO_ARE_YOU, AVA_INTENT_PRICE, AVA_INTENT_HOURS,
    AVA_INTENT_DIRECTIONS, AVA_INTENT_MESSAGE, AVA_INTENT_BOOK, AVA_INTENT_SERVICES, AVA_INTENT_REPEAT, AVA_INTENT_GOODBYE,
    AVA_INTENT_YES, AVA_INTENT_NO, AVA_INTENT_WAIT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    if (ava_heard_has (heard, order[i]))
      return order[i];
  }
  return AVA_INTENT_NONE;
}

static gboolean
is_write (const char *tool)
{
  return tool != NULL && (g_str_equal (tool, "book_appointment") || g_str_equal (tool, "reschedule_appointment") ||
                          g_str_equal (tool, "cancel_appointment") || g_str_equal (tool, "take_message") ||
                          g_str_equal (tool, "join_waitlist"));
}

static AvaExpect
get_reading (AvaDialogue *self,
             const char  *text)
{
  /* "No, it's Sam" to "Am I speaking with Dana?" */
  if (self->asked == AVA_ASK_IDENTITY && g_ascii_strncasecmp (text, "no", 2) == 0)
    return AVA_EXPECT_NAME;
  if (self->asked == AVA_ASK_PHONE_OK || self->asked == AVA_ASK_CALLER_ID)
    return AVA_EXPECT_DIGITS;
  return ava_dialogue_get_expect (self);
}

/* Short words fit a sound badly even when they are right: where one is asked for, less is enough.
 * The same words twice are what was said, but for digits. Nothing is written on one doubtful yes. */
static gboolean
is_sure (AvaDialogue        *self,
         const AvaUtterance *utterance,
         const char         *text)
{
  AvaExpect expect = ava_dialogue_get_expect (self);
  gboolean again = *text != '\0' && g_strcmp0 (text, self->unsure) == 0;
  double least = LEAST_CONFIDENCE;

  if (ava_dialogue_find_red_flag (text) != NULL)
    least = LEAST_CONFIDENCE;
  else if (expect == AVA_EXPECT_YES_NO && g_regex_match_simple ("^(yes|no)( please| thank you)?$", text, 0, 0))
    least = self->asked == AVA_ASK_CONFIRM && *text == 'y' && !again ? LEAST_CONFIDENCE : LEAST_FOR_YES_NO;
  else if (again && expect != AVA_EXPECT_PHONE && expect != AVA_EXPECT_DIGITS &&
           (self->asked != AVA_ASK_CONFIRM || g_str_has_prefix (text, "no ")))
    least = 0;
  g_clear_pointer (&self->unsure, g_free);
  if (utterance->confidence < least)
    self->unsure = g_strdup (text);
  return utterance->confidence >= least;
}

static void
hear (AvaDialogue        *self,
      AvaDialogueTurn    *turn,
      const AvaUtterance *utterance)
{
  const char *text = utterance->text != NULL ? utterance->text : "";
  const char *flag = ava_dialogue_find_red_flag (text);
  gboolean sure = is_sure (self, utterance, text);
  g_autoptr (AvaSpa) here = NULL;
  g_autoptr (AvaHeard) heard = NULL;

  if (flag != NULL && sure) {
    stop_for_safety (self, turn, flag);
    return;
  }
  if (is_write (self->waiting)) {
    ava_dialogue_turn_act (turn, "wait:write");
    AVA_TELL (self, turn, AVA_SAY_ONE_MOMENT);
    return;
  }
  g_clear_pointer (&self->waiting, g_free);
  here = ava_dialogue_see (self, self->appointment);
  heard = ava_heard_new (here, get_reading (self, text), text, utterance->now_us);
  self->intent = get_main_intent (heard);
  if (sure)
    self->mood = ava_mood_hear (self->mood, text);
  if (self->safety != NULL) {
    stay_safe (self, turn, heard);
  } else if (self->ended) {
    turn->ends_call = TRUE;
    AVA_TELL (self, turn, AVA_SAY_GOODBYE, "spa", self->spa->spoken_name);
  } else if (heard->words->words->len == 0 || !sure) {
    ava_dialogue_fail (self, turn, FALSE);
  } else {
    ava_dialogue_respond (self, turn, heard);
  }
}

/**
 * ava_dialogue_hear:
 *
 * Returns: (transfer full): what Ava does about @utterance
 */
AvaDialogueTurn *
ava_dialogue_hear (AvaDialogue        *self,
                   const AvaUtterance *utterance)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);

  self->now_us = utterance->now_us;
  self->intent = AVA_INTENT_NONE;
  hear (self, turn, utterance);
  ava_dialogue_turn_finish (self, turn);
  return turn;
}

/**
 * ava_dialogue_tool_done:
 * @call: with its result
 *
 * Returns: (transfer full): how Ava goes on
 */
AvaDialogueTurn *
ava_dialogue_tool_done (AvaDialogue *self,
                        AvaToolCall *call,
                        gint64       now_us)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);

  self->now_us = now_us;
  /* The answer of a read that was given up says nothing any more. */
  if (call->result != NULL && g_strcmp0 (call->name, self->waiting) == 0) {
    g_clear_pointer (&self->waiting, g_free);
    if (self->safety == NULL || g_str_equal (call->name, "take_message"))
      ava_dialogue_take_result (self, turn, call);
  }
  turn->ends_call = turn->ends_call || self->ended;
  turn->safety_stop = self->safety != NULL;
  ava_dialogue_turn_finish (self, turn);
  return turn;
}

/**
 * ava_dialogue_silence:
 * @times: how often in a row the caller has said nothing; from 1
 *
 * Returns: (transfer full): what Ava says into the silence
 */
AvaDialogueTurn *
ava_dialogue_silence (AvaDialogue *self,
                      guint        times,
                      gint64       now_us)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);

  self->now_us = now_us;
  self->intent = AVA_INTENT_NONE;
  ava_dialogue_turn_act (turn, "silence");
  if (self->ended) {
    turn->ends_call = TRUE;
  } else if (self->safety != NULL && times < 3) {
    AVA_TELL (self, turn, AVA_SAY_SAFETY_AGAIN);
  } else if (times <= 1) {
    AVA_TELL (self, turn, AVA_SAY_SILENCE);
  } else if (times == 2) {
    ava_dialogue_ask (self, turn, self->asked);
  } else if (self->outcome != NULL && !g_str_equal (self->outcome, "answered")) {
    self->ended = turn->ends_call = TRUE;
    self->asked = AVA_ASK_NOTHING;
    AVA_TELL (self, turn, self->safety != NULL ? AVA_SAY_SAFETY_END : AVA_SAY_GOODBYE, "spa", self->spa->spoken_name);
  } else {
    self->outcome = "callback";
    ava_dialogue_send_message (self, turn, "silence", "The caller went silent. Please call back.");
  }
  ava_dialogue_turn_finish (self, turn);
  return turn;
}

/**
 * ava_dialogue_steer:
 * @words: what a colleague at the desk wants
 *
 * Keeps what it understands as a constraint of the offers to come, or as a question to ask.
 *
 * Returns: (transfer full): what was understood, in the acts
 */
AvaDialogueTurn *
ava_dialogue_steer (AvaDialogue *self,
                    const char  *words,
                    gint64       now_us)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);
  g_autoptr (AvaWords) plain = ava_words_new (words);
  g_autoptr (AvaDatePhrase) when = ava_date_phrase_parse (words, now_us, self->spa->zone);

  if (ava_words_have (plain, "allergy|allergies")) {
    self->steer_allergies = TRUE;
    ava_dialogue_turn_act (turn, "steer:allergies");
  } else if (when->has_time) {
    self->steer_from_min = when->from_min;
    self->steer_to_min = when->exact_time ? LAST_MIN : when->to_min;
    if (self->slot == NULL)
      ava_dialogue_drop_times (self);
    ava_dialogue_turn_act (turn, "steer:times");
  } else if (ava_words_have (plain, "any time|no limit|all times")) {
    self->steer_from_min = 0;
    self->steer_to_min = LAST_MIN;
    ava_dialogue_turn_act (turn, "steer:times");
  } else if (ava_words_have (plain, "discount|discounts")) {
    /* She knows of none, and so offers none. */
    ava_dialogue_turn_act (turn, "steer:no-discount");
  } else {
    ava_dialogue_turn_act (turn, "steer:unknown");
  }
  turn->expect = ava_dialogue_get_expect (self);
  turn->intent = self->intent;
  turn->outcome = self->outcome;
  return turn;
}

/**
 * ava_intent_to_string:
 *
 * Returns: the name of @intent, as journals write it
 */
const char *
ava_intent_to_string (AvaIntent intent)
{
  static const char *const names[] = {
    "none", "book", "reschedule", "cancel", "price", "hours", "services", "directions", "who-are-you", "person",
    "message", "yes", "no", "repeat", "wait", "goodbye", "emergency",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == AVA_INTENT_EMERGENCY + 1);
  return intent < G_N_ELEMENTS (names) ? names[intent] : "none";
}
