/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-transcript-item.h"

G_BEGIN_DECLS

/*
 * What Ava has still to say: audio comes faster than it is heard, so it waits here, a little of it is handed out ahead of
 * its time, and what was heard of each item is known to the sample. A piece that was cut short is kept for a while: if
 * nobody said anything after all, it goes on where it stopped.
 */
typedef struct _AvaRealtimePlayout AvaRealtimePlayout;

/* To be played next, at the rate of the program. */
typedef void (*AvaRealtimeWriteFunc) (const gint16 *pcm,
                                      guint         n_samples,
                                      gpointer      user_data);

/* An item that was cut short. */
typedef struct {
  char *item_id;       /* nullable: of this machine, the service does not know it */
  gint64 heard_ms;     /* [ms] of its audio that were heard, rounded down */
  gboolean whole;      /* all of its audio had come */
  gboolean rest;       /* it had been cut before, by a false alarm: the service knows its rest as a text of ours */
} AvaRealtimeCut;

void                ava_realtime_cut_free            (AvaRealtimeCut       *self);

AvaRealtimePlayout *ava_realtime_playout_new         (AvaRealtimeWriteFunc  func,
                                                      gpointer              user_data);
void                ava_realtime_playout_free        (AvaRealtimePlayout   *self);
/* @pcm: S16; @rate: [Hz]. Returns: whether it is the first audio of that item. */
gboolean            ava_realtime_playout_add         (AvaRealtimePlayout   *self,
                                                      const char           *item_id,
                                                      AvaTranscriptItem    *row,
                                                      GBytes               *pcm,
                                                      guint                 rate);
void                ava_realtime_playout_add_words   (AvaRealtimePlayout   *self,
                                                      const char           *item_id,
                                                      AvaTranscriptItem    *row,
                                                      const char           *words,
                                                      gboolean              final);
void                ava_realtime_playout_close       (AvaRealtimePlayout   *self,
                                                      const char           *item_id);
void                ava_realtime_playout_close_all   (AvaRealtimePlayout   *self);
void                ava_realtime_playout_hold        (AvaRealtimePlayout   *self,
                                                      gboolean              hold);
void                ava_realtime_playout_hear        (AvaRealtimePlayout   *self,
                                                      gint64                played,
                                                      gint64                now_us);
GPtrArray          *ava_realtime_playout_flush       (AvaRealtimePlayout   *self,
                                                      gint64                now_us);   /* AvaRealtimeCut */
gboolean            ava_realtime_playout_resume      (AvaRealtimePlayout   *self,
                                                      gboolean             *whole,
                                                      char                **rest);
GPtrArray          *ava_realtime_playout_drop        (AvaRealtimePlayout   *self);     /* AvaRealtimeCut */
void                ava_realtime_playout_forget      (AvaRealtimePlayout   *self);
char               *ava_realtime_playout_steal_rest  (AvaRealtimePlayout   *self);
gboolean            ava_realtime_playout_is_busy     (AvaRealtimePlayout   *self);
gboolean            ava_realtime_playout_has         (AvaRealtimePlayout   *self,
                                                      const char           *item_id);
const char         *ava_realtime_playout_get_words   (AvaRealtimePlayout   *self,
                                                      const char           *item_id);  /* nullable */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRealtimeCut, ava_realtime_cut_free)

G_END_DECLS
