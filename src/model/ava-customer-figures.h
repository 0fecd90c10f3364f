/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be counted of one customer. Shares are only told when there is something to divide by. */
typedef struct {
  guint visits;            /* appointments done */
  guint no_shows;
  guint cancelled;
  guint upcoming;
  guint calls;             /* that are over */
  guint booked_calls;      /* of these, with the outcome "booked" */
  gint64 first_visit_us;   /* [us] UTC, 0 when none; as the next two */
  gint64 last_visit_us;
  gint64 next_visit_us;
  gint64 spent_cents;      /* over appointments done */
  double interval_days;    /* between visits on the average, 0 with fewer than two */
  double satisfaction;     /* 1 to 5, the average of what they said; 0 when they said nothing */
} AvaCustomerFigures;

double ava_customer_figures_show_rate    (const AvaCustomerFigures *self);
double ava_customer_figures_booking_rate (const AvaCustomerFigures *self);

G_END_DECLS
