/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-csv.h"

#include <string.h>

/*
 * Comma-separated values as spreadsheets write them (RFC 4180): quotes, quotes in quotes, line ends
 * within quotes, LF or CRLF, a byte-order mark, UTF-8 or what else they write. The separator is the one of the first line: comma,
 * semicolon or tab. A row that is broken is told and does not stop the next one.
 */

#define MOST_FIELD_LENGTH 100000   /* bytes; a quote that is never closed would eat the file */

typedef struct {
  const char *at, *end;
  char separator;
  guint line;
} Reader;

void
ava_csv_row_free (AvaCsvRow *self)
{
  g_strfreev (self->fields);
  g_free (self->trouble);
  g_free (self);
}

static char
find_separator (const char *text,
                const char *end)
{
  static const char candidates[] = ",;\t";
  guint counts[3] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (const char *c = text; c < end && (quoted || *c != '\n'); c++) {
    const char *found = *c != '\0' ? strchr (candidates, *c) : NULL;

    if (*c == '"')
      quoted = !quoted;
    else if (!quoted && found != NULL)
      counts[found - candidates]++;
  }
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    best = counts[i] > counts[best] ? i : best;
  return candidates[best];
}

static gboolean
at_end_of_row (Reader *self)
{
  return self->at >= self->end || *self->at == '\n' ||
         (*self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n');
}

/* @at stands behind the opening quote. Answers what is wrong, if anything. */
static const char *
read_quoted (Reader  *self,
             GString *field)
{
  const char *opening = self->at;
  guint line = self->line;

  for (; self->at < self->end; self->at++) {
    if (*self->at == '"' && self->at + 1 < self->end && self->at[1] == '"') {
      self->at++;
    } else if (*self->at == '"') {
      self->at++;
      return at_end_of_row (self) || *self->at == self->separator ? NULL : "there is text behind a closing quote";
    }
    if (*self->at == '\n')
      self->line++;
    if (field->len >= MOST_FIELD_LENGTH)
      break;
    g_string_append_c (field, *self->at);
  }
  /* Only this line is lost, not the rest of the file. */
  self->at = opening;
  self->line = line;
  return "a quote is opened and never closed";
}

static void
skip_line (Reader *self)
{
  while (self->at < self->end && *self->at != '\n')
    self->at++;
}

static AvaCsvRow *
read_row (Reader *self)
{
  AvaCsvRow *row = g_new0 (AvaCsvRow, 1);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  const char *trouble = NULL;
  gboolean more = TRUE;

  row->line = self->line;
  while (more && trouble == NULL) {
    GString *field = g_string_new (NULL);

    if (self->at < self->end && *self->at == '"') {
      self->at++;
      trouble = read_quoted (self, field);
    }
    for (; trouble == NULL && !at_end_of_row (self) && *self->at != self->separator; self->at++)
      g_string_append_c (field, *self->at);
    more = !at_end_of_row (self) && *self->at == self->separator;
    self->at += more;
    if (trouble == NULL && (strlen (field->str) != field->len || !g_utf8_validate (field->str, field->len, NULL)))
      trouble = "it is not written in UTF-8";
    g_ptr_array_add (fields, g_string_free (field, FALSE));
  }
  if (trouble != NULL)
    skip_line (self);
  if (self->at < self->end)
    self->at += *self->at == '\r' ? 2 : 1;
  self->line++;
  g_ptr_array_add (fields, NULL);
  row->fields = (GStrv) g_ptr_array_free (g_steal_pointer (&fields), FALSE);
  row->trouble = g_strdup (trouble);
  return row;
}

static gboolean
is_blank (AvaCsvRow *row)
{
  gboolean blank = row->trouble == NULL;

  for (guint i = 0; blank && row->fields[i] != NULL; i++)
    blank = *row->fields[i] == '\0';
  return blank;
}

/* What Excel calls Unicode, or what it writes without asking: the letters of Western Windows. A file that has some of its
 * letters in UTF-8 is meant to be UTF-8, and only broken in places. */
static char *
decode (const char *text,
        gsize       length,
        gsize      *decoded_length)
{
  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    return g_convert (text, length, "UTF-8", "UTF-16", NULL, decoded_length, NULL);
  if (memchr (text, 0xff, length) != NULL || memchr (text, '\0', length) != NULL || g_utf8_validate (text, length, NULL))
    return NULL;
  for (gsize i = 0; i < length; i++) {
    gunichar letter = (guchar) text[i] >= 0x80 ? g_utf8_get_char_validated (text + i, length - i) : 0;

    if (letter != 0 && letter != (gunichar) -1 && letter != (gunichar) -2)
      return NULL;
  }
  return g_convert (text, length, "UTF-8", "WINDOWS-1252", NULL, decoded_length, NULL);
}

/**
 * ava_csv_read:
 *
 * Returns: (transfer full): AvaCsvRow in order, without rows in which nothing stands; the first is usually the header
 */
GPtrArray *
ava_csv_read (const char *text,
              gsize       length)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_csv_row_free);
  gsize decoded_length = 0;
  g_autofree char *decoded = length > 0 ? decode (text, length, &decoded_length) : NULL;
  Reader reader = { text, text + length, ',', 1 };

  if (decoded != NULL) {
    text = decoded;
    length = decoded_length;
    reader.at = text;
    reader.end = text + length;
  }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  reader.separator = find_separator (reader.at, reader.end);
  while (reader.at < reader.end) {
    g_autoptr (AvaCsvRow) row = read_row (&reader);

    if (!is_blank (row))
      g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  return rows;
}
