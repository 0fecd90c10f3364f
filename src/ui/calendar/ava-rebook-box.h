/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaRebookBox:
 *
 * Offers the next visit: when this customer is due again, and free times of the same provider around
 * it. One key books.
 *
 * Signals: "booked" (AvaAppointment*), "closed"
 */
#define AVA_TYPE_REBOOK_BOX (ava_rebook_box_get_type ())
G_DECLARE_FINAL_TYPE (AvaRebookBox, ava_rebook_box, AVA, REBOOK_BOX, AdwBin)

void ava_rebook_box_start (AvaRebookBox   *self,
                           AvaBook        *book,
                           AvaAppointment *appointment);

G_END_DECLS
