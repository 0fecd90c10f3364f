/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-red-flags-private.h"

#include <string.h>

/*
 * Whether a sign that was said is meant of somebody now. A "no" counts up to the next clause or new subject, and no
 * further. What is denied, long past, over, wished, feared or only asked about is no emergency; a doubt is one: it
 * is better to stop once too often.
 */

#define DENIAL_REACH 8   /* [words] from "no" to what it denies */
#define FRAME_REACH 10   /* [words] from "what if" or "I am scared" to what it is about */

#define NEGATIONS "no|nope|not|never|without|dont|havent|hasnt|isnt|arent|didnt|doesnt|wasnt|werent|neither|nor|zero|denies"
#define OWN_NOT "cant|couldnt|wont|not|isnt|stopped|dont|doesnt|unable|nothing|nobody|hardly|barely|not able|no|never|cannot"
#define RELEASES "but|although|except|now|sure|only|just|know|believe|understand|because|so|cant|wont|stop|whats|why"
#define SUBJECTS "i|im|ive|my|she|shes|he|hes|her|his|its|theres|there|we|they|something|everything"
/* What somebody has now, even in a question. */
#define OWN "my|mine|i have|i am|im|ive|i cant|i see|i feel|help|she|he|her|his|we|right now|shes|hes|i just|i got|i had|its all|its turning|its getting"
#define ASKING "does|do|can|could|will|would|is|are|has|have|should|what|how|which|whats|did"
/* "will my lips swell" is asked before, "will the hives go away" is not. */
#define IS_THERE "this|these|go away|go down|stop|still"
#define FILLERS "hi|hello|hey|um|uh|so|and|wait|oh|okay|ok|well|just|sorry|quick|question|yeah|yes|no|also|but"
/* Only what might be: whatever follows is a thought. */
#define THEORY "what if|what happens if|what are the odds|whats the chance|what are the chances|whats the risk|is there a risk|is there a chance|risk of|chance of|chances of|odds of|" \
               "risks like|side effects|side effect|is it true|i heard|i read|i saw online|ive heard|ive read|do i need to worry|should i worry|how would i know|can you get|" \
               "you can lose|you can get|you can go|you could lose|you could get|people can|what would you do|what do you do|possible to get|lead to|happens if|how likely"
#define FEARS "scared|afraid|worried|worry|nervous|terrified|concerned|hope i dont|hoping i dont|hope it doesnt"
#define MAYBE "ill|will|would|might|could|may|id|itll|hell|shell|going to"
#define SEEKS "id|want|wants|id love|would love|treat|remove|fix|get rid of|reduce|less|id prefer|do you do|improve|hide|help with|correct|something for|anything for"
#define NOT_SEEKS "want to know|want to ask|want to tell|want to report|want to make sure|want to see|want to come|want to talk|want to speak"
#define PRESENT "is|are|am|im|shes|hes|its|theres|cant|wont|has|have|keeps|keep|feels|feel|hurts|looks|went|turned|started|got|getting|ive|been|doesnt|isnt"
#define PAST "years ago|year ago|months ago|month ago|weeks ago|week ago|long ago|decades ago|last year|last summer|last winter|last spring|last fall|last month|last christmas|last time|" \
             "when i was|when she was|when he was|as a kid|as a child|as a baby|as a teenager|used to|once|in high school|in college|years before|in the past|history of|in my twenties|back in|" \
             "in january|in february|in march|in april|in may|in june|in july|in august|in september|in october|in november|in december|at a wedding|the first day|the first few days|" \
             "for two days|for a couple days|for a day|for a few days|for three days|was a baby|was little|was younger"
#define WAS "had|died|was|were|fainted|passed|used|carried|got|did|have had|went|broke|couldnt|turned|felt|swelled|rush|rushed"
#define OVER "fine|free|stopped|gone|went away|under control|better now|normal|is over|good|okay|ok|great"
/* It was, and all is well. */
#define RESOLVED "went away|gone now|all gone|its gone|is gone|fine now|ok now|okay now|was fine|hes ok|shes ok|hes okay|shes okay|hes fine|shes fine|im fine|im okay|im ok|better now|cleared me|" \
                 "turned out fine|healed|resolved|all better|back to normal|swelling went down|subsided"
#define RECENT "is still|are still|its still|im still|still hurts|still cant|still have|still swollen|still numb|still blurry|still bad|still there|today|tonight|since|this morning|yesterday|last night|right now|minutes ago|hour ago|hours ago|just now|days ago|keeps"
#define HABIT "in winter|in the winter|raynauds|when i dont eat|when i skip|when i see needles|when i see blood|of needles|from needles|around needles|sight of blood|when she climbs|when he climbs|when i climb|when i exercise|" \
              "when i run|when he runs|when i fly"
#define LAUGHS "ha ha|haha|lol|kidding|im joking|im laughing|laughed so hard|laughing so hard|from laughing|laughing too hard|laughing that hard|made me laugh|with excitement|with joy|with laughter|" \
               "with embarrassment|choking up|choked up|in shock when|took my breath|takes my breath|breathtaking"

static gboolean
is_negation (const char *word)
{
  return ava_word_is_one_of (word, NEGATIONS);
}

static gboolean
have_between (const AvaWords *words,
              guint           from,
              guint           to,
              const char     *phrases)
{
  guint at;
  guint next;

  return ava_words_find (words, phrases, from, &at, &next) && at < to;
}

static guint
start_of (const AvaDangerPlace *place)
{
  return place->at[0];
}

static guint
end_of (const AvaDangerPlace *place)
{
  return place->next[place->n - 1];
}

/* "cannot breathe" carries its own "not"; before it, a second one would be odd. */
static gboolean
has_own_not (const AvaWords       *words,
             const AvaDangerPlace *place)
{
  return ava_word_is_one_of (ava_words_get (words, start_of (place)), OWN_NOT);
}

/* "no trouble breathing", and between its parts "my throat isn't swelling" */
static gboolean
is_denied (const AvaWords       *words,
           const AvaDangerPlace *place)
{
  guint at = start_of (place);

  for (guint part = 1; part < place->n; part++) {
    for (guint i = place->next[part - 1]; i < place->at[part]; i++) {
      if (is_negation (ava_words_get (words, i)))
        return TRUE;
    }
  }
  if (has_own_not (words, place) || ava_word_is_one_of (ava_words_get (words, at), SUBJECTS))
    return FALSE;
  for (guint back = 1; back <= DENIAL_REACH && back <= at; back++) {
    const char *word = ava_words_get (words, at - back);

    if (ava_word_is_one_of (word, RELEASES) || ava_word_is_one_of (word, SUBJECTS))
      return FALSE;
    if (is_negation (word))
      return TRUE;
  }
  return FALSE;
}

/* "no fever, chills, or trouble breathing": the "or" goes on denying. */
static gboolean
goes_on_denying (GPtrArray *clauses,
                 guint      at)
{
  if (at == 0 || !ava_word_is_one_of (ava_words_get (clauses->pdata[at], 0), "or|nor"))
    return FALSE;
  for (guint i = 0; i < at; i++) {
    if (ava_words_have (clauses->pdata[i], NEGATIONS))
      return TRUE;
  }
  return FALSE;
}

/* "if I have chest pain", but not "I am not sure if" and not "if I stand up I faint" */
static gboolean
is_supposed (const AvaWords *words,
             guint           at)
{
  for (guint back = 1; back <= at && back <= FRAME_REACH; back++) {
    guint i = at - back;

    if (!ava_word_is_one_of (ava_words_get (words, i), "if|unless|incase"))
      continue;
    if (ava_word_is_one_of (ava_words_get (words, i + 2), "stand|move|touch|breathe|press|swallow|lie|lay|sit|walk|talk|look|open|close|bend|turn|get"))
      return FALSE;
    return i == 0 || !ava_word_is_one_of (ava_words_get (words, i - 1), "sure|know|wondering|wonder|sounds|as");
  }
  return FALSE;
}

/* "I am scared I'll go blind", "is there a risk of", "I heard that" */
static gboolean
is_feared_or_theory (GPtrArray      *clauses,
                     guint           clause,
                     guint           at)
{
  const AvaWords *words = clauses->pdata[clause];
  guint from = at > FRAME_REACH ? at - FRAME_REACH : 0;
  guint fear;
  guint next;

  if (have_between (words, from, at, THEORY))
    return TRUE;
  if (clause > 0 && ava_words_have (clauses->pdata[clause - 1], FEARS))
    return have_between (words, 0, at + 3, MAYBE);
  return ava_words_find (words, FEARS, from, &fear, &next) && fear < at && have_between (words, next, at + 1, MAYBE);
}

/* "I'd like my face less puffy", but not "I want to come in, my face is puffy" */
static gboolean
is_sought (const AvaWords       *words,
           const AvaDangerPlace *place)
{
  guint at = start_of (place);
  guint from = at > FRAME_REACH ? at - FRAME_REACH : 0;
  guint seek;
  guint next;

  return ava_words_find (words, SEEKS, from, &seek, &next) && seek < at && !ava_words_have (words, NOT_SEEKS) &&
         !have_between (words, next, end_of (place), PRESENT);
}

static gboolean
is_about_the_future (const AvaWords *words,
                     guint           first)
{
  guint will = strcmp (ava_words_get (words, first), "how") == 0 ? first + 2 : first;

  return ava_word_is_one_of (ava_words_get (words, will), "will|would") && !ava_words_have (words, PRESENT) && !ava_words_have (words, IS_THERE);
}

/* "does Botox cause blurred vision?" has nobody who has it. */
static gboolean
is_asked (const AvaWords *words)
{
  guint first = 0;

  while (ava_word_is_one_of (ava_words_get (words, first), FILLERS))
    first++;
  if (strcmp (ava_words_get (words, first), "when") == 0)
    first++;
  return ava_word_is_one_of (ava_words_get (words, first), ASKING) && strcmp (ava_words_get (words, first + 1), "be") != 0 &&
         (!ava_words_have (words, OWN) || is_about_the_future (words, first));
}

static gboolean
names_a_year (const AvaWords *words)
{
  for (guint i = 0; i < words->words->len; i++) {
    const char *word = ava_words_get (words, i);

    if (strlen (word) == 4 && strspn (word, "0123456789") == 4 && (g_str_has_prefix (word, "19") || g_str_has_prefix (word, "20")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
anybody_said (GPtrArray  *clauses,
              const char *phrases)
{
  for (guint i = 0; i < clauses->len; i++) {
    if (ava_words_have (clauses->pdata[i], phrases))
      return TRUE;
  }
  return FALSE;
}

/* Something that was, and long ago or over. What is going on is told in another tense. */
static gboolean
is_past (GPtrArray            *clauses,
         const AvaWords       *words,
         const AvaDangerPlace *place)
{
  guint at = start_of (place);
  guint next = end_of (place);

  if (anybody_said (clauses, RECENT) || ava_words_have (words, "now") || !have_between (words, at > 5 ? at - 5 : 0, next, WAS) ||
      have_between (words, at > 0 ? at - 1 : 0, next, "is|are|am|im|cant|wont|keeps|feels|hurts|looks|hes|shes|its|theres"))
    return FALSE;
  return ava_words_have (words, PAST) || names_a_year (words) || anybody_said (clauses, RESOLVED);
}

/* What is said just after it: "breathing is fine", "chest pain is gone"; but not "I can't see too good". */
static gboolean
is_over (const AvaWords       *words,
         const AvaDangerPlace *place)
{
  guint next = end_of (place);

  return !has_own_not (words, place) && have_between (words, next, next + 4, OVER) && !have_between (words, next, next + 4, NEGATIONS "|is that|is this|is it|am i|will i|than|as|times|get");
}

static gboolean
is_little (const AvaWords       *words,
           const AvaDangerPlace *place)
{
  return have_between (words, start_of (place) > 2 ? start_of (place) - 2 : 0, end_of (place), "a bit|a little|little|bit|slightly|mildly");
}

/**
 * ava_danger_is_meant:
 * @clauses: (element-type AvaWords): all that was said
 * @clause: where @sign was found
 * @place: and at which words of it
 *
 * Returns: whether it is said of somebody, now
 */
gboolean
ava_danger_is_meant (GPtrArray            *clauses,
                     guint                 clause,
                     const AvaDangerSign  *sign,
                     const AvaDangerPlace *place)
{
  const AvaWords *words = clauses->pdata[clause];
  guint at = start_of (place);

  if (is_denied (words, place) || goes_on_denying (clauses, clause) || is_supposed (words, at) || is_past (clauses, words, place) ||
      is_over (words, place) || anybody_said (clauses, LAUGHS "|is that true|is it true") || ava_words_have (words, HABIT))
    return FALSE;
  if ((sign->traits & AVA_DANGER_ASKED_TOO) == 0 && is_asked (words))
    return FALSE;
  if ((sign->traits & AVA_DANGER_WISHED_TOO) == 0 && (is_feared_or_theory (clauses, clause, at) || is_sought (words, place)))
    return FALSE;
  return (sign->traits & AVA_DANGER_A_LITTLE_IS_FINE) == 0 || !is_little (words, place);
}
