/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-nlu.h"

typedef struct {
  AvaIntent intent;
  const char *phrases;   /* plain phrases; a denied one does not count */
} Row;

static const Row rows[] = {
  { AVA_INTENT_BOOK,
    "book|booking|schedule|make an appointment|make a appointment|set up an appointment|set up a|get an appointment|"
    "need an appointment|want an appointment|like an appointment|have an appointment for|new appointment|"
    "another appointment|come in for|come in on|get in for|get me in|see someone|see somebody|any openings|an opening|"
    "anything open|available|availability|reserve|sign me up|put me down|fit me in|squeeze me in|"
    "like to come in|want to come in|want to get|like to get|looking to get|need to get|interested in getting|"
    "appointment please|do you have anything|do you have something|have anything on|make a booking" },
  { AVA_INTENT_RESCHEDULE,
    "reschedule|rescheduling|move my|push my|push it back|push back|bump my|change my appointment|change the appointment|move the appointment|"
    "change the time of my|change my booking|move an appointment|push my appointment|push back my|postpone|"
    "switch my appointment|a different time for my appointment|change the date of my|move it to another|"
    "change an appointment|cant make my appointment|cannot make my appointment|bring my appointment forward|"
    "another time for my appointment|cant make it to my appointment" },
  { AVA_INTENT_CANCEL,
    "cancel|cancellation|cancelling|canceling|call off my|wont be able to make my|delete my appointment|"
    "get rid of my appointment|drop my appointment|wont be coming to my" },
  { AVA_INTENT_PRICE,
    "how much|price|prices|pricing|cost|costs|what do you charge|charge for|expensive|fee for|what does it run|how long does|"
    "how long is|what is the rate|whats the rate|rates" },
  { AVA_INTENT_HOURS,
    "hours|what time do you open|what time do you close|when do you open|when do you close|when are you open|"
    "are you open|are you closed|open on|open today|open tomorrow|open late|opening times|how late are you|how early do you|"
    "do you open|closing time|close at|when do you guys close|when do you guys open|are you guys open" },
  { AVA_INTENT_SERVICES,
    "what services|which services|what treatments|which treatments|what do you offer|what do you do there|"
    "what do you have there|do you do|do you offer|list of services|list your services|services do you|treatments do you|"
    "what kind of services|what kind of treatments|service menu|what can i get|what can i book|tell me about|"
    "what is a|what exactly is|whats a" },
  { AVA_INTENT_DIRECTIONS,
    "where are you|directions|your address|the address|how do i get there|how do i get to you|where is the spa|"
    "parking|park my car|where do i park|where you are|located|location|nearest station|how do i find you|subway" },
  { AVA_INTENT_WHO_ARE_YOU,
    "who are you|what are you|are you a robot|are you a machine|are you a computer|are you human|are you real|"
    "are you a real|are you an ai|are you ai|am i talking to a|am i speaking to a|am i speaking with a|is this a robot|did i reach|have i reached|is this the right|is this the spa|is this the med spa|do i have the right|"
    "is this a machine|is this a recording|is this a bot|are you a bot|whats your name|what is your name|your name|"
    "who am i speaking|who am i talking|who is this|whos this|are you siri|are you alexa|are you eva|are you chatgpt|"
    "are you google|are you called|are you the receptionist|did you say your name|are you a person|are you cortana|"
    "is this alexa|is this siri|what model are you|who made you|are you gpt|are you a chatbot" },
  { AVA_INTENT_PERSON,
    "speak to a|speak with a|talk to a|talk with a|speak to the|speak with the|talk to the|talk with the|"
    "speak to someone|speak with someone|talk to someone|talk with someone|speak to somebody|talk to somebody|"
    "real person|a human|human being|actual person|live person|operator|representative|your manager|a manager|"
    "the manager|connect me|transfer me|put me through|get me a person|someone else please|speak to your|talk to your|"
    "a person please|speak to an|talk to an" },
  { AVA_INTENT_MESSAGE,
    "leave a message|take a message|leave message|give a message|pass on a message|pass a message|call me back|"
    "callback|call back please|ring me back|return my call|tell them|leave a note|have someone call|"
    "have somebody call|get a call back|give me a call|can you tell|could you tell" },
  { AVA_INTENT_REPEAT,
    "repeat|say that again|say it again|come again|pardon|what was that|what did you say|didnt hear|didnt catch|"
    "couldnt hear|cant hear you|one more time|again please|sorry what|excuse me what|what were those|"
    "what were the times|what times|what are my options|missed that|what did you say" },
  { AVA_INTENT_WAIT,
    "hold on|one moment|just a moment|a moment please|wait a second|wait a minute|give me a second|give me a minute|"
    "just a second|one second|one sec|just a sec|a sec|hang on|let me check|let me look|let me see|let me think|let me get|"
    "bear with me|hold please|just a minute|one minute|wait|give me a moment|hold the line" },
  { AVA_INTENT_GOODBYE,
    "goodbye|good bye|bye|bye bye|talk to you later|see you|have a good day|have a nice day|have a great day|"
    "have a good one|hang up|gotta go|got to go|have to go|ill call back|i will call back|can i call you back|could i call you back|ill call you back|i will call you back|let me call you back|call you guys back|call you back later|take care|call back later|"
    "good night" },
};

/* "dont know" is no "no"; "no problem" is nearer to a "yes" and is neither. */
static const char not_a_no[] =
  "no problem|no worries|no preference|no rush|no idea|no matter|no one|dont know|not sure|dont mind|dont care|no hurry|"
  "no doubt|no trouble";
static const char nos[] =
  "no|nope|nah|not really|thats wrong|that is wrong|incorrect|not right|not correct|wrong|not quite|dont book|do not book|"
  "dont do that|not yet|none|neither|no thanks|not that|dont do it|do not do|never mind|nevermind|forget it|dont cancel|"
  "do not cancel|absolutely not|negative|that isnt|thats not|that is not|im not|i am not|nothing else|thats all|that is all|"
  "thats it|that is it|thats everything|im good|im all set|all set|id rather not|not now|not today|dont move";
static const char strong_yes[] =
  "yes|yeah|yep|yup|yah|ya|si|sure|correct|thats right|that is right|sounds good|sounds great|sounds perfect|that works|"
  "absolutely|of course|please do|go ahead|book it|do it|confirm|confirmed|thats correct|that is correct|thats me|"
  "exactly|definitely|works for me|lets do it|lets do that|you got it|uh huh|mhm|mm hmm|yes it is|it is|i do|"
  "thats fine|that is fine|thats good|that is good|id love|looks good|please book|that would be great|"
  "you may|you can|cancel it|move it|ill take it|i will take it|this is she|this is he|this is her|this is him|affirmative|that one|"
  "that will work|thatll work|certainly|by all means|indeed|why not|totally|perfect|agreed|i confirm|all right|alright";
static const char weak_yes[] =
  "okay|ok|right|great|please|perfect|fine|good|thank|thanks|you|that|is|its|sounds|thats|all|alright|wonderful|lovely|"
  "cool|awesome|excellent|then|well|uh|um|so|oh|nice|super|very|works|just|me|for|k|yea|y|ava|now|it|lets|go|with|👍";

static gboolean
says_no (const AvaWords *words)
{
  guint at = 0;
  guint next = 0;

  while (ava_words_find (words, nos, next, &at, &next)) {
    guint from;
    guint to;

    if (!ava_words_find (words, not_a_no, at > 0 ? at - 1 : 0, &from, &to) || from >= next || to <= at)
      return TRUE;
  }
  return FALSE;
}

/* Yes must be plain: what is mixed with a doubt is none. */
static gboolean
says_yes (const AvaWords *words)
{
  if (ava_words_have (words, "but|not sure|maybe|i guess|dont know|i think so maybe|perhaps|hmm|unless|if|however|except|"
                             "you sure|are you sure|did you say"))
    return FALSE;
  if (ava_words_wish (words, strong_yes) ||
      (ava_words_have (words, "speaking") && ava_words_are_all (words, "speaking|this|is|she|he|hi|hello|yep")))
    return TRUE;
  return ava_words_are_all (words, weak_yes) &&
         ava_words_have (words, "okay|ok|right|great|please|perfect|fine|good|alright|wonderful|lovely|cool|awesome|"
                                "excellent|works|yea|y|k|👍");
}

/**
 * ava_nlu_read_intents:
 *
 * Returns: one bit for each intent that is said
 */
guint
ava_nlu_read_intents (const AvaWords *words)
{
  guint intents = 0;
  gboolean no = says_no (words);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean deniable = rows[i].intent <= AVA_INTENT_CANCEL || rows[i].intent == AVA_INTENT_PERSON || rows[i].intent == AVA_INTENT_MESSAGE;

    if (deniable ? ava_words_wish (words, rows[i].phrases) : ava_words_have (words, rows[i].phrases))
      intents |= 1u << rows[i].intent;
  }
  /* "Is this Tony's Pizza?" */
  if (words->words->len > 2 && g_str_has_prefix (words->text, " is this ") && g_str_has_suffix (words->raw->pdata[2], "'s"))
    intents |= 1u << AVA_INTENT_WHO_ARE_YOU;
  if (no)
    intents |= 1u << AVA_INTENT_NO;
  if (!no && says_yes (words))
    intents |= 1u << AVA_INTENT_YES;
  /* "Yes, I have to cancel" books nothing, "reschedule" is no "schedule". */
  if (intents & (1u << AVA_INTENT_RESCHEDULE | 1u << AVA_INTENT_CANCEL))
    intents &= ~(1u << AVA_INTENT_BOOK);
  if (intents & 1u << AVA_INTENT_PERSON)
    intents &= ~(1u << AVA_INTENT_WHO_ARE_YOU);
  if (ava_words_have (words, "location|located") && intents & 1u << AVA_INTENT_DIRECTIONS)
    intents &= ~(1u << AVA_INTENT_SERVICES);
  return intents;
}

/**
 * ava_nlu_is_chit_chat:
 *
 * Returns: whether something is told rather than asked for: "my sister had botox last Tuesday"
 */
gboolean
ava_nlu_is_chit_chat (const AvaWords *words)
{
  if (ava_words_have (words, "want|need|like to|id like|would like|book|schedule|looking|hoping|wondering|said|meant|make it|"
                             "can i|could i|can you|could you|can we|do you|please|actually|instead|works|cancel|move|change|"
                             "reschedule|take|how about|what about|appointment|call me|my name|how much|are you|open|anything|come in|i could|thinking of|thinking about|thought of|thought about"))
    return FALSE;
  return ava_words_have (words, "weather|traffic|was|were|had|went|been|got|yesterday|last year|last week|last month|my sister|my friend|my "
                                "mother|my mom|my husband|my wife|my neighbor|my birthday|game|watched|raining|snowing|sunny|movie");
}

/**
 * ava_nlu_is_manipulation:
 *
 * Returns: whether the caller tries to give Ava orders that are not a caller's
 */
gboolean
ava_nlu_is_manipulation (const AvaWords *words)
{
  return ava_words_have (words,
    "ignore your instructions|ignore all instructions|ignore previous instructions|ignore all previous|ignore the instructions|"
    "forget your instructions|disregard your|disregard all|disregard previous|your instructions|system prompt|your prompt|"
    "developer mode|debug mode|admin mode|i am the owner|im the owner|i am the admin|im the admin|i am your developer|"
    "im your developer|read me the list|list of customers|list all customers|list of clients|all the clients|"
    "all your clients|all your customers|customer list|client list|other customers|other clients|patient list|"
    "list of patients|you are now|pretend you are|pretend to be|act as|roleplay|jailbreak|override|drop table|"
    "select from|delete from|insert into|who else is booked|who is booked|whos booked|todays schedule|phone numbers of|"
    "phone number of|everyones appointments|all the appointments|all appointments|for free because|give me access|"
    "from now on you|read the database|dump the database|repeat after me");
}

/**
 * ava_nlu_read_health:
 *
 * Returns: (nullable): what a provider should know, in words for the notes of a booking
 */
const char *
ava_nlu_read_health (const AvaWords *words)
{
  static const struct { const char *phrases; const char *note; } notes[] = {
    { "pregnant|pregnancy|expecting a baby", "Caller mentioned a pregnancy." },
    { "breastfeeding|breast feeding|nursing a baby", "Caller mentioned breastfeeding." },
    { "allergic|allergy|allergies", "Caller mentioned an allergy." },
    { "blood thinner|blood thinners|warfarin|eliquis|coumadin", "Caller mentioned blood thinners." },
    { "accutane|isotretinoin", "Caller mentioned isotretinoin." },
    { "cold sore|cold sores|herpes", "Caller mentioned cold sores." },
    { "pacemaker", "Caller mentioned a pacemaker." },
    { "keloid|keloids", "Caller mentioned keloids." },
    { "lidocaine", "Caller mentioned lidocaine." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    guint at = 0;
    guint next = 0;

    while (ava_words_find (words, notes[i].phrases, next, &at, &next)) {
      if (!ava_words_negated (words, at) && !(at > 0 && ava_word_is_one_of (ava_words_get (words, at - 1), "any|no")))
        return notes[i].note;
    }
  }
  return NULL;
}
