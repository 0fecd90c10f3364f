/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-words.h"

#include <string.h>

#define MOST_CHARACTERS 1000  /* read of one utterance; nobody says more in one breath */
#define NEGATION_REACH 4      /* [words] from "not" to what it denies */

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018;
}

static void
take_word (AvaWords *self,
           GString  *plain,
           GString  *raw)
{
  if (plain->len > 0) {
    g_ptr_array_add (self->words, g_strdup (plain->str));
    g_ptr_array_add (self->raw, g_strdup (raw->str));
  }
  g_string_truncate (plain, 0);
  g_string_truncate (raw, 0);
}

/**
 * ava_words_new:
 * @text: as typed or heard; need not be valid UTF-8
 *
 * Returns: (transfer full): its words
 */
AvaWords *
ava_words_new (const char *text)
{
  AvaWords *self = g_new0 (AvaWords, 1);
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, MOST_CHARACTERS * 4));
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) raw = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (" ");
  guint count = 0;

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->raw = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = valid; *at != '\0' && count < MOST_CHARACTERS; at = g_utf8_next_char (at), count++) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isalnum (c) || g_unichar_ismark (c)) {
      g_string_append_unichar (plain, g_unichar_tolower (c));
      g_string_append_unichar (raw, c);
    } else if (is_apostrophe (c)) {
      g_string_append_c (raw, '\'');
    } else {
      take_word (self, plain, raw);
    }
  }
  take_word (self, plain, raw);
  for (guint i = 0; i < self->words->len; i++)
    g_string_append_printf (all, "%s ", (char *) self->words->pdata[i]);
  self->text = g_string_free (g_steal_pointer (&all), FALSE);
  return self;
}

/**
 * ava_words_free:
 * @self: (transfer full) (nullable):
 */
void
ava_words_free (AvaWords *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->raw);
  g_free (self->text);
  g_free (self);
}

/**
 * ava_words_get:
 *
 * Returns: the plain word at @at, "" past the end
 */
const char *
ava_words_get (const AvaWords *self,
               guint           at)
{
  return at < self->words->len ? self->words->pdata[at] : "";
}

static guint
match_at (const AvaWords *self,
          guint           at,
          const char     *phrase,
          gsize           length)
{
  const char *end = phrase + length;

  while (phrase < end) {
    const char *space = memchr (phrase, ' ', end - phrase);
    gsize size = (space != NULL ? space : end) - phrase;
    const char *word = ava_words_get (self, at);

    if (strlen (word) != size || strncmp (word, phrase, size) != 0)
      return 0;
    at++;
    phrase += size + (space != NULL);
  }
  return at;
}

/**
 * ava_words_find:
 * @phrases: plain phrases, separated by "|"
 * @from: the word to begin at
 * @at: (out): first word of the match
 * @next: (out): one past its last word
 *
 * Finds the first place where one of @phrases is said; of several there, the longest.
 *
 * Returns: whether there is one
 */
gboolean
ava_words_find (const AvaWords *self,
                const char     *phrases,
                guint           from,
                guint          *at,
                guint          *next)
{
  for (guint i = from; i < self->words->len; i++) {
    const char *word = self->words->pdata[i];
    guint best = 0;

    for (const char *phrase = phrases; *phrase != '\0';) {
      gsize length = strcspn (phrase, "|");
      guint end = length > 0 && *phrase == *word ? match_at (self, i, phrase, length) : 0;

      best = MAX (best, end);
      phrase += length + (phrase[length] == '|');
    }
    if (best > 0) {
      *at = i;
      *next = best;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * ava_words_have:
 *
 * Returns: whether one of @phrases is said
 */
gboolean
ava_words_have (const AvaWords *self,
                const char     *phrases)
{
  guint at;
  guint next;

  return ava_words_find (self, phrases, 0, &at, &next);
}

/**
 * ava_words_wish:
 *
 * Returns: whether one of @phrases is said and not denied ("I do not want to cancel")
 */
gboolean
ava_words_wish (const AvaWords *self,
                const char     *phrases)
{
  guint at = 0;
  guint next = 0;

  while (ava_words_find (self, phrases, next, &at, &next)) {
    if (!ava_words_negated (self, at))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_words_are_all:
 * @words: single words, separated by "|"
 *
 * Returns: whether nothing else is said, and something is
 */
gboolean
ava_words_are_all (const AvaWords *self,
                   const char     *words)
{
  for (guint i = 0; i < self->words->len; i++) {
    if (!ava_word_is_one_of (self->words->pdata[i], words))
      return FALSE;
  }
  return self->words->len > 0;
}

/**
 * ava_words_negated:
 *
 * Returns: whether a "not" just before the word at @at denies it
 */
gboolean
ava_words_negated (const AvaWords *self,
                   guint           at)
{
  for (guint back = 1; back <= NEGATION_REACH && back <= at; back++) {
    const char *word = ava_words_get (self, at - back);

    if (ava_word_is_one_of (word, "but|and|said|i|wait|yes|actually|sorry|rather") && back > 1)
      return FALSE;
    if (ava_word_is_one_of (word, "dont|not|never|without|isnt|wasnt|didnt|doesnt|cannot|cant|wont|nor") ||
        (back == 1 && ava_word_is_one_of (word, "no|instead")) ||
        (back <= 2 && strcmp (word, "instead") == 0 && strcmp (ava_words_get (self, at - back + 1), "of") == 0))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_word_is_one_of:
 * @words: single words, separated by "|"
 *
 * Returns: whether @word is among @words
 */
gboolean
ava_word_is_one_of (const char *word,
                    const char *words)
{
  gsize length = strlen (word);

  if (length == 0)
    return FALSE;
  for (const char *at = strstr (words, word); at != NULL; at = strstr (at + 1, word)) {
    if ((at == words || at[-1] == '|') && (at[length] == '\0' || at[length] == '|'))
      return TRUE;
  }
  return FALSE;
}
