/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spoken.h"

#include "ava-frame.h"

/* After @end samples of the piece, @offset bytes of its text are spoken. */
typedef struct {
  gint64 end;
  gsize offset;
} Mark;

struct _AvaSpoken {
  AvaTranscriptItem *item;
  char *before;        /* text of the item that was heard in an earlier piece */
  gint64 before_ms;    /* [ms] of audio of that */
  char *text;          /* of this piece */
  gint64 start;        /* [samples] where its audio begins */
  gint64 length;       /* [samples] so far */
  gsize heard;         /* [bytes] of text heard */
  gboolean closed;     /* all of its audio is there */
  GArray *marks;       /* Mark */
};

/**
 * ava_spoken_new:
 * @item: its row in the transcript
 * @start: [samples] where its audio will begin
 *
 * Returns: (transfer full): a piece with no audio yet
 */
AvaSpoken *
ava_spoken_new (AvaTranscriptItem *item,
                const char        *text,
                gint64             start)
{
  AvaSpoken *self = g_new0 (AvaSpoken, 1);

  self->item = g_object_ref (item);
  self->before = g_strdup ("");
  self->text = g_strdup (text);
  self->start = start;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  return self;
}

/**
 * ava_spoken_free:
 * @self: (transfer full) (nullable):
 */
void
ava_spoken_free (AvaSpoken *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->item);
  g_free (self->before);
  g_free (self->text);
  g_array_unref (self->marks);
  g_free (self);
}

static gsize
find_heard (AvaSpoken *self,
            gint64     samples)
{
  gsize heard = 0;

  for (guint i = 0; i < self->marks->len; i++) {
    Mark *mark = &g_array_index (self->marks, Mark, i);

    if (mark->end > samples)
      break;
    heard = mark->offset;
  }
  return heard;
}

static char *
dup_heard_text (AvaSpoken *self)
{
  g_autofree char *text = g_strndup (self->text, self->heard);

  if (*self->before == '\0' || *text == '\0')
    return g_strconcat (self->before, text, NULL);
  return g_strjoin (g_str_has_suffix (self->before, " ") ? "" : " ", self->before, text, NULL);
}

/**
 * ava_spoken_new_rest:
 * @interrupted: a piece that ava_spoken_interrupt() cut off
 *
 * Returns: (transfer full): the words that were not heard, as a piece of the same transcript item
 */
AvaSpoken *
ava_spoken_new_rest (AvaSpoken *interrupted)
{
  g_autofree char *rest = g_strdup (interrupted->text + interrupted->heard);
  AvaSpoken *self = ava_spoken_new (interrupted->item, g_strchug (rest), 0);

  g_free (self->before);
  self->before = dup_heard_text (interrupted);
  self->before_ms = interrupted->item->heard_ms;
  ava_transcript_item_resume (self->item);
  return self;
}

/**
 * ava_spoken_place:
 * @start: [samples] where its audio begins, when that is known later
 */
void
ava_spoken_place (AvaSpoken *self,
                  gint64     start)
{
  self->start = start;
}

/**
 * ava_spoken_add:
 * @n_samples: of audio that was written
 * @text_offset: [bytes] of the text that are spoken once it is heard
 */
void
ava_spoken_add (AvaSpoken *self,
                gsize      n_samples,
                gsize      text_offset)
{
  Mark mark;

  self->length += n_samples;
  mark.end = self->length;
  mark.offset = MIN (text_offset, strlen (self->text));
  g_array_append_val (self->marks, mark);
}

/**
 * ava_spoken_close:
 *
 * All of its audio was written.
 */
void
ava_spoken_close (AvaSpoken *self)
{
  self->closed = TRUE;
}

static void
note_heard (AvaSpoken *self,
            gint64     played,
            gint64     now_us)
{
  gint64 samples = CLAMP (played - self->start, 0, self->length);

  self->heard = find_heard (self, samples);
  self->item->heard_ms = self->before_ms + samples * 1000 / AVA_RATE;
  self->item->end_us = now_us;
}

/**
 * ava_spoken_hear:
 * @played: [samples] heard since the call began
 * @now_us: [us] since the call began
 *
 * Lets the transcript show what was heard so far.
 *
 * Returns: whether all of it was heard
 */
gboolean
ava_spoken_hear (AvaSpoken *self,
                 gint64     played,
                 gint64     now_us)
{
  gboolean finished = self->closed && played >= self->start + self->length;
  g_autofree char *text = NULL;

  if ((self->length == 0 && !self->closed) || played < self->start)
    return FALSE;
  note_heard (self, played, now_us);
  if (finished)
    self->heard = strlen (self->text);
  text = dup_heard_text (self);
  ava_transcript_item_set_text (self->item, text, !finished);
  return finished;
}

/**
 * ava_spoken_interrupt:
 * @played: [samples] heard since the call began
 * @now_us: [us] since the call began
 *
 * Its audio was flushed: the transcript keeps only what was heard.
 */
void
ava_spoken_interrupt (AvaSpoken *self,
                      gint64     played,
                      gint64     now_us)
{
  g_autofree char *text = NULL;

  note_heard (self, played, now_us);
  text = dup_heard_text (self);
  ava_transcript_item_set_interrupted (self->item, text, self->item->heard_ms);
}

/**
 * ava_spoken_has_rest:
 *
 * Returns: whether words of it were not heard
 */
gboolean
ava_spoken_has_rest (AvaSpoken *self)
{
  return self->heard < strlen (self->text);
}

/**
 * ava_spoken_has_audio:
 *
 * Returns: whether some of its audio was written
 */
gboolean
ava_spoken_has_audio (AvaSpoken *self)
{
  return self->length > 0;
}

/**
 * ava_spoken_get_text:
 *
 * Returns: the words of this piece
 */
const char *
ava_spoken_get_text (AvaSpoken *self)
{
  return self->text;
}

/**
 * ava_spoken_get_item:
 *
 * Returns: (transfer none): its row in the transcript
 */
AvaTranscriptItem *
ava_spoken_get_item (AvaSpoken *self)
{
  return self->item;
}
