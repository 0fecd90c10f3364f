/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a phrase about time means. Everything is local wall time of the location. */
typedef struct {
  gboolean has_date;     /* a day or a span of days was said */
  GDate first_day;       /* first day meant */
  GDate last_day;        /* last day meant, inclusive; equals first_day for one day */
  guint weekdays;        /* 1 << weekday for each that is meant, of the span or of any week; 0 for all */
  gboolean has_time;     /* a time or a part of the day was said */
  int from_min;          /* [min] since local midnight, earliest start */
  int to_min;            /* [min] latest start, inclusive; equals from_min for an exact time */
  gboolean exact_time;   /* "at three", not "after three" or "in the afternoon" */
  gboolean first_available; /* "as soon as possible", "whenever" */
  char *assumption;      /* in words, what was taken for granted, nullable: "3 pm, not 3 am" */
  char *question;        /* in words: the phrase is ambiguous, ask this; nullable */
  char *problem;         /* in words: understood but impossible or past, nullable: "June 31 does not exist" */
  guint matched_from;    /* [bytes] where in the phrase the time words begin */
  guint matched_to;      /* [bytes] where they end; equal to matched_from: nothing about time was said */

  /* How a later phrase refines an earlier one; see ava_date_phrase_merge(). */
  gboolean any_time;     /* "any time": an earlier time of day no longer counts */
  gboolean open_hour;    /* the hour was said without am or pm, and one of them was assumed */
  int weekday;           /* 1 Monday … 7 Sunday when only a weekday was named, else 0 */
  int month_day;         /* 1 … 31 when only a day of the month was named, else 0 */
  gboolean bygone;       /* "two weeks ago", "last Tuesday": of days gone by, and of no other */
  gboolean refuses_day;  /* "not the 5th", and no other day */
  GDate refused_first;   /* of @refuses_day */
  GDate refused_last;
  gboolean has_other;    /* @question asks: @first_day, or @other_day? */
  GDate other_day;
  gboolean refuses_time; /* "not at three", and no other time */
  gboolean has_shift;    /* "the next day", "later that day": counts from the earlier phrase */
  int shift_days;        /* [days] to move the earlier day */
  int following;         /* "the following Monday": 1 … 7, that after the earlier day; @first_day when there is none; else 0 */
  int shift_time;        /* 1 later, -1 earlier than the earlier time, 0 neither */
  gboolean no_such_day;  /* @problem is about the day: it stands until another day is said */
  char *day_assumption;  /* the part of @assumption that is about the day, nullable */
  char *time_assumption; /* the part that is about the time, nullable */
  gint64 now_us;         /* [us] UTC, when it was said */
  GTimeZone *zone;       /* of the location; owned */
  GPtrArray *said;       /* nullable: what it was read from, for ava_date_phrase_read_at(); never changed once made */
} AvaDatePhrase;

AvaDatePhrase *ava_date_phrase_parse    (const char          *phrase,
                                         gint64               now_us,
                                         GTimeZone           *zone);
void           ava_date_phrase_merge    (AvaDatePhrase       *self,
                                         const AvaDatePhrase *then);
gboolean       ava_date_phrase_choose   (AvaDatePhrase       *self,
                                         gboolean             later);
AvaDatePhrase *ava_date_phrase_read_at  (const AvaDatePhrase *self,
                                         GTimeZone           *zone);
AvaDatePhrase *ava_date_phrase_copy     (const AvaDatePhrase *self);
void           ava_date_phrase_free     (AvaDatePhrase       *self);
gboolean       ava_date_phrase_is_empty (const AvaDatePhrase *self);

/* How Ava says a time: "Tuesday, December 1st at 3:30 PM"; always weekday and date. */
char          *ava_date_speak_start     (gint64               start_us,
                                         GTimeZone           *zone);
char          *ava_date_speak_time      (gint64               start_us,
                                         GTimeZone           *zone);
char          *ava_date_speak_day       (const GDate         *day);
char          *ava_date_speak_minutes   (int                  minutes);
char          *ava_date_weekdays_write  (guint                weekdays);
guint          ava_date_weekdays_read   (const char          *text);

gboolean       ava_date_phrase_has_day  (const AvaDatePhrase *self,
                                         const GDate         *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDatePhrase, ava_date_phrase_free)

G_END_DECLS
