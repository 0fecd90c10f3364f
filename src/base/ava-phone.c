/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-phone.h"

#include <string.h>

/* ITU-T E.164: a plus, a country code that does not begin with 0, at most 15 digits in all. */
#define MOST_DIGITS 15
#define LEAST_DIGITS 8

/**
 * ava_phone_is_e164:
 * @text: (nullable):
 *
 * Returns: whether @text is a phone number as we store it
 */
gboolean
ava_phone_is_e164 (const char *text)
{
  gsize digits;

  if (text == NULL || text[0] != '+' || text[1] < '1' || text[1] > '9')
    return FALSE;
  digits = strspn (text + 1, "0123456789");
  if (text[1 + digits] != '\0' || digits < LEAST_DIGITS || digits > MOST_DIGITS)
    return FALSE;
  /* North America: area code and exchange do not begin with 0 or 1. */
  return text[1] != '1' || (digits == 11 && text[2] >= '2' && text[5] >= '2');
}

/**
 * ava_phone_normalize:
 * @text: as people write it: "(212) 555-0142", "1-212-555-0142", "+44 20 7946 0958"
 *
 * A number with no country code is taken for North America.
 *
 * Returns: (transfer full) (nullable): E.164, or %NULL when it is no phone number
 */
char *
ava_phone_normalize (const char *text)
{
  g_autoptr (GString) number = g_string_new ("+");
  const char *start = text + strspn (text, " \t");

  for (const char *c = start; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      g_string_append_c (number, *c);
    else if (strchr (" -.()/\t", *c) == NULL && !(*c == '+' && c == start))
      return NULL;
  }
  if (*start != '+' && g_str_has_prefix (number->str, "+00"))
    g_string_erase (number, 1, 2);
  else if (*start != '+' && number->len == 11)
    g_string_insert_c (number, 1, '1');
  else if (*start != '+' && !(number->len == 12 && number->str[1] == '1'))
    return NULL;
  return ava_phone_is_e164 (number->str) ? g_string_free (g_steal_pointer (&number), FALSE) : NULL;
}

/**
 * ava_phone_format:
 * @e164: a phone number
 *
 * Returns: (transfer full): for reading: "(212) 555-0142", or the number itself elsewhere
 */
char *
ava_phone_format (const char *e164)
{
  if (!ava_phone_is_e164 (e164) || e164[1] != '1')
    return g_strdup (e164);
  return g_strdup_printf ("(%.3s) %.3s-%s", e164 + 2, e164 + 5, e164 + 8);
}

/**
 * ava_phone_speak:
 * @e164: a phone number
 *
 * Returns: (transfer full): for the ear, digit by digit in groups: "2 1 2, 5 5 5, 0 1 4 2"
 */
char *
ava_phone_speak (const char *e164)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean american = ava_phone_is_e164 (e164) && e164[1] == '1';
  const char *digits = e164 + (american ? 2 : 1);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++) {
    gboolean group = american ? i == 3 || i == 6 : i > 0 && i % 3 == 0 && length - i >= 2;

    if (i > 0)
      g_string_append (words, group ? ", " : " ");
    g_string_append_c (words, digits[i]);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
