/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More fragments than this are left out of a search. */
#define AVA_CUSTOMER_WORDS_MOST 6

/* What somebody typed, as it is looked for: folded fragments, all of which must occur. */
typedef struct {
  char *texts[AVA_CUSTOMER_WORDS_MOST];
  guint n;
  char *match;      /* for the trigram index, the longer fragments; NULL when all are too short */
} AvaCustomerWords;

void  ava_customer_words_init   (AvaCustomerWords *self,
                                 const char       *text);
void  ava_customer_words_clear  (AvaCustomerWords *self);
char *ava_customer_words_for_row (const char      *name,
                                  const char      *phone,
                                  const char      *email);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AvaCustomerWords, ava_customer_words_clear)

G_END_DECLS
