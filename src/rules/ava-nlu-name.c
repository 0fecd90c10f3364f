/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-nlu.h"

#include <string.h>

#define MOST_NAME_WORDS 5

/* What stands between a name and a better one, and who a booking is for. */
static const char corrections[] = "no sorry|sorry no|no wait|wait no|no its|no i mean|i mean|i meant|i should say|no|actually|sorry|wait|make that|or rather|rather|correction|scratch that";
static const char relations[] =
  "for my daughter|for my son|for my wife|for my husband|for my mother|for my mom|for my father|for my dad|for my sister|for my brother|for my friend|for my niece|for my nephew|for my aunt|for my uncle|"
  "for my boss|for my partner|for my girlfriend|for my boyfriend|for my fiance|for my fiancee|for my cousin|for my roommate|for my grandmother|for my grandma|for my neighbor";
static const char digit_words[] = "zero|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred";

/* Words that end a name, and words that no name begins with. */
static const char name_ends[] =
  "and|i|id|im|ill|ive|calling|from|my|can|could|for|to|on|with|at|is|its|please|phone|number|the|here|speaking|thanks|thank|"
  "by|about|but|not|a|an|so|want|wanted|need|would|do|does|have|actually|no|yes|like|looking|hi|hello|spelled|spelt|that|this|"
  "uh|um|er|hmm|first|last|middle|surname|cell|mobile|telephone|just|again|wait|sorry|yeah|or|in|are|you|your|it|what|when|how|who|why|as|if|then|email|book|next|today|tomorrow";
static const char not_names[] =
  "a|an|the|about|not|my|for|urgent|ridiculous|important|regarding|taking|very|so|really|too|wrong|right|correct|it|good|"
  "great|perfect|fine|just|calling|looking|interested|sorry|still|also|here|going|trying|wondering|hoping|having|allergic|"
  "pregnant|in|on|at|ok|okay|sure|available|free|happy|done|new|your|ready|afraid|running|late|back|all|that|what|when|"
  "how|who|where|yes|no|yeah|nope|yep|one|two|three|first|second|maybe|um|uh|well|i|im|me|to|is|are|do|does|can|could|"
  "would|will|please|thanks|thank|hello|hi|hey|bye|goodbye|none|nothing|something|anything|it|its|monday|tuesday|wednesday|"
  "thursday|friday|saturday|sunday|today|tomorrow|morning|afternoon|evening|repeat|wait|hold|pardon|same|as|ms|why|"
  "an|emergency|she|he|her|him|correct|speaking|driving|nervous|hungry|tired|getting|using|only|dont|not|cancel|"
  "book|price|appointment|nobody|anonymous|unknown|rather|being|with|off|out|feeling|lost|dying|bleeding|"
  "glad|curious|confused|worried|busy|flexible|open|good|from|ignore|drop|select|crazy|stupid|awful|insane|silly|nonsense";

static gboolean
is_name_word (const char *word)
{
  gsize length = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at), length++) {
    if (!g_unichar_isalpha (g_utf8_get_char (at)) && !g_unichar_ismark (g_utf8_get_char (at)))
      return FALSE;
  }
  return length > 0 && length <= 30;
}

static char *
capitalize (const char *raw)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean start = TRUE;
  gboolean mixed = FALSE;

  for (const char *at = raw; *at != '\0'; at = g_utf8_next_char (at))
    mixed = mixed || g_unichar_isupper (g_utf8_get_char (at));
  if (mixed && g_utf8_strlen (raw, -1) > 1)
    return g_strdup (raw);
  for (const char *at = raw; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    g_string_append_unichar (word, start ? g_unichar_toupper (c) : c);
    /* O'Brien, but the possessive of nothing */
    start = c == '\'' && at - raw == 1;
  }
  return g_string_free (g_steal_pointer (&word), FALSE);
}

static gboolean
is_number (const AvaWords *words,
           guint           at)
{
  const char *word = ava_words_get (words, at);

  return g_ascii_isdigit (*word) || ava_word_is_one_of (word, digit_words) ||
         (ava_word_is_one_of (word, "oh|o") && ava_word_is_one_of (ava_words_get (words, at + 1), digit_words));
}

/* Whether a telephone number is said from @at on. */
static gboolean
has_phone (const AvaWords *words,
           guint           at)
{
  gsize digits = 0;

  for (; at < words->words->len; at++)
    digits += is_number (words, at) ? MAX (strspn (ava_words_get (words, at), "0123456789"), 1) : 0;
  return digits >= 7;
}

static gboolean
is_letter (const AvaWords *words,
           guint           at)
{
  return g_utf8_strlen (ava_words_get (words, at), -1) == 1 && is_name_word (ava_words_get (words, at));
}

/* "Dana D A N A Smith": the name goes on behind the letters. */
static guint
skip_letters (const AvaWords *words,
              guint           at)
{
  guint end = at;

  while (is_letter (words, end))
    end++;
  if (end < at + 2 || !is_name_word (ava_words_get (words, end)) || ava_word_is_one_of (ava_words_get (words, end), name_ends) ||
      ava_word_is_one_of (ava_words_get (words, end), not_names) || is_number (words, end) ||
      strcmp (ava_words_get (words, at), "i") == 0)
    return at;
  return end;
}

static char *
take_name (const AvaWords *words,
           guint           from,
           guint          *next)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint count = 0;
  guint i;

  if (ava_word_is_one_of (ava_words_get (words, from), not_names))
    return NULL;
  for (i = from; i < words->words->len && count < MOST_NAME_WORDS; i++, count++) {
    const char *word;
    g_autofree char *nice = NULL;

    if (count > 0)
      i = skip_letters (words, i);
    word = ava_words_get (words, i);
    if (ava_word_is_one_of (word, name_ends) || !is_name_word (word) || is_number (words, i) ||
        (strcmp (word, "oh") == 0 && ava_word_is_one_of (ava_words_get (words, i + 1), "no|sorry|wait")))
      break;
    /* "Sam s m i t h": from here on it is spelled */
    if (i > from && is_letter (words, i) && is_letter (words, i + 1))
      break;
    nice = capitalize (words->raw->pdata[i]);
    g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", nice);
  }
  *next = i;
  if (i == from || (i == from + 1 && g_utf8_strlen (ava_words_get (words, from), -1) < 2))
    return NULL;
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Whether a name with @next behind it is all that was said, but for how it is spelled and how to reach them. */
static gboolean
is_bare_name (const AvaWords *words,
              guint           from,
              guint           next)
{
  static const char tail[] = "please|thanks|thank|you|here|speaking|and|thats|is|my|name|it|spelled|spelt|phone|number|cell|mobile|telephone|at|the|area|code|its|can|be|reached|me|on|call";
  gboolean phone = ava_word_is_one_of (ava_words_get (words, next), "and|you|my") && has_phone (words, next);
  guint letters = 0;

  for (guint i = next; i < words->words->len && !phone; i++) {
    const char *word = ava_words_get (words, i);

    if (strcmp (word, "email") == 0)
      break;
    letters += strlen (word) == 1;
    if (!ava_word_is_one_of (word, tail) && !is_number (words, i) && strlen (word) > 1 && letters == 0)
      return FALSE;
  }
  for (guint i = from; i < next; i++) {
    if (ava_word_is_one_of (ava_words_get (words, i), not_names) && !(i > from && is_letter (words, i)))
      return FALSE;
  }
  return TRUE;
}

/* The name that follows a correction at @from, which is all that was said from there on, but for another correction. */
static char *
take_correction (const AvaWords *words,
                 guint           from,
                 guint          *at,
                 guint          *next)
{
  g_autofree char *name = NULL;
  guint begin;

  if (ava_word_is_one_of (ava_words_get (words, from), "uh|um|oh|er|or"))
    from++;
  if (!ava_words_find (words, corrections, from, &begin, at) || begin != from)
    return NULL;
  while (ava_word_is_one_of (ava_words_get (words, *at), "its|it|is|the|name|my|uh|um|no|sorry|i|mean|im|thats"))
    (*at)++;
  name = take_name (words, *at, next);
  if (name == NULL || !(is_bare_name (words, *at, *next) || (ava_words_find (words, corrections, *next, &begin, &from) && begin == *next)))
    return NULL;
  return g_steal_pointer (&name);
}

static gboolean
is_corrected (const AvaWords *words,
              guint           next)
{
  guint at;
  guint end;
  g_autofree char *name = take_correction (words, next, &at, &end);

  return name != NULL;
}

/* "Ann Berg, no, Anna": one word that is said again replaces the one that it sounds like. */
static char *
mend_name (const char *before,
           const char *after)
{
  const char *space = before != NULL ? strrchr (before, ' ') : NULL;

  if (space == NULL || strchr (after, ' ') != NULL)
    return g_strdup (after);
  if (g_ascii_tolower (*before) == g_ascii_tolower (*after))
    return g_strconcat (after, space, NULL);
  if (g_ascii_tolower (space[1]) == g_ascii_tolower (*after))
    return g_strdup_printf ("%.*s %s", (int) (space - before), before, after);
  return g_strdup (after);
}

/* "Ann, no sorry, Anna Berg": the last that is said. Takes @name over. */
static char *
correct_name (const AvaWords *words,
              char           *name,
              guint          *at,
              guint          *next)
{
  char *after;
  guint from;
  guint end;

  while (name != NULL && (after = take_correction (words, *next, &from, &end)) != NULL) {
    g_autofree char *before = name;
    g_autofree char *said = after;

    name = mend_name (before, said);
    *at = from;
    *next = end;
  }
  return name;
}

static char *
read_after (const AvaWords *words,
            gboolean        asked,
            guint          *at,
            guint          *next)
{
  static const char sure[] = "my name is|name is|my names|call me|i am called|under the name|under the name of|name of|"
                             "the names|you are speaking with|youre speaking with|put it under|its under|"
                             "my last name is|my full name is";
  static const char unsure[] = "this is|i am|im|its|it is|thats|that is|for|under";
  guint from = 0;
  char *name = NULL;

  while (ava_words_find (words, sure, from, at, next)) {
    from = *at = *next;
    if (ava_words_negated (words, from > 2 ? from - 2 : 0) && from > 3)
      continue;
    name = take_name (words, from, next);
    if (name != NULL)
      return name;
  }
  from = 0;
  while (ava_words_find (words, asked ? unsure : "this is", from, at, next)) {
    gboolean early = asked || *at <= 2;

    from = *at = *next;
    if (early && !ava_words_negated (words, from))
      name = take_name (words, from, next);
    /* "This is Dana" is one name or two; a longer row of words is a sentence. */
    if (name != NULL && (asked ? is_corrected (words, *next) || is_bare_name (words, from, *next) : *next - from <= 2))
      return name;
    g_clear_pointer (&name, g_free);
  }
  return NULL;
}

/* "First name Dana, last name Smith", "Smith, S M I T H, first name Dana" */
static char *
read_parts (const AvaWords *words,
            guint          *at,
            guint          *next)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  guint from;
  guint to;
  guint end;

  if (ava_words_find (words, "first name is|first name", 0, &from, &to))
    first = take_name (words, to, next);
  if (first == NULL)
    return NULL;
  *at = to;
  if (ava_words_find (words, "last name is|last name|surname is|surname|family name is|family name", 0, &from, &to)) {
    last = take_name (words, to, &end);
    *at = MIN (*at, to);
    *next = MAX (*next, last != NULL ? end : 0);
  }
  return last != NULL ? g_strdup_printf ("%s %s", first, last) : g_steal_pointer (&first);
}

/**
 * ava_nlu_read_name:
 * @asked: a name was asked for: a bare answer is one
 * @at: (out): first word of the name
 * @next: (out): one past its last word
 *
 * Returns: (transfer full) (nullable): the caller's name with capitals
 */
char *
ava_nlu_read_name (const AvaWords *words,
                   gboolean        asked,
                   guint          *at,
                   guint          *next)
{
  guint from;
  char *name = read_parts (words, at, next);

  if (name == NULL)
    name = read_after (words, asked, at, next);
  if (name != NULL || !asked)
    return correct_name (words, name, at, next);
  for (from = 0; ava_word_is_one_of (ava_words_get (words, from), "yes|yeah|sure|um|uh|okay|ok|well|oh|hi|hello|of|course|no|so|and|the|name|sorry|please|mr|mrs|ms|miss|mister|dr|doctor");)
    from++;
  *at = from;
  name = take_name (words, from, next);
  if (name != NULL && (is_corrected (words, *next) || is_bare_name (words, from, *next)))
    return correct_name (words, name, at, next);
  g_free (name);
  return NULL;
}

/**
 * ava_nlu_read_guest:
 *
 * Reads for whom somebody else calls: "book it for my daughter Lea".
 *
 * Returns: (transfer full) (nullable): the name of the one who comes
 */
char *
ava_nlu_read_guest (const AvaWords *words)
{
  char *name = NULL;
  guint next = 0;
  guint at;

  while (name == NULL && ava_words_find (words, relations, next, &at, &next)) {
    guint end;

    while (ava_word_is_one_of (ava_words_get (words, next), "her|his|name|is|named|called"))
      next++;
    name = take_name (words, next, &end);
  }
  return name;
}

static void
append_letter (GString    *letters,
               const char *letter,
               guint       times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (letters, letter);
}

/**
 * ava_nlu_read_spelled:
 * @asked: letters were asked for
 *
 * Reads "s m i t h", "s as in sam m i t h", "double l".
 *
 * Returns: (transfer full) (nullable): the name that was spelled
 */
char *
ava_nlu_read_spelled (const AvaWords *words,
                      gboolean        asked)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  guint count = words->words->len;
  guint least = asked ? 2 : 3;

  for (guint i = 0; i < count; i++) {
    const char *word = ava_words_get (words, i);
    const char *after = ava_words_get (words, i + 1);
    gboolean twice = strcmp (word, "double") == 0 && g_utf8_strlen (after, -1) == 1 && g_ascii_isalpha (*after);

    if (twice || (g_utf8_strlen (word, -1) == 1 && g_unichar_isalpha (g_utf8_get_char (word)))) {
      append_letter (letters, twice ? after : word, twice ? 2 : 1);
      i += twice;
      if (ava_word_is_one_of (ava_words_get (words, i + 1), "as|like|for") && i + 2 < count)
        i += strcmp (ava_words_get (words, i + 2), "in") == 0 ? 3 : 2;
    } else if (letters->len >= least) {
      break;
    } else {
      g_string_truncate (letters, 0);
    }
  }
  if (letters->len < least || ava_word_is_one_of (letters->str, "am|pm|ok"))
    return NULL;
  return capitalize (letters->str);
}
