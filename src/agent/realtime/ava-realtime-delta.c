/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-delta.h"

#include <string.h>

/*
 * One flat object of plain texts and short integers; anything else - escapes, other scripts, objects, fractions - is not
 * for this reader. So what it takes is JSON for sure, and means what a parser would find in it.
 */

#define MOST_DIGITS 15

typedef struct {
  const char *at, *end;
} Cursor;

static void
skip_blanks (Cursor *cursor)
{
  while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\n' || *cursor->at == '\r' || *cursor->at == '\t'))
    cursor->at++;
}

static gboolean
take_char (Cursor *cursor,
           char    c)
{
  skip_blanks (cursor);
  if (cursor->at == cursor->end || *cursor->at != c)
    return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean
is_plain (const AvaRealtimeSpan *span)
{
  for (gsize i = 0; i < span->size; i++) {
    if (span->start[i] < ' ' || span->start[i] > '~' || span->start[i] == '\\')
      return FALSE;
  }
  return TRUE;
}

/* What is between quotes, not looked at. */
static gboolean
take_quoted (Cursor          *cursor,
             AvaRealtimeSpan *span)
{
  const char *close;

  if (!take_char (cursor, '"') || (close = memchr (cursor->at, '"', cursor->end - cursor->at)) == NULL)
    return FALSE;
  span->start = cursor->at;
  span->size = close - cursor->at;
  cursor->at = close + 1;
  return TRUE;
}

static gboolean
take_integer (Cursor *cursor)
{
  const char *digits;

  skip_blanks (cursor);
  if (cursor->at < cursor->end && *cursor->at == '-')
    cursor->at++;
  digits = cursor->at;
  while (cursor->at < cursor->end && g_ascii_isdigit (*cursor->at))
    cursor->at++;
  return cursor->at > digits && cursor->at - digits <= MOST_DIGITS && (*digits != '0' || cursor->at - digits == 1);
}

static gboolean
is_named (const AvaRealtimeSpan *span,
          const char            *name)
{
  return span->size == strlen (name) && memcmp (span->start, name, span->size) == 0;
}

static AvaRealtimeSpan *
find_place (AvaRealtimeDelta      *self,
            const AvaRealtimeSpan *key)
{
  return is_named (key, "type") ? &self->type : is_named (key, "response_id") ? &self->response_id :
         is_named (key, "item_id") ? &self->item_id : is_named (key, "delta") ? &self->audio : NULL;
}

static gboolean
is_audio (AvaRealtimeDelta *self)
{
  return is_named (&self->type, "response.output_audio.delta") || is_named (&self->type, "response.audio.delta");
}

static gboolean
take_member (AvaRealtimeDelta *self,
             Cursor           *cursor)
{
  AvaRealtimeSpan key, value;
  AvaRealtimeSpan *place;

  if (!take_quoted (cursor, &key) || !is_plain (&key) || !take_char (cursor, ':'))
    return FALSE;
  place = find_place (self, &key);
  skip_blanks (cursor);
  if (cursor->at < cursor->end && *cursor->at != '"')
    return place == NULL && take_integer (cursor);
  /* Audio is looked at when it is decoded, but only the last of it. */
  if (!take_quoted (cursor, &value) || (place != &self->audio && !is_plain (&value)) ||
      (place == &self->audio && place->start != NULL))
    return FALSE;
  if (place != NULL)
    *place = value;
  return place != &self->type || is_audio (self);
}

gboolean
ava_realtime_delta_read (AvaRealtimeDelta *self,
                         const char       *text,
                         gsize             size)
{
  Cursor cursor = { text, text + size };

  *self = (AvaRealtimeDelta) { 0 };
  if (!take_char (&cursor, '{'))
    return FALSE;
  do {
    if (!take_member (self, &cursor))
      return FALSE;
  } while (take_char (&cursor, ','));
  if (!take_char (&cursor, '}'))
    return FALSE;
  skip_blanks (&cursor);
  return cursor.at == cursor.end && self->type.start != NULL && self->audio.start != NULL;
}
