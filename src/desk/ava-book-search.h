/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

/* One booking that may be meant by what was typed onto a free time. */
typedef struct {
  AvaCustomer *customer;     /* nullable: a new one, or nobody yet */
  char *new_name;            /* of a new customer, nullable */
  char *new_phone;           /* E.164, nullable */
  char *service_id;          /* nullable: none was typed, and none is usual */
  char *provider_id;         /* nullable: that of the time */
  gboolean is_usual;         /* the service was not typed: it is what they usually have */
  char *missing;             /* in words, nullable: what must still be typed */
  double score;              /* the more the likelier */
} AvaBookMatch;

void       ava_book_match_free    (AvaBookMatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBookMatch, ava_book_match_free)

/* @provider_id: (nullable): of the time. Answers AvaBookMatch, likeliest first, at most @limit; empty when @text is. */
void       ava_book_search_async  (AvaBook *self, const char *text, const char *provider_id, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_book_search_finish (AvaBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
