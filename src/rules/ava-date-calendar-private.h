/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-date-phrase-private.h"

G_BEGIN_DECLS

/* The calendar: what months, dates and holidays that are named come to. Days are Julian, as in AvaDayWords. */

/* A holiday: of a date, the @n-th @weekday of a month (0: the last), or Good Friday; and days from there. */
#define HOLIDAY(month, day) ((month) * 100 + (day))
#define HOLIDAY_NTH(n, weekday, month) (10000 + (month) * 100 + (weekday) * 10 + (n))
#define HOLIDAY_GOOD_FRIDAY 20000
#define HOLIDAY_PLUS(days) ((days) * 100000)
#define HOLIDAY_NEW_YEAR HOLIDAY (1, 1)
#define HOLIDAY_THANKSGIVING HOLIDAY_NTH (4, 4, 11)

void ava_date_split (int  julian,
                     int *year,
                     int *month,
                     int *day);
void ava_date_add_months (int *year,
                          int *month,
                          int  by);
void ava_day_words_set_span (AvaDayWords *day,
                             AvaDayKind   kind,
                             int          first,
                             int          last);
void ava_day_words_ask (AvaDayWords *day,
                        int          one,
                        int          other);
void ava_date_read_part_of_year (int               year,
                                 int               part,
                                 const AvaDateNow *now,
                                 AvaDayWords      *day);
void ava_date_read_part_of_month (int               year,
                                  int               month,
                                  int               part,
                                  const AvaDateNow *now,
                                  AvaDayWords      *day);
int ava_date_guess_year (int               month,
                         int               last_day,
                         const AvaDateNow *now,
                         AvaDayWords      *day);
gboolean ava_date_read_year (GArray           *tokens,
                             const AvaDateNow *now,
                             AvaDayWords      *day,
                             int              *year);
void ava_date_read_date (int               year,
                         int               month,
                         int               day_of_month,
                         const AvaDateNow *now,
                         AvaDayWords      *day);
void ava_date_read_written (const AvaDateToken *token,
                            const AvaDateNow   *now,
                            AvaDayWords        *day);
void ava_date_read_bare_day (int               day_of_month,
                             const AvaDateNow *now,
                             AvaDayWords      *day);
void ava_date_read_day_of_month (int               day_of_month,
                                 int               ahead,
                                 const AvaDateNow *now,
                                 AvaDayWords      *day);
void ava_date_read_nth_named (int               n,
                              int               weekday,
                              int               month,
                              int               year,
                              const AvaDateNow *now,
                              AvaDayWords      *day);
void ava_date_read_nth_month (int               n,
                              int               weekday,
                              int               ahead,
                              const AvaDateNow *now,
                              AvaDayWords      *day);
void ava_date_read_holiday (int               arg,
                            const AvaDateNow *now,
                            int               year,
                            AvaDayWords      *day);
void ava_date_read_month_week (int               year,
                               int               month,
                               int               week,
                               const AvaDateNow *now,
                               AvaDayWords      *day);
int ava_date_month_length (int year,
                           int month);
int ava_date_join (int year,
                   int month,
                   int day);

/* From one day to another: "two weeks from Friday", "three days ago"; in minutes of now: "in half an hour". */
gboolean ava_date_scan_distance (GArray           *tokens,
                                 guint             at,
                                 const AvaDateNow *now,
                                 AvaDayWords      *day);
gboolean ava_date_scan_week_on (GArray      *tokens,
                                AvaDayWords *day);
gboolean ava_date_scan_minutes (GArray   *tokens,
                                guint     at,
                                int      *from,
                                int      *to,
                                guint    *next);
int ava_date_walk_months (int julian,
                          int months);
int ava_date_weekday_from (int julian,
                           int weekday);

/* What stands between two days or times of which the later one is meant. */
#define AVA_DATE_CORRECTIONS "no|actually|sorry|mean|rather|make|wait|instead|better"

/* Beside another day: "the day after Christmas". */
gboolean ava_date_scan_beside (GArray           *tokens,
                               guint             at,
                               const AvaDateNow *now,
                               AvaDayWords      *day);
gboolean ava_date_scan_weekday_beside (GArray           *tokens,
                                       guint             at,
                                       const AvaDateNow *now,
                                       AvaDayWords      *day);

G_END_DECLS
