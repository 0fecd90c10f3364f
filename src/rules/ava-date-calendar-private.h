/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-date-phrase-private.h"

G_BEGIN_DECLS

/* The calendar: what months, dates and holidays that are named come to. Days are Julian, as in AvaDayWords. */

typedef enum {
  HOLIDAY_CHRISTMAS_EVE = 1224,
  HOLIDAY_CHRISTMAS = 1225,
  HOLIDAY_NEW_YEARS_EVE = 1231,
  HOLIDAY_NEW_YEAR = 101,
  HOLIDAY_VALENTINE = 214,
  HOLIDAY_INDEPENDENCE = 704,
  HOLIDAY_HALLOWEEN = 1031,
  HOLIDAY_THANKSGIVING = 0,
} Holiday;

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
