/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-fold.h"

/**
 * ava_fold_text:
 * @text: any bytes; what is no UTF-8 is replaced
 *
 * Plain lower case without accents, so that "Núñez" and "nunez" are the same to a search.
 *
 * Returns: (transfer full): to be compared, never to be shown
 */
char *
ava_fold_text (const char *text)
{
  static const struct { gunichar from; const char *to; } plain[] = {
    { 0xf8, "o" }, { 0x142, "l" }, { 0x111, "d" }, { 0xe6, "ae" }, { 0x153, "oe" }, { 0x131, "i" },
    { 0x2019, "'" },
  };
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *to = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
      to = plain[i].from == c ? plain[i].to : to;
    if (to != NULL)
      g_string_append (out, to);
    else if (!g_unichar_ismark (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}
