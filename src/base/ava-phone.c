/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-phone.h"

#define EDS_DISABLE_DEPRECATED
#include <libebook-contacts/libebook-contacts.h>
#include <string.h>

/* Older versions of the library have no such clean-up of their own. */
typedef EPhoneNumber Number;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Number, e_phone_number_free)

G_DEFINE_QUARK (ava-phone-error-quark, ava_phone_error)

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

/* The one file that knows libphonenumber, as libebook-contacts offers it to C. */

/* What reads like a phone: letters only after digits (1-800-FLOWERS), no words around it. */
static gboolean
looks_like_phone (const char *text)
{
  gsize start = strspn (text, " \t+(0123456789)-./");
  guint digits = 0;

  for (gsize i = 0; i < start; i++)
    digits += g_ascii_isdigit (text[i]);
  for (const char *c = text + start; *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && strchr (" -.()/\t", *c) == NULL)
      return FALSE;
  }
  return digits >= 4;
}

static gboolean
has_extension (EPhoneNumber *number)
{
  g_autofree char *text = e_phone_number_to_string (number, E_PHONE_NUMBER_FORMAT_RFC3966);

  return text != NULL && strstr (text, ";ext=") != NULL;
}

/**
 * ava_phone_parse:
 * @text: as people write it: "(212) 555-0142", "020 7946 0958", "+44 20 7946 0958"
 * @region: ISO 3166 alpha-2 of where a number without a country code is taken to be
 *
 * Returns: (transfer full) (nullable): E.164, or %NULL with AVA_PHONE_ERROR
 */
char *
ava_phone_parse (const char  *text,
                 const char  *region,
                 GError     **error)
{
  g_autoptr (Number) number = NULL;
  g_autofree char *e164 = NULL;
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autofree char *whole = g_str_has_prefix (plain, "00") ? g_strconcat ("+", plain + 2, NULL) : g_strdup (plain);
  gboolean extension;

  /* 00 leads abroad nearly everywhere, and begins no number where it does not. */
  if (looks_like_phone (whole))
    number = e_phone_number_from_string (whole, region, NULL);
  extension = number != NULL && has_extension (number);
  if (number != NULL && !extension)
    e164 = e_phone_number_to_string (number, E_PHONE_NUMBER_FORMAT_E164);
  if (ava_phone_is_e164 (e164))
    return g_steal_pointer (&e164);
  g_set_error_literal (error, AVA_PHONE_ERROR, AVA_PHONE_ERROR_NOT_A_PHONE,
                       extension ? "An extension cannot be called from here. Leave it out, and write it into the notes."
                       : "This is not a whole phone number. Write it with its area code, or with + and its country code.");
  return NULL;
}

/**
 * ava_phone_normalize:
 * @text: as people write it
 *
 * As ava_phone_parse(); a number with no country code is taken for North America.
 *
 * Returns: (transfer full) (nullable): E.164, or %NULL when it is no phone number
 */
char *
ava_phone_normalize (const char *text)
{
  return ava_phone_parse (text, "US", NULL);
}

/**
 * ava_phone_format:
 * @e164: a phone number
 *
 * Returns: (transfer full): for reading: "(212) 555-0142", "+44 20 7946 0958"
 */
char *
ava_phone_format (const char *e164)
{
  g_autoptr (Number) number = NULL;

  if (!ava_phone_is_e164 (e164))
    return g_strdup (e164);
  if (e164[1] == '1')
    return g_strdup_printf ("(%.3s) %.3s-%s", e164 + 2, e164 + 5, e164 + 8);
  number = e_phone_number_from_string (e164, NULL, NULL);
  return number != NULL ? e_phone_number_to_string (number, E_PHONE_NUMBER_FORMAT_INTERNATIONAL) : g_strdup (e164);
}

/**
 * ava_phone_knows_plans:
 *
 * Returns: whether the library was built with the numbering plans of the world: without them no phone can be read
 */
gboolean
ava_phone_knows_plans (void)
{
  return e_phone_number_is_supported ();
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
