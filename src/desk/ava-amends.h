/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

#define AVA_AMENDS_REASON "Ava misheard"

/* What was done about an appointment that Ava booked wrongly. */
typedef struct {
  AvaAppointment *appointment;  /* as it is now */
  gint64 token;                 /* takes the change and its message back */
  char *message;                /* to the customer; waits in the outbox. NULL: there is no number to send it to */
  char *case_path;              /* of the rehearsal case */
} AvaAmends;

void ava_amends_free (AvaAmends *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaAmends, ava_amends_free)

/* One of Ava's bookings that is wrong (BD-03): it is moved to where it belongs, or cancelled without a fee (@to NULL); the
 * customer gets an apology; and the call becomes a rehearsal case in the profile's folder "rehearsals". */
void       ava_amends_make_async  (AvaBook             *book,
                                   AvaAppointment      *appointment,
                                   const AvaBookWish   *to,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
AvaAmends *ava_amends_make_finish (AvaBook             *book,
                                   GAsyncResult        *result,
                                   GError             **error);
gboolean   ava_amends_fits        (AvaAppointment      *appointment);   /* Ava booked it in a call, and it is still to come about */

G_END_DECLS
