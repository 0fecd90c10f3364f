/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <string.h>

/*
 * What callers say beside booking: questions that only the team can answer, a word that they run late, a wrong
 * number. Each has its phrases and what comes of it; what the caller was about stays as it is.
 */

typedef enum {
  GO_ON,        /* say it and ask the open question again */
  ASK_TEAM,     /* say it and offer a call back; while a booking is open: say it and go on */
  TELL_TEAM,    /* say it, and send the words to the team at once */
  HANG_UP,
  LOOK_UP,      /* find the caller's appointments and tell them */
} Then;

typedef struct {
  const char *phrases;
  const char *unless;   /* nullable */
  AvaSay say;
  Then then;
} Topic;

static const Topic topics[] = {
  { "wrong number|dialed the wrong|called the wrong|misdialed|meant to call someone else", NULL, AVA_SAY_WRONG_NUMBER, HANG_UP },
  { "running late|be late|minutes late|little late|bit late|stuck in traffic|on my way|held up|late for my", "too late|how late|late afternoon|late morning|late evening|later",
    AVA_SAY_LATE, TELL_TEAM },
  { "when is my appointment|what time is my appointment|when my appointment is|what time my appointment is|when am i booked|when am i coming|what day is my appointment|"
    "do i have an appointment|what appointments do i have|when is my next|check my appointment|look up my appointment|time of my appointment|when was my appointment|find my appointment|"
    "confirm my appointment|confirming my appointment|calling to confirm|like to confirm my", NULL, AVA_SAY_YOUR_APPOINTMENTS, LOOK_UP },
  { "refund|my money back|not happy|unhappy|complaint|complain|wore off|didnt work|did not work|doesnt look right|dont like how|dont like my|botched|uneven now|disappointed|"
    "overcharged|charged me twice|double charged", "price|how long until it", AVA_SAY_UNHAPPY, ASK_TEAM },
  { "insurance|financing|payment plan|payment plans|credit card|credit cards|apple pay|cash|care credit|klarna|gift card|gift cards|gift certificate|gift certificates|discount|discounts|"
    "coupon|special|specials|promotion|promotions|membership|memberships|groupon|rewards|loyalty|wheelchair|accessible|bring my dog|bring my kids|bring my baby|hiring|job opening|"
    "wifi|starbucks|sell any products|do you sell|skincare products|do you ship|before and after pictures|tip", "special occasion", AVA_SAY_NOT_KNOWN, ASK_TEAM },
  { "whats the difference|what is the difference|difference between|which is better|which one is better|what do you recommend|what would you recommend|should i get|right for me|"
    "good for wrinkles|best for|what works for|not sure what i need|dont know what i need|which treatment should", NULL, AVA_SAY_CONSULT, GO_ON },
  { "is it safe|is that safe|safe for me|safe to|can i work out|can i exercise|can i drink|can i fly|can i take|can i wear makeup|can i go in the sun|can i get it wet|can i shower|"
    "should i stop|stop taking|side effect|side effects|does it hurt|will it hurt|is it painful|does that hurt|how long does it last|how long will it last|how long is recovery|downtime|"
    "will i bruise|is it normal|am i allowed|if im on|if i am on|if im taking|if i take|if i have|if im pregnant|while pregnant|interact|after botox|after filler|after the peel|"
    "after laser|after microneedling|before botox|before my filler|how many units|how many syringes|prescription|aftercare", NULL, AVA_SAY_MEDICAL, ASK_TEAM },
  { "hola|hablas|habla espanol|habla español|español|espanol|en español|buenos dias|buenas tardes|quiero una|necesito una|una cita|parlez|bonjour|sprechen", NULL, AVA_SAY_ENGLISH_ONLY, ASK_TEAM },
  { "the usual|my usual|same as last time|same as before|same thing as last|same thing again|what i had last time|same as always|like last time", NULL, AVA_SAY_NO_HISTORY, GO_ON },
};

static const Topic *
find_topic (AvaHeard *heard)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
    if (ava_words_have (heard->words, topics[i].phrases) && (topics[i].unless == NULL || !ava_words_have (heard->words, topics[i].unless)))
      return &topics[i];
  }
  return NULL;
}

static gboolean
wishes_to_book (AvaHeard *heard)
{
  return ava_heard_has (heard, AVA_INTENT_BOOK) ||
         (heard->service_id != NULL && ava_words_have (heard->words, "can i get|could i get|can i have|id like|i want|i would like|i need|una cita|can i still get")) ||
         ava_heard_has_when (heard);
}

/* What was heard of a booking is kept, then the open question comes again. */
static void
go_on (AvaDialogue     *self,
       AvaDialogueTurn *turn,
       AvaHeard        *heard)
{
  gboolean books = wishes_to_book (heard);

  if (self->task == AVA_TASK_NONE && books)
    ava_dialogue_begin (self, AVA_TASK_BOOK);
  if (self->task != AVA_TASK_NONE && (books || self->service_id == NULL))
    ava_dialogue_fold (self, heard);
  if (self->task == AVA_TASK_NONE)
    ava_dialogue_ask (self, turn, AVA_ASK_BOOK_IT);
  else
    ava_dialogue_advance (self, turn);
}

static void
offer_team (AvaDialogue     *self,
            AvaDialogueTurn *turn,
            AvaHeard        *heard)
{
  g_autofree char *text = g_strstrip (g_strdup (heard->words->text));

  ava_dialogue_set_text (&self->asked_about, text);
  self->failures = 0;
  self->asked = AVA_ASK_CALL_BACK;
  ava_dialogue_turn_act (turn, "offer:call-back");
  AVA_TELL (self, turn, AVA_SAY_ASK_TEAM_CALL);
}

static void
tell_team (AvaDialogue     *self,
           AvaDialogueTurn *turn,
           AvaHeard        *heard)
{
  g_autofree char *text = g_strstrip (g_strdup (heard->words->text));
  g_autofree char *message = g_strdup_printf ("The caller says: %s.", text);

  if (self->outcome == NULL)
    self->outcome = "answered";
  ava_dialogue_send_message (self, turn, "message", message);
}

static void
look_up (AvaDialogue     *self,
         AvaDialogueTurn *turn,
         AvaHeard        *heard)
{
  ava_dialogue_begin (self, AVA_TASK_TELL);
  self->confirms = ava_words_have (heard->words, "confirm|confirming");
  ava_dialogue_fold_person (self, heard);
  ava_dialogue_advance (self, turn);
}

/**
 * ava_dialogue_answer_topic:
 *
 * Returns: whether the words were about something beside booking, and the turn is done with that
 */
gboolean
ava_dialogue_answer_topic (AvaDialogue     *self,
                           AvaDialogueTurn *turn,
                           AvaHeard        *heard)
{
  const Topic *topic = find_topic (heard);
  /* "I want a refund for my Botox" books none. */
  gboolean open = self->task != AVA_TASK_NONE || (wishes_to_book (heard) && topic != NULL && topic->say != AVA_SAY_UNHAPPY);

  if ((topic == NULL || topic->say == AVA_SAY_CONSULT) && ava_dialogue_answer_wish (self, turn, heard))
    return TRUE;
  if (topic == NULL || self->asked == AVA_ASK_NAME || self->asked == AVA_ASK_SPELL || self->task == AVA_TASK_MESSAGE)
    return FALSE;
  if ((topic->then == LOOK_UP && self->task != AVA_TASK_NONE) || ava_heard_has (heard, AVA_INTENT_CANCEL) || ava_heard_has (heard, AVA_INTENT_RESCHEDULE))
    return FALSE;
  ava_dialogue_turn_act (turn, "topic");
  if (topic->then == LOOK_UP) {
    look_up (self, turn, heard);
    return TRUE;
  }
  if (topic->then == HANG_UP) {
    self->ended = turn->ends_call = TRUE;
    self->asked = AVA_ASK_NOTHING;
    self->outcome = self->outcome != NULL ? self->outcome : "answered";
    AVA_TELL (self, turn, AVA_SAY_WRONG_NUMBER, "spa", self->spa->spoken_name);
    return TRUE;
  }
  if (heard->health == NULL || topic->say != AVA_SAY_MEDICAL)
    AVA_LEAD (self, topic->say);
  if (topic->then == TELL_TEAM)
    tell_team (self, turn, heard);
  else if (topic->then == GO_ON || open)
    go_on (self, turn, heard);
  else
    offer_team (self, turn, heard);
  return TRUE;
}

/* The same visit, unless another day is said. */
static AvaDatePhrase *
same_day (AvaDialogue *self,
          const char  *start)
{
  g_autofree char *day = g_strndup (start, strlen ("2026-12-01"));

  return ava_date_phrase_parse (day, self->now_us, self->spa->zone);
}

/**
 * ava_dialogue_go_on_booking:
 * @start: (nullable): local start of what was booked; the other is looked for on its day
 *
 * "Botox and a facial": after the one, the other.
 *
 * Returns: whether there is another to book
 */
gboolean
ava_dialogue_go_on_booking (AvaDialogue     *self,
                            AvaDialogueTurn *turn,
                            const char      *start)
{
  g_autofree char *next = g_steal_pointer (&self->next_service_id);

  if (next == NULL || ava_spa_find_service (self->spa, next) == NULL)
    return FALSE;
  ava_dialogue_begin (self, AVA_TASK_BOOK);
  ava_dialogue_set_text (&self->service_id, next);
  self->when = start != NULL && *start != '\0' ? same_day (self, start) : NULL;
  if (self->next_is_other) {
    g_clear_pointer (&self->name, g_free);
    self->identified = self->next_is_other = FALSE;
    self->identity_asked = TRUE;
  }
  AVA_LEAD (self, AVA_SAY_NEXT_SERVICE, "service", ava_dialogue_say_service (self, next));
  ava_dialogue_advance (self, turn);
  return TRUE;
}
