/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-nlu.h"

#include <string.h>

#define MOST_DIGITS 18

static const char *const ones[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" };
static const char *const teens[] = { "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                                     "eighteen", "nineteen" };
static const char *const tens[] = { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };

static int
find_word (const char        *word,
           const char *const *list,
           guint              count)
{
  for (guint i = 0; i < count; i++) {
    if (strcmp (word, list[i]) == 0)
      return i;
  }
  return -1;
}

static int
read_one (const char *word)
{
  if (ava_word_is_one_of (word, "oh|o|nought|null|zeros"))
    return 0;
  if (strcmp (word, "for") == 0)
    return -1;
  return find_word (word, ones, G_N_ELEMENTS (ones));
}

/* Appends what the word at @at says, and returns how many words that took; 0 when it is no number. */
static guint
append_number (const AvaWords *words,
               guint           at,
               GString        *digits)
{
  const char *word = ava_words_get (words, at);
  int value = read_one (word);
  int ten = find_word (word, tens, G_N_ELEMENTS (tens));
  int teen = find_word (word, teens, G_N_ELEMENTS (teens));
  int unit = read_one (ava_words_get (words, at + 1));

  if (*word != '\0' && word[strspn (word, "0123456789")] == '\0') {
    g_string_append (digits, word);
    return 1;
  }
  if (ava_word_is_one_of (word, "double|triple") && unit >= 0) {
    for (guint i = 0; i < (*word == 'd' ? 2 : 3); i++)
      g_string_append_printf (digits, "%d", unit);
    return 2;
  }
  if (value > 0 && strcmp (ava_words_get (words, at + 1), "hundred") == 0) {
    g_string_append_printf (digits, "%d00", value);
    return 2;
  }
  if (value > 0 && strcmp (ava_words_get (words, at + 1), "thousand") == 0) {
    g_string_append_printf (digits, "%d000", value);
    return 2;
  }
  if (value >= 0 || teen >= 0) {
    g_string_append_printf (digits, "%d", value >= 0 ? value : teen + 10);
    return 1;
  }
  if (ten >= 0) {
    g_string_append_printf (digits, "%d", (ten + 2) * 10 + (unit > 0 ? unit : 0));
    return unit > 0 ? 2 : 1;
  }
  return 0;
}

/**
 * ava_nlu_read_digits:
 * @text: as typed or heard
 * @asked: digits were asked for: a few are enough; else only a whole phone number counts
 *
 * The last row of digits counts: "no, I said five five five".
 *
 * Returns: (transfer full) (nullable): digits, with "+" before an international number
 */
char *
ava_nlu_read_digits (const AvaWords *words,
                     const char     *text,
                     gboolean        asked)
{
  g_autoptr (GString) best = g_string_new (NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean plus = strchr (text, '+') != NULL;
  gboolean gap = FALSE;

  for (guint i = 0; i < words->words->len && digits->len <= MOST_DIGITS;) {
    guint used = append_number (words, i, digits);

    if (used > 0) {
      gap = FALSE;
    } else if (strcmp (ava_words_get (words, i), "plus") == 0) {
      plus = TRUE;
      g_string_truncate (digits, 0);
    } else if (!ava_word_is_one_of (ava_words_get (words, i), "and|then|uh|um|dash|space|area|code|is") || gap) {
      if (digits->len > 0 && (best->len < 7 || digits->len >= best->len))
        g_string_assign (best, digits->str);
      g_string_truncate (digits, 0);
    } else {
      gap = strcmp (ava_words_get (words, i), "is") == 0;
    }
    i += MAX (used, 1);
  }
  if (digits->len > 0 && (best->len < 7 || digits->len >= best->len))
    g_string_assign (best, digits->str);
  if (best->len == 0 || (!asked && best->len < 10))
    return NULL;
  if (plus && best->len > 7)
    g_string_prepend_c (best, '+');
  return g_string_free (g_steal_pointer (&best), FALSE);
}

static gboolean
is_email (const char *text)
{
  return g_regex_match_simple ("^[a-z0-9._%+-]+@[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}$", text, 0, 0) &&
         strstr (text, "..") == NULL && strlen (text) <= 254;
}

static char *
read_typed (const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", 0, 0, NULL);

  if (!g_utf8_validate (text, -1, NULL) || !g_regex_match (regex, text, 0, &match))
    return NULL;
  {
    g_autofree char *found = g_match_info_fetch (match, 0);

    return g_ascii_strdown (found, -1);
  }
}

static void
append_email_word (const AvaWords *words,
                   guint          *at,
                   GString        *email)
{
  static const struct { const char *word; const char *sign; } signs[] = {
    { "dot", "." }, { "period", "." }, { "point", "." }, { "underscore", "_" }, { "dash", "-" }, { "hyphen", "-" }, { "plus", "+" },
  };
  const char *word = ava_words_get (words, *at);
  guint used;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (strcmp (word, signs[i].word) == 0) {
      g_string_append (email, signs[i].sign);
      return;
    }
  }
  used = append_number (words, *at, email);
  if (used == 0)
    g_string_append (email, word);
  else
    *at += used - 1;
}

/**
 * ava_nlu_read_email:
 * @text: as typed or heard
 *
 * Reads "sam@example.com" and "sam dot jones at gmail dot com".
 *
 * Returns: (transfer full) (nullable): an email address in lower case
 */
char *
ava_nlu_read_email (const AvaWords *words,
                    const char     *text)
{
  g_autoptr (GString) email = g_string_new (NULL);
  g_autofree char *typed = read_typed (text);
  guint from = 0;
  guint next;
  guint at;
  guint end;

  if (typed != NULL)
    return is_email (typed) ? g_steal_pointer (&typed) : NULL;
  if (!ava_words_find (words, "dot com|dot net|dot org|dot edu|dot co|dot us|dot gov|dot io|dot me", 0, &end, &next))
    return NULL;
  /* The last "at" before the end: an earlier one may be that of a time. */
  for (at = end; at > 0 && strcmp (ava_words_get (words, at), "at") != 0;)
    at--;
  if (at == 0)
    return NULL;
  for (guint i = 0; i < at; i++) {
    if (ava_word_is_one_of (ava_words_get (words, i), "is|its|email|to|um|uh|yes|sure|address|okay"))
      from = i + 1;
  }
  for (guint i = from; i < next; i++) {
    if (i == at)
      g_string_append_c (email, '@');
    else
      append_email_word (words, &i, email);
  }
  return is_email (email->str) ? g_string_free (g_steal_pointer (&email), FALSE) : NULL;
}
