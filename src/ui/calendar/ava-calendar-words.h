/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"
#include "ava-day-board.h"

G_BEGIN_DECLS

/* What the calendar says in words of its days, columns and times; all transfer full. */
char *ava_calendar_words_for_hours (AvaDayBoard        *board,
                                    AvaBoardColumn     *column);
/* Why nothing can be booked at that time of a column; NULL when it is free. */
char *ava_calendar_words_for_why   (AvaDayBoard        *board,
                                    guint               column,
                                    gint64              at_us,
                                    gint64              now_us);
/* A free or closed time in one sentence, for screen readers. */
char *ava_calendar_words_for_slot  (AvaDayBoard        *board,
                                    const AvaBoardItem *item,
                                    const char         *why);
/* "Monday, November 30 to Sunday, December 6" */
char *ava_calendar_words_for_days  (const GDate        *first,
                                    const GDate        *last);
/* "10:15 to 10:45 with Elena Ortiz", of where an appointment is dragged to. */
char *ava_calendar_words_for_place (AvaDayBoard        *board,
                                    guint               column,
                                    gint64              start_us,
                                    gint64              end_us);
/* What speaks against a place that was asked for; NULL when it is free. */
char *ava_calendar_words_for_verdict (AvaVerdict       *verdict);
/* All that a ghost says over @place; @words: of the verdict, nullable. */
char *ava_calendar_words_for_ghost (const char         *place,
                                    AvaVerdictKind      kind,
                                    const char         *words);
/* Why an appointment that is done or cancelled cannot be dragged; a constant. */
const char *ava_calendar_words_for_over (void);
char *ava_calendar_words_for_date  (const GDate        *day,
                                    const char         *format);

G_END_DECLS
