/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

G_BEGIN_DECLS

/* Where an appointment is to go, as typed: "thu 3", "next tue 10:30", "+30m", "fri afternoon". */
typedef struct {
  GArray *starts;        /* gint64 [us] UTC: one when it is clear, several when @question asks which */
  char *question;        /* in words, nullable: never guessed */
  char *assumption;      /* in words, nullable: what was taken for granted, "3 PM, not 3 AM" */
  char *problem;         /* in words, nullable: cannot be, or not understood */
  gboolean is_span;      /* a span was named: free times are to be looked for in it */
  gint64 from_us;        /* [us] UTC, of the span */
  gint64 to_us;          /* [us] UTC, latest start, inclusive */
  int from_min;          /* [min] of each local day of the span */
  int to_min;
} AvaMovePhrase;

AvaMovePhrase *ava_move_phrase_read (AvaSpa        *spa,
                                     const char    *text,
                                     const char    *provider_id,
                                     gint64         start_us,
                                     gint64         now_us);
void           ava_move_phrase_free (AvaMovePhrase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaMovePhrase, ava_move_phrase_free)

G_END_DECLS
