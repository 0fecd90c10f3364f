/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"
#include "ava-spa.h"
#include "ava-time-block.h"

G_BEGIN_DECLS

/* One appointment, or one time at which somebody is away. Words only. */
typedef struct {
  char *time;           /* "10:00 AM", "All day" */
  char *until;          /* "to 10:30 AM", nullable */
  char *title;          /* the customer, or "Away" */
  char *phone;          /* nullable */
  char *service;
  char *place;          /* room and device */
  char *status;
  char *flags;          /* "Pregnant; Allergic: lidocaine", nullable */
  char *notes;          /* nullable */
  char *money;          /* "Deposit due 20.00 USD", nullable */
  gboolean away;        /* no appointment */
  gint64 start_us;      /* [us] UTC */
} AvaDaySheetRow;

/* The day of one provider. */
typedef struct {
  char *name;
  char *detail;         /* "Nurse Injector, 10 AM to 7 PM" */
  char *colour;         /* #rrggbb, nullable */
  GPtrArray *rows;      /* AvaDaySheetRow by start */
} AvaDaySheetSection;

/* The printed page of the day: what the desk works from when the power is out. */
typedef struct {
  char *spa;
  char *address;        /* nullable */
  char *date;           /* "Tuesday, December 1, 2026" */
  char *summary;        /* "14 appointments, 2 providers" */
  char *printed;        /* "Printed Nov 25, 2026, 4:02 PM" */
  GPtrArray *sections;  /* AvaDaySheetSection */
} AvaDaySheet;

AvaDaySheet *ava_day_sheet_new  (AvaSpa      *spa,
                                 GPtrArray   *appointments,
                                 GPtrArray   *blocks,
                                 const GDate *day,
                                 const char  *provider_id,
                                 gint64       now_us);
void         ava_day_sheet_free (AvaDaySheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDaySheet, ava_day_sheet_free)

G_END_DECLS
