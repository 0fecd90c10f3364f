/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-wording.h"

#define MOST_VARIANTS 4

/* Short, for the ear; at most one question each. {braces} are filled in. */
static const char *const lines[AVA_SAY_N][MOST_VARIANTS] = {
  [AVA_SAY_HELP] = { "How can I help you today?", "What can I do for you?", "What would you like help with?" },
  [AVA_SAY_ASK_SERVICE] = { "Which treatment would you like?", "What treatment would you like to come in for?",
                            "Which of our treatments shall I book?" },
  [AVA_SAY_NARROW_SERVICE] = { "We have, for example, {examples}. Which one would you like?",
                               "Just say the name of the treatment, such as {examples}. Which one is it?" },
  [AVA_SAY_ASK_PROVIDER] = { "Who would you like to see?", "Would you like someone in particular?" },
  [AVA_SAY_ASK_WHEN] = { "What day and time would suit you for {service}?", "When would you like to come in for {service}?",
                         "Which day would be good for {service}?" },
  [AVA_SAY_NARROW_WHEN] = { "You can say a day and a time, like Tuesday at three. Which day would suit you?",
                            "Just a day of the week is fine. Which day is best?" },
  [AVA_SAY_ASK_NEW_WHEN] = { "What day and time would you like instead?", "Which day would suit you better?" },
  [AVA_SAY_ASK_OTHER_WHEN] = { "What other day or time would suit you?", "Which other day could you come?",
                               "When else could you come in?" },
  [AVA_SAY_NEARER_DAY] = { "I will look at {day}, then." },
  [AVA_SAY_OFFER_ONE] = { "I have {times}. Shall I take that for you?", "There is {times}. Would that suit you?" },
  [AVA_SAY_OFFER_SOME] = { "I have {times}. Which would you like?", "There is {times}. Which one suits you best?",
                           "The open times are {times}. Which shall I take?" },
  [AVA_SAY_CHOSEN] = { "{when}, very good.", "{when} it is.", "Good, {when}." },
  [AVA_SAY_WHICH] = { "Which of these would you like: {times}?", "Please choose one: {times}. Which shall it be?" },
  [AVA_SAY_NEAREST] = { "That time is not open, I'm afraid.", "I'm sorry, nothing is open exactly then." },
  [AVA_SAY_NEAREST_DAY] = { "I have nothing on {when}, I'm afraid.", "I'm sorry, nothing is open on {when}." },
  [AVA_SAY_NO_TIMES] = { "I'm sorry, I don't see an open time for that.", "Nothing is open then, I'm afraid." },
  [AVA_SAY_ASK_WAITLIST] = { "Shall I put you on the waitlist? We call you as soon as a time opens.",
                             "Would you like to be on the waitlist, so that we call you when a time opens?" },
  [AVA_SAY_WAITLISTED] = { "You are on the waitlist for {service}. We will call you when a time opens." },
  [AVA_SAY_LOOKING] = { "Let me look.", "One moment, I am checking.", "Let me see what we have." },
  [AVA_SAY_BOOKING_NOW] = { "One moment, please.", "Just a moment, please." },
  [AVA_SAY_ONE_MOMENT] = { "One moment, I am still working on that.", "Almost there, one moment please." },
  [AVA_SAY_ASK_IDENTITY] = { "Am I speaking with {name}?", "Is this {name}?" },
  [AVA_SAY_ASK_NAME] = { "May I have your name, please?", "What name is it under?", "Could you tell me your first and last name?" },
  [AVA_SAY_ASK_SPELL] = { "Could you spell your {part} name for me, letter by letter?",
                          "Please say your {part} name letter by letter. How is it spelled?" },
  [AVA_SAY_NARROW_SPELL] = { "Letter by letter, please, such as S, A, M. How is your {part} name spelled?",
                             "Only the letters, please, slowly, letter by letter. How is your {part} name spelled?" },
  [AVA_SAY_CHECK_SPELL] = { "Your {part} name is spelled {letters}. Is that right?", "So your {part} name is spelled {letters}. Is that correct?" },
  [AVA_SAY_SPELL_AGAIN] = { "Let's try that once more.", "I'm sorry, let me try again." },
  [AVA_SAY_ASK_CALLER_ID] = { "Shall I use the number you are calling from, ending in {last}?",
                              "Is the number ending in {last} the best one for you?" },
  [AVA_SAY_ASK_PHONE] = { "What is the best phone number for you, with area code?", "Which phone number may I put down, area code first?" },
  [AVA_SAY_NARROW_PHONE] = { "Let's go step by step. What are the first three digits?", "Please start with the area code, three digits. What is it?" },
  [AVA_SAY_ASK_DIGITS] = { "I have {digits}. What comes next?", "So far {digits}. And the next digits?" },
  [AVA_SAY_BAD_PHONE] = { "That does not make a complete phone number.", "I'm sorry, that number does not seem right." },
  [AVA_SAY_CHECK_PHONE] = { "That is {digits}. Is that right?", "I have {digits}. Is that correct?" },
  [AVA_SAY_ASK_ALLERGIES] = { "Do you have any allergies we should know about?", "Are there any allergies I should note?" },
  [AVA_SAY_READ_BACK] = { "So that is {service} with {provider} on {when}, for {name}, phone number ending in {last}{email}. Shall I book it?",
                          "Let me read that back: {service} with {provider}, {when}, for {name}, number ending in {last}{email}. Is that right, and shall I book it?" },
  [AVA_SAY_READ_BACK_MOVE] = { "I would move your {service} from {old} to {when} with {provider}. Shall I do that?",
                               "So your {service} moves from {old} to {when} with {provider}. Is that right?" },
  [AVA_SAY_READ_BACK_CANCEL] = { "Your {service} with {provider} is on {when}. Shall I cancel it?",
                                 "That is {service} with {provider}, {when}. Do you want me to cancel it?" },
  [AVA_SAY_READ_BACK_CANCEL_FEE] = { "Your {service} with {provider} is on {when}. Cancelling it this late costs {fee}. Shall I cancel it all the same?",
                                     "That is {service} with {provider}, {when}. There is a fee of {fee} for cancelling so late. Do you still want me to cancel it?" },
  [AVA_SAY_YES_OR_NO] = { "I just need a yes or a no, please.", "Please say yes or no." },
  [AVA_SAY_ASK_CHANGE] = { "What should I change?", "Which part is not right?", "What would you like different?" },
  [AVA_SAY_BOOKED] = { "You are booked: {service} with {provider} on {when}.", "All set: {service} with {provider} on {when} is booked." },
  [AVA_SAY_MOVED] = { "Done. Your {service} is now on {when} with {provider}.", "All set, your {service} has moved to {when} with {provider}." },
  [AVA_SAY_CANCELLED] = { "Your {service} on {when} is cancelled.", "Done, {service} on {when} is cancelled." },
  [AVA_SAY_FEE_APPLIES] = { "The fee of {fee} applies.", "The late cancellation fee is {fee}." },
  [AVA_SAY_ALREADY_BOOKED] = { "That is already booked for you: {service} on {when}.", "You already have that: {service} on {when} is booked." },
  [AVA_SAY_KEPT] = { "All right, I have left it as it is.", "Fine, nothing has been changed." },
  [AVA_SAY_MORE] = { "Is there anything else I can do for you?", "Can I help you with anything else?", "Anything else today?" },
  [AVA_SAY_TAKEN] = { "I'm sorry, someone has just taken that time.", "I apologise, that time was taken a moment ago." },
  [AVA_SAY_EXPIRED] = { "Those times were from a while ago, so I looked again.", "Some time has passed, so I checked the times again." },
  [AVA_SAY_FAILED] = { "I'm sorry, I could not do that just now.", "I'm sorry, that did not work." },
  [AVA_SAY_STAFF_ONLY] = { "I'm not able to arrange that myself, so I will have someone from our team call you back." },
  [AVA_SAY_NOT_CAUGHT] = { "Sorry, I did not catch that.", "I'm sorry, I could not hear that well.", "Forgive me, I missed that." },
  [AVA_SAY_NOT_UNDERSTOOD] = { "Sorry, I did not quite follow.", "I'm not sure I understood.", "I'm sorry, I did not get that." },
  [AVA_SAY_ASK_CALL_BACK] = { "I'm having trouble understanding. Shall I have someone from our team call you back?",
                              "This is not going well, I'm sorry. Would you like a call back from our team?",
                              "Would you rather have a person from our team call you?" },
  [AVA_SAY_SORRY] = { "I'm sorry about this, I understand that it is frustrating.", "I'm sorry, that should not have happened." },
  [AVA_SAY_ASK_PERSON] = { "Would you like a person from our team to take over or call you back?",
                           "Shall a person from our team help you instead?" },
  [AVA_SAY_ASK_MESSAGE] = { "What should I tell the team?", "What is your message for the team?" },
  [AVA_SAY_MESSAGE_TAKEN] = { "Thank you, I have passed that on to the team.", "Noted, the team has your message." },
  [AVA_SAY_PERSON] = { "I have let the team know that you want to speak with a person. They will take over or call you back.",
                       "The team knows that you are waiting for a person." },
  [AVA_SAY_PERSON_NUMBER] = { "What number can they reach you at?", "Which number should they call?" },
  [AVA_SAY_NOT_FOUND] = { "I could not find an appointment with that name and number.", "I don't see anything under that name and number." },
  [AVA_SAY_NO_APPOINTMENTS] = { "I don't see an upcoming appointment for you.", "There is no upcoming appointment under your name." },
  [AVA_SAY_WHICH_APPOINTMENT] = { "You have {times}. Which one do you mean?", "I see {times}. Which of these is it?" },
  [AVA_SAY_MOVE_WHEN] = { "Your {service} is on {old}. What day and time would suit you instead?",
                          "Right now your {service} is on {old}. When would you rather come?" },
  [AVA_SAY_WRONG_PROVIDER] = { "{provider} does not do {service}. You could see {others}. Who would you like?",
                               "For {service} there is {others}, not {provider}. Who would you like to see?" },
  [AVA_SAY_PRICE] = { "{service} is {price} and takes about {minutes}.", "{service} costs {price} and takes about {minutes}." },
  [AVA_SAY_SERVICES] = { "We offer {services}.", "Our treatments are {services}." },
  [AVA_SAY_HOURS_UNKNOWN] = { "I could not look up our hours just now.", "I'm sorry, I can't see our hours right now." },
  [AVA_SAY_IDENTITY] = { "I'm Ava, the automated receptionist of {spa}.", "My name is Ava. I am the AI receptionist here at {spa}." },
  [AVA_SAY_DIRECTIONS] = { "{directions}", "Here is how to find us: {directions}" },
  [AVA_SAY_ASK_BOOK_IT] = { "Would you like to book an appointment?", "Shall I find you a time?" },
  [AVA_SAY_MANIPULATION] = { "I can only help with your own appointments and with questions about the spa.",
                             "That is not something I can do; I take care of appointments and questions about the spa." },
  [AVA_SAY_HEALTH_NOTED] = { "Thank you for telling me. I will note that for your provider.", "Thank you, I will make a note of that for your provider." },
  [AVA_SAY_EMAIL_NOTED] = { "I have your email address.", "Thank you, I noted the email address." },
  [AVA_SAY_CHAT] = { "I see.", "Thank you for telling me.", "I understand." },
  [AVA_SAY_REPEAT] = { "Of course. {last}", "Sure. {last}", "Again: {last}" },
  [AVA_SAY_NOTHING_TO_REPEAT] = { "This is Ava.", "You are speaking with Ava." },
  [AVA_SAY_WAIT] = { "Of course, take your time.", "No hurry, I am here.", "Sure, I will wait." },
  [AVA_SAY_SILENCE] = { "Are you still there?", "Hello, can you hear me?" },
  [AVA_SAY_SILENCE_END] = { "I can't hear you, so I will end the call. Our team will call you back. Goodbye." },
  [AVA_SAY_GOODBYE] = { "Thank you for calling {spa}. Goodbye.", "Thank you, and goodbye from {spa}." },
  [AVA_SAY_GOODBYE_UNFINISHED] = { "Nothing has been booked. Call any time. Goodbye.", "I have not booked anything. Thank you for calling. Goodbye." },
  [AVA_SAY_SAFETY] = { "This may be an emergency. Please hang up and call 911 now if you or anyone is in danger. I am alerting our team right away." },
  [AVA_SAY_SAFETY_AGAIN] = { "Please call 911 now. Our team has been alerted, and I cannot book anything during this call.",
                             "If anyone is in danger, call 911 right now. The team knows about your call." },
  [AVA_SAY_SAFETY_END] = { "Please call 911 if you need help. Our team has been alerted. Goodbye." },
  [AVA_SAY_MEDICAL] = { "That is a question for one of our providers; I can't give medical advice.",
                        "I can't give medical advice, and I want you to have the right answer." },
  [AVA_SAY_MEDICAL_NOTED] = { "I can't give medical advice, but I will note that, and your provider will go over it with you first.",
                              "Your provider will go over that with you before anything is done; I have made a note of it." },
  [AVA_SAY_NOT_KNOWN] = { "I don't have that in front of me, and I don't want to tell you something wrong.", "That is something I can't look up from here." },
  [AVA_SAY_UNHAPPY] = { "I'm sorry to hear that.", "I'm sorry that you are not happy with it." },
  [AVA_SAY_CONSULT_FIRST] = { "Let's begin with a {service}, where a provider finds out with you what is right." },
  [AVA_SAY_FITTING] = { "For that we have {services}.", "There is {services}." },
  [AVA_SAY_CONSULT] = { "Which one is right depends on you; a provider can tell you best, for example in a consultation." },
  [AVA_SAY_ASK_TEAM_CALL] = { "Shall I have someone from our team call you back about it?", "Would you like someone from our team to call you about that?" },
  [AVA_SAY_LATE] = { "No problem, that can happen.", "That's all right." },
  [AVA_SAY_WRONG_NUMBER] = { "No problem at all. This is {spa}. Goodbye." },
  [AVA_SAY_ENGLISH_ONLY] = { "I'm sorry, I only speak English.", "Sorry, only English, I'm afraid." },
  [AVA_SAY_NO_HISTORY] = { "I can't see from here what you had last time, I'm sorry." },
  [AVA_SAY_ONE_BY_ONE] = { "Gladly, one after the other; let's begin with {first}.", "Of course. Let's do {first} first." },
  [AVA_SAY_YOURS_FIRST] = { "Gladly, for both of you. Let's do yours first." },
  [AVA_SAY_NEXT_SERVICE] = { "Now for the {service}.", "Next, the {service}." },
  [AVA_SAY_YOUR_APPOINTMENTS] = { "You have {times}.", "I see {times}." },
  [AVA_SAY_BRIDGE] = { "One moment, please, I am still with you." },
};

static void
fill (GString    *text,
      const char *name,
      const char *value)
{
  g_autofree char *slot = g_strdup_printf ("{%s}", name);

  g_string_replace (text, slot, value != NULL ? value : "", 0);
}

/**
 * ava_wording_say:
 * @variant: how often this was said before: the wording changes with it
 * @...: pairs of a name and its words, then %NULL
 *
 * Returns: (transfer full): what Ava says
 */
char *
ava_wording_say (AvaSay line,
                 guint  variant,
                 ...)
{
  g_autoptr (GString) text = NULL;
  const char *name;
  guint count = 0;
  va_list args;

  g_return_val_if_fail (line < AVA_SAY_N && lines[line][0] != NULL, NULL);

  while (count < MOST_VARIANTS && lines[line][count] != NULL)
    count++;
  text = g_string_new (lines[line][variant % count]);
  va_start (args, variant);
  while ((name = va_arg (args, const char *)) != NULL)
    fill (text, name, va_arg (args, const char *));
  va_end (args);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
