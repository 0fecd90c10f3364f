/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <stdio.h>
#include <string.h>

static const char *
read_text (JsonObject *object,
           const char *member)
{
  return object != NULL ? json_object_get_string_member_with_default (object, member, "") : "";
}

/* --- a time --- */

static char *
list_people (AvaDialogue *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (!provider->archived && provider->service_ids != NULL &&
        g_strv_contains ((const char *const *) provider->service_ids, self->service_id))
      g_string_append_printf (list, "%s%s", list->len > 0 ? " or " : "", provider->name);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
does_service (AvaDialogue *self)
{
  AvaProvider *provider = self->provider_id != NULL ? ava_spa_find_provider (self->spa, self->provider_id) : NULL;

  return provider == NULL || (provider->service_ids != NULL &&
                              g_strv_contains ((const char *const *) provider->service_ids, self->service_id));
}

static void
ask_other_provider (AvaDialogue     *self,
                    AvaDialogueTurn *turn)
{
  AvaProvider *provider = ava_spa_find_provider (self->spa, self->provider_id);
  g_autofree char *others = list_people (self);

  g_clear_pointer (&self->provider_id, g_free);
  self->failures = 0;
  self->asked = AVA_ASK_PROVIDER;
  ava_dialogue_turn_act (turn, "ask:provider");
  AVA_TELL (self, turn, AVA_SAY_WRONG_PROVIDER, "provider", provider->name,
            "service", ava_dialogue_say_service (self, self->service_id), "others", others);
}

/* The time words were unclear or impossible: say so, in the words of who read them. */
static void
ask_clear_when (AvaDialogue     *self,
                AvaDialogueTurn *turn)
{
  g_autofree char *question = g_strdup (self->when->question);

  if (!self->when->has_other)
    g_clear_pointer (&self->when->question, g_free);
  if (self->when->problem != NULL) {
    ava_dialogue_lead (self, g_strdup_printf ("%s%s", self->when->problem, g_str_has_suffix (self->when->problem, ".") ? "" : "."));
    g_clear_pointer (&self->when, ava_date_phrase_free);
    self->asked = AVA_ASK_WHEN;
    AVA_TELL (self, turn, AVA_SAY_ASK_OTHER_WHEN);
  } else {
    self->asked = AVA_ASK_WHEN;
    ava_dialogue_turn_take (turn, g_strdup (question));
    if (!self->when->has_date && !self->when->has_time)
      g_clear_pointer (&self->when, ava_date_phrase_free);
  }
  ava_dialogue_turn_act (turn, "ask:when");
}

/* Asked which of two days, the caller said the same again: the nearer one it is, and Ava says so. */
static gboolean
settle_when (AvaDialogue *self)
{
  g_autofree char *day = NULL;

  if (self->when->problem != NULL || !self->when->has_date || ++self->unclear < 2)
    return FALSE;
  ava_date_phrase_choose (self->when, FALSE);
  day = ava_date_speak_day (&self->when->first_day);
  g_clear_pointer (&self->when->question, g_free);
  self->when->last_day = self->when->first_day;
  self->when->has_other = FALSE;
  self->unclear = 0;
  AVA_LEAD (self, AVA_SAY_NEARER_DAY, "day", day);
  return TRUE;
}

static gboolean
is_clear (AvaDialogue *self)
{
  return (self->when->question == NULL && self->when->problem == NULL) || settle_when (self);
}

static gboolean
wishes_what_is_booked (AvaDialogue *self)
{
  const AvaDatePhrase *when = self->when;

  if (when == NULL || !when->has_date || !when->exact_time || g_date_compare (&when->first_day, &when->last_day) != 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (self->booked); i++) {
    JsonObject *one = json_array_get_object_element (self->booked, i);
    g_autofree char *start = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", g_date_get_year (&when->first_day),
                                              g_date_get_month (&when->first_day), g_date_get_day (&when->first_day),
                                              when->from_min / 60, when->from_min % 60);

    if (g_str_equal (read_text (one, "service_id"), self->service_id) && g_str_has_prefix (read_text (one, "start"), start))
      return TRUE;
  }
  return FALSE;
}

static void
say_already_booked (AvaDialogue     *self,
                    AvaDialogueTurn *turn)
{
  JsonObject *last = json_array_get_object_element (self->booked, json_array_get_length (self->booked) - 1);

  AVA_LEAD (self, AVA_SAY_ALREADY_BOOKED, "service", read_text (last, "service"), "when", read_text (last, "spoken"));
  ava_dialogue_turn_act (turn, "already-booked");
  ava_dialogue_begin (self, AVA_TASK_NONE);
  ava_dialogue_ask (self, turn, AVA_ASK_MORE);
}

static void
hold (AvaDialogue     *self,
      AvaDialogueTurn *turn)
{
  JsonObject *args = json_object_new ();
  g_autofree char *key = g_strdup_printf ("%s:hold:%u:%s", self->call_id, ++self->writes, read_text (self->slot, "slot_id"));

  json_object_set_string_member (args, "slot_id", read_text (self->slot, "slot_id"));
  json_object_set_int_member (args, "minutes", 5);
  ava_dialogue_call (self, turn, "hold_slot", args, key);
}

/* Returns: whether a time is chosen and held; else the next step to it is in @turn. */
static gboolean
choose_time (AvaDialogue     *self,
             AvaDialogueTurn *turn)
{
  if (self->slot != NULL && self->held)
    return TRUE;
  if (self->slot != NULL)
    hold (self, turn);
  else if (!does_service (self))
    ask_other_provider (self, turn);
  else if (self->offers != NULL)
    ava_dialogue_ask (self, turn, AVA_ASK_OFFER);
  else if (self->when == NULL)
    ava_dialogue_ask (self, turn, AVA_ASK_WHEN);
  else if (!is_clear (self))
    ask_clear_when (self, turn);
  else
    ava_dialogue_check_times (self, turn);
  return FALSE;
}

/* --- who calls --- */

static gboolean
know_name (AvaDialogue     *self,
           AvaDialogueTurn *turn)
{
  if (ava_dialogue_spell (self, turn))
    return FALSE;
  if (self->name != NULL)
    return TRUE;
  if (self->customer_name != NULL && !self->identity_asked)
    ava_dialogue_ask (self, turn, AVA_ASK_IDENTITY);
  else
    ava_dialogue_ask (self, turn, AVA_ASK_NAME);
  return FALSE;
}

static gboolean
know_phone (AvaDialogue     *self,
            AvaDialogueTurn *turn)
{
  if (self->phone != NULL && self->phone_sure)
    return TRUE;
  if (self->phone != NULL) {
    ava_dialogue_ask (self, turn, AVA_ASK_PHONE_OK);
  } else if (self->digits != NULL && *self->digits != '\0') {
    ava_dialogue_ask (self, turn, AVA_ASK_DIGITS);
  } else if (self->caller_phone != NULL && !self->caller_id_refused && self->identified) {
    ava_dialogue_set_text (&self->phone, self->caller_phone);
    return self->phone_sure = TRUE;
  } else {
    ava_dialogue_ask (self, turn, self->caller_phone != NULL && !self->caller_id_refused ? AVA_ASK_CALLER_ID : AVA_ASK_PHONE);
  }
  return FALSE;
}

/* --- tasks --- */

static void
advance_book (AvaDialogue     *self,
              AvaDialogueTurn *turn)
{
  if (self->service_id == NULL) {
    ava_dialogue_ask (self, turn, AVA_ASK_SERVICE);
    return;
  }
  if (self->slot != NULL ? ava_dialogue_is_booked (self, self->slot) : wishes_what_is_booked (self)) {
    say_already_booked (self, turn);
    return;
  }
  if (!choose_time (self, turn) || !know_name (self, turn) || !know_phone (self, turn))
    return;
  if (self->steer_allergies && !self->allergies_asked)
    ava_dialogue_ask (self, turn, AVA_ASK_ALLERGIES);
  else
    ava_dialogue_ask (self, turn, AVA_ASK_CONFIRM);
}

static gboolean
fits_when (AvaDialogue         *self,
           JsonObject          *appointment,
           const AvaDatePhrase *said)
{
  g_autoptr (AvaSpa) there = ava_dialogue_see (self, appointment);
  g_autoptr (AvaDatePhrase) when = ava_date_phrase_read_at (said, there->zone);
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  GDate date;

  if (sscanf (read_text (appointment, "start"), "%d-%d-%dT%d:%d", &year, &month, &day, &hour, &minute) != 5 ||
      !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return ava_date_phrase_has_day (when, &date) &&
         (!when->has_time || (hour * 60 + minute >= when->from_min && hour * 60 + minute <= when->to_min));
}

/**
 * ava_dialogue_pick:
 *
 * Finds which of the caller's appointments is meant by service and time.
 *
 * Returns: whether exactly one is
 */
gboolean
ava_dialogue_pick (AvaDialogue *self)
{
  guint count = json_array_get_length (self->appointments);
  JsonObject *only = NULL;
  guint fitting = 0;

  for (guint i = 0; i < count; i++) {
    JsonObject *one = json_array_get_object_element (self->appointments, i);

    if ((self->pick_service != NULL && !g_str_equal (self->pick_service, read_text (one, "service_id"))) ||
        (self->pick_when != NULL && !fits_when (self, one, self->pick_when)))
      continue;
    fitting++;
    only = one;
  }
  if (fitting == 0 && self->pick_when != NULL) {
    /* "Reschedule my appointment for Friday": a time that no appointment has is the new one. */
    if (self->task == AVA_TASK_MOVE && self->when == NULL)
      self->when = g_steal_pointer (&self->pick_when);
    g_clear_pointer (&self->pick_when, ava_date_phrase_free);
    return ava_dialogue_pick (self);
  }
  if (fitting == 0 && count == 1) {
    only = json_array_get_object_element (self->appointments, 0);
    fitting = 1;
  }
  if (fitting != 1)
    return FALSE;
  g_clear_pointer (&self->appointment, json_object_unref);
  self->appointment = json_object_ref (only);
  return TRUE;
}

static void
find_caller (AvaDialogue     *self,
             AvaDialogueTurn *turn)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "phone", self->phone);
  json_object_set_string_member (args, "name", self->name);
  ava_dialogue_call (self, turn, "find_customer", args, NULL);
}

/* "An hour later": on the day of the appointment that moves. */
static void
ground_minutes (AvaDialogue *self)
{
  const char *start = read_text (self->appointment, "start");
  g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
  g_autofree char *day = g_strndup (start, strlen ("2026-12-01"));
  g_autoptr (AvaDatePhrase) when = NULL;
  int hour = 0;
  int minute = 0;
  int at;

  if (self->shift_min == 0 || strlen (start) < 16 || sscanf (start + strlen ("2026-12-01T"), "%d:%d", &hour, &minute) != 2)
    return;
  at = hour * 60 + minute + self->shift_min;
  self->shift_min = 0;
  when = ava_date_phrase_parse (day, self->now_us, here->zone);
  if (at < 0 || at > 1439 || !when->has_date)
    return;
  when->from_min = when->to_min = at;
  when->has_time = when->exact_time = TRUE;
  g_clear_pointer (&self->when, ava_date_phrase_free);
  self->when = g_steal_pointer (&when);
  ava_dialogue_drop_times (self);
}

/* "The week after", "the next day": counted from the appointment that moves. */
static void
ground_shift (AvaDialogue *self)
{
  g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
  g_autofree char *day = g_strndup (read_text (self->appointment, "start"), 10);
  g_autoptr (AvaDatePhrase) base = NULL;

  if (self->when == NULL || !self->when->has_shift || self->when->has_date)
    return;
  base = ava_date_phrase_parse (day, self->now_us, here->zone);
  if (!base->has_date)
    return;
  ava_date_phrase_merge (base, self->when);
  ava_date_phrase_free (self->when);
  self->when = g_steal_pointer (&base);
}

/* To who asks when it was, or says that they will come. */
static void
tell_appointments (AvaDialogue     *self,
                   AvaDialogueTurn *turn)
{
  g_autofree char *times = ava_dialogue_list_times (self->appointments, TRUE);
  g_autofree char *message = g_strdup_printf ("The caller confirms: %s.", times);
  gboolean confirms = self->confirms;

  AVA_LEAD (self, AVA_SAY_YOUR_APPOINTMENTS, "times", times);
  ava_dialogue_begin (self, AVA_TASK_NONE);
  if (self->outcome == NULL)
    self->outcome = "answered";
  ava_dialogue_turn_act (turn, "appointments");
  if (confirms)
    ava_dialogue_send_message (self, turn, "message", message);
  else
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
}

static void
advance_change (AvaDialogue     *self,
                AvaDialogueTurn *turn)
{
  if (!know_name (self, turn) || !know_phone (self, turn))
    return;
  if (self->appointments == NULL) {
    find_caller (self, turn);
    return;
  }
  if (json_array_get_length (self->appointments) == 0) {
    AVA_LEAD (self, AVA_SAY_NO_APPOINTMENTS);
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_ask (self, turn, AVA_ASK_BOOK_IT);
    return;
  }
  if (self->task == AVA_TASK_TELL) {
    tell_appointments (self, turn);
    return;
  }
  if (self->appointment == NULL && !ava_dialogue_pick (self)) {
    g_clear_pointer (&self->pick_service, g_free);
    ava_dialogue_ask (self, turn, AVA_ASK_APPOINTMENT);
    return;
  }
  if (self->task == AVA_TASK_MOVE) {
    ava_dialogue_read_there (self);
    ground_minutes (self);
    ground_shift (self);
    ava_dialogue_set_text (&self->service_id, read_text (self->appointment, "service_id"));
    if (self->provider_id == NULL && !self->any_provider)
      ava_dialogue_set_text (&self->provider_id, read_text (self->appointment, "provider_id"));
    if (!choose_time (self, turn))
      return;
  }
  ava_dialogue_ask (self, turn, AVA_ASK_CONFIRM);
}

static void
advance_message (AvaDialogue     *self,
                 AvaDialogueTurn *turn)
{
  if (self->message == NULL)
    ava_dialogue_ask (self, turn, AVA_ASK_MESSAGE);
  else if ((self->spelling.given_up || know_name (self, turn)) && know_phone (self, turn)) {
    self->outcome = self->outcome != NULL && !g_str_equal (self->outcome, "answered") ? self->outcome : "callback";
    ava_dialogue_send_message (self, turn, self->message_kind != NULL ? self->message_kind : "message", self->message);
  }
}

static void
advance_wait (AvaDialogue     *self,
              AvaDialogueTurn *turn)
{
  if (self->wait == NULL) {
    ava_dialogue_begin (self, AVA_TASK_NONE);
    ava_dialogue_ask (self, turn, AVA_ASK_MORE);
  } else if (know_name (self, turn) && know_phone (self, turn)) {
    ava_dialogue_join (self, turn);
  }
}

/**
 * ava_dialogue_advance:
 *
 * Asks for, or does, the next thing that the task needs.
 */
void
ava_dialogue_advance (AvaDialogue     *self,
                      AvaDialogueTurn *turn)
{
  switch (self->task) {
  case AVA_TASK_BOOK:
    advance_book (self, turn);
    break;
  case AVA_TASK_MOVE:
  case AVA_TASK_CANCEL:
  case AVA_TASK_TELL:
    advance_change (self, turn);
    break;
  case AVA_TASK_MESSAGE:
    advance_message (self, turn);
    break;
  case AVA_TASK_WAIT:
    advance_wait (self, turn);
    break;
  case AVA_TASK_NONE:
  default:
    ava_dialogue_ask (self, turn, self->outcome != NULL ? AVA_ASK_MORE : AVA_ASK_HELP);
    break;
  }
}

/**
 * ava_dialogue_commit:
 *
 * Writes what was read back. Only after a plain yes to the read-back.
 */
void
ava_dialogue_commit (AvaDialogue     *self,
                     AvaDialogueTurn *turn)
{
  static const char *const tools[] = {
    [AVA_TASK_BOOK] = "book_appointment", [AVA_TASK_MOVE] = "reschedule_appointment", [AVA_TASK_CANCEL] = "cancel_appointment",
  };
  JsonObject *args = json_object_new ();
  const char *appointment = read_text (self->appointment, "appointment_id");
  g_autoptr (GString) key = g_string_new (self->call_id);

  g_string_append_printf (key, ":%s:%s:%s", tools[self->task], appointment, read_text (self->slot, "slot_id"));
  if (self->rounds > 0)
    g_string_append_printf (key, "#%u", self->rounds);
  if (self->task != AVA_TASK_CANCEL)
    json_object_set_string_member (args, "slot_id", read_text (self->slot, "slot_id"));
  if (self->task != AVA_TASK_BOOK)
    json_object_set_string_member (args, "appointment_id", appointment);
  /* The yes was to the read-back, and the fee was part of that. */
  if (self->task == AVA_TASK_CANCEL && json_object_has_member (self->appointment, "cancel_fee_cents"))
    json_object_set_int_member (args, "accepted_fee_cents", json_object_get_int_member (self->appointment, "cancel_fee_cents"));
  if (self->task == AVA_TASK_BOOK) {
    json_object_set_string_member (args, "customer_name", self->name);
    json_object_set_string_member (args, "phone", self->phone);
    if (self->email != NULL)
      json_object_set_string_member (args, "email", self->email);
    if (self->identified && self->customer_id != NULL && g_strcmp0 (self->phone, self->caller_phone) == 0)
      json_object_set_string_member (args, "customer_id", self->customer_id);
    if (self->notes->len > 0)
      json_object_set_string_member (args, "notes", self->notes->str);
  }
  AVA_TELL (self, turn, AVA_SAY_BOOKING_NOW);
  ava_dialogue_call (self, turn, tools[self->task], args, key->str);
}
