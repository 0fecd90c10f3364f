/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-safety.h"
#include "ava-slot.h"
#include "ava-store-private.h"

G_BEGIN_DECLS

/* What the safety gate judges: a treatment, and what the book says of the customer. */
typedef struct {
  AvaSafetyCase wanted;      /* borrows from the slot, and from what follows */
  AvaCustomer *customer;     /* nullable: there is no such record */
  GArray *treatments;        /* AvaTreatment: what the customer has had and will have */
  GPtrArray *texts;          /* what those borrow */
} AvaSafetyReading;

gboolean ava_safety_reading_take   (AvaSafetyReading    *self,
                                    AvaStore            *store,
                                    const AvaSlot       *slot,
                                    const char          *customer_id,
                                    const char          *except_id,
                                    GError             **error);
void     ava_safety_reading_clear  (AvaSafetyReading    *self);
gboolean ava_safety_reading_passes (GPtrArray           *findings,
                                    const AvaStoreArgs  *args,
                                    GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AvaSafetyReading, ava_safety_reading_clear)

G_END_DECLS
