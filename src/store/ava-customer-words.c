/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-words.h"

#include "ava-fold.h"

#include <string.h>

/* The trigram index finds fragments from this length on. */
#define MIN_INDEXED_CHARS 3

/* Returns: (transfer full): what a customer is found by */
char *
ava_customer_words_for_row (const char *name,
                            const char *phone,
                            const char *email)
{
  g_autofree char *text = g_strconcat (name, " ", email != NULL ? email : "", " ",
                                       phone != NULL ? phone : "", NULL);

  return ava_fold_text (text);
}

/* "(212) 555-01" is what people type for 21255501. */
static void
strip_phone_marks (char *fragment)
{
  char *to = fragment;

  if (strspn (fragment, "0123456789()+-./") != strlen (fragment) ||
      strpbrk (fragment, "0123456789") == NULL)
    return;
  for (const char *from = fragment; *from != '\0'; from++) {
    if (g_ascii_isdigit (*from))
      *to++ = *from;
  }
  *to = '\0';
}

static void
add_match (GString    *match,
           const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " AND " : "", quoted);
}

void
ava_customer_words_init (AvaCustomerWords *self,
                         const char       *text)
{
  g_autofree char *folded = ava_fold_text (text != NULL ? text : "");
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n,;", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  self->n = 0;
  for (char **word = words; *word != NULL && self->n < AVA_CUSTOMER_WORDS_MOST; word++) {
    strip_phone_marks (*word);
    if (**word == '\0')
      continue;
    if (g_utf8_strlen (*word, -1) >= MIN_INDEXED_CHARS)
      add_match (match, *word);
    self->texts[self->n++] = g_strdup (*word);
  }
  self->match = match->len > 0 ? g_strdup (match->str) : NULL;
}

void
ava_customer_words_clear (AvaCustomerWords *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->texts[i]);
  self->n = 0;
  g_clear_pointer (&self->match, g_free);
}
