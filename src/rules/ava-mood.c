/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-mood.h"

#include "ava-words.h"

/* Lists, not a model: a receptionist can say why a call was marked, and the same words always mark it. */
static const struct { AvaMood mood; const char *phrases; } signs[] = {
  { AVA_MOOD_ANGRY,
    "ridiculous|unacceptable|outrageous|furious|angry|disgusting|worst|useless|stupid|idiot|idiots|garbage|lawyer|lawsuit|sue you|"
    "complaint|complain|rip off|ripped off|scam|waste of time|waste of my time|wasting my time|sick of this|sick and tired|fed up|had enough|"
    "hate this|terrible service|horrible service|how dare|shut up|your manager|my money back" },
  { AVA_MOOD_UPSET,
    "frustrated|frustrating|annoyed|annoying|disappointed|disappointing|upset|unhappy|not happy|again and again|for the third time|"
    "third time|how many times|already told you|already said|told you already|not listening|are you listening|dont understand me|"
    "not what i said|not what i asked|terrible|horrible|awful|taking too long|been waiting" },
  { AVA_MOOD_WORRIED,
    "worried|worry|nervous|scared|afraid|anxious|concerned|frightened|does it hurt|will it hurt|is it safe|side effects|not sure if i should" },
  { AVA_MOOD_PLEASED,
    "wonderful|perfect|great|awesome|amazing|fantastic|lovely|excellent|love it|thank you so much|thanks so much|so happy|very kind|appreciate it" },
};

/* "I am not angry" is no anger; "not happy" stands in the lists itself. */
static gboolean
says (const AvaWords *words,
      const char     *phrases)
{
  guint at = 0;
  guint next = 0;

  for (guint from = 0; ava_words_find (words, phrases, from, &at, &next); from = next) {
    const char *before = at > 0 ? ava_words_get (words, at - 1) : "";

    if (!ava_word_is_one_of (before, "not|never|isnt|arent|wasnt|dont"))
      return TRUE;
  }
  return FALSE;
}

/* One plain utterance calms by one step; anger takes its time. */
static AvaMood
ease (AvaMood before)
{
  switch (before) {
  case AVA_MOOD_ANGRY:
    return AVA_MOOD_UPSET;
  case AVA_MOOD_UPSET:
  case AVA_MOOD_WORRIED:
  case AVA_MOOD_PLEASED:
  case AVA_MOOD_CALM:
  default:
    return AVA_MOOD_CALM;
  }
}

/**
 * ava_mood_hear:
 * @before: the mood up to now; AVA_MOOD_CALM at the start
 * @text: the next utterance of the caller
 *
 * Being upset twice in a row is anger: that is how a voice rises. A short answer changes nothing.
 *
 * Returns: the mood from now on
 */
AvaMood
ava_mood_hear (AvaMood     before,
               const char *text)
{
  g_autoptr (AvaWords) words = ava_words_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (!says (words, signs[i].phrases))
      continue;
    if (signs[i].mood == AVA_MOOD_UPSET && before >= AVA_MOOD_UPSET)
      return AVA_MOOD_ANGRY;
    return signs[i].mood;
  }
  return words->words->len < 3 ? before : ease (before);
}

/**
 * ava_mood_to_string:
 *
 * Returns: the name of @mood, as journals write it
 */
const char *
ava_mood_to_string (AvaMood mood)
{
  static const char *const names[] = { "pleased", "calm", "worried", "upset", "angry" };

  g_return_val_if_fail (mood < G_N_ELEMENTS (names), "calm");

  return names[mood];
}
