/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

G_BEGIN_DECLS

/* What the book makes of the place that a drag is over. One is asked at a time: meanwhile the pointer may go over many. */
typedef struct {
  AvaVerdictKind kind;
  char *words;                 /* what speaks against it, nullable */
  gboolean answered;           /* the two above are of this place */
  GCancellable *cancellable;   /* of what is asked, nullable */
} AvaDragQuestion;

void     ava_drag_question_ask    (AvaDragQuestion      *self,
                                   AvaBook              *book,
                                   const AvaBookWish    *wish,
                                   AvaAppointment       *appointment,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean ava_drag_question_answer (AvaDragQuestion      *self,
                                   AvaBook              *book,
                                   GAsyncResult         *result);
void     ava_drag_question_stop   (AvaDragQuestion      *self);
void     ava_drag_question_clear  (AvaDragQuestion      *self);
gboolean ava_drag_question_goes_on (AvaDragQuestion     *self);   /* who is asked may go on in spite of it */

G_END_DECLS
