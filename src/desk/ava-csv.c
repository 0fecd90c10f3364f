/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-csv.h"

#include <gio/gio.h>
#include <string.h>

/* Comma-separated values (RFC 4180), as spreadsheets write them: quoted cells may hold separators and ends of
 * line, the separator may be a semicolon or a tab, and the file may begin with a byte order mark. */

#define MOST_BYTES (32 * 1024 * 1024)
#define MOST_ROWS 100000

typedef struct {
  const char *at;
  const char *end;
  char separator;
  guint line;
} Reading;

/**
 * ava_csv_row_free:
 * @self: (transfer full) (nullable):
 */
void
ava_csv_row_free (AvaCsvRow *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* Of those in the first line, the one that comes most often. */
static char
find_separator (const char *text,
                const char *end)
{
  static const char separators[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (separators)] = { 0 };
  guint best = 0;

  for (const char *at = text; at < end && *at != '\n'; at++) {
    for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
      counts[i] += *at == separators[i];
  }
  for (guint i = 1; i < G_N_ELEMENTS (separators); i++) {
    if (counts[i] > counts[best])
      best = i;
  }
  return separators[best];
}

/* A quote that is not closed ends with its line, so that one slip does not swallow the file. */
static gboolean
is_closed (const Reading *reading)
{
  guint lines = 0;

  for (const char *at = reading->at + 1; at < reading->end && lines < 50; at++) {
    lines += *at == '\n';
    if (*at != '"')
      continue;
    if (at + 1 < reading->end && at[1] == '"')
      at++;
    else
      return at + 1 >= reading->end || at[1] == reading->separator || at[1] == '\n' || at[1] == '\r';
  }
  return FALSE;
}

static char *
read_cell (Reading *reading)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  while (reading->at < reading->end && *reading->at == ' ')
    reading->at++;
  if (reading->at < reading->end && *reading->at == '"' && is_closed (reading)) {
    for (reading->at++; reading->at < reading->end; reading->at++) {
      if (*reading->at == '"' && !(reading->at + 1 < reading->end && reading->at[1] == '"'))
        break;
      reading->at += *reading->at == '"';
      reading->line += *reading->at == '\n';
      g_string_append_c (cell, *reading->at);
    }
    reading->at++;
  }
  while (reading->at < reading->end && *reading->at != reading->separator && *reading->at != '\n')
    g_string_append_c (cell, *reading->at++);
  return g_strstrip (g_string_free (g_steal_pointer (&cell), FALSE));
}

static AvaCsvRow *
read_row (Reading *reading)
{
  AvaCsvRow *row = g_new0 (AvaCsvRow, 1);

  row->line = reading->line;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  for (;;) {
    g_ptr_array_add (row->cells, read_cell (reading));
    if (reading->at >= reading->end || *reading->at++ == '\n')
      break;
  }
  reading->line++;
  return row;
}

/**
 * ava_csv_parse:
 * @length: of @text, -1 when it ends with NUL
 *
 * Returns: (transfer full) (nullable) (element-type AvaCsvRow): rows that are not empty, the first one the
 *   names of the columns
 */
GPtrArray *
ava_csv_parse (const char  *text,
               gssize       length,
               GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_csv_row_free);
  Reading reading = { 0 };

  if (length < 0)
    length = strlen (text);
  if (length > MOST_BYTES || !g_utf8_validate (text, length, NULL)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "This file is no table of text in UTF-8, or it is too large. Save it as CSV in UTF-8.");
    return NULL;
  }
  reading.at = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
  reading.end = text + length;
  reading.line = 1;
  reading.separator = find_separator (reading.at, reading.end);
  while (reading.at < reading.end && rows->len < MOST_ROWS) {
    AvaCsvRow *row = read_row (&reading);
    gboolean empty = TRUE;

    for (guint i = 0; i < row->cells->len; i++)
      empty = empty && *(char *) row->cells->pdata[i] == '\0';
    if (empty)
      ava_csv_row_free (row);
    else
      g_ptr_array_add (rows, row);
  }
  return g_steal_pointer (&rows);
}
