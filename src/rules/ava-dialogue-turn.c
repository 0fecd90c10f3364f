/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include "ava-phone.h"

#include <string.h>

#define AGAIN "As I said: "

typedef struct {
  const char *name;
  AvaExpect expect;
  AvaSay say;
  AvaSay narrow;    /* said once the question failed twice */
} Question;

static const Question questions[AVA_ASK_N] = {
  [AVA_ASK_HELP] = { "help", AVA_EXPECT_OPEN, AVA_SAY_HELP, AVA_SAY_ASK_BOOK_IT },
  [AVA_ASK_SERVICE] = { "service", AVA_EXPECT_SERVICE, AVA_SAY_ASK_SERVICE, AVA_SAY_NARROW_SERVICE },
  [AVA_ASK_PROVIDER] = { "provider", AVA_EXPECT_PROVIDER, AVA_SAY_ASK_PROVIDER, AVA_SAY_ASK_PROVIDER },
  [AVA_ASK_WHEN] = { "when", AVA_EXPECT_WHEN, AVA_SAY_ASK_WHEN, AVA_SAY_NARROW_WHEN },
  [AVA_ASK_OFFER] = { "offer", AVA_EXPECT_OFFER, AVA_SAY_OFFER_SOME, AVA_SAY_WHICH },
  [AVA_ASK_IDENTITY] = { "identity", AVA_EXPECT_YES_NO, AVA_SAY_ASK_IDENTITY, AVA_SAY_ASK_IDENTITY },
  [AVA_ASK_NAME] = { "name", AVA_EXPECT_NAME, AVA_SAY_ASK_NAME, AVA_SAY_ASK_NAME },
  [AVA_ASK_SPELL] = { "spell", AVA_EXPECT_SPELL, AVA_SAY_ASK_SPELL, AVA_SAY_NARROW_SPELL },
  [AVA_ASK_SPELL_OK] = { "spell-ok", AVA_EXPECT_YES_NO, AVA_SAY_CHECK_SPELL, AVA_SAY_CHECK_SPELL },
  [AVA_ASK_CALLER_ID] = { "caller-id", AVA_EXPECT_YES_NO, AVA_SAY_ASK_CALLER_ID, AVA_SAY_ASK_CALLER_ID },
  [AVA_ASK_PHONE] = { "phone", AVA_EXPECT_PHONE, AVA_SAY_ASK_PHONE, AVA_SAY_NARROW_PHONE },
  [AVA_ASK_DIGITS] = { "digits", AVA_EXPECT_DIGITS, AVA_SAY_ASK_DIGITS, AVA_SAY_ASK_DIGITS },
  [AVA_ASK_PHONE_OK] = { "phone-ok", AVA_EXPECT_YES_NO, AVA_SAY_CHECK_PHONE, AVA_SAY_CHECK_PHONE },
  [AVA_ASK_ALLERGIES] = { "allergies", AVA_EXPECT_MESSAGE, AVA_SAY_ASK_ALLERGIES, AVA_SAY_ASK_ALLERGIES },
  [AVA_ASK_CONFIRM] = { "confirm", AVA_EXPECT_YES_NO, AVA_SAY_READ_BACK, AVA_SAY_READ_BACK },
  [AVA_ASK_CHANGE] = { "change", AVA_EXPECT_OPEN, AVA_SAY_ASK_CHANGE, AVA_SAY_ASK_CHANGE },
  [AVA_ASK_MORE] = { "more", AVA_EXPECT_OPEN, AVA_SAY_MORE, AVA_SAY_MORE },
  [AVA_ASK_BOOK_IT] = { "book-it", AVA_EXPECT_YES_NO, AVA_SAY_ASK_BOOK_IT, AVA_SAY_ASK_BOOK_IT },
  [AVA_ASK_CALL_BACK] = { "call-back", AVA_EXPECT_YES_NO, AVA_SAY_ASK_CALL_BACK, AVA_SAY_ASK_CALL_BACK },
  [AVA_ASK_APPOINTMENT] = { "appointment", AVA_EXPECT_APPOINTMENT, AVA_SAY_WHICH_APPOINTMENT, AVA_SAY_WHICH_APPOINTMENT },
  [AVA_ASK_MESSAGE] = { "message", AVA_EXPECT_MESSAGE, AVA_SAY_ASK_MESSAGE, AVA_SAY_ASK_MESSAGE },
  [AVA_ASK_WAITLIST] = { "waitlist", AVA_EXPECT_YES_NO, AVA_SAY_ASK_WAITLIST, AVA_SAY_ASK_WAITLIST },
  [AVA_ASK_NOTHING] = { "nothing", AVA_EXPECT_NOTHING, AVA_SAY_GOODBYE, AVA_SAY_GOODBYE },
};

/**
 * ava_ask_to_string:
 *
 * Returns: the name of a question, as the journal writes it
 */
const char *
ava_ask_to_string (AvaAsk ask)
{
  return questions[ask].name;
}

/**
 * ava_dialogue_turn_new:
 *
 * Returns: (transfer full): an empty turn
 */
AvaDialogueTurn *
ava_dialogue_turn_new (AvaDialogue *self)
{
  AvaDialogueTurn *turn = g_new0 (AvaDialogueTurn, 1);

  turn->tool_calls = g_ptr_array_new_with_free_func (g_object_unref);
  turn->acts = g_new0 (char *, 1);
  return turn;
}

/**
 * ava_dialogue_turn_free:
 * @turn: (transfer full) (nullable):
 */
void
ava_dialogue_turn_free (AvaDialogueTurn *turn)
{
  if (turn == NULL)
    return;
  g_free (turn->reply);
  g_ptr_array_unref (turn->tool_calls);
  g_strfreev (turn->acts);
  g_free (turn);
}

/* Adds @words (transfer full) to what Ava says in this turn. */
void
ava_dialogue_turn_take (AvaDialogueTurn *turn,
                        char            *words)
{
  g_autofree char *more = words;
  g_autofree char *before = g_steal_pointer (&turn->reply);

  turn->reply = before != NULL ? g_strconcat (before, " ", more, NULL) : g_strdup (more);
}

void
ava_dialogue_turn_act (AvaDialogueTurn *turn,
                       const char      *act)
{
  guint count = g_strv_length (turn->acts);

  turn->acts = g_renew (char *, turn->acts, count + 2);
  turn->acts[count] = g_strdup (act);
  turn->acts[count + 1] = NULL;
}

/* Adds @words (transfer full) to what is said before the next question. */
void
ava_dialogue_lead (AvaDialogue *self,
                   char        *words)
{
  g_autofree char *more = words;
  g_autofree char *before = g_steal_pointer (&self->lead);

  self->lead = before != NULL ? g_strconcat (before, " ", more, NULL) : g_strdup (more);
}

/**
 * ava_dialogue_turn_finish:
 *
 * Puts the lead before the reply, keeps Ava from saying the same twice in a row, and tells what is
 * expected next.
 */
void
ava_dialogue_turn_finish (AvaDialogue     *self,
                          AvaDialogueTurn *turn)
{
  g_autofree char *lead = NULL;
  g_autofree char *reply = NULL;

  if (turn->reply == NULL && turn->tool_calls->len == 0 && self->lead != NULL)
    turn->reply = g_strdup ("");
  if (turn->reply != NULL && self->lead != NULL) {
    lead = g_steal_pointer (&self->lead);
    reply = g_steal_pointer (&turn->reply);
    turn->reply = g_strchomp (g_strconcat (lead, " ", reply, NULL));
  }
  if (turn->reply != NULL) {
    if (g_strcmp0 (turn->reply, self->last_reply) == 0) {
      g_autofree char *same = g_steal_pointer (&turn->reply);

      turn->reply = g_strconcat (AGAIN, same, NULL);
    }
    ava_dialogue_set_text (&self->last_reply, turn->reply);
  }
  turn->expect = ava_dialogue_get_expect (self);
  turn->intent = self->intent;
  turn->outcome = self->outcome;
}

/* The service as Ava says it. */
const char *
ava_dialogue_say_service (AvaDialogue *self,
                          const char  *service_id)
{
  AvaService *service = service_id != NULL ? ava_spa_find_service (self->spa, service_id) : NULL;

  return service != NULL ? service->name : "your appointment";
}

/* The last four digits of a phone number. */
const char *
ava_dialogue_last_digits (const char *phone)
{
  gsize length = phone != NULL ? strlen (phone) : 0;

  return length > 4 ? phone + length - 4 : "";
}

static const char *
read_text (JsonObject *object,
           const char *member)
{
  const char *text = object != NULL ? json_object_get_string_member_with_default (object, member, NULL) : NULL;

  return text != NULL ? text : "";
}

static gboolean
is_same_day (JsonObject *a,
             JsonObject *b)
{
  return a != NULL && strncmp (read_text (a, "start"), read_text (b, "start"), 10) == 0;
}

/**
 * ava_dialogue_list_times:
 * @slots: slots or appointments
 * @with_service: name the service too
 *
 * Returns: (transfer full): "Tuesday, December 1st at 3 PM, 3:30 PM, or Friday, …": a day is said once
 */
char *
ava_dialogue_list_times (JsonArray *slots,
                         gboolean   with_service)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint count = json_array_get_length (slots);
  JsonObject *before = NULL;

  for (guint i = 0; i < count; i++) {
    JsonObject *slot = json_array_get_object_element (slots, i);
    gboolean short_form = !with_service && is_same_day (before, slot);

    if (i > 0)
      g_string_append (list, i + 1 < count ? ", " : ", or ");
    if (with_service)
      g_string_append_printf (list, "%s on ", read_text (slot, "service"));
    g_string_append (list, read_text (slot, short_form ? "spoken_time" : "spoken"));
    before = slot;
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
list_examples (AvaSpa *spa)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint count = 0;

  for (guint i = 0; i < spa->services->len && count < 3; i++) {
    AvaService *service = spa->services->pdata[i];

    if (!service->archived)
      g_string_append_printf (list, "%s%s", count == 0 ? "" : count < 2 ? ", " : " or ", service->name), count++;
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static AvaSay
choose_line (AvaDialogue *self,
             AvaAsk       ask)
{
  if (ask == AVA_ASK_OFFER && self->offers != NULL && json_array_get_length (self->offers) == 1)
    return AVA_SAY_OFFER_ONE;
  if (ask == AVA_ASK_WHEN && self->task == AVA_TASK_MOVE && self->failures < 2)
    return AVA_SAY_MOVE_WHEN;
  if (ask == AVA_ASK_CONFIRM && self->task == AVA_TASK_MOVE)
    return AVA_SAY_READ_BACK_MOVE;
  if (ask == AVA_ASK_CONFIRM && self->task == AVA_TASK_CANCEL)
    return *read_text (self->appointment, "spoken_cancel_fee") != '\0' ? AVA_SAY_READ_BACK_CANCEL_FEE : AVA_SAY_READ_BACK_CANCEL;
  if (ask == AVA_ASK_PHONE && self->message_kind != NULL && strcmp (self->message_kind, "escalation") == 0)
    return AVA_SAY_PERSON_NUMBER;
  if (ask == AVA_ASK_PHONE && self->by_groups)
    return AVA_SAY_NARROW_PHONE;
  return self->failures >= 2 ? questions[ask].narrow : questions[ask].say;
}

static char *
say_digits (AvaDialogue *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->phone != NULL)
    return ava_phone_speak (self->phone);
  for (const char *at = self->digits; at != NULL && *at != '\0'; at++)
    g_string_append_printf (words, "%s%c", words->len == 0 ? "" : (at - self->digits) % 3 == 0 && at - self->digits < 7 ? ", " : " ", *at);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
say_question (AvaDialogue     *self,
              AvaDialogueTurn *turn,
              AvaAsk           ask)
{
  AvaSay line = choose_line (self, ask);
  JsonArray *list = ask == AVA_ASK_APPOINTMENT ? self->appointments : self->offers;
  g_autofree char *times = list != NULL ? ava_dialogue_list_times (list, ask == AVA_ASK_APPOINTMENT) : NULL;
  g_autofree char *examples = list_examples (self->spa);
  g_autofree char *digits = say_digits (self);
  g_autofree char *letters = ava_dialogue_say_letters (self);
  g_autofree char *email = self->email != NULL ? g_strdup_printf (", email %s", self->email) : NULL;
  JsonObject *what = self->task == AVA_TASK_CANCEL ? self->appointment : self->slot;
  const char *name = ask == AVA_ASK_IDENTITY ? self->customer_name : self->name;
  const char *phone = ask == AVA_ASK_CALLER_ID ? self->caller_phone : self->phone;
  const char *service = what != NULL ? read_text (what, "service") :
                        self->appointment != NULL ? read_text (self->appointment, "service")
                                                  : ava_dialogue_say_service (self, self->service_id);

  AVA_TELL (self, turn, line, "times", times, "examples", examples, "digits", digits, "email", email,
            "letters", letters, "part", ava_dialogue_say_part (self),
            "service", service, "provider", read_text (what, "provider"), "when", read_text (what, "spoken"),
            "old", read_text (self->appointment, "spoken"), "fee", read_text (self->appointment, "spoken_cancel_fee"), "name", name,
            "last", ava_dialogue_last_digits (phone), "spa", self->spa->spoken_name);
}

/**
 * ava_dialogue_ask:
 *
 * Asks @ask, in other words than the last time.
 */
void
ava_dialogue_ask (AvaDialogue     *self,
                  AvaDialogueTurn *turn,
                  AvaAsk           ask)
{
  g_autofree char *act = NULL;

  /* BD-05: nothing is sold to somebody who was angry a moment ago. */
  if (ask == AVA_ASK_BOOK_IT && self->person_offered && self->mood >= AVA_MOOD_UPSET)
    ask = AVA_ASK_MORE;
  if (ask == AVA_ASK_NAME && self->failures >= 2) {
    ask = AVA_ASK_SPELL;
    ava_dialogue_spell_name (self, AVA_NAME_FIRST | AVA_NAME_LAST);
  }
  if (self->asked != ask && !(self->asked == AVA_ASK_NAME && ask == AVA_ASK_SPELL))
    self->failures = 0;
  self->asked = ask;
  say_question (self, turn, ask);
  if (ask == AVA_ASK_CONFIRM)
    act = g_strdup ("confirm");
  else if (ask == AVA_ASK_OFFER && self->offers != NULL)
    act = g_strdup_printf ("offer:%u", json_array_get_length (self->offers));
  else
    act = g_strdup_printf ("ask:%s", questions[ask].name);
  ava_dialogue_turn_act (turn, act);
}

/**
 * ava_dialogue_fail:
 * @heard: the words were clear, but said nothing that helps
 *
 * Asks again; the second time more narrowly; the third time offers a person.
 */
void
ava_dialogue_fail (AvaDialogue     *self,
                   AvaDialogueTurn *turn,
                   gboolean         heard)
{
  self->failures++;
  ava_dialogue_turn_act (turn, heard ? "not-understood" : "not-heard");
  if (self->failures >= 3 && self->asked != AVA_ASK_CALL_BACK) {
    self->failures = 0;
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
    return;
  }
  AVA_LEAD (self, heard ? AVA_SAY_NOT_UNDERSTOOD : AVA_SAY_NOT_CAUGHT);
  if (self->asked == AVA_ASK_HELP && self->failures == 2)
    self->asked = AVA_ASK_BOOK_IT;  /* the narrower question is another one, with the same count */
  if (self->asked == AVA_ASK_CALL_BACK && self->failures >= 2) {
    AVA_LEAD (self, AVA_SAY_YES_OR_NO);
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
    return;
  }
  /* Which of two days: that is still the question. */
  if (self->asked == AVA_ASK_WHEN && self->when != NULL && self->when->has_other && self->when->question != NULL) {
    ava_dialogue_turn_act (turn, "ask:when");
    ava_dialogue_turn_take (turn, g_strdup (self->when->question));
    return;
  }
  if (self->asked == AVA_ASK_CHANGE || self->asked == AVA_ASK_BOOK_IT || self->asked == AVA_ASK_CALL_BACK ||
      self->asked == AVA_ASK_PROVIDER || self->asked == AVA_ASK_WHEN || self->asked == AVA_ASK_HELP ||
      self->asked == AVA_ASK_MORE || self->asked == AVA_ASK_WAITLIST)
    ava_dialogue_ask (self, turn, self->asked);
  else
    ava_dialogue_advance (self, turn);
}

/**
 * ava_dialogue_get_expect:
 *
 * Returns: what Ava listens for now
 */
AvaExpect
ava_dialogue_get_expect (AvaDialogue *self)
{
  /* A name that is not along the tree of the known ones is taken letter by letter. */
  if (self->asked == AVA_ASK_SPELL)
    return self->spelling.refused > 0 ? AVA_EXPECT_LETTERS : ava_dialogue_get_spelled (self) == AVA_NAME_LAST ? AVA_EXPECT_SPELL_LAST : AVA_EXPECT_SPELL;
  return questions[self->asked].expect;
}
