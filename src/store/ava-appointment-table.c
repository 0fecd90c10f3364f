/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"

#include <glib/gi18n.h>

/* Reads of appointments and of time that is taken. Range reads start a day early, since no
 * treatment is longer than a day (the table checks that). */

#define SELECT_APPOINTMENT \
  "SELECT a.id, a.customer_id, a.service_id, a.provider_id, a.room_id, a.location_id, a.call_id," \
  "  a.start_us, a.end_us, a.busy_start_us, a.busy_end_us, a.price_cents, a.status, a.source," \
  "  a.notes, a.created_us, a.version, c.name, c.phone, s.name, p.name, r.name," \
  "  a.arrived_us, a.in_room_us, a.done_us," \
  "  a.cancel_reason, a.device_id, d.name, p.colour, a.active_end_us," \
  "  a.override_role, a.override_reason, a.deposit_cents, a.fee_cents, a.deposit_paid_cents, a.fee_waiver," \
  "  (SELECT k.name FROM package_uses u JOIN customer_packages k ON k.id = u.customer_package_id" \
  "   WHERE u.appointment_id = a.id), a.deposit_refunded_cents," \
  "  " AVA_APPOINTMENT_WARNINGS \
  " FROM appointments a JOIN customers c ON c.id = a.customer_id" \
  " JOIN services s ON s.id = a.service_id JOIN providers p ON p.id = a.provider_id" \
  " JOIN rooms r ON r.id = a.room_id LEFT JOIN rooms d ON d.id = a.device_id "
#define IN_RANGE \
  " a.start_us >= ?1 - 86400000000 AND a.start_us < ?2 AND a.end_us > ?1" \
  " AND (?3 OR a.status <> 'cancelled')"

/* Kept in the office: nothing of it matters to the treatment. */
#define INTERNAL (AVA_WARNING_DO_NOT_BOOK | AVA_WARNING_VIP)

static void
warn (AvaAppointment *appointment,
      GStrvBuilder   *words,
      GStrvBuilder   *clinical,
      AvaWarning      warning,
      const char     *format,
      const char     *text)
{
  g_autofree char *said = NULL;

  if (text == NULL || *text == '\0')
    return;
  said = g_strconcat (format, text, NULL);
  g_strv_builder_add (words, said);
  if ((warning & INTERNAL) == 0)
    g_strv_builder_add (clinical, said);
  appointment->warnings |= warning;
}

/* What the desk must know before the treatment, in kinds and in words, from AVA_APPOINTMENT_WARNINGS at column @at. */
void
ava_appointment_table_read_warnings (AvaAppointment *appointment,
                                     AvaRow         *row,
                                     int             at)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) clinical = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) treated = NULL;

  warn (appointment, builder, clinical, AVA_WARNING_DO_NOT_BOOK, _("Do not book: "), ava_row_text (row, at + 4));
  warn (appointment, builder, clinical, AVA_WARNING_PREGNANT, "", ava_row_int (row, at + 2) != 0 ? _("Pregnant") : NULL);
  warn (appointment, builder, clinical, AVA_WARNING_ALLERGY, _("Allergic: "), ava_row_text (row, at));
  warn (appointment, builder, clinical, AVA_WARNING_MEDICINE, _("Takes: "), ava_row_text (row, at + 3));
  warn (appointment, builder, clinical, AVA_WARNING_CAUTION, "", ava_row_text (row, at + 1));
  warn (appointment, builder, clinical, AVA_WARNING_VIP, "", ava_row_int (row, at + 5) != 0 ? _("VIP") : NULL);
  words = g_strv_builder_end (builder);
  g_free (appointment->flags);
  appointment->flags = words[0] != NULL ? g_strjoinv ("; ", words) : NULL;
  treated = g_strv_builder_end (clinical);
  g_free (appointment->clinical);
  appointment->clinical = treated[0] != NULL ? g_strjoinv ("; ", treated) : NULL;
}

gpointer
ava_appointment_table_read (AvaRow *row)
{
  AvaAppointment *appointment = ava_appointment_new ();

  appointment->id = ava_row_dup (row, 0);
  appointment->customer_id = ava_row_dup (row, 1);
  appointment->service_id = ava_row_dup (row, 2);
  appointment->provider_id = ava_row_dup (row, 3);
  appointment->room_id = ava_row_dup (row, 4);
  appointment->location_id = ava_row_dup (row, 5);
  appointment->call_id = ava_row_dup (row, 6);
  appointment->start_us = ava_row_int (row, 7);
  appointment->end_us = ava_row_int (row, 8);
  appointment->busy_start_us = ava_row_int (row, 9);
  appointment->busy_end_us = ava_row_int (row, 10);
  appointment->price_cents = ava_row_int (row, 11);
  ava_appointment_status_from_string (ava_row_text (row, 12), &appointment->status);
  appointment->source = ava_row_dup (row, 13);
  appointment->notes = ava_row_dup (row, 14);
  appointment->created_us = ava_row_int (row, 15);
  appointment->version = ava_row_int (row, 16);
  appointment->customer_name = ava_row_dup (row, 17);
  appointment->customer_phone = ava_row_dup (row, 18);
  appointment->service_name = ava_row_dup (row, 19);
  appointment->provider_name = ava_row_dup (row, 20);
  appointment->room_name = ava_row_dup (row, 21);
  ava_appointment_table_read_warnings (appointment, row, 38);
  appointment->arrived_us = ava_row_int (row, 22);
  appointment->in_room_us = ava_row_int (row, 23);
  appointment->done_us = ava_row_int (row, 24);
  appointment->cancel_reason = ava_row_dup (row, 25);
  appointment->device_id = ava_row_dup (row, 26);
  appointment->device_name = ava_row_dup (row, 27);
  appointment->provider_colour = ava_row_dup (row, 28);
  appointment->active_end_us = ava_row_int (row, 29) != 0 ? ava_row_int (row, 29) : appointment->end_us;
  appointment->override_role = ava_row_dup (row, 30);
  appointment->override_reason = ava_row_dup (row, 31);
  appointment->deposit_cents = ava_row_int (row, 32);
  appointment->fee_cents = ava_row_int (row, 33);
  appointment->deposit_paid_cents = ava_row_int (row, 34);
  appointment->fee_waiver = ava_row_dup (row, 35);
  appointment->package_name = ava_row_dup (row, 36);
  appointment->deposit_refunded_cents = ava_row_int (row, 37);
  return appointment;
}

/* Returns: (transfer full) (nullable): with AVA_STORE_ERROR_NOT_FOUND when there is none */
AvaAppointment *
ava_appointment_table_get (AvaStore    *self,
                           const char  *id,
                           GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_assert (self->thread == g_thread_self ());

  rows = ava_row_read_all (ava_sqlite_query (self->worker.db, error,
                                             SELECT_APPOINTMENT "WHERE a.id = ?", "s", id),
                           ava_appointment_table_read, g_object_unref, error);
  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return g_object_ref (rows->pdata[0]);
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND,
                       _("This appointment is not in the book any more."));
  return NULL;
}

/* Those that touch [from_us, to_us), by start; @args->flag: the cancelled ones too. */
gpointer
ava_appointment_table_page (AvaStore      *self,
                            AvaSqlite     *db,
                            AvaStoreArgs  *args,
                            GError       **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (db, error, SELECT_APPOINTMENT "WHERE" IN_RANGE
                          " ORDER BY a.start_us, a.id LIMIT ?4 OFFSET ?5", "iiiii", args->from_us,
                          args->to_us, (gint64) args->flag, (gint64) args->limit,
                          (gint64) args->offset);
  return ava_row_read_all (row, ava_appointment_table_read, g_object_unref, error);
}

/* Answers how many, as GUINT_TO_POINTER. */
gpointer
ava_appointment_table_count (AvaStore      *self,
                             AvaSqlite     *db,
                             AvaStoreArgs  *args,
                             GError       **error)
{
  gint64 count = 0;

  g_assert (self->thread == g_thread_self ());

  ava_sqlite_get_int (db, &count, error, "SELECT count(*) FROM appointments a WHERE" IN_RANGE, "iii",
                      args->from_us, args->to_us, (gint64) args->flag);
  return GUINT_TO_POINTER ((guint) count);
}

static gpointer
list_of_customer (AvaStore      *self,
                  AvaSqlite     *db,
                  AvaStoreArgs  *args,
                  GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (ava_sqlite_query (db, error, SELECT_APPOINTMENT
                                             "WHERE a.customer_id = ?"
                                             " ORDER BY a.start_us DESC, a.id", "s", args->id),
                           ava_appointment_table_read, g_object_unref, error);
}

static gpointer
read_busy (AvaRow *row)
{
  AvaBusy *busy = ava_busy_new ();

  busy->id = ava_row_dup (row, 0);
  busy->provider_id = ava_row_dup (row, 1);
  busy->room_id = ava_row_dup (row, 2);
  busy->customer_id = ava_row_dup (row, 3);
  busy->start_us = ava_row_int (row, 4);
  busy->end_us = ava_row_int (row, 5);
  busy->is_hold = ava_row_int (row, 6) == 1;
  busy->is_block = ava_row_int (row, 6) == 2;
  busy->what = ava_row_dup (row, 7);
  busy->device_id = ava_row_dup (row, 8);
  busy->service_id = ava_row_dup (row, 9);
  busy->session_us = ava_row_int (row, 10);
  if (ava_row_int (row, 12) != 0 && ava_row_int (row, 12) < ava_row_int (row, 11)) {
    busy->free_from_us = ava_row_int (row, 12);
    busy->free_to_us = ava_row_int (row, 11);
  }
  busy->expires_us = ava_row_int (row, 13);
  return busy;
}

GPtrArray *
ava_appointment_table_busy (AvaStore    *self,
                            gint64       from_us,
                            gint64       to_us,
                            const char  *except_call_id,
                            GError     **error)
{
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  row = ava_sqlite_query (self->worker.db, error,
    "SELECT a.id, a.provider_id, a.room_id, a.customer_id, a.busy_start_us, a.busy_end_us, 0,"
    "  s.name || ' with ' || p.name, a.device_id, a.service_id, a.start_us, a.end_us, a.active_end_us, 0"
    " FROM appointments a JOIN services s ON s.id = a.service_id"
    " JOIN providers p ON p.id = a.provider_id"
    " WHERE a.busy_start_us >= ?1 - 86400000000 AND a.busy_start_us < ?2 AND a.busy_end_us > ?1"
    "  AND a.status NOT IN ('cancelled', 'no-show')"
    " UNION ALL SELECT h.id, h.provider_id, h.room_id, NULL, h.busy_start_us, h.busy_end_us, 1,"
    "  s.name || ' with ' || p.name || ', held for another call', h.device_id, h.service_id, h.start_us, h.end_us, h.active_end_us, h.expires_us"
    " FROM holds h JOIN services s ON s.id = h.service_id JOIN providers p ON p.id = h.provider_id"
    " WHERE h.busy_start_us < ?2 AND h.busy_end_us > ?1 AND h.expires_us > ?3 AND h.call_id <> ?4"
    " UNION ALL SELECT b.id, b.provider_id, iif (r.is_device, NULL, b.room_id), NULL, b.start_us, b.end_us, 2,"
    "  coalesce (b.reason, 'away'), iif (r.is_device, b.room_id, NULL), NULL, 0, 0, 0, 0 FROM blocks b"
    " LEFT JOIN rooms r ON r.id = b.room_id WHERE b.end_us > ?1 AND b.start_us < ?2"
    " ORDER BY 5, 1", "iiis", from_us, to_us, ava_clock_now_us (self->clock),
    except_call_id != NULL ? except_call_id : "");
  return ava_row_read_all (row, read_busy, (GDestroyNotify) ava_busy_free, error);
}

static gpointer
list_busy (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  return ava_appointment_table_busy (self, args->from_us, args->to_us, args->id, error);
}

static gpointer
get_one (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  return ava_appointment_table_get (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_get_appointment_async (AvaStore            *self,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, get_one, args, g_object_unref,
                       ava_store_get_appointment_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): with AVA_STORE_ERROR_NOT_FOUND when there is none */
AvaAppointment *
ava_store_get_appointment_finish (AvaStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_get_appointment_async, error);
}

void
ava_store_list_appointments_async (AvaStore            *self,
                                   gint64               from_us,
                                   gint64               to_us,
                                   gboolean             cancelled,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  args->flag = cancelled;
  args->limit = G_MAXUINT;
  ava_store_run_async (self, AVA_STORE_READ, ava_appointment_table_page, args,
                       (GDestroyNotify) g_ptr_array_unref, ava_store_list_appointments_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaAppointment by start */
GPtrArray *
ava_store_list_appointments_finish (AvaStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_appointments_async, error);
}

void
ava_store_customer_appointments_async (AvaStore            *self,
                                       const char          *customer_id,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (customer_id);
  ava_store_run_async (self, AVA_STORE_READ, list_of_customer, args,
                       (GDestroyNotify) g_ptr_array_unref, ava_store_customer_appointments_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaAppointment, latest first */
GPtrArray *
ava_store_customer_appointments_finish (AvaStore      *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_customer_appointments_async, error);
}

/**
 * ava_store_busy_async:
 * @except_call_id: (nullable): a call whose own hold does not count
 */
void
ava_store_busy_async (AvaStore            *self,
                      gint64               from_us,
                      gint64               to_us,
                      const char          *except_call_id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  args->id = g_strdup (except_call_id);
  ava_store_run_async (self, AVA_STORE_READ, list_busy, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_busy_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaBusy by start */
GPtrArray *
ava_store_busy_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_busy_async, error);
}
