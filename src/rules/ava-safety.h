/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer.h"
#include "ava-slot.h"
#include "ava-spa.h"

G_BEGIN_DECLS

/* A treatment that the customer has had or is going to have. */
typedef struct {
  const char *service_id;
  gint64 start_us;            /* [us] UTC */
  gboolean done;              /* took place: only such a one counts as a consultation */
} AvaTreatment;

/* All that the gate looks at. */
typedef struct {
  const char *service_id;
  const char *provider_id;
  gint64 start_us;            /* [us] UTC */
  AvaCustomer *customer;      /* nullable: a new one, of whom nothing is known */
  const AvaTreatment *treatments; /* nullable: the customer's others */
  guint n_treatments;
} AvaSafetyCase;

/* One rule that speaks against it. */
typedef struct {
  AvaSafetyRule *rule;        /* owned; NULL for consult-first of the service itself */
  AvaSafetyAction action;
  AvaStaffRole override_role; /* the least role that may go on with a reason, NONE: nobody */
  char *words;                /* why, for whoever asks */
} AvaSafetyFinding;

GPtrArray *ava_safety_judge         (AvaSpa               *spa,
                                     const AvaSafetyCase  *wanted);
gboolean   ava_safety_refuses       (GPtrArray            *findings,
                                     AvaStaffRole          role,
                                     const char           *reason);
char      *ava_safety_speak         (GPtrArray            *findings);
gboolean   ava_safety_is_consultation (AvaService         *service);
void       ava_safety_finding_free  (AvaSafetyFinding     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSafetyFinding, ava_safety_finding_free)

G_END_DECLS
