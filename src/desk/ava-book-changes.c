/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-private.h"

#include <glib/gi18n.h>

/* Changes of an appointment that are one call of the store each: its length, state, notes, deposit and fee. */

static void
resize (AvaBook             *self,
        AvaActor            *actor,
        const char          *appointment_id,
        gint64               end_us,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  GTask *task = ava_book_start_change (self, _("Changed the length"), ava_store_resize_finish, actor, callback, user_data);

  ava_store_resize_async (ava_context_get_store (self->context), actor, appointment_id, end_us, NULL, ava_book_change_cb, task);
}

/**
 * ava_book_resize_async:
 * @end_us: [us] UTC: when the treatment ends
 */
void
ava_book_resize_async (AvaBook             *self,
                       const char          *appointment_id,
                       gint64               end_us,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  resize (self, &actor, appointment_id, end_us, callback, user_data);
}

/**
 * ava_book_resize_anyway_async:
 * @end_us: [us] UTC: when the treatment ends
 * @reason: (nullable): why whoever may goes over what speaks against it; %NULL goes over warnings only
 */
void
ava_book_resize_anyway_async (AvaBook             *self,
                              const char          *appointment_id,
                              gint64               end_us,
                              const char          *reason,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  actor.goes_on = TRUE;
  actor.why = actor.override_reason = reason;
  resize (self, &actor, appointment_id, end_us, callback, user_data);
}

/**
 * ava_book_set_deposit_async:
 * @cents: [cents]
 * @refunded: they are given back, instead of taken
 *
 * Notes what was paid of the deposit, or that it was given back. No money is moved.
 */
void
ava_book_set_deposit_async (AvaBook             *self,
                            const char          *appointment_id,
                            gint64               cents,
                            gboolean             refunded,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  if (refunded) {
    task = ava_book_start_change (self, _("Deposit given back"), ava_store_refund_deposit_finish, &actor, callback, user_data);
    ava_store_refund_deposit_async (ava_context_get_store (self->context), &actor, appointment_id, cents, NULL, ava_book_change_cb, task);
  } else {
    task = ava_book_start_change (self, _("Deposit taken"), ava_store_pay_deposit_finish, &actor, callback, user_data);
    ava_store_pay_deposit_async (ava_context_get_store (self->context), &actor, appointment_id, cents, NULL, ava_book_change_cb, task);
  }
}

/**
 * ava_book_waive_fee_async:
 * @reason: is kept
 *
 * Lets the fee of a cancelled or missed appointment go.
 */
void
ava_book_waive_fee_async (AvaBook             *self,
                          const char          *appointment_id,
                          const char          *reason,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ava_book_start_change (self, _("Fee let go"), ava_store_waive_fee_finish, &actor, callback, user_data);
  actor.why = actor.override_reason = reason;
  ava_store_waive_fee_async (ava_context_get_store (self->context), &actor, appointment_id, NULL, ava_book_change_cb, task);
}

/**
 * ava_book_take_waiting_async:
 * @entry_id: of the waitlist
 * @slot: a free time
 *
 * Books one who waits, who then waits no more.
 */
void
ava_book_take_waiting_async (AvaBook             *self,
                             const char          *entry_id,
                             const AvaSlot       *slot,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ava_book_start_change (self, _("Booked from the waitlist"), ava_store_book_waiting_finish, &actor, callback, user_data);
  ava_store_book_waiting_async (ava_context_get_store (self->context), &actor, entry_id, slot, NULL, ava_book_change_cb, task);
}

static const char *
name_step (AvaAppointmentStatus status)
{
  const char *const names[] = {
    _("Set back to scheduled"), _("Confirmed"), _("Arrived"), _("In the room"), _("Done"), _("Did not come"), _("Cancelled"),
  };

  return names[MIN (status, G_N_ELEMENTS (names) - 1)];
}

static void
step (AvaBook              *self,
      const char           *verb,
      const char           *appointment_id,
      AvaAppointmentStatus  status,
      const char           *reason,
      GAsyncReadyCallback   callback,
      gpointer              user_data)
{
  AvaActor actor = ava_book_get_actor (self);
  GTask *task = ava_book_start_change (self, verb, ava_store_set_status_finish, &actor, callback, user_data);

  if (reason != NULL)
    actor.why = actor.override_reason = reason;
  ava_store_set_status_async (ava_context_get_store (self->context), &actor, appointment_id, status, NULL, ava_book_change_cb, task);
}

/**
 * ava_book_no_show_waived_async:
 * @waiver: why the fee for not coming is let go
 *
 * For whoever has the right to let fees go; where there is no fee it is a step like any other.
 */
void
ava_book_no_show_waived_async (AvaBook             *self,
                               const char          *appointment_id,
                               const char          *waiver,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  step (self, _("Did not come, without a fee"), appointment_id, AVA_APPOINTMENT_NO_SHOW, waiver, callback, user_data);
}

/**
 * ava_book_enter_room_async:
 * @reason: why whoever may goes over what the safety gate says
 */
void
ava_book_enter_room_async (AvaBook             *self,
                           const char          *appointment_id,
                           const char          *reason,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  step (self, _("In the room, against a rule"), appointment_id, AVA_APPOINTMENT_IN_ROOM, reason, callback, user_data);
}

void
ava_book_set_status_async (AvaBook              *self,
                           const char           *appointment_id,
                           AvaAppointmentStatus  status,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  step (self, name_step (status), appointment_id, status, NULL, callback, user_data);
}

/**
 * ava_book_set_notes_async:
 * @seen: (nullable): what stood there when @notes was begun; what others wrote since is kept beside it
 * @notes: (nullable): %NULL or "" removes them
 */
void
ava_book_set_notes_async (AvaBook             *self,
                          const char          *appointment_id,
                          const char          *seen,
                          const char          *notes,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ava_book_start_change (self, _("Notes changed"), ava_store_set_notes_finish, &actor, callback, user_data);
  ava_store_set_notes_async (ava_context_get_store (self->context), &actor, appointment_id, seen, notes, NULL, ava_book_change_cb, task);
}
