/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-figures.h"

/* Returns: 0..1: of the appointments that were kept or missed, those that were kept; -1 when there were none */
double
ava_customer_figures_show_rate (const AvaCustomerFigures *self)
{
  guint due = self->visits + self->no_shows;

  return due > 0 ? (double) self->visits / due : -1;
}

/* Returns: 0..1: of the calls, those that ended with a booking; -1 when there were none */
double
ava_customer_figures_booking_rate (const AvaCustomerFigures *self)
{
  return self->calls > 0 ? (double) self->booked_calls / self->calls : -1;
}
