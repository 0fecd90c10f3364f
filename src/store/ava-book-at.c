/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-history.h"
#include "ava-journal.h"

/*
 * The book as it was: what stands in a row now, or, when the journal has a later line for it, what
 * stood there before the first such line. Only rows that are, or ever were, in the time asked for
 * are looked at, so the size of the book does not matter.
 */

/* The index is named, since the planner would rather read every line of an appointment there is.
 * ?1 and ?2: the span; a day earlier for those that last into it. ?3: the moment. */
#define SELECT_ROWS \
  "WITH ids (id) AS (SELECT id FROM appointments" \
  "  WHERE start_us >= ?1 - 86400000000 AND start_us < ?2" \
  " UNION SELECT row_id FROM journal INDEXED BY journal_by_old_start" \
  "  WHERE tbl = 'appointments' AND before IS NOT NULL" \
  "  AND json_extract (before, '$.start_us') >= ?1 - 86400000000" \
  "  AND json_extract (before, '$.start_us') < ?2)" \
  " SELECT ids.id, j.id IS NOT NULL, j.before, coalesce (a.created_us, 0)" \
  " FROM ids LEFT JOIN appointments a ON a.id = ids.id" \
  " LEFT JOIN journal j ON j.id = (SELECT min (k.id) FROM journal k" \
  "  WHERE k.tbl = 'appointments' AND k.row_id = ids.id AND k.at_us > ?3)"

typedef struct {
  char *id;
  gboolean changed;     /* after the moment */
  char *before;         /* nullable: there was no such row */
  gint64 created_us;    /* [us] UTC, 0 when the row is gone */
} Trace;

static void
trace_free (Trace *trace)
{
  g_free (trace->id);
  g_free (trace->before);
  g_free (trace);
}

static gpointer
read_trace (AvaRow *row)
{
  Trace *trace = g_new0 (Trace, 1);

  trace->id = ava_row_dup (row, 0);
  trace->changed = ava_row_int (row, 1) != 0;
  trace->before = ava_row_dup (row, 2);
  trace->created_us = ava_row_int (row, 3);
  return trace;
}

static char *
dup_text (JsonObject *row,
          const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (row, name, NULL));
}

static gint64
get_int (JsonObject *row,
         const char *name)
{
  return json_object_get_int_member_with_default (row, name, 0);
}

static AvaAppointment *
make_appointment (JsonObject *row)
{
  AvaAppointment *appointment = ava_appointment_new ();

  appointment->id = dup_text (row, "id");
  appointment->customer_id = dup_text (row, "customer_id");
  appointment->service_id = dup_text (row, "service_id");
  appointment->provider_id = dup_text (row, "provider_id");
  appointment->room_id = dup_text (row, "room_id");
  appointment->device_id = dup_text (row, "device_id");
  appointment->location_id = dup_text (row, "location_id");
  appointment->call_id = dup_text (row, "call_id");
  appointment->source = dup_text (row, "source");
  appointment->notes = dup_text (row, "notes");
  appointment->cancel_reason = dup_text (row, "cancel_reason");
  appointment->start_us = get_int (row, "start_us");
  appointment->end_us = get_int (row, "end_us");
  appointment->busy_start_us = get_int (row, "busy_start_us");
  appointment->busy_end_us = get_int (row, "busy_end_us");
  appointment->active_end_us = get_int (row, "active_end_us") != 0 ? get_int (row, "active_end_us") : appointment->end_us;
  appointment->arrived_us = get_int (row, "arrived_us");
  appointment->in_room_us = get_int (row, "in_room_us");
  appointment->done_us = get_int (row, "done_us");
  appointment->price_cents = get_int (row, "price_cents");
  appointment->created_us = get_int (row, "created_us");
  appointment->version = get_int (row, "version");
  ava_appointment_status_from_string (json_object_get_string_member_with_default (row, "status", ""),
                                      &appointment->status);
  return appointment;
}

/* A name as it is now; of a customer who is gone, as it was last. */
static gboolean
add_names (AvaStore        *self,
           AvaAppointment  *appointment,
           GError         **error)
{
  static const char last_of_customer[] =
    "SELECT coalesce ((SELECT %s FROM customers WHERE id = ?1), (SELECT json_extract (before, '$.%s')"
    " FROM journal WHERE tbl = 'customers' AND row_id = ?1 AND before IS NOT NULL ORDER BY id DESC LIMIT 1))";
  AvaSqlite *db = self->worker.db;
  g_autofree char *name = g_strdup_printf (last_of_customer, "name", "name");
  g_autofree char *phone = g_strdup_printf (last_of_customer, "phone", "phone");

  return ava_sqlite_get_text (db, &appointment->customer_name, error, name, "s", appointment->customer_id) &&
         ava_sqlite_get_text (db, &appointment->customer_phone, error, phone, "s", appointment->customer_id) &&
         ava_sqlite_get_text (db, &appointment->service_name, error,
                              "SELECT name FROM services WHERE id = ?", "s", appointment->service_id) &&
         ava_sqlite_get_text (db, &appointment->provider_name, error,
                              "SELECT name FROM providers WHERE id = ?", "s", appointment->provider_id) &&
         ava_sqlite_get_text (db, &appointment->room_name, error,
                              "SELECT name FROM rooms WHERE id = ?", "s", appointment->room_id) &&
         ava_sqlite_get_text (db, &appointment->device_name, error,
                              "SELECT name FROM rooms WHERE id = ?", "s", appointment->device_id) &&
         ava_sqlite_get_text (db, &appointment->provider_colour, error,
                              "SELECT colour FROM providers WHERE id = ?", "s", appointment->provider_id);
}

/* What is known of the customer's health now: of that, nothing may be missing, whenever it was learnt. */
static gboolean
add_warnings (AvaStore        *self,
              AvaAppointment  *appointment,
              GError         **error)
{
  AvaRow *row = ava_sqlite_query (self->worker.db, error, "SELECT " AVA_APPOINTMENT_WARNINGS " FROM customers c WHERE c.id = ?",
                                  "s", appointment->customer_id);
  g_autoptr (GError) local_error = NULL;

  if (row == NULL)
    return FALSE;
  while (ava_row_next (row, &local_error))
    ava_appointment_table_read_warnings (appointment, row, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Adds the appointment when it was in the book then, and in the span. */
static gboolean
add_trace (AvaStore            *self,
           const AvaStoreArgs  *args,
           Trace               *trace,
           GPtrArray           *found,
           GError             **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autoptr (JsonObject) row = NULL;
  g_autofree char *now = NULL;

  if (!trace->changed && trace->created_us > args->at_us)
    return TRUE;
  if (!trace->changed) {
    now = ava_journal_snapshot (self, "appointments", trace->id, error);
    if (now == NULL)
      return *error == NULL;
  }
  row = ava_change_parse_row (trace->changed ? trace->before : now);
  if (row == NULL)
    return TRUE;
  appointment = make_appointment (row);
  if (appointment->status == AVA_APPOINTMENT_CANCELLED || appointment->start_us >= args->to_us ||
      appointment->end_us <= args->from_us)
    return TRUE;
  if (!add_names (self, appointment, error) || !add_warnings (self, appointment, error))
    return FALSE;
  g_ptr_array_add (found, g_steal_pointer (&appointment));
  return TRUE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  AvaAppointment *first = *(AvaAppointment **) a;
  AvaAppointment *second = *(AvaAppointment **) b;

  if (first->start_us != second->start_us)
    return first->start_us < second->start_us ? -1 : 1;
  return g_strcmp0 (first->id, second->id);
}

static gpointer
rebuild (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) local_error = NULL;

  g_assert (self->thread == g_thread_self ());

  traces = ava_row_read_all (ava_sqlite_query (db, error, SELECT_ROWS, "iii", args->from_us, args->to_us, args->at_us),
                             read_trace, (GDestroyNotify) trace_free, error);
  if (traces == NULL)
    return NULL;
  for (guint i = 0; i < traces->len && local_error == NULL; i++)
    add_trace (self, args, traces->pdata[i], found, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  g_ptr_array_sort (found, compare);
  return g_steal_pointer (&found);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_book_at_async:
 * @at_us: [us] UTC: what was written after it does not count
 */
void
ava_store_book_at_async (AvaStore            *self,
                         gint64               from_us,
                         gint64               to_us,
                         gint64               at_us,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->from_us = from_us;
  args->to_us = to_us;
  args->at_us = at_us;
  ava_store_run_async (self, AVA_STORE_READ, rebuild, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_book_at_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaAppointment by start, none that was cancelled by then */
GPtrArray *
ava_store_book_at_finish (AvaStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_book_at_async, error);
}
