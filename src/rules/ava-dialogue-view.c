/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include "ava-phone.h"

static const char *
read_text (JsonObject *object,
           const char *member)
{
  return object != NULL ? json_object_get_string_member_with_default (object, member, NULL) : NULL;
}

static JsonObject *
get_last_booking (AvaDialogue *self)
{
  guint count = json_array_get_length (self->booked);

  return count > 0 && self->task == AVA_TASK_NONE ? json_array_get_object_element (self->booked, count - 1) : NULL;
}

/* The day and time that are wished, in words. */
static char *
say_wish (AvaDialogue *self)
{
  const AvaDatePhrase *when = self->when;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (when == NULL || when->problem != NULL)
    return NULL;
  if (when->has_date)
    day = ava_date_speak_day (&when->first_day);
  if (when->has_time && when->exact_time)
    time = ava_date_speak_minutes (when->from_min);
  if (day == NULL && time == NULL)
    return when->first_available ? g_strdup ("as soon as possible") : NULL;
  return g_strdup_printf ("%s%s%s", day != NULL ? day : "", day != NULL && time != NULL ? " at " : "", time != NULL ? time : "");
}

static const char *
get_status (AvaDialogue *self)
{
  switch (self->task) {
  case AVA_TASK_MESSAGE:
    return "message";
  case AVA_TASK_NONE:
    return get_last_booking (self) != NULL ? "booked" : "collecting";
  default:
    return self->asked == AVA_ASK_CONFIRM ? "confirming" : self->asked == AVA_ASK_OFFER ? "offered" : "collecting";
  }
}

/**
 * ava_dialogue_fill_card:
 *
 * Writes what is known of the booking onto @card.
 */
void
ava_dialogue_fill_card (AvaDialogue    *self,
                        AvaBookingCard *card)
{
  JsonObject *booking = get_last_booking (self);
  JsonObject *what = booking != NULL ? booking : self->slot != NULL ? self->slot : self->appointment;
  AvaProvider *provider = self->provider_id != NULL ? ava_spa_find_provider (self->spa, self->provider_id) : NULL;
  AvaService *service = self->service_id != NULL ? ava_spa_find_service (self->spa, self->service_id) : NULL;
  AvaCardState state = booking != NULL ? AVA_CARD_CONFIRMED : AVA_CARD_HEARD;
  g_autofree char *wish = say_wish (self);
  g_autofree char *phone = self->phone != NULL ? ava_phone_format (self->phone) : NULL;
  const char *values[AVA_CARD_N_FIELDS] = {
    [AVA_CARD_SERVICE] = what != NULL ? read_text (what, "service") : service != NULL ? service->name : NULL,
    [AVA_CARD_PROVIDER] = what != NULL ? read_text (what, "provider") : provider != NULL ? provider->name : NULL,
    [AVA_CARD_WHEN] = what != NULL ? read_text (what, "spoken") : wish,
    [AVA_CARD_NAME] = self->name,
    [AVA_CARD_PHONE] = phone,
    [AVA_CARD_EMAIL] = self->email,
  };

  for (guint i = 0; i < AVA_CARD_N_FIELDS; i++) {
    gboolean sure = (i == AVA_CARD_NAME && self->identified) || (i == AVA_CARD_PHONE && self->phone_sure);

    ava_booking_card_set_field (card, i, values[i],
                                values[i] == NULL ? AVA_CARD_EMPTY : sure ? AVA_CARD_CONFIRMED : state);
  }
  ava_booking_card_set_status (card, get_status (self), booking != NULL ? read_text (booking, "appointment_id") : NULL);
  ava_booking_card_set_alert (card, self->safety);
}

static void
put (JsonObject *object,
     const char *member,
     const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
describe_slots (AvaDialogue *self)
{
  JsonObject *slots = json_object_new ();
  g_autofree char *wish = say_wish (self);

  put (slots, "service", self->service_id != NULL ? self->service_id : self->pick_service);
  put (slots, "provider", self->provider_id);
  put (slots, "when", self->slot != NULL ? read_text (self->slot, "spoken") : wish);
  put (slots, "start", read_text (self->slot, "start"));
  put (slots, "name", self->name);
  put (slots, "phone", self->phone);
  put (slots, "email", self->email);
  put (slots, "notes", self->notes->len > 0 ? self->notes->str : NULL);
  return slots;
}

/**
 * ava_dialogue_describe:
 *
 * Returns: (transfer full): {intent, expect, task, slots, offers, booking, safety}
 */
JsonObject *
ava_dialogue_describe (AvaDialogue *self)
{
  static const char *const tasks[] = {
    [AVA_TASK_NONE] = "none", [AVA_TASK_BOOK] = "book", [AVA_TASK_MOVE] = "move", [AVA_TASK_CANCEL] = "cancel", [AVA_TASK_TELL] = "tell",
    [AVA_TASK_MESSAGE] = "message", [AVA_TASK_WAIT] = "wait",
  };
  JsonObject *object = json_object_new ();
  guint count = json_array_get_length (self->booked);

  put (object, "intent", ava_intent_to_string (self->intent));
  put (object, "asked", ava_ask_to_string (self->asked));
  put (object, "task", tasks[self->task]);
  json_object_set_object_member (object, "slots", describe_slots (self));
  json_object_set_array_member (object, "offers", self->offers != NULL ? json_array_ref (self->offers) : json_array_new ());
  if (count > 0)
    json_object_set_object_member (object, "booking", json_object_ref (json_array_get_object_element (self->booked, count - 1)));
  else
    json_object_set_null_member (object, "booking");
  put (object, "safety", self->safety);
  put (object, "outcome", self->outcome);
  return object;
}
