/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue.h"
#include "ava-words.h"

/* Words that stop everything. Each row is a flag, the phrases that raise it, and, where one phrase is
 * not enough, the words that must be said with it. A denied phrase ("no trouble breathing") does not
 * count; a doubt does: it is better to stop once too often. */
typedef struct {
  const char *name;
  const char *phrases;
  const char *with;      /* nullable */
} Flag;

static const Flag flags[] = {
  { "trouble breathing",
    "cant breathe|cannot breathe|can not breathe|can hardly breathe|can barely breathe|cant hardly breathe|cant catch my breath|"
    "trouble breathing|difficulty breathing|hard to breathe|hard time breathing|problems breathing|"
    "problem breathing|struggling to breathe|short of breath|shortness of breath|not breathing|"
    "stopped breathing|isnt breathing|wheezing|choking|trouble swallowing|cant swallow|cannot swallow|gasping for air", NULL },
  { "swelling of the throat or face",
    "throat is swelling|throat is closing|throat closing|throat is swollen|swollen throat|throat swelling|"
    "tongue is swelling|tongue is swollen|swollen tongue|tongue swelling|face is swelling|face is swollen|"
    "swelling of my face|swelling of my throat|swelling in my face|swelling in my throat|swollen face|"
    "lips are swelling|lips are swollen|my throat feels tight|throat is tight|throat feels tight|face swelled up|"
    "face is all swollen|face has swollen|swelling on my face", NULL },
  { "loss of vision",
    "cant see|cannot see|lost my vision|losing my vision|loss of vision|vision loss|lost vision|going blind|went blind|"
    "gone blind|blurry vision|blurred vision|vision is blurry|vision is blurred|double vision|seeing double|"
    "vision changes|vision problems|vision problem|problem with my vision|problems with my vision|lost sight|"
    "trouble seeing|vision is going|vision went|everything went dark", NULL },
  { "white or blue skin after a treatment",
    "blanching|skin is white|skin turned white|turned white|turning white|gone white|went white|skin is blue|turning blue|"
    "turned blue|skin is gray|turned gray|turning gray|skin is purple|turned purple|turning purple|mottled|skin is dying|"
    "tissue is dying|skin is turning black|turned black|turning black|lips are blue|lips are white", NULL },
  { "severe pain",
    "severe pain|extreme pain|unbearable pain|excruciating|terrible pain|worst pain|intense pain|pain is unbearable|"
    "pain is severe|in agony|horrible pain|pain is getting worse|so much pain", NULL },
  { "chest pain",
    "chest pain|pain in my chest|chest hurts|chest is tight|chest tightness|tightness in my chest|"
    "heart attack|pressure in my chest|chest feels tight", NULL },
  { "severe allergic reaction",
    "anaphylaxis|anaphylactic|severe allergic reaction|bad allergic reaction|having an allergic reaction|"
    "allergic reaction right now|hives all over|epipen|epi pen", NULL },
  { "fainting",
    "fainted|fainting|passed out|passing out|unconscious|about to faint|about to pass out|going to faint|"
    "collapsed|not responding|unresponsive|having a seizure|had a seizure|seizures", NULL },
  { "signs of a stroke",
    "having a stroke|face is drooping|face drooping|slurred speech|cant move my arm|cannot move my arm|one side is numb", NULL },
  { "heavy bleeding", "wont stop bleeding|bleeding heavily|bleeding a lot|heavy bleeding|not stop bleeding|"
    "cant stop the bleeding", NULL },
  { "spreading infection", "pus|fever|red streaks|infected|infection", "filler|botox|injection|injections|treatment|laser|peel|swollen|spreading" },
  { "danger to life", "kill myself|suicide|suicidal|end my life|hurt myself|overdose|overdosed", NULL },
  { "medical emergency", "medical emergency|this is an emergency|its an emergency|need an ambulance|call an ambulance|"
    "call nine one one|call 911", NULL },
};

static gboolean
is_denied (const AvaWords *words,
           guint           at,
           guint           next)
{
  const char *first = ava_words_get (words, at);

  /* "cannot breathe" carries its own "not"; before it, a second one would be odd. */
  if (ava_word_is_one_of (first, "cant|cannot|can|wont|not|isnt|stopped"))
    return at > 0 && ava_word_is_one_of (ava_words_get (words, at - 1), "never|not|isnt|if");
  for (guint back = 1; back <= 5 && back <= at; back++) {
    const char *word = ava_words_get (words, at - back);

    if (ava_word_is_one_of (word, "but|although|except|now|cant|cannot|stop|believe|understand"))
      return FALSE;
    if (ava_word_is_one_of (word, "no|not|never|without|dont|havent|hasnt|isnt|arent|didnt|doesnt|wasnt|neither|nor|any|zero|denies"))
      return TRUE;
  }
  return ava_word_is_one_of (ava_words_get (words, next), "free");
}

/* What is asked about, or is long past, is no emergency: "does Botox cause blurred vision?" */
static gboolean
is_question (const AvaWords *words,
             guint           at)
{
  guint asked;
  guint next;

  if (ava_words_have (words, "i have|i am|im|ive|my|help|she|he|her|his|we|right now|shes|hes"))
    return FALSE;
  return ava_words_find (words, "does|can|could|will|is it true|what if|is there a risk|risk of|side effects|cause|causes", 0,
                         &asked, &next) && asked < at;
}

/**
 * ava_dialogue_find_red_flag:
 * @text: (nullable): what was said so far; may be half a sentence
 *
 * Returns: (nullable): the red flag in words, or %NULL when there is none
 */
const char *
ava_dialogue_find_red_flag (const char *text)
{
  g_autoptr (AvaWords) words = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  words = ava_words_new (text);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    guint at = 0;
    guint next = 0;

    while (ava_words_find (words, flags[i].phrases, next, &at, &next)) {
      if (!is_denied (words, at, next) && !is_question (words, at) &&
          (flags[i].with == NULL || ava_words_have (words, flags[i].with)))
        return flags[i].name;
    }
  }
  return NULL;
}
