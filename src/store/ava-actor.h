/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"
#include "ava-staff-role.h"

G_BEGIN_DECLS

/* Who makes a change, and why: one line of the journal. */
typedef struct {
  const char *who;       /* "ava", "staff:<id>", "import", "system" */
  const char *why;       /* in words, nullable */
  const char *call_id;   /* nullable */
  const char *key;       /* idempotency key, nullable: the same key gives the first answer again */
  AvaStaffRights rights;      /* of the person; 0: those that @role brings by itself */
  AvaStaffRole role;          /* what they may override; Ava and imports have none */
  const char *override_reason; /* nullable: goes on against a rule that this role may override, journalled */
  gboolean goes_on;      /* has seen the warnings: a soft conflict does not stop it */
} AvaActor;

/* What a booking needs. With customer_id NULL the customer is found by phone and name, or made. */
typedef struct {
  const AvaSlot *slot;
  const char *customer_id;      /* nullable */
  const char *customer_name;
  const char *phone;            /* E.164 */
  const char *email;            /* nullable */
  const char *notes;            /* nullable */
  gint64 price_cents;
} AvaBooking;

G_END_DECLS
