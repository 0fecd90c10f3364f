/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of a phrase about time, as its readers see them. */

typedef enum {
  AVA_TOKEN_WORD,
  AVA_TOKEN_NUMBER,   /* "5", "5th", "2026" */
  AVA_TOKEN_CLOCK,    /* "3:30"; number is minutes */
  AVA_TOKEN_DATE,     /* "12/5", "12/5/26", "2026-12-05" */
  AVA_TOKEN_DASH,
  AVA_TOKEN_MASKED,   /* part of a phone number and the like: never a time */
} AvaDateTokenKind;

typedef struct {
  AvaDateTokenKind kind;
  char *text;         /* lower case, without apostrophes and dots */
  guint from;         /* [bytes] in the phrase */
  guint to;           /* [bytes] */
  int number;
  guint digits;       /* as written */
  gboolean ordinal;   /* "5th" */
  int year;           /* of a DATE, 0 when not written */
  int month;
  int day;
} AvaDateToken;

GArray  *ava_date_tokens_new    (const char   *phrase);
gboolean ava_date_tokens_is     (GArray       *tokens,
                                 guint         at,
                                 const char   *words);
gboolean ava_date_tokens_number (GArray       *tokens,
                                 guint         at,
                                 int          *value,
                                 guint        *next);
gboolean ava_date_tokens_ordinal(GArray       *tokens,
                                 guint         at,
                                 int          *value,
                                 guint        *next);
gboolean ava_date_tokens_year   (GArray       *tokens,
                                 guint         at,
                                 int           this_year,
                                 int          *value,
                                 guint        *next);
int      ava_date_token_weekday (GArray       *tokens,
                                 guint         at);
int      ava_date_token_month   (GArray       *tokens,
                                 guint         at);
gboolean ava_date_tokens_match  (GArray       *tokens,
                                 guint         at,
                                 const char   *pattern,
                                 int           values[4],
                                 guint        *next);
gboolean ava_date_tokens_fit    (GArray       *tokens,
                                 guint         at,
                                 const char   *pattern,
                                 guint        *next);
gboolean ava_date_token_is_word (GArray       *tokens,
                                 guint         at);
gboolean ava_date_tokens_have   (GArray       *tokens,
                                 guint         from,
                                 guint         to,
                                 const char   *words);
guint    ava_date_skip_event    (GArray       *tokens,
                                 guint         at);
gboolean ava_date_scan_refusal  (GArray       *tokens,
                                 guint         at,
                                 guint        *next);

G_END_DECLS
