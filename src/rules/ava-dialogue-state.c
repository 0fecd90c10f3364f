/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include "ava-phone.h"

#include <string.h>

#define LONGEST_NOTES 500  /* [bytes] */

void
ava_dialogue_set_text (char       **field,
                       const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

/* What was offered and chosen no longer fits. */
void
ava_dialogue_drop_times (AvaDialogue *self)
{
  g_clear_pointer (&self->offers, json_array_unref);
  g_clear_pointer (&self->slot, json_object_unref);
  self->held = FALSE;
}

/* A new draft; who calls stays known. */
void
ava_dialogue_begin (AvaDialogue *self,
                    AvaTask      task)
{
  ava_dialogue_drop_times (self);
  g_clear_pointer (&self->service_id, g_free);
  g_clear_pointer (&self->provider_id, g_free);
  g_clear_pointer (&self->when, ava_date_phrase_free);
  g_clear_pointer (&self->appointments, json_array_unref);
  g_clear_pointer (&self->appointment, json_object_unref);
  g_clear_pointer (&self->pick_service, g_free);
  g_clear_pointer (&self->pick_when, ava_date_phrase_free);
  g_clear_pointer (&self->message, g_free);
  self->message_kind = NULL;
  self->any_provider = FALSE;
  self->shift_min = 0;
  self->failures = 0;
  self->unclear = 0;
  self->task = task;
}

/* Adds to the notes of the booking, once. */
void
ava_dialogue_note (AvaDialogue *self,
                   const char  *note)
{
  if (strstr (self->notes->str, note) != NULL || self->notes->len + strlen (note) > LONGEST_NOTES)
    return;
  g_string_append_printf (self->notes, "%s%s", self->notes->len > 0 ? " " : "", note);
}

void
ava_dialogue_keep_when (AvaDialogue         *self,
                        const AvaDatePhrase *when)
{
  if (self->when != NULL)
    ava_date_phrase_merge (self->when, when);
  else
    self->when = ava_date_phrase_copy (when);
  ava_dialogue_drop_times (self);
}

static gboolean
set_phone (AvaDialogue *self,
           const char  *digits)
{
  g_autofree char *phone = ava_phone_normalize (digits);

  if (phone == NULL)
    return FALSE;
  self->phone_sure = g_strcmp0 (phone, self->phone) == 0 && self->phone_sure;
  ava_dialogue_set_text (&self->phone, phone);
  g_clear_pointer (&self->digits, g_free);
  g_clear_pointer (&self->appointments, json_array_unref);
  g_clear_pointer (&self->appointment, json_object_unref);
  return TRUE;
}

/* "No, it ends in oh one eight nine": the end of the number that was read back. Returns: whether it is one now */
static gboolean
mend_phone (AvaDialogue *self,
            AvaHeard    *heard)
{
  gsize length = self->phone != NULL ? strlen (self->phone) : 0;
  gsize end = strlen (heard->digits);
  g_autofree char *phone = NULL;

  if (length < 10 || (end != 4 && !ava_words_have (heard->words, "ends|end|ending|last")) || end > 7 || *heard->digits == '+')
    return FALSE;
  phone = g_strdup_printf ("%.*s%s", (int) (length - end), self->phone, heard->digits);
  return set_phone (self, phone);
}

/* Digits come in groups over several turns; "no, four two" replaces the last group. */
static gboolean
fold_digits (AvaDialogue *self,
             AvaHeard    *heard)
{
  gsize so_far = self->digits != NULL ? strlen (self->digits) : 0;
  g_autofree char *all = NULL;
  gsize length;

  if (ava_heard_has (heard, AVA_INTENT_NO) && so_far > 0)
    self->digits[so_far = self->last_group] = '\0';
  if (strlen (heard->digits) >= 10 || *heard->digits == '+')
    so_far = 0;
  all = g_strconcat (so_far > 0 ? self->digits : "", heard->digits, NULL);
  if (set_phone (self, all))
    return TRUE;
  length = strlen (all);
  if (length >= 10 + (*all == '1')) {
    AVA_LEAD (self, AVA_SAY_BAD_PHONE);
    g_clear_pointer (&self->digits, g_free);
    self->by_groups = TRUE;
    return TRUE;
  }
  self->last_group = so_far;
  ava_dialogue_set_text (&self->digits, all);
  return TRUE;
}

static gboolean
fold_phone (AvaDialogue *self,
            AvaHeard    *heard)
{
  gboolean asked = self->asked == AVA_ASK_PHONE || self->asked == AVA_ASK_DIGITS || self->asked == AVA_ASK_PHONE_OK ||
                   self->asked == AVA_ASK_CALLER_ID;

  if (asked && heard->this_number && heard->digits == NULL && self->caller_phone != NULL &&
      !ava_heard_has (heard, AVA_INTENT_NO)) {
    set_phone (self, self->caller_phone);
    self->phone_sure = TRUE;
    return TRUE;
  }
  if (heard->digits == NULL)
    return FALSE;
  if (asked && self->asked != AVA_ASK_CALLER_ID) {
    if (self->asked == AVA_ASK_PHONE_OK && mend_phone (self, heard))
      return TRUE;
    if (self->asked == AVA_ASK_PHONE_OK)
      g_clear_pointer (&self->phone, g_free);
    return fold_digits (self, heard);
  }
  if (set_phone (self, heard->digits))
    return TRUE;
  if (self->asked == AVA_ASK_CALLER_ID) {
    self->caller_id_refused = TRUE;
    return fold_digits (self, heard);
  }
  return FALSE;
}

/* Letters replace the word of the name that they are nearest to: the last, or a name of one word.
 * "Sam s m y t h e" spells the other name. */
static void
fold_spelled (AvaDialogue *self,
              const char  *first,
              gboolean     is_last,
              const char  *spelled)
{
  const char *space = self->name != NULL ? strrchr (self->name, ' ') : NULL;
  g_autofree char *name = NULL;

  if (space == NULL && first != NULL && g_ascii_strncasecmp (first, spelled, 2) != 0) {
    name = is_last ? g_strdup_printf ("%s %s", spelled, first) : g_strdup_printf ("%s %s", first, spelled);
    ava_dialogue_set_text (&self->name, name);
    return;
  }
  if (space == NULL) {
    ava_dialogue_set_text (&self->name, spelled);
    return;
  }
  if (g_ascii_strncasecmp (self->name, spelled, 2) == 0 ? g_ascii_strncasecmp (space + 1, spelled, 2) != 0 || strlen (spelled) == (gsize) (space - self->name)
                                                        : g_ascii_tolower (*self->name) == g_ascii_tolower (*spelled) &&
                                                          g_ascii_tolower (space[1]) != g_ascii_tolower (*spelled))
    name = g_strconcat (spelled, space, NULL);
  else
    name = g_strdup_printf ("%.*s %s", (int) (space - self->name), self->name, spelled);
  ava_dialogue_set_text (&self->name, name);
}

/* "My name is Dana, but book it for my daughter Lea": Lea comes, and Dana is who to reach. */
static void
fold_guest (AvaDialogue *self,
            AvaHeard    *heard)
{
  const char *caller = heard->name != NULL ? heard->name : self->name != NULL ? self->name : self->customer_name;
  g_autofree char *note = caller != NULL && g_strcmp0 (caller, heard->guest) != 0 ? g_strdup_printf ("%s called for %s.", caller, heard->guest) : NULL;

  if (note != NULL)
    ava_dialogue_note (self, note);
  ava_dialogue_set_text (&heard->name, heard->guest);
}

static gboolean
fold_name (AvaDialogue *self,
           AvaHeard    *heard)
{
  gboolean reads_back = self->asked == AVA_ASK_CONFIRM || self->asked == AVA_ASK_CHANGE;
  gboolean spelling = self->asked == AVA_ASK_NAME || reads_back;

  if (self->asked == AVA_ASK_SPELL || self->asked == AVA_ASK_SPELL_OK)
    return ava_dialogue_keep_letters (self, heard);
  if (heard->guest != NULL && self->task == AVA_TASK_BOOK)
    fold_guest (self, heard);
  if (heard->name == NULL && (heard->spelled == NULL || !spelling))
    return FALSE;
  if (reads_back && heard->spelled == NULL)
    ava_dialogue_doubt_name (self, heard->name);
  if (heard->name != NULL && g_strcmp0 (heard->name, self->name) != 0) {
    ava_dialogue_set_text (&self->name, heard->name);
    self->identified = g_strcmp0 (self->name, self->customer_name) == 0;
  }
  if (heard->spelled != NULL && spelling) {
    fold_spelled (self, heard->name, heard->last_name, heard->spelled);
    self->identified = FALSE;
  }
  self->identity_asked = TRUE;
  g_clear_pointer (&self->appointments, json_array_unref);
  g_clear_pointer (&self->appointment, json_object_unref);
  return TRUE;
}

static gboolean
fold_provider (AvaDialogue *self,
               AvaHeard    *heard)
{
  if (heard->provider_id != NULL) {
    if (g_strcmp0 (heard->provider_id, self->provider_id) != 0)
      ava_dialogue_drop_times (self);
    ava_dialogue_set_text (&self->provider_id, heard->provider_id);
    self->any_provider = FALSE;
    return TRUE;
  }
  if (!heard->any_provider || (self->asked == AVA_ASK_OFFER && self->provider_id == NULL))
    return FALSE;
  if (self->provider_id != NULL)
    ava_dialogue_drop_times (self);
  g_clear_pointer (&self->provider_id, g_free);
  self->any_provider = TRUE;
  return TRUE;
}

static gboolean
fold_service (AvaDialogue *self,
              AvaHeard    *heard)
{
  if (heard->service_id == NULL)
    return FALSE;
  if (self->task == AVA_TASK_MOVE || self->task == AVA_TASK_CANCEL) {
    ava_dialogue_set_text (&self->pick_service, heard->service_id);
    if (self->task == AVA_TASK_CANCEL)
      g_clear_pointer (&self->appointment, json_object_unref);
    return TRUE;
  }
  if (g_strcmp0 (heard->service_id, self->service_id) != 0)
    ava_dialogue_drop_times (self);
  ava_dialogue_set_text (&self->service_id, heard->service_id);
  return TRUE;
}

/* "The later one", "the first": of two days that were asked about. */
static gboolean
choose_day (AvaDialogue *self,
            AvaHeard    *heard)
{
  const AvaDatePhrase *when = heard->when;
  gboolean named = when->has_date && (when->month_day == 0 || when->month_day != heard->choice);

  if (self->asked != AVA_ASK_WHEN || self->when == NULL || !self->when->has_other || named || when->refuses_day ||
      (heard->choice == AVA_CHOICE_NONE && !heard->later && !heard->earlier))
    return FALSE;
  ava_date_phrase_choose (self->when, heard->later || heard->choice == 2 || heard->choice == AVA_CHOICE_LAST);
  if (when->has_time && !when->has_date)
    ava_dialogue_keep_when (self, when);
  return TRUE;
}

static gboolean
fold_when (AvaDialogue *self,
           AvaHeard    *heard)
{
  gboolean picks = self->task == AVA_TASK_CANCEL ||
                   (self->task == AVA_TASK_MOVE && heard->old_when == NULL &&
                    (self->appointments == NULL || self->asked == AVA_ASK_APPOINTMENT));

  if (choose_day (self, heard))
    return TRUE;
  /* "Push it back an hour" tells no time of its own. */
  if (heard->shift_min != 0 && self->task == AVA_TASK_MOVE) {
    self->shift_min = heard->shift_min;
    return TRUE;
  }
  if (heard->old_when != NULL && !ava_date_phrase_is_empty (heard->old_when)) {
    g_clear_pointer (&self->pick_when, ava_date_phrase_free);
    self->pick_when = ava_date_phrase_copy (heard->old_when);
  }
  if (!ava_heard_has_when (heard))
    return heard->old_when != NULL;
  if (picks) {
    g_clear_pointer (&self->pick_when, ava_date_phrase_free);
    self->pick_when = ava_date_phrase_copy (heard->when);
    return TRUE;
  }
  ava_dialogue_keep_when (self, heard->when);
  return TRUE;
}

/**
 * ava_dialogue_fold_person:
 *
 * Takes what was said of the caller beside the answer to another question: "yes, and my name is Amy Chen".
 */
void
ava_dialogue_fold_person (AvaDialogue *self,
                          AvaHeard    *heard)
{
  if (heard->name != NULL && self->name == NULL)
    fold_name (self, heard);
  if (heard->digits != NULL && self->phone == NULL)
    fold_phone (self, heard);
}

/**
 * ava_dialogue_fold:
 *
 * Takes the slots that were said into the draft; what is said later counts.
 *
 * Returns: whether anything was said
 */
gboolean
ava_dialogue_fold (AvaDialogue *self,
                   AvaHeard    *heard)
{
  gboolean changed = FALSE;

  if (heard->chit_chat && self->asked != AVA_ASK_NAME && self->asked != AVA_ASK_SPELL && heard->digits == NULL)
    return FALSE;
  changed |= fold_service (self, heard);
  changed |= fold_provider (self, heard);
  changed |= fold_name (self, heard);
  changed |= fold_phone (self, heard);
  if (heard->email != NULL) {
    ava_dialogue_set_text (&self->email, heard->email);
    AVA_LEAD (self, AVA_SAY_EMAIL_NOTED);
    changed = TRUE;
  }
  if ((self->asked == AVA_ASK_NAME || self->asked == AVA_ASK_SPELL) && (heard->name != NULL || heard->spelled != NULL))
    return changed;  /* April and May are names too */
  if (heard->choice == AVA_CHOICE_NONE || self->offers == NULL || self->asked != AVA_ASK_OFFER)
    changed |= fold_when (self, heard);
  return changed;
}
