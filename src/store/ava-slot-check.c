/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-slot-check.h"

#include "ava-availability.h"
#include "ava-conflict.h"
#include "ava-hold-table.h"
#include "ava-override.h"
#include "ava-safety-reading.h"
#include "ava-spa-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* Whether a slot may be written. Worker thread, inside the transaction that writes it. */

#define MAX_BUSY_US AVA_USEC_PER_DAY

/* The live time of others that touches ?1..?2 and has to do with provider ?4, room ?5, device ?6 or
 * customer ?7: appointments but ?3, holds but those of ?8. */
#define TAKEN \
  "SELECT a.id, a.provider_id, a.room_id, a.device_id, a.service_id, a.customer_id, a.busy_start_us, a.busy_end_us," \
  " a.start_us, a.end_us, a.active_end_us, 0, s.name || ' with ' || p.name" \
  " FROM appointments a JOIN services s ON s.id = a.service_id JOIN providers p ON p.id = a.provider_id" \
  " WHERE a.%s = ?4 AND a.busy_start_us >= ?1 - 86400000000 AND a.busy_start_us < ?2 AND a.busy_end_us > ?1" \
  " AND a.status NOT IN ('cancelled', 'no-show') AND a.id <> ?3"
#define HELD \
  "SELECT id, provider_id, room_id, device_id, service_id, NULL, busy_start_us, busy_end_us, start_us, end_us," \
  " active_end_us, 1, 'a hold' FROM holds WHERE ?4 = %s" \
  " AND busy_start_us < ?2 AND busy_end_us > ?1 AND expires_us > ?5 AND call_id <> ?6 AND ?3 = ?3"

/* A block takes provider, room or device for itself, however long it is; a device is one of the rooms. */
#define BLOCKED \
  "SELECT id, provider_id, room_id, room_id, NULL, NULL, start_us, end_us, 0, 0, 0, 2, coalesce (reason, 'away')" \
  " FROM blocks WHERE %s = ?4 AND end_us > ?1 AND start_us < ?2 AND ?3 = ?3"

static gboolean
refuse (GError     **error,
        const char  *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
is_known (AvaSqlite   *db,
          const char  *sql,
          const char  *id,
          const char  *words,
          GError     **error)
{
  gint64 found = 0;

  if (!ava_sqlite_get_int (db, &found, error, sql, "s", id))
    return FALSE;
  return found > 0 || refuse (error, words);
}

/* Refuses a slot that makes no sense, in words that name the field. */
gboolean
ava_slot_check_whole (AvaStore       *self,
                      const AvaSlot  *slot,
                      GError        **error)
{
  AvaSqlite *db = self->worker.db;

  g_assert (self->thread == g_thread_self ());

  if (slot == NULL)
    return refuse (error, _("Choose a time first."));
  if (slot->start_us <= 0)
    return refuse (error, _("The start time is missing."));
  if (slot->end_us <= slot->start_us)
    return refuse (error, _("The end time must be after the start time."));
  if (slot->busy_start_us > slot->start_us || slot->busy_end_us < slot->end_us)
    return refuse (error, _("Set-up and clean-up must lie around the treatment."));
  if (slot->busy_end_us - slot->busy_start_us > MAX_BUSY_US)
    return refuse (error, _("An appointment cannot last longer than a day."));
  return is_known (db, "SELECT count(*) FROM services WHERE id = ?", slot->service_id,
                   _("Choose a service from the catalogue."), error) &&
         is_known (db, "SELECT count(*) FROM providers WHERE id = ?", slot->provider_id,
                   _("Choose a provider of the spa."), error) &&
         is_known (db, "SELECT count(*) FROM rooms WHERE id = ?", slot->room_id,
                   _("Choose a room of the spa."), error);
}

static AvaBusy *
read_taken (AvaRow *row)
{
  AvaBusy *busy = ava_busy_new ();
  gint64 end_us = ava_row_int (row, 9);
  gint64 active_end_us = ava_row_int (row, 10);

  busy->id = ava_row_dup (row, 0);
  busy->provider_id = ava_row_dup (row, 1);
  busy->room_id = ava_row_dup (row, 2);
  busy->device_id = ava_row_dup (row, 3);
  busy->service_id = ava_row_dup (row, 4);
  busy->customer_id = ava_row_dup (row, 5);
  busy->start_us = ava_row_int (row, 6);
  busy->end_us = ava_row_int (row, 7);
  busy->session_us = ava_row_int (row, 8);
  if (active_end_us != 0 && active_end_us < end_us) {
    busy->free_from_us = active_end_us;
    busy->free_to_us = end_us;
  }
  busy->is_hold = ava_row_int (row, 11) == 1;
  busy->is_block = ava_row_int (row, 11) == 2;
  busy->what = ava_row_dup (row, 12);
  return busy;
}

static gboolean
read_all (AvaRow     *row,
          GPtrArray  *busy,
          GError    **error)
{
  g_autoptr (GError) local_error = NULL;

  if (row == NULL)
    return FALSE;
  while (ava_row_next (row, &local_error))
    g_ptr_array_add (busy, read_taken (row));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Returns: (nullable): AvaBusy of others in the time of @slot that are about @id in @column */
static GPtrArray *
list_taken (AvaStore       *self,
            const AvaSlot  *slot,
            const char     *column,
            const char     *id,
            const char     *owner,
            const char     *except_id,
            GError        **error)
{
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autofree char *taken = g_strdup_printf (TAKEN, column);
  g_autofree char *held = g_strdup_printf (HELD, column);
  g_autofree char *blocked = g_strdup_printf (BLOCKED, g_strcmp0 (column, "device_id") == 0 ? "room_id" : column);
  const char *except = except_id != NULL ? except_id : "";

  if (!read_all (ava_sqlite_query (self->worker.db, error, taken, "iiss", slot->busy_start_us, slot->busy_end_us, except, id),
                 busy, error))
    return NULL;
  if (g_strcmp0 (column, "customer_id") != 0 &&
      !read_all (ava_sqlite_query (self->worker.db, error, held, "iissis", slot->busy_start_us, slot->busy_end_us, except, id,
                                   ava_clock_now_us (self->clock), owner), busy, error))
    return NULL;
  if (g_strcmp0 (column, "customer_id") != 0 &&
      !read_all (ava_sqlite_query (self->worker.db, error, blocked, "iiss", slot->busy_start_us, slot->busy_end_us, except, id),
                 busy, error))
    return NULL;
  return g_steal_pointer (&busy);
}

static gboolean
may_double_book (const AvaStoreArgs *args)
{
  gboolean may = args != NULL && (args->rights != 0 ? (args->rights & AVA_RIGHT_BOOK_ANYWAY) != 0 : args->role >= AVA_STAFF_ROLE_MANAGER);

  return may && args->override_reason != NULL &&
         strspn (args->override_reason, " \t\n") < strlen (args->override_reason);
}

/* Rooms and devices cannot be in two places, whoever says so; a provider's time a manager may give. */
static gboolean
check_resource (AvaStore            *self,
                const AvaSlot       *slot,
                AvaResource          resource,
                const char          *owner,
                const char          *except_id,
                const AvaStoreArgs  *args,
                GError             **error)
{
  static const char *const columns[] = { "provider_id", "room_id", "device_id" };
  const char *id = resource == AVA_RESOURCE_PROVIDER ? slot->provider_id : resource == AVA_RESOURCE_ROOM ? slot->room_id : slot->device_id;
  g_autoptr (GPtrArray) busy = NULL;
  g_autofree char *name = NULL;
  gint64 capacity = 1;
  gint64 group = 1;
  guint places = 0;

  if (id == NULL)
    return TRUE;
  busy = list_taken (self, slot, columns[resource], id, owner, except_id, error);
  if (busy == NULL || !ava_sqlite_get_int (self->worker.db, &group, error, "SELECT coalesce(max(group_size), 1) FROM services WHERE id = ?",
                                           "s", slot->service_id != NULL ? slot->service_id : "") ||
      (resource != AVA_RESOURCE_PROVIDER &&
       !ava_sqlite_get_int (self->worker.db, &capacity, error, "SELECT max(capacity, 1) FROM rooms WHERE id = ?", "s", id)))
    return FALSE;
  for (guint i = 0; i < busy->len; i++)
    places += ava_conflict_is_session (busy->pdata[i], slot);
  if ((group <= 1 || places < group) && ava_conflict_find (busy, slot, resource, id, capacity, group) == NULL)
    return TRUE;
  if (resource == AVA_RESOURCE_PROVIDER && may_double_book (args))
    return TRUE;
  if (!ava_sqlite_get_text (self->worker.db, &name, error,
                            resource == AVA_RESOURCE_PROVIDER ? "SELECT name FROM providers WHERE id = ?" : "SELECT name FROM rooms WHERE id = ?",
                            "s", id))
    return FALSE;
  if (group > 1 && places >= group)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN, _("This group is full: %u of %u places are taken."), places, (guint) group);
  else
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN,
                 resource == AVA_RESOURCE_PROVIDER ? _("%s is busy at that time. Choose another time or provider.")
                                                   : _("%s is in use at that time. Choose another time or room."), name);
  return FALSE;
}

/**
 * ava_slot_check_free:
 * @owner: the call (or person) whose own holds do not count
 * @except_id: (nullable): an appointment that does not count, when it is moved
 * @args: (nullable): of the actor, who may be one that overrides
 *
 * Returns: %FALSE with AVA_STORE_ERROR_TAKEN when the provider, the room or the device is busy then
 */
gboolean
ava_slot_check_free (AvaStore            *self,
                     const AvaSlot       *slot,
                     const char          *owner,
                     const char          *except_id,
                     const AvaStoreArgs  *args,
                     GError             **error)
{
  g_assert (self->thread == g_thread_self ());

  for (AvaResource resource = AVA_RESOURCE_PROVIDER; resource <= AVA_RESOURCE_DEVICE; resource++) {
    if (!check_resource (self, slot, resource, owner, except_id, args, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * ava_slot_check_barred:
 *
 * Whether the spa books this customer at all. Who may give a busy provider's time may go over it, with a
 * reason; Ava and an import may not.
 *
 * Returns: %FALSE with AVA_STORE_ERROR_BARRED
 */
gboolean
ava_slot_check_barred (AvaStore            *self,
                       const char          *customer_id,
                       const AvaStoreArgs  *args,
                       GError             **error)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  g_autofree char *why = NULL;
  AvaReason *bar;

  g_assert (self->thread == g_thread_self ());

  if (!ava_sqlite_get_text (self->worker.db, &why, error, "SELECT do_not_book FROM customers WHERE id = ?", "s", customer_id))
    return FALSE;
  bar = ava_override_bar (why);
  if (bar == NULL)
    return TRUE;
  g_ptr_array_add (reasons, bar);
  if (ava_override_allows (reasons, ava_override_time_role (args->role, args->rights), args->override_reason, FALSE))
    return TRUE;
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_BARRED, bar->words);
  return FALSE;
}

/**
 * ava_slot_check_safe:
 * @except_id: (nullable): the appointment itself, when it is moved
 *
 * The safety gate, inside the transaction: whoever books, by whatever channel.
 *
 * Returns: %FALSE with AVA_STORE_ERROR_UNSAFE, or AVA_STORE_ERROR_WARNING when the customer is elsewhere
 */
gboolean
ava_slot_check_safe (AvaStore            *self,
                     const AvaSlot       *slot,
                     const char          *customer_id,
                     const char          *except_id,
                     AvaStoreArgs        *args,
                     GError             **error)
{
  g_autoptr (AvaSpa) spa = ava_spa_table_load (self, error);
  g_autoptr (AvaSpa) here = spa != NULL ? ava_spa_see (spa, ava_spa_place_of (spa, slot->room_id)) : NULL;
  g_auto (AvaSafetyReading) reading = { 0 };
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autoptr (GPtrArray) warnings = NULL;

  g_assert (self->thread == g_thread_self ());

  if (spa == NULL || !ava_safety_reading_take (&reading, self, slot, customer_id, except_id, error))
    return FALSE;
  elsewhere = list_taken (self, slot, "customer_id", customer_id, "", except_id, error);
  if (elsewhere == NULL)
    return FALSE;
  findings = ava_safety_judge (here, &reading.wanted);
  if (!ava_safety_reading_passes (findings, args, error))
    return FALSE;
  warnings = ava_availability_warn (here, elsewhere, slot, customer_id, g_str_has_prefix (args->who, "staff:") ? AVA_WRITTEN : AVA_SPOKEN);
  if (warnings->len == 0 || args->goes_on)
    return TRUE;
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_WARNING, ((AvaReason *) warnings->pdata[0])->words);
  return FALSE;
}

/**
 * ava_slot_check_cover:
 *
 * Returns: @args as they are to be judged: where they give no reason, with the reason and the role that were kept with
 *   @appointment. Borrows from both.
 */
AvaStoreArgs
ava_slot_check_cover (const AvaStoreArgs *args,
                      AvaAppointment     *appointment)
{
  AvaStoreArgs acting = *args;

  if (args->override_reason == NULL && appointment->override_reason != NULL) {
    acting.override_reason = appointment->override_reason;
    acting.role = ava_staff_role_from_string (appointment->override_role);
    acting.rights = 0;
  }
  return acting;
}

/**
 * ava_slot_check_stands:
 * @appointment: as its row is now
 *
 * Whether what was given up, or taken to another place, may stand where its row says: as if it were booked there. What
 * @args give no reason for, the reason that was kept with it may cover. What is over is not judged: it is history.
 *
 * Returns: %FALSE with the error of the check that failed
 */
gboolean
ava_slot_check_stands (AvaStore            *self,
                       AvaAppointment      *appointment,
                       const AvaStoreArgs  *args,
                       GError             **error)
{
  g_autoptr (AvaSlot) slot = ava_appointment_get_slot (appointment, appointment->end_us);
  AvaStoreArgs booking = ava_slot_check_cover (args, appointment);

  if (!ava_slot_check_free (self, slot, ava_hold_table_owner (args), appointment->id, &booking, error))
    return FALSE;
  return appointment->end_us <= ava_clock_now_us (self->clock) ||
         (ava_slot_check_barred (self, appointment->customer_id, &booking, error) &&
          ava_slot_check_safe (self, slot, appointment->customer_id, appointment->id, &booking, error));
}
