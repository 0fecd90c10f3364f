/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#define LAST_MIN 1439

static const char *
read_text (JsonObject *object,
           const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

/**
 * ava_dialogue_call:
 * @args: (transfer full):
 * @key: (nullable): idempotency key, for a write
 *
 * Adds a call of @tool to @turn.
 */
void
ava_dialogue_call (AvaDialogue     *self,
                   AvaDialogueTurn *turn,
                   const char      *tool,
                   JsonObject      *args,
                   const char      *key)
{
  AvaToolCall *call = ava_tool_call_new (tool, args);
  g_autofree char *act = g_strdup_printf ("tool:%s", tool);

  call->key = g_strdup (key);
  g_ptr_array_add (turn->tool_calls, call);
  ava_dialogue_set_text (&self->waiting, tool);
  ava_dialogue_turn_act (turn, act);
}

static void
put_minute (JsonObject *args,
            const char *member,
            int         minute)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  json_object_set_string_member (args, member, text);
}

static void
put_day (JsonObject  *args,
         const char  *member,
         const GDate *day)
{
  g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day), g_date_get_day (day));

  json_object_set_string_member (args, member, text);
}

static void
put_wish (AvaDialogue *self,
          JsonObject  *args)
{
  const AvaDatePhrase *when = self->when;
  int from = when->has_time ? when->from_min : 0;
  int to = when->has_time ? when->to_min : LAST_MIN;

  if (when->has_date) {
    put_day (args, "from_date", &when->first_day);
    put_day (args, "to_date", &when->last_day);
  }
  if (when->weekdays != 0) {
    g_autofree char *weekdays = ava_date_weekdays_write (when->weekdays);

    json_object_set_string_member (args, "weekdays", weekdays);
  }
  /* What the staff asked for narrows the wish, unless nothing would be left of it. */
  if (MAX (from, self->steer_from_min) <= MIN (to, self->steer_to_min)) {
    from = MAX (from, self->steer_from_min);
    to = MIN (to, self->steer_to_min);
  } else if (self->steer_from_min > 0 || self->steer_to_min < LAST_MIN) {
    from = self->steer_from_min;
    to = self->steer_to_min;
  }
  if (from > 0 || to < LAST_MIN) {
    put_minute (args, "from_time", from);
    put_minute (args, "to_time", to);
    if (when->exact_time && from == to)
      json_object_set_boolean_member (args, "exact", TRUE);
  }
}

/**
 * ava_dialogue_check_times:
 *
 * Looks for open times that fit the draft.
 */
void
ava_dialogue_check_times (AvaDialogue     *self,
                          AvaDialogueTurn *turn)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "service", self->service_id);
  if (self->provider_id != NULL)
    json_object_set_string_member (args, "provider", self->provider_id);
  put_wish (self, args);
  if (self->appointment != NULL)
    json_object_set_string_member (args, "except_appointment", read_text (self->appointment, "appointment_id"));
  AVA_TELL (self, turn, AVA_SAY_LOOKING);
  ava_dialogue_call (self, turn, "check_availability", args, NULL);
}

/**
 * ava_dialogue_keep_wait:
 *
 * Keeps what the draft wishes, for the waitlist.
 */
void
ava_dialogue_keep_wait (AvaDialogue *self)
{
  g_clear_pointer (&self->wait, json_object_unref);
  if (self->service_id == NULL)
    return;
  self->wait = json_object_new ();
  json_object_set_string_member (self->wait, "service", self->service_id);
  if (self->provider_id != NULL)
    json_object_set_string_member (self->wait, "provider", self->provider_id);
  if (self->when != NULL)
    put_wish (self, self->wait);
  if (self->appointment != NULL)
    json_object_set_string_member (self->wait, "except_appointment", read_text (self->appointment, "appointment_id"));
  json_object_remove_member (self->wait, "exact");
  if (json_object_has_member (self->wait, "weekdays")) {
    g_autofree char *notes = g_strdup_printf ("Only on: %s.", json_object_get_string_member (self->wait, "weekdays"));

    json_object_remove_member (self->wait, "weekdays");
    json_object_set_string_member (self->wait, "notes", notes);
  }
}

/**
 * ava_dialogue_join:
 *
 * Puts the caller, whose name and phone are known, on the waitlist.
 */
void
ava_dialogue_join (AvaDialogue     *self,
                   AvaDialogueTurn *turn)
{
  g_autofree char *key = g_strdup_printf ("%s:waitlist:%u", self->call_id, ++self->writes);
  JsonObject *args = g_steal_pointer (&self->wait);

  json_object_set_string_member (args, "customer_name", self->name);
  json_object_set_string_member (args, "phone", self->phone);
  if (self->email != NULL)
    json_object_set_string_member (args, "email", self->email);
  if (self->identified && self->customer_id != NULL && g_strcmp0 (self->phone, self->caller_phone) == 0)
    json_object_set_string_member (args, "customer_id", self->customer_id);
  AVA_TELL (self, turn, AVA_SAY_BOOKING_NOW);
  ava_dialogue_call (self, turn, "join_waitlist", args, key);
}

/**
 * ava_dialogue_send_message:
 * @kind: "message", "callback", "escalation", "safety" or "silence"
 */
void
ava_dialogue_send_message (AvaDialogue     *self,
                           AvaDialogueTurn *turn,
                           const char      *kind,
                           const char      *text)
{
  JsonObject *args = json_object_new ();
  const char *phone = self->phone != NULL ? self->phone : self->caller_phone;
  const char *name = self->name != NULL ? self->name : self->customer_name;
  g_autofree char *key = g_strdup_printf ("%s:message:%u", self->call_id, ++self->writes);

  if (name != NULL)
    json_object_set_string_member (args, "name", name);
  if (phone != NULL)
    json_object_set_string_member (args, "phone", phone);
  json_object_set_string_member (args, "text", text);
  json_object_set_string_member (args, "kind", g_str_equal (kind, "safety") ? "escalation" :
                                               g_str_equal (kind, "silence") ? "callback" : kind);
  self->message_kind = kind;
  ava_dialogue_call (self, turn, "take_message", args, key);
}
