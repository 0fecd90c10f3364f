/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <stdio.h>

/* Choosing among the times that were offered, or refusing them. */

#define OFFERS_LIVE_US (5 * 60 * G_USEC_PER_SEC)  /* B-11 */
#define HALF_DAY 720

static gboolean
read_start (JsonObject *slot,
            GDate      *day,
            int        *minute)
{
  const char *start = json_object_get_string_member_with_default (slot, "start", "");
  int year = 0;
  int month = 0;
  int date = 0;
  int hour = 0;
  int rest = 0;

  if (sscanf (start, "%d-%d-%dT%d:%d", &year, &month, &date, &hour, &rest) != 5 || !g_date_valid_dmy (date, month, year))
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, date, month, year);
  *minute = hour * 60 + rest;
  return TRUE;
}

static gboolean
slot_fits (JsonObject          *slot,
           const AvaDatePhrase *when)
{
  GDate day;
  int minute;
  gboolean time_fits;

  if (!read_start (slot, &day, &minute))
    return FALSE;
  time_fits = !when->has_time || (minute >= when->from_min && minute <= when->to_min) ||
              (when->exact_time && when->open_hour && (when->from_min + HALF_DAY) % (2 * HALF_DAY) == minute);
  return time_fits && ava_date_phrase_has_day (when, &day);
}

/* "Wednesday" is that of the offers, and not the first one from today. */
static void
mean_offered_day (AvaDialogue   *self,
                  AvaDatePhrase *when)
{
  GDate named = when->first_day;
  GDate day;
  int minute;

  if (when->weekday == 0)
    return;
  for (guint i = json_array_get_length (self->offers); i > 0; i--) {
    if (!read_start (json_array_get_object_element (self->offers, i - 1), &day, &minute) ||
        (int) g_date_get_weekday (&day) != when->weekday)
      continue;
    when->first_day = when->last_day = day;
    if (g_date_compare (&day, &named) == 0)
      return;
  }
}

/* Keeps the offers that fit @when, of which the first is @only. Returns: how many */
static guint
narrow_offers (AvaDialogue         *self,
               const AvaDatePhrase *when,
               JsonObject         **only)
{
  g_autoptr (JsonArray) fitting = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->offers); i++) {
    JsonObject *slot = json_array_get_object_element (self->offers, i);

    if (slot_fits (slot, when))
      json_array_add_object_element (fitting, json_object_ref (slot));
  }
  if (json_array_get_length (fitting) == 0)
    return 0;
  *only = json_array_get_object_element (fitting, 0);
  if (json_array_get_length (fitting) > 1) {
    json_array_unref (self->offers);
    self->offers = json_array_ref (fitting);
  }
  return json_array_get_length (fitting);
}

static void
take_offer (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            JsonObject      *slot)
{
  if (self->now_us - self->offers_us > OFFERS_LIVE_US) {
    AVA_LEAD (self, AVA_SAY_EXPIRED);
    ava_dialogue_turn_act (turn, "offers:expired");
    ava_dialogue_drop_times (self);
  } else {
    self->slot = json_object_ref (slot);
    self->held = FALSE;
    if (json_array_get_length (self->offers) > 1)
      AVA_LEAD (self, AVA_SAY_CHOSEN, "when", json_object_get_string_member_with_default (self->slot, "spoken", ""));
  }
  ava_dialogue_advance (self, turn);
}

static int
find_choice (AvaDialogue *self,
             AvaHeard    *heard)
{
  int count = json_array_get_length (self->offers);

  if (heard->choice == AVA_CHOICE_LAST)
    return count;
  if (heard->choice == AVA_CHOICE_ANY)
    return 1;
  /* "The second" may be the second of December when there are not so many offers. */
  if (heard->choice > 0 && heard->choice <= count && heard->when->weekday == 0 &&
      !ava_words_have (heard->words, "january|february|march|april|may|june|july|august|september|october|november|december"))
    return heard->choice;
  return 0;
}

/* "Anything later": after the last offer of its day; "earlier": before the first. */
static void
shift_wish (AvaDialogue *self,
            gboolean     later)
{
  guint count = json_array_get_length (self->offers);
  g_autoptr (AvaDatePhrase) when = self->when != NULL ? ava_date_phrase_copy (self->when) : g_new0 (AvaDatePhrase, 1);
  GDate day;
  int minute;

  if (!read_start (json_array_get_object_element (self->offers, later ? count - 1 : 0), &day, &minute))
    return;
  when->has_date = when->has_time = TRUE;
  when->first_day = when->last_day = day;
  when->from_min = later ? MIN (minute + 1, 1439) : 0;
  when->to_min = later ? 1439 : MAX (minute - 1, 0);
  when->exact_time = when->open_hour = when->first_available = FALSE;
  g_clear_pointer (&self->when, ava_date_phrase_free);
  self->when = g_steal_pointer (&when);
  ava_dialogue_drop_times (self);
}

/* Something other than what was offered: the day stays unless another is said. */
static gboolean
refuse_offers (AvaDialogue     *self,
               AvaDialogueTurn *turn,
               AvaHeard        *heard)
{
  if ((heard->later || heard->earlier) && !heard->when->has_date && !heard->when->has_time) {
    shift_wish (self, heard->later);
    ava_dialogue_advance (self, turn);
    return TRUE;
  }
  if (ava_heard_has_when (heard) || heard->provider_id != NULL || heard->service_id != NULL ||
      !(heard->none_of_them || ava_heard_has (heard, AVA_INTENT_NO)))
    return FALSE;
  ava_dialogue_drop_times (self);
  g_clear_pointer (&self->when, ava_date_phrase_free);
  self->asked = AVA_ASK_WHEN;
  self->failures = 0;
  ava_dialogue_turn_act (turn, "ask:when");
  AVA_TELL (self, turn, AVA_SAY_ASK_OTHER_WHEN);
  return TRUE;
}

/**
 * ava_dialogue_answer_offer:
 *
 * Returns: whether the words were an answer to the offers
 */
gboolean
ava_dialogue_answer_offer (AvaDialogue     *self,
                           AvaDialogueTurn *turn,
                           AvaHeard        *heard)
{
  JsonObject *only = NULL;
  int choice;
  guint count;

  if (self->asked != AVA_ASK_OFFER || self->offers == NULL)
    return FALSE;
  if (refuse_offers (self, turn, heard))
    return TRUE;
  if (heard->service_id != NULL && g_strcmp0 (heard->service_id, self->service_id) != 0)
    return FALSE;
  if (heard->provider_id != NULL && g_strcmp0 (heard->provider_id, self->provider_id) != 0)
    return FALSE;
  choice = find_choice (self, heard);
  if (choice > 0) {
    take_offer (self, turn, json_array_get_object_element (self->offers, choice - 1));
    return TRUE;
  }
  mean_offered_day (self, heard->when);
  if ((heard->when->has_date || heard->when->has_time || heard->when->weekdays != 0) && !ava_heard_has (heard, AVA_INTENT_NO)) {
    count = narrow_offers (self, heard->when, &only);
    if (count == 1)
      take_offer (self, turn, only);
    else if (count > 1)
      ava_dialogue_ask (self, turn, AVA_ASK_OFFER);
    return count > 0;
  }
  if (!ava_heard_has (heard, AVA_INTENT_YES) || ava_heard_has_when (heard))
    return FALSE;
  if (json_array_get_length (self->offers) == 1)
    take_offer (self, turn, json_array_get_object_element (self->offers, 0));
  else
    ava_dialogue_ask (self, turn, AVA_ASK_OFFER);
  return TRUE;
}
