/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-customers.h"
#include "ava-store-private.h"

/* All that happened with one customer, in one order, a page at a time. Each kind is read by its own
 * index, so that a page is as quick for the customer of ten years. */

#define MOST_EVENTS 200u

/* ?1 the customer, ?2 and ?3 the time and the id that a page begins before, ?4 how many. */
#define BEFORE(time, id) " AND (" time " < ?2 OR (" time " = ?2 AND " id " < ?3)) ORDER BY " time " DESC, " id " DESC LIMIT ?4)"

/* Who reached for them from the desk, whatever came of it: lines of the journal, of records that were merged too. */
#define TRIED(kind, deeds) \
  " UNION ALL SELECT * FROM (SELECT " kind ", cast (j.id AS TEXT), j.at_us, j.what, j.who, j.why, '" AVA_CUSTOMER_EVENT_TRIED "', NULL, 0" \
  " FROM journal j WHERE j.tbl = 'customers' AND j.row_id IN (SELECT id FROM customers WHERE id = ?1 OR merged_into = ?1)" \
  " AND j.what IN (" deeds ")" BEFORE ("j.at_us", "cast (j.id AS TEXT)")

static const struct {
  AvaCustomerEventKind kind;
  const char *sql;      /* kind, id, time, title, with, text, status, outcome, cents */
} kinds[] = {
  { AVA_CUSTOMER_EVENT_APPOINTMENT,
    "SELECT * FROM (SELECT 1, a.id, a.start_us, s.name, p.name, a.notes, a.status, a.cancel_reason, a.price_cents"
    " FROM appointments a JOIN services s ON s.id = a.service_id JOIN providers p ON p.id = a.provider_id"
    " WHERE a.customer_id = ?1" BEFORE ("a.start_us", "a.id") },
  { AVA_CUSTOMER_EVENT_CALL,
    "SELECT * FROM (SELECT 2, v.id, v.start_us, NULL, d.agent, v.summary, v.status, v.outcome, 0"
    " FROM conversations v LEFT JOIN call_details d ON d.id = v.id"
    " WHERE v.customer_id = ?1 AND v.channel = 'voice'" BEFORE ("v.start_us", "v.id") TRIED ("2", "'customer-called'") },
  { AVA_CUSTOMER_EVENT_MESSAGE,
    "SELECT * FROM (SELECT 4, v.id, v.start_us, e.subject, v.channel,"
    "   coalesce (v.summary, (SELECT m.body FROM communication_messages m WHERE m.conversation_id = v.id ORDER BY m.at_us DESC LIMIT 1)),"
    "   v.status, v.outcome, 0 FROM conversations v LEFT JOIN email_details e ON e.id = v.id"
    " WHERE v.customer_id = ?1 AND v.channel <> 'voice'" BEFORE ("v.start_us", "v.id")
    " UNION ALL SELECT * FROM (SELECT 4, o.id, o.created_us, NULL, o.channel, o.body, o.status, o.last_error, 0"
    " FROM message_outbox o WHERE o.customer_id = ?1" BEFORE ("o.created_us", "o.id") TRIED ("4", "'customer-texted', 'customer-mailed'") },
  { AVA_CUSTOMER_EVENT_CONSULTATION,
    "SELECT * FROM (SELECT 8, k.id, k.start_us, NULL, p.name, k.outcome, NULL, NULL, 0"
    " FROM consultations k JOIN providers p ON p.id = k.provider_id WHERE k.customer_id = ?1" BEFORE ("k.start_us", "k.id") },
  { AVA_CUSTOMER_EVENT_TASK,
    "SELECT * FROM (SELECT 16, t.id, t.created_us, t.kind, NULL, t.text, t.status, NULL, 0"
    " FROM tasks t WHERE t.customer_id = ?1" BEFORE ("t.created_us", "t.id") },
};

static gpointer
read_event (AvaRow *row)
{
  AvaCustomerEvent *event = ava_customer_event_new ();

  event->kind = ava_row_int (row, 0);
  event->id = ava_row_dup (row, 1);
  event->at_us = ava_row_int (row, 2);
  event->title = ava_row_dup (row, 3);
  event->with = ava_row_dup (row, 4);
  event->text = ava_row_dup (row, 5);
  event->status = ava_row_dup (row, 6);
  event->outcome = ava_row_dup (row, 7);
  event->cents = ava_row_int (row, 8);
  return event;
}

static gpointer
list_events (AvaStore      *self,
             AvaSqlite     *db,
             AvaStoreArgs  *args,
             GError       **error)
{
  guint wanted = args->offset != 0 ? args->offset : AVA_CUSTOMER_EVENT_ALL;
  g_autoptr (GString) sql = g_string_new (NULL);

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if ((wanted & kinds[i].kind) != 0)
      g_string_append_printf (sql, "%s%s", sql->len > 0 ? " UNION ALL " : "", kinds[i].sql);
  }
  if (sql->len == 0)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_string_append (sql, " ORDER BY 3 DESC, 2 DESC LIMIT ?4");
  return ava_row_read_all (ava_sqlite_query (db, error, sql->str, "sisi", args->id, args->at_us, args->kind,
                                             (gint64) MIN (args->limit, MOST_EVENTS)), read_event, g_object_unref, error);
}

static gpointer
read_item (AvaRow *row)
{
  const char *role = ava_row_text (row, 1);
  AvaTranscriptItem *item = ava_transcript_item_new (ava_row_text (row, 0), NULL,
                                                     g_strcmp0 (role, "caller") == 0 ? AVA_ROLE_CALLER
                                                     : g_strcmp0 (role, "ava") == 0 ? AVA_ROLE_AVA
                                                     : g_strcmp0 (role, "staff") == 0 ? AVA_ROLE_STAFF : AVA_ROLE_SYSTEM, NULL);

  ava_transcript_item_set_text (item, ava_row_text (row, 2), FALSE);
  return item;
}

static gpointer
list_items (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (ava_sqlite_query (db, error, "SELECT item_id, role, text FROM (SELECT * FROM transcript_items WHERE call_id = ?1 ORDER BY position)"
                                             " UNION ALL SELECT id, iif (direction = 'in', 'caller', iif (author = 'ava', 'ava', 'staff')), body"
                                             "   FROM (SELECT * FROM communication_messages WHERE conversation_id = ?1 ORDER BY at_us)",
                                             "s", args->id), read_item, g_object_unref, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_timeline_async:
 * @kinds: bits of AvaCustomerEventKind; 0 for all
 * @before: (nullable): the last event of the page before
 * @limit: at most 200
 */
void
ava_store_timeline_async (AvaStore            *self,
                          const char          *id,
                          guint                wanted,
                          AvaCustomerEvent    *before,
                          guint                limit,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  args->offset = wanted;
  args->at_us = before != NULL ? before->at_us : G_MAXINT64;
  args->kind = g_strdup (before != NULL ? before->id : "");
  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, list_events, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_timeline_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomerEvent, latest first */
GPtrArray *
ava_store_timeline_finish (AvaStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_timeline_async, error);
}

void
ava_store_list_items_async (AvaStore            *self,
                            const char          *conversation_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (conversation_id);
  ava_store_run_async (self, AVA_STORE_READ, list_items, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_items_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaTranscriptItem in order */
GPtrArray *
ava_store_list_items_finish (AvaStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_items_async, error);
}
