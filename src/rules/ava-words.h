/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An utterance as a row of plain words: lower case, without apostrophes and punctuation. */
typedef struct {
  char *text;        /* the words with one space before, between and after: " i would like botox " */
  GPtrArray *words;  /* char *, plain */
  GPtrArray *raw;    /* char *, as written, apostrophes kept */
} AvaWords;

AvaWords   *ava_words_new     (const char     *text);
void        ava_words_free    (AvaWords       *self);
const char *ava_words_get     (const AvaWords *self,
                               guint           at);
gboolean    ava_words_have    (const AvaWords *self,
                               const char     *phrases);
gboolean    ava_words_find    (const AvaWords *self,
                               const char     *phrases,
                               guint           from,
                               guint          *at,
                               guint          *next);
gboolean    ava_words_wish    (const AvaWords *self,
                               const char     *phrases);
gboolean    ava_words_are_all (const AvaWords *self,
                               const char     *words);
gboolean    ava_words_negated (const AvaWords *self,
                               guint           at);
gboolean    ava_word_is_one_of(const char     *word,
                               const char     *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaWords, ava_words_free)

G_END_DECLS
