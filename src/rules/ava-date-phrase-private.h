/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-date-phrase.h"
#include "ava-date-token.h"

G_BEGIN_DECLS

/*
 *  phrase --words--> tokens --days-->  AvaDayWords  \
 *                           --times--> AvaTimeWords  >-- fold --> AvaDatePhrase
 *
 * Days are counted as GDate does: Julian day numbers, of which number 1 is a Monday.
 */

typedef enum {
  AVA_DAY_ONE,        /* one day, or a span, that stands for itself */
  AVA_DAY_WEEKDAY,    /* a bare weekday: a date beside it must agree */
  AVA_DAY_DATE,       /* month and day: a weekday beside it must agree */
  AVA_DAY_WEEK,       /* a whole week: a weekday beside it chooses within */
  AVA_DAY_SHIFT,      /* "the next day": counts from an earlier phrase */
  AVA_DAY_SOME,       /* "weekends": certain weekdays, of any week */
} AvaDayKind;

typedef struct {
  AvaDayKind kind;
  guint at;           /* [tokens] first */
  guint next;         /* [tokens] one past the last */
  int first;          /* [days] Julian */
  int last;           /* [days] Julian */
  int weekday;
  int month_day;
  int week_first;     /* [days] Julian, of the week it was chosen in; else 0 */
  int shift_days;
  int following;      /* "the following Monday": 1 … 7, that after an earlier phrase; else 0 */
  int week_after;     /* "the week after Friday": 1 … 7, the weekday that may be said for itself: "the week after, Friday" */
  gboolean negated;   /* "not on Monday" */
  gboolean bygone;    /* "last Tuesday", "yesterday", "two weeks ago" */
  gboolean feast;     /* a holiday */
  guint weekdays;     /* 1 << weekday for each that is meant, of the span; 0 for all */
  int other;          /* [days] Julian: when @question asks "this one, or that?", that; else 0 */
  char *question;
  char *assumption;
  char *problem;
} AvaDayWords;

typedef struct {
  int today;          /* [days] Julian */
  int minute;         /* [min] of the local day */
} AvaDateNow;

gboolean     ava_date_scan_day     (GArray            *tokens,
                                    guint              at,
                                    const AvaDateNow  *now,
                                    AvaDayWords       *day);
gboolean     ava_date_scan_core_day(GArray            *tokens,
                                    guint              at,
                                    const AvaDateNow  *now,
                                    AvaDayWords       *day);
void         ava_day_words_clear   (AvaDayWords       *day);
void         ava_day_words_join    (GArray            *tokens,
                                    AvaDayWords       *self,
                                    AvaDayWords       *next,
                                    int                today);
gboolean     ava_date_relate_back  (GArray            *tokens,
                                    guint              at,
                                    const AvaDateNow  *now,
                                    AvaDayWords       *day,
                                    guint             *next);
void         ava_date_set_day      (GDate             *date,
                                    int                julian);
char        *ava_date_say          (int                julian);
char        *ava_date_say_year     (int                julian);
int          ava_date_weekday      (int                julian);
const char  *ava_date_weekday_name (int                weekday);

typedef enum {
  AVA_TIME_EXACT,
  AVA_TIME_SPAN,      /* from a to b */
  AVA_TIME_AFTER,
  AVA_TIME_BEFORE,    /* exclusive */
  AVA_TIME_BY,        /* inclusive */
  AVA_TIME_AROUND,
  AVA_TIME_PART,      /* a part of the day, from a to b */
} AvaTimeKind;

typedef struct {
  int minute;         /* [min] */
  gboolean open;      /* neither am nor pm was said */
  gboolean weak;      /* a bare number: only a time in good company */
} AvaWallTime;

typedef struct {
  AvaTimeKind kind;
  guint at;           /* [tokens] */
  guint next;         /* [tokens] */
  AvaWallTime a;
  AvaWallTime b;
  gboolean negated;
  gboolean midnight;  /* which night is meant must be asked */
} AvaTimeWords;

gboolean ava_date_scan_time  (GArray       *tokens,
                              guint         at,
                              gboolean      after_day,
                              AvaTimeWords *time);
gboolean ava_date_scan_clock (GArray       *tokens,
                              guint         at,
                              AvaWallTime  *clock,
                              guint        *next);
void     ava_date_phrase_check(AvaDatePhrase *self);
void     ava_date_phrase_say  (AvaDatePhrase *self,
                              const char    *text);
void     ava_date_times_fold (GArray       *tokens,
                              GArray       *times,
                              gboolean      today,
                              int           now_min,
                              AvaDatePhrase *self);

G_END_DECLS
