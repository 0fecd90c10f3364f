/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A holiday of one year. */
typedef struct {
  const char *name;      /* "Thanksgiving Day" */
  GDate date;            /* the day itself */
  GDate observed;        /* the weekday on which it is kept: a Saturday's on Friday, a Sunday's on Monday */
} AvaHoliday;

#define AVA_FEDERAL_HOLIDAYS 11

/* The federal holidays of the United States in @year, by date; @holidays has AVA_FEDERAL_HOLIDAYS places. */
void ava_holidays_list_federal (GDateYear   year,
                                AvaHoliday *holidays);

G_END_DECLS
