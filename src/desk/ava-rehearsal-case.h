/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"
#include "ava-transcript-item.h"

G_BEGIN_DECLS

/* The call that a rehearsal case is made of. */
typedef struct {
  GPtrArray *items;             /* AvaTranscriptItem, in order */
  AvaAppointment *wrong;        /* as Ava booked it */
  AvaAppointment *right;        /* nullable: as it should have been; nothing should have been booked without */
  gint64 call_us;               /* [us] UTC */
  GTimeZone *zone;
} AvaRehearsalCall;

/* A dialogue script in the form of tests/rules/dialogues: what the caller said, and what should have come of it. Names,
 * numbers and addresses are replaced by those of nobody. Transfer full. */
char *ava_rehearsal_case_write (const AvaRehearsalCall *call);

G_END_DECLS
