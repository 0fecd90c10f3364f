/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-words.h"

G_BEGIN_DECLS

/*
 * Red flags in five steps, one file each:
 *
 *   text ──hear──▶ clauses of plain words ──match──▶ signs ──scope──▶ meant now? ──▶ the danger's name
 *                          ▲                  ▲
 *                      lexicon             signs   (data: what words mean, and which together are danger)
 *
 * A sign is written as parts, "BREATH + TROUBLE" or "CANT > get|catch > AIR": with ">" in this order, with "+" (of two)
 * in either, at most AVA_DANGER_GAP other words between two of them and all in one clause. A part is words to
 * choose from: "blew up|balloon*", where the star stands for any ending, and a name in capitals for a concept of
 * the lexicon. "wont stop" stands for all that does not cease: "isn't going down", "hasn't got any better".
 */

#define AVA_DANGER_GAP 5   /* [words] at most between two parts of a sign */
#define AVA_DANGER_PARTS 4 /* of one sign at most */

typedef enum {
  AVA_DANGER_ASKED_TOO = 1 << 0,        /* counts in a question too: "should I call 911" */
  AVA_DANGER_A_LITTLE_IS_FINE = 1 << 1, /* "my lips are a bit swollen" */
  AVA_DANGER_WISHED_TOO = 1 << 2,       /* what one wants or fears to do is the danger: "I want to die" */
} AvaDangerTraits;

typedef struct {
  const char *name;      /* as it stands on the banner, in English */
  const char *pattern;
  const char *with;      /* nullable: one part; must be said too, anywhere */
  const char *unless;    /* nullable: one part; said anywhere, it is something else */
  AvaDangerTraits traits;
} AvaDangerSign;

typedef struct {
  const char *name;      /* in capitals */
  const char *words;
} AvaDangerConcept;

/* Where the parts of a sign were said, in the order of speech. */
typedef struct {
  guint n;
  guint at[AVA_DANGER_PARTS];
  guint next[AVA_DANGER_PARTS];   /* one past the last word */
} AvaDangerPlace;

/* Data; both end with a name of NULL. */
extern const AvaDangerConcept ava_danger_concepts[];
extern const AvaDangerSign ava_danger_signs[];
extern const char *const ava_danger_long_words;    /* separated by "|" */
extern const char *const ava_danger_not_misheard;

/* hear: AvaWords, one per clause */
GPtrArray  *ava_danger_hear           (const char           *text);
char       *ava_danger_plain_phrase   (const char           *phrase);

/* match */
gboolean    ava_danger_is_word        (const char           *word);
const char *ava_danger_guess_word     (const char           *word);
const char *ava_danger_find           (GPtrArray            *clauses);

/* scope */
gboolean    ava_danger_is_meant       (GPtrArray            *clauses,
                                       guint                 clause,
                                       const AvaDangerSign  *sign,
                                       const AvaDangerPlace *place);

G_END_DECLS
