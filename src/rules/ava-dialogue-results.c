/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#define NOON_MIN 720           /* [min] of the day */
#define EVENING_MIN 1020

/* How the conversation goes on with what a tool brought. */

static const char *
read_text (JsonObject *object,
           const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static JsonArray *
read_array (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_has_member (object, member) ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
fits_spa (AvaDialogue *self,
          JsonObject  *slot)
{
  return *read_text (slot, "slot_id") != '\0' && *read_text (slot, "spoken") != '\0' &&
         ava_spa_find_service (self->spa, read_text (slot, "service_id")) != NULL;
}

/* The same start with two people is one offer; the first, who is the better, has it. */
static JsonArray *
take_slots (AvaDialogue *self,
            JsonArray   *slots)
{
  g_autoptr (JsonArray) offers = json_array_new ();

  for (guint i = 0; slots != NULL && i < json_array_get_length (slots) && json_array_get_length (offers) < 3; i++) {
    JsonObject *slot = json_array_get_object_element (slots, i);
    gboolean known = !fits_spa (self, slot);

    for (guint j = 0; j < json_array_get_length (offers) && !known; j++)
      known = g_str_equal (read_text (json_array_get_object_element (offers, j), "start"), read_text (slot, "start"));
    if (!known)
      json_array_add_object_element (offers, json_object_ref (slot));
  }
  return json_array_get_length (offers) > 0 ? g_steal_pointer (&offers) : NULL;
}

static void
offer (AvaDialogue     *self,
       AvaDialogueTurn *turn,
       JsonArray       *slots)
{
  ava_dialogue_drop_times (self);
  self->offers = take_slots (self, slots);
  self->offers_us = self->now_us;
  if (self->offers != NULL) {
    ava_dialogue_ask (self, turn, AVA_ASK_OFFER);
    return;
  }
  AVA_LEAD (self, AVA_SAY_NO_TIMES);
  if (self->task == AVA_TASK_BOOK)
    ava_dialogue_keep_wait (self);
  g_clear_pointer (&self->when, ava_date_phrase_free);
  ava_dialogue_turn_act (turn, "no-times");
  if (self->wait != NULL && self->task == AVA_TASK_BOOK) {
    ava_dialogue_ask (self, turn, AVA_ASK_WAITLIST);
    return;
  }
  self->asked = AVA_ASK_WHEN;
  AVA_TELL (self, turn, AVA_SAY_ASK_OTHER_WHEN);
}

/* "Tuesday, December 1st in the afternoon" */
static char *
speak_wish (const AvaDatePhrase *when)
{
  g_autofree char *day = ava_date_speak_day (&when->first_day);
  g_autofree char *minutes = NULL;

  if (!when->has_time)
    return g_steal_pointer (&day);
  if (when->exact_time) {
    minutes = ava_date_speak_minutes (when->from_min);
    return g_strdup_printf ("%s at %s", day, minutes);
  }
  return g_strdup_printf ("%s %s", day, when->to_min < NOON_MIN      ? "in the morning"
                                       : when->from_min >= EVENING_MIN ? "in the evening"
                                       : when->from_min >= NOON_MIN    ? "in the afternoon"
                                                                       : "at that time");
}

/* The wish is said as it was understood: who was misheard can say so before another time is chosen. */
static void
lead_to_nearest (AvaDialogue *self)
{
  g_autofree char *wish = NULL;

  if (self->when == NULL || !self->when->has_date || g_date_compare (&self->when->first_day, &self->when->last_day) != 0) {
    AVA_LEAD (self, AVA_SAY_NEAREST);
    return;
  }
  wish = speak_wish (self->when);
  AVA_LEAD (self, AVA_SAY_NEAREST_DAY, "when", wish);
}

static void
take_times (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            JsonObject      *result)
{
  JsonArray *reasons = read_array (result, "reasons");
  const char *message = read_text (result, "message");
  const char *fault = read_text (result, "error");

  if (*fault != '\0') {
    /* What is wrong with the book is for the desk, in its language: a caller hears only that it did not work. */
    if (*message != '\0' && strchr (message, '?') == NULL && !g_str_equal (fault, "unavailable"))
      ava_dialogue_lead (self, g_strdup (message));
    else
      AVA_LEAD (self, AVA_SAY_FAILED);
    if (read_array (result, "alternates") != NULL) {
      offer (self, turn, read_array (result, "alternates"));
      return;
    }
    g_clear_pointer (&self->when, ava_date_phrase_free);
    self->asked = AVA_ASK_WHEN;
    AVA_TELL (self, turn, AVA_SAY_ASK_OTHER_WHEN);
    return;
  }
  if (!json_object_get_boolean_member_with_default (result, "matched", TRUE)) {
    /* Why each of several people cannot is more than a caller wants to hear. */
    if (reasons != NULL && (json_array_get_length (reasons) == 1 ||
                            (json_array_get_length (reasons) > 0 && self->provider_id != NULL)))
      ava_dialogue_lead (self, g_strdup_printf ("%s%s", json_array_get_string_element (reasons, 0),
                                                g_str_has_suffix (json_array_get_string_element (reasons, 0), ".") ? "" : "."));
    else if (read_array (result, "slots") != NULL && json_array_get_length (read_array (result, "slots")) > 0)
      lead_to_nearest (self);
  }
  offer (self, turn, read_array (result, "slots"));
}

/* Only the staff may do it, and only they know why: they get all that was asked for, and call back. */
static void
hand_to_staff (AvaDialogue     *self,
               AvaDialogueTurn *turn)
{
  const char *deed = self->task == AVA_TASK_MOVE ? "move" : self->task == AVA_TASK_WAIT ? "be put on the waitlist for" : "book";
  const char *service = self->appointment != NULL ? read_text (self->appointment, "service") : ava_dialogue_say_service (self, self->service_id);
  g_autofree char *message = self->slot != NULL
    ? g_strdup_printf ("Please call back: wanted to %s %s, %s. Ava may not do that.", deed, service, read_text (self->slot, "spoken"))
    : g_strdup_printf ("Please call back: wanted to %s %s. Ava may not do that.", deed, service);

  ava_dialogue_turn_act (turn, "ask-staff");
  AVA_LEAD (self, AVA_SAY_STAFF_ONLY);
  ava_dialogue_begin (self, AVA_TASK_MESSAGE);
  self->message = g_steal_pointer (&message);
  self->message_kind = "callback";
  ava_dialogue_advance (self, turn);
}

/* By now it costs something, or more than was said: the caller decides anew. */
static void
ask_for_fee (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             JsonObject      *result)
{
  JsonObject *appointment = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (self->appointment);

  for (GList *item = names; item != NULL; item = item->next)
    json_object_set_member (appointment, item->data, json_node_copy (json_object_get_member (self->appointment, item->data)));
  json_object_set_int_member (appointment, "cancel_fee_cents", json_object_get_int_member_with_default (result, "cancel_fee_cents", 0));
  json_object_set_string_member (appointment, "spoken_cancel_fee", read_text (result, "spoken_cancel_fee"));
  json_object_unref (self->appointment);
  self->appointment = appointment;
  ava_dialogue_ask (self, turn, AVA_ASK_CONFIRM);
}

/* The time is gone, or the write did not work: nothing is lost but the time. */
static void
take_refusal (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              JsonObject      *result)
{
  JsonArray *alternates = read_array (result, "alternates");
  const char *error = read_text (result, "error");

  ava_dialogue_turn_act (turn, "refused");
  if (!g_str_equal (error, "unavailable"))
    self->rounds++;
  if (g_str_equal (error, "ask_staff")) {
    hand_to_staff (self, turn);
  } else if (g_str_equal (error, "fee") && self->task == AVA_TASK_CANCEL && self->appointment != NULL) {
    ask_for_fee (self, turn, result);
  } else if (alternates != NULL && json_array_get_length (alternates) > 0) {
    AVA_LEAD (self, AVA_SAY_TAKEN);
    offer (self, turn, alternates);
  } else if (g_str_equal (error, "taken") || g_str_equal (error, "past") || g_str_equal (error, "closed")) {
    AVA_LEAD (self, AVA_SAY_TAKEN);
    ava_dialogue_drop_times (self);
    ava_dialogue_advance (self, turn);
  } else {
    AVA_LEAD (self, AVA_SAY_FAILED);
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
  }
}

static void
keep_booking (AvaDialogue *self,
              JsonObject  *result)
{
  JsonArray *booked = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->booked); i++)
    json_array_add_object_element (booked, json_object_ref (json_array_get_object_element (self->booked, i)));
  json_array_add_object_element (booked, json_object_ref (result));
  json_array_unref (self->booked);
  self->booked = booked;
}

/**
 * ava_dialogue_is_booked:
 *
 * Returns: whether this call has booked the service and start of @slot
 */
gboolean
ava_dialogue_is_booked (AvaDialogue *self,
                        JsonObject  *slot)
{
  for (guint i = 0; i < json_array_get_length (self->booked); i++) {
    JsonObject *one = json_array_get_object_element (self->booked, i);

    if (g_str_equal (read_text (one, "service_id"), read_text (slot, "service_id")) &&
        g_str_equal (read_text (one, "start"), read_text (slot, "start")))
      return TRUE;
  }
  return FALSE;
}

/* Cancelled or moved: no longer what this call has booked. */
static void
forget_booking (AvaDialogue *self,
                const char  *appointment_id)
{
  JsonArray *booked = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->booked); i++) {
    JsonObject *one = json_array_get_object_element (self->booked, i);

    if (!g_str_equal (read_text (one, "appointment_id"), appointment_id))
      json_array_add_object_element (booked, json_object_ref (one));
  }
  json_array_unref (self->booked);
  self->booked = booked;
}

static void
take_write (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            AvaToolCall     *call)
{
  gboolean booked = g_str_equal (call->name, "book_appointment");
  gboolean moved = g_str_equal (call->name, "reschedule_appointment");

  if (ava_tool_call_get_error (call) != NULL) {
    take_refusal (self, turn, call->result);
    return;
  }
  self->rounds++;
  if (!booked)
    forget_booking (self, json_object_get_string_member_with_default (call->args, "appointment_id", ""));
  if (booked || moved)
    keep_booking (self, call->result);
  self->outcome = booked ? "booked" : "changed";
  AVA_LEAD (self, booked ? AVA_SAY_BOOKED : moved ? AVA_SAY_MOVED : AVA_SAY_CANCELLED,
            "service", read_text (call->result, "service"), "provider", read_text (call->result, "provider"),
            "when", read_text (call->result, "spoken"));
  if (*read_text (call->result, "spoken_fee") != '\0')
    AVA_LEAD (self, AVA_SAY_FEE_APPLIES, "fee", read_text (call->result, "spoken_fee"));
  ava_dialogue_turn_act (turn, booked ? "booked" : moved ? "moved" : "cancelled");
  ava_dialogue_begin (self, AVA_TASK_NONE);
  if (booked)
    g_string_truncate (self->notes, 0);
  if (!ava_dialogue_go_on_booking (self, turn, booked ? read_text (call->result, "start") : NULL))
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
}

static gboolean
is_name_of (const char *name,
            const char *customer)
{
  g_autoptr (AvaWords) said = ava_words_new (name);
  g_autoptr (AvaWords) known = ava_words_new (customer);
  guint same = 0;

  for (guint i = 0; i < said->words->len; i++) {
    for (guint j = 0; j < known->words->len; j++) {
      if (g_str_equal (ava_words_get (said, i), ava_words_get (known, j))) {
        same++;
        break;
      }
    }
  }
  return said->words->len > 0 && same == said->words->len;
}

/* Only who has both the phone and the name hears of appointments. */
static void
take_customers (AvaDialogue     *self,
                AvaDialogueTurn *turn,
                JsonObject      *result)
{
  JsonArray *customers = read_array (result, "customers");
  JsonObject *match = NULL;

  for (guint i = 0; customers != NULL && i < json_array_get_length (customers); i++) {
    JsonObject *customer = json_array_get_object_element (customers, i);

    if (g_str_equal (read_text (customer, "phone"), self->phone != NULL ? self->phone : "") &&
        is_name_of (self->name, read_text (customer, "name")) && match == NULL)
      match = customer;
  }
  if (match == NULL) {
    AVA_LEAD (self, AVA_SAY_NOT_FOUND);
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_turn_act (turn, "not-found");
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
    return;
  }
  if (read_array (match, "appointments") != NULL)
    self->appointments = json_array_ref (read_array (match, "appointments"));
  else
    self->appointments = json_array_new ();
  ava_dialogue_advance (self, turn);
}

static void
take_hold (AvaDialogue     *self,
           AvaDialogueTurn *turn,
           AvaToolCall     *call)
{
  if (ava_tool_call_get_error (call) != NULL) {
    take_refusal (self, turn, call->result);
    return;
  }
  self->held = TRUE;
  ava_dialogue_advance (self, turn);
}

static void
take_message (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              JsonObject      *result)
{
  const char *kind = self->message_kind != NULL ? self->message_kind : "message";
  gboolean failed = *read_text (result, "error") != '\0';

  if (g_str_equal (kind, "safety"))
    return;
  if (g_str_equal (kind, "silence")) {
    self->asked = AVA_ASK_NOTHING;
    self->ended = turn->ends_call = TRUE;
    AVA_TELL (self, turn, AVA_SAY_SILENCE_END);
    return;
  }
  if (failed)
    AVA_LEAD (self, AVA_SAY_FAILED);
  else if (g_str_equal (kind, "escalation"))
    AVA_LEAD (self, AVA_SAY_PERSON);
  else
    AVA_LEAD (self, AVA_SAY_MESSAGE_TAKEN);
  if (g_str_equal (kind, "escalation") && !failed && self->phone == NULL && self->caller_phone == NULL) {
    self->task = AVA_TASK_MESSAGE;
    ava_dialogue_set_text (&self->message, "Please call back: wanted to speak to a person.");
    ava_dialogue_ask (self, turn, AVA_ASK_PHONE);
    self->message_kind = "callback";
    return;
  }
  if (self->task == AVA_TASK_MESSAGE)
    ava_dialogue_begin (self, AVA_TASK_NONE);
  ava_dialogue_advance (self, turn);
}

static void
take_waitlist (AvaDialogue     *self,
               AvaDialogueTurn *turn,
               AvaToolCall     *call)
{
  if (g_strcmp0 (ava_tool_call_get_error (call), "ask_staff") == 0) {
    ava_dialogue_turn_act (turn, "refused");
    ava_dialogue_set_text (&self->service_id, json_object_get_string_member_with_default (call->args, "service", NULL));
    hand_to_staff (self, turn);
    return;
  }
  ava_dialogue_begin (self, AVA_TASK_NONE);
  if (ava_tool_call_get_error (call) != NULL) {
    AVA_LEAD (self, AVA_SAY_FAILED);
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
    return;
  }
  if (self->outcome == NULL || g_str_equal (self->outcome, "answered"))
    self->outcome = "callback";
  AVA_LEAD (self, AVA_SAY_WAITLISTED, "service", read_text (call->result, "service"));
  ava_dialogue_turn_act (turn, "waitlisted");
  ava_dialogue_ask (self, turn, AVA_ASK_MORE);
}

static void
take_prices (AvaDialogue     *self,
             AvaDialogueTurn *turn,
             JsonObject      *result)
{
  JsonArray *services = read_array (result, "services");
  g_autoptr (GString) names = g_string_new (NULL);
  guint count = services != NULL ? json_array_get_length (services) : 0;

  if (count == 0)
    AVA_LEAD (self, AVA_SAY_FAILED);
  if (count == 1) {
    JsonObject *one = json_array_get_object_element (services, 0);
    int minutes = json_object_get_int_member_with_default (one, "duration_min", 0);
    g_autofree char *length = g_strdup_printf ("%d minutes", minutes);

    AVA_LEAD (self, AVA_SAY_PRICE, "service", read_text (one, "name"), "price", read_text (one, "spoken_price"), "minutes", length);
    ava_dialogue_set_text (&self->topic, read_text (one, "service_id"));
  }
  for (guint i = 0; count > 1 && i < count; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " and ",
                            read_text (json_array_get_object_element (services, i), "name"));
  if (count > 1)
    AVA_LEAD (self, AVA_SAY_SERVICES, "services", names->str);
  if (self->outcome == NULL)
    self->outcome = "answered";
  if (self->task == AVA_TASK_NONE && self->asked != AVA_ASK_MORE)
    ava_dialogue_ask (self, turn, AVA_ASK_BOOK_IT);
  else
    ava_dialogue_advance (self, turn);
}

static void
take_hours (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            JsonObject      *result)
{
  const char *spoken = read_text (result, "spoken");
  g_autofree char *price_of = g_steal_pointer (&self->price_of);

  if (*spoken != '\0')
    ava_dialogue_lead (self, g_strdup (spoken));
  else
    AVA_LEAD (self, AVA_SAY_HOURS_UNKNOWN);
  if (self->outcome == NULL)
    self->outcome = "answered";
  if (price_of != NULL) {
    JsonObject *args = json_object_new ();

    json_object_set_string_member (args, "service", price_of);
    ava_dialogue_call (self, turn, "list_services", args, NULL);
    return;
  }
  ava_dialogue_advance (self, turn);
}

/**
 * ava_dialogue_take_result:
 * @call: done
 *
 * Goes on with what @call brought.
 */
void
ava_dialogue_take_result (AvaDialogue     *self,
                          AvaDialogueTurn *turn,
                          AvaToolCall     *call)
{
  const char *name = call->name;

  if (g_str_equal (name, "check_availability"))
    take_times (self, turn, call->result);
  else if (g_str_equal (name, "hold_slot"))
    take_hold (self, turn, call);
  else if (g_str_equal (name, "find_customer"))
    take_customers (self, turn, call->result);
  else if (g_str_equal (name, "take_message"))
    take_message (self, turn, call->result);
  else if (g_str_equal (name, "join_waitlist"))
    take_waitlist (self, turn, call);
  else if (g_str_equal (name, "list_services"))
    take_prices (self, turn, call->result);
  else if (g_str_equal (name, "get_hours"))
    take_hours (self, turn, call->result);
  else
    take_write (self, turn, call);
}
