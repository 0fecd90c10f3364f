/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-booking.h"
#include "ava-customer-table.h"
#include "ava-hold-table.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-phone.h"
#include "ava-slot-check.h"
#include "ava-store-waitlist.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Who waits for a time to become free.
 *
 *    waiting --offer--> offered --accept--> booked
 *       ^                  |
 *       +--declines, or the offer runs out        waiting, offered --leave--> left
 *
 * An offer is a hold that belongs to the entry, so nobody else can take the time meanwhile. That it has
 * run out is not written anywhere: the clock says so.
 */

#define MOST_IN_NOTES 10000

#define SELECT_ENTRY \
  "SELECT w.id, w.customer_id, w.service_id, w.provider_id, c.name, c.phone, s.name, p.name, w.notes, w.from_us, w.to_us," \
  " w.from_min, w.to_min, w.created_us, CASE WHEN w.status = 'offered' AND w.offer_until_us <= ?1 THEN 'waiting' ELSE w.status END," \
  " w.offer_start_us, w.offer_until_us, w.appointment_id, w.version, w.location_id, l.name," \
  " (SELECT count(*) FROM appointments WHERE customer_id = c.id AND status = 'done')," \
  " (SELECT count(*) FROM appointments WHERE customer_id = c.id AND status = 'no-show')," \
  " (SELECT coalesce (sum (price_cents), 0) FROM appointments WHERE customer_id = c.id AND status = 'done')," \
  " (SELECT room_id FROM holds WHERE id = w.hold_id)" \
  " FROM waitlist w JOIN customers c ON c.id = w.customer_id JOIN services s ON s.id = w.service_id" \
  " LEFT JOIN providers p ON p.id = w.provider_id LEFT JOIN locations l ON l.id = w.location_id "

static gboolean
refuse (GError        **error,
        AvaStoreError   code,
        const char     *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, code, words);
  return FALSE;
}

static gpointer
read_entry (AvaRow *row)
{
  AvaWaitlistEntry *entry = ava_waitlist_entry_new ();

  entry->id = ava_row_dup (row, 0);
  entry->customer_id = ava_row_dup (row, 1);
  entry->service_id = ava_row_dup (row, 2);
  entry->provider_id = ava_row_dup (row, 3);
  entry->customer_name = ava_row_dup (row, 4);
  entry->customer_phone = ava_row_dup (row, 5);
  entry->service_name = ava_row_dup (row, 6);
  entry->provider_name = ava_row_dup (row, 7);
  entry->notes = ava_row_dup (row, 8);
  entry->from_us = ava_row_int (row, 9);
  entry->to_us = ava_row_int (row, 10);
  entry->from_min = ava_row_int (row, 11);
  entry->to_min = ava_row_int (row, 12);
  entry->created_us = ava_row_int (row, 13);
  entry->status = ava_waitlist_status_from_string (ava_row_text (row, 14));
  if (entry->status == AVA_WAITLIST_OFFERED) {
    entry->offer_start_us = ava_row_int (row, 15);
    entry->offer_until_us = ava_row_int (row, 16);
    entry->offer_room_id = ava_row_dup (row, 24);
  }
  entry->appointment_id = ava_row_dup (row, 17);
  entry->version = ava_row_int (row, 18);
  entry->location_id = ava_row_dup (row, 19);
  entry->location_name = ava_row_dup (row, 20);
  entry->visits = ava_row_int (row, 21);
  entry->no_shows = ava_row_int (row, 22);
  entry->spent_cents = ava_row_int (row, 23);
  return entry;
}

static AvaWaitlistEntry *
get_entry (AvaStore    *self,
           const char  *id,
           GError     **error)
{
  g_autoptr (GPtrArray) rows = ava_row_read_all (ava_sqlite_query (self->worker.db, error, SELECT_ENTRY "WHERE w.id = ?2", "is",
                                                                   ava_clock_now_us (self->clock), id), read_entry, g_object_unref, error);

  g_assert (self->thread == g_thread_self ());

  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return g_object_ref (rows->pdata[0]);
  refuse (error, AVA_STORE_ERROR_NOT_FOUND, _("This entry is not on the waitlist any more."));
  return NULL;
}

/* Whether they wait, with a time on offer to them or without. */
static gboolean
check_open (AvaWaitlistEntry  *entry,
            GError           **error)
{
  return entry->status == AVA_WAITLIST_WAITING || entry->status == AVA_WAITLIST_OFFERED ||
         refuse (error, AVA_STORE_ERROR_CONFLICT, _("They do not wait any more."));
}

static gboolean
check_waiting (AvaWaitlistEntry  *entry,
               GError           **error)
{
  if (entry->status == AVA_WAITLIST_OFFERED)
    return refuse (error, AVA_STORE_ERROR_CONFLICT, _("A time is being offered to them already. Take that offer back first."));
  return check_open (entry, error);
}

/* --- Joining ----------------------------------------------------------------------------------- */

static gboolean
count_rows (AvaStore    *self,
            const char  *sql,
            const char  *id,
            gint64      *found,
            GError     **error)
{
  *found = 0;
  return ava_sqlite_get_int (self->worker.db, found, error, sql, "s", id != NULL ? id : "");
}

/* NULL for any is a location too. */
static gboolean
check_location (AvaStore    *self,
                const char  *location,
                GError     **error)
{
  gint64 found = 1;

  if (location != NULL && !count_rows (self, "SELECT count(*) FROM locations WHERE id = ? AND archived_us = 0", location, &found, error))
    return FALSE;
  return found > 0 || refuse (error, AVA_STORE_ERROR_INVALID, _("Choose a location of the spa."));
}

static gboolean
check_wish (AvaStore      *self,
            AvaStoreArgs  *args,
            GError       **error)
{
  const char *provider = json_object_get_string_member_with_default (args->data, "provider_id", NULL);
  gint64 from_min = json_object_get_int_member (args->data, "from_min");
  gint64 to_min = json_object_get_int_member (args->data, "to_min");
  gint64 found;

  if (!count_rows (self, "SELECT count(*) FROM services WHERE id = ? AND archived_us = 0", args->kind, &found, error))
    return FALSE;
  if (found == 0)
    return refuse (error, AVA_STORE_ERROR_INVALID, _("Choose a service from the catalogue."));
  if (provider != NULL && !count_rows (self, "SELECT count(*) FROM providers WHERE id = ? AND archived_us = 0", provider, &found, error))
    return FALSE;
  if (provider != NULL && found == 0)
    return refuse (error, AVA_STORE_ERROR_INVALID, _("Choose a provider of the spa."));
  if (!check_location (self, json_object_get_string_member_with_default (args->data, "location_id", NULL), error))
    return FALSE;
  if (args->to_us != 0 && (args->to_us < args->from_us || args->to_us <= ava_clock_now_us (self->clock)))
    return refuse (error, AVA_STORE_ERROR_INVALID, _("The last day to wait for must not be over, nor before the first one."));
  if (from_min < 0 || to_min > 1440 || to_min < from_min)
    return refuse (error, AVA_STORE_ERROR_INVALID, _("The latest time of day must be after the earliest one."));
  if (args->text != NULL && (!g_utf8_validate (args->text, -1, NULL) || g_utf8_strlen (args->text, -1) > MOST_IN_NOTES))
    return refuse (error, AVA_STORE_ERROR_INVALID, _("The notes are too long or cannot be read."));
  return TRUE;
}

static char *
find_customer (AvaStore      *self,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 found;
  char *id;

  if (args->id != NULL) {
    if (!count_rows (self, "SELECT count(*) FROM customers WHERE id = ? AND archived_us = 0", args->id, &found, error))
      return NULL;
    if (found > 0)
      return g_strdup (args->id);
    refuse (error, AVA_STORE_ERROR_NOT_FOUND, _("This customer is not in the book."));
    return NULL;
  }
  if (!ava_booking_check_person (args, error))
    return NULL;
  id = ava_customer_table_match (self, args->name, args->phone, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return id != NULL ? id : ava_customer_table_insert (self, args, args, error);
}

static gboolean
write_wish (AvaStore      *self,
            AvaStoreArgs  *args,
            const char    *id,
            const char    *customer_id,
            gboolean       again,
            GError       **error)
{
  const char *provider = json_object_get_string_member_with_default (args->data, "provider_id", NULL);
  const char *location = json_object_get_string_member_with_default (args->data, "location_id", NULL);
  gint64 from_min = json_object_get_int_member (args->data, "from_min");
  gint64 to_min = json_object_get_int_member (args->data, "to_min");
  g_autofree char *before = again ? ava_journal_snapshot (self, "waitlist", id, error) : NULL;

  if (again && before == NULL)
    return FALSE;
  /* Who asks again keeps their place. */
  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO waitlist (id, customer_id, service_id, provider_id, location_id, from_us, to_us, from_min, to_min, notes,"
                         " created_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                         " ON CONFLICT (id) DO UPDATE SET provider_id = excluded.provider_id, location_id = excluded.location_id,"
                         " from_us = excluded.from_us, to_us = excluded.to_us, from_min = excluded.from_min, to_min = excluded.to_min,"
                         " notes = coalesce (excluded.notes, notes), version = version + 1", "sssssiiiisi", id, customer_id, args->kind,
                         provider, location, args->from_us, args->to_us, from_min, to_min, args->text, ava_clock_now_us (self->clock)) &&
         ava_journal_row (self, args, again ? "waitlist-changed" : "waitlist-joined", "waitlist", id, before, error);
}

static gpointer
join (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  g_autofree char *customer_id = NULL;
  g_autofree char *earlier = NULL;
  g_autofree char *id = NULL;

  g_assert (self->thread == g_thread_self ());

  if (!check_wish (self, args, error))
    return NULL;
  customer_id = find_customer (self, args, error);
  if (customer_id == NULL || !ava_slot_check_barred (self, customer_id, args, error) ||
      !ava_sqlite_get_text (db, &earlier, error, "SELECT id FROM waitlist WHERE customer_id = ? AND service_id = ?"
                            " AND status IN ('waiting', 'offered')", "ss", customer_id, args->kind))
    return NULL;
  id = earlier != NULL ? g_strdup (earlier) : ava_id_new (ava_clock_now_us (self->clock));
  if (!write_wish (self, args, id, customer_id, earlier != NULL, error))
    return NULL;
  return get_entry (self, id, error);
}

static gpointer
move_wish (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_autoptr (AvaWaitlistEntry) entry = get_entry (self, args->id, error);
  g_autofree char *before = NULL;

  if (entry == NULL || !check_location (self, args->kind, error) || !check_waiting (entry, error))
    return NULL;
  if (g_strcmp0 (entry->location_id, args->kind) == 0)
    return g_steal_pointer (&entry);
  before = ava_journal_snapshot (self, "waitlist", args->id, error);
  if (before == NULL ||
      !ava_sqlite_run (db, error, "UPDATE waitlist SET location_id = ?, version = version + 1 WHERE id = ?", "ss", args->kind, args->id) ||
      !ava_journal_row (self, args, "waitlist-changed", "waitlist", args->id, before, error))
    return NULL;
  return get_entry (self, args->id, error);
}

/* --- Offers ------------------------------------------------------------------------------------ */

static gboolean
write_state (AvaStore          *self,
             AvaStoreArgs      *args,
             const char        *what,
             AvaWaitlistStatus  status,
             const char        *hold_id,
             const char        *appointment_id,
             GError           **error)
{
  g_autofree char *before = ava_journal_snapshot (self, "waitlist", args->id, error);

  return before != NULL &&
         ava_sqlite_run (self->worker.db, error,
                         "UPDATE waitlist SET status = ?, hold_id = ?, offer_start_us = ?, offer_until_us = ?, appointment_id = ?,"
                         " version = version + 1 WHERE id = ?", "ssiiss", ava_waitlist_status_to_string (status), hold_id,
                         hold_id != NULL && args->slot != NULL ? args->slot->start_us : (gint64) 0, hold_id != NULL ? args->to_us : (gint64) 0,
                         appointment_id, args->id) &&
         ava_journal_row (self, args, what, "waitlist", args->id, before, error);
}

/* The rest of the transaction is the entry's: its holds are what is released and taken. */
static void
act_for_entry (AvaStoreArgs *args)
{
  args->owner = g_strconcat ("waitlist:", args->id, NULL);
}

static gpointer
offer (AvaStore      *self,
       AvaSqlite     *db,
       AvaStoreArgs  *args,
       GError       **error)
{
  g_autoptr (AvaWaitlistEntry) entry = get_entry (self, args->id, error);
  g_autofree char *hold_id = NULL;

  if (entry == NULL || !check_waiting (entry, error))
    return NULL;
  if (args->slot == NULL || g_strcmp0 (args->slot->service_id, entry->service_id) != 0) {
    refuse (error, AVA_STORE_ERROR_INVALID, _("They wait for another service."));
    return NULL;
  }
  act_for_entry (args);
  hold_id = ava_hold_table_take (self, args, error);
  if (hold_id == NULL || !write_state (self, args, "waitlist-offered", AVA_WAITLIST_OFFERED, hold_id, NULL, error))
    return NULL;
  return get_entry (self, args->id, error);
}

static gpointer
read_slot (AvaRow *row)
{
  AvaSlot *slot = ava_slot_new ();

  slot->service_id = ava_row_dup (row, 0);
  slot->provider_id = ava_row_dup (row, 1);
  slot->room_id = ava_row_dup (row, 2);
  slot->device_id = ava_row_dup (row, 3);
  slot->start_us = ava_row_int (row, 4);
  slot->end_us = ava_row_int (row, 5);
  slot->busy_start_us = ava_row_int (row, 6);
  slot->busy_end_us = ava_row_int (row, 7);
  slot->active_end_us = ava_row_int (row, 8);
  return slot;
}

static gboolean
load_offer (AvaStore      *self,
            AvaStoreArgs  *args,
            GError       **error)
{
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT h.service_id, h.provider_id, h.room_id, h.device_id, h.start_us, h.end_us, h.busy_start_us,"
                                  " h.busy_end_us, h.active_end_us FROM waitlist w JOIN holds h ON h.id = w.hold_id"
                                  " WHERE w.id = ? AND w.status = 'offered' AND h.expires_us > ?", "si", args->id,
                                  ava_clock_now_us (self->clock));

  if (row == NULL)
    return FALSE;
  if (ava_row_next (row, error)) {
    args->slot = read_slot (row);
    ava_row_end (row);
    return TRUE;
  }
  return *error == NULL && refuse (error, AVA_STORE_ERROR_CONFLICT, _("This offer has run out. Look whether the time is still free."));
}

static gpointer
accept_offer (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (AvaWaitlistEntry) entry = get_entry (self, args->id, error);
  g_autoptr (AvaAppointment) made = NULL;
  g_autofree char *entry_id = g_strdup (args->id);

  if (entry == NULL)
    return NULL;
  g_free (args->key);
  args->key = g_strdup_printf ("waitlist/%s/%" G_GINT64_FORMAT, entry->id, entry->created_us);
  if (entry->status == AVA_WAITLIST_OFFERED || entry->status == AVA_WAITLIST_WAITING) {
    if (!load_offer (self, args, &local_error)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  } else if (entry->status != AVA_WAITLIST_BOOKED) {
    refuse (error, AVA_STORE_ERROR_CONFLICT, _("They do not wait any more."));
    return NULL;
  }
  act_for_entry (args);
  g_free (args->id);
  args->id = g_strdup (entry->customer_id);
  if (args->slot != NULL && !ava_sqlite_get_int (db, &args->price_cents, error, "SELECT price_cents FROM services WHERE id = ?", "s",
                                                 args->slot->service_id))
    return NULL;
  made = ava_booking_book (self, db, args, error);
  g_free (args->id);
  args->id = g_steal_pointer (&entry_id);
  if (made == NULL || (entry->status != AVA_WAITLIST_BOOKED &&
                       !write_state (self, args, "waitlist-booked", AVA_WAITLIST_BOOKED, NULL, made->id, error)))
    return NULL;
  return g_steal_pointer (&made);
}

/* A time that came free, without an offer first: they are on the phone, or were asked. One change: taken
 * back, they wait again. */
static gpointer
book_waiting (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  g_autoptr (AvaWaitlistEntry) entry = get_entry (self, args->id, error);
  g_autoptr (AvaAppointment) made = NULL;
  g_autofree char *entry_id = g_strdup (args->id);

  if (entry == NULL || !check_open (entry, error))
    return NULL;
  if (args->slot == NULL || g_strcmp0 (args->slot->service_id, entry->service_id) != 0) {
    refuse (error, AVA_STORE_ERROR_INVALID, _("They wait for another service."));
    return NULL;
  }
  act_for_entry (args);
  g_free (args->id);
  args->id = g_strdup (entry->customer_id);
  if (!ava_sqlite_get_int (db, &args->price_cents, error, "SELECT price_cents FROM services WHERE id = ?", "s", entry->service_id))
    return NULL;
  made = ava_booking_book (self, db, args, error);
  g_free (args->id);
  args->id = g_steal_pointer (&entry_id);
  if (made == NULL || !write_state (self, args, "waitlist-booked", AVA_WAITLIST_BOOKED, NULL, made->id, error))
    return NULL;
  return g_steal_pointer (&made);
}

/* Appointments that were cancelled after that line of the journal, and whose time is still to come. */
static gpointer
list_freed (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  g_autoptr (AvaFreed) freed = g_new0 (AvaFreed, 1);
  g_autoptr (GError) local_error = NULL;
  AvaRow *row;

  freed->appointments = g_ptr_array_new_with_free_func (g_object_unref);
  if (!ava_sqlite_get_int (db, &freed->seen, error, "SELECT coalesce (max (id), 0) FROM journal", ""))
    return NULL;
  if (args->at_us < 0)   /* only asks where the journal is */
    return g_steal_pointer (&freed);
  row = ava_sqlite_query (db, error, "SELECT DISTINCT j.row_id FROM journal j JOIN appointments a ON a.id = j.row_id"
                          " WHERE j.id > ?1 AND j.what = 'appointment-cancelled' AND a.status = 'cancelled' AND a.start_us > ?2"
                          " ORDER BY j.id DESC LIMIT 5", "ii", args->at_us, ava_clock_now_us (self->clock));
  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error)) {
    AvaAppointment *appointment = ava_appointment_table_get (self, ava_row_text (row, 0), &local_error);

    if (appointment == NULL)
      break;
    g_ptr_array_add (freed->appointments, appointment);
  }
  if (local_error == NULL)
    return g_steal_pointer (&freed);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gpointer
leave (AvaStore      *self,
       AvaSqlite     *db,
       AvaStoreArgs  *args,
       GError       **error)
{
  g_autoptr (AvaWaitlistEntry) entry = get_entry (self, args->id, error);

  if (entry == NULL || !check_open (entry, error))
    return NULL;
  act_for_entry (args);
  if (!ava_hold_table_release (self, args, error) ||
      !write_state (self, args, args->flag ? "waitlist-declined" : "waitlist-left",
                    args->flag ? AVA_WAITLIST_WAITING : AVA_WAITLIST_LEFT, NULL, NULL, error))
    return NULL;
  return get_entry (self, args->id, error);
}

static gpointer
list (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (ava_sqlite_query (db, error, SELECT_ENTRY "WHERE w.status IN ('waiting', 'offered')"
                                             " AND (?2 IS NULL OR w.service_id = ?2) AND c.archived_us = 0"
                                             " AND (w.to_us = 0 OR w.to_us > ?1) ORDER BY w.created_us, w.id", "is",
                                             ava_clock_now_us (self->clock), args->id), read_entry, g_object_unref, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_join_waitlist_async (AvaStore              *self,
                               const AvaActor        *actor,
                               const AvaWaitlistWish *wish,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (wish->customer_id);
  args->name = g_strdup (wish->customer_name);
  args->phone = g_strdup (wish->phone);
  args->email = g_strdup (wish->email);
  args->kind = g_strdup (wish->service_id);
  args->text = g_strdup (wish->notes);
  args->from_us = wish->from_us;
  args->to_us = wish->to_us;
  args->data = json_object_new ();
  json_object_set_int_member (args->data, "from_min", wish->from_min);
  json_object_set_int_member (args->data, "to_min", wish->to_min != 0 ? wish->to_min : 1440);
  if (wish->provider_id != NULL)
    json_object_set_string_member (args->data, "provider_id", wish->provider_id);
  if (wish->location_id != NULL)
    json_object_set_string_member (args->data, "location_id", wish->location_id);
  ava_store_run_async (self, AVA_STORE_WRITE, join, args, g_object_unref, ava_store_join_waitlist_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the entry */
AvaWaitlistEntry *
ava_store_join_waitlist_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_join_waitlist_async, error);
}

void
ava_store_move_waiting_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *entry_id,
                              const char          *location_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (entry_id);
  args->kind = g_strdup (location_id);
  ava_store_run_async (self, AVA_STORE_WRITE, move_wish, args, g_object_unref, ava_store_move_waiting_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the entry as it is now */
AvaWaitlistEntry *
ava_store_move_waiting_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_move_waiting_async, error);
}

void
ava_store_list_waitlist_async (AvaStore            *self,
                               const char          *service_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (service_id);
  ava_store_run_async (self, AVA_STORE_READ, list, args, (GDestroyNotify) g_ptr_array_unref, ava_store_list_waitlist_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaWaitlistEntry, longest first */
GPtrArray *
ava_store_list_waitlist_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_waitlist_async, error);
}

void
ava_store_offer_async (AvaStore            *self,
                       const AvaActor      *actor,
                       const char          *entry_id,
                       const AvaSlot       *slot,
                       gint64               until_us,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (entry_id);
  args->slot = slot != NULL ? ava_slot_copy (slot) : NULL;
  args->to_us = until_us;
  ava_store_run_async (self, AVA_STORE_WRITE, offer, args, g_object_unref, ava_store_offer_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the entry with its offer */
AvaWaitlistEntry *
ava_store_offer_finish (AvaStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_offer_async, error);
}

void
ava_store_accept_offer_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *entry_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (entry_id);
  ava_store_run_async (self, AVA_STORE_WRITE, accept_offer, args, g_object_unref, ava_store_accept_offer_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the appointment */
AvaAppointment *
ava_store_accept_offer_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_accept_offer_async, error);
}

void
ava_store_leave_waitlist_async (AvaStore            *self,
                                const AvaActor      *actor,
                                const char          *entry_id,
                                gboolean             stays,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (entry_id);
  args->flag = stays;
  ava_store_run_async (self, AVA_STORE_WRITE, leave, args, g_object_unref, ava_store_leave_waitlist_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the entry as it is now */
AvaWaitlistEntry *
ava_store_leave_waitlist_finish (AvaStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_leave_waitlist_async, error);
}

void
ava_store_book_waiting_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *entry_id,
                              const AvaSlot       *slot,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (entry_id);
  args->slot = slot != NULL ? ava_slot_copy (slot) : NULL;
  ava_store_run_async (self, AVA_STORE_WRITE, book_waiting, args, g_object_unref, ava_store_book_waiting_async, cancellable, callback,
                       user_data);
}

/* Returns: (transfer full) (nullable): the appointment */
AvaAppointment *
ava_store_book_waiting_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_book_waiting_async, error);
}

/**
 * ava_freed_free:
 * @self: (transfer full) (nullable):
 */
void
ava_freed_free (AvaFreed *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->appointments);
  g_free (self);
}

/**
 * ava_store_list_freed_async:
 * @after: what the last answer had seen; -1 for none, and only what is seen now
 */
void
ava_store_list_freed_async (AvaStore            *self,
                            gint64               after,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->at_us = after;
  ava_store_run_async (self, AVA_STORE_READ, list_freed, args, (GDestroyNotify) ava_freed_free, ava_store_list_freed_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): the latest in front */
AvaFreed *
ava_store_list_freed_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_freed_async, error);
}
