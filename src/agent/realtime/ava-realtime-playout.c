/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-playout.h"

#include "ava-frame.h"
#include "ava-resampler.h"

#include <string.h>

/*
 *  add() --> [piece][piece] --resampled, 300 ms ahead--> write --> port
 *               |                                           |
 *               +<------------- played samples -------------+
 *  flush(): what was not heard --> kept --resume()--> again the first piece
 */

#define AHEAD_SAMPLES (AVA_RATE * 300 / 1000)   /* written and not yet heard, at most */
#define CHARS_PER_S 15.0                        /* of speech, while the length of a piece is not known */

typedef struct {
  char *item_id;            /* nullable: of this machine */
  AvaTranscriptItem *row;   /* nullable: not shown */
  GByteArray *pcm;          /* S16 as it came */
  guint rate;               /* [Hz] of it */
  gsize taken;              /* [bytes] of it that were handed out */
  gint64 start;             /* [samples] of all that was written when its first sample was */
  gint64 fed;               /* [samples] written, at the rate of the program */
  gint64 heard;             /* [samples] */
  gsize shown;              /* [bytes] of the words that the row shows, plus one; 0: they may be other words */
  GString *words;
  char *before;             /* nullable: words of the row that were heard before this piece */
  gboolean rest;            /* of an item that was cut by a false alarm: no id of the service any more */
  gboolean words_whole;
  gboolean whole;           /* all audio has come */
} Piece;

struct _AvaRealtimePlayout {
  AvaRealtimeWriteFunc func;
  gpointer user_data;
  GQueue pieces;            /* Piece, the first is being heard */
  GQueue kept;              /* Piece: cut short, to be resumed or forgotten */
  GString *rest_heard;      /* words of the rest since the last false alarm */
  AvaResampler *resampler;  /* nullable */
  guint from_rate;          /* [Hz] of it */
  gint64 written;           /* [samples] ever, but for what was flushed */
  gint64 played;            /* [samples] */
  gboolean held;
  gboolean flushed;         /* the port may have played a little more than it said: count anew */
};

void
ava_realtime_cut_free (AvaRealtimeCut *self)
{
  if (self == NULL)
    return;
  g_free (self->item_id);
  g_free (self);
}

static void
piece_free (Piece *piece)
{
  g_free (piece->item_id);
  g_clear_object (&piece->row);
  g_byte_array_unref (piece->pcm);
  g_string_free (piece->words, TRUE);
  g_free (piece->before);
  g_free (piece);
}

AvaRealtimePlayout *
ava_realtime_playout_new (AvaRealtimeWriteFunc func,
                          gpointer             user_data)
{
  AvaRealtimePlayout *self = g_new0 (AvaRealtimePlayout, 1);

  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->pieces);
  g_queue_init (&self->kept);
  self->rest_heard = g_string_new (NULL);
  return self;
}

void
ava_realtime_playout_free (AvaRealtimePlayout *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->pieces, (GDestroyNotify) piece_free);
  g_queue_clear_full (&self->kept, (GDestroyNotify) piece_free);
  ava_resampler_free (self->resampler);
  g_string_free (self->rest_heard, TRUE);
  g_free (self);
}

static Piece *
find_piece (AvaRealtimePlayout *self,
            const char         *item_id)
{
  for (GList *at = self->pieces.tail; at != NULL; at = at->prev) {
    Piece *piece = at->data;

    if (g_strcmp0 (piece->item_id, item_id) == 0 && item_id != NULL)
      return piece;
  }
  return NULL;
}

static Piece *
add_piece (AvaRealtimePlayout *self,
           const char         *item_id,
           AvaTranscriptItem  *row)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->item_id = g_strdup (item_id);
  g_set_object (&piece->row, row);
  piece->pcm = g_byte_array_new ();
  piece->rate = AVA_RATE;
  piece->words = g_string_new (NULL);
  g_queue_push_tail (&self->pieces, piece);
  return piece;
}

static Piece *
get_piece (AvaRealtimePlayout *self,
           const char         *item_id,
           AvaTranscriptItem  *row)
{
  Piece *piece = find_piece (self, item_id);

  /* Pieces of this machine have no id: the one of that row grows until it is closed, whatever came behind it. */
  for (GList *at = self->pieces.tail; item_id == NULL && piece == NULL && at != NULL; at = at->prev) {
    Piece *here = at->data;

    if (here->item_id == NULL && here->row == row && !here->whole)
      piece = here;
  }
  return piece != NULL ? piece : add_piece (self, item_id, row);
}

static gint64
get_length (Piece *piece)
{
  return (gint64) (piece->pcm->len / sizeof (gint16)) * AVA_RATE / piece->rate;
}

/* --- what was heard, in words --- */

static gsize
find_heard_bytes (Piece *piece)
{
  gint64 length = get_length (piece);
  gint64 spoken = piece->words->len / CHARS_PER_S * AVA_RATE;
  gint64 total = piece->whole ? length : MAX (length, spoken);
  gsize at;

  if (piece->words->len == 0 || (total == 0 && !piece->whole))
    return 0;
  if (piece->heard >= total || (piece->whole && length == 0))
    return piece->words->len;
  at = piece->words->len * piece->heard / total;
  /* Back to the end of the last word that was said whole. */
  while (at > 0 && piece->words->str[at] != ' ')
    at--;
  return at;
}

static char *
dup_heard_words (Piece *piece)
{
  g_autofree char *words = g_strndup (piece->words->str, find_heard_bytes (piece));

  g_strstrip (words);
  if (piece->before == NULL || *piece->before == '\0')
    return g_steal_pointer (&words);
  return *words == '\0' ? g_strdup (piece->before) : g_strjoin (" ", piece->before, words, NULL);
}

static gboolean
is_heard (Piece *piece)
{
  return piece->whole && piece->taken == piece->pcm->len && piece->heard >= piece->fed;
}

static void
show_heard (Piece  *piece,
            gint64  now_us)
{
  g_autofree char *words = NULL;
  gboolean over = is_heard (piece) && (piece->words_whole || piece->words->len == 0);
  gsize shown;

  if (piece->row == NULL || (piece->heard == 0 && !over))
    return;
  piece->row->heard_ms = piece->heard * 1000 / AVA_RATE;
  piece->row->end_us = now_us;
  shown = find_heard_bytes (piece) + 1;
  if (shown == piece->shown && !over)
    return;
  piece->shown = shown;
  words = dup_heard_words (piece);
  ava_transcript_item_set_text (piece->row, words, !over);
}

/* --- handing out --- */

static void
write_samples (AvaRealtimePlayout *self,
               Piece              *piece,
               const gint16       *pcm,
               gsize               n)
{
  if (n == 0)
    return;
  if (self->flushed) {
    self->written = self->played;
    self->flushed = FALSE;
  }
  if (piece->fed == piece->heard)
    piece->start = self->written - piece->heard;
  piece->fed += n;
  self->written += n;
  self->func (pcm, n, self->user_data);
}

static void
feed_slice (AvaRealtimePlayout *self,
            Piece              *piece)
{
  gsize n = MIN ((piece->pcm->len - piece->taken) / sizeof (gint16), piece->rate * AVA_FRAME_MS / 1000);
  const gint16 *pcm = (const gint16 *) (piece->pcm->data + piece->taken);
  gint16 out[2 * AVA_FRAME_SAMPLES];

  piece->taken += n * sizeof (gint16);
  if (piece->rate == AVA_RATE) {
    write_samples (self, piece, pcm, n);
    return;
  }
  if (self->resampler == NULL || self->from_rate != piece->rate) {
    ava_resampler_free (self->resampler);
    self->resampler = ava_resampler_new (piece->rate, AVA_RATE);
    self->from_rate = piece->rate;
  }
  g_assert (ava_resampler_get_max (self->resampler, n) <= G_N_ELEMENTS (out));
  write_samples (self, piece, out, ava_resampler_process (self->resampler, pcm, n, out));
}

/* The piece whose audio is to be written next; none while the one before it is not complete. */
static Piece *
find_next (AvaRealtimePlayout *self)
{
  for (GList *at = self->pieces.head; at != NULL; at = at->next) {
    Piece *piece = at->data;

    if (piece->taken + 1 < piece->pcm->len)
      return piece;
    if (!piece->whole)
      return NULL;
  }
  return NULL;
}

static void
feed (AvaRealtimePlayout *self)
{
  Piece *piece;

  while (!self->held && (self->flushed || self->written - self->played < AHEAD_SAMPLES) && (piece = find_next (self)) != NULL)
    feed_slice (self, piece);
}

gboolean
ava_realtime_playout_add (AvaRealtimePlayout *self,
                          const char         *item_id,
                          AvaTranscriptItem  *row,
                          GBytes             *pcm,
                          guint               rate)
{
  Piece *piece = get_piece (self, item_id, row);
  gboolean first = piece->pcm->len == 0;
  gsize size;
  const guint8 *data = g_bytes_get_data (pcm, &size);

  piece->rate = rate;
  g_byte_array_append (piece->pcm, data, size);
  feed (self);
  return first;
}

void
ava_realtime_playout_add_words (AvaRealtimePlayout *self,
                                const char         *item_id,
                                AvaTranscriptItem  *row,
                                const char         *words,
                                gboolean            final)
{
  Piece *piece = get_piece (self, item_id, row);

  if (piece->words_whole)
    return;
  piece->shown = 0;
  if (final)
    g_string_assign (piece->words, words);
  else
    g_string_append (piece->words, words);
  piece->words_whole = final;
}

void
ava_realtime_playout_close (AvaRealtimePlayout *self,
                            const char         *item_id)
{
  for (GList *at = self->pieces.head; at != NULL; at = at->next) {
    Piece *piece = at->data;

    if (g_strcmp0 (piece->item_id, item_id) == 0)
      piece->whole = TRUE;
  }
  feed (self);
}

/* Nothing more comes of the service for any of them. */
void
ava_realtime_playout_close_all (AvaRealtimePlayout *self)
{
  for (GList *at = self->pieces.head; at != NULL; at = at->next) {
    Piece *piece = at->data;

    if (piece->item_id != NULL)
      piece->whole = piece->words_whole = TRUE;
  }
  feed (self);
}

void
ava_realtime_playout_hold (AvaRealtimePlayout *self,
                           gboolean            hold)
{
  self->held = hold;
  feed (self);
}

/* What was heard of it is remembered for whoever must tell the service. */
static void
note_rest (AvaRealtimePlayout *self,
           Piece              *piece)
{
  if (piece->rest)
    g_string_append_len (self->rest_heard, piece->words->str, find_heard_bytes (piece));
}

/**
 * ava_realtime_playout_hear:
 * @played: [samples] heard since the call began
 *
 * Once a frame: rows show what was heard, and more is handed out.
 */
void
ava_realtime_playout_hear (AvaRealtimePlayout *self,
                           gint64              played,
                           gint64              now_us)
{
  GList *next;

  self->played = played;
  if (self->flushed)
    self->written = played;
  for (GList *at = self->pieces.head; at != NULL; at = next) {
    Piece *piece = at->data;

    next = at->next;
    if (piece->fed > piece->heard)
      piece->heard = CLAMP (played - piece->start, piece->heard, piece->fed);
    show_heard (piece, now_us);
    if (is_heard (piece) && (piece->words_whole || piece->row == NULL || piece->item_id == NULL)) {
      if (piece->row != NULL)
        ava_transcript_item_set_text (piece->row, piece->row->text, FALSE);
      note_rest (self, piece);
      piece_free (piece);
      g_queue_delete_link (&self->pieces, at);
    }
  }
  feed (self);
}

static AvaRealtimeCut *
cut (Piece  *piece,
     gint64  now_us)
{
  AvaRealtimeCut *how = g_new0 (AvaRealtimeCut, 1);
  g_autofree char *words = dup_heard_words (piece);

  how->item_id = g_strdup (piece->item_id);
  how->heard_ms = piece->heard * 1000 / AVA_RATE;
  how->whole = piece->whole;
  how->rest = piece->rest;
  if (piece->row != NULL) {
    piece->row->end_us = now_us;
    ava_transcript_item_set_interrupted (piece->row, words, how->heard_ms);
  }
  return how;
}

/**
 * ava_realtime_playout_flush:
 *
 * The port was, or is now being, silenced: nothing of what waits is heard.
 *
 * Returns: (transfer full): AvaRealtimeCut of each item that was not heard to its end
 */
GPtrArray *
ava_realtime_playout_flush (AvaRealtimePlayout *self,
                            gint64              now_us)
{
  GPtrArray *cuts = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_realtime_cut_free);
  Piece *piece;

  while ((piece = g_queue_pop_head (&self->pieces)) != NULL) {
    note_rest (self, piece);
    if (is_heard (piece)) {
      if (piece->row != NULL) {
        g_autofree char *words = dup_heard_words (piece);

        ava_transcript_item_set_text (piece->row, words, FALSE);
      }
      piece_free (piece);
      continue;
    }
    g_ptr_array_add (cuts, cut (piece, now_us));
    g_queue_push_tail (&self->kept, piece);
  }
  if (self->resampler != NULL)
    ava_resampler_reset (self->resampler);
  self->held = FALSE;
  self->flushed = TRUE;
  self->written = self->played;
  return cuts;
}

/* What is left of it, as a piece of the same row. The service has forgotten the rest of the item, so it has no id. */
static void
rewind_piece (Piece *piece)
{
  gsize heard_bytes = piece->heard * piece->rate / AVA_RATE * sizeof (gint16);
  gsize heard_words = find_heard_bytes (piece);
  char *before = dup_heard_words (piece);

  g_byte_array_remove_range (piece->pcm, 0, MIN (heard_bytes, piece->pcm->len));
  g_string_erase (piece->words, 0, heard_words);
  g_free (piece->before);
  piece->before = before;
  piece->rest = piece->rest || piece->item_id != NULL;
  g_clear_pointer (&piece->item_id, g_free);
  piece->taken = piece->shown = 0;
  piece->fed = piece->heard = piece->start = 0;
  piece->whole = piece->words_whole = TRUE;
  if (piece->row != NULL)
    ava_transcript_item_resume (piece->row);
}

/**
 * ava_realtime_playout_resume:
 * @whole: (out): whether all that she wanted to say is there
 * @rest: (out) (transfer full): the words that the service believes unsaid
 *
 * It was a false alarm.
 *
 * Returns: whether there is something to go on with
 */
gboolean
ava_realtime_playout_resume (AvaRealtimePlayout *self,
                             gboolean           *whole,
                             char              **rest)
{
  g_autoptr (GString) words = g_string_new (NULL);
  Piece *piece;
  gboolean any = FALSE;

  *whole = TRUE;
  g_string_truncate (self->rest_heard, 0);
  while ((piece = g_queue_pop_tail (&self->kept)) != NULL) {
    *whole = *whole && piece->whole;
    rewind_piece (piece);
    if (piece->rest)
      g_string_prepend (words, piece->words->str);
    g_queue_push_head (&self->pieces, piece);
    any = TRUE;
  }
  feed (self);
  *rest = g_strstrip (g_string_free (g_steal_pointer (&words), FALSE));
  return any;
}

/**
 * ava_realtime_playout_drop:
 *
 * What waits now and was not begun is not wanted; what was cut short before is still kept.
 *
 * Returns: (transfer full): AvaRealtimeCut of each item
 */
GPtrArray *
ava_realtime_playout_drop (AvaRealtimePlayout *self)
{
  GPtrArray *cuts = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_realtime_cut_free);
  Piece *piece;

  while ((piece = g_queue_pop_head (&self->pieces)) != NULL) {
    g_ptr_array_add (cuts, cut (piece, piece->row != NULL ? piece->row->end_us : 0));
    piece_free (piece);
  }
  return cuts;
}

void
ava_realtime_playout_forget (AvaRealtimePlayout *self)
{
  g_queue_clear_full (&self->kept, (GDestroyNotify) piece_free);
}

/**
 * ava_realtime_playout_steal_rest:
 *
 * Returns: (transfer full): the words of the rest that were heard before it was cut, too
 */
char *
ava_realtime_playout_steal_rest (AvaRealtimePlayout *self)
{
  char *words = g_strstrip (g_strdup (self->rest_heard->str));

  g_string_truncate (self->rest_heard, 0);
  return words;
}

gboolean
ava_realtime_playout_is_busy (AvaRealtimePlayout *self)
{
  return !g_queue_is_empty (&self->pieces) || (!self->flushed && self->written > self->played);
}

gboolean
ava_realtime_playout_has (AvaRealtimePlayout *self,
                          const char         *item_id)
{
  return find_piece (self, item_id) != NULL;
}

const char *
ava_realtime_playout_get_words (AvaRealtimePlayout *self,
                                const char         *item_id)
{
  Piece *piece = find_piece (self, item_id);

  return piece != NULL ? piece->words->str : NULL;
}
