/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-claims.h"

#include "ava-words.h"

#include <string.h>

/* Sentences that say something was done. Phrases are of plain words, as AvaWords makes them. */
static const struct {
  AvaClaims claim;
  const char *phrases;
} sayings[] = {
  { AVA_CLAIM_BOOKED, "you are booked|youre booked|you are all booked|youre all booked|you are all set|youre all set|"
                      "you are now booked|youre now booked|you are confirmed|youre confirmed|youre scheduled|you are scheduled|"
                      "i have booked|ive booked|i just booked|i booked|i have scheduled|ive scheduled|got you booked|got you scheduled|"
                      "have you booked for|have you down for|is booked|is now booked|has been booked|is confirmed|is now confirmed|"
                      "has been confirmed|is scheduled|has been scheduled|is all set|booking is complete|appointment is set" },
  { AVA_CLAIM_MOVED, "i have moved|ive moved|i moved|i have rescheduled|ive rescheduled|has been moved|has been rescheduled|"
                     "is rescheduled|is now rescheduled|has moved to|is moved to" },
  { AVA_CLAIM_CANCELLED, "i have cancelled|ive cancelled|i have canceled|ive canceled|i cancelled|i canceled|is cancelled|is canceled|"
                         "has been cancelled|has been canceled|is now cancelled|is now canceled" },
  { AVA_CLAIM_NOTED, "i have passed that on|ive passed that on|i have let the team know|ive let the team know|"
                     "i have left a message|ive left a message|i have sent your message|ive sent your message" },
};

/* In such a sentence it is not said to be so. */
static const char unreal[] =
  "if|once|when|before|until|unless|after|would|shall|should|could|can i|may i|do you want|would you like|not|isnt|arent|havent|hasnt|"
  "nothing|cannot|cant|let me|i will|ill|going to|want me to|to be|dont|wont|whether|will be";

/* What a caller asks for: whoever says it was done must have done it since. */
static const struct {
  AvaClaims claim;
  const char *phrases;
} wishes[] = {
  { AVA_CLAIM_BOOKED, "book me|book my|book a|book an|book another|book it|book him|book her|book us|book the|book that|book one|book two|book both|"
                      "make an appointment|make another|another appointment|second appointment|new appointment|schedule me|schedule a|"
                      "schedule an|schedule another|schedule my|like to book|want to book" },
  { AVA_CLAIM_MOVED, "move my|move it|move the|move that|reschedule|change my appointment|change the time" },
  { AVA_CLAIM_CANCELLED, "cancel my|cancel it|cancel the|cancel that|cancel both|cancel all" },
  { AVA_CLAIM_NOTED, "leave a message|take a message|tell them|let them know|pass that on|pass on" },
};

static gboolean
is_end (char c)
{
  return c == '.' || c == '!' || c == '?' || c == ';' || c == '\n';
}

static AvaClaims
find_in_sentence (const char *sentence,
                  gboolean    question)
{
  g_autoptr (AvaWords) words = ava_words_new (sentence);
  AvaClaims found = AVA_CLAIM_NONE;

  if (question || ava_words_have (words, unreal))
    return AVA_CLAIM_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++) {
    if (ava_words_have (words, sayings[i].phrases))
      found |= sayings[i].claim;
  }
  return found;
}

/**
 * ava_claims_find:
 * @text: what is being said; its last sentence need not be complete
 *
 * Returns: what it says was done
 */
AvaClaims
ava_claims_find (const char *text)
{
  AvaClaims found = AVA_CLAIM_NONE;

  while (*text != '\0') {
    gsize length = 0;
    g_autofree char *sentence = NULL;

    while (text[length] != '\0' && !is_end (text[length]))
      length++;
    sentence = g_strndup (text, length);
    /* An open sentence may still become a question. */
    if (text[length] != '\0')
      found |= find_in_sentence (sentence, text[length] == '?');
    text += text[length] != '\0' ? length + 1 : length;
  }
  return found;
}

/**
 * ava_claims_of_wish:
 * @text: what a caller says
 *
 * Returns: what they ask to be done
 */
AvaClaims
ava_claims_of_wish (const char *text)
{
  g_autoptr (AvaWords) words = ava_words_new (text);
  AvaClaims found = AVA_CLAIM_NONE;

  if (ava_words_have (words, "did you|have you|did i|have i"))
    return AVA_CLAIM_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++) {
    if (ava_words_have (words, wishes[i].phrases))
      found |= wishes[i].claim;
  }
  return found;
}

/**
 * ava_claims_of_tool:
 *
 * Returns: what may be said once @tool has answered without an error
 */
AvaClaims
ava_claims_of_tool (const char *tool)
{
  if (g_str_equal (tool, "book_appointment"))
    return AVA_CLAIM_BOOKED;
  if (g_str_equal (tool, "reschedule_appointment"))
    return AVA_CLAIM_BOOKED | AVA_CLAIM_MOVED;
  if (g_str_equal (tool, "cancel_appointment"))
    return AVA_CLAIM_CANCELLED;
  return g_str_equal (tool, "take_message") ? AVA_CLAIM_NOTED : AVA_CLAIM_NONE;
}

/**
 * ava_claims_deny:
 *
 * Returns: for the model that said so: what is true
 */
const char *
ava_claims_deny (AvaClaims claims)
{
  if (claims & AVA_CLAIM_BOOKED)
    return "Nothing has been booked: no tool has booked what the caller asked for last. What you just said was not true.";
  if (claims & AVA_CLAIM_MOVED)
    return "No appointment has been moved since the caller last asked for it. What you just said was not true.";
  if (claims & AVA_CLAIM_CANCELLED)
    return "No appointment has been cancelled since the caller last asked for it. What you just said was not true.";
  return "No message has been passed on since the caller last asked for it. What you just said was not true.";
}
