/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spoken-text.h"

#include <string.h>

/*
 * Cuts a text into sentences and writes each as it is spoken: "3:30 PM" as "three thirty p m",
 * "December 1st" as "December first". Each word given to the voice knows how much of the source
 * text has been said once it is out, so that an interruption can be placed.
 */

#define LONG_CLAUSE 50    /* [bytes] after which a comma ends a part, so that speech starts early */

static const char *const ordinals[] = {
  "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
  "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
  "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty first", "twenty second",
  "twenty third", "twenty fourth", "twenty fifth", "twenty sixth", "twenty seventh",
  "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
};

static const char *const numbers[] = {
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};

static const char *const tens[] = { "", "", "twenty", "thirty", "forty", "fifty" };

static const struct {
  const char *written;
  const char *spoken;
} abbreviations[] = {
  { "am", "A M" }, { "pm", "P M" }, { "a.m", "A M" }, { "p.m", "P M" }, { "dr", "Doctor" },
  { "st", "Street" }, { "ok", "okay" }, { "&", "and" }, { "@", "at" }, { "sms", "S M S" },
};

/**
 * ava_spoken_part_free:
 * @self: (transfer full) (nullable):
 */
void
ava_spoken_part_free (AvaSpokenPart *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_array_unref (self->ends);
  g_free (self);
}

static char *
speak_minutes (int minute)
{
  if (minute == 0)
    return g_strdup ("");
  if (minute < 10)
    return g_strdup_printf ("oh %s", numbers[minute]);
  if (minute < 20)
    return g_strdup (numbers[minute]);
  return g_strdup_printf ("%s %s", tens[minute / 10], minute % 10 > 0 ? numbers[minute % 10] : "");
}

static char *
speak_time (const char *word)
{
  char *end = NULL;
  guint64 hour = g_ascii_strtoull (word, &end, 10);
  guint64 minute;
  g_autofree char *minutes = NULL;

  if (end == word || *end != ':' || !g_ascii_isdigit (end[1]) || !g_ascii_isdigit (end[2]) ||
      end[3] != '\0' || hour > 23)
    return NULL;
  minute = g_ascii_strtoull (end + 1, NULL, 10);
  if (minute > 59)
    return NULL;
  minutes = speak_minutes (minute);
  hour = hour > 12 ? hour - 12 : hour == 0 ? 12 : hour;
  return g_strdup_printf ("%s %s", numbers[hour], minutes);
}

static char *
speak_ordinal (const char *word)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (word, &end, 10);

  if (end == word || number >= G_N_ELEMENTS (ordinals) ||
      !(g_str_equal (end, "st") || g_str_equal (end, "nd") || g_str_equal (end, "rd") ||
        g_str_equal (end, "th")))
    return NULL;
  return g_strdup (ordinals[number]);
}

/* Three or more digits that begin with a nought, and phone numbers, are said one by one. */
static char *
speak_digits (const char *word)
{
  gsize length = strspn (word, "0123456789+-()");
  g_autoptr (GString) spoken = g_string_new (NULL);

  if (word[length] != '\0' || length < 3 || !(*word == '0' || *word == '+' || length > 6))
    return NULL;
  for (const char *c = word; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      g_string_append_printf (spoken, "%s%s", spoken->len > 0 ? " " : "", numbers[*c - '0']);
  }
  return g_string_free (g_steal_pointer (&spoken), FALSE);
}

static char *
speak_abbreviation (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (abbreviations); i++) {
    if (g_ascii_strcasecmp (word, abbreviations[i].written) == 0 &&
        !(g_str_equal (abbreviations[i].written, "st") && g_ascii_islower (*word)) &&
        !(g_str_equal (abbreviations[i].written, "am") && g_ascii_islower (*word)))
      return g_strdup (abbreviations[i].spoken);
  }
  return NULL;
}

static char *
speak_word (const char *word)
{
  char *spoken = speak_time (word);

  if (spoken == NULL)
    spoken = speak_ordinal (word);
  if (spoken == NULL)
    spoken = speak_digits (word);
  if (spoken == NULL)
    spoken = speak_abbreviation (word);
  return spoken != NULL ? spoken : g_strdup (word);
}

static gboolean
is_title (const char *word)
{
  return g_ascii_strcasecmp (word, "Dr") == 0 || g_ascii_strcasecmp (word, "Mr") == 0 ||
         g_ascii_strcasecmp (word, "Mrs") == 0 || g_ascii_strcasecmp (word, "Ms") == 0;
}

typedef struct {
  GPtrArray *parts;
  GString *words;
  GArray *ends;
} Splitter;

static void
end_part (Splitter *splitter,
          gsize     end)
{
  AvaSpokenPart *part;

  if (splitter->ends->len == 0)
    return;
  part = g_new0 (AvaSpokenPart, 1);
  part->words = g_string_free (splitter->words, FALSE);
  part->ends = splitter->ends;
  part->end = end;
  g_ptr_array_add (splitter->parts, part);
  splitter->words = g_string_new (NULL);
  splitter->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
add_word (Splitter   *splitter,
          const char *core,
          const char *pause,
          gsize       end)
{
  g_autofree char *spoken = speak_word (core);
  g_auto (GStrv) words = g_strsplit_set (spoken, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    if (splitter->words->len > 0)
      g_string_append_c (splitter->words, ' ');
    g_string_append (splitter->words, words[i]);
    g_array_append_val (splitter->ends, end);
  }
  if (splitter->ends->len > 0)
    g_string_append (splitter->words, pause);
}

static void
take_token (Splitter   *splitter,
            const char *token,
            gsize       length,
            gsize       end)
{
  gsize core = length;
  g_autofree char *word = NULL;
  gboolean ends_sentence;

  while (core > 0 && strchr (".,;:!?\"')…", token[core - 1]) != NULL)
    core--;
  word = g_strndup (token, core);
  ends_sentence = core < length && strpbrk (token + core, ".!?") < token + length &&
                  strpbrk (token + core, ".!?") != NULL && !is_title (word);
  if (core == 0)
    return;
  add_word (splitter, word, core < length && !is_title (word) ? (ends_sentence ? "." : ",") : "", end);
  if (ends_sentence || (core < length && !is_title (word) && splitter->words->len > LONG_CLAUSE))
    end_part (splitter, end);
}

/**
 * ava_spoken_text_split:
 * @text: UTF-8
 *
 * Returns: (transfer full): AvaSpokenPart in order
 */
GPtrArray *
ava_spoken_text_split (const char *text)
{
  Splitter splitter = {
    .parts = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_spoken_part_free),
    .words = g_string_new (NULL),
    .ends = g_array_new (FALSE, FALSE, sizeof (gsize)),
  };
  const char *at = text;

  while (*at != '\0') {
    gsize blank = strspn (at, " \t\r\n");
    gsize length = strcspn (at + blank, " \t\r\n");

    if (length > 0)
      take_token (&splitter, at + blank, length, at + blank + length - text);
    at += blank + length;
  }
  end_part (&splitter, strlen (text));
  if (splitter.parts->len > 0)
    ((AvaSpokenPart *) splitter.parts->pdata[splitter.parts->len - 1])->end = strlen (text);
  g_string_free (splitter.words, TRUE);
  g_array_unref (splitter.ends);
  return splitter.parts;
}
