/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opening hours of one weekday of the location (owner_id NULL) or of a provider. Several rows of one
 * weekday are several spans, with a break between them. */
typedef struct {
  char *owner_id;   /* provider, or NULL for the location */
  char *location_id; /* where; NULL: the first location */
  int weekday;      /* 1 Monday … 7 Sunday, as in GDateTime */
  int open_min;     /* [min] since local midnight */
  int close_min;    /* [min] since local midnight, <= 1440 */
} AvaHours;

/* Dates on which the hours differ: closed, a holiday, leave, or other hours. */
typedef struct {
  char *owner_id;   /* provider, or NULL for the location */
  char *location_id; /* where; NULL: everywhere */
  char *date;       /* YYYY-MM-DD, local */
  char *last_date;  /* YYYY-MM-DD, inclusive; NULL: only that date */
  int open_min;     /* [min]; open_min == close_min: closed all day */
  int close_min;    /* [min] */
  char *reason;     /* in words: "Thanksgiving", "on leave" */
} AvaHoursException;

#define AVA_SPA_MAX_SPANS 8  /* of one owner and day */

/* Minutes of a local day in which somebody is there. */
typedef struct {
  int open_min;     /* [min] since local midnight */
  int close_min;    /* [min], exclusive */
} AvaSpan;

int   ava_spans_parse (const char    *text,
                       AvaSpan       *spans);
char *ava_spans_print (const AvaSpan *spans,
                       guint          count);
/* Days as they are painted: in order, apart, at most AVA_SPA_MAX_SPANS. */
gboolean ava_spans_add (AvaSpan *spans,
                        guint   *count,
                        AvaSpan  span);
gboolean ava_spans_cut (AvaSpan *spans,
                        guint   *count,
                        AvaSpan  cut);

G_END_DECLS
