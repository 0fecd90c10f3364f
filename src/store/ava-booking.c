/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-booking.h"

#include "ava-appointment-table.h"
#include "ava-cancel-policy.h"
#include "ava-customer-table.h"
#include "ava-hold-table.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-override.h"
#include "ava-package-table.h"
#include "ava-phone.h"
#include "ava-slot-check.h"
#include "ava-spa-table.h"
#include "ava-step-check.h"

#include <glib/gi18n.h>
#include <string.h>

/* Writes of appointments: book, move, set the status. Each is one transaction. */

#define MOST_IN_NAME 200     /* letters */
#define MOST_IN_NOTES 10000

static gboolean
refuse (GError     **error,
        const char  *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || strspn (text, " \t\n") == strlen (text);
}

gboolean
ava_booking_check_person (AvaStoreArgs  *args,
                          GError       **error)
{
  if (args->text != NULL && (!g_utf8_validate (args->text, -1, NULL) || g_utf8_strlen (args->text, -1) > MOST_IN_NOTES))
    return refuse (error, _("The notes are too long or cannot be read: 10,000 letters are the most."));
  if (args->id != NULL)
    return TRUE;
  if (is_blank (args->name))
    return refuse (error, _("The customer's name is missing."));
  if (!g_utf8_validate (args->name, -1, NULL))
    return refuse (error, _("The customer's name cannot be read."));
  if (g_utf8_strlen (args->name, -1) > MOST_IN_NAME)
    return refuse (error, _("The customer's name is too long: 200 letters are the most."));
  if (args->phone == NULL || !ava_phone_is_e164 (args->phone))
    return refuse (error, _("The phone number is not complete. It must start with + and the country "
                            "code, as in +1 212 555 0100."));
  if (args->email != NULL && *args->email != '\0' && strchr (args->email, '@') == NULL)
    return refuse (error, _("The email address is not complete."));
  return TRUE;
}

/* The first answer to this key, as it is now. */
static AvaAppointment *
repeat_answer (AvaStore      *self,
               AvaStoreArgs  *args,
               const char    *what,
               GError       **error)
{
  g_autofree char *id = ava_journal_find_answer (self, args, what, error);

  return id != NULL ? ava_appointment_table_get (self, id, error) : NULL;
}

/* Who was chosen. A record that was merged meanwhile stands for the one that has all that is known of them. */
static char *
find_chosen (AvaStore    *self,
             const char  *chosen_id,
             GError     **error)
{
  g_autofree char *id = ava_customer_table_resolve (self, chosen_id, error);
  g_autoptr (AvaCustomer) customer = id != NULL ? ava_customer_table_get (self, id, error) : NULL;

  if (customer == NULL)
    return NULL;
  if (customer->erased_us == 0)
    return g_steal_pointer (&id);
  refuse (error, _("What was known of this customer was erased on request. Book them as a new customer."));
  return NULL;
}

static char *
find_or_add_customer (AvaStore      *self,
                      AvaStoreArgs  *args,
                      GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  char *id;

  if (args->id != NULL)
    return find_chosen (self, args->id, error);
  id = ava_customer_table_match (self, args->name, args->phone, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return id != NULL ? id : ava_customer_table_insert (self, args, args, error);
}

/* "ava", "staff", "import": who without which one. */
static char *
make_source (const char *who)
{
  return g_strndup (who, strcspn (who, ":"));
}

/* What somebody was who went over a rule; NULL when nobody did. */
static const char *
name_override (const AvaStoreArgs *args)
{
  if (args->override_reason == NULL)
    return NULL;
  return ava_staff_role_to_string (MAX (args->role, ava_override_time_role (args->role, args->rights)));
}

static gboolean
insert_appointment (AvaStore      *self,
                    AvaStoreArgs  *args,
                    const char    *id,
                    const char    *customer_id,
                    GError       **error)
{
  const AvaSlot *slot = args->slot;
  g_autofree char *source = make_source (args->who);

  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO appointments (id, customer_id, service_id, provider_id, room_id,"
                         " location_id, call_id, start_us, end_us, busy_start_us, busy_end_us,"
                         " price_cents, source, notes, created_us, device_id, active_end_us, override_role, override_reason,"
                         " deposit_cents)"
                         " VALUES (?1, ?2, ?3, ?4, ?5,"
                         " coalesce ((SELECT location_id FROM rooms WHERE id = ?5), (SELECT id FROM locations ORDER BY rank, id LIMIT 1)),"
                         " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                         " coalesce ((SELECT deposit_cents FROM services WHERE id = ?3), 0))", "ssssssiiiiissisiss", id, customer_id,
                         slot->service_id, slot->provider_id, slot->room_id, args->call_id,
                         slot->start_us, slot->end_us, slot->busy_start_us, slot->busy_end_us,
                         args->price_cents, source, args->text, ava_clock_now_us (self->clock),
                         slot->device_id, slot->active_end_us,
                         name_override (args), args->override_reason);
}

gpointer
ava_booking_book (AvaStore      *self,
                  AvaSqlite     *db,
                  AvaStoreArgs  *args,
                  GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *customer_id = NULL;
  AvaAppointment *earlier;

  g_assert (self->thread == g_thread_self ());

  earlier = repeat_answer (self, args, "book", &local_error);
  if (earlier != NULL || local_error != NULL) {
    if (local_error != NULL)
      g_propagate_error (error, g_steal_pointer (&local_error));
    return earlier;
  }
  if (!ava_slot_check_whole (self, args->slot, error) || !ava_booking_check_person (args, error) ||
      !ava_slot_check_free (self, args->slot, ava_hold_table_owner (args), NULL, args, error))
    return NULL;
  customer_id = find_or_add_customer (self, args, error);
  id = ava_id_new (ava_clock_now_us (self->clock));
  if (customer_id == NULL || !ava_slot_check_barred (self, customer_id, args, error) ||
      !ava_slot_check_safe (self, args->slot, customer_id, NULL, args, error) ||
      !insert_appointment (self, args, id, customer_id, error) ||
      !ava_journal_row (self, args, "appointment-booked", "appointments", id, NULL, error) ||
      !ava_hold_table_release (self, args, error) ||
      !ava_journal_keep_answer (self, args, "book", id, error))
    return NULL;
  return ava_appointment_table_get (self, id, error);
}

static gboolean
is_over (AvaAppointment *appointment)
{
  return appointment->status == AVA_APPOINTMENT_CANCELLED ||
         appointment->status == AVA_APPOINTMENT_NO_SHOW;
}

/* Longer or shorter, the same treatment by the same provider: what was agreed when it was booked still holds. */
static gboolean
stays_in_place (const AvaSlot  *slot,
                AvaAppointment *appointment)
{
  return slot->start_us == appointment->start_us && g_strcmp0 (slot->provider_id, appointment->provider_id) == 0 &&
         g_strcmp0 (slot->service_id, appointment->service_id) == 0;
}

/* What barred it, or what the gate refused and somebody answered for, is not asked again where it stays in place. */
static gboolean
check_agreed (AvaStore        *self,
              AvaStoreArgs    *args,
              AvaAppointment  *appointment,
              GError         **error)
{
  gboolean stays = stays_in_place (args->slot, appointment);
  AvaStoreArgs agreed = stays ? ava_slot_check_cover (args, appointment) : *args;

  return (stays || ava_slot_check_barred (self, appointment->customer_id, args, error)) &&
         ava_slot_check_safe (self, args->slot, appointment->customer_id, args->id, &agreed, error);
}

static gboolean
write_move (AvaStore      *self,
            AvaStoreArgs  *args,
            GError       **error)
{
  const AvaSlot *slot = args->slot;
  g_autofree char *before = ava_journal_snapshot (self, "appointments", args->id, error);

  return before != NULL &&
         ava_sqlite_run (self->worker.db, error,
                         "UPDATE appointments SET service_id = ?1, provider_id = ?2, room_id = ?3,"
                         " start_us = ?4, end_us = ?5, busy_start_us = ?6, busy_end_us = ?7, device_id = ?8, active_end_us = ?9,"
                         " location_id = coalesce ((SELECT location_id FROM rooms WHERE id = ?3), location_id),"
                         " override_role = coalesce (?11, override_role), override_reason = coalesce (?12, override_reason),"
                         " version = version + 1 WHERE id = ?10", "sssiiiisisss", slot->service_id,
                         slot->provider_id, slot->room_id, slot->start_us, slot->end_us,
                         slot->busy_start_us, slot->busy_end_us, slot->device_id, slot->active_end_us, args->id,
                         name_override (args), args->override_reason) &&
         ava_journal_row (self, args, "appointment-moved", "appointments", args->id, before, error) &&
         ava_hold_table_release (self, args, error) &&
         ava_journal_keep_answer (self, args, "move", args->id, error);
}

gpointer
ava_booking_move (AvaStore      *self,
                  AvaSqlite     *db,
                  AvaStoreArgs  *args,
                  GError       **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autoptr (GError) local_error = NULL;

  g_assert (self->thread == g_thread_self ());

  appointment = repeat_answer (self, args, "move", &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (appointment != NULL)
    return g_steal_pointer (&appointment);
  appointment = ava_appointment_table_get (self, args->id, error);
  if (appointment == NULL || !ava_slot_check_whole (self, args->slot, error))
    return NULL;
  if (is_over (appointment) || appointment->status == AVA_APPOINTMENT_DONE) {
    refuse (error, _("This appointment is over or was cancelled, so it cannot be moved. Book a new one."));
    return NULL;
  }
  if (!ava_slot_check_free (self, args->slot, ava_hold_table_owner (args), args->id, args, error) ||
      !check_agreed (self, args, appointment, error) ||
      !write_move (self, args, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

/* Only the end moves: set-up, processing and clean-up keep their length. */
static gpointer
resize (AvaStore      *self,
        AvaSqlite     *db,
        AvaStoreArgs  *args,
        GError       **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;

  g_assert (self->thread == g_thread_self ());

  appointment = ava_appointment_table_get (self, args->id, error);
  if (appointment == NULL)
    return NULL;
  args->slot = ava_appointment_get_slot (appointment, args->to_us);
  return ava_booking_move (self, db, args, error);
}

/* An appointment that was given up is booked again. */
static gboolean
check_revival (AvaStore        *self,
               AvaStoreArgs    *args,
               AvaAppointment  *appointment,
               GError         **error)
{
  return !is_over (appointment) || args->status == AVA_APPOINTMENT_CANCELLED || args->status == AVA_APPOINTMENT_NO_SHOW ||
         ava_slot_check_stands (self, appointment, args, error);
}

/* Nobody goes into the room whom the gate refuses. What is noted as done has happened: it is history. */
static gboolean
check_room (AvaStore        *self,
            AvaStoreArgs    *args,
            AvaAppointment  *appointment,
            GError         **error)
{
  return args->status != AVA_APPOINTMENT_IN_ROOM || appointment->status == AVA_APPOINTMENT_DONE ||
         ava_step_check_room (self, appointment, args, error);
}

/* What giving it up costs, by the policy of the service and the clock of the location. */
static gboolean
find_fee (AvaStore        *self,
          AvaStoreArgs    *args,
          AvaAppointment  *appointment,
          gint64          *fee_cents,
          GError         **error)
{
  gboolean gone = args->status == AVA_APPOINTMENT_CANCELLED || args->status == AVA_APPOINTMENT_NO_SHOW;
  g_autoptr (AvaSpa) spa = NULL;
  g_autoptr (AvaSpa) here = NULL;
  AvaService *service;

  *fee_cents = 0;
  if (!gone || g_str_has_prefix (args->who, "import") || strcmp (args->who, "system") == 0)
    return TRUE;
  spa = ava_spa_table_load (self, error);
  if (spa == NULL)
    return FALSE;
  here = ava_spa_at (spa, appointment->location_id);
  service = ava_spa_find_service (spa, appointment->service_id);
  if (service != NULL)
    *fee_cents = ava_cancel_policy_fee (service, appointment->start_us, ava_clock_now_us (self->clock),
                                        here != NULL ? here->zone : spa->zone,
                                        args->status == AVA_APPOINTMENT_NO_SHOW ? AVA_CANCEL_NO_SHOW : AVA_CANCEL_BY_CUSTOMER);
  return TRUE;
}

/* Writes the status with the times of the day's flow: a step keeps the time at which it began, a
 * step back forgets those after it. */
static gboolean
write_status (AvaStore        *self,
              AvaStoreArgs    *args,
              AvaAppointment  *appointment,
              GError         **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  gboolean gone = args->status == AVA_APPOINTMENT_CANCELLED || args->status == AVA_APPOINTMENT_NO_SHOW;
  gboolean enters = args->status == AVA_APPOINTMENT_IN_ROOM;
  gint64 times[3] = { appointment->arrived_us, appointment->in_room_us, appointment->done_us };
  g_autofree char *waiver = NULL;
  gint64 fee_cents;

  if (!find_fee (self, args, appointment, &fee_cents, error))
    return FALSE;
  /* A reason to go over a rule, where there is a fee, is why it is let go. */
  if (fee_cents > 0 && args->override_reason != NULL) {
    waiver = ava_package_table_word_waiver (args, error);
    if (waiver == NULL)
      return FALSE;
    fee_cents = 0;
  }

  for (int i = 0; i < 3 && !gone; i++) {
    AvaAppointmentStatus step = AVA_APPOINTMENT_ARRIVED + i;

    if (args->status < step)
      times[i] = 0;
    else if (args->status == step && times[i] == 0)
      times[i] = now_us;
  }
  return ava_sqlite_run (self->worker.db, error,
                         "UPDATE appointments SET status = ?, arrived_us = ?, in_room_us = ?,"
                         " done_us = ?, cancel_reason = ?, fee_cents = ?, fee_waiver = ?, override_role = coalesce (?, override_role),"
                         " override_reason = coalesce (?, override_reason), version = version + 1 WHERE id = ?",
                         "siiisissss", ava_appointment_status_to_string (args->status), times[0],
                         times[1], times[2],
                         args->status == AVA_APPOINTMENT_CANCELLED ? args->why : NULL, fee_cents, waiver,
                         enters ? name_override (args) : NULL, enters ? args->override_reason : NULL, args->id);
}

gpointer
ava_booking_set_status (AvaStore      *self,
                        AvaSqlite     *db,
                        AvaStoreArgs  *args,
                        GError       **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autofree char *before = NULL;

  g_assert (self->thread == g_thread_self ());

  appointment = ava_appointment_table_get (self, args->id, error);
  if (appointment == NULL)
    return NULL;
  if (appointment->status == args->status)
    return g_steal_pointer (&appointment);
  before = ava_journal_snapshot (self, "appointments", args->id, error);
  if (before == NULL || !check_revival (self, args, appointment, error) || !check_room (self, args, appointment, error) ||
      !write_status (self, args, appointment, error) ||
      !ava_journal_row (self, args, args->status == AVA_APPOINTMENT_CANCELLED ? "appointment-cancelled"
                                                                            : "appointment-status",
                        "appointments", args->id, before, error) ||
      !ava_package_table_follow (self, args, appointment, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_book_async:
 *
 * Books in one transaction. The same key of @actor again gives the first appointment again.
 */
void
ava_store_book_async (AvaStore            *self,
                      const AvaActor      *actor,
                      const AvaBooking    *booking,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->slot = booking->slot != NULL ? ava_slot_copy (booking->slot) : NULL;
  args->id = g_strdup (booking->customer_id);
  args->name = g_strdup (booking->customer_name);
  args->phone = g_strdup (booking->phone);
  args->email = g_strdup (booking->email);
  args->text = g_strdup (booking->notes);
  args->price_cents = booking->price_cents;
  ava_store_run_async (self, AVA_STORE_WRITE, ava_booking_book, args, g_object_unref, ava_store_book_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment; AVA_STORE_ERROR_TAKEN when the time is gone */
AvaAppointment *
ava_store_book_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_book_async, error);
}

void
ava_store_move_async (AvaStore            *self,
                      const AvaActor      *actor,
                      const char          *appointment_id,
                      const AvaSlot       *slot,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->slot = slot != NULL ? ava_slot_copy (slot) : NULL;
  ava_store_run_async (self, AVA_STORE_WRITE, ava_booking_move, args, g_object_unref, ava_store_move_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment at its new time */
AvaAppointment *
ava_store_move_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_move_async, error);
}

/**
 * ava_store_resize_async:
 * @end_us: [us] UTC: when the treatment ends
 */
void
ava_store_resize_async (AvaStore            *self,
                        const AvaActor      *actor,
                        const char          *appointment_id,
                        gint64               end_us,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->to_us = end_us;
  ava_store_run_async (self, AVA_STORE_WRITE, resize, args, g_object_unref, ava_store_resize_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment with its new end */
AvaAppointment *
ava_store_resize_finish (AvaStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_resize_async, error);
}

void
ava_store_set_status_async (AvaStore             *self,
                            const AvaActor       *actor,
                            const char           *appointment_id,
                            AvaAppointmentStatus  status,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->status = status;
  ava_store_run_async (self, AVA_STORE_WRITE, ava_booking_set_status, args, g_object_unref,
                       ava_store_set_status_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment as it is now */
AvaAppointment *
ava_store_set_status_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_set_status_async, error);
}
