/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-record-words.h"

#include "ava-fold.h"
#include "ava-words.h"

#include <string.h>

/* Words of a rule in what somebody wrote into a record. What is found counts, unless the note denies it in one of a few
 * forms that can mean nothing else: every word between the "not" and what it denies must be known. In doubt it counts. */

#define LEAST_INSIDE 5   /* [letters] of a word that counts inside another: "accutane" in "Roaccutane" */
#define YEARS_OVER 2

/* One of these anywhere, and no denial of that record is believed. */
#define DOUBT "again|restart|restarted|restarting|resume|resumed|resuming|now|back|but|except|unless|until|till|since|however|although|though|" \
  "unsure|uncertain|maybe|perhaps|possible|possibly|probably|might|may|could|sure|if|today|week|weeks|month|months|yesterday|recently|" \
  "last|late|only|just|longer|anymore|soon|?"
#define NOT "no|not|never|without|non|doesnt|dont|isnt|arent|wasnt|didnt|hasnt"
/* May stand between "not" and what it denies. */
#define BETWEEN "a|an|any|the|her|his|of|to|on|for|been|currently|presently|current|known|yet|taking|using|use|uses|take|takes|is|are|was|being|" \
  "allergic|allergy|allergies|history|reaction|reactions|sensitivity|evidence|sign|signs"
/* Of those, what makes it plain that nothing is forbidden. */
#define PLAIN "known|taking|using|use|uses|take|takes|on|allergic|allergy|allergies|history|reaction|reactions|sensitivity|evidence|sign|signs|current"
#define ALLERGY "allergy|allergies|reaction|reactions|sensitivity"
#define STOPPED "stopped|finished|discontinued|completed|quit|ended"

static gboolean
is_break (const char *token)
{
  return token == NULL || *token == '\0' || strchr (";:?", *token) != NULL;
}

static void
add_token (GPtrArray *tokens,
           GString   *word)
{
  if (word->len > 0)
    g_ptr_array_add (tokens, g_strdup (word->str));
  g_string_truncate (word, 0);
}

/* Folded words; ";" ends a clause, ":" asks and "?" doubts. */
static GPtrArray *
split (const char *text)
{
  g_autofree char *folded = ava_fold_text (text);
  g_autoptr (GString) word = g_string_new (NULL);
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean hyphen = c == '-' && word->len > 0;

    if (g_unichar_isalnum (c)) {
      g_string_append_unichar (word, c);
    } else if (c != '\'') {
      add_token (tokens, word);
      if (c == '?' || c == ':' || c == '=' || c == '\n' || (!g_unichar_isspace (c) && !hyphen))
        g_ptr_array_add (tokens, g_strdup (c == '?' ? "?" : c == ':' || c == '=' || c == '-' ? ":" : ";"));
    }
  }
  add_token (tokens, word);
  return tokens;
}

static const char *
get (GPtrArray *tokens,
     guint      at)
{
  return at < tokens->len ? tokens->pdata[at] : NULL;
}

static gboolean
is_one_of (GPtrArray  *tokens,
           guint       at,
           const char *words)
{
  return at < tokens->len && ava_word_is_one_of (tokens->pdata[at], words);
}

/* Returns: one past the last token, 0 when @wanted does not stand at @at */
static guint
match (GPtrArray *tokens,
       guint      at,
       GPtrArray *wanted)
{
  for (guint i = 0; i < wanted->len; i++) {
    const char *token = get (tokens, at + i);
    const char *word = wanted->pdata[i];
    gboolean last = i + 1 == wanted->len;
    gboolean inside = wanted->len == 1 && g_utf8_strlen (word, -1) >= LEAST_INSIDE;

    if (token == NULL || !(inside ? strstr (token, word) != NULL : last ? g_str_has_prefix (token, word) : g_str_equal (token, word)))
      return 0;
  }
  return at + wanted->len;
}

static gboolean
is_pregnancy (GPtrArray *wanted)
{
  return wanted->len > 0 && (g_str_has_prefix (wanted->pdata[0], "pregnan") || g_str_has_prefix (wanted->pdata[0], "expecting") ||
                             g_str_has_prefix (wanted->pdata[0], "embaraz"));
}

/* "not allergic to lidocaine", "denies blood thinners", "no known allergy to latex or lidocaine" */
static gboolean
is_denied_before (GPtrArray *tokens,
                  guint      from,
                  guint      to,
                  gboolean   plain)
{
  plain = plain || (is_one_of (tokens, to, ALLERGY) && is_break (get (tokens, to + 1)));
  for (guint at = from; at > 0; at--) {
    if (is_one_of (tokens, at - 1, "denies|denied|" NOT))   /* "never without" says the opposite */
      return (plain || is_one_of (tokens, at - 1, "denies|denied")) && (at < 2 || !is_one_of (tokens, at - 2, NOT));
    if (is_one_of (tokens, at - 1, "or|nor") && at > 1 && !is_break (get (tokens, at - 2)) &&
        !is_one_of (tokens, at - 2, NOT))
      at--;   /* and the word before it: "latex or" */
    else if (!is_one_of (tokens, at - 1, BETWEEN))
      return FALSE;
    else
      plain = plain || is_one_of (tokens, at - 1, PLAIN);
  }
  return FALSE;
}

/* "Pregnant: no", "pregnancy test negative" */
static gboolean
is_denied_after (GPtrArray *tokens,
                 guint      to,
                 gboolean   plain)
{
  gboolean test = is_one_of (tokens, to, "test");

  to += test;
  to += g_strcmp0 (get (tokens, to), ":") == 0;
  return plain && is_one_of (tokens, to, test ? "negative" : "no|none|negative|denied") && is_break (get (tokens, to + 1)) &&
         g_strcmp0 (get (tokens, to + 1), ":") != 0;
}

/* "stopped Accutane in 2019", and no later year anywhere. */
static gboolean
is_long_over (GPtrArray *tokens,
              guint      from,
              guint      to,
              int        year)
{
  guint at = from;

  while (at > 0 && is_one_of (tokens, at - 1, "taking|using|her|his|a|the|course|of"))
    at--;
  if (at == 0 || !is_one_of (tokens, at - 1, STOPPED))
    return FALSE;
  to += is_one_of (tokens, to, "in");
  if (get (tokens, to) == NULL || strlen (get (tokens, to)) != 4 || !is_break (get (tokens, to + 1)))
    return FALSE;
  for (guint i = 0; i < tokens->len; i++) {
    gint64 number = g_ascii_strtoll (tokens->pdata[i], NULL, 10);

    if ((number > year - YEARS_OVER && number < 3000) || (i == to && number < 1900))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_doubt (GPtrArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++) {
    if (is_one_of (tokens, i, DOUBT))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_one (GPtrArray     *tokens,
         gboolean       doubt,
         AvaRecordPart  part,
         GPtrArray     *wanted,
         int            year)
{
  gboolean plain = part == AVA_RECORD_TAKEN || is_pregnancy (wanted);

  for (guint at = 0; at < tokens->len && wanted->len > 0; at++) {
    guint next = match (tokens, at, wanted);

    if (next > 0 && (doubt || !(is_denied_before (tokens, at, next, plain) || is_denied_after (tokens, next, plain) ||
                                is_long_over (tokens, at, next, year))))
      return TRUE;
  }
  return FALSE;
}

gboolean
ava_record_words_have (const char    *record,
                       AvaRecordPart  part,
                       const char    *words,
                       int            year)
{
  g_autoptr (GPtrArray) tokens = record != NULL ? split (record) : NULL;
  g_auto (GStrv) all = NULL;
  gboolean doubt;

  if (tokens == NULL || tokens->len == 0)
    return FALSE;
  doubt = has_doubt (tokens);
  all = g_strsplit (words, "|", -1);
  for (guint i = 0; all[i] != NULL; i++) {
    g_autoptr (GPtrArray) wanted = split (all[i]);

    if (has_one (tokens, doubt, part, wanted, year))
      return TRUE;
  }
  return FALSE;
}

gboolean
ava_record_words_pregnancy (const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, "|", -1);

  for (guint i = 0; all[i] != NULL; i++) {
    g_autoptr (GPtrArray) wanted = split (all[i]);

    if (is_pregnancy (wanted))
      return TRUE;
  }
  return FALSE;
}
