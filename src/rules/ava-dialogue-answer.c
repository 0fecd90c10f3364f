/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <string.h>

#define LONGEST_MESSAGE 1000                      /* [bytes] */
#define KEEPS "keep it|keep that|keep my appointment|keep the appointment|leave it|dont cancel|do not cancel|dont move|changed my mind|leave it as it is|never mind keep"

/* --- yes, no and the other open questions --- */

void
ava_dialogue_say_goodbye (AvaDialogue     *self,
                          AvaDialogueTurn *turn)
{
  gboolean unfinished = (self->task == AVA_TASK_BOOK || self->task == AVA_TASK_MOVE) && self->outcome == NULL;

  self->ended = turn->ends_call = TRUE;
  self->asked = AVA_ASK_NOTHING;
  if (self->outcome == NULL)
    self->outcome = "answered";
  ava_dialogue_turn_act (turn, "goodbye");
  if (self->safety != NULL)
    AVA_TELL (self, turn, AVA_SAY_SAFETY_END);
  else
    AVA_TELL (self, turn, unfinished ? AVA_SAY_GOODBYE_UNFINISHED : AVA_SAY_GOODBYE, "spa", self->spa->spoken_name);
}

static gboolean
answer_confirm (AvaDialogue     *self,
                AvaDialogueTurn *turn,
                AvaHeard        *heard,
                gboolean         changed)
{
  /* "Speaking" tells who it is; it agrees to nothing. */
  if (changed || ava_words_are_all (heard->words, "speaking|this|is|she|he|her|him|thats|me"))
    return FALSE;
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    ava_dialogue_commit (self, turn);
    return TRUE;
  }
  if (!ava_heard_has (heard, AVA_INTENT_NO))
    return FALSE;
  if (self->task == AVA_TASK_CANCEL) {
    AVA_LEAD (self, AVA_SAY_KEPT);
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
  } else {
    ava_dialogue_ask (self, turn, AVA_ASK_CHANGE);
  }
  return TRUE;
}

/* "The time", "my number": names what is wrong without saying what is right. */
static gboolean
answer_change (AvaDialogue     *self,
               AvaDialogueTurn *turn,
               AvaHeard        *heard,
               gboolean         changed)
{
  if (changed)
    return FALSE;
  if (ava_words_have (heard->words, "time|day|date|when|hour")) {
    ava_dialogue_drop_times (self);
    g_clear_pointer (&self->when, ava_date_phrase_free);
  } else if (ava_words_have (heard->words, "name|spelling")) {
    ava_dialogue_doubt_name (self, NULL);
    if (self->spelling.wanted == 0)
      g_clear_pointer (&self->name, g_free);
    self->identity_asked = TRUE;
  } else if (ava_words_have (heard->words, "phone|number")) {
    g_clear_pointer (&self->phone, g_free);
    self->phone_sure = FALSE;
    self->caller_id_refused = TRUE;
  } else if (ava_words_have (heard->words, "service|treatment") && self->task == AVA_TASK_BOOK) {
    ava_dialogue_drop_times (self);
    g_clear_pointer (&self->service_id, g_free);
  } else if (ava_words_have (heard->words, "provider|person|doctor|nurse|who|with")) {
    ava_dialogue_drop_times (self);
    g_clear_pointer (&self->provider_id, g_free);
    ava_dialogue_ask (self, turn, AVA_ASK_PROVIDER);
    return TRUE;
  } else if (ava_words_have (heard->words, "everything|all of it|start over")) {
    ava_dialogue_begin (self, self->task);
  } else if (!ava_words_have (heard->words, "nothing|its fine|it is fine|never mind|nevermind") && !ava_heard_has (heard, AVA_INTENT_YES)) {
    return FALSE;
  }
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
answer_phone_ok (AvaDialogue     *self,
                 AvaDialogueTurn *turn,
                 AvaHeard        *heard,
                 gboolean         changed)
{
  if (changed)
    return FALSE;
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    self->phone_sure = TRUE;
  } else if (ava_heard_has (heard, AVA_INTENT_NO)) {
    g_clear_pointer (&self->phone, g_free);
    g_clear_pointer (&self->digits, g_free);
    self->caller_id_refused = TRUE;
  } else {
    return FALSE;
  }
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
answer_who (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            AvaHeard        *heard,
            gboolean         changed)
{
  gboolean identity = self->asked == AVA_ASK_IDENTITY;

  if (changed)
    return FALSE;
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    ava_dialogue_set_text (identity ? &self->name : &self->phone, identity ? self->customer_name : self->caller_phone);
    self->identified = self->identified || identity;
    self->phone_sure = self->phone_sure || !identity;
  } else if (!ava_heard_has (heard, AVA_INTENT_NO)) {
    return FALSE;
  } else if (!identity) {
    self->caller_id_refused = TRUE;
  }
  self->identity_asked = TRUE;
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
answer_appointment (AvaDialogue     *self,
                    AvaDialogueTurn *turn,
                    AvaHeard        *heard)
{
  guint count = self->appointments != NULL ? json_array_get_length (self->appointments) : 0;
  int choice = heard->choice == AVA_CHOICE_LAST ? (int) count : heard->choice;

  if (choice <= 0 || choice > (int) count || heard->when->weekday != 0)
    return FALSE;
  g_clear_pointer (&self->appointment, json_object_unref);
  self->appointment = json_object_ref (json_array_get_object_element (self->appointments, choice - 1));
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
answer_idle (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             AvaHeard        *heard)
{
  gboolean yes = ava_heard_has (heard, AVA_INTENT_YES);
  gboolean thanks = ava_words_have (heard->words, "thank|thanks") &&
                    ava_words_are_all (heard->words, "thank|thanks|you|so|much|ava|very|okay|ok|great|that|is|all|for|your|help|a|lot|the|perfect|and|good");

  if (self->asked == AVA_ASK_MORE && (thanks || ava_heard_has (heard, AVA_INTENT_NO))) {
    ava_dialogue_say_goodbye (self, turn);
    return TRUE;
  }
  if (self->asked == AVA_ASK_BOOK_IT && yes) {
    ava_dialogue_begin (self, AVA_TASK_BOOK);
    ava_dialogue_set_text (&self->service_id, self->topic);
    ava_dialogue_advance (self, turn);
    return TRUE;
  }
  if (self->asked == AVA_ASK_BOOK_IT && ava_heard_has (heard, AVA_INTENT_NO)) {
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
    return TRUE;
  }
  if (!yes || (self->asked != AVA_ASK_MORE && self->asked != AVA_ASK_HELP))
    return FALSE;
  ava_dialogue_ask (self, turn, AVA_ASK_HELP);
  return TRUE;
}

static void
call_person (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             const char      *why)
{
  turn->wants_person = TRUE;
  self->outcome = self->outcome != NULL && !g_str_equal (self->outcome, "answered") ? self->outcome : "escalated";
  ava_dialogue_send_message (self, turn, "escalation", why);
}

static gboolean
answer_call_back (AvaDialogue     *self,
                  AvaDialogueTurn *turn,
                  AvaHeard        *heard)
{
  /* Who is angry is not asked for their name first. */
  if (ava_heard_has (heard, AVA_INTENT_YES) && self->person_offered && self->mood >= AVA_MOOD_UPSET) {
    call_person (self, turn, "The caller is angry and wants a person.");
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    ava_dialogue_begin (self, AVA_TASK_MESSAGE);
    self->message = self->asked_about != NULL ? g_strdup_printf ("Please call back about: %s.", self->asked_about)
                                              : g_strdup ("Please call back: Ava could not help on the phone.");
    g_clear_pointer (&self->asked_about, g_free);
    self->message_kind = "callback";
  } else if (!ava_heard_has (heard, AVA_INTENT_NO)) {
    return FALSE;
  } else if (self->task == AVA_TASK_NONE) {
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
    return TRUE;
  }
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
answer_waitlist (AvaDialogue     *self,
                 AvaDialogueTurn *turn,
                 AvaHeard        *heard,
                 gboolean         changed)
{
  if (changed || self->wait == NULL)
    return FALSE;
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    ava_dialogue_begin (self, AVA_TASK_WAIT);
    ava_dialogue_advance (self, turn);
    return TRUE;
  }
  if (!ava_heard_has (heard, AVA_INTENT_NO))
    return FALSE;
  self->asked = AVA_ASK_WHEN;
  AVA_TELL (self, turn, AVA_SAY_ASK_OTHER_WHEN);
  return TRUE;
}

/* "Put me on the waitlist", whatever was offered. */
static gboolean
start_waitlist (AvaDialogue     *self,
                AvaDialogueTurn *turn,
                AvaHeard        *heard)
{
  if (!ava_words_have (heard->words, "waitlist|wait list|waiting list") || ava_heard_has (heard, AVA_INTENT_NO) ||
      (self->task != AVA_TASK_BOOK && self->task != AVA_TASK_NONE))
    return FALSE;
  if (self->task == AVA_TASK_NONE)
    ava_dialogue_begin (self, AVA_TASK_BOOK);
  ava_dialogue_fold (self, heard);
  if (self->wait == NULL || self->asked != AVA_ASK_WAITLIST || ava_heard_has_when (heard))
    ava_dialogue_keep_wait (self);
  if (self->wait != NULL)
    ava_dialogue_begin (self, AVA_TASK_WAIT);
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static void
take_message (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              const char      *text)
{
  g_autofree char *cut = g_strndup (text, LONGEST_MESSAGE);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);

  if (self->asked == AVA_ASK_ALLERGIES) {
    g_autofree char *note = g_strdup_printf ("Asked about allergies, the caller said: %s.", valid);

    self->allergies_asked = TRUE;
    ava_dialogue_note (self, note);
  } else {
    ava_dialogue_set_text (&self->message, g_strstrip (valid));
  }
  ava_dialogue_advance (self, turn);
}

static gboolean
answer_question (AvaDialogue     *self,
                 AvaDialogueTurn *turn,
                 AvaHeard        *heard,
                 gboolean         changed)
{
  switch (self->asked) {
  case AVA_ASK_CONFIRM:
    return answer_confirm (self, turn, heard, changed);
  case AVA_ASK_CHANGE:
    return answer_change (self, turn, heard, changed);
  case AVA_ASK_SPELL_OK:
    return !changed && ava_dialogue_answer_letters (self, turn, heard);
  case AVA_ASK_PHONE_OK:
    return answer_phone_ok (self, turn, heard, changed);
  case AVA_ASK_IDENTITY:
  case AVA_ASK_CALLER_ID:
    return answer_who (self, turn, heard, changed);
  case AVA_ASK_APPOINTMENT:
    return answer_appointment (self, turn, heard);
  case AVA_ASK_CALL_BACK:
    return answer_call_back (self, turn, heard);
  case AVA_ASK_WAITLIST:
    return answer_waitlist (self, turn, heard, changed);
  default:
    return !changed && self->task == AVA_TASK_NONE && answer_idle (self, turn, heard);
  }
}

/* --- what may be said at any time --- */

static gboolean
is_side_question (AvaHeard *heard)
{
  return (heard->intents & (1u << AVA_INTENT_PRICE | 1u << AVA_INTENT_HOURS | 1u << AVA_INTENT_SERVICES |
                            1u << AVA_INTENT_DIRECTIONS | 1u << AVA_INTENT_WHO_ARE_YOU)) != 0;
}

static gboolean
step_meta (AvaDialogue     *self,
           AvaDialogueTurn *turn,
           AvaHeard        *heard)
{
  gboolean slots = heard->service_id != NULL || heard->provider_id != NULL || ava_heard_has_when (heard) ||
                   heard->digits != NULL || heard->name != NULL || heard->email != NULL;

  if (ava_heard_has (heard, AVA_INTENT_PERSON)) {
    call_person (self, turn, "The caller wants to speak to a person.");
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_REPEAT) && !slots && !is_side_question (heard)) {
    g_autofree char *last = g_strdup (self->last_reply);

    ava_dialogue_turn_act (turn, "repeat");
    if (last != NULL && (g_str_has_prefix (last, "Of course. ") || g_str_has_prefix (last, "Sure. ") || g_str_has_prefix (last, "Again: ")))
      memmove (last, strchr (last, ' ') + (*last == 'O' ? 8 : 1), strlen (strchr (last, ' ') + (*last == 'O' ? 8 : 1)) + 1);
    AVA_TELL (self, turn, AVA_SAY_REPEAT, "last", last != NULL ? last : self->spa->greeting);
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_WAIT) && !slots && !is_side_question (heard) && !ava_heard_has (heard, AVA_INTENT_GOODBYE)) {
    self->intent = AVA_INTENT_WAIT;
    ava_dialogue_turn_act (turn, "wait");
    AVA_TELL (self, turn, AVA_SAY_WAIT);
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_GOODBYE) && !slots &&
      !(self->asked == AVA_ASK_CONFIRM && ava_heard_has (heard, AVA_INTENT_YES)) && !ava_heard_has (heard, AVA_INTENT_BOOK)) {
    ava_dialogue_say_goodbye (self, turn);
    return TRUE;
  }
  return FALSE;
}

static gboolean
start_message (AvaDialogue     *self,
               AvaDialogueTurn *turn,
               AvaHeard        *heard,
               const char      *text)
{
  gboolean call_back = ava_words_have (heard->words, "call me back|callback|call back please|ring me back|return my call|"
                                       "have someone call|have somebody call|get a call back|give me a call");
  gboolean tell = ava_words_have (heard->words, "tell them|can you tell|could you tell") && !ava_words_have (heard->words, "tell me");

  if (!ava_heard_has (heard, AVA_INTENT_MESSAGE) || self->task == AVA_TASK_MESSAGE ||
      (ava_words_have (heard->words, "can you tell|could you tell") && !tell))
    return FALSE;
  ava_dialogue_begin (self, AVA_TASK_MESSAGE);
  self->message_kind = call_back ? "callback" : "message";
  if (call_back || tell)
    self->message = g_strndup (text, LONGEST_MESSAGE);
  ava_dialogue_fold (self, heard);
  ava_dialogue_advance (self, turn);
  return TRUE;
}

/* Answers a side question, and asks the open one again. */
static gboolean
answer_side (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             AvaHeard        *heard,
             const char      *text)
{
  /* Whoever moves an appointment means to come where it stands. */
  g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
  JsonObject *args;

  if (ava_heard_has (heard, AVA_INTENT_WHO_ARE_YOU)) {
    AVA_LEAD (self, AVA_SAY_IDENTITY, "spa", self->spa->spoken_name);
    if (self->task == AVA_TASK_NONE && self->outcome == NULL) {
      ava_dialogue_turn_act (turn, "answer");
      ava_dialogue_ask (self, turn, AVA_ASK_HELP);
      return TRUE;
    }
  } else if (ava_heard_has (heard, AVA_INTENT_DIRECTIONS)) {
    AVA_LEAD (self, AVA_SAY_DIRECTIONS, "directions", here->directions != NULL && *here->directions != '\0' ? here->directions : here->address);
  } else if (ava_heard_has (heard, AVA_INTENT_HOURS)) {
    args = json_object_new ();
    if (heard->when->has_date || heard->when->weekdays != 0)
      json_object_set_string_member (args, "when", text);
    if (g_strcmp0 (here->location_id, self->spa->location_id) != 0)
      json_object_set_string_member (args, "location", here->location_id);
    ava_dialogue_set_text (&self->price_of, ava_heard_has (heard, AVA_INTENT_PRICE) ? heard->service_id : NULL);
    ava_dialogue_call (self, turn, "get_hours", args, NULL);
    return TRUE;
  } else if (ava_heard_has (heard, AVA_INTENT_PRICE) || ava_heard_has (heard, AVA_INTENT_SERVICES)) {
    const char *service = heard->service_id != NULL ? heard->service_id :
                          ava_heard_has (heard, AVA_INTENT_PRICE) ? self->service_id != NULL ? self->service_id : self->topic : NULL;

    args = json_object_new ();
    if (service != NULL)
      json_object_set_string_member (args, "service", service);
    ava_dialogue_call (self, turn, "list_services", args, NULL);
    return TRUE;
  } else {
    return FALSE;
  }
  if (self->outcome == NULL)
    self->outcome = "answered";
  ava_dialogue_turn_act (turn, "answer");
  ava_dialogue_advance (self, turn);
  return TRUE;
}

static gboolean
asks_to_book (AvaHeard *heard)
{
  if (heard->chit_chat)
    return FALSE;
  if (is_side_question (heard))
    return (ava_heard_has (heard, AVA_INTENT_BOOK) ||
            ava_words_have (heard->words, "id like|i want|i would like|i need|can i get|could i get|can i have")) &&
           heard->service_id != NULL && !ava_words_have (heard->words, "to know|to ask|find out");
  return ava_heard_has (heard, AVA_INTENT_BOOK) || heard->service_id != NULL ||
         heard->when->has_date || heard->when->has_time || heard->when->weekdays != 0 || heard->provider_id != NULL;
}

/* Whoever was just told of a treatment and says "book it" means that one. */
static void
begin_booking (AvaDialogue *self,
               AvaHeard    *heard)
{
  gboolean that_one = self->asked == AVA_ASK_BOOK_IT && heard->service_id == NULL;

  ava_dialogue_begin (self, AVA_TASK_BOOK);
  if (that_one)
    ava_dialogue_set_text (&self->service_id, self->topic);
}

/* Begins what the caller asks for. Returns: whether the turn is done with that */
static gboolean
choose_task (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             AvaHeard        *heard)
{
  gboolean theirs = ava_words_have (heard->words, "appointment|appointments|booking|my");

  if ((self->task == AVA_TASK_CANCEL || self->task == AVA_TASK_MOVE) && ava_words_have (heard->words, KEEPS)) {
    AVA_LEAD (self, AVA_SAY_KEPT);
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_turn_act (turn, "keep");
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_CANCEL) && self->task == AVA_TASK_BOOK && !theirs) {
    AVA_LEAD (self, AVA_SAY_KEPT);
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_turn_act (turn, "drop");
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
    return TRUE;
  }
  if (ava_heard_has (heard, AVA_INTENT_RESCHEDULE) && self->task != AVA_TASK_MOVE && (self->task != AVA_TASK_BOOK || theirs))
    ava_dialogue_begin (self, AVA_TASK_MOVE);
  else if (ava_heard_has (heard, AVA_INTENT_CANCEL) && !ava_heard_has (heard, AVA_INTENT_RESCHEDULE) && self->task != AVA_TASK_CANCEL &&
           !(self->task == AVA_TASK_MOVE && !theirs))
    ava_dialogue_begin (self, AVA_TASK_CANCEL);
  else if (self->task == AVA_TASK_NONE && asks_to_book (heard))
    begin_booking (self, heard);
  else if ((self->task == AVA_TASK_MOVE || self->task == AVA_TASK_CANCEL) &&
           ava_words_have (heard->words, "book a|book an|new appointment|another appointment|make an appointment") &&
           !ava_heard_has (heard, AVA_INTENT_RESCHEDULE) && !ava_heard_has (heard, AVA_INTENT_CANCEL))
    ava_dialogue_begin (self, AVA_TASK_BOOK);
  else if (self->task == AVA_TASK_CANCEL && ava_words_have (heard->words, "instead") && ava_heard_has (heard, AVA_INTENT_RESCHEDULE))
    ava_dialogue_begin (self, AVA_TASK_MOVE);
  return FALSE;
}

/* "Botox and a facial": the other one comes after the first; "cancel my Botox and book a facial" too. */
static void
keep_second_service (AvaDialogue *self,
                     AvaHeard    *heard)
{
  if (heard->companion && heard->service_id != NULL && self->task == AVA_TASK_BOOK && self->next_service_id == NULL) {
    ava_dialogue_set_text (&self->next_service_id, heard->service_id);
    self->next_is_other = TRUE;
    AVA_LEAD (self, AVA_SAY_YOURS_FIRST);
    return;
  }
  if (heard->second_service_id == NULL || self->next_service_id != NULL || (self->task != AVA_TASK_BOOK && self->task != AVA_TASK_CANCEL))
    return;
  ava_dialogue_set_text (&self->next_service_id, heard->second_service_id);
  if (self->task == AVA_TASK_BOOK)
    AVA_LEAD (self, AVA_SAY_ONE_BY_ONE, "first", ava_dialogue_say_service (self, heard->service_id));
}

/* Returns: whether the caller asks again for what this call has booked (B-08) */
static gboolean
answer_again (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              AvaHeard        *heard)
{
  guint count = json_array_get_length (self->booked);

  if (count == 0 || self->task != AVA_TASK_NONE || heard->service_id != NULL || ava_heard_has_when (heard) ||
      !ava_words_have (heard->words, "book it|book that|book the appointment|did you book|is it booked|is that booked|am i booked|book this|confirm it"))
    return FALSE;
  {
    JsonObject *last = json_array_get_object_element (self->booked, count - 1);

    AVA_LEAD (self, AVA_SAY_ALREADY_BOOKED, "service", json_object_get_string_member_with_default (last, "service", ""),
              "when", json_object_get_string_member_with_default (last, "spoken", ""));
  }
  ava_dialogue_turn_act (turn, "already-booked");
  ava_dialogue_ask (self, turn, AVA_ASK_MORE);
  return TRUE;
}

/* BD-05: an angry caller is offered a person, once; what they asked for is kept meanwhile. */
static gboolean
offer_person (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              AvaHeard        *heard)
{
  gboolean agrees = self->asked == AVA_ASK_CONFIRM && ava_heard_has (heard, AVA_INTENT_YES);

  if (self->mood != AVA_MOOD_ANGRY || self->person_offered || agrees || self->asked == AVA_ASK_CALL_BACK ||
      self->task == AVA_TASK_MESSAGE)
    return FALSE;
  self->person_offered = TRUE;
  if (heard->service_id != NULL || heard->provider_id != NULL || ava_heard_has_when (heard) || heard->digits != NULL)
    ava_dialogue_fold (self, heard);
  AVA_LEAD (self, AVA_SAY_SORRY);
  self->failures = 0;
  self->asked = AVA_ASK_CALL_BACK;
  ava_dialogue_turn_act (turn, "offer:person");
  AVA_TELL (self, turn, AVA_SAY_ASK_PERSON);
  return TRUE;
}

/**
 * ava_dialogue_respond:
 * @heard: clear words, without a red flag
 */
void
ava_dialogue_respond (AvaDialogue     *self,
                      AvaDialogueTurn *turn,
                      AvaHeard        *heard)
{
  const char *text = heard->words->text;
  gboolean free_words = self->asked == AVA_ASK_MESSAGE || self->asked == AVA_ASK_ALLERGIES;
  gboolean side = is_side_question (heard);
  gboolean changed = FALSE;

  if (heard->manipulation) {
    AVA_LEAD (self, AVA_SAY_MANIPULATION);
    ava_dialogue_turn_act (turn, "refuse:manipulation");
    ava_dialogue_advance (self, turn);
    return;
  }
  if (heard->health != NULL) {
    ava_dialogue_note (self, heard->health);
    if (!free_words)
      AVA_LEAD (self, ava_words_have (heard->words, "can i|is it|is that|should i|safe|okay if|ok if|do i need") ? AVA_SAY_MEDICAL_NOTED : AVA_SAY_HEALTH_NOTED);
    ava_dialogue_turn_act (turn, "note:health");
  }
  if (step_meta (self, turn, heard) || (!free_words && offer_person (self, turn, heard)))
    return;
  if (free_words) {
    take_message (self, turn, text);
    return;
  }
  if (answer_again (self, turn, heard) || start_message (self, turn, heard, text) || start_waitlist (self, turn, heard) ||
      ava_dialogue_answer_topic (self, turn, heard) || choose_task (self, turn, heard))
    return;
  if (self->asked == AVA_ASK_OFFER)
    ava_dialogue_fold_person (self, heard);
  keep_second_service (self, heard);
  if (!side && ava_dialogue_answer_offer (self, turn, heard))
    return;
  if (!side || asks_to_book (heard))
    changed = ava_dialogue_fold (self, heard);
  if (side && answer_side (self, turn, heard, text))
    return;
  if (answer_question (self, turn, heard, changed))
    return;
  if (heard->chit_chat && !changed)
    AVA_LEAD (self, AVA_SAY_CHAT);
  if (changed || heard->chit_chat || heard->health != NULL ||
      (heard->intents & (1u << AVA_INTENT_BOOK | 1u << AVA_INTENT_CANCEL | 1u << AVA_INTENT_RESCHEDULE)) != 0 ||
      ava_words_are_all (heard->words, "hi|hello|hey|ava|there|good|morning|afternoon|evening|how|are|you|today"))
    ava_dialogue_advance (self, turn);
  else
    ava_dialogue_fail (self, turn, TRUE);
}
