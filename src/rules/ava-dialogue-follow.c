/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-follow.h"

#include "ava-dialogue-private.h"

#include <string.h>

/* Of what Ava says, what it asks for: the last sentence that asks counts. */
static const struct {
  AvaExpect expect;
  AvaAsk ask;
  const char *phrases;
} questions[] = {
  { AVA_EXPECT_NOTHING, AVA_ASK_NOTHING, "goodbye|good bye|bye bye" },
  { AVA_EXPECT_SPELL, AVA_ASK_SPELL, "spell|letter by letter|spelled" },
  { AVA_EXPECT_YES_NO, AVA_ASK_CALLER_ID, "number you are calling from|number youre calling from|this number|same number" },
  { AVA_EXPECT_EMAIL, AVA_ASK_MORE, "email|e mail" },
  { AVA_EXPECT_YES_NO, AVA_ASK_CONFIRM, "shall i book|should i book|book it|book that|go ahead and book|is that right|is that correct|"
                                        "does that sound right|shall i go ahead|shall i do that|shall i cancel|shall i move|all correct" },
  { AVA_EXPECT_PHONE, AVA_ASK_PHONE, "phone number|telephone|best number|area code|your number|digits|reach you" },
  { AVA_EXPECT_NAME, AVA_ASK_NAME, "your name|your first|your last|full name|name please|name is it under|who am i speaking" },
  { AVA_EXPECT_YES_NO, AVA_ASK_MORE, "anything else" },
  { AVA_EXPECT_OFFER, AVA_ASK_OFFER, "which would you like|which one|which of these|which suits|does that work|do any of|which time|"
                                     "works best|suits you|prefer|would any of|would that work|shall i take" },
  { AVA_EXPECT_PROVIDER, AVA_ASK_PROVIDER, "who would you like|someone in particular|provider" },
  { AVA_EXPECT_WHEN, AVA_ASK_WHEN, "what day|which day|when would|what time|day and time|another day|other day|day works|come in" },
  { AVA_EXPECT_SERVICE, AVA_ASK_SERVICE, "which treatment|what treatment|which service|what service" },
  { AVA_EXPECT_MESSAGE, AVA_ASK_MESSAGE, "your message|tell the team|pass on" },
};

static gssize
find_question (const char *said)
{
  g_autoptr (AvaWords) words = NULL;
  const char *last = said;

  /* Only the last two sentences: what comes before is told, not asked. */
  for (const char *at = said; *at != '\0' && at[1] != '\0'; at++) {
    if ((*at == '.' || *at == '!' || *at == '?') && at[1] == ' ')
      last = at + 2;
  }
  words = ava_words_new (last);
  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
      if (ava_words_have (words, questions[i].phrases))
        return i;
    }
    ava_words_free (words);
    words = ava_words_new (said);
  }
  return -1;
}

/**
 * ava_expect_guess:
 * @said: Ava's words
 *
 * Returns: what she asks for
 */
AvaExpect
ava_expect_guess (const char *said)
{
  gssize at = find_question (said);

  return at >= 0 ? questions[at].expect : AVA_EXPECT_OPEN;
}

/**
 * ava_dialogue_follow:
 * @said: what Ava has just said, by somebody else's mind
 */
void
ava_dialogue_follow (AvaDialogue *self,
                     const char  *said)
{
  gssize at = find_question (said);

  ava_dialogue_set_text (&self->last_reply, said);
  if (at < 0)
    return;
  if (questions[at].ask == AVA_ASK_OFFER && self->offers == NULL)
    return;
  if (questions[at].ask == AVA_ASK_CONFIRM && self->slot == NULL)
    return;
  if (self->asked != questions[at].ask)
    self->failures = 0;
  self->asked = questions[at].ask;
  if (self->asked == AVA_ASK_CONFIRM)
    self->phone_sure = self->phone != NULL;
}

static void
choose_offer (AvaDialogue *self,
              AvaHeard    *heard)
{
  guint count = self->offers != NULL ? json_array_get_length (self->offers) : 0;
  int choice = heard->choice == AVA_CHOICE_LAST ? (int) count : heard->choice;

  if (self->asked != AVA_ASK_OFFER || choice < 1 || choice > (int) count)
    return;
  g_clear_pointer (&self->slot, json_object_unref);
  self->slot = json_object_ref (json_array_get_object_element (self->offers, choice - 1));
  self->held = FALSE;
}

/**
 * ava_dialogue_overhear:
 * @text: what the caller said to whoever leads
 *
 * Takes the slots into the draft; answers nothing.
 */
void
ava_dialogue_overhear (AvaDialogue *self,
                       const char  *text,
                       gint64       now_us)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
  g_autoptr (AvaHeard) heard = NULL;

  self->now_us = now_us;
  heard = ava_heard_new (here, ava_dialogue_get_expect (self), lower, now_us);
  if (self->task == AVA_TASK_NONE) {
    if (ava_heard_has (heard, AVA_INTENT_RESCHEDULE))
      ava_dialogue_begin (self, AVA_TASK_MOVE);
    else if (ava_heard_has (heard, AVA_INTENT_CANCEL))
      ava_dialogue_begin (self, AVA_TASK_CANCEL);
    else if (ava_heard_has (heard, AVA_INTENT_BOOK))
      ava_dialogue_begin (self, AVA_TASK_BOOK);
  }
  choose_offer (self, heard);
  ava_dialogue_fold (self, heard);
  if (self->asked == AVA_ASK_CALLER_ID && ava_heard_has (heard, AVA_INTENT_YES) && self->phone == NULL) {
    ava_dialogue_set_text (&self->phone, self->caller_phone);
    self->phone_sure = self->phone != NULL;
  }
  if (heard->health != NULL)
    ava_dialogue_note (self, heard->health);
  g_clear_pointer (&self->lead, g_free);
}

static void
take_arguments (AvaDialogue *self,
                AvaToolCall *call)
{
  const char *when = json_object_get_string_member_with_default (call->args, "when", NULL);
  const char *name = json_object_get_string_member_with_default (call->args, "customer_name", NULL);
  const char *phone = json_object_get_string_member_with_default (call->args, "phone", NULL);

  if (g_str_equal (call->name, "check_availability") && when != NULL) {
    g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
    g_autoptr (AvaDatePhrase) phrase = ava_date_phrase_parse (when, self->now_us, here->zone);

    if (!ava_date_phrase_is_empty (phrase))
      ava_dialogue_keep_when (self, phrase);
  }
  if (name != NULL && *name != '\0')
    ava_dialogue_set_text (&self->name, name);
  if (phone != NULL && *phone == '+') {
    ava_dialogue_set_text (&self->phone, phone);
    self->phone_sure = TRUE;
  }
}

/* The service and person that the times are for. */
static void
take_subject (AvaDialogue *self,
              JsonObject  *slot)
{
  const char *service = json_object_get_string_member_with_default (slot, "service_id", NULL);

  if (self->task == AVA_TASK_NONE)
    ava_dialogue_begin (self, AVA_TASK_BOOK);
  if (service != NULL && self->task == AVA_TASK_BOOK)
    ava_dialogue_set_text (&self->service_id, service);
}

static JsonObject *
get_first_slot (JsonObject *result)
{
  JsonNode *node = json_object_get_member (result, "slots");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0 ?
         json_array_get_object_element (json_node_get_array (node), 0) : NULL;
}

/* The slot that was held is one of the offers; its id is all that a tool call names. */
static void
take_chosen (AvaDialogue *self,
             const char  *slot_id)
{
  for (guint i = 0; self->offers != NULL && slot_id != NULL && i < json_array_get_length (self->offers); i++) {
    JsonObject *slot = json_array_get_object_element (self->offers, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (slot, "slot_id", NULL), slot_id) != 0)
      continue;
    g_clear_pointer (&self->slot, json_object_unref);
    self->slot = json_object_ref (slot);
    return;
  }
}

/**
 * ava_dialogue_note_result:
 * @call: done, by order of whoever leads
 */
void
ava_dialogue_note_result (AvaDialogue *self,
                          AvaToolCall *call,
                          gint64       now_us)
{
  g_autoptr (AvaDialogueTurn) unsaid = ava_dialogue_turn_new (self);
  JsonObject *first;
  gboolean done = call->result != NULL && ava_tool_call_get_error (call) == NULL;

  self->now_us = now_us;
  g_clear_pointer (&self->waiting, g_free);
  if (call->result == NULL || g_str_equal (call->name, "take_message") || g_str_equal (call->name, "list_services") ||
      g_str_equal (call->name, "get_hours"))
    return;
  take_arguments (self, call);
  first = get_first_slot (call->result);
  if (first != NULL)
    take_subject (self, first);
  if (g_str_equal (call->name, "hold_slot")) {
    take_chosen (self, json_object_get_string_member_with_default (call->args, "slot_id", NULL));
    self->held = done && self->slot != NULL;
  } else if (!g_str_equal (call->name, "find_customer") || self->name != NULL) {
    ava_dialogue_take_result (self, unsaid, call);
  }
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->lead, g_free);
}

/**
 * ava_dialogue_await:
 * @call: that was begun by whoever led, and is not done
 *
 * Its result will come to ava_dialogue_tool_done().
 */
void
ava_dialogue_await (AvaDialogue *self,
                    AvaToolCall *call)
{
  take_arguments (self, call);
  if (g_str_equal (call->name, "hold_slot") || g_str_equal (call->name, "book_appointment"))
    take_chosen (self, json_object_get_string_member_with_default (call->args, "slot_id", NULL));
  ava_dialogue_set_text (&self->waiting, call->name);
}

/**
 * ava_dialogue_take_up:
 *
 * From here on this dialogue leads: it says again what is open, or asks for the next thing.
 *
 * Returns: (transfer full): the turn
 */
AvaDialogueTurn *
ava_dialogue_take_up (AvaDialogue *self,
                      gint64       now_us)
{
  AvaDialogueTurn *turn = ava_dialogue_turn_new (self);
  guint booked = json_array_get_length (self->booked);

  self->now_us = now_us;
  self->failures = 0;
  ava_dialogue_turn_act (turn, "take-up");
  if (booked > 0 && self->task == AVA_TASK_NONE) {
    JsonObject *last = json_array_get_object_element (self->booked, booked - 1);

    AVA_LEAD (self, AVA_SAY_ALREADY_BOOKED, "service", json_object_get_string_member_with_default (last, "service", ""),
              "when", json_object_get_string_member_with_default (last, "spoken", ""));
  }
  ava_dialogue_advance (self, turn);
  ava_dialogue_turn_finish (self, turn);
  return turn;
}

/**
 * ava_dialogue_make_key:
 *
 * The same key that this dialogue would use itself: a write that was begun by somebody else and is wanted again is the
 * same write.
 *
 * Returns: (transfer full) (nullable): the idempotency key; %NULL for what only reads
 */
char *
ava_dialogue_make_key (AvaDialogue *self,
                       const char  *tool,
                       JsonObject  *args)
{
  static const char *const writes[] = { "book_appointment", "reschedule_appointment", "cancel_appointment", NULL };
  const char *slot = json_object_get_string_member_with_default (args, "slot_id", "");
  const char *appointment = json_object_get_string_member_with_default (args, "appointment_id", "");
  const char *text = json_object_get_string_member_with_default (args, "text", "");

  if (g_strv_contains (writes, tool))
    return g_strdup_printf ("%s:%s:%s:%s", self->call_id, tool, appointment, slot);
  if (g_str_equal (tool, "hold_slot"))
    return g_strdup_printf ("%s:hold:%u:%s", self->call_id, ++self->writes, slot);
  if (g_str_equal (tool, "take_message")) {
    g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

    return g_strdup_printf ("%s:message:%.16s", self->call_id, sum);
  }
  return NULL;
}
