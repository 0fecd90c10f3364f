/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

typedef enum {
  AVA_VERDICT_FREE,          /* nothing speaks against it */
  AVA_VERDICT_WARNED,        /* may be done by who has read the reasons */
  AVA_VERDICT_NEEDS_REASON,  /* this desk may go on, and says why */
  AVA_VERDICT_REFUSED,       /* this desk may not */
} AvaVerdictKind;

/* What there is to say about a wish before it is carried out. */
typedef struct {
  AvaVerdictKind kind;
  AvaSlot *slot;             /* with provider, room and device chosen; NULL when there is none */
  GStrv reasons;             /* in words, each once, those that weigh most in front; empty when free */
  char *who_may;             /* nullable: who may go on where this desk may not, in words */
  char *group;               /* nullable: what it would join or use: a group, a visit of a package */
  GPtrArray *nearest;        /* AvaSlot: free times near it, when it is not free */
} AvaVerdict;

void        ava_verdict_free      (AvaVerdict *self);
char       *ava_verdict_to_words  (AvaVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaVerdict, ava_verdict_free)

/* The hours, the time of provider, room and device, the safety gate and where the customer is else, all at once.
 * @moved: (nullable): does not stand in its own way; its customer counts when @wish names none. */
void        ava_book_judge_async  (AvaBook *self, const AvaBookWish *wish, AvaAppointment *moved, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
AvaVerdict *ava_book_judge_finish (AvaBook *self, GAsyncResult *result, GError **error);

/* Free times of a span: GPtrArray of AvaSlot by start. @from_min, @to_min: [min] of each local day. */
void        ava_book_find_async   (AvaBook *self, const AvaBookWish *wish, AvaAppointment *moved, gint64 from_us, gint64 to_us, int from_min, int to_min, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *ava_book_find_finish  (AvaBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
