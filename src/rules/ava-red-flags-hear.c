/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-red-flags-private.h"

#include <string.h>

/* From a text as heard or typed to clauses of plain words: no hedges, one spelling, slips of a letter mended. */

#define MOST_CLAUSES 64

/* Said without meaning: "it's kinda, like, hard to breathe". */
#define HEDGES "um|uh|uhm|erm|hmm|like|kinda|sorta|basically|literally|honestly|actually|somewhat"

/* What does not cease goes on: "won't stop", "hasn't really gone down", "isn't getting any better" are one word, PERSISTS. */
#define NOT "not|never|wont|dont|doesnt|didnt|hasnt|havent|isnt|arent|wasnt|cant|couldnt|wouldnt"
#define CEASE "stop|stops|stopped|stopping|quit|quits|quitting|let up|lets up|letting up|go down|goes down|gone down|going down|come down|coming down|" \
              "go away|goes away|gone away|going away|better|improve|improved|improving|ease|eased|easing|subside|subsided|subsiding|settle|settled|settling|" \
              "calm|calming|slow|slowing|slowed|clear up|clearing up|cleared up|heal|healing|healed|fade|fading|wear off|wearing off|worn off|" \
              "help|helps|helping|helped|normal"
#define BETWEEN "really|even|quite|yet|just|seem|seems|to|get|gets|getting|gotten|got|make|any|ever|at|all|gone|back|going|want|wants|much|fully|completely|" \
                "feel|feels|feeling|look|looks|it|this|the|my|her|his|lip|lips|face|eye|swelling|pain|bleeding|burning"
#define PERSISTS "persists"
#define CEASE_REACH 4 /* [words] between the two at most */

static const struct {
  const char *said;
  const char *means;
} spellings[] = {
  { "cannot", "cant" },     { "cnt", "cant" },       { "carnt", "cant" },    { "caint", "cant" },   { "gonna", "going to" },
  { "wanna", "want to" },   { "gotta", "got to" },   { "aint", "isnt" },     { "swolen", "swollen" }, { "fone", "phone" },
  { "breth", "breath" },   { "brething", "breathing" }, { "alot", "a lot" }, { "hurtin", "hurting" },
  { "goin", "going" },      { "dyin", "dying" },     { "nuthin", "nothing" }, { "sumthin", "something" }, { "tryna", "trying to" },
};

static void
put (AvaWords   *to,
     const char *word)
{
  g_ptr_array_add (to->words, g_strdup (word));
}

static const char *
spelling_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++) {
    if (strcmp (spellings[i].said, word) == 0)
      return spellings[i].means;
  }
  return NULL;
}

/* "can t", "can not", "kind of": two words that are one or none; returns how many were taken */
static guint
put_pair (AvaWords   *to,
          const char *word,
          const char *after)
{
  if (strcmp (word, "can") == 0 && ava_word_is_one_of (after, "not|t")) {
    put (to, "cant");
    return 2;
  }
  if (ava_word_is_one_of (word, "no|not") && strcmp (after, "can") == 0) {
    put (to, "cant");
    return 2;
  }
  if (strcmp (after, "t") == 0 && ava_word_is_one_of (word, "don|won|isn|doesn|didn|couldn|hasn|haven|aren|wasn|weren|wouldn")) {
    g_ptr_array_add (to->words, g_strconcat (word, "t", NULL));
    return 2;
  }
  if (ava_word_is_one_of (word, "kind|sort") && strcmp (after, "of") == 0)
    return 2;
  if (strcmp (word, "you") == 0 && strcmp (after, "know") == 0)
    return 2;
  if (strcmp (word, "i") == 0 && ava_word_is_one_of (after, "mean|guess"))
    return 2;
  return 0;
}

static void
put_plain (AvaWords   *to,
           const char *word)
{
  const char *means = spelling_of (word);

  if (means != NULL) {
    g_auto (GStrv) parts = g_strsplit (means, " ", -1);

    for (guint i = 0; parts[i] != NULL; i++)
      put (to, parts[i]);
  } else if (!ava_word_is_one_of (word, HEDGES)) {
    put (to, word);
  }
}

/* (transfer full): @said without hedges, in one spelling */
static AvaWords *
respell (const AvaWords *said)
{
  AvaWords *words = g_new0 (AvaWords, 1);

  words->words = g_ptr_array_new_with_free_func (g_free);
  words->raw = g_ptr_array_new ();
  for (guint i = 0; i < said->words->len;) {
    guint taken = put_pair (words, ava_words_get (said, i), ava_words_get (said, i + 1));

    if (taken == 0)
      put_plain (words, ava_words_get (said, i));
    i += MAX (taken, 1);
  }
  return words;
}

/* Whether what is negated at @at is ceasing, said at @cease. */
static gboolean
does_not_cease (const AvaWords *words,
                guint           at,
                guint          *cease,
                guint          *next)
{
  guint after = at + 1;

  if (!ava_word_is_one_of (ava_words_get (words, at), NOT) || !ava_words_find (words, CEASE, after, cease, next) || *cease > after + CEASE_REACH)
    return FALSE;
  while (after < *cease && ava_word_is_one_of (ava_words_get (words, after), BETWEEN))
    after++;
  return after == *cease;
}

/* (transfer full): the same, with what does not cease in one word, so that its "not" denies nothing */
static AvaWords *
plain (const AvaWords *said)
{
  AvaWords *words = respell (said);

  for (guint at = 0; at < words->words->len; at++) {
    char **word = (char **) &words->words->pdata[at];
    guint cease;
    guint next;

    if (!does_not_cease (words, at, &cease, &next))
      continue;
    g_free (*word);
    *word = g_strdup (PERSISTS);
    g_ptr_array_remove_range (words->words, cease, next - cease);
  }
  return words;
}

/* "the throat's closing", "swolllen": the word that was meant, where it is one of danger */
static void
mend (AvaWords *words)
{
  for (guint i = 0; i < words->words->len; i++) {
    char **word = (char **) &words->words->pdata[i];
    gsize length = strlen (*word);

    if (ava_danger_is_word (*word))
      continue;
    if (length > 3 && (*word)[length - 1] == 's') {
      g_autofree char *one = g_strndup (*word, length - 1);

      if (ava_danger_is_word (one)) {
        g_free (*word);
        *word = g_steal_pointer (&one);
        continue;
      }
    }
    if (ava_danger_guess_word (*word) != NULL) {
      const char *guess = ava_danger_guess_word (*word);

      g_free (*word);
      *word = g_strdup (guess);
    }
  }
}

/**
 * ava_danger_plain_phrase:
 * @phrase: words of the lexicon or of a sign; "." and "*" stay
 *
 * Returns: (transfer full): as it will be heard
 */
char *
ava_danger_plain_phrase (const char *phrase)
{
  g_autoptr (AvaWords) said = g_new0 (AvaWords, 1);
  g_autoptr (AvaWords) words = NULL;
  g_auto (GStrv) parts = g_strsplit (phrase, " ", -1);

  said->words = g_ptr_array_new ();
  said->raw = g_ptr_array_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (said->words, parts[i]);
  words = plain (said);
  g_ptr_array_add (words->words, NULL);
  return g_strjoinv (" ", (char **) words->words->pdata);
}

/* --- Clauses ---------------------------------------------------------------------------------- */

static gboolean
ends_clause (gunichar c)
{
  return c == ',' || c == ';' || c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == 0x2026 || c == 0x2014;
}

/* A last word "." stands for the end of a clause, so that a sign can ask for it. */
static void
add_clause (GPtrArray  *clauses,
            const char *start,
            gsize       length)
{
  g_autofree char *text = g_strndup (start, length);
  g_autoptr (AvaWords) said = NULL;
  AvaWords *words;

  if (clauses->len >= MOST_CLAUSES)
    return;
  said = ava_words_new (text);
  words = plain (said);
  if (words->words->len == 0) {
    ava_words_free (words);
    return;
  }
  mend (words);
  put (words, ".");
  g_ptr_array_add (clauses, words);
}

/* "but" begins a clause, as if there were a comma before it. */
static gboolean
begins_clause (const char *at)
{
  static const char *const words[] = { "but", "although", "though", "however", "except" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_ascii_strncasecmp (at, words[i], strlen (words[i])) == 0 && !g_ascii_isalpha (at[strlen (words[i])]))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_danger_hear:
 * @text: what was said or written so far; need not be valid UTF-8
 *
 * Returns: (transfer full) (element-type AvaWords): its clauses, each ended by "."
 */
GPtrArray *
ava_danger_hear (const char *text)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_words_free);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *start = valid;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (ends_clause (c)) {
      add_clause (clauses, start, at - start);
      start = g_utf8_next_char (at);
    } else if (c == ' ' && begins_clause (at + 1)) {
      add_clause (clauses, start, at - start);
      start = at + 1;
    }
  }
  add_clause (clauses, start, strlen (start));
  return clauses;
}
