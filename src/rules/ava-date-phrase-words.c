/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"

#include <stdlib.h>
#include <string.h>

/* Cuts a phrase into tokens and reads numbers, weekdays and months from them. Works on bytes, so
 * that broken UTF-8 does no harm. */

#define TOKEN(tokens, i) (&g_array_index (tokens, AvaDateToken, i))

static const char *const unit_words[] = {
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const ten_words[] = {
  "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};
static const char *const ordinal_words[] = {
  "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
  "eighteenth", "nineteenth", "twentieth",
};
static const char *const weekday_words[] = {
  "monday|mondays|mon", "tuesday|tuesdays|tue|tues", "wednesday|wednesdays|wed|weds",
  "thursday|thursdays|thu|thur|thurs", "friday|fridays|fri", "saturday|saturdays|sat",
  "sunday|sundays|sun",
};
static const char *const month_words[] = {
  "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
  "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
};

static void
clear_token (AvaDateToken *token)
{
  g_free (token->text);
}

static gboolean
in_list (const char *text,
         const char *list)
{
  gsize length = strlen (text);

  for (const char *at = list; at != NULL; at = strchr (at, '|')) {
    if (*at == '|')
      at++;
    if (strncmp (at, text, length) == 0 && (at[length] == '\0' || at[length] == '|'))
      return TRUE;
  }
  return FALSE;
}

static AvaDateToken *
add_token (GArray           *tokens,
           AvaDateTokenKind  kind,
           char             *text,
           guint             from,
           guint             to)
{
  AvaDateToken token = { .kind = kind, .text = text, .from = from, .to = to, .number = -1 };

  g_array_append_val (tokens, token);
  return TOKEN (tokens, tokens->len - 1);
}

static guint
read_digits (const char *text,
             guint      *count)
{
  guint value = 0;

  *count = 0;
  while (g_ascii_isdigit (text[*count])) {
    if (*count < 8)
      value = value * 10 + (text[*count] - '0');
    (*count)++;
  }
  return value;
}

/* "2026-12-05", "12/5", "12/5/26": answers how many bytes it took, 0 when it is none. */
static guint
read_date (GArray     *tokens,
           const char *text,
           guint       from)
{
  guint value[3] = { 0 };
  guint count[3] = { 0 };
  guint length = 0;
  guint parts = 0;
  char mark;
  AvaDateToken *token;

  value[0] = read_digits (text, &count[0]);
  mark = text[count[0]];
  if (mark != '/' && !(mark == '-' && count[0] == 4))
    return 0;
  length = count[0];
  for (parts = 1; parts < 3 && text[length] == mark && g_ascii_isdigit (text[length + 1]); parts++) {
    value[parts] = read_digits (text + length + 1, &count[parts]);
    length += 1 + count[parts];
  }
  if (g_ascii_isdigit (text[length]) || text[length] == mark || parts < 2 ||
      (mark == '-' && (parts < 3 || count[1] > 2 || count[2] > 2)) ||
      (mark == '/' && (count[0] > 2 || count[1] > 2)))
    return 0;

  token = add_token (tokens, AVA_TOKEN_DATE, g_strndup (text, length), from, from + length);
  token->month = mark == '-' ? value[1] : value[0];
  token->day = mark == '-' ? value[2] : value[1];
  token->year = mark == '-' ? value[0] : parts < 3 ? 0 : value[2];
  if (token->year > 0 && token->year < 100)
    token->year += 2000;
  return length;
}

/* A number and what is glued to it: "5th", "3:30p", "14h30", "10am". */
static guint
read_number_token (GArray     *tokens,
                   const char *text,
                   guint       from)
{
  guint digits;
  guint more;
  guint value = read_digits (text, &digits);
  guint length = digits;
  AvaDateToken *token;
  guint letters = 0;

  if ((text[digits] == ':' || text[digits] == '.') && digits <= 2 && value < 24) {
    guint minutes = read_digits (text + digits + 1, &more);

    if (more == 2 && minutes < 60) {
      length = digits + 1 + 2;
      token = add_token (tokens, AVA_TOKEN_CLOCK, g_strndup (text, length), from, from + length);
      token->number = value * 60 + minutes;
      token->digits = digits;
    }
  }
  if (length == digits) {
    token = add_token (tokens, AVA_TOKEN_NUMBER, g_strndup (text, length), from, from + length);
    token->number = value;
    token->digits = digits;
  }
  token = TOKEN (tokens, tokens->len - 1);
  while (g_ascii_isalpha (text[length + letters]))
    letters++;
  if (letters == 2 && token->kind == AVA_TOKEN_NUMBER) {
    g_autofree char *suffix = g_ascii_strdown (text + length, 2);

    if (in_list (suffix, "st|nd|rd|th")) {
      token->ordinal = TRUE;
      token->to += 2;
      return length + 2;
    }
  }
  /* "3p" is "3 pm", as people type it. */
  if (letters == 1 && strchr ("apAP", text[length]) != NULL) {
    guint used = text[length + 1] == '.' && g_ascii_tolower (text[length + 2]) == 'm' ? 3 : 1;

    used += used == 3 && text[length + 3] == '.';
    add_token (tokens, AVA_TOKEN_WORD, g_strdup (g_ascii_tolower (text[length]) == 'a' ? "am" : "pm"),
               from + length, from + length + used);
    return length + used;
  }
  return length;
}

static gboolean
is_word_byte (guchar c)
{
  return g_ascii_isalpha (c) || c >= 0x80;
}

/* The apostrophe of typewriters and of typographers. */
static guint
apostrophe_length (const char *text)
{
  if (*text == '\'')
    return 1;
  return strncmp (text, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

static guint
dash_length (const char *text)
{
  if (*text == '-')
    return 1;
  return strncmp (text, "\xe2\x80\x93", 3) == 0 || strncmp (text, "\xe2\x80\x94", 3) == 0 ? 3 : 0;
}

/* "Fiveish", "noonish" */
static gboolean
is_ish (const char *word)
{
  g_autofree char *stem = g_str_has_suffix (word, "ish") ? g_strndup (word, strlen (word) - strlen ("ish")) : NULL;

  return stem != NULL && in_list (stem, "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|noon|midday|oclock");
}

static guint
read_word (GArray     *tokens,
           const char *text,
           guint       from)
{
  g_autoptr (GString) word = g_string_new (NULL);
  guint length = 0;

  if ((g_ascii_tolower (text[0]) == 'a' || g_ascii_tolower (text[0]) == 'p') && text[1] == '.' &&
      g_ascii_tolower (text[2]) == 'm' && !g_ascii_isalpha (text[3])) {
    length = text[3] == '.' ? 4 : 3;
    g_string_append (word, g_ascii_tolower (text[0]) == 'a' ? "am" : "pm");
  }
  while (length < 1 || word->len == 0 || (text[length - 1] != '.' && text[length] != '\0')) {
    guint skip = apostrophe_length (text + length);

    if (skip > 0) {
      length += skip;
      continue;
    }
    if (text[length] == '\0' || !is_word_byte (text[length]) || dash_length (text + length) > 0)
      break;
    g_string_append_c (word, g_ascii_tolower (text[length]));
    length++;
  }
  if (is_ish (word->str)) {
    guint stem = word->len - strlen ("ish");

    add_token (tokens, AVA_TOKEN_WORD, g_strndup (word->str, stem), from, from + stem);
    add_token (tokens, AVA_TOKEN_WORD, g_strdup ("ish"), from + stem, from + length);
  } else if (word->len > 0) {
    add_token (tokens, AVA_TOKEN_WORD, g_strdup (word->str), from, from + length);
  }
  return MAX (length, 1);
}

static gboolean
is_single_digit (AvaDateToken *token)
{
  if (token->kind == AVA_TOKEN_WORD)
    return in_list (token->text, "oh|o|zero|one|two|three|four|five|six|seven|eight|nine");
  return token->kind == AVA_TOKEN_NUMBER && token->digits == 1 && !token->ordinal;
}

static gboolean
is_number_part (AvaDateToken *token)
{
  if (token->kind == AVA_TOKEN_NUMBER)
    return !token->ordinal;
  if (token->kind == AVA_TOKEN_DASH || is_single_digit (token))
    return TRUE;
  if (token->kind != AVA_TOKEN_WORD)
    return FALSE;
  return in_list (token->text, "double|triple|hundred") ||
         in_list (token->text, "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen") ||
         in_list (token->text, "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety");
}

/* Phone numbers: seven digits or more, or three single digits in a row that are no "three oh five". */
static void
mask_run (GArray *tokens,
          guint   from,
          guint   to)
{
  guint digits = 0;
  guint singles = 0;
  guint longest = 0;
  gboolean clock;

  for (guint i = from; i < to; i++) {
    AvaDateToken *token = TOKEN (tokens, i);

    digits += token->kind == AVA_TOKEN_NUMBER ? token->digits : is_single_digit (token) ? 1 : 0;
    singles = is_single_digit (token) ? singles + 1 : 0;
    longest = MAX (longest, singles);
  }
  clock = to - from == 3 && in_list (TOKEN (tokens, from + 1)->text, "oh|o|zero");
  if (digits < 7 && (longest < 3 || clock))
    return;
  for (guint i = from; i < to; i++)
    TOKEN (tokens, i)->kind = AVA_TOKEN_MASKED;
}

static void
mask_phones (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++) {
    guint end = i;

    while (end < tokens->len && is_number_part (TOKEN (tokens, end)))
      end++;
    if (end > i) {
      mask_run (tokens, i, end);
      i = end;
    }
  }
}

/**
 * ava_date_tokens_new: (skip)
 *
 * Returns: (transfer full): the AvaDateToken of @phrase, in order
 */
GArray *
ava_date_tokens_new (const char *phrase)
{
  GArray *tokens = g_array_new (FALSE, TRUE, sizeof (AvaDateToken));
  guint at = 0;

  g_array_set_clear_func (tokens, (GDestroyNotify) clear_token);
  while (phrase[at] != '\0') {
    guint used = 0;
    guint dash = dash_length (phrase + at);

    if (g_ascii_isdigit (phrase[at])) {
      used = read_date (tokens, phrase + at, at);
      if (used == 0)
        used = read_number_token (tokens, phrase + at, at);
    } else if (dash > 0) {
      gboolean spaced = at > 0 && phrase[at - 1] == ' ' && phrase[at + dash] == ' ';
      AvaDateToken *last = tokens->len > 0 ? TOKEN (tokens, tokens->len - 1) : NULL;

      used = dash;
      if (last != NULL && (spaced || g_ascii_isdigit (phrase[at + dash]) ||
                           ava_date_token_weekday (tokens, tokens->len - 1) > 0))
        add_token (tokens, AVA_TOKEN_DASH, g_strdup ("-"), at, at + dash);
    } else if (is_word_byte (phrase[at])) {
      used = read_word (tokens, phrase + at, at);
    } else {
      used = 1;
    }
    at += used;
  }
  mask_phones (tokens);
  return tokens;
}

/**
 * ava_date_tokens_is: (skip)
 * @words: alternatives, with | between
 *
 * Returns: whether the token at @at is one of those words
 */
gboolean
ava_date_tokens_is (GArray     *tokens,
                    guint       at,
                    const char *words)
{
  if (at >= tokens->len)
    return FALSE;
  switch (TOKEN (tokens, at)->kind) {
  case AVA_TOKEN_WORD:
  case AVA_TOKEN_DASH:
    return in_list (TOKEN (tokens, at)->text, words);
  default:
    return FALSE;
  }
}

static int
find_word (GArray            *tokens,
           guint              at,
           const char *const *words,
           guint              count)
{
  for (guint i = 0; i < count; i++) {
    if (words[i][0] != '\0' && ava_date_tokens_is (tokens, at, words[i]))
      return i;
  }
  return -1;
}

/**
 * ava_date_tokens_number: (skip)
 *
 * Reads "5", "five", "twenty five".
 *
 * Returns: whether there is a cardinal below 100, or one written in digits
 */
gboolean
ava_date_tokens_number (GArray *tokens,
                        guint   at,
                        int    *value,
                        guint  *next)
{
  int units;
  int tens;

  if (at >= tokens->len)
    return FALSE;
  if (TOKEN (tokens, at)->kind == AVA_TOKEN_NUMBER && !TOKEN (tokens, at)->ordinal) {
    *value = TOKEN (tokens, at)->number;
    *next = at + 1;
    return TRUE;
  }
  units = find_word (tokens, at, unit_words, G_N_ELEMENTS (unit_words));
  if (units >= 0) {
    *value = units;
    *next = at + 1;
    return TRUE;
  }
  tens = find_word (tokens, at, ten_words, G_N_ELEMENTS (ten_words));
  if (tens < 0)
    return FALSE;
  units = find_word (tokens, at + 1, unit_words, 10);
  *value = tens * 10 + MAX (units, 0);
  *next = at + (units > 0 ? 2 : 1);
  return TRUE;
}

/**
 * ava_date_tokens_ordinal: (skip)
 *
 * Reads "5th", "fifth", "twenty first", "thirtieth".
 *
 * Returns: whether there is an ordinal
 */
gboolean
ava_date_tokens_ordinal (GArray *tokens,
                         guint   at,
                         int    *value,
                         guint  *next)
{
  int units;
  int tens;

  if (at >= tokens->len)
    return FALSE;
  *next = at + 1;
  if (TOKEN (tokens, at)->kind == AVA_TOKEN_NUMBER) {
    *value = TOKEN (tokens, at)->number;
    if (!TOKEN (tokens, at)->ordinal && ava_date_tokens_is (tokens, at + 1, "st|nd|rd|th")) {
      *next = at + 2;
      return TRUE;
    }
    return TOKEN (tokens, at)->ordinal;
  }
  units = find_word (tokens, at, ordinal_words, G_N_ELEMENTS (ordinal_words));
  if (units > 0) {
    *value = units;
    return TRUE;
  }
  if (ava_date_tokens_is (tokens, at, "thirtieth|fortieth")) {
    *value = ava_date_tokens_is (tokens, at, "thirtieth") ? 30 : 40;
    return TRUE;
  }
  tens = find_word (tokens, at, ten_words, G_N_ELEMENTS (ten_words));
  units = tens > 0 ? find_word (tokens, at + 1, ordinal_words, 10) : -1;
  if (units <= 0)
    return FALSE;
  *value = tens * 10 + units;
  *next = at + 2;
  return TRUE;
}

/**
 * ava_date_tokens_year: (skip)
 * @this_year: a spoken "twenty twenty six" counts only when it is near this year
 *
 * Returns: whether there is a year: "2026", "twenty twenty six", "two thousand twenty six"
 */
gboolean
ava_date_tokens_year (GArray *tokens,
                      guint   at,
                      int     this_year,
                      int    *value,
                      guint  *next)
{
  int rest = 0;

  if (at >= tokens->len)
    return FALSE;
  if (TOKEN (tokens, at)->kind == AVA_TOKEN_NUMBER && TOKEN (tokens, at)->digits == 4) {
    *value = TOKEN (tokens, at)->number;
    *next = at + 1;
    return *value >= 1900 && *value < 2200;
  }
  if (ava_date_tokens_is (tokens, at, "two") && ava_date_tokens_is (tokens, at + 1, "thousand")) {
    at += 2 + ava_date_tokens_is (tokens, at + 2, "and");
    if (!ava_date_tokens_number (tokens, at, &rest, next))
      return FALSE;
  } else if (ava_date_tokens_is (tokens, at, "twenty")) {
    if (!ava_date_tokens_number (tokens, at + 1, &rest, next) || rest < 10)
      return FALSE;
  } else {
    return FALSE;
  }
  *value = 2000 + rest;
  return ABS (*value - this_year) <= 3;
}

/* Short weekdays that are words of their own: "i sat", "the sun". */
static gboolean
is_trap_weekday (GArray *tokens,
                 guint   at)
{
  int number;
  guint next;

  if (!ava_date_tokens_is (tokens, at, "sat|sun|wed|mon"))
    return FALSE;
  if (at > 0 && ava_date_tokens_is (tokens, at - 1, "on|this|next|coming|for|by|before|after|until|from|or|-"))
    return FALSE;
  if (at > 0 && ava_date_tokens_is (tokens, at - 1, "the|i|we|he|she|they|you|my|a|to|in|of|and|have|has"))
    return TRUE;
  return !ava_date_tokens_is (tokens, at + 1, "at|morning|afternoon|evening|after|before|the|or|noon|-|works|would|please|if|then") &&
         !ava_date_tokens_number (tokens, at + 1, &number, &next) &&
         at + 1 < tokens->len && TOKEN (tokens, at + 1)->kind == AVA_TOKEN_WORD;
}

/**
 * ava_date_token_weekday: (skip)
 *
 * Returns: 1 Monday … 7 Sunday, 0 when the token names none
 */
int
ava_date_token_weekday (GArray *tokens,
                        guint   at)
{
  int found = find_word (tokens, at, weekday_words, G_N_ELEMENTS (weekday_words));

  return found < 0 || is_trap_weekday (tokens, at) ? 0 : found + 1;
}

/**
 * ava_date_token_month: (skip)
 *
 * Returns: 1 … 12, 0 when the token names none; "may" and "march" count as months here
 */
int
ava_date_token_month (GArray *tokens,
                      guint   at)
{
  return find_word (tokens, at, month_words, G_N_ELEMENTS (month_words)) + 1;
}

static gboolean
read_quantity (GArray *tokens,
               guint   at,
               int    *value,
               guint  *next)
{
  *next = at + 1;
  if (ava_date_tokens_is (tokens, at, "couple|few")) {
    *value = ava_date_tokens_is (tokens, at, "couple") ? 2 : 3;
    *next += ava_date_tokens_is (tokens, *next, "of");
    return TRUE;
  }
  if (ava_date_tokens_is (tokens, at, "a|an")) {
    if (ava_date_tokens_is (tokens, at + 1, "couple|few"))
      return read_quantity (tokens, at + 1, value, next);
    *value = 1;
    return TRUE;
  }
  return ava_date_tokens_number (tokens, at, value, next) && *value >= 0 && *value <= 400;
}

static gboolean
match_one (GArray     *tokens,
           guint       at,
           const char *element,
           int        *value,
           guint      *next)
{
  *next = at + 1;
  switch (element[0]) {
  case '#':
    return ava_date_tokens_number (tokens, at, value, next);
  case '^':
    return ava_date_tokens_ordinal (tokens, at, value, next);
  case '~':
    return read_quantity (tokens, at, value, next);
  case '@':
    *value = ava_date_token_weekday (tokens, at);
    return *value > 0;
  case '%':
    *value = ava_date_token_month (tokens, at);
    return *value > 0;
  default:
    return ava_date_tokens_is (tokens, at, element);
  }
}

/**
 * ava_date_tokens_match: (skip)
 * @pattern: words with a space between; a|b one of these, ?a may be missing, # a number, ^ an
 *   ordinal, ~ a quantity ("a couple of"), @ a weekday, % a month
 * @values: (out): what #, ^, ~, @ and % read, in order
 * @next: (out): the token after the match
 *
 * Returns: whether @pattern stands at @at
 */
gboolean
ava_date_tokens_match (GArray     *tokens,
                       guint       at,
                       const char *pattern,
                       int         values[4],
                       guint      *next)
{
  guint count = 0;
  guint end = at;

  for (const char *part = pattern; *part != '\0';) {
    gboolean optional = *part == '?';
    const char *start = part + optional;
    gsize length = strcspn (start, " ");
    char element[96];
    int value = 0;

    g_strlcpy (element, start, MIN (length + 1, sizeof element));
    if (match_one (tokens, at, element, &value, &end)) {
      if (strchr ("#^~@%", element[0]) != NULL && count < 4)
        values[count++] = value;
      at = end;
    } else if (!optional) {
      return FALSE;
    }
    part = start + length;
    part += *part == ' ';
  }
  *next = at;
  return TRUE;
}

/**
 * ava_date_tokens_fit: (skip)
 *
 * Returns: whether @pattern stands at @at; what it counts is not asked for
 */
gboolean
ava_date_tokens_fit (GArray     *tokens,
                     guint       at,
                     const char *pattern,
                     guint      *next)
{
  int values[4];

  return ava_date_tokens_match (tokens, at, pattern, values, next);
}

gboolean
ava_date_token_is_word (GArray *tokens,
                        guint   at)
{
  return at < tokens->len && TOKEN (tokens, at)->kind == AVA_TOKEN_WORD;
}

/* Returns: whether one of @words, separated by "|", stands between */
gboolean
ava_date_tokens_have (GArray     *tokens,
                      guint       from,
                      guint       to,
                      const char *words)
{
  for (guint i = from; i < to; i++) {
    if (ava_date_tokens_is (tokens, i, words))
      return TRUE;
  }
  return FALSE;
}
